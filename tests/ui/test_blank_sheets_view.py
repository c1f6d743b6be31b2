"""Blank paper beside a ledger's table: looked at, turned day by day, printed and saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from school_logistics.errors import FileTrouble
from school_logistics.services.desk import Desk
from school_logistics.ui.blank_sheets_view import BlankSheetsView
from school_logistics.ui.commands import Do
from school_logistics.ui.jobs import Progress
from school_logistics.ui.ledger_views import VIEWS, views_of
from school_logistics.ui.paper_printer import Paper
from school_logistics.ui.theme import Theme
from tests.office import write
from tests.ui.page_stage import Stage, click


class PaperTray:
    """A printer that remembers what it was given."""

    def __init__(self) -> None:
        self.printed: list[tuple[str, bytes]] = []
        self.trouble = ""

    def ask(self, parent: QWidget, title: str, pages: int) -> Paper | None:
        """Answer in the user's place."""
        del parent, title
        if self.trouble:
            raise FileTrouble(self.trouble)
        return self if pages else None

    def print_pdf(self, data: bytes, title: str, progress: Progress) -> int:
        """Take one document."""
        del progress
        self.printed.append((title, data))
        return 1


@pytest.fixture
def tray() -> PaperTray:
    return PaperTray()


@pytest.fixture
def stage(desk: Desk, theme: Theme, messages) -> Stage:
    for dish, course in (("红烧肉", "大荤"), ("清炒菠菜", "素菜")):
        write(desk, "menu_dish", served_on="2026-11-23", meal="午餐", course=course, dish=dish)
    return Stage.over(desk, theme, messages)


@pytest.fixture
def view(stage: Stage, desk: Desk, tray: PaperTray) -> BlankSheetsView:
    view = BlankSheetsView(stage.around, desk.ledger("retained_sample"), tray)
    stage.show(view)
    return view


def test_it_is_offered_where_rounds_are_made_and_nowhere_else(desk: Desk):
    offered = {ledger.key for ledger in desk.ledgers() if "sheets" in {one.key for one in views_of(ledger, VIEWS)}}

    assert {"retained_sample", "disinfection", "extinguisher_check", "bus_daily_check"} <= offered
    assert not offered & {"supplier", "school", "food_purchase", "weekly_report", "hazard"}


def test_on_a_sunday_it_shows_the_sheet_of_monday(view):
    assert view.words.text() == "11月23日 星期一"
    text = view.preview.document.getAllText(0).text()
    assert "红烧肉" in text
    assert "清炒菠菜" in text


def test_the_labels_of_the_day_are_one_click_away_and_printed_as_shown(view, tray, stage):
    click(view.buttons["labels"])
    assert "保存至" in view.preview.document.getAllText(0).text()

    view.deeds()[Do.PRINT]()

    assert [title for title, _ in tray.printed] == ["留样标签（11-23）"]
    assert stage.heard.said[-1] == ("已送打印机：留样标签（11-23），共 1 页。", "ok")


def test_a_day_without_a_menu_says_what_to_do_and_nothing_can_be_printed(view):
    click(view.buttons["labels"])
    click(view.on)

    assert "先在“每日食谱”里排好" in view.preview.said()
    assert not view.print_button.isEnabled()
    assert Do.PRINT not in view.deeds()


def test_a_sheet_is_saved_under_its_name_and_the_day_before_is_closed(
    view, stage, messages, tmp_path: Path, monkeypatch
):
    target = tmp_path / "单.pdf"
    asked: list[str] = []

    def save(_title: str, name: Path, _kinds: object) -> Path:
        asked.append(name.name)
        return target

    monkeypatch.setattr(messages, "save_file", save)
    click(view.save_button)
    click(view.back)

    assert asked == ["现场登记单_留样记录_2026-11-23.pdf"]
    assert target.read_bytes().startswith(b"%PDF")
    assert stage.heard.messages[-1].what == "已存：单.pdf"
    assert "周末" in view.preview.said()


def test_a_computer_without_a_printer_is_told_in_a_sentence(view, tray, stage):
    tray.trouble = "这台电脑上没有装打印机。"
    click(view.print_button)
    assert stage.heard.messages[-1].what == tray.trouble
