"""Every ledger in screen order. What is not named here is not in the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_logistics.models.canteen import FoodPurchase, Ingredient, RetainedSample, Supplier

if TYPE_CHECKING:
    from school_logistics.models.ledger import Ledger
    from school_logistics.models.record import Record

_RECORDS: tuple[type[Record], ...] = (
    FoodPurchase,
    RetainedSample,
    Supplier,
    Ingredient,
)

LEDGERS: tuple[Ledger, ...] = tuple(record.ledger for record in _RECORDS)
