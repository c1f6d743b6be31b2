"""Signing and closing in the print room, as the clerk does it at month's end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from school_logistics.catalogue import FORMS
from school_logistics.errors import FileTrouble
from school_logistics.models.signed import Version
from school_logistics.rules.calendar import Month
from school_logistics.rules.short_code import shown
from school_logistics.services.closing import Closing
from school_logistics.services.desk import Desk
from school_logistics.services.form_states import Standing
from school_logistics.services.month import MonthPack
from school_logistics.services.scans import Scans
from school_logistics.services.signing import Signing
from school_logistics.settings import Settings
from school_logistics.ui.buttons import Button
from school_logistics.ui.jobs import Progress
from school_logistics.ui.month_picker import MonthPicker
from school_logistics.ui.paper_services import PaperServices
from school_logistics.ui.print_room import PrintRoom
from school_logistics.ui.printer_settings import PrinterSettings
from school_logistics.ui.signing_strip import Sign
from school_logistics.ui.theme import Theme
from tests.office import purchase
from tests.ui.message_recorder import RecordedMessages
from tests.ui.page_stage import Stage, click
from tests.ui.typing import ENTER, Key, press, type_text

OCTOBER = Month(2026, 10)


class Tray:
    """A printer that keeps what was sent to it."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, bytes]] = []

    def ask(self, parent: QWidget, title: str, pages: int) -> Tray:
        """Nobody needs to choose."""
        return self

    def print_pdf(self, data: bytes, title: str, progress: Progress) -> int:
        """Take it."""
        self.sent.append((title, data))
        return 1


@dataclass
class Room:
    """A print room over two forms of October."""

    stage: Stage
    page: PrintRoom
    tray: Tray
    papers: PaperServices
    one: int

    def standing(self) -> Standing:
        """How C03 stands in the list."""
        return next(one.standing for one in self.page.forms.lines() if one.code == "C03")

    def change(self, quantity: str) -> None:
        """Type another quantity into the delivery."""
        desk = self.stage.office.desk
        ledger = desk.ledger("food_purchase")
        draft = desk.draft(ledger, self.one) | {"quantity": desk.read(ledger, "quantity", quantity)}
        desk.save(ledger, draft, self.one)
        self.page.refresh(frozenset())

    def kept(self) -> Version:
        """The version kept last."""
        return self.papers.signing.versions(OCTOBER)[-1]


@pytest.fixture
def room(desk: Desk, theme: Theme, messages: RecordedMessages, tmp_path: Path) -> Room:
    one = purchase(desk, bought_on="2026-10-09", produced_on="2026-10-08")
    pack = MonthPack(desk, [form for form in FORMS if form.code in {"C01", "C03"}])
    papers = PaperServices(pack, Signing(desk, pack), Scans(desk, tmp_path), Closing(desk, pack, tmp_path))
    stage, tray = Stage.over(desk, theme, messages), Tray()
    page = PrintRoom(stage.around, papers, tray)
    stage.around.changes.watch(desk)
    stage.around.changes.changed.connect(page.refresh)
    page.show_form("C03", OCTOBER)
    stage.show(page)
    return Room(stage, page, tray, papers, one)


def test_what_goes_to_the_printer_is_kept_and_waits_for_its_signature(room: Room):
    assert room.page.strip.isHidden()

    type_text("p")

    assert room.standing() is Standing.PRINTED
    assert shown(room.kept().code) in room.page.strip.told()
    assert room.page.missing.verdict().startswith("已打印，等签字")
    assert room.tray.sent == [("食品进货查验记录", room.papers.signing.reprint(room.kept()))]


def test_s_files_the_scan_of_the_form_that_is_looked_at(room: Room, messages: RecordedMessages, tmp_path: Path):
    type_text("p")
    messages.file = tmp_path / "扫描.png"
    messages.file.write_bytes(b"\x89PNG\r\n\x1a\n...")

    type_text("s")

    assert room.standing() is Standing.SIGNED
    assert shown(room.kept().code) in messages.asked[-1]
    click(room.page.strip.buttons[Sign.LOOK])
    assert messages.opened[-1].read_bytes() == messages.file.read_bytes()


def test_without_a_scanner_the_paper_is_noted_with_its_place_and_can_be_withdrawn(room: Room):
    type_text("p")
    click(room.page.strip.buttons[Sign.PAPER])
    type_text("档案柜 2")
    press(ENTER)
    assert room.standing() is Standing.SIGNED
    assert "档案柜 2" in room.page.strip.told()

    click(room.page.strip.buttons[Sign.WITHDRAW])
    press(ENTER)
    assert "写明原因" in room.stage.heard.messages[-1].what
    type_text("归错了")
    press(ENTER)
    assert room.standing() is Standing.PRINTED


def test_a_changed_form_lists_its_differences_prints_its_note_and_the_signed_version_again(room: Room):
    type_text("p")
    first = room.kept()
    room.papers.scans.keep_on_paper(first)
    room.change("33")

    assert room.standing() is Standing.DIFFERS
    assert "31.00 → 33.00" in [line.why for line in room.page.missing.view.lines()]
    click(room.page.strip.buttons[Sign.AGAIN])
    assert room.tray.sent[-1] == ("食品进货查验记录（签字版）", room.tray.sent[0][1])
    click(room.page.strip.buttons[Sign.CORRECT])
    assert room.page.strip.field.line.hasFocus()
    type_text("送货单数量看错")
    press(ENTER)

    assert room.tray.sent[-1][0] == "食品进货查验记录更正说明"
    assert room.kept().corrects == first.code
    room.page.refresh(frozenset())
    assert room.standing() is Standing.PRINTED


def test_the_reason_is_asked_once_and_a_second_enter_does_not_print_the_note_again(room: Room):
    type_text("p")
    room.papers.scans.keep_on_paper(room.kept())
    room.change("33")
    click(room.page.strip.buttons[Sign.CORRECT])
    press(ENTER)
    assert room.page.strip.asking(), "without a reason nothing is printed and the field stays"

    type_text("送货单数量看错")
    press(ENTER)
    printed = len(room.tray.sent)
    press(ENTER)

    assert not room.page.strip.asking()
    assert not room.page.strip.field.isVisible()
    assert len(room.tray.sent) == printed
    assert room.page.forms.hasFocus()


def test_the_scan_can_be_looked_at_while_the_form_differs_from_it(
    room: Room, messages: RecordedMessages, tmp_path: Path
):
    type_text("p")
    messages.file = tmp_path / "扫描.png"
    messages.file.write_bytes(b"\x89PNG\r\n\x1a\n...")
    type_text("s")
    room.change("33")
    assert room.standing() is Standing.DIFFERS

    click(room.page.strip.buttons[Sign.LOOK])

    assert messages.opened[-1].read_bytes() == messages.file.read_bytes()


def test_s_on_a_form_that_was_never_printed_says_what_comes_first(room: Room, messages: RecordedMessages):
    type_text("s")

    assert room.stage.heard.said[-1] == ("C03 还没有打印过，没有可归档的：先按 P 打印，签好字再按 S。", "soon")
    assert messages.asked == []


def test_s_on_a_form_that_is_filed_or_differs_says_so(room: Room, messages: RecordedMessages, tmp_path: Path):
    type_text("p")
    messages.file = tmp_path / "扫描.png"
    messages.file.write_bytes(b"\x89PNG\r\n\x1a\n...")
    type_text("ss")
    assert "已经归档" in room.stage.heard.said[-1][0]
    room.change("33")

    type_text("s")

    assert "与签字版不同" in room.stage.heard.said[-1][0]


def test_esc_gives_up_what_is_being_asked(room: Room):
    type_text("p")
    room.page.strip.press(Sign.PAPER)
    press(Key.Key_Escape)
    assert not room.page.strip.asking()


def test_a_short_code_brings_up_its_form_and_month(room: Room, messages: RecordedMessages):
    type_text("p")
    code = room.kept().code
    room.page.set_month(Month(2026, 9))
    room.page.foot.code.line.setFocus(Qt.FocusReason.OtherFocusReason)
    type_text(shown(code).lower())
    press(ENTER)

    assert (room.page.month, room.page.code()) == (OCTOBER, "C03")
    told = room.stage.heard.messages[-1]
    assert shown(code) in told.what
    assert [action.text for action in told.actions] == ["归档扫描件…"]

    room.page.find_code("W4TM-AY6Z")
    assert "校验位" in room.stage.heard.messages[-1].what


def test_the_month_is_closed_and_reopened_in_its_panel(room: Room, desk: Desk):
    click(room.page.head.close_month)
    panel = room.page.closing.panel
    assert panel.lines[3].startswith("还没签字的表：2 张")

    click(panel.act)

    assert desk.closed_months() == frozenset()
    assert panel.act.text() == "照样结账"
    assert "2 张表没签字。就这样结账的话，再按一次。" in said_in(panel)
    click(panel.act)

    assert desk.closed_months() == {OCTOBER}
    assert room.page.head.closed.isVisible()
    assert panel.act.text() == "重开这个月"
    click(panel.act)
    assert "写明原因" in room.stage.heard.messages[-1].what
    panel.reason.line.setFocus(Qt.FocusReason.OtherFocusReason)
    type_text("审计要求")
    press(ENTER)
    assert desk.closed_months() == frozenset()
    assert room.page.head.closed.isHidden()
    assert room.page.close_panel()
    assert not room.page.closing.shown


def said_in(panel: QWidget) -> str:
    """Everything that can be read in a panel."""
    return "\n".join(one.text() for one in panel.findChildren(QLabel) if one.isVisible())


def test_a_month_that_is_not_over_cannot_be_closed_and_the_panel_says_why(room: Room):
    room.page.set_month(OCTOBER.next())

    click(room.page.head.close_month)

    panel = room.page.closing.panel
    assert not panel.act.isEnabled()
    assert "还没有过完" in said_in(panel)


def test_a_month_below_one_that_is_closed_says_which_is_opened_first(room: Room, desk: Desk):
    purchase(desk, bought_on="2026-09-09", produced_on="2026-09-08")
    room.papers.closing.close(OCTOBER.previous())
    room.papers.closing.close(OCTOBER)
    room.page.set_month(OCTOBER.previous())

    click(room.page.head.close_month)

    panel = room.page.closing.panel
    assert not panel.act.isEnabled()
    assert "请先重开2026年10月" in said_in(panel)


def test_forms_that_are_not_signed_stand_in_the_panel_by_name_and_lead_to_themselves(room: Room):
    click(room.page.head.close_month)
    ways = [one for one in room.page.closing.panel.content.findChildren(Button) if one.isVisible()]

    assert [one.text() for one in ways] == ["C01 供货商档案登记表", "C03 食品进货查验记录"]
    assert room.page.code() == "C03"
    panel = room.page.closing.panel
    assert panel.content.minimumSizeHint().width() <= panel.area.viewport().width(), "nothing is cut at the right"
    click(ways[0])
    assert room.page.code() == "C01"


def test_closed_months_bear_a_lock(theme: Theme):
    picker = MonthPicker(theme, *OCTOBER)
    before = picker.sizeHint().width()
    picker.set_locked([OCTOBER])
    assert picker.sizeHint().width() > before
    picker.set_month(2026, 11)
    assert picker.sizeHint().width() == before


def test_rows_of_a_closed_month_are_tagged_as_closed(room: Room, desk: Desk):
    ledger = desk.ledger("food_purchase")
    assert desk.rows(ledger, [room.one])[0].tag == "补录"
    room.papers.closing.close(OCTOBER)
    assert desk.rows(ledger, [room.one])[0].tag == "补录 · 已结账"


class TwoPrinters:
    """Printers of an office."""

    def __init__(self) -> None:
        self.tested: list[tuple[str, tuple[int, int]]] = []
        self.trouble = ""

    def names(self) -> list[str]:
        """The usual one first."""
        return ["前台激光", "阅览室"]

    def print_test_page(self, name: str, offset: tuple[int, int]) -> None:
        """Remember it."""
        if self.trouble:
            raise FileTrouble(self.trouble)
        self.tested.append((name, offset))


def test_each_printer_keeps_its_own_offset_and_prints_its_test_page(theme: Theme):
    settings, printers = Settings(), TwoPrinters()
    panel = PrinterSettings(theme, settings, printers)
    panel.show_settings()
    panel.show()
    panel.right.set_text("−5")
    panel.down.set_text("12")
    panel.down.left.emit()
    panel.choose_printer("阅览室")
    assert panel.right.text() == ""
    panel.choose_printer("前台激光")
    assert (panel.right.text(), panel.down.text()) == ("-5", "12")

    click(panel.test)
    assert printers.tested == [("前台激光", (-5, 12))]
    printers.trouble = "打印机没有接受"
    click(panel.test)
    assert panel.told.text() == "打印机没有接受"

    panel.right.set_text("1000")
    panel.right.left.emit()
    assert "例如 −5" in panel.told.text()
    assert settings.offset("前台激光") == (-5, 12)
    click(panel.bound)
    assert settings.binding


def test_offsets_that_make_no_sense_count_as_none():
    settings = Settings()
    settings.take({"offsets": {"a": [3, -4], "b": "broken", "c": [5000, 0]}, "binding": True})
    assert [settings.offset(name) for name in "abcd"] == [(3, -4), (0, 0), (100, 0), (0, 0)]
