"""The page of the current form, drawn in a job when the keyboard has rested on it; others are not drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from school_logistics.reports.pdf import Drawn
    from school_logistics.rules.calendar import Month
    from school_logistics.services.month import MonthPack
    from school_logistics.ui.jobs import Job, Progress, Runner

_SETTLE_MS = 90
"""The page of a form is drawn when the keyboard has rested on it so long."""


class FormDrawing(QObject):
    """Draws the form that `wanted` names, unless another is wanted meanwhile."""

    drawn = Signal(str, object)
    """The form's code and its `Drawn`."""
    failed = Signal(object)
    """An `OfficeError`."""
    nothing = Signal()
    """There is no form to draw."""

    def __init__(self, pack: MonthPack, jobs: Runner, wanted: Callable[[], tuple[str, Month]], parent: QObject) -> None:
        """`wanted` says which form of which month is looked at; no code means none."""
        super().__init__(parent)
        self._pack, self._jobs, self._wanted = pack, jobs, wanted
        self._job: Job | None = None
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_SETTLE_MS)
        self._resting.timeout.connect(self._draw)

    def soon(self) -> None:
        """Draw when the keyboard has rested."""
        self._resting.start()

    def _draw(self) -> None:
        code, month = self._wanted()
        if self._job is not None:
            self._job.cancel()
        if not code:
            self.nothing.emit()
            return

        def done(drawn: Drawn) -> None:
            if (code, month) == self._wanted():
                self.drawn.emit(code, drawn)

        def draw(progress: Progress) -> Drawn:
            progress.step(0, 1, code)
            return self._pack.draw(code, month, preview=True)

        self._job = self._jobs.start(draw, done=done, failed=self.failed.emit)
