"""The index tabs of the top bar, and how far it is folded."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from school_logistics.ui.chips import badge_width, paint_badge
from school_logistics.ui.painting import MIDDLE_LEFT, draw_box, draw_icon
from school_logistics.ui.tabs import Tab
from school_logistics.ui.theme import Theme

_TAB_TOP = 4


class Fold(NamedTuple):
    """One stage of folding: what shows its words, and how much room a tab leaves at either side."""

    search: bool
    padding: int
    name: bool
    tab_words: bool = True


FOLDS = (
    Fold(search=True, padding=12, name=True),
    Fold(search=False, padding=12, name=True),
    Fold(search=False, padding=6, name=True),
    Fold(search=False, padding=6, name=False),
    Fold(search=False, padding=2, name=False),
    Fold(search=False, padding=6, name=False, tab_words=False),
)
"""From wide to narrow; the first that fits is taken. Only when nothing else fits do the other tabs show their icons."""


class TabButton(QAbstractButton):
    """One index tab with its badge. Only the selected one is a stop of the Tab key; arrows go on from there."""

    stepped = Signal(int)

    def __init__(self, theme: Theme, tab: Tab) -> None:
        """Show a tab's name."""
        super().__init__()
        self._theme, self.tab = theme, tab
        self._badge, self._tone = "", ""
        self._padding, self._words = FOLDS[0].padding, True
        self.setText(tab.name)
        self.setAccessibleName(tab.name)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set_badge(self, text: str, tone: str) -> None:
        """Tell a count; "" for nothing."""
        self._badge, self._tone = text, tone
        told = {"late": f"{text} 件已过期", "soon": f"{text} 件今天到期"}.get(tone, text) if text else ""
        self.setAccessibleDescription(told)
        self.setToolTip(told if self._words else f"{self.tab.name}　{told}".strip())
        self.updateGeometry()
        self.update()

    def badge(self) -> str:
        """The count that is told."""
        return self._badge

    def set_fold(self, fold: Fold) -> None:
        """Leave less room, or show the icon alone."""
        self._padding, self._words = fold.padding, fold.tab_words
        self.updateGeometry()
        self.update()

    def select(self, chosen: bool) -> None:
        """Stand in front, or behind."""
        self.setChecked(chosen)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.NoFocus)

    def width_folded(self, fold: Fold) -> int:
        """How wide it is at a stage of folding."""
        worded = fold.tab_words or self.isChecked()
        words = self._theme.metrics(bold=True).horizontalAdvance(self.text()) if worded else self._theme.sizes.icon_bar
        badge = self._theme.sizes.small + badge_width(self._theme, self._badge) if self._badge else 0
        return words + badge + 2 * self._theme.px(fold.padding)

    def sizeHint(self) -> QSize:
        width = self.width_folded(Fold(search=False, padding=self._padding, name=False, tab_words=self._words))
        return QSize(width, self._theme.sizes.top_bar)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, sizes = self._theme, self._theme.sizes
        if self.isChecked():
            self._paint_ground(painter)
        elif self.underMouse():
            box = self.rect().adjusted(1, theme.px(_TAB_TOP) + sizes.tiny, -1, -sizes.small)
            draw_box(painter, theme, box, "band", "")
        x, middle = theme.px(self._padding), (self.height() + (theme.px(_TAB_TOP) if self.isChecked() else 2)) // 2
        if self._words or self.isChecked():
            painter.setFont(theme.font(bold=self.isChecked()))
            painter.setPen(theme.color("ink" if self.isChecked() else "ink2"))
            painter.drawText(QRect(x, middle - sizes.row // 2, self.width(), sizes.row), MIDDLE_LEFT, self.text())
        else:
            draw_icon(painter, theme, self.tab.icon, sizes.icon_bar, "ink2", x, middle)
        if self._badge:
            paint_badge(painter, theme, self.width() - x, middle, self._badge, self._tone)
        if self.hasFocus():
            inner = self.rect().adjusted(sizes.tiny, sizes.small, -sizes.tiny, -sizes.tiny)
            draw_box(painter, theme, inner, "", "accent", width=sizes.focus)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        """Paper joined to the page below, with the accent on top."""
        theme, sizes = self._theme, self._theme.sizes
        top = theme.px(_TAB_TOP)
        box = QRect(0, top, self.width(), self.height() - top)
        painter.fillRect(box, theme.brush("surface"))
        painter.fillRect(QRect(0, top, sizes.line, box.height()), theme.brush("line"))
        painter.fillRect(QRect(self.width() - sizes.line, top, sizes.line, box.height()), theme.brush("line"))
        painter.fillRect(QRect(0, top, self.width(), sizes.current), theme.brush("accent"))
