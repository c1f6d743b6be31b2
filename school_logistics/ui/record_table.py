"""A ledger as a table to type into: the one screen part that every ledger page shares.

Puts model, view, header, gutter and totals together, saves a row when it is left, and tells the page in signals what
happened. The page owns month, actions, side form and messages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from school_logistics.errors import OfficeError, Unacceptable
from school_logistics.ui.painting import draw_icon
from school_logistics.ui.table_blocks import (
    MOST_ROWS,
    BlockRefused,
    Blocks,
    Span,
    as_html,
    as_text,
    from_text,
)
from school_logistics.ui.table_model import Picked, RecordTableModel, RowKind, RowPlace
from school_logistics.ui.table_totals import TotalsLine
from school_logistics.ui.table_view import RecordView

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from decimal import Decimal

    from PySide6.QtGui import QAction

    from school_logistics.models.ledger import Ledger, Objection
    from school_logistics.rules.calendar import Month
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Draft, Query
    from school_logistics.ui.empty_page import EmptyPage
    from school_logistics.ui.jobs import Runner
    from school_logistics.ui.theme import Theme

_SUMMED_AT_MOST = 5000
"""More selected cells than this are counted but not added up."""
_PADDING = 15
_NARROW_KINDS = frozenset({"code", "day", "until", "month_or_day", "moment", "time", "span", "count", "amount"})


class FunnelCorner(QWidget):
    """Where headings and row numbers meet: the funnel. Pressing it goes to the filters, or takes them off."""

    pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Cover the style's corner button."""
        super().__init__(parent)
        self._theme, self._on = theme, False
        self.setAccessibleName("筛选")
        self.set_on(on=False)

    def set_on(self, *, on: bool) -> None:
        """Show whether a filter is set."""
        self._on = on
        self.setToolTip("去掉全部筛选" if on else "按列筛选　Ctrl+F")
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, sizes = self._theme, self._theme.sizes
        painter.fillRect(self.rect(), theme.brush("sunken"))
        line = theme.brush("line")
        painter.fillRect(QRect(self.width() - 1, 0, 1, self.height()), line)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), line)
        middle = self.height() - sizes.filter_row // 2
        left = (self.width() - sizes.icon) // 2
        draw_icon(painter, theme, "funnel", sizes.icon, "accent" if self._on else "ink2", left, middle)
        painter.end()


class RecordTable(QWidget):
    """The table of one ledger."""

    current_changed = Signal(object)
    """RowPlace: another row is current, or the current one became or ceased to be a draft."""
    cell_changed = Signal(str, str)
    """Field key of the current cell, and where it is: 第 212 行 · 品名."""
    draft_changed = Signal(object)
    """The current row's values while they are not saved; None when there is nothing unsaved in it."""
    objected = Signal(str, str)
    """A sentence and its clause for the status line; two empty strings when it is settled."""
    objections_changed = Signal(object)
    """Everything there is against the current row."""
    saved = Signal(object, str)
    """Id of the record, and 已存第 211 行 鸡胸 40.00."""
    acted = Signal(str)
    """A block act was done in one undo step."""
    block_refused = Signal(str, object)
    """Title, and the cells in the way; nothing was saved."""
    trouble = Signal(str)
    """The data file could not be written or read; what was typed stays in the row."""
    summary_changed = Signal(str)
    filtered = Signal(int, int)
    new_wanted = Signal(str, str)
    """Alt+N in a chooser: key of the target ledger, and the name typed."""

    def __init__(
        self, theme: Theme, desk: Desk, ledger: Ledger, *, runner: Runner | None = None, parent: QWidget | None = None
    ) -> None:
        """Show nothing until `set_month` or `open` is called."""
        super().__init__(parent)
        self._theme, self._desk, self.ledger, self._runner = theme, desk, ledger, runner
        self.model = RecordTableModel(desk, ledger, runner=runner, parent=self)
        self.view = RecordView(theme, self.model, self)
        self.totals = TotalsLine(theme, self.model, self.view.head, self)
        self._blocks = Blocks(self.model)
        self._corner = FunnelCorner(theme, self.view)
        self._empty: EmptyPage | None = None
        self._leaving_as_draft = False
        self._place = RowPlace(-1, None, RowKind.BLANK)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.totals)
        self.setFocusProxy(self.view)
        self.view.setAccessibleName(ledger.label)
        self._connect()
        self._bind_keys()
        self.fit_columns()

    def _connect(self) -> None:
        view, model = self.view, self.model
        view.row_left.connect(self._row_left)
        view.cell_entered.connect(self._cell_entered)
        view.save_wanted.connect(self._save_wanted)
        view.finished_new_row.connect(self._finish_new_row)
        view.discard_wanted.connect(self._escape)
        view.selection_changed.connect(self._summarise)
        view.new_wanted.connect(self.new_wanted)
        view.resized.connect(self._arrange)
        view.head.filtered.connect(self._filter)
        view.head.sort_wanted.connect(self._sort_by_column)
        view.head.done.connect(self.focus_table)
        self._corner.pressed.connect(self._funnel_pressed)
        model.objected.connect(self.objected)
        model.typed.connect(self._typed)
        model.arrived.connect(self._arrange)

    def _bind_keys(self) -> None:
        self.view.commands = {
            (Qt.Key.Key_D, True): self.fill_down,
            (Qt.Key.Key_Apostrophe, True): self.value_above,
            (Qt.Key.Key_Semicolon, True): self.put_today,
            (Qt.Key.Key_Delete, False): self.clear_cells,
            (Qt.Key.Key_C, True): self.copy,
            (Qt.Key.Key_Insert, True): self.copy,
            (Qt.Key.Key_V, True): self.paste,
        }

    # --- what is shown -----------------------------------------------------------------------------

    def query(self) -> Query:
        """Month, words, filters and order in use."""
        return self.model.query

    def set_month(self, month: Month | None) -> None:
        """Show the rows of a month, or all of them; unsaved rows stay."""
        self.open(self.model.query._replace(month=month))
        self.go_to_blank() if self.ledger.happened else self.go_to_top()

    def set_text(self, text: str) -> None:
        """Show only rows that contain these words anywhere."""
        self.open(self.model.query._replace(text=text))

    def open(self, query: Query) -> None:
        """Show the rows of a query."""
        self._guarded(lambda: self.model.open(query))
        ledger_sort = self.ledger.sort[0] if self.ledger.sort else ""
        self.view.head.set_sorted(query.sort or ledger_sort, descending=query.descending)
        self._count()

    def refresh(self) -> None:
        """Read the rows anew after a change elsewhere, staying on the same record and cell.

        While this table itself saves, only counts and totals are read: the row keeps its place.
        """
        if self.model.writing:
            return
        place, key = self.current(), self.current_key()
        top = self.view.verticalScrollBar().value()
        self.open(self.model.query)
        self.view.verticalScrollBar().setValue(top)
        row = self.model.row_of(place.id) if place.id is not None else min(place.row, self.model.blank_row)
        if place.row >= 0:
            found = row if row is not None else min(place.row, self.model.blank_row)
            self.view.go(found, self._column(key))

    def _count(self) -> None:
        """Counts and sums under the table, the funnel, the empty page."""
        query = self.model.query
        shown = self.model.stored
        all_rows = shown
        if query.narrowed:
            all_rows = self._desk.count(self.ledger, query._replace(text="", filters=()))
        self.totals.set_counts(shown, all_rows)
        self._corner.set_on(on=query.narrowed)
        self.filtered.emit(shown, all_rows)
        self._sum_up()
        self._arrange()

    def _sum_up(self) -> None:
        if not any(field.totals for field in self.ledger.fields):
            return
        query = self.model.query

        def done(sums: Mapping[str, Decimal | int]) -> None:
            if query == self.model.query:
                show = {key: self.ledger.field(key).kind.show(value) for key, value in sums.items()}
                self.totals.set_sums(show)

        if self._runner is not None and self.model.stored > MOST_ROWS:
            self._runner.start(lambda _progress: self._desk.totals(self.ledger, query), done=done)
        else:
            done(self._desk.totals(self.ledger, query))

    def set_check(self, text: str, verdict: str = "", tone: str = "ok") -> None:
        """A check beside the count in the totals line."""
        self.totals.set_check(text, verdict, tone)

    def set_empty_page(self, page: EmptyPage | None) -> None:
        """What is shown below the blank row while the month has no rows; None for nothing."""
        if self._empty is not None:
            self._empty.hide()
            self._empty.deleteLater()
        self._empty = page
        if page is not None:
            page.setParent(self.view.viewport())
        self._arrange()

    # --- filters and order -------------------------------------------------------------------------

    def focus_filter(self, key: str = "") -> None:
        """Type above a column, of the current cell unless one is named."""
        self.view.finish_editing()
        self.view.head.focus_filter(key or self.current_key())

    def clear_filters(self) -> None:
        """Show all rows of the month again."""
        self.view.head.clear_filters()

    def sort_by(self, key: str, *, descending: bool = False) -> None:
        """Show the rows in the order of a column."""
        place = self.current()
        self.open(self.model.query._replace(sort=key, descending=descending))
        if place.id is not None:
            self.go_to(place.id, self.current_key() or key)

    def _filter(self, texts: Mapping[str, str]) -> None:
        self.open(self.model.query._replace(filters=tuple(texts.items())))

    def _sort_by_column(self, column: int) -> None:
        key, query = self.model.columns[column].key, self.model.query
        now = query.sort or (self.ledger.sort[0] if self.ledger.sort else "")
        self.sort_by(key, descending=key == now and not query.descending)

    def _funnel_pressed(self) -> None:
        if self.model.query.narrowed:
            self.clear_filters()
        else:
            self.focus_filter()

    # --- where we are ------------------------------------------------------------------------------

    def current(self) -> RowPlace:
        """The current row."""
        index = self.view.currentIndex()
        return self.model.place(index.row()) if index.isValid() else RowPlace(-1, None, RowKind.BLANK)

    def current_key(self) -> str:
        """The field of the current cell."""
        return self.view.current_key()

    def selected_ids(self) -> list[int]:
        """The records of all selected rows; the current one when only one cell is selected."""
        rows: set[int] = set()
        for first, last, _, _ in self.view.spans():
            rows.update(range(first, min(last, self.model.stored - 1) + 1))
        rows = rows or {self.current().row}
        ids = (self.model.place(row).id for row in sorted(rows) if row >= 0)
        return [id for id in ids if id is not None]

    def go_to(self, id: int, key: str = "") -> bool:
        """Make a record current; False when it is not among the rows shown."""
        row = self.model.row_of(id)
        if row is None:
            return False
        self.view.go(row, self._column(key))
        return True

    def go_to_blank(self) -> None:
        """Make the blank row current, at its first field to fill."""
        self.view.go(self.model.blank_row, self._column(self.model.first_to_fill()))

    def go_to_top(self) -> None:
        """Make the first row current."""
        self.view.go(0, self.view.visual_columns()[0])

    def focus_table(self) -> None:
        """Take the focus."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _column(self, key: str) -> int:
        column = self.model.column_of(key) if key else None
        return self.view.visual_columns()[0] if column is None else column

    def _cell_entered(self) -> None:
        place, key = self.current(), self.current_key()
        label = self.ledger.field(key).label if key else ""
        if place.kind is RowKind.BLANK:
            where = "新的一行"
        else:
            where = f"第 {place.row + 1:,} 行"
        self.cell_changed.emit(key, f"{where} · {label}" if place.row >= 0 else "")
        objection = self.model.objection(place.row, key) if place.row >= 0 and key else None
        self.objected.emit(objection.sentence if objection else "", objection.clause if objection else "")
        if place != self._place:
            self._place = place
            self._tell_row()

    def _tell_row(self) -> None:
        place = self.current()
        self._place = place
        self.current_changed.emit(place)
        self.draft_changed.emit(self.draft() if place.draft else None)
        self.objections_changed.emit(self.objections())

    # --- the row being typed -----------------------------------------------------------------------

    def draft(self) -> Draft:
        """The current row's values, typed ones included."""
        place = self.current()
        return self.model.values(place.row) if place.row >= 0 else {}

    def typed_texts(self) -> dict[str, str]:
        """What was typed in the current row and cannot be read, by field key."""
        place = self.current()
        draft = self.model.draft_at(place.row) if place.row >= 0 else None
        return dict(draft.typed) if draft else {}

    def objections(self) -> tuple[Objection, ...]:
        """Everything there is against the current row."""
        place = self.current()
        return self.model.objections(place.row) if place.row >= 0 else ()

    def type_value(self, key: str, typed: str) -> None:
        """Write into the current row as if it were typed there; the side form writes through this."""
        self.model.put(self.current().row, key, typed)

    def set_value(self, key: str, value: object) -> None:
        """Write a value already read into the current row."""
        self.model.put(self.current().row, key, Picked(value))

    def has_unsaved(self) -> bool:
        """Whether any row holds something not yet saved."""
        return bool(self.model.unsaved_rows())

    def undo_typing(self) -> bool:
        """Take back the last cell typed into the current row; False when nothing is typed there."""
        self.view.finish_editing(take=False)
        return self.current().row >= 0 and self.model.take_back_typing(self.current().row)

    def save_row(self) -> bool:
        """Save the current row; False when it is refused (the objections are then shown in it)."""
        self.view.finish_editing()
        return self._save(self.current().row)

    def save_all(self) -> bool:
        """Save every unsaved row, as before closing; False when one of them is refused."""
        self.view.finish_editing()
        return all([self._save(row) for row in self.model.unsaved_rows()])

    def discard_row(self) -> bool:
        """Give up what was typed into the current row."""
        self.view.finish_editing(take=False)
        done = self.current().row >= 0 and self.model.discard(self.current().row)
        if done:
            self.objected.emit("", "")
            self._tell_row()
        return done

    def duplicate(self) -> bool:
        """Begin a new row like the current one; False when there is none."""
        place = self.current()
        if place.row < 0 or place.kind is RowKind.BLANK:
            return False
        values = self.model.values(place.row)
        copied = self.model.begin_copy(values)
        self.view.go(copied, self._column(self.model.columns[0].key))
        self._tell_row()
        return True

    def _typed(self, row: int) -> None:
        if row == self.current().row:
            self._tell_row()

    def _row_left(self, left: int, entered: int) -> None:
        if not self._leaving_as_draft and 0 <= left < self.model.blank_row and entered >= 0:
            self._save(left)

    def _save(self, row: int) -> bool:
        draft = self.model.draft_at(row) if row >= 0 else None
        if draft is None:
            return True
        if not draft.changed and draft.id is not None:
            return self.model.discard(row)
        try:
            saved = self.model.save(row)
        except Unacceptable as refusal:
            first = refusal.objections[0]
            self.objected.emit(first.sentence, first.clause)
            self._tell_row()
            return False
        except OfficeError as trouble:
            self.trouble.emit(str(trouble))
            return False
        if saved is not None:
            shown = self.model.row_of(saved.id)
            self.saved.emit(saved.id, self._saved_sentence(row if shown is None else shown))
            self._count()
            self._tell_row()
        return True

    def _saved_sentence(self, row: int) -> str:
        values = self.model.values(row)
        title = self.model.text_of(self.ledger.title, values.get(self.ledger.title))
        figures = (field for field in self.ledger.fields if field.kind.name in {"amount", "count"} and field.in_table)
        first = next((field for field in figures if values.get(field.key) is not None), None)
        figure = f" {first.kind.show(values[first.key])} {first.unit}".rstrip() if first else ""
        return f"已存第 {row + 1:,} 行 {title}{figure}".strip()

    def _save_wanted(self, row: int) -> None:
        new = self.model.place(row).kind is RowKind.NEW
        if self._save(row):
            if new:
                self.go_to_blank()
        else:
            self._go_to_trouble(row)

    def _finish_new_row(self, row: int) -> None:
        if self._save(row):
            self.go_to_blank()
        else:
            self._go_to_trouble(row)

    def _go_to_trouble(self, row: int) -> None:
        """To the first field that is in the way."""
        for one in self.model.in_order(self.model.objections(row)):
            column = self.model.column_of(one.field)
            if column is not None:
                self.view.go(row, column)
                self.objected.emit(one.sentence, one.clause)
                return

    def _escape(self, row: int) -> None:
        """Restore the cell; when there is nothing to restore, leave the row as a draft."""
        draft = self.model.draft_at(row) if row >= 0 else None
        if draft is None:
            return
        key = self.current_key()
        if key in draft.typed or draft.values.get(key) != draft.original.get(key):
            self.model.put(row, key, Picked(draft.original.get(key)))
            return
        self._leaving_as_draft = True
        try:
            self.go_to_blank()
        finally:
            self._leaving_as_draft = False
        self.objected.emit(f"第 {row + 1:,} 行留作草稿，还没有保存", "")

    # --- blocks ------------------------------------------------------------------------------------

    def span(self) -> Span:
        """The smallest block that holds all selected cells."""
        spans = self.view.spans()
        if not spans:
            index = self.view.currentIndex()
            return Span(index.row(), index.row(), (index.column(),))
        visual = self.view.head.visualIndex
        places = [visual(column) for _, _, left, right in spans for column in range(left, right + 1)]
        columns = tuple(self.view.head.logicalIndex(place) for place in range(min(places), max(places) + 1))
        return Span(min(one[0] for one in spans), max(one[1] for one in spans), columns)

    def copy(self) -> None:
        """Put the selected block on the clipboard, for this table, WPS or Excel."""
        span = self.span()
        if len(span.rows) > MOST_ROWS:
            self.objected.emit(f"一次最多复制 {MOST_ROWS:,} 行；更多请用导出", "")
            return
        cells, fields = self._blocks.texts(span), self._blocks.fields(span)
        data = QMimeData()
        one = len(cells) == 1 and len(cells[0]) == 1
        data.setText(cells[0][0] if one else as_text(cells))
        data.setHtml(as_html(fields, cells))
        QGuiApplication.clipboard().setMimeData(data)

    def paste(self) -> None:
        """Write the block on the clipboard from the current cell on; several rows are saved as one act."""
        cells = from_text(QGuiApplication.clipboard().text())
        if not cells:
            return
        if len(cells) > MOST_ROWS:
            self.objected.emit(f"一次最多粘贴 {MOST_ROWS:,} 行；更多请用导入", "")
            return
        span = self.span()
        columns = self.view.visual_columns()
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
        row, key = self.current().row, self.current_key()
        if row > 0 and self.ledger.field(key).writable:
            self.model.put(row, key, Picked(self.model.value(row - 1, key)))

    def put_today(self) -> None:
        """Put today into a cell that holds a day."""
        key = self.current_key()
        if key and self.ledger.field(key).writable and self.ledger.field(key).kind.name in {"day", "until", "month_or_day"}:
            self.model.put(self.current().row, key, self._desk.today.isoformat())

    def _act(self, act: Callable[[], str]) -> None:
        try:
            sentence = act()
        except BlockRefused as refusal:
            self.block_refused.emit(refusal.title, list(refusal.troubles))
            if refusal.troubles:
                self.objected.emit(str(refusal.troubles[0]), "")
            return
        except OfficeError as trouble:
            self.trouble.emit(str(trouble))
            return
        if sentence:
            self._count()
            self.acted.emit(sentence)
            self._tell_row()

    def _guarded(self, act: Callable[[], None]) -> None:
        try:
            act()
        except OfficeError as trouble:
            self.trouble.emit(str(trouble))

    def _summarise(self) -> None:
        """Count what is selected and add its figures up."""
        spans = self.view.spans()
        cells = sum((last - first + 1) * (right - left + 1) for first, last, left, right in spans)
        if cells <= 1:
            self.summary_changed.emit("")
            return
        rows = {row for first, last, _, _ in spans for row in range(first, min(last, first + MOST_ROWS) + 1)}
        text = f"选中 {len(rows):,} 行" if self._whole_rows(spans) else f"选中 {cells:,} 格"
        total = self._sum_of(spans) if cells <= _SUMMED_AT_MOST else ""
        self.summary_changed.emit(f"{text}　合计 {total}" if total else text)

    def _whole_rows(self, spans: Sequence[tuple[int, int, int, int]]) -> bool:
        last = self.model.columnCount() - 1
        return all(left == 0 and right == last for _, _, left, right in spans)

    def _sum_of(self, spans: Sequence[tuple[int, int, int, int]]) -> str:
        """The sum of the one column of figures among the selected ones; "" when there are none or several."""
        columns = {column for _, _, left, right in spans for column in range(left, right + 1)}
        figures = [one for one in columns if self.model.columns[one].kind.name in {"amount", "count"}]
        if len(figures) != 1:
            return ""
        field = self.model.columns[figures[0]]
        values = (self.model.value(row, field.key) for first, last, _, _ in spans for row in range(first, last + 1))
        numbers = [value for value in values if value is not None]
        return field.kind.show(sum(numbers[1:], numbers[0])) if numbers else ""

    # --- columns -----------------------------------------------------------------------------------

    def fit_columns(self) -> None:
        """Give every column the width its declaration asks for; contents never change it."""
        for column in range(self.model.columnCount()):
            self.view.setColumnWidth(column, self.usual_width(column))

    def usual_width(self, column: int) -> int:
        """The width a column has until the user changes it: what is usual in it, at least its heading."""
        field = self.model.columns[column]
        theme = self._theme
        narrow = field.kind.name in _NARROW_KINDS
        each = theme.metrics().horizontalAdvance("0") if narrow else theme.px(10)
        heading = theme.metrics_of_heading(field.label, field.unit)
        return max(field.chars * each, heading) + _PADDING

    def state(self) -> dict[str, object]:
        """Widths and order of the columns and the order of the rows, to be kept between sessions."""
        head = self.view.head
        keys = [self.model.columns[head.logicalIndex(place)].key for place in range(head.count())]
        widths = {field.key: head.sectionSize(place) for place, field in enumerate(self.model.columns)}
        if keys:
            widths.pop(keys[-1])  # the last one is stretched
        query = self.model.query
        return {"columns": keys, "widths": widths, "sort": query.sort, "descending": query.descending,
                "percent": self._theme.percent}  # fmt: skip

    def restore(self, state: Mapping[str, object]) -> None:
        """Take back what `state` gave; what no longer fits the ledger is passed over."""
        head = self.view.head
        keys, widths, sort = state.get("columns"), state.get("widths"), state.get("sort")
        if isinstance(keys, list):
            known = [key for key in keys if self.model.column_of(str(key)) is not None]
            for place, key in enumerate(known):
                head.moveSection(head.visualIndex(self._column(key)), place)
        if isinstance(widths, dict) and state.get("percent") == self._theme.percent:
            for key, width in widths.items():
                column = self.model.column_of(str(key))
                if column is not None and isinstance(width, int):
                    self.view.setColumnWidth(column, width)
        if isinstance(sort, str) and sort and self.ledger.has(sort):
            self.open(self.model.query._replace(sort=sort, descending=bool(state.get("descending"))))

    # --- laying out --------------------------------------------------------------------------------

    def add_actions(self, actions: Sequence[QAction]) -> None:
        """The same actions, with their keys, as the context menu of the rows."""
        self.view.addActions(list(actions))
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _arrange(self) -> None:
        head, gutter = self.view.head, self.view.gutter
        self._corner.setGeometry(0, 0, gutter.width(), head.height())
        self._corner.raise_()
        self.totals.set_gutter(gutter.width())
        self._arrange_empty()

    def _arrange_empty(self) -> None:
        page = self._empty
        if page is None:
            return
        viewport = self.view.viewport()
        empty = self.model.stored == 0 and not self.model.query.narrowed and self.model.blank_row == 0
        top = self._theme.sizes.row * (self.model.blank_row + 1)
        hint: QSize = page.sizeHint()
        width = min(hint.width(), viewport.width() - 2 * self._theme.sizes.large)
        height = max(page.heightForWidth(width), hint.height())
        room = viewport.height() - top
        page.setVisible(empty and room >= height // 2)
        left = max(self._theme.sizes.large, (viewport.width() - width) // 2)
        place = QPoint(left, top + max(self._theme.sizes.large, (room - height) // 2))
        page.setGeometry(QRect(place, QSize(width, height)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_blocks"):
            self._arrange()
