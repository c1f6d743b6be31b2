"""A desk in memory for the tests of the ledgers, and what its rules object to."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from school_logistics.models.checks import Level
from school_logistics.services.desk import Desk
from tests.office import new_desk

Objections = dict[str, tuple[Level, str]]


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = new_desk()
    yield desk
    desk.store.close()


@pytest.fixture
def against(desk: Desk) -> Callable[..., Objections]:
    """What is said against a record that is typed in: the gravest objection to each field."""

    def ask(key: str, **typed: object) -> Objections:
        ledger = desk.ledger(key)
        draft = desk.blank(ledger) | {one: desk.read(ledger, one, value) for one, value in typed.items()}
        found: Objections = {}
        for one in desk.examine(ledger, desk.complete(ledger, draft)):
            found.setdefault(one.field, (one.level, one.sentence))
        return found

    return ask


@pytest.fixture
def shown(desk: Desk) -> Callable[[str, int], dict[str, str]]:
    """A record as its table shows it, by field key."""

    def show(key: str, one: int) -> dict[str, str]:
        ledger = desk.ledger(key)
        (row,) = desk.rows(ledger, [one])
        return {field.key: text for field, text in zip(ledger.fields, row.texts, strict=True)}

    return show
