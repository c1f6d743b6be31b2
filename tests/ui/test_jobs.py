"""Long work: off the window's thread, one at a time, told once, and stoppable."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QThread

from school_logistics.errors import Cancelled, FileTrouble
from school_logistics.ui.changes import Changes
from school_logistics.ui.jobs import AtOnce, Jobs


@pytest.fixture
def jobs(qapp):
    made = Jobs()
    yield made
    made.close()


def test_work_runs_beside_the_window_and_its_result_comes_back_to_it(jobs, qtbot):
    told: list[tuple[object, bool]] = []
    main = threading.get_ident()

    jobs.start(
        lambda _progress: threading.get_ident(),
        done=lambda worker: told.append((worker != main, threading.get_ident() == main)),
    )

    qtbot.waitUntil(lambda: told == [(True, True)])
    assert not jobs.busy()


def test_two_jobs_never_run_at_once(jobs, qtbot):
    inside: list[int] = []
    most: list[int] = []
    results: list[object] = []

    def work(_progress):
        inside.append(1)
        most.append(len(inside))
        inside.pop()

    for _ in range(5):
        jobs.start(work, done=results.append)
    assert jobs.busy()

    qtbot.waitUntil(lambda: len(results) == 5)
    assert max(most) == 1


def test_progress_is_told_and_the_last_step_always(jobs, qtbot):
    steps: list[tuple[int, int, str]] = []
    results: list[object] = []

    def work(progress):
        for number in range(1, 1001):
            progress.step(number, 1000, "读入")
        return "done"

    jobs.start(work, done=results.append, progress=lambda *step: steps.append(step))

    qtbot.waitUntil(lambda: results == ["done"])
    assert len(steps) < 1000


def test_an_error_with_a_sentence_is_told_as_such(jobs, qtbot):
    failures: list[str] = []

    def work(_progress):
        raise FileTrouble("文件打不开。")

    jobs.start(work, done=lambda _: None, failed=lambda error: failures.append(str(error)))

    qtbot.waitUntil(lambda: failures == ["文件打不开。"])


def test_a_bug_reaches_the_exception_hook_of_the_window(jobs, qtbot, monkeypatch):
    seen: list[type[BaseException]] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, _error, _trace: seen.append(kind))

    jobs.start(lambda _progress: 1 // 0, done=lambda _: None, failed=lambda _: None)

    qtbot.waitUntil(lambda: seen == [ZeroDivisionError])


def test_cancelled_work_stops_at_its_next_step_and_tells_only_that(jobs, qtbot):
    began, go_on = threading.Event(), threading.Event()
    told: list[str] = []

    def work(progress):
        began.set()
        go_on.wait(5)
        progress.step(1, 2, "写入")
        return "never"

    job = jobs.start(work, done=lambda _: told.append("done"), cancelled=lambda: told.append("cancelled"))
    assert began.wait(5)
    job.cancel()
    go_on.set()

    qtbot.waitUntil(lambda: bool(told))
    assert told == ["cancelled"]
    assert not job.running()


def test_busy_is_told_when_it_begins_and_when_it_ends(jobs, qtbot):
    changes: list[bool] = []
    jobs.busy_changed.connect(changes.append)

    jobs.start(lambda _progress: None, done=lambda _: None)

    qtbot.waitUntil(lambda: changes == [True, False])


def test_in_tests_work_is_over_when_it_was_started():
    told: list[object] = []
    steps: list[str] = []

    def work(progress):
        progress.step(1, 1, "写入")
        return 7

    job = AtOnce().start(work, done=told.append, progress=lambda _done, _total, what: steps.append(what))

    assert told == [7]
    assert steps == ["写入"]
    assert not job.running()


def test_cancelling_inside_work_done_at_once_is_told_too():
    told: list[str] = []

    def work(_progress):
        raise Cancelled

    AtOnce().start(work, done=lambda _: None, cancelled=lambda: told.append("cancelled"))

    assert told == ["cancelled"]


def test_changes_made_in_a_worker_are_told_on_the_window_s_thread(jobs, qtbot):
    changes = Changes()
    heard: list[tuple[object, bool]] = []
    changes.changed.connect(lambda keys: heard.append((keys, QThread.currentThread() is changes.thread())))

    jobs.start(lambda _progress: changes.notice({"supplier"}), done=lambda _: None)
    qtbot.waitUntil(lambda: len(heard) == 1)
    changes.notice({"ingredient", "supplier"})

    assert heard == [(frozenset({"supplier"}), True), (frozenset({"ingredient", "supplier"}), True)]
