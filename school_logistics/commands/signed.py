"""What was printed: kept versions, printed again to the byte, corrected, and bound to their signed papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from school_logistics.commands.telling import tell
from school_logistics.errors import OfficeError
from school_logistics.rules.short_code import shown
from school_logistics.services.printing import write_whole

if TYPE_CHECKING:
    import argparse

    from school_logistics.app import Office
    from school_logistics.models.signed import SignedPaper, Version


def sign(office: Office, asked: argparse.Namespace) -> int:
    """Keep a month's forms as they stand, or note that the paper of a short code was signed."""
    if asked.code:
        return _note(office, asked)
    if asked.month is None:
        raise OfficeError("请写 --month 留存本月签字版，或写 --code 登记哪一份已经签字。")
    office.pack.binding = asked.binding
    printed = office.signing.print_forms(asked.month, tuple(asked.only))
    told = [
        {"form": one.form, "title": one.title, "code": one.code, "pages": one.copy.pages, "new": one.new}
        for one in printed
    ]
    lines = (f"{one.form:<9}{shown(one.code)}  {one.title}  {'新留存' if one.new else '已有留存'}" for one in printed)
    return tell(told, lines, as_json=asked.json)


def _note(office: Office, asked: argparse.Namespace) -> int:
    version = office.signing.version(asked.code, form=asked.form)
    if asked.withdraw:
        paper = office.scans.withdraw(version, asked.note)
    elif asked.scan is not None:
        paper = office.scans.bind(version, asked.scan, signed_on=asked.signed_on, note=asked.note)
    else:
        paper = office.scans.keep_on_paper(version, signed_on=asked.signed_on, note=asked.note)
    where = paper.file or paper.note or "纸质存档"
    line = f"{version.form} {version.title} {version.period} {shown(version.code)}：{paper.kind}  {where}"
    return tell({**_told(version), "signed": _paper(paper)}, [line], as_json=asked.json)


def reprint(office: Office, asked: argparse.Namespace) -> int:
    """Write a kept version again, the same to the byte; without a code list what was printed of a month."""
    if not asked.code:
        return _list(office, asked)
    version = office.signing.version(asked.code, form=asked.form)
    if asked.out is None:
        raise OfficeError("请写 --out，说明把这一份存成哪个文件。")
    path = write_whole(asked.out, office.signing.reprint(version))
    line = f"{version.form} {version.title} {version.period} {shown(version.code)}  {path}"
    return tell({**_told(version), "file": str(path)}, [line], as_json=asked.json)


def _list(office: Office, asked: argparse.Namespace) -> int:
    if asked.month is None:
        raise OfficeError("请写短码，或写 --month 列出那个月打印过的。")
    past = office.signing.past(asked.month)
    told: list[dict[str, Any]] = []
    lines = []
    for version in office.signing.versions(asked.month):
        paper = past[version.form].signed.get(version.code)
        told.append({**_told(version), "signed": _paper(paper) if paper else None})
        stands = f"已签字（{paper.kind}）" if paper else "待签"
        lines.append(
            f"{version.form:<9}{shown(version.code)}  {version.printed_at:%m-%d %H:%M}  {version.title}  {stands}"
        )
    return tell(told, lines or [f"{asked.month}还没有打印过检查表。"], as_json=asked.json)


def correct(office: Office, asked: argparse.Namespace) -> int:
    """Show in what a form differs from a kept version, or write its correction note."""
    version = office.signing.version(asked.code, form=asked.form)
    changed = office.signing.differences(version)
    told: dict[str, Any] = {**_told(version), "differences": [one._asdict() for one in changed]}
    lines = [f"与签字版不同 {len(changed)} 处" if changed else "与签字版没有不同", *map(str, changed)]
    if asked.out is not None:
        office.pack.binding = asked.binding
        press = office.signing.correct(version, asked.reason)
        note = press.printed[0]
        path = write_whole(asked.out, note.copy.data)
        press.keep()
        told |= {"note": note.code, "file": str(path)}
        lines.append(f"更正说明 {shown(note.code)}  {path}")
    return tell(told, lines, as_json=asked.json)


def test_page(office: Office, asked: argparse.Namespace) -> int:
    """Write the page by which a printer's offset is measured."""
    from school_logistics.reports.pdf_test_page import draw_test_page

    path = write_whole(asked.out, draw_test_page("landscape" if asked.landscape else "portrait"))
    del office
    return tell({"file": str(path)}, [f"打印测试页：{path}"], as_json=asked.json)


def _told(version: Version) -> dict[str, Any]:
    return {
        "code": version.code,
        "form": version.form,
        "title": version.title,
        "month": version.period,
        "pages": version.pages,
        "printed_at": version.printed_at.isoformat(sep=" "),
        "sha256": version.pdf_digest,
        "corrects": version.corrects,
    }


def _paper(paper: SignedPaper) -> dict[str, Any]:
    return {
        "kind": paper.kind.value,
        "signed_on": paper.signed_on.isoformat() if paper.signed_on else None,
        "file": paper.file,
        "sha256": paper.file_digest,
        "note": paper.note,
    }
