"""How to begin in a month, or a file, without rows: why there should be some, and the ways to write the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_logistics.ui.commands import Do
from school_logistics.ui.empty_page import EmptyPage, Way

if TYPE_CHECKING:
    from school_logistics.ui.table_page import TablePage

_REASONS = 3


class Beginnings:
    """Puts the empty page under the blank row of a table and takes it away with the first row."""

    def __init__(self, page: TablePage) -> None:
        """Offer nothing yet."""
        self._page = page
        self.shown: EmptyPage | None = None
        self._shown_for: tuple[object, ...] = ()

    def offer(self) -> None:
        """Show the empty page, or none, as the table is now."""
        table = self._page.table
        empty = table.model.rows.stored == 0 and not table.query().narrowed
        wanted: tuple[object, ...] = (self._page.month(), self._why()) if empty else ()
        if wanted != self._shown_for:
            self._shown_for = wanted
            self.shown = self._empty_page() if empty else None
            table.set_empty_page(self.shown)

    def take(self, number: int) -> bool:
        """Take a way by its number; False when none is offered."""
        return self.shown is not None and self.shown.isVisible() and self.shown.press(number)

    def _empty_page(self) -> EmptyPage:
        page, month = self._page, self._page.month()
        label = page.ledger.label
        title = f"{month.number} 月的{label}还是空的" if month else f"{label}还是空的"
        ways = [
            Way("pencil", "直接在上面第一行打字", "Enter", page.new),
            Way("file-up", "从 Excel 导入，或把文件拖到这里", "Alt+2", lambda: page.press(Do.IMPORT)),
        ]
        if month:
            back = f"看看 {month.previous().number} 月怎么记的"
            ways.append(Way("chevron-left", back, "Alt+3", lambda: page.press(Do.MONTH_BACK)))
        return EmptyPage(page.around.theme, page.ledger.icon, title, self._why(), ways)

    def _why(self) -> tuple[str, ...]:
        standing = self._page.around.standing
        told = [one.why for one in standing.missing_in(self._page.ledger.key) if one.id is None]
        about = self._page.ledger.about.rstrip("。").split("。")
        return tuple(f"{one.rstrip('。')}。" for one in [*about, *told][:_REASONS] if one)
