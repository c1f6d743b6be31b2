"""Cells on the clipboard as WPS and Excel exchange them: text with tabs, and a table that keeps long numbers whole."""

from __future__ import annotations

import csv
import html
import io
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Sequence

    from school_logistics.models.fields import Field

MOST_ROWS = 10_000
"""A larger block is an export or an import, not something to carry on the clipboard."""
_OURS = "application/x-school-logistics"
"""Marks what this program has put on the clipboard; not every platform knows whose it is."""
_KEPT_AS_TEXT = frozenset({"code", "text", "ref", "choice"})


def as_text(rows: Sequence[Sequence[str]]) -> str:
    r"""Cells with tabs between them, and quotes around those with line breaks.

    >>> as_text([["鸡腿", "64.7"], ["两\n行", ""]])
    '鸡腿\t64.7\r\n"两\n行"\t\r\n'
    """
    written = io.StringIO()
    csv.writer(written, dialect="excel-tab", lineterminator="\r\n").writerows(rows)
    return written.getvalue()


def from_text(text: str) -> list[list[str]]:
    r"""Cells copied in a spreadsheet, quoted line breaks included; empty lines at the end are no rows.

    >>> from_text('鸡腿\t64.7\r\n"两\n行"\t\r\n')
    [['鸡腿', '64.7'], ['两\n行', '']]
    """
    rows = list(csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), dialect="excel-tab"))
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def as_html(fields: Sequence[Field], rows: Sequence[Sequence[str]]) -> str:
    """Cells as a table in which numbers that are names stay text, so that no spreadsheet eats their digits."""
    kept = " style=\"mso-number-format:'\\@'\""
    styles = [kept if field.kind.name in _KEPT_AS_TEXT else "" for field in fields]
    lines = (
        "".join(f"<td{style}>{html.escape(text)}</td>" for style, text in zip(styles, row, strict=True)) for row in rows
    )
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def put_on(fields: Sequence[Field], rows: Sequence[Sequence[str]]) -> None:
    """Put cells on the clipboard; a single one as its bare text."""
    single = len(rows) == 1 and len(rows[0]) == 1
    data = QMimeData()
    data.setText(rows[0][0] if single else as_text(rows))
    data.setHtml(as_html(fields, rows))
    data.setData(_OURS, b"")
    QGuiApplication.clipboard().setMimeData(data)


def take_off() -> list[list[str]]:
    """The cells on the clipboard, whoever put them there."""
    return from_text(QGuiApplication.clipboard().text())


def let_go() -> None:
    """Leave the copied cells on the clipboard as bare text, before the program ends.

    What Python handed to the clipboard is asked for once more when the application goes, and Python is no longer there
    to answer: the process would die on its last step.
    """
    held = QGuiApplication.clipboard()
    on_it: QMimeData | None = held.mimeData()  # nothing at all where nobody ever copied
    if on_it is not None and on_it.hasFormat(_OURS):
        held.setText(held.text())
