"""A line at the foot of a page that tells how far long work is, and stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.parts import Panel, ShortWords, ThinBar
from school_logistics.ui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from school_logistics.errors import OfficeError
    from school_logistics.ui.jobs import Job, Progress, Runner

T = TypeVar("T")
_STOPPING = "正在停下…"


class ProgressStrip(Panel):
    """Hidden while nothing runs."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start hidden."""
        super().__init__(theme, "soft", edges="top", edge_color="soft_line", parent=parent)
        self._job: Job | None = None
        self._words = ShortWords(theme)
        self._bar = ThinBar(theme)
        self._bar.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.stop = Button(theme, "取消", icon="x", look=Look.BORDERED, key="Esc")
        self.stop.clicked.connect(self._stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.sizes.large, 0, theme.sizes.middle, 0)
        row.setSpacing(theme.sizes.middle)
        row.addWidget(self._words)
        row.addStretch(1)
        row.addWidget(self._bar)
        row.addWidget(self.stop)
        self.setAccessibleName("进度")
        self.hide()

    def run(
        self,
        jobs: Runner,
        what: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        *,
        failed: Callable[[OfficeError], None],
        told: Callable[[str, str], None],
    ) -> None:
        """Do long work in front of the user: told here, and to be stopped here.

        `told` takes a sentence and its tone for the status line: when it is stopped, or when other work still runs.
        """
        if self.running():
            told("上一件还没有做完；可以先取消它。", "soon")
            return

        def over(result: T) -> None:
            self.finish()
            done(result)

        def refused(error: OfficeError) -> None:
            self.finish()
            failed(error)

        def cancelled() -> None:
            self.finish()
            told("已取消。", "")

        def tell(at: int, of: int, name: str) -> None:
            self._say(f"{what}：{name}", at, of)

        self._say(what, 0, 0)
        self.stop.setEnabled(True)
        self.show()
        job = jobs.start(work, done=over, failed=refused, cancelled=cancelled, progress=tell)
        if job.running():
            self._job = job

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
