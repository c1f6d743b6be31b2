"""What the keys of a sheet do to a table: copy, paste, fill down, empty, the value above, today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from school_logistics.errors import OfficeError
from school_logistics.ui import clipboard
from school_logistics.ui.cell_model import Picked
from school_logistics.ui.table_blocks import BlockRefused, Blocks, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from school_logistics.models.fields import Field
    from school_logistics.ui.cell_model import CellModel
    from school_logistics.ui.table_view import RecordView

_DAYS = frozenset({"day", "until", "month_or_day"})


class TableActs(QObject):
    """Bound to the keys of one view."""

    done = Signal(str)
    """Several rows were saved as one act."""
    refused = Signal(str, object)
    """Title, and the cells in the way."""
    objected = Signal(str, str)
    trouble = Signal(str)

    def __init__(self, model: CellModel, view: RecordView, blocks: Blocks) -> None:
        """Take the keys; `blocks` knows what becomes of several rows at once."""
        super().__init__(view)
        self._model, self._view, self._blocks = model, view, blocks
        view.commands = {
            (Qt.Key.Key_D, True): self.fill_down,
            (Qt.Key.Key_Apostrophe, True): self.value_above,
            (Qt.Key.Key_Semicolon, True): self.put_today,
            (Qt.Key.Key_Delete, False): self.clear_cells,
            (Qt.Key.Key_C, True): self.copy,
            (Qt.Key.Key_Insert, True): self.copy,
            (Qt.Key.Key_V, True): self.paste,
        }

    def span(self) -> Span:
        """The smallest block that holds all selected cells."""
        spans = self._view.spans()
        if not spans:
            index = self._view.currentIndex()
            return Span(index.row(), index.row(), (index.column(),))
        visual = self._view.head.visualIndex
        places = [visual(column) for _, _, left, right in spans for column in range(left, right + 1)]
        columns = self._view.visual_columns()[min(places) : max(places) + 1]
        return Span(min(one[0] for one in spans), max(one[1] for one in spans), tuple(columns))

    def copy(self) -> None:
        """Put the selected block on the clipboard, for this table, WPS or Excel."""
        span = self.span()
        if len(span.rows) > clipboard.MOST_ROWS:
            self.objected.emit(f"一次最多复制 {clipboard.MOST_ROWS:,} 行；更多请用导出", "")
        else:
            clipboard.put_on(self._blocks.fields(span), self._blocks.texts(span))

    def paste(self) -> None:
        """Write the block on the clipboard from the current cell on."""
        cells = clipboard.take_off()
        if len(cells) > clipboard.MOST_ROWS:
            self.objected.emit(f"一次最多粘贴 {clipboard.MOST_ROWS:,} 行；更多请用导入", "")
        elif cells:
            span, columns = self.span(), self._view.visual_columns()
            right = columns[columns.index(span.columns[0]) :]
            self._act(lambda: self._blocks.paste(span, cells, right))

    def fill_down(self) -> None:
        """Fill the selected block from its first row, or the current cell from the one above."""
        self._act(lambda: self._blocks.fill_down(self.span()))

    def clear_cells(self) -> None:
        """Empty the selected cells."""
        self._act(lambda: self._blocks.clear(self.span()))

    def value_above(self) -> None:
        """Take the value of the cell above."""
        row, key = self._view.currentIndex().row(), self._view.current_key()
        if row > 0 and self._field().writable:
            self._model.put(row, key, Picked(self._model.rows.value(row - 1, key)))

    def put_today(self) -> None:
        """Put today into a cell that holds a day."""
        row, key = self._view.currentIndex().row(), self._view.current_key()
        if key and self._field().writable and self._field().kind.name in _DAYS:
            self._model.put(row, key, self._model.desk.today.isoformat())

    def _field(self) -> Field:
        """The field of the current cell."""
        return self._model.columns[self._view.currentIndex().column()]

    def _act(self, act: Callable[[], str]) -> None:
        try:
            sentence = act()
        except BlockRefused as refusal:
            self.refused.emit(refusal.title, list(refusal.troubles))
            self.objected.emit(str(refusal.troubles[0]), "")
        except OfficeError as trouble:
            self.trouble.emit(str(trouble))
        else:
            if sentence:
                self.done.emit(sentence)
