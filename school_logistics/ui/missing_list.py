"""What a form still lacks, one line each: the day, what it is, why it counts as missing, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Union

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStyleOptionViewItem, QVBoxLayout, QWidget

from school_logistics.ui.line_list import LINE, Index, LineDelegate, LineList
from school_logistics.ui.painting import MIDDLE_LEFT, MIDDLE_RIGHT
from school_logistics.ui.parts import TONE_ICONS, Panel, ShortWords, ToneIcon
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from school_logistics.reports.differences import Difference
    from school_logistics.services.missing import Missing

MOST_SHOWN = 4
"""Lines shown at once; more are scrolled to."""
_ACTION = "Enter 去补"
_SHARES = (0.14, 0.24)
"""Of the width: the day, and what it is; the reason takes the rest."""
_SHARES_APART = (0.0, 0.56)
"""The same of a difference, which has no day of its own."""


class Different(NamedTuple):
    """A place in which a form differs from its signed version, as a line of this list."""

    place: str
    """第 3 行 11-09 鸡腿."""
    day: str
    title: str
    why: str
    """31.00 → 33.00."""
    clause: str = ""


def different(one: Difference) -> Different:
    """A difference as a line: where, which column, what stood there and what stands there now."""
    return Different("", "", f"{one.where}　{one.column}".strip("　"), f"{one.before or '空'} → {one.after or '空'}")


ListLine = Union["Missing", Different]


class MissingLineDelegate(LineDelegate):
    """Paints one line; the current one says which key leads to its place."""

    def action_width(self) -> int:
        """How much room the key takes at the right end."""
        return self._theme.metrics(Type.QUIET).horizontalAdvance(_ACTION) + self._theme.sizes.large

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: ListLine | None = index.data(LINE)
        if line is None:
            return
        theme, sizes = self._theme, self._theme.sizes
        box: QRect = option.rect.adjusted(sizes.small, 0, -sizes.small, 0)
        self.tint(painter, box, option, index)
        inner = box.adjusted(theme.px(32), 0, -sizes.small, 0)
        painter.setFont(theme.font(Type.QUIET))
        painter.setPen(theme.color("accent"))
        if self.is_current(index) and not isinstance(line, Different):
            painter.drawText(inner, MIDDLE_RIGHT, _ACTION)
        painter.setPen(theme.color("ink2"))
        painter.drawText(inner.adjusted(0, 0, -self.action_width() - sizes.large, 0), MIDDLE_RIGHT, line.place)
        place = painter.fontMetrics().horizontalAdvance(line.place) + sizes.large
        right = inner.right() - self.action_width() - sizes.large - place
        self._paint_words(painter, inner, right, line)
        self.frame(painter, box, index)

    def _paint_words(self, painter: QPainter, box: QRect, right: int, line: ListLine) -> None:
        """Day, title and reason; what has neither day nor title begins at the left."""
        theme = self._theme
        painter.setFont(theme.font())
        day, title = (
            round(box.width() * share) for share in (_SHARES_APART if isinstance(line, Different) else _SHARES)
        )
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


class MissingView(LineList[ListLine, None]):
    """The lines; as high as there are lines, up to four."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(theme, "还缺的内容", parent=parent)
        self._delegate = MissingLineDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(300), min(self.model_of_lines.rowCount(), MOST_SHOWN) * self._theme.sizes.row)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def words_of(self, line: ListLine | None) -> str:
        return "，".join(_told(line))

    def tip_of(self, line: ListLine) -> str:
        return "\n".join(_told(line))

    def key_box(self, box: QRect) -> QRect:
        width = self._delegate.action_width() + self._theme.sizes.large
        return QRect(box.right() - width, box.top(), width, box.height())


def _told(line: ListLine | None) -> tuple[str, ...]:
    told = (line.day, line.title, line.why, line.clause, line.place) if line else ()
    return tuple(part for part in told if part)


class MissingPanel(Panel):
    """The verdict on a form in one line, and below it what it lacks."""

    opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        """Say nothing yet."""
        super().__init__(theme, "surface", edges="bottom")
        self._about = ""
        self._icon = ToneIcon(theme)
        self._verdict = ShortWords(theme, bold=True)
        self.view = MissingView(theme)
        self.view.entered.connect(self.opened)
        head = QHBoxLayout()
        sizes = theme.sizes
        head.setContentsMargins(sizes.large, 0, sizes.large, 0)
        head.setSpacing(sizes.small)
        head.addWidget(self._icon)
        head.addWidget(self._verdict)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, sizes.small, 0, sizes.small)
        column.setSpacing(sizes.tiny)
        column.addLayout(head)
        column.addWidget(self.view)

    def show_lines(self, about: str, verdict: str, tone: str, lines: Sequence[ListLine]) -> None:
        """Tell the verdict in the ink of its tone, and what is missing or different; `about` is the form's code."""
        self._icon.set_icon(TONE_ICONS[tone], tone)
        self._verdict.setText(verdict)
        self.view.set_lines(lines, anew=about != self._about)
        self._about = about
        self.view.setVisible(bool(lines))
        self.view.updateGeometry()

    def verdict(self) -> str:
        """What is said of the form."""
        return self._verdict.text()
