"""The demonstration school: believable, complete, within the rules, and the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from school_logistics import catalogue
from school_logistics.errors import Cancelled, OfficeError
from school_logistics.models.audit import ACTS, first_broken_entry
from school_logistics.models.checks import Level
from school_logistics.models.record import Origin
from school_logistics.models.undo import PROGRAM
from school_logistics.rules.calendar import Month, Period
from school_logistics.services.demo import SCHOOL, make_demo, planned
from school_logistics.services.demo_school.deliveries import purchase_columns
from school_logistics.services.demo_school.pen import Plan
from school_logistics.services.desk import Desk
from school_logistics.services.reminders import Reminders
from school_logistics.services.returning import AnnualReturns
from school_logistics.services.rows import Query
from school_logistics.services.starting import LAID_OUT
from tests.office import TODAY, new_desk, supplier

OCTOBER = Month(2026, 10)
DAILY = [ledger for ledger in catalogue.LEDGERS if ledger.happened]


@pytest.fixture(scope="module")
def school() -> Iterator[Desk]:
    """The school of one year, made once: these tests only look at it."""
    desk = new_desk()
    make_demo(desk, years=1, seed=1)
    yield desk
    desk.store.close()


@pytest.fixture
def empty() -> Iterator[Desk]:
    desk = new_desk()
    yield desk
    desk.store.close()


@cache
def plan_of(years: int, seed: int) -> Plan:
    """The past of a school, put together and not written."""
    desk = new_desk()
    plan = planned(desk, years, seed)
    desk.store.close()
    return plan


def objections(desk: Desk) -> list[tuple[Level, str, str]]:
    found = []
    with desk.store.reading() as session:
        for ledger in desk.ledgers():
            ids = desk.listing.ids(session, ledger, Query())
            marks = desk.examining.marks(session, ledger, desk.listing.values(session, ledger, ids))
            found += [(one.level, ledger.key, one.sentence) for mark in marks.values() for one in mark.values()]
    return found


def test_every_ledger_has_records(school):
    for ledger in school.ledgers():
        assert school.count(ledger, Query()) > 0, ledger.label


@pytest.mark.parametrize("form", catalogue.FORMS, ids=lambda form: form.code)
def test_there_are_rows_in_october_behind_every_form(school, form):
    for ledger in catalogue.LEDGERS:
        if ledger.code == form.code:
            assert school.count(ledger, Query(OCTOBER if ledger.happened else None)) > 0


def test_a_month_has_some_ninety_deliveries(school):
    assert 70 <= school.count(school.ledger("food_purchase"), Query(OCTOBER)) <= 110


def test_nothing_in_it_breaks_a_rule_and_only_a_few_things_are_wanting(school):
    found = objections(school)

    assert [one for one in found if one[0] is Level.REFUSED] == []
    assert 1 <= sum(one[0] is Level.GAP for one in found) <= 8
    assert 1 <= sum(one[0] is Level.WARNING for one in found) <= 30


def test_people_with_rare_names_work_and_drive_there(school):
    for key in ("staff", "driver"):
        for name in ("张𬭎", "堃雨㛃"):
            assert school.count(school.ledger(key), Query(text=name)) == 1


def test_its_name_is_the_samples_and_it_says_that_it_is_invented(school):
    row = school.first_page(school.ledger("school"), Query())[0]

    assert row.texts[0] == SCHOOL == "明德路小学"
    assert "虚构" in row.texts[-1]


@pytest.mark.parametrize("ledger", DAILY, ids=lambda ledger: ledger.key)
def test_records_were_entered_on_their_day_in_office_hours_unless_they_say_so(school, ledger):
    happened = getattr(ledger.record, ledger.happened)
    columns = select(happened, ledger.record.entered_at, ledger.record.origin)
    with school.store.reading() as session:
        rows = session.execute(columns).all()

    for moment, entered_at, origin in rows:
        day = moment.date() if isinstance(moment, datetime) else moment
        assert entered_at <= school.clock()
        assert time(8) <= entered_at.time() <= time(18)
        if ledger.key in {"disinfection_roster", "menu_dish", "weekly_report"}:
            assert abs((entered_at.date() - day).days) <= 7
        elif origin == Origin.LATE:
            assert (entered_at.date() - day).days > 3
        else:
            assert entered_at.date() == day


def test_some_records_were_entered_late_and_some_brought_in(school):
    record = school.ledger("food_purchase").record
    with school.store.reading() as session:
        many = dict(session.execute(select(record.origin, func.count()).group_by(record.origin)).all())

    assert many[Origin.LATE] >= 3
    assert many[Origin.IMPORTED] >= 1
    assert many[Origin.TYPED] > 20 * (many[Origin.LATE] + many[Origin.IMPORTED])


def test_what_pupils_bring_about_happens_on_school_days_alone(school):
    days = set(school.calendar.school_days(Period(date(2025, 9, 1), TODAY, "")))
    for key, column in (("food_purchase", "bought_on"), ("bus_daily_check", "checked_on"), ("disinfection", "done_on")):
        with school.store.reading() as session:
            found = set(session.scalars(select(getattr(school.ledger(key).record, column))))
        assert found <= days


def test_the_trail_tells_it_in_order_by_the_program_and_is_whole(school):
    with school.store.reading() as session:
        acts = session.execute(select(ACTS.c.at, ACTS.c.actor).order_by(ACTS.c.id)).all()[1:]
        assert first_broken_entry(session.connection()) is None

    assert len(acts) > 500
    assert all(one.at <= other.at for one, other in pairwise(acts))
    assert {act.actor for act in acts} == {PROGRAM}


def test_no_key_takes_it_back(school):
    assert school.undoable() == ""
    with pytest.raises(OfficeError, match="没有可撤销的操作"):
        school.undo()


def test_a_hazard_tells_how_it_was_found_put_right_and_struck_off(school):
    ledger = school.ledger("hazard")
    one = next(row.id for row in school.first_page(ledger, Query(filters=(("state", "已销号"),))))

    told = [change.act_title for change in school.history(ledger, one)]

    assert len(told) == 3
    assert told[0].startswith("复查销号")
    assert told[1].startswith("整改完成")


def test_an_abnormal_check_names_its_hazard(school):
    for key in ("extinguisher_check", "bus_daily_check"):
        rows = school.first_page(school.ledger(key), Query(filters=(("conclusion", "不合格"),)))
        places = [field.key for field in school.ledger(key).fields]
        assert rows
        assert all(row.texts[places.index("hazard")].startswith("YH-20") for row in rows)


def test_the_home_page_has_something_to_say(school):
    due = [(one.stops, one.what, one.days) for one in Reminders(school).due()]

    assert ("停运", "鲁Z10088 校车检验", -22) in due
    assert ("停供", "康鲜肉类食品有限公司 食品许可证", 9) in due
    assert ("停岗", "堃雨㛃 驾驶证", 9) in due
    assert ("停岗", "驾驶人到龄：李旭日", 9) in due
    assert any(stops == "停用" and days < 0 for stops, _, days in due)
    assert any("隐患整改" in what and days < 0 for _, what, days in due)


def test_no_bus_goes_out_with_its_inspection_run_out(school):
    ledger = school.ledger("bus_daily_check")

    assert school.count(ledger, Query(Month(2026, 10), filters=(("bus", "鲁Z10088"),))) > 0
    assert school.count(ledger, Query(Month(2026, 11), filters=(("bus", "鲁Z10088"),))) == 0


def test_mileage_never_falls(school):
    record = school.ledger("bus_daily_check").record
    with school.store.reading() as session:
        rows = session.execute(select(record.bus, record.mileage).order_by(record.bus, record.id)).all()

    assert all(one.mileage < other.mileage for one, other in pairwise(rows) if one.bus == other.bus)


def test_its_return_is_filled_for_both_years_and_shows_the_one_thing_that_does_not_agree(school):
    returns = AnnualReturns(school)
    figures = {one.code: one for sheet in returns.sheets(Period.calendar_year(2026)) for one in sheet.figures}

    assert figures["fire.extinguishers"].value == 85
    assert figures["fire.extinguishers"].previous == 86
    assert [code for code, one in figures.items() if not one.by_hand and not one.filled] == []
    wrong = [one.sentence for one in returns.checks(Period.calendar_year(2026)) if one.level == "不平"]
    assert wrong == ["住宿生应与 R04 E14「住宿生」一致，现在差 1 人"]


def test_it_goes_into_an_empty_data_file_only(empty):
    supplier(empty)

    with pytest.raises(OfficeError, match="已经有供货商档案的记录"):
        make_demo(empty)

    assert empty.count(empty.ledger("school"), Query()) == 0


def test_a_number_of_years_that_makes_no_sense_is_refused(empty):
    with pytest.raises(OfficeError, match="1 到 30 年"):
        make_demo(empty, years=0)


def test_stopped_half_way_it_leaves_nothing(empty):
    class Stopping:
        def step(self, done: int, total: int, what: str) -> None:
            if done > 100:
                raise Cancelled

    with pytest.raises(Cancelled):
        make_demo(empty, progress=Stopping())

    assert {ledger.key for ledger in empty.ledgers() if empty.count(ledger, Query())} == LAID_OUT


def test_the_same_seed_and_day_give_the_same_past_and_another_seed_another(empty):
    def told(plan: Plan) -> list[tuple[datetime, str]]:
        return [(deed.at, deed.title) for deed in plan.deeds]

    assert told(planned(empty, 1, 1)) == told(plan_of(1, 1))
    assert told(planned(empty, 1, 2)) != told(plan_of(1, 1))


@pytest.mark.parametrize("years", [1, 2, 5])
def test_it_begins_with_the_school_year_in_which_the_day_so_many_years_ago_lies(years):
    assert plan_of(years, 1).first == date(2026 - years, 9, 1)


def test_nothing_is_planned_ahead_of_now():
    plan = plan_of(1, 1)
    assert max(deed.at for deed in plan.deeds) <= plan.now


def test_great_ledgers_are_made_cheaply():
    rows = list(purchase_columns(2000, [1, 2, 3], [7, 8], TODAY))

    days = sorted(str(row["bought_on"]) for row in rows)
    assert len(rows) == 2000
    assert {row["ingredient"] for row in rows} == {1, 2, 3}
    assert str(TODAY - timedelta(days=2001)) < days[0] < days[-1] <= str(TODAY)
    assert rows == list(purchase_columns(2000, [1, 2, 3], [7, 8], TODAY))
