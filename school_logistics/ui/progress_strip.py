"""A line at the foot of a page that tells how far long work is, and stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.parts import Panel, ThinBar, Words
from school_logistics.ui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from school_logistics.ui.jobs import Job

_STOPPING = "正在停下…"


class ProgressStrip(Panel):
    """Hidden while nothing runs."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start hidden."""
        super().__init__(theme, "soft", edges="top", edge_color="soft_line", parent=parent)
        self._job: Job | None = None
        self._words = Words(theme)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._bar = ThinBar(theme)
        self._bar.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.stop = Button(theme, "取消", icon="x", look=Look.BORDERED, key="Esc")
        self.stop.clicked.connect(self._stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.sizes.large, 0, theme.sizes.middle, 0)
        row.setSpacing(theme.sizes.middle)
        row.addWidget(self._words, 1)
        row.addWidget(self._bar)
        row.addWidget(self.stop)
        self.setAccessibleName("进度")
        self.hide()

    def follow(self, start: Callable[[], Job], what: str) -> Job:
        """Show `what` and begin the work; it is over when `finish` is called, which may be before this returns."""
        self._say(what, 0, 0)
        self.stop.setEnabled(True)
        self.show()
        job = start()
        self._job = job if job.running() else None
        return job

    def tell(self, done: int, total: int, what: str) -> None:
        """Say how far the work is."""
        self._say(what, done, total)

    def said(self) -> str:
        """What is told now."""
        return self._words.text()

    def finish(self) -> None:
        """The work is over, well or not."""
        self._job = None
        self.hide()

    def running(self) -> bool:
        """Whether work is being followed."""
        return self._job is not None

    def cancel(self) -> bool:
        """Stop the work that is followed; say whether there is any."""
        if self._job is None:
            return False
        self._stop()
        return True

    def _say(self, what: str, done: int, total: int) -> None:
        self._words.setText(f"{what}　{done} / {total}" if total > 1 else what)
        self._bar.set_share(done / total if total else 0.0)
        self.setAccessibleDescription(self._words.text())

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.stop.setEnabled(False)
            self._words.setText(_STOPPING)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.sizes.message_bar)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
