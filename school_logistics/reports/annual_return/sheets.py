"""The twenty sheets of the return in order, and every indicator by its code."""

from __future__ import annotations

from school_logistics.reports.annual_return.by_hand import BY_HAND
from school_logistics.reports.annual_return.canteen import CANTEEN
from school_logistics.reports.annual_return.dormitory import DORMITORY
from school_logistics.reports.annual_return.fire import FIRE
from school_logistics.reports.annual_return.indicator import Indicator
from school_logistics.reports.annual_return.orders import ORDERS
from school_logistics.reports.annual_return.safety import SAFETY
from school_logistics.reports.annual_return.school import RETURN, SCHOOL
from school_logistics.reports.annual_return.staff import STAFF
from school_logistics.reports.annual_return.transport import TRANSPORT

CHECKS_SHEET = "R20"

TITLES = {
    "R01": "学校基本情况",
    "R02": "后勤机构与人员",
    "R03": "食堂",
    "R04": "宿舍与午休室",
    "R05": "饮用水",
    "R06": "消防",
    "R07": "校车",
    "R08": "保险",
    "R09": "饮用奶",
    "R10": "学生装",
    "R11": "作业本",
    "R12": "照相与听力",
    "R13": "代收费总表",
    "R14": "安全与隐患",
    "R15": "节约型学校",
    "R16": "食品安全事件与投诉",
    "R17": "创建与复审",
    "R18": "考核自评",
    "R19": "表彰",
    CHECKS_SHEET: "校验结果与填报说明",
}

INDICATORS: tuple[Indicator, ...] = (
    *RETURN,
    *SCHOOL,
    *STAFF,
    *CANTEEN,
    *DORMITORY,
    *FIRE,
    *TRANSPORT,
    *ORDERS,
    *SAFETY,
    *BY_HAND,
)

BY_CODE = {indicator.code: indicator for indicator in INDICATORS}
