"""The log: what the program did and what went wrong, by record numbers only, never names or personal numbers."""

from __future__ import annotations

import logging
import sys
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

LOG_FILE = "日志.txt"
_MOST_BYTES = 500_000
_KEPT_FILES = 3


def start_log(folder: Path) -> Path:
    """Write warnings and worse into a rotating file in the data folder; its path comes back."""
    file = folder / LOG_FILE
    handler = RotatingFileHandler(file, maxBytes=_MOST_BYTES, backupCount=_KEPT_FILES, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.setLevel(logging.WARNING)
    logging.getLogger().addHandler(handler)
    return file


def catch_the_unexpected(last_words: Callable[[str], None]) -> None:
    """Log an error that nobody expected, and hand its details to whoever tells the user."""

    def tell(kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
        places = "".join(_places(kind, trace))
        logging.getLogger("school_logistics").critical("unexpected\n%s", places)
        last_words(places)

    sys.excepthook = tell


def _places(kind: type[BaseException], trace: TracebackType | None) -> list[str]:
    """Where it happened, without the values of the data: they may be personal."""
    from traceback import format_tb

    return [*format_tb(trace), f"{kind.__module__}.{kind.__name__}\n"]
