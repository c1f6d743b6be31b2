"""What the window says to somebody who types into a row of a closed month, and the way to open the month again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_logistics.services.locking import HOW_TO_REOPEN
from school_logistics.ui.message_bar import MessageAction
from school_logistics.ui.office_page import Message

if TYPE_CHECKING:
    from school_logistics.rules.calendar import Month
    from school_logistics.ui.office_page import OfficePage

CLOSING = "月结"
"""In place of a form's code: the print room opens with the panel that closes and reopens the month."""


def locked_message(page: OfficePage, sentence: str, month: Month) -> Message:
    """Says that a month is closed and offers to go where it is opened again."""
    reopen = MessageAction(f"去重开{month}", lambda: page.open_form.emit(CLOSING, month), bordered=True, icon="lock")
    return Message(f"{sentence}。", HOW_TO_REOPEN, tone="soon", icon="lock", actions=(reopen,))
