"""What is exported can be worked with, harms nobody, and imports again without changing anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from school_logistics import catalogue
from school_logistics.errors import Cancelled, FileTrouble
from school_logistics.models.ledger import Ledger
from school_logistics.rules.calendar import Month
from school_logistics.services import exporting, sheets
from school_logistics.services.desk import Desk
from school_logistics.services.exporting import export_ledger
from school_logistics.services.import_plan import Fate
from school_logistics.services.importing import Importer
from school_logistics.services.reading.process import read_file
from school_logistics.services.rows import Query
from tests.office import new_desk, purchase, supplier, write
from tests.test_every_ledger import fill, put

SAMPLES = Path(__file__).parents[1] / "samples"
EVERY_LEDGER = pytest.mark.parametrize("ledger", catalogue.LEDGERS, ids=lambda ledger: ledger.key)
BOTH = pytest.mark.parametrize("ending", [".xlsx", ".csv"])


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = new_desk()
    yield desk
    desk.store.close()


@EVERY_LEDGER
@BOTH
def test_importing_an_export_again_changes_nothing(desk, ledger: Ledger, ending: str, tmp_path):
    values = {
        key: field.tidy(value) if isinstance(value, str) and (field := ledger.field(key)).tidy else value
        for key, value in fill(desk, ledger).items()
    }
    put(desk, ledger, values)
    out = tmp_path / f"{ledger.label}{ending}"

    many = export_ledger(desk, ledger, out)
    plan = Importer(desk).plan(ledger, out)

    assert many == desk.count(ledger, Query())
    assert [one.reason for one in plan.refused] == []
    assert [sheet.reason for sheet in plan.sheets_skipped] == []
    assert (len(plan.rows), plan.count(Fate.SAME)) == (many, many)
    assert plan.new_names == ()


AWKWARD = (
    "合计", "小计：", "-", "—", "/", "同上", "〃", "=x", "'=x", "''", "abc", "ABC", "大 米", "大米", "*大米",
    "备注：好", "+1", "12", "制表人：", "2026-10-01", "品名",
)  # fmt: skip


@BOTH
def test_words_that_a_clerk_uses_as_marks_are_only_words_in_an_export(desk, ending: str, tmp_path):
    importer = Importer(desk)
    known = supplier(desk)
    bought = {"quantity": "1", "unit": "公斤", "unit_price": "2", "lot_no": "L1", "remark": "-"}
    for name in AWKWARD:
        one = write(desk, "ingredient", name=name, category="蔬菜")
        desk.save(
            desk.ledger("food_purchase"),
            desk.blank(desk.ledger("food_purchase"))
            | {key: desk.read(desk.ledger("food_purchase"), key, typed) for key, typed in bought.items()}
            | {"ingredient": one, "supplier": known, "specification": name},
        )

    for key in ("ingredient", "food_purchase"):
        export_ledger(desk, desk.ledger(key), tmp_path / f"{key}{ending}")
        plan = importer.plan(desk.ledger(key), tmp_path / f"{key}{ending}")

        assert (len(plan.rows), plan.count(Fate.SAME)) == (len(AWKWARD), len(AWKWARD)), plan.refused
        assert plan.new_names == ()


def test_an_export_that_a_clerk_went_on_with_is_read_as_a_clerks_table(desk, tmp_path):
    purchase(desk)
    ledger, out = desk.ledger("food_purchase"), tmp_path / "采购.xlsx"
    export_ledger(desk, ledger, out)
    book = load_workbook(out)
    book.active.insert_rows(4)
    for column, cell in enumerate(book.active[3], 1):
        book.active.cell(4, column, cell.value)
    names = [one.key for one in ledger.fields]
    book.active.cell(4, names.index("quantity") + 1, 7)
    book.active.cell(4, names.index("ingredient") + 1, "〃")
    book.save(out)

    plan = Importer(desk).plan(ledger, out)

    assert [row.fate for row in plan.rows] == [Fate.SAME, Fate.ADD]
    assert plan.new_names == ()


@BOTH
@pytest.mark.parametrize(
    ("key", "file"),
    [
        ("food_purchase", "食堂采购台账_2025-2026学年.xlsx"),
        ("supplier", "供货商档案.xls"),
        ("fire_equipment", "消防器材台账.xlsx"),
        ("driver", "校车与驾驶人.xlsx"),
        ("bus", "校车与驾驶人.xlsx"),
        ("milk_order", "饮用奶与校服征订_2026秋.xlsx"),
        ("uniform_order", "饮用奶与校服征订_2026秋.xlsx"),
        ("disinfection", "宿舍消毒记录_2026-10.csv"),
    ],
)
def test_samples_go_in_and_out_and_in_again(desk, key: str, file: str, ending: str, tmp_path):
    importer, ledger = Importer(desk), desk.ledger(key)
    importer.commit(importer.plan(ledger, SAMPLES / file), skip_refused=True)
    out = tmp_path / f"导出{ending}"

    many = export_ledger(desk, ledger, out)
    plan = importer.plan(ledger, out)

    assert (len(plan.rows), plan.count(Fate.SAME)) == (many, many)
    assert plan.refused == ()
    assert plan.warnings == ()


def test_an_export_fills_another_office_with_the_same_records(desk, tmp_path):
    importer, ledger = Importer(desk), desk.ledger("fire_equipment")
    importer.commit(importer.plan(ledger, SAMPLES / "消防器材台账.xlsx"), skip_refused=True)
    export_ledger(desk, ledger, tmp_path / "消防.xlsx")
    elsewhere = new_desk()

    done = Importer(elsewhere).commit(Importer(elsewhere).plan(ledger, tmp_path / "消防.xlsx"))

    assert done.added == 97
    for key in ("equipment_no", "made_on", "scrap_on", "keeper.name"):
        with desk.store.reading() as one, elsewhere.store.reading() as other:
            ours = desk.listing.values(one, ledger, desk.ids(ledger, Query()))
            theirs = elsewhere.listing.values(other, ledger, elsewhere.ids(ledger, Query()))
        assert [row.get(key) for row in ours.values()] == [row.get(key) for row in theirs.values()]
    elsewhere.store.close()


def test_a_workbook_holds_dates_as_dates_amounts_as_numbers_and_numbers_of_papers_as_text(desk, tmp_path):
    purchase(desk, quantity="37.5", unit_price="3.86", note_no="00123456789012345678")
    out = tmp_path / "采购.xlsx"

    export_ledger(desk, desk.ledger("food_purchase"), out, Query(Month(2026, 11)))

    sheet = load_workbook(out).active
    column = {cell.value: cell.column for cell in sheet[2]}
    row = {name: sheet.cell(3, place) for name, place in column.items()}
    assert sheet["A1"].value == "采购台账（2026年11月）"
    assert (row["进货日期"].value, row["进货日期"].number_format) == (datetime(2026, 11, 20), "yyyy-mm-dd")
    assert (row["金额（元）"].value, row["金额（元）"].number_format) == (144.75, "#,##0.00")
    assert (row["送货单号"].value, row["送货单号"].number_format) == ("00123456789012345678", "@")
    assert row["品名"].value == "土豆"
    assert sheet.cell(4, 1).value == "合计"
    assert sheet.cell(4, column["金额（元）"]).value.startswith("=SUBTOTAL(109,")


def test_a_workbook_is_ready_to_be_read_and_printed(desk, tmp_path):
    purchase(desk)

    export_ledger(desk, desk.ledger("food_purchase"), tmp_path / "采购.xlsx")

    sheet = load_workbook(tmp_path / "采购.xlsx").active
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref.startswith("A2:")
    assert sheet.print_title_rows == "$1:$2"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert all(dimension.width >= 5 for dimension in sheet.column_dimensions.values())


def test_an_empty_ledger_gives_headings_to_fill_in(desk, tmp_path):
    assert export_ledger(desk, desk.ledger("supplier"), tmp_path / "空.xlsx") == 0

    sheet = load_workbook(tmp_path / "空.xlsx").active
    assert [cell.value for cell in sheet[2]][:2] == ["供货单位", "统一社会信用代码"]
    assert Importer(desk).plan(desk.ledger("supplier"), tmp_path / "空.xlsx").trouble == ""


def test_long_ledgers_are_streamed_with_the_same_content(desk, tmp_path, monkeypatch):
    for day in range(1, 6):
        purchase(desk, bought_on=f"2026-11-{day:02}", produced_on=f"2026-11-{day:02}", note_no=f"=1+{day}")
    export_ledger(desk, desk.ledger("food_purchase"), tmp_path / "短.xlsx")
    monkeypatch.setattr(exporting, "STYLED_UP_TO", 3)

    export_ledger(desk, desk.ledger("food_purchase"), tmp_path / "长.xlsx")

    assert read_file(tmp_path / "长.xlsx")[0].rows == read_file(tmp_path / "短.xlsx")[0].rows
    assert load_workbook(tmp_path / "长.xlsx").active.freeze_panes == "A3"


@pytest.mark.parametrize("name", ["=1+1", "+86公司", "-号公司", "@公司", "＝1+1", "\u0001暗号"])
def test_no_name_becomes_a_formula_and_all_come_back(desk, tmp_path, name):
    one = supplier(desk, name)
    kept = desk.draft(desk.ledger("supplier"), one)["name"]

    for ending in (".xlsx", ".csv"):
        export_ledger(desk, desk.ledger("supplier"), tmp_path / f"名{ending}")
        plan = Importer(desk).plan(desk.ledger("supplier"), tmp_path / f"名{ending}")
        assert plan.refused == ()
        if kept == name and name.isprintable():
            assert plan.count(Fate.SAME) == 1
    cell = load_workbook(tmp_path / "名.xlsx").active["A3"]
    assert cell.data_type == "s"
    assert bool(cell.quotePrefix) == name.startswith(("=", "+", "-", "@", "＝"))
    text = (tmp_path / "名.csv").read_text("utf-8-sig").splitlines()[1]
    assert text.startswith(f"'{name}") or not name.startswith(("=", "+", "-", "@", "＝"))


def test_csv_opens_right_in_excel_and_negative_numbers_stay_numbers(desk, tmp_path):
    purchase(desk)

    export_ledger(desk, desk.ledger("food_purchase"), tmp_path / "采购.csv")

    content = (tmp_path / "采购.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert "2026-11-20,土豆" in content.decode("utf-8-sig")
    assert exporting._guarded("-2.5") == "-2.5"
    assert exporting._guarded("-2.5元") == "'-2.5元"


def test_other_endings_are_refused_and_nothing_is_written(desk, tmp_path):
    with pytest.raises(FileTrouble, match="只能导出为"):
        export_ledger(desk, desk.ledger("supplier"), tmp_path / "供货商.pdf")

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_replaced_keeps_its_content(desk, tmp_path, monkeypatch):
    out = tmp_path / "供货商.csv"
    out.write_text("旧内容")

    def open_elsewhere(*_: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr("os.replace", open_elsewhere)
    with pytest.raises(FileTrouble, match="写不了"):
        export_ledger(desk, desk.ledger("supplier"), out)

    assert [path.name for path in tmp_path.iterdir()] == ["供货商.csv"]
    assert out.read_text() == "旧内容"


def test_an_export_can_be_stopped(desk, tmp_path):
    class Stopped:
        def step(self, done: int, total: int, what: str) -> None:
            raise Cancelled

    purchase(desk)
    with pytest.raises(Cancelled):
        export_ledger(desk, desk.ledger("food_purchase"), tmp_path / "采购.xlsx", progress=Stopped())

    assert list(tmp_path.iterdir()) == []


def test_headings_name_the_unit_only_of_numbers(desk):
    headings = [sheets.heading(one) for one in desk.ledger("food_purchase").fields]

    assert "金额（元）" in headings
    assert "品名" in headings
