"""What the clerk has set about the window: look, size of the type, whose name goes into the trail.

A small file beside the data, read before the window is painted; nothing in it is a record. A file that cannot be
read is as good as none: the window then starts as it came.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from school_logistics.errors import FileTrouble

FILE = "settings.json"
LARGEST_OFFSET = 100
"""Tenths of a millimetre."""
SMALLEST_PERCENT, USUAL_PERCENT, LARGEST_PERCENT = 90, 100, 200


@dataclass
class Settings:
    """The settings as they are now; `keep` writes them down."""

    file: Path | None = None
    dark: bool = False
    percent: int = USUAL_PERCENT
    """Size of the type, in percent of 10.5 pt."""
    actor: str = ""
    """Whose name stands beside each act in the trail."""
    school: str = ""
    """The school's name as last read from its ledger, so that the window can show it before the data is open."""
    binding: bool = False
    """Whether paper gets a margin for binding at the left."""
    offsets: dict[str, Any] = field(default_factory=dict)
    """By how much each printer shifts the page, by its name: (right, down) in tenths of a millimetre."""
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Widths, order and sorting of each ledger's table."""

    @classmethod
    def read(cls, folder: Path | None) -> Settings:
        """The settings of a data folder; those never set are as they came. None keeps nothing, for tests."""
        settings = cls(folder / FILE if folder else None)
        if settings.file is None:
            return settings
        try:
            kept = json.loads(settings.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return settings
        if isinstance(kept, dict):
            settings.take(kept)
        return settings

    def take(self, kept: dict[str, Any]) -> None:
        """Take over what is of the right kind; the rest stays as it is."""
        for one in fields(self):
            value = kept.get(one.name)
            if one.name != "file" and type(value) is type(getattr(self, one.name)):
                setattr(self, one.name, value)
        self.percent = min(max(self.percent, SMALLEST_PERCENT), LARGEST_PERCENT)

    def offset(self, printer: str) -> tuple[int, int]:
        """By how much a printer is to be shifted, right and down, in tenths of a millimetre."""
        match self.offsets.get(printer):
            case [int(right), int(down)]:
                return _bounded(right), _bounded(down)
        return 0, 0

    def set_offset(self, printer: str, right: int, down: int) -> None:
        """Shift a printer from now on, at most by a centimetre."""
        self.offsets = {**self.offsets, printer: [_bounded(right), _bounded(down)]}

    def keep(self) -> None:
        """Write the settings down; raises FileTrouble when the folder cannot be written."""
        if self.file is None:
            return
        kept = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "file"}
        beside = self.file.with_suffix(".new")
        try:
            beside.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
            beside.replace(self.file)
        except OSError as error:
            msg = f"设置没有存下来（{error.strerror}），这次仍然有效，下次打开会恢复原样。台账数据不受影响。"
            raise FileTrouble(msg) from error


def _bounded(tenths: int) -> int:
    return min(max(tenths, -LARGEST_OFFSET), LARGEST_OFFSET)
