"""The month's pack: what it lacks, how each form stands, and the paper itself, form by form or bound with its cover."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.catalogue import FORMS
from school_logistics.errors import OfficeError
from school_logistics.reports.content import with_version
from school_logistics.reports.cover import Listed, cover
from school_logistics.reports.form import Head
from school_logistics.services.cross_checks import CrossChecks
from school_logistics.services.doubts import doubts
from school_logistics.services.entries import Entries
from school_logistics.services.form_states import FormState, Judging, lacking_by_form, past_of, state_of
from school_logistics.services.missing import Missing, missing
from school_logistics.services.printing import file_name, write_whole
from school_logistics.services.rows import NoProgress

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from school_logistics.reports.blocks import Paper
    from school_logistics.reports.form import PrintedForm
    from school_logistics.reports.pdf import Drawn
    from school_logistics.rules.calendar import Month
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Progress

PACK = "PACK"
_BOUND = "合订本"


class WrittenForm(NamedTuple):
    """A form that now lies in a file."""

    code: str
    title: str
    file: Path
    pages: int
    rows: int
    gaps: int


class Composed(NamedTuple):
    """A form laid out, with its number of lines."""

    form: PrintedForm
    paper: Paper
    rows: int
    month: Month


class LaidOut(NamedTuple):
    """Forms of a month from one reading of the ledgers, with what their cover says of them."""

    head: Head
    composed: tuple[Composed, ...]
    gaps: Mapping[str, int]
    """Gaps by the code of the form."""


class Book(NamedTuple):
    """Forms bound behind their cover."""

    drawn: Drawn
    cover: Paper


class Copy(NamedTuple):
    """A form as PDF."""

    data: bytes
    pages: int
    missing: tuple[str, ...] = ()
    """Characters no font can print."""


class MonthLook(NamedTuple):
    """How a month's forms stand, and what is to be done about them."""

    states: tuple[FormState, ...]
    missing: tuple[Missing, ...]
    doubts: tuple[Missing, ...]


Press = Callable[[Composed], Copy]
"""Makes the PDF of a form; whoever keeps what goes out puts itself in here."""


class MonthPack:
    """The printed forms of a month, from what stands in the ledgers now."""

    def __init__(self, desk: Desk, forms: Sequence[PrintedForm] = FORMS) -> None:
        """`forms` in the order of the pack."""
        self._desk = desk
        self.forms = tuple(forms)
        self.binding = False
        """Whether paper gets a margin for binding at the left."""

    def form(self, code: str) -> PrintedForm:
        """The form of that code; raises OfficeError naming those there are."""
        for form in self.forms:
            if form.code == code:
                return form
        msg = f"没有编号为「{code}」的表；有：{'、'.join(form.code for form in self.forms)}"
        raise OfficeError(msg)

    def missing(self, month: Month) -> list[Missing]:
        """What the forms of a month lack: gaps inside rows, and forms without rows."""
        with self._desk.store.reading() as session:
            return self._missing(Entries(self._desk, session, examined=True), month)

    def doubts(self, month: Month) -> list[Missing]:
        """What to look at once more before the forms of a month are printed: no gaps, each with `look`."""
        with self._desk.store.reading() as session:
            return self._doubts(Entries(self._desk, session), month)

    def states(self, month: Month) -> list[FormState]:
        """How every form of the month stands, in the order of the pack."""
        with self._desk.store.reading() as session:
            entries = Entries(self._desk, session, examined=True)
            return self._states(entries, month, self._missing(entries, month))

    def look(self, month: Month) -> MonthLook:
        """How every form stands, what they lack and what is doubtful, from one reading of the ledgers."""
        with self._desk.store.reading() as session:
            entries = Entries(self._desk, session, examined=True)
            missing = self._missing(entries, month)
            states = self._states(entries, month, missing)
            return MonthLook(tuple(states), tuple(missing), tuple(self._doubts(entries, month)))

    def compose(self, session: Session, month: Month, only: Sequence[str] = ()) -> list[Composed]:
        """Forms of a month laid out, all of them or those named, from what stands in the ledgers now."""
        entries = Entries(self._desk, session)
        head = self._head(entries, month)
        return [self._bindable(_compose(form, entries, head)) for form in self._wanted(only)]

    def copy(self, composed: Composed) -> Copy:
        """A form that is laid out as PDF."""
        title = f"{composed.form.title}（{composed.month}）"
        return self.draw_paper(composed.paper, title, composed.month)

    def draw_paper(self, paper: Paper, title: str, month: Month) -> Copy:
        """One paper that is laid out as PDF, such as a correction note."""
        drawn = self._drawn([paper], title, month)
        return Copy(drawn.data, drawn.pages[0], drawn.missing)

    def draw(self, code: str, month: Month, *, preview: bool = False) -> Drawn:
        """One form as PDF; with `preview` what is missing is hatched."""
        form = self.form(code)
        with self._desk.store.reading() as session:
            entries = Entries(self._desk, session, examined=preview)
            composed = self._bindable(_compose(form, entries, self._head(entries, month)))
        return self._drawn([composed.paper], f"{form.title}（{month}）", month, preview=preview)

    def pack(
        self, month: Month, *, only: Sequence[str] = (), progress: Progress | None = None, preview: bool = False
    ) -> Drawn:
        """All forms of the month, or those named, bound behind their cover into one bookmarked PDF."""
        return self.bind(self.lay_out(month, only), progress or NoProgress(), preview=preview).drawn

    def lay_out(self, month: Month, only: Sequence[str] = ()) -> LaidOut:
        """All forms of the month, or those named, laid out from one reading, to be drawn one by one and bound."""
        with self._desk.store.reading() as session:
            entries = Entries(self._desk, session, examined=True)
            head = self._head(entries, month)
            composed = tuple(self._bindable(_compose(form, entries, head)) for form in self._wanted(only))
            return LaidOut(head, composed, self._gaps(entries, month))

    def bind(self, laid: LaidOut, progress: Progress | None = None, *, preview: bool = False) -> Book:
        """Forms that are laid out as one bookmarked PDF behind their cover."""
        covers: list[Paper] = []

        def sheet(pages: tuple[int, ...]) -> Paper:
            both = zip(laid.composed, pages, strict=True)
            listed = [Listed(one.form, many, one.rows, laid.gaps[one.form.code]) for one, many in both]
            covers.append(self._cover(listed, laid.head))
            return covers[-1]

        title = f"{laid.head.school}{laid.head.month}后勤检查表"
        papers = [one.paper for one in laid.composed]
        drawn = self._drawn(papers, title, laid.head.month, progress=progress, preview=preview, sheet=sheet)
        return Book(drawn, covers[-1])

    def _cover(self, listed: Sequence[Listed], head: Head) -> Paper:
        return with_version(replace(cover(listed, head), binding=self.binding), head.month.iso)

    def write(
        self,
        month: Month,
        out: Path,
        *,
        only: Sequence[str] = (),
        progress: Progress | None = None,
        press: Press | None = None,
        keep_cover: Callable[[Paper, Month], None] | None = None,
    ) -> list[WrittenForm]:
        """Write one PDF a form and, when it is all of them, the pack; each whole or not at all.

        `press` makes the PDF of a form in place of drawing it plainly, `keep_cover` is told the cover of the pack. The
        list names the forms. Forms printed alone
        leave the month's pack as it lies there. Raises FileTrouble when a file cannot be written, and whatever
        `progress` raises to stop; files that were finished before stay.
        """
        progress = progress or NoProgress()
        laid = self.lay_out(month, only)
        composed, gaps = laid.composed, laid.gaps
        bound = len(composed) == len(self.forms)
        steps = len(composed) + bound
        written = []
        for number, one in enumerate(composed):
            progress.step(number, steps, one.form.title)
            copy = (press or self.copy)(one)
            path = write_whole(out / file_name(one.form.code, one.form.title, month.iso), copy.data)
            written.append(WrittenForm(one.form.code, one.form.title, path, copy.pages, one.rows, gaps[one.form.code]))
        if bound:
            progress.step(len(composed), steps, _BOUND)
            book = self.bind(laid)
            write_whole(self.pack_file(month, out), book.drawn.data)
            if keep_cover is not None:
                keep_cover(book.cover, month)
        progress.step(steps, steps, _BOUND if bound else composed[-1].form.title)
        return written

    def pack_file(self, month: Month, out: Path) -> Path:
        """Where `write` puts the whole pack: PACK_2026-10.pdf."""
        return out / file_name(PACK, month.iso)

    # --- within ------------------------------------------------------------------------------------

    def _states(self, entries: Entries, month: Month, missing: Sequence[Missing]) -> list[FormState]:
        facts = {form.code: form.gather(entries, month) for form in self.forms}
        lacking = lacking_by_form(self.forms, facts, missing)
        head, session = self._head(entries, month), entries.session
        asked = Judging(
            session, self._desk.by_key, past_of(session, month), lambda form: form.paper(facts[form.code], head)
        )
        return [state_of(form, len(facts[form.code].rows), lacking[form.code], asked) for form in self.forms]

    def _doubts(self, entries: Entries, month: Month) -> list[Missing]:
        book = self._desk.book
        across = CrossChecks(entries, month, book, self._desk.today).all()
        return [*doubts(self.forms, entries, month, book, self._desk.calendar), *across]

    def _missing(self, entries: Entries, month: Month) -> list[Missing]:
        return missing(self.forms, self._desk.ledgers(), entries, month, self._desk.calendar)

    def _gaps(self, entries: Entries, month: Month) -> dict[str, int]:
        """How many gaps the rows of each form have; a form without rows has none."""
        facts = {form.code: form.gather(entries, month) for form in self.forms}
        lacking = lacking_by_form(self.forms, facts, self._missing(entries, month))
        return {code: len(found) for code, found in lacking.items()}

    def _head(self, entries: Entries, month: Month) -> Head:
        profiles = (one for ledger in self._desk.ledgers() if ledger.once for one in entries.entries(ledger))
        name = next((one.text(one.ledger.title) for one in profiles), "")
        closed = frozenset(month.days()) - frozenset(self._desk.calendar.school_days(month))
        return Head(name, month, self._desk.today, closed, self._desk.book)

    def _wanted(self, only: Sequence[str]) -> Sequence[PrintedForm]:
        return [self.form(code) for code in dict.fromkeys(only)] or self.forms

    def _bindable(self, composed: Composed) -> Composed:
        return composed._replace(paper=replace(composed.paper, binding=True)) if self.binding else composed

    def _drawn(
        self,
        papers: Sequence[Paper],
        title: str,
        month: Month,
        *,
        progress: Progress | None = None,
        preview: bool = False,
        sheet: Callable[[tuple[int, ...]], Paper] | None = None,
    ) -> Drawn:
        from school_logistics.reports.pdf import draw

        made_on = min(month.last, self._desk.today)  # a month that is over is dated by its last day, for good
        return draw(papers, title=title, made_on=made_on, preview=preview, progress=progress, cover=sheet)


def _compose(form: PrintedForm, entries: Entries, head: Head) -> Composed:
    facts = form.gather(entries, head.month)
    return Composed(form, form.paper(facts, head), len(facts.rows), head.month)
