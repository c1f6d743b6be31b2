"""The canteen's money out of its ledgers: sums by item for a stretch of time, for the report and for cross-checks.

Income is what was booked; in a month in which nothing was booked it is diners times the price of their meals. Food is
what was used up: opening stock, and what was bought, less what is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from school_logistics.models.canteen.accounts import CanteenAccount, DinerCount
from school_logistics.models.canteen.purchases import Ingredient
from school_logistics.reports.form import Entry, Source
from school_logistics.reports.stocked import movements_of
from school_logistics.rules.accounts import (
    MATERIALS,
    AccountItem,
    Charge,
    Consumption,
    charge,
    item_of,
)
from school_logistics.rules.book import RuleBook
from school_logistics.rules.calendar import Month, Period
from school_logistics.rules.stock import Balance, Move, Movement, balances

ACCOUNT, COUNT = CanteenAccount.ledger, DinerCount.ledger
_NOTHING = Decimal(0)
_NO_STOCK = Consumption(_NOTHING, _NOTHING, _NOTHING)


class Books(NamedTuple):
    """Everything that was booked, counted and moved from the first day of a year to the end of a month."""

    month: Month
    booked: Sequence[Entry]
    counted: Sequence[Entry]
    movements: tuple[Movement, ...]
    items: Mapping[int, AccountItem]
    """Under which item each ingredient stands."""

    @property
    def year(self) -> Period:
        """The year so far."""
        return Period(date(self.month.year, 1, 1), self.month.last, "")

    def booked_in(self, first: date, last: date) -> dict[AccountItem, Decimal]:
        """The sums of the account by item."""
        found: dict[AccountItem, Decimal] = {}
        for entry in self.booked:
            if first <= entry["booked_on"] <= last and entry["amount"] is not None:
                item = AccountItem(entry["item"])
                found[item] = found.get(item, _NOTHING) + entry["amount"]
        return found

    def due_in(self, first: date, last: date, book: RuleBook) -> Charge:
        """Diners times the price of their meals."""
        charges = [
            charge(entry["meal"], entry["pupils"] or 0, entry["staff"] or 0, book, entry["counted_on"])
            for entry in self.counted
            if first <= entry["counted_on"] <= last and entry["meal"]
        ]
        return Charge(sum((one.pupils for one in charges), _NOTHING), sum((one.staff for one in charges), _NOTHING))

    def consumption(self, first: date, last: date) -> dict[AccountItem, Consumption]:
        """What was there, bought and left of each kind of goods, in yuan.

        Where nothing was ever issued or counted the school keeps no stock: what was bought counts as used up.
        """
        until = [one for one in self.movements if one.on <= last]
        kept = any(one.what is not Move.RECEIVED for one in until)
        told = until if kept else [one for one in until if one.on >= first]
        found = dict.fromkeys(MATERIALS, _NO_STOCK)
        for ingredient, one in balances(told, first, last).items():
            item = self.items.get(ingredient, AccountItem.SUPPLIES)
            found[item] = found[item].plus(_consumed(one, kept=kept))
        return found

    def sums(self, first: date, last: date, book: RuleBook | None) -> dict[AccountItem, Decimal]:
        """The sums of every item: what was booked, meals that were not, and food that was used up."""
        found = self.booked_in(first, last)
        if book is not None:
            for item, sum_due in self._unbooked(first, last, book).items():
                found[item] = found.get(item, _NOTHING) + sum_due
        for item, goods in self.consumption(first, last).items():
            found[item] = found.get(item, _NOTHING) + goods.consumed
        return found

    def _unbooked(self, first: date, last: date, book: RuleBook) -> dict[AccountItem, Decimal]:
        """Diners times price for the months in which no payment of meals was booked."""
        found = {AccountItem.PUPIL_MEALS: _NOTHING, AccountItem.STAFF_MEALS: _NOTHING}
        month = Month.of(first)
        while month.first <= last:
            booked, due = self.booked_in(month.first, month.last), self.due_in(month.first, month.last, book)
            for item, of_month in zip(found, due, strict=True):
                if item not in booked:
                    found[item] += of_month
            month = month.next()
        return found


def _consumed(one: Balance, *, kept: bool) -> Consumption:
    closing = one.closing.amount if kept else _NOTHING
    return Consumption(one.opening.amount, one.received.amount, closing)


def books_of(source: Source, month: Month) -> Books:
    """Read what a month's report and its year so far are made of."""
    year = Period(date(month.year, 1, 1), month.last, "")
    return Books(
        month,
        source.past(ACCOUNT, year),
        source.past(COUNT, year),
        movements_of(source, month.last),
        {entry.id: item_of(entry["category"]) for entry in source.entries(Ingredient.ledger)},
    )


def people(counted: Iterable[Entry], month: Month) -> tuple[int, int]:
    """How many meals pupils and staff ate in a month."""
    rows = [entry for entry in counted if month.holds(entry["counted_on"])]
    return sum(entry["pupils"] or 0 for entry in rows), sum(entry["staff"] or 0 for entry in rows)
