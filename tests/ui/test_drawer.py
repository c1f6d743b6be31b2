"""The drawer beside a page: as wide as its panel wants, as long as the page and the screen leave it the room."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from school_logistics.settings import Settings
from school_logistics.ui.drawer import Drawer
from school_logistics.ui.side_panel import SidePanel
from school_logistics.ui.theme import Theme
from tests.ui.page_stage import bring_up

WANTED = 560


class WidePanel(SidePanel):
    """A panel that is read as a page, such as a trace."""

    def wanted_width(self) -> int:
        """Wide."""
        return WANTED


@pytest.mark.parametrize(("page_needs", "width"), [(571, WANTED), (854, 1366 - 854)])
def test_a_wide_panel_gives_way_to_the_page_and_never_makes_the_window_wider(
    qtbot, theme: Theme, page_needs: int, width: int
):
    window, page, drawer = QWidget(), QWidget(), Drawer(theme, Settings())
    qtbot.addWidget(window)
    page.setMinimumWidth(page_needs)
    row = QHBoxLayout(window)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(page, 1)
    row.addWidget(drawer)
    bring_up(window, 1366, 700)

    drawer.open_panel(WidePanel(theme, "追溯"))
    QApplication.processEvents()

    assert window.width() == 1366
    assert drawer.width() == width
