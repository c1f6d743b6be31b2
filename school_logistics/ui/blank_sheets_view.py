"""Blank paper to carry along, beside a ledger's table: the sheet of a day, or the labels of its samples, as printed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout

from school_logistics.errors import OfficeError
from school_logistics.services.blank_sheets import BlankSheets
from school_logistics.services.printing import write_whole
from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.commands import BY_DO, Do
from school_logistics.ui.ledger_views import LedgerView
from school_logistics.ui.message_bar import MessageAction
from school_logistics.ui.messages import PDF
from school_logistics.ui.office_page import Hint, Message
from school_logistics.ui.page_preview import PagePreview
from school_logistics.ui.paper_printer import SystemPrinter
from school_logistics.ui.parts import ShortWords, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from school_logistics.models.ledger import Ledger
    from school_logistics.reports.pdf import Drawn
    from school_logistics.services.blank_sheets import SheetChoice
    from school_logistics.ui.jobs import Job, Progress
    from school_logistics.ui.office_page import Surroundings
    from school_logistics.ui.paper_printer import Printer

_WEEKDAYS = "一二三四五六日"


class BlankSheetsView(LedgerView):
    """The blank sheets of one ledger."""

    def __init__(self, around: Surroundings, ledger: Ledger, printer: Printer | None = None) -> None:
        """Show the first sheet for today, or for the next school day."""
        super().__init__(around, ledger)
        theme = around.theme
        self.sheets = BlankSheets(self.desk)
        self.choices = self.sheets.of(ledger)
        self.relevant |= {"menu_dish"}
        self._printer = printer or SystemPrinter(around.settings)
        self.chosen: SheetChoice = self.choices[0]
        self.day = self.sheets.next_day()
        self._drawn: Drawn | None = None
        self._drawing: Job | None = None
        self.buttons = {one.key: Button(theme, one.title, look=Look.CHOICE) for one in self.choices}
        self.back = Button(theme, "前一天", icon="chevron-left", look=Look.ICON, key="←")
        self.on = Button(theme, "后一天", icon="chevron-right", look=Look.ICON, key="→")
        self.words = Words(theme, bold=True)
        self._detail = ShortWords(theme, color="ink2")
        self.print_button = Button(theme, "打印", icon="printer", look=Look.PRIMARY, key=BY_DO[Do.PRINT].key)
        self.save_button = Button(theme, "存成 PDF", icon="file-down", look=Look.BORDERED)
        self.preview = PagePreview(theme)
        self._lay_out()
        self._connect()
        self._draw()

    def _lay_out(self) -> None:
        sizes = self.around.theme.sizes
        head = QHBoxLayout()
        head.setContentsMargins(sizes.large, sizes.small, sizes.large, sizes.small)
        head.setSpacing(sizes.small)
        group = QButtonGroup(self)
        for button in self.buttons.values():
            group.addButton(button)
            button.setVisible(len(self.buttons) > 1)
            head.addWidget(button)
        for widget in (self.back, self.words, self.on, self._detail):
            head.addWidget(widget)
        head.addStretch(1)
        for widget in (self.save_button, self.print_button):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.preview, 1)
        self.buttons[self.chosen.key].setChecked(True)

    def _connect(self) -> None:
        for key, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, key=key: self.choose(key))
        self.back.clicked.connect(lambda: self.turn(-1))
        self.on.clicked.connect(lambda: self.turn(1))
        self.print_button.clicked.connect(self.print_sheet)
        self.save_button.clicked.connect(self.save_sheet)

    # --- choosing ----------------------------------------------------------------------------------

    def choose(self, key: str) -> None:
        """Show another sheet of the ledger."""
        self.chosen = next(one for one in self.choices if one.key == key)
        self.buttons[key].setChecked(True)
        self._draw()

    def turn(self, by: int) -> None:
        """So many days on."""
        self.day += timedelta(days=by)
        self._draw()

    def _draw(self) -> None:
        key, day = self.chosen.key, self.day
        self._drawn = None
        self.words.setText(f"{day.month}月{day.day}日 星期{_WEEKDAYS[day.weekday()]}")
        self._detail.setText(self.chosen.detail)
        self._show_able()

        def draw(_progress: Progress) -> Drawn:
            return self.sheets.draw(key, day)

        def done(drawn: Drawn) -> None:
            if (key, day) == (self.chosen.key, self.day):
                self._drawn = drawn
                self.preview.show_pdf(drawn.data)
                self._show_able()

        def failed(error: OfficeError) -> None:
            if (key, day) == (self.chosen.key, self.day):
                self.preview.say(str(error))

        if self._drawing is not None:
            self._drawing.cancel()
        self._drawing = self.around.jobs.start(draw, done=done, failed=failed)

    def _show_able(self) -> None:
        for button in (self.print_button, self.save_button):
            button.setEnabled(self._drawn is not None)
        self.deeds_changed.emit()

    # --- paper -------------------------------------------------------------------------------------

    def _title(self) -> str:
        return f"{self.chosen.title}（{self.day:%m-%d}）"

    def print_sheet(self) -> None:
        """Send the sheet that is shown to a printer."""
        drawn, title = self._drawn, self._title()
        if drawn is None:
            return
        try:
            paper = self._printer.ask(self.window(), f"打印{title}", sum(drawn.pages))
        except OfficeError as error:
            self._tell(error)
            return
        if paper is None:
            self.said.emit("没有打印。", "")
            return
        chosen = paper
        self.around.jobs.start(
            lambda progress: chosen.print_pdf(drawn.data, title, progress),
            done=lambda sent: self.said.emit(f"已送打印机：{title}，共 {sent} 页。", "ok"),
            failed=self._tell,
        )

    def save_sheet(self) -> None:
        """Save the sheet that is shown as a PDF."""
        if self._drawn is None:
            return
        name = self.sheets.file_name(self.chosen.key, self.day)
        path = self.around.messages.save_file("存成 PDF", Path.home() / name, (PDF,))
        if path is None:
            return
        try:
            write_whole(path, self._drawn.data)
        except OfficeError as error:
            self._tell(error)
            return
        look = MessageAction("打开看看", lambda: self._open(path))
        self.message.emit(Message(f"已存：{path.name}", f"在 {path.parent}", icon="check", actions=(look,)))

    def _open(self, path: Path) -> None:
        self.around.messages.open_with_system(path)

    def _tell(self, error: OfficeError) -> None:
        self.message.emit(Message(str(error), tone="late"))

    # --- for the page ------------------------------------------------------------------------------

    def title(self) -> str:
        return f"{self.ledger.label} · 空白单"

    def refresh(self, keys: frozenset[str]) -> None:
        del keys
        self._draw()

    def begin_on(self, day: date | None) -> bool:
        del day
        return False

    def fact(self) -> str:
        return "打出来带到现场填，再照着录入"

    def deeds(self) -> Mapping[Do, Callable[[], None]]:
        return {Do.PRINT: self.print_sheet} if self._drawn is not None else {}

    def focus_start(self) -> None:
        self.preview.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def hints(self) -> Sequence[Hint]:
        return (
            Hint("打印这张空白单", BY_DO[Do.PRINT].key, "各行的次序与批量登记相同，填好后自上而下录入。"),
            Hint("上一页、下一页", "PgUp / PgDn"),
        )
