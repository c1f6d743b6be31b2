"""One page of a PDF on the colour of a desk: fitted or zoomed, turned and zoomed with keys and wheel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QWidget

from school_logistics.ui.painting import draw_frame
from school_logistics.ui.theme import Theme

POINTS_AN_INCH = 72
Fit = QPdfView.ZoomMode


class PaperView(QPdfView):
    """Qt's PDF view on the colour of a desk; dark windows get a page that does not glare."""

    turned = Signal(int)
    """Pages to go on (negative: back)."""
    zoomed = Signal(int)
    """Steps to zoom in (negative: out); 0 shows the whole page."""

    def __init__(self, theme: Theme, document: QPdfDocument, parent: QWidget) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._theme = theme
        self.setDocument(document)
        self.setPageMode(QPdfView.PageMode.SinglePage)
        self.setZoomMode(Fit.FitInView)
        self.setFrameShape(QFrame.Shape.NoFrame)
        margin = theme.sizes.middle
        # Qt fits a page into the view less the spacing alone, then adds the margins: it would always scroll.
        self.setDocumentMargins(QMargins(margin, margin, margin, -margin))
        self.setPageSpacing(2 * margin)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("打印预览")
        self._drawn: tuple[tuple[int, QSize], QImage] | None = None
        self._dress()

    def begin_anew(self) -> None:
        """The document says something else by now."""
        self._drawn = None
        self.viewport().update()

    def _picture(self, box: QRect) -> QImage:
        """The page as it fills its box, drawn again only for another page or size."""
        page, size = self.pageNavigator().currentPage(), box.size() * self.devicePixelRatioF()
        if self._drawn is None or self._drawn[0] != (page, size):
            self._drawn = (page, size), self.document().render(page, size)
        return self._drawn[1]

    def _dress(self) -> None:
        palette = self.palette()
        for role in (QPalette.ColorRole.Dark, QPalette.ColorRole.Base, QPalette.ColorRole.Window):
            palette.setColor(role, self._theme.color("desk"))
        self.setPalette(palette)

    def page_box(self) -> QRect:
        """Where the page lies in the viewport."""
        document = self.document()
        if not document.pageCount():
            return QRect()
        margins, view = self.documentMargins(), self.viewport().size()
        points = document.pagePointSize(self.pageNavigator().currentPage())
        dpi = self.screen().logicalDotsPerInch()
        size = (points * (dpi / POINTS_AN_INCH)).toSize()
        if self.zoomMode() == Fit.FitInView:
            room = QSize(view.width() - margins.left() - margins.right(), view.height() - self.pageSpacing())
            size = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        elif self.zoomMode() == Fit.FitToWidth:
            size = (points * ((view.width() - margins.left() - margins.right()) / points.width())).toSize()
        else:
            size = (points * (dpi / POINTS_AN_INCH * self.zoomFactor())).toSize()
        wide = max(size.width() + margins.left() + margins.right(), view.width())
        corner = QPoint((wide - size.width()) // 2, margins.top())
        scrolled = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        return QRect(corner - scrolled, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page here: Qt's own painting keeps a page that was still being drawn when the document changed."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.brush("desk"))
        box = self.page_box()
        if not box.isEmpty():
            painter.fillRect(box, Qt.GlobalColor.white)
            painter.drawImage(box, self._picture(box))
            if self._theme.dark:
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
                painter.fillRect(box, self._theme.brush("paper"))
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            draw_frame(painter, self._theme, box.adjusted(-1, -1, 1, 1), "control", self._theme.sizes.line)
        if self.hasFocus():
            draw_frame(painter, self._theme, self.viewport().rect(), "accent", self._theme.sizes.focus)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turns = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        zooms = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_0: 0}
        key = Qt.Key(event.key())
        if key in turns:
            self.turned.emit(turns[key])
        elif key in zooms:
            self.zoomed.emit(zooms[key])
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        bar = self.verticalScrollBar()
        down = event.angleDelta().y() < 0
        if bar.value() == (bar.maximum() if down else bar.minimum()):
            self.turned.emit(1 if down else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def focusInEvent(self, event: QEvent) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]  # Qt hands over a QFocusEvent
        self.viewport().update()

    def focusOutEvent(self, event: QEvent) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]  # Qt hands over a QFocusEvent
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()
