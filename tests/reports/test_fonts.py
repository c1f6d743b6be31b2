"""The fonts that print: what they can write, what is taken from the second one, what is reported."""

from __future__ import annotations

import pytest
from reportlab.pdfbase import ttfonts

from school_logistics.paths import resource_path
from school_logistics.reports.fonts import BOLD, FALLBACK, REGULAR, Run, missing_glyphs, to_unicode_table, typeface

SIGNS = "√×—✓〃㎡℃①⑳±≥≤·…～￥¥□■○●△▲→〇☐☑☒✔✘、。，；：？！“”‘’（）《》【】％"


def test_every_sign_a_form_uses_can_be_printed():
    assert missing_glyphs(SIGNS) == ()


def test_rare_characters_of_names_can_be_printed():
    assert missing_glyphs("𬭎㛃堃䶮𬀪𫖯鿍㙍犇垚") == ()


def test_characters_no_font_has_are_named_once_in_order():
    assert missing_glyphs("𠮷和🍎，𠮷") == ("𠮷", "🍎")


def test_a_text_the_first_font_can_write_is_one_run():
    assert typeface().runs("大米 25kg √") == (Run(REGULAR, "大米 25kg √", 0.0),)
    assert typeface(bold=True).runs("合计") == (Run(BOLD, "合计", 0.0),)


def test_a_character_only_the_second_font_has_is_taken_from_there():
    second = sorted(set(ttfonts.TTFontFile(str(resource_path("fonts", f"{FALLBACK}.ttf"))).charToGlyph) - _known())
    character = next(chr(code) for code in second if chr(code).isprintable() and missing_glyphs(chr(code)) == ())
    runs = typeface().runs(f"甲{character}乙")
    assert [run.font for run in runs] == [REGULAR, FALLBACK, REGULAR]
    assert [run.text for run in runs] == ["甲", character, "乙"]
    assert [run.shift for run in runs] == pytest.approx([0, 1, 1 + typeface().width(character)])


def _known() -> set[int]:
    return set(ttfonts.TTFontFile(str(resource_path("fonts", f"{REGULAR}.ttf"))).charToGlyph)


def test_a_ticked_box_is_a_box_with_a_tick_over_it():
    runs = typeface().runs("甲☑乙")
    assert [(run.text, run.shift) for run in runs] == [("甲", 0.0), ("□", 1.0), ("√", 1.0), ("乙", 2.0)]


def test_an_old_form_of_a_character_is_written_with_todays_when_the_fonts_lack_it():
    assert missing_glyphs("ﬀ") == ()
    assert typeface().width("ﬀ") > 0


def test_a_missing_character_is_written_as_the_printers_gap_sign():
    assert typeface().runs("𠮷")[0].text == "〓"
    assert typeface().width("𠮷") == 1.0


def test_characters_beyond_the_basic_plane_are_copied_as_utf_16():
    table = to_unicode_table("Noto", [0x5F20, 0x2CB4E])
    assert "<01> <D872DF4E>" in table
    assert "2 beginbfchar" in table


def test_no_block_of_the_copying_table_is_longer_than_the_standard_allows():
    table = to_unicode_table("Noto", list(range(0x4E00, 0x4E00 + 256)))
    assert [line for line in table.splitlines() if "beginbfchar" in line] == [
        "100 beginbfchar",
        "100 beginbfchar",
        "56 beginbfchar",
    ]


def test_the_mended_table_is_the_one_that_is_written():
    typeface().width("大")
    assert "<2CB4E>" not in ttfonts.makeToUnicodeCMap("probe", [0x2CB4E])
