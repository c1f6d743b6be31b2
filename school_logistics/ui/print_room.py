"""The print room: the month's forms, what each lacks, the very page that will be printed, printing and saving.

Laying out, saving and printing run in jobs; a page that is no longer looked at is not drawn. What is missing is
hatched in the preview and left blank on paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from school_logistics.rules.calendar import Month
from school_logistics.services.form_states import FormState
from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.commands import BY_DO, Do
from school_logistics.ui.form_list import FormHead, FormList
from school_logistics.ui.form_output import FormOutput
from school_logistics.ui.missing_list import MissingPanel
from school_logistics.ui.month_picker import MonthPicker
from school_logistics.ui.office_page import Hint, Message, OfficePage, Surroundings
from school_logistics.ui.page_line import PageLine
from school_logistics.ui.page_preview import PagePreview
from school_logistics.ui.parts import Panel, Words
from school_logistics.ui.progress_strip import ProgressStrip
from school_logistics.ui.theme import Type

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from school_logistics.errors import OfficeError
    from school_logistics.reports.pdf import Drawn
    from school_logistics.services.missing import Missing
    from school_logistics.services.month import MonthPack
    from school_logistics.ui.jobs import Job, Progress
    from school_logistics.ui.paper_printer import Printer

LIST_WIDTH = 500
_NARROW, _NARROW_LIST = 1100, 360
_SETTLE_MS = 90
"""The page of a form is drawn when the keyboard has rested on it so long."""
FILES = FormState("", "学校、人员等资料", "不单独印表", 0, 0, empty=False, word="")
"""Stands for what is missing in files that are printed on other forms only."""
_FILES_SAY = "这些资料不单独印表，但印在各张表上，也进年报。上面列出了还缺的内容，按 Enter 去补。"


class Found(NamedTuple):
    """How a month stands."""

    month: Month
    states: tuple[FormState, ...]
    missing: tuple[Missing, ...]


class PrintRoom(OfficePage):
    """Choose a month, see what is missing, print or save."""

    def __init__(self, around: Surroundings, pack: MonthPack, printer: Printer) -> None:
        """`printer` asks for the printer to use."""
        super().__init__(around)
        self._pack = pack
        self._theme, self._desk = around.theme, around.office.desk
        self.month = Month.of(self._desk.today)
        self._found: Found | None = None
        self._asked: Job | None = None
        self._again = False
        self._drawing: Job | None = None
        self._wanted = ""
        self.forms = FormList(self._theme)
        self.missing = MissingPanel(self._theme)
        self.preview = PagePreview(self._theme)
        self.progress = ProgressStrip(self._theme)
        self.output = FormOutput(around, pack, printer, self.progress, self)
        self.picker = MonthPicker(self._theme, *self.month)
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_SETTLE_MS)
        self._resting.timeout.connect(self._draw)
        self._lay_out()
        self._connect()

    # --- laying out --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        theme, sizes = self._theme, self._theme.sizes
        self._left = Panel(theme, "surface", edges="right")
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, sizes.line, 0)
        left.setSpacing(0)
        left.addWidget(FormHead(theme))
        left.addWidget(self.forms, 1)
        left.addWidget(self._foot())
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.missing)
        right.addWidget(self.preview, 1)
        right.addWidget(self.progress)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._left)
        body.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addLayout(body, 1)
        for before, after in ((self.forms, self.missing.view), (self.missing.view, self.preview.view)):
            QWidget.setTabOrder(before, after)
        self._fit()

    def _head(self) -> PageLine:
        theme = self._theme
        head = PageLine(theme)
        self._fact = Words(theme, kind=Type.LABEL, color="ink2")
        self.save = Button(theme, "存成 PDF", icon="file-down", tip="存这一张，或存整本")
        self.save.set_key(BY_DO[Do.EXPORT].key, shown=False)
        self.open = Button(theme, "用系统程序打开", icon="eye", tip="用电脑上看 PDF 的程序打开这一张")
        self.print = Button(theme, _print_words(0), icon="printer", look=Look.PRIMARY, key=BY_DO[Do.PRINT].key)
        self.print.setEnabled(False)
        row = head.row
        row.addWidget(Words(theme, "报表打印", kind=Type.TITLE))
        row.addWidget(self.picker)
        row.addStretch(1)
        for widget in (self._fact, self.save, self.open, self.print):
            row.addWidget(widget)
        return head

    def _foot(self) -> PageLine:
        self._foot_line = PageLine(self._theme, "row", fill="sunken", edges="top")
        keys = Words(self._theme, "↑↓ 换表　Enter 补缺　P 打印这张", kind=Type.QUIET, color="ink2")
        self._foot_line.row.addWidget(keys)
        return self._foot_line

    def _connect(self) -> None:
        self.picker.picked.connect(lambda year, number: self.set_month(Month(year, number)))
        self.forms.moved.connect(lambda _form: self._form_chosen())
        self.forms.entered.connect(lambda _form: self._go_to_missing())
        self.forms.print_wanted.connect(self.print_this)
        self.missing.opened.connect(self._open_missing)
        self.missing.view.moved.connect(self._turn_to)
        self.save.clicked.connect(self.offer_saving)
        self.open.clicked.connect(self.open_this)
        self.print.clicked.connect(self.print_ready)
        self.output.said.connect(self.said)
        self.output.message.connect(self.message)

    def _fit(self) -> None:
        theme = self._theme
        narrow = self.width() < theme.px(_NARROW)
        self._left.setFixedWidth(theme.px(_NARROW_LIST if narrow else LIST_WIDTH))
        self._fact.setVisible(not narrow)
        for button in (self.save, self.open):
            button.set_compact(narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_foot_line"):
            self._fit()

    # --- what the window asks ----------------------------------------------------------------------

    def show_form(self, code: str, month: Month) -> None:
        """Look at one form of a month."""
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
        self.refresh(frozenset())

    def refresh(self, keys: frozenset[str]) -> None:
        """Ask anew how the month stands, in a job."""
        if self._asked is not None and self._asked.running():
            self._again = True
            return
        self._again = False
        month = self.month

        def ask(progress: Progress) -> Found:
            progress.step(0, 1, "查看各张表")
            return Found(month, tuple(self._pack.states(month)), tuple(self._pack.missing(month)))

        self._asked = self.around.jobs.start(ask, done=self._take, failed=self._tell)

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
            Hint("预览翻页", "PgUp PgDn", "先按 F6 到预览"),
            Hint("预览缩放", "+ − 0", "0 看整页"),
        )

    def title(self) -> str:
        """As the tab says."""
        return "报表打印"

    def close_panel(self) -> bool:
        """Esc stops long work."""
        return self.progress.cancel()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._asked is None:
            self.refresh(frozenset())

    # --- how the month stands ----------------------------------------------------------------------

    def _take(self, found: Found) -> None:
        if found.month != self.month or self._again:
            self._asked = None
            self.refresh(frozenset())
            return
        self._found = found
        loose = sum(1 for one in found.missing if not one.form)
        states = list(found.states)
        if loose:
            states.append(FILES._replace(gaps=loose, word=f"缺 {loose}"))
        self.forms.set_forms(states)
        gaps = sum(1 for one in found.states if one.gaps)
        empty = sum(1 for one in found.states if one.empty and not one.gaps)
        ready = len(self.ready())
        self._fact.setText(f"{len(found.states)} 张：{ready} 可打印 · {gaps} 缺 · {empty} 无记录")
        self.print.set_text(_print_words(ready))
        self.print.setEnabled(ready > 0)
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
        states = self._found.states if self._found else ()
        return tuple(one.code for one in states if not one.gaps and not one.empty)

    def code(self) -> str:
        """Code of the current form; "" for none."""
        form = self.forms.current()
        return form.code if form else ""

    def _missing_of(self, code: str) -> list[Missing]:
        return [one for one in self._found.missing if one.form == code] if self._found else []

    def _form_chosen(self) -> None:
        form = self.forms.current()
        if form is None:
            return
        self.missing.show_lines(form.code, *_verdict(form), self._missing_of(form.code))
        for button in (self.save, self.open):
            button.setEnabled(bool(self._found and self._found.states))
        self._resting.start()

    def _draw(self) -> None:
        """Draw the page of the current form, unless another has become current meanwhile."""
        code, month = self.code(), self.month
        if self._drawing is not None:
            self._drawing.cancel()
        if not code:
            self.preview.say(_FILES_SAY if self._found else "")
            return

        def done(drawn: Drawn) -> None:
            if (code, month) == (self.code(), self.month):
                self._show(code, drawn)

        def draw(progress: Progress) -> Drawn:
            progress.step(0, 1, code)
            return self._pack.draw(code, month, preview=True)

        self._drawing = self.around.jobs.start(draw, done=done, failed=lambda error: self.preview.say(str(error)))

    def _show(self, code: str, drawn: Drawn) -> None:
        hatched = "斜线处为空缺，不会印出" if any(one.field for one in self._missing_of(code)) else ""
        note = " · ".join(part for part in (self._pack.form(code).edition, hatched) if part)
        self.preview.show_pdf(drawn.data, note)
        if drawn.missing:
            self.said.emit(f"字库里没有「{'、'.join(drawn.missing)}」，印出来是 〓，打印后请手写补上。", "soon")

    # --- what is missing ---------------------------------------------------------------------------

    def _go_to_missing(self) -> None:
        """From a form to the first thing it lacks."""
        if self.missing.view.current() is not None:
            self.missing.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.said.emit("这张表内容齐全，没有要补的。", "ok")

    def next_missing(self) -> None:
        """The next line of this form, else the first one of the next form that lacks something."""
        view = self.missing.view
        if view.hasFocus() and view.step():
            return
        if not view.hasFocus() and view.current() is not None:
            view.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        codes = [form.code for form in self.forms.lines()]
        here = codes.index(self.code()) if self.code() in codes else 0
        after = [*codes[here + 1 :], *codes[:here]]
        target = next((code for code in after if self._missing_of(code)), None)
        if target is None:
            self.said.emit("再没有缺的内容了。", "ok")
            return
        self._go_to(target)
        view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn_to(self, line: Missing) -> None:
        """Show the page on which a gap is hatched."""
        self.preview.turn_to(line.day, line.title)

    def _open_missing(self, line: Missing) -> None:
        if line.id is not None:
            self.open_record.emit(line.ledger, line.id, line.field)
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
        if self._found is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, run in self.ways_to_save():
            menu.addAction(words).triggered.connect(run)
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self.save.mapToGlobal(QPoint(0, self.save.height() + self._theme.sizes.tiny)))

    def ways_to_save(self) -> list[tuple[str, Callable[[], None]]]:
        """What can be saved now, in words, with the way to do it."""
        form, ready, month = self._form(), self.ready(), self.month
        many = len(self._found.states) if self._found else 0
        ways: list[tuple[str, Callable[[], None]]] = []
        if form is not None:
            ways.append((f"存这一张：{form.code} {form.title}…", self.save_this))
        if 0 < len(ready) < many:
            ways.append((f"存已齐的 {len(ready)} 张，合成一本…", lambda: self.output.save_book(ready, month)))
        ways.append((f"存全部 {many} 张，带封面合成一本…", lambda: self.output.save_book((), month)))
        ways.append((f"每张存一个文件，另存整本，共 {many + 1} 个…", lambda: self.output.save_all(month)))
        return ways

    def _tell(self, error: OfficeError) -> None:
        self.message.emit(Message(str(error), tone="late"))


def _print_words(ready: int) -> str:
    return f"打印已齐的 {ready} 张"


def _verdict(form: FormState) -> tuple[str, str]:
    """How a form stands, in a sentence and its tone."""
    if not form.code:
        return f"还缺 {form.gaps} 处", "late"
    if form.gaps:
        return f"还缺 {form.gaps} 处，补齐再打；也可先打草稿", "late"
    if form.empty:
        return "没有记录，打出来是空表", "soon"
    return f"内容齐全，{form.rows} 行，可以打印", "ok"
