"""The store on the command line: what lies there, what runs out, how the month adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_logistics.commands.telling import tell

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable
    from datetime import date

    from school_logistics.app import Office
    from school_logistics.services.stock import Lying, Summed


def stock(office: Office, asked: argparse.Namespace) -> int:
    """The balance of a month, or with `--batches` and `--expiring` the batches that lie there."""
    from school_logistics.rules.calendar import Month
    from school_logistics.services import stock as store

    on = asked.day or office.desk.today
    if asked.expiring:
        return _tell_batches(store.expiring(office.desk, on), on, "没有临期和过期的库存。", as_json=asked.json)
    if asked.batches:
        return _tell_batches(store.on_shelf(office.desk, on), on, "库里没有东西。", as_json=asked.json)
    found = store.month_balance(office.desk, asked.month or Month.of(office.desk.today))
    return tell([_document(one) for one in found], _balance_lines(found), as_json=asked.json)


def _tell_batches(found: list[Lying], on: date, none: str, *, as_json: bool) -> int:
    document = [one._asdict() for one in found]
    return tell(document, [_batch_line(one, on) for one in found] or [none], as_json=as_json)


def _batch_line(one: Lying, on: date) -> str:
    until = "没有保质期" if one.best_before is None else f"{one.best_before} 到期"
    gone = "，已过期" if one.best_before is not None and one.best_before < on else ""
    told = f"{one.name}　剩 {one.left:,.2f} {one.unit}（{one.value:,.2f} 元）"
    came = f"{one.received_on} 进货　第{one.batch}批" if one.batch > 0 else f"{one.received_on} 盘点建账"
    return f"{told}　{came}　{until}{gone}"


def _balance_lines(found: list[Summed]) -> Iterable[str]:
    if not found:
        yield "这个月没有库存收发。"
        return
    yield "品名　单位　期初　入库　出库　处置　盘盈亏　期末"
    for one in found:
        totals = (*one.balance, one.balance.closing)
        yield f"{one.name}　{one.unit}　" + "　".join(f"{total.quantity:,.2f}" for total in totals)
    worth = sum(one.balance.closing.amount for one in found)
    yield f"期末金额 {worth:,.2f} 元"


def _document(one: Summed) -> dict[str, object]:
    totals = {**one.balance._asdict(), "closing": one.balance.closing}
    return {"ingredient": one.ingredient, "name": one.name, "unit": one.unit} | {
        key: total._asdict() for key, total in totals.items()
    }
