"""Icons are drawn in the colour asked for, once, and sharp on every screen."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from school_logistics.paths import resource_path
from school_logistics.ui.icons import Icons
from school_logistics.ui.tabs import TABS
from school_logistics.ui.theme import Theme

NAMES = sorted(path.stem for path in resource_path("icons").glob("*.svg"))


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_that_ships_can_be_drawn_in_a_colour(qapp, name: str):
    picture = Icons(resource_path("icons")).pixmap(name, 16, "#A52A1F").toImage()

    inked = [picture.pixelColor(x, y) for x in range(16) for y in range(16) if picture.pixelColor(x, y).alpha() > 200]
    assert inked
    assert all(abs(one.red() - QColor("#A52A1F").red()) < 12 for one in inked)


def test_an_icon_is_drawn_once_per_size_colour_and_screen(qapp):
    icons = Icons(resource_path("icons"))

    assert icons.pixmap("check", 16, "#000000") is icons.pixmap("check", 16, "#000000")
    assert icons.pixmap("check", 16, "#000000") is not icons.pixmap("check", 16, "#FFFFFF")


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_an_icon_has_as_many_pixels_as_its_screen_shows(qapp, ratio: float):
    picture = Icons(resource_path("icons")).pixmap("check", 16, "#000000", ratio)

    assert picture.width() == round(16 * ratio)
    assert picture.devicePixelRatio() == ratio


def test_an_icon_that_does_not_ship_is_a_slip_of_the_programmer(qapp):
    with pytest.raises(FileNotFoundError):
        Icons(resource_path("icons")).pixmap("no-such-icon", 16, "#000000")


def test_every_tab_has_an_icon_that_ships(theme: Theme):
    for tab in TABS:
        assert not theme.icon(tab.icon).isNull()


def test_the_tabs_are_those_of_the_plan():
    assert [tab.name for tab in TABS] == [
        "首页", "食堂", "公寓", "消防", "校车", "奶服征订", "安全饮水", "保险综合", "报表打印", "年报",
    ]  # fmt: skip
