"""The page as it will be printed: the very PDF, shown page by page on the desk, with zoom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QPointF, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.paper_view import POINTS_AN_INCH, PaperView
from school_logistics.ui.parts import Panel, ShortWords, Words
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Callable

_ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
_WHOLE, _WIDE = "整页", "页宽"
Fit = QPdfView.ZoomMode


class PagePreview(Panel):
    """Tool line, and the page below it."""

    def __init__(self, theme: Theme) -> None:
        """Show an empty desk."""
        super().__init__(theme, "desk")
        self.document = QPdfDocument(self)
        self._buffer: QBuffer | None = None
        self.view = PaperView(theme, self.document, self)
        self.view.turned.connect(self.turn)
        self.view.zoomed.connect(self.zoom)
        self._stack = QStackedWidget()
        self._words = Words(theme, color="ink2", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setMargin(theme.sizes.huge)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._words)
        self.back = self._tool("上一页", "chevron-left", "PgUp", lambda: self.turn(-1))
        self.on = self._tool("下一页", "chevron-right", "PgDn", lambda: self.turn(1))
        self.smaller = self._tool("缩小", "zoom-out", "−", lambda: self.zoom(-1))
        self.larger = self._tool("放大", "zoom-in", "+", lambda: self.zoom(1))
        self.whole = Button(theme, _WHOLE, look=Look.QUIET, key="0", tip="看整页")
        self.whole.clicked.connect(self._whole_or_wide)
        self._place = Words(theme, kind=Type.LABEL, color="ink2")
        self._note = ShortWords(theme, kind=Type.LABEL, color="ink2")
        self._lay_out()
        self.say("")

    def _tool(self, name: str, icon: str, key: str, run: Callable[[], None]) -> Button:
        button = Button(self._theme, name, icon=icon, look=Look.ICON, key=key)
        button.clicked.connect(run)
        return button

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        self._tools = Panel(self._theme, "sunken", edges="bottom")
        row = QHBoxLayout(self._tools)
        row.setContentsMargins(sizes.small, 0, sizes.large, 0)
        row.setSpacing(sizes.tiny)
        for widget in (self.back, self.on, self._place):
            row.addWidget(widget)
        row.addSpacing(sizes.huge)
        for widget in (self.smaller, self.whole, self.larger):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tools)
        column.addWidget(self._stack, 1)
        self._measure()

    def _measure(self) -> None:
        self._tools.setFixedHeight(self._theme.sizes.row + self._theme.sizes.tiny)

    # --- showing -----------------------------------------------------------------------------------

    def show_pdf(self, data: bytes, note: str = "") -> None:
        """Show a document from its first page; `note` stands at the right of the tool line, after the paper's size."""
        self.document.close()
        before, self._buffer = self._buffer, QBuffer(self)
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self.view.begin_anew()
        if before is not None:
            before.deleteLater()
        self._stack.setCurrentWidget(self.view)
        self._note.setText(" · ".join(part for part in (self.paper(), note) if part))
        self.turn(0)

    def say(self, sentence: str) -> None:
        """Show a sentence instead of a page."""
        self.document.close()
        self._words.setText(sentence)
        self._stack.setCurrentWidget(self._words)
        self._note.setText("")
        self.turn(0)

    def said(self) -> str:
        """The sentence that stands instead of a page; "" while one is shown."""
        return self._words.text() if self._stack.currentWidget() is self._words else ""

    def paper(self) -> str:
        """How the paper lies: A4 横 or A4 竖."""
        size = self.document.pagePointSize(0)
        return "A4 横" if size.width() > size.height() else "A4 竖"

    def pages(self) -> int:
        """How many pages there are."""
        return self.document.pageCount()

    def page(self) -> int:
        """The page shown, counted from 1."""
        return self.view.pageNavigator().currentPage() + 1

    def turn(self, by: int) -> None:
        """Go so many pages on; stops at both ends."""
        target = min(max(self.page() + by, 1), max(self.pages(), 1))
        if self.pages():
            self.view.pageNavigator().jump(target - 1, QPointF(), 0)
            self.view.verticalScrollBar().setValue(0)
        self.back.setEnabled(target > 1)
        self.on.setEnabled(target < self.pages())
        for tool in (self.smaller, self.larger, self.whole):
            tool.setEnabled(self.pages() > 0)
        self._place.setText(f"第 {target} 页，共 {self.pages()} 页" if self.pages() else "")

    def turn_to(self, *words: str) -> bool:
        """Show the first page on which all these words stand, broken over lines or not; say whether there is one."""
        wanted = ["".join(word.split()) for word in words if word]
        for page in range(self.pages() if wanted else 0):
            text = "".join(self.document.getAllText(page).text().split())
            if all(word in text for word in wanted):
                self.turn(page + 1 - self.page())
                return True
        return False

    def zoom(self, by: int) -> None:
        """Zoom in or out by steps; 0 shows the whole page."""
        if by == 0:
            self.view.setZoomMode(Fit.FitInView)
        else:
            now = self._factor()
            fitting = [one for one in _ZOOMS if (one > now * 1.01 if by > 0 else one < now * 0.99)]
            if fitting:
                self.view.setZoomMode(Fit.Custom)
                self.view.setZoomFactor(fitting[0] if by > 0 else fitting[-1])
        self._name_zoom()

    def _whole_or_wide(self) -> None:
        whole = self.view.zoomMode() == Fit.FitInView
        self.view.setZoomMode(Fit.FitToWidth if whole else Fit.FitInView)
        self._name_zoom()

    def _name_zoom(self) -> None:
        mode = self.view.zoomMode()
        words = {Fit.FitInView: _WHOLE, Fit.FitToWidth: _WIDE}.get(mode, f"{self.view.zoomFactor():.0%}")
        self.whole.set_text(words)

    def _factor(self) -> float:
        """How large the page is shown now; 1 is its size on paper."""
        if self.view.zoomMode() == Fit.Custom:
            return self.view.zoomFactor()
        points = self.document.pagePointSize(self.page() - 1)
        dpi = self.view.screen().logicalDotsPerInch()
        return self.view.page_box().width() * POINTS_AN_INCH / dpi / max(points.width(), 1)

    def focus_view(self) -> QWidget:
        """What takes the keyboard here."""
        return self.view

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()
