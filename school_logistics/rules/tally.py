"""Counting pupils: rates from totals, class names in one spelling, uniform sizes, grades that leave.

A rate is always worked out from the sums, never as the mean of rates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.rules.figures import half_width
from school_logistics.rules.money import half_up

if TYPE_CHECKING:
    from datetime import date

    from school_logistics.rules.book import RuleBook

_FIGURES = "零一二三四五六七八九"
_CLASS_TAIL = re.compile(r"^(.*?)[(\[]?(\d{1,2}|[一二三四五六七八九十]{1,3})[)\]]?班?$")
_GRADE = re.compile(r"(初|高|小|大|中|托)?(\d{1,2}|[一二三四五六七八九十]{1,2})?(年级|班|级)?")
_GRADE_FIRST = re.compile(r"(?:小学|初中|高中)?([一二三四五六七八九1-9]年级)(?=.)")
_NURSERY = ("托班", "小班", "中班", "大班", "学前班")


class SchoolSystem(StrEnum):
    """How many years primary and junior secondary school last."""

    SIX_THREE = "六三制"
    FIVE_FOUR = "五四制"


class UniformSize(NamedTuple):
    """A size: body height, and girth with figure."""

    height: str
    girth: str

    @property
    def code(self) -> str:
        """110/56, 165/84A, 特体."""
        return f"{self.height}/{self.girth}" if self.girth else self.height

    @property
    def key(self) -> str:
        """A name fit for a column: size_110, size_special."""
        return f"size_{self.height}" if self.girth else "size_special"


UNIFORM_SIZES = (
    UniformSize("110", "56"),
    UniformSize("120", "60"),
    UniformSize("130", "64"),
    UniformSize("135", "64"),
    UniformSize("140", "68"),
    UniformSize("145", "68"),
    UniformSize("150", "72"),
    UniformSize("155", "76"),
    UniformSize("160", "80"),
    UniformSize("165", "84A"),
    UniformSize("170", "88A"),
    UniformSize("175", "92A"),
    UniformSize("180", "96A"),
    UniformSize("特体", ""),
)
"""The usual choice after GB/T 1335.3-2009 (children) and GB/T 1335.1/.2-2008 (adults), 特体 made to measure."""


class UniformStyle(StrEnum):
    """The garments ordered."""

    SUMMER = "夏装"
    SPORTS = "运动装"
    WINTER = "冬装"


class MilkPayment(StrEnum):
    """Who collects the money for milk."""

    ONLINE = "企业线上收取"
    SCHOOL = "学校代收"
    PUBLIC = "财政供给"


GRADES = (
    *("一年级", "二年级", "三年级", "四年级", "五年级", "六年级", "七年级", "八年级", "九年级"),
    *("初一", "初二", "初三", "初四", "高一", "高二", "高三"),
)
"""Grades in order. 初一 is the seventh year under 六三制 and the sixth under 五四制: the words stay as the school's."""


def order_rate(ordered: int | Decimal, pupils: int | Decimal, places: int = 1) -> Decimal | None:
    """The share in per cent, half up; None where there is nobody.

    >>> order_rate(1032, 1503), order_rate(1, 8), order_rate(3, 0)
    (Decimal('68.7'), Decimal('12.5'), None)
    """
    return half_up(Decimal(ordered) * 100 / Decimal(pupils), places) if pupils else None


def rate_of_all(parts: Iterable[tuple[int, int]], places: int = 1) -> Decimal | None:
    """The share of several classes together: sum over sum, never the mean of their rates.

    >>> rate_of_all([(1, 2), (0, 8)])
    Decimal('10.0')
    """
    pairs = list(parts)
    return order_rate(sum(ordered for ordered, _ in pairs), sum(pupils for _, pupils in pairs), places)


def change_percent(now: Decimal | int, before: Decimal | int | None) -> Decimal | None:
    """How much a figure rose (or, negative, fell) against last year, in per cent; None without one to compare."""
    return half_up((Decimal(now) - before) * 100 / abs(Decimal(before)), 1) if before else None


def class_name(typed: str, grade: str = "") -> str:
    """A class in the school's one spelling, 一年级1班, from whatever stands on the list.

    `grade` is what the list says of the grade elsewhere; a grade inside the name goes before it.

    >>> [class_name(t, "一年级") for t in ("1班", "(2)班", "（3）班", "1.4班", "一年级五班", "一(6)班")]
    ['一年级1班', '一年级2班', '一年级3班', '一年级4班', '一年级5班', '一年级6班']
    >>> class_name("四年级3班"), class_name("初一(1)班"), class_name("六·2"), class_name("启智班", "二年级")
    ('四年级3班', '初一1班', '六年级2班', '二年级启智班')
    >>> class_name("一年级1.4班"), class_name("二年级二(6)班")
    ('一年级4班', '二年级6班')

    What bears no number is kept as it stands, after its grade.
    """
    text = re.sub(r"\s", "", half_width(typed))
    if leading := _GRADE_FIRST.match(text):
        grade, text = leading[1], text[leading.end() :]
    match = _CLASS_TAIL.fullmatch(text)
    if not match:
        return text if not grade or text.startswith(grade_name(grade)) else grade_name(grade) + text
    inside = match[1].rstrip(".-·、_第(")
    number = _number(match[2])
    named = grade_name(inside) if inside else grade_name(grade)
    return f"{named}{number}班"


def grade_name(typed: str) -> str:
    """A grade in one spelling: 1, 一, 1年级 and 一年级 are 一年级; 初1 is 初一.

    >>> [grade_name(t) for t in ("1", "一", "3年级", "初1", "七年级", "大班")]
    ['一年级', '一年级', '三年级', '初一', '七年级', '大班']
    """
    text = re.sub(r"[\s.·]", "", half_width(typed))
    match = _GRADE.fullmatch(text)
    if not text or text in _NURSERY or match is None or not match[2]:
        return text
    number = _number(match[2])
    if not 1 <= number < len(_FIGURES):
        return text
    figure = _FIGURES[number]
    return f"{match[1]}{figure}" if match[1] in {"初", "高"} else f"{figure}年级"


def grade_of(class_text: str) -> str:
    """The grade inside a class name in the school's spelling: 一年级 of 一年级1班."""
    return next((grade for grade in GRADES if class_text.startswith(grade)), "")


def class_order(class_text: str) -> tuple[int, int, str]:
    """A sort key: grades in order, then the class number, 10班 after 9班."""
    grade = grade_of(class_text)
    number = re.search(r"(\d+)班$", class_text)
    return (GRADES.index(grade) if grade else len(GRADES), int(number[1]) if number else 0, class_text)


def is_graduating(grade: str, system: SchoolSystem | str) -> bool:
    """Whether a grade leaves its school this year; uniforms may not be ordered for it.

    >>> is_graduating("六年级", "六三制"), is_graduating("六年级", "五四制"), is_graduating("初三", "五四制")
    (True, False, False)
    """
    leaving = {"五年级", "九年级", "初四"} if system == SchoolSystem.FIVE_FOUR else {"六年级", "九年级", "初三"}
    return grade_name(grade) in leaving | {"高三"}


def uniform_grade_fault(grade: str, system: SchoolSystem | str, book: RuleBook, on: date) -> str:
    """Say when uniforms are ordered for a grade that leaves, or one that the district does not name (UNI-04)."""
    name = grade_name(grade)
    if is_graduating(name, system):
        return f"{name}在{system}下是毕业年级，不得组织征订学生装"
    named = book.words("uniform.order_grades", on)
    return "" if not name or name in named else f"{name}不在学生装征订年级内（{'、'.join(named)}）"


def uniform_size(heading: str) -> UniformSize | None:
    """The size that a heading of a list names: 110, 110/56, 165/84A, 165码, 特体, 特体定制."""
    text = half_width(heading).upper().removesuffix("码").removesuffix("CM")
    return next((size for size in UNIFORM_SIZES if text in {size.height, size.code, f"{size.height}定制"}), None)


def size_total(sets: Mapping[str, int | None]) -> int:
    """How many sets a line of the size table holds: the sum over all sizes, by UniformSize.key."""
    return sum(sets.get(size.key) or 0 for size in UNIFORM_SIZES)


def total_fault(stated: int | None, sets: Mapping[str, int | None]) -> str:
    """Say when a total written on the list differs from the sum of its sizes (UNI-01)."""
    summed = size_total(sets)
    if stated is None or stated == summed:
        return ""
    return f"合计 {stated} 比各号之和 {summed} {'多' if stated > summed else '少'} {abs(stated - summed)} 套"


def orders_fault(ordered: int | None, pupils: int | None) -> str:
    """Say when more ordered than there are pupils (MLK-01)."""
    if ordered is None or pupils is None or ordered <= pupils:
        return ""
    return f"订购人数 {ordered} 多于学生数 {pupils}"


def milk_boxes(ordered: int, days: int, returned: int = 0) -> int:
    """How many boxes of milk: one for each who ordered on each milk day, less those given back."""
    return ordered * days - returned


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    tens, ten, ones = word.rpartition("十")
    number = (_FIGURES.index(tens) if tens else 1) * 10 if ten else 0
    return number + (_FIGURES.index(ones) if ones else 0)
