"""Many records filled in together, row by row, and saved as one act: a day of all rooms, a delivery of twelve lines.

Knows no screen. A row may be a record that stands already, a line that is asked for and not yet written, or, on a sheet
that is `open_ended`, a line that somebody adds. What was typed stays as it was typed until it can be saved.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from school_logistics.errors import Unreadable
from school_logistics.models.checks import Level, Objection
from school_logistics.rules.answers import ABNORMAL, NORMAL, NOT_APPLICABLE, Answer
from school_logistics.rules.dates import Reading
from school_logistics.rules.kinds import TimeOfDay
from school_logistics.services.basis import BASED_ON
from school_logistics.services.entry_checking import LineCheck
from school_logistics.services.entry_columns import (
    exempt_value,
    is_judgement,
    is_wrong,
    item_of,
    normal_value,
    wrong_values,
)
from school_logistics.services.entry_row import Counts, SheetRefused, SheetRow, Step

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Draft, Saved

_NAMES_A_DAY = frozenset("-./年月日号")
"""What stands in a text that names its day too; without them a moment is typed as the clock shows it."""


class EntrySheet:
    """Rows by place, columns by field key or item key."""

    compact = False
    """Whether cells are narrow: what is normal is told by its shape alone."""
    counted = "行"
    """What `count` counts."""

    def __init__(
        self,
        desk: Desk,
        ledger: Ledger,
        columns: Sequence[Field],
        rows: Iterable[SheetRow],
        *,
        common: Draft | None = None,
        open_ended: bool = False,
        day: date | None = None,
    ) -> None:
        """`common` is what all lines share unless a line says otherwise; `day` that of the records, if it is one."""
        self.desk, self.ledger, self.columns = desk, ledger, tuple(columns)
        self.by_key = {one.key: one for one in self.columns}
        self.rows = list(rows)
        self.common: Draft = dict(common or {})
        self.open_ended, self.day = open_ended, day
        self.check = LineCheck(desk, ledger, self.columns)
        self._before: list[Step] = []
        self.held_back: list[str] = []
        """Why lines stayed open when all was last judged normal."""
        self._missed: dict[int, set[str]] = {}
        shown = {*self.by_key, *(item[0] for one in self.columns if (item := item_of(one.key)))}
        blank = desk.blank(ledger)
        self._unseen: Draft = {key: value for key, value in blank.items() if key not in shown and value is not None}
        for row in self.rows:
            self.check.take_marks(row)
        if open_ended:
            self._add_blank()
        self._settle(self.rows)

    def _add_blank(self) -> None:
        number = 1 + max((int(row.key) for row in self.rows if row.key.isdigit()), default=0)
        self.rows.append(SheetRow(str(number), {}))

    # --- reading -----------------------------------------------------------------------------------

    def value(self, row: int, key: str) -> object:
        """What stands in a cell: a value, the `Answer` to an item, or None."""
        line = self.rows[row]
        item = item_of(key)
        return line.marks.get(item[0], {}).get(item[1]) if item else line.filled.get(key)

    def typed_field(self, key: str) -> Field:
        """The field that is typed into a column."""
        return self.by_key[key]

    def is_own(self, row: int, key: str) -> bool:
        """Whether a cell was written in its own line, as opposed to what all lines share or what follows."""
        line = self.rows[row]
        return line.id is not None or key in line.values or item_of(key) is not None

    def text(self, row: int, key: str) -> str:
        """A cell as text that can be read back."""
        line = self.rows[row]
        if key in line.typed:
            return line.typed[key]
        return self.shown(key, self.value(row, key), typed=True)

    def shown(self, key: str, value: object, *, typed: bool = False) -> str:
        """A value of a field as text; `typed` so that it can be read back."""
        if value is None:
            return ""
        if isinstance(value, datetime) and key == self.ledger.happened and value.date() == self.day:
            return f"{value:%H:%M}"
        kind = self.by_key[key].kind if key in self.by_key else self.ledger.field(key).kind
        if kind.name == "ref":
            return self.desk.show(self.ledger, key, value)
        return kind.typed(value) if typed else kind.show(value)

    def read(self, key: str, text: str) -> object:
        """The value of what was typed into a column; raises Unreadable with a sentence."""
        if item_of(key):
            return self.by_key[key].kind.read(text, Reading(self.desk.today))
        clock = self.day is not None and key == self.ledger.happened and self.ledger.field(key).kind.name == "moment"
        if clock and self.day is not None and text.strip() and not _NAMES_A_DAY & set(text):
            at = TimeOfDay().read(text, Reading(self.desk.today))
            return datetime.combine(self.day, at) if at is not None else None
        return self.desk.read(self.ledger, key, text)

    @property
    def begun(self) -> list[int]:
        """The lines in which something is written that is not saved."""
        return [place for place, row in enumerate(self.rows) if row.begun]

    def missed(self, row: int) -> set[str]:
        """The columns without which the rules would not take a line as it stands."""
        if row not in self._missed:
            with self.desk.store.reading() as session:
                found = self.check.found(session, self.rows[row], {})
            self._missed[row] = {one.field for one in found if one.level is not Level.WARNING}
        return self._missed[row]

    def wanted_when_well(self, keys: Collection[str]) -> set[str]:
        """Which of these fields the rules ask of a new line in which all is well, whoever fills it in."""
        row = next((one for one in self.rows if one.id is None), None)
        if row is None:
            return set()
        well = {one.key: normal_value(one) for one in self.columns if is_judgement(one) and item_of(one.key) is None}
        filled = {**self.draft(row), **well, **dict.fromkeys(keys)}
        probe = SheetRow(row.key, row.given, filled=filled)
        with self.desk.store.reading() as session:
            found = self.check.found(session, probe, {})
        return {one.field for one in found if one.level is not Level.WARNING} & set(keys)

    def is_in_the_way(self, row: int, key: str) -> bool:
        """Whether a cell keeps its line from being saved."""
        line = self.rows[row]
        objection = line.objections.get(key)
        return key in line.typed or (objection is not None and objection.level is not Level.WARNING)

    def count(self) -> Counts:
        """How the lines stand."""
        judged = [one.key for one in self.columns if is_judgement(one)]
        well = wrong = recorded = 0
        for place, row in enumerate(self.rows):
            if row.id is None and not row.begun:
                continue
            if any(self.is_wrong(place, key) for key in judged):
                wrong += 1
            elif judged and all(self.value(place, key) is not None for key in judged):
                well += 1
            elif not judged and row.id is not None:
                recorded += 1
        untouched = sum(row.id is None and not row.begun for row in self.rows)
        return Counts(len(self.rows), well, wrong, recorded, len(self.begun), untouched)

    # --- writing -----------------------------------------------------------------------------------

    def write(self, changes: Mapping[int, Mapping[str, object]]) -> None:
        """Write cells of any lines as one step: text is read first, other values are taken as they are.

        A sheet that is open-ended grows as far as is written; elsewhere lines that are not there are passed over.
        """
        furthest = max((place for place in changes if changes[place]), default=-1)
        before = len(self.rows)
        while self.open_ended and furthest >= len(self.rows):
            self._add_blank()
        touched = [place for place in sorted(changes) if changes[place] and place < len(self.rows)]
        self._remember(touched, before)
        for place in touched:
            for key, content in changes[place].items():
                self._write_cell(self.rows[place], key, content)
        self._settle([self.rows[place] for place in touched])
        if self.open_ended and self.rows and self.rows[-1].begun:
            self._add_blank()
            self._settle(self.rows[-1:])

    def _write_cell(self, row: SheetRow, key: str, content: object) -> None:
        row.typed.pop(key, None)
        row.blamed.discard(key)
        value = content
        if isinstance(content, str):
            try:
                value = self.read(key, content)
            except Unreadable as trouble:
                row.typed[key] = content
                row.objections[key] = Objection(Level.REFUSED, key, str(trouble))
                return
        item = item_of(key)
        if item:
            marks = row.marks.setdefault(item[0], {})
            if isinstance(value, Answer):
                marks[item[1]] = value
            else:
                marks.pop(item[1], None)
            if not marks:
                del row.marks[item[0]]
        elif self._is_as_before(row, key, value):
            row.values.pop(key, None)
        else:
            row.values[key] = value

    def _is_as_before(self, row: SheetRow, key: str, value: object) -> bool:
        """Whether a cell says no more than its record does, or than what all lines share.

        A new line may be left blank where the others have something, such as the time of somebody who was not there;
        what every record needs is shared again instead.
        """
        if row.id is not None:
            return value == row.base.get(key)
        wanted = key in self.by_key and bool(self.by_key[key].required)
        return value == self.common.get(key) or (value is None and wanted)

    def set_common(self, key: str, value: object) -> None:
        """What all new lines share from now on, unless a line says otherwise."""
        self._before.append(Step({}, dict(self.common), len(self.rows)))
        self.common[key] = value
        self._settle([row for row in self.rows if row.id is None])

    def all_normal(self, rows: Iterable[int] | None = None) -> int:
        """Judge all that is not judged yet as normal, in some lines or in all; how many lines were filled in.

        Judgements only, and only where nothing stands: what is read off an instrument is never filled in. A line that
        the rules would not take as normal stays open, with the reason at its cell: see `held_back`.
        """
        self.held_back.clear()
        normal = {one.key: normal_value(one) for one in self.columns if is_judgement(one) and one.writable}
        changes: dict[int, dict[str, object]] = {}
        for place in range(len(self.rows)) if rows is None else rows:
            row = self.rows[place]
            if self.open_ended and not row.begun and row.id is None:
                continue
            empty = {k: v for k, v in normal.items() if self.value(place, k) is None and k not in row.typed}
            if empty:
                changes[place] = dict(empty)
        if changes:
            self.write(changes)
            self._hold_back(changes)
        return len(changes) - len(self.held_back)

    def _hold_back(self, changes: Mapping[int, Mapping[str, object]]) -> None:
        """Take back what was judged normal in lines of which the rules say that it is not."""
        step = self._before[-1]
        for place, cells in changes.items():
            row = self.rows[place]
            against = row.objections
            why = {key: against[key] for key in cells if key in against and self.is_in_the_way(place, key)}
            if why:
                row.take_back_to(step.rows.pop(place))
                self._settle([row])
                row.objections.update(why)
                self.held_back.append(next(iter(why.values())).sentence)
        if not step.rows:
            self._before.pop()

    def mean(self, rows: Iterable[int] | None = None, *, meant: bool = True) -> int:
        """Say of lines not recorded yet that what all lines share was done there too, or take that back; how many."""
        places = [
            place
            for place in (range(len(self.rows)) if rows is None else rows)
            if self.rows[place].id is None and (not self.rows[place].begun if meant else self.rows[place].meant)
        ]
        if places:
            self._remember(places, len(self.rows))
            for place in places:
                self.rows[place].meant = meant
            self._settle([self.rows[place] for place in places])
        return len(places)

    @property
    def note(self) -> str:
        """The field that must say what was wrong; "" when there is none."""
        return self.check.note

    @property
    def judges(self) -> bool:
        """Whether any column is a judgement."""
        return any(is_judgement(one) for one in self.columns)

    def judgement(self, key: str, mark: str) -> object | None:
        """What √, × or — is called in a column; None where that takes more than a key, having several words or none."""
        column = self.by_key[key]
        called = {
            NORMAL: (normal_value(column),), NOT_APPLICABLE: (exempt_value(column),), ABNORMAL: wrong_values(column)
        }  # fmt: skip
        fitting = [value for value in called[mark] if value is not None]
        return fitting[0] if len(fitting) == 1 else None

    def is_wrong(self, row: int, key: str) -> bool:
        """Whether a cell judges that something is wrong."""
        return is_wrong(self.by_key[key], self.value(row, key))

    def take_back(self) -> bool:
        """Undo the last step of writing; False when there is none."""
        if not self._before:
            return False
        step = self._before.pop()
        self.common = step.common
        del self.rows[step.count :]
        for place, was in step.rows.items():
            self.rows[place].take_back_to(was)
        self._settle(self.rows)
        return True

    def forget_steps(self) -> None:
        """Take what stands now as where writing begins."""
        self._before.clear()

    def give_up(self, rows: Iterable[int]) -> None:
        """Forget what was written in some lines and not saved."""
        begun = [place for place in rows if self.rows[place].begun]
        self.mean(begun, meant=False)
        self.write({place: self._as_it_was(self.rows[place]) for place in begun})

    def _as_it_was(self, row: SheetRow) -> Draft:
        """The cells that bring a line back to its record, or to nothing."""
        items = {
            one.key: row.standing_marks.get(item[0], {}).get(item[1])
            for one in self.columns
            if (item := item_of(one.key))
        }
        return {key: row.base.get(key) for key in (*row.values, *row.typed)} | items

    def _remember(self, touched: Sequence[int], count: int) -> None:
        was = {place: self.rows[place].now() for place in touched if place < count}
        self._before.append(Step(was, dict(self.common), count))

    # --- looking it over ---------------------------------------------------------------------------

    def draft(self, row: SheetRow) -> Draft:
        """The record as it was written so far, with what all lines share; not worked out yet."""
        if row.id is not None:
            draft = {**row.base, **row.values}
        else:
            draft = {**self._unseen, **self.common, **row.given, **row.values}
        return draft | self.check.told(row)

    def _settle(self, rows: Iterable[SheetRow]) -> None:
        """Work out what follows, and object to what is filled in; what is empty is not missing before it is saved."""
        lines = list(rows)
        self._missed.clear()
        for row in lines:
            row.filled, row.objections = self.draft(row), row.objections if row.begun else {}
        self.check.settle([row for row in lines if row.begun])

    # --- saving ------------------------------------------------------------------------------------

    def drafts(self) -> list[tuple[int | None, Draft]]:
        """The records to be saved, every line looked over; raises SheetRefused naming the lines in the way."""
        places = self.begun
        refused = self.check.refused([self.rows[place] for place in places])
        wrong = [place for place in places if self.rows[place] in refused]
        if wrong:
            raise SheetRefused(f"还有 {len(wrong)} 行要补、要改，一行都没存；已经填的都在", wrong)
        return [(self.rows[place].id, self._to_keep(self.rows[place])) for place in places]

    def wanting_everywhere(self, keys: Iterable[str]) -> list[str]:
        """Which of the fields that lines share were refused as wanting in several new lines, or in the only one.

        They are asked for once above the lines, and no longer blamed in each of them.
        """
        new = [self.rows[place] for place in self.begun if self.rows[place].id is None]
        asked = []
        for key in keys:
            lacking = [row for row in new if key in row.blamed and key not in row.typed and row.filled.get(key) is None]
            if self.common.get(key) is None and lacking and (len(lacking) > 1 or len(new) == 1):
                asked.append(key)
                for row in lacking:
                    row.objections.pop(key, None)
                    row.blamed.discard(key)
        return asked

    def _to_keep(self, row: SheetRow) -> Draft:
        return row.filled | ({BASED_ON: row.base[BASED_ON]} if BASED_ON in row.base else {})

    def save(self, title: str) -> list[Saved]:
        """Keep all lines that were written in as one act; raises SheetRefused or OfficeError: nothing is kept then."""
        drafts = self.drafts()
        return self.desk.save_many(self.ledger, drafts, title) if drafts else []
