"""Forms onto paper and into files: laid out, printed, saved and opened, each in a job that can be stopped."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal

from school_logistics.errors import FileTrouble, OfficeError
from school_logistics.services.printing import file_name, write_whole
from school_logistics.ui.message_bar import MessageAction
from school_logistics.ui.messages import PDF
from school_logistics.ui.office_page import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from school_logistics.models.signed import Version
    from school_logistics.rules.calendar import Month
    from school_logistics.services.form_states import FormState
    from school_logistics.services.month import WrittenForm
    from school_logistics.services.signing import Press
    from school_logistics.ui.jobs import Progress
    from school_logistics.ui.office_page import Surroundings
    from school_logistics.ui.paper_printer import Paper, Printer
    from school_logistics.ui.paper_services import PaperServices
    from school_logistics.ui.progress_strip import ProgressStrip

T = TypeVar("T")
_NOT_IN_NAMES = frozenset('\\/:*?"<>|')
_OPENED = "school-logistics"
"""Folder for what is opened in another program, among the system's temporary files."""


class _LaidOut(NamedTuple):
    """What is about to be printed, and what is to be kept of it when it is."""

    data: bytes
    pages: int
    press: Press | None

    @classmethod
    def of(cls, press: Press) -> _LaidOut:
        """The one paper of a press."""
        copy = press.printed[0].copy
        return cls(copy.data, copy.pages, press)


class FormOutput(QObject):
    """Prints, saves and opens forms of a month for the print room."""

    said = Signal(str, str)
    """A sentence for the status line and its tone."""
    message = Signal(object)
    """A `Message` for the message bar."""

    def __init__(
        self, around: Surroundings, papers: PaperServices, printer: Printer, progress: ProgressStrip, parent: QWidget
    ) -> None:
        """`printer` asks for the printer to use, `progress` tells how far the work is."""
        super().__init__(parent)
        self._around, self._printer, self._progress = around, printer, progress
        self._pack, self._signing = papers.pack, papers.signing
        self._parent = parent

    # --- paper -------------------------------------------------------------------------------------

    def print_forms(self, codes: Sequence[str], month: Month, title: str) -> None:
        """Print one form, or several behind their cover; they are kept when they go to the printer."""

        def lay_out(progress: Progress) -> _LaidOut:
            if len(codes) == 1:
                return _LaidOut.of(self._signing.lay_out(month, codes, progress))
            return _LaidOut(*self._signing.book(month, codes, progress))

        self._work("正在排版", lay_out, lambda laid: self._send(laid, title))

    def print_again(self, version: Version) -> None:
        """Print a kept version, the same to the byte."""

        def take(_progress: Progress) -> _LaidOut:
            return _LaidOut(self._signing.reprint(version), version.pages, None)

        self._work("正在取签字版", take, lambda laid: self._send(laid, f"{version.title}（签字版）"))

    def print_correction(self, version: Version, reason: str) -> None:
        """Print the correction note of a version."""

        def lay_out(_progress: Progress) -> _LaidOut:
            return _LaidOut.of(self._signing.correct(version, reason))

        self._work("正在排版", lay_out, lambda laid: self._send(laid, f"{version.title}更正说明"))

    def _send(self, laid: _LaidOut, title: str) -> None:
        """Ask for the printer now that the number of pages is known, and send them."""
        try:
            paper = self._printer.ask(self._parent.window(), f"打印{title}", laid.pages)
        except OfficeError as error:
            self._tell(error)
            return
        if paper is None:
            self.said.emit("没有打印。", "")
            return
        chosen: Paper = paper

        def send(progress: Progress) -> int:
            if laid.press is not None:
                laid.press.keep()
            return chosen.print_pdf(laid.data, title, progress)

        def done(sent: int) -> None:
            self.said.emit(f"已送打印机：{title}，共 {sent} 页。", "ok")

        self._work("正在打印", send, done)

    # --- files -------------------------------------------------------------------------------------

    def save_form(self, form: FormState, month: Month) -> None:
        """Save one form as a PDF; what leaves the program is kept."""
        path = self._ask_where(file_name(form.code, form.title, month.iso))
        if path is None:
            return

        def work(_progress: Progress) -> Path:
            press = self._signing.lay_out(month, [form.code])
            written = write_whole(path, press.printed[0].copy.data)
            press.keep()
            return written

        self._work("正在存", work, self._saved)

    def save_book(self, codes: Sequence[str], month: Month) -> None:
        """Save forms bound behind their cover; none named means all."""
        path = self._ask_where(f"{self._school()}{month}检查表.pdf")
        if path is None:
            return

        def work(progress: Progress) -> Path:
            book = self._signing.book(month, codes, progress)
            written = write_whole(path, book.data)
            book.press.keep()
            return written

        self._work("正在排版", work, self._saved)

    def _school(self) -> str:
        """The school's name as the beginning of a file's name; "" while it is unknown or no name for a file."""
        name = self._around.settings.school
        return f"{name}_" if name and not set(name) & _NOT_IN_NAMES else ""

    def save_all(self, month: Month) -> None:
        """Save one file a form and the whole pack into a folder."""
        folder = self._around.messages.choose_folder(f"把{month}的检查表存到哪个文件夹")
        if folder is None:
            return

        def done(written: list[WrittenForm]) -> None:
            what = f"已存 {len(written) + 1} 个 PDF 到「{folder}」。"
            self._offer_opening(what, f"{len(written)} 张表各一个，另有整本 PACK。", folder)

        self._work("正在排版", lambda progress: self._signing.write(month, folder, progress=progress), done)

    def open_form(self, form: FormState, month: Month) -> None:
        """Open one form, without hatching, in the system's own program."""
        path = Path(tempfile.gettempdir(), _OPENED, file_name(form.code, form.title, month.iso))

        def done(written: Path) -> None:
            if not self._around.messages.open_with_system(written):
                self._tell(FileTrouble("这台电脑没有能打开 PDF 的程序。可以先存成 PDF，拿到别的电脑上看。"))

        self._work("正在排版", lambda _progress: write_whole(path, self._pack.draw(form.code, month).data), done)

    def _ask_where(self, name: str) -> Path | None:
        return self._around.messages.save_file("存成 PDF", Path.home() / name, (PDF,))

    def _saved(self, path: Path) -> None:
        self._offer_opening(f"已存：{path.name}", f"在 {path.parent}", path)

    def _offer_opening(self, what: str, safe: str, path: Path) -> None:
        look = MessageAction("打开看看", lambda: self._open(path))
        self.message.emit(Message(what, safe, icon="check", actions=(look,)))

    def _open(self, path: Path) -> None:
        self._around.messages.open_with_system(path)

    def _work(self, what: str, work: Callable[[Progress], T], done: Callable[[T], None]) -> None:
        self._progress.run(self._around.jobs, what, work, done, failed=self._tell, told=self.said.emit)

    def _tell(self, error: OfficeError) -> None:
        self.message.emit(Message(str(error), tone="late"))
