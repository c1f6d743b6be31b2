"""What holds for every printed form, asked of the catalogue: a new form is tested the moment it stands there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache, partial

import pytest

from school_logistics import catalogue
from school_logistics.models.ledger import Ledger
from school_logistics.reports.blocks import Card, Grid, Line, Paper, Signatures, Stamp
from school_logistics.reports.content import content_of
from school_logistics.reports.form import Head, Per, PrintedForm
from school_logistics.reports.pdf import Drawn
from school_logistics.rules.short_code import read_code
from school_logistics.services.desk import Desk
from school_logistics.services.entries import Entries
from school_logistics.services.month import MonthPack
from school_logistics.services.rows import Query
from tests.filled_office import fill
from tests.filling import LONG, MONTH, RARE_NAMES, REMARK, SCHOOL
from tests.office import TODAY, new_desk
from tests.reports.bureau_headings import HEADINGS, LABELS
from tests.reports.paper_reader import Printed

EVERY_FORM = pytest.mark.parametrize("form", catalogue.FORMS, ids=lambda form: form.code)
ASKED_FOR = (
    *(f"C{number:02}" for number in range(1, 28)), "D1", "D2", "D3", "X1", "X3", "F-BUS-01", "F-BUS-02", "F-BUS-04",
    "F-MLK-01", "F-UNI-01", "F-UNI-02", "S2",
)  # fmt: skip
PAGES = {
    "C23": 11, "C24": 2, "C26": 1, "C09": 2, "C11": 1, "C12": 1, "C13": 1, "C14": 4, "C16": 3, "C17": 4, "C18": 5,
    "C25": 4, "C15": 2, "C19": 6, "C20": 2, "C21": 1, "C22": 1, "C27": 1, "C01": 1, "C02": 4, "C03": 6, "C04": 8,
    "C05": 5, "C06": 9, "C07": 1, "C08": 1, "C10": 4, "D1": 2, "D2": 6, "D3": 3, "X1": 3, "X3": 2, "F-BUS-01": 2,
    "F-BUS-02": 2, "F-BUS-04": 6, "F-MLK-01": 3, "F-UNI-01": 2, "F-UNI-02": 3, "S2": 2,
}  # fmt: skip
"""Of the filled office with 60 lines of each daily ledger."""

TOTALS = {
    "C03": {"金额（元）": "amount"},
    "C04": {"金额（元）": "amount"},
    "C05": {"金额（元）": "amount"},
    "C07": {"账面金额（元）": "book_amount", "实盘金额（元）": "counted_amount", "盘盈金额（元）": "surplus_amount",
            "盘亏金额（元）": "shortage_amount"},
    "C17": {"数量（kg）": "kilograms"},
    "D1": {"面积（㎡）": "area", "床位数": "beds", "实住人数": "occupants"},
    "X1": {"数量": "quantity"},
    "F-MLK-01": {"学生数": "pupils", "订购人数": "ordered", "总盒数": "boxes", "应收金额（元）": "due",
                 "实收金额（元）": "received", "差额（元）": "difference"},
    "F-UNI-01": {"应收金额（元）": "due", "减免金额（元）": "waived", "减免人数": "waived_pupils"},
    "F-UNI-02": {"120/60": "size_120", "130/64": "size_130", "140/68": "size_140", "特体": "size_special",
                 "合计": "sets"},
}  # fmt: skip
"""Columns whose grand total must be the sum that the ledger itself knows."""


@pytest.fixture(scope="module")
def empty() -> Iterator[Desk]:
    desk = new_desk()
    yield desk
    desk.store.close()


@pytest.fixture(scope="module")
def later() -> Iterator[Desk]:
    """The same office in the next spring."""
    desk = new_desk(clock=lambda: datetime(2027, 3, 5, 15, 30))
    yield desk
    desk.store.close()


@pytest.fixture(scope="module")
def full() -> Iterator[Desk]:
    desk = fill(new_desk())
    yield desk
    desk.store.close()


@pytest.fixture(scope="module")
def overlong() -> Iterator[Desk]:
    desk = fill(new_desk(), lines=12, overlong=True)
    yield desk
    desk.store.close()


def composed(desk: Desk, form: PrintedForm, today: date = TODAY) -> Paper:
    """A form laid out, before it is drawn."""
    closed = frozenset(MONTH.days()) - frozenset(desk.calendar.school_days(MONTH))
    with desk.store.reading() as session:
        head = Head(SCHOOL, MONTH, today, closed, desk.book)
        return form.paper(form.gather(Entries(desk, session), MONTH), head)


def said(paper: Paper) -> tuple[object, ...]:
    """All that a paper says, the days on which it was made included."""
    return paper.version, paper.period, content_of(paper), [one.parts for one in paper.blocks if isinstance(one, Line)]


def grids(paper: Paper) -> list[Grid]:
    return [block for block in paper.blocks if isinstance(block, Grid)]


@cache
def printed_once(desk: Desk, code: str) -> tuple[Drawn, Printed]:
    """A form drawn and opened: these offices do not change."""
    result = MonthPack(desk).draw(code, MONTH)
    return result, Printed(result.data)


def drawn(desk: Desk, form: PrintedForm) -> Printed:
    return printed_once(desk, form.code)[1]


def test_every_form_the_plan_asks_for_is_there_and_in_the_order_of_the_plan():
    assert tuple(form.code for form in catalogue.FORMS) == ASKED_FOR


@pytest.mark.parametrize("ledger", [one for one in catalogue.LEDGERS if one.code], ids=lambda one: one.key)
def test_a_ledger_that_names_its_form_has_it(ledger: Ledger):
    form = next(form for form in catalogue.FORMS if form.code == ledger.code)
    assert form.ledger is ledger
    assert form.group == ledger.group


@EVERY_FORM
def test_it_has_a_title_a_place_to_sign_and_one_for_the_stamp(full: Desk, form: PrintedForm):
    paper = composed(full, form)
    assert form.title
    assert form.none
    assert not re.search(r'[\\/:*?"<>|]', form.title), "the title names a file"
    assert any(isinstance(block, Signatures) for block in paper.blocks)
    assert any(isinstance(block, Stamp) for block in paper.blocks)
    assert set(form.ledgers) <= set(catalogue.LEDGERS)


@EVERY_FORM
def test_an_empty_month_gives_one_page_to_write_on_that_says_so(empty: Desk, form: PrintedForm):
    printed = drawn(empty, form)

    assert len(printed.pages) == 1
    assert form.title in printed.text
    assert "第1页共1页" in printed.text
    if grids(composed(empty, form)):
        assert form.none in printed.text
        assert "合计（大写）" not in printed.text


@EVERY_FORM
def test_a_full_month_fills_the_pages_expected_each_with_school_period_and_page(full: Desk, form: PrintedForm):
    printed = drawn(full, form)

    assert len(printed.pages) == PAGES[form.code]
    for number, page in enumerate(printed.pages, start=1):
        text = re.sub(r"\s", "", page)
        assert f"学校（盖章）：{SCHOOL}" in text
        assert f"第{number}页共{len(printed.pages)}页" in text
        assert re.sub(r"\s", "", Head(SCHOOL, MONTH, TODAY).period(form.per)) in text
    assert [one.title for one in printed.bookmarks if one.level == 0] == [f"{form.code} {form.title}"]


@EVERY_FORM
def test_its_headings_are_those_of_the_paper_in_their_order_on_every_page(full: Desk, form: PrintedForm):
    paper = composed(full, form)
    if form.code in LABELS:
        cards = [block for block in paper.blocks if isinstance(block, Card)]
        labels = [label for card in cards for row in card.rows for label, _ in row]
        assert set(LABELS[form.code].split()) <= set(labels)
        return
    parts = [part.split() for part in HEADINGS[form.code].split("|")]
    for grid in grids(paper):
        assert [column.heading.replace("\n", "") for column in grid.columns] in parts
    for page in drawn(full, form).pages:
        text = re.sub(r"\s", "", page)
        assert any(all(heading in text for heading in part) for part in parts), "a heading is missing on a page"


@EVERY_FORM
def test_its_fonts_are_embedded(full: Desk, form: PrintedForm):
    data = drawn(full, form).data
    fonts = re.findall(rb"/BaseFont /([^\s/]+)", data)
    assert fonts
    assert data.count(b"/FontFile2 ") == len(fonts) == data.count(b"/ToUnicode ")


@EVERY_FORM
def test_the_same_data_gives_the_same_file_to_the_byte(full: Desk, form: PrintedForm):
    assert MonthPack(full).draw(form.code, MONTH).data == drawn(full, form).data


@EVERY_FORM
def test_its_short_code_is_that_of_what_it_says_whatever_the_day_it_is_printed(full: Desk, form: PrintedForm):
    assert read_code(composed(full, form).version) == composed(full, form, date(2027, 3, 5)).version


@EVERY_FORM
def test_its_totals_are_those_of_the_ledger(full: Desk, form: PrintedForm):
    adding = TOTALS.get(form.code, {})
    ledger = form.ledger
    known = full.totals(ledger, Query(MONTH if form.per is Per.MONTH else None))
    totals = [(grid, grid.total) for grid in grids(composed(full, form)) if grid.total is not None]
    assert bool(totals) == bool(adding)
    for grid, total in totals:
        texts = {column.heading.replace("\n", ""): text for column, text in zip(grid.columns, total, strict=True)}
        assert total[0] == "合计"
        for heading, key in adding.items():
            assert texts[heading] == ledger.field(key).kind.show(known[key]), heading
            assert texts[heading].strip("0.,"), "a sum of nothing proves nothing"


@EVERY_FORM
def test_page_subtotals_are_the_sums_of_the_rows_above_them(full: Desk, form: PrintedForm):
    for grid in grids(composed(full, form)):
        if grid.total is None:
            continue
        for place, column in enumerate(grid.page_totals):
            added = [one for sums in grid.sums if (one := sums[place]) is not None]
            shown = grid.columns[column].show_sum(sum(added, Decimal(0))) if added else ""
            assert shown == grid.total[column]


@EVERY_FORM
def test_names_longer_than_any_column_are_printed_whole_and_nothing_else_is_lost(overlong: Desk, form: PrintedForm):
    result, printed = printed_once(overlong, form.code)

    assert result.missing == ()
    wanted = Counter(re.sub(r"\s", "", "".join(texts_of(composed(overlong, form)))))
    found = Counter(printed.text)
    assert {sign: many for sign, many in wanted.items() if found[sign] < many} == {}
    assert LONG[:40] in printed.text, "the school's name"
    assert len(printed.pages) <= 3 * PAGES[form.code] + 3


def texts_of(paper: Paper) -> Iterator[str]:
    for grid in grids(paper):
        yield from (text for row in grid.rows for text in row)
    for block in paper.blocks:
        if isinstance(block, Card):
            yield from (value for row in block.rows for _, value in row)


@pytest.mark.parametrize("code", ["C01", "C10", "D1", "D2", "F-MLK-01", "F-BUS-01", "F-BUS-02"])
def test_an_overlong_remark_can_be_read_to_its_end(overlong: Desk, code: str):
    form = next(form for form in catalogue.FORMS if form.code == code)
    assert REMARK[-12:] in drawn(overlong, form).text


@pytest.mark.parametrize("code", ["C03", "C10", "D2", "D3", "X3", "F-BUS-01", "F-BUS-04"])
def test_names_with_rare_characters_can_be_searched(full: Desk, code: str):
    form = next(form for form in catalogue.FORMS if form.code == code)
    text = drawn(full, form).text
    assert any(name in text for name in RARE_NAMES)
    assert RARE_NAMES[1] in text


@EVERY_FORM
def test_personal_numbers_are_hidden_but_on_the_file_that_requires_them(full: Desk, form: PrintedForm):
    text = drawn(full, form).text
    shown = "370000197805163014" in text
    assert shown == (form.code == "F-BUS-02")


@EVERY_FORM
def test_a_form_of_a_month_that_is_over_says_the_same_whatever_the_day_it_is_printed(full: Desk, form: PrintedForm):
    """The office is full of papers that run out and equipment that wants service; its clock is moved on."""
    first, clock = said(composed(full, form)), full.clock
    try:
        for day in (date(2026, 12, 1), date(2027, 9, 5), date(2029, 3, 1)):
            full.clock = partial(datetime.combine, day, time(15, 30))
            full.examining.forget()
            assert said(composed(full, form, day)) == first
    finally:
        full.clock = clock
        full.examining.forget()


@EVERY_FORM
def test_an_empty_form_of_a_month_that_is_over_is_the_same_file_whatever_the_day(
    empty: Desk, later: Desk, form: PrintedForm
):
    assert drawn(empty, form).data == MonthPack(later).draw(form.code, MONTH).data
