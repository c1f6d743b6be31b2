"""The checks of the filled office: daily control, cleaning, restroom, the month's score, weekly reports and minutes."""

from __future__ import annotations

from school_logistics.services.desk import Desk
from tests.filling import PEOPLE, Size, add, spread

_MOST = 6
_DAILY = "食堂每日食品安全检查"


def fill_checks(desk: Desk, size: Size) -> None:
    """A few checks of every kind, some with problems: put right at once, or left to a hazard."""
    days = spread(min(size.lines, _MOST))
    told = size.remark or "有一处没有做到"
    people = {"inspector": PEOPLE[0], "supervisor": PEOPLE[1]}
    wrong = {"answers": f"三防设施×（{told}）、加工用水—", "action_taken": f"先用纱网遮住{size.remark}"}
    add(desk, "inspection", ({"checked_on": day, "checklist": _DAILY, **people, **(wrong if at == 1 else {})}
                             for at, day in enumerate(days)))  # fmt: skip
    put_right = {"answers": f"地面×（{told}）", "spot_fix": f"当场冲洗{size.remark}"}
    for area in ("清洁消毒·粗加工间", "清洁消毒·备餐间"):
        add(desk, "inspection", ({"checked_on": day, "checklist": area, **people, **(put_right if at == 2 else {})}
                                 for at, day in enumerate(days)))  # fmt: skip
    add(desk, "inspection", ({"checked_on": day, "checklist": "食堂卫生间清洁", "checked_at": f"13:{at:02}", **people}
                             for at, day in enumerate(days)))  # fmt: skip
    score = {"answers": f"留样数量×扣1（{told}）、日周月机制×扣0.5（漏检一次）、添加剂管理—", "owner": PEOPLE[2]}
    add(desk, "inspection", [{"checked_on": "2026-10-28", "checklist": "食堂月度检查评分", **people, **score}])
    _fill_reports(desk, size)


def _fill_reports(desk: Desk, size: Size) -> None:
    weeks = ("2026-10-12", "2026-10-19")
    add(desk, "weekly_report", (
        {"week_from": week, "days_due": 5, "days_checked": 5, "problems": 1, "fixed": 1,
         "previous": "前期没有遗留问题。",
         "found": "1. 三防设施：纱窗破损。" + size.remark * 3, "measures": "1. 已更换。" + size.remark * 3,
         "rating": "风险可控、无较大隐患", "recipient": "校长" + size.stretch, "copied_to": "总务处",
         "reporter": PEOPLE[0], "reported_on": week, "remark": size.remark}
        for week in weeks
    ))  # fmt: skip
    add(desk, "monthly_minutes", [
        {"held_on": "2026-10-30", "held_at": "16:00", "place": "会议室" + size.stretch, "chair": PEOPLE[2],
         "attendees": "、".join(PEOPLE) + size.stretch, "recorder": PEOPLE[0], "days_due": 18, "days_checked": 17,
         "weeks_due": 4, "weeks_reported": 4, "problems": 4, "fixed": 3, "report": "供餐 18 天。" + size.remark * 8,
         "measures": "1. 留样一份不足量——正在整改。" + size.remark * 8, "risks": "秋冬季诺如病毒高发。",
         "next_steps": "1. 督促完成留样整改。" + size.remark * 8, "other": "无。", "remark": size.remark},
    ])  # fmt: skip
