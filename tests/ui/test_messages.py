"""The dialogs themselves: what their buttons are called, and what Esc and Enter do."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from school_logistics.ui.messages import PDF, TABLES, WORKBOOK, BoxMessages
from tests.ui.typing import ENTER, ESCAPE


@pytest.fixture
def boxes(qapp, theme):
    return BoxMessages(lambda: None)


def answer(act) -> None:
    """Do something as soon as a box is open."""
    QTimer.singleShot(0, act)


def open_box() -> QMessageBox:
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    return box


def click(words: str) -> None:
    for button in open_box().buttons():
        if button.text() == words:
            button.click()


def test_the_button_is_named_after_what_it_does(boxes):
    answer(lambda: click("清除 3 年前的记录"))

    assert boxes.confirm("清除 3 年前的个人信息？", "清除以后不能撤销。", "清除 3 年前的记录")


@pytest.mark.parametrize("key", [ESCAPE, ENTER])
def test_escape_and_enter_change_nothing(boxes, key):
    answer(lambda: QTest.keyClick(open_box(), key))

    assert not boxes.confirm("清除？", "不能撤销。", "清除")


def test_the_last_words_can_be_copied(boxes, qapp):
    answer(lambda: click("复制内容"))
    boxes.last_words("版本 0.1\n出错的地方", Path("log.txt"))

    assert qapp.clipboard().text() == "版本 0.1\n出错的地方"


def test_something_that_stops_everything_is_told_and_understood(boxes):
    answer(lambda: click("知道了"))

    boxes.tell("数据文件是更新版本的程序写的。", "数据没有动。")


def test_a_file_saved_without_an_ending_gets_that_of_its_kind(boxes, monkeypatch, tmp_path):
    chosen = (str(tmp_path / "台账"), WORKBOOK.as_filter())
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen)

    assert boxes.save_file("导出", tmp_path / "台账", (PDF, WORKBOOK)) == tmp_path / "台账.xlsx"


def test_thinking_better_of_it_gives_no_file(boxes, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")

    assert boxes.open_file("导入", (TABLES,)) is None
    assert boxes.save_file("导出", Path("台账"), (WORKBOOK,)) is None
    assert boxes.choose_folder("备份到") is None


def test_a_name_with_a_full_stop_still_gets_its_ending(boxes, monkeypatch, tmp_path):
    chosen = (str(tmp_path / "台账2026.11"), WORKBOOK.as_filter())
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen)

    assert boxes.save_file("导出", tmp_path / "x", (WORKBOOK,)) == tmp_path / "台账2026.11.xlsx"
