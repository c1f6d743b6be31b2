"""How a month stands in the print room: asked in a job, once more after a change meanwhile, and put in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from school_logistics.rules.calendar import Month
from school_logistics.services.form_states import FormState, Standing
from school_logistics.services.missing import Missing

if TYPE_CHECKING:
    from school_logistics.models.month_close import MonthAct
    from school_logistics.ui.jobs import Job, Progress, Runner
    from school_logistics.ui.paper_services import PaperServices

FILES = FormState("", "学校、人员等资料", "不单独印表", 0, 0, empty=False, word="")
"""Stands for what is missing in files that are printed on other forms only."""

_TONES = {
    Standing.GAPS: "late", Standing.DIFFERS: "late", Standing.EMPTY: "soon", Standing.PRINTED: "soon",
    Standing.READY: "ok", Standing.SIGNED: "ok",
}  # fmt: skip
_SHORT = {
    Standing.READY: "可打印", Standing.PRINTED: "待签", Standing.SIGNED: "已签", Standing.DIFFERS: "与签字版不同",
    Standing.GAPS: "缺", Standing.EMPTY: "无记录",
}  # fmt: skip


class Found(NamedTuple):
    """How a month stands."""

    month: Month
    states: tuple[FormState, ...]
    missing: tuple[Missing, ...]
    closed: MonthAct | None
    """The closing of the month, when it is closed."""
    doubts: tuple[Missing, ...] = ()
    """What should be looked at once more before it is printed."""

    def lines(self) -> list[FormState]:
        """The forms, and one line for what is missing in files that are not printed themselves."""
        loose = sum(1 for one in self.missing if not one.form)
        return [*self.states, *([FILES._replace(gaps=loose, word=f"缺 {loose}")] if loose else [])]

    def ready(self) -> tuple[str, ...]:
        """Codes of the forms that are complete and still to be printed."""
        return tuple(one.code for one in self.states if one.printable)

    def missing_of(self, code: str) -> list[Missing]:
        """What one form lacks: gaps in its records, or that it has none; then what should be looked at again."""
        lacking = next((one.lacking for one in self.states if one.code == code), ())
        others = (one for one in self.missing if one.form == code and not (code and one.is_gap))
        return [*lacking, *others, *(one for one in self.doubts if one.form == code)]

    def fact(self) -> str:
        """17 张：10 可打印 · 2 待签 · 3 已签 · 2 缺."""
        counted = Counter(one.standing for one in self.states)
        parts = [f"{counted[standing]} {word}" for standing, word in _SHORT.items() if counted[standing]]
        return f"{len(self.states)} 张：{' · '.join(parts)}"


class AskingMonth(QObject):
    """Asks how a month stands; the last answer counts."""

    found = Signal(object)
    """A `Found`."""
    failed = Signal(object)
    """An `OfficeError`."""

    def __init__(self, papers: PaperServices, jobs: Runner, parent: QObject) -> None:
        """Ask nothing yet."""
        super().__init__(parent)
        self._papers, self._jobs = papers, jobs
        self._job: Job | None = None
        self._month: Month | None = None
        self._again = False

    @property
    def asked(self) -> bool:
        """Whether anything was ever asked."""
        return self._month is not None

    def ask(self, month: Month) -> None:
        """Ask in a job; when one is running already, once more after it."""
        changed = self._job is not None and self._job.running()
        self._month = month
        if changed:
            self._again = True
            return
        self._again = False
        papers = self._papers

        def work(progress: Progress) -> Found:
            progress.step(0, 1, "查看各张表")
            look = papers.pack.look(month)
            return Found(month, look.states, look.missing, papers.closing.closed(month), look.doubts)

        self._job = self._jobs.start(work, done=self._take, failed=self.failed.emit)

    def _take(self, found: Found) -> None:
        if self._again or found.month != self._month:
            self._job, self._again = None, False
            if self._month is not None:
                self.ask(self._month)
            return
        self.found.emit(found)


def verdict(form: FormState, looks: int) -> tuple[str, str]:
    """How a form stands and the one next act, in a sentence and its tone; so many things are to be looked at again."""
    if not form.code:
        return f"还缺 {form.gaps} 处", "late"
    tone = "soon" if looks and form.standing is Standing.READY else _TONES[form.standing]
    return f"{form.why}，{form.next_act}" + (f"；打印前有 {looks} 处要再看一眼" if looks else ""), tone
