"""Where a figure of the return comes from: the figure, its formula in words, its parts, and the ledger behind it."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from school_logistics.reports.annual_return.indicator import Verdict
from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.painting import MIDDLE_LEFT, MIDDLE_RIGHT, draw_frame, draw_icon
from school_logistics.ui.parts import Rule, ToneIcon, Words
from school_logistics.ui.return_table import TONES
from school_logistics.ui.side_panel import SidePanel
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from school_logistics.reports.annual_return.indicator import CrossCheck, Figure
    from school_logistics.ui.return_table import FigureLine


class PartLine(QAbstractButton):
    """A part of a figure: its name, a bar, its number; it leads to the records where there is a way."""

    def __init__(self, theme: Theme, label: str, text: str, share: float | None, *, leads: bool) -> None:
        """`share` is the bar's length between 0 and 1, None draws none."""
        super().__init__()
        self._theme, self._told, self._share, self._leads = theme, text, share, leads
        self.setText(label)
        self.setAccessibleName(f"{label} {text}")
        self.setEnabled(leads)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if leads else Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if leads:
            self.setToolTip(f"看 {label} 的原记录")

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), max(self._theme.px(23), self._theme.sizes.min_target))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, sizes = self._theme, self._theme.sizes
        if self.underMouse() and self._leads:
            painter.fillRect(self.rect(), theme.brush("soft2"))
        middle = self.height() // 2
        right = self.width() - (sizes.icon_small + sizes.tiny if self._leads else 0)
        painter.setFont(theme.font(Type.LABEL))
        painter.setPen(theme.color("ink"))
        painter.drawText(QRect(0, 0, right, self.height()), MIDDLE_RIGHT, self._told)
        number = max(painter.fontMetrics().horizontalAdvance(self._told), theme.px(70))
        painter.setPen(theme.color("ink2"))
        bar_left = theme.px(62) if self._share is not None else 0
        room = bar_left - sizes.tiny if bar_left else right - number - sizes.small
        shown = theme.metrics(Type.LABEL).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(0, 0, room, self.height()), MIDDLE_LEFT, shown)
        if self._share is not None:
            height, length = theme.px(10), right - number - sizes.small - bar_left
            bar = QRect(bar_left, middle - height // 2, round(length * self._share), height)
            painter.fillRect(bar, theme.brush("c2"))
        if self._leads:
            draw_icon(painter, theme, "chevron-right", sizes.icon_small, "ink3", right + sizes.tiny, middle)
        if self.hasFocus():
            draw_frame(painter, theme, self.rect(), "accent", sizes.focus)
        painter.end()


class TracePanel(SidePanel):
    """The figure that is current in the table, taken apart."""

    part_wanted = Signal(str)
    """Name of a part, such as 3月: its records are wanted."""
    ledger_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        """Start empty."""
        super().__init__(theme, "出处", fill="sunken")
        self._shown: FigureLine | None = None
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self.body.addWidget(self._inside)

    def _begin_anew(self) -> None:
        """An empty body; what stood there is gone at once, for the eye, the Tab key and the screen reader."""
        self.body.removeWidget(self._inside)
        self._inside.hide()
        self._inside.setParent(None)
        self._inside.deleteLater()
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.body.addWidget(self._inside)

    def focus_first(self) -> None:
        """Take the keyboard at the first thing that can be pressed."""
        lines = [one for one in self._inside.findChildren(QAbstractButton) if one.isEnabled()]
        next(iter(lines), self.close_button).setFocus(Qt.FocusReason.TabFocusReason)

    def show_figure(self, line: FigureLine, parts: Mapping[str, Figure], ledger: str, *, leads: bool) -> None:
        """Take a figure apart.

        `parts` are the figures that a sum adds up, by code; `ledger` is the name of the ledger behind it, "" for
        none; `leads` says whether its own parts are months whose records can be shown.
        """
        self._shown = line
        figure = line.figure
        self.set_title(f"{line.number} {figure.label}")
        self.title.setToolTip(figure.label)
        self._begin_anew()
        self._column.addWidget(self._figure(figure))
        self._column.addSpacing(self._theme.sizes.small)
        self._column.addWidget(Rule(self._theme))
        self._heading("怎么算的")
        for sentence in sentences(figure.source):
            self._say(sentence, "ink")
        self._sum(figure, parts)
        self._parts(figure, leads=leads)
        self._before(figure)
        self._checks(line.checks)
        if ledger:
            self._column.addSpacing(self._theme.sizes.middle)
            way = Button(self._theme, f"打开《{ledger}》", icon="book-open", look=Look.LINK)
            way.clicked.connect(self.ledger_wanted)
            self._column.addWidget(way)
        self._column.addStretch(1)

    def shown(self) -> FigureLine | None:
        """The figure that is taken apart."""
        return self._shown

    def told(self) -> list[str]:
        """Everything that stands in the panel, for tests."""
        words = [one.text() for one in self._inside.findChildren(Words) if one.text()]
        return words + [one.accessibleName() for one in self._inside.findChildren(PartLine)]

    def _figure(self, figure: Figure) -> QWidget:
        row_widget = QWidget()
        row = QHBoxLayout(row_widget)
        row.setContentsMargins(0, self._theme.sizes.tiny, 0, 0)
        row.setSpacing(self._theme.sizes.small)
        long = len(figure.text) > 14
        value = Words(
            self._theme, figure.text, kind=Type.TEXT if long else Type.FIGURE, bold=True, wrap=long,
            color="ink" if figure.filled else "ink3",
        )  # fmt: skip
        row.addWidget(value, 1 if long else 0)
        row.addWidget(Words(self._theme, figure.unit, kind=Type.LABEL, color="ink2"))
        if not long:
            row.addStretch(1)
        if figure.previous is not None:
            before = f"上期 {figure.previous_text}" + (f"，{figure.difference_text}" if figure.difference else "")
            row.addWidget(Words(self._theme, before, kind=Type.LABEL, color="ink2"))
        return row_widget

    def _heading(self, words: str) -> None:
        self._column.addSpacing(self._theme.sizes.middle)
        self._column.addWidget(Words(self._theme, words, kind=Type.QUIET, color="ink2"))
        self._column.addSpacing(self._theme.sizes.tiny)

    def _say(self, sentence: str, ink: str, kind: Type = Type.LABEL) -> None:
        self._column.addWidget(Words(self._theme, sentence, kind=kind, color=ink, wrap=True))
        self._column.addSpacing(self._theme.sizes.tiny)

    def _sum(self, figure: Figure, parts: Mapping[str, Figure]) -> None:
        """The lines a sum adds up, those that are filled."""
        added = [parts[code] for code in figure.sum_of if code in parts and parts[code].filled]
        if not added:
            return
        for one in added:
            text = one.text
            self._column.addWidget(PartLine(self._theme, one.label.removeprefix("其中："), text, None, leads=False))
        self._column.addWidget(Rule(self._theme, color="control"))
        self._column.addWidget(self._total(figure))

    def _total(self, figure: Figure) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, self._theme.sizes.tiny, 0, 0)
        row.addWidget(Words(self._theme, "合计", kind=Type.LABEL, bold=True))
        row.addStretch(1)
        row.addWidget(Words(self._theme, f"{figure.text} {figure.unit}", kind=Type.LABEL, bold=True))
        return line

    def _parts(self, figure: Figure, *, leads: bool) -> None:
        if not figure.parts:
            return
        self._heading("按月，点开看原记录" if leads else "各部分")
        numbers = [number_in(text) for _, text in figure.parts]
        most = max((number for number in numbers if number is not None), default=Decimal(0))
        drawn = most > 0 and None not in numbers
        for (label, text), number in zip(figure.parts, numbers, strict=True):
            share = max(float(number / most), 0.0) if drawn and number is not None else None
            line = PartLine(self._theme, label, text, share, leads=leads)
            line.clicked.connect(lambda _checked=False, part=label: self.part_wanted.emit(part))
            self._column.addWidget(line)

    def _before(self, figure: Figure) -> None:
        if figure.previous is None:
            return
        self._heading("上期")
        for sentence in sentences(figure.previous_source)[1:]:
            self._say(sentence, "ink2")
        if figure.short_previous:
            self._say("上期的台账只记了一部分，两期不宜相比。", "soon")

    def _checks(self, checks: Sequence[CrossCheck]) -> None:
        telling = [one for one in checks if Verdict(one.level) is not Verdict.UNFILLED]
        if not telling:
            return
        self._heading("核对")
        for one in telling:
            tone = TONES.get(Verdict(one.level), "ok")
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, self._theme.sizes.tiny)
            row.setSpacing(self._theme.sizes.small)
            icon = ToneIcon(self._theme)
            icon.set_icon({"late": "triangle-alert", "soon": "clock", "ok": "check"}[tone], tone)
            row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
            ink = "ink2" if tone == "ok" else tone
            row.addWidget(Words(self._theme, one.sentence, kind=Type.LABEL, color=ink, wrap=True), 1)
            self._column.addWidget(line)


def sentences(source: str) -> list[str]:
    """A source in its sentences: what is added up, then the period and the rows."""
    return [part for part in source.split("；") if part]


def number_in(text: str) -> Decimal | None:
    """The number a part's text is, None when it is none.

    >>> number_in("24,831.30"), number_in("−3"), number_in("甲供应商")
    (Decimal('24831.30'), Decimal('-3'), None)
    """
    try:
        return Decimal(text.replace(",", "").replace("−", "-"))
    except InvalidOperation:
        return None
