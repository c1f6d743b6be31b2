"""C23: the week's menu, its quantified recipe, and what it gives the pupils against the standard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from school_logistics.models.canteen.menus import FoodComposition, MenuDish, RecipeLine
from school_logistics.models.ledger import Tab
from school_logistics.reports.balance_bars import groups_of
from school_logistics.reports.blocks import Bars, Block, Column, Grid, Line, Note, PageBreak, Signatures, Stamp, Title
from school_logistics.reports.foods import Kitchen, Part, kitchen_of
from school_logistics.reports.form import Entry, Head, PrintedForm, Source
from school_logistics.rules.calendar import Month, Period
from school_logistics.rules.kinds import Amount
from school_logistics.rules.menus import SCHOOL_WEEK, Course
from school_logistics.rules.nutrition import SEASONINGS, AgeBand, Balance, FoodGroup, balance, mean
from school_logistics.rules.samples import Meal
from school_logistics.rules.weeks import monday_of, week_of_term, weeks_of

MENU, RECIPE = "一周食谱", "带量食谱"
_WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_SIGNERS = ("编制人（营养健康管理员）", "审核人")
_CLOSED = "不上课"
_SEASONING = "调味品"
_WEEK = 7
_LEAST_ACROSS = 2
_RECIPE_MM = 5.6
_ROWS_A_PAGE, _ROWS_ABOVE_STAMP = 24, 16
_menu = MenuDish.ledger
_grams = Amount(1, "g", 0)


class Week(NamedTuple):
    """One week's dishes."""

    monday: date
    rows: Sequence[Entry]

    @property
    def days(self) -> tuple[date, ...]:
        """Monday to Friday, and days of the weekend on which something is served."""
        served = {row["served_on"] for row in self.rows}
        days = [self.monday + timedelta(days=place) for place in range(_WEEK)]
        return tuple(day for place, day in enumerate(days) if place < SCHOOL_WEEK or day in served)

    def dishes(self, day: date, meal: str) -> list[Entry]:
        """What is served at a meal, in the order of the courses."""
        rows = [row for row in self.rows if row["served_on"] == day and row["meal"] == meal]
        return sorted(rows, key=lambda row: _place(row["course"]))

    @property
    def meals(self) -> tuple[str, ...]:
        """The meals of the week, in order."""
        served = {row["meal"] for row in self.rows}
        return tuple(meal.value for meal in Meal if meal in served)


class Menus(NamedTuple):
    """The weeks of a month, and the recipes behind them."""

    rows: Sequence[Entry]
    weeks: tuple[Week, ...]
    kitchen: Kitchen


def _place(course: str | None) -> int:
    return list(Course).index(Course(course)) if course else len(Course)


def _gather(source: Source, month: Month) -> Menus:
    mondays = [week.first for week in weeks_of(month)]
    whole = Period(mondays[0], mondays[-1] + timedelta(days=_WEEK - 1), "")
    rows = source.entries(_menu, whole)
    weeks = tuple(Week(monday, [row for row in rows if _in_week(row, monday)]) for monday in mondays)
    return Menus(rows, tuple(week for week in weeks if week.rows), kitchen_of(source))


def _in_week(row: Entry, monday: date) -> bool:
    day: date = row["served_on"]
    return monday <= day < monday + timedelta(days=_WEEK)


def _compose(facts: Menus, head: Head) -> Iterator[Block]:
    if not facts.weeks:
        yield _blank(head)
        yield Signatures(_SIGNERS)
        yield Stamp()
    for number, week in enumerate(facts.weeks):
        if number:
            yield PageBreak()
        yield from _menu_page(facts, week, head)
        yield PageBreak()
        yield from _recipe_pages(facts, week, head)


def _blank(head: Head) -> Grid:
    days = [head.month.first + timedelta(days=place) for place in range(SCHOOL_WEEK)]
    columns = _menu_columns([monday_of(day) + timedelta(days=place) for place, day in enumerate(days)])
    rows: list[tuple[str, ...]] = [(C23.none,)]
    rows += [
        (Meal.LUNCH.value if not at else "", course.value, *("",) * SCHOOL_WEEK) for at, course in enumerate(Course)
    ]
    return Grid(columns, rows, row_mm=9.0, blank_to_page=False)


# --- the menu --------------------------------------------------------------------------------------


def _menu_page(facts: Menus, week: Week, head: Head) -> Iterator[Block]:
    yield Title(MENU, bookmark=_week_name(week, head))
    yield _week_line(week, head)
    yield Grid(_menu_columns(week.days), _menu_rows(week, head), row_mm=6.6, blank_to_page=False)
    yield from _bars(facts, week, head)
    yield Signatures(_SIGNERS)


def _menu_columns(days: Sequence[date]) -> tuple[Column, ...]:
    return (
        Column("餐次", 12, "center", wrap=False),
        Column("类别", 14, "center", wrap=False),
        *(Column(_WEEKDAYS[day.weekday()], 42, "center") for day in days),
    )


def _menu_rows(week: Week, head: Head) -> list[tuple[str, ...]]:
    """The days, then for each meal a line a course."""
    rows: list[tuple[str, ...]] = [("", "日期", *(_day_words(day, head) for day in week.days))]
    for meal in week.meals:
        by_day = {day: week.dishes(day, meal) for day in week.days}
        courses = sorted({row["course"] for dishes in by_day.values() for row in dishes}, key=_place)
        for number, course in enumerate(courses):
            cells = (_cell([row for row in by_day[day] if row["course"] == course]) for day in week.days)
            rows.append(("" if number else meal, course or "", *cells))
    return rows


def _cell(dishes: Sequence[Entry]) -> str:
    return "\n".join(row.text("dish") for row in dishes)


def _day_words(day: date, head: Head) -> str:
    return f"{day:%m-%d}" + (f" {_CLOSED}" if day in head.closed else "")


def _week_name(week: Week, head: Head) -> str:
    first = date(head.month.year, 9, 1) if head.month.number >= _AUTUMN else None
    number = f"第 {week_of_term(week.monday, first)} 周 " if first else ""
    return f"{number}{week.days[0]:%m-%d}～{week.days[-1]:%m-%d}"


_AUTUMN = 9


def _week_line(week: Week, head: Head) -> Line:
    return Line((("周次", _week_name(week, head)), ("用餐标准", _price(week, head))))


def _price(week: Week, head: Head) -> str:
    """What a pupil pays for each meal of the week."""
    if head.book is None:
        return ""
    prices = ((meal, head.book.numbers(f"meals.price.{Meal(meal).name.lower()}", week.monday)) for meal in week.meals)
    return "　".join(f"{meal} {one[0]:.2f} 元/餐" for meal, one in prices)


def _bars(facts: Menus, week: Week, head: Head) -> Iterator[Block]:
    """The week's mean for each meal and age against the standard, and what is left out of it."""
    if not facts.kitchen.bands:
        return
    dishes = [row.text("dish") for row in week.rows]
    for meal in week.meals:
        means = [(band, mean(_daily(facts, week, meal, band, head))) for band in facts.kitchen.bands]
        amounts, nutrients = zip(
            *(groups_of(one, f"{meal} {band} 每人每餐") for band, one in means if one), strict=True
        )
        yield Bars((*amounts, *nutrients), across=max(_LEAST_ACROSS, len(means) * 2))
    left_out = facts.kitchen.left_out(dishes)
    yield Note(f"本周平均，按生重可食部计；框内为标准（WS/T 554-2017），括号里是应达到的数。{left_out}")


def _daily(facts: Menus, week: Week, meal: str, band: AgeBand, head: Head) -> Iterator[Balance]:
    for day in week.days:
        dishes = [row.text("dish") for row in week.dishes(day, meal)]
        if dishes:
            yield balance(facts.kitchen.portions(dishes, band), meal, band, head.book, day)


# --- the quantified recipe -------------------------------------------------------------------------


def _recipe_pages(facts: Menus, week: Week, head: Head) -> Iterator[Block]:
    """The week's recipes, no day parted between two pages."""
    bands = facts.kitchen.bands or (AgeBand.NINE,)
    by_day = [list(_recipe_rows(facts.kitchen, week, day, bands)) for day in week.days]
    for number, rows in enumerate(_pages([rows for rows in by_day if rows])):
        if number:
            yield PageBreak()
        yield Title(RECIPE)
        yield _week_line(week, head)
        yield Grid(_recipe_columns(bands), rows, row_mm=_RECIPE_MM, blank_to_page=False)
    yield Signatures(_SIGNERS)
    yield Stamp()


def _pages(by_day: Sequence[list[tuple[str, ...]]]) -> Iterator[list[tuple[str, ...]]]:
    """Whole days to a page; the last one leaves room for the signatures and the stamp."""
    page: list[tuple[str, ...]] = []
    for number, rows in enumerate(by_day):
        most = _ROWS_ABOVE_STAMP if number == len(by_day) - 1 else _ROWS_A_PAGE
        if page and len(page) + len(rows) > most:
            yield page
            page = []
        page += rows
    yield page


def _recipe_columns(bands: Sequence[AgeBand]) -> tuple[Column, ...]:
    return (
        Column("日期", 16, "center", wrap=False),
        Column("餐次", 11, "center", wrap=False),
        Column("类别", 14, "center", wrap=False),
        Column("品名", 34),
        Column("主配料", 80),
        *(Column(band.value, 38, "center", "每人克重（生重/g）") for band in bands),
        Column("烹调方式", 18, "center"),
    )


def _recipe_rows(kitchen: Kitchen, week: Week, day: date, bands: Sequence[AgeBand]) -> Iterator[tuple[str, ...]]:
    for meal in week.meals:
        dishes = week.dishes(day, meal)
        for number, row in enumerate(dishes):
            begins = ("" if number else f"{day:%m-%d}", "" if number else meal)
            yield (*begins, row["course"] or "", row.text("dish"), *_main(kitchen, row, bands), row.text("cooking"))
        seasonings = _seasonings(kitchen, dishes, bands)
        if any(seasonings):
            yield ("", "", _SEASONING, "", *seasonings, "")


def _main(kitchen: Kitchen, row: Entry, bands: Sequence[AgeBand]) -> tuple[str, ...]:
    """The main ingredients of a dish, and their grams for each age in the same order."""
    by_band = [[part for part in kitchen.parts(row.text("dish"), band) if _is_main(part)] for band in bands]
    names = "、".join(part.ingredient for part in by_band[0])
    return (names, *("、".join(_grams.show(part.grams) for part in parts) for parts in by_band))


def _is_main(part: Part) -> bool:
    return part.food is None or part.food.group not in SEASONINGS


def _seasonings(kitchen: Kitchen, dishes: Iterable[Entry], bands: Sequence[AgeBand]) -> tuple[str, ...]:
    """Oil, salt and the rest of a meal together."""
    names = [row.text("dish") for row in dishes]
    by_band = [_added([part for name in names for part in kitchen.parts(name, band)]) for band in bands]
    told = list(by_band[0])
    return ("、".join(told), *("、".join(_grams.show(parts.get(name)) for name in told) for parts in by_band))


def _added(parts: Iterable[Part]) -> dict[str, Decimal]:
    """Seasonings by name, oil and salt first."""
    order = (FoodGroup.OIL, FoodGroup.SALT, FoodGroup.OTHER)
    found: dict[str, Decimal] = {}
    wanted = [part for part in parts if part.food and part.food.group in SEASONINGS]
    for part in sorted(wanted, key=lambda one: order.index(one.food.group) if one.food else 0):
        found[part.ingredient] = found.get(part.ingredient, Decimal(0)) + part.grams
    return found


C23 = PrintedForm(
    code="C23",
    title=MENU,
    group=Tab.CANTEEN,
    ledgers=(_menu, RecipeLine.ledger, FoodComposition.ledger),
    gather=_gather,
    compose=_compose,
    none="本月没有食谱",
    footer_note="教育部令第45号第17条：有条件的学校每周公布带量食谱和营养素供给量；标准见 WS/T 554-2017。",
)
