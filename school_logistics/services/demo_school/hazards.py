"""The past of the hazards: found by a check, by the school or by the bureau, put right, looked at again, struck off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.rules.hazards import HazardCategory, HazardLevel, HazardSource, VerificationResult, due_by

if TYPE_CHECKING:
    from school_logistics.services.demo_school.pen import Pen, Plan


@dataclass
class Fate:
    """What becomes of a hazard: when it is put right and struck off, if at all."""

    found_on: date
    fixed_on: date | None
    closed_on: date | None
    id: int = field(default=0)
    """Known once it is entered."""


class Found(NamedTuple):
    """A hazard as found, and what becomes of it."""

    draft: Mapping[str, object]
    fate: Fate


_C, _S = HazardCategory, HazardSource
_KNOWN: tuple[tuple[str, HazardCategory, str, str, HazardSource], ...] = (
    ("3号公寓二层东侧", _C.FIRE, "应急灯不亮", "更换蓄电池", _S.DAILY),
    ("配电室门口", _C.POWER, "堆放纸箱，占用通道", "当场清走，张贴禁止堆放标识", _S.DAILY),
    ("启智楼午休室102", _C.POWER, "插座松动", "断电后更换插座", _S.SPECIAL),
    ("图书馆", _C.FIRE, "常闭式防火门被撑开", "拆除门吸，培训管理员", _S.MONTHLY),
    ("操场看台", _C.BUILDING, "台阶破损", "修补台阶，设警示带", _S.AUTHORITY),
    ("东围墙", _C.SURROUNDINGS, "路灯缺失", "报修，加装路灯", _S.REPORTED),
    ("4号公寓203", _C.DORMITORY, "使用热得快", "收缴，谈话教育，通知家长", _S.DAILY),
    ("一食堂后厨", _C.CANTEEN, "生熟砧板混放", "分色标识，重新培训", _S.SPECIAL),
    ("综合楼饮水机", _C.WATER, "第三季度检测报告未交", "催交检测报告", _S.AUTHORITY),
    ("教学楼3层西", _C.FACILITY, "护栏螺丝松动", "加固护栏，逐段检查", _S.MONTHLY),
    ("体育馆", _C.FACILITY, "篮球架底座锈蚀", "除锈加固", _S.SPECIAL),
    ("实验楼2层", _C.CHEMICALS, "药品柜未双人双锁", "加装锁具，双人保管", _S.AUTHORITY),
    ("北门", _C.SURROUNDINGS, "放学时段车辆乱停", "设隔离墩，协调交警", _S.REPORTED),
    ("一食堂库房", _C.CANTEEN, "挡鼠板缺失", "补装挡鼠板", _S.MONTHLY),
)
_MAJOR = ("4号公寓", _C.FIRE, "夜间疏散通道一侧门上锁且无人值守", "拆除门锁，改装推杆锁，安排值守", _S.AUTHORITY)
_DAYS_BETWEEN = 16
_OPEN_DAYS = 26
"""Hazards younger than this may still be open."""


class Hazards:
    """Enters hazards and what becomes of them; the first open ones stay open."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def fate(self, found_on: date) -> Fate:
        """Put right within ten days, struck off a few days later; what is young enough may still be there."""
        fixed = self.plan.workday(found_on + timedelta(days=self.plan.chance.randrange(1, 11)))
        closed = self.plan.workday(fixed + timedelta(days=self.plan.chance.randrange(0, 5)))
        young = found_on > self.plan.today - timedelta(days=_OPEN_DAYS)
        if young and closed > self.plan.today - timedelta(days=8):
            return Fate(found_on, None if fixed > self.plan.today - timedelta(days=4) else fixed, None)
        return Fate(found_on, fixed, closed)

    def enter(self, pen: Pen, found: Found) -> int:
        """Enter a hazard within the deed in hand; its id."""
        usual = {"level": HazardLevel.MINOR.value, "department": "总务处", "owner": "宋建军",
                 "corrective_action": "查明原因，限期整改"}  # fmt: skip
        told = {key: value for key, value in found.draft.items() if value is not None}
        found.fate.id = pen.add("hazard", [{**usual, **told, "hazard_no": self._number(pen, found.fate.found_on)}])[0]
        return found.fate.id

    def plan_rest(self, plan: Plan, fate: Fate) -> None:
        """Plan that a hazard is put right, looked at again and struck off."""
        if fate.fixed_on:
            plan.on(fate.fixed_on, "整改完成 隐患台账", lambda pen: pen.change(
                "hazard", fate.id, fixed_on=fate.fixed_on, action_taken="已按措施整改到位"), hour=16)  # fmt: skip
        if fate.closed_on:
            plan.on(fate.closed_on, "复查销号 隐患台账", lambda pen: pen.change(
                "hazard", fate.id, verified_by="王志强", verified_on=fate.closed_on,
                verification=VerificationResult.PASSED.value, closed_on=fate.closed_on), hour=17)  # fmt: skip

    def plan_all(self) -> None:
        """Plan what people found beside the checks: one every fortnight, one of them major, one overdue."""
        plan = self.plan
        day, number = plan.first + timedelta(days=6), 0
        while day <= plan.today:
            self._plan(_KNOWN[number % len(_KNOWN)], self.fate(plan.workday(day)))
            day, number = day + timedelta(days=_DAYS_BETWEEN), number + 1
        major = plan.workday(plan.today - timedelta(days=160))
        if major > plan.first:
            fixed = plan.workday(major + timedelta(days=20))
            self._plan(_MAJOR, Fate(major, fixed, plan.workday(fixed + timedelta(days=3))), HazardLevel.MAJOR)
        overdue = plan.workday(plan.today - timedelta(days=33))
        self._plan(_KNOWN[4], Fate(overdue, None, None))
        waiting = plan.workday(plan.today - timedelta(days=12))
        self._plan(_KNOWN[9], Fate(waiting, plan.workday(plan.today - timedelta(days=6)), None))

    def _plan(
        self,
        known: tuple[str, HazardCategory, str, str, HazardSource],
        fate: Fate,
        level: HazardLevel = HazardLevel.MINOR,
    ) -> None:
        place, category, description, action, source = known
        if fate.found_on <= self.plan.first:
            return
        draft: dict[str, object] = {
            "found_on": fate.found_on, "source": source.value, "place": place, "category": category.value,
            "description": description, "level": level.value, "corrective_action": action,
            "due_on": due_by(fate.found_on, level, self.plan.desk.book),
            "budget": Decimal(self.plan.chance.randrange(0, 12) * 50),
            "criterion": "教育系统重大事故隐患判定指南：消防安全" if level is HazardLevel.MAJOR else None,
        }  # fmt: skip
        title = f"新增 隐患台账：{place} {description}"
        self.plan.on(fate.found_on, title, lambda pen: self._enter_alone(pen, draft, fate), hour=11)
        self.plan_rest(self.plan, fate)

    def _enter_alone(self, pen: Pen, draft: Mapping[str, object], fate: Fate) -> None:
        self.enter(pen, Found(draft, fate))

    @staticmethod
    def _number(pen: Pen, found_on: date) -> str:
        return pen.next_number("hazard", "hazard_no", {"found_on": found_on})
