"""The small style sheet: scroll bars, menus, tool tips and bare lines; everything else is palette or painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from school_logistics.ui.sizes import Sizes
    from school_logistics.ui.tokens import Tokens


def style_sheet(tokens: Tokens, sizes: Sizes) -> str:
    """Write the style sheet for the colours and lengths in use."""
    return _scroll_bars(tokens, sizes) + _menus(tokens, sizes) + _tool_tips(tokens, sizes) + _bare_lines(tokens)


def _scroll_bars(tokens: Tokens, sizes: Sizes) -> str:
    bar, handle = sizes.scroll_bar, sizes.scroll_bar // 4
    return f"""
QScrollBar {{ background: {tokens.sunken}; border: 0; margin: 0; }}
QScrollBar:horizontal {{ height: {bar}px; }}
QScrollBar:vertical {{ width: {bar}px; }}
QScrollBar::handle {{ background: {tokens.void_line}; border-radius: {handle}px; margin: {handle}px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {tokens.control}; }}
QScrollBar::handle:horizontal {{ min-width: {2 * bar}px; }}
QScrollBar::handle:vertical {{ min-height: {2 * bar}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
QAbstractScrollArea::corner {{ background: {tokens.sunken}; border: 0; }}
"""


def _menus(tokens: Tokens, sizes: Sizes) -> str:
    return f"""
QMenu {{ background: {tokens.surface}; color: {tokens.ink}; border: 1px solid {tokens.control};
  padding: {sizes.tiny}px 0; }}
QMenu::item {{ padding: {sizes.tiny}px {sizes.huge}px {sizes.tiny}px {sizes.middle}px; }}
QMenu::item:selected {{ background: {tokens.soft}; color: {tokens.ink}; }}
QMenu::item:disabled {{ color: {tokens.ink3}; }}
QMenu::icon {{ padding-left: {sizes.middle}px; }}
QMenu::separator {{ height: 1px; background: {tokens.grid}; margin: {sizes.tiny}px 0; }}
"""


def _tool_tips(tokens: Tokens, sizes: Sizes) -> str:
    return f"""
QToolTip {{ background: {tokens.surface}; color: {tokens.ink}; border: 1px solid {tokens.control};
  padding: {sizes.tiny}px {sizes.cell_left}px; }}
"""


def _bare_lines(tokens: Tokens) -> str:
    """Lines whose box is painted by their owner; a style-sheeted line would halve its placeholder's contrast."""
    return f"""
TypingLine, FilterLine {{ background: transparent; border: 0; padding: 0; color: {tokens.ink};
  placeholder-text-color: {tokens.ink3};
  selection-background-color: {tokens.accent}; selection-color: {tokens.on_accent}; }}
TypingLine:read-only {{ color: {tokens.ink2}; }}
"""
