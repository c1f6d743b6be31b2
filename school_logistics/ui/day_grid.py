"""A month of days to pick one from, under the cell or field that holds a day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from school_logistics.rules.weeks import monday_of
from school_logistics.ui.floating import Floating
from school_logistics.ui.painting import MIDDLE, draw_box, draw_icon
from school_logistics.ui.theme import Theme, Type

WEEKDAY_LETTERS = "一二三四五六日"
_WEEK = 7
_WEEKS = 6
_SATURDAY = 5
_CELL = 34


class DayGrid(Floating):
    """Six weeks, Monday first; the owner hands over arrows, Page keys, Enter and Esc."""

    picked = Signal()
    """A day was clicked."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        """Lie above everything else in `window`, hidden."""
        super().__init__(theme, window, "选日期")
        self._today = self._current = date(2000, 1, 1)

    def offer(self, current: date, today: date) -> None:
        """Show the month of a day."""
        self._current, self._today = current, today
        self._tell()

    def current(self) -> date:
        """The day that Enter takes."""
        return self._current

    def take_key(self, key: Qt.Key) -> bool:
        """Move the current day; True when the key was one that does."""
        days = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_WEEK, Qt.Key.Key_Down: _WEEK}
        months = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if key in days:
            self._current += timedelta(days=days[key])
        elif key in months:
            self._turn(months[key])
        else:
            return False
        self._tell()
        return True

    def _turn(self, months: int) -> None:
        year, index = divmod(self._current.year * 12 + self._current.month - 1 + months, 12)
        day = min(self._current.day, monthrange(year, index + 1)[1])
        self._current = date(year, index + 1, day)

    def _tell(self) -> None:
        self.setAccessibleDescription(self._current.isoformat())
        self.update()

    # --- measures ----------------------------------------------------------------------------------

    def _cell(self) -> QSize:
        return QSize(self._theme.px(_CELL), self._theme.sizes.row)

    def sizeHint(self) -> QSize:
        sizes, cell = self._theme.sizes, self._cell()
        height = (_WEEKS + 2) * cell.height() + sizes.row + 2 * sizes.tiny
        return QSize(_WEEK * cell.width() + 2 * sizes.small, height)

    def _first(self) -> date:
        """The Monday with which the grid begins."""
        first = self._current.replace(day=1)
        return monday_of(first)

    def _rect(self, place: int) -> QRect:
        """The cell of the day at `place`, counted from the first Monday; weekday letters are at -7 to -1."""
        sizes, cell = self._theme.sizes, self._cell()
        row, column = divmod(place + _WEEK, _WEEK)
        top = sizes.tiny + cell.height() * (row + 1)
        return QRect(sizes.small + column * cell.width(), top, cell.width(), cell.height())

    def _arrow(self, by: int) -> QRect:
        """The arrow that turns a month back (-1) or on (1)."""
        sizes = self._theme.sizes
        left = sizes.small if by < 0 else self.width() - sizes.small - sizes.row
        return QRect(left, sizes.tiny, sizes.row, sizes.row)

    # --- mouse -------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point: QPoint = event.position().toPoint()
        for by in (-1, 1):
            if self._arrow(by).contains(point):
                self._turn(by)
                self._tell()
                return
        for place in range(_WEEK * _WEEKS):
            if self._rect(place).contains(point):
                self._current = self._first() + timedelta(days=place)
                self.picked.emit()
                return

    # --- painting ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, sizes = self._theme, self._theme.sizes
        self.paint_ground(painter)
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.color("ink"))
        head = QRect(0, sizes.tiny, self.width(), sizes.row)
        painter.drawText(head, MIDDLE, f"{self._current.year}年{self._current.month}月")
        for by, icon in ((-1, "chevron-left"), (1, "chevron-right")):
            box = self._arrow(by)
            left = box.x() + (box.width() - sizes.icon) // 2
            draw_icon(painter, theme, icon, sizes.icon, "ink2", left, box.center().y() + 1)
        painter.setFont(theme.font(Type.QUIET))
        painter.setPen(theme.color("ink3"))
        for place, letter in enumerate(WEEKDAY_LETTERS):
            painter.drawText(self._rect(place - _WEEK), MIDDLE, letter)
        for place in range(_WEEK * _WEEKS):
            self._paint_day(painter, place)
        self.paint_foot(painter, "Enter 填入　PgUp PgDn 换月　Esc 关")
        painter.end()

    def _paint_day(self, painter: QPainter, place: int) -> None:
        theme = self._theme
        day, box = self._first() + timedelta(days=place), self._rect(place)
        inner = box.adjusted(1, 1, -1, -1)
        ink = "ink3" if day.month != self._current.month else "ink2" if day.weekday() >= _SATURDAY else "ink"
        if day == self._current:
            draw_box(painter, theme, inner, "accent", "")
            ink = "on_accent"
        elif day == self._today:
            draw_box(painter, theme, inner, "soft", "soft_line")
        painter.setFont(theme.font(bold=day in {self._current, self._today}))
        painter.setPen(theme.color(ink))
        painter.drawText(box, MIDDLE, str(day.day))
