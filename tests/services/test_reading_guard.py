"""Files are looked over before they are read, and a file that breaks the parser breaks only the child."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from school_logistics.errors import Cancelled, FileTrouble
from school_logistics.services.reading import guard, process, worker
from school_logistics.services.reading.guard import Shape, admit
from school_logistics.services.reading.process import read_file

SAMPLES = Path(__file__).parents[1] / "samples"


def saved(folder: Path, *rows: list[object], name: str = "台账.xlsx") -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / name)
    return folder / name


def packed(path: Path, **entries: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def with_sheet_text(path: Path, text: bytes) -> Path:
    """The workbook with the text of its only sheet replaced."""
    with zipfile.ZipFile(path) as archive:
        entries = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    entries["xl/worksheets/sheet1.xml"] = text
    return packed(path, **entries)


def sheet_xml(cells: str) -> bytes:
    return (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{cells}</sheetData></worksheet>"
    ).encode()


def test_two_cells_at_the_far_corners_are_refused_at_once_with_what_to_do(tmp_path):
    book = Workbook()
    book.active["A1"] = 1
    book.active["XFD1048576"] = 1
    book.save(tmp_path / "远.xlsx")

    with pytest.raises(FileTrouble, match=r"XFD1048576.*请删去远处多余的行列"):
        read_file(tmp_path / "远.xlsx")


def test_far_cells_that_hold_only_a_format_do_no_harm(tmp_path):
    path = with_sheet_text(
        saved(tmp_path, ["甲"]),
        sheet_xml('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/><c r="XFC1"></c></row>'),
    )

    assert read_file(path)[0].rows == [[1.0]]


def test_a_far_cell_across_two_chunks_is_still_seen(tmp_path, monkeypatch):
    monkeypatch.setattr(guard, "_CHUNK", 64)
    monkeypatch.setattr(guard, "_OVERLAP", 200)
    path = with_sheet_text(
        saved(tmp_path, ["甲"]), sheet_xml('<row r="1"><c r="A1"><v>1</v></c><c r="ZZ1"><v>2</v></c></row>')
    )

    with pytest.raises(FileTrouble, match="ZZ1"):
        admit(path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    bomb = packed(
        tmp_path / "炸弹.xlsx",
        **{"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b" " * 60_000_000},
    )

    with pytest.raises(FileTrouble, match="解开后异常庞大"):
        read_file(bomb)


def test_far_too_many_entries_are_refused(tmp_path):
    path = packed(tmp_path / "多.xlsx", **{"xl/workbook.xml": b""}, **{f"xl/{i}.xml": b"" for i in range(2001)})

    with pytest.raises(FileTrouble, match="异常庞大"):
        admit(path)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("空.xlsx", b"", "空文件"),
        ("单.pdf", b"%PDF-1.7 ...", "PDF"),
        ("照片.xlsx", b"\x89PNG\r\n", "图片"),
        ("包.xlsx", b"Rar!\x1a\x07", "压缩包"),
        ("网页.xls", b"<html><table></table></html>", "网页"),
        ("二进制.csv", b"abc\x00\x01", "认不出这个文件的格式"),
        ("旧.doc", b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "Word"),
        ("锁.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "取消密码"),
        ("怪.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "认不出这个文件里的表格"),
        ("坏.xls", b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le") * 50, "损坏"),
        ("断.xlsx", b"PK\x03\x04 cut off", "损坏"),
        ("乱码.csv", b"\xff\xff\xff\xff,\x81", "编码"),
    ],
)
def test_what_is_no_readable_table_is_named_and_the_way_out_is_told(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)

    with pytest.raises(FileTrouble, match=said) as refusal:
        read_file(tmp_path / name)

    assert "请" in str(refusal.value)


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ({"word/document.xml": b""}, "Word"),
        ({"ppt/slides.xml": b""}, "演示文稿"),
        ({"台账/九月.xlsx": b""}, "先解压"),
    ],
)
def test_other_archives_are_named(tmp_path, entries, said):
    with pytest.raises(FileTrouble, match=said):
        admit(packed(tmp_path / "包.xlsx", **entries))


def test_a_missing_file_a_folder_and_a_huge_file_are_refused(tmp_path, monkeypatch):
    with pytest.raises(FileTrouble, match="找不到文件"):
        admit(tmp_path / "没有.xlsx")
    with pytest.raises(FileTrouble, match="文件夹"):
        admit(tmp_path)
    monkeypatch.setattr(guard, "MOST_BYTES", 10)
    (tmp_path / "大.csv").write_text("0123456789,")
    with pytest.raises(FileTrouble, match="上限"):
        admit(tmp_path / "大.csv")


def test_content_counts_and_not_the_ending_of_the_name(tmp_path):
    book = saved(tmp_path, ["品名"], ["大米"]).rename(tmp_path / "台账.csv")
    text = tmp_path / "台账.xls"
    text.write_text("品名\n大米\n", "utf-8")

    assert admit(book) is Shape.WORKBOOK
    assert admit(text) is Shape.TEXT
    assert read_file(book)[0].rows == read_file(text)[0].rows == [["品名"], ["大米"]]


def test_every_sample_is_read_sheet_by_sheet():
    names = {path.name: [sheet.name for sheet in read_file(path)] for path in SAMPLES.glob("*.xls*")}

    assert names["校车与驾驶人.xlsx"] == ["驾驶人", "校车"]
    assert len(names["食堂采购台账_2025-2026学年.xlsx"]) == 13
    assert names["供货商档案.xls"] == ["供货商"]


def test_cells_keep_their_types_and_their_places(tmp_path):
    moment = datetime(2026, 3, 5, 7, 30)
    path = saved(tmp_path, [], [None, "文字", 1, 2.5, True, date(2026, 3, 5), moment, time(14, 0), timedelta(hours=30)])

    rows = read_file(path)[0].rows

    assert rows[0] == [None] * 9
    assert rows[1] == [None, "文字", 1.0, 2.5, True, date(2026, 3, 5), moment, time(14, 0), "30:00"]


def test_hidden_sheets_are_marked_and_only_the_wanted_sheet_is_read(tmp_path):
    book = Workbook()
    book.active.title = "九月"
    book.active.append(["甲"])
    book.create_sheet("去年").append(["乙"])
    book["去年"].sheet_state = "hidden"
    book.save(tmp_path / "两张.xlsx")

    everything = read_file(tmp_path / "两张.xlsx")
    one = read_file(tmp_path / "两张.xlsx", only="去年")

    assert [(sheet.name, sheet.hidden) for sheet in everything] == [("九月", False), ("去年", True)]
    assert [(sheet.name, sheet.rows) for sheet in one] == [("九月", []), ("去年", [["乙"]])]


def test_csv_is_understood_in_the_encodings_of_chinese_offices(tmp_path):
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes("姓名\t电话\n堃雨㛃\t13800000012\n".encode(encoding))

        assert read_file(path)[0].rows == [["姓名", "电话"], ["堃雨㛃", "13800000012"]]


def test_csv_beyond_the_limits_is_refused(tmp_path):
    wide = tmp_path / "宽.csv"
    wide.write_text(",".join("甲" * 201))
    broken = tmp_path / "引号.csv"
    broken.write_text('甲,"' + "乙" * 40_000)

    with pytest.raises(FileTrouble, match="200 列"):
        read_file(wide)
    with pytest.raises(FileTrouble, match="不像表格"):
        read_file(broken)


def test_a_child_that_dies_leaves_a_sentence_and_no_traceback(tmp_path, monkeypatch):
    path = saved(tmp_path, ["甲"])
    for program in ("import os; os.abort()", "print('no json')", "print('[[1]]')"):
        monkeypatch.setattr(process, "_command", lambda program=program: [sys.executable, "-c", program])

        with pytest.raises(FileTrouble, match="没有改动任何数据"):
            read_file(path)


def test_reading_that_takes_too_long_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(process, "_command", lambda: [sys.executable, "-c", "import time; time.sleep(60)"])

    with pytest.raises(FileTrouble, match="已停止"):
        read_file(saved(tmp_path, ["甲"]), patience=0.2)


def test_reading_can_be_cancelled_between_sheets(tmp_path):
    heard: list[tuple[int, int]] = []

    def told(done: int, total: int) -> None:
        heard.append((done, total))
        raise Cancelled

    with pytest.raises(Cancelled):
        read_file(SAMPLES / "校车与驾驶人.xlsx", told=told)

    assert heard == [(1, 2)]


def test_the_frozen_program_starts_itself_as_the_child(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    assert process._command() == [sys.executable, "--import-worker"]


def test_the_child_sends_one_document_a_line_and_then_the_end(tmp_path):
    out = io.BytesIO()

    worker.send(saved(tmp_path, ["甲", date(2026, 3, 5)]), None, out)

    assert [json.loads(line) for line in out.getvalue().splitlines()] == [
        {"book": 1, "seal": ""},
        {"sheet": "Sheet", "hidden": False, "merged": []},
        [["甲", ["2026-03-05"]]],
        {"end": True},
    ]


def test_a_file_that_another_program_holds_is_a_sentence(tmp_path, monkeypatch):
    def held(_path: Path) -> Shape:
        raise PermissionError

    monkeypatch.setattr(worker, "admit", held)
    out = io.BytesIO()

    worker.send(tmp_path / "台账.xlsx", None, out)

    assert "请关闭后重试" in json.loads(out.getvalue())["trouble"]


def test_an_old_workbook_that_is_too_long_is_refused_after_opening(tmp_path, monkeypatch):
    monkeypatch.setattr(worker, "MOST_ROWS", 3)
    out = io.BytesIO()

    worker.send(SAMPLES / "供货商档案.xls", None, out)

    assert "供货商" in json.loads(out.getvalue().splitlines()[-1])["trouble"]


def test_the_child_loads_hardly_anything_before_it_looks_at_the_file():
    program = (
        "import sys; from school_logistics.services.reading import worker; "
        "print([name for name in ('sqlalchemy', 'openpyxl', 'PySide6', 'decimal', 'python_calamine') "
        "if name in sys.modules])"
    )
    # Measuring coverage loads modules of its own into every child.
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=unmeasured)

    assert told.stdout.strip() == "[]"


CELLS = st.one_of(
    st.none(),
    st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="_"), min_size=1, max_size=12).filter(
        lambda text: text.strip() == text and not text.startswith("=")
    ),
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9, allow_nan=False).map(lambda number: round(number, 4)),
    st.booleans(),
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
)


@settings(max_examples=25)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=8))
def test_whatever_stands_in_a_workbook_comes_out_of_the_child_unchanged(tmp_path_factory, rows):
    path = saved(tmp_path_factory.mktemp("cells"), *rows)

    read = read_file(path)[0].rows

    for row, cells in zip(rows, [*read, *[[]] * len(rows)], strict=False):
        padded = [*cells, *[None] * (len(row) - len(cells))]
        assert padded[: len(row)] == row


def test_a_file_name_that_is_no_text_is_said_to_be_so(tmp_path):
    with pytest.raises(FileTrouble, match="文件名读不出"):
        read_file(tmp_path / "\udcb2\udcc9.xlsx")
