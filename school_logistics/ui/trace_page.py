"""Where a dish or a delivery came from and where it went, on one page beside the window's own: Ctrl+T.

Each line leads to its record; the whole prints as a sheet to hand over.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from school_logistics.errors import OfficeError
from school_logistics.services.printing import file_name, write_whole
from school_logistics.services.tracing import Tracing, sheet
from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.chips import State
from school_logistics.ui.message_bar import MessageAction
from school_logistics.ui.messages import PDF
from school_logistics.ui.office_page import Message
from school_logistics.ui.parts import Words
from school_logistics.ui.side_panel import SidePanel
from school_logistics.ui.theme import Type
from school_logistics.ui.trace_evidence import EvidenceLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from school_logistics.reports.pdf import Drawn
    from school_logistics.reports.traced import Part, Trace
    from school_logistics.ui.jobs import Progress
    from school_logistics.ui.office_page import Surroundings
    from school_logistics.ui.paper_printer import Printer

WIDTH = 560
"""In pixels of the usual type size."""


class TracePage(SidePanel):
    """One trace; the window puts it into its drawer."""

    record_wanted = Signal(str, int, str)
    """Ledger key, id, field: show the record behind a line."""
    said = Signal(str, str)
    message = Signal(object)

    def __init__(self, around: Surroundings, printer: Printer | None = None) -> None:
        """Start empty; without a `printer` those of the system are asked."""
        super().__init__(around.theme, "追溯", fill="surface")
        self._around, self._printer = around, printer
        self.tracing = Tracing(around.office.desk)
        self._shown: Trace | None = None
        self._of = ("", 0)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self.body.addWidget(self._inside)
        self.print_button = Button(self._theme, "打印追溯单", icon="printer", look=Look.BORDERED)
        self.save_button = Button(self._theme, "存成 PDF", icon="file-down")
        self.print_button.clicked.connect(self.print_sheet)
        self.save_button.clicked.connect(self.save_sheet)
        self.foot.addWidget(self.print_button)
        self.foot.addWidget(self.save_button)
        self.foot.addStretch(1)
        self.foot_panel.show()

    def show_trace(self, ledger: str, one: int) -> None:
        """Follow a record; raises OfficeError when it cannot be followed."""
        trace = self._shown = self.tracing.trace(ledger, one)
        self._of = (ledger, one)
        self.set_title(trace.title)
        self.title.setToolTip(trace.title)
        if trace.wrong:
            self.set_chip(State.LATE, f"{trace.wrong} 处缺或无效")
        else:
            self.set_chip(State.OK, "证据齐全")
        self._begin_anew()
        for place, part in enumerate(trace.parts, start=1):
            self._tell(place, part)
        self._column.addStretch(1)
        self.area.verticalScrollBar().setValue(0)

    def follow(self) -> None:
        """Something was changed: follow the same record anew; one that is gone stays as it was last seen."""
        try:
            self.show_trace(*self._of)
        except OfficeError as gone:
            self.said.emit(str(gone), "late")

    def shown(self) -> Trace | None:
        """What is followed."""
        return self._shown

    def lines(self) -> list[EvidenceLine]:
        """The lines, from top to bottom."""
        return self._inside.findChildren(EvidenceLine)

    def focus_first(self) -> None:
        """Take the keyboard at the first line that leads to a record."""
        first = next((one for one in self.lines() if one.isEnabled()), self.close_button)
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _begin_anew(self) -> None:
        self.body.removeWidget(self._inside)
        self._inside.hide()
        self._inside.setParent(None)
        self._inside.deleteLater()
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.body.addWidget(self._inside)

    def _tell(self, place: int, part: Part) -> None:
        theme, sizes = self._theme, self._theme.sizes
        self._column.addSpacing(sizes.small)
        self._column.addWidget(Words(theme, f"{place}　{part.heading}", kind=Type.LABEL, color="ink2", bold=True))
        if part.note:
            self._column.addWidget(Words(theme, part.note, kind=Type.QUIET, color="soon", wrap=True))
        self._column.addSpacing(sizes.tiny)
        for one in part.evidence:
            line = EvidenceLine(theme, one)
            line.clicked.connect(
                lambda _checked=False, ledger=one.ledger, number=one.id: self.record_wanted.emit(ledger, number, "")
            )
            self._column.addWidget(line)
        if not part.evidence and part.none:
            self._column.addWidget(Words(theme, f"缺：{part.none}", color="late", wrap=True))
        if part.more:
            more = f"另有 {part.more} 条，请到台账里看"
            self._column.addWidget(Words(theme, more, kind=Type.QUIET, color="ink3"))

    # --- the sheet ---------------------------------------------------------------------------------

    def print_sheet(self) -> None:
        """Print the sheet on a printer of the user's choice."""
        self._with_sheet(self._send)

    def save_sheet(self) -> None:
        """Save the sheet as a PDF."""
        trace = self._shown
        if trace is None:
            return
        path = self._around.messages.save_file("存成 PDF", Path.home() / file_name("追溯单", trace.title), (PDF,))
        if path is not None:
            self._with_sheet(lambda drawn: self._saved(write_whole(path, drawn.data)))

    def _with_sheet(self, done: Callable[[Drawn], None]) -> None:
        trace, desk = self._shown, self._around.office.desk
        if trace is None:
            return

        def take(drawn: Drawn) -> None:
            try:
                done(drawn)
            except OfficeError as error:
                self._failed(error)

        def lay_out(_progress: Progress) -> Drawn:
            return sheet(desk, trace)

        self._around.jobs.start(lay_out, done=take, failed=self._failed)

    def _send(self, drawn: Drawn) -> None:
        from school_logistics.ui.paper_printer import SystemPrinter

        printer = self._printer or SystemPrinter(self._around.settings)
        title = f"追溯单 {self._shown.title}" if self._shown is not None else "追溯单"
        paper = printer.ask(self.window(), f"打印{title}", sum(drawn.pages))
        if paper is None:
            self.said.emit("没有打印。", "")
            return
        self._around.jobs.start(
            lambda progress: paper.print_pdf(drawn.data, title, progress),
            done=lambda sent: self.said.emit(f"已送打印机：{title}，共 {sent} 页。", "ok"),
            failed=self._failed,
        )

    def _saved(self, path: Path) -> None:
        look = MessageAction("打开看看", lambda: self._open(path))
        self.message.emit(Message(f"已存：{path.name}", f"在 {path.parent}", icon="check", actions=(look,)))

    def _open(self, path: Path) -> None:
        self._around.messages.open_with_system(path)

    def _failed(self, error: OfficeError) -> None:
        self.message.emit(Message(str(error), tone="late"))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(WIDTH), super().sizeHint().height())

    def wanted_width(self) -> int:
        """Wider than other panels: a trace is read as a page."""
        return self._theme.px(WIDTH)
