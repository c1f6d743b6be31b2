"""Printed forms as they went out: the PDF to the byte, what it says, and what became of it on paper.

Three tables that are only added to. A version is a printed form: its short code, its PDF, its data. A signed paper says
that the version of a code was signed, with its scan in the data folder or with the place where the paper is kept, or
that such an entry was a mistake. Each is told in the trail, by digests alone, so that the chain covers it.
"""

from __future__ import annotations

import hashlib
import zlib
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    insert,
    select,
)

from school_logistics.models import audit
from school_logistics.models.columns import WHOLE
from school_logistics.models.record import Tables

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import RowMapping, Select
    from sqlalchemy.orm import Session

VERSIONS = Table(
    "printed_version",
    Tables.metadata,
    Column("id", WHOLE, primary_key=True, autoincrement=True),
    Column("code", String(8), nullable=False, index=True),
    Column("form", String(20), nullable=False),
    Column("title", String(80), nullable=False),
    Column("period", String(7), nullable=False, index=True),
    Column("edition", String(80), nullable=False),
    Column("bound", Boolean, nullable=False),
    Column("corrects", String(8), nullable=False, default=""),
    Column("covers", String(8), nullable=False, default=""),
    Column("pages", Integer, nullable=False),
    Column("content_digest", String(64), nullable=False),
    Column("pdf_digest", String(64), nullable=False),
    Column("printed_at", DateTime, nullable=False),
    Column("actor", String(40), nullable=False),
    UniqueConstraint("code", "form", "period", "bound"),
)
COPIES = Table(
    "printed_copy",
    Tables.metadata,
    Column("version", WHOLE, ForeignKey("printed_version.id"), primary_key=True),
    Column("pdf", LargeBinary, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
SIGNED = Table(
    "signed_paper",
    Tables.metadata,
    Column("id", WHOLE, primary_key=True, autoincrement=True),
    Column("code", String(8), nullable=False, index=True),
    Column("kind", String(4), nullable=False),
    Column("signed_on", Date),
    Column("file", String(200), nullable=False, default=""),
    Column("original", String(200), nullable=False, default=""),
    Column("file_digest", String(64), nullable=False, default=""),
    Column("note", String(200), nullable=False, default=""),
    Column("withdraws", WHOLE, ForeignKey("signed_paper.id")),
    Column("told_at", DateTime, nullable=False),
    Column("actor", String(40), nullable=False),
)

ONLY_ADDED_TO = (VERSIONS.name, COPIES.name, SIGNED.name)

_LISTED = tuple(VERSIONS.c)


class Kept(StrEnum):
    """How a signed paper is kept."""

    SCAN = "扫描"
    PAPER = "纸质"
    WITHDRAWN = "撤回"
    """An entry before it, which it names, was a mistake."""


class Version(NamedTuple):
    """A form as it was printed."""

    id: int
    code: str
    form: str
    title: str
    period: str
    """2026-10."""
    edition: str
    bound: bool
    """Whether it has a margin for binding."""
    corrects: str
    """Of a correction note: the short code of the version it corrects."""
    covers: str
    """Of a correction note: the short code of the data as corrected."""
    pages: int
    content_digest: str
    pdf_digest: str
    printed_at: datetime
    actor: str

    @property
    def is_note(self) -> bool:
        """Whether it is a correction note."""
        return bool(self.corrects)


class SignedPaper(NamedTuple):
    """That the version of a code was signed."""

    id: int
    code: str
    kind: Kept
    signed_on: date | None
    file: str
    """Path of the scan below the data folder, with forward slashes; empty for a paper that was not scanned."""
    original: str
    file_digest: str
    note: str
    told_at: datetime
    actor: str
    withdraws: int | None = None
    """Of a withdrawal: the entry it takes back; one of an older program took back all before it."""


class NewVersion(NamedTuple):
    """A form to be kept as it goes out."""

    code: str
    form: str
    title: str
    period: str
    edition: str
    bound: bool
    pages: int
    pdf: bytes
    content: str
    """What it says, as JSON."""
    corrects: str = ""
    covers: str = ""


def keep(session: Session, new: NewVersion) -> Version | None:
    """Keep a form as printed, unless this very version is kept already; None says that it is."""
    connection, act = session.connection(), audit.act_of(session)
    same = select(VERSIONS.c.id).where(
        VERSIONS.c.code == new.code,
        VERSIONS.c.form == new.form,
        VERSIONS.c.period == new.period,
        VERSIONS.c.bound == new.bound,
    )
    if connection.scalar(same) is not None:
        return None
    told = new._asdict()
    pdf, content = told.pop("pdf"), told.pop("content")
    told |= {
        "content_digest": hashlib.sha256(content.encode()).hexdigest(),
        "pdf_digest": hashlib.sha256(pdf).hexdigest(),
        "printed_at": act.at,
        "actor": act.actor,
    }
    one = connection.scalar(insert(VERSIONS).values(told).returning(VERSIONS.c.id))
    assert isinstance(one, int)  # noqa: S101 - the primary key
    packed = {"pdf": zlib.compress(pdf, 6), "content": zlib.compress(content.encode(), 9)}
    connection.execute(insert(COPIES).values(version=one, **packed))
    image: audit.Image = {key: value for key, value in told.items() if key != "printed_at"}
    audit.write(connection, act, [audit.Change(VERSIONS.name, one, audit.INSERT, None, image)])
    return Version(one, **told)


def sign(session: Session, paper: SignedPaper) -> SignedPaper:
    """Note that a version was signed, or that the note before was a mistake; `id`, time and actor are filled in."""
    connection, act = session.connection(), audit.act_of(session)
    told = paper._asdict() | {"told_at": act.at, "actor": act.actor, "kind": paper.kind.value}
    del told["id"]
    one = connection.scalar(insert(SIGNED).values(told).returning(SIGNED.c.id))
    assert isinstance(one, int)  # noqa: S101 - the primary key
    plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in told.items()}
    del plain["told_at"]
    audit.write(connection, act, [audit.Change(SIGNED.name, one, audit.INSERT, None, plain)])
    return _paper({"id": one, **told})


def versions(session: Session, *, period: str = "", codes: Collection[str] = ()) -> list[Version]:
    """The versions of a month, of some short codes, or all of them, the oldest first."""
    wanted: Select[tuple[object, ...]] = select(*_LISTED).order_by(VERSIONS.c.id)
    if period:
        wanted = wanted.where(VERSIONS.c.period == period)
    if codes:
        wanted = wanted.where(VERSIONS.c.code.in_(codes))
    return [Version(**row) for row in session.execute(wanted).mappings()]


def pdf_of(session: Session, version: Version) -> bytes:
    """The PDF as it went out, to the byte."""
    packed = session.scalar(select(COPIES.c.pdf).where(COPIES.c.version == version.id))
    return zlib.decompress(packed) if packed else b""


def content_of(session: Session, version: Version) -> str:
    """What it says, as JSON."""
    packed = session.scalar(select(COPIES.c.content).where(COPIES.c.version == version.id))
    return zlib.decompress(packed).decode() if packed else ""


def signed_papers(session: Session, codes: Iterable[str]) -> dict[str, SignedPaper]:
    """For each of some short codes the signed paper that counts, the last not taken back; others are missing."""
    wanted = select(SIGNED).where(SIGNED.c.code.in_(set(codes))).order_by(SIGNED.c.id)
    standing: dict[str, list[SignedPaper]] = {}
    for row in session.execute(wanted).mappings():
        paper = _paper(row)
        papers = standing.setdefault(paper.code, [])
        if paper.kind is Kept.WITHDRAWN:
            papers[:] = [one for one in papers if paper.withdraws is not None and one.id != paper.withdraws]
        else:
            papers.append(paper)
    return {code: papers[-1] for code, papers in standing.items() if papers}


def _paper(row: RowMapping | dict[str, object]) -> SignedPaper:
    return SignedPaper(**{**row, "kind": Kept(row["kind"])})  # type: ignore[arg-type]  # as the table has it
