"""Filling a bureau's workbook: figures where codes stood, every other byte as it was."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from school_logistics.errors import FileTrouble
from school_logistics.reports.annual_return.indicator import Value
from school_logistics.reports.workbook.template import Done, fill, placeholders, read_template

SAMPLE = Path("tests/samples/教体局年报模板.xlsx")

VALUES: dict[str, Value] = {
    "school.name": "明德路小学", "school.code": "0037039001", "return.date": date(2026, 11, 22), "return.year": 2026,
    "canteen.purchases.amount_wan": Decimal("61.52"), "school.pupils": 1503, "school.pupils@previous": None,
}  # fmt: skip


def workbook(folder: Path, **cells: object) -> Path:
    """A workbook with these cells, saved as openpyxl saves: words as shared strings."""
    book = openpyxl.Workbook()
    for place, value in cells.items():
        book.active[place] = value
    book.active.title = "年报"
    return saved(book, folder)


def saved(book: openpyxl.Workbook, folder: Path) -> Path:
    path = folder / "模板.xlsx"
    book.save(path)
    return path


def filled(path: Path, values: dict[str, Value] | None = None) -> tuple[Done, openpyxl.Workbook]:
    done = fill(read_template(path), VALUES if values is None else values)
    return done, openpyxl.load_workbook(io.BytesIO(done.data), rich_text=True)


def rewritten(path: Path, part: str, change) -> Path:
    """The same workbook with one part changed by hand."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w") as book:
        for name, data in parts.items():
            book.writestr(name, data)
    return path


def test_a_whole_cell_gets_a_typed_value_and_words_get_words(tmp_path):
    path = workbook(tmp_path, A1="{{return.year}}年度", B1="{{school.pupils}}", C1="{{ canteen.purchases.amount_wan }}",
                    D1="{{school.code}}", E1="填报日期：{{return.date}}")  # fmt: skip

    _, book = filled(path)

    row = [cell.value for cell in book.active[1]]
    assert row == ["2026年度", 1503, 61.52, "0037039001", "填报日期：2026-11-22"]
    assert book.active["D1"].data_type == "s"


def test_a_day_becomes_a_date_in_a_format_of_dates_with_its_font_and_fill_kept(tmp_path):
    path = workbook(tmp_path, A1="{{return.date}}")
    book = openpyxl.load_workbook(path)
    book.active["A1"].font, book.active["A1"].fill = (
        Font(name="宋体", size=14, bold=True),
        PatternFill("solid", "FFF2CC"),
    )

    _, book = filled(saved(book, tmp_path))

    cell = book.active["A1"]
    assert cell.value == datetime(2026, 11, 22)
    assert (cell.number_format, cell.font.sz, cell.font.name, cell.fill.fgColor.rgb) == (
        "yyyy-mm-dd", 14, "宋体", "00FFF2CC",
    )  # fmt: skip


def test_a_format_of_dates_that_the_bureau_chose_stays(tmp_path):
    path = workbook(tmp_path, A1="{{return.date}}")
    book = openpyxl.load_workbook(path)
    book.active["A1"].number_format = 'yyyy"年"m"月"d"日"'

    _, book = filled(saved(book, tmp_path))

    assert book.active["A1"].number_format == 'yyyy"年"m"月"d"日"'


def test_days_are_counted_from_1904_where_the_workbook_does(tmp_path):
    path = rewritten(workbook(tmp_path, A1="{{return.date}}"), "xl/workbook.xml",
                     lambda data: re.sub(rb"<workbookPr\s*/>", b'<workbookPr date1904="1"/>', data))  # fmt: skip

    _, book = filled(path)

    assert book.active["A1"].value == datetime(2026, 11, 22)


def test_what_is_not_filled_says_so_and_is_never_nought(tmp_path):
    done, book = filled(workbook(tmp_path, A1="{{school.pupils@previous}}", B1="上年 {{school.pupils@previous}} 人"))

    assert [cell.value for cell in book.active[1]] == ["未填", "上年 未填 人"]
    assert done.unknown == ()


def test_an_unknown_code_is_named_with_its_cell_and_stays_as_it_is(tmp_path):
    done, book = filled(workbook(tmp_path, B2="{{school.puplis}}", C2="共 {{school.pupils}} 人，{{nobody}} 班"))

    assert done.unknown == (("年报!B2", "school.puplis"), ("年报!C2", "nobody"))
    assert book.active["B2"].value == "{{school.puplis}}"
    assert book.active["C2"].value == "共 1503 人，{{nobody}} 班"


def test_words_that_look_like_xml_or_a_formula_stay_words(tmp_path):
    values: dict[str, Value] = {"school.name": '=1+1<&>"甲"\x0b乙'}

    _, book = filled(workbook(tmp_path, A1="{{school.name}}", B1="校名：{{school.name}}"), values)

    assert book.active["A1"].value == '=1+1<&>"甲"乙'
    assert book.active["A1"].data_type == "s"
    assert book.active["B1"].value == '校名：=1+1<&>"甲"乙'


def test_runs_of_differing_fonts_stay_around_a_code(tmp_path):
    words = CellRichText("填报单位：", TextBlock(InlineFont(b=True, color="00FF0000"), "{{school.name}}"), "（盖章）")

    _, book = filled(workbook(tmp_path, A1=words))

    cell = book.active["A1"].value
    assert str(cell) == "填报单位：明德路小学（盖章）"
    assert cell[1].font.b is True


def test_a_code_cut_in_two_by_a_change_of_font_is_filled_all_the_same(tmp_path):
    words = CellRichText("校名{{school", TextBlock(InlineFont(b=True), ".name}}"), "。")

    done, book = filled(workbook(tmp_path, A1=words))

    assert str(book.active["A1"].value) == "校名明德路小学。"
    assert done.unknown == ()


def test_formulas_stay_but_forget_their_results_and_are_worked_out_on_opening(tmp_path):
    path = workbook(tmp_path, A1="{{school.pupils}}", B1="=A1*2", C1="甲")
    blank, remembered = rb'<c r="B1"><f>(.*?)</f><v\s*/?>(</v>)?</c>', rb'<c r="B1" t="e"><f>\1</f><v>#VALUE!</v></c>'
    rewritten(path, "xl/worksheets/sheet1.xml", lambda data: re.sub(blank, remembered, data))

    done, book = filled(path)

    assert book.active["B1"].value == "=A1*2"
    with zipfile.ZipFile(io.BytesIO(done.data)) as parts:
        assert b"#VALUE!" not in parts.read("xl/worksheets/sheet1.xml")
        assert b'fullCalcOnLoad="1"' in parts.read("xl/workbook.xml")


def test_a_workbook_that_says_nothing_of_calculation_learns_to_calculate(tmp_path):
    path = rewritten(workbook(tmp_path, A1="{{school.pupils}}"), "xl/workbook.xml",
                     lambda data: re.sub(rb"<calcPr[^>]*/>", b"", data))  # fmt: skip

    done, book = filled(path)

    assert book.calculation.fullCalcOnLoad
    assert book.active["A1"].value == 1503
    assert done.written == (("年报!A1", "school.pupils"),)


def test_whatever_openpyxl_would_lose_is_still_there_byte_by_byte(tmp_path):
    lost = b'<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" xmlns:x14="x14"><x14:rule/></ext></extLst>'
    path = rewritten(workbook(tmp_path, A1="{{school.pupils}}", A2="甲"), "xl/worksheets/sheet1.xml",
                     lambda data: data.replace(b"</worksheet>", lost + b"</worksheet>"))  # fmt: skip
    path = rewritten(path, "xl/theme/theme1.xml", lambda data: data + b"<!-- ours -->")

    done = fill(read_template(path), VALUES)

    with zipfile.ZipFile(io.BytesIO(done.data)) as new, zipfile.ZipFile(path) as old:
        assert lost in new.read("xl/worksheets/sheet1.xml")
        untouched = [name for name in old.namelist() if name not in {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}]
        assert [new.read(name) for name in untouched] == [old.read(name) for name in untouched]


def test_sheets_whose_elements_bear_a_prefix_are_filled(tmp_path):
    def prefixed(data: bytes) -> bytes:
        named = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", data)
        return named.replace(b"xmlns=", b"xmlns:x=")

    path = rewritten(
        workbook(tmp_path, A1="{{school.pupils}}", B1="校名 {{school.name}}"), "xl/worksheets/sheet1.xml", prefixed
    )

    done, _ = filled(path)

    with zipfile.ZipFile(io.BytesIO(done.data)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<x:v>1503</x:v>" in sheet
    assert '<x:is><x:t xml:space="preserve">校名 明德路小学</x:t></x:is>' in sheet


def test_codes_in_headers_comments_and_text_boxes_are_named_since_nothing_is_filled_there(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "年报"
    book.active["A1"] = "{{school.pupils}}"
    book.active["A1"].comment = Comment("照 {{school.code}} 填", "教体局")
    book.active.oddHeader.center.text = "{{school.name}}"

    done, _ = filled(saved(book, tmp_path))

    assert ("批注", "school.code") in done.unknown
    assert ("年报（页眉页脚等处）", "school.name") in done.unknown


def test_a_file_that_is_no_workbook_is_told_in_a_sentence(tmp_path):
    for name, data in (("甲.xlsx", b"not a zip"), ("乙.xls", b"\xd0\xcf\x11\xe0" * 8)):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(FileTrouble, match=r"另存为 \.xlsx"):
            read_template(tmp_path / name)
    with pytest.raises(FileTrouble, match=r"打不开「丙\.xlsx」"):
        read_template(tmp_path / "丙.xlsx")


def test_a_workbook_with_a_document_type_is_refused(tmp_path):
    path = rewritten(workbook(tmp_path, A1="x"), "xl/workbook.xml",
                     lambda data: b'<!DOCTYPE a [<!ENTITY b "c">]>' + data.partition(b"?>")[2])  # fmt: skip

    with pytest.raises(FileTrouble):
        read_template(path)


def test_the_same_template_and_figures_give_the_same_bytes(tmp_path):
    book = read_template(SAMPLE)

    assert fill(book, VALUES).data == fill(read_template(SAMPLE), VALUES).data


def test_the_codes_of_a_template_are_found_in_the_order_in_which_they_stand():
    found = placeholders(read_template(SAMPLE))

    assert found[:4] == ("return.year", "school.name", "school.code", "school.pupils")
    assert len(found) == 29
    assert found[-2:] == ("school.clerk", "return.date")


def test_the_bureaus_sample_keeps_all_that_must_survive():
    values: dict[str, Value] = dict.fromkeys(placeholders(read_template(SAMPLE)), 7)
    before = openpyxl.load_workbook(SAMPLE).active

    done, book = filled(SAMPLE, values)

    after = book.active
    assert len(done.written) == 29
    assert str(after.merged_cells) == str(before.merged_cells)
    assert [(str(one.sqref), one.type, one.formula1) for one in after.data_validations.dataValidation] == [
        (str(one.sqref), one.type, one.formula1) for one in before.data_validations.dataValidation
    ]
    assert after.protection.sheet
    assert [after[f"F{row}"].value for row in range(4, 16)] == [f"=D{row}-E{row}" for row in range(4, 16)]
    assert (after.print_area, after.print_title_rows, after.freeze_panes) == (
        before.print_area, before.print_title_rows, before.freeze_panes,
    )  # fmt: skip
    for row, old_row in zip(after.iter_rows(), before.iter_rows(), strict=True):
        for cell, old in zip(row, old_row, strict=True):
            assert cell.style_id == old.style_id
            assert cell.protection.locked == old.protection.locked
            assert (cell.border.left.style, cell.fill.fgColor.rgb) == (old.border.left.style, old.fill.fgColor.rgb)
