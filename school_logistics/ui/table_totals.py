"""The totals line under the table: how many rows, the sums exactly under their columns, and the check that matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QWidget

from school_logistics.ui.painting import MIDDLE_LEFT, MIDDLE_RIGHT, draw_icon
from school_logistics.ui.parts import TONE_ICONS
from school_logistics.ui.table_model import AT_ONCE
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from school_logistics.ui.cell_model import CellModel
    from school_logistics.ui.jobs import Runner
    from school_logistics.ui.table_model import RecordTableModel


class TotalsLine(QWidget):
    """Follows the columns of a table as they are moved, widened and scrolled."""

    def __init__(self, theme: Theme, model: CellModel, header: QHeaderView, parent: QWidget | None = None) -> None:
        """Stand under the table whose header this is."""
        super().__init__(parent)
        self._theme, self._model, self._header = theme, model, header
        self._sums: dict[str, str] = {}
        self._shown, self._all = 0, 0
        self._check, self._verdict, self._tone = "", "", "ok"
        self._gutter = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        header.sectionResized.connect(self.update)
        header.sectionMoved.connect(self.update)

    def set_counts(self, shown: int, all_rows: int) -> None:
        """How many rows are shown, of how many there are without filters."""
        self._shown, self._all = shown, all_rows
        self._name()

    def set_sums(self, sums: Mapping[str, str]) -> None:
        """The sums as text, by field key."""
        self._sums = dict(sums)
        self._name()

    def add_up(self, model: RecordTableModel, runner: Runner | None) -> None:
        """Ask for the sums of the rows shown; of very many rows in a worker, for it takes a while."""
        desk, ledger, query = model.desk, model.ledger, model.query
        if not any(field.totals for field in ledger.fields):
            return

        def done(sums: Mapping[str, Decimal | int]) -> None:
            if query == model.query:
                self.set_sums({key: ledger.field(key).kind.show(value) for key, value in sums.items()})

        if runner is not None and model.rows.stored > AT_ONCE:
            runner.start(lambda _progress: desk.totals(ledger, query), done=done)
        else:
            done(desk.totals(ledger, query))

    def set_check(self, text: str, verdict: str = "", tone: str = "ok") -> None:
        """A check beside the count, such as 本单 4 行 3,150.96 and 与票面相符."""
        self._check, self._verdict, self._tone = text, verdict, tone
        self._name()

    def set_gutter(self, width: int) -> None:
        """How wide the row numbers are."""
        self._gutter = width
        self.update()

    def count_text(self) -> str:
        """214 行, or 筛出 12 / 214 行."""
        if self._shown != self._all:
            return f"筛出 {self._shown:,} / {self._all:,} 行"
        return f"{self._shown:,} 行"

    def verdict(self) -> str:
        """What the check beside the count came to."""
        return self._verdict

    def sums(self) -> dict[str, str]:
        """The sums shown, by field key."""
        return dict(self._sums)

    def _name(self) -> None:
        sums = "，".join(f"{self._model.ledger.field(key).label} {text}" for key, text in self._sums.items())
        self.setAccessibleName("　".join(part for part in ("合计", self.count_text(), sums, self._check) if part))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.sizes.totals)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    # --- painting ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        painter.fillRect(self.rect(), theme.brush("sunken"))
        painter.fillRect(QRect(0, 0, self.width(), theme.sizes.line), theme.brush("control"))
        end = self._paint_words(painter)
        self._paint_sums(painter, end)
        painter.end()

    def _paint_words(self, painter: QPainter) -> int:
        """合计, the count and the check from the left; returns where they end."""
        theme, sizes = self._theme, self._theme.sizes
        x = sizes.small + 2
        if not self._sums or not self._shown:
            return self._write(painter, x, self.count_text(), theme.font(bold=True), "ink") + sizes.large
        x = self._write(painter, x, "合计", theme.font(bold=True), "ink")
        x = max(x + sizes.middle, self._gutter + theme.px(20))
        x = self._write(painter, x, self.count_text(), theme.font(Type.LABEL), "ink3")
        if self._check:
            x = self._write(painter, x + sizes.huge, self._check, theme.font(Type.LABEL), "ink2")
        if self._verdict:
            x += sizes.middle
            icon = TONE_ICONS[self._tone]
            draw_icon(painter, theme, icon, sizes.icon, self._tone, x, self.height() // 2)
            x = self._write(painter, x + sizes.icon + sizes.tiny, self._verdict, theme.font(Type.LABEL), self._tone)
        return x + sizes.large

    def _write(self, painter: QPainter, x: int, text: str, font: object, ink: str) -> int:
        painter.setFont(font)  # type: ignore[arg-type]  # the stubs take a font, a name or a list
        painter.setPen(self._theme.color(ink))
        painter.drawText(QRect(x, 1, self.width() - x, self.height()), MIDDLE_LEFT, text)
        return x + painter.fontMetrics().horizontalAdvance(text)

    def _paint_sums(self, painter: QPainter, from_x: int) -> None:
        """Each sum under its column; one that would meet the words at the left waits until it is scrolled clear."""
        theme, sizes = self._theme, self._theme.sizes
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.color("ink"))
        for key, text in self._sums.items() if self._shown else ():
            column = self._model.rows.column_of(key)
            if column is None:
                continue
            left = self._gutter + self._header.sectionViewportPosition(column)
            right = left + self._header.sectionSize(column) - sizes.cell_right
            width = painter.fontMetrics().horizontalAdvance(text)
            if right - width >= from_x and right <= self.width():
                painter.drawText(QRect(right - width, 1, width, self.height()), MIDDLE_RIGHT, text)
