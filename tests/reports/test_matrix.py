"""The month matrix: a column a day, closed days on grey, several lines a person, names that are never broken."""

from __future__ import annotations

from datetime import date

import pytest

from school_logistics.reports.blocks import Column, Grid
from school_logistics.reports.form import Head
from school_logistics.reports.matrix import Matrix, MatrixRow, legend, upright
from school_logistics.reports.pdf_grid import measure_grid
from school_logistics.reports.pdf_sheet import MM
from school_logistics.rules.calendar import Month
from tests.reports.paper_reader import paper, printed

pytestmark = pytest.mark.usefixtures("qapp")

OCTOBER = Month(2026, 10)
CLOSED = frozenset({date(2026, 10, 3), date(2026, 10, 4)})
HEAD = Head("明德路小学", OCTOBER, date(2026, 11, 22), CLOSED)
LEAD = (Column("序号", 7.5, "center"), Column("姓名", 18, "center", wrap=False))
WIDTH = 267 * MM


def a_matrix(*rows: MatrixRow, **more) -> Matrix:
    return Matrix(lead=LEAD, rows=rows, trail=(Column("处理结果", 24),), none="本月没有晨检记录", **more)


def test_there_is_a_column_for_every_day_of_the_month_and_no_other():
    october = [column.heading for column in a_matrix().grid(HEAD).columns]
    september = [column.heading for column in a_matrix().grid(HEAD._replace(month=Month(2026, 9))).columns]

    assert october == ["序号", "姓名", *map(str, range(1, 32)), "处理结果"]
    assert september[-2] == "30"


def test_days_without_school_stand_on_grey():
    grid = a_matrix(MatrixRow(("1", "邓小红"))).grid(HEAD)

    assert grid.shaded == {4, 5}
    assert [grid.columns[at].heading for at in sorted(grid.shaded)] == ["3", "4"]
    assert len(measure_grid(grid, WIDTH, 400).shaded) == 2


def test_a_person_has_several_lines_a_day_each_in_a_room_of_its_own():
    row = MatrixRow(("1", "邓小红"), {8: ("√", "0"), 9: "△"}, ("离岗就诊",))
    grid = a_matrix(row, lines=("考勤", "疾病")).grid(HEAD)

    assert grid.rows[0][2] == "考勤\n疾病"
    assert grid.rows[0][3 + 7] == "√\n0"
    assert grid.rows[0][3 + 8] == "△\n"
    assert grid.rows[0][3] == "\n"
    measured = measure_grid(grid, WIDTH, 400).rows[0]
    assert measured.bands == 2
    assert measured.cells[3 + 8].lines == ("△", "")
    assert measured.height >= 10 * MM


def test_31_days_and_long_names_fit_the_page_unbroken():
    names = ["阿卜杜拉·买买提", "欧阳美丽", "张𬭎"]
    rows = [MatrixRow((str(at), name), dict.fromkeys(range(1, 32), ("√", "12"))) for at, name in enumerate(names)]
    table = measure_grid(a_matrix(*rows, lines=("考勤", "疾病")).grid(HEAD), WIDTH, 400)

    for row, name in zip(table.rows, names, strict=True):
        assert row.cells[1].lines == (name,)
        assert all(len(cell.lines) == 2 for cell in row.cells[2:34])
        assert min(cell.size for cell in row.cells[:34] if cell.lines) >= 6.5


def test_who_signs_for_each_day_stands_at_the_foot_below_the_blank_rows():
    foot = MatrixRow(("", "负责人"), {8: upright("孙一凡")})
    grid = a_matrix(MatrixRow(("1", "刀具")), lines=("上午", "下午"), foot=[foot], least=4).grid(HEAD)

    assert [row[1] for row in grid.rows] == ["刀具", "", "", "", "负责人"]
    assert list(grid.bands) == [2, 2, 2, 2, 1]
    assert grid.rows[-1][3 + 7] == "孙\n一\n凡"
    assert grid.rows[-1][2] == ""


def test_an_empty_matrix_says_so_and_can_be_written_on():
    grid = a_matrix(least=6).grid(HEAD)

    assert grid.rows[0] == ("本月没有晨检记录",)
    assert len(grid.rows) == 7
    text = printed(paper(grid, legend("考勤", {"√": "出勤", "△": "病假"}))).text
    assert "本月没有晨检记录" in text
    assert "√出勤" in text.replace(" ", "").replace("　", "")


def test_what_is_missing_on_a_day_is_hatched():
    row = MatrixRow(("1", "邓小红"), missing=frozenset({12}))
    assert a_matrix(row).grid(HEAD).hatched == {(0, 2 + 11)}
    assert a_matrix(row, lines=("考勤", "疾病")).grid(HEAD).hatched == {(0, 3 + 11)}


def test_bands_are_told_of_every_row_or_of_none():
    with pytest.raises(ValueError, match="bands"):
        Grid(LEAD, [("1", "甲"), ("2", "乙")], bands=[2])
