"""The annual return as a workbook: our own, or the bureau's filled in, each in a job that can be stopped."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from school_logistics.reports.annual_return.indicator import Verdict
from school_logistics.ui.message_bar import MessageAction
from school_logistics.ui.messages import WORKBOOK, FileKind
from school_logistics.ui.office_page import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from school_logistics.errors import OfficeError
    from school_logistics.rules.calendar import Period
    from school_logistics.services.returning import AnnualReturns, Exported, Filled
    from school_logistics.ui.jobs import Progress
    from school_logistics.ui.office_page import Surroundings
    from school_logistics.ui.progress_strip import ProgressStrip

T = TypeVar("T")
TEMPLATE = FileKind("教体局的年报表", ("*.xlsx",))
_MOST_NAMED = 3


class ReturnOutput(QObject):
    """Writes workbooks for the page of the annual return."""

    said = Signal(str, str)
    """A sentence for the status line and its tone."""
    message = Signal(object)
    """A `Message` for the message bar."""

    def __init__(self, around: Surroundings, returns: AnnualReturns, progress: ProgressStrip, parent: QObject) -> None:
        """`progress` tells how far the work is."""
        super().__init__(parent)
        self._around, self._returns, self._progress = around, returns, progress

    def export(self, period: Period) -> None:
        """Write our own workbook where the user says."""
        name = self._returns.file_name(period)
        path = self._around.messages.save_file("导出年报", Path.home() / name, (WORKBOOK,))
        if path is not None:
            self._work("正在导出年报", lambda progress: self._returns.export(period, path, progress), self._exported)

    def _exported(self, written: Exported) -> None:
        counted = Counter(Verdict(one.level) for one in written.checks)
        safe = f"填好 {written.filled} 项，{written.unfilled} 项未填"
        safe += f"；{counted[Verdict.WRONG]} 条不平，见 R20" if counted[Verdict.WRONG] else ""
        self._written(f"已导出「{written.file.name}」。", f"{safe}。", written.file)

    def fill(self, period: Period) -> None:
        """Fill the bureau's own workbook; the file chosen stays as it is, a copy is written."""
        template = self._around.messages.open_file("选教体局发的年报表", (TEMPLATE,))
        if template is None:
            return
        suggested = template.with_name(f"{template.stem}_已填{template.suffix}")
        path = self._around.messages.save_file("填好的表存到哪里", suggested, (TEMPLATE,))
        if path is not None:
            self._work("正在填表", lambda _progress: self._returns.fill(period, template, path), self._filled)

    def _filled(self, filled: Filled) -> None:
        told = [f"{len(filled.unfilled)} 处写了「未填」"] if filled.unfilled else []
        if filled.unknown:
            named = "、".join(f"{cell} {code}" for cell, code in filled.unknown[:_MOST_NAMED])
            more = "等" if len(filled.unknown) > _MOST_NAMED else ""
            told.append(f"{len(filled.unknown)} 个代码认不出，原样留着：{named}{more}")
        safe = "；".join([*told, "格式和公式没有动"])
        what = f"已填 {filled.fills} 处，存为「{filled.file.name}」。"
        if not filled.fills:
            what = "这份表里没有可填的 {{指标代码}}，存下的是原样。"
        tone = "soon" if filled.unknown or not filled.fills else "accent"
        self._written(what, f"{safe}。", filled.file, tone)

    def _written(self, what: str, safe: str, file: Path, tone: str = "accent") -> None:
        look = MessageAction("打开看看", lambda: self._open(file))
        icon = "check" if tone == "accent" else ""
        self.message.emit(Message(what, safe, tone=tone, icon=icon, actions=(look,)))

    def _open(self, file: Path) -> None:
        self._around.messages.open_with_system(file)

    def _work(self, what: str, work: Callable[[Progress], T], done: Callable[[T], None]) -> None:
        self._progress.run(self._around.jobs, what, work, done, failed=self._failed, told=self.said.emit)

    def _failed(self, error: OfficeError) -> None:
        self.message.emit(Message(str(error), tone="late"))
