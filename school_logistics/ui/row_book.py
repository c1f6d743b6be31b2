"""The rows of a table as plain values: stored ones, changed ones, new ones being typed, and the blank one at the end.

Knows no Qt. `RecordTableModel` tells Qt what changes here; the table's other parts ask here what stands in a row.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.errors import OfficeError
from school_logistics.models.checks import Level
from school_logistics.ui.cells import EMPTY, WAITING, Cell, CellWriter, screen_text
from school_logistics.ui.row_drafts import RowDraft
from school_logistics.ui.table_pages import TablePages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from school_logistics.models.checks import Objection
    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Draft, Query


class RowKind(Enum):
    """What stands in a row of the table."""

    STORED = auto()
    CHANGED = auto()
    """Stored, with changes not yet saved."""
    NEW = auto()
    """Being written, not yet a record."""
    BLANK = auto()


class RowPlace(NamedTuple):
    """Which row: its place counted from 0, the record's id if it is one, and what kind of row it is."""

    row: int
    id: int | None
    kind: RowKind

    @property
    def draft(self) -> bool:
        """Whether it holds something not yet saved."""
        return self.kind in {RowKind.CHANGED, RowKind.NEW}


NOWHERE = RowPlace(-1, None, RowKind.BLANK)


class RowBook:
    """Rows counted from 0: first the stored ones in their order, then new ones, the blank one last."""

    def __init__(self, desk: Desk, ledger: Ledger, query: Query) -> None:
        """Take up the row that was being typed when the program was last closed; `open` shows stored rows."""
        self._desk, self._ledger, self._query = desk, ledger, query
        self.columns: tuple[Field, ...] = tuple(field for field in ledger.fields if field.in_table)
        self._places = {field.key: place for place, field in enumerate(self.columns)}
        self.pages = TablePages(desk, ledger, self.columns, query)
        self._writer = CellWriter(ledger, self.columns, query)
        self._changed: dict[int, RowDraft] = {}
        self._new = self._half_typed()
        self._blank: Draft = {}
        self._last: Draft | None = None
        """The record saved last, from which the next one takes over."""
        blamed = {one.blame for one in ledger.checks}
        self._ruled = frozenset(
            field.key for field in ledger.fields if field.follows or (field.key in blamed and field.kind.name == "code")
        )
        """The certificates that a rule asks for where they are wanted, and what another field fills."""
        self._usual: frozenset[str] = frozenset()
        """The fields in which the record before has something."""
        self._drawn: dict[int, tuple[Cell, ...]] = {}

    def _half_typed(self) -> list[RowDraft]:
        kept = self._desk.kept_draft(self._ledger)
        if kept is None:
            return []
        blank = self._desk.blank(self._ledger)
        return [RowDraft.begun(self._desk.complete(self._ledger, blank | kept), blank)]

    def open(self, query: Query) -> None:
        """Count the rows of a query; their order comes with `pages.take_ids` or `pages.read_first_page`."""
        if query.month != self._query.month:
            self._last = None
        self._query = query
        self.pages = TablePages(self._desk, self._ledger, self.columns, query)
        self._writer = CellWriter(self._ledger, self.columns, query)
        self.pages.count_rows()
        self._drawn.clear()

    # --- which row ---------------------------------------------------------------------------------

    @property
    def stored(self) -> int:
        """How many stored rows there are."""
        return self.pages.count

    @property
    def blank_row(self) -> int:
        """The place of the blank row."""
        return self.pages.count + len(self._new)

    def place(self, row: int) -> RowPlace:
        """What stands in a row."""
        if row < 0:
            return NOWHERE
        if row < self.pages.count:
            id = self.pages.id_at(row)
            return RowPlace(row, id, RowKind.CHANGED if id in self._changed else RowKind.STORED)
        return RowPlace(row, None, RowKind.NEW if row < self.blank_row else RowKind.BLANK)

    def row_of(self, id: int) -> int | None:
        """Where a record stands; None when it is not among the rows shown."""
        return self.pages.place_of(id)

    @property
    def any_unsaved(self) -> bool:
        """Whether anything is typed and not saved, in the rows shown or in others."""
        return bool(self._changed or self._new)

    def unsaved_rows(self) -> list[int]:
        """The rows shown that hold something not yet saved."""
        rows = [place for place in (self.pages.place_of(id) for id in self._changed) if place is not None]
        return sorted(rows) + list(range(self.pages.count, self.blank_row))

    def column_of(self, key: str) -> int | None:
        """The column of a field; None when it is not in the table."""
        return self._places.get(key)

    # --- what stands in it -------------------------------------------------------------------------

    def draft_at(self, row: int) -> RowDraft | None:
        """What is being typed in a row, if anything."""
        if row < 0:
            return None
        if row < self.pages.count:
            id = self.pages.id_at(row) if self._changed else None
            return None if id is None else self._changed.get(id)
        place = row - self.pages.count
        return self._new[place] if place < len(self._new) else None

    def values(self, row: int) -> Draft:
        """The values of a row as they are now, typed ones included."""
        draft = self.draft_at(row)
        if draft is not None:
            return dict(draft.values)
        if row >= self.pages.count:
            return dict(self._blank)
        ready = self.pages.ready(row) if row >= 0 else None
        if ready is None:
            return {}
        return {field.key: value for field, value in zip(self._ledger.fields, ready.row.values, strict=True)}

    def value(self, row: int, key: str) -> object:
        """One value of a row."""
        return self.values(row).get(key)

    def tag(self, row: int) -> str:
        """导入, 补录, 待补资料 or nothing."""
        ready = self.pages.ready(row) if 0 <= row < self.pages.count else None
        return ready.row.tag if ready else ""

    def objection(self, row: int, key: str) -> Objection | None:
        """The gravest thing there is against a cell."""
        return next((one for one in self.objections(row) if one.field == key), None)

    def objections(self, row: int) -> tuple[Objection, ...]:
        """Everything there is against a row, as its fields stand."""
        draft = self.draft_at(row)
        if draft is not None:
            return self.in_order(draft.troubles)
        ready = self.pages.ready(row) if 0 <= row < self.pages.count else None
        return self.in_order(ready.row.marks.values()) if ready else ()

    def in_order(self, objections: Iterable[Objection]) -> tuple[Objection, ...]:
        """The objections in the order of the fields."""
        order = {field.key: place for place, field in enumerate(self._ledger.fields)}
        return tuple(sorted(objections, key=lambda one: order.get(one.field, -1)))

    # --- as text -----------------------------------------------------------------------------------

    def cell(self, row: int, column: int) -> Cell:
        """The cell ready to paint."""
        drawn = self._drawn.get(row)
        if drawn is None:
            if row < self.pages.count and not (self._changed and self.pages.id_at(row) in self._changed):
                ready = self.pages.ready(row)
                if ready is None:
                    return WAITING if self.pages.ids is None else EMPTY
                return ready.cells[column]
            drawn = self._drawn[row] = self._draw(row)
        return drawn[column]

    def _draw(self, row: int) -> tuple[Cell, ...]:
        draft = self.draft_at(row)
        if draft is None:
            shown = {field.key: self._show(field, self._blank.get(field.key)) for field in self.columns}
            return self._writer.blank(shown, self._blank, self.first_to_fill(), self._desk.today)
        shown = {field.key: self._draft_text(field, draft) for field in self.columns}
        above = self.values(row - 1) if row else {}
        return self._writer.draft(shown, draft.values, draft.objections, above)

    def _draft_text(self, field: Field, draft: RowDraft) -> str:
        """What was typed is shown as it was typed; a personal number that was there before stays hidden."""
        if field.key in draft.typed:
            return draft.typed[field.key]
        value = draft.values.get(field.key)
        text = self._show(field, value)
        return screen_text(field, text) if value == draft.original.get(field.key) else text

    def _show(self, field: Field, value: object) -> str:
        return "" if value is None else self._desk.show(self._ledger, field.key, value)

    def text_of(self, key: str, value: object) -> str:
        """A value as text that can be read back."""
        field = self._ledger.field(key)
        if value is None:
            return ""
        return self._desk.show(self._ledger, key, value) if field.kind.name == "ref" else field.kind.typed(value)

    def edit_text(self, row: int, key: str) -> str:
        """The text an editor starts with when a cell is edited rather than overwritten."""
        draft = self.draft_at(row)
        if draft is not None and key in draft.typed:
            return draft.typed[key]
        return self.text_of(key, self.value(row, key))

    def forget_drawn(self, row: int | None = None) -> None:
        """Work the cells of a typed row, or of all of them, out anew."""
        if row is None:
            self._drawn.clear()
        else:
            self._drawn.pop(row, None)

    def forget_widths(self) -> None:
        """Cut every text of the stored rows anew: the fonts changed."""
        self.pages.forget_widths()

    # --- what to fill next -------------------------------------------------------------------------

    def first_to_fill(self) -> str:
        """The first field of the blank row that nothing is taken over into, wanted ones before others."""
        fields = [field for field in self.columns if field.writable and self._blank.get(field.key) is None]
        wanted = [field for field in fields if field.required]
        return next((field.key for field in (*wanted, *fields)), "")

    def wants_filling(self, row: int, key: str) -> bool:
        """Whether Enter stops at this field of a new row.

        It is empty or unreadable, and wanted: always, by a rule for this very record (meat asks for its certificate,
        cabbage does not), or because the record before has something there that no rule and no other field decides.
        """
        field = self._ledger.field(key)
        draft = self.draft_at(row)
        if not field.writable:
            return False
        if draft is not None and key in draft.typed:
            return True
        if self.value(row, key) is not None:
            return False
        return bool(field.required) or key in self._usual - self._ruled or self._is_missed(row, key)

    def _is_missed(self, row: int, key: str) -> bool:
        """Whether the rules would not take the row without this field."""
        found = self._desk.examine(self._ledger, self.values(row))
        return any(one.field == key and one.level is not Level.WARNING for one in found)

    # --- drafts ------------------------------------------------------------------------------------

    def begin_change(self, row: int) -> RowDraft:
        """The draft of a row that is being typed in; a stored row gets one now."""
        draft = self.draft_at(row)
        if draft is None:
            id = self.pages.id_at(row)
            if id is None:
                return RowDraft(None, {}, {})
            values = self._desk.draft(self._ledger, id)
            draft = self._changed[id] = RowDraft(id, dict(values), dict(values))
        return draft

    def begin_new(self, values: Draft) -> RowDraft:
        """A row being written, before the blank one."""
        draft = RowDraft.begun(values, dict(self._blank))
        self._drawn.clear()
        self._new.append(draft)
        return draft

    def rebase(self) -> None:
        """The ledger was changed elsewhere: what was typed stays, on top of the records as they are now."""
        for id, draft in list(self._changed.items()):
            try:
                now = self._desk.draft(self._ledger, id)
            except OfficeError:  # the record is gone, and what was typed into it with it
                del self._changed[id]
                continue
            typed = {key: value for key, value in draft.values.items() if value != draft.original.get(key)}
            draft.original, draft.values = dict(now), now | typed

    def give_up(self, draft: RowDraft) -> None:
        """Forget what was typed."""
        if draft.id is None:
            self._new.remove(draft)
            self._keep_what_is_left()
        else:
            self._changed.pop(draft.id, None)
        self._drawn.clear()

    def keep(self, draft: RowDraft) -> None:
        """After each cell typed: a row typed back to what it was is no draft; a new one is kept against a crash."""
        if draft.id is None:
            self._keep_what_is_left()
        elif not draft.changed:
            self._changed.pop(draft.id, None)

    def settle(self, draft: RowDraft, ids: Sequence[int], row: int) -> None:
        """A draft was saved: a changed row stays where it is, what a new one became follows the stored rows."""
        if draft.id is None:
            self._last = dict(draft.values)
            self._new.remove(draft)
            for id in ids:
                self.pages.append(id)
            self._keep_what_is_left()
            self.refill_blank()
        else:
            self._changed.pop(draft.id, None)
            self.pages.forget(row)
        self._drawn.clear()

    def settle_many(self, changed: Iterable[int], new: Iterable[int]) -> None:
        """A block was saved: read the pages anew, and show the new records after the stored rows."""
        for id in changed:
            self._changed.pop(id, None)
        self.pages.forget_all()
        for id in new:
            self.pages.append(id)
        self._last = None
        self.refill_blank()

    def _keep_what_is_left(self) -> None:
        meant = [draft for draft in self._new if not draft.empty]
        if meant:
            self._desk.keep_draft(self._ledger, meant[-1].values)
        else:
            self._desk.drop_draft(self._ledger)

    # --- the blank row -----------------------------------------------------------------------------

    def refill_blank(self) -> None:
        """Work out anew what the blank row takes over, and from which record."""
        last = self._last
        if last is None and self.pages.count and not self._query.sort and not self._query.narrowed:
            last = self.values(self.pages.count - 1) or None
        self._usual = frozenset(key for key, value in (last or {}).items() if value is not None)
        blank = self._desk.blank(self._ledger, last)
        if not self._in_month(blank):
            blank[self._ledger.happened] = None
        self._blank = self._desk.complete(self._ledger, blank)
        self._drawn.clear()

    def _in_month(self, draft: Draft) -> bool:
        """Whether a record belongs to the month shown: one of another month would vanish from sight when saved."""
        day, month = self._ledger.day_of(draft), self._query.month
        return month is None or day is None or month.first <= day <= month.last

    def blank_like(self, last: Draft | None = None) -> Draft:
        """A new record after the one given, or as the blank row stands."""
        return dict(self._blank) if last is None else self._desk.blank(self._ledger, last)
