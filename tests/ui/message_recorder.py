"""Stands in for the dialogs: answers what a test has prepared, and remembers what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from school_logistics.ui.messages import FileKind


@dataclass
class RecordedMessages:
    """Set `file`, `folder` and `consent` before the act; look at `asked` after it."""

    file: Path | None = None
    folder: Path | None = None
    consent: bool = True
    asked: list[str] = field(default_factory=list)
    opened: list[Path] = field(default_factory=list)

    def open_file(self, title: str, kinds: Sequence[FileKind], folder: Path | None = None) -> Path | None:
        """Answer with `file`."""
        self.asked.append(title)
        return self.file

    def save_file(self, title: str, suggested: Path, kinds: Sequence[FileKind]) -> Path | None:
        """Answer with `file`."""
        self.asked.append(f"{title} {suggested.name}")
        return self.file

    def choose_folder(self, title: str, folder: Path | None = None) -> Path | None:
        """Answer with `folder`."""
        self.asked.append(title)
        return self.folder

    def confirm(self, question: str, explanation: str, action: str) -> bool:
        """Answer with `consent`."""
        self.asked.append(question)
        return self.consent

    def tell(self, sentence: str, explanation: str = "") -> None:
        """Remember what was said."""
        self.asked.append(sentence)

    def last_words(self, details: str, log: Path) -> None:
        """Remember what was said."""
        self.asked.append(details)

    def open_with_system(self, path: Path) -> bool:
        """Remember what was opened."""
        self.opened.append(path)
        return True
