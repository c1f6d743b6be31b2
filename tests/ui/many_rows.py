"""A desk that invents a million deliveries: for what a table must not do when there are very many rows."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from school_logistics.models.ledger import Ledger
from school_logistics.services.desk import Desk
from school_logistics.services.rows import Query, Row
from tests.office import new_desk

ROWS = 1_000_000


class ManyRows(Desk):
    """A desk whose purchase ledger is endless; counts how often it is asked."""

    def __init__(self) -> None:
        real = new_desk()
        super().__init__(real.store, real.book, real.calendar, actor=real.actor)
        self.pages_asked = 0
        self.rows_asked = 0

    def count(self, ledger: Ledger, query: Query) -> int:
        """A million."""
        return ROWS

    def ids(self, ledger: Ledger, query: Query) -> array[int]:
        """1 to a million."""
        return array("q", range(1, ROWS + 1))

    def first_page(self, ledger: Ledger, query: Query, size: int = 100) -> list[Row]:
        """The first rows."""
        return self.rows(ledger, range(1, size + 1))

    def rows(self, ledger: Ledger, ids: Sequence[int]) -> list[Row]:
        """Rows made up from their ids."""
        self.pages_asked += 1
        self.rows_asked += len(ids)
        return [self._made_up(ledger, one) for one in ids]

    def totals(self, ledger: Ledger, query: Query) -> dict[str, Decimal | int]:
        """No matter what."""
        return {"amount": Decimal("86204.17")}

    def _made_up(self, ledger: Ledger, one: int) -> Row:
        day = date(2016, 9, 1) + timedelta(days=one // 280)
        told = {
            "bought_on": day,
            "ingredient": one % 60 + 1,
            "category": "蔬菜",
            "quantity": Decimal(one % 900) + Decimal("0.5"),
            "unit": "公斤",
            "unit_price": Decimal("4.85"),
            "amount": Decimal(one % 9000),
            "supplier": one // 7 % 9 + 1,
        }
        values = tuple(told.get(field.key) for field in ledger.fields)
        texts = tuple(
            "" if value is None else f"名称{value}" if field.kind.name == "ref" else field.kind.show(value)
            for field, value in zip(ledger.fields, values, strict=True)
        )
        return Row(one, texts, values, {}, "")
