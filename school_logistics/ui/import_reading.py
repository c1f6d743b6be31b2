"""A file on its way into a ledger: what the clerk has said about its columns and typed over its cells.

The file itself is never changed; when its columns are read anew, everything the clerk has said is said again.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.services.import_fit import fitting_ledger

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from school_logistics.models.ledger import Ledger
    from school_logistics.services.import_plan import ImportPlan, ImportRow
    from school_logistics.services.importing import Importer
    from school_logistics.ui.jobs import Progress


class Mend(NamedTuple):
    """What was typed over one cell."""

    sheet: str
    number: int
    key: str
    typed: str


@dataclass(frozen=True)
class Reading:
    """One file, the ledger it is read for, and what was said about it."""

    file: Path
    ledger: Ledger
    chosen: dict[str, str] = field(default_factory=dict)
    """Headings and the fields they were given; "" leaves a column out."""
    mends: tuple[Mend, ...] = ()

    def into(self, ledger: Ledger) -> Reading:
        """The same file for another ledger; what was said about columns and cells meant the one before."""
        return Reading(self.file, ledger)

    def with_column(self, plan: ImportPlan, heading: str, key: str) -> Reading:
        """A column taken for a field; whichever column had that field before is left out."""
        others = {one.heading: "" for one in plan.columns if key and one.field == key and one.heading != heading}
        return replace(self, chosen={**self.chosen, **others, heading: key})

    def with_mend(self, row: ImportRow, key: str, typed: str) -> Reading:
        """A cell typed over, once more or for the first time."""
        mend = Mend(row.sheet, row.number, key, typed)
        return replace(self, mends=(*(one for one in self.mends if one[:3] != mend[:3]), mend))

    def best_of(self, ledgers: Sequence[Ledger], progress: Progress) -> Reading:
        """The same file for the ledger that it fits best; runs in the worker."""
        return self.into(fitting_ledger(self.file, ledgers, self.ledger, progress) or self.ledger)

    def plan(self, importer: Importer, progress: Progress) -> ImportPlan:
        """What importing it would do; runs in the worker. A row that is no longer there is not mended."""
        plan = importer.plan(self.ledger, self.file, progress=progress, chosen=self.chosen)
        for mend in self.mends:
            found = (row for row in plan.rows if (row.sheet, row.number) == (mend.sheet, mend.number))
            row = next(found, None)
            plan = importer.mended(plan, row, mend.key, mend.typed) if row else plan
        return plan
