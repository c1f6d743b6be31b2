"""What keeping one record brings about besides: the hazard it opens, the several records it is kept as."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from school_logistics.models.checks import Facts, Level, Objection, Values


@dataclass(frozen=True)
class OpensHazard:
    """What is abnormal in a record becomes a row of the hazard ledger, in the same act.

    `values` answers the hazard's values by field key, or None while nothing is abnormal. A record whose field
    `names` already holds a hazard opens none; a hazard once opened is closed in its own ledger. Where the field
    `on_the_spot` says what was put right at once, none is opened either. The field `note` must say what was abnormal.
    """

    names: str
    values: Callable[..., Values | None]
    given: tuple[str, ...] = ()
    note: str = ""
    on_the_spot: str = ""

    def __post_init__(self) -> None:
        """Refuse one field for both: an abnormal record would then never open a hazard, as `note` must be filled."""
        if self.note and self.note == self.on_the_spot:
            msg = f"{self.note}: what was abnormal and what was put right at once are two fields"
            raise ValueError(msg)

    def told(self, facts: Facts, given: Mapping[str, object]) -> Values | None:
        """The hazard's values for one record, or None while nothing is abnormal."""
        return self.values(facts, **{name: given.get(name) for name in self.given})

    def wanting(self, facts: Facts, given: Mapping[str, object]) -> Objection | None:
        """That an abnormal record does not say what was abnormal."""
        if not self.note or getattr(facts, self.note) or self.told(facts, given) is None:
            return None
        return Objection(Level.GAP, self.note, "有异常，要写明是什么情况")


@dataclass(frozen=True)
class Divides:
    """What is typed as one new record may be kept as several: an issue that one batch cannot cover.

    `shares` answers what is different in each of them; one share completes the record, none leaves it as it is.
    """

    shares: Callable[..., Sequence[Values]]
    given: tuple[str, ...] = ()
    told: str = ""
    """Said when it came to several; {} is how many."""
    field: str = ""
    """The field in which a share says what it is taken from. A row of an import that names nothing there and gets no
    share is left out."""
