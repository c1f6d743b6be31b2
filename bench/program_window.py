"""The program itself, started as a user starts it, in a process of its own, telling how far it is.

Says on standard output when the shell is painted, and when a row of the purchase ledger can be typed.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QTimer

from bench.bare_window import say
from school_logistics import cli
from school_logistics.ui import main_window


class Watched(main_window.MainWindow):
    """The window, telling how far it is."""

    def showEvent(self, event: object) -> None:  # noqa: N802 - as Qt has it
        """Begin to listen before anything is painted."""
        self.painted.connect(lambda: say("painted"))
        self.furnished.connect(self.to_the_purchases)
        super().showEvent(event)  # type: ignore[arg-type]  # Qt hands it over

    def to_the_purchases(self) -> None:
        """Show the ledger, with the keyboard in its blank row."""
        self.open_blank("food_purchase")
        QTimer.singleShot(0, self.stand)

    def stand(self) -> None:
        """What was asked for is painted, and the next key would be typed."""
        self.repaint()
        say("page")
        os._exit(0)


if __name__ == "__main__":
    vars(main_window)["MainWindow"] = Watched
    sys.exit(cli.main(["--data-dir", sys.argv[1], "--on", "2026-11-22"]))
