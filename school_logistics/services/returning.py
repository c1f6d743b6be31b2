"""The annual return as an office asks for it: figures, cross-checks, our own workbook, or the bureau's filled in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.errors import FileTrouble
from school_logistics.reports.annual_return.asking import Asked
from school_logistics.reports.annual_return.checks import Checking, LedgerFigure
from school_logistics.reports.annual_return.indicator import (
    NOTHING,
    PREVIOUS,
    Answer,
    CrossCheck,
    Figure,
    Indicator,
    Sheet,
    Value,
    added,
    difference,
)
from school_logistics.reports.annual_return.sheets import BY_CODE, INDICATORS, TITLES
from school_logistics.rules.food import AcceptanceResult
from school_logistics.services.printing import write_whole
from school_logistics.services.rows import Query

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

    from school_logistics.rules.calendar import Period
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Progress

_COUNTED = {
    "canteen.samples": "retained_sample",
    "dormitory.disinfections": "disinfection",
    "fire.checks": "extinguisher_check",
    "transport.checks": "bus_daily_check",
    "safety.hazards": "hazard",
}
"""Lines that must equal the number of rows in a ledger."""

_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|', "_"))


class Exported(NamedTuple):
    """A workbook that was written."""

    file: Path
    filled: int
    unfilled: int
    checks: tuple[CrossCheck, ...]


class Filled(NamedTuple):
    """A bureau's workbook that was filled."""

    file: Path
    fills: int
    """How many codes were replaced."""
    unknown: tuple[tuple[str, str], ...]
    """(cell, code): codes nobody knows, left as they stand."""
    unfilled: tuple[tuple[str, str], ...] = ()
    """(cell, code): 未填 was written because the ledgers have no figure."""


class AnnualReturns:
    """Asks the ledgers for the return of a period."""

    def __init__(self, desk: Desk) -> None:
        """The desk knows the data file, the rule book and today."""
        self.desk = desk

    def sheets(self, period: Period) -> list[Sheet]:
        """The twenty sheets with their figures of the period and of the one a year before."""
        with self.desk.store.reading() as session:
            return self._sheets(session, period)

    def checks(self, period: Period) -> list[CrossCheck]:
        """Every cross-check that applies, what is wrong first."""
        with self.desk.store.reading() as session:
            return self._checks(session, period, self._sheets(session, period))

    def file_name(self, period: Period) -> str:
        """How the bureau wants the file named: 学校代码_学校名_2026年后勤年报.xlsx."""
        with self.desk.store.reading() as session:
            asked = self._asked(session, period)
            told = [self._answer("school.code", asked).value, self._answer("school.name", asked).value]
        parts = [str(one).translate(_FORBIDDEN) for one in told if one]
        return "_".join([*parts, f"{period}后勤年报.xlsx"])

    def export(self, period: Period, out: Path, progress: Progress | None = None) -> Exported:
        """Write our own workbook: cover, twenty sheets, sources.

        Raises FileTrouble when the file cannot be written, such as while it is open elsewhere.
        """
        from school_logistics.reports.workbook.returns import Head, write_return

        _named_as(out, ".xlsx")
        with self.desk.store.reading() as session:
            _tell(progress, 0, "汇总指标")
            sheets = self._sheets(session, period)
            _tell(progress, 1, "核对")
            checks = self._checks(session, period, sheets)
            asked = self._asked(session, period)
            head = Head(
                period=str(period), first=period.first, last=period.last, reported_on=asked.on,
                written=self.desk.clock(), deviation=self._deviation,
                words={code: self._answer(code, asked).value for code in BY_CODE if code.startswith("school.")},
            )  # fmt: skip
        _tell(progress, 2, "写工作簿")
        write_whole(out, write_return(head, sheets, checks))
        _tell(progress, 3, "写好")
        figures = [one for sheet in sheets for one in sheet.figures]
        filled = sum(1 for one in figures if one.filled)
        return Exported(out, filled, len(figures) - filled, tuple(checks))

    def fill(self, period: Period, template: Path, out: Path) -> Filled:
        """Fill a bureau's own workbook where its cells hold `{{code}}` or `{{code@previous}}`.

        Everything else in the file stays as it is. Raises FileTrouble with a sentence.
        """
        from school_logistics.reports.workbook.template import fill, placeholders, read_template

        _named_as(out, template.suffix.lower())
        book = read_template(template)
        asked_for = placeholders(book)
        with self.desk.store.reading() as session:
            values = self._values(session, period, asked_for)
        done = fill(book, values)
        write_whole(out, done.data)
        unfilled = tuple((cell, code) for cell, code in done.written if values[code] is None)
        return Filled(out, len(done.written), done.unknown, unfilled)

    # --- within ------------------------------------------------------------------------------------

    def _asked(self, session: Session, period: Period) -> Asked:
        return Asked(session, period, self.desk.today, self.desk.book)

    def _answer(self, code: str, asked: Asked) -> Answer:
        """The answer to one code; a sum asks its parts."""
        indicator = BY_CODE[code]
        if indicator.sum_of:
            return Answer(added(indicator.sum_of, {part: self._answer(part, asked).value for part in indicator.sum_of}))
        return indicator.compute(asked) if indicator.compute else NOTHING

    def _values(self, session: Session, period: Period, codes: Iterable[str]) -> dict[str, Value]:
        """The value of each code that is known, with or without `@previous`."""
        now, before = self._asked(session, period), self._asked(session, period.year_before())
        return {
            code: self._answer(code.removesuffix(PREVIOUS), before if code.endswith(PREVIOUS) else now).value
            for code in codes
            if code.removesuffix(PREVIOUS) in BY_CODE
        }

    def _sheets(self, session: Session, period: Period) -> list[Sheet]:
        now, before = self._asked(session, period), self._asked(session, period.year_before())
        found: dict[str, list[Figure]] = {sheet: [] for sheet in TITLES}
        values: dict[str, Value] = {}
        earlier: dict[str, Value] = {}
        for indicator in INDICATORS:
            if indicator.sheet not in found:
                continue
            figure = _figure(indicator, now, before, values, earlier)
            values[indicator.code], earlier[indicator.code] = figure.value, figure.previous
            if not indicator.if_any or figure.value is not None or figure.previous is not None:
                found[indicator.sheet].append(figure)
        return [Sheet(code, title, tuple(found[code])) for code, title in TITLES.items()]

    def _checks(self, session: Session, period: Period, sheets: list[Sheet]) -> list[CrossCheck]:
        return Checking(sheets, self._deviation).all(self._ledgers(session, period))

    @property
    def _deviation(self) -> int:
        """From how many per cent on a change wants a word."""
        return self.desk.book.whole("return.deviation_percent", self.desk.today)

    def _ledgers(self, session: Session, period: Period) -> Iterable[LedgerFigure]:
        """What the ledgers themselves say, asked in the way the screens ask them."""
        listing = self.desk.listing
        told = period._replace(last=period.reporting_day(self.desk.today))
        query = Query(told)  # type: ignore[arg-type]  # a period has the first and last day that a query asks for
        for code, key in _COUNTED.items():
            ledger = self.desk.ledger(key)
            yield LedgerFigure(code, listing.count(session, ledger, query), f"{ledger.label}同期行数")
        purchases = self.desk.ledger("food_purchase")
        rejected = query._replace(filters=(("result", AcceptanceResult.REJECTED.value),))
        rows = listing.count(session, purchases, query) - listing.count(session, purchases, rejected)
        yield LedgerFigure("canteen.purchases.count", rows, "采购台账同期行数（不含拒收）")
        everything, turned_away = (listing.totals(session, purchases, one)["amount"] for one in (query, rejected))
        yield LedgerFigure("canteen.purchases.amount", everything - turned_away, "采购台账同期合计（不含拒收）")


def _figure(
    indicator: Indicator, now: Asked, before: Asked, values: Mapping[str, Value], earlier: Mapping[str, Value]
) -> Figure:
    """An indicator with its two figures; sums are added from the lines above."""
    if indicator.sum_of:
        this, last = Answer(added(indicator.sum_of, values)), Answer(added(indicator.sum_of, earlier))
        short = False
    else:
        before.short = False
        this, last = _computed(indicator, now), _computed(indicator, before)
        short = before.short
    return Figure(
        code=indicator.code, sheet=indicator.sheet, label=indicator.label, unit=indicator.unit,
        value=this.value, previous=last.value, difference=difference(this.value, last.value),
        source=_source(indicator, this), filled=this.value is not None, parts=this.parts, heading=indicator.heading,
        previous_source=_source(indicator, last), by_hand=indicator.by_hand, sum_of=indicator.sum_of,
        short_previous=short,
    )  # fmt: skip


def _computed(indicator: Indicator, asked: Asked) -> Answer:
    """The figure of a period; of one that has not begun there is none."""
    return indicator.compute(asked) if indicator.compute and asked.period.first <= asked.today else NOTHING


def _source(indicator: Indicator, found: Answer) -> str:
    if indicator.by_hand or indicator.sum_of:
        return indicator.source
    if found.value is None:
        return f"{indicator.source}；这一期没有记录，未填"
    return f"{indicator.source}；{found.words}" if found.words else indicator.source


def _named_as(out: Path, suffix: str) -> None:
    if out.suffix.lower() != suffix:
        raise FileTrouble(f"要写成 {suffix} 文件，「{out.name}」不是；请把文件名改成 {suffix} 结尾。什么都没有写出。")


def _tell(progress: Progress | None, done: int, what: str) -> None:
    if progress is not None:
        progress.step(done, 3, what)
