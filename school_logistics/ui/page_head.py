"""The head of a ledger page: title, form code, month, one quiet fact, and the buttons in an order that never changes.

Where the list of ledgers is folded away the title opens it as a menu. When the head is too narrow the quiet buttons
show their icons, then the fact and the code give way; the title, the month and every button stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.commands import BY_DO, Do
from school_logistics.ui.ledger_views import ViewSwitch
from school_logistics.ui.month_picker import MonthPicker
from school_logistics.ui.painting import MIDDLE_LEFT, draw_box, draw_icon
from school_logistics.ui.parts import Panel, ToneIcon, Words
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from school_logistics.ui.ledger_views import View

BUTTONS: tuple[tuple[Do, ...], ...] = (
    (Do.NEW, Do.DUPLICATE, Do.DELETE),
    (Do.UNDO, Do.REDO),
    (Do.IMPORT, Do.EXPORT, Do.HISTORY),
    (Do.FORM, Do.PRINT),
)
"""In groups, the same on every ledger page."""
_ICON_ALONE = frozenset({Do.UNDO, Do.REDO, Do.FORM})
"""Known by their icon; the top bar and the keys have them too."""
_WORDED = frozenset({Do.PRINT, Do.DRAFT})
"""What the page is mostly opened for: these keep their words longest."""


class _Fold(NamedTuple):
    words: bool
    fact: bool
    code: bool
    views: bool = True
    """Whether the switch names every view; else the one in front, and a menu has the others."""
    printing: bool = True
    """Whether the bordered button, printing, keeps its words."""


_FOLDS = (
    _Fold(words=True, fact=True, code=True),
    _Fold(words=False, fact=True, code=True),
    _Fold(words=False, fact=False, code=True),
    _Fold(words=False, fact=False, code=False),
    _Fold(words=False, fact=False, code=False, printing=False),
    _Fold(words=False, fact=False, code=False, views=False),
    _Fold(words=False, fact=False, code=False, views=False, printing=False),
)


class TitleButton(QAbstractButton):
    """The title of the page; a button with a chevron where the list of ledgers is folded into it."""

    def __init__(self, theme: Theme, title: str) -> None:
        """Start as plain words."""
        super().__init__()
        self._theme, self._opens = theme, False
        self.setText(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_opens(opens=False)

    def set_opens(self, *, opens: bool) -> None:
        """Whether pressing it opens the list of ledgers."""
        self._opens = opens
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if opens else Qt.FocusPolicy.NoFocus)
        self.setToolTip("换一本台账　Alt+↑ Alt+↓" if opens else "")
        self.updateGeometry()
        self.update()

    def opens(self) -> bool:
        """Whether it is a button now."""
        return self._opens

    def sizeHint(self) -> QSize:
        width = self._theme.metrics(Type.TITLE).horizontalAdvance(self.text())
        chevron = self._theme.sizes.small + self._theme.sizes.icon if self._opens else 0
        return QSize(width + chevron + self._theme.sizes.tiny, self._theme.sizes.row)

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
        painter.setFont(theme.font(Type.TITLE))
        painter.setPen(theme.color("ink"))
        painter.drawText(self.rect(), MIDDLE_LEFT, self.text())
        if self._opens:
            x = painter.fontMetrics().horizontalAdvance(self.text()) + sizes.small
            draw_icon(painter, theme, "chevron-down", sizes.icon, "ink2", x, self.height() // 2)
        if self.hasFocus():
            draw_box(painter, theme, self.rect(), "", "accent", width=sizes.focus)
        painter.end()


class PageHead(Panel):
    """Title and buttons of one ledger."""

    wanted = Signal(object)
    """A `Do`: its button was pressed."""
    list_wanted = Signal(QPoint)
    """The title was pressed where the list of ledgers is folded; with the place for a menu."""
    month_picked = Signal(int, int)
    fact_pressed = Signal()
    view_chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        title: str,
        code: str,
        month: tuple[int, int] | None,
        buttons: Iterable[Do] | None = None,
        views: Sequence[View] = (),
        drafting: str = "",
    ) -> None:
        """`month` is None for a file that belongs to no month; `buttons` None shows all of them.

        `drafting` is what the button says that drafts a record from others; most ledgers have none.

        `views` are the ways of looking at the ledger beside its table; without any there is no switch.
        """
        super().__init__(theme, "surface", edges="bottom")
        shown = frozenset(BY_DO if buttons is None else buttons)
        self.title = TitleButton(theme, title)
        self.title.clicked.connect(self._open_list)
        self._code = Words(theme, code, kind=Type.QUIET, color="ink3")
        self.picker = MonthPicker(theme, *month) if month else None
        self.views = ViewSwitch(theme, views, BY_DO[Do.VIEW].key) if views else None
        self._fact_icon = ToneIcon(theme)
        self._fact = Words(theme, kind=Type.LABEL, color="ink2")
        self.missing = Button(theme, "", look=Look.LINK, key=BY_DO[Do.NEXT_MISSING].key)
        self.missing.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.missing.clicked.connect(self.fact_pressed)
        self.missing.hide()
        self.buttons = {do: self._button(do) for group in BUTTONS for do in group if do in shown}
        if drafting:
            self.buttons = {Do.DRAFT: self._button(Do.DRAFT), **self.buttons}
            self.buttons[Do.DRAFT].set_text(drafting)
        self._lay_out()

    def _button(self, do: Do) -> Button:
        command = BY_DO[do]
        look = Look.BORDERED if do is Do.PRINT else Look.ICON if do in _ICON_ALONE else Look.QUIET
        button = Button(self._theme, command.words, icon=command.icon, look=look, tip=command.tip)
        button.set_key(command.key, shown=False)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False: self.wanted.emit(do))
        return button

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        row = QHBoxLayout(self)
        row.setContentsMargins(sizes.large, 0, sizes.middle, 0)
        row.setSpacing(0)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        left: list[QWidget] = [self.title, self._code]
        if self.picker is not None:
            self.picker.picked.connect(self.month_picked)
            left.append(self.picker)
        if self.views is not None:
            self.views.chosen.connect(self.view_chosen)
            left.append(self.views)
        for widget in left:
            row.addWidget(widget)
            row.addSpacing(sizes.middle)
        row.addWidget(self._fact_icon)
        row.addSpacing(sizes.tiny)
        row.addWidget(self._fact)
        row.addWidget(self.missing)
        row.addStretch(1)
        for place, group in enumerate(((Do.DRAFT,), *BUTTONS)):
            if place > 1 or (place and Do.DRAFT in self.buttons):
                row.addSpacing(sizes.small)
            for do in group:
                if do in self.buttons:
                    row.addWidget(self.buttons[do])
                    row.addSpacing(sizes.tiny)
        self.setFixedHeight(sizes.page_head)

    # --- what the page tells -----------------------------------------------------------------------

    def set_fact(self, text: str, *, icon: str = "", gaps: int = 0) -> None:
        """One quiet fact; `gaps` shows instead how many places are missing, to be pressed."""
        self._fact.setText("" if gaps else text)
        self._fact_icon.set_icon("triangle-alert" if gaps else icon if text else "", "late" if gaps else "ink2")
        self.missing.set_text(f"缺 {gaps}" if gaps else "")
        self._fit()

    def fact(self) -> str:
        """What is told beside the month."""
        return self.missing.text() or self._fact.text()

    def set_able(self, able: Iterable[Do]) -> None:
        """Which buttons would do anything now; they keep their place either way."""
        can = frozenset(able)
        for do, button in self.buttons.items():
            button.setEnabled(do in can)

    def set_words(self, do: Do, words: str) -> None:
        """Name on a button what it would do, such as the act that is undone."""
        if do in self.buttons:
            self.buttons[do].set_text(words)

    def set_list_folded(self, *, folded: bool) -> None:
        """Whether the title opens the list of ledgers."""
        self.title.set_opens(opens=folded)
        self._fit()

    def set_month(self, year: int, number: int) -> None:
        """Show a month without telling anybody."""
        if self.picker is not None:
            self.picker.set_month(year, number)

    def set_locked(self, months: Iterable[tuple[int, int]]) -> None:
        """Mark the months that are closed."""
        if self.picker is not None:
            self.picker.set_locked(months)

    def _open_list(self) -> None:
        if self.title.opens():
            self.list_wanted.emit(self.title.mapToGlobal(QPoint(0, self.title.height() + self._theme.sizes.tiny)))

    # --- folding -----------------------------------------------------------------------------------

    def _fit(self) -> None:
        fitting = (fold for fold in _FOLDS if self._width_at(fold) <= self.width())
        fold = next(fitting, _FOLDS[-1])
        for do, button in self.buttons.items():
            button.set_compact(not (fold.printing if do in _WORDED else fold.words))
        if self.views is not None:
            self.views.set_compact(not fold.views)
        gaps = bool(self.missing.text())
        self._fact.setVisible(fold.fact and not gaps)
        self._fact_icon.setVisible(fold.fact)
        self.missing.setVisible(fold.fact and gaps)
        self._code.setVisible(fold.code)

    def _width_at(self, fold: _Fold) -> int:
        sizes = self._theme.sizes
        icon = max(sizes.row, sizes.min_target)
        buttons = 0
        for do in self.buttons:
            worded = fold.printing if do in _WORDED else fold.words and do not in _ICON_ALONE
            buttons += (self._worded_width(do) if worded else icon) + sizes.tiny
        width = sizes.large + self.title.sizeHint().width() + 2 * sizes.middle + buttons + len(BUTTONS) * sizes.small
        width += self.picker.sizeHint().width() + sizes.middle if self.picker is not None else 0
        width += self.views.width_at(compact=not fold.views) + sizes.middle if self.views is not None else 0
        width += self._code.sizeHint().width() if fold.code else 0
        if fold.fact:
            told = self.missing.sizeHint().width() if self.missing.text() else self._fact.sizeHint().width()
            width += sizes.icon + sizes.tiny + told
        return width + sizes.middle

    def _worded_width(self, do: Do) -> int:
        """How wide a button is with its words."""
        sizes = self._theme.sizes
        words = self._theme.metrics().horizontalAdvance(self.buttons[do].text())
        padding = self._theme.px(sizes.middle if do is Do.PRINT else sizes.small)
        return words + sizes.icon + sizes.small + 2 * padding

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.sizes.page_head)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedHeight(self._theme.sizes.page_head)
            self._fit()
