"""The list of a tab's ledgers in their groups, each with its month's rows or the one thing that is wrong.

Never both: a badge (过期 1, 缺 3, 8 天) takes the place of the count. The list is one stop of the Tab key; arrows move
inside it and Enter goes to the table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QSizePolicy, QVBoxLayout

from school_logistics.ui.chips import paint_badge
from school_logistics.ui.painting import MIDDLE_LEFT, MIDDLE_RIGHT, draw_frame
from school_logistics.ui.parts import Panel, Words
from school_logistics.ui.standing import NO_BADGE, Badge
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from school_logistics.models.ledger import Ledger

_TEXT_LEFT = 18
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class LedgerItem(QAbstractButton):
    """One ledger in the list."""

    stepped = Signal(int)
    entered = Signal()

    def __init__(self, theme: Theme, ledger: Ledger) -> None:
        """Show a ledger's name; nothing is counted yet."""
        super().__init__()
        self._theme, self.ledger = theme, ledger
        self._count: int | None = None
        self._badge = NO_BADGE
        self.setText(ledger.label)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    def set_standing(self, count: int | None, badge: Badge) -> None:
        """Tell its rows, or what is wrong."""
        self._count, self._badge = count, badge
        self._name()
        self.update()

    def told(self) -> str:
        """What stands at the right."""
        return self._badge.text or ("" if self._count is None else f"{self._count:,}")

    def select(self, chosen: bool) -> None:
        """Be the ledger in front, or not."""
        self.setChecked(chosen)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if chosen else Qt.FocusPolicy.NoFocus)

    def _name(self) -> None:
        told = self._badge.text or ("" if self._count is None else f"{self._count} 行")
        self.setAccessibleName(f"{self.text()} {told}".strip())

    def sizeHint(self) -> QSize:
        return QSize(self._theme.sizes.ledger_list, self._theme.sizes.row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.stepped.emit(_STEPS[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Right}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, sizes = self._theme, self._theme.sizes
        box = self.rect().adjusted(sizes.small, 0, -sizes.small, 0)
        middle = self.height() // 2
        if self.isChecked():
            painter.fillRect(box, theme.brush("soft"))
            painter.fillRect(QRect(box.x(), box.y(), sizes.current, box.height()), theme.brush("accent"))
        elif self.underMouse():
            painter.fillRect(box, theme.brush("soft2"))
        right = box.right() + 1 - sizes.small
        if self._badge.text:
            right -= paint_badge(painter, theme, right, middle, self._badge.text, self._badge.tone)
        elif self._count is not None:
            painter.setFont(theme.font(Type.QUIET))
            painter.setPen(theme.color("ink3"))
            painter.drawText(QRect(0, 0, right, self.height()), MIDDLE_RIGHT, self.told())
            right -= painter.fontMetrics().horizontalAdvance(self.told())
        left = theme.px(_TEXT_LEFT)
        metrics = theme.metrics(bold=self.isChecked())
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, right - left - sizes.small)
        painter.setFont(theme.font(bold=self.isChecked()))
        painter.setPen(theme.color("ink"))
        painter.drawText(QRect(left, 0, right - left, self.height()), MIDDLE_LEFT, shown)
        if self.hasFocus():
            draw_frame(painter, theme, box, "accent", sizes.focus)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()


class LedgerList(Panel):
    """All ledgers of one tab."""

    chosen = Signal(str)
    """Key of the ledger that was clicked or reached by arrows."""
    entered = Signal()
    """Enter: go on to the table."""

    def __init__(self, theme: Theme, ledgers: Sequence[Ledger]) -> None:
        """List the ledgers under the headings of their sections."""
        super().__init__(theme, "window", edges="right")
        self._ledgers = tuple(ledgers)
        self.items: dict[str, LedgerItem] = {}
        content = Panel(theme, "window")
        self._column = QVBoxLayout(content)
        self._column.setSpacing(0)
        self._column.setContentsMargins(0, theme.sizes.small, 0, theme.sizes.small)
        self._list_ledgers()
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, theme.sizes.line, 0)
        outer.addWidget(self._area)
        self.setAccessibleName("台账目录")
        self.setFixedWidth(theme.sizes.ledger_list)

    def _list_ledgers(self) -> None:
        section = ""
        for ledger in in_order(self._ledgers):
            if ledger.section != section:
                self._heading(ledger.section.value, first=not section)
                section = ledger.section.value
            item = self.items[ledger.key] = LedgerItem(self._theme, ledger)
            item.clicked.connect(lambda _checked=False, key=ledger.key: self._press(key))
            item.stepped.connect(self.step)
            item.entered.connect(self.entered)
            self._column.addWidget(item)
        self._column.addStretch(1)

    def _heading(self, words: str, *, first: bool) -> None:
        sizes = self._theme.sizes
        if not first:
            self._column.addSpacing(sizes.tiny)
        heading = Words(self._theme, words, kind=Type.QUIET, color="ink2")
        heading.setContentsMargins(sizes.large, sizes.tiny, 0, sizes.tiny)
        self._column.addWidget(heading)

    def select(self, key: str) -> None:
        """Show which ledger is in front."""
        for name, item in self.items.items():
            item.select(name == key)
        if key in self.items:
            self._area.ensureWidgetVisible(self.items[key], 0, 0)

    def selected(self) -> str:
        """Key of the ledger in front."""
        return next((key for key, item in self.items.items() if item.isChecked()), "")

    def set_standing(self, counts: Mapping[str, int], badges: Mapping[str, Badge]) -> None:
        """Tell counts and badges by ledger key."""
        for key, item in self.items.items():
            item.set_standing(counts.get(key), badges.get(key, NO_BADGE))

    def step(self, by: int) -> None:
        """Go to the ledger so many places further; stops at both ends."""
        keys = list(self.items)
        here = keys.index(self.selected()) if self.selected() else 0
        target = keys[min(max(here + by, 0), len(keys) - 1)]
        had_focus = any(item.hasFocus() for item in self.items.values())
        self._press(target)
        if had_focus:
            self.items[target].setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_list(self) -> None:
        """Take the keyboard."""
        item = self.items.get(self.selected())
        if item is not None:
            item.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_focus(self) -> bool:
        """Whether the keyboard is here."""
        return any(item.hasFocus() for item in self.items.values())

    def _press(self, key: str) -> None:
        """The page decides whether the ledger in front may be left; it answers by `select`."""
        self.items[key].setChecked(self.selected() == key)
        self.chosen.emit(key)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedWidth(self._theme.sizes.ledger_list)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.sizes.ledger_list, super().sizeHint().height())


def in_order(ledgers: Sequence[Ledger]) -> list[Ledger]:
    """The ledgers by section, in the order in which the sections are declared."""
    sections = list(type(ledgers[0].section)) if ledgers else []
    return sorted(ledgers, key=lambda ledger: sections.index(ledger.section))
