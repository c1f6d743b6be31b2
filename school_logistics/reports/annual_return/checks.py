"""R20: the return checked against itself: sums, parts, rates, sheet against sheet, this year against the last.

What compares it with the ledgers is added by the service that can ask them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from school_logistics.reports.annual_return.indicator import (
    UNFILLED,
    CrossCheck,
    Figure,
    Value,
    Verdict,
    is_number,
    show,
)
from school_logistics.reports.annual_return.layout import cells
from school_logistics.rules.money import half_up

if TYPE_CHECKING:
    from school_logistics.reports.annual_return.indicator import Sheet

_HUNDRED = 100
_ORDER = {verdict.value: place for place, verdict in enumerate(Verdict)}

SUMS: tuple[tuple[str, str], ...] = (
    ("school.pupils", "school.pupils.by_grade"),
    ("staff.total", "staff.by_post"),
    ("dormitory.rooms", "dormitory.rooms.by_kind"),
    ("fire.extinguishers", "fire.extinguishers.by_status"),
    ("transport.buses", "transport.buses.by_type"),
    ("orders.uniform.sets", "orders.uniform.sets.by_style"),
    ("safety.hazards", "safety.hazards.by_category"),
)
"""A total and the line below it that adds up its parts."""

EQUAL: tuple[tuple[str, str], ...] = (
    ("school.staff", "staff.total"),
    ("staff.canteen", "canteen.staff"),
    ("school.boarders", "dormitory.boarders"),
    ("fire.hazards", "safety.hazards.fire"),
    ("staff.wardens", "dormitory.wardens"),
)
"""The same thing on two sheets."""

PARTS: tuple[tuple[str, str], ...] = (
    ("school.girls", "school.pupils"),
    ("school.boarders", "school.pupils"),
    ("staff.certified", "staff.total"),
    ("canteen.staff.healthy", "canteen.staff.must_be_healthy"),
    ("canteen.purchases.bulk_wan", "canteen.purchases.amount_wan"),
    ("canteen.samples.good", "canteen.samples"),
    ("dormitory.boarders", "dormitory.beds"),
    ("dormitory.alarms", "dormitory.rooms"),
    ("dormitory.turns_done", "dormitory.turns"),
    ("fire.extinguishers.overdue", "fire.extinguishers"),
    ("fire.checks.failed", "fire.checks"),
    ("fire.hazards.fixed", "fire.hazards"),
    ("transport.buses.inspected", "transport.buses"),
    ("transport.buses.permitted", "transport.buses"),
    ("transport.drivers.qualified", "transport.drivers"),
    ("transport.pupils", "school.pupils"),
    ("orders.milk.ordered", "orders.milk.pupils"),
    ("orders.milk.pupils", "school.pupils"),
    ("orders.uniform.orderers", "school.pupils"),
    ("safety.hazards.major", "safety.hazards"),
    ("safety.fixed", "safety.hazards"),
    ("safety.closed", "safety.fixed"),
)
"""A part may not be more than its whole."""


@dataclass(frozen=True)
class LedgerFigure:
    """A line of the return and what the ledger itself says of it."""

    code: str
    value: Value
    words: str


class Checking:
    """Checks the figures of one return."""

    def __init__(self, sheets: Iterable[Sheet], deviation: int) -> None:
        """`deviation` in per cent: from there on a change against last year wants a word."""
        self.sheets = tuple(sheets)
        self.deviation = deviation
        self.figures: Mapping[str, Figure] = {one.code: one for sheet in self.sheets for one in sheet.figures}
        self.cells = {code: cell for sheet in self.sheets for code, cell in cells(sheet).items()}

    def all(self, ledgers: Iterable[LedgerFigure] = ()) -> list[CrossCheck]:
        """Every check that applies, what is wrong first."""
        found = (
            *self._sums(),
            *self._equal(),
            *self._parts(),
            *self._rates(),
            *self._ten_thousands(),
            *(one for number, ledger in enumerate(ledgers, start=1) for one in self._ledger(number, ledger)),
            *self._deviations(),
            *self._unfilled(),
        )
        return sorted(found, key=lambda one: _ORDER[one.level])

    def _sums(self) -> Iterator[CrossCheck]:
        for number, (total, parts) in enumerate(SUMS, start=1):
            if pair := self._pair(total, parts):
                yield self._same(f"合计{number:02}", *pair, f"{_plain(pair[0])}应等于下面各项相加")

    def _equal(self) -> Iterator[CrossCheck]:
        for number, (one, other) in enumerate(EQUAL, start=1):
            if pair := self._pair(one, other):
                there = f"{pair[1].sheet} {self.cells[other]}「{pair[1].label}」"
                yield self._same(f"表间{number:02}", *pair, f"{_plain(pair[0])}应与 {there}一致")

    def _parts(self) -> Iterator[CrossCheck]:
        for number, (part, whole) in enumerate(PARTS, start=1):
            if pair := self._pair(part, whole):
                most = show(pair[1].value)
                fits = _number(pair[0]) <= _number(pair[1])
                told = f"{_plain(pair[0])} {show(pair[0].value)} {'不多于' if fits else '多于'}{_plain(pair[1])} {most}"
                yield self._check(f"部分{number:02}", pair[0], f"≤ {most}", told, right=fits)

    def _rates(self) -> Iterator[CrossCheck]:
        rates = [one for one in self.figures.values() if one.unit == "%" and is_number(one.value)]
        for number, one in enumerate(rates, start=1):
            fits = 0 <= _number(one) <= _HUNDRED
            told = f"{one.label} {show(one.value)}%" + ("" if fits else "，应在 0～100 之间")
            yield self._check(f"比率{number:02}", one, "0～100", told, right=fits)

    def _ten_thousands(self) -> Iterator[CrossCheck]:
        """Yuan and ten thousand yuan say the same."""
        if pair := self._pair("canteen.purchases.amount_wan", "canteen.purchases.amount"):
            should = half_up(_number(pair[1]) / 10_000)
            right = pair[0].value == should
            told = f"食品采购额 {show(pair[0].value)} 万元，各类合计 {show(pair[1].value)} 元"
            yield self._check("换算01", pair[0], show(should), told, right=right)

    def _ledger(self, number: int, ledger: LedgerFigure) -> Iterator[CrossCheck]:
        figure = self.figures.get(ledger.code)
        if figure is None or not is_number(figure.value) or not is_number(ledger.value):
            return
        right = figure.value == ledger.value
        told = f"{figure.label}年报 {show(figure.value)}，{ledger.words} {show(ledger.value)}"
        yield self._check(f"台账{number:02}", figure, show(ledger.value), told, right=right)

    def _deviations(self) -> Iterator[CrossCheck]:
        for one in self.figures.values():
            percent = None if one.short_previous or one.sum_of else one.percent
            if percent is None or abs(percent) <= self.deviation:
                continue
            way = "增" if percent > 0 else "减"
            told = f"{_plain(one)}比上期{way} {abs(percent):,f}%，超过 {self.deviation}%，请在备注写明原因"
            should = f"{show(one.previous)} ± {self.deviation}%"
            yield self._check("增减", one, should, told, level=Verdict.WANTS_A_WORD)

    def _unfilled(self) -> Iterator[CrossCheck]:
        for sheet in self.sheets:
            blank = [one for one in sheet.figures if one.value is None and not one.sum_of]
            if blank:
                names = "、".join(_plain(one) for one in blank[:3])
                told = f"{sheet.code} {sheet.title}有 {len(blank)} 项未填：{names}{'等' if len(blank) > 3 else ''}"
                yield CrossCheck(
                    "空项", sheet.code, self.cells[blank[0].code], UNFILLED, "", Verdict.UNFILLED.value, told
                )

    def _pair(self, one: str, other: str) -> tuple[Figure, Figure] | None:
        """Two figures that can be compared."""
        pair = self.figures.get(one), self.figures.get(other)
        if pair[0] is None or pair[1] is None or not is_number(pair[0].value) or not is_number(pair[1].value):
            return None
        return pair[0], pair[1]

    def _same(self, number: str, one: Figure, other: Figure, rule: str) -> CrossCheck:
        right = one.value == other.value
        gap = _number(one) - _number(other)
        told = rule if right else f"{rule}，现在差 {abs(gap):,f} {one.unit}"
        return self._check(number, one, show(other.value), told, right=right)

    def _check(
        self, number: str, one: Figure, should: str, told: str, *, right: bool = False, level: Verdict | None = None
    ) -> CrossCheck:
        verdict = level or (Verdict.RIGHT if right else Verdict.WRONG)
        return CrossCheck(number, one.sheet, self.cells[one.code], show(one.value), should, verdict.value, told)


def _number(one: Figure) -> Decimal:
    """A figure that is known to be a number, exactly."""
    return Decimal(str(one.value))


def _plain(one: Figure) -> str:
    """What a line is called away from the lines above it."""
    return one.label.removeprefix("其中：")
