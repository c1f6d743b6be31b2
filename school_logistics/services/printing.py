"""Writing finished papers to disk: a file is there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from school_logistics.errors import FileTrouble

_NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|', "_"))


def file_name(*parts: str) -> str:
    """A name for a PDF that every system takes: C03_食品进货查验记录_2026-10.pdf."""
    return "_".join(part.translate(_NOT_IN_NAMES) for part in parts) + ".pdf"


def write_whole(path: Path, data: bytes) -> Path:
    """Put data into a file, replacing an older one only when everything is written.

    Raises FileTrouble when the folder cannot be written to or the file is open in another program.
    """
    kept: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        kept = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        kept.replace(path)
    except OSError as error:
        if kept is not None:
            kept.unlink(missing_ok=True)
        raise FileTrouble(_sentence(path, error)) from error
    return path


def _sentence(path: Path, error: OSError) -> str:
    safe = "台账数据没有动，原来的文件也没有改。"
    if isinstance(error, PermissionError):
        why = "它可能正在别的程序里打开，或者文件夹不让写。"
        return f"写不了「{path.name}」：{why}{safe}请关掉打开的文件，或换一个文件夹再存。"
    if isinstance(error, FileExistsError | NotADirectoryError):
        return f"「{path.parent}」不是文件夹，没有写出任何东西。请换一个文件夹。"
    return f"写不了「{path.name}」（{error.strerror or error}）。{safe}请看磁盘是否已满、U 盘是否还在，再试一次。"
