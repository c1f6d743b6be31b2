"""The field of a form for running text: several lines, in which Enter begins a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from school_logistics.rules.kinds import Text
from school_logistics.ui.editors import Editor

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.desk import Desk
    from school_logistics.ui.theme import Theme

LONG = 3
"""Fields of at least so many lines are typed as running text."""
_MOST_LINES = 6


class RunningText(QPlainTextEdit):
    """The text itself; keys that mean something to the form go on to it."""

    focus_come = Signal()
    focus_gone = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Frameless, and without a colour of its own: the field around it has both."""
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _for_the_form(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _for_the_form(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_come.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.focus_gone.emit()


def _for_the_form(event: QKeyEvent) -> bool:
    """Escape, and Enter with Ctrl, which saves."""
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return event.key() == Qt.Key.Key_Escape or (control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter})


class LongTextEditor(Editor):
    """A field of several lines; the line every editor has holds the same text, unseen."""

    def __init__(self, theme: Theme, desk: Desk, ledger: Ledger, field: Field, parent: QWidget | None = None) -> None:
        """As `Editor`."""
        self._running: RunningText | None = None
        super().__init__(theme, desk, ledger, field, parent)
        self.running = self._running = RunningText(self)
        self.running.setPlaceholderText(field.hint)
        self.running.setAccessibleName(self.line.accessibleName())
        self.running.textChanged.connect(self._written)
        self.running.focus_come.connect(self.line.focus_come)
        self.running.focus_gone.connect(self.line.focus_gone)
        self.line.setFocusProxy(self.running)
        self.setFocusProxy(self.running)
        self._dress()

    @property
    def _shown_lines(self) -> int:
        kind = self.field.kind
        return min(kind.lines, _MOST_LINES) if isinstance(kind, Text) else LONG

    def set_typed(self, text: str) -> None:
        super().set_typed(text)
        self._show()

    def set_value(self, value: object) -> None:
        super().set_value(value)
        self._show()

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self.running.setReadOnly(read_only)

    def set_hint(self, hint: str) -> None:
        super().set_hint(hint)
        self.running.setPlaceholderText(hint)

    def focus_in(self) -> None:
        """Take the focus at the end of the text: it is mostly added to."""
        self.running.setFocus(Qt.FocusReason.OtherFocusReason)
        self.running.moveCursor(self.running.textCursor().MoveOperation.End)

    def has_focus(self) -> bool:
        return self.running.hasFocus()

    def _show(self) -> None:
        if self.running.toPlainText() != self.line.text():
            self.running.blockSignals(True)
            self.running.setPlainText(self.line.text())
            self.running.blockSignals(False)

    def _written(self) -> None:
        text = self.running.toPlainText()
        if text != self.line.text():
            self.line.setText(text)
            self._edited(text)

    def _dress(self) -> None:
        super()._dress()
        if self._running is not None:
            self._running.setFont(self._theme.font())

    def _arrange(self) -> None:
        """The text fills the field; the line lies beside it, unseen."""
        super()._arrange()
        if self._running is not None:
            seen = self.line.geometry()
            above = self._theme.sizes.small
            self._running.setGeometry(
                seen.x(), above, seen.width() + self._theme.sizes.small, self.height() - 2 * above
            )
            self.line.setGeometry(self.width(), 0, 0, self.height())

    def sizeHint(self) -> QSize:
        lines = self._theme.metrics().lineSpacing() * self._shown_lines
        return QSize(self._theme.px(120), lines + 2 * self._theme.sizes.small)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(56), self.sizeHint().height())
