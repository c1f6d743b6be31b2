"""Every command by the name it is called by; the words each takes stand in `cli.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_logistics.commands.agreeing import cross_check
from school_logistics.commands.drafting import draft
from school_logistics.commands.duties import coverage, sheet
from school_logistics.commands.month import due, forms, missing
from school_logistics.commands.month_close import close, reopen
from school_logistics.commands.returns import return_
from school_logistics.commands.ruling import rules
from school_logistics.commands.school import demo
from school_logistics.commands.signed import correct, reprint, sign, test_page
from school_logistics.commands.stocking import stock
from school_logistics.commands.tracing import trace
from school_logistics.commands.trail import history, undo
from school_logistics.commands.workbooks import export, import_, ledgers

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from school_logistics.app import Office

COMMANDS: dict[str, Callable[[Office, argparse.Namespace], int]] = {
    "demo": demo,
    "ledgers": ledgers,
    "import": import_,
    "export": export,
    "missing": missing,
    "coverage": coverage,
    "cross-check": cross_check,
    "draft": draft,
    "stock": stock,
    "sheet": sheet,
    "due": due,
    "forms": forms,
    "sign": sign,
    "reprint": reprint,
    "correct": correct,
    "testpage": test_page,
    "close": close,
    "reopen": reopen,
    "return": return_,
    "trace": trace,
    "rules": rules,
    "undo": undo,
    "history": history,
}
