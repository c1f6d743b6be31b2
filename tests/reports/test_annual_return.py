"""The annual return's declarations and cross-checks, without a data file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from school_logistics.reports.annual_return import checks as rules
from school_logistics.reports.annual_return.checks import Checking, LedgerFigure
from school_logistics.reports.annual_return.indicator import Figure, Sheet, Value, Verdict, added, difference, show
from school_logistics.reports.annual_return.layout import FIRST_ROW, cells, rows
from school_logistics.reports.annual_return.orders import terms_in
from school_logistics.reports.annual_return.sheets import BY_CODE, CHECKS_SHEET, INDICATORS, TITLES
from school_logistics.rules.calendar import Period

SAMPLE_CODES = (
    *("school.name", "school.code", "school.clerk", "school.pupils", "canteen.suppliers"),
    *("canteen.purchases.amount_wan", "canteen.samples", "dormitory.rooms", "dormitory.disinfections"),
    *("fire.extinguishers", "fire.extinguishers.overdue", "transport.buses", "transport.drivers"),
    *("orders.milk.rate", "orders.uniform.sets", "return.year", "return.date"),
)


def figure(code: str, value: Value, previous: Value = None, **more: object) -> Figure:
    known = BY_CODE[code]
    told: dict[str, object] = {
        "code": code, "sheet": known.sheet, "label": known.label, "unit": known.unit, "value": value,
        "previous": previous, "difference": difference(value, previous), "source": "", "filled": value is not None,
    }  # fmt: skip
    return Figure(**{**told, **more})  # type: ignore[arg-type]  # a test's words


def checked(*figures: Figure, ledgers: tuple[LedgerFigure, ...] = ()) -> dict[str, str]:
    """The level of every check by its number."""
    sheets = [Sheet(code, title, tuple(one for one in figures if one.sheet == code)) for code, title in TITLES.items()]
    return {one.number: one.level for one in Checking(sheets, 30).all(ledgers)}


def test_there_are_twenty_sheets_and_every_one_but_the_checks_has_lines():
    assert list(TITLES) == [f"R{number:02}" for number in range(1, 21)]
    assert {one.sheet for one in INDICATORS} == {*TITLES, "封面"} - {CHECKS_SHEET}


def test_no_code_is_declared_twice():
    assert len(BY_CODE) == len(INDICATORS)


@pytest.mark.parametrize("code", SAMPLE_CODES)
def test_the_codes_of_the_bureaus_sample_are_known(code):
    assert code in BY_CODE


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda one: one.code)
def test_every_line_says_where_its_figure_comes_from(indicator):
    assert indicator.label
    assert indicator.source
    assert indicator.by_hand == ("手工填" in indicator.source)


def test_a_sum_stands_below_the_lines_it_adds_up_on_the_same_sheet():
    places = {one.code: place for place, one in enumerate(INDICATORS)}
    for one in INDICATORS:
        assert all(places[part] < places[one.code] and BY_CODE[part].sheet == one.sheet for part in one.sum_of)


def test_every_cross_check_names_lines_that_exist():
    named = {code for pair in (*rules.SUMS, *rules.EQUAL, *rules.PARTS) for code in pair}

    assert named <= set(BY_CODE)


def test_lines_of_one_heading_stand_together_below_it():
    figures = [figure("school.name", "明德路小学", heading="学校"), figure("school.pupils", 3, heading="学生")]

    found = [(row, what if isinstance(what, str) else what.code) for row, what in rows(figures)]

    assert found == [(4, "学校"), (5, "school.name"), (6, "学生"), (7, "school.pupils")]
    assert cells(Sheet("R01", "", tuple(figures))) == {"school.name": "E5", "school.pupils": "E7"}
    assert FIRST_ROW == 4


@pytest.mark.parametrize(
    ("value", "previous", "unit", "shown"),
    [
        (1138, 1126, "人", "+12"), (11, 12, "家", "−1"), (1, 1, "个", "0"), (5, None, "个", "—"), (None, 5, "个", "—"),
        (Decimal("61.52"), Decimal("56.60"), "万元", "+8.7%"), (Decimal("96.4"), Decimal("95.1"), "%", "+1.3"),
        (Decimal("3.5"), Decimal(0), "元", "—"), ("有", "有", "", "—"),
    ],
)  # fmt: skip
def test_a_difference_is_told_in_the_way_that_fits_its_unit(value, previous, unit, shown):
    assert figure("school.pupils", value, previous)._replace(unit=unit).difference_text == shown


def test_what_is_not_filled_is_never_nought():
    assert show(None) == "未填"
    assert show(0) == "0"
    assert show(date(2026, 11, 22)) == "2026-11-22"
    assert added(("a", "b"), {"a": None, "b": None}) is None
    assert added(("a", "b"), {"a": 3, "b": None}) == 3


def test_a_total_that_is_not_the_sum_of_its_parts_is_wrong_and_stands_first():
    figures = (figure("school.pupils", 1503), figure("school.pupils.by_grade", 1501), figure("school.girls", 700))

    found = checked(*figures)

    assert found["合计01"] == Verdict.WRONG
    assert found["部分01"] == Verdict.RIGHT
    assert next(iter(found)) == "合计01"


def test_a_part_greater_than_its_whole_and_a_rate_over_a_hundred_are_wrong():
    found = checked(
        figure("orders.milk.ordered", 103),
        figure("orders.milk.pupils", 100),
        figure("orders.milk.rate", Decimal("103.0")),
    )

    assert found["部分17"] == Verdict.WRONG
    assert found["比率01"] == Verdict.WRONG


def test_yuan_and_ten_thousand_yuan_must_say_the_same():
    yuan = figure("canteen.purchases.amount", Decimal("507450.27"))

    assert checked(yuan, figure("canteen.purchases.amount_wan", Decimal("50.75")))["换算01"] == Verdict.RIGHT
    assert checked(yuan, figure("canteen.purchases.amount_wan", Decimal("50.57")))["换算01"] == Verdict.WRONG


def test_a_change_of_more_than_thirty_per_cent_wants_a_word_unless_last_year_was_kept_only_in_part():
    risen = figure("canteen.samples", 1300, 1000)
    leapt = figure("canteen.samples", 1301, 1000)

    assert "增减" not in checked(risen)
    assert checked(leapt)["增减"] == Verdict.WANTS_A_WORD
    assert "增减" not in checked(leapt._replace(short_previous=True))


def test_a_figure_that_differs_from_its_ledger_is_wrong():
    ledger = LedgerFigure("canteen.samples", 1284, "留样记录同期行数")

    assert checked(figure("canteen.samples", 1284), ledgers=(ledger,))["台账01"] == Verdict.RIGHT
    assert checked(figure("canteen.samples", 1283), ledgers=(ledger,))["台账01"] == Verdict.WRONG


def test_what_cannot_be_compared_is_not_checked():
    found = checked(figure("school.pupils", None), figure("school.pupils.by_grade", None), figure("school.girls", 3))

    assert set(found) == {"空项"}


def test_terms_belong_to_the_period_in_which_they_begin():
    assert terms_in(Period.calendar_year(2026)) == ("2026春", "2026秋")
    assert terms_in(Period.school_year(2025)) == ("2025秋", "2026春")
