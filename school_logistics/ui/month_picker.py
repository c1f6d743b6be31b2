"""The month picker of a page head: ‹ 2026年11月 ›, with a grid of months (or years) behind the middle."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.painting import MIDDLE, draw_box, draw_icon
from school_logistics.ui.parts import Words
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MONTHS = 12
_COLUMNS = 4


class Unit(Enum):
    """What is picked."""

    MONTH = "month"
    YEAR = "year"
    SCHOOL_YEAR = "school year"


def period_name(unit: Unit, year: int, number: int) -> str:
    """The period in words: 2026年11月, 2026年度, 2026–2027 学年."""
    if unit is Unit.MONTH:
        return f"{year}年{number}月"
    return f"{year}年度" if unit is Unit.YEAR else f"{year}–{year + 1} 学年"


class _Part(QAbstractButton):
    """One of the three joined boxes."""

    def __init__(self, theme: Theme, name: str, icon: str = "") -> None:
        super().__init__()
        self._theme, self._icon, self._mark = theme, icon, ""
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_mark(self, icon: str) -> None:
        """A small sign before the words, such as a lock."""
        self._mark = icon
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        sizes = self._theme.sizes
        if self._icon:
            return QSize(sizes.row, sizes.row)
        metrics = self._theme.metrics()
        words = max(metrics.horizontalAdvance(self.text()), metrics.horizontalAdvance("2026年12月"))
        return QSize(words + 2 * sizes.middle + (2 * sizes.icon_small if self._mark else 0), sizes.row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, width, height = self._theme, self.width(), self.height()
        fill = "soft" if self.isDown() else "soft2" if self.underMouse() and self.isEnabled() else "surface"
        painter.fillRect(self.rect(), theme.brush(fill))
        line = theme.brush("line")
        for side in (QRect(0, 0, width, 1), QRect(0, height - 1, width, 1)):
            painter.fillRect(side, line)
        if self._icon:  # the middle one shares the inner sides of its neighbours
            for side in (QRect(0, 0, 1, height), QRect(width - 1, 0, 1, height)):
                painter.fillRect(side, line)
        ink = "ink" if self.isEnabled() else "void_line"
        if self._icon:
            size = theme.sizes.icon
            draw_icon(painter, theme, self._icon, size, ink, (width - size) // 2, height // 2)
        else:
            painter.setFont(theme.font())
            painter.setPen(theme.color(ink))
            painter.drawText(self.rect(), MIDDLE, self.text())
            if self._mark:
                size = theme.sizes.icon_small
                left = (width - painter.fontMetrics().horizontalAdvance(self.text())) // 2 - size - theme.sizes.tiny
                draw_icon(painter, theme, self._mark, size, "ink2", max(left, theme.sizes.tiny), height // 2)
        if self.hasFocus():
            draw_box(painter, theme, self.rect(), "", "accent", width=theme.sizes.focus)
        painter.end()


class MonthPicker(QWidget):
    """Picks a month, a calendar year or a school year; emits `picked(year, number)` when the user changes it."""

    picked = Signal(int, int)

    def __init__(
        self, theme: Theme, year: int, number: int = 1, *, unit: Unit = Unit.MONTH, parent: QWidget | None = None
    ) -> None:
        """Start at a period; `number` is the month and counts for months only."""
        super().__init__(parent)
        self._theme, self._unit, self._year, self._number = theme, unit, year, number
        self._locked: frozenset[tuple[int, int]] = frozenset()
        word = "月" if unit is Unit.MONTH else "年"
        self._back = _Part(theme, f"上一{word}", "chevron-left")
        self._middle = _Part(theme, f"选{word}份")
        self._on = _Part(theme, f"下一{word}", "chevron-right")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part in (self._back, self._middle, self._on):
            row.addWidget(part)
        self._back.clicked.connect(self._go_back)
        self._on.clicked.connect(self._go_on)
        self._middle.clicked.connect(self.open_grid)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_month(year, number)

    def set_month(self, year: int, number: int = 1) -> None:
        """Show a period without telling anybody."""
        self._year, self._number = year, number
        name = period_name(self._unit, year, number)
        self._middle.setText(name)
        self._middle.setAccessibleName(name)
        self._middle.updateGeometry()
        self._show_lock()

    def set_locked(self, months: Iterable[tuple[int, int]]) -> None:
        """Mark months that are closed with a lock, here and in the grid."""
        self._locked = frozenset((year, number) for year, number in months)
        self._show_lock()

    def _show_lock(self) -> None:
        locked = (self._year, self._number) in self._locked
        self._middle.set_mark("lock" if locked else "")
        self._middle.setToolTip(f"{self._middle.text()} 已结账" if locked else f"选{self._middle.text()}以外的月份")

    def month(self) -> tuple[int, int]:
        """Year and month shown."""
        return self._year, self._number

    def step(self, by: int) -> None:
        """Go `by` periods on (negative: back) and tell."""
        if self._unit is Unit.MONTH:
            months = self._year * MONTHS + self._number - 1 + by
            self._pick(months // MONTHS, months % MONTHS + 1)
        else:
            self._pick(self._year + by, self._number)

    def open_grid(self) -> None:
        """Open the grid of periods under the picker."""
        grid = PeriodGrid(self._theme, self._unit, self._year, self._number, self._pick, self, self._locked)
        grid.move(self.mapToGlobal(QPoint(0, self.height() + self._theme.sizes.tiny)))
        grid.show()

    def _pick(self, year: int, number: int) -> None:
        self.set_month(year, number)
        self.picked.emit(year, number)

    def _go_back(self) -> None:
        self.step(-1)

    def _go_on(self) -> None:
        self.step(1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()


class PeriodGrid(QFrame):
    """Twelve months of a year, or twelve years, to pick one from; arrows move, Enter picks, Esc leaves."""

    def __init__(
        self,
        theme: Theme,
        unit: Unit,
        year: int,
        number: int,
        pick: Callable[[int, int], None],
        parent: QWidget,
        locked: frozenset[tuple[int, int]] = frozenset(),
    ) -> None:
        """Offer the year of the current period; `pick` is told year and month, those `locked` bear a lock."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme, self._unit, self._pick = theme, unit, pick
        self._now, self._locked = (year, number), locked
        self._shown = year if unit is Unit.MONTH else year - year % MONTHS
        self._cells = [Button(theme, "", look=Look.CHOICE) for _ in range(MONTHS)]
        self._title = Words(theme, kind=Type.LABEL, color="ink2")
        self._lay_out()
        self._fill()
        current = number - 1 if unit is Unit.MONTH else year - self._shown
        self._cells[current].setFocus()

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.small, sizes.small, sizes.small, sizes.small)
        head = QHBoxLayout()
        back = Button(self._theme, "往前", icon="chevron-left", look=Look.ICON)
        on = Button(self._theme, "往后", icon="chevron-right", look=Look.ICON)
        back.clicked.connect(self._turn_back)
        on.clicked.connect(self._turn_on)
        head.addWidget(back)
        head.addStretch()
        head.addWidget(self._title)
        head.addStretch()
        head.addWidget(on)
        column.addLayout(head)
        grid = QGridLayout()
        grid.setSpacing(sizes.tiny)
        for place, cell in enumerate(self._cells):
            cell.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            cell.clicked.connect(self._chosen)
            grid.addWidget(cell, place // _COLUMNS, place % _COLUMNS)
        column.addLayout(grid)

    def _fill(self) -> None:
        for place, cell in enumerate(self._cells):
            period = self._period(place)
            cell.set_text(f"{period[1]}月" if self._unit is Unit.MONTH else str(period[0]))
            same = period == self._now if self._unit is Unit.MONTH else period[0] == self._now[0]
            cell.setChecked(same)
            cell.set_icon("lock" if self._unit is Unit.MONTH and period in self._locked else "")
        last = self._period(MONTHS - 1)[0]
        self._title.setText(f"{self._shown}年" if self._unit is Unit.MONTH else f"{self._shown}–{last}")

    def _period(self, place: int) -> tuple[int, int]:
        return (self._shown, place + 1) if self._unit is Unit.MONTH else (self._shown + place, self._now[1])

    def _turn_back(self) -> None:
        self._shown -= 1 if self._unit is Unit.MONTH else MONTHS
        self._fill()

    def _turn_on(self) -> None:
        self._shown += 1 if self._unit is Unit.MONTH else MONTHS
        self._fill()

    def _chosen(self) -> None:
        cell = self.sender()
        for place, one in enumerate(self._cells):
            if one is cell:
                period = self._period(place)
                self.close()
                self._pick(*period)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -_COLUMNS,
            Qt.Key.Key_Down: _COLUMNS,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        here = next((place for place, cell in enumerate(self._cells) if cell.hasFocus()), 0)
        target = here + step
        if target < 0:
            self._turn_back()
        elif target >= MONTHS:
            self._turn_on()
        self._cells[target % MONTHS].setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.rect().contains(event.position().toPoint()):
            self.close()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.brush("surface"))
        painter.setPen(self._theme.pen("control"))
        painter.drawRect(QRect(0, 0, self.width() - 1, self.height() - 1))
        painter.end()
