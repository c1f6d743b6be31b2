"""周食谱: the menu as a week, a column a day; what the day gives the pupils stands below as bars against the standard.

A view of the menu ledger. Every cell is one act; a week from before is copied in one step and taken back in one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout

from school_logistics.errors import OfficeError, Unacceptable
from school_logistics.reports.balance_bars import groups_of
from school_logistics.rules.nutrition import AgeBand
from school_logistics.rules.weeks import monday_of
from school_logistics.services.week_menu import Place, WeekMenu, WeekMenus
from school_logistics.ui.balance_chart import BalanceChart
from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.chip_row import ChipRow
from school_logistics.ui.ledger_views import LedgerView
from school_logistics.ui.office_page import Hint
from school_logistics.ui.parts import Panel, ShortWords, Words
from school_logistics.ui.theme import Type
from school_logistics.ui.week_grid import Heading, WeekGrid

if TYPE_CHECKING:
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.rows import Choice
    from school_logistics.ui.commands import Do
    from school_logistics.ui.office_page import Surroundings

_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_NO_RECIPES = "写了“菜谱用料”，这里就能看到这一餐的食物量和营养够不够。"
_NOTHING = "这一天还没有排菜，或者排的菜还没有填用料。"
_WEEK = timedelta(days=7)


class WeekMenuView(LedgerView):
    """The week's grid and its bars."""

    def __init__(self, around: Surroundings, ledger: Ledger) -> None:
        """Show the week of today, or the first of the month that the window looks at."""
        super().__init__(around, ledger)
        self.relevant |= {"recipe_line", "food_composition", "ingredient", "rule_change"}
        self._theme = around.theme
        self.menus = WeekMenus(self.desk)
        self._monday = self._first_monday()
        self._week = self.menus.week(self._monday)
        self._meal = self.menus.meals()[0]
        self._band: AgeBand | None = None
        self._courses: tuple[str, ...] = ()
        self._copied_from: date | None = None
        self.grid = WeekGrid(self._theme, ledger.field("dish"), self._offer, self._typed)
        self.grid.moved.connect(self._moved)
        self.grid.turned.connect(self.turn)
        self.grid.pasted.connect(self._paste)
        self.chart = BalanceChart(self._theme, "食物量和营养")
        self._build_head()
        self._build_scale()
        self._lay_out()
        self._show()

    # --- building ----------------------------------------------------------------------------------

    def _build_head(self) -> None:
        theme = self._theme
        self.back = Button(theme, "上一周", icon="chevron-left", look=Look.ICON, key="PgUp")
        self.on = Button(theme, "下一周", icon="chevron-right", look=Look.ICON, key="PgDn")
        self.back.clicked.connect(lambda: self.turn(-1))
        self.on.clicked.connect(lambda: self.turn(1))
        self._week_words = Words(theme, kind=Type.PANEL)
        self.copy_button = Button(theme, "", icon="copy", look=Look.OFFER, key="Alt+1")
        self.copy_button.clicked.connect(self.copy)
        self._meals = ChipRow(theme, "餐次", self.menus.meals(), self._choose_meal)

    def _build_scale(self) -> None:
        theme = self._theme
        self._scale_title = ShortWords(theme, kind=Type.PANEL)
        self._whole_week = Button(theme, "全周平均", look=Look.CHOICE, tip="看这一周每天的平均，而不是这一天")
        self._whole_week.clicked.connect(self._weigh)
        self._bands = ChipRow(theme, "学段", tuple(band.value for band in self.menus.bands()), self._choose_band)
        self._note = Words(theme, kind=Type.LABEL, color="ink2", wrap=True)

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        head = QHBoxLayout()
        head.setContentsMargins(sizes.large, sizes.small, sizes.large, sizes.small)
        head.setSpacing(sizes.tiny)
        for one in (self.back, self.on, self._week_words, self._meals):
            head.addWidget(one)
        head.addStretch(1)
        head.addWidget(self.copy_button)
        scale = QHBoxLayout()
        scale.setContentsMargins(0, 0, 0, 0)
        scale.setSpacing(sizes.tiny)
        for one in (self._scale_title, self._whole_week, self._bands):
            scale.addWidget(one)
        scale.addStretch(1)
        self._inside = inside = Panel(self._theme, "surface")
        column = QVBoxLayout(inside)
        column.setContentsMargins(sizes.large, 0, sizes.large, sizes.large)
        column.setSpacing(sizes.small)
        column.addWidget(self.grid)
        column.addSpacing(sizes.small)
        column.addLayout(scale)
        column.addWidget(self.chart)
        column.addWidget(self._note)
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        top = Panel(self._theme, "surface")
        top.setLayout(head)
        whole.addWidget(top)
        whole.addWidget(self.area, 1)

    # --- the week ----------------------------------------------------------------------------------

    def _first_monday(self) -> date:
        month, today = self.month(), self.desk.today
        if month.holds(today):
            return monday_of(today)
        days = self.desk.calendar.school_days(month)
        return monday_of(days[0] if days else month.first)

    def turn(self, weeks: int) -> None:
        """Show the week before or after."""
        self.grid.commit()
        self._monday += weeks * _WEEK
        self._read()

    def go_to_day(self, day: date) -> None:
        """Show the week of a day, with the day current."""
        self._monday = monday_of(day)
        self._read()
        place = next((at for at, head in enumerate(self._week.days) if head.day == day), 0)
        self.grid.make_current(place, self.grid.current()[1])

    def _read(self) -> None:
        self._week = self.menus.week(self._monday)
        self._show()

    def _show(self) -> None:
        self._courses = self.menus.courses(self._week)
        heads = [Heading(f"{_WEEKDAYS[one.day.weekday()]} {one.day:%m-%d}", one.closed) for one in self._week.days]
        texts = {
            (column, line): told
            for column, head in enumerate(self._week.days)
            for line, course in enumerate(self._courses)
            if (told := self._week.text(Place(head.day, self._meal, course)))
        }
        self.grid.show_week(heads, [course or "未分类" for course in self._courses], texts)
        self._week_words.setText(f"{self._monday:%m-%d}～{self._week.days[-1].day:%m-%d} 一周")
        self._offer_copy()
        self._weigh()
        self.fact_changed.emit()

    def _offer_copy(self) -> None:
        """Offer the latest week with a menu while this one has cells left to plan like it."""
        before = self.menus.week_before(self._monday)
        able = before is not None and self.menus.can_copy(before, self._week)
        self._copied_from = before if able else None
        if self._copied_from is not None:
            self.copy_button.set_text(f"照抄 {self._copied_from:%m-%d} 那一周")
        self.copy_button.setVisible(self._copied_from is not None)

    def copy(self) -> None:
        """Plan this week like the latest one before it."""
        if self._copied_from is None:
            return
        try:
            self.acted.emit(self.menus.copy(self._copied_from, self._monday))
        except OfficeError as trouble:
            self.said.emit(str(trouble), "late")
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- typing ------------------------------------------------------------------------------------

    def _offer(self, typed: str, line: int) -> list[Choice]:
        return self.menus.offered(typed, self._courses[line])

    def _typed(self, column: int, line: int, text: str) -> bool:
        """Keep a cell; a dish that may not be served stays under the keyboard, and is told why."""
        place = Place(self._week.days[column].day, self._meal, self._courses[line])
        return self._keep(lambda: self.menus.write(place, text))

    def _paste(self, rows: Sequence[Sequence[str]]) -> None:
        """Write a block from the current cell on; empty cells of it leave what is there."""
        column, line = self.grid.current()
        cells = {
            Place(self._week.days[column + right].day, self._meal, self._courses[line + down]): text
            for down, row in enumerate(rows)
            for right, text in enumerate(row)
            if text.strip() and column + right < len(self._week.days) and line + down < len(self._courses)
        }
        if cells:
            self._keep(lambda: self.menus.write_block(cells))

    def _keep(self, deed: Callable[[], str]) -> bool:
        """Do it, show it and tell it; or tell why not."""
        try:
            told = deed()
        except Unacceptable as refused:
            self.said.emit("　".join(f"{one.sentence} {one.clause}".strip() for one in refused.objections), "late")
            return False
        except OfficeError as trouble:
            self.said.emit(str(trouble), "late")
            return False
        self._read()
        self.acted.emit(told)
        return True

    def _moved(self) -> None:
        rect = self.grid.current_rect()
        corner = self.grid.mapTo(self._inside, rect.bottomRight())
        self.area.ensureVisible(corner.x(), corner.y(), 0, rect.height())
        self.placed.emit(self.place())
        self._weigh()

    # --- the bars ----------------------------------------------------------------------------------

    def _day(self) -> date:
        return self._week.days[self.grid.current()[0]].day

    def _choose_meal(self, meal: str) -> None:
        self._meal = meal
        self._show()

    def _choose_band(self, band: str) -> None:
        self._band = AgeBand(band)
        self._weigh()

    def _weigh(self) -> None:
        """Show what the day, or the week, gives."""
        bands = self.menus.bands()
        self._bands.set_words(tuple(band.value for band in bands))
        if not bands:
            self._scale_title.setText("营养")
            self.chart.set_empty(_NO_RECIPES)
            self._note.setText("")
            return
        band = self._band if self._band in bands else bands[-1]
        self._bands.choose(band.value)
        whole = self._whole_week.isChecked()
        found = (
            self.menus.of_week(self._week, self._meal, band)
            if whole
            else self.menus.of_day(self._week, self._day(), self._meal, band)
        )
        day = self._day()
        when = "全周平均" if whole else f"{day:%m-%d}（{_WEEKDAYS[day.weekday()]}）"
        self._scale_title.setText(f"{when} {self._meal}，每人")
        if found is None:
            self.chart.set_empty(_NOTHING)
        else:
            self.chart.set_groups(groups_of(found, band.value))
        left_out = self.menus.left_out(self._week, None if whole else day, self._meal)
        self._note.setText(f"{left_out}按生重可食部计；线框是 WS/T 554-2017 的标准，可在规则手册里改。")

    # --- what a page is asked ----------------------------------------------------------------------

    def show_month(self) -> None:
        self.grid.commit()
        if self._monday != self._first_monday():
            self._monday = self._first_monday()
            self._read()

    def refresh(self, keys: frozenset[str]) -> None:
        self.menus.forget(keys)
        if not self.grid.editing():
            self._read()

    def fact(self) -> str:
        dishes = sum(len(found) for found in self._week.cells.values())
        return f"这一周 {dishes} 道菜"

    def focus_start(self) -> None:
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> str:
        if not self._courses:
            return ""
        day = self._day()
        return f"{day:%m-%d} {self._meal} · {self._courses[self.grid.current()[1]] or '未分类'}"

    def current_id(self) -> int | None:
        found = self._week.cells.get(Place(self._day(), self._meal, self._courses[self.grid.current()[1]]))
        return found[0].id if found else None

    def show_record(self, one: int, key: str = "") -> bool:
        draft = self.desk.draft(self.ledger, one)
        day, meal, course = draft["served_on"], draft["meal"], draft["course"] or ""
        if not isinstance(day, date) or meal not in self.menus.meals():
            return False
        self._meal = str(meal)
        self._meals.choose(self._meal)
        self.go_to_day(day)
        if course in self._courses:
            self.grid.make_current(self.grid.current()[0], self._courses.index(str(course)))
        self.focus_start()
        return True

    def begin_on(self, day: date | None) -> bool:
        if day is not None:
            self.go_to_day(day)
        self.focus_start()
        return True

    def take(self, number: int) -> bool:
        if number != 1 or self._copied_from is None:
            return False
        self.copy()
        return True

    def leave(self) -> bool:
        return self.grid.commit()

    def undo_typing(self) -> bool:
        return self.grid.give_up()

    def deeds(self) -> Mapping[Do, Callable[[], None]]:
        return {}

    def hints(self) -> Sequence[Hint]:
        return (
            Hint("直接打菜名或拼音首字母，Enter 填入"),
            Hint("同一格再加一道菜", "、"),
            Hint("上一周、下一周", "PgUp / PgDn"),
            Hint("照抄上一次排的那一周", "Alt+1", "已经排了菜的格子和不上课的日子不动；可以一步撤销。"),
            Hint("从 Excel 粘贴一周", "Ctrl+V", "从当前格往右往下填，空格不动；一步撤销。"),
            Hint("清空这一格", "Del"),
        )

    def week(self) -> WeekMenu:
        """The week that is shown."""
        return self._week
