"""What was done lately, newest first: any act that still stands can be taken back from here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from school_logistics.ui.history_panel import told_time
from school_logistics.ui.painting import MIDDLE_LEFT, MIDDLE_RIGHT, draw_frame
from school_logistics.ui.parts import Words
from school_logistics.ui.side_panel import SidePanel
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from school_logistics.models.undo import PastAct


class ActLine(QAbstractButton):
    """One act on two lines; pressing it takes the act back, unless that was done already."""

    stepped = Signal(int)

    def __init__(self, theme: Theme, act: PastAct, now: datetime) -> None:
        """Tell one act."""
        super().__init__()
        self._theme, self.act = theme, act
        self._when = f"{told_time(act.at, now)} · {act.actor}"
        self.setText(act.title)
        self.setAccessibleName(
            f"{act.title}，{self._when}，{'按 Enter 撤销' if self.can_be_undone() else self._word()}"
        )
        self.setToolTip(act.title)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def can_be_undone(self) -> bool:
        """Whether the act still stands; what was taken back is done again by its own key."""
        return not self.act.undone and self.act.undo_of is None

    def _word(self) -> str:
        return "已撤销" if self.act.undone else ""

    def sizeHint(self) -> QSize:
        return QSize(self._theme.sizes.side_form, self._theme.sizes.two_line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif step is not None:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, sizes = self._theme, self._theme.sizes
        if self.hasFocus() or self.underMouse():
            painter.fillRect(self.rect(), theme.brush("soft2"))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.brush("grid"))
        stands = self.can_be_undone()
        inner = self.rect().adjusted(sizes.small, 0, -sizes.small, 0)
        upper = QRect(inner.x(), sizes.tiny // 2, inner.width(), self.height() // 2)
        lower = QRect(inner.x(), self.height() // 2 - 1, inner.width(), self.height() // 2)
        painter.setFont(theme.font())
        painter.setPen(theme.color("ink" if stands else "ink3"))
        shown = theme.metrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(upper, MIDDLE_LEFT, shown)
        painter.setFont(theme.font(Type.QUIET))
        painter.setPen(theme.color("ink3"))
        painter.drawText(lower, MIDDLE_LEFT, self._when)
        if not stands:
            painter.drawText(lower, MIDDLE_RIGHT, self._word())
        elif self.hasFocus() or self.underMouse():
            painter.setPen(theme.color("accent"))
            painter.drawText(lower, MIDDLE_RIGHT, "Enter 撤销")
        if self.hasFocus():
            draw_frame(painter, theme, self.rect(), "accent", sizes.focus)
        painter.end()


class ActsPanel(SidePanel):
    """The latest acts of the trail."""

    undo_wanted = Signal(object)
    """The `PastAct` to take back."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start without acts."""
        super().__init__(theme, "做过的操作", parent=parent)
        self.body.setContentsMargins(theme.sizes.small, 0, theme.sizes.small, theme.sizes.middle)
        self.lines: list[ActLine] = []

    def show_acts(self, acts: Sequence[PastAct], now: datetime) -> None:
        """Tell what was done; the line that had the keyboard keeps it."""
        here = next((place for place, line in enumerate(self.lines) if line.hasFocus()), None)
        self.clear_body()
        self.lines = []
        if not acts:
            self.body.addWidget(
                Words(self._theme, "还没有做过什么。以后每一步都列在这里，可以单独撤销。", color="ink2", wrap=True)
            )
        for act in acts:
            line = ActLine(self._theme, act, now)
            line.clicked.connect(lambda _checked=False, line=line: self._press(line))
            line.stepped.connect(lambda by, line=line: self._step(line, by))
            self.lines.append(line)
            self.body.addWidget(line)
        self.body.addStretch(1)
        if here is not None and self.lines:
            self.lines[min(here, len(self.lines) - 1)].setFocus()

    def focus_list(self) -> None:
        """Take the keyboard at the newest act."""
        if self.lines:
            self.lines[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.close_button.setFocus()

    def _press(self, line: ActLine) -> None:
        if line.can_be_undone():
            self.undo_wanted.emit(line.act)

    def _step(self, line: ActLine, by: int) -> None:
        place = min(max(self.lines.index(line) + by, 0), len(self.lines) - 1)
        self.lines[place].setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_widget(self.lines[place])
