"""What a form still lacks, one line each: the day, what it is, why it counts as missing, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from school_logistics.ui.painting import MIDDLE_LEFT, MIDDLE_RIGHT, draw_frame
from school_logistics.ui.parts import TONE_ICONS, Panel, ToneIcon, Words
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from school_logistics.services.missing import Missing

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()
MOST_SHOWN = 4
"""Lines shown at once; more are scrolled to."""
_ACTION = "Enter 去补"
_SHARES = (0.14, 0.24)
"""Of the width: the day, and what it is; the reason takes the rest."""


class MissingLines(QAbstractListModel):
    """What is missing, as a model."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._lines: tuple[Missing, ...] = ()

    def set_lines(self, lines: Sequence[Missing]) -> None:
        """Show these."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def line(self, row: int) -> Missing | None:
        """What stands in a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.line(index.row())
        if line is None:
            return None
        if role == LINE:
            return line
        told = (line.day, line.title, line.why, line.clause, line.place)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in told if part)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return "，".join(part for part in told if part)
        return None


class MissingLineDelegate(QStyledItemDelegate):
    """Paints one line; the current one says which key leads to its place."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        """`view` says which line is current and whether it has the keyboard."""
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.sizes.row)

    def action_width(self) -> int:
        """How much room the key takes at the right end."""
        return self._theme.metrics(Type.QUIET).horizontalAdvance(_ACTION) + self._theme.sizes.large

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Missing | None = index.data(LINE)
        if line is None:
            return
        theme, sizes = self._theme, self._theme.sizes
        box: QRect = option.rect.adjusted(sizes.small, 0, -sizes.small, 0)
        current = index.row() == self._view.currentIndex().row()
        if current or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.brush("soft2"))
        inner = box.adjusted(theme.px(32), 0, -sizes.small, 0)
        painter.setFont(theme.font(Type.QUIET))
        painter.setPen(theme.color("accent"))
        if current:
            painter.drawText(inner, MIDDLE_RIGHT, _ACTION)
        painter.setPen(theme.color("ink2"))
        painter.drawText(inner.adjusted(0, 0, -self.action_width() - sizes.large, 0), MIDDLE_RIGHT, line.place)
        place = painter.fontMetrics().horizontalAdvance(line.place) + sizes.large
        right = inner.right() - self.action_width() - sizes.large - place
        self._paint_words(painter, inner, right, line)
        if current:
            focused = self._view.hasFocus()
            width = sizes.focus if focused else sizes.line
            draw_frame(painter, theme, box, "accent" if focused else "soft_line", width)

    def _paint_words(self, painter: QPainter, box: QRect, right: int, line: Missing) -> None:
        """Day, title and reason; what has neither day nor title begins at the left."""
        theme = self._theme
        painter.setFont(theme.font())
        day, title = (round(box.width() * share) for share in _SHARES)
        x = box.left()
        for words, width in ((line.day, day), (line.title, title)):
            if words:
                self._write(painter, QRect(x, box.top(), width - theme.sizes.small, box.height()), words, "ink")
            x += width if words or line.title else 0
        self._write(painter, QRect(x, box.top(), right - x, box.height()), line.why, "ink2")

    def _write(self, painter: QPainter, box: QRect, words: str, ink: str) -> None:
        painter.setPen(self._theme.color(ink))
        shown = self._theme.metrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, MIDDLE_LEFT, shown)


class MissingView(QListView):
    """The lines; as high as there are lines, up to four."""

    opened = Signal(object)
    """A `Missing`: Enter, a double click, or a click on the key of the current line."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._theme = theme
        self.lines = MissingLines(self)
        self._delegate = MissingLineDelegate(theme, self)
        self._on_key = False
        self.setModel(self.lines)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("还缺的内容")
        self.doubleClicked.connect(self.open_current)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(300), min(self.lines.rowCount(), MOST_SHOWN) * self._theme.sizes.row)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def current(self) -> Missing | None:
        """The current line."""
        return self.lines.line(self.currentIndex().row())

    def open_current(self) -> None:
        """Go to the place of the current line."""
        line = self.current()
        if line is not None:
            self.opened.emit(line)

    def step(self) -> bool:
        """Go one line down; False at the end."""
        row = self.currentIndex().row() + 1
        if row >= self.lines.rowCount():
            return False
        self.setCurrentIndex(self.lines.index(row, 0))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open_current()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters do nothing here."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self._on_key = index.isValid() and index == self.currentIndex() and self._over_key(event)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._on_key and self._over_key(event):
            self.open_current()

    def _over_key(self, event: QMouseEvent) -> bool:
        return event.position().x() >= self.viewport().width() - self._delegate.action_width() - self._theme.sizes.large

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()


class MissingPanel(Panel):
    """The verdict on a form in one line, and below it what it lacks."""

    opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        """Say nothing yet."""
        super().__init__(theme, "surface", edges="bottom")
        self._icon = ToneIcon(theme)
        self._verdict = Words(theme, bold=True)
        self._verdict.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.view = MissingView(theme)
        self.view.opened.connect(self.opened)
        head = QHBoxLayout()
        sizes = theme.sizes
        head.setContentsMargins(sizes.large, 0, sizes.large, 0)
        head.setSpacing(sizes.small)
        head.addWidget(self._icon)
        head.addWidget(self._verdict, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, sizes.small, 0, sizes.small)
        column.setSpacing(sizes.tiny)
        column.addLayout(head)
        column.addWidget(self.view)

    def show_lines(self, verdict: str, tone: str, lines: Sequence[Missing]) -> None:
        """Tell the verdict in the ink of its tone, and what is missing."""
        self._icon.set_icon(TONE_ICONS[tone], tone)
        self._verdict.setText(verdict)
        self._verdict.setToolTip(verdict)
        self.view.lines.set_lines(lines)
        self.view.setCurrentIndex(self.view.lines.index(0, 0))
        self.view.setVisible(bool(lines))
        self.view.updateGeometry()

    def verdict(self) -> str:
        """What is said of the form."""
        return self._verdict.text()
