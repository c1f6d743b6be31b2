"""Take pictures of the program as it is: the two of the README, or with `--all DIR` every page of window and paper.

    python3 dev.py pictures               docs/main-window.png and docs/printed-form.png
    python3 dev.py pictures --all DIR     every tab and ledger, light, dark and at 150 %, and every page of the pack

Everything is made from the demonstration school on 22 November 2026, without a screen, so the same program gives the
same pictures on any machine.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from school_logistics.app import Office
    from school_logistics.ui.main_window import MainWindow

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
DAY = "2026-11-22"
LEDGER, FORM = "food_purchase", "C03"
WIDTH, HEIGHT = 1366, 768
DPI = 110
LOOKS = {"light": (), "dark": ("--dark",), "large": ("--percent", "150"), "scaled": ("--scaled",)}
"""Light, dark, letters half as large again, and a screen at 150 % (911 × 512 points)."""
_SETTLE_SECONDS = 0.4
_PREVIEW_SECONDS = 2.5
"""A page of paper is drawn for the screen by a thread of Qt's own."""


def main() -> int:
    """Take what is asked for; the files are named one by one."""
    asked = _parser().parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sys.path.insert(0, str(ROOT))
    if asked.all:
        return _all(asked.all)
    with tempfile.TemporaryDirectory() as folder:
        office = _demonstration(Path(folder))
        try:
            if asked.window:
                _every_page(office, asked.window, asked)
            elif asked.paper:
                _every_sheet(office, asked.paper)
            else:
                _for_the_readme(office)
        finally:
            office.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--all", type=Path, metavar="DIR", help="everything, in every look")
    what.add_argument("--window", type=Path, metavar="DIR", help="every tab and ledger in one look")
    what.add_argument("--paper", type=Path, metavar="DIR", help="every page of the month's pack")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--percent", type=int, default=100, help="size of the letters")
    parser.add_argument("--scaled", action="store_true", help="the window as large as a screen at 150 %% leaves it")
    return parser


def _all(folder: Path) -> int:
    """Each look in a process of its own: Qt reads its scale once."""
    for look, words in LOOKS.items():
        scale = "1.5" if look == "scaled" else "1"
        _again("--window", str(folder / look), *words, scale=scale)
    _again("--paper", str(folder / "paper"))
    return 0


def _again(*words: str, scale: str = "1") -> None:
    subprocess.run([sys.executable, __file__, *words], env={**os.environ, "QT_SCALE_FACTOR": scale}, check=True)


def _demonstration(folder: Path) -> Office:
    """The demonstration school, made anew."""
    from school_logistics.app import clock_for, open_office
    from school_logistics.services.demo import make_demo

    office = open_office(folder, clock_for(DAY))
    make_demo(office.desk)
    return office


def _window(office: Office, app: QApplication, asked: argparse.Namespace) -> MainWindow:
    from school_logistics.settings import Settings
    from school_logistics.ui.jobs import AtOnce
    from school_logistics.ui.main_window import MainWindow
    from school_logistics.ui.pages import pages_of
    from school_logistics.ui.theme import Theme

    theme = Theme(dark=asked.dark, percent=asked.percent)
    theme.apply(app)
    window = MainWindow(theme, Settings.read(None), AtOnce())
    part = 1.5 if asked.scaled else 1
    window.resize(round(WIDTH / part), round(HEIGHT / part))
    window.show()
    window.furnish(office, pages_of(office))
    return window


def _application() -> QApplication:
    from PySide6.QtWidgets import QApplication

    return QApplication(sys.argv[:1])


def _for_the_readme(office: Office) -> None:
    app = _application()
    window = _window(office, app, argparse.Namespace(dark=False, percent=100, scaled=False))
    window.open_blank(LEDGER)
    _take(app, window, DOCS / "main-window.png")
    window.close()
    _sheets(office, DOCS, only=FORM, first_named="printed-form")


def _every_page(office: Office, folder: Path, asked: argparse.Namespace) -> None:
    from school_logistics.ui.tabs import TABS, Page

    app = _application()
    window = _window(office, app, asked)
    for number, tab in enumerate(TABS):
        window.show_tab(tab.key)
        patience = _PREVIEW_SECONDS if tab.page is Page.PRINT else _SETTLE_SECONDS
        _take(app, window, folder / f"{number:02}_{tab.name}.png", patience)
        if tab.page is Page.LEDGERS:
            for ledger in (one for one in office.desk.ledgers() if one.group == tab.key):
                window.open_blank(ledger.key)
                _take(app, window, folder / f"{number:02}_{tab.name}_{ledger.key}.png")
    window.close()


def _every_sheet(office: Office, folder: Path) -> None:
    _application()
    _sheets(office, folder, first_named="pack")


def _sheets(office: Office, folder: Path, *, first_named: str, only: str = "") -> None:
    """Render pages of last month: one form's first page, or the whole pack."""
    from school_logistics.rules.calendar import Month
    from school_logistics.ui.paper_printer import opened, page_image

    month = Month.of(office.desk.today).previous()
    drawn = office.pack.draw(only, month) if only else office.pack.pack(month)
    document, source = opened(drawn.data)
    for page in range(1 if only else document.pageCount()):
        name = first_named if only else f"{first_named}_{page + 1:03}"
        folder.mkdir(parents=True, exist_ok=True)
        page_image(document, page, DPI).save(str(folder / f"{name}.png"))
        print(folder / f"{name}.png")
    document.close()
    source.close()


def _take(app: QApplication, window: MainWindow, path: Path, patience: float = _SETTLE_SECONDS) -> None:
    """Wait until what was asked for stands, then take it."""
    until = monotonic() + patience
    while monotonic() < until:
        app.processEvents()
    path.parent.mkdir(parents=True, exist_ok=True)
    window.grab().save(str(path))
    print(path)


if __name__ == "__main__":
    sys.exit(main())
