"""The top bar: school name with the menu of everything, ten index tabs, search, undo, redo, help, settings.

It knows nothing of ledgers, so it can be painted before any is loaded. When the window is narrow it folds in a fixed
order: search to an icon, tabs closer together, school name to its icon; tabs are never hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QWidget

from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.chips import Chip, State, badge_width, paint_badge
from school_logistics.ui.commands import BY_DO, Do
from school_logistics.ui.painting import MIDDLE_LEFT, MIDDLE_RIGHT, draw_box, draw_icon
from school_logistics.ui.parts import Panel
from school_logistics.ui.tabs import TABS, Tab
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Mapping

    from school_logistics.ui.standing import Badge

UNNAMED = "学校后勤台账"
"""What stands there until the school has a name."""
_TAB_TOP = 4
_NAME_CHARACTERS = 11
_SEARCH_WIDTH = 213


class Fold(NamedTuple):
    """One stage of folding: what shows its words, and how much room a tab leaves at either side."""

    search: bool
    padding: int
    name: bool
    tab_words: bool = True


FOLDS = (
    Fold(search=True, padding=12, name=True),
    Fold(search=False, padding=12, name=True),
    Fold(search=False, padding=6, name=True),
    Fold(search=False, padding=6, name=False),
    Fold(search=False, padding=2, name=False),
    Fold(search=False, padding=6, name=False, tab_words=False),
)
"""From wide to narrow; the first that fits is taken. Only when nothing else fits do the other tabs show their icons."""


class TabButton(QAbstractButton):
    """One index tab with its badge. Only the selected one is a stop of the Tab key; arrows go on from there."""

    stepped = Signal(int)

    def __init__(self, theme: Theme, tab: Tab) -> None:
        """Show a tab's name."""
        super().__init__()
        self._theme, self.tab = theme, tab
        self._badge, self._tone = "", ""
        self._padding, self._words = FOLDS[0].padding, True
        self.setText(tab.name)
        self.setAccessibleName(tab.name)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set_badge(self, text: str, tone: str) -> None:
        """Tell a count; "" for nothing."""
        self._badge, self._tone = text, tone
        told = {"late": f"{text} 件已过期", "soon": f"{text} 件今天到期"}.get(tone, text) if text else ""
        self.setAccessibleDescription(told)
        self.setToolTip(told if self._words else f"{self.tab.name}　{told}".strip())
        self.updateGeometry()
        self.update()

    def badge(self) -> str:
        """The count that is told."""
        return self._badge

    def set_fold(self, fold: Fold) -> None:
        """Leave less room, or show the icon alone."""
        self._padding, self._words = fold.padding, fold.tab_words
        self.updateGeometry()
        self.update()

    def select(self, chosen: bool) -> None:
        """Stand in front, or behind."""
        self.setChecked(chosen)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.NoFocus)

    def width_folded(self, fold: Fold) -> int:
        """How wide it is at a stage of folding."""
        worded = fold.tab_words or self.isChecked()
        words = self._theme.metrics(bold=True).horizontalAdvance(self.text()) if worded else self._theme.sizes.icon_bar
        badge = self._theme.sizes.small + badge_width(self._theme, self._badge) if self._badge else 0
        return words + badge + 2 * self._theme.px(fold.padding)

    def sizeHint(self) -> QSize:
        width = self.width_folded(Fold(search=False, padding=self._padding, name=False, tab_words=self._words))
        return QSize(width, self._theme.sizes.top_bar)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, sizes = self._theme, self._theme.sizes
        if self.isChecked():
            self._paint_ground(painter)
        elif self.underMouse():
            box = self.rect().adjusted(1, theme.px(_TAB_TOP) + sizes.tiny, -1, -sizes.small)
            draw_box(painter, theme, box, "band", "")
        x, middle = theme.px(self._padding), (self.height() + (theme.px(_TAB_TOP) if self.isChecked() else 2)) // 2
        if self._words or self.isChecked():
            painter.setFont(theme.font(bold=self.isChecked()))
            painter.setPen(theme.color("ink" if self.isChecked() else "ink2"))
            painter.drawText(QRect(x, middle - sizes.row // 2, self.width(), sizes.row), MIDDLE_LEFT, self.text())
        else:
            draw_icon(painter, theme, self.tab.icon, sizes.icon_bar, "ink2", x, middle)
        if self._badge:
            paint_badge(painter, theme, self.width() - x, middle, self._badge, self._tone)
        if self.hasFocus():
            inner = self.rect().adjusted(sizes.tiny, sizes.small, -sizes.tiny, -sizes.tiny)
            draw_box(painter, theme, inner, "", "accent", width=sizes.focus)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        """Paper joined to the page below, with the accent on top."""
        theme, sizes = self._theme, self._theme.sizes
        top = theme.px(_TAB_TOP)
        box = QRect(0, top, self.width(), self.height() - top)
        painter.fillRect(box, theme.brush("surface"))
        painter.fillRect(QRect(0, top, sizes.line, box.height()), theme.brush("line"))
        painter.fillRect(QRect(self.width() - sizes.line, top, sizes.line, box.height()), theme.brush("line"))
        painter.fillRect(QRect(0, top, self.width(), sizes.current), theme.brush("accent"))


class SchoolButton(QAbstractButton):
    """The school's name; opens the menu of everything."""

    def __init__(self, theme: Theme) -> None:
        """Start without a name."""
        super().__init__()
        self._theme, self._words = theme, True
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.set_name("")

    def set_name(self, name: str) -> None:
        """Show the school's name."""
        self.setText(name or UNNAMED)
        self.setAccessibleName(f"{self.text()}，全部操作")
        self.setToolTip(f"{self.text()}　全部操作 {BY_DO[Do.MENU].key}")
        self.updateGeometry()
        self.update()

    def show_words(self, words: bool) -> None:
        """Show the name beside the icon, or the icon alone."""
        self._words = words
        self.updateGeometry()
        self.update()

    def shows_words(self) -> bool:
        """Whether the name can be read."""
        return self._words

    def _shown(self) -> str:
        metrics = self._theme.metrics(bold=True)
        most = _NAME_CHARACTERS * self._theme.sizes.character
        return metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, most)

    def width_folded(self, words: bool) -> int:
        """How wide it is with or without the name."""
        sizes = self._theme.sizes
        if not words:
            return sizes.icon_bar + 2 * sizes.large
        name = self._theme.metrics(bold=True).horizontalAdvance(self._shown())
        return sizes.large + sizes.icon_bar + sizes.small + name + sizes.small + sizes.chevron + sizes.huge

    def sizeHint(self) -> QSize:
        return QSize(self.width_folded(self._words), self._theme.sizes.top_bar)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, sizes = self._theme, self._theme.sizes
        inner = self.rect().adjusted(sizes.small, sizes.small, -sizes.small, -sizes.small)
        if self.underMouse() or self.isDown():
            draw_box(painter, theme, inner, "band", "")
        middle = self.height() // 2
        draw_icon(painter, theme, "school", sizes.icon_bar, "accent", sizes.large, middle)
        if self._words:
            x = sizes.large + sizes.icon_bar + sizes.small
            painter.setFont(theme.font(bold=True))
            painter.setPen(theme.color("ink"))
            painter.drawText(QRect(x, 0, self.width(), self.height()), MIDDLE_LEFT, self._shown())
            x += painter.fontMetrics().horizontalAdvance(self._shown()) + sizes.small
            draw_icon(painter, theme, "chevron-down", sizes.chevron, "ink2", x, middle)
        if self.hasFocus():
            draw_box(painter, theme, inner, "", "accent", width=sizes.focus)
        painter.end()


class SearchField(QAbstractButton):
    """Looks like a field and opens the search panel in its place."""

    def __init__(self, theme: Theme) -> None:
        """Say what is searched and by which key."""
        super().__init__()
        self._theme = theme
        command = BY_DO[Do.SEARCH]
        self.setText(command.words)
        self.setAccessibleName(command.words)
        self.setToolTip(f"{command.words}　{command.key}")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_SEARCH_WIDTH), self._theme.sizes.row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, sizes = self._theme, self._theme.sizes
        focused = self.hasFocus()
        border, width = ("accent", sizes.focus) if focused else ("control" if self.underMouse() else "line", sizes.line)
        draw_box(painter, theme, self.rect(), "surface", border, width=width)
        draw_icon(painter, theme, "search", sizes.icon, "ink2", sizes.small, self.height() // 2)
        painter.setFont(theme.font())
        painter.setPen(theme.color("ink3"))
        left = sizes.small + sizes.icon + sizes.small
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), MIDDLE_LEFT, self.text())
        painter.setFont(theme.font(Type.QUIET))
        painter.drawText(self.rect().adjusted(0, 0, -sizes.small, 0), MIDDLE_RIGHT, BY_DO[Do.SEARCH].key)
        painter.end()


class TopBar(Panel):
    """The one row above every page."""

    tab_chosen = Signal(str)
    """Key of the tab that was clicked or reached by arrows."""
    wanted = Signal(object)
    """A `Do`: search, undo, redo, help, settings, menu."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show the tabs; nothing is counted yet."""
        super().__init__(theme, "window", edges="bottom", parent=parent)
        self.school = SchoolButton(theme)
        self.mark = Chip(theme, State.SOON, "")
        self.mark.hide()
        self.tabs = {tab.key: TabButton(theme, tab) for tab in TABS}
        self.search = SearchField(theme)
        self.search_icon = self._icon_button(Do.SEARCH)
        self.buttons = {do: self._icon_button(do) for do in (Do.UNDO, Do.REDO, Do.HELP, Do.SETTINGS)}
        self._lay_out()
        self._connect()
        self._fold = FOLDS[0]
        self.select(TABS[0].key)

    def _icon_button(self, do: Do) -> Button:
        command = BY_DO[do]
        button = Button(self._theme, command.words, icon=command.icon, look=Look.ICON, key=command.key)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, sizes.middle, 0)
        row.setSpacing(0)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        row.addWidget(self.school)
        row.addWidget(self.mark)
        for tab in self.tabs.values():
            row.addWidget(tab)
        row.addStretch(1)
        row.addWidget(self.search)
        row.addWidget(self.search_icon)
        row.addSpacing(sizes.middle)
        for button in self.buttons.values():
            row.addWidget(button)
            row.addSpacing(sizes.tiny)
        self.setFixedHeight(sizes.top_bar)

    def _connect(self) -> None:
        for key, tab in self.tabs.items():
            tab.clicked.connect(lambda _checked=False, key=key: self._choose(key))
            tab.stepped.connect(self.step)
        for do, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, do=do: self.wanted.emit(do))
        for opener in (self.search, self.search_icon):
            opener.clicked.connect(lambda _checked=False: self.wanted.emit(Do.SEARCH))
        self.school.clicked.connect(lambda _checked=False: self.wanted.emit(Do.MENU))

    # --- what the window tells ---------------------------------------------------------------------

    def select(self, key: str) -> None:
        """Bring a tab to the front; "" leaves none there."""
        for name, tab in self.tabs.items():
            tab.select(name == key)
        self._fit()

    def selected(self) -> str:
        """Key of the tab in front."""
        return next((key for key, tab in self.tabs.items() if tab.isChecked()), "")

    def set_badges(self, badges: Mapping[str, Badge]) -> None:
        """Tell the counts of tabs by key."""
        for key, tab in self.tabs.items():
            badge = badges.get(key)
            tab.set_badge(badge.text if badge else "", badge.tone if badge else "")
        self._fit()

    def set_school(self, name: str) -> None:
        """Show the school's name."""
        self.school.set_name(name)
        self._fit()

    def set_mark(self, text: str) -> None:
        """Show a word such as 演示 right of the school's name; "" takes it away."""
        self.mark.set_state(State.SOON, text)
        self.mark.setVisible(bool(text))
        self._fit()

    def set_able(self, do: Do, able: bool, what: str = "") -> None:
        """Whether undo or redo would do anything; `what` names the act."""
        button = self.buttons[do]
        button.setEnabled(able)
        command = BY_DO[do]
        button.set_text(f"{command.words}：{what}" if what else command.words)

    def pop_up(self, menu: QMenu) -> None:
        """Open the menu of everything under the school's name."""
        menu.popup(self.school.mapToGlobal(QPoint(self._theme.sizes.small, self.school.height())))

    def search_place(self) -> QRect:
        """Where the search panel stands, in coordinates of the bar: in place of the field, or at the right edge."""
        if self.search.isVisible():
            return self.search.geometry()
        right = self.search_icon.geometry().right()
        height = self._theme.sizes.row
        return QRect(right, (self.height() - height) // 2, 0, height)

    # --- moving and folding ------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """Go to the tab so many places further, around the ends."""
        keys = list(self.tabs)
        here = keys.index(self.selected()) if self.selected() else 0
        had_focus = any(tab.hasFocus() for tab in self.tabs.values())
        target = keys[(here + by) % len(keys)]
        self._choose(target)
        if had_focus:
            self.tabs[target].setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, key: str) -> None:
        """The window decides whether the page in front may be left; it answers by `select`."""
        self.tabs[key].setChecked(self.selected() == key)
        self.tab_chosen.emit(key)

    def fold(self) -> Fold:
        """The stage of folding now."""
        return self._fold

    def _fit(self) -> None:
        fitting = (fold for fold in FOLDS if self._width_at(fold) <= self.width())
        self._fold = next(fitting, FOLDS[-1])
        self.search.setVisible(self._fold.search)
        self.search_icon.setVisible(not self._fold.search)
        self.school.show_words(self._fold.name)
        for tab in self.tabs.values():
            tab.set_fold(self._fold)
        spare = self.width() - self._width_at(self._fold)
        self.school.setMinimumWidth(min(self._theme.sizes.ledger_list, self.school.sizeHint().width() + max(spare, 0)))

    def _width_at(self, fold: Fold) -> int:
        sizes = self._theme.sizes
        tabs = sum(tab.width_folded(fold) for tab in self.tabs.values())
        search = self.search.sizeHint().width() if fold.search else self.search_icon.sizeHint().width()
        icons = sum(button.sizeHint().width() + sizes.tiny for button in self.buttons.values())
        mark = self.mark.sizeHint().width() if self.mark.text() else 0
        return self.school.width_folded(fold.name) + mark + tabs + search + sizes.middle + icons + sizes.middle

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.sizes.top_bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedHeight(self._theme.sizes.top_bar)
            self._fit()
