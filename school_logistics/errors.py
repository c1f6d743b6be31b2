"""The errors a person is told about: a sentence that says what is wrong, what is safe and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from enum import Enum


class Objected(Protocol):
    """What an objection tells, whoever raises it: how grave, about which field, in which words, by which clause."""

    @property
    def level(self) -> Enum:
        """How grave it is."""

    @property
    def field(self) -> str:
        """Key of the field it blames; empty when it concerns the whole record."""

    @property
    def sentence(self) -> str:
        """What is wrong, for the person to read."""

    @property
    def clause(self) -> str:
        """The legal text behind it; empty when there is none."""


class OfficeError(Exception):
    """Something the world or the user caused; its text is a Chinese sentence, never a traceback."""


class Unreadable(OfficeError):
    """What was typed or found in a cell makes no sense for its field; the sentence does not repeat the field's name."""


class Unacceptable(OfficeError):
    """A record that may not be saved; `objections` names every field at once, nothing was changed."""

    def __init__(self, objections: Iterable[Objected]) -> None:
        """Tell all objections in one sentence."""
        self.objections = tuple(objections)
        super().__init__("；".join(one.sentence.rstrip("。") for one in self.objections) + "。")


class FileTrouble(OfficeError):
    """A file that cannot be read or written."""


class StoreTrouble(OfficeError):
    """The data file is full, locked, read-only, damaged, or from a newer version."""


class Cancelled(OfficeError):
    """The user stopped long work; nothing of it was kept."""

    def __init__(self) -> None:
        """Say that nothing changed."""
        super().__init__("已取消，没有改动任何数据。")
