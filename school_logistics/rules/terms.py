"""Terms and orders: 2026秋, what a workbook's title says for all its rows, and what an order line comes to."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from school_logistics.rules.figures import half_width
from school_logistics.rules.money import half_up
from school_logistics.rules.tally import (
    GRADES,
    UNIFORM_SIZES,
    SchoolSystem,
    UniformStyle,
    class_name,
    class_order,
    grade_name,
    grade_of,
    milk_boxes,
    order_rate,
    orders_fault,
    size_total,
    uniform_grade_fault,
)

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook

_SPRING_MONTHS = range(2, 8)
_TERM = re.compile(r"(20\d\d)\s*年?\s*(春|秋)")
_SCHOOL_YEAR_TERM = re.compile(r"(20\d\d)\s*[-—–~至/]\s*(?:20)?\d\d\s*学?年?度?\s*第?\s*([一二12上下])\s*学?期?")
_PLACES_OF_A_CLASS = 100


class Named(Protocol):
    """A class as its orders see it; None where blank."""

    @property
    def name(self) -> str | None:
        """班级."""


class MilkOrder(Protocol):
    """A line of the milk order ledger; None where blank."""

    @property
    def pupils(self) -> int | None:
        """学生数."""

    @property
    def ordered(self) -> int | None:
        """订购人数."""

    @property
    def aided(self) -> int | None:
        """其中资助或免费人数."""

    @property
    def days(self) -> int | None:
        """供奶天数."""

    @property
    def returned(self) -> int | None:
        """退订盒数."""

    @property
    def unit_price(self) -> Decimal | None:
        """单价, yuan a box."""

    @property
    def consented(self) -> bool | None:
        """自愿书已收齐."""

    @property
    def boxes(self) -> int | None:
        """总盒数."""

    @property
    def due(self) -> Decimal | None:
        """应收金额."""

    @property
    def received(self) -> Decimal | None:
        """实收金额."""


class UniformOrder(Protocol):
    """A line of the uniform order ledger; sizes by `UniformSize.key`."""

    @property
    def sets(self) -> int | None:
        """套数."""

    @property
    def unit_price(self) -> Decimal | None:
        """单价, yuan a set."""

    @property
    def style(self) -> str | None:
        """款式."""


class School(Protocol):
    """The school as order rules see it."""

    @property
    def school_system(self) -> str | None:
        """学制."""


def term_of(day: date) -> str:
    """The term in which a day lies, as order lists write it.

    >>> term_of(date(2026, 11, 22)), term_of(date(2027, 1, 10)), term_of(date(2027, 3, 1))
    ('2026秋', '2026秋', '2027春')
    """
    if day.month in _SPRING_MONTHS:
        return f"{day.year}春"
    return f"{day.year if day.month >= _SPRING_MONTHS.stop else day.year - 1}秋"


def tidy_term(typed: str) -> str:
    """One spelling of a term.

    >>> [tidy_term(t) for t in ("2026年秋季", "2026秋", "2026-2027学年第一学期", "2026—2027学年下学期")]
    ['2026秋', '2026秋', '2026秋', '2027春']
    """
    return term_in_title(typed) or typed.strip()


def term_in_title(title: str) -> str:
    """The term that a title line, a sheet's name or a file's name speaks of; "" when none."""
    text = half_width(title)
    if match := _SCHOOL_YEAR_TERM.search(text):
        return f"{match[1]}秋" if match[2] in "一1上" else f"{int(match[1]) + 1}春"
    match = _TERM.search(text)
    return f"{match[1]}{match[2]}" if match else ""


def style_in_title(title: str) -> str:
    """The garment that a title speaks of.

    >>> style_in_title("2026年秋季学生装征订（运动装）")
    '运动装'
    """
    return next((str(style) for style in UniformStyle if style in title), "")


def tidy_style(typed: str) -> str:
    """One word for a garment: 春秋运动服 and 运动装（春秋） are 运动装; what is not known stays."""
    words = {
        "夏": UniformStyle.SUMMER,
        "运动": UniformStyle.SPORTS,
        "春秋": UniformStyle.SPORTS,
        "冬": UniformStyle.WINTER,
    }
    return next((str(style) for word, style in words.items() if word in typed), typed)


def tidy_class(typed: str) -> str:
    """A class in the school's one spelling; a grade may stand before it, parted by a space.

    >>> tidy_class("一年级 1.4班"), tidy_class("一年级(2)班"), tidy_class("初一（1）班")
    ('一年级4班', '一年级2班', '初一1班')
    """
    grade, _, rest = half_width(typed).strip().partition(" ")
    if rest.strip() and grade_name(grade) in GRADES:
        return class_name(rest, grade)
    return class_name(typed)


def grade_in(row: Named) -> str | None:
    """The column 年级 of a class: what its name begins with."""
    return grade_of(row.name or "") or None


def class_place(row: Named) -> int:
    """Where a class stands among all: grades in order, then the number of the class."""
    grade, number, _ = class_order(row.name or "")
    return grade * _PLACES_OF_A_CLASS + number


def place_of_class(row: object, *, school_class: Named | None) -> int | None:
    """The same for a line that names the class."""
    del row
    return class_place(school_class) if school_class else None


def grade_of_class(row: object, *, school_class: Named | None) -> str | None:
    """The column 年级 of a line that names a class."""
    del row
    return grade_in(school_class) if school_class else None


def rate_of_order(row: MilkOrder) -> Decimal | None:
    """The column 订奶率, in per cent with one decimal."""
    return None if row.ordered is None or row.pupils is None else order_rate(row.ordered, row.pupils)


def boxes_of_order(row: MilkOrder) -> int | None:
    """The column 总盒数: a box for each who ordered on each milk day, less those given back."""
    if row.ordered is None or row.days is None:
        return None
    return milk_boxes(row.ordered, row.days, row.returned or 0)


def due_for_milk(row: MilkOrder) -> Decimal | None:
    """The column 应收金额, half up to the fen."""
    return None if row.boxes is None or row.unit_price is None else half_up(row.boxes * row.unit_price, 2)


def still_owed(row: MilkOrder) -> Decimal | None:
    """The column 差额: what was received less what was due."""
    return None if row.due is None or row.received is None else row.received - row.due


def no_more_than_pupils(row: MilkOrder) -> str:
    """Say when more ordered than there are pupils (MLK-01)."""
    return orders_fault(row.ordered, row.pupils)


def nobody_was_made_to_order(row: MilkOrder) -> bool:
    """Whether nothing says that consent forms are still out (MLK-04); a blank says nothing."""
    return row.consented is not False or not row.ordered


def parts_within_ordered(row: MilkOrder) -> str:
    """Say when more are aided than ordered."""
    if row.aided is None or row.ordered is None or row.aided <= row.ordered:
        return ""
    return f"资助免费 {row.aided} 人多于订购 {row.ordered} 人"


def returned_no_more_than_supplied(row: MilkOrder) -> bool:
    """Whether no more boxes were given back than were to be supplied."""
    return row.returned is None or row.boxes is None or row.boxes >= 0


def sets_of_order(row: UniformOrder) -> int | None:
    """The column 合计套数: the sum over all sizes; blank while no size is filled in."""
    sizes = {size.key: getattr(row, size.key, None) for size in UNIFORM_SIZES}
    return size_total(sizes) if any(many is not None for many in sizes.values()) else None


def due_for_uniforms(row: UniformOrder) -> Decimal | None:
    """The column 应收金额, half up to the fen."""
    return None if row.sets is None or row.unit_price is None else half_up(row.sets * row.unit_price, 2)


def has_a_size(row: UniformOrder) -> bool:
    """Whether any size is ordered."""
    return bool(row.sets)


def grade_may_order(
    row: UniformOrder, *, school_class: Named | None, school: School | None, book: RuleBook, today: date
) -> str:
    """Say when uniforms are ordered for a grade that leaves or that the district does not name (UNI-04)."""
    del row
    grade = grade_in(school_class) if school_class else None
    system = (school.school_system if school else None) or SchoolSystem.SIX_THREE
    return uniform_grade_fault(grade, system, book, today) if grade else ""


def within_the_price_limit(row: UniformOrder, *, school_class: Named | None, book: RuleBook, today: date) -> str:
    """Say when a set costs more than the province or the city allows (UNI-01)."""
    if row.unit_price is None:
        return ""
    limit = price_limit(row.style, grade_in(school_class) if school_class else None, book, today)
    if limit is None or row.unit_price <= limit:
        return ""
    return f"单价 {row.unit_price:.2f} 元高于限价 {limit} 元；限价可在规则手册里按当地标准改"


def price_limit(style: str | None, grade: str | None, book: RuleBook, on: date) -> Decimal | None:
    """The most a set may cost: for primary grades by garment, for secondary ones altogether; None where unknown."""
    if not grade:
        return None
    if grade.startswith("高"):
        return book.number("uniform.price.senior", on)
    if grade.startswith("初") or grade in GRADES[6:9]:
        return book.number("uniform.price.junior", on)
    keys = {style.value: f"uniform.price.{style.name.lower()}" for style in UniformStyle}
    return book.number(keys.get(style or "", "uniform.price.primary"), on)
