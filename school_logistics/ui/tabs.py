"""The tabs of the main window, known before any ledger is loaded, so that the shell can be painted at once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Page(StrEnum):
    """What lies under a tab."""

    HOME = "home"
    LEDGERS = "ledgers"
    PRINT = "print"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Tab:
    """One index tab; `key` is the group's name as the ledgers give it."""

    key: str
    name: str
    icon: str
    page: Page = Page.LEDGERS


TABS: tuple[Tab, ...] = (
    Tab("首页", "首页", "house", Page.HOME),
    Tab("食堂", "食堂", "utensils"),
    Tab("公寓", "公寓", "bed-double"),
    Tab("消防", "消防", "flame"),
    Tab("校车", "校车", "bus-front"),
    Tab("奶服征订", "奶服征订", "milk"),
    Tab("安全饮水", "安全饮水", "droplets"),
    Tab("保险综合", "保险综合", "shield-check"),
    Tab("报表打印", "报表打印", "printer", Page.PRINT),
    Tab("年报", "年报", "file-spreadsheet", Page.RETURN),
)
"""In the order of the screen."""
