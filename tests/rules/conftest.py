"""The rule book and the school calendar as shipped, for the rules' tests."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from school_logistics.rules.book import RuleBook, read_rule_book
from school_logistics.rules.calendar import SchoolCalendar, read_calendar

RESOURCES = Path(__file__).parents[2] / "resources"


@pytest.fixture(scope="session")
def book() -> RuleBook:
    return read_rule_book((RESOURCES / "rules" / "rulebook.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def school_calendar() -> SchoolCalendar:
    return read_calendar(*(path.read_text(encoding="utf-8") for path in (RESOURCES / "calendars").glob("*.toml")))


class Row(SimpleNamespace):
    """A record as a rule sees it: what was not said is blank."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return None


@pytest.fixture(scope="session")
def row() -> type[Row]:
    return Row
