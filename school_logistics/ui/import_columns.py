"""The columns of a sheet and the fields they were taken for; the clerk puts right what was taken wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from school_logistics.services.reading.header import is_ordinal
from school_logistics.ui.drop_field import RULE, DropField, Option
from school_logistics.ui.painting import draw_icon
from school_logistics.ui.parts import Panel, ShortWords, ToneIcon, Words
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from school_logistics.models.ledger import Ledger
    from school_logistics.services.import_plan import FoundColumn

LEFT_OUT = "@out"
"""Stands for a column that is not imported."""
_INVITES = "选一列…"
_HEADING_WIDTH, _FIELD_WIDTH = 104, 128


class ColumnLine(NamedTuple):
    """A column with a value from its first rows, and whether the clerk has spoken."""

    found: FoundColumn
    sample: str
    settled: bool = False
    """The clerk has chosen, or the column only counts the rows."""
    computed: bool = False
    """The figure is only compared: the program works it out itself."""

    @property
    def open(self) -> bool:
        """Whether somebody should look at it."""
        return not self.settled and (not self.found.field or bool(self.found.doubt))


def settled(found: FoundColumn, chosen: Collection[str]) -> bool:
    """Whether a column needs no look: it counts rows, or the clerk has chosen for its heading."""
    return is_ordinal(found.heading) or found.heading in chosen


class _Arrow(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.sizes.icon_small, self._theme.sizes.row)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_icon(painter, self._theme, "arrow-right", self._theme.sizes.icon_small, "ink3", 0, self.height() // 2)
        painter.end()


class ColumnRow(Panel):
    """One column: its heading, the field, a value."""

    picked = Signal(str, str)
    """Heading and key of the field; a key of "" leaves the column out."""

    def __init__(self, theme: Theme, line: ColumnLine, options: Sequence[Option], *, with_sample: bool) -> None:
        """Tinted while somebody should look at it; without the value where there is no room."""
        super().__init__(theme, "soon_bg" if line.open else "surface", edges="bottom", edge_color="grid")
        self.line = line
        sizes = theme.sizes
        heading = ShortWords(theme, line.found.heading, color="ink2")
        heading.setFixedWidth(theme.px(_HEADING_WIDTH))
        self.field = DropField(theme, f"{line.found.heading}对应", invites=_INVITES)
        left_out = line.settled and not line.found.field
        self.field.set_options(options, LEFT_OUT if left_out else line.found.field)
        self.field.set_width(theme.px(_FIELD_WIDTH))
        self.field.picked.connect(self._pick)
        told = "只核对，不写入" if line.computed else line.sample
        sample = ShortWords(theme, told, kind=Type.LABEL, color="ink3")
        sample.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(22), 0, sizes.middle, 0)
        row.setSpacing(sizes.small)
        for widget in (heading, _Arrow(theme), self.field):
            row.addWidget(widget)
        row.addWidget(sample, 1)
        if not with_sample:
            sample.hide()
        self.setFixedHeight(sizes.row + sizes.tiny + 2)
        self.setToolTip(line.found.doubt or f"{line.found.letters} 列「{line.found.heading}」")

    def _pick(self, key: str) -> None:
        self.picked.emit(self.line.found.heading, "" if key == LEFT_OUT else key)


class ColumnPanel(Panel):
    """All columns of the sheet that is looked at."""

    picked = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        """Start empty."""
        super().__init__(theme, "surface", edges="right")
        self.rows: list[ColumnRow] = []
        self._count = Words(theme, kind=Type.LABEL, color="ink2")
        self._icon = ToneIcon(theme)
        self._note = Words(theme, kind=Type.LABEL, color="soon", wrap=True)
        self._list = Panel(theme, "surface")
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._list)
        self._area = area
        self._lay_out()
        self.setAccessibleName("列怎么对")

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        head = QHBoxLayout()
        head.setContentsMargins(self._theme.px(22), 0, sizes.large, 0)
        head.addWidget(Words(self._theme, "列怎么对", bold=True))
        head.addStretch(1)
        head.addWidget(self._count)
        foot = QHBoxLayout()
        foot.setContentsMargins(self._theme.px(22), sizes.small, sizes.middle, sizes.middle)
        foot.setSpacing(sizes.small)
        foot.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self._note, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, sizes.small, sizes.line, 0)
        column.setSpacing(sizes.small)
        column.addLayout(head)
        column.addWidget(self._area, 1)
        column.addLayout(foot)

    def set_columns(self, ledger: Ledger, lines: Sequence[ColumnLine]) -> None:
        """Show these columns; the fields of the ledger can be chosen for each."""
        focused = next((row.line.found.heading for row in self.rows if row.field.hasFocus()), "")
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        options = options_of(ledger)
        wide = self.width() >= self._theme.sizes.import_columns
        self.rows = [ColumnRow(self._theme, line, options, with_sample=wide) for line in lines]
        for row in self.rows:
            row.picked.connect(self.picked)
            self._column.addWidget(row)
            if row.line.found.heading == focused:
                row.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._column.addStretch(1)
        counted = [line for line in lines if not is_ordinal(line.found.heading)]
        found = sum(1 for line in counted if line.found.field)
        self._count.setText(f"{len(counted)} 列，认出 {found} 列")
        still_open = [line for line in lines if line.open]
        self._note.setText(note_on(still_open[0]) if still_open else "")
        self._icon.set_icon("clock" if still_open else "", "soon")
        if still_open:
            first = next(row for row in self.rows if row.line is still_open[0])
            self._area.ensureWidgetVisible(first)

    def note(self) -> str:
        """What should be looked at."""
        return self._note.text()

    def focus_first(self) -> None:
        """Take the keyboard where somebody should look, else at the first column."""
        target = next((row for row in self.rows if row.line.open), next(iter(self.rows), None))
        if target is not None:
            target.field.setFocus(Qt.FocusReason.TabFocusReason)

    def has_focus(self) -> bool:
        """Whether the keyboard is here."""
        return any(row.field.hasFocus() for row in self.rows)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()


def options_of(ledger: Ledger) -> list[Option]:
    """What a column can be: a field of the ledger, or nothing."""
    fields = [(one.key, one.label) for one in ledger.fields if one.kept is None or one.writable]
    return [*fields, (RULE, ""), (LEFT_OUT, "不导入这一列")]


def note_on(line: ColumnLine) -> str:
    """What is doubtful about a column, and what to do."""
    return line.found.doubt or f"「{line.found.heading}」没有对应的列：选一列，或不导入"
