"""The month's pack: what it lacks, how its forms stand, and the files it is written into."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import event

from school_logistics import catalogue
from school_logistics.errors import Cancelled, FileTrouble, OfficeError
from school_logistics.models.record import Origin
from school_logistics.rules.calendar import Month
from school_logistics.services.desk import Desk
from school_logistics.services.missing import DRAFT
from school_logistics.services.month import MonthPack
from tests.filled_office import fill
from tests.filling import MONTH
from tests.office import new_desk, purchase, supplier, write
from tests.reports.paper_reader import Printed

NOVEMBER = Month(2026, 11)


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = new_desk()
    yield desk
    desk.store.close()


@pytest.fixture
def pack(desk: Desk) -> MonthPack:
    return MonthPack(desk)


@pytest.fixture(scope="module")
def filled() -> Iterator[MonthPack]:
    desk = fill(new_desk(), lines=12)
    yield MonthPack(desk)
    desk.store.close()


def bring_in(desk: Desk, key: str, *rows: dict[str, object]) -> None:
    """Put rows in as an import does: what the law wants may be lacking."""
    ledger = desk.ledger(key)
    with desk.store.unit_of_work("导入", "赵甲子") as session:
        columns = [field.key for field in ledger.fields if field.kept is None]
        told = [{column: row.get(column) for column in columns} | row for row in rows]
        desk.store.add_many(session, ledger.record, told, origin=Origin.IMPORTED.value)


def words(pack: MonthPack, month: Month = NOVEMBER) -> dict[str, str]:
    return {state.code: state.word for state in pack.states(month)}


def test_an_empty_office_lacks_every_form_with_its_reason_and_the_name_of_the_school(pack):
    found = pack.missing(NOVEMBER)

    assert [one.form for one in found] == [*(form.code for form in catalogue.FORMS), ""]
    assert {one.form: one.why for one in found}["C10"] == "本月没有留样记录"
    assert found[-1].ledger == "school"
    assert all(one.id is None for one in found)
    assert set(words(pack).values()) == {"无记录"}


def test_a_gap_is_told_with_its_day_its_record_its_clause_and_its_row(desk, pack):
    purchase(desk)
    kept = purchase(desk, bought_on="2026-11-02", produced_on="2026-11-01")
    draft = desk.draft(desk.ledger("food_purchase"), kept)
    bring_in(desk, "food_purchase", {**draft, "produced_on": None, "lot_no": None, "bought_on": date(2026, 11, 9)})

    gaps = [one for one in pack.missing(NOVEMBER) if one.form == "C03"]

    assert [(one.day, one.title, one.field, one.place) for one in gaps] == [("11-09", "土豆", "produced_on", "第 2 行")]
    assert gaps[0].why == "生产日期和生产批号至少填一样"
    assert "食品安全法" in gaps[0].clause
    assert words(pack)["C03"] == "缺 1"


def test_what_the_desk_would_refuse_on_screen_and_what_is_missing_are_the_same(desk, pack):
    bring_in(desk, "retained_sample", {"taken_at": datetime(2026, 11, 20, 11, 20), "dish": "杂粮饭", "grams": 100})

    gaps = {one.field for one in pack.missing(NOVEMBER) if one.form == "C10"}

    assert gaps == {"meal", "grams", "sampler"}


def test_rows_of_another_month_are_not_this_months_gaps(desk, pack):
    bring_in(desk, "retained_sample", {"taken_at": datetime(2026, 10, 30, 23, 59), "dish": "米饭"})

    assert [one.id for one in pack.missing(NOVEMBER) if one.form == "C10"] == [None]
    assert [one.id for one in pack.missing(Month(2026, 10)) if one.form == "C10"] == [1, 1, 1]


def test_a_file_of_which_only_the_name_is_known_is_listed_as_a_draft(desk, pack):
    bring_in(desk, "ingredient", {"name": "木耳", "category": "菌菇干货", "unit": "公斤", "incomplete": True})

    drafts = [one for one in pack.missing(NOVEMBER) if one.title == "木耳"]

    assert [(one.form, one.ledger, one.why, one.place) for one in drafts] == [("", "ingredient", DRAFT, "第 1 行")]


def test_a_supplier_who_left_before_the_month_is_no_gap_of_it(desk, pack):
    bring_in(desk, "supplier", {"name": "旧供货商", "exited_on": date(2026, 6, 30)}, {"name": "新供货商"})

    assert {one.title for one in pack.missing(NOVEMBER) if one.form == "C01"} == {"新供货商"}


def test_a_month_without_a_school_day_asks_for_no_monthly_form(pack):
    asked = {one.form for one in pack.missing(Month(2026, 8))}

    assert "C10" not in asked
    assert "F-MLK-01" not in asked
    assert "C01" in asked, "files are kept in the holidays too"


def test_a_hazard_stays_on_the_register_until_the_month_in_which_it_is_struck_off(desk, pack):
    told = {"source": "月检查", "place": "门厅", "category": "消防", "description": "应急灯不亮", "level": "一般",
            "corrective_action": "换电池"}  # fmt: skip
    closed = {"hazard_no": "YH-1", "found_on": date(2026, 9, 3), "closed_on": date(2026, 10, 5)}
    bring_in(desk, "hazard", told | closed, {**told, "hazard_no": "YH-2", "found_on": date(2026, 9, 4)})

    states = {month: pack.states(Month(2026, month)) for month in (8, 9, 10, 11)}
    rows = {month: next(one.rows for one in told if one.code == "S2") for month, told in states.items()}

    assert rows == {8: 0, 9: 2, 10: 2, 11: 1}


def test_a_filled_month_is_ready_to_print(filled):
    states = filled.states(MONTH)
    wanting = {"S2", *(form.code for form in catalogue.FORMS if form.ledger.duties)}

    assert {state.word for state in states if state.code not in wanting} == {"可打印"}
    assert [state.code for state in states] == [form.code for form in catalogue.FORMS]
    assert all(state.rows and not state.empty for state in states)


def test_missing_cells_are_hatched_in_the_preview_and_never_on_paper(desk, pack):
    bring_in(desk, "retained_sample", {"taken_at": datetime(2026, 11, 20, 11, 20), "dish": "杂粮饭"})

    assert Printed(pack.draw("C10", NOVEMBER, preview=True).data).reddish() > 100
    assert Printed(pack.draw("C10", NOVEMBER).data).reddish() == 0


def test_the_pack_has_a_cover_and_a_bookmark_for_every_form(filled):
    printed = Printed(filled.pack(MONTH).data)
    states = {state.code: state for state in filled.states(MONTH)}

    top = [one.title for one in printed.bookmarks if one.level == 0]
    assert top == ["学校后勤检查表汇总", *(f"{form.code} {form.title}" for form in filled.forms)]
    first = next(one.page for one in printed.bookmarks if one.title.startswith("C01"))
    cover = "".join(printed.pages[:first])
    assert all(form.title in cover and form.code in cover for form in filled.forms)
    assert f"缺 {states['S2'].gaps}" in cover
    assert f"{len(printed.pages) - first} 页（不含封面）" in cover
    below = [one.title for one in printed.bookmarks if one.level == 1]
    assert below[below.index("3号公寓") + 1] == "4号公寓"


def test_only_the_forms_asked_for_are_bound_in_the_order_asked(filled):
    assert len(filled.pack(MONTH, only=("D3", "C01")).pages) == 3


def test_a_code_that_is_none_is_refused_naming_those_there_are(pack):
    with pytest.raises(OfficeError, match="没有编号为「C99」的表；有：C01、C02"):
        pack.draw("C99", NOVEMBER)


def test_every_form_is_written_into_a_file_of_its_name_beside_the_pack(filled, tmp_path: Path):
    written = filled.write(MONTH, tmp_path / "out")

    assert [one.code for one in written] == [form.code for form in filled.forms]
    assert written[2].file.name == "C03_食品进货查验记录_2026-10.pdf"
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        *(one.file.name for one in written),
        "PACK_2026-10.pdf",
    }
    for one in written:
        assert len(Printed(one.file.read_bytes()).pages) == one.pages
    bound = Printed(filled.pack_file(MONTH, tmp_path / "out").read_bytes())
    first = next(one.page for one in bound.bookmarks if one.title.startswith("C01"))
    assert len(bound.pages) - first == sum(one.pages for one in written)


def test_forms_printed_alone_leave_the_pack_of_the_month_as_it_lies_there(filled, tmp_path: Path):
    pack = filled.pack_file(MONTH, tmp_path)
    pack.write_bytes(b"the whole month")
    progress = StopsAt(-1)

    written = filled.write(MONTH, tmp_path, only=("X1", "C01"), progress=progress)

    assert [one.code for one in written] == ["X1", "C01"]
    assert pack.read_bytes() == b"the whole month"
    assert progress.heard == [(0, 2), (1, 2), (2, 2)]


def test_all_forms_named_one_by_one_are_the_whole_pack(filled, tmp_path: Path):
    filled.write(MONTH, tmp_path, only=tuple(form.code for form in filled.forms))

    assert filled.pack_file(MONTH, tmp_path).exists()


def test_writing_again_gives_the_same_files_to_the_byte(filled, tmp_path: Path):
    first = {one.file.name: one.file.read_bytes() for one in filled.write(MONTH, tmp_path)}
    assert {one.file.name: one.file.read_bytes() for one in filled.write(MONTH, tmp_path)} == first


def test_a_file_that_is_open_elsewhere_is_told_in_a_sentence_and_stays_as_it_was(
    filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    old = tmp_path / "C01_供货商档案登记表_2026-10.pdf"
    old.write_bytes(b"old")

    def refused(_path: Path, _target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(FileTrouble, match="可能正在别的程序里打开"):
        filled.write(MONTH, tmp_path, only=("C01",))

    assert [path.name for path in tmp_path.iterdir()] == [old.name], "no half-written file is left"
    assert old.read_bytes() == b"old"


def test_a_folder_that_is_a_file_is_told_in_a_sentence(filled, tmp_path: Path):
    (tmp_path / "out").write_text("")
    with pytest.raises(FileTrouble, match="不是文件夹"):
        filled.write(MONTH, tmp_path / "out", only=("C01",))


def test_a_full_disk_is_told_in_a_sentence(filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(_path: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(FileTrouble, match="磁盘是否已满"):
        filled.write(MONTH, tmp_path, only=("C01",))


class StopsAt:
    """A progress that is stopped at a step."""

    def __init__(self, step: int) -> None:
        self.at = step
        self.heard: list[tuple[int, int]] = []

    def step(self, done: int, total: int, what: str) -> None:
        assert what
        self.heard.append((done, total))
        if done == self.at:
            raise Cancelled


def test_writing_can_be_stopped_and_leaves_whole_files_only(filled, tmp_path: Path):
    progress = StopsAt(2)

    with pytest.raises(Cancelled):
        filled.write(MONTH, tmp_path, progress=progress)

    steps = len(catalogue.FORMS) + 1
    assert progress.heard == [(0, steps), (1, steps), (2, steps)]
    assert sorted(path.name[:3] for path in tmp_path.iterdir()) == ["C01", "C02"]


def test_progress_of_the_pack_is_told_to_its_end(filled):
    progress = StopsAt(-1)
    filled.pack(MONTH, progress=progress)
    assert progress.heard[-1] == (len(catalogue.FORMS) + 1,) * 2


@contextmanager
def statements(desk: Desk) -> Iterator[list[str]]:
    """Every statement sent to the data file."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(desk.store.engine, "before_cursor_execute", note)
    yield sent
    event.remove(desk.store.engine, "before_cursor_execute", note)


def test_the_number_of_statements_does_not_grow_with_the_rows(desk, pack):
    supplier(desk, "绿源蔬菜配送中心")
    purchase(desk)
    with statements(desk) as few:
        pack.pack(NOVEMBER)
    draft = desk.draft(desk.ledger("food_purchase"), 1)
    bring_in(desk, "food_purchase", *({**draft, "remark": f"第 {at} 车"} for at in range(300)))

    with statements(desk) as many:
        pack.pack(NOVEMBER)

    assert len(many) == len(few) < 80


def test_the_school_named_in_its_profile_stands_on_every_paper(desk, pack):
    write(desk, "school", name="明德路小学", school_code="3703900001", stage="小学", principal="周校", clerk="赵甲子")

    printed = Printed(pack.pack(NOVEMBER).data)

    assert all("学校（盖章）：明德路小学" in page for page in printed.pages)
    assert not [one for one in pack.missing(NOVEMBER) if one.ledger == "school"]
