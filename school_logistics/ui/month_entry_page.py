"""A daily duty filled in for a whole month: a line a person or place, a column a day.

For a paper that was kept by hand all month: 全部正常 first, then the exceptions, saved as one act. What a cell cannot
show, such as how somebody ill was dealt with, is chosen above or written in 批量登记 of that day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from school_logistics.services.month_entry import MonthEntry, MonthSheet, by_the_day
from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.day_entry_page import DayEntryPage

if TYPE_CHECKING:
    from datetime import date

    from school_logistics.models.duties import Duty
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.day_entry import DayEntry, DaySheet
    from school_logistics.services.desk import Desk
    from school_logistics.ui.office_page import Surroundings


class MonthEntryPage(DayEntryPage):
    """All days of a month side by side."""

    def __init__(self, around: Surroundings, ledger: Ledger) -> None:
        """Show the month up to today."""
        self.field_button = Button(around.theme, "", icon="eye", look=Look.BORDERED, tip="每天看哪一栏")
        super().__init__(around, ledger)
        self.field_button.clicked.connect(self._pop_up_fields)
        self.bar.add_left(self.field_button)
        for widget in (self.picker, self.today_button):
            widget.hide()
        self.bar.fit()

    @staticmethod
    def entry_of(desk: Desk) -> DayEntry:
        return MonthEntry(desk)

    @staticmethod
    def duties_of(ledger: Ledger) -> tuple[Duty, ...]:
        return tuple(duty for duty in ledger.duties if by_the_day(duty))

    def _show_sheet(self, opened: DaySheet) -> None:
        super()._show_sheet(opened)
        if isinstance(opened.sheet, MonthSheet):
            self.field_button.set_text(self.ledger.field(opened.sheet.shows).label)
            self.bar.fit()

    def show_field(self, key: str) -> None:
        """Show another field of every day, staying in the same cell."""
        if self.opened is None or self.table is None or not isinstance(self.opened.sheet, MonthSheet):
            return
        self.table.view.finish_editing()
        index, opened = self.table.view.currentIndex(), self.opened
        self.opened.sheet.show(key)
        self._close_sheet()
        self._show_sheet(opened)
        self.table.view.go(index.row(), index.column())
        self.focus_start()

    def field_menu(self) -> QMenu:
        """The fields of a day, to choose from."""
        menu = QMenu(self)
        sheet = self.opened.sheet if self.opened is not None else None
        for field in sheet.fields() if isinstance(sheet, MonthSheet) else ():
            action = menu.addAction(field.label)
            action.setCheckable(True)
            action.setChecked(isinstance(sheet, MonthSheet) and field.key == sheet.shows)
            action.triggered.connect(lambda _checked=False, key=field.key: self.show_field(key))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _pop_up_fields(self) -> None:
        self.field_menu().popup(self.field_button.mapToGlobal(QPoint(0, self.field_button.height())))

    def current_id(self) -> int | None:
        sheet = self.opened.sheet if self.opened is not None else None
        if self.table is None or not isinstance(sheet, MonthSheet):
            return None
        row = self.table.view.currentIndex().row()
        found = sheet.at(row, self.table.view.current_key()) if row >= 0 else None
        return found[0].rows[found[1]].id if found else None

    def show_record(self, one: int, key: str = "") -> bool:
        sheet = self.opened.sheet if self.opened is not None else None
        if self.table is None or not isinstance(sheet, MonthSheet):
            return False
        for row in range(len(sheet.rows)):
            for day in sheet.days:
                found = sheet.at(row, day)
                if found and found[0].rows[found[1]].id == one:
                    self.table.go_to(row, day)
                    return True
        return False

    def begin_on(self, day: date | None) -> bool:
        sheet = self.opened.sheet if self.opened is not None else None
        if day is None or self.table is None or not isinstance(sheet, MonthSheet) or day.isoformat() not in sheet.days:
            return False
        self.table.go_to(0, day.isoformat())
        return True
