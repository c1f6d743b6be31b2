"""Checks over the files of buses and drivers and over the check before each trip.

Each takes the record as `row` and answers True or "" when all is well, else False or a sentence. The law behind them
is told in `transport.py`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol

from school_logistics.rules.due import Months
from school_logistics.rules.identity import id_card_birth, plate_kind
from school_logistics.rules.transport import (
    BusStatus,
    BusType,
    age_fault,
    annual_review_due,
    badge_fault,
    bus_scrap_on,
    held_long_enough,
    licence_fault,
    too_old_on,
    vehicle_class,
)

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook


class Driver(Protocol):
    """A driver's file as these rules see it; None where blank."""

    @property
    def id_card(self) -> str | None:
        """身份证号."""

    @property
    def licence_class(self) -> str | None:
        """准驾车型."""

    @property
    def first_licensed_on(self) -> date | None:
        """初次领证日期."""

    @property
    def licence_until(self) -> date | None:
        """驾驶证有效期至."""

    @property
    def endorsed_on(self) -> date | None:
        """校车驾驶资格签注日期."""

    @property
    def reviewed_on(self) -> date | None:
        """上次年审日期."""

    @property
    def medical_on(self) -> date | None:
        """体检日期."""

    @property
    def points(self) -> int | None:
        """本周期记分."""

    @property
    def left_on(self) -> date | None:
        """离岗日期."""


class Bus(Protocol):
    """A bus's file as these rules see it; None where blank."""

    @property
    def plate(self) -> str | None:
        """号牌号码."""

    @property
    def bus_type(self) -> str | None:
        """校车类型."""

    @property
    def rated_capacity(self) -> int | None:
        """核载人数."""

    @property
    def registered_on(self) -> date | None:
        """注册登记日期."""

    @property
    def inspection_until(self) -> date | None:
        """检验有效期至."""

    @property
    def permit_until(self) -> date | None:
        """使用许可有效期至."""

    @property
    def badge_until(self) -> date | None:
        """标牌有效期至."""

    @property
    def status(self) -> str | None:
        """状态."""


class DailyCheck(Protocol):
    """The check before a trip as these rules see it; None where blank."""

    @property
    def checked_on(self) -> date | None:
        """日期."""


def licence_covers_the_bus(row: Bus, *, driver: Driver | None) -> str:
    """Say when the driver's licence does not cover the bus (《校车安全管理条例》 article 23; DRV-01)."""
    return licence_fault(driver.licence_class, row.rated_capacity) if driver else ""


def badge_agrees(row: Bus) -> str:
    """Say when the badge's last day is not the earlier of inspection and permit (BUS-02)."""
    return badge_fault(row.badge_until, row.inspection_until, row.permit_until)


def has_a_badge(row: Bus) -> bool:
    """Whether a bus in use has its school bus badge: without one it may not carry pupils (article 16)."""
    return row.badge_until is not None or row.status in {BusStatus.RETIRED, BusStatus.STOPPED}


def carries_pupils(row: Bus, on: date) -> bool:
    """Whether a bus goes out on a day, so that it is checked before: in use, registered, its inspection still good."""
    inspected = row.inspection_until is None or on <= row.inspection_until
    registered = row.registered_on is None or row.registered_on <= on
    return inspected and registered and row.status in {None, BusStatus.IN_USE}


def kind_of_plate(row: Bus) -> str | None:
    """The column 号牌种类."""
    kind = plate_kind(row.plate or "")
    return str(kind) if kind else None


def size_of_bus(row: Bus) -> str | None:
    """The column 车型: large, medium or small by the seats."""
    return str(vehicle_class(row.rated_capacity)) if row.rated_capacity else None


def scrapped_by(row: Bus, *, book: RuleBook, today: date) -> date | None:
    """The column 强制报废期止; purpose-built school buses only."""
    if row.registered_on is None or row.bus_type in {None, BusType.ORDINARY}:
        return None
    return bus_scrap_on(row.registered_on, book, today)


def registered_by_today(row: Bus, *, today: date) -> bool:
    """Whether the day of registration is not in the future."""
    return row.registered_on is None or row.registered_on <= today


def leaves_the_road(row: Bus, *, book: RuleBook, today: date) -> date | None:
    """The day for the reminder: when a bus in use must leave the road."""
    return None if row.status == BusStatus.RETIRED else scrapped_by(row, book=book, today=today)


def right_age(row: Driver, *, book: RuleBook, today: date) -> str:
    """Say when a driver is too young or too old to drive today (DRV-06); who has left is not asked."""
    born = id_card_birth(row.id_card) if row.id_card else None
    return "" if row.left_on else age_fault(born, book, today)


def drove_long_enough(row: Driver, *, book: RuleBook) -> str:
    """Say when the endorsement came before three full years of driving (DRV-02)."""
    return held_long_enough(row.first_licensed_on, row.endorsed_on, book)


def licence_still_good(row: Driver, *, today: date) -> str:
    """Say when the driving licence has run out (DRV-03): no trip may be driven."""
    if row.left_on or row.licence_until is None or row.licence_until >= today:
        return ""
    return f"驾驶证已于 {row.licence_until} 到期，不可派车"


def points_left(row: Driver, *, book: RuleBook, today: date) -> str:
    """Say when all points of this period are gone: the right to drive a school bus is lost (DRV-07)."""
    full = book.whole("bus.driver.points_full", today)
    return f"本周期已记满 {full} 分，校车驾驶资格失效，应停派" if (row.points or 0) >= full else ""


def points_low(row: Driver, *, book: RuleBook, today: date) -> str:
    """Say when few points are left (DRV-07)."""
    warn, full = book.whole("bus.driver.points_warn", today), book.whole("bus.driver.points_full", today)
    return f"本周期已记 {row.points} 分，离满分 {full} 分不远" if warn <= (row.points or 0) < full else ""


def next_review(row: Driver, *, book: RuleBook, today: date) -> date | None:
    """By when the yearly review must be done (DRV-04)."""
    if row.left_on or row.first_licensed_on is None:
        return None
    return annual_review_due(row.first_licensed_on, row.reviewed_on, today, book)


def review_after_last(row: Driver, *, book: RuleBook, today: date) -> date | None:
    """The column 下次年审: only known where the last review is."""
    return next_review(row, book=book, today=today) if row.reviewed_on else None


def grows_too_old(row: Driver, *, book: RuleBook, today: date) -> date | None:
    """The birthday from which a driver may no longer drive a school bus (DRV-06)."""
    born = id_card_birth(row.id_card) if row.id_card else None
    return None if born is None or row.left_on else too_old_on(born, book, today)


def why_too_old(row: Driver, *, book: RuleBook, today: date) -> str:
    """The reason beside that reminder: 2026-12-01 满 60 周岁."""
    born = id_card_birth(row.id_card) if row.id_card else None
    if born is None:
        return ""
    return f"{too_old_on(born, book, today)} 满 {book.whole('bus.driver.most_age', today)} 周岁，不能再驾驶校车"


def usual_medical_until(row: Driver, *, book: RuleBook) -> date | None:
    """Until when a medical examination is good when nobody has written it down."""
    if row.medical_on is None:
        return None
    return Months(book.whole("bus.driver.checkup_months", row.medical_on)).after(row.medical_on)


def bus_was_inspected(row: DailyCheck, *, bus: Bus | None) -> str:
    """Say when the bus went out although its inspection had run out (article 20)."""
    if bus is None or row.checked_on is None or bus.inspection_until is None or row.checked_on <= bus.inspection_until:
        return ""
    return f"检验已于 {bus.inspection_until} 到期，当天不应出车"


def driver_was_licensed(row: DailyCheck, *, driver: Driver | None) -> str:
    """Say when the driver drove although the licence had run out (article 23)."""
    if driver is None or row.checked_on is None or driver.licence_until is None:
        return ""
    if row.checked_on <= driver.licence_until:
        return ""
    return f"驾驶证已于 {driver.licence_until} 到期，当天不应驾驶"


def driver_covered_the_bus(row: DailyCheck, *, bus: Bus | None, driver: Driver | None) -> str:
    """Say when the licence of who drove does not cover the bus."""
    del row
    return licence_fault(driver.licence_class, bus.rated_capacity) if bus and driver else ""
