"""What a page of the window is: how it is built, what it tells the window, and what it may be asked to do.

The home page, the tabs with ledgers, the print room and the annual return all derive from `OfficePage`. The window
knows no more of a page than what stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from school_logistics.models.ledger import Ledger
    from school_logistics.rules.calendar import Month
    from school_logistics.services.desk import Desk
    from school_logistics.services.missing import Missing
    from school_logistics.services.reminders import Due
    from school_logistics.settings import Settings
    from school_logistics.ui.changes import Changes
    from school_logistics.ui.commands import Do
    from school_logistics.ui.jobs import Runner
    from school_logistics.ui.message_bar import MessageAction
    from school_logistics.ui.messages import Messages
    from school_logistics.ui.standing import Standing
    from school_logistics.ui.theme import Theme


class Reminding(Protocol):
    """Whoever knows what is due."""

    def due(self, on: None = None, within: int | None = None) -> Sequence[Due]:
        """What is overdue or soon due, worst first."""


class Packing(Protocol):
    """Whoever knows what a month's forms lack."""

    def missing(self, month: Month) -> Sequence[Missing]:
        """Gaps inside rows, and forms without rows."""


class Office(Protocol):
    """What the window needs of the office that `app.py` builds."""

    @property
    def desk(self) -> Desk:
        """The one door to the store."""

    @property
    def reminders(self) -> Reminding:
        """What is due."""

    @property
    def pack(self) -> Packing:
        """The month's forms."""


@dataclass(frozen=True)
class Surroundings:
    """What every page is handed: the office and what the window shares among its pages."""

    theme: Theme
    office: Office
    jobs: Runner
    messages: Messages
    settings: Settings
    changes: Changes
    standing: Standing


@dataclass(frozen=True)
class Message:
    """Something for the message bar: what happened, what is safe, and the ways out."""

    what: str
    safe: str = ""
    tone: str = "accent"
    icon: str = ""
    actions: tuple[MessageAction, ...] = ()
    undoable: bool = False
    """Whether it tells of an act: the window then offers to take it back and to look at what was done."""


@dataclass(frozen=True)
class Hint:
    """A line of help: words, the key if there is one, and more to read."""

    words: str
    key: str = ""
    detail: str = ""
    group: str = "这一页"
    """The heading under which it stands."""


class OfficePage(QWidget):
    """A page under a tab."""

    open_record = Signal(str, int, str)
    """Ledger key, id, field key or "": show this cell."""
    open_blank = Signal(str, str)
    """Ledger key and a day as 2026-11-20 (or ""): begin a record there."""
    open_hole = Signal(str, object, object)
    """Ledger key, the values by field of a record that should be there, and its Month: show the hole, begun."""
    open_rule = Signal(str)
    """Key of a rule: show it in the rule book."""
    trace_wanted = Signal(str, int)
    """Ledger key and id: show where it came from and where it went."""
    open_form = Signal(str, object)
    """Code of a printed form and a Month: show it in the print room."""
    said = Signal(str, str)
    """For the status line: a sentence and its tone ("", ok, late or soon)."""
    acted = Signal(str)
    """For the status line: what was just done to the ledgers; the window offers to take it back."""
    message = Signal(object)
    """For the message bar: a `Message`."""
    import_wanted = Signal(str, object)
    """Ledger key, and the file or None: open the import dialog."""
    month_picked = Signal(object)
    """A `Month` that every ledger is to show now."""
    placed = Signal(str)
    """For the right of the status line: where one is, or the sum of the selection."""
    asked = Signal(object)
    """A `Do` that is the window's: undo, redo, search."""
    deeds_changed = Signal()
    turned = Signal()
    """Another ledger is about to come to the front of this page."""

    def __init__(self, around: Surroundings) -> None:
        """Take what every page is handed."""
        super().__init__()
        self.around = around

    def refresh(self, keys: frozenset[str]) -> None:
        """Show what these ledgers hold now; an empty set means everything."""

    def settings_changed(self) -> None:
        """The clerk has set something else."""

    def focus_start(self) -> None:
        """Take the keyboard where work on this page begins."""
        self.setFocus()

    def next_pane(self) -> None:
        """Take the keyboard to the next part of the page."""
        self.focusNextChild()

    def deeds(self) -> Mapping[Do, Callable[[], None]]:
        """Which commands work here now, and how."""
        return {}

    def take(self, number: int) -> bool:
        """Take the numbered suggestion; say whether there is one."""
        return False

    def show_month(self) -> None:
        """The window looks at another month now (`around.standing.month`)."""

    def traced(self) -> tuple[str, int] | None:
        """The ledger in front and the id of its current record, 0 while none is; None where there is no ledger."""
        return None

    def ledger_in_front(self) -> str:
        """Key of the ledger that a workbook dropped here belongs to; "" for none."""
        return ""

    def show_form(self, code: str, month: Month) -> None:
        """Show a printed form of a month; the print room's own."""

    def tell_standing(self) -> None:
        """What is due, missing and counted was found out anew."""

    def undo_typing(self) -> bool:
        """Take back what was typed and is not saved yet; False when there is nothing, so an act is taken back."""
        return False

    def place(self) -> str:
        """Where one is on the page, for the right of the status line."""
        return ""

    def title(self) -> str:
        """What the page is called, for the help."""
        return ""

    def unsaved(self) -> str:
        """Why the window should not be closed now, as a sentence; "" when it may."""
        return ""

    def keep_state(self) -> None:
        """Put widths and the like into the settings; the window writes them down."""

    def close_panel(self) -> bool:
        """Esc where nothing else wanted it: close the innermost side panel; False when there is none."""
        return False

    def hints(self) -> Sequence[Hint]:
        """Help that belongs to this page alone."""
        return ()

    def leave(self) -> bool:
        """Another page is to be shown, or the window to close; False keeps this one in front."""
        return True


class ImportDialog(Protocol):
    """The dialog that brings a workbook into a ledger."""

    @property
    def imported(self) -> SignalInstance:
        """Tells in a sentence what came in, the key of the ledger, and its first and last `Month` or None."""

    def open(self) -> None:
        """Show it before the window, which waits."""


@dataclass(frozen=True)
class Pages:
    """Who builds the pages that are no ledgers; each is built when it is first visited."""

    home: Callable[[Surroundings], OfficePage]
    print_room: Callable[[Surroundings], OfficePage]
    annual_return: Callable[[Surroundings], OfficePage]
    import_dialog: Callable[[Surroundings, Ledger, Path | None, QWidget], ImportDialog]
