"""Signed papers come back: a scan is put into the data folder and bound to exactly one version by its short code.

The file is copied, never moved; its digest is kept, so that a scan that was changed or lost is noticed. A school
without a scanner notes where the signed paper lies instead.
"""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from school_logistics.errors import FileTrouble, OfficeError
from school_logistics.models import signed
from school_logistics.models.signed import Kept, SignedPaper, Version
from school_logistics.rules.short_code import shown
from school_logistics.services.printing import file_name, write_whole

if TYPE_CHECKING:
    from datetime import date

    from school_logistics.services.desk import Desk

FOLDER = "签字扫描件"
"""Below the data folder; a folder a month inside."""

LARGEST = 60 * 1024 * 1024
"""Bytes: a scan of a whole month's form in colour is far below."""

_KINDS = {b"%PDF-": ".pdf", b"\xff\xd8\xff": ".jpg", b"\x89PNG\r\n\x1a\n": ".png"}
"""What a file of each kind begins with."""
_LONGEST = 200
_SHORT = 8


class Scans:
    """Binds signed papers to the versions they are."""

    def __init__(self, desk: Desk, folder: Path | None) -> None:
        """`folder` is the data folder; without one nothing can be filed."""
        self._desk, self._folder = desk, folder

    def bind(self, version: Version, file: Path, *, signed_on: date | None = None, note: str = "") -> SignedPaper:
        """File the scan of a signed version.

        Raises FileTrouble for a file that cannot be read or is no PDF, JPG or PNG, OfficeError for one that is filed
        under another version already.
        """
        data, kind = _read(file)
        digest = hashlib.sha256(data).hexdigest()
        self._refuse_day(version, signed_on)
        if self._folder is None:
            raise FileTrouble("数据只在内存里，没有地方放扫描件；没有归档。")
        name = file_name(version.form, version.title, version.period, shown(version.code), digest[:_SHORT])
        place = PurePosixPath(FOLDER, version.period, Path(name).with_suffix(kind).name)
        write_whole(self._folder / Path(place), data)
        told = _paper(version, Kept.SCAN, signed_on, note)
        told = told._replace(file=str(place), original=file.name[:_LONGEST], file_digest=digest)
        return self._note(told, f"签字归档 {version.form} {version.title}（短码 {shown(version.code)}）")

    def keep_on_paper(self, version: Version, *, signed_on: date | None = None, note: str = "") -> SignedPaper:
        """Note that a version was signed and is kept on paper only; `note` says where."""
        self._refuse_day(version, signed_on)
        told = _paper(version, Kept.PAPER, signed_on, note)
        return self._note(told, f"已签字（纸质存档）{version.form} {version.title}（短码 {shown(version.code)}）")

    def withdraw(self, version: Version, note: str) -> SignedPaper:
        """Take back the signature noted last for a version; one noted before counts again, what was filed stays.

        Raises OfficeError when none was noted, or no reason is given.
        """
        if not note.strip():
            raise OfficeError("撤回签字登记要写明原因，例如“扫描件归错了表”。没有改动。")
        noted = self.signed(version)
        if noted is None:
            raise OfficeError(f"「{version.title}」（短码 {shown(version.code)}）还没有签字登记，没有可撤回的。")
        told = _paper(version, Kept.WITHDRAWN, None, note)._replace(withdraws=noted.id)
        return self._note(told, f"撤回签字登记 {version.form} {version.title}（短码 {shown(version.code)}）")

    def signed(self, version: Version) -> SignedPaper | None:
        """The signature that counts of a version, if there is one."""
        with self._desk.store.reading() as session:
            return signed.signed_papers(session, [version.code]).get(version.code)

    def file_of(self, paper: SignedPaper) -> Path:
        """Where a scan lies; raises FileTrouble when it is gone or was changed since."""
        place = (self._folder or Path()) / Path(PurePosixPath(paper.file))
        try:
            data = place.read_bytes()
        except OSError as error:
            raise FileTrouble(
                f"扫描件「{place.name}」不在了（应在 {place.parent}）。签字登记还在；请从备份找回，或重新扫描归档。"
            ) from error
        if hashlib.sha256(data).hexdigest() != paper.file_digest:
            raise FileTrouble(
                f"扫描件「{place.name}」归档以后被改过，与登记时的指纹对不上。请从备份找回，或重新扫描归档。"
            )
        return place

    def _refuse_day(self, version: Version, signed_on: date | None) -> None:
        if signed_on is None:
            return
        printed = version.printed_at.date()
        if not printed <= signed_on <= self._desk.today:
            raise OfficeError(
                f"签字日期 {signed_on} 不对：应在打印那天（{printed}）之后、今天（{self._desk.today}）之前。没有归档。"
            )

    def _note(self, paper: SignedPaper, title: str) -> SignedPaper:
        with self._desk.store.unit_of_work(title[:_LONGEST], self._desk.actor) as session:
            done = signed.sign(session, paper)
        self._desk.tell({signed.SIGNED.name})
        return done


def _paper(version: Version, kind: Kept, signed_on: date | None, note: str) -> SignedPaper:
    note = " ".join(note.split())[:_LONGEST]
    return SignedPaper(0, version.code, kind, signed_on, "", "", "", note, version.printed_at, "")


def _read(file: Path) -> tuple[bytes, str]:
    """The content of a scan and the ending for its kind."""
    safe = "没有归档，台账数据没有动。"
    try:
        if file.stat().st_size > LARGEST:
            raise FileTrouble(f"「{file.name}」超过 60 MB，太大了；请降低扫描分辨率（200～300 dpi 就够）再试。{safe}")
        data = file.read_bytes()
    except OSError as error:
        raise FileTrouble(f"读不了「{file.name}」（{error.strerror or error}）。{safe}请看文件是否还在。") from error
    kind = next((ending for begin, ending in _KINDS.items() if data.startswith(begin)), "")
    if not kind:
        raise FileTrouble(f"「{file.name}」不是 PDF、JPG 或 PNG 文件。{safe}请用扫描仪存成 PDF，或拍照后再选。")
    return data, kind
