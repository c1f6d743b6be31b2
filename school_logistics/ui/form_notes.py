"""The one line under a reference that says why it is acceptable: until when its papers run, and what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_logistics.errors import OfficeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from school_logistics.models.ledger import Ledger
    from school_logistics.services.rows import Draft
    from school_logistics.ui.form_record import FormRecord

_MOST = 3


def note_for(record: FormRecord, key: str, value: object) -> str:
    """What the record named in a reference field says of itself, such as 许可证有效期至 2028-06-30 · 配送企业."""
    field = record.ledger.field(key)
    if field.kind.name != "ref" or not isinstance(value, int):
        return ""
    target = record.desk.ledger(field.target)
    try:
        values = record.desk.draft(target, value)
    except OfficeError:
        return ""
    taken_over = {one.follows[1] for one in record.ledger.fields if one.follows and one.follows[0] == key}
    return " · ".join(list(_told(target, values, taken_over))[:_MOST])


def _told(target: Ledger, values: Draft, taken_over: set[str]) -> Iterator[str]:
    """Days on which something runs out first, then the words it was sorted under."""
    shown = [one for one in target.fields if one.in_table and not one.personal and values.get(one.key) is not None]
    shown = [one for one in shown if one.key not in {target.title, *taken_over}]
    for field in shown:
        if field.kind.name == "until":
            yield f"{field.label} {field.kind.show(values[field.key])}"
    for field in shown:
        if field.kind.name == "choice":
            yield field.kind.show(values[field.key])
