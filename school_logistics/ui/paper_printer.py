"""Finished PDFs onto paper: the printer is chosen on the window's thread, pages are drawn in the worker.

Pages are drawn at no more than 300 dots an inch in grey on white: sharp enough for a form, quick to send, and no
colour cartridge is spent. Each page is turned as the form lies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

from school_logistics.errors import Cancelled, FileTrouble

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from school_logistics.settings import Settings
    from school_logistics.ui.jobs import Progress

MOST_DPI = 300
_TENTHS_AN_INCH = 254
"""Tenths of a millimetre in an inch."""
POINTS_AN_INCH = 72


class Paper(Protocol):
    """A printer that was chosen, with its settings."""

    def print_pdf(self, data: bytes, title: str, progress: Progress) -> int:
        """Print a document in the worker and say how many pages went out."""


class Printer(Protocol):
    """Whoever lets the user choose a printer."""

    def ask(self, parent: QWidget, title: str, pages: int) -> Paper | None:
        """Ask on the window's thread; None when the user thinks better of it. Raises FileTrouble without a printer."""


class SystemPrinter:
    """The printers of the system, chosen in its own dialog."""

    def __init__(self, settings: Settings) -> None:
        """`settings` know by how much each printer is to be shifted."""
        self._settings = settings

    def ask(self, parent: QWidget, title: str, pages: int) -> Paper | None:
        """Ask for printer, copies and pages."""
        if not QPrinterInfo.availablePrinterNames():
            msg = "这台电脑上没有装打印机，什么也没有打印。可以先存成 PDF，拿到别的电脑上打印。"
            raise FileTrouble(msg)
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, parent)
        dialog.setWindowTitle(title)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, on=True)
        dialog.setMinMax(1, pages)
        if not dialog.exec():
            return None
        return ChosenPrinter(printer, self._settings.offset(printer.printerName()))


class SystemPrinters:
    """The printers of the system, to be set up one by one."""

    def names(self) -> list[str]:
        """Their names, the usual one first."""
        usual = QPrinterInfo.defaultPrinterName()
        return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name))

    def print_test_page(self, name: str, offset: tuple[int, int]) -> None:
        """Print the test page with an offset; raises FileTrouble when the printer does not take it."""
        from school_logistics.reports.pdf_test_page import TITLE, draw_test_page

        right, down = offset
        printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
        page = draw_test_page(printer=name, offset=f"已设偏移：横向 {right}，纵向 {down}（0.1 毫米）")
        ChosenPrinter(printer, offset).print_pdf(page, TITLE, _Unwatched())


class _Unwatched:
    """One page is printed at once; nobody needs to be told how far it is."""

    def step(self, done: int, total: int, what: str) -> None:
        """Say nothing."""


class ChosenPrinter:
    """A printer of the system, or one that writes a file."""

    def __init__(self, printer: QPrinter, offset: tuple[int, int] = (0, 0)) -> None:
        """Take the printer as the user has set it up; `offset` right and down in tenths of a millimetre."""
        self._printer, self._offset = printer, offset

    def print_pdf(self, data: bytes, title: str, progress: Progress) -> int:
        """Print a document page by page.

        Raises FileTrouble when the printer does not take it, Cancelled when the user stops; pages already sent may
        come out all the same.
        """
        document, buffer = opened(data)
        printer = self._printer
        printer.setDocName(title)
        printer.setFullPage(True)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        first, last = printer.fromPage() or 1, printer.toPage() or document.pageCount()
        wanted = range(first - 1, min(last, document.pageCount()))
        painter = QPainter()
        try:
            for number, page in enumerate(wanted):
                progress.step(number, len(wanted), f"打印第 {page + 1} 页")
                self._turn(document, page)
                begun = painter.begin(printer) if number == 0 else printer.newPage()
                if not begun:
                    raise FileTrouble(_NO_ANSWER)
                self._print_page(painter, document, page)
            progress.step(len(wanted), len(wanted), "送打印机")
        except Cancelled:
            printer.abort()
            raise
        finally:
            painter.end()
            document.close()
            buffer.close()
        return len(wanted)

    def _turn(self, document: QPdfDocument, page: int) -> None:
        size = document.pagePointSize(page)
        lying = size.width() > size.height()
        way = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
        self._printer.setPageOrientation(way)

    def _print_page(self, painter: QPainter, document: QPdfDocument, page: int) -> None:
        dpi = min(self._printer.resolution(), MOST_DPI)
        sheet = self._printer.paperRect(QPrinter.Unit.DevicePixel)
        image = page_image(document, page, dpi)
        size = QSizeF(image.size()).scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
        right, down = (one * self._printer.resolution() / _TENTHS_AN_INCH for one in self._offset)
        painter.drawImage(QRectF(right, down, size.width(), size.height()), image)


_NO_ANSWER = "打印机没有接受这份文件，没有打印完。请看打印机是否开着、有没有纸，再打一次；也可以先存成 PDF。"


def opened(data: bytes) -> tuple[QPdfDocument, QBuffer]:
    """A document over bytes, with the buffer that must live as long; raises FileTrouble when it is no PDF."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    if document.status() != QPdfDocument.Status.Ready:
        msg = "排好的文件打不开，没有打印。台账数据没有动；请再试一次，还不行就存成 PDF 后打印。"
        raise FileTrouble(msg)
    return document, buffer


def page_image(document: QPdfDocument, page: int, dpi: int) -> QImage:
    """One page in grey on white: what a PDF leaves bare is transparent, and a printer would make it black."""
    size = document.pagePointSize(page)
    pixels = QSize(round(size.width() * dpi / POINTS_AN_INCH), round(size.height() * dpi / POINTS_AN_INCH))
    drawn = document.render(page, pixels)
    image = QImage(pixels, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return image.convertToFormat(QImage.Format.Format_Grayscale8)
