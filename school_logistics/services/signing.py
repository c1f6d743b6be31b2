"""Forms as they go out: kept to the byte, printed again, compared with what stands now, corrected, and signed.

Whatever leaves the program as paper or PDF is kept under its short code first. What was kept before is handed out as it
was, so a form of unchanged data is the same file whenever it is printed.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.errors import OfficeError, StoreTrouble
from school_logistics.models import signed
from school_logistics.models.audit import act_of
from school_logistics.models.signed import NewVersion, Version
from school_logistics.reports.content import as_json, content_of, with_version
from school_logistics.reports.correction import TITLE, correction_note
from school_logistics.rules.calendar import Month
from school_logistics.rules.short_code import read_code, shown
from school_logistics.services.form_states import Past, differences_from, past_of
from school_logistics.services.month import PACK, Composed, Copy
from school_logistics.services.rows import NoProgress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sqlalchemy.orm import Session

    from school_logistics.reports.blocks import Paper
    from school_logistics.reports.differences import Difference
    from school_logistics.services.desk import Desk
    from school_logistics.services.month import MonthPack, WrittenForm
    from school_logistics.services.rows import Progress

_LONGEST_TITLE = 200
_LONGEST_REASON = 200


class Printed(NamedTuple):
    """A form that goes out."""

    form: str
    title: str
    code: str
    """Its short code."""
    copy: Copy
    new: bool
    """Whether this is the first time."""


class BookOut(NamedTuple):
    """Forms bound behind their cover as they go out."""

    data: bytes
    pages: int
    press: Press


class Signing:
    """Keeps what is printed, and knows what became of it."""

    def __init__(self, desk: Desk, pack: MonthPack) -> None:
        """`pack` lays the forms out."""
        self._desk = desk
        self.pack = pack

    # --- going out ---------------------------------------------------------------------------------

    def lay_out(self, month: Month, only: Sequence[str] = (), progress: Progress | None = None) -> Press:
        """The forms of a month as PDF, all or those named; they are kept when the press is told so."""
        progress = progress or NoProgress()
        with self._desk.store.reading() as session:
            composed = self.pack.compose(session, month, only)
        press = Press(self._desk, self.pack)
        for number, one in enumerate(composed):
            progress.step(number, len(composed), one.form.title)
            press(one)
        progress.step(len(composed), len(composed), "排好了")
        return press

    def book(self, month: Month, only: Sequence[str] = (), progress: Progress | None = None) -> BookOut:
        """The forms of a month bound behind their cover, from one reading; kept, cover and all, when the press is told.

        What is bound says what is kept: the papers are those of the press.
        """
        progress = progress or NoProgress()
        laid = self.pack.lay_out(month, only)
        press = Press(self._desk, self.pack)
        for number, one in enumerate(laid.composed):
            progress.step(number, len(laid.composed), one.form.title)
            press(one)
        book = self.pack.bind(laid, progress)
        press.take_cover(book.cover, month)
        return BookOut(book.drawn.data, sum(book.drawn.pages), press)

    def print_forms(self, month: Month, only: Sequence[str] = (), progress: Progress | None = None) -> list[Printed]:
        """The forms of a month as PDF, all or those named, each kept under its short code."""
        press = self.lay_out(month, only, progress)
        press.keep()
        return press.printed

    def write(
        self, month: Month, out: Path, *, only: Sequence[str] = (), progress: Progress | None = None
    ) -> list[WrittenForm]:
        """Write one PDF a form and, when it is all of them, the pack; what goes out is kept.

        Raises FileTrouble when a file cannot be written, and whatever `progress` raises to stop.
        """
        press = Press(self._desk, self.pack)
        try:
            return self.pack.write(month, out, only=only, progress=progress, press=press, keep_cover=press.take_cover)
        finally:
            press.keep()  # what was written before the work was stopped has gone out too

    def reprint(self, version: Version) -> bytes:
        """The PDF of a kept version, to the byte; raises StoreTrouble when it is not what was kept."""
        with self._desk.store.reading() as session:
            data = signed.pdf_of(session, version)
        if hashlib.sha256(data).hexdigest() != version.pdf_digest:
            raise StoreTrouble(
                f"留底的「{version.title}」（短码 {shown(version.code)}）与当初的指纹对不上，数据文件可能被改动过；"
                "没有打印。请用备份核对。"
            )
        return data

    # --- looking up --------------------------------------------------------------------------------

    def versions(self, month: Month) -> list[Version]:
        """What was printed of a month, the oldest first."""
        with self._desk.store.reading() as session:
            return signed.versions(session, period=month.iso)

    def past(self, month: Month) -> dict[str, Past]:
        """What was printed and signed of each form of a month."""
        with self._desk.store.reading() as session:
            return past_of(session, month)

    def version(self, typed: str, *, form: str = "") -> Version:
        """The version of a short code, typed or read from a QR code; `form` says which where two share it.

        Raises OfficeError when the code is wrong, or nothing was printed under it.
        """
        code = read_code(typed)
        with self._desk.store.reading() as session:
            found = [one for one in signed.versions(session, codes=[code]) if not form or one.form == form]
        if not found:
            raise OfficeError(f"没有打印过短码为 {shown(code)} 的表，请对照表脚再看一遍；可能是另一个数据文件打印的。")
        if len({one.form for one in found}) > 1:
            raise OfficeError(
                f"短码 {shown(code)} 对应几张表：{'、'.join(sorted({one.form for one in found}))}。请写明是哪一张。"
            )
        return found[-1]

    def differences(self, version: Version) -> tuple[Difference, ...]:
        """In what the form says something else now than this version of it."""
        with self._desk.store.reading() as session:
            return differences_from(session, version, self._paper_now(session, version))

    def _paper_now(self, session: Session, version: Version) -> Paper:
        if version.form == PACK:
            raise OfficeError("封面只列出这一本里有哪些表，不和台账比对，也不用更正说明；请看其中的各张表。")
        return self.pack.compose(session, Month.parse(version.period), [version.form])[0].paper

    # --- correcting --------------------------------------------------------------------------------

    def correct(self, version: Version, reason: str) -> Press:
        """The correction note from a version to what stands now, kept when the press is told so.

        Raises OfficeError when nothing differs, or no reason is given.
        """
        reason = " ".join(reason.split())
        if not reason:
            raise OfficeError("更正说明要写明原因，例如“送货单数量看错”。没有生成更正说明。")
        if len(reason) > _LONGEST_REASON:
            raise OfficeError(f"原因太长（{len(reason)} 字），请压到 {_LONGEST_REASON} 字以内。没有生成更正说明。")
        month = Month.parse(version.period)
        with self._desk.store.reading() as session:
            now = self._paper_now(session, version)
            changed = differences_from(session, version, now)
            paper_signed = signed.signed_papers(session, [version.code]).get(version.code)
        if version.code == now.version:
            raise OfficeError(f"「{version.title}」与签字版没有不同，不用更正说明。")
        note = correction_note(
            form=version.form, title=version.title, school=now.school, period=now.period, number=now.number,
            signed=version.code, signed_on=paper_signed.signed_on if paper_signed else None,
            changed=changed, reason=reason,
        )  # fmt: skip
        note = with_version(replace(note, binding=self.pack.binding), month.iso)
        title = f"{version.title}{TITLE}"
        press = Press(self._desk, self.pack)
        copy = self.pack.draw_paper(note, f"{title}（{month}）", month)
        press.take(note, title, month, copy, corrects=version.code, covers=now.version)
        return press


class Press:
    """Makes the PDFs of forms, hands out what was kept before, and keeps what is new when it goes out."""

    def __init__(self, desk: Desk, pack: MonthPack) -> None:
        self._desk, self._pack = desk, pack
        self._new: list[NewVersion] = []
        self.printed: list[Printed] = []

    def keep(self) -> None:
        """Keep what goes out, as one act; what was kept before is not kept twice."""
        if not self._new:
            return
        with self._desk.store.unit_of_work(_act_title(self._new), self._desk.actor) as session:
            for one in self._new:
                signed.keep(session, one)
            kept = act_of(session).id is not None
        self._new = []
        if kept:
            self._desk.tell({signed.VERSIONS.name})

    def __call__(self, composed: Composed) -> Copy:
        """The PDF of a form: as it was kept, or drawn now."""
        paper, form = composed.paper, composed.form
        with self._desk.store.reading() as session:
            kept = next(
                (
                    one
                    for one in signed.versions(session, period=composed.month.iso, codes=[paper.version])
                    if (one.form, one.bound) == (form.code, paper.binding)
                ),
                None,
            )
            data = signed.pdf_of(session, kept) if kept else b""
        if kept is not None:
            copy = Copy(data, kept.pages)
            self.printed.append(Printed(form.code, form.title, paper.version, copy, new=False))
            return copy
        copy = self._pack.copy(composed)
        self.take(paper, form.title, composed.month, copy)
        return copy

    def take(self, paper: Paper, title: str, month: Month, copy: Copy, *, corrects: str = "", covers: str = "") -> None:
        """Take a paper that was drawn, to be kept at the end."""
        self._new.append(_new(paper, paper.code, title, month, copy)._replace(corrects=corrects, covers=covers))
        self.printed.append(Printed(paper.code, title, paper.version, copy, new=True))

    def take_cover(self, cover: Paper, month: Month) -> None:
        """Take the cover of a book, to be kept at the end like the forms behind it."""
        copy = self._pack.draw_paper(cover, f"{cover.title}（{month}）", month)
        self._new.append(_new(cover, PACK, cover.title, month, copy))


def _new(paper: Paper, form: str, title: str, month: Month, copy: Copy) -> NewVersion:
    """A paper that was drawn, as it is to be kept."""
    return NewVersion(
        paper.version, form, title, month.iso, paper.edition, paper.binding, copy.pages, copy.data,
        as_json(content_of(paper)),
    )  # fmt: skip


def _act_title(new: Sequence[NewVersion]) -> str:
    """打印 C03 食品进货查验记录（2026年10月，短码 W4TM-AY6Y）."""
    first = new[0]
    month = Month.parse(first.period)
    if len(new) == 1:
        return f"打印 {first.form} {first.title}（{month}，短码 {shown(first.code)}）"[:_LONGEST_TITLE]
    return f"打印 {month}检查表 {len(new)} 张：{'、'.join(one.form for one in new)}"[:_LONGEST_TITLE]
