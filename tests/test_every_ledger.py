"""What holds for every ledger, asked of the catalogue: a new ledger is tested the moment it is declared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from school_logistics import catalogue
from school_logistics.errors import Unacceptable
from school_logistics.models.checks import Level
from school_logistics.models.fields import Field, Need, write_elsewhere
from school_logistics.models.ledger import Ledger, Tab
from school_logistics.paths import resource_path
from school_logistics.rules.answers import ALL_NORMAL
from school_logistics.rules.dates import FOREVER, MonthOrDay, Reading
from school_logistics.rules.kinds import Choice, Span
from school_logistics.services.desk import Desk
from school_logistics.services.rows import Query
from tests.office import TODAY, new_desk

EVERY_LEDGER = pytest.mark.parametrize("ledger", catalogue.LEDGERS, ids=lambda ledger: ledger.key)
EVERY_FIELD = pytest.mark.parametrize(
    ("ledger", "field"),
    [(ledger, field) for ledger in catalogue.LEDGERS for field in ledger.fields],
    ids=lambda one: one.key,
)
ASKED_FOR = {
    "supplier", "ingredient", "food_purchase", "retained_sample", "room", "disinfection", "disinfection_roster",
    "fire_equipment", "extinguisher_check", "bus", "driver", "bus_daily_check", "school_class", "milk_order",
    "uniform_order", "school", "staff", "certificate", "hazard",
}  # fmt: skip


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = new_desk()
    yield desk
    desk.store.close()


def a_value_of(field: Field, seed: int = 0) -> Any:
    """Some value of a field's kind."""
    values: dict[str, Any] = {
        "text": f"甲乙{seed}", "code": f"A{seed}7", "flag": True, "amount": Decimal("12.50"),
        "count": min(7 + seed, getattr(field.kind, "most", None) or 99),
        "day": date(2026, 11, 20), "until": FOREVER, "month_or_day": MonthOrDay(2022, 8), "time": time(7, 30),
        "span": Span(time(14), time(14, 40)), "moment": datetime(2026, 11, 20, 11, 20), "ref": 1, "answers": ALL_NORMAL,
    }  # fmt: skip
    return field.kind.options[0] if isinstance(field.kind, Choice) else values[field.kind.name]


def test_every_ledger_the_plan_asks_for_is_there():
    assert {ledger.key for ledger in catalogue.LEDGERS} >= ASKED_FOR


@EVERY_LEDGER
def test_it_says_what_it_is_for_and_where_it_stands(ledger: Ledger):
    assert ledger.record.__doc__
    assert ledger.group in Tab
    assert ledger.about, "the empty page has nothing to say"
    assert resource_path("icons", f"{ledger.icon}.svg").is_file()
    assert ledger.has(ledger.title)
    assert not ledger.happened or ledger.field(ledger.happened).kind.name in {"day", "moment"}
    assert not ledger.code or ledger.code in {form.code for form in catalogue.FORMS}


@EVERY_LEDGER
def test_its_headings_are_told_apart(ledger: Ledger):
    labels = [field.label for field in ledger.fields]
    assert len(labels) == len(set(labels))
    headings = [name for field in ledger.fields for name in {field.label, *field.synonyms}]
    assert len(headings) == len(set(headings)), "one heading means two fields"


@EVERY_LEDGER
def test_whatever_it_names_is_declared(ledger: Ledger):
    keys = {field.key for field in ledger.fields}
    for field in ledger.fields:
        assert not field.follows or field.follows[0] in keys
        assert not field.last_by or field.last_by in keys
        assert not field.target or field.target in {other.key for other in catalogue.LEDGERS}
    for check in ledger.checks:
        assert check.blame in keys
    assert set(ledger.number) | set(ledger.sort) <= keys


@EVERY_FIELD
def test_what_it_writes_it_reads_back_unchanged(ledger: Ledger, field: Field):
    value = a_value_of(field)
    assert field.kind.from_plain(field.kind.plain(value)) == value
    if field.kind.name != "ref":
        assert field.kind.read(field.kind.typed(value), Reading(TODAY)) == value
        assert field.kind.show(value)
    assert field.kind.show(None) == ""
    assert field.kind.read("", Reading(TODAY)) is None


@EVERY_LEDGER
def test_a_blank_record_is_refused_naming_every_field_that_must_be_filled(desk: Desk, ledger: Ledger):
    blank = {field.key: None for field in ledger.fields}
    wanted = {field.key for field in ledger.fields if field.required is Need.ALWAYS and field.writable}

    with pytest.raises(Unacceptable) as refused:
        desk.save(ledger, blank)

    assert {one.field for one in refused.value.objections if one.level is Level.REFUSED} >= wanted
    assert wanted, "a record needs at least one field"


@EVERY_LEDGER
def test_a_record_is_kept_found_told_and_taken_back(desk: Desk, ledger: Ledger):
    values = fill(desk, ledger)
    before = desk.count(ledger, Query())

    one = put(desk, ledger, values)

    assert desk.count(ledger, Query()) == before + 1
    kept = desk.draft(ledger, one)
    assert {key: kept[key] for key, value in values.items() if value is not None} == {
        key: value for key, value in values.items() if value is not None
    }
    assert [change.action for change in desk.history(ledger, one)][-1] == "新增"
    desk.undo()
    assert one not in desk.ids(ledger, Query())
    desk.redo()
    assert desk.draft(ledger, one) == kept


@EVERY_LEDGER
def test_it_can_be_sorted_and_filtered_by_every_column(desk: Desk, ledger: Ledger):
    full, bare = fill(desk, ledger), fill(desk, ledger, seed=1)
    put(desk, ledger, full)
    if not ledger.once:
        put(desk, ledger, {key: value for key, value in bare.items() if ledger.field(key).required is Need.ALWAYS})

    for place, field in enumerate(ledger.fields):
        rising = desk.rows(ledger, desk.ids(ledger, Query(sort=field.key)))
        falling = desk.ids(ledger, Query(sort=field.key, descending=True))
        assert [row.id for row in rising] == list(reversed(falling))
        values = [row.texts[place] if field.target else row.values[place] for row in rising]
        assert values == sorted(values, key=lambda one: (one is not None, comparable(one) if one is not None else 0))
        looked_for = field.kind.show(full[field.key]) if not field.target else rising[-1].texts[place]
        if looked_for:
            whole = field.kind.name == "count"  # 9 is not 19
            told = [row.texts[place] for row in rising]
            alike = [text for text in told if text == looked_for or (not whole and looked_for in text)]
            assert desk.count(ledger, Query(filters=((field.key, looked_for),))) == len(alike) > 0
        assert desk.count(ledger, Query(filters=((field.key, "绝无此值"),))) == 0


def comparable(value: Any) -> Any:
    """A value by which rows can be put in order as the data file does."""
    return str(value) if isinstance(value, Span | MonthOrDay) else value


def fill(desk: Desk, ledger: Ledger, seed: int = 0) -> dict[str, Any]:
    """Values for every field a person writes, with the records they name, papers and answers included."""
    values: dict[str, Any] = {}
    for place, field in enumerate(ledger.fields):
        if field.writable:
            values[field.key] = named(desk, field.target) if field.target else a_value_of(field, place + seed)
    if ledger.key == "certificate":
        values |= {"staff": None, "bus": None, "driver": None}
    return desk.complete(ledger, values)


def named(desk: Desk, target: str) -> int:
    """A record of another ledger to refer to, made when there is none."""
    ledger = desk.ledger(target)
    known = desk.ids(ledger, Query())
    if known:
        return known[0]
    values = {
        field.key: named(desk, field.target) if field.target else a_value_of(field)
        for field in ledger.fields
        if field.writable and not field.kept and (not field.target or field.required is Need.ALWAYS)
    }
    if target == "food_purchase":
        values["quantity"] = Decimal(1000)
    return put(desk, ledger, values)


def put(desk: Desk, ledger: Ledger, values: dict[str, Any]) -> int:
    """Keep a record as a screen does; where the rules object to its made-up values, as an import keeps gaps."""
    try:
        return desk.save(ledger, values).id
    except Unacceptable:
        complete = desk.complete(ledger, values)
    columns = {key: value for key, value in complete.items() if not ledger.field(key).kept}
    with desk.store.unit_of_work(f"新增 {ledger.label}", "赵甲子") as session:
        row = ledger.record(**columns)
        session.add(row)
        session.flush()
        kept = (field for field in ledger.fields if field.kept and field.writable)
        write_elsewhere(session, row, ((field, complete[field.key]) for field in kept))
        return row.id
