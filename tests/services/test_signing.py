"""Printed forms as they are kept, printed again, compared, corrected and signed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from school_logistics.catalogue import FORMS
from school_logistics.errors import FileTrouble, OfficeError, StoreTrouble
from school_logistics.models.signed import Kept
from school_logistics.models.undo import TooLate
from school_logistics.rules.calendar import Month
from school_logistics.rules.short_code import shown
from school_logistics.services.form_states import FormState, Standing
from school_logistics.services.month import MonthPack
from school_logistics.services.scans import Scans
from school_logistics.services.signing import Printed, Signing
from tests.office import TODAY, new_desk, purchase
from tests.reports.paper_reader import Printed as Read

OCTOBER = Month(2026, 10)
SCAN = b"%PDF-1.4 signed and stamped"


class Room:
    """A print room without a window: a desk with two deliveries of October, and who keeps what is printed."""

    def __init__(self, folder: Path) -> None:
        self.now = datetime(2026, 11, 3, 9)
        self.desk = new_desk(clock=lambda: self.now)
        self.pack = MonthPack(self.desk, [form for form in FORMS if form.code in {"C01", "C03"}])
        self.signing = Signing(self.desk, self.pack)
        self.scans = Scans(self.desk, folder)
        self.one = purchase(self.desk, bought_on="2026-10-09", produced_on="2026-10-08")
        purchase(self.desk, bought_on="2026-10-12", produced_on="2026-10-11")

    def printed(self) -> Printed:
        """Print C03."""
        return self.signing.print_forms(OCTOBER, ["C03"])[0]

    def change(self, key: str, typed: str) -> None:
        """Type something else into the first delivery."""
        ledger = self.desk.ledger("food_purchase")
        draft = self.desk.draft(ledger, self.one)
        self.desk.save(ledger, draft | {key: self.desk.read(ledger, key, typed)}, self.one)

    def state(self) -> FormState:
        """How C03 stands."""
        return next(one for one in self.pack.states(OCTOBER) if one.code == "C03")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    room = Room(tmp_path)
    yield room
    room.desk.store.close()


def test_printing_unchanged_data_again_makes_no_new_version_and_gives_the_same_file(room: Room):
    first = room.printed()
    room.now = datetime(2027, 2, 1, 16, 30)
    again = room.printed()

    assert (first.new, again.new) == (True, False)
    assert again.copy.data == first.copy.data
    assert [one.code for one in room.signing.versions(OCTOBER)] == [first.code]
    assert f"短码{shown(first.code)}" in Read(first.copy.data).text


def test_a_kept_version_is_printed_again_to_the_byte_after_its_data_changed(room: Room):
    first = room.printed()
    room.change("quantity", "33")
    second = room.printed()

    assert second.code != first.code
    assert room.signing.reprint(room.signing.version(shown(first.code))) == first.copy.data
    assert second.copy.data == room.pack.draw("C03", OCTOBER).data


def test_the_same_data_back_again_is_the_first_version_again(room: Room):
    first = room.printed()
    room.change("quantity", "33")
    room.change("quantity", "31")
    assert room.printed().code == first.code
    assert room.state().standing is Standing.PRINTED


def test_a_form_goes_from_printable_to_waiting_to_signed_and_says_its_next_act(room: Room, tmp_path: Path):
    assert room.state().standing is Standing.READY
    printed = room.printed()
    assert (room.state().standing, room.state().word) == (Standing.PRINTED, "待签")
    assert shown(printed.code) in room.state().next_act

    file = tmp_path / "扫描.pdf"
    file.write_bytes(SCAN)
    paper = room.scans.bind(room.signing.version(printed.code), file, signed_on=date(2026, 11, 3))

    assert room.state().standing is Standing.SIGNED
    assert room.state().why == "已签字，扫描件已归档"
    assert paper.file == "签字扫描件/2026-10/" + Path(paper.file).name
    assert room.scans.file_of(paper).read_bytes() == SCAN
    assert re.fullmatch(
        rf"C03_食品进货查验记录_2026-10_{shown(printed.code)}_[0-9a-f]{{8}}\.pdf", Path(paper.file).name
    )


def test_a_later_change_shows_in_how_many_places_the_form_differs_and_where(room: Room):
    code = room.printed().code
    room.scans.keep_on_paper(room.signing.version(code), note="档案柜 2")
    room.change("supplier", "绿源蔬菜配送中心")
    assert room.state().why == "已签字，纸质存档"

    room.change("quantity", "33")

    state = room.state()
    assert state.why == f"与签字版不同 {len(state.differences)} 处"
    assert str(state.differences[0]) == "第 1 行 10-09 土豆，数量：31.00 → 33.00"
    assert state.word == f"不同 {len(state.differences)}"
    assert "更正说明" in state.next_act


def test_a_correction_note_names_version_differences_and_reason_and_its_signature_settles_the_form(room: Room):
    code = room.printed().code
    room.scans.keep_on_paper(room.signing.version(code), signed_on=date(2026, 11, 3))
    room.change("quantity", "33")

    press = room.signing.correct(room.signing.version(code), "送货单数量看错")
    press.keep()
    note = press.printed[0]

    said = Read(note.copy.data).text
    wanted = (
        "更正说明", "C03食品进货查验记录", shown(code), "31.00", "33.00", "送货单数量看错", "更正人", "2026-11-03",
        f"短码{shown(note.code)}",
    )  # fmt: skip
    assert [one for one in wanted if one not in said] == []
    assert room.state().standing is Standing.PRINTED
    room.scans.keep_on_paper(room.signing.version(note.code))
    assert room.state().standing is Standing.SIGNED
    room.change("quantity", "34")
    assert room.state().standing is Standing.DIFFERS


def test_a_correction_wants_a_reason_and_a_difference(room: Room):
    version = room.signing.version(room.printed().code)
    with pytest.raises(OfficeError, match="没有不同"):
        room.signing.correct(version, "看错")
    room.change("quantity", "33")
    with pytest.raises(OfficeError, match="要写明原因"):
        room.signing.correct(version, "  ")


def test_a_signature_noted_by_mistake_can_be_withdrawn_with_a_reason(room: Room):
    version = room.signing.version(room.printed().code)
    with pytest.raises(OfficeError, match="还没有签字登记"):
        room.scans.withdraw(version, "归错")
    room.scans.keep_on_paper(version)
    room.scans.withdraw(version, "归错了表")
    assert room.scans.signed(version) is None
    assert room.state().standing is Standing.PRINTED


def test_a_withdrawal_takes_back_the_entry_it_names_and_the_one_before_counts_again(room: Room):
    version = room.signing.version(room.printed().code)
    first = room.scans.keep_on_paper(version, note="档案柜2")
    second = room.scans.keep_on_paper(version, note="写错")

    assert room.scans.withdraw(version, "第二次写错").withdraws == second.id
    assert room.scans.signed(version) == first
    assert room.scans.withdraw(version, "第一次也写错").withdraws == first.id
    assert room.scans.signed(version) is None


def test_a_signed_version_that_says_what_stands_now_counts_and_else_the_one_signed_last(room: Room):
    one = room.signing.version(room.printed().code)
    room.scans.keep_on_paper(one)
    room.change("quantity", "33")
    other = room.signing.version(room.printed().code)
    room.scans.keep_on_paper(other)
    assert room.state().version == other

    room.change("quantity", "31")
    assert (room.state().standing, room.state().version) == (Standing.SIGNED, one)

    room.scans.keep_on_paper(one)
    room.change("quantity", "40")
    assert room.state().version == one, "signed last, though printed first"


def test_what_waits_for_a_signature_is_the_print_that_says_what_stands_now(room: Room):
    one = room.signing.version(room.printed().code)
    assert room.state().to_sign == one
    room.change("quantity", "33")
    room.scans.keep_on_paper(room.signing.version(room.printed().code))

    room.change("quantity", "31")

    assert room.state().to_sign == one
    assert shown(one.code) in room.state().next_act


def test_a_book_is_printed_and_kept_from_one_reading_with_its_cover(room: Room):
    book = room.signing.book(OCTOBER)
    book.press.keep()
    kept = room.signing.versions(OCTOBER)

    assert [one.form for one in kept] == ["C01", "C03", "PACK"]
    assert book.pages == sum(one.pages for one in kept)
    read = Read(book.data)
    for one in kept:
        assert f"短码{shown(one.code)}" in read.text
    cover = room.signing.version(shown(kept[-1].code))
    assert cover.title == "学校后勤检查表汇总"
    assert Read(room.signing.reprint(cover)).pages
    with pytest.raises(OfficeError, match="封面只列出这一本里有哪些表"):
        room.signing.differences(cover)

    room.now = datetime(2027, 2, 1, 16, 30)
    again = room.signing.book(OCTOBER)
    again.press.keep()
    assert again.data == book.data, "dated by the month, not by the clock"
    assert room.signing.versions(OCTOBER) == kept


@pytest.mark.parametrize(("content", "said"), [(b"PK\x03\x04", "不是 PDF、JPG 或 PNG"), (None, "读不了")])
def test_a_file_that_is_no_scan_is_refused_in_a_sentence(room: Room, tmp_path: Path, content: bytes | None, said: str):
    file = tmp_path / "扫描.xlsx"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(FileTrouble, match=said):
        room.scans.bind(room.signing.version(room.printed().code), file)
    assert room.state().standing is Standing.PRINTED


def test_a_scan_that_was_changed_or_lost_is_noticed(room: Room, tmp_path: Path):
    file = tmp_path / "照片.jpg"
    file.write_bytes(b"\xff\xd8\xff\xe0 a photograph")
    paper = room.scans.bind(room.signing.version(room.printed().code), file)
    place = room.scans.file_of(paper)
    assert (paper.kind, place.suffix) == (Kept.SCAN, ".jpg")

    place.write_bytes(b"\xff\xd8\xff\xe0 another")
    with pytest.raises(FileTrouble, match="被改过"):
        room.scans.file_of(paper)
    place.unlink()
    with pytest.raises(FileTrouble, match="不在了"):
        room.scans.file_of(paper)


def test_a_day_of_signing_before_printing_or_after_today_is_refused(room: Room):
    version = room.signing.version(room.printed().code)
    for wrong in (date(2026, 11, 2), date(2026, 11, 4)):
        with pytest.raises(OfficeError, match="签字日期"):
            room.scans.keep_on_paper(version, signed_on=wrong)


def test_an_unknown_code_is_told_in_a_sentence(room: Room):
    with pytest.raises(OfficeError, match="没有打印过短码为 W4TM-AY6Y"):
        room.signing.version("W4TM-AY6Y")


def test_what_was_printed_is_only_added_to_and_never_taken_back(room: Room):
    code = room.printed().code
    room.scans.keep_on_paper(room.signing.version(code))
    for table in ("printed_version", "printed_copy", "signed_paper"):
        with (
            pytest.raises(StoreTrouble, match="没有存上"),
            room.desk.store.beside_the_trail() as connection,
        ):
            connection.execute(text(f"DELETE FROM {table}"))
    assert room.desk.undoable() == "新增 采购台账：土豆", "the deed before the printing"
    with pytest.raises(TooLate, match="长期留底"):
        room.desk.undo_act(room.desk.acts(1)[0])
    assert room.desk.trail_is_whole()


def test_a_margin_for_binding_is_another_file_of_the_same_version(room: Room):
    plain = room.printed()
    room.pack.binding = True
    bound = room.printed()

    assert bound.code == plain.code
    assert bound.new
    assert "装" in Read(bound.copy.data).text
    assert not room.printed().new


def test_a_form_lacking_something_names_what_to_fill_first(room: Room):
    ledger = room.desk.ledger("food_purchase")
    with room.desk.store.unit_of_work("导入", "赵甲子") as session:
        draft = room.desk.draft(ledger, room.one)
        row = {field.key: draft[field.key] for field in ledger.fields if field.kept is None}
        row |= {"bought_on": date(2026, 10, 20), "produced_on": None, "lot_no": None}
        room.desk.store.add_many(session, ledger.record, [row], origin="导入")

    state = room.state()

    assert (state.standing, state.word) == (Standing.GAPS, f"缺 {state.gaps}")
    assert state.next_act == "先补 10-20 土豆的生产日期"
    assert state.first is not None
    assert state.first.field == "produced_on"


def test_what_is_only_laid_out_is_not_kept(room: Room):
    room.signing.lay_out(OCTOBER, ["C03"])
    assert room.signing.versions(OCTOBER) == []


def test_the_forms_of_a_month_are_kept_in_one_act(room: Room):
    room.signing.print_forms(OCTOBER, ["C01", "C03"])
    assert [one.form for one in room.signing.versions(OCTOBER)] == ["C01", "C03"]
    assert room.desk.acts(1)[0].title == "打印 2026年10月检查表 2 张：C01、C03"
    assert room.desk.today < TODAY
