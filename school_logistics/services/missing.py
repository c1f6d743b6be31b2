"""What a month's forms still lack: gaps inside rows, records that should be there, forms without rows.

The print room, the cover of the pack, the command line and the home page all ask here.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.reports.form import Per
from school_logistics.services.coverage import begin, covered
from school_logistics.services.coverage_gaps import gaps_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from school_logistics.models.duties import Duty
    from school_logistics.models.ledger import Ledger
    from school_logistics.reports.form import Entry, PrintedForm
    from school_logistics.rules.calendar import Month, SchoolCalendar
    from school_logistics.services.entries import Entries

DRAFT = "待补资料：只有名称，请补齐其余各项"


class Missing(NamedTuple):
    """One thing that is missing, and its place."""

    form: str
    """Code of the form it stands on; empty for a file that is not printed itself."""
    form_title: str
    ledger: str
    id: int | None
    """The record; None when there is none."""
    field: str
    """The field to fill; empty when it concerns the whole record or form."""
    day: str
    """11-20; empty in a file."""
    title: str
    """What names the record."""
    why: str
    clause: str
    place: str
    """第 11 行: where the record stands in its ledger."""
    begin: Mapping[str, object] | None = None
    """For a record that should be there: the values with which it begins; of several, the first."""

    look: bool = False
    """看一看: nothing is missing, but it should be looked at before it is printed."""

    @property
    def is_gap(self) -> bool:
        """Whether a form with records lacks this; else the form has no records at all, or it is only a doubt."""
        return not self.look and (self.id is not None or self.begin is not None)


def missing(
    forms: Sequence[PrintedForm], ledgers: Sequence[Ledger], entries: Entries, month: Month, calendar: SchoolCalendar
) -> list[Missing]:
    """Everything the forms of a month lack, in the order of the forms, then files that are not printed themselves.

    A month without a school day asks for no monthly form.
    """
    found: list[Missing] = []
    homes, duties = _homes(forms), _by_form(forms, ledgers)
    gathered = {form.code: form.gather(entries, month).rows for form in forms}
    told, own = _shared_out(forms, homes, gathered)
    for form in forms:
        rows = gathered[form.code]
        found += _in_rows(form.code, form.title, form.ledger, _Rows(own[form.code], entries, month))
        if rows:
            for ledger, duty in duties.pop(form.code, ()):
                found += _holes(form.code, form.title, entries, (ledger, duty), month)
        elif form.per is Per.NOW or calendar.school_days(month):
            found.append(Missing(form.code, form.title, form.ledger.key, None, "", "", "", form.none, "", ""))
    for ledger, duty in duties.get("", ()):
        found += _holes("", ledger.label, entries, (ledger, duty), month)
    for ledger in ledgers:
        # A form may be of part of a file, such as the canteen's among all staff: the rest is told here.
        if ledger.key not in told or homes[ledger.key] != ledger.code:
            found += _in_a_file(ledger, frozenset(told.get(ledger.key, ())), entries, month)
    return found


def _shared_out(
    forms: Sequence[PrintedForm], homes: Mapping[str, str], gathered: Mapping[str, Sequence[Entry]]
) -> tuple[dict[str, set[int]], dict[str, list[Entry]]]:
    """The records told of each ledger, and those each form tells: what stands on several is told on its home alone."""
    told: dict[str, set[int]] = {}
    own: dict[str, list[Entry]] = {}
    for form in sorted(forms, key=lambda form: homes[form.ledger.key] != form.code):
        own[form.code] = [row for row in gathered[form.code] if row.id not in told.setdefault(row.ledger.key, set())]
        for row in own[form.code]:
            told[row.ledger.key].add(row.id)
    return told, own


def _homes(forms: Sequence[PrintedForm]) -> dict[str, str]:
    """The form on which the gaps in a ledger's rows are told: its own, else the first one that is made of them."""
    homes: dict[str, str] = {}
    for form in forms:
        homes.setdefault(form.ledger.key, form.code)
        if form.ledger.code == form.code:
            homes[form.ledger.key] = form.code
    return homes


def _by_form(forms: Sequence[PrintedForm], ledgers: Sequence[Ledger]) -> dict[str, list[tuple[Ledger, Duty]]]:
    """The duties by the form on which their holes stand; "" for those of ledgers that are not printed."""
    printed, homes = {form.code for form in forms}, _homes(forms)
    found: dict[str, list[tuple[Ledger, Duty]]] = {}
    for ledger in ledgers:
        for duty in ledger.duties:
            code = next((one for one in (duty.form, ledger.code) if one in printed), homes.get(ledger.key, ""))
            found.setdefault(code, []).append((ledger, duty))
    return found


def _holes(code: str, title: str, entries: Entries, duty: tuple[Ledger, Duty], month: Month) -> Iterator[Missing]:
    """The records that should be there and are not, a line for neighbours that lack the same."""
    ledger, wanted = duty
    grid = covered(entries, ledger, wanted, month)
    for gap in gaps_of(grid):
        cell = gap.cells[0]
        values = begin(entries.desk, grid, grid.columns[cell.column], cell.lacking[0])
        yield Missing(
            code, title, ledger.key, None, "", gap.when, gap.title, gap.sentence, wanted.clause, "", begin=values
        )


def _in_a_file(ledger: Ledger, but: frozenset[int], entries: Entries, month: Month) -> Iterator[Missing]:
    """What is missing in a file besides what stands on a form of its own, and a profile nobody has filled in."""
    if not ledger.happened:
        rest = [entry for entry in entries.entries(ledger) if entry.id not in but]
        yield from _in_rows("", ledger.label, ledger, _Rows(rest, entries, month))
    if ledger.once and not entries.entries(ledger):
        why = f"还没有填写{ledger.label}，每张表都要印学校名称"
        yield Missing("", ledger.label, ledger.key, None, "", "", "", why, "", "")


class _Rows(NamedTuple):
    """Rows of one ledger, with what knows about them."""

    rows: Sequence[Entry]
    entries: Entries
    month: Month


def _in_rows(code: str, title: str, ledger: Ledger, these: _Rows) -> Iterator[Missing]:
    """What is missing in rows, each told with its place among those its ledger shows for the month."""
    entries = these.entries
    lacking = [entry for entry in these.rows if entries.missing(entry) or entry.values.get("incomplete")]
    if not lacking:
        return
    shown = entries.entries(ledger, these.month if ledger.happened else None)
    places = {entry.id: f"第 {row} 行" for row, entry in enumerate(shown, start=1)}
    for entry in lacking:
        here = (title, ledger.key, entry.id)
        day, name, place = _day_of(entry), entry.text(ledger.title), places.get(entry.id, "")
        wanting = entries.missing(entry)
        for one in wanting:
            yield Missing(code, *here, one.field, day, name, one.sentence, one.clause, place)
        if not wanting:
            yield Missing(code, *here, "", day, name, DRAFT, "", place)


def _day_of(entry: Entry) -> str:
    happened = entry[entry.ledger.happened] if entry.ledger.happened else None
    return f"{happened:%m-%d}" if isinstance(happened, date) else ""
