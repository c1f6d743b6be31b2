"""The figures of one sheet of the return: this year, last year, the difference, and where each comes from.

The sheet of cross-checks is a table of its own: what is compared, what stands there, what should.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygon
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from school_logistics.reports.annual_return.indicator import Verdict
from school_logistics.ui.chips import State, chip_width, paint_chip
from school_logistics.ui.line_list import LINE, Index, LineDelegate, LineList
from school_logistics.ui.painting import MIDDLE_LEFT, MIDDLE_RIGHT
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from school_logistics.reports.annual_return.indicator import CrossCheck, Figure

STATES = {
    Verdict.WRONG: State.LATE,
    Verdict.WANTS_A_WORD: State.SOON,
    Verdict.UNFILLED: State.VOID,
    Verdict.RIGHT: State.OK,
}
TONES = {Verdict.WRONG: "late", Verdict.WANTS_A_WORD: "soon"}
"""The ink of a figure about which a check has something to say."""
_LEAST_SOURCE, _LEAST_PREVIOUS = 150, 90


class Heading(NamedTuple):
    """The heading over figures that stand together."""

    title: str


class FigureLine(NamedTuple):
    """One figure with its number on the sheet and what the checks say of it."""

    number: int
    figure: Figure
    checks: tuple[CrossCheck, ...] = ()

    @property
    def tone(self) -> str:
        """The tone of the worst check that complains: late or soon; "" without one."""
        found = [TONES[Verdict(one.level)] for one in self.checks if Verdict(one.level) in TONES]
        return "late" if "late" in found else next(iter(found), "")


def lines_of(figures: Sequence[Figure], checks: Mapping[str, tuple[CrossCheck, ...]]) -> list[FigureLine | Heading]:
    """The lines of a sheet; `checks` by the indicator's code."""
    lines: list[FigureLine | Heading] = []
    heading = ""
    for number, figure in enumerate(figures, start=1):
        if figure.heading and figure.heading != heading:
            heading = figure.heading
            lines.append(Heading(heading))
        lines.append(FigureLine(number, figure, checks.get(figure.code, ())))
    return lines


class Edges(NamedTuple):
    """Left edge of each column, and the right edge of the last; a column without room begins where it ends."""

    number: int
    label: int
    unit: int
    value: int
    previous: int
    change: int
    source: int
    end: int


def edges_in(theme: Theme, width: int) -> Edges:
    """Where the columns lie; first the source gives way, then last year's figure."""
    px = theme.px
    fixed = px(46) + px(52) + px(96) + px(88)
    previous = px(96) if width >= fixed + px(160) + px(_LEAST_PREVIOUS) else 0
    source = width - fixed - previous - px(170)
    if source < px(_LEAST_SOURCE):
        source = 0
    source = min(source, max(px(420), (width - fixed - previous) // 2)) if source else 0
    label = width - fixed - previous - source
    unit = px(46) + label
    value = unit + px(52)
    before = value + px(96)
    change = before + previous
    return Edges(0, px(46), unit, value, before, change, change + px(88), width)


_HEADS = ("序", "指标", "单位", "本期", "上期", "增减", "出处")
_RIGHT = frozenset({"序", "本期", "上期", "增减"})


class FigureHead(QWidget):
    """The headings above the figures."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """As wide as the table below it."""
        super().__init__(parent)
        self._theme = theme
        self._measure()

    def _measure(self) -> None:
        self.setFixedHeight(self._theme.sizes.header)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, sizes = self._theme, self._theme.sizes
        painter.fillRect(self.rect(), theme.brush("sunken"))
        painter.setFont(theme.font(Type.LABEL))
        marks = edges_in(theme, self.width() - sizes.scroll_bar)
        for name, left, right in zip(_HEADS, marks[:-1], marks[1:], strict=True):
            if right <= left:
                continue
            box = QRect(left, 0, right - left, self.height()).adjusted(sizes.cell_left, 0, -sizes.cell_right, 0)
            painter.setPen(theme.color("ink2"))
            painter.drawText(box, MIDDLE_RIGHT if name in _RIGHT else MIDDLE_LEFT, name)
            if right < marks.end:
                top = (self.height() - sizes.separator) // 2
                painter.fillRect(QRect(right - 1, top, 1, sizes.separator), theme.brush("line"))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.brush("line"))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()
            self.update()


class FigureDelegate(LineDelegate):
    """Paints a figure as a row of cells; the cell of this year wears the frame."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE)
        box: QRect = option.rect
        marks = edges_in(self._theme, box.width())
        if isinstance(line, Heading):
            self._paint_heading(painter, box, marks, line)
            return
        self.tint(painter, box, option, index)
        self._paint_cells(painter, box, marks, line, current=self.is_current(index))
        for edge in marks[1:]:
            painter.fillRect(QRect(edge - 1, box.top(), 1, box.height()), self._theme.brush("grid"))
        painter.fillRect(QRect(0, box.bottom(), box.width(), 1), self._theme.brush("grid"))
        self.frame(painter, QRect(marks.value - 1, box.top(), marks.previous - marks.value + 1, box.height()), index)

    def _paint_heading(self, painter: QPainter, box: QRect, marks: Edges, line: Heading) -> None:
        theme = self._theme
        painter.fillRect(box, theme.brush("sunken"))
        painter.fillRect(QRect(0, box.bottom(), box.width(), 1), theme.brush("grid"))
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.color("ink2"))
        painter.drawText(box.adjusted(marks.label + theme.sizes.cell_left, 0, 0, 0), MIDDLE_LEFT, line.title)

    def _paint_cells(self, painter: QPainter, box: QRect, marks: Edges, line: FigureLine, *, current: bool) -> None:
        figure, tone = line.figure, line.tone
        unknown = figure.value is None
        if tone == "late":
            value = QRect(marks.value, box.top(), marks.previous - marks.value - 1, box.height() - 1)
            painter.fillRect(value, self._theme.brush("late_bg"))
        wants = tone == "soon" or figure.short_previous
        cells = (
            (str(line.number), "ink3", False),
            (figure.label, "ink", current),
            (figure.unit or "—", "ink2", False),
            (figure.text, "ink3" if unknown else tone if tone == "late" else "ink", not unknown and current),
            (figure.previous_text, "ink3" if figure.previous is None else "ink2", False),
            (figure.difference_text, ("soon" if tone == "soon" else "ink3") if wants else "ink", tone == "soon"),
            (figure.source, "ink3" if figure.by_hand else "ink2", False),
        )
        for (text, ink, bold), name, left, right in zip(cells, _HEADS, marks[:-1], marks[1:], strict=True):
            if right > left:
                self._write(painter, QRect(left, box.top(), right - left, box.height()), name, text, ink, bold=bold)
        if tone:
            self._mark(painter, marks.source if tone == "soon" else marks.previous, box.top(), tone)

    def _write(self, painter: QPainter, box: QRect, name: str, text: str, ink: str, *, bold: bool) -> None:
        theme, sizes = self._theme, self._theme.sizes
        kind = Type.QUIET if name in {"序", "单位"} else Type.LABEL if name == "出处" else Type.TEXT
        inner = box.adjusted(sizes.cell_left, 0, -sizes.cell_right, 0)
        shown = theme.metrics(kind, bold).elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.setFont(theme.font(kind, bold))
        painter.setPen(theme.color(ink))
        painter.drawText(inner, MIDDLE_RIGHT if name in _RIGHT else MIDDLE_LEFT, shown)

    def _mark(self, painter: QPainter, right: int, top: int, tone: str) -> None:
        size = self._theme.sizes.mark
        corner = QPoint(right - 1, top)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.brush(tone))
        painter.drawPolygon(QPolygon([corner, corner - QPoint(size, 0), corner + QPoint(0, size)]))


class FigureTable(LineList[FigureLine, Heading]):
    """The figures of one sheet."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(theme, "年报指标", Heading, parent)
        self.setItemDelegate(FigureDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def words_of(self, line: FigureLine | Heading) -> str:
        if isinstance(line, Heading):
            return line.title
        one = line.figure
        told = f"{one.label} {one.text} {one.unit}，上期 {one.previous_text}，增减 {one.difference_text}，{one.source}"
        return "，".join((told, *(check.sentence for check in line.checks if Verdict(check.level) in TONES)))

    def tip_of(self, line: FigureLine) -> str:
        one = line.figure
        short = ("上期的台账只记了一部分，两期不宜相比。",) if one.short_previous else ()
        told = (f"{one.label}：{one.text} {one.unit}", one.source, *short)
        return "\n".join((*told, *(check.sentence for check in line.checks if Verdict(check.level) in TONES)))

    def same(self, line: FigureLine, other: FigureLine) -> bool:
        return line.figure.code == other.figure.code


class CheckDelegate(LineDelegate):
    """Paints a cross-check: verdict, cell, sentence, what stands there and what should."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: CrossCheck = index.data(LINE)
        theme, sizes = self._theme, self._theme.sizes
        box: QRect = option.rect
        self.tint(painter, box, option, index)
        verdict = Verdict(line.level)
        left = sizes.large
        paint_chip(painter, theme, left, box.top() + box.height() // 2, STATES[verdict], verdict.value)
        left += max(chip_width(theme, one.value) for one in Verdict) + sizes.large
        self._write(painter, QRect(left, box.top(), theme.px(70), box.height()), f"{line.sheet} {line.cell}", "ink3")
        left += theme.px(78)
        should = QRect(box.right() - theme.px(230), box.top(), theme.px(222), box.height())
        told = f"现为 {line.now}，应为 {line.should}" if line.should else ""
        wide = box.width() > theme.px(620) and bool(told)
        if wide:
            self._write(painter, should, told, "ink2", right=True)
        end = should.left() if wide else box.right()
        ink = "ink2" if verdict in {Verdict.RIGHT, Verdict.UNFILLED} else "ink"
        self._write(painter, QRect(left, box.top(), end - left - sizes.small, box.height()), line.sentence, ink)
        painter.fillRect(QRect(sizes.large, box.bottom(), box.width() - sizes.large, 1), theme.brush("grid"))
        self.frame(painter, box, index)

    def _write(self, painter: QPainter, box: QRect, text: str, ink: str, *, right: bool = False) -> None:
        theme = self._theme
        kind = Type.TEXT if ink == "ink" else Type.LABEL
        painter.setFont(theme.font(kind))
        painter.setPen(theme.color(ink))
        shown = theme.metrics(kind).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, MIDDLE_RIGHT if right else MIDDLE_LEFT, shown)


class CheckTable(LineList["CrossCheck", None]):
    """Every cross-check, what is wrong first; Enter goes to its figure."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(theme, "校验结果", parent=parent)
        self.setItemDelegate(CheckDelegate(theme, self))
        self.setUniformItemSizes(True)

    def words_of(self, line: CrossCheck | None) -> str:
        if line is None:
            return ""
        told = f"，现为 {line.now}，应为 {line.should}" if line.should else ""
        return f"{line.level}：{line.sheet} {line.cell}，{line.sentence}{told}"
