"""The canteen's people of the demonstration: every morning's check since this term, and the trainings."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.rules.calendar import Month
from school_logistics.rules.morning_check import Attendance, at_work
from school_logistics.services.demo_school.people import canteen_hands, new_hands_day, stopped_work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from school_logistics.services.demo_school.pen import Pen, Plan

OFFICER, MANAGER = "杨雪", "赵春华"
"""The food safety officer and the canteen's manager."""


class Episode(NamedTuple):
    """Why somebody was not as usual on a morning. `ago` counts workdays before today, `lasts` those away after it."""

    ago: int
    name: str
    attendance: Attendance
    symptoms: str = "0"
    handling: str = ""
    leaves: bool = False
    lasts: int = 0


EPISODES = (
    Episode(27, "周桂香", Attendance.SICK, "1", "体温 38.2 ℃，离岗就诊", leaves=True, lasts=2),
    Episode(21, "吴小红", Attendance.PRESENT, "11", "调离洗消岗，戴口罩做后勤清扫"),
    Episode(18, "邓小红", Attendance.ON_LEAVE),
    Episode(16, "唐玉梅", Attendance.SICK, "7", "手背轻微烫伤，包扎后离岗休息", leaves=True, lasts=1),
    Episode(8, "宋文斌", Attendance.LATE),
)
_FORGOTTEN = 24
"""So many workdays ago nobody wrote down how one person was."""


class Mornings(NamedTuple):
    """Who was not as usual on which day of a term, and whom the check forgot."""

    found: Mapping[tuple[date, str], Mapping[str, object]]
    forgotten: frozenset[tuple[date, str]]

    def fit(self, day: date, *names: str) -> str:
        """The first of some people who was at work and well, else the last of them."""
        return next((name for name in names if (day, name) not in self.found), names[-1])


def mornings_of(plan: Plan, term: Sequence[date]) -> Mornings:
    """What the mornings of a term will find."""
    found: dict[tuple[date, str], Mapping[str, object]] = {}
    for one in EPISODES:
        if one.ago > len(term):
            continue
        at = len(term) - one.ago
        back = term[at + one.lasts + 1] if one.leaves and at + one.lasts + 1 < len(term) else None
        found[term[at], one.name] = {
            "attendance": one.attendance.value, "symptoms": one.symptoms, "handling": one.handling or None,
            "left_post": True if one.leaves else None, "back_on": back,
        }  # fmt: skip
        for day in term[at + 1 : at + 1 + one.lasts]:
            found[day, one.name] = _not_there(Attendance.SICK, "治疗中")
    for day in term:
        for name in stopped_work(plan, day):
            found[day, name] = _not_there(Attendance.ON_LEAVE, "健康证到期，停岗换证")
    forgotten = {(term[-_FORGOTTEN], "马丽")} if len(term) >= _FORGOTTEN else set()
    return Mornings(found, frozenset(forgotten))


def _not_there(why: Attendance, handling: str) -> dict[str, object]:
    return {"attendance": why.value, "symptoms": None, "handling": handling}


def plan_morning(plan: Plan, day: date, mornings: Mornings) -> None:
    """Everybody who works in the canteen, one after the other before work, entered in the office afterwards."""
    chance = Random(f"morning{day}")
    at = datetime.combine(day, time(7, chance.randrange(5, 15)))
    drafts: list[dict[str, object]] = []
    for name in canteen_hands(plan, day):
        if (day, name) in mornings.forgotten:
            continue
        told = mornings.found.get((day, name), {})
        at += timedelta(minutes=chance.randrange(1, 3))
        came = told.get("left_post") or at_work(str(told.get("attendance", Attendance.PRESENT)))
        late = told.get("attendance") == Attendance.LATE.value
        seen = time(8, 12) if late else at.time()
        inspector = MANAGER if name == OFFICER else OFFICER
        drafts.append(
            {"checked_on": day, "person": name, "checked_at": seen if came else None, "inspector": inspector, **told}
        )
    entered = datetime.combine(day, time(8, 20 + chance.randrange(20)))
    plan.at(entered, f"新增 晨检记录：{day:%m-%d} {len(drafts)} 人", lambda pen: pen.write("morning_check", drafts))


_TOPICS = (
    ("岗前培训：食品安全法规与食堂制度", "卫生安全法规", "食品安全法第45、55、56条；晨检、留样、消毒、索证的要求。"),
    ("清洗消毒与留样操作", "卫生安全知识", "餐饮具五步清洗消毒，温度和时间；每餐每样留样不少于 125 克，冷藏 48 小时。"),
    ("岗位职责与职业道德", "职业道德", "岗位职责、服务学生、节约粮食；个人卫生和着装要求。"),
    ("冷藏冷冻与食品贮存", "卫生安全知识", "冷藏 0～8 ℃、冷冻 −12 ℃ 以下；离墙离地、分类存放、先进先出。"),
)
_DAY_OF_TRAINING = 13


def plan_trainings(plan: Plan, term: Sequence[date]) -> None:
    """One training before the term begins, and one in each further month."""
    months = list(dict.fromkeys(Month.of(day) for day in term))[1:]
    days = [new_hands_day(plan), *(plan.workday(date(one.year, one.number, _DAY_OF_TRAINING)) for one in months)]
    for number, day in enumerate(days):
        topic, subject, content = _TOPICS[number % len(_TOPICS)]
        draft: dict[str, object] = {
            "held_on": day, "topic": topic if number else f"{topic}（{day.year}年秋）", "subject": subject,
            "place": "食堂会议室", "host": "王志强", "lecturer": OFFICER, "hours": Decimal(2),
            "method": "集中授课、现场操作", "content": content, "department": "总务处", "recorder": MANAGER,
        }  # fmt: skip
        plan.on(day, f"新增 培训记录：{topic}", _entering(plan, day, draft), hour=16)


def _entering(plan: Plan, day: date, draft: Mapping[str, object]) -> Callable[[Pen], None]:
    """Enter a training and the marks of those who took part; a few had to try twice."""

    def enter(pen: Pen) -> None:
        (one,) = pen.add("training", [draft])
        chance = Random(f"training{day}")
        drafts: list[dict[str, object]] = []
        for name in canteen_hands(plan, day):
            if name == OFFICER or name in stopped_work(plan, day):
                continue
            twice = chance.randrange(16) == 0
            score = chance.randrange(48, 59) if twice else chance.randrange(74, 99)
            second = chance.randrange(66, 90) if twice else None
            drafts.append(
                {"training": one, "person": name, "signed": True, "exam": "闭卷", "score": score,
                 "second_score": second}
            )  # fmt: skip
        pen.write("training_attendance", drafts)

    return enter
