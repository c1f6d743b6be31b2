"""What a draft was based on: it travels in the draft, so that two people changing one record both keep their work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from school_logistics.errors import Unacceptable
from school_logistics.models.checks import Level, Objection

if TYPE_CHECKING:
    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.rows import Draft

BASED_ON = "based on"
"""Stands among the field keys of a draft, before the values it was read with; no field can be called so."""


def with_basis(values: Mapping[str, object]) -> Draft:
    """A draft of a kept record that remembers what it was read with."""
    return {**values, BASED_ON: dict(values)}


def brought_up_to_date(ledger: Ledger, draft: Mapping[str, object], now: Mapping[str, object]) -> Draft:
    """The draft over the record as it stands now: what was not changed in the draft is as it stands.

    A draft without a basis counts as it is. Raises Unacceptable naming every field that was changed in both.
    """
    basis = draft.get(BASED_ON)
    values = {field.key: draft.get(field.key) for field in ledger.fields}
    if not isinstance(basis, Mapping):
        return values
    conflicts = []
    for field in ledger.fields:
        mine, base, theirs = (one.get(field.key) for one in (values, basis, now))
        if mine == base:
            values[field.key] = theirs
        elif field.computed is None and theirs not in (base, mine):
            conflicts.append(_conflict(field, theirs))
    if conflicts:
        raise Unacceptable(conflicts)
    return values


def _conflict(field: Field, theirs: object) -> Objection:
    now = f"改成了「{field.kind.show(theirs)}」" if theirs is not None and not field.target else "改过"
    return Objection(
        Level.REFUSED, field.key, f"{field.label}刚在别处{now}，这一步没有存上；请重新打开这条记录，看过再改"
    )
