"""The annual return as a clerk checks it before it goes upstream: figures, sources, checks, workbooks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copy

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtWidgets import QApplication

from school_logistics.reports.annual_return.indicator import Verdict
from school_logistics.rules.calendar import Period
from school_logistics.services.desk import Desk
from school_logistics.services.importing import Importer
from school_logistics.ui.annual_return_page import AnnualReturnPage
from school_logistics.ui.commands import Do
from school_logistics.ui.parts import Words
from school_logistics.ui.return_table import edges_in
from school_logistics.ui.theme import Theme
from school_logistics.ui.trace_panel import PartLine
from tests.office import ingredient, new_desk, purchase, supplier
from tests.ui.message_recorder import RecordedMessages
from tests.ui.page_stage import Stage, click
from tests.ui.typing import ENTER, ESCAPE, Key, focused, press

SAMPLES = Path(__file__).parents[1] / "samples"
AMOUNT = "canteen.purchases.amount_wan"


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Deliveries of two years, this year's much dearer, and 36 classes that order milk."""
    made = new_desk()
    supplier(made)
    ingredient(made)
    for year, quantity in ((2025, "100"), (2026, "150")):
        for month in (1, 3, 11):
            day = f"{year}-{month:02}-06"
            purchase(made, bought_on=day, produced_on=f"{year}-{month:02}-05", quantity=quantity, unit_price="3")
    importer = Importer(made)
    file = SAMPLES / "饮用奶与校服征订_2026秋.xlsx"
    importer.commit(importer.plan(made.ledger("milk_order"), file, "2026秋"), skip_refused=True)
    yield made
    made.store.close()


def returns(desk: Desk, theme: Theme, messages: RecordedMessages, width: int = 1366) -> tuple[Stage, AnnualReturnPage]:
    stage = Stage.over(desk, theme, messages)
    page = AnnualReturnPage(stage.around, stage.office.returns)
    stage.show(page, width)
    return stage, page


def go_to(page: AnnualReturnPage, sheet: str, code: str = "") -> None:
    assert page.sheets.go_to(lambda line: line.code == sheet)
    if code:
        assert page.table.go_to(lambda line: line.figure.code == code)


def test_the_twenty_sheets_stand_with_what_is_wrong_or_missing_in_each(desk: Desk, theme, messages):
    stage, page = returns(desk, theme, messages)

    sheets = page.sheets.lines()

    assert [one.code for one in sheets] == [f"R{number:02}" for number in range(1, 21)]
    blank = sum(1 for one in stage.office.returns.sheets(page.period())[4].figures if not one.filled)
    assert (sheets[4].badge, sheets[4].tone) == (f"缺 {blank}", "")
    assert sheets[2].tone == "soon", "R03 has a change that wants a word"


def test_a_figure_stands_beside_last_years_with_its_difference_and_source(desk: Desk, theme, messages):
    stage, page = returns(desk, theme, messages)
    go_to(page, "R03", AMOUNT)

    line = page.table.current()
    assert line is not None
    told = page.table.words_of(line)

    figure = next(
        one for sheet in stage.office.returns.sheets(Period.calendar_year(2026)) for one in sheet.figures
        if one.code == AMOUNT
    )  # fmt: skip
    assert line.figure == figure
    assert told.startswith(f"食品采购额 {figure.text} 万元，上期 {figure.previous_text}，增减 +55.6%")
    assert "采购台账「金额」相加" in told


def test_a_change_of_more_than_thirty_per_cent_is_marked_and_says_so(desk: Desk, theme, messages):
    _, page = returns(desk, theme, messages)
    go_to(page, "R03", AMOUNT)

    line = page.table.current()

    assert line is not None
    assert line.tone == "soon"
    assert "超过 30%" in page.table.tip_of(line)


def test_what_no_ledger_knows_is_unfilled_and_never_zero(desk: Desk, theme, messages):
    _, page = returns(desk, theme, messages)
    go_to(page, "R08")

    assert {line.figure.text for line in page.table.lines()} == {"未填"}


def test_the_trace_panel_shows_formula_and_parts_and_leads_to_the_records(desk: Desk, theme, messages):
    stage, page = returns(desk, theme, messages)
    go_to(page, "R03", AMOUNT)

    told = page.trace.told()
    assert "采购台账「金额」相加，不含拒收，除以 10,000，留两位小数" in told
    months = [one for one in page.trace.content.findChildren(PartLine) if one.text() == "3月"]
    click(months[-1])

    first = desk.draft(desk.ledger("food_purchase"), stage.heard.records[0][1])
    assert stage.heard.records[0][0] == "food_purchase"
    assert str(first["bought_on"]) == "2026-03-06"


def test_a_sum_is_taken_apart_into_the_lines_it_adds_up(desk: Desk, theme, messages):
    _, page = returns(desk, theme, messages)
    go_to(page, "R03", "canteen.purchases.amount")

    told = page.trace.told()

    assert "蔬菜 1,350.00" in told
    assert "合计" in told


def test_the_ledger_behind_a_figure_opens_at_its_latest_record(desk: Desk, theme, messages):
    stage, page = returns(desk, theme, messages)
    go_to(page, "R03", AMOUNT)

    page.trace.ledger_wanted.emit()

    key, one, _ = stage.heard.records[0]
    assert key == "food_purchase"
    assert str(desk.draft(desk.ledger(key), one)["bought_on"]) == "2026-11-06"


def test_esc_puts_the_panel_away_and_enter_brings_it_back(desk: Desk, theme, messages):
    _, page = returns(desk, theme, messages)
    go_to(page, "R03", AMOUNT)
    page.focus_start()

    assert page.trace.isVisible()
    assert page.close_panel()
    assert not page.trace.isVisible()
    assert page.table.hasFocus()
    press(ENTER)
    assert page.trace.isVisible()
    press(ENTER)
    assert page.trace.isAncestorOf(focused())
    press(ESCAPE)
    assert not page.trace.isVisible()


def test_the_checks_are_counted_and_the_worst_is_said_in_the_line(desk: Desk, theme, messages):
    stage, page = returns(desk, theme, messages)
    checks = stage.office.returns.checks(page.period())
    right = sum(1 for one in checks if Verdict(one.level) is Verdict.RIGHT)

    page.sheets.setFocus()
    press(Key.Key_End)

    assert page.checks.isVisible()
    assert len(page.checks.lines()) == len(checks)
    assert f"核对 {len(checks)} 条" in told_in_line(page)
    assert f"{right} 条相符" in told_in_line(page)


def told_in_line(page: AnnualReturnPage) -> list[str]:
    return [one.text() for one in page.findChildren(Words)]


def test_f8_goes_to_the_figure_of_each_complaint_in_turn(desk: Desk, theme, messages):
    stage, page = returns(desk, theme, messages)
    problems = page.problems()
    wants = next(place for place, one in enumerate(problems) if Verdict(one.level) is Verdict.WANTS_A_WORD)

    for _ in range(wants + 1):
        page.deeds()[Do.NEXT_MISSING]()

    assert problems[wants].sentence in stage.heard.said[-1][0]
    line, sheet = page.table.current(), page.sheet()
    assert line is not None
    assert sheet is not None
    assert sheet.code == problems[wants].sheet
    assert problems[wants] in line.checks


def test_a_check_opens_at_its_figure(desk: Desk, theme, messages):
    _, page = returns(desk, theme, messages)
    go_to(page, "R20")
    page.focus_start()
    check = page.checks.current()

    press(ENTER)

    sheet = page.sheet()
    assert check is not None
    assert sheet is not None
    assert sheet.code == check.sheet
    assert page.table.hasFocus()


def test_the_period_can_be_a_school_year_and_the_year_before(desk: Desk, theme, messages):
    _, page = returns(desk, theme, messages)

    click(page.head.by_school_year)
    assert page.period() == Period.school_year(2026)
    page.deeds()[Do.MONTH_BACK]()
    assert page.period() == Period.school_year(2025)
    click(page.head.by_year)

    assert page.period() == Period.calendar_year(2026)


def test_the_return_is_exported_under_its_usual_name(desk: Desk, theme, messages, tmp_path: Path):
    stage, page = returns(desk, theme, messages)
    messages.file = tmp_path / "年报.xlsx"

    page.deeds()[Do.EXPORT]()

    assert messages.asked[-1] == "导出年报 2026年后勤年报.xlsx"
    assert "R03" in "".join(load_workbook(messages.file).sheetnames)
    told = stage.heard.messages[-1]
    assert told.what == "已导出「年报.xlsx」。"
    assert "项未填" in told.safe
    told.actions[0].run()
    assert messages.opened == [messages.file]


def test_the_bureaus_own_workbook_is_filled_and_unknown_codes_are_named(
    desk: Desk, theme, messages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    stage, page = returns(desk, theme, messages)
    template = tmp_path / "教体局年报模板.xlsx"
    copy(SAMPLES / "教体局年报模板.xlsx", template)
    book = load_workbook(template)
    book.worksheets[0]["Z1"] = "{{canteen.nonsense}}"
    book.save(template)
    before = template.read_bytes()
    out = tmp_path / "已填.xlsx"
    monkeypatch.setattr(messages, "open_file", lambda *_: template)
    monkeypatch.setattr(messages, "save_file", lambda *_: out)

    click(page.head.fill)

    told = stage.heard.messages[-1]
    assert out.exists()
    assert template.read_bytes() == before
    assert told.tone == "soon"
    assert "canteen.nonsense" in told.safe
    assert told.what.startswith("已填 ")
    assert not told.what.startswith("已填 0 处")


def test_a_template_without_codes_is_told_apart(desk: Desk, theme, messages, tmp_path: Path, monkeypatch):
    stage, page = returns(desk, theme, messages)
    template, out = tmp_path / "空.xlsx", tmp_path / "空_已填.xlsx"
    Workbook().save(template)
    monkeypatch.setattr(messages, "open_file", lambda *_: template)
    monkeypatch.setattr(messages, "save_file", lambda *_: out)

    page.fill_template()

    assert stage.heard.messages[-1].what == "这份表里没有可填的 {{指标代码}}，存下的是原样。"


def test_f6_goes_through_sheets_figures_and_panel(desk: Desk, theme, messages):
    _, page = returns(desk, theme, messages)
    page.focus_start()
    order = []
    for _ in range(3):
        page.next_pane()
        order.append(QApplication.focusWidget())

    assert order == [page.trace.close_button, page.sheets, page.table]


def test_right_arrow_goes_from_the_sheets_to_the_figures(desk: Desk, theme, messages):
    _, page = returns(desk, theme, messages)
    page.sheets.setFocus()

    press(Key.Key_Down, Key.Key_Right)

    assert page.table.hasFocus()


def test_in_a_narrow_window_the_panel_waits_until_it_is_asked_for(desk: Desk, theme, messages):
    _, page = returns(desk, theme, messages, width=911)

    assert not page.trace.isVisible()
    page.focus_start()
    press(ENTER)
    assert page.trace.isVisible()
    assert page.width() == 911


def test_columns_give_way_in_order_and_never_overlap(theme: Theme):
    for width in range(400, 1500, 50):
        edges = edges_in(theme, width)
        assert list(edges) == sorted(edges), width
        assert edges.end == width
    assert edges_in(theme, 460).previous == edges_in(theme, 460).change
    assert edges_in(theme, 640).source == edges_in(theme, 640).end
    assert edges_in(theme, 1100).source < 1100
