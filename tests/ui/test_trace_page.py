"""Where the pork came from: two keys from a row or from the search, each line a way to its record, and the sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from school_logistics.services.desk import Desk
from school_logistics.ui.commands import Do
from school_logistics.ui.jobs import Progress
from school_logistics.ui.theme import Theme
from school_logistics.ui.trace_page import TracePage
from tests.ui.message_recorder import RecordedMessages
from tests.ui.office_window import Room, Rooms
from tests.ui.page_stage import click
from tests.ui.typing import CONTROL, ENTER, ESCAPE, Key, press, type_text


class OnePrinter:
    """A printer that remembers what it was given."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self.printed: list[str] = []
        self.there = True

    def ask(self, parent: QWidget, title: str, pages: int) -> OnePrinter | None:
        """Be chosen, or not."""
        self.asked.append((title, pages))
        return self if self.there else None

    def print_pdf(self, data: bytes, title: str, progress: Progress) -> int:
        """Remember."""
        self.printed.append(title)
        return 1


@pytest.fixture
def rooms(theme: Theme, desk: Desk, messages: RecordedMessages) -> Iterator[Rooms]:
    """Windows over the office with three deliveries."""
    made = Rooms(theme, desk, messages)
    yield made
    made.close()


def trace_in(room: Room) -> TracePage:
    top = room.window.drawer.top()
    assert isinstance(top, TracePage)
    return top


def test_two_keys_from_a_row_show_its_way_each_line_leads_on_and_esc_leads_back(rooms: Rooms):
    room = rooms.open()
    page = room.page("food_purchase")
    page.show_record(2)

    press(Key.Key_T, with_=CONTROL)

    trace = trace_in(room)
    assert trace.title.text() == "胡萝卜 · 2026-11-20"
    assert [line.evidence.title for line in trace.lines()][:2] == ["11-20 胡萝卜", "绿源蔬菜配送中心"]
    assert trace.lines()[0].hasFocus()
    assert trace.width() > room.window.theme.sizes.side_form
    press(ESCAPE)
    assert room.window.drawer.top() is None
    assert page.table.view.hasFocus()

    press(Key.Key_T, with_=CONTROL)
    press(Key.Key_Down, ENTER)
    assert room.tab("食堂").page().ledger.key == "supplier"
    assert room.window.drawer.top() is trace


def test_from_anywhere_through_the_search(rooms: Rooms):
    room = rooms.open()
    room.window.do(Do.SEARCH)
    type_text("胡萝卜")
    press(Key.Key_Down)
    while (hit := room.window._room.search.current()) is not None and hit.ledger != "food_purchase":  # type: ignore[union-attr]
        press(Key.Key_Down)

    press(Key.Key_T, with_=CONTROL)

    assert trace_in(room).title.text() == "胡萝卜 · 2026-11-20"


def test_what_has_no_way_is_refused_with_a_sentence_and_not_offered_in_its_ledger(rooms: Rooms):
    room = rooms.open()
    room.page("supplier")
    assert not room.window.commands[Do.TRACE].isEnabled()

    assert room.window.following is not None
    room.window.following.show("supplier", 1)

    assert "不能追溯" in room.said()
    assert room.window.drawer.top() is None


def test_the_sheet_goes_to_the_printer_that_is_chosen(rooms: Rooms):
    room = rooms.open()
    room.page("food_purchase").show_record(2)
    press(Key.Key_T, with_=CONTROL)
    trace, printer = trace_in(room), OnePrinter()
    trace._printer = printer

    click(trace.print_button)
    printer.there = False
    click(trace.print_button)

    assert printer.asked == [("打印追溯单 胡萝卜 · 2026-11-20", 1)] * 2
    assert printer.printed == ["追溯单 胡萝卜 · 2026-11-20"]
    assert room.said() == "没有打印。"


def test_a_trace_follows_what_is_changed_and_its_sheet_is_saved_and_offered(
    rooms: Rooms, desk: Desk, messages: RecordedMessages, tmp_path: Path
):
    room = rooms.open()
    room.page("food_purchase").show_record(2)
    press(Key.Key_T, with_=CONTROL)
    ledger = desk.ledger("food_purchase")

    desk.save(ledger, {**desk.draft(ledger, 2), "lot_no": "A77"}, 2)
    QApplication.processEvents()
    messages.file = tmp_path / "追溯单.pdf"
    click(trace_in(room).save_button)

    assert "A77" in trace_in(room).lines()[0].evidence.text
    assert messages.file.read_bytes().startswith(b"%PDF")
    assert room.told().startswith("已存：追溯单.pdf")
