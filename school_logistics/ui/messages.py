"""Every box and file dialog of the program, behind one protocol, so that tests can answer in the user's place.

Boxes are rare: files to open or save, what cannot be undone, and last words. Everything else is said in the
status line or the message bar.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QMessageBox, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True)
class FileKind:
    """A kind of file as the dialog names it, with its patterns, such as `*.xlsx`."""

    name: str
    patterns: tuple[str, ...]

    def as_filter(self) -> str:
        """In the words Qt's file dialog takes."""
        return f"{self.name} ({' '.join(self.patterns)})"

    def ending(self) -> str:
        """The ending a saved file gets when none was typed."""
        return self.patterns[0].removeprefix("*")


TABLES = FileKind("表格文件", ("*.xlsx", "*.xls", "*.et", "*.csv"))
WORKBOOK = FileKind("Excel 工作簿", ("*.xlsx",))
CSV = FileKind("逗号分隔的文本", ("*.csv",))
PDF = FileKind("PDF 文件", ("*.pdf",))
SCANS = FileKind("签字扫描件", ("*.pdf", "*.jpg", "*.jpeg", "*.png"))
BACKUP = FileKind("备份文件", ("*.db",))


class Messages(Protocol):
    """Asks the user for files and for consent."""

    def open_file(self, title: str, kinds: Sequence[FileKind], folder: Path | None = None) -> Path | None:
        """Ask for a file to read; None when the user thinks better of it."""

    def save_file(self, title: str, suggested: Path, kinds: Sequence[FileKind]) -> Path | None:
        """Ask where to write a file; replacing an existing one has been agreed to."""

    def choose_folder(self, title: str, folder: Path | None = None) -> Path | None:
        """Ask for a folder."""

    def confirm(self, question: str, explanation: str, action: str) -> bool:
        """Ask before what cannot be undone; `action` names the button, such as 清除 3 年前的记录."""

    def tell(self, sentence: str, explanation: str = "") -> None:
        """Say something that stops everything else, such as a data file from a newer version."""

    def last_words(self, details: str, log: Path) -> None:
        """Say that the program met a bug; `details` can be copied, `log` can be opened."""

    def open_with_system(self, path: Path) -> bool:
        """Open a file with the program the system knows for it."""


class BoxMessages:
    """The real dialogs."""

    def __init__(self, parent: Callable[[], QWidget | None]) -> None:
        """`parent` names the window that the dialogs belong to when they open."""
        self._parent = parent

    def open_file(self, title: str, kinds: Sequence[FileKind], folder: Path | None = None) -> Path | None:
        """Ask for a file to read."""
        name, _ = QFileDialog.getOpenFileName(self._parent(), title, str(folder or Path.home()), _filters(kinds))
        return Path(name) if name else None

    def save_file(self, title: str, suggested: Path, kinds: Sequence[FileKind]) -> Path | None:
        """Ask where to write a file; a missing ending is added from the kind chosen."""
        name, chosen = QFileDialog.getSaveFileName(self._parent(), title, str(suggested), _filters(kinds))
        if not name:
            return None
        path = Path(name)
        kind = next((kind for kind in kinds if kind.as_filter() == chosen), kinds[0])
        endings = {pattern.removeprefix("*").lower() for one in kinds for pattern in one.patterns}
        return path if path.suffix.lower() in endings else path.with_name(path.name + kind.ending())

    def choose_folder(self, title: str, folder: Path | None = None) -> Path | None:
        """Ask for a folder."""
        name = QFileDialog.getExistingDirectory(self._parent(), title, str(folder or Path.home()))
        return Path(name) if name else None

    def confirm(self, question: str, explanation: str, action: str) -> bool:
        """Ask with a button that names what it does; Esc and the preset button change nothing."""
        box = self._box(QMessageBox.Icon.Warning, question, explanation)
        yes = box.addButton(action, QMessageBox.ButtonRole.DestructiveRole)
        no = box.addButton("不动", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.setEscapeButton(no)
        box.exec()
        return _is(box.clickedButton(), yes)

    def tell(self, sentence: str, explanation: str = "") -> None:
        """Say it and wait for the user to have read it."""
        box = self._box(QMessageBox.Icon.Information, sentence, explanation)
        box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
        box.exec()

    def last_words(self, details: str, log: Path) -> None:
        """Offer to copy the details and to open the log; what was saved is safe."""
        box = self._box(
            QMessageBox.Icon.Critical,
            "程序遇到了没有料到的情况，刚才这一步没有做完。",
            "已经存好的记录都在。请把下面的内容复制给维护的人；重新打开程序可以接着用。",
        )
        box.setDetailedText(details)
        copy = box.addButton("复制内容", QMessageBox.ButtonRole.ActionRole)
        look = box.addButton("打开日志", QMessageBox.ButtonRole.ActionRole)
        close = box.addButton("关闭", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(close)
        box.exec()
        if _is(box.clickedButton(), copy):
            QGuiApplication.clipboard().setText(details)
        elif _is(box.clickedButton(), look):
            self.open_with_system(log)

    def open_with_system(self, path: Path) -> bool:
        """Open a file with the program the system knows for it."""
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _box(self, icon: QMessageBox.Icon, sentence: str, explanation: str) -> QMessageBox:
        box = QMessageBox(icon, "学校后勤台账", sentence, parent=self._parent())
        box.setInformativeText(explanation)
        box.setTextFormat(Qt.TextFormat.PlainText)
        return box


def _filters(kinds: Sequence[FileKind]) -> str:
    return ";;".join(kind.as_filter() for kind in kinds)


def _is(clicked: QAbstractButton | None, button: QAbstractButton) -> bool:
    return clicked is button
