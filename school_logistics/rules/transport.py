"""School buses and their drivers: who may drive what, until when, and how many pupils ride.

《校车安全管理条例》(国务院令第617号, 2012-04-05), 《机动车登记规定》(公安部令第164号), 《机动车驾驶证申领和使用规定》
(公安部令第162号, changed by 第172号 from 2025-01-01).
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from school_logistics.rules.due import Days, Months, Years, earliest
from school_logistics.rules.figures import half_width

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook


class VehicleClass(StrEnum):
    """The size of a bus, by seats and length."""

    LARGE = "大型客车"
    MEDIUM = "中型客车"
    SMALL = "小型客车"


class BusType(StrEnum):
    """Whom a school bus is built for."""

    PRESCHOOL = "幼儿专用校车"
    PRIMARY = "小学生专用校车"
    COMPULSORY = "中小学生专用校车"
    ORDINARY = "非专用校车"


class Ownership(StrEnum):
    """Whose bus it is."""

    OWN = "自有"
    RENTED = "租赁"
    SERVICE = "服务商"


class BusStatus(StrEnum):
    """Where a bus is in its life."""

    IN_USE = "在用"
    STOPPED = "停运"
    RETIRED = "退出"


class Trip(StrEnum):
    """The trips of a school day."""

    TO_SCHOOL = "上学"
    HOME = "放学"


class LicenceClass(StrEnum):
    """The classes of driving licence that matter here (准驾车型)."""

    A1 = "A1"
    A2 = "A2"
    A3 = "A3"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"


_COVERS = {
    VehicleClass.LARGE: (LicenceClass.A1,),
    VehicleClass.MEDIUM: (LicenceClass.A1, LicenceClass.B1),
    VehicleClass.SMALL: tuple(one for one in LicenceClass if one is not LicenceClass.C2),
}
_LARGE_SEATS, _LARGE_METRES, _MEDIUM_SEATS = 20, 6, 10


def vehicle_class(seats: int, metres: float | None = None) -> VehicleClass:
    """The size of a bus: large from 20 seats or 6 metres on, medium from 10 seats on, else small.

    >>> print(vehicle_class(36), vehicle_class(19), vehicle_class(9), vehicle_class(19, 6.2))
    大型客车 中型客车 小型客车 大型客车
    """
    if seats >= _LARGE_SEATS or (metres or 0) >= _LARGE_METRES:
        return VehicleClass.LARGE
    return VehicleClass.MEDIUM if seats >= _MEDIUM_SEATS else VehicleClass.SMALL


def read_licence_classes(typed: str | None) -> tuple[LicenceClass, ...]:
    """The licence classes in a text such as A1, A1A2, B1/C1; motorcycles and the like are left out."""
    return tuple(LicenceClass(one) for one in re.findall(r"A[123]|B[12]|C[12]", half_width(typed or "").upper()))


def licence_covers(licence: str | None, seats: int, *, automatic: bool = False) -> bool:
    """Whether a licence covers a school bus of so many seats (DRV-01).

    Large: A1 only. Medium: A1, B1; A3 is for town buses only. Small: any of A1 to C1, C2 with automatic gears.

    >>> licence_covers("B1", 36), licence_covers("A1", 41), licence_covers("A3", 15), licence_covers("B1", 15)
    (False, True, False, True)
    """
    held = read_licence_classes(licence)
    if LicenceClass.C2 in held and automatic and vehicle_class(seats) is VehicleClass.SMALL:
        return True
    return any(one in _COVERS[vehicle_class(seats)] for one in held)


def licence_fault(licence: str | None, seats: int | None, plate: str = "") -> str:
    """Say when a driver's licence does not cover the bus."""
    if not licence or not seats or licence_covers(licence, seats):
        return ""
    size = vehicle_class(seats)
    wanted = "、".join(_COVERS[size])
    return f"准驾车型 {licence} 不能驾驶 {seats} 座的{size}{plate}，须为 {wanted}"


def birthday(born: date, age: int) -> date:
    """The day someone turns so many years; who was born on 29 February does so on the 28th in other years.

    >>> birthday(date(1966, 12, 1), 60)
    datetime.date(2026, 12, 1)
    """
    return Years(age).after(born)


def age_on(born: date, day: date) -> int:
    """Full years of age on a day.

    >>> age_on(date(1966, 12, 1), date(2026, 11, 30)), age_on(date(1966, 12, 1), date(2026, 12, 1))
    (59, 60)
    """
    age = day.year - born.year
    return age if birthday(born, age) <= day else age - 1


def too_old_on(born: date, book: RuleBook, on: date) -> date:
    """The day from which someone may no longer drive a school bus: the 60th birthday, or what the book says."""
    return birthday(born, book.whole("bus.driver.most_age", on))


def age_fault(born: date | None, book: RuleBook, on: date) -> str:
    """Say when a driver is too young or too old on a day (《校车安全管理条例》 article 23: 25 to 60 years)."""
    if born is None:
        return ""
    age = age_on(born, on)
    least, most = book.whole("bus.driver.least_age", on), book.whole("bus.driver.most_age", on)
    if age < least:
        return f"驾驶人 {age} 周岁，未满 {least} 周岁"
    return f"驾驶人已满 {most} 周岁（{birthday(born, most)}），不能驾驶校车" if age >= most else ""


def held_long_enough(first_licensed: date | None, endorsed: date | None, book: RuleBook) -> str:
    """Say when the school bus endorsement came before three full years of driving (article 23; DRV-02)."""
    if first_licensed is None or endorsed is None:
        return ""
    years = book.whole("bus.driver.licence_years", endorsed)
    return f"初次领证到校车资格签注不满 {years} 年" if endorsed < Years(years).after(first_licensed) else ""


def annual_review_due(first_licensed: date, reviewed: date | None, today: date, book: RuleBook) -> date:
    """By when a driver's yearly review must be done: 30 days after the licence's anniversary (articles 26 and 90).

    Penalty points run from the first issue of the licence for twelve months each. With the last review known, the
    next anniversary after it counts; without, the next due day not yet past: nothing is called overdue for want of
    a record.

    >>> from school_logistics.rules.book import Rule, RuleBook
    >>> book = RuleBook((Rule("bus.driver.review_days", "年审", 30, "天", "", date(2022, 4, 1)),))
    >>> annual_review_due(date(2003, 6, 18), date(2026, 7, 1), date(2026, 11, 22), book)
    datetime.date(2027, 7, 18)
    """
    grace = Days(book.whole("bus.driver.review_days", today))
    years = max((reviewed or today).year - first_licensed.year - 1, 1)
    while True:
        anniversary = Years(years).after(first_licensed)
        due = grace.after(anniversary)
        if anniversary > reviewed if reviewed else due >= today:
            return due
        years += 1


def badge_valid_to(inspection: date | None, permit: date | None) -> date | None:
    """Until when the school bus badge is good: the earlier of inspection and operating permit (登记规定 article 61)."""
    return earliest(inspection, permit)


def badge_fault(badge: date | None, inspection: date | None, permit: date | None) -> str:
    """Say when the badge claims to be good for longer than inspection and permit allow (BUS-02)."""
    allowed = badge_valid_to(inspection, permit)
    if badge is None or allowed is None or badge == allowed:
        return ""
    return f"标牌有效期应与检验、使用许可中较早的一致（{allowed}）"


def next_inspection(inspected: date, book: RuleBook) -> date:
    """When a school bus is inspected again: every half year (《校车安全管理条例》 article 20)."""
    return Months(book.whole("bus.inspection.months", inspected)).after(inspected)


def bus_scrap_on(registered: date, book: RuleBook, on: date) -> date:
    """When a purpose-built school bus must leave the road."""
    return Years(book.whole("bus.scrap_years", on)).after(registered)


def escorts_required(seats: int, book: RuleBook, on: date) -> int:
    """How many escorts must ride along: one, two on a bus of more than 40 seats (article 38; GB 24407)."""
    return 2 if seats > book.whole("bus.escort.seats", on) else 1


def student_seats(rated_capacity: int, escort_seats: int, front_passenger_seats: int = 0) -> int:
    """How many pupils may ride: all seats but the driver's, the escorts' and any beside the driver (article 40).

    >>> student_seats(41, 2)
    38
    """
    return max(rated_capacity - 1 - escort_seats - front_passenger_seats, 0)


class Bus(Protocol):
    """A bus as these rules see it; None where blank."""

    @property
    def rated_capacity(self) -> int | None:
        """核载人数."""

    @property
    def escort_seats(self) -> int | None:
        """照管座位数."""


def bus_student_seats(row: Bus) -> int | None:
    """The column 学生座位数."""
    return None if row.rated_capacity is None else student_seats(row.rated_capacity, row.escort_seats or 0)


def enough_escort_seats(row: Bus, *, book: RuleBook, today: date) -> str:
    """Say when a bus has fewer escort seats than it needs escorts."""
    if row.rated_capacity is None or row.escort_seats is None:
        return ""
    wanted = escorts_required(row.rated_capacity, book, today)
    return f"核载 {row.rated_capacity} 人，照管座位应不少于 {wanted} 个" if row.escort_seats < wanted else ""


def a_bus_by_law(row: Bus, *, book: RuleBook, today: date) -> bool:
    """Whether it has the seven seats that make it a school bus (article 2)."""
    return row.rated_capacity is None or row.rated_capacity >= book.whole("bus.seats.least", today)
