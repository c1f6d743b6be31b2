"""The store's past: each day's deliveries and their notes, what the kitchen took, what was thrown away, the count."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from itertools import groupby
from random import Random
from typing import TYPE_CHECKING

from school_logistics.models.record import Origin
from school_logistics.rules.calendar import Month
from school_logistics.rules.disposal import RejectCause, RejectMethod, RejectStage
from school_logistics.rules.food import AcceptanceResult
from school_logistics.rules.issuing import Purpose
from school_logistics.rules.money import half_up
from school_logistics.services.demo_school.storeroom import Arrival, Counted, Handed, Storeroom, is_fresh, total

if TYPE_CHECKING:
    from school_logistics.services.demo_school.pen import Pen, Plan

_BUYER, _STOREKEEPER, _REVIEWER, _SAFETY = "周涛", "孙浩", "赵春华", "杨雪"
_PAIRS = (("吴桂香", "杨雪"), ("吴桂香", "何静"), ("杨雪", "何静"))
"""Who accept together; another pair each month."""
_COOKS = ("郭建军", "宋文斌")
_LATE_ONE_DAY_IN = 12
"""Of the days whose deliveries are all used up at once, so many are entered days later."""
_LACKING_DAYS, _SETTLED_DAYS = 48, 10
_GAPS = {"鸡腿": "quarantine_no", "酱油": "produced_on", "猪后腿肉": "meat_inspection_no"}
"""What a delivery of last month and of this one lacks, as after an import."""
_ODD_FEN = Decimal("0.30")


def plan_store(plan: Plan, expired: Sequence[str], since: date) -> None:
    """Plan the store's every day; the suppliers `expired` deliver no more from a day on."""
    Past(plan, expired, since).plan_all()


class Past:
    """Turns what came and went into the acts that wrote it down."""

    def __init__(self, plan: Plan, expired: Sequence[str], since: date) -> None:
        self.plan = plan
        self.chance = Random(f"store{plan.first}")
        self.room = Storeroom(plan.school_days, self.chance)
        self.expired, self.since = expired, since
        self.ids: dict[int, int] = {}
        """The record of each batch, once it is written."""
        self.gaps = dict(_GAPS)

    def plan_all(self) -> None:
        """Plan every school day in turn."""
        days = self.plan.school_days
        for place, day in enumerate(days):
            self._clear(self.room.expired(day), day, RejectCause.EXPIRED)
            late = self._is_late(day)
            came = self.room.deliver(place, self.expired if day >= self.since else (), for_today=late)
            entered = self._receive(day, came, late=late)
            took = self.room.hand_out(day, leave_nothing=late)
            own = {one.batch.id for one in came}
            self._issue(day, [one for one in took if not (late and one.batch.id in own)], None)
            self._issue(day, [one for one in took if late and one.batch.id in own], entered)
            month = [one for one in days if Month.of(one) == Month.of(day)]
            if day == month[len(month) // 2]:
                self._turn_away(day, came)
            if day == month[-1]:
                spoilt = self.room.spoil(day)
                self._clear([spoilt] if spoilt else [], day, RejectCause.SPOILED)
                self._count(day)

    def _is_late(self, day: date) -> bool:
        """Whether a day's deliveries are entered days later, as 补录: only where all of them is used up at once."""
        settled = day < self.plan.today - timedelta(days=_SETTLED_DAYS)
        chosen = self.chance.randrange(_LATE_ONE_DAY_IN) == 0
        return chosen and settled and all(is_fresh(good) for good in self.room.short_of(day))

    def _receive(self, day: date, came: Sequence[Arrival], *, late: bool) -> datetime:
        """Write a day's delivery lines and their notes; answer when."""
        one, other = _PAIRS[day.month % len(_PAIRS)]
        people = {"inspector": one, "second_inspector": other, "buyer": _BUYER, "storekeeper": _STOREKEEPER}
        typed: list[tuple[Arrival, dict[str, object]]] = []
        brought: list[tuple[Arrival, dict[str, object]]] = []
        for arrival in came:
            line = arrival.line | people | {"note_no": _note_no(day, arrival)}
            blank = "" if late else self._lacking(day, arrival)
            if blank:
                line |= {blank: None, "best_before_printed": arrival.batch.best_before}
            (brought if blank else typed).append((arrival, line))
        on = self.plan.workday(day + timedelta(days=self.chance.randrange(6, 9))) if late else day
        at = self.plan.moment(on, 10)
        origin = Origin.LATE if late else Origin.TYPED
        self.plan.at(at, f"新增 采购台账：{day:%m-%d} {len(typed)} 行", partial(self._write, typed, origin))
        if brought:
            title = f"导入 采购台账 {len(brought)} 行"
            self.plan.at(self.plan.moment(day, 14), title, partial(self._write, brought, Origin.IMPORTED))
        self._write_notes(day, came, at + timedelta(minutes=20), origin)
        return at

    def _lacking(self, day: date, arrival: Arrival) -> str:
        """The field that one of the last deliveries lacks."""
        if day <= self.plan.today - timedelta(days=_LACKING_DAYS):
            return ""
        return self.gaps.pop(arrival.good.name, "")

    def _write(self, lines: Sequence[tuple[Arrival, Mapping[str, object]]], origin: Origin, pen: Pen) -> None:
        ids = pen.add("food_purchase", [line for _, line in lines], origin)
        self.ids |= {arrival.batch.id: one for (arrival, _), one in zip(lines, ids, strict=True)}

    def _write_notes(self, day: date, came: Sequence[Arrival], at: datetime, origin: Origin) -> None:
        notes = []
        number_of = partial(_note_no, day)
        for number, of_one in groupby(sorted(came, key=number_of), key=number_of):
            lines = list(of_one)
            odd = self.chance.randrange(40) == 0
            notes.append({
                "came_on": day, "supplier": lines[0].good.supplier, "note_no": number, "buyer": _BUYER,
                "ticket_total": total(lines) - (_ODD_FEN if odd else 0),
                "reason": "供货方抹零 0.30 元" if odd else None,
            })  # fmt: skip
        title = f"新增 送货单：{day:%m-%d} {len(notes)} 张"
        self.plan.at(at, title, lambda pen: pen.write("delivery_note", notes, origin))

    def _issue(self, day: date, took: Sequence[Handed], entered: datetime | None) -> None:
        """What the kitchen took, written down in the afternoon; of deliveries entered late, right after them."""
        if not took:
            return
        people = {"receiver": _COOKS[day.toordinal() % 2], "storekeeper": _STOREKEEPER, "reviewer": _REVIEWER}
        origin = Origin.LATE if entered else Origin.TYPED
        title = f"新增 出库台账：{day:%m-%d} {len(took)} 行"

        def write(pen: Pen) -> None:
            drafts = [
                {"issued_on": day, "purpose": Purpose.LUNCH.value, "ingredient": one.good.name,
                 "unit": one.good.stock_unit, "requested": one.asked, "issued": one.quantity,
                 "batch": self.ids[one.batch.id], "unit_price": one.batch.unit_price, "amount": one.amount, **people}
                for one in took
            ]  # fmt: skip
            pen.write("stock_out", drafts, origin)

        self.plan.at(entered + timedelta(hours=1) if entered else self.plan.moment(day, 16), title, write)

    def _turn_away(self, day: date, came: Sequence[Arrival]) -> None:
        """A delivery that is sent back at the door, and brought again in order."""
        if not came:
            return
        arrival = came[-1]
        one, other = _PAIRS[day.month % len(_PAIRS)]
        quantity = Decimal(5) if arrival.good.unit == "公斤" else Decimal(2)
        line = arrival.line | {
            "quantity": quantity, "result": AcceptanceResult.REJECTED.value, "note_no": _note_no(day, arrival),
            "remark": "外包装破损，退回，当日补送", "inspector": one, "second_inspector": other, "buyer": _BUYER,
        }  # fmt: skip
        told = _disposal(arrival.good.name, day, RejectCause.DAMAGED, RejectStage.ACCEPTANCE) | {
            "quantity": quantity, "unit": arrival.good.unit, "supplier": arrival.good.supplier,
            "method": RejectMethod.RETURNED.value, "handler": one, "witness": other, "evidence": "退货单",
            "produced_on": line.get("produced_on"), "lot_no": line.get("lot_no"),
        }  # fmt: skip
        self.plan.on(day, f"新增 采购台账：{arrival.good.name} 拒收", _writing("food_purchase", line), hour=11)
        self.plan.on(day, f"新增 不合格食品处置：{arrival.good.name}", _writing("rejected_food", told), hour=15)

    def _clear(self, gone: Sequence[Handed], day: date, cause: RejectCause) -> None:
        """What is cleared out of the store, in front of a witness."""
        for one in gone:
            told = _disposal(one.good.name, day, cause, RejectStage.STORE) | {
                "quantity": one.quantity, "unit": one.good.stock_unit, "supplier": one.good.supplier,
                "method": RejectMethod.DESTROYED.value, "amount": one.amount, "handler": _STOREKEEPER,
                "witness": _SAFETY, "evidence": "照片",
            }  # fmt: skip

            def write(pen: Pen, one: Handed = one, told: Mapping[str, object] = told) -> None:
                pen.write("rejected_food", [{**told, "batch": self.ids[one.batch.id]}])

            self.plan.on(day, f"新增 不合格食品处置：{one.good.name}", write, hour=17)

    def _count(self, day: date) -> None:
        """The count on a month's last school day, after the kitchen has taken what it needs."""
        drafts = [_counted(one, day) for one in self.room.count(day)]
        title = f"新增 库存盘点：{day:%m-%d} {len(drafts)} 样"
        self.plan.at(datetime.combine(day, time(17, 45)), title, lambda pen: pen.write("stocktake", drafts))


def _note_no(day: date, arrival: Arrival) -> str:
    """A supplier brings one note a day."""
    return f"SH{day:%y%m%d}{sum(map(ord, arrival.good.supplier)) % 90 + 10}"


def _disposal(name: str, day: date, cause: RejectCause, stage: RejectStage) -> dict[str, object]:
    return {
        "found_on": day, "ingredient": name, "cause": cause.value, "stage": stage.value,
        "handled_at": datetime.combine(day, time(7, 50) if stage is RejectStage.ACCEPTANCE else time(16, 40)),
    }  # fmt: skip


def _counted(one: Counted, day: date) -> dict[str, object]:
    short = one.counted != one.book
    return {
        "counted_on": day, "ingredient": one.good.name, "unit": one.good.stock_unit, "book_quantity": one.book,
        "book_amount": one.worth, "unit_price": half_up(one.worth / one.book, 4), "counted_quantity": one.counted,
        "counted_amount": one.rest,
        "reason": ("自然损耗" if one.good.supplier.startswith("绿源") else "分装称量误差") if short else None,
        "reviewer": _REVIEWER if short else None, "place": "食堂库房", "storekeeper": _STOREKEEPER,
        "counter": "何静", "supervisor": "刘桂香",
    }  # fmt: skip


def _writing(ledger: str, draft: Mapping[str, object]) -> Callable[[Pen], None]:
    return lambda pen: pen.write(ledger, [draft])
