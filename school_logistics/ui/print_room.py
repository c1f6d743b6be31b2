"""The print room: the month's forms, how each stands, the very page that will be printed, printing, signing, closing.

Laying out, saving and printing run in jobs; a page that is no longer looked at is not drawn. What is missing is
hatched in the preview and left blank on paper. What goes out is kept, so that it can be printed again to the byte.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from school_logistics.errors import OfficeError
from school_logistics.models.signed import Version
from school_logistics.rules.calendar import Month
from school_logistics.rules.short_code import shown
from school_logistics.services.form_states import FormState, Standing
from school_logistics.ui.commands import BY_DO, Do
from school_logistics.ui.form_drawing import FormDrawing
from school_logistics.ui.form_list import FormHead, FormList
from school_logistics.ui.form_output import FormOutput
from school_logistics.ui.form_saving import Way, offer, ways_to_save
from school_logistics.ui.locked_rows import CLOSING
from school_logistics.ui.missing_list import Different, MissingPanel, different
from school_logistics.ui.missing_walk import MissingWalk
from school_logistics.ui.month_closing import MonthClosing
from school_logistics.ui.office_page import Hint, Message, OfficePage, Surroundings
from school_logistics.ui.page_preview import PagePreview
from school_logistics.ui.parts import Panel
from school_logistics.ui.print_room_lines import RoomFoot, RoomHead
from school_logistics.ui.print_standing import AskingMonth, Found, verdict
from school_logistics.ui.progress_strip import ProgressStrip
from school_logistics.ui.side_slot import SideSlot
from school_logistics.ui.signing_acts import SigningActs
from school_logistics.ui.signing_strip import Sign, SigningStrip, why_not_filed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from school_logistics.reports.pdf import Drawn
    from school_logistics.services.missing import Missing
    from school_logistics.ui.missing_list import ListLine
    from school_logistics.ui.paper_printer import Printer
    from school_logistics.ui.paper_services import PaperServices

LIST_WIDTH = 500
_NARROW, _NARROW_LIST = 1100, 360
_TIGHT = 1500
"""Below this width the way to the system's own program is an icon."""
_FILES_SAY = "这些资料不单独印表，但印在各张表上，也进年报。上面列出了还缺的内容，按 Enter 去补。"


class PrintRoom(OfficePage):
    """Choose a month, see what is missing, print or save."""

    def __init__(self, around: Surroundings, papers: PaperServices, printer: Printer) -> None:
        """`printer` asks for the printer to use."""
        super().__init__(around)
        self._papers, self._pack = papers, papers.pack
        self._pack.binding = around.settings.binding
        self._theme, self._desk = around.theme, around.office.desk
        self.month = Month.of(self._desk.today)
        self._found: Found | None = None
        self._wanted = ""
        theme = self._theme
        self.head, self.foot = RoomHead(theme, self.month), RoomFoot(theme)
        self.picker, self.save, self.open, self.print = (
            self.head.picker, self.head.save, self.head.open, self.head.print,
        )  # fmt: skip
        self.forms, self.missing, self.strip = FormList(theme), MissingPanel(theme), SigningStrip(theme)
        self.preview, self.progress, self.side = PagePreview(theme), ProgressStrip(theme), SideSlot(theme)
        self.output = FormOutput(around, papers, printer, self.progress, self)
        self.signing = SigningActs(around, papers, self.output, self)
        self.closing = MonthClosing(theme, papers.closing, around.jobs, self.side, self)
        self._asking = AskingMonth(papers, around.jobs, self)
        self._drawing = FormDrawing(papers.pack, around.jobs, lambda: (self.code(), self.month), self)
        self._walk = MissingWalk(self.forms, self.missing.view, lambda code: bool(self._missing_of(code)), self)
        self._lay_out()
        self._connect()

    # --- laying out --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._left = Panel(self._theme, "surface", edges="right")
        left = _column(self._left)
        left.setContentsMargins(0, 0, self._theme.sizes.line, 0)
        left.addWidget(FormHead(self._theme))
        left.addWidget(self.forms, 1)
        left.addWidget(self.foot)
        right = _column(None)
        for widget, stretch in ((self.missing, 0), (self.strip, 0), (self.preview, 1), (self.progress, 0)):
            right.addWidget(widget, stretch)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._left)
        body.addLayout(right, 1)
        body.addWidget(self.side)
        column = _column(self)
        column.addWidget(self.head)
        column.addLayout(body, 1)
        for before, after in ((self.forms, self.missing.view), (self.missing.view, self.preview.view)):
            QWidget.setTabOrder(before, after)
        self._fit()

    def _connect(self) -> None:
        self.picker.picked.connect(lambda year, number: self.set_month(Month(year, number)))
        self.forms.moved.connect(lambda _form: self._form_chosen())
        self.forms.entered.connect(lambda _form: self._walk.enter())
        self.forms.print_wanted.connect(self.print_this)
        self.forms.sign_wanted.connect(self.file_this)
        self.missing.opened.connect(self._open_missing)
        self.missing.view.moved.connect(self._turn_to)
        self.save.clicked.connect(self.offer_saving)
        self.open.clicked.connect(self.open_this)
        self.print.clicked.connect(self.print_ready)
        self.head.close_month.clicked.connect(lambda _checked=False: self.show_closing())
        self.foot.code_typed.connect(self.find_code)
        self.strip.wanted.connect(self._sign)
        self._asking.found.connect(self._take)
        self._asking.failed.connect(self._tell)
        self._drawing.drawn.connect(self._show)
        self._drawing.failed.connect(lambda error: self.preview.say(str(error)))
        self._drawing.nothing.connect(lambda: self.preview.say(_FILES_SAY if self._found else ""))
        self.side.changed.connect(self._fit)
        self._walk.said.connect(self.said)
        for worker in (self.output, self.signing, self.closing):
            worker.said.connect(self.said)
            worker.message.connect(self.message)
        self.closing.form_wanted.connect(self._go_to)
        for acts in (self.signing, self.closing):
            acts.done.connect(lambda: self.refresh(frozenset()))

    def _fit(self) -> None:
        theme = self._theme
        narrow, beside = self.width() < theme.px(_NARROW), not self.side.isHidden()
        self._left.setFixedWidth(theme.px(_NARROW_LIST if narrow or beside else LIST_WIDTH))
        self._left.setHidden(beside and narrow)
        self.head.fit(narrow=narrow, tight=self.width() < theme.px(_TIGHT))
        self.foot.fit()

    def minimumSizeHint(self) -> QSize:
        """Never push the window wider: what does not fit folds."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_left"):
            self._fit()

    # --- what the window asks ----------------------------------------------------------------------

    def show_form(self, code: str, month: Month) -> None:
        """Look at one form of a month, or at what closes and reopens it."""
        if code == CLOSING:
            self.closing.show(month)
        self._wanted = code
        if month != self.month or self._found is None:
            self.set_month(month)
        else:
            self._take_wanted()

    def set_month(self, month: Month) -> None:
        """Look at another month."""
        self.month = month
        self.picker.set_month(*month)
        self._found = None
        self.preview.say(f"正在看{month}的各张表……")
        self.refresh(frozenset())

    def refresh(self, keys: frozenset[str]) -> None:
        """Ask anew how the month stands, in a job."""
        self._asking.ask(self.month)
        self.closing.refresh(self.month)

    def settings_changed(self) -> None:
        """Draw the page anew when paper now gets another margin."""
        if self._pack.binding != self.around.settings.binding:
            self._pack.binding = self.around.settings.binding
            self._drawing.soon()

    def focus_start(self) -> None:
        """The list of forms."""
        self.forms.setFocus(Qt.FocusReason.OtherFocusReason)

    def next_pane(self) -> None:
        """Forms, what is missing, the page, and around again."""
        panes = [pane for pane in (self.forms, self.missing.view, self.preview.view) if pane.isVisible()]
        here = next((place for place, pane in enumerate(panes) if pane.hasFocus()), -1)
        panes[(here + 1) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    def deeds(self) -> Mapping[Do, Callable[[], None]]:
        """What works here."""
        able: dict[Do, Callable[[], None]] = {
            Do.EXPORT: self.offer_saving,
            Do.NEXT_MISSING: self.next_missing,
            Do.MONTH_BACK: lambda: self.picker.step(-1),
            Do.MONTH_ON: lambda: self.picker.step(1),
        }
        if self.print.isEnabled():
            able[Do.PRINT] = self.print_ready
        return able

    def hints(self) -> Sequence[Hint]:
        """What only this page knows."""
        return (
            Hint("换一张表", "↑ ↓"),
            Hint("去补缺的内容", "Enter", "先到缺的清单，再按一次到那一格"),
            Hint("打印这一张", "P", "还有空缺的也能打，空缺处不印斜线"),
            Hint("打印内容齐全的各张", BY_DO[Do.PRINT].key),
            Hint("归档签好字的扫描件", "S", "归到这张表的签字版；没有扫描仪就记为已签"),
            Hint("按短码找一份", "", "表脚的短码，左下角输入，也可用扫码枪"),
            Hint("月结", "", "看还有什么没办完，给这个月画红线"),
            Hint("预览翻页", "PgUp PgDn", "先按 F6 到预览"),
            Hint("预览缩放", "+ − 0", "0 看整页"),
        )

    def title(self) -> str:
        """As the tab says."""
        return "报表打印"

    def close_panel(self) -> bool:
        """Esc stops long work, else gives up what is being asked, else puts the panel away."""
        if self.progress.cancel():
            return True
        if self.strip.asking():
            self.strip.ask(None)
            return True
        if self.closing.shown:
            self.closing.put_away()
            return True
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._asking.asked:
            self.refresh(frozenset())

    # --- how the month stands ----------------------------------------------------------------------

    def _take(self, found: Found) -> None:
        self._found = found
        self.forms.set_forms(found.lines())
        self.head.fact.setText(found.fact())
        self.head.closed.setVisible(found.closed is not None)
        self.picker.set_locked(self._desk.closed_months())
        self.head.set_ready(len(found.ready()))
        self.deeds_changed.emit()
        self._take_wanted()
        self._form_chosen()

    def _take_wanted(self) -> None:
        if self._wanted:
            self._go_to(self._wanted)
        self._wanted = ""

    def _go_to(self, code: str) -> None:
        self.forms.go_to(lambda form: form.code == code)

    def ready(self) -> tuple[str, ...]:
        """Codes of the forms that can be printed as they are."""
        return self._found.ready() if self._found else ()

    def code(self) -> str:
        """Code of the current form; "" for none."""
        form = self.forms.current()
        return form.code if form else ""

    def _missing_of(self, code: str) -> list[Missing]:
        return self._found.missing_of(code) if self._found else []

    def _form_chosen(self) -> None:
        form = self.forms.current()
        if form is None:
            return
        lines: Sequence[ListLine] = self._missing_of(form.code)
        if form.standing is Standing.DIFFERS:
            lines = [different(one) for one in form.differences]
        looks = sum(1 for one in lines if not isinstance(one, Different) and one.look)
        self.missing.show_lines(form.code, *verdict(form, looks), lines)
        self.strip.show_form(form)
        for button in (self.save, self.open):
            button.setEnabled(bool(self._found and self._found.states))
        self._drawing.soon()

    def _show(self, code: str, drawn: Drawn) -> None:
        hatched = "斜线处为空缺，不会印出" if any(one.field and one.is_gap for one in self._missing_of(code)) else ""
        note = " · ".join(part for part in (self._pack.form(code).edition, hatched) if part)
        self.preview.show_pdf(drawn.data, note)
        if drawn.missing:
            self.said.emit(f"字库里没有「{'、'.join(drawn.missing)}」，印出来是 〓，打印后请手写补上。", "soon")

    # --- what is missing ---------------------------------------------------------------------------

    def next_missing(self) -> None:
        """The next line of this form, else the first one of the next form that lacks something."""
        self._walk.on()

    def _turn_to(self, line: ListLine) -> None:
        """Show the page on which a gap is hatched."""
        if not isinstance(line, Different):
            self.preview.turn_to(line.day, line.title)

    def _open_missing(self, line: ListLine) -> None:
        if isinstance(line, Different):
            return
        if line.id is not None:
            self.open_record.emit(line.ledger, line.id, line.field)
            return
        if line.begin is not None:
            self.open_hole.emit(line.ledger, line.begin, self.month)
            return
        today = self._desk.today
        day = today if self.month.holds(today) else self.month.first
        self.open_blank.emit(line.ledger, day.isoformat())

    # --- paper and files ---------------------------------------------------------------------------

    def _form(self) -> FormState | None:
        """The current form, unless it stands for files that are not printed."""
        form = self.forms.current()
        return form if form is not None and form.code else None

    def print_this(self) -> None:
        """Print the current form."""
        form = self._form()
        if form is not None:
            self.output.print_forms((form.code,), self.month, form.title)

    def print_ready(self) -> None:
        """Print every form whose content is complete."""
        ready = self.ready()
        if ready:
            self.output.print_forms(ready, self.month, f"{self.month}检查表 {len(ready)} 张")

    def save_this(self) -> None:
        """Save the current form as a PDF."""
        form = self._form()
        if form is not None:
            self.output.save_form(form, self.month)

    def open_this(self) -> None:
        """Open the current form in the system's own program."""
        form = self._form()
        if form is not None:
            self.output.open_form(form, self.month)

    def offer_saving(self) -> None:
        """A menu under the button: this form, those that are ready, all of them in one, or one file each."""
        offer(self.ways_to_save(), self.save, self._theme.sizes.tiny)

    def ways_to_save(self) -> list[Way]:
        """What can be saved now, in words, with the way to do it."""
        return ways_to_save(self._found, self._form(), self.output)

    # --- signing and closing -----------------------------------------------------------------------

    def _sign(self, act: Sign, typed: str) -> None:
        """Carry out what the strip under the form offers."""
        form = self._form()
        if form is not None and self.signing.do(act, form, typed) and self.strip.asking():
            self.strip.ask(None)
            self.focus_start()

    def file_this(self) -> None:
        """File the scan of the current form, or say why there is none to file."""
        form = self._form()
        if form is not None and (why := why_not_filed(form)):
            self.said.emit(why, "soon")
        else:
            self.strip.press(Sign.SCAN)

    def find_code(self, typed: str) -> None:
        """Find the paper of a short code: its month and form come up, with the way to file its scan."""
        try:
            version = self._papers.signing.version(typed)
        except OfficeError as error:
            self._tell(error)
            return
        self.show_form(version.form, Month.parse(version.period))
        self.signing.offer(version, _found_words(version))

    def show_closing(self) -> None:
        """Open the panel that closes the month, or put it away."""
        if self.closing.shown:
            self.closing.put_away()
        else:
            self.closing.show(self.month)

    def _tell(self, error: OfficeError) -> None:
        self.message.emit(Message(str(error), tone="late"))


def _found_words(version: Version) -> str:
    return f"短码 {shown(version.code)}：{version.form} {version.title}，{version.printed_at:%Y-%m-%d %H:%M} 打印"


def _column(parent: QWidget | None) -> QVBoxLayout:
    """A column without margins, for `parent` or to be put somewhere."""
    column = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
