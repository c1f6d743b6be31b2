"""Long work off the window's thread: one worker, progress, cancelling, and the outcome back on the window's thread.

This is one of the two places that catch every exception: whatever goes wrong in the worker must reach the
window instead of dying in a thread. Errors that are told in a sentence go to `failed`; anything else is a bug
and goes to the exception hook.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from school_logistics.errors import Cancelled, OfficeError

if TYPE_CHECKING:
    from types import TracebackType

T = TypeVar("T")
ReportProgress = Callable[[int, int, str], None]

REPORTS_PER_SECOND = 20
"""More often than this nobody reads a progress line."""


class Progress(Protocol):
    """What long work tells while it runs."""

    def step(self, done: int, total: int, what: str) -> None:
        """Say how far it is; raises Cancelled when the user stopped it."""


class Job(Protocol):
    """Work that was started."""

    def cancel(self) -> None:
        """Ask it to stop at its next step."""

    def running(self) -> bool:
        """Whether its outcome has not been told yet."""


class Runner(Protocol):
    """Starts long work and tells its one outcome: done, failed or cancelled."""

    def start(
        self,
        work: Callable[[Progress], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[OfficeError], None] | None = None,
        progress: ReportProgress | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> Job:
        """Run `work`; every callback comes on the window's thread."""

    def busy(self) -> bool:
        """Whether any work is still running."""

    def close(self) -> None:
        """Cancel what runs, wait for it, and take no more."""


@dataclass
class _Started:
    """One piece of work: what it tells, and whether it is to stop."""

    done: Callable[[object], None]
    failed: Callable[[OfficeError], None] | None
    progress: ReportProgress | None
    cancelled: Callable[[], None] | None
    report: Callable[[_Started, int, int, str], None]
    stop: threading.Event = field(default_factory=threading.Event)
    finished: bool = False
    told_at: float = 0.0

    def step(self, done: int, total: int, what: str) -> None:
        """Called by the work, in its own thread."""
        if self.stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if done >= total or now - self.told_at >= 1 / REPORTS_PER_SECOND:
            self.told_at = now
            self.report(self, done, total, what)

    def cancel(self) -> None:
        """Ask it to stop at its next step."""
        self.stop.set()

    def running(self) -> bool:
        """Whether its outcome has not been told yet."""
        return not self.finished

    def tell(self, result: object, error: BaseException | None) -> None:
        """Tell the one outcome, on the window's thread."""
        self.finished = True
        if error is None:
            self.done(result)
        elif isinstance(error, Cancelled):
            if self.cancelled is not None:
                self.cancelled()
        elif isinstance(error, OfficeError) and self.failed is not None:
            self.failed(error)
        else:
            _report_bug(error)


def _report_bug(error: BaseException) -> None:
    traceback: TracebackType | None = error.__traceback__
    sys.excepthook(type(error), error, traceback)


def _attempt(work: Callable[[Progress], object], started: _Started) -> tuple[object, BaseException | None]:
    if started.stop.is_set():
        return None, Cancelled()
    try:
        return work(started), None
    except Exception as error:
        return None, error


class Jobs(QObject):
    """The one worker thread of the program, so that two pieces of work never meet in the store."""

    busy_changed = Signal(bool)
    _arrived = Signal(object, object, object)
    _stepped = Signal(object, int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        """Create it on the window's thread."""
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="work")
        self._open: list[_Started] = []
        self._arrived.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._stepped.connect(self._report, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        work: Callable[[Progress], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[OfficeError], None] | None = None,
        progress: ReportProgress | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> Job:
        """Run `work` in the worker after what is already waiting."""

        def tell_done(result: object) -> None:
            done(result)  # type: ignore[arg-type]  # it is what `work` returned

        started = _Started(tell_done, failed, progress, cancelled, self._stepped.emit)
        self._open.append(started)
        if len(self._open) == 1:
            self.busy_changed.emit(True)
        self._executor.submit(self._run, work, started)
        return started

    def busy(self) -> bool:
        """Whether any work is still running or waiting."""
        return bool(self._open)

    def close(self) -> None:
        """Cancel what runs, wait for it, and take no more."""
        for started in self._open:
            started.cancel()
        self._executor.shutdown(wait=True)

    def _run(self, work: Callable[[Progress], object], started: _Started) -> None:
        result, error = _attempt(work, started)
        self._arrived.emit(started, result, error)

    @Slot(object, object, object)
    def _tell(self, started: _Started, result: object, error: BaseException | None) -> None:
        self._open.remove(started)
        started.tell(result, error)
        if not self._open:
            self.busy_changed.emit(False)

    @Slot(object, int, int, str)
    def _report(self, started: _Started, done: int, total: int, what: str) -> None:
        if started.progress is not None and started.running() and not started.stop.is_set():
            started.progress(done, total, what)


class AtOnce:
    """Runs work in the calling thread, for tests and for the command line."""

    def start(
        self,
        work: Callable[[Progress], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[OfficeError], None] | None = None,
        progress: ReportProgress | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> Job:
        """Run `work` now; when this returns its outcome has been told."""

        def tell_done(result: object) -> None:
            done(result)  # type: ignore[arg-type]  # it is what `work` returned

        def report(started: _Started, done: int, total: int, what: str) -> None:
            if started.progress is not None:
                started.progress(done, total, what)

        started = _Started(tell_done, failed, progress, cancelled, report)
        started.tell(*_attempt(work, started))
        return started

    def busy(self) -> bool:
        """Never: work is over when `start` returns."""
        return False

    def close(self) -> None:
        """Nothing to wait for."""
