"""What every test stands on: a home of its own, no screen, a fixed day, the shipped font, and no unexpected warning.

The environment is set before Qt or the program is imported, so a test can never meet the data of whoever runs it.
"""

from __future__ import annotations

import gc
import logging
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

HOME = tempfile.TemporaryDirectory(prefix="school-logistics-tests-")
for variable, folder in {
    "HOME": ".",
    "USERPROFILE": ".",
    "LOCALAPPDATA": "local",
    "XDG_DATA_HOME": "data",
    "XDG_CONFIG_HOME": "config",
    "XDG_CACHE_HOME": "cache",
    "XDG_RUNTIME_DIR": "runtime",
}.items():
    place = Path(HOME.name, folder)
    place.mkdir(mode=0o700, exist_ok=True)
    os.environ[variable] = str(place)
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("SCHOOL_LOGISTICS_TODAY", None)

# The same examples in every run; `HYPOTHESIS_PROFILE=thorough` looks further, with new ones each time.
settings.register_profile("same", derandomize=True, deadline=None, max_examples=100, database=None)
settings.register_profile("thorough", deadline=None, max_examples=2000, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: sweeping it again after every few tests would take longer than they."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    HOME.cleanup()


@pytest.fixture
def today() -> date:
    """The day on which every test lives: a Sunday, a school year's first term, October complete behind it."""
    return date(2026, 11, 22)


@pytest.fixture
def clock(today: date) -> Callable[[], datetime]:
    """A clock that stands at nine in the morning of `today`, as the command line's `--on` sets it."""
    return lambda: datetime.combine(today, time(9))


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The application as the program dresses it: style Fusion, and the shipped font for Chinese."""
    from PySide6.QtGui import QFont, QFontDatabase

    from school_logistics.paths import resource_path

    qapp.setStyle("Fusion")
    number = QFontDatabase.addApplicationFont(str(resource_path("fonts", "NotoSansSC-Regular.ttf")))
    families = QFontDatabase.applicationFontFamilies(number)
    assert families, "the shipped font cannot be read"
    qapp.setFont(QFont(families[0], 10))
    return qapp


class Warnings(logging.Handler):
    """Collects what is logged as a warning or worse; a test names the phrases it expects in `expected`."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.expected: list[str] = []
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message."""
        self.heard.append(f"{record.name}: {record.getMessage()}")

    def unexpected(self) -> list[str]:
        """Messages that no expected phrase covers."""
        return [said for said in self.heard if not any(phrase in said for phrase in self.expected)]

    def unheard(self) -> list[str]:
        """Expected phrases that never came."""
        return [phrase for phrase in self.expected if not any(phrase in said for said in self.heard)]


@pytest.fixture(autouse=True)
def log_warnings() -> Iterator[Warnings]:
    """Fail a test that logs a warning it did not announce with `log_warnings.expected.append(phrase)`."""
    listener = Warnings()
    logging.getLogger().addHandler(listener)
    yield listener
    logging.getLogger().removeHandler(listener)
    assert listener.unexpected() == []
    assert listener.unheard() == []
