"""A whole month of a daily duty on one sheet: a line a person or place, a column a day, one field shown at a time.

Behind each column stands the sheet of its day; what is judged normal here is judged normal in all of that line, and
everything is saved as one act.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from school_logistics.models.duties import OfFile, When
from school_logistics.services.day_entry import DayEntry, DaySheet
from school_logistics.services.entry_columns import is_judgement, item_of, normal_value
from school_logistics.services.entry_row import Counts, SheetRefused, SheetRow
from school_logistics.services.entry_sheet import EntrySheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from school_logistics.models.checks import Objection
    from school_logistics.models.duties import Duty
    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.coverage_grid import Covered
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Draft

_DAILY = frozenset({When.SCHOOL_DAY, When.WORKDAY, When.DAY})
_CHARS = 5


def by_the_day(duty: Duty) -> bool:
    """Whether a duty asks one record a day of each thing of a file."""
    return isinstance(duty.rows, OfFile) and duty.when in _DAILY and duty.times == 1 and not (duty.each or duty.every)


@dataclass(eq=False)
class MonthRow(SheetRow):
    """A line of the month: one line of each day's sheet."""

    lines: list[SheetRow] = field(default_factory=list)

    @property
    def begun(self) -> bool:
        """Whether anything is written on any day that is not saved."""
        return any(line.begun for line in self.lines)


class MonthSheet(EntrySheet):
    """The days of a month side by side, showing one field of each."""

    compact = True
    counted = "格"

    def __init__(self, desk: Desk, ledger: Ledger, name: str, days: Sequence[DaySheet]) -> None:
        """`name` is the field that names the lines; `days` have lines alike."""
        self.desk, self.ledger, self.open_ended, self.day = desk, ledger, False, None
        self.days = {f"{day.column.first:%Y-%m-%d}": day for day in days}
        self._name = name
        self._places: dict[tuple[object, str], int] = {}
        self._steps: list[list[str]] = []
        self.held_back = []
        self.common = dict(days[-1].sheet.common) if days else {}
        self.rows = self._lines()
        self.shows = self._first_shown()
        self.show(self.shows)

    def _lines(self) -> list[SheetRow]:
        lines: dict[object, MonthRow] = {}
        for key, day in self.days.items():
            for place, row in enumerate(day.sheet.rows):
                value = row.filled[self._name]
                line = lines.setdefault(value, MonthRow(str(value), {self._name: value}, filled={self._name: value}))
                self._places[value, key] = place
                line.lines.append(row)
        return list(lines.values())

    def fields(self) -> list[Field]:
        """The fields that can be shown: all that a day's line has of its own."""
        columns = next(iter(self.days.values())).sheet.columns if self.days else ()
        return [one for one in columns if one.writable and item_of(one.key) is None]

    def _first_shown(self) -> str:
        judged = [one for one in self.fields() if is_judgement(one)] or self.fields()
        return judged[0].key if judged else self._name

    def show(self, key: str) -> None:
        """Show another field of every day."""
        self.shows = key
        shown = self.ledger.field(key)
        names = replace(self.ledger.field(self._name), computed=lambda _row: None)
        self.columns = (
            names,
            *(
                replace(shown, key=day, label=label, unit=weekday, chars=_CHARS, group="", hint="")
                for day, (label, weekday) in self._headings().items()
            ),
        )
        self.by_key = {one.key: one for one in self.columns}
        self._objections()

    def _headings(self) -> dict[str, tuple[str, str]]:
        """20日 and 五, by day."""
        first = {key: day.column.first for key, day in self.days.items()}
        return {key: (f"{one.day}日", "一二三四五六日"[one.weekday()]) for key, one in first.items()}

    def at(self, row: int, key: str) -> tuple[EntrySheet, int] | None:
        """The sheet of a day and the place of a line in it; None where nothing is asked of it that day."""
        place = self._places.get((self.rows[row].filled[self._name], key))
        return (self.days[key].sheet, place) if place is not None else None

    # --- reading -----------------------------------------------------------------------------------

    def value(self, row: int, key: str) -> object:
        """What stands in the shown field of a day."""
        found = self.at(row, key) if key != self._name else None
        return found[0].value(found[1], self.shows) if found else self.rows[row].filled.get(key)

    def is_own(self, row: int, key: str) -> bool:
        """Whether it was written in that day's own line."""
        found = self.at(row, key) if key != self._name else None
        return found[0].is_own(found[1], self.shows) if found else True

    def typed_field(self, key: str) -> Field:
        """The field that is shown, whatever the day."""
        return self.ledger.field(self.shows) if key in self.days else self.by_key[key]

    def text(self, row: int, key: str) -> str:
        """A cell as text that can be read back."""
        found = self.at(row, key) if key != self._name else None
        return found[0].text(found[1], self.shows) if found else self.shown(key, self.rows[row].filled.get(key))

    def shown(self, key: str, value: object, *, typed: bool = False) -> str:
        """A value of the shown field as text."""
        return super().shown(self.shows if key in self.days else key, value, typed=typed)

    def missed(self, row: int) -> set[str]:
        """Nothing: the lines are those that are asked for."""
        del row
        return set()

    @property
    def note(self) -> str:
        """None: what was wrong is written where the field for it is shown."""
        return ""

    def count(self) -> Counts:
        """How the records of all days stand."""
        return Counts(*(sum(one) for one in zip(*(day.sheet.count() for day in self.days.values()), strict=True)))

    # --- writing -----------------------------------------------------------------------------------

    def write(self, changes: Mapping[int, Mapping[str, object]]) -> None:
        """Write the shown field of some days; a line judged normal in it is judged normal in all."""
        by_day: dict[str, dict[int, Draft]] = {}
        for row, cells in changes.items():
            for key, content in cells.items():
                found = self.at(row, key) if row < len(self.rows) and key in self.days else None
                if found:
                    by_day.setdefault(key, {})[found[1]] = {self.shows: content}
        normal = normal_value(self.ledger.field(self.shows))
        touched = []
        for key, lines in by_day.items():
            sheet = self.days[key].sheet
            sheet.write(lines)
            well = [place for place in lines if normal is not None and sheet.value(place, self.shows) == normal]
            touched += [key] * (1 + bool(well and sheet.all_normal(well)))
        self._steps.append(touched)
        self._objections()

    def set_common(self, key: str, value: object) -> None:
        """What all new records of the month share."""
        for day in self.days.values():
            day.sheet.set_common(key, value)
        self.common[key] = value
        self._steps.append(list(self.days))
        self._objections()

    def all_normal(self, rows: Iterable[int] | None = None) -> int:
        """Judge what is not judged yet as normal on every day; how many records were filled in."""
        wanted = {self.rows[row].filled[self._name] for row in rows} if rows is not None else None
        self.held_back.clear()
        touched, filled = [], 0
        for key, day in self.days.items():
            places = [
                place
                for (value, on), place in self._places.items()
                if on == key and (wanted is None or value in wanted)
            ]
            done = day.sheet.all_normal(sorted(places))
            self.held_back += day.sheet.held_back
            filled += done
            touched += [key] * bool(done)
        self._steps.append(touched)
        self._objections()
        return filled

    def mean(self, rows: Iterable[int] | None = None, *, meant: bool = True) -> int:
        """Nothing can be meant without a word: each day is judged."""
        del rows, meant
        return 0

    def give_up(self, rows: Iterable[int]) -> None:
        """Forget what was written in some lines and not saved."""
        for row in rows:
            for key in self.days:
                found = self.at(row, key)
                if found and found[0].rows[found[1]].begun:
                    found[0].give_up([found[1]])
        self._objections()

    def take_back(self) -> bool:
        """Undo the last step on every day it touched."""
        while self._steps:
            touched = self._steps.pop()
            if [self.days[key].sheet.take_back() for key in touched]:
                self._objections()
                return True
        return False

    def _objections(self) -> None:
        """What stands against a day's line stands at its cell."""
        for row in self.rows:
            row.objections, row.typed = {}, {}
        for (value, key), place in self._places.items():
            line = self.days[key].sheet.rows[place]
            row = next(one for one in self.rows if one.filled[self._name] == value)
            if self.shows in line.typed:
                row.typed[key] = line.typed[self.shows]
            worst = max(line.objections.values(), key=lambda one: one.level, default=None)
            if worst is not None:
                row.objections[key] = self._named(worst)

    def _named(self, objection: Objection) -> Objection:
        """The objection with the field it is about, for the cell shows another one."""
        if objection.field == self.shows or not self.ledger.has(objection.field):
            return objection
        label = self.ledger.field(objection.field).label
        told = objection.sentence if label in objection.sentence else f"{label}：{objection.sentence}"
        return replace(objection, sentence=told)

    # --- saving ------------------------------------------------------------------------------------

    def drafts(self) -> list[tuple[int | None, Draft]]:
        """The records of all days to be saved; raises SheetRefused when any of them is in the way."""
        drafts: list[tuple[int | None, Draft]] = []
        wrong = 0
        for day in self.days.values():
            try:
                drafts += day.sheet.drafts()
            except SheetRefused as refused:
                wrong += len(refused.rows)
        self._objections()
        if wrong:
            raise SheetRefused(f"还有 {wrong} 格要补、要改，一格都没存；已经填的都在", self.begun)
        return drafts

    def wanting_everywhere(self, keys: Iterable[str]) -> list[str]:
        """Which shared fields are wanting on every day that was written in."""
        asked = list(keys)
        wanted = {key for day in self.days.values() for key in day.sheet.wanting_everywhere(asked)}
        self._objections()
        return [key for key in asked if key in wanted]


class MonthEntry(DayEntry):
    """Opens the months of daily duties as one sheet."""

    def open(self, covered: Covered, place: int) -> DaySheet:
        """The sheet of the whole month up to today; `place` is the day one comes from."""
        rows = cast("OfFile", covered.duty.rows)
        asked = [
            at
            for at, column in enumerate(covered.columns)
            if column.first <= self.desk.today and any(cell.wants or cell.others for cell in covered.cells_of(at))
        ]
        days = [super(MonthEntry, self).open(covered, at) for at in asked]
        sheet = MonthSheet(self.desk, covered.ledger, rows.field, days)
        once = days[0].once if days else ()
        return DaySheet(sheet, covered.columns[place], once, "", sum(day.kept for day in days))

    def save(self, opened: DaySheet) -> int:
        """Keep all days as one act; raises SheetRefused or OfficeError: nothing is kept then."""
        sheet = cast("MonthSheet", opened.sheet)
        days = [day for day in sheet.days.values() if day.sheet.begun]
        drafts = sheet.drafts()
        if drafts:
            month = opened.column.first
            title = f"登记 {sheet.ledger.label}：{month.month}月 {len(drafts)} 格"
            self.desk.save_many(sheet.ledger, drafts, title)
            for day in days:
                self.kept.drop(day.name)
        return len(drafts)

    def keep(self, opened: DaySheet) -> None:
        """Keep each day half filled in."""
        for day in cast("MonthSheet", opened.sheet).days.values():
            if day.sheet.begun or day.kept:
                super().keep(day)
