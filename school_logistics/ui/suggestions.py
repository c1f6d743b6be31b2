"""Which help a kind of value gets while it is typed, in cells of the table and fields of the form alike.

Each belongs to one line of text: it hears what is typed, takes the keys that are its own, and tells which value
was picked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from school_logistics.ui.answering import Answering
from school_logistics.ui.choosing import Choosing
from school_logistics.ui.day_picking import DayPicking
from school_logistics.ui.typing_help import Place, TypingHelp

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})

HELP: Mapping[str, type[TypingHelp]] = {
    "ref": Choosing,
    "choice": Choosing,
    "flag": Choosing,
    "until": Choosing,
    "answers": Answering,
    "day": DayPicking,
}
"""By the name of the kind; kinds not named here are typed without help."""


def help_for(place: Place) -> TypingHelp:
    """The help of a field's kind."""
    return HELP.get(place.field.kind.name, TypingHelp)(place)


def accepts(event: QKeyEvent) -> bool:
    """Whether a key takes what is suggested: Enter and Tab do."""
    return Qt.Key(event.key()) in _ENTER
