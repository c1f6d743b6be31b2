"""The window: the shell, filled with the pages of the office once the data file is open.

It carries every command to the page in front or does it itself, moves between pages, takes back, imports, and closes
without losing a row. Nothing of models or services is imported here before `furnish`.
"""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut

from school_logistics.errors import FileTrouble, OfficeError
from school_logistics.ui.commands import Do
from school_logistics.ui.message_bar import MessageAction
from school_logistics.ui.messages import BoxMessages
from school_logistics.ui.tabs import Page
from school_logistics.ui.window_shell import WindowShell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from school_logistics.models.undo import PastAct
    from school_logistics.rules.calendar import Month
    from school_logistics.settings import Settings
    from school_logistics.ui.following import Following
    from school_logistics.ui.furniture import Furniture
    from school_logistics.ui.jobs import Progress, Runner
    from school_logistics.ui.ledger_page import LedgerPage
    from school_logistics.ui.messages import Messages
    from school_logistics.ui.office_page import Office, OfficePage, Pages
    from school_logistics.ui.theme import Theme

_SUGGESTIONS = 9
_IN_ROW_MENU = (Do.NEW, Do.DUPLICATE, Do.DELETE, Do.FORM, Do.HISTORY, Do.TRACE, Do.FILTER, Do.UNDO, Do.REDO)


class MainWindow(WindowShell):
    """The one window of the program."""

    furnished = Signal()

    def __init__(
        self,
        theme: Theme,
        settings: Settings,
        jobs: Runner,
        *,
        messages: Messages | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Build the shell; `jobs` is also what opens the data file."""
        super().__init__(theme, settings, parent)
        self._settings, self.jobs = settings, jobs
        self._messages: Messages = messages or BoxMessages(lambda: self)
        self._room: Furniture | None = None
        self._closing, self._helped = False, ""
        self.following: Following | None = None
        self.dropped.connect(self.import_file)
        self.wanted.connect(self.do)
        self.top.wanted.connect(self.do)
        self.top.tab_chosen.connect(self.show_tab)
        self.drawer.left.connect(self._focus_page)
        self.drawer.undo_wanted.connect(self._undo_act)
        self.drawer.settings_changed.connect(self._settings_changed)
        self.drawer.school_wanted.connect(self._to_school)
        for number in range(1, _SUGGESTIONS + 1):
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.activated.connect(lambda number=number: self._take(number))

    # --- furnishing --------------------------------------------------------------------------------

    def furnish(self, office: Office, pages: Pages) -> None:
        """Fill the shell: the data file is open. Keys typed so far are pressed now."""
        from school_logistics.rules.calendar import Month
        from school_logistics.ui.changes import Changes
        from school_logistics.ui.following import Following
        from school_logistics.ui.furniture import Furniture
        from school_logistics.ui.office_page import Surroundings
        from school_logistics.ui.page_shelf import PageShelf
        from school_logistics.ui.search_panel import SearchPanel
        from school_logistics.ui.standing import Standing

        changes = Changes(self)
        standing = Standing(office, self.jobs, Month.of(office.desk.today), self)
        around = Surroundings(self.theme, office, self.jobs, self._messages, self._settings, changes, standing)
        shelf = PageShelf(around, pages, self.stack, [self.commands[do] for do in _IN_ROW_MENU], self)
        search = SearchPanel(self.theme, office.desk, self.jobs, self)
        self._room = Furniture(around, pages, shelf, search)
        self.following = Following(self, self._room)
        changes.watch(office.desk)
        changes.changed.connect(self._changed)
        standing.changed.connect(self._tell_standing)
        shelf.made.connect(self._connect_page)
        search.opened.connect(self.open_record)
        search.closed.connect(self._focus_page)
        office.desk.actor = self._settings.actor or office.desk.actor
        self.dress_menu()
        self._tell_school()
        self.show_tab(self.top.selected())
        standing.refresh()
        self.jobs.start(_load_ledger_pages, done=_nothing)
        self.stop_waiting()
        self.furnished.emit()

    def _connect_page(self, page: OfficePage) -> None:
        page.open_record.connect(self.open_record)
        page.open_blank.connect(self.open_blank)
        page.open_form.connect(self.open_form)
        page.open_hole.connect(self.open_hole)
        page.open_rule.connect(self.open_rule)
        if self.following is not None:
            page.trace_wanted.connect(self.following.show)
        page.import_wanted.connect(self.import_into)
        page.said.connect(self.say)
        page.acted.connect(self.say_act)
        page.message.connect(self.show_message)
        page.placed.connect(self.status.set_place)
        page.asked.connect(self.do)
        page.deeds_changed.connect(self._show_able)
        page.turned.connect(self.hush)
        page.month_picked.connect(self.show_month)

    def page(self) -> OfficePage | None:
        """The page in front."""
        return self._room.shelf.known(self.top.selected()) if self._room else None

    # --- moving ------------------------------------------------------------------------------------

    def show_tab(self, key: str) -> OfficePage | None:
        """Bring the page of a tab to the front, unless the one there may not be left."""
        if self._room is None:
            self.top.select(key)
            return None
        before = self.page()
        if before is not None and self.top.selected() != key:
            self.hush()
            if not before.leave():
                self.top.select(self.top.selected())
                return before
        self.top.select(key)
        page = self._room.shelf.show(key)
        self._show_able()
        if page is not None and page is not before:
            self.status.set_place(page.place())
            self._tell_help()
            page.focus_start()
        return page

    def show_month(self, month: Month) -> None:
        """Look at another month, in every ledger."""
        if self._room is not None:
            self._room.standing.set_month(month)
        page = self.page()
        if page is not None:
            page.show_month()

    def open_record(self, ledger_key: str, one: int, key: str = "") -> None:
        """Show a record under its tab, in its month, with the keyboard on a field of it."""
        page = self._ledger_page(ledger_key)
        if page is None:
            return
        try:
            month = page.month_of(one)
        except OfficeError as gone:
            self.say(str(gone), "late")
            return
        if month is not None:
            self.show_month(month)
        if not page.show_record(one, key):
            self.say("这条记录现在不在表里，可能已经删除。", "late")

    def open_blank(self, ledger_key: str, day: str = "") -> None:
        """Begin a record in a ledger, on a day (2026-11-20) if one is given."""
        page = self._ledger_page(ledger_key)
        on = date.fromisoformat(day) if day else None
        if page is None:
            return
        if on is not None:
            from school_logistics.rules.calendar import Month

            self.show_month(Month.of(on))
        page.begin_on(on)

    def _ledger_page(self, ledger_key: str) -> LedgerPage | None:
        from school_logistics.ui.ledgers_tab import LedgersTab

        if self._room is None:
            return None
        tab = self.show_tab(self._room.desk.ledger(ledger_key).group.value)
        return tab.choose(ledger_key) if isinstance(tab, LedgersTab) else None

    def open_hole(self, ledger_key: str, values: Mapping[str, object], month: Month) -> None:
        """Show among what should be there the hole that a record of these values would fill, and begin it."""
        from school_logistics.ui.table_page import TablePage

        page = self._ledger_page(ledger_key)
        self.show_month(month)
        if isinstance(page, TablePage):
            page.show_view("coverage")
            front = page.views.front()
            if front is None or not front.begin_hole(values):
                page.begin_on(None)

    def open_rule(self, key: str) -> None:
        """Show a rule in the rule book; without a key, the book as it was left."""
        from school_logistics.services.rulings import RULE_CHANGES
        from school_logistics.ui.table_page import TablePage

        page = self._ledger_page(RULE_CHANGES)
        if isinstance(page, TablePage):
            page.show_view("rules", key)

    def open_form(self, code: str, month: Month) -> None:
        """Show a printed form of a month in the print room; without a code, the room as it was left."""
        from school_logistics.ui.page_shelf import tab_of

        page = self.show_tab(tab_of(Page.PRINT))
        if page is not None and code:
            page.show_form(code, month)

    def _to_school(self) -> None:
        if self._room is not None:
            page = self._ledger_page(self._room.single())
            if page is not None:
                page.focus_start()

    def _focus_page(self) -> None:
        page = self.page()
        if page is not None:
            page.focus_start()

    # --- commands ----------------------------------------------------------------------------------

    def do(self, do: Do) -> None:
        """Carry a command out: the page's own way first, else the window's."""
        deed = self._deeds().get(do) if self._room is not None else None
        if deed is not None:
            deed()
            self._show_able()

    def _deeds(self) -> dict[Do, Callable[[], None]]:
        own: dict[Do, Callable[[], None]] = {
            Do.UNDO: self.undo,
            Do.REDO: self.redo,
            Do.SEARCH: self._open_search,
            Do.PRINT_ROOM: self._open_print_room,
            Do.HELP: self._toggle_help,
            Do.SETTINGS: lambda: self._toggled(self.drawer.toggle_settings()),
            Do.ACTS: self._toggle_acts,
            Do.RULES: lambda: self.open_rule(""),
            Do.MENU: lambda: self.top.pop_up(self.menu()),
            Do.TAB_BACK: lambda: self.top.step(-1),
            Do.TAB_ON: lambda: self.top.step(1),
            Do.NEXT_PANE: self._next_pane,
        }
        page = self.page()
        if self.following is not None and self.following.current() is not None:
            own[Do.TRACE] = self.following.toggle
        return {**own, **page.deeds()} if page is not None else own

    def _show_able(self) -> None:
        able = self._deeds()
        for do, action in self.commands.items():
            action.setEnabled(do in able)
        page = self.page()
        if page is not None and self.drawer.shows_help() and page.title() != self._helped:
            self._tell_help()

    def _take(self, number: int) -> None:
        page = self.page()
        if page is not None:
            page.take(number)

    def _next_pane(self) -> None:
        page = self.page()
        top = self.drawer.top()
        if top is not None and not self.drawer.has_focus():
            top.close_button.setFocus()
        elif page is not None:
            page.next_pane()

    def _open_search(self) -> None:
        if self._room is not None:
            self._room.search.open_at(self.top.search_place())
            self._show_able()

    def _open_print_room(self) -> None:
        if self._room is not None:
            self.open_form("", self._room.standing.month)

    def _toggled(self, opened: bool) -> None:
        if not opened:
            self._focus_page()

    def _toggle_help(self) -> None:
        self._toggled(self.drawer.toggle_help())
        self._tell_help()

    def _tell_help(self) -> None:
        page = self.page()
        if page is not None and self.drawer.shows_help():
            from school_logistics.ui.help_panel import key_hints

            self._helped = page.title()
            self.drawer.tell_help(page.title(), [*key_hints(self._deeds()), *page.hints()])

    def _toggle_acts(self) -> None:
        opened = self.drawer.toggle_acts()
        self._toggled(opened)
        self._tell_acts()
        if opened and self.drawer.acts is not None:
            self.drawer.acts.focus_list()

    def _tell_acts(self) -> None:
        if self._room is not None and self.drawer.shows_acts():
            self.drawer.tell_acts(self._room.desk.acts(), self._room.desk.clock())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._room is not None and event.key() == Qt.Key.Key_Escape:
            self._escape()
        else:
            super().keyPressEvent(event)

    def _escape(self) -> None:
        """Esc that nobody else wanted puts away the drawer, the message, or the page's own panel."""
        page = self.page()
        if self.drawer.close_top():
            return
        if not self.bar.isHidden():
            self.bar.dismiss()
        elif page is not None and not page.close_panel():
            page.focus_start()

    # --- taking back -------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take back what is being typed, else the latest act."""
        page = self.page()
        if self._room is not None and not (page is not None and page.undo_typing()):
            self._in_a_job(self._room.desk.undo, self.say_undone)

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self._room is not None:
            self._in_a_job(self._room.desk.redo, self.say_act)

    def _undo_act(self, act: PastAct) -> None:
        if self._room is not None:
            desk = self._room.desk
            self._in_a_job(lambda: desk.undo_act(act), self.say_undone)

    def _in_a_job(self, act: Callable[[], str], done: Callable[[str], None]) -> None:
        self.jobs.start(lambda _progress: act(), done=done, failed=self.tell_trouble)

    # --- changes -----------------------------------------------------------------------------------

    def _changed(self, keys: frozenset[str]) -> None:
        if self._room is None:
            return
        self.bar.dismiss()
        self._room.shelf.refresh(keys, self.top.selected())
        self._room.standing.soon()
        self._tell_acts()
        if self.following is not None:
            self.following.refresh()
        if self._room.single() in keys:
            self._tell_school()

    def _tell_standing(self) -> None:
        if self._room is None:
            return
        standing = self._room.standing
        self.top.set_badges(self._room.badges(self.top.tabs))
        self.top.set_able(Do.UNDO, bool(standing.undoable), standing.undoable)
        self.top.set_able(Do.REDO, bool(standing.redoable), standing.redoable)
        page = self.page()
        if page is not None:
            page.tell_standing()

    def _tell_school(self) -> None:
        if self._room is not None:
            name, mark = self._room.school()
            self._settings.school = name
            self.show_school(name)
            self.top.set_mark(mark)

    def _settings_changed(self) -> None:
        if self._room is not None:
            self._room.desk.actor = self._settings.actor or self._room.desk.actor
        page = self.page()
        if page is not None:
            page.settings_changed()
        self.dress_menu()
        self._keep_settings()

    # --- import ------------------------------------------------------------------------------------

    def import_into(self, ledger_key: str, file: Path | None) -> None:
        """Bring a workbook into a ledger by the import dialog."""
        if self._room is not None:
            ledger = self._room.desk.ledger(ledger_key)
            dialog = self._room.pages.import_dialog(self._room.around, ledger, file, self)
            dialog.imported.connect(self._imported)
            dialog.open()

    def _imported(self, sentence: str, ledger_key: str, months: tuple[Month, Month] | None) -> None:
        """Show the ledger in the newest month that came in: the month looked at before may have none of the rows."""
        from school_logistics.ui.office_page import Message

        safe = "整批可以撤销，明天也可以。"
        page = self._ledger_page(ledger_key)
        if page is not None and months is not None:
            first, last = months
            self.show_month(last)
            span = f"{first.iso} 至 {last.iso}，" if first != last else ""
            safe = f"{span}现在看的是 {last}；{safe}"
        self.show_message(Message(sentence, safe, icon="file-up", undoable=True))

    def import_file(self, file: Path) -> None:
        """Import a file into the ledger in front."""
        page = self.page()
        ledger = page.ledger_in_front() if page is not None else ""
        if ledger:
            self.import_into(ledger, file)
        else:
            self.say("先打开要导入的那本台账，再把文件拖进来。", "soon")

    # --- size and end ------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._room is not None:
            self._room.search.put_away()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._room is not None:
            told = self._room.shelf.unsaved()
            if told and not self._closing:
                event.ignore()
                self._ask_before_closing(told)
                return
            self._room.shelf.keep_state()
            self._room.standing.close()
        self._keep_settings()
        self.jobs.close()
        event.accept()

    def _ask_before_closing(self, told: str) -> None:
        from school_logistics.ui.office_page import Message

        stay = MessageAction("留下来改", self._focus_page, bordered=True)
        leave = MessageAction("放弃这些，关闭", self._close_anyway)
        self.show_message(Message(f"{told}。", "窗口没有关；要改的地方标在行里。", tone="late", actions=(stay, leave)))

    def _close_anyway(self) -> None:
        self._closing = True
        self.close()

    def _keep_settings(self) -> None:
        try:
            self._settings.keep()
        except FileTrouble as trouble:
            self.say(str(trouble), "soon")


def _load_ledger_pages(_progress: Progress) -> None:
    """Have the modules of the ledger pages at hand before the first of them is visited."""
    import_module("school_logistics.ui.ledgers_tab")


def _nothing(_outcome: None) -> None:
    """Nobody waits for it."""
