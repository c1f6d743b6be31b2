"""The home page: what is due, worst first, each with its reason; beside it how the month stands.

The list is the page: arrows move, Enter opens the record, F4 says why it is due.
Numbers at the right are read in a job after every change.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from school_logistics.errors import OfficeError
from school_logistics.rules.calendar import Month
from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.cells import WEEKDAYS
from school_logistics.ui.commands import Do
from school_logistics.ui.due_list import OPEN_KEY, WHY_KEY, DueList, Errand
from school_logistics.ui.empty_page import EmptyPage, Way
from school_logistics.ui.home_side import AHEAD_DAYS, HomeSide
from school_logistics.ui.messages import TABLES
from school_logistics.ui.office_page import Hint, OfficePage, Surroundings
from school_logistics.ui.page_line import PageLine
from school_logistics.ui.parts import Panel, Words
from school_logistics.ui.setting_up import STEPS, all_done, steps_done, ways_to_set_up
from school_logistics.ui.side_slot import SideSlot
from school_logistics.ui.theme import Type
from school_logistics.ui.why_panel import WhyPanel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from school_logistics.services.figures import Figures, MilkRates, MonthOfPurchases
    from school_logistics.services.form_states import FormState
    from school_logistics.services.month import MonthPack
    from school_logistics.services.reminders import Due, Reminders
    from school_logistics.ui.jobs import Job, Progress

ALL, OTHERS = "全部", "其他"
FILTERS = (ALL, "食堂", "公寓", "消防", "校车", OTHERS)
_OWN_FILTERS = frozenset(FILTERS) - {ALL, OTHERS}
_NARROW, _NARROWEST = 1100, 760
"""Widths in pixels of the look below which the side gets narrower, and gives way to the list."""
_NARROW_SIDE = 340
QWIDGETSIZE_MAX = 16777215
"""Qt's word for a widget that may be as wide as it likes; its Python face does not name it."""


class HomeFacts(NamedTuple):
    """What one look into the ledgers found."""

    errands: tuple[Errand, ...]
    month: Month
    states: tuple[FormState, ...]
    purchases: tuple[MonthOfPurchases, ...]
    food_groups: tuple[str, ...]
    milk: MilkRates
    ahead: tuple[Due, ...]
    set_up: frozenset[str]
    """The ledgers to begin with in which something stands."""


class HomePage(OfficePage):
    """Today's list and the month's figures."""

    def __init__(self, around: Surroundings, figures: Figures, reminders: Reminders, pack: MonthPack) -> None:
        """Everything is asked in jobs; nothing is known before the first has come back."""
        super().__init__(around)
        self._figures, self._reminders, self._pack = figures, reminders, pack
        self._theme, self._desk = around.theme, around.office.desk
        self._facts: HomeFacts | None = None
        self._asked: Job | None = None
        self._again = False
        self.list = DueList(self._theme)
        self.list.entered.connect(self._open)
        self.list.why_wanted.connect(self.toggle_why)
        self.list.moved.connect(lambda _errand: self._tell_why())
        self.why = WhyPanel(self._theme)
        self.why.hide()
        self.why.closed.connect(self._close_why)
        self.why.record_wanted.connect(self.open_record)
        self.why.rule_wanted.connect(self.open_rule)
        self.slot = SideSlot(self._theme)
        self.slot.changed.connect(self._fit)
        self.side = HomeSide(self._theme)
        self.side.forms.wanted.connect(self._go_to_forms)
        self.chips = {name: Button(self._theme, name, look=Look.CHOICE) for name in FILTERS}
        self._count = Words(self._theme, kind=Type.LABEL, color="ink2")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.empty: EmptyPage | None = None
        self._empty_place = QWidget()
        self._empty_row = QHBoxLayout()
        self.stack.addWidget(self._empty_place)
        self._lay_out()

    # --- laying out --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        left = Panel(self._theme, "surface")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self.stack, 1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._left = left
        self._row.addWidget(left, 1)
        self._row.addWidget(self.side)
        self._row.addWidget(self.slot)
        QWidget.setTabOrder(self.list, self.side.forms.link)
        middle = QVBoxLayout(self._empty_place)
        middle.addStretch(2)
        middle.addLayout(self._empty_row)
        middle.addStretch(3)
        self._fit()

    def _head(self) -> PageLine:
        theme, sizes = self._theme, self._theme.sizes
        self._head_line = PageLine(theme)
        row = self._head_line.row
        row.setContentsMargins(theme.px(20), 0, sizes.large, 0)
        row.setSpacing(sizes.large)
        self._title = Words(theme, "今天要办", kind=Type.TITLE)
        self._day = Words(theme, kind=Type.LABEL, color="ink2")
        for words in (self._title, self._day, self._count):
            row.addWidget(words)
        row.addStretch(1)
        chips = QHBoxLayout()
        chips.setSpacing(0)
        group = QButtonGroup(self)
        for name, chip in self.chips.items():
            group.addButton(chip)
            chip.setAccessibleName(f"只看{name}" if name != ALL else "看全部")
            chip.clicked.connect(self._filter)
            chips.addWidget(chip)
        self.chips[ALL].setChecked(True)
        self.month_chip = Button(theme, "本月情况", look=Look.CHOICE)
        self.month_chip.clicked.connect(self._show_side)
        group.addButton(self.month_chip)
        chips.addWidget(self.month_chip)
        row.addLayout(chips)
        return self._head_line

    def _fit(self) -> None:
        """Give the list its room first."""
        theme = self._theme
        width = self.width()
        narrow = width < theme.px(_NARROW)
        beside = width >= theme.px(_NARROWEST)
        explained = self.slot.top() is not None
        self.slot.cover(covers=not beside)
        self._left.setVisible(beside or not explained)
        self._put_side(beside=beside)
        if beside:
            self.side.setFixedWidth(theme.px(_NARROW_SIDE) if narrow else theme.sizes.home_side)
        self._count.setVisible(not narrow)
        self._day.setVisible(not narrow or beside)
        if beside:
            self.side.setVisible(not explained)

    def _put_side(self, *, beside: bool) -> None:
        """Beside the list, or behind a choice of its own where the window is too narrow for both."""
        self.month_chip.setVisible(not beside)
        if beside and self.stack.indexOf(self.side) >= 0:
            self.stack.removeWidget(self.side)
            self._row.addWidget(self.side)
            self.side.show()
            if self.month_chip.isChecked():
                self.chips[ALL].click()
        elif not beside and self.stack.indexOf(self.side) < 0:
            self._row.removeWidget(self.side)
            self.side.setMinimumWidth(0)
            self.side.setMaximumWidth(QWIDGETSIZE_MAX)
            self.stack.addWidget(self.side)

    def _show_side(self) -> None:
        self.stack.setCurrentWidget(self.side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_head_line"):
            self._fit()

    # --- what the window asks ----------------------------------------------------------------------

    def title(self) -> str:
        """As the tab says."""
        return "首页"

    def ledger_in_front(self) -> str:
        """Any ledger: a file that is dropped here finds its own."""
        return self._desk.ledgers()[0].key

    def deeds(self) -> Mapping[Do, Callable[[], None]]:
        return {Do.FORM: self.toggle_why} if self.list.isVisible() or self.slot.top() is not None else {}

    def close_panel(self) -> bool:
        if self.slot.top() is None:
            return False
        self._close_why()
        return True

    def tell_standing(self) -> None:
        """Look into the ledgers anew, in a job: what is due was found out, at the first visit or after a change."""
        if self._asked is not None and self._asked.running():
            self._again = True
            return
        self._again = False
        month, dues = Month.of(self._desk.today), self.around.standing.due

        def ask(progress: Progress) -> HomeFacts:
            return self._found(month, dues, progress)

        self._asked = self.around.jobs.start(ask, done=self._take, failed=self._failed)

    def focus_start(self) -> None:
        """The list, or the first way to begin."""
        first = self.empty.findChild(QAbstractButton) if self.empty is not None and self._is_empty() else None
        (first or self.list).setFocus(Qt.FocusReason.OtherFocusReason)

    def next_pane(self) -> None:
        """List, then the reason or the figures, then the list again."""
        if self.slot.top() is not None and not self.slot.has_focus():
            self.why.focus_first()
        elif self.side.forms.link.isVisible() and not self.side.forms.link.hasFocus():
            self.side.forms.link.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.focus_start()

    def take(self, number: int) -> bool:
        """The ways of the empty page; otherwise the filters, from the left."""
        if self.empty is not None and self._is_empty():
            return self.empty.press(number)
        if not 1 <= number <= len(FILTERS):
            return False
        self.chips[FILTERS[number - 1]].click()
        return True

    def hints(self) -> Sequence[Hint]:
        """What only this page knows."""
        return (
            Hint("打开这一条记录", OPEN_KEY, "到台账里对应的那一行"),
            Hint("为什么到期", WHY_KEY, "规则、出处、用到的日期和算法；再按一次收起"),
            Hint("上一条、下一条", "↑ ↓"),
            Hint("只看一类", "Alt+1…6", "全部、食堂、公寓、消防、校车、其他"),
        )

    # --- asking ------------------------------------------------------------------------------------

    def _found(self, month: Month, dues: Sequence[Due], progress: Progress) -> HomeFacts:
        """Runs in the worker."""
        from school_logistics.services.figures import FOOD_GROUPS

        progress.step(0, 1, "查看各台账")
        tabs = self._figures.tabs_of(dues)
        errands = tuple(
            Errand(due, tab, self._desk.ledger(due.ledger).label) for due, tab in zip(dues, tabs, strict=True)
        )
        return HomeFacts(
            errands,
            month,
            tuple(self._pack.states(month)),
            self._figures.purchases(month),
            tuple(name for name, _ in FOOD_GROUPS),
            self._figures.milk(),
            tuple(self._reminders.due(within=AHEAD_DAYS)),
            steps_done(self._desk.counts(month)),
        )

    def _take(self, facts: HomeFacts) -> None:
        self._facts = facts
        today = self._desk.today
        self._day.setText(f"{today.month}月{today.day}日 {WEEKDAYS[today.weekday()]}")
        self.side.forms.set_states(facts.month, facts.states)
        self.side.purchases.set_purchases(facts.month, facts.purchases, facts.food_groups)
        self.side.milk.set_rates(facts.milk)
        self.side.expiries.set_dues(facts.ahead, today)
        self._filter()
        if self._again:
            self._asked = None
            self.tell_standing()

    def _failed(self, error: OfficeError) -> None:
        self.said.emit(str(error), "late")

    # --- the reason --------------------------------------------------------------------------------

    def toggle_why(self) -> None:
        """F4: say beside the list why the current line is due; once more puts it away."""
        if self.slot.top() is not None:
            self._close_why()
        elif self.list.current() is not None:
            self.slot.push(self.why)
            self._tell_why()

    def _tell_why(self) -> None:
        """Take the current line apart, if its reason is open."""
        errand = self.list.current()
        if self.slot.top() is None or errand is None:
            return
        try:
            told = self._reminders.why(errand.due)
        except OfficeError as gone:
            self._failed(gone)
            return
        self.why.show_derivation(told, errand.state, errand.word)

    def _close_why(self) -> None:
        self.slot.take(self.why)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- the list ----------------------------------------------------------------------------------

    def chosen(self) -> str:
        """The filter that is set."""
        return next((name for name, chip in self.chips.items() if chip.isChecked()), "")

    def _filter(self) -> None:
        chosen = self.chosen()
        if self._facts is None or not chosen:
            return
        shown = [one for one in self._facts.errands if chosen == ALL or _filter_of(one) == chosen]
        self.list.set_errands(shown)
        self._tell_why()
        self.deeds_changed.emit()
        self._count.setText(f"{len(shown)} 件，急的在前" if shown else "")
        self._head_line.row.activate()  # Qt asks for no new layout where one was asked for before the page was shown
        if shown:
            self.stack.setCurrentWidget(self.list)
        else:
            self._show_empty(chosen)

    def _show_empty(self, chosen: str) -> None:
        """Say that nothing is due, and what could be done instead."""
        had_focus = self.list.hasFocus()
        while (item := self._empty_row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.empty = self._nothing_at_all() if chosen == ALL else self._nothing_of(chosen)
        self.empty.setMaximumWidth(self._theme.sizes.empty_page)
        self._empty_row.addWidget(self.empty)
        self.stack.setCurrentWidget(self._empty_place)
        if had_focus:
            self.focus_start()

    def _is_empty(self) -> bool:
        return self.stack.currentWidget() is self._empty_place

    def _nothing_at_all(self) -> EmptyPage:
        assert self._facts is not None  # noqa: S101 - only shown once the ledgers were looked into
        month = self._facts.month
        ways = [
            Way("utensils", "登记今天的食材采购", "Alt+1", lambda: self._begin("food_purchase")),
            Way("bed-double", "登记今天的消毒", "Alt+2", lambda: self._begin("disinfection")),
            Way("printer", f"看 {month.number}月检查表还缺什么", "Alt+3", self._go_to_forms),
        ]
        if not all_done(self._facts.set_up):
            return self._to_set_up(self._facts.set_up)
        why = ("没有过期的，今天和近期也没有到期的。", "证照、检验、保险登记了有效期，到期前会列在这里，急的在前。")
        return EmptyPage(self._theme, "list-checks", "今天没有要办的", why, ways)

    def _to_set_up(self, done: frozenset[str]) -> EmptyPage:
        """Lead a new school through its files, in the order in which one needs the other."""
        left = len(STEPS) - len(done)
        why = (
            "按下面的次序把底子填好，日常记录就能带出人名、单位和证照。",
            f"还有 {left} 步；做过的打勾。已有 Excel 的直接导入，不用重打。",
        )
        excel = Way("file-up", "导入 Excel 台账，自动认出是哪一本", "", self._import)
        ways = [*ways_to_set_up(done, lambda ledger: self._begin(ledger, day="")), excel]
        return EmptyPage(self._theme, "list-checks", "先把学校的底子填好", why, _numbered(ways))

    def _nothing_of(self, chosen: str) -> EmptyPage:
        ways = [Way("list-checks", "看全部要办的", "Alt+1", self.chips[ALL].click)]
        return EmptyPage(self._theme, "list-checks", f"{chosen}没有要办的", ("没有过期的，近期也没有到期的。",), ways)

    def _begin(self, ledger: str, day: str | None = None) -> None:
        self.open_blank.emit(ledger, self._desk.today.isoformat() if day is None else day)

    def _import(self) -> None:
        """Ask for a workbook; as with one that is dropped here, the ledger it fits best is found."""
        file = self.around.messages.open_file("导入 Excel 台账", (TABLES,))
        if file is not None:
            self.import_wanted.emit(self.ledger_in_front(), file)

    def _open(self, errand: Errand) -> None:
        self.open_record.emit(errand.due.ledger, errand.due.id, "")

    def _go_to_forms(self) -> None:
        """The print room, at the first form that wants something."""
        month = Month.of(self._desk.today)
        states = self._facts.states if self._facts else ()
        wanting = (one.code for one in states if one.gaps or one.empty)
        first = next(iter(states), None)
        self.open_form.emit(next(wanting, first.code if first else ""), month)


def _numbered(ways: Sequence[Way]) -> list[Way]:
    """The ways with the keys that take them, from the top."""
    return [replace(way, key=f"Alt+{place}") for place, way in enumerate(ways, 1)]


def _filter_of(errand: Errand) -> str:
    return errand.tab if errand.tab in _OWN_FILTERS else OTHERS
