"""The editor that lies on a cell of the table while it is typed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from school_logistics.ui.editor_line import INNER_MARGIN, Leave, TypingLine, leaving
from school_logistics.ui.painting import draw_frame
from school_logistics.ui.suggestions import accepts, help_for
from school_logistics.ui.typing_help import Place

if TYPE_CHECKING:
    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Draft
    from school_logistics.ui.theme import Theme

_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
}


class CellEditor(QWidget):
    """The editor of a cell: a 2 px accent frame on the cell's own lines, the text where the cell had it."""

    left = Signal(object)
    """Leave: the user is done with the cell."""
    new_wanted = Signal(str, str)

    def __init__(self, theme: Theme, desk: Desk, ledger: Ledger, field: Field, parent: QWidget) -> None:
        """Made by the delegate when a cell is edited, never before."""
        super().__init__(parent)
        self._theme, self._field = theme, field
        self._draft: Draft = {}
        self.opened_by_typing = False
        self.touched = False
        """Whether the user changed anything; an editor only looked into writes nothing."""
        self.line = TypingLine(self)
        self.line.setAlignment(_ALIGN[field.kind.align])
        self.line.setPlaceholderText(field.hint)
        self.line.setAccessibleName(field.label)
        self.line.setFont(theme.font())
        self.line.keys = self._key
        self.line.textEdited.connect(self._edited)
        self.line.focus_gone.connect(self._gone)
        self.setFocusProxy(self.line)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self._help = help_for(Place(theme, desk, ledger, field, self.line, self, lambda: self._draft))
        self._help.picked.connect(self._picked)
        self._help.new_wanted.connect(self.new_wanted)
        self._over = False
        self._began = ""

    def set_draft(self, draft: Draft) -> None:
        """The record as it is now, for suggestions that depend on it."""
        self._draft = draft

    def begin(self, text: str) -> None:
        """Start with `text`, all of it selected unless a letter typed has opened the editor."""
        if self._over:  # Qt offers the new text once more while the cell is being left
            return
        self._began = text
        self.line.setText(text)
        if not self.opened_by_typing:
            self.line.selectAll()
        self._help.begin(text, typing=self.opened_by_typing)

    def place(self, rect: QRect) -> None:
        """Lie on the cell; `rect` takes in the grid lines left of and above it."""
        sizes = self._theme.sizes
        self.setGeometry(rect)
        left = sizes.cell_left + sizes.line - INNER_MARGIN
        right = sizes.cell_right - INNER_MARGIN
        self.line.setGeometry(left, sizes.focus, rect.width() - left - right, rect.height() - 2 * sizes.focus)

    def typed(self) -> str:
        """The text as it stands."""
        return self.line.text()

    def picked_value(self) -> object | None:
        """What was picked in the chooser; None when the text has to be read."""
        return self._help.value()

    def _edited(self, text: str) -> None:
        self.touched = True
        self._help.edited(text)

    def _picked(self) -> None:
        self.touched = True
        self._leave(Leave.ENTER)

    def _gone(self) -> None:
        self._leave(Leave.AWAY)

    def _leave(self, how: Leave) -> None:
        if self._over:
            return
        self._over = True
        self._help.close()
        self.left.emit(how)

    def finish(self) -> None:
        """Say nothing more: the view closes this editor."""
        self._over = True
        self._help.close()

    def open_suggestions(self) -> None:
        """Show what can be picked, as Alt+↓ does."""
        self._help.key(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier))

    def _key(self, event: QKeyEvent) -> bool:
        before = self.line.text()
        if self._help.key(event):
            self.touched = self.touched or self.line.text() != before
            return True
        how = leaving(event, by_typing=self.opened_by_typing and not self._help.open())
        if how is None:
            return False
        if accepts(event) and how is not Leave.CANCEL:
            offered = self._help.open()
            self._help.accept()
            self.touched = self.touched or self.line.text() != (self._began if offered else before)
        self._leave(how)
        return True

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """While a composition that opened this editor goes on, the view still has the focus and sends it here."""
        QCoreApplication.sendEvent(self.line, event)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        return self.line.inputMethodQuery(query)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.brush("surface"))
        draw_frame(painter, self._theme, self.rect(), "accent", self._theme.sizes.focus)
        painter.end()
