"""What stands in the import dialog and where: head with steps, sheets, columns, rows, objections, foot with buttons."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from school_logistics.models.checks import Level
from school_logistics.services.import_objections import LEVELS
from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.drop_field import DropField
from school_logistics.ui.empty_page import EmptyPage
from school_logistics.ui.import_columns import ColumnPanel
from school_logistics.ui.import_objections import ObjectionList
from school_logistics.ui.import_steps import SheetBar, StepBar
from school_logistics.ui.import_table import ImportTable
from school_logistics.ui.page_line import PageLine
from school_logistics.ui.parts import Panel, ShortWords, ToneIcon, Words
from school_logistics.ui.progress_strip import ProgressStrip
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from school_logistics.ui.empty_page import Way

SHOWN_FIRST = (Level.REFUSED, Level.WARNING, Level.GAP)
"""What is looked at first: what must be changed, what should be looked at, what is missing."""
_NARROW, _NARROW_COLUMNS = 1040, 304
_WIDEST_WORDS = 560


class ImportFrame(QWidget):
    """The parts of the dialog, laid out; what they show and do is said by others."""

    def __init__(self, theme: Theme) -> None:
        """Everything is there and empty."""
        super().__init__()
        self._theme = theme
        self.steps = StepBar(theme)
        self.target = DropField(theme, "导入到哪本台账")
        self.file_name = ShortWords(theme, kind=Type.LABEL, color="ink2")
        self.close_button = Button(theme, "关掉，什么也不写入", icon="x", look=Look.ICON, key="Esc")
        self.sheets = SheetBar(theme)
        self.columns = ColumnPanel(theme)
        self.table = ImportTable(theme)
        self.only_wrong = Button(theme, "只看有问题", look=Look.CHOICE)
        self.all_rows = Button(theme, "全部", look=Look.CHOICE)
        self.objections = ObjectionList(theme)
        self.wrong = Words(theme, bold=True)
        self.explains = ShortWords(theme, kind=Type.LABEL, color="ink2")
        self.levels = {level: Button(theme, LEVELS[level], look=Look.CHOICE) for level in SHOWN_FIRST}
        self.progress = ProgressStrip(theme)
        self.safe = ShortWords(theme, color="ink2", kind=Type.LABEL)
        self.cancel = Button(theme, "取消", look=Look.QUIET)
        self.other_file = Button(theme, "换一个文件", icon="file-up", look=Look.QUIET)
        self.save_list = Button(theme, "把问题另存一张表", icon="file-down", look=Look.BORDERED)
        self.write = Button(theme, "写入", icon="check", look=Look.PRIMARY, key="Ctrl+Enter")
        self.blank: EmptyPage | None = None
        self._legend = self._legend_words()
        self._lay_out()

    # --- laying out --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._stack = QStackedWidget()
        self._words = Panel(self._theme, "surface")
        self._words_row = QHBoxLayout()
        middle = QVBoxLayout(self._words)
        middle.addStretch(2)
        middle.addLayout(self._words_row)
        middle.addStretch(3)
        self._body = self._laid_body()
        self._stack.addWidget(self._words)
        self._stack.addWidget(self._body)
        column.addWidget(self._head())
        column.addWidget(self.sheets)
        column.addWidget(self._stack, 1)
        column.addWidget(self.progress)
        column.addWidget(self._foot())
        order: tuple[QWidget, ...] = (self.target, self.columns, self.table, self.objections, self.cancel)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        self._measure()

    def _head(self) -> PageLine:
        theme = self._theme
        head = PageLine(theme)
        head.row.setContentsMargins(theme.px(22), 0, theme.sizes.large, 0)
        for widget in (Words(theme, "导入到", kind=Type.TITLE), self.target, self.file_name):
            head.row.addWidget(widget)
        head.row.addStretch(1)
        head.row.addWidget(self.steps)
        head.row.addSpacing(theme.sizes.huge)
        head.row.addWidget(self.close_button)
        return head

    def _laid_body(self) -> QWidget:
        theme = self._theme
        right = QSplitter(Qt.Orientation.Vertical)
        right.setChildrenCollapsible(False)
        right.setHandleWidth(theme.sizes.tiny)
        for head, part in ((self._rows_head(), self.table), (self._objections_head(), self.objections)):
            panel = Panel(theme, "surface")
            inner = QVBoxLayout(panel)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(0)
            inner.addWidget(head)
            inner.addWidget(part, 1)
            right.addWidget(panel)
        right.setStretchFactor(0, 3)
        right.setStretchFactor(1, 2)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.columns)
        row.addWidget(right, 1)
        return body

    def _legend_words(self) -> list[QWidget]:
        words: list[QWidget] = []
        for icon, tone, told in (("triangle-alert", "late", "要改，不改不写入"), ("clock", "soon", "再看一眼，照写")):
            shape = ToneIcon(self._theme)
            shape.set_icon(icon, tone)
            words += [shape, Words(self._theme, told, kind=Type.LABEL, color="ink2")]
        return words

    def _rows_head(self) -> PageLine:
        head = PageLine(self._theme, "message_bar", edges="")
        self._choice(head, ShortWords(self._theme, "写进去会是这样", bold=True), (self.only_wrong, self.all_rows))
        self.all_rows.setChecked(True)
        for widget in self._legend:
            head.row.addWidget(widget)
        return head

    def _objections_head(self) -> PageLine:
        head = PageLine(self._theme, "message_bar", fill="sunken", edges="top")
        self._choice(head, self.wrong, tuple(self.levels.values()))
        head.row.addWidget(self.explains)
        return head

    def _choice(self, head: PageLine, words: QWidget, buttons: Sequence[Button]) -> None:
        """Words, then buttons of which one is pressed."""
        head.row.setSpacing(self._theme.sizes.small)
        head.row.addWidget(words)
        head.row.addSpacing(self._theme.sizes.small)
        group = QButtonGroup(self)
        for button in buttons:
            group.addButton(button)
            head.row.addWidget(button)
        head.row.addStretch(1)

    def _foot(self) -> PageLine:
        theme = self._theme
        foot = PageLine(theme, "page_head", fill="sunken", edges="top")
        foot.row.setContentsMargins(theme.px(22), 0, theme.sizes.large, 0)
        undo = ToneIcon(theme)
        undo.set_icon("undo-2", "ink2")
        foot.row.addWidget(undo)
        foot.row.addWidget(self.safe)
        foot.row.addStretch(1)
        for button in (self.cancel, self.other_file, self.save_list, self.write):
            foot.row.addWidget(button)
        return foot

    def _measure(self) -> None:
        """Where there is little room the values beside the columns, the legend and some words give way."""
        narrow = self.width() < self._theme.px(_NARROW)
        wide = self._theme.sizes.import_columns
        self.columns.setFixedWidth(self._theme.px(_NARROW_COLUMNS) if narrow else wide)
        for one in self._legend:
            one.setVisible(not narrow)
        for button in (self.save_list, self.other_file):
            button.set_compact(narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_body"):
            self._measure()

    # --- words or rows -----------------------------------------------------------------------------

    def show_rows(self) -> None:
        """Show columns, rows and objections."""
        self._stack.setCurrentWidget(self._body)
        self.sheets.show()

    def shows_rows(self) -> bool:
        """Whether rows are shown, not words."""
        return self._stack.currentWidget() is self._body

    def show_words(self, title: str, why: str, ways: Sequence[Way]) -> None:
        """Show a page of words with the ways on instead of the rows."""
        while (item := self._words_row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.blank = EmptyPage(self._theme, "file-spreadsheet", title, (why,), ways)
        self.blank.setMaximumWidth(self._theme.px(_WIDEST_WORDS))
        self._words_row.addWidget(self.blank, 1)
        self._stack.setCurrentWidget(self._words)
        self.sheets.hide()

    def said(self) -> str:
        """The title of the words that stand instead of rows; "" while rows are shown."""
        return self.blank.accessibleName() if self.blank is not None and not self.shows_rows() else ""

    def next_pane(self) -> None:
        """Columns, rows, objections, buttons, and around again."""
        if self.columns.has_focus():
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.table.hasFocus():
            self.objections.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.objections.hasFocus():
            (self.write if self.write.isEnabled() else self.cancel).setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.columns.focus_first()
