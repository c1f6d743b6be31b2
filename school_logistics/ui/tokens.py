"""The colours of the look, light and dark, each named by what it is for.

Nothing else in the program writes a colour. `design/look.md` §2 is the source; the contrast
test in `tests/ui/test_theme.py` computes WCAG ratios from these very values.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """One colour each, as `#RRGGBB`; the names are the whole vocabulary of the look."""

    window: str
    surface: str
    sunken: str
    band: str
    desk: str
    paper: str
    line: str
    grid: str
    control: str
    ink: str
    ink2: str
    ink3: str
    accent: str
    accent_dn: str
    on_accent: str
    soft: str
    soft2: str
    soft_line: str
    late: str
    late_bg: str
    late_line: str
    late_fill: str
    soon: str
    soon_bg: str
    soon_line: str
    soon_fill: str
    ok: str
    ok_bg: str
    ok_line: str
    ok_fill: str
    void: str
    void_bg: str
    void_line: str
    c1: str
    c2: str
    c3: str
    c4: str
    c5: str


LIGHT = Tokens(
    window="#F3F2EE",
    surface="#FFFFFF",
    sunken="#F8F7F4",
    band="#EEECE6",
    desk="#E3E1DB",
    paper="#FFFFFF",
    line="#D9D6CE",
    grid="#E9E7E1",
    control="#8F8C83",
    ink="#22252A",
    ink2="#53565C",
    ink3="#66686D",
    accent="#1F5A8A",
    accent_dn="#174769",
    on_accent="#FFFFFF",
    soft="#E3EDF5",
    soft2="#F1F6FA",
    soft_line="#A9C5DC",
    late="#A52A1F",
    late_bg="#FBE9E6",
    late_line="#DDA49D",
    late_fill="#C4483B",
    soon="#80500A",
    soon_bg="#FAEFD8",
    soon_line="#D9BC84",
    soon_fill="#B97A12",
    ok="#2A683D",
    ok_bg="#E6F1E8",
    ok_line="#A3C7AC",
    ok_fill="#4C8A5F",
    void="#5C5E63",
    void_bg="#EDEBE6",
    void_line="#CBC8C0",
    c1="#1F5A8A",
    c2="#5287B3",
    c3="#A3C3DC",
    c4="#A98E4F",
    c5="#DAD7CF",
)

DARK = Tokens(
    window="#1B1C1E",
    surface="#222427",
    sunken="#282A2E",
    band="#2E3135",
    desk="#17181A",
    paper="#F4F3EF",
    line="#3D4046",
    grid="#303338",
    control="#7C8088",
    ink="#E5E3DE",
    ink2="#B9B8B3",
    ink3="#A6A6A1",
    accent="#82B4DD",
    accent_dn="#A6CBEA",
    on_accent="#10212F",
    soft="#273948",
    soft2="#26303A",
    soft_line="#46647E",
    late="#F29B90",
    late_bg="#41261F",
    late_line="#7A463D",
    late_fill="#D9705F",
    soon="#E2B768",
    soon_bg="#3A301D",
    soon_line="#6F5A2E",
    soon_fill="#C9973F",
    ok="#8CC89B",
    ok_bg="#21352A",
    ok_line="#446B52",
    ok_fill="#5E9D70",
    void="#B0AFAA",
    void_bg="#313338",
    void_line="#4C4F55",
    c1="#82B4DD",
    c2="#5786AD",
    c3="#3D5B75",
    c4="#B29C63",
    c5="#55585E",
)
