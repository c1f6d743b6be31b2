"""Identity cards on a record: whether the number holds, and whether what stands beside it agrees."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from school_logistics.rules.identity import Sex, id_card_birth, id_card_fault, id_card_sex


class Carded(Protocol):
    """A person with an identity card; None where blank."""

    @property
    def id_card(self) -> str | None:
        """身份证号."""

    @property
    def sex(self) -> str | None:
        """性别."""


class Employed(Protocol):
    """A person with the days on which work began and ended."""

    @property
    def hired_on(self) -> date | None:
        """入职日期."""

    @property
    def left_on(self) -> date | None:
        """离岗日期."""


def card_holds(row: Carded, *, today: date) -> str:
    """Say what is wrong with the number of the identity card (GB 11643-1999; ID-01)."""
    return id_card_fault(row.id_card, today) if row.id_card else ""


def born_on(row: Carded) -> date | None:
    """The column 出生日期, read from the card."""
    return id_card_birth(row.id_card) if row.id_card else None


def sex_on_card(row: Carded) -> Sex | None:
    """What 性别 usually holds: as the card says."""
    return id_card_sex(row.id_card) if row.id_card else None


def sex_agrees(row: Carded) -> bool:
    """Whether the sex written down is the one on the card (the 17th digit is odd for men)."""
    on_card = sex_on_card(row)
    return on_card is None or row.sex is None or row.sex == on_card


def left_after_hired(row: Employed) -> bool:
    """Whether a person left no earlier than they came."""
    return row.hired_on is None or row.left_on is None or row.hired_on <= row.left_on
