"""The morning check of the canteen's staff (晨检): who came, with which symptoms, and who must leave the post.

《食品安全法》 article 45 and the canteen rules built on it: whoever has fever, diarrhoea, a festering wound or an
inflamed throat leaves at once and comes back cured. Which words and codes a school uses stands in the rule book.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from string import digits
from typing import TYPE_CHECKING, Protocol

from school_logistics.errors import Unreadable
from school_logistics.rules.dates import Reading
from school_logistics.rules.kinds import Text, TimeOfDay

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook

NOTHING = "0"
"""The code of no symptom."""
_LEFT = "离岗"
_BETWEEN = re.compile(r"[、，,；;/\s]+")


_NONE = "无"
"""How no symptom is called on screen; on paper stands its code."""


@dataclass(frozen=True)
class Symptoms(Text):
    """Symptoms as they were typed, by code or by word; none is called 无."""

    def read(self, typed: object, on: Reading) -> str | None:
        """无 is the code of no symptom."""
        told = super().read(typed, on)
        return NOTHING if told == _NONE else told

    def show(self, value: str | None) -> str:
        """As it is, 无 for none."""
        return _NONE if value == NOTHING else super().show(value)


class Attendance(StrEnum):
    """Whether somebody came to work, in the order of the signs in the rule book."""

    PRESENT = "出勤"
    SICK = "病假"
    ON_LEAVE = "事假"
    LATE = "迟到"
    ABSENT = "旷工"


AT_WORK = frozenset({Attendance.PRESENT, Attendance.LATE})
"""Who came, if late."""


class MorningChecked(Protocol):
    """A morning check as these rules see it; None where blank."""

    checked_on: date | None
    checked_at: time | None
    attendance: str | None
    symptoms: str | None
    handling: str | None
    left_post: bool | None
    back_on: date | None


class Worker(Protocol):
    """The person checked, as the file has it."""

    left_on: date | None


def at_work(attendance: str | None) -> bool:
    """Whether somebody came, if late."""
    return attendance in AT_WORK


def sign_of(row: MorningChecked, *, book: RuleBook) -> str | None:
    """The sign that stands for the attendance on paper: √ △ ○ ■ ★."""
    if row.attendance is None or row.checked_on is None:
        return None
    return dict(zip(Attendance, book.words("morning_check.attendance_signs", row.checked_on), strict=False)).get(
        Attendance(row.attendance)
    )


def codes_of(told: str | None, words: tuple[str, ...]) -> tuple[int, ...]:
    """The codes of symptoms told by code or by word; a symptom's code is its place among the words.

    >>> codes_of("11、发热", ("正常", "发热", *"恶呕泻痛外烫湿黄咽", "咳嗽"))
    (1, 11)

    Raises Unreadable, naming what is not known.
    """
    found = set()
    for one in _BETWEEN.split(told or ""):
        word = one.lstrip(digits)
        code = one.removesuffix(word)
        if code and int(code) < len(words):
            found.add(int(code))
        elif word in words:
            found.add(words.index(word))
        elif one:
            known = "、".join(f"{number} {name}" for number, name in enumerate(words))
            raise Unreadable(f"没有「{one}」这一项；代码：{known}")
    return tuple(sorted(found - {0})) or ((0,) if found else ())


def symptom_codes(row: MorningChecked, *, book: RuleBook) -> str | None:
    """The column 疾病代码 as it stands on paper: 0, or 1、11."""
    return "、".join(str(code) for code in _codes(row, book)) or None


def condition_of(row: MorningChecked, *, book: RuleBook) -> str | None:
    """The column 身体状况: the words for the codes."""
    if row.checked_on is None:
        return None
    words = book.words("morning_check.symptoms", row.checked_on)
    return "、".join(words[code] for code in _codes(row, book)) or None


def _codes(row: MorningChecked, book: RuleBook) -> tuple[int, ...]:
    if row.checked_on is None:
        return ()
    try:
        return codes_of(row.symptoms, book.words("morning_check.symptoms", row.checked_on))
    except Unreadable:
        return ()


def known_symptoms(row: MorningChecked, *, book: RuleBook) -> str:
    """Say when a symptom is told that the rule book does not know."""
    if row.checked_on is None:
        return ""
    try:
        codes_of(row.symptoms, book.words("morning_check.symptoms", row.checked_on))
    except Unreadable as unknown:
        return str(unknown)
    return ""


def looked_at_if_present(row: MorningChecked) -> str:
    """Say when somebody who came was not looked at (V-50)."""
    return "到岗的人要写明有没有疾病，没有的填 0" if at_work(row.attendance) and not row.symptoms else ""


def timed_if_present(row: MorningChecked) -> str:
    """Say when nobody wrote down at what time somebody who came was checked (V-51)."""
    return "到岗的人要写晨检时间" if at_work(row.attendance) and row.checked_at is None else ""


def handled_if_ill(row: MorningChecked, *, book: RuleBook) -> str:
    """Say when somebody is ill and nobody wrote down what was done about it (V-50)."""
    if row.handling or row.left_post or not any(_codes(row, book)):
        return ""
    return f"{condition_of(row, book=book)}要写明怎样处理：离岗、就诊还是换岗"


def away_if_dangerous(row: MorningChecked, *, book: RuleBook) -> str:
    """Say when somebody stays at work with what can be passed on by food: fever, diarrhoea, wounds, a sore throat."""
    if row.checked_on is None or row.left_post or not at_work(row.attendance):
        return ""
    grave = set(book.wholes("morning_check.leave_codes", row.checked_on)) & set(_codes(row, book))
    words = book.words("morning_check.symptoms", row.checked_on)
    return f"{'、'.join(words[code] for code in sorted(grave))}应立即离岗，查明治愈后再返岗" if grave else ""


def not_present_if_gone(row: MorningChecked) -> str:
    """Say when somebody who was sent away that morning is still put down as at work (V-50)."""
    same_day = row.back_on is not None and row.back_on == row.checked_on
    if not row.left_post or not at_work(row.attendance) or same_day:
        return ""
    return f"已经离岗，考勤不能再记{row.attendance}，请改记病假"


def ready_for_work(row: MorningChecked, *, unready: str) -> str:
    """Say when somebody may not work that day and is put down as at work; coming back that day may be told here."""
    came_back = row.back_on is not None and row.back_on == row.checked_on
    return unready if at_work(row.attendance) and not (came_back and _LEFT in unready) else ""


def back_after_leaving(row: MorningChecked) -> bool:
    """Whether nobody comes back before leaving."""
    return row.back_on is None or row.checked_on is None or row.back_on >= row.checked_on


def checked_before_work(row: MorningChecked, *, book: RuleBook) -> str:
    """Say when somebody was checked only after the first meal's work had begun (V-51)."""
    if row.checked_on is None or row.checked_at is None or row.attendance == Attendance.LATE:
        return ""
    begins = _time_of(book.text("morning_check.before", row.checked_on))
    if begins is None or row.checked_at < begins:
        return ""
    return f"晨检时间 {row.checked_at:%H:%M} 晚于开始加工的 {begins:%H:%M}，应在上岗前检查"


def _time_of(told: str) -> time | None:
    try:
        return TimeOfDay().read(told, Reading(date(2000, 1, 1)))
    except Unreadable:
        return None


def on_the_rolls(person: Worker, day: date) -> bool:
    """Whether somebody still works here on a day."""
    return person.left_on is None or person.left_on >= day
