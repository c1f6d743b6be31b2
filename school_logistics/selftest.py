"""What a copy of the program can do on this machine, tried in a temporary folder: `--selftest`.

The frozen program is asked this after it was built, from a folder that is not its own: what a package needs but no
import names (fonts, icons, dictionaries, the child that reads workbooks, Qt's parts for PDF and SVG) shows here.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from school_logistics.errors import OfficeError

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from school_logistics.app import Office

_DAY = "2026-11-22"
_RARE_NAME = "张𬭎"
"""A person whose name has a character beyond the usual planes: it must print and copy."""
_HEADINGS = ("进货日期", "品名", "类别", "数量", "单位", "单价", "供货单位", "生产日期", "保质期", "验收人")
_DELIVERIES = (
    ("2026-11-19", "大白菜", "蔬菜", 86, "公斤", 1.92, "绿源蔬菜配送中心", "2026-11-18", "7天", _RARE_NAME),
    ("2026-11-20", "鸡蛋", "蛋", 31.5, "公斤", 9.8, "康鲜农副产品公司", "2026-11-18", "30天", _RARE_NAME),
    ("2026-11-20", "粳米", "粮食", 250, "公斤", 5.2, "云川粮油商行", "2026-10-08", "12个月", _RARE_NAME),
)


_FEW_COLOURS = 10
"""An empty window has one or two."""


class SelfTestFailed(OfficeError):
    """Something that a working copy can do did not come out right."""


def run_selftest() -> int:
    """Do the main job once and say line by line what worked; 0 when all of it did."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="school-logistics-selftest-") as made:
        folder = Path(made)
        try:
            _try_all(folder)
        except OfficeError as trouble:
            _say(f"没有通过：{trouble}")
            return 1
    _say("自检全部通过。")
    return 0


def _try_all(folder: Path) -> None:
    from PySide6.QtWidgets import QApplication

    from school_logistics.app import clock_for, open_office

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)  # noqa: S101 - the instance of a program with windows
    _step("拼音首字母", _pinyin)
    _step("节假日与调休", _holidays)
    office = open_office(folder / "data", clock_for(_DAY))
    try:
        _step("数据文件", lambda: _data_file(office, folder))
        _step("导入工作簿", lambda: _import(office, folder))
        _step("检查表 PDF", lambda: _form(office))
        _step("年报工作簿", lambda: _return(office, folder))
        _step("字体、图标和窗口", lambda: _window(office, application))
    finally:
        office.close()


def _step(what: str, carry_out: Callable[[], str]) -> None:
    _say(f"{what}：{carry_out()}")


def _pinyin() -> str:
    from school_logistics.services.pinyin import initials

    told = initials("鸡腿")
    _expect(told == "jt", f"“鸡腿”的首字母成了“{told}”")
    return f"鸡腿 {told}"


def _holidays() -> str:
    from school_logistics.app import school_calendar

    calendar = school_calendar()
    holiday, makeup = date(2026, 10, 1), date(2026, 10, 10)
    _expect(not calendar.is_workday(holiday), f"{holiday} 没有认成国庆节")
    _expect(calendar.is_workday(makeup), f"{makeup} 没有认成调休上班")
    return f"{holiday} 放假，{makeup} 上班"


def _data_file(office: Office, folder: Path) -> str:
    from school_logistics.services.rows import Query

    desk = office.desk
    staff = desk.ledger("staff")
    saved = desk.save(staff, desk.blank(staff) | {"name": _RARE_NAME, "post": desk.read(staff, "post", "宿管")})
    desk.undo()
    _expect(desk.count(staff, Query()) == 0, "撤销以后记录还在")
    desk.redo()
    _expect(desk.draft(staff, saved.id)["name"] == _RARE_NAME, "存进去的姓名读出来变了")
    _expect(desk.trail_is_whole(), "操作记录前后接不上")
    size = sum(path.stat().st_size for path in (folder / "data").iterdir())
    return f"新建、保存、撤销、重做，{size / 1000:.0f} KB"


def _import(office: Office, folder: Path) -> str:
    from openpyxl import Workbook

    book, path = Workbook(), folder / "采购台账.xlsx"
    sheet = book.worksheets[0]
    for row in (("食堂采购台账",), _HEADINGS, *_DELIVERIES):
        sheet.append(row)
    book.save(path)
    plan = office.importer.plan(office.desk.ledger("food_purchase"), path)
    done = office.importer.commit(plan)
    _expect(done.added == len(_DELIVERIES), f"写了 {len(_DELIVERIES)} 行，只导入 {done.added} 行")
    return str(done)


def _form(office: Office) -> str:
    from PySide6.QtCore import QBuffer, QByteArray
    from PySide6.QtPdf import QPdfDocument

    from school_logistics.rules.calendar import Month

    drawn = office.pack.draw("C03", Month.of(office.desk.today))
    source, document = QBuffer(), QPdfDocument()
    source.setData(QByteArray(drawn.data))
    source.open(QBuffer.OpenModeFlag.ReadOnly)
    document.load(source)
    text = document.getAllText(0).text()
    pages = document.pageCount()
    document.close()
    _expect(pages == sum(drawn.pages), f"画了 {sum(drawn.pages)} 页，读出 {pages} 页")
    for word in ("食品进货查验记录", "大白菜", _RARE_NAME):
        _expect(word in text, f"PDF 里找不到“{word}”")
    _expect(not drawn.missing, f"字体里没有这些字：{'、'.join(drawn.missing)}")
    return f"C03 {pages} 页，文字可查可复制"


def _return(office: Office, folder: Path) -> str:
    from openpyxl import load_workbook

    from school_logistics.rules.calendar import Period

    out = folder / "年报.xlsx"
    exported = office.returns.export(Period.calendar_year(office.desk.today.year), out)
    book = load_workbook(out)
    sheets = book.sheetnames
    book.close()
    _expect(any(name.startswith("R03") for name in sheets), f"年报里没有食堂页，只有：{'、'.join(sheets)}")
    return f"{len(sheets)} 张表，已填 {exported.filled} 项"


def _window(office: Office, application: QApplication) -> str:
    from school_logistics.settings import Settings
    from school_logistics.ui.jobs import AtOnce
    from school_logistics.ui.main_window import MainWindow
    from school_logistics.ui.pages import pages_of
    from school_logistics.ui.theme import Theme, Type

    theme = Theme()
    theme.apply(application)
    _expect(theme.metrics(Type.TEXT).inFont("查"), "界面字体里没有汉字")
    _expect(not theme.pixmap("utensils", 16, "ink", 1.0).isNull(), "图标画不出来")
    window = MainWindow(theme, Settings.read(None), AtOnce())
    window.show()
    window.furnish(office, pages_of(office))
    window.open_blank("food_purchase")
    application.processEvents()
    picture = window.grab().toImage()
    colours = {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}
    window.close()
    _expect(len(colours) > _FEW_COLOURS, "窗口是空白的")
    return f"{theme.font(Type.TEXT).family()}，{picture.width()} × {picture.height()}"


def _expect(so: bool, otherwise: str) -> None:  # noqa: FBT001 - the condition is what it is about
    if not so:
        raise SelfTestFailed(otherwise)


def _say(line: str) -> None:
    """A program with windows only has nowhere to say it; the exit code tells."""
    if sys.stdout is not None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
