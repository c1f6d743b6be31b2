"""Other ways of looking at a ledger than its table: by day, by delivery note, as a week, as what should exist.

`VIEWS` names them all; a page offers those that fit its ledger beside 表格, in this order, and builds each when it is
first wanted. A view is an `OfficePage` that fills the middle of the ledger's page: head, side panels and messages stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QWidget

from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.office_page import OfficePage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from school_logistics.models.ledger import Ledger
    from school_logistics.rules.calendar import Month
    from school_logistics.ui.office_page import Surroundings
    from school_logistics.ui.theme import Theme

TABLE = "table"
"""The key of the table among the views."""


class LedgerView(OfficePage):
    """One way of looking at a ledger; what it tells the window goes through the page of the ledger."""

    fact_changed = Signal()
    """What `fact` answers is another thing now."""

    begin_elsewhere = Signal(str, str, str, object)
    """Alt+N: label of the field, key of the target ledger, what was typed, and who is told the new record's number."""

    def __init__(self, around: Surroundings, ledger: Ledger) -> None:
        """Look at a ledger in the month that the window looks at."""
        super().__init__(around)
        self.ledger, self.desk = ledger, around.office.desk
        self.relevant = frozenset({ledger.key, *(field.target for field in ledger.refs())})
        """The ledgers whose changes are seen here; `refresh` is called for no others."""

    def month(self) -> Month:
        """The month that the window looks at."""
        return self.around.standing.month

    def fact(self) -> str:
        """The quiet fact in the head; "" leaves the ledger's own."""
        return ""

    def current_id(self) -> int | None:
        """The record that is current, if any: its history can be shown."""
        return None

    def show_record(self, one: int, key: str = "") -> bool:
        """Bring a record, and a field of it, under the keyboard; False leaves that to the table."""
        return False

    def begin_hole(self, values: Mapping[str, object]) -> bool:
        """Begin the record that should be there and holds these values; False leaves that to the table."""
        return False

    def go_to(self, what: str) -> bool:
        """Bring something by its own name under the keyboard, such as a rule by its key; False when it is not here."""
        return False

    def begin_on(self, day: date | None) -> bool:
        """Begin what is to be recorded on a day; False leaves that to the table."""
        return False


@dataclass(frozen=True)
class View:
    """A way of looking at ledgers: its words on the switch, which ledgers it fits, and who builds it."""

    key: str
    words: str
    icon: str
    fits: Callable[[Ledger], bool]
    build: Callable[[Surroundings, Ledger], LedgerView]
    tip: str = ""
    leads: bool = False
    """Whether a page shows it first, before its table."""


def has_duty(ledger: Ledger) -> bool:
    """Whether the ledger says what should exist in it."""
    return bool(ledger.duties)


def only(*keys: str) -> Callable[[Ledger], bool]:
    """For the ledgers of these keys."""
    return lambda ledger: ledger.key in keys


def _coverage(around: Surroundings, ledger: Ledger) -> LedgerView:
    from school_logistics.ui.coverage_view import CoverageView

    return CoverageView(around, ledger)


def has_blank_paper(ledger: Ledger) -> bool:
    """Whether there is paper to carry along: a sheet of its rounds, labels."""
    from school_logistics.services.blank_sheets import has_sheets

    return has_sheets(ledger)


def _blank_paper(around: Surroundings, ledger: Ledger) -> LedgerView:
    from school_logistics.ui.blank_sheets_view import BlankSheetsView

    return BlankSheetsView(around, ledger)


def _rule_book(around: Surroundings, ledger: Ledger) -> LedgerView:
    from school_logistics.ui.rule_book_view import RuleBookView

    return RuleBookView(around, ledger)


def has_lines(ledger: Ledger) -> bool:
    """Whether a duty of the ledger asks for several records at once: rooms, units, people, dishes."""
    return any(duty.rows is not None for duty in ledger.duties)


def _day_entry(around: Surroundings, ledger: Ledger) -> LedgerView:
    from school_logistics.ui.day_entry_page import DayEntryPage

    return DayEntryPage(around, ledger)


def has_days(ledger: Ledger) -> bool:
    """Whether a duty of the ledger asks one record a day of each person or place."""
    from school_logistics.services.month_entry import by_the_day

    return any(by_the_day(duty) for duty in ledger.duties)


def _month_entry(around: Surroundings, ledger: Ledger) -> LedgerView:
    from school_logistics.ui.month_entry_page import MonthEntryPage

    return MonthEntryPage(around, ledger)


_has_notes = only("food_purchase", "delivery_note")


def _delivery(around: Surroundings, ledger: Ledger) -> LedgerView:
    from school_logistics.ui.delivery_page import DeliveryPage, HeadsPage

    return HeadsPage(around, ledger) if ledger.key == "delivery_note" else DeliveryPage(around, ledger)


def _week_menu(around: Surroundings, ledger: Ledger) -> LedgerView:
    from school_logistics.ui.week_menu_view import WeekMenuView

    return WeekMenuView(around, ledger)


VIEWS: tuple[View, ...] = (
    View("day", "批量登记", "list-checks", has_lines, _day_entry, "要记的一行一行列好，全部正常一键，再写例外"),
    View("month", "整月", "calendar-days", has_days, _month_entry, "一人一行、一天一格，整月一起填"),
    View("note", "按送货单", "clipboard-list", _has_notes, _delivery, "票头填一次，一行一样，合计与票面对"),
    View("coverage", "应记已记", "square-check", has_duty, _coverage, "该有的一格一格列出来，缺的点一下就登记"),
    View("sheets", "空白单", "printer", has_blank_paper, _blank_paper, "打出来带到现场填的单子，留样还有标签"),
    View("rules", "规则手册", "list-checks", only("rule_change"), _rule_book, "所有限值和期限，可以改", leads=True),
    View("week_menu", "周食谱", "calendar-days", only("menu_dish"), _week_menu, "按周排菜，看营养够不够", leads=True),
)
"""In the order in which a page offers them."""


def views_of(ledger: Ledger, views: Sequence[View] = VIEWS) -> tuple[View, ...]:
    """The views that a ledger's page offers beside its table."""
    return tuple(view for view in views if view.fits(ledger))


class ViewSwitch(QWidget):
    """The names of the views in the page head, the one in front pressed."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, views: Sequence[View], key_words: str) -> None:
        """`key_words` names the key that goes on to the next view."""
        super().__init__()
        self._compact = False
        self.buttons: dict[str, Button] = {TABLE: Button(theme, "表格", icon="book-open", look=Look.CHOICE)}
        for view in views:
            self.buttons[view.key] = Button(theme, view.words, icon=view.icon, look=Look.CHOICE, tip=view.tip)
        self.others = Button(theme, "其他视图", icon="chevron-down", look=Look.QUIET, tip="换一种看法")
        self.others.set_key(key_words, shown=False)
        self.others.clicked.connect(self._pop_up_others)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.sizes.line)
        for key, button in self.buttons.items():
            button.set_key(key_words, shown=False)
            button.clicked.connect(lambda _checked=False, key=key: self._pressed(key))
            row.addWidget(button)
        row.addWidget(self.others)
        self.set_front(TABLE)
        self.setAccessibleName("查看方式")

    def _pressed(self, key: str) -> None:
        self.set_front(key)
        self.chosen.emit(key)

    def set_front(self, key: str) -> None:
        """Show which view is in front."""
        for one, button in self.buttons.items():
            button.setChecked(one == key)
        self.set_compact(self._compact)

    def set_compact(self, compact: bool) -> None:
        """Where the head is narrow show the view in front alone, the others by name in a menu beside it."""
        self._compact = compact
        for button in self.buttons.values():
            button.setVisible(not compact or button.isChecked())
        self.others.setVisible(compact)

    def width_at(self, *, compact: bool) -> int:
        """How wide it is with the view in front alone, or with all of them."""
        shown = [button for button in self.buttons.values() if not compact or button.isChecked()]
        return sum(button.sizeHint().width() + 1 for button in (*shown, *([self.others] if compact else [])))

    def menu(self) -> QMenu:
        """The views that are not in front, by name."""
        menu = QMenu(self)
        for key, button in self.buttons.items():
            if not button.isChecked():
                action = menu.addAction(button.text())
                action.triggered.connect(lambda _checked=False, key=key: self._pressed(key))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _pop_up_others(self) -> None:
        self.menu().popup(self.others.mapToGlobal(QPoint(0, self.others.height())))


class ViewStack(QStackedWidget):
    """The table of a page with its other views over it, each built when it is first wanted and then kept."""

    def __init__(
        self, around: Surroundings, ledger: Ledger, table: QWidget, made: Callable[[LedgerView], None],
        views: Sequence[View],
    ) -> None:  # fmt: skip
        """The table is in front; `made` connects a view that was built."""
        super().__init__()
        self._around, self._ledger, self._tell_made = around, ledger, made
        self.views = tuple(views)
        self._built: dict[str, LedgerView] = {}
        self._stale: dict[str, frozenset[str]] = {}
        self.key = TABLE
        self.addWidget(table)
        self._table = table

    def front(self) -> LedgerView | None:
        """The view in front; None for the table."""
        return self._built.get(self.key)

    def built(self) -> tuple[LedgerView, ...]:
        """The views that were ever wanted."""
        return tuple(self._built.values())

    def next_key(self) -> str:
        """The key of the view after the one in front."""
        keys = [TABLE, *(view.key for view in self.views)]
        return keys[(keys.index(self.key) + 1) % len(keys)]

    def bring(self, key: str) -> None:
        """Bring a view to the front, with the month and the changes it has not seen; an unknown one is the table."""
        view = next((one for one in self.views if one.key == key), None)
        self.key = view.key if view is not None else TABLE
        if view is None:
            self.setCurrentWidget(self._table)
            return
        page = self._built.get(view.key)
        if page is None:
            page = self._built[view.key] = view.build(self._around, self._ledger)
            self.addWidget(page)
            self._tell_made(page)
        else:
            page.show_month()
            stale = self._stale.pop(view.key, None)
            if stale is not None:
                page.refresh(stale)
        self.setCurrentWidget(page)

    def refresh(self, keys: frozenset[str]) -> None:
        """These ledgers changed: the view in front shows it now, the others when they are next seen."""
        for key, page in self._built.items():
            if keys and not keys & page.relevant:
                continue
            if key == self.key:
                page.refresh(keys)
            else:
                before = self._stale.get(key)
                self._stale[key] = keys if before is None else before | keys if before and keys else frozenset()
