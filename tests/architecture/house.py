"""The rules of the house, as functions from a module's source to the complaints about it.

The map says for every room which of our own rooms and which heavy libraries it may know; the other rules keep single
things in their single place. `test_layers.py` asks them for every module of the product, `test_house.py` proves on
made-up offenders that each of them sees red.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

PRODUCT = "school_logistics"

FLOOR = ("errors", "paths")
BELOW_REPORTS = (*FLOOR, "rules", "models")
BELOW_SERVICES = (*BELOW_REPORTS, "reports", "catalogue")
BELOW_UI = (*BELOW_SERVICES, "settings", "logs", "services")
BELOW_START = (*BELOW_UI, "ui")
EVERYTHING = (*BELOW_START, "app", "commands", "selftest", "cli")

ROOMS: dict[str, tuple[str, ...]] = {
    "errors": (),
    "paths": (),
    "rules": ("errors",),
    "models": (*FLOOR, "rules"),
    "reports": BELOW_REPORTS,
    "catalogue": (*BELOW_REPORTS, "reports"),
    "settings": (*FLOOR, "rules"),
    "logs": (*FLOOR, "settings"),
    "services": (*BELOW_SERVICES, "settings", "logs"),
    "ui": BELOW_UI,
    "app": BELOW_START,
    "commands": (*BELOW_UI, "app"),
    "selftest": (*BELOW_START, "app"),
    "cli": EVERYTHING,
    "__main__": EVERYTHING,
}
"""Which rooms of ours a room may import, besides itself."""

LIBRARIES: dict[str, tuple[str, ...]] = {
    "models": ("sqlalchemy",),
    "models.store": ("sqlalchemy", "sqlcipher3"),
    "models.upgrading": ("sqlalchemy", "sqlcipher3"),
    "models.search_index": ("sqlalchemy", "pypinyin"),
    "reports": ("sqlalchemy",),
    "reports.pdf": ("reportlab",),
    "reports.pdf_mark": ("reportlab",),
    "reports.pdf_test_page": ("reportlab",),
    "reports.fonts": ("reportlab",),
    "reports.workbook": ("openpyxl",),
    "services": ("sqlalchemy", "openpyxl", "python_calamine", "defusedxml", "pypinyin"),
    "ui": ("PySide6",),
    "app": ("PySide6", "sqlalchemy"),
    "cli": ("PySide6", "sqlalchemy"),
    "selftest": ("PySide6", "openpyxl"),
}
"""Which foreign libraries a room or one of its modules may import; the longest matching name counts."""

SEES_SQLITE = ("models.store",)
WRITES_SQL = (
    "models.store",
    "models.upgrading",
    "models.audit",
    "models.bulk",
    "models.undo",
    "models.search_index",
    "models.half_typed",
    "models.signed",
    "models.month_close",
)
MAKES_ENGINES = ("models.store",)
OPENS_THE_STORE = ("app",)
STORE = f"{PRODUCT}.models.store"
SHOWS_BOXES = ("ui.messages",)
READS_THE_CLOCK = ("app",)
CATCHES_ALL = ("ui.jobs",)
STARTS_FAST = ("", "__main__", "cli")

CORE_WRITERS = {"insert", "update", "delete", "text"}
ENGINE_MAKERS = {"create_engine", "engine_from_config", "sessionmaker", "scoped_session"}
BOXES = {"QMessageBox", "QFileDialog", "QErrorMessage"}
CLOCKS = {
    "date": {"today"},
    "datetime": {"now", "today", "utcnow"},
    "time": {"time", "time_ns", "localtime", "gmtime"},
    "func": {"now", "current_date", "current_timestamp", "localtime"},
    "QDate": {"currentDate"},
    "QTime": {"currentTime"},
    "QDateTime": {"currentDateTime", "currentDateTimeUtc"},
}
VAGUE_NAMES = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "base", "misc"}
LONGEST_FUNCTION = 60


class Import(NamedTuple):
    """One imported name: where, from which module, which name of it ("" for the module itself), called what here."""

    node: ast.stmt
    module: str
    name: str
    called: str

    @property
    def library(self) -> str:
        """The outermost package."""
        return self.module.split(".")[0]

    @property
    def ours(self) -> str:
        """The room of ours it reaches into; empty for a foreign module."""
        return [*self.module.split("."), self.name][1] if self.library == PRODUCT else ""


@dataclass(frozen=True)
class Module:
    """One module of the product: its name below the package ("" for the package itself) and its parsed source."""

    name: str
    tree: ast.Module
    is_package: bool = False

    @property
    def room(self) -> str:
        """The room it stands in: the first part of its name."""
        return self.name.split(".")[0]

    def imports(self) -> Iterator[Import]:
        """Give every imported name, wherever in the module it is imported."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (Import(node, one.name, "", one.asname or one.name) for one in node.names)
            elif isinstance(node, ast.ImportFrom):
                source = self.resolved(node)
                yield from (Import(node, source, one.name, one.asname or one.name) for one in node.names)

    def resolved(self, node: ast.ImportFrom) -> str:
        """Give the full name of the module that a `from … import` reads, also when it is relative."""
        if not node.level:
            return node.module or ""
        parts = [PRODUCT, *(part for part in self.name.split(".") if part)]
        drop = node.level - 1 if self.is_package else node.level
        return ".".join([*parts[: len(parts) - drop], *([node.module] if node.module else [])])


Rule = Callable[[Module], Iterator[str]]


def read(name: str, source: str, *, is_package: bool = False) -> Module:
    """Parse a module's source."""
    return Module(name, ast.parse(source), is_package=is_package)


def within(name: str, places: tuple[str, ...]) -> bool:
    """Say whether a module is one of these places or lies inside one."""
    return any(name == place or (place and name.startswith(place + ".")) for place in places)


def imports_downwards(module: Module) -> Iterator[str]:
    """A room knows only the rooms below it."""
    if not module.name:
        return
    if module.room not in ROOMS:
        yield f"the room {module.room!r} does not stand on the map"
        return
    allowed = {module.room, *ROOMS[module.room]}
    for one in module.imports():
        if one.ours and one.ours not in allowed:
            yield f"line {one.node.lineno}: {module.room} may not know {one.ours}"


def knows_only_its_libraries(module: Module) -> Iterator[str]:
    """A foreign library is known only where the map says."""
    places = [place for place in LIBRARIES if within(module.name, (place,))]
    allowed = LIBRARIES[max(places, key=len)] if places else ()
    for one in module.imports():
        if one.library == "sqlite3" and module.name not in SEES_SQLITE:
            yield f"line {one.node.lineno}: sqlite3 is known to {', '.join(SEES_SQLITE)} alone"
        elif one.library not in sys.stdlib_module_names and one.library not in (PRODUCT, *allowed):
            yield f"line {one.node.lineno}: {module.name} may not know {one.library}"


def starts_without_heavy_libraries(module: Module) -> Iterator[str]:
    """What every start reads imports nothing but the standard library and the floor outside its functions."""
    if module.name not in STARTS_FAST:
        return
    late = {id(node) for function in ast.walk(module.tree) if is_function(function) for node in ast.walk(function)}
    late |= {id(node) for block in ast.walk(module.tree) if is_for_types(block) for node in ast.walk(block)}
    for one in module.imports():
        light = one.library in sys.stdlib_module_names or one.ours in (*FLOOR, "cli")
        if not light and id(one.node) not in late:
            yield f"line {one.node.lineno}: {one.module} slows every start; import it where it is needed"


def is_function(node: ast.AST) -> bool:
    """Say whether a node is a function."""
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)


def is_for_types(node: ast.AST) -> bool:
    """Say whether a node is an `if TYPE_CHECKING:` block."""
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def writes_sql_in_storage_only(module: Module) -> Iterator[str]:
    """Core statements that write pass by the audit trail: they stand in the storage modules alone."""
    if within(module.name, WRITES_SQL):
        return
    yield from uses_of(module, "sqlalchemy", CORE_WRITERS, "belongs to the storage modules")
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Attribute):
            continue
        of_table = isinstance(node.value, ast.Attribute) and node.value.attr == "__table__"
        if node.attr == "exec_driver_sql" or (of_table and node.attr in CORE_WRITERS):
            yield f"line {node.lineno}: {node.attr} belongs to the storage modules"


def makes_sessions_in_the_store_only(module: Module) -> Iterator[str]:
    """There is one engine and one session factory, made by the store; others may only name the type."""
    if within(module.name, MAKES_ENGINES):
        return
    known = [one for one in module.imports() if one.library == "sqlalchemy"]
    makers = {one.called for one in known if one.name in ENGINE_MAKERS}
    makers |= {f"{one.called}.{maker}" for one in known for maker in ENGINE_MAKERS}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in makers:
            yield f"line {node.lineno}: {ast.unparse(node.func)} belongs to the store"


def opens_the_store_in_app_only(module: Module) -> Iterator[str]:
    """The data file is opened in one place, and handed to whoever needs it."""
    if within(module.name, OPENS_THE_STORE):
        return
    openers = {one.called for one in module.imports() if one.module == STORE and one.name == "Store"}
    openers |= {f"{one.called}.Store" for one in module.imports() if f"{one.module}.{one.name}".strip(".") == STORE}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in openers:
            yield f"line {node.lineno}: the data file is opened by {', '.join(OPENS_THE_STORE)} alone"


def shows_boxes_in_messages_only(module: Module) -> Iterator[str]:
    """Every message box and file dialog is in one place, so that tests can replace it and words stay alike."""
    if not within(module.name, SHOWS_BOXES):
        yield from uses_of(module, "PySide6", BOXES, "belongs to ui.messages")


def uses_of(module: Module, library: str, names: set[str], verdict: str) -> Iterator[str]:
    """Find names of a library, imported by name or reached through the imported module."""
    known = [one for one in module.imports() if one.library == library]
    yield from (f"line {one.node.lineno}: {one.name} {verdict}" for one in known if one.name in names)
    called = {one.called for one in known}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in names and ast.unparse(node.value) in called:
            yield f"line {node.lineno}: {node.attr} {verdict}"


def asks_no_clock(module: Module) -> Iterator[str]:
    """The clock is handed down from app.py, so that a day can be fixed for the whole program."""
    if within(module.name, READS_THE_CLOCK):
        return
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Attribute):
            continue
        owner = node.value
        name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
        if node.attr in CLOCKS.get(name, set()):
            yield f"line {node.lineno}: {name}.{node.attr} reads the clock; have it handed down"
    for one in module.imports():
        if one.module == "time" and one.name in CLOCKS["time"]:
            yield f"line {one.node.lineno}: time.{one.name} reads the clock; have it handed down"


def imports_nothing_private(module: Module) -> Iterator[str]:
    """A name that starts with _ belongs to its own module."""
    for one in module.imports():
        for part in (*one.module.split("."), one.name):
            if part.startswith("_") and not part.startswith("__"):
                yield f"line {one.node.lineno}: {part} is private to its module"


def has_a_telling_name(module: Module) -> Iterator[str]:
    """A module is named after what it is about."""
    for part in module.name.split("."):
        if part in VAGUE_NAMES:
            yield f"{part!r} says nothing about what is in it"


def says_what_it_is_for(module: Module) -> Iterator[str]:
    """Every module starts with its purpose; a package's own module holds nothing else."""
    if not ast.get_docstring(module.tree):
        yield "has no docstring that says what it is for"
    if module.is_package and len(module.tree.body) > 1:
        yield "a package's __init__.py holds only its docstring"


def catches_only_what_it_names(module: Module) -> Iterator[str]:
    """Only the border of the worker thread may catch everything."""
    if within(module.name, CATCHES_ALL):
        return
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.ExceptHandler):
            continue
        caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        if any(
            one is None or (isinstance(one, ast.Name) and one.id in ("Exception", "BaseException")) for one in caught
        ):
            yield f"line {node.lineno}: catches everything"


def keeps_functions_short(module: Module) -> Iterator[str]:
    """A function fits on one screen."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"line {node.lineno}: {node.name} has {lines} lines, at most {LONGEST_FUNCTION}"


RULES: tuple[Rule, ...] = (
    imports_downwards,
    knows_only_its_libraries,
    starts_without_heavy_libraries,
    writes_sql_in_storage_only,
    makes_sessions_in_the_store_only,
    opens_the_store_in_app_only,
    shows_boxes_in_messages_only,
    asks_no_clock,
    imports_nothing_private,
    has_a_telling_name,
    says_what_it_is_for,
    catches_only_what_it_names,
    keeps_functions_short,
)


def complaints(module: Module) -> list[str]:
    """Everything the rules have to say about a module."""
    return [f"{said} ({rule.__name__})" for rule in RULES for said in rule(module)]
