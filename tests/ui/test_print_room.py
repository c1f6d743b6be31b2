"""The print room as a clerk uses it at month's end: what is missing, the page as it will be, paper and files."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPdfWriter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from school_logistics.catalogue import FORMS
from school_logistics.errors import Cancelled, FileTrouble
from school_logistics.rules.calendar import Month
from school_logistics.services.desk import Desk
from school_logistics.services.importing import Importer
from school_logistics.services.missing import Missing
from school_logistics.ui.commands import Do
from school_logistics.ui.jobs import Jobs, Progress
from school_logistics.ui.page_preview import PagePreview
from school_logistics.ui.paper_printer import ChosenPrinter, Paper, opened, page_image
from school_logistics.ui.print_room import PrintRoom
from school_logistics.ui.theme import Theme
from tests.office import new_desk, purchase, write
from tests.ui.message_recorder import RecordedMessages
from tests.ui.page_stage import Stage, bring_up, click, live, wait_for
from tests.ui.typing import ENTER, Key, press, type_text

NOVEMBER = Month(2026, 11)


class FilePrinter:
    """A printer that writes what it prints into a file, or is not there at all."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.asked: list[tuple[str, int]] = []
        self.refuses = False
        self.trouble = ""
        self.paper: Paper | None = None

    def ask(self, parent: QWidget, title: str, pages: int) -> Paper | None:
        """Answer in the user's place."""
        self.asked.append((title, pages))
        if self.trouble:
            raise FileTrouble(self.trouble)
        if self.refuses:
            return None
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.file))
        return self.paper or ChosenPrinter(printer)


@dataclass
class EndlessPaper:
    """A printer that never has enough, until it is stopped."""

    steps: int = 0
    stopped: bool = False
    said: list[str] = field(default_factory=list)

    def print_pdf(self, data: bytes, title: str, progress: Progress) -> int:
        """Print page after page."""
        while True:
            self.steps += 1
            try:
                progress.step(self.steps, 10_000_000, f"打印第 {self.steps} 页")
            except Cancelled:
                self.stopped = True
                raise


@dataclass
class Room:
    """A print room on the screen."""

    stage: Stage
    page: PrintRoom
    printer: FilePrinter

    def drawn(self) -> None:
        """Wait until the keyboard has rested and the page is there."""
        live(120)


@pytest.fixture
def gappy(desk: Desk, tmp_path: Path) -> Desk:
    """Deliveries of November, two of them brought in from a workbook that lacks what the law wants."""
    file = tmp_path / "采购.csv"
    file.write_text(
        "采购日期,品名,类别,数量,单价,供货单位\n2026-11-10,鸡腿,禽肉,12.5,17.6,康鲜肉类食品有限公司\n"
        "2026-11-11,鸡腿,禽肉,10,17.6,康鲜肉类食品有限公司\n",
        encoding="utf-8",
    )
    importer = Importer(desk)
    importer.commit(importer.plan(desk.ledger("food_purchase"), file))
    return desk


def room(desk: Desk, theme: Theme, messages: RecordedMessages, tmp_path: Path, jobs: Jobs | None = None) -> Room:
    stage = Stage.over(desk, theme, messages, jobs, tmp_path)
    printer = FilePrinter(tmp_path / "printed.pdf")
    page = PrintRoom(stage.around, stage.office.papers, printer)
    stage.show(page)
    return Room(stage, page, printer)


def missing_of(room: Room, code: str) -> list[Missing]:
    return next([*one.lacking] for one in room.stage.office.pack.states(NOVEMBER) if one.code == code)


def pages_of(file: Path) -> int:
    document = QPdfDocument()
    assert document.load(str(file)) == QPdfDocument.Error.None_
    return document.pageCount()


def test_every_form_of_the_month_stands_under_its_tab_with_its_state(gappy: Desk, theme, messages, tmp_path):
    here = room(gappy, theme, messages, tmp_path)

    states = here.stage.office.pack.states(NOVEMBER)
    assert [one.code for one in here.page.forms.lines() if one.code] == [one.code for one in states]
    canteen = [one for one in states if one.group == "食堂"]
    assert here.page.forms.headings()[0] == f"食堂 {len(canteen)} 张"
    words = {one.code: one.word for one in here.page.forms.lines()}
    assert words["C03"] == f"缺 {len(missing_of(here, 'C03'))}"
    assert words["C10"] == "无记录"


def test_what_no_form_prints_by_itself_is_listed_too(gappy: Desk, theme, messages, tmp_path):
    here = room(gappy, theme, messages, tmp_path)

    last = here.page.forms.lines()[-1]

    assert (last.code, last.title) == ("", "学校、人员等资料")
    press(Key.Key_End)
    here.drawn()
    assert here.page.code() == ""
    assert "不单独印表" in here.page.preview.said()


def test_enter_goes_to_what_a_form_lacks_and_again_to_its_place(gappy: Desk, theme, messages, tmp_path):
    here = room(gappy, theme, messages, tmp_path)
    here.page.show_form("C03", NOVEMBER)

    press(ENTER)
    assert here.page.missing.view.hasFocus()
    press(Key.Key_Down, ENTER)

    second = missing_of(here, "C03")[1]
    assert here.stage.heard.records == [("food_purchase", second.id, second.field)]
    assert here.page.missing.verdict().startswith(f"缺 {len(missing_of(here, 'C03'))} 处，先补 11-10 鸡腿的")


def test_a_form_without_records_leads_to_the_blank_row_of_its_month(gappy: Desk, theme, messages, tmp_path):
    here = room(gappy, theme, messages, tmp_path)

    here.page.show_form("C10", NOVEMBER)
    press(ENTER, ENTER)
    here.page.show_form("C10", Month(2026, 10))
    here.page.focus_start()
    press(ENTER, ENTER)

    assert here.stage.heard.blanks == [("retained_sample", "2026-11-22"), ("retained_sample", "2026-10-01")]


def test_f8_goes_from_gap_to_gap_and_on_to_the_next_form(gappy: Desk, theme, messages, tmp_path):
    here = room(gappy, theme, messages, tmp_path)
    next_missing = here.page.deeds()[Do.NEXT_MISSING]
    here.page.show_form("C03", NOVEMBER)
    many = len(missing_of(here, "C03"))

    for _ in range(many):
        next_missing()
    assert here.page.code() == "C03"
    assert here.page.missing.view.current() == missing_of(here, "C03")[-1]
    next_missing()

    assert here.page.code() != "C03"
    assert here.page.missing.view.hasFocus()


def test_the_preview_is_the_very_pdf_with_the_gaps_hatched(gappy: Desk, theme, messages, tmp_path):
    here = room(gappy, theme, messages, tmp_path)
    here.page.show_form("C03", NOVEMBER)
    here.drawn()

    preview = here.page.preview
    drawn = here.stage.office.pack.draw("C03", NOVEMBER, preview=True)
    assert preview.pages() == drawn.pages[0]
    assert "大白菜" in preview.document.getAllText(0).text()
    assert reds(preview.document.render(0, QSize(1200, 850))) > 0
    plain = here.stage.office.pack.draw("C03", NOVEMBER)
    document, buffer = opened(plain.data)
    assert reds(document.render(0, QSize(1200, 850))) == 0
    document.close()
    buffer.close()


def reds(image: QImage) -> int:
    """Pixels that are plainly red."""
    found = 0
    for y in range(0, image.height(), 2):
        for x in range(0, image.width(), 2):
            color = QColor(image.pixel(x, y))
            found += color.alpha() > 0 and color.red() > color.green() + 60
    return found


def test_page_keys_turn_the_preview_and_stop_at_its_ends(gappy: Desk, theme, messages, tmp_path):
    here = room(gappy, theme, messages, tmp_path)
    here.drawn()
    preview = here.page.preview
    preview.view.setFocus()

    press(Key.Key_PageUp)
    assert preview.page() == 1
    assert not preview.back.isEnabled()
    for _ in range(preview.pages() + 2):
        press(Key.Key_PageDown)
    assert preview.page() == preview.pages()
    assert not preview.on.isEnabled()


def test_going_through_the_gaps_turns_to_the_page_they_are_on(gappy: Desk, theme, messages, tmp_path):
    for number in range(1, 40):
        purchase(gappy, bought_on="2026-11-05", produced_on="2026-11-04", quantity=str(number))
    here = room(gappy, theme, messages, tmp_path)
    here.page.show_form("C03", NOVEMBER)
    here.drawn()
    assert here.page.preview.pages() > 1

    press(ENTER, Key.Key_End)

    assert here.page.preview.page() > 1
    assert "鸡腿" in here.page.preview.document.getAllText(here.page.preview.page() - 1).text()


def test_zooming_goes_through_steps_and_back_to_the_whole_page(gappy: Desk, theme, messages, tmp_path):
    here = room(gappy, theme, messages, tmp_path)
    here.drawn()
    preview = here.page.preview
    whole = preview.view.page_box().width()

    click(preview.larger)
    assert preview.view.page_box().width() > whole
    assert preview.whole.text().endswith("%")
    preview.view.setFocus()
    press(Key.Key_0)
    assert preview.view.page_box().width() == whole
    assert preview.whole.text() == "整页"
    assert preview.view.verticalScrollBar().maximum() == 0


def test_in_the_dark_the_page_does_not_glare(gappy: Desk, theme: Theme, messages, tmp_path):
    theme.set(dark=True)
    here = room(gappy, theme, messages, tmp_path)
    here.drawn()
    live(300)

    view = here.page.preview.view
    image = view.viewport().grab().toImage()
    inside = view.page_box().topLeft()

    assert QColor(image.pixel(inside.x() + 6, inside.y() + 6)).name().upper() == theme.tokens.paper
    assert QColor(image.pixel(2, image.height() // 2)).name().upper() == theme.tokens.desk


def test_p_prints_the_form_that_is_looked_at(gappy: Desk, theme, messages, tmp_path):
    here = room(gappy, theme, messages, tmp_path)
    here.page.show_form("C03", NOVEMBER)

    type_text("p")

    pages = here.stage.office.pack.draw("C03", NOVEMBER).pages[0]
    assert here.printer.asked == [("打印食品进货查验记录", pages)]
    assert pages_of(here.printer.file) == pages
    assert here.stage.heard.said[-1] == (f"已送打印机：食品进货查验记录，共 {pages} 页。", "ok")
    assert here.page.forms.hasFocus()


def test_the_button_prints_what_is_complete_and_names_how_many(gappy: Desk, theme, messages, tmp_path):
    write(gappy, "school_class", name="一年级1班", pupils="40")
    order = {"ordered": "30", "pupils": "40", "days": "88", "unit_price": "2.5", "supplier": "绿源蔬菜配送中心"}
    write(gappy, "milk_order", term="2026秋", school_class="一年级1班", **order)
    here = room(gappy, theme, messages, tmp_path)
    ready = [one.code for one in here.stage.office.pack.states(NOVEMBER) if not one.gaps and not one.empty]
    assert {"C01", "F-MLK-01"} <= {*ready}
    assert "C03" not in ready
    assert here.page.print.text() == f"打印已齐的 {len(ready)} 张"

    click(here.page.print)

    assert pages_of(here.printer.file) == sum(here.stage.office.pack.pack(NOVEMBER, only=ready).pages)


def test_without_anything_complete_there_is_nothing_to_print(theme, messages, tmp_path):
    desk = new_desk()
    here = room(desk, theme, messages, tmp_path)

    assert not here.page.print.isEnabled()
    assert Do.PRINT not in here.page.deeds()
    desk.store.close()


def test_lying_forms_are_printed_lying_and_standing_ones_standing(gappy: Desk, theme, messages, tmp_path):
    here = room(gappy, theme, messages, tmp_path)
    pack = here.stage.office.pack.pack(NOVEMBER, only=("C01", "C03"))
    document, buffer = opened(pack.data)
    ways = [document.pagePointSize(page).width() > document.pagePointSize(page).height() for page in range(3)]
    paper = here.printer.ask(here.page, "", 0)
    assert paper is not None

    class Quiet:
        def step(self, done: int, total: int, what: str) -> None:
            """Say nothing."""

    paper.print_pdf(pack.data, "整本", Quiet())

    printed = QPdfDocument()
    printed.load(str(here.printer.file))
    sizes = [printed.pagePointSize(page) for page in range(3)]
    assert [size.width() > size.height() for size in sizes] == ways
    assert len(set(ways)) == 2
    document.close()
    buffer.close()


def test_what_a_pdf_leaves_bare_is_white_on_paper_and_everything_is_grey(gappy: Desk, theme, messages, tmp_path):
    here = room(gappy, theme, messages, tmp_path)
    document, buffer = opened(here.stage.office.pack.draw("C03", NOVEMBER, preview=True).data)

    image = page_image(document, 0, 100)

    assert image.format() == QImage.Format.Format_Grayscale8
    assert QColor(image.pixel(3, 3)) == QColor(Qt.GlobalColor.white)
    assert any(QColor(image.pixel(x, image.height() // 2)).value() < 128 for x in range(image.width()))
    document.close()
    buffer.close()


def test_printing_can_be_stopped_and_the_window_lives_meanwhile(gappy: Desk, theme, messages, tmp_path):
    jobs = Jobs()
    here = room(gappy, theme, messages, tmp_path, jobs)
    wait_for(lambda: bool(here.page.code()))
    here.page.show_form("C03", NOVEMBER)
    paper = EndlessPaper()
    here.printer.paper = paper

    here.page.print_this()
    wait_for(lambda: "打印第" in here.page.progress.said())
    assert here.page.progress.isVisible()
    click(here.page.progress.stop)
    wait_for(lambda: paper.stopped and not here.page.progress.isVisible())

    assert here.stage.heard.said[-1] == ("已取消。", "")
    wait_for(lambda: not jobs.busy())
    jobs.close()


def test_thinking_better_of_it_prints_nothing(gappy: Desk, theme, messages, tmp_path):
    here = room(gappy, theme, messages, tmp_path)
    here.printer.refuses = True

    here.page.print_this()

    assert not here.printer.file.exists()
    assert here.stage.heard.said[-1] == ("没有打印。", "")


def test_without_a_printer_the_clerk_is_told_what_to_do(gappy: Desk, theme, messages, tmp_path):
    here = room(gappy, theme, messages, tmp_path)
    here.printer.trouble = "这台电脑上没有装打印机，什么也没有打印。可以先存成 PDF。"

    here.page.print_this()

    assert here.stage.heard.messages[-1].what == here.printer.trouble
    assert here.stage.heard.messages[-1].tone == "late"


def test_a_form_is_saved_under_its_usual_name_and_can_be_looked_at(gappy: Desk, theme, messages, tmp_path):
    here = room(gappy, theme, messages, tmp_path)
    here.page.show_form("C03", NOVEMBER)
    messages.file = tmp_path / "C03.pdf"

    here.page.save_this()

    assert messages.asked[-1] == "存成 PDF C03_食品进货查验记录_2026-11.pdf"
    assert messages.file.read_bytes() == here.stage.office.pack.draw("C03", NOVEMBER).data
    told = here.stage.heard.messages[-1]
    assert (told.what, told.safe) == ("已存：C03.pdf", f"在 {tmp_path}")
    told.actions[0].run()
    assert messages.opened == [messages.file]


def test_the_whole_pack_is_saved_bound_or_one_file_a_form(gappy: Desk, theme, messages, tmp_path):
    here = room(gappy, theme, messages, tmp_path)
    pack = here.stage.office.pack
    messages.file, messages.folder = tmp_path / "本月.pdf", tmp_path / "各表"

    here.page.around.settings.school = "明德路小学"
    here.page.output.save_book((), NOVEMBER)
    assert messages.asked[-1] == "存成 PDF 明德路小学_2026年11月检查表.pdf"
    here.page.output.save_all(NOVEMBER)

    assert messages.file.read_bytes() == pack.pack(NOVEMBER).data
    names = sorted(one.name for one in messages.folder.iterdir())
    assert len(names) == len(pack.forms) + 1
    assert "PACK_2026-11.pdf" in names
    assert here.stage.heard.messages[-1].what == f"已存 {len(names)} 个 PDF 到「{tmp_path / '各表'}」。"


def test_saving_offers_each_way_with_its_number(gappy: Desk, theme, messages, tmp_path):
    here = room(gappy, theme, messages, tmp_path)
    here.page.show_form("C03", NOVEMBER)
    ready = len(here.page.ready())

    words = [told for told, _ in here.page.ways_to_save()]
    click(here.page.save)
    menu = QApplication.activePopupWidget()

    assert words == [
        "存这一张：C03 食品进货查验记录…",
        f"存已齐的 {ready} 张，合成一本…",
        f"存全部 {len(FORMS)} 张，带封面合成一本…",
        f"每张存一个文件，另存整本，共 {len(FORMS) + 1} 个…",
    ]
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == words
    menu.close()


def test_a_file_that_cannot_be_written_is_told_in_a_sentence(gappy: Desk, theme, messages, tmp_path):
    here = room(gappy, theme, messages, tmp_path)
    (tmp_path / "文件").write_text("不是文件夹", encoding="utf-8")
    messages.file = tmp_path / "文件" / "C03.pdf"

    here.page.save_this()

    assert here.stage.heard.messages[-1].tone == "late"
    assert "台账数据没有动" in here.stage.heard.messages[-1].what or "没有写出" in here.stage.heard.messages[-1].what


def test_the_form_is_opened_in_the_systems_program_without_hatching(gappy: Desk, theme, messages, tmp_path):
    here = room(gappy, theme, messages, tmp_path)
    here.page.show_form("C03", NOVEMBER)

    click(here.page.open)

    assert messages.opened[-1].name == "C03_食品进货查验记录_2026-11.pdf"
    assert messages.opened[-1].read_bytes() == here.stage.office.pack.draw("C03", NOVEMBER).data


def test_another_month_is_picked_by_key_and_the_form_stays(gappy: Desk, theme, messages, tmp_path):
    here = room(gappy, theme, messages, tmp_path)
    here.page.show_form("C03", NOVEMBER)

    here.page.deeds()[Do.MONTH_BACK]()

    assert here.page.month == Month(2026, 10)
    assert here.page.code() == "C03"
    assert next(one.word for one in here.page.forms.lines() if one.code == "C03") == "无记录"


def test_f6_goes_through_forms_gaps_and_page(gappy: Desk, theme, messages, tmp_path):
    here = room(gappy, theme, messages, tmp_path)
    here.page.show_form("C03", NOVEMBER)
    here.drawn()
    order = []
    for _ in range(3):
        here.page.next_pane()
        order.append(QApplication.focusWidget())

    assert order == [here.page.missing.view, here.page.preview.view, here.page.forms]


def test_the_paper_in_the_preview_is_the_month_in_the_head_after_its_room_has_changed(qtbot, theme: Theme):
    preview = PagePreview(theme)
    qtbot.addWidget(preview)
    preview.show_pdf(sheet_filled_with("#FF0000"))
    bring_up(preview, 700, 600)
    live(200)

    preview.resize(700, 560)
    preview.repaint()
    preview.show_pdf(sheet_filled_with("#0000FF"))
    live(300)

    image = preview.view.viewport().grab().toImage()
    assert QColor(image.pixel(preview.view.page_box().center())).name() == "#0000ff"


def sheet_filled_with(color: str) -> bytes:
    """A page of one colour."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    painter = QPainter(writer)
    painter.fillRect(0, 0, writer.width(), writer.height(), QColor(color))
    painter.end()
    return bytes(buffer.data().data())


def test_a_month_that_is_still_being_asked_for_shows_no_paper_of_another(gappy: Desk, theme, messages, tmp_path):
    jobs = Jobs()
    here = room(gappy, theme, messages, tmp_path, jobs)
    wait_for(lambda: here.page.preview.pages() > 0)

    here.page.picker.step(-1)

    assert here.page.preview.pages() == 0
    assert "2026年10月" in here.page.preview.said()
    wait_for(lambda: here.page.preview.pages() > 0)
    assert "C01-202610" in here.page.preview.document.getAllText(0).text()
    jobs.close()
