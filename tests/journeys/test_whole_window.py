"""The window as a whole: nothing is lost on closing."""

from __future__ import annotations


def test_closing_the_window_frees_its_pages(rooms):
    room = rooms.open()
    room.page("food_purchase")
    room.page("supplier")

    assert room.window.close()
    assert not room.window.isVisible()
