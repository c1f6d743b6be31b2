"""One piece of evidence of a trace as a line that leads to its record: what it is, what it says, how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from school_logistics.reports.traced import Verdict
from school_logistics.ui.chips import State, chip_width, paint_chip
from school_logistics.ui.painting import MIDDLE_LEFT, draw_frame
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from school_logistics.reports.traced import Evidence

STATES = {Verdict.GOOD: State.OK, Verdict.LOOK: State.SOON, Verdict.BAD: State.LATE}
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class EvidenceLine(QAbstractButton):
    """Two lines: the title with its verdict, and the facts below; Enter or a click opens the record."""

    def __init__(self, theme: Theme, evidence: Evidence) -> None:
        """Tell one piece of evidence."""
        super().__init__()
        self._theme, self.evidence = theme, evidence
        leads = bool(evidence.ledger) and evidence.id is not None
        self.setText(evidence.title)
        self.setAccessibleName("，".join(part for part in (evidence.title, evidence.word, evidence.text) if part))
        self.setToolTip("\n".join(part for part in (evidence.title, evidence.word, *self._facts()) if part))
        self.setEnabled(leads)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if leads else Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _facts(self) -> list[str]:
        return [f"{label} {text}".strip() for label, text in self.evidence.facts if text]

    def sizeHint(self) -> QSize:
        sizes = self._theme.sizes
        return QSize(self._theme.px(240), sizes.two_line if self.evidence.text else sizes.row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif key in _STEPS:
            self.focusNextPrevChild(_STEPS[key] > 0)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, sizes, one = self._theme, self._theme.sizes, self.evidence
        if self.isEnabled() and (self.underMouse() or self.hasFocus()):
            painter.fillRect(self.rect(), theme.brush("soft2"))
        two = bool(one.text)
        upper = QRect(sizes.small, sizes.tiny if two else 0, self.width() - 2 * sizes.small,
                      theme.metrics().height() if two else self.height())  # fmt: skip
        right = upper.right()
        state = STATES.get(one.verdict)
        if one.word and state is not None:
            right -= chip_width(theme, one.word)
            paint_chip(painter, theme, right, upper.center().y(), state, one.word)
            right -= sizes.small
        painter.setFont(theme.font())
        painter.setPen(theme.color("ink" if self.isEnabled() or one.verdict is Verdict.BAD else "ink2"))
        box = QRect(upper.left(), upper.top(), right - upper.left(), upper.height())
        painter.drawText(
            box, MIDDLE_LEFT, theme.metrics().elidedText(one.title, Qt.TextElideMode.ElideRight, box.width())
        )
        if two:
            painter.setFont(theme.font(Type.LABEL))
            painter.setPen(theme.color("ink2"))
            lower = QRect(upper.left(), upper.bottom(), upper.width(), self.height() - upper.bottom() - sizes.tiny)
            told = theme.metrics(Type.LABEL).elidedText(one.text, Qt.TextElideMode.ElideRight, lower.width())
            painter.drawText(lower, MIDDLE_LEFT, told)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.brush("grid"))
        if self.hasFocus():
            draw_frame(painter, theme, self.rect(), "accent", sizes.focus)
        painter.end()
