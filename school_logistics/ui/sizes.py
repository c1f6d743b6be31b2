"""Every length of the look, worked out from the font in use, so that nothing is cut at 200 %.

All lengths are logical pixels. With 10.5 pt Noto Sans SC (20 px high) they are the numbers of
`design/look.md` §2; larger fonts make everything that holds text grow with them.
"""

from dataclasses import dataclass

_FONT_HEIGHT = 20
"""Height of a line of 10.5 pt Noto Sans SC at 96 dpi, the font the look was drawn with."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Lengths in logical pixels; heights follow the font, spaces stay."""

    row: int
    header: int
    filter_row: int
    group_heading: int
    top_bar: int
    page_head: int
    totals: int
    status_line: int
    message_bar: int
    two_line: int
    chip: int
    badge: int
    chooser_row: int
    ledger_list: int
    side_form: int
    gutter: int
    chooser: int
    home_side: int
    empty_page: int
    import_columns: int
    icon_bar: int
    icon: int
    icon_small: int
    icon_empty: int
    chevron: int
    character: int
    min_target: int
    scroll_bar: int = 12
    cell_left: int = 7
    cell_right: int = 8
    tiny: int = 4
    small: int = 8
    middle: int = 12
    large: int = 16
    huge: int = 24
    radius: int = 3
    radius_frame: int = 4
    line: int = 1
    focus: int = 2
    current: int = 3
    message_edge: int = 4
    mark: int = 8
    separator: int = 18
    fade_ms: int = 150


def sizes_for(text_height: int, quiet_height: int) -> Sizes:
    """Work out every length from the heights of the 10.5 pt and the 9 pt line, both in pixels."""

    def scaled(pixels: int) -> int:
        return round(pixels * text_height / _FONT_HEIGHT)

    row = text_height + 8
    return Sizes(
        row=row,
        header=row + 2,
        filter_row=row,
        group_heading=quiet_height + 5,
        top_bar=row + 16,
        page_head=row + 20,
        totals=row + 2,
        status_line=row + 2,
        message_bar=row + 12,
        two_line=text_height + quiet_height + 9,
        chip=quiet_height + 3,
        badge=quiet_height + 1,
        chooser_row=row + 2,
        ledger_list=scaled(200),
        side_form=scaled(324),
        gutter=scaled(44),
        chooser=scaled(436),
        home_side=scaled(420),
        empty_page=scaled(420),
        import_columns=scaled(394),
        icon_bar=scaled(18),
        icon=scaled(16),
        icon_small=scaled(12),
        icon_empty=scaled(36),
        chevron=scaled(12),
        character=scaled(14),
        min_target=max(24, scaled(24)),
    )
