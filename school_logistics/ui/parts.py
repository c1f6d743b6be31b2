"""Small parts of every page: words, panels, rules, bars and the status line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.painting import MIDDLE_LEFT, draw_icon
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TONE_ICONS = {"ok": "check", "late": "triangle-alert", "soon": "clock", "accent": "info"}
"""The shape that goes with a tone, so that colour never speaks alone."""


class Words(QLabel):
    """A line or paragraph of plain text in one of the six sizes and one of the inks."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        kind: Type = Type.TEXT,
        color: str = "ink",
        bold: bool | None = None,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`color` is the name of a token; `bold` None takes the usual weight of the size."""
        super().__init__(text, parent)
        self._theme, self._kind, self._color, self._bold = theme, kind, color, bold
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setForegroundRole(QPalette.ColorRole.WindowText)  # on the ground of a table Qt would take another one
        self._dress()

    def set_color(self, color: str) -> None:
        """Change the ink."""
        self._color = color
        self._dress()

    def _dress(self) -> None:
        self.setFont(self._theme.font(self._kind, self._bold))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, self._theme.color(self._color))
        self.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()


class ShortWords(Words):
    """One line that gives way when there is no room: it ends in …, and the tool tip shows all of it."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        kind: Type = Type.TEXT,
        color: str = "ink",
        bold: bool | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """As `Words`; takes the room it needs and never more."""
        super().__init__(theme, text, kind=kind, color=color, bold=bold, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 1, hint.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.rect(), MIDDLE_LEFT, shown)
        painter.end()


class Panel(QWidget):
    """A ground in a token's colour with 1 px lines at the named edges (any of "left top right bottom")."""

    def __init__(
        self, theme: Theme, fill: str, *, edges: str = "", edge_color: str = "line", parent: QWidget | None = None
    ) -> None:
        """Paint `fill` behind whatever is laid out inside."""
        super().__init__(parent)
        self._theme, self._fill, self._edges, self._edge_color = theme, fill, frozenset(edges.split()), edge_color

    def set_fill(self, fill: str) -> None:
        """Change the ground."""
        self._fill = fill
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.brush(self._fill))
        edge, line = self._theme.brush(self._edge_color), self._theme.sizes.line
        width, height = self.width(), self.height()
        boxes = {
            "left": QRect(0, 0, line, height),
            "right": QRect(width - line, 0, line, height),
            "top": QRect(0, 0, width, line),
            "bottom": QRect(0, height - line, width, line),
        }
        for name in self._edges:
            painter.fillRect(boxes[name], edge)
        painter.end()


class Rule(QWidget):
    """A line of 1 px between things."""

    def __init__(
        self, theme: Theme, *, vertical: bool = False, color: str = "line", parent: QWidget | None = None
    ) -> None:
        """Lie flat, or stand when `vertical`."""
        super().__init__(parent)
        self._theme, self._color = theme, color
        if vertical:
            self.setFixedWidth(theme.sizes.line)
        else:
            self.setFixedHeight(theme.sizes.line)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.brush(self._color))
        painter.end()


class SegmentedBar(QWidget):
    """One flat bar cut into shares, such as the month's forms: signed, printable, with gaps."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._theme = theme
        self._parts: tuple[tuple[int, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_parts(self, parts: Sequence[tuple[int, str]]) -> None:
        """Take (count, token of a fill) from left to right; counts of zero take no room."""
        self._parts = tuple((count, token) for count, token in parts if count > 0)
        self.update()

    def spans(self) -> list[tuple[int, int]]:
        """Left edge and width of every part, in pixels."""
        total = sum(count for count, _ in self._parts)
        spans, before = [], 0
        for count, _ in self._parts:
            left = self.width() * before // total
            before += count
            spans.append((left, self.width() * before // total - left))
        return spans

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._parts:
            painter.fillRect(self.rect(), self._theme.brush("band"))
        for (left, width), (_, token) in zip(self.spans(), self._parts, strict=True):
            last = left + width >= self.width()
            painter.fillRect(left, 0, width if last else width - 1, self.height(), self._theme.brush(token))
        painter.end()


class ThinBar(QWidget):
    """A share as a flat bar, with a 2 px tick where it stood last month."""

    def __init__(self, theme: Theme, color: str = "c2", parent: QWidget | None = None) -> None:
        """Start at nothing."""
        super().__init__(parent)
        self._theme, self._color, self._share = theme, color, 0.0
        self._mark: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_share(self, share: float, mark: float | None = None) -> None:
        """Show `share` and the earlier `mark`, both between 0 and 1."""
        self._share, self._mark = min(max(share, 0.0), 1.0), mark
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(14))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        inset = 0 if self._mark is None else self._theme.sizes.focus
        bar = self.rect().adjusted(0, inset, 0, -inset)
        painter.fillRect(bar, self._theme.brush("band"))
        bar.setWidth(round(self.width() * self._share))
        painter.fillRect(bar, self._theme.brush(self._color))
        if self._mark is not None:
            at = round((self.width() - self._theme.sizes.focus) * min(max(self._mark, 0.0), 1.0))
            painter.fillRect(at, 0, self._theme.sizes.focus, self.height(), self._theme.brush("ink"))
        painter.end()


class ToneIcon(QWidget):
    """The shape of a tone at the size of text; takes no room without a tone."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start without a tone."""
        super().__init__(parent)
        self._theme, self._icon, self._color = theme, "", ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon: str, color: str) -> None:
        """Show `icon` in a token's colour; "" takes it away."""
        self._icon, self._color = icon, color
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        size = self._theme.sizes.icon
        return QSize(size if self._icon else 0, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._icon:
            painter = QPainter(self)
            draw_icon(painter, self._theme, self._icon, self._theme.sizes.icon, self._color, 0, self.height() // 2)
            painter.end()


class StatusLine(Panel):
    """The foot of the window: what was just done, where one is, and when the data was last safe."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start silent."""
        super().__init__(theme, "window", edges="top", parent=parent)
        self._run: Callable[[], None] | None = None
        self._icon = ToneIcon(theme)
        self._said = ShortWords(theme)
        self._rule = Rule(theme, vertical=True)
        self._rule.setFixedHeight(theme.sizes.separator)
        self._rule.hide()
        self._action = Button(theme, "", look=Look.LINK, icon="undo-2")
        self._action.clicked.connect(self._act)
        self._action.hide()
        self._place = Words(theme, kind=Type.LABEL, color="ink2")
        self._safe_icon = ToneIcon(theme)
        self._safe = Words(theme, kind=Type.LABEL, color="ink2")
        self.set_place("")
        self.set_safe("")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.sizes.large, 0, theme.sizes.large, 0)
        row.setSpacing(theme.sizes.small)
        row.addWidget(self._icon)
        row.addWidget(self._said)
        row.addSpacing(theme.sizes.small)
        row.addWidget(self._rule)
        row.addWidget(self._action)
        row.addStretch(1)
        row.addWidget(self._place)
        row.addWidget(self._safe_icon)
        row.addWidget(self._safe)

    def say(
        self,
        text: str,
        tone: str = "",
        *,
        action: str = "",
        run: Callable[[], None] | None = None,
        key: str = "",
        icon: str = "undo-2",
    ) -> None:
        """Say what happened; the next saying replaces it. `run` is what pressing `action` does."""
        self._action.set_icon(icon)
        self._icon.set_icon(TONE_ICONS.get(tone, ""), tone)
        self._said.setText(text)
        self._said.set_color("ink" if tone in {"", "ok"} else tone)
        self._run = run
        self._action.set_text(action)
        self._action.set_key(key)
        self._action.setVisible(bool(action))
        self._rule.setVisible(bool(action))

    def said(self) -> str:
        """What is said now."""
        return self._said.text()

    def clear(self) -> None:
        """Say nothing."""
        self.say("")

    def set_place(self, text: str) -> None:
        """Tell the position or the sum of the selection."""
        self._place.setText(text)
        self._place.setVisible(bool(text))

    def set_safe(self, text: str, tone: str = "") -> None:
        """Tell the last verified backup."""
        self._safe_icon.set_icon("hard-drive" if text else "", tone or "ink2")
        self._safe.setText(text)
        for part in (self._safe_icon, self._safe):
            part.setVisible(bool(text))
        self._safe.set_color(tone or "ink2")

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.sizes.status_line)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.sizes.status_line)

    def _act(self) -> None:
        if self._run is not None:
            self._run()
