"""R01 学校基本情况: what the school is, its classes and pupils, its ground."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from school_logistics.models.office import School, Staff
from school_logistics.models.orders import SchoolClass
from school_logistics.reports.annual_return.files import day_words, how_many, sum_of, tidy
from school_logistics.reports.annual_return.indicator import COVER, NOTHING, Answer, Indicator, under
from school_logistics.reports.annual_return.past import Values, as_they_were
from school_logistics.rules.tally import GRADES

if TYPE_CHECKING:
    from collections.abc import Callable

    from school_logistics.reports.annual_return.asking import Asked

_PROFILE = "学校概况"
_CLASSES = "班级台账"
_GRADE_KEYS = {grade: f"school.pupils.grade_{place}" for place, grade in enumerate(GRADES, start=1)}


def profile(asked: Asked) -> Values | None:
    """The school's own file as it stands today."""

    def find() -> Values | None:
        table = School.__table__
        row = asked.session.execute(select(*table.columns).order_by(table.c.id).limit(1)).mappings().first()
        return dict(row) if row else None

    return asked.once("profile", find)


def told(key: str) -> Callable[[Asked], Answer]:
    """A word of the school's file, as it stands today: whoever reports puts today's names on the paper."""

    def compute(asked: Asked) -> Answer:
        values = profile(asked)
        return Answer(values[key]) if values and values[key] is not None else NOTHING

    return compute


def measured(key: str) -> Callable[[Asked], Answer]:
    """A figure or a yes or no of the school's file, as it stood on the reporting day."""

    def compute(asked: Asked) -> Answer:
        rows = as_they_were(asked, School)
        value: Any = rows[0][key] if rows else None
        if value is None:
            return NOTHING
        return Answer(("有" if value else "无") if isinstance(value, bool) else tidy(value), day_words(asked, ""))

    return compute


def classes(asked: Asked) -> list[Values]:
    """The classes there were on the reporting day."""
    return as_they_were(asked, SchoolClass, until="closed_on")


def pupils(asked: Asked) -> Answer:
    """All pupils: the sum of the classes, or the school's file while no class names its pupils."""
    summed = sum_of(asked, classes(asked), "pupils")
    if summed.value is not None:
        by_grade = {grade: grade_pupils(grade)(asked) for grade in GRADES}
        parts = tuple((grade, f"{found.value:,}") for grade, found in by_grade.items() if isinstance(found.value, int))
        return summed._replace(parts=parts)
    found = measured("pupils")(asked)
    return found._replace(words=f"{found.words}，班级台账没有人数，取学校概况") if found.value is not None else found


def grade_pupils(grade: str) -> Callable[[Asked], Answer]:
    """The pupils of one grade."""
    return lambda asked: sum_of(asked, classes(asked), "pupils", lambda one: one["grade"] == grade)


def boarders(asked: Asked) -> Answer:
    """Pupils who live at school: by class, or as the school's file says."""
    summed = sum_of(asked, classes(asked), "boarders")
    return summed if summed.value is not None else measured("boarders")(asked)


def day_pupils(asked: Asked) -> Answer:
    """Pupils who go home: all less those who live at school."""
    all_of_them, staying = pupils(asked).value, boarders(asked).value
    if not isinstance(all_of_them, int) or not isinstance(staying, int):
        return NOTHING
    return Answer(all_of_them - staying, f"{all_of_them:,} − {staying:,}")


def logistics_staff(asked: Asked) -> Answer:
    """Everybody in the logistics office's list who had not left."""
    return how_many(asked, as_they_were(asked, Staff, since="hired_on", until="left_on"), unit="人")


def _line(key: str, label: str, unit: str, compute: Callable[[Asked], Answer], source: str) -> Indicator:
    return Indicator(f"school.{key}", "R01", label, unit, source, compute)


RETURN = (
    Indicator("return.year", COVER, "报告年度", "", "所选报告期", lambda asked: Answer(_year(asked))),
    Indicator("return.date", COVER, "填报日期", "", "生成这份年报的日期", lambda asked: Answer(asked.today)),
)

SCHOOL = (
    *under(
        "学校",
        _line("name", "学校名称", "", told("name"), f"{_PROFILE}「学校名称」"),
        _line("code", "学校代码", "", told("school_code"), f"{_PROFILE}「学校代码」"),
        _line("stage", "办学类型", "", told("stage"), f"{_PROFILE}「办学类型」"),
        _line("system", "学制", "", told("school_system"), f"{_PROFILE}「学制」"),
        _line("bureau", "主管部门", "", told("bureau"), f"{_PROFILE}「主管部门」"),
        _line("principal", "校长", "", told("principal"), f"{_PROFILE}「校长」"),
        _line("director", "总务主任", "", told("director"), f"{_PROFILE}「总务主任」"),
        _line("clerk", "填表人", "", told("clerk"), f"{_PROFILE}「填表人」"),
        _line("phone", "联系电话", "", told("phone"), f"{_PROFILE}「联系电话」"),
    ),
    *under(
        "班级与学生",
        _line("classes", "班数", "个", lambda asked: how_many(asked, classes(asked), unit="个"), _CLASSES),
        _line("pupils", "在校学生数", "人", pupils, f"{_CLASSES}「学生数」相加"),
        *(
            Indicator(
                code,
                "R01",
                f"其中：{grade}",
                "人",
                f"{_CLASSES}「学生数」，{grade}各班相加",
                grade_pupils(grade),
                if_any=True,
            )
            for grade, code in _GRADE_KEYS.items()
        ),
        Indicator(
            "school.pupils.by_grade",
            "R01",
            "各年级合计",
            "人",
            "以上各年级相加，应等于在校学生数",
            sum_of=tuple(_GRADE_KEYS.values()),
        ),
        _line(
            "girls",
            "其中：女生",
            "人",
            lambda asked: sum_of(asked, classes(asked), "girls"),
            f"{_CLASSES}「其中女生」相加",
        ),
        _line("boarders", "其中：住宿生", "人", boarders, f"{_CLASSES}「其中住宿生」相加"),
        _line("day_pupils", "其中：走读生", "人", day_pupils, "在校学生数减住宿生"),
    ),
    *under(
        "教职工与校舍",
        _line("teachers", "教职工数", "人", measured("teachers"), f"{_PROFILE}「教职工数」"),
        _line("staff", "后勤人员数", "人", logistics_staff, "后勤人员台账，在岗"),
        _line("established_posts", "后勤编制数", "人", measured("established_posts"), f"{_PROFILE}「后勤编制数」"),
        _line("land_area", "占地面积", "㎡", measured("land_area"), f"{_PROFILE}「占地面积」"),
        _line("floor_area", "建筑面积", "㎡", measured("floor_area"), f"{_PROFILE}「建筑面积」"),
    ),
)


def _year(asked: Asked) -> int | str:
    """2026, or 2025—2026 for a school year."""
    first, last = asked.period.first.year, asked.period.last.year
    return first if first == last else f"{first}—{last}"
