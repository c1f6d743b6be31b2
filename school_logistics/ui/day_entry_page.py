"""A ledger with a duty, filled in period by period: all rooms of a day, all extinguishers of a month, on one sheet.

One key judges everything normal that is not judged yet, then come the exceptions; everything is saved as one act. What
is half filled in is kept at every cell and waits on its day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout

from school_logistics.errors import OfficeError
from school_logistics.models.duties import OfFile, OfPlan
from school_logistics.services.coverage_grid import GAPS, State
from school_logistics.services.day_entry import DayEntry, by_days
from school_logistics.services.entry_row import SheetRefused
from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.cells import WEEKDAYS
from school_logistics.ui.commands import Do
from school_logistics.ui.entry_bar import EntryBar
from school_logistics.ui.office_page import Hint, Message
from school_logistics.ui.once_strip import OnceStrip
from school_logistics.ui.parts import Words
from school_logistics.ui.period_picker import PeriodPicker
from school_logistics.ui.sheet_foot import SheetFoot
from school_logistics.ui.sheet_page import SheetPage
from school_logistics.ui.sheet_table import SheetTable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from school_logistics.models.duties import Duty
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.coverage_columns import Column
    from school_logistics.services.coverage_grid import Covered
    from school_logistics.services.day_entry import DaySheet
    from school_logistics.services.desk import Desk
    from school_logistics.ui.office_page import Surroundings

ALL_NORMAL_KEY, SAVE_KEY = "Ctrl+Shift+A", "Ctrl+S"
_ALL_NORMAL = ("全部正常", "没有判断的都记正常；数字和时间不会代填")
_ALL_DONE = ("全部照上面记", "没有记的各行都照上面填的记；不一样的再改那一格")


class DayEntryPage(SheetPage):
    """What a duty asks for in one period, as lines to fill in."""

    left_after_deleting = "这几行又成了没记的。"

    def __init__(self, around: Surroundings, ledger: Ledger) -> None:
        """Begin with today, or with the last day of the month that asks for something."""
        super().__init__(around, ledger)
        self._entry = self.entry_of(self.desk)
        self._duties = self.duties_of(ledger)
        self._duty: Duty = self._duties[0]
        self.relevant |= {key for duty in ledger.duties for key in _ledgers_of(duty, ledger)}
        self._covered: Covered | None = None
        self._shown_month = self.month()
        self._saving = False
        self.opened: DaySheet | None = None
        self.picker = PeriodPicker(around.theme)
        words, tip = _ALL_NORMAL
        self.all_normal = Button(
            around.theme, words, icon="list-checks", look=Look.PRIMARY, key=ALL_NORMAL_KEY, tip=tip
        )
        self.save_button = Button(around.theme, "保存", icon="check", look=Look.BORDERED, key=SAVE_KEY)
        self._nothing = Words(around.theme, color="ink2", wrap=True)
        self.foot = SheetFoot(around.theme)
        self._lay_out()
        self._connect()
        self._read(None)

    @staticmethod
    def entry_of(desk: Desk) -> DayEntry:
        """Who opens and keeps the sheets."""
        return DayEntry(desk)

    @staticmethod
    def duties_of(ledger: Ledger) -> tuple[Duty, ...]:
        """The duties that can be filled in here."""
        return tuple(duty for duty in ledger.duties if duty.rows is not None)

    def _lay_out(self) -> None:
        theme, sizes = self.around.theme, self.around.theme.sizes
        self.duty_button = Button(theme, "", icon="chevron-down", look=Look.BORDERED, tip="换一项要记的")
        self.today_button = Button(theme, "今天", look=Look.QUIET)
        keys = ((self.all_normal, ALL_NORMAL_KEY), (self.save_button, SAVE_KEY))
        self.bar = EntryBar(theme, (self.duty_button, self.picker, self.today_button), keys)
        self.duty_button.setVisible(len(self._duties) > 1)  # shown before it has its place it would be a window
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.bar)
        self._nothing.setContentsMargins(sizes.huge, sizes.huge, sizes.huge, sizes.huge)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._column.addWidget(self._nothing, 1)
        self._column.addWidget(self.foot)

    def _connect(self) -> None:
        self.picker.picked.connect(self.open)
        self.duty_button.clicked.connect(self._pop_up_duties)
        self.today_button.clicked.connect(self._to_today)
        self.all_normal.clicked.connect(self.judge_all)
        self.save_button.clicked.connect(self.save)
        self.bind(
            (
                (ALL_NORMAL_KEY, self.judge_all),
                (SAVE_KEY, self.save),
                ("Alt+Left", lambda: self.picker.step(-1)),
                ("Alt+Right", lambda: self.picker.step(1)),
            )
        )

    # --- periods -----------------------------------------------------------------------------------

    def _read(self, on: date | None) -> None:
        """Lay the duty over the month anew and open the period of a day, or the one to begin with."""
        covered = self._covered = self._entry.covered(self.ledger, self._duty, self.month())
        names = [_period_name(column) for column in covered.columns]
        self.picker.offer(names, [self._lacks(place) for place in range(len(names))], -1)
        self.duty_button.set_text(self._duty.label)
        self.open(self._first_place(on))

    def _lacks(self, place: int) -> str:
        """What stands beside a period in the list: 缺 3, 待记, why nothing is asked."""
        covered = self._covered
        assert covered is not None  # noqa: S101 - only called once it is read
        cells = covered.cells_of(place)
        gaps = sum(cell.state in GAPS for cell in cells)
        if gaps:
            return f"缺 {gaps}"
        if any(cell.state is State.DUE for cell in cells):
            return "待记"
        return covered.columns[place].why if not covered.columns[place].days else ""

    def _first_place(self, on: date | None) -> int:
        """The period of a day; else today's if it asks for something; else the last one before that does."""
        columns = self._covered.columns if self._covered else ()
        day = on or self.desk.today
        holding = [place for place, one in enumerate(columns) if one.first <= day <= one.last]
        if holding and (on is not None or columns[holding[0]].days):
            return holding[0]
        before = [place for place, one in enumerate(columns) if one.days and one.first <= day]
        after = [place for place, one in enumerate(columns) if one.days]
        return before[-1] if before else after[0] if after else len(columns) - 1

    def open(self, place: int) -> None:
        """Show a period; what was written in the one before waits there."""
        if self.strip is not None:
            self.strip.settle()
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        self._close_sheet()
        self._open(place)
        if had_focus:
            self.focus_start()
        if self.opened is not None and self.opened.kept:
            self.said.emit(f"上次填到一半的 {self.opened.kept} 行还在，保存了才算数。", "soon")

    def _open(self, place: int) -> None:
        covered = self._covered
        if covered is None or not 0 <= place < len(covered.columns):
            self._say_nothing("这个月没有要记的日子。")
            return
        self.picker.show_place(place)
        opened = self._entry.open(covered, place)
        if opened.sheet.rows:
            self._show_sheet(opened)
        else:
            self._say_nothing(_why_nothing(covered.columns[place]))

    def _close_sheet(self) -> None:
        for widget in (self.table, self.strip):
            if widget is not None:
                self._column.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self.opened = self.table = self.strip = None

    def _say_nothing(self, sentence: str) -> None:
        self._nothing.setText(sentence)
        self._nothing.show()
        self.foot.hide()
        self._show_able()

    def _show_sheet(self, opened: DaySheet) -> None:
        theme, sheet = self.around.theme, opened.sheet
        self.opened = opened
        strip = self.strip = OnceStrip(theme, self.desk, [(self.ledger, field) for field in opened.once], sheet.read)
        table = self.table = SheetTable(theme, sheet, [field.key for field in opened.once])
        self._nothing.hide()
        self._column.insertWidget(1, strip)
        self._column.insertWidget(2, table, 1)
        strip.show_values(sheet.common)
        strip.setVisible(bool(opened.once))
        strip.written.connect(self._common_written)
        strip.refused.connect(lambda sentence, _key: self.said.emit(sentence, "late"))
        strip.done.connect(table.view.setFocus)
        table.changed.connect(self._changed)
        table.save_wanted.connect(self.save)
        self.connect_table(table)
        strip.new_wanted.connect(self._new_in_strip)
        words, tip = _ALL_NORMAL if sheet.judges or self._reads(opened) else _ALL_DONE
        self.all_normal.set_text(words)
        self.all_normal.set_tip(tip)
        self.bar.fit()
        self.foot.show()
        self.foot.tell(sheet, shared=not self._reads(opened))
        table.start()
        self._show_able()

    def show_duty(self, place: int) -> None:
        """Look at another duty of the ledger."""
        self._duty = self._duties[place]
        self._read(self._day())

    def duty_menu(self) -> QMenu:
        """What the ledger asks for, to choose from."""
        menu = QMenu(self)
        for place, duty in enumerate(self._duties):
            action = menu.addAction(duty.label)
            action.setCheckable(True)
            action.setChecked(duty is self._duty)
            action.triggered.connect(lambda _checked=False, place=place: self.show_duty(place))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _pop_up_duties(self) -> None:
        self.duty_menu().popup(self.duty_button.mapToGlobal(QPoint(0, self.duty_button.height())))

    def _day(self) -> date | None:
        """The first day of the period that is shown."""
        return self.opened.column.first if self.opened is not None else None

    def _to_today(self) -> None:
        from school_logistics.rules.calendar import Month

        month = Month.of(self.desk.today)
        if month != self.month():
            self.month_picked.emit(month)
        else:
            self._read(self.desk.today)
        self.focus_start()

    def _new_in_strip(self, key: str, target: str, typed: str) -> None:
        label = self.ledger.field(key).label
        self.begin_elsewhere.emit(label, target, typed, lambda one: self._take_new(key, one))

    def _take_new(self, key: str, one: int) -> None:
        if self.strip is not None:  # another one than before, where the sheet was read anew meanwhile
            self.strip.fill(key, one)

    # --- what is written ---------------------------------------------------------------------------

    def _common_written(self, key: str, value: object) -> None:
        if self.opened is not None and self.table is not None:
            self.opened.sheet.set_common(key, value)
            self.table.model.show_again()
            if self.strip is not None:
                self.strip.show_values(self.opened.sheet.common)

    def _changed(self) -> None:
        if self.opened is None:
            return
        try:
            self._entry.keep(self.opened)
        except OfficeError as trouble:
            self.message.emit(Message(str(trouble), tone="late"))
        self.foot.tell(self.opened.sheet, shared=not self._reads(self.opened))
        self._show_able()

    def _show_able(self) -> None:
        sheet = self.opened.sheet if self.opened is not None else None
        able = self.opened is not None and (self.opened.sheet.judges or not self._reads(self.opened))
        self.all_normal.setEnabled(able)
        self.save_button.setEnabled(sheet is not None and bool(sheet.begun))
        self.deeds_changed.emit()

    @staticmethod
    def _reads(opened: DaySheet) -> bool:
        """Whether each line wants something of its own that is read off: then nothing can be said of all at once."""
        once = {field.key for field in opened.once}
        return any(one.required and one.writable and one.key not in once for one in opened.sheet.columns)

    def judge_all(self) -> None:
        """Judge all that is not judged yet as normal: in the selected lines when there are several, else in all."""
        if self.table is None or not self.all_normal.isEnabled():
            return
        self.settle_typing()
        selected, sheet = self.table.selected_rows(), self.table.sheet
        rows = selected if len(selected) > 1 else None
        if sheet.judges:
            filled = sheet.all_normal(rows)
            words = f"{filled} 行里没判断的都记了正常；数字和时间要自己填，" if filled else "都已经判断过了，"
            words = _with_those_left_open(words, filled, sheet.held_back)
        else:
            filled = sheet.mean(rows)
            words = f"{filled} 行照上面填的记；不一样的改那一格，" if filled else "都已经记了，"
        self.table.model.show_again()
        self.said.emit(f"{words}保存按 {SAVE_KEY}。", "late" if sheet.held_back else "ok")

    def save(self) -> None:
        """Keep everything that was filled in as one act; what is refused is shown at its cell, and nothing is lost."""
        if self.opened is None or self.table is None:
            return
        self.settle_typing()
        self._saving = True
        try:
            saved = self._entry.save(self.opened)
        except SheetRefused as refusal:
            self._show_refusal(str(refusal))
            return
        except OfficeError as trouble:
            self.message.emit(Message(f"一行都没有保存：{trouble}", "填的都还在。", tone="late"))
            return
        finally:
            self._saving = False
        if saved:
            period = self.picker.middle.text()
            self._reopen()
            self.acted.emit(f"已存 {self.ledger.label} {period} {saved} 行")

    def _show_refusal(self, sentence: str) -> None:
        """Show every objection at its cell; what all lines lack is asked for once, above them."""
        table, strip = self.table, self.strip
        if table is None or strip is None:
            return
        wanting = table.sheet.wanting_everywhere(strip.blocks)
        table.model.show_again()
        if wanting:
            labels = "、".join(self.ledger.field(key).label for key in wanting)
            strip.ask_for(wanting)
            self.said.emit(f"{labels}没有填：在上面填一次，各行都照着。一行都没存；已经填的都在", "late")
            return
        self.go_to_trouble(sentence)

    def _reopen(self) -> None:
        """Read the period anew, staying where one is."""
        where = self.table.view.currentIndex() if self.table is not None else None
        row, column = (where.row(), where.column()) if where is not None and where.isValid() else (0, 0)
        self._read(self._day())
        if self.table is not None and where is not None:
            self.table.view.go(min(row, self.table.model.rowCount() - 1), column)

    # --- for the window ----------------------------------------------------------------------------

    def deeds(self) -> Mapping[Do, Callable[[], None]]:
        found: dict[Do, Callable[[], None]] = {Do.NEXT_MISSING: self.next_missing}
        if self.opened is not None and self.opened.sheet.begun:
            found[Do.SAVE] = self.save
        if self.held():
            found[Do.DELETE] = self.delete
        return found

    def next_missing(self) -> None:
        """To the next cell in the way, else to the next period that lacks something."""
        if self.table is not None and self.table.go_to_trouble():
            return
        places = (
            [place for place in range(len(self._covered.columns)) if self._lacks(place).startswith("缺")]
            if (self._covered)
            else []
        )
        after = [place for place in places if place > self.picker.place]
        if not places:
            self.said.emit("这个月没有缺的。", "ok")
            return
        self.open((after or places)[0])
        self.focus_start()

    def show_month(self) -> None:
        if self.month() != self._shown_month:
            self._shown_month = self.month()
            self._read(None)

    def refresh(self, keys: frozenset[str]) -> None:
        if not self._saving:
            self._reopen()

    def focus_start(self) -> None:
        if self.table is not None:
            self.focus_lines()
        else:
            self.picker.middle.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_record(self, one: int, key: str = "") -> bool:
        covered = self._covered
        cells = [cell for line in covered.cells for cell in line] if covered is not None else []
        cell = next((cell for cell in cells if any(record.id == one for record in cell.records)), None)
        if cell is None:
            return False
        self.open(cell.column)
        if self.table is None:
            return False
        row = next(place for place, line in enumerate(self.table.sheet.rows) if line.id == one)
        self.table.go_to(row, key)
        return True

    def begin_on(self, day: date | None) -> bool:
        if day is None or not self._covered or not by_days(self._covered):
            return False
        self._read(day)
        self.focus_start()
        return True

    def hints(self) -> Sequence[Hint]:
        keys = (
            ("没判断的全部记正常", ALL_NORMAL_KEY),
            ("正常；在名称一栏是照上面记、不记", "空格"),
            ("异常，接着写情况", "X"),
            ("免、不适用", "M"),
            ("保存，一步可撤销", f"{SAVE_KEY} Ctrl+Enter"),
            ("前一天、后一天", "Alt+← Alt+→"),
            ("与 WPS、Excel 之间复制粘贴一片", "Ctrl+C Ctrl+V"),
        )
        return [Hint(words, key, group="批量登记") for words, key in keys]


def _with_those_left_open(words: str, filled: int, why: Sequence[str]) -> str:
    """What was judged normal, and whose lines stayed open, with the reason of the first."""
    if not why:
        return words
    told = f"{len(why)} 行没有记，要自己判断：{why[0]}"
    return f"{words.rstrip('，')}；{told}。" if filled else f"{told}。"


def _ledgers_of(duty: Duty, ledger: Ledger) -> set[str]:
    """The ledgers from which a duty takes its lines."""
    if isinstance(duty.rows, OfFile):
        return {ledger.field(duty.rows.field).target}
    return {duty.rows.ledger} if isinstance(duty.rows, OfPlan) else set()


def _period_name(column: Column) -> str:
    if column.first == column.last:
        return f"{column.first:%m-%d} {WEEKDAYS[column.first.weekday()]}"
    return f"{column.label} {column.detail}".strip()


def _why_nothing(column: Column) -> str:
    if not column.days:
        return f"{_period_name(column)}：{column.why or '不上课'}，不用记。真做了的，到“表格”里记一行。"
    return f"{_period_name(column)} 没有要记的：先到档案里把要记的对象登记好，这里就会一行一行列出来。"
