"""The month matrix of a form: a row a person, room or item, a column a day, closed days on grey.

Wall calendars of this kind keep the canteen's morning check, the cleaning of its areas and the number of diners. A row
may have several lines a day (attendance above, symptoms below), and rows at the foot hold who signed for each day. It
becomes a `Grid`, so that paging, hatching and headings are those of every other table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from school_logistics.reports.blocks import Column, Grid, Note
from school_logistics.reports.form import Head

DAY_MM = 6.5
"""Usual width of a day, so that 31 of them leave room for names on A4 landscape."""


@dataclass(frozen=True)
class MatrixRow:
    """A row of the matrix."""

    lead: tuple[str, ...]
    """Texts of the columns before the days, one a column: 序号, 姓名."""
    days: Mapping[int, str | tuple[str, ...]] = field(default_factory=dict)
    """What stands under each day of the month (1 to 31): a text, or one text a line."""
    trail: tuple[str, ...] = ()
    """Texts of the columns after the days; blank when empty."""
    missing: frozenset[int] = frozenset()
    """Days on which something is still missing: hatched in the preview."""


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """A month matrix, ready to become a table."""

    lead: Sequence[Column]
    """The columns before the days."""
    rows: Sequence[MatrixRow]
    trail: Sequence[Column] = ()
    """The columns after the days, such as 处理结果."""
    lines: tuple[str, ...] = ()
    """What the lines of a row are called, such as 考勤 and 疾病, when there is more than one; see `line_heading`."""
    line_heading: str = "项目"
    foot: Sequence[MatrixRow] = ()
    """Rows below all others that are not parted into lines: who is responsible for each day."""
    none: str = ""
    """The sentence in the first line when there are no rows."""
    least: int = 0
    """At least so many rows, blank ones added, so that an empty form can be written on."""
    day_mm: float = DAY_MM
    row_mm: float = 8.0
    band_mm: float = 5.0
    """Least height of one of several lines."""

    def grid(self, head: Head) -> Grid:
        """The matrix for the month of a form, the days without school on grey."""
        days = head.month.days()
        named = [Column(self.line_heading, 10, "center", wrap=False)] if len(self.lines) > 1 else []
        first = len(self.lead) + len(named)
        columns = (
            *self.lead,
            *named,
            *(Column(str(day.day), self.day_mm, "center", wrap=False) for day in days),
            *self.trail,
        )
        rows = [*self.rows, *[MatrixRow(("",) * len(self.lead))] * (self.least - len(self.rows))]
        notice = [(self.none,)] if self.none and not self.rows else []
        several = max(1, len(self.lines))
        return Grid(
            columns=columns,
            rows=[
                *notice,
                *(self._texts(one, len(days), self.lines) for one in rows),
                *(self._texts(one, len(days), ()) for one in self.foot),
            ],
            bands=[*(1 for _ in notice), *(several for _ in rows), *(1 for _ in self.foot)],
            banded=range(len(self.lead), first + len(days)),
            band_mm=self.band_mm,
            row_mm=self.row_mm,
            blank_to_page=False,
            shaded=frozenset(first + day.day - 1 for day in days if day in head.closed),
            hatched=frozenset(
                (number, first + day - 1)
                for number, one in enumerate([*rows, *self.foot], start=len(notice))
                for day in one.missing
            ),
        )

    def _texts(self, row: MatrixRow, days: int, lines: tuple[str, ...]) -> tuple[str, ...]:
        """The texts of a row, one a column."""
        several = len(lines) > 1
        name = ["\n".join(lines)] if several else [""] if len(self.lines) > 1 else []
        cells = [_cell(row.days.get(day, ""), len(lines) if several else 1) for day in range(1, days + 1)]
        trail = row.trail or ("",) * len(self.trail)
        return (*row.lead, *name, *cells, *trail)


def _cell(told: str | tuple[str, ...], lines: int) -> str:
    texts = (told,) if isinstance(told, str) else told
    return "\n".join((*texts, *("",) * (lines - len(texts))))


def upright(name: str) -> str:
    """A name in a column too narrow for it: its characters one below the other, as on wall calendars.

    >>> upright("孙一凡").split()
    ['孙', '一', '凡']
    """
    return "\n".join(name)


def legend(label: str, signs: Mapping[str, str]) -> Note:
    """What the signs in the cells mean: 考勤：√ 出勤　△ 病假."""
    return Note(f"{label}：" + "　".join(f"{sign} {meaning}" for sign, meaning in signs.items()))
