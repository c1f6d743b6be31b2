"""Each rule of the house sees red on a made-up offender, and leaves its neighbour in peace."""

from __future__ import annotations

import pytest

from tests.architecture import house
from tests.architecture.house import Rule, complaints, read

DOCSTRING = '"""Says what it is for."""\n'

OFFENDERS: list[tuple[Rule, str, str]] = [
    (house.imports_downwards, "rules.food", "from school_logistics.models import ledger"),
    (house.imports_downwards, "rules.food", "from school_logistics import paths"),
    (house.imports_downwards, "rules.food", "from ..models.ledger import Field"),
    (house.imports_downwards, "models.canteen", "import school_logistics.services.desk"),
    (house.imports_downwards, "reports.form", "from school_logistics.catalogue import LEDGERS"),
    (house.imports_downwards, "services.desk", "def show():\n    from school_logistics.ui import theme"),
    (house.imports_downwards, "ui.theme", "from school_logistics.app import main"),
    (house.imports_downwards, "errors", "from school_logistics.paths import resource_path"),
    (house.imports_downwards, "basement.boiler", "x = 1"),
    (house.knows_only_its_libraries, "rules.kinds", "import sqlalchemy"),
    (house.knows_only_its_libraries, "models.audit", "from PySide6.QtCore import QObject"),
    (house.knows_only_its_libraries, "models.audit", "import sqlcipher3"),
    (house.knows_only_its_libraries, "reports.form", "from reportlab.lib import colors"),
    (house.knows_only_its_libraries, "reports.pdf", "import openpyxl"),
    (house.knows_only_its_libraries, "catalogue", "import sqlalchemy"),
    (house.knows_only_its_libraries, "services.sheets", "from reportlab.pdfgen import canvas"),
    (house.knows_only_its_libraries, "services.backup", "import sqlite3"),
    (house.knows_only_its_libraries, "ui.record_table", "from sqlalchemy import select"),
    (house.knows_only_its_libraries, "ui.record_table", "import requests"),
    (house.starts_without_heavy_libraries, "cli", "import sqlalchemy"),
    (house.starts_without_heavy_libraries, "cli", "from school_logistics.services import desk"),
    (house.starts_without_heavy_libraries, "__main__", "from school_logistics.app import main"),
    (house.writes_sql_in_storage_only, "services.desk", "from sqlalchemy import select, update"),
    (house.writes_sql_in_storage_only, "services.desk", "from sqlalchemy import text as words"),
    (house.writes_sql_in_storage_only, "services.desk", "from sqlalchemy.dialects.sqlite import insert"),
    (house.writes_sql_in_storage_only, "services.desk", "import sqlalchemy as sa\nsa.delete(table)"),
    (house.writes_sql_in_storage_only, "services.desk", "session.execute(Bus.__table__.delete())"),
    (house.writes_sql_in_storage_only, "services.desk", "connection.exec_driver_sql('VACUUM')"),
    (house.makes_sessions_in_the_store_only, "services.desk", "from sqlalchemy.orm import sessionmaker as m\nm()"),
    (house.makes_sessions_in_the_store_only, "app", "import sqlalchemy\nsqlalchemy.create_engine('sqlite://')"),
    (house.makes_sessions_in_the_store_only, "models.audit", "from sqlalchemy import orm\norm.sessionmaker()"),
    (house.opens_the_store_in_app_only, "cli", "from school_logistics.models.store import Store\nStore(path)"),
    (
        house.opens_the_store_in_app_only,
        "services.demo",
        "from school_logistics.models import store\nstore.Store(path)",
    ),
    (house.shows_boxes_in_messages_only, "ui.print_room", "from PySide6.QtWidgets import QFileDialog"),
    (house.shows_boxes_in_messages_only, "app", "from PySide6 import QtWidgets\nQtWidgets.QMessageBox.about()"),
    (house.asks_no_clock, "rules.due", "from datetime import date\ndate.today()"),
    (house.asks_no_clock, "services.desk", "import datetime\ndatetime.datetime.now()"),
    (house.asks_no_clock, "services.desk", "clock = datetime.now"),
    (house.asks_no_clock, "cli", "import time\ntime.time()"),
    (house.asks_no_clock, "cli", "from time import time"),
    (house.asks_no_clock, "models.audit", "from sqlalchemy import func\nfunc.now()"),
    (house.asks_no_clock, "ui.editors", "QDate.currentDate()"),
    (house.imports_nothing_private, "services.desk", "from school_logistics.rules.kinds import _read"),
    (house.imports_nothing_private, "services.desk", "from school_logistics.rules._kinds import read"),
    (house.has_a_telling_name, "services.utils", "x = 1"),
    (house.has_a_telling_name, "ui.common.theme", "x = 1"),
    (house.catches_only_what_it_names, "services.desk", "try:\n    go()\nexcept Exception:\n    pass"),
    (house.catches_only_what_it_names, "ui.theme", "try:\n    go()\nexcept (ValueError, BaseException):\n    pass"),
    (house.catches_only_what_it_names, "ui.theme", "try:\n    go()\nexcept:\n    pass"),
    (house.keeps_functions_short, "services.desk", "def long():\n" + "    step()\n" * 60),
]

NEIGHBOURS: list[tuple[str, str]] = [
    ("rules.food", "from school_logistics.errors import OfficeError\nfrom .dates import parse"),
    (
        "models.store",
        "import sqlcipher3\nfrom sqlalchemy import create_engine, text\nfrom sqlalchemy.orm import sessionmaker",
    ),
    (
        "models.canteen",
        "from sqlalchemy.orm import Mapped\nfrom school_logistics.models.ledger import text\ntext('品名')",
    ),
    (
        "reports.pdf.blocks",
        "from reportlab.pdfgen.canvas import Canvas\nfrom school_logistics.paths import resource_path",
    ),
    ("services.desk", "from sqlalchemy import select\nsession.delete(row)\nnames.update(other)\nrow.text"),
    ("services.rows", "from school_logistics.models.store import Store\ndef rows(store: Store): pass"),
    ("app", "from school_logistics.models.store import Store\nStore(path)"),
    ("ui.messages", "from PySide6.QtWidgets import QFileDialog, QMessageBox"),
    ("ui.jobs", "try:\n    go()\nexcept Exception:\n    tell()"),
    ("ui.theme", "from __future__ import annotations\nimport time\ntime.monotonic()"),
    ("app", "from datetime import date, datetime\ndate.today()\ndatetime.now()"),
    ("cli", "import argparse\nfrom school_logistics.errors import OfficeError\ndef go():\n    import sqlalchemy"),
    ("cli", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from school_logistics.services.desk import Desk"),
]


@pytest.mark.parametrize(("rule", "name", "source"), OFFENDERS)
def test_rule_sees_red_on_an_offender(rule: Rule, name: str, source: str) -> None:
    assert list(rule(read(name, DOCSTRING + source))) != []


@pytest.mark.parametrize(("name", "source"), NEIGHBOURS)
def test_rules_leave_an_honest_module_in_peace(name: str, source: str) -> None:
    assert complaints(read(name, DOCSTRING + source)) == []


def test_module_without_a_docstring_is_named() -> None:
    assert list(house.says_what_it_is_for(read("rules.food", "x = 1"))) == ["has no docstring that says what it is for"]


def test_package_with_code_in_its_init_is_named() -> None:
    module = read("rules", DOCSTRING + "from school_logistics.rules import food", is_package=True)

    assert list(house.says_what_it_is_for(module)) == ["a package's __init__.py holds only its docstring"]


def test_relative_import_is_resolved_from_a_package_and_from_a_module() -> None:
    package = read("rules.fire", "from ..errors import OfficeError", is_package=True)
    module = read("rules.fire.dates", "from ...errors import OfficeError")

    assert [one.ours for one in (*package.imports(), *module.imports())] == ["rules", "errors"]


def test_every_rule_is_tried_on_an_offender() -> None:
    tried = {rule for rule, _, _ in OFFENDERS} | {house.says_what_it_is_for}

    assert set(house.RULES) == tried
