"""Blank paper to carry along: day-sheets and walking lists of every duty, and the labels of a day's samples.

Whoever asks gets a drawn PDF: the print room, the grid page of a duty, the command line.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.errors import OfficeError
from school_logistics.models.answers import AnswersKept
from school_logistics.models.checklists import CheckItem, Checklist
from school_logistics.models.duties import OfFile, OfPlan, When
from school_logistics.models.ledger import Section
from school_logistics.reports.checked import items_in
from school_logistics.reports.day_sheets import BlankSheet, SheetLine, day_sheet
from school_logistics.reports.labels import SampleLabel, sample_labels
from school_logistics.reports.walking_lists import ListItem, WalkingList, walking_lists
from school_logistics.rules.calendar import Month, Period
from school_logistics.services.coverage import begin, covered
from school_logistics.services.entries import Entries
from school_logistics.services.printing import file_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from school_logistics.models.duties import Duty
    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.reports.blocks import Paper
    from school_logistics.reports.form import Entry
    from school_logistics.reports.pdf import Drawn
    from school_logistics.services.coverage_columns import Column
    from school_logistics.services.coverage_grid import Covered, Want
    from school_logistics.services.desk import Desk

LABELS = "labels"
"""The key under which the labels of the day's samples are asked for."""
_SAMPLES = "retained_sample"
_LABELS_TITLE = "留样标签"
_HOURS_A_DAY = 24
_LOOKED_AHEAD = 90
_ON_THE_SPOT = frozenset({Section.DAILY, Section.CHECKS})
_DAILY = frozenset({When.SCHOOL_DAY, When.WORKDAY, When.DAY})
_OFTEN = _DAILY | {When.WEEK, When.MONTH}
_WEEKDAYS = "一二三四五六日"


class SheetChoice(NamedTuple):
    """One kind of blank paper that can be printed."""

    key: str
    title: str
    group: str
    """The tab it belongs to."""
    detail: str
    """What it is of: 每间宿舍消毒，每周."""


class _Asked(NamedTuple):
    """A duty and its period, read for one sheet."""

    entries: Entries
    grid: Covered
    column: Column

    @property
    def ledger(self) -> Ledger:
        """The ledger in which it will be entered."""
        return self.grid.ledger

    @property
    def one_day(self) -> bool:
        """Whether the sheet is of a single day, so that no line needs to say which."""
        return self.column.first == self.column.last


class BlankSheets:
    """Makes the sheets of a day from the duties of the ledgers."""

    def __init__(self, desk: Desk) -> None:
        """The desk knows the ledgers, the rule book and the calendar."""
        self._desk = desk

    def choices(self) -> tuple[SheetChoice, ...]:
        """What can be printed, in screen order; the labels stand behind the sheet of the samples."""
        return tuple(self._choices())

    def of(self, ledger: Ledger) -> tuple[SheetChoice, ...]:
        """What can be printed for one ledger."""
        keys = {_key(ledger, place) for place in range(len(ledger.duties))}
        keys |= {LABELS} if ledger.key == _SAMPLES else set()
        return tuple(one for one in self.choices() if one.key in keys)

    def next_day(self) -> date:
        """The day for which a sheet is wanted: today, or the next school day where there is no school."""
        today = self._desk.today
        ahead = (today + timedelta(days=number) for number in range(_LOOKED_AHEAD))
        return next((day for day in ahead if self._desk.calendar.is_school_day(day)), today)

    def draw(self, key: str, day: date) -> Drawn:
        """A sheet of the period in which a day lies, or the labels of that day.

        What is recorded already is left out, unless all of it is. Raises OfficeError when there is no such sheet, and
        when the duty asks for nothing then.
        """
        from school_logistics.reports.pdf import draw

        with self._desk.store.reading() as session:
            entries = Entries(self._desk, session)
            school = self._school(entries)
            if key == LABELS:
                paper = sample_labels(self._samples(entries, day), school, day)
            else:
                ledger, duty = self._duty(key)
                lay_out = self._lists if _own_lists(ledger) else self._day_sheet
                paper = lay_out(entries, ledger, duty, day=day, school=school)
        return draw([paper], title=f"{paper.title}（{day}）", made_on=day)

    def file_name(self, key: str, day: date) -> str:
        """How a sheet is called as a file: 现场登记单_消毒记录_2026-10-14.pdf."""
        title = next((one.title for one in self.choices() if one.key == key), key)
        return file_name(*([title] if key == LABELS else ["现场登记单", title]), day.isoformat())

    def _choices(self) -> Iterator[SheetChoice]:
        for ledger in self._desk.ledgers():
            several = len(ledger.duties) > 1
            for place, duty in enumerate(ledger.duties):
                if not _carried_along(ledger, duty):
                    continue
                title = f"{ledger.label} {duty.label}" if several else ledger.label
                yield SheetChoice(_key(ledger, place), title, ledger.group.value, f"{duty.label}，{duty.when.value}")
            if ledger.key == _SAMPLES:
                yield SheetChoice(LABELS, _LABELS_TITLE, ledger.group.value, "照当天食谱，一样菜一张")

    def _duty(self, key: str) -> tuple[Ledger, Duty]:
        for ledger in self._desk.ledgers():
            for place, duty in enumerate(ledger.duties):
                if _key(ledger, place) == key and _carried_along(ledger, duty):
                    return ledger, duty
        msg = f"没有叫「{key}」的空白单；有：{'、'.join(one.key for one in self.choices())}"
        raise OfficeError(msg)

    @staticmethod
    def _school(entries: Entries) -> str:
        profiles = (one for ledger in entries.desk.ledgers() if ledger.once for one in entries.entries(ledger))
        return next((one.text(one.ledger.title) for one in profiles), "")

    def _lists(self, entries: Entries, ledger: Ledger, duty: Duty, *, day: date, school: str) -> Paper:
        """A page for each checklist that the period asks for and that nobody has gone through yet."""
        asked = self._asked(entries, ledger, duty, day)
        if not asked.column.days:
            raise OfficeError(f"{_period(asked.column)}是{asked.column.why}，不用登记{ledger.label}，没有打空白单。")
        lists = [one for one in entries.entries(Checklist.ledger) if _in_question(duty, one, day)]
        period = Period(asked.column.first, asked.column.last, "")
        done = {one["checklist"] for one in entries.entries(ledger, period)}
        pages = [
            WalkingList(one.text("name"), one.text("place"), [*_list_items(entries, one.id, day)])
            for one in [one for one in lists if one.id not in done] or lists
        ]
        title = f"{duty.label}（现场检查单）"
        return walking_lists(pages, code=duty.form, title=title, school=school, period=_period(asked.column))

    def _day_sheet(self, entries: Entries, ledger: Ledger, duty: Duty, *, day: date, school: str) -> Paper:
        return day_sheet(self._sheet(entries, ledger, duty, day=day, school=school))

    def _sheet(self, entries: Entries, ledger: Ledger, duty: Duty, *, day: date, school: str) -> BlankSheet:
        asked = self._asked(entries, ledger, duty, day)
        wants = _wanted(asked)
        if not wants and not asked.column.days:
            raise OfficeError(f"{_period(asked.column)}是{asked.column.why}，不用登记{ledger.label}，没有打空白单。")
        told = _told(asked, [values for values, _ in wants])
        shown = [field for field in ledger.fields if field.in_table]
        known = tuple(field for field in shown if any(field.key in one for one in told))
        items = _items(entries, ledger, day)
        return BlankSheet(
            ledger,
            f"{ledger.label}（现场登记单）",
            school,
            _period(asked.column),
            known,
            [SheetLine(tuple(one.get(field.key, "") for field in known)) for one in told],
            tuple(self._written(asked, shown, known, items)),
            items,
        )

    @staticmethod
    def _asked(entries: Entries, ledger: Ledger, duty: Duty, day: date) -> _Asked:
        grid = covered(entries, ledger, duty, Month.of(day), wide=True)
        column = next((one for one in grid.columns if one.first <= day <= one.last), None)
        if column is None:
            raise OfficeError(f"{day.isoformat()} 不在{ledger.label}要登记的时段里，没有单子可打。")
        return _Asked(entries, grid, column)

    def _written(
        self, asked: _Asked, shown: Sequence[Field], known: Sequence[Field], items: Sequence[str]
    ) -> Iterator[Field]:
        """What is left to be written by hand: not what follows by itself, nor what the sheet's day says already."""
        ledger = asked.ledger
        opened = ledger.opens_hazard.names if ledger.opens_hazard else ""
        of_day = ledger.happened if asked.one_day and ledger.field(ledger.happened).kind.name == "day" else ""
        within = {key for key, _ in asked.grid.duty.within}
        for field in shown:
            answers = bool(items) and isinstance(field.kept, AnswersKept)
            if field.writable and field not in known and field.key not in {opened, of_day, *within} and not answers:
                yield field

    # --- labels ------------------------------------------------------------------------------------

    def _samples(self, entries: Entries, day: date) -> list[SampleLabel]:
        """A label for each dish that the day's menu has, with what is known of samples taken already."""
        ledger = self._desk.ledger(_SAMPLES)
        duty = next((one for one in ledger.duties if isinstance(one.rows, OfPlan)), None)
        grid = covered(entries, ledger, duty, Month.of(day)) if duty else None
        taken = {one.id: one for one in entries.entries(ledger, Month.of(day)) if one["taken_at"].date() == day}
        wants: list[tuple[Mapping[str, object], Entry | None]] = []
        if grid is not None and grid.columns:
            for cell in grid.cells_of(day.day - 1):
                wants += [
                    (want.values, taken.pop(want.record.id, None) if want.record else None)
                    for want in cell.wants
                    if want.values
                ]
        wants += [({"meal": one["meal"], "dish": one["dish"]}, one) for one in taken.values()]
        if not wants:
            raise OfficeError(f"{day.isoformat()} 没有食谱，也没有留样；先在“每日食谱”里排好当天的菜，再打标签。")
        return [self._label(day, values, sample) for values, sample in wants]

    def _label(self, day: date, values: Mapping[str, object], sample: Entry | None) -> SampleLabel:
        book = self._desk.book
        hours, least = book.whole("retained_sample.hours", day), book.whole("retained_sample.grams", day)
        planned = SampleLabel(
            day, str(values.get("meal") or ""), str(values["dish"]), hours // _HOURS_A_DAY, least_grams=least
        )
        if sample is None:
            return planned
        return planned._replace(
            grams=sample["grams"],
            taken_at=sample["taken_at"],
            sampler=sample.text("sampler"),
            keep_until=sample["keep_until"],
        )


def _key(ledger: Ledger, place: int) -> str:
    return ledger.key if place == 0 else f"{ledger.key}-{place + 1}"


def has_sheets(ledger: Ledger) -> bool:
    """Whether there is blank paper for a ledger."""
    return any(_carried_along(ledger, duty) for duty in ledger.duties)


def _carried_along(ledger: Ledger, duty: Duty) -> bool:
    """Whether it is written down on the spot: a line a record, or a page for each checklist of its own choosing."""
    when = _OFTEN if duty.rows is not None else _DAILY
    known = not _own_lists(ledger) or bool(duty.form)
    return duty.when in when and ledger.section in _ON_THE_SPOT and known


def _own_lists(ledger: Ledger) -> bool:
    """Whether each record of a ledger chooses its checklist."""
    return any(isinstance(field.kept, AnswersKept) and field.kept.chosen_by for field in ledger.fields)


def _in_question(duty: Duty, checklist: Entry, day: date) -> bool:
    """Whether a duty asks for a checklist on a day, even where nobody has ever gone through it."""
    keep = duty.rows.keep if isinstance(duty.rows, OfFile) else None
    return keep is None or keep(checklist.ledger.facts(checklist.values), day)


def _list_items(entries: Entries, checklist: object, day: date) -> Iterator[ListItem]:
    """The items of a list in force on a day, in their order."""
    items = [one for one in entries.entries(CheckItem.ledger) if one["checklist"] == checklist]
    for one in sorted(items, key=lambda one: (one["position"], one.id)):
        if one["valid_from"] <= day and (one["valid_to"] is None or one["valid_to"] >= day):
            yield ListItem(one["label"], one.text("detail"), one.text("part"), bool(one["key_item"]), one["points"])


def _wanted(asked: _Asked) -> list[tuple[dict[str, object], Want]]:
    """What the period asks for, from top to bottom: what is still lacking, or all when nothing is."""
    place = asked.grid.columns.index(asked.column)
    cells = asked.grid.cells_of(place)
    wants = [want for cell in cells for want in cell.lacking] or [want for cell in cells for want in cell.wants]
    return [(begin(asked.entries.desk, asked.grid, asked.column, want), want) for want in wants]


def _told(asked: _Asked, values: Sequence[Mapping[str, object]]) -> list[dict[str, str]]:
    """What each line can say beforehand: its row, its word or dish, and what follows from the file by itself."""
    ledger, duty = asked.ledger, asked.grid.duty
    hidden = {ledger.happened, *(key for key, _ in duty.within)}
    rows = duty.rows
    if not isinstance(rows, OfFile):
        return [
            {key: ledger.field(key).kind.show(value) for key, value in one.items() if key not in hidden}
            for one in values
        ]
    target = asked.entries.desk.ledger(ledger.field(rows.field).target)
    files = {entry.id: entry for entry in asked.entries.entries(target)}
    return [_of_file(asked, dict(one), files, hidden) for one in values]


def _of_file(asked: _Asked, values: dict[str, object], files: Mapping[int, Entry], hidden: set[str]) -> dict[str, str]:
    ledger, rows, desk = asked.ledger, asked.grid.duty.rows, asked.entries.desk
    assert isinstance(rows, OfFile)  # noqa: S101 - the caller found it so
    one = values.get(rows.field)
    entry = files.get(one) if isinstance(one, int) else None
    if entry is None:
        return {}
    given = {
        rows.field: entry.ledger.facts(entry.values),
        "book": desk.book, "calendar": desk.calendar, "today": desk.today,
    }  # fmt: skip
    blank = {field.key: None for field in ledger.fields} | values
    follows = {one.key for one in ledger.fields if one.computed and set(one.given) & {rows.field}}
    worked = ledger.worked_out(blank, given)
    told = {rows.field: entry.text(entry.ledger.title)}
    for key in (*values, *follows):
        value = worked.get(key)
        if key not in hidden and key != rows.field and value is not None:
            told[key] = ledger.field(key).kind.show(value)
    return told


def _items(entries: Entries, ledger: Ledger, day: date) -> tuple[str, ...]:
    """The items of the ledger's own checklist that are in force."""
    kept = next((field.kept for field in ledger.fields if isinstance(field.kept, AnswersKept)), None)
    if not isinstance(kept, AnswersKept) or not kept.checklist:
        return ()
    return tuple(str(item["label"]) for item in items_in(entries, kept.checklist, Month.of(day)))


def _period(column: Column) -> str:
    """2026年10月14日 星期三; from when to when for a longer period."""
    first, last = column.first, column.last
    if first == last:
        return f"{first.year}年{first.month}月{first.day}日 星期{_WEEKDAYS[first.weekday()]}"
    return f"{first.year}年{first.month}月{first.day}日～{last.month}月{last.day}日"
