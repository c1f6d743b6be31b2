"""The floor of the start, as a process of its own: a bare PySide6 window, and with a data file one bare page beside it.

Says on standard output when it is painted, and when the page is read; with each the memory in kilobytes.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

_PAGE = (
    "SELECT p.*, i.name, s.name FROM food_purchase p LEFT JOIN ingredient i ON i.id = p.ingredient "
    "LEFT JOIN supplier s ON s.id = p.supplier WHERE p.bought_on BETWEEN '2026-11-01' AND '2026-11-30' "
    "ORDER BY p.bought_on, p.id LIMIT 100"
)


def say(mark: str) -> None:
    """Tell the process that measures."""
    kilobytes = 0
    if sys.platform == "linux":
        told = Path("/proc/self/statm").read_text(encoding="ascii")
        kilobytes = int(told.split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024
    print(mark, kilobytes, flush=True)


class Bare(QWidget):
    """A window that tells its first paint, then reads one page."""

    def paintEvent(self, event: object) -> None:  # noqa: ARG002, N802 - as Qt has it
        """It is on the screen."""
        say("painted")
        if len(sys.argv) > 1:
            import sqlcipher3.dbapi2

            sqlcipher3.dbapi2.connect(sys.argv[1]).execute(_PAGE).fetchall()
        say("page")
        os._exit(0)


if __name__ == "__main__":
    app = QApplication([])
    window = Bare()
    window.resize(1366, 768)
    window.show()
    app.exec()
