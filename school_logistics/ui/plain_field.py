"""A field for words that are no part of a ledger: what is searched for, whose name goes into the trail."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from school_logistics.ui.painting import draw_box, draw_icon
from school_logistics.ui.theme import Theme


class _Line(QLineEdit):
    """Hands the keys that mean something to its owner."""

    pressed = Signal(object)
    focus_turned = Signal(bool)

    def __init__(self, keys: frozenset[Qt.Key], parent: QWidget) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setFrame(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in self._keys and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.pressed.emit(Qt.Key(event.key()))
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_turned.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_turned.emit(False)


class PlainField(QWidget):
    """A bordered field with an icon at the left when it has one."""

    changed = Signal(str)
    """The user typed."""
    pressed = Signal(object)
    """One of the keys that were asked for."""
    left = Signal()
    """The keyboard went elsewhere, or Enter was pressed."""

    def __init__(
        self, theme: Theme, name: str, *, icon: str = "", hint: str = "", keys: frozenset[Qt.Key] = frozenset(),
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """`name` is for screen readers; `keys` are told by `pressed` instead of being typed."""
        super().__init__(parent)
        self._theme, self._icon = theme, icon
        self.line = _Line(keys, self)
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(name)
        self.line.textEdited.connect(self.changed)
        self.line.pressed.connect(self.pressed)
        self.line.editingFinished.connect(self.left)
        self.line.focus_turned.connect(lambda _focused: self.update())
        self.setFocusProxy(self.line)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._dress()

    def text(self) -> str:
        """What stands in it."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Put words into it."""
        self.line.setText(text)

    def _dress(self) -> None:
        self.line.setFont(self._theme.font())
        palette = self.line.palette()
        for role, token in (
            (QPalette.ColorRole.Base, "surface"),
            (QPalette.ColorRole.Text, "ink"),
            (QPalette.ColorRole.PlaceholderText, "ink3"),
            (QPalette.ColorRole.Highlight, "accent"),
            (QPalette.ColorRole.HighlightedText, "on_accent"),
        ):
            palette.setColor(role, self._theme.color(token))
        self.line.setPalette(palette)
        self._arrange()

    def _arrange(self) -> None:
        sizes = self._theme.sizes
        left = sizes.small + (sizes.icon + sizes.tiny if self._icon else 0)
        inset = sizes.focus
        self.line.setGeometry(left, inset, max(self.width() - left - sizes.small, 0), self.height() - 2 * inset)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.sizes.row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, sizes = self._theme, self._theme.sizes
        focused = self.line.hasFocus()
        border, width = ("accent", sizes.focus) if focused else ("control", sizes.line)
        draw_box(painter, theme, self.rect(), "surface", border, width=width)
        if self._icon:
            draw_icon(painter, theme, self._icon, sizes.icon, "ink2", sizes.small, self.height() // 2)
        painter.end()
