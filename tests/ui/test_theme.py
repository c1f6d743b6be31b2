"""The look in numbers: contrasts computed from the very tokens in use, lengths that grow with the font."""

from __future__ import annotations

from dataclasses import fields

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLineEdit

from school_logistics.ui.theme import Theme, Type
from school_logistics.ui.tokens import DARK, LIGHT, Tokens

LOOKS = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
TEXT, SHAPE = 4.5, 3.0

GROUNDS = ("window", "surface", "sunken", "band", "soft", "soft2")
READ = [
    *((ink, ground) for ink in ("ink", "ink2", "ink3") for ground in GROUNDS),
    *((ink, "desk") for ink in ("ink", "ink2")),  # ink3 is not allowed on the desk
    *(("accent", ground) for ground in ("window", "surface", "sunken", "soft", "soft2")),
    ("on_accent", "accent"),
    ("on_accent", "accent_dn"),
    *((tone, ground) for tone in ("late", "soon", "ok") for ground in (f"{tone}_bg", "surface", "sunken", "soft2")),
    ("late", "window"),
    ("ink2", "late_bg"),
    ("ink2", "soon_bg"),
    ("void", "void_bg"),
    ("ink", "late_bg"),
    ("ink", "soon_bg"),
]
SEEN = [
    *(("control", ground) for ground in ("window", "surface", "sunken")),
    *(("accent", ground) for ground in ("window", "surface", "sunken", "soft2")),
    *((fill, "sunken") for fill in ("late_fill", "soon_fill", "ok_fill")),
]


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio between two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@LOOKS
@pytest.mark.parametrize(("ink", "ground"), READ)
def test_text_can_be_read_on_every_ground_it_may_meet(tokens: Tokens, ink: str, ground: str):
    assert round(contrast(getattr(tokens, ink), getattr(tokens, ground)), 1) >= TEXT


@LOOKS
@pytest.mark.parametrize(("shape", "ground"), SEEN)
def test_borders_of_controls_focus_and_bars_can_be_seen(tokens: Tokens, shape: str, ground: str):
    assert round(contrast(getattr(tokens, shape), getattr(tokens, ground)), 1) >= SHAPE


@LOOKS
def test_every_token_is_a_colour(tokens: Tokens):
    assert all(QColor(getattr(tokens, one.name)).isValid() for one in fields(tokens))


def test_at_usual_size_the_lengths_are_those_of_the_look(theme: Theme):
    sizes = theme.sizes
    assert (sizes.row, sizes.header, sizes.filter_row, sizes.group_heading) == (28, 30, 28, 22)
    assert (sizes.top_bar, sizes.page_head, sizes.totals, sizes.status_line, sizes.message_bar) == (44, 48, 30, 30, 40)
    assert (sizes.two_line, sizes.chip, sizes.badge) == (46, 20, 18)
    assert (sizes.ledger_list, sizes.side_form, sizes.gutter, sizes.chooser) == (200, 324, 44, 436)


@pytest.mark.parametrize("percent", [90, 100, 150, 200])
def test_a_row_always_holds_its_text(qapp, percent: int):
    theme = Theme(percent=percent)

    assert theme.sizes.row == theme.metrics().height() + 8
    assert theme.sizes.chip > theme.metrics(Type.QUIET).height()
    assert theme.sizes.group_heading > theme.metrics(Type.QUIET).height()


def test_a_percentage_out_of_range_is_brought_into_it(theme: Theme):
    theme.set(percent=400)
    assert theme.percent == 200
    theme.set(percent=10)
    assert theme.percent == 90


def test_chinese_is_there_in_regular_and_bold(theme: Theme):
    from PySide6.QtGui import QRawFont

    for bold in (False, True):
        font = QRawFont.fromFont(theme.font(bold=bold))
        assert all(font.supportsCharacter(ord(letter)) for letter in "后勤台账𬭎㛃堃")
    assert theme.metrics(bold=True).horizontalAdvance("合计8") >= theme.metrics().horizontalAdvance("合计8")
    assert theme.font(bold=True).bold()


def test_digits_are_equally_wide(theme: Theme):
    assert len({theme.metrics().horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_changing_to_dark_repaints_what_is_open_and_tells(theme: Theme, qtbot):
    line = QLineEdit()
    qtbot.addWidget(line)
    with qtbot.waitSignal(theme.changed):
        theme.set(dark=True)

    assert theme.tokens is DARK
    assert line.palette().color(QPalette.ColorRole.Base) == QColor(DARK.surface)
    assert line.palette().color(QPalette.ColorRole.Highlight) == QColor(DARK.accent)
    assert line.palette().color(QPalette.ColorRole.PlaceholderText) == QColor(DARK.ink3)


def test_a_selection_stays_readable_whatever_the_system_prefers(theme: Theme):
    palette = theme.palette()

    assert palette.color(QPalette.ColorRole.Highlight) == QColor(LIGHT.soft)
    assert palette.color(QPalette.ColorRole.HighlightedText) == QColor(LIGHT.ink)


def test_colours_pens_and_fonts_are_made_once(theme: Theme):
    assert theme.color("ink") is theme.color("ink")
    assert theme.pen("line") is theme.pen("line")
    assert theme.font(Type.QUIET) is theme.font(Type.QUIET)
