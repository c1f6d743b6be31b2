"""The shell of the window: top bar, a place for pages, a drawer, message bar, status line, and the actions with keys.

It is painted before any ledger is loaded, so nothing of models or services is imported here. Keys typed before the
window is furnished wait.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from school_logistics.ui.commands import BY_DO, COMMANDS, Do
from school_logistics.ui.drawer import Drawer
from school_logistics.ui.message_bar import MessageAction, MessageBar
from school_logistics.ui.messages import TABLES
from school_logistics.ui.parts import Panel, StatusLine, Words
from school_logistics.ui.top_bar import TopBar
from school_logistics.ui.top_buttons import UNNAMED
from school_logistics.ui.waiting_keys import WaitingKeys

if TYPE_CHECKING:
    from school_logistics.errors import OfficeError
    from school_logistics.settings import Settings
    from school_logistics.ui.office_page import Message
    from school_logistics.ui.theme import Theme

USUAL_SIZE = QSize(1366, 768)
COVERS_BELOW = 1000
"""Below this width, in pixels of the usual type size, the drawer takes the place of the page."""


class WindowShell(QWidget):
    """What stands around the pages."""

    painted = Signal()
    """The shell has been painted for the first time."""
    wanted = Signal(object)
    """A `Do`: its key was pressed, it was chosen in the menu, or offered in a message and taken."""
    dropped = Signal(object)
    """The path of a workbook that was dropped on the window."""

    def __init__(self, theme: Theme, settings: Settings, parent: QWidget | None = None) -> None:
        """Lay the shell out; the school's name is the one last seen."""
        super().__init__(parent)
        self.theme = theme
        self.top = TopBar(theme)
        self.stack = QStackedWidget()
        self.drawer = Drawer(theme, settings)
        self.bar = MessageBar(theme)
        self.status = StatusLine(theme)
        self.commands = {command.do: self._action(command.do) for command in COMMANDS}
        self.waiting: WaitingKeys | None = WaitingKeys()
        self._was_painted = False
        self._opening = Words(theme, "正在打开数据……", color="ink2", wrap=True)
        self._lay_out()
        self.show_school(settings.school)
        self.drawer.changed.connect(self.arrange)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.resize(USUAL_SIZE)
        self.setFocus()

    def _lay_out(self) -> None:
        opening = Panel(self.theme, "surface")
        waiting = QVBoxLayout(opening)
        waiting.setContentsMargins(*[self.theme.sizes.huge] * 4)
        waiting.addWidget(self._opening, 0, Qt.AlignmentFlag.AlignTop)
        self.stack.addWidget(opening)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.stack, 1)
        middle.addWidget(self.drawer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addLayout(middle, 1)
        column.addWidget(self.bar)
        column.addWidget(self.status)
        for do in (Do.UNDO, Do.REDO):
            self.top.set_able(do, able=False)

    def _action(self, do: Do) -> QAction:
        command = BY_DO[do]
        action = QAction(command.words, self)
        if command.bound:
            action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.setEnabled(False)
        action.triggered.connect(lambda _checked=False: self.wanted.emit(do))
        self.addAction(action)
        return action

    def dress_menu(self) -> None:
        """Draw the icons of the menu in the colours of the theme as it is now."""
        for do, action in self.commands.items():
            if BY_DO[do].icon:
                action.setIcon(self.theme.icon(BY_DO[do].icon))

    def menu(self) -> QMenu:
        """Every command with its key; those that mean nothing on this page are grey."""
        menu = QMenu(self)
        group = None
        for command in COMMANDS:
            if command.do is Do.MENU or not command.bound:
                continue
            if group is not None and command.group is not group:
                menu.addSeparator()
            group = command.group
            menu.addAction(self.commands[command.do])
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def show_school(self, name: str) -> None:
        """Show the school's name in the bar and in the title of the window."""
        self.top.set_school(name)
        self.setWindowTitle(f"{name} · {UNNAMED}" if name else UNNAMED)

    def cannot_open(self, error: OfficeError) -> None:
        """Say why the data file is not open; nothing else can be done in this window."""
        self._opening.setText(str(error))
        self._opening.set_color("late")
        self.status.say("数据没有打开。", "late")

    # --- saying ------------------------------------------------------------------------------------

    def say(self, sentence: str, tone: str = "") -> None:
        """Say something in the status line, in place of what was said before."""
        self.status.say(sentence, tone)

    def hush(self) -> None:
        """Another page comes to the front: what was told of the one before is over."""
        self.status.clear()
        self.bar.dismiss()

    def say_act(self, sentence: str) -> None:
        """Say what was done, and offer to take it back."""
        self._say_and_offer(sentence, Do.UNDO)

    def say_undone(self, sentence: str) -> None:
        """Say what was taken back, and offer to do it again."""
        self._say_and_offer(sentence, Do.REDO)

    def _say_and_offer(self, sentence: str, do: Do) -> None:
        command = BY_DO[do]
        self.status.say(
            sentence, "ok", action=command.words, run=lambda: self.wanted.emit(do), key=command.key, icon=command.icon
        )

    def tell_trouble(self, error: OfficeError) -> None:
        """Say in the message bar what went wrong."""
        self.bar.show_message(str(error), tone="late")

    def show_message(self, message: Message) -> None:
        """Say what may have been a mistake, or trouble, above the status line; a way taken puts the bar away."""
        actions = list(message.actions)
        if message.undoable:
            actions = [self._offer(Do.UNDO, bordered=True), *actions, self._offer(Do.ACTS, words="看")]
        self.status.clear()
        self.bar.show_message(
            message.what,
            message.safe,
            tone=message.tone,
            icon=message.icon,
            actions=[self._then_away(action) for action in actions],
        )

    def _offer(self, do: Do, *, words: str = "", bordered: bool = False) -> MessageAction:
        command = BY_DO[do]
        key, icon = (command.key, command.icon) if bordered else ("", "")
        text = f"{words}{command.words}"
        return MessageAction(text, lambda: self.wanted.emit(do), key=key, bordered=bordered, icon=icon)

    def _then_away(self, action: MessageAction) -> MessageAction:
        def run() -> None:
            self.bar.dismiss()
            action.run()

        return MessageAction(action.text, run, key=action.key, bordered=action.bordered, icon=action.icon)

    # --- workbooks dropped here --------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if workbook_in(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        file = workbook_in(event)
        if file is not None:
            event.acceptProposedAction()
            self.dropped.emit(file)

    # --- waiting, size, paint ----------------------------------------------------------------------

    def stop_waiting(self) -> None:
        """The window is furnished: press the keys that waited."""
        waiting, self.waiting = self.waiting, None
        if waiting is not None:
            waiting.replay(self, self.commands.values())

    def arrange(self) -> None:
        """Let the drawer stand beside the page, or in its place where the window is narrow."""
        covers = self.width() < self.theme.px(COVERS_BELOW)
        self.drawer.cover(covers=covers)
        self.stack.setVisible(not (covers and self.drawer.top() is not None))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.waiting is not None:
            self.waiting.add(event)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's own name
        """Before the window is furnished Tab is a key that waits like any other."""
        return self.waiting is None and super().focusNextPrevChild(next)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self._tell_painted)

    def _tell_painted(self) -> None:
        self.painted.emit()


def workbook_in(event: QDropEvent) -> Path | None:
    """The workbook that is being dropped, if it is one."""
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    endings = {pattern.removeprefix("*") for pattern in TABLES.patterns}
    return next((file for file in files if file.suffix.lower() in endings), None)
