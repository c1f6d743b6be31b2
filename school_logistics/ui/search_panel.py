"""Ctrl+K: one field that searches every ledger, with the hits under it; Enter opens the record.

A frame over the page, not a window: Esc and a click elsewhere put it away. What is typed is searched in a worker, the
latest words last.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from school_logistics.ui.painting import MIDDLE_LEFT, MIDDLE_RIGHT
from school_logistics.ui.plain_field import PlainField
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Found
    from school_logistics.ui.jobs import Job, Progress, Runner

MOST = 40
_WIDTH = 560
_SHOWN_AT_MOST = 14
_KEYS = frozenset({
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Return, Qt.Key.Key_Enter,
    Qt.Key.Key_Escape, Qt.Key.Key_Tab,
})  # fmt: skip


def marked_parts(text: str, words: str) -> list[tuple[str, bool]]:
    """A text cut where the words occur in it, each part with whether it is one of them.

    >>> marked_parts("绿源蔬菜配送中心", "蔬菜")
    [('绿源', False), ('蔬菜', True), ('配送中心', False)]
    """
    parts = re.split(f"({re.escape(words)})", text, flags=re.IGNORECASE) if words else [text]
    return [(part, place % 2 == 1) for place, part in enumerate(parts) if part]


class FoundList(QWidget):
    """The hits, one line each: what it is, what it says, in which ledger."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, labels: Mapping[str, str]) -> None:
        """`labels` names the ledgers by key."""
        super().__init__()
        self._theme, self._labels = theme, labels
        self._found: tuple[Found, ...] = ()
        self._words = ""
        self._top, self.current = 0, 0
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_found(self, found: Sequence[Found], words: str = "") -> None:
        """Show these; the first one is current. The `words` that were looked for are drawn bold."""
        self._words = words
        self._found, self._top, self.current = tuple(found), 0, 0
        self.setAccessibleName("，".join(f"{one.title} {self._labels.get(one.ledger, '')}" for one in found[:5]))
        self.updateGeometry()
        self.update()

    def found(self) -> tuple[Found, ...]:
        """What is shown."""
        return self._found

    def step(self, by: int) -> None:
        """Move the current hit, stopping at both ends, and keep it in sight."""
        if not self._found:
            return
        self.current = min(max(self.current + by, 0), len(self._found) - 1)
        rows = max(self.height() // self._theme.sizes.row, 1)
        self._top = min(max(self._top, self.current - rows + 1), self.current)
        self.update()

    def sizeHint(self) -> QSize:
        rows = min(len(self._found), _SHOWN_AT_MOST)
        return QSize(self._theme.px(_WIDTH), rows * self._theme.sizes.row)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(len(self._found), 1) * self._theme.sizes.row)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.step(-1 if event.angleDelta().y() > 0 else 1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position().toPoint())
        if place is not None and place != self.current:
            self.current = place
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position().toPoint())
        if place is not None:
            self.chosen.emit(place)

    def _place_at(self, point: QPoint) -> int | None:
        place = self._top + point.y() // self._theme.sizes.row
        return place if 0 <= place < len(self._found) else None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        row = self._theme.sizes.row
        for line, found in enumerate(self._found[self._top : self._top + self.height() // row + 1]):
            box = QRect(0, line * row, self.width(), row)
            self._paint_found(painter, box, found, current=self._top + line == self.current)
        painter.end()

    def _paint_found(self, painter: QPainter, box: QRect, found: Found, *, current: bool) -> None:
        theme, sizes = self._theme, self._theme.sizes
        if current:
            painter.fillRect(box, theme.brush("soft"))
            painter.fillRect(QRect(box.x(), box.y(), sizes.current, box.height()), theme.brush("accent"))
        inner = box.adjusted(sizes.middle, 0, -sizes.middle, 0)
        painter.setFont(theme.font(Type.QUIET))
        painter.setPen(theme.color("ink3"))
        label = self._labels.get(found.ledger, "")
        painter.drawText(inner, MIDDLE_RIGHT, label)
        inner.setRight(inner.right() - painter.fontMetrics().horizontalAdvance(label) - sizes.large)
        painter.setPen(theme.color("ink"))
        metrics = theme.metrics(bold=True)
        title = metrics.elidedText(found.title or "—", Qt.TextElideMode.ElideRight, inner.width() // 2)
        inner.setLeft(self._paint_marked(painter, inner, title, Type.TEXT) + sizes.middle)
        painter.setPen(theme.color("ink2"))
        wide = theme.metrics(Type.LABEL, bold=True)
        detail = wide.elidedText(found.detail, Qt.TextElideMode.ElideRight, inner.width())
        self._paint_marked(painter, inner, detail, Type.LABEL)

    def _paint_marked(self, painter: QPainter, box: QRect, text: str, kind: Type) -> int:
        """Draw a text with the words that were looked for in bold; give where it ends."""
        here = QRect(box)
        for part, marked in marked_parts(text, self._words):
            painter.setFont(self._theme.font(kind, marked))
            painter.drawText(here, MIDDLE_LEFT, part)
            here.setLeft(here.left() + painter.fontMetrics().horizontalAdvance(part))
        return here.left()


class SearchPanel(QFrame):
    """Lies over the window while something is looked for."""

    opened = Signal(str, int)
    """Ledger key and record id."""
    closed = Signal()

    def __init__(self, theme: Theme, desk: Desk, jobs: Runner, window: QWidget) -> None:
        """Search the ledgers of a desk."""
        super().__init__(window)
        self._theme, self._desk, self._jobs = theme, desk, jobs
        self._asked: Job | None = None
        self._wanted = ""
        self._answered = ""
        self.field = PlainField(theme, "查全部台账", icon="search", hint="名称、拼音首字母、号码", keys=_KEYS)
        self.list = FoundList(theme, {ledger.key: ledger.label for ledger in desk.ledgers()})
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, theme.sizes.row)
        self._column.setSpacing(theme.sizes.tiny)
        self._column.addWidget(self.field)
        self._column.addWidget(self.list)
        self.field.changed.connect(self._look_for)
        self.field.pressed.connect(self._press)
        self.list.chosen.connect(self._choose)
        self.setAccessibleName("查全部台账")
        self._place = QRect()
        self.hide()

    def open_at(self, place: QRect) -> None:
        """Stand with the field at `place` (coordinates of the window), its right edge kept, and take the keyboard."""
        self._place = place
        self._arrange()
        self.show()
        self.raise_()
        self.field.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.line.selectAll()

    def current(self) -> Found | None:
        """The current hit."""
        found = self.list.found()
        return found[self.list.current] if 0 <= self.list.current < len(found) else None

    def put_away(self) -> None:
        """Close; the words stay for next time."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    # --- searching ---------------------------------------------------------------------------------

    def _look_for(self, words: str) -> None:
        self._wanted = words.strip()
        if self._asked is None or not self._asked.running():
            self._ask()

    def _ask(self) -> None:
        words, desk = self._wanted, self._desk
        if not words:
            self._take(words, [])
            return

        def ask(_progress: Progress) -> list[Found]:
            from school_logistics.services.searching import search_everywhere

            return search_everywhere(desk, words, MOST)

        self._asked = self._jobs.start(ask, done=lambda found: self._take(words, found))

    def _take(self, words: str, found: Sequence[Found]) -> None:
        self._answered = words
        self.list.show_found(found, words)
        self._arrange()
        self.update()
        if words != self._wanted:
            self._asked = None
            self._ask()

    # --- keys --------------------------------------------------------------------------------------

    def _press(self, key: Qt.Key) -> None:
        steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -10,
            Qt.Key.Key_PageDown: 10,
            Qt.Key.Key_Tab: 1,
        }
        if key in steps:
            self.list.step(steps[key])
        elif key == Qt.Key.Key_Escape:
            self.put_away()
        else:
            self._choose(self.list.current)

    def _choose(self, place: int) -> None:
        found = self.list.found()
        if 0 <= place < len(found):
            self.hide()
            self.opened.emit(found[place].ledger, found[place].id)

    # --- place and paint ---------------------------------------------------------------------------

    def _arrange(self) -> None:
        sizes = self._theme.sizes
        window = self.parentWidget()
        room = window.size() if window is not None else self.size()
        width = min(self._theme.px(_WIDTH), room.width() - 2 * sizes.small)
        wanted = self.field.sizeHint().height() + self.list.sizeHint().height() + sizes.row + 2 * sizes.tiny
        top = max(self._place.y() - 1, 0)
        height = min(wanted, room.height() - top - sizes.small)
        right = min(self._place.right() + 1, room.width() - sizes.small)
        self.setGeometry(max(right - width, sizes.small), top, width, height)

    def foot(self) -> str:
        """What stands under the hits."""
        if not self._wanted:
            return "打名称、拼音首字母或号码；↑↓ 选　Enter 打开　Esc 关"
        if not self.list.found():
            return f"没有找到「{self._answered}」" if self._answered == self._wanted else "正在查……"
        many = len(self.list.found())
        told = f"只列前 {MOST} 条，再打几个字" if many >= MOST else f"{many} 条"
        return f"{told}　↑↓ 选　Enter 打开　Ctrl+T 追溯　Esc 关"

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._column.setContentsMargins(1, 1, 1, self._theme.sizes.row)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, sizes = self._theme, self._theme.sizes
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.pen("control"))
        painter.setBrush(theme.brush("surface"))
        painter.translate(0.5, 0.5)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), sizes.radius_frame, sizes.radius_frame)
        painter.translate(-0.5, -0.5)
        painter.setFont(theme.font(Type.QUIET))
        painter.setPen(theme.color("ink3"))
        foot = QRect(sizes.middle, self.height() - sizes.row, self.width() - 2 * sizes.middle, sizes.row)
        painter.drawText(foot, MIDDLE_LEFT, self.foot())
        painter.end()
