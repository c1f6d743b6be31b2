"""The week's menu as a grid: read by day and course, written cell by cell, copied from a week before, and weighed.

Every deed is one act: a cell that is rewritten, or a whole week that is copied, is taken back in one step.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from school_logistics.errors import OfficeError
from school_logistics.models.canteen.menus import FoodComposition, MenuDish, RecipeLine
from school_logistics.reports.foods import Kitchen
from school_logistics.rules.menus import SCHOOL_WEEK, Course
from school_logistics.rules.nutrition import AgeBand, Balance, balance, mean
from school_logistics.rules.samples import Meal
from school_logistics.rules.weeks import monday_of
from school_logistics.services.entries import Entries
from school_logistics.services.pinyin import how_well, initials, place_in
from school_logistics.services.rows import Choice

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from school_logistics.services.desk import Desk

BETWEEN = "、"
"""Parts the dishes of one cell."""
_WEEK = timedelta(days=7)
_LOOK_BACK = timedelta(days=120)
"""How far back a week to copy is looked for: over the summer."""
_OFFERED = 8
_NAMED = 4
"""So many places that were left when a week was copied are named."""
_NO_SCHOOL = "不上课"
_menu = MenuDish.ledger


class Planned(NamedTuple):
    """A dish that stands in the menu."""

    id: int
    dish: str


class DayHead(NamedTuple):
    """A day of the week, and why there is no school on it."""

    day: date
    closed: str


class Place(NamedTuple):
    """A cell of the week."""

    day: date
    meal: str
    course: str


class WeekMenu(NamedTuple):
    """What a week's menu holds."""

    monday: date
    days: tuple[DayHead, ...]
    cells: Mapping[Place, tuple[Planned, ...]]

    @property
    def empty(self) -> bool:
        """Whether nothing is planned yet."""
        return not self.cells

    def text(self, place: Place) -> str:
        """The dishes of a cell as they are typed."""
        return BETWEEN.join(one.dish for one in self.cells.get(place, ()))

    def dishes(self, day: date, meal: str) -> tuple[str, ...]:
        """All dishes of a meal."""
        return tuple(one.dish for place, dishes in self.cells.items() for one in dishes if place[:2] == (day, meal))


class WeekMenus:
    """Reads and writes the menu week by week."""

    def __init__(self, desk: Desk) -> None:
        """Through the one door to the store."""
        self._desk = desk
        self._kitchen: Kitchen | None = None

    def forget(self, keys: Iterable[str]) -> None:
        """Something was changed: read the recipes anew when it was they."""
        if not keys or {RecipeLine.ledger.key, FoodComposition.ledger.key, "ingredient"} & set(keys):
            self._kitchen = None

    # --- reading -----------------------------------------------------------------------------------

    def meals(self) -> tuple[str, ...]:
        """The meals that the school serves, in order."""
        served = self._desk.book.words("meals.served", self._desk.today)
        return tuple(meal.value for meal in Meal if meal.value in served) or (Meal.LUNCH.value,)

    def week(self, monday: date) -> WeekMenu:
        """The menu of the week that begins on a Monday."""
        columns = (MenuDish.id, MenuDish.served_on, MenuDish.meal, MenuDish.course, MenuDish.dish)
        wanted = select(*columns).where(MenuDish.served_on >= monday, MenuDish.served_on < monday + _WEEK)
        cells: dict[Place, list[Planned]] = {}
        with self._desk.store.reading() as session:
            for one, day, meal, course, dish in session.execute(wanted.order_by(MenuDish.served_on, MenuDish.id)):
                place = Place(day, meal or Meal.LUNCH.value, course or "")
                cells.setdefault(place, []).append(Planned(one, dish))
        served = {place.day for place in cells}
        return WeekMenu(monday, self._heads(monday, served), {place: tuple(found) for place, found in cells.items()})

    def _heads(self, monday: date, served: set[date]) -> tuple[DayHead, ...]:
        """Monday to Friday, and days of the weekend with school or with dishes."""
        calendar = self._desk.calendar
        days = [monday + timedelta(days=place) for place in range(7)]
        return tuple(
            DayHead(day, "" if calendar.is_school_day(day) else calendar.why_closed(day))
            for place, day in enumerate(days)
            if place < SCHOOL_WEEK or day in served or calendar.is_school_day(day)
        )

    def courses(self, week: WeekMenu) -> tuple[str, ...]:
        """The lines of the grid: every course, and dishes without one where there are such."""
        without = ("",) if any(not place.course for place in week.cells) else ()
        return (*(course.value for course in Course), *without)

    def week_before(self, monday: date) -> date | None:
        """The Monday of the latest earlier week with a menu; None when there is none to copy."""
        latest = select(func.max(MenuDish.served_on)).where(
            MenuDish.served_on < monday, MenuDish.served_on >= monday - _LOOK_BACK
        )
        with self._desk.store.reading() as session:
            found = session.scalar(latest)
        return monday_of(found) if found else None

    def offered(self, typed: str, course: str) -> list[Choice]:
        """Dishes that fit what was typed, by characters or pinyin initials: those of the course and the usual first."""
        known = self._known(course)
        placed = ((name, place_in(name, typed)) for name in known)
        fits = [(how_well(name, typed, place), name) for name, place in placed if place is not None]
        fits.sort(key=lambda one: one[0])
        return [Choice(name, name, initials(name), "") for _, name in fits[:_OFFERED]]

    def _known(self, course: str) -> list[str]:
        """Every dish ever served or written a recipe for; those served in this course lead, the most served first."""
        served: Counter[str] = Counter()
        here: Counter[str] = Counter()
        counted = select(MenuDish.dish, MenuDish.course, func.count()).group_by(MenuDish.dish, MenuDish.course)
        with self._desk.store.reading() as session:
            for dish, of, many in session.execute(counted):
                served[dish] += many
                if of == course:
                    here[dish] += many
        names = {*served, *self.kitchen().dishes()}
        return sorted(names, key=lambda name: (-here[name], -served[name], name))

    # --- weighing ----------------------------------------------------------------------------------

    def kitchen(self) -> Kitchen:
        """The recipes and foods, read once until they change."""
        if self._kitchen is None:
            with self._desk.store.reading() as session:
                entries = Entries(self._desk, session)
                self._kitchen = Kitchen(entries.entries(RecipeLine.ledger), entries.entries(FoodComposition.ledger))
        return self._kitchen

    def bands(self) -> tuple[AgeBand, ...]:
        """The ages that the recipes tell apart."""
        return self.kitchen().bands

    def of_day(self, week: WeekMenu, day: date, meal: str, band: AgeBand) -> Balance | None:
        """A day's meal against the standard; None where none of its dishes has a recipe."""
        portions = self.kitchen().portions(week.dishes(day, meal), band)
        return balance(portions, meal, band, self._desk.book, day) if portions else None

    def of_week(self, week: WeekMenu, meal: str, band: AgeBand) -> Balance | None:
        """The mean of the week's meals against the standard."""
        days = (self.of_day(week, head.day, meal, band) for head in week.days)
        return mean(one for one in days if one)

    def left_out(self, week: WeekMenu, day: date | None, meal: str) -> str:
        """A sentence about what is not reckoned in, of a day or of the whole week; "" when everything is."""
        days = [day] if day else [head.day for head in week.days]
        return self.kitchen().left_out(dish for one in days for dish in week.dishes(one, meal))

    # --- writing -----------------------------------------------------------------------------------

    def write(self, place: Place, typed: str) -> str:
        """Make a cell hold these dishes, parted by 、; what was there and is not named goes. The sentence says what.

        Raises Unacceptable when a dish may not be served, and changes nothing then.
        """
        title = f"食谱 {place.day:%m-%d} {place.meal}{place.course}：{BETWEEN.join(_parted(typed)) or '清空'}"
        self._write({place: typed}, title)
        return f"已存：{title}"

    def write_block(self, cells: Mapping[Place, str]) -> str:
        """Write several cells, such as a week copied out of a workbook, as one act. The sentence says how many.

        Raises Unacceptable when any dish may not be served, and changes nothing then.
        """
        days = sorted({place.day for place in cells})
        title = f"粘贴食谱 {days[0]:%m-%d}～{days[-1]:%m-%d}：{len(cells)} 格"
        self._write(cells, title)
        return f"已{title}"

    def _write(self, cells: Mapping[Place, str], title: str) -> None:
        with self._desk.store.unit_of_work(title, self._desk.actor) as session:
            for place, typed in cells.items():
                self._write_cell(session, place, _parted(typed))
            touched: set[str] = session.info.get("touched", set())
        self._desk.tell(touched)

    def _write_cell(self, session: Session, place: Place, wanted: Sequence[str]) -> None:
        """Add the dishes that are new in a cell and remove those that are no longer named."""
        known = dict(self._standing(session, place))
        for dish in wanted:
            if dish not in known.values():
                self._desk.saving.save(session, _menu, self._draft(place, dish), None)
        gone = [one for one, dish in known.items() if dish not in wanted]
        if gone:
            self._desk.saving.remove(session, _menu, gone)

    def copy(self, source: date, target: date) -> str:
        """Plan a week like another: every empty cell of a school day. The sentence says how much, and what was left.

        Raises OfficeError when there is nothing to copy, or no cell to copy to.
        """
        cells, left = self._to_copy(source, self.week(target))
        drafts = [(None, self._draft(place, dish)) for place, dishes in cells.items() for dish in dishes]
        if not drafts:
            raise OfficeError(f"{source:%m-%d} 那一周没有可以照抄到这一周的菜：这一周已经排了，或者不上课。没有改动。")
        days = len({place.day for place in cells})
        title = f"照抄 {source:%m-%d} 一周食谱到 {target:%m-%d}"
        self._desk.save_many(_menu, drafts, title)
        more = f" 等 {len(left)} 处" if len(left) > _NAMED else ""
        told = f"；没有抄：{'；'.join(left[:_NAMED])}{more}" if left else ""
        return f"已{title}：{days} 天 {len(drafts)} 道菜{told}"

    def can_copy(self, source: date, week: WeekMenu) -> bool:
        """Whether any cell of a week could be planned like an earlier week."""
        return bool(self._to_copy(source, week)[0])

    def _to_copy(self, source: date, new: WeekMenu) -> tuple[dict[Place, list[str]], list[str]]:
        """What would be copied to which cells, and where nothing is, each with the reason."""
        open_days = {head.day: head.closed for head in new.days}
        cells: dict[Place, list[str]] = {}
        left: dict[str, None] = {}
        for old, dishes in self.week(source).cells.items():
            place = Place(old.day + (new.monday - source), old.meal, old.course)
            if open_days.get(place.day, _NO_SCHOOL):
                left[f"{place.day:%m-%d} {open_days.get(place.day, _NO_SCHOOL)}"] = None
            elif place in new.cells:
                left[f"{place.day:%m-%d} {place.meal}{place.course}已有{new.text(place)}"] = None
            else:
                there = new.dishes(place.day, place.meal)
                cells[place] = [one.dish for one in dishes if one.dish not in there]
        return {place: dishes for place, dishes in cells.items() if dishes}, list(left)

    def _standing(self, session: Session, place: Place) -> Sequence[tuple[int, str]]:
        course = MenuDish.course == place.course if place.course else MenuDish.course.is_(None)
        meal = MenuDish.meal == place.meal
        wanted = select(MenuDish.id, MenuDish.dish).where(MenuDish.served_on == place.day, meal, course)
        return [(one, dish) for one, dish in session.execute(wanted.order_by(MenuDish.id))]

    def _draft(self, place: Place, dish: str) -> dict[str, object]:
        return {
            **self._desk.blank(_menu),
            "served_on": place.day,
            "meal": place.meal,
            "course": place.course or None,
            "dish": dish,
        }


def _parted(typed: str) -> list[str]:
    """The dishes that were typed, each once; commas and spaces part them too."""
    text = typed
    for sign in ("，", ",", "；", ";", "/", " ", "\u3000", "\n"):
        text = text.replace(sign, BETWEEN)
    return list(dict.fromkeys(part.strip() for part in text.split(BETWEEN) if part.strip()))
