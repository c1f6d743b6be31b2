"""What is done about a printed form: its scan filed, its signature noted or withdrawn, printed again, corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from school_logistics.errors import FileTrouble, OfficeError
from school_logistics.rules.short_code import shown
from school_logistics.ui.message_bar import MessageAction
from school_logistics.ui.messages import SCANS
from school_logistics.ui.office_page import Message
from school_logistics.ui.signing_strip import Sign

if TYPE_CHECKING:
    from collections.abc import Callable

    from school_logistics.models.signed import SignedPaper, Version
    from school_logistics.services.form_states import FormState
    from school_logistics.ui.form_output import FormOutput
    from school_logistics.ui.office_page import Surroundings
    from school_logistics.ui.paper_services import PaperServices


class SigningActs(QObject):
    """Carries out what the strip under a form offers."""

    said = Signal(str, str)
    """A sentence for the status line and its tone."""
    message = Signal(object)
    """A `Message` for the message bar."""
    done = Signal()
    """Something was filed, noted or withdrawn."""

    def __init__(self, around: Surroundings, papers: PaperServices, output: FormOutput, parent: QObject) -> None:
        """`output` prints."""
        super().__init__(parent)
        self._around, self._papers, self._output = around, papers, output

    def do(self, act: Sign, form: FormState, typed: str) -> bool:
        """Carry an act out for the version of a form that counts, or for its correction note; False when refused."""
        if form.version is None:
            return False
        try:
            self._ways()[act](self.version_to_sign(form) if act in {Sign.SCAN, Sign.PAPER} else form.version, typed)
        except OfficeError as error:
            self.message.emit(Message(str(error), tone="late"))
            return False
        return True

    def _ways(self) -> dict[Sign, Callable[[Version, str], None]]:
        return {
            Sign.SCAN: self._scan,
            Sign.PAPER: self._paper,
            Sign.LOOK: self._look,
            Sign.AGAIN: self._again,
            Sign.CORRECT: self._correct,
            Sign.WITHDRAW: self._withdraw,
        }

    def version_to_sign(self, form: FormState) -> Version:
        """What waits for a signature: the correction note or the new print where there is one, else what counts."""
        version = form.version
        if version is None:
            raise OfficeError("这张表还没有打印过，没有可签字的。")
        return form.to_sign or version

    def _scan(self, version: Version, _typed: str) -> None:
        title = f"选「{version.title}」（短码 {shown(version.code)}）签好字的扫描件"
        file = self._around.messages.open_file(title, (SCANS,))
        if file is not None:
            self._settled(self._papers.scans.bind(version, file), f"已归档：{version.title}的签字扫描件")

    def _paper(self, version: Version, typed: str) -> None:
        self._settled(self._papers.scans.keep_on_paper(version, note=typed), f"已记：{version.title}已签字，纸质存档")

    def _withdraw(self, version: Version, typed: str) -> None:
        self._settled(self._papers.scans.withdraw(version, typed), f"已撤回：{version.title}的签字登记")

    def _settled(self, paper: SignedPaper, sentence: str) -> None:
        self.said.emit(f"{sentence}（短码 {shown(paper.code)}）", "ok")
        self.done.emit()

    def _look(self, version: Version, _typed: str) -> None:
        signed = self._papers.scans.signed(version)
        if signed is None or not signed.file:
            raise OfficeError("这张表没有扫描件，只登记了纸质存档。")
        if not self._around.messages.open_with_system(self._papers.scans.file_of(signed)):
            raise FileTrouble("这台电脑没有能打开扫描件的程序；它在数据文件夹的“签字扫描件”里。")

    def _again(self, version: Version, _typed: str) -> None:
        self._output.print_again(version)

    def _correct(self, version: Version, typed: str) -> None:
        if not typed.strip():
            raise OfficeError("更正说明要写明原因，例如“送货单数量看错”。没有打印。")
        self._output.print_correction(version, typed)

    def offer(self, version: Version, sentence: str) -> None:
        """Say in the message bar that a version was found by its code, with what can be done."""
        scan = MessageAction("归档扫描件…", lambda: self._try_scan(version))
        self.message.emit(Message(sentence, icon="qr-code", actions=(scan,)))

    def _try_scan(self, version: Version) -> None:
        try:
            self._scan(version, "")
        except OfficeError as error:
            self.message.emit(Message(str(error), tone="late"))
