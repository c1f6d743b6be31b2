"""The look of the window in one object: colours, fonts, lengths, icons, palette and style sheet.

A `Theme` is built once by `app.py` and handed down to every widget. Widgets that paint themselves ask it
for colours, fonts and sizes in `paintEvent`; when it changes (light, dark, font size) Qt sends every widget
a style change and all of them repaint.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QFontDatabase, QFontMetrics, QIcon, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QApplication

from school_logistics.paths import resource_path
from school_logistics.ui.icons import STROKE, Icons
from school_logistics.ui.sizes import Sizes, sizes_for
from school_logistics.ui.style_sheet import style_sheet
from school_logistics.ui.tokens import DARK, LIGHT, Tokens

SCREEN_FAMILIES = ("Microsoft YaHei UI", "Noto Sans CJK SC", "Source Han Sans SC")
"""Fonts of the system that are preferred on screen, best first; the bundled one follows them."""
BUNDLED_FAMILY = "Noto Sans SC"
BUNDLED_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
SMALLEST_PERCENT, LARGEST_PERCENT = 90, 200
DRAWN_CHARACTER = 14
"""Width in pixels of a Chinese character in the pictures of the look."""
_PIXEL_RATIOS = (1.0, 1.25, 1.5, 2.0)


class Type(StrEnum):
    """The six sizes of type, the printer's own."""

    QUIET = "quiet"
    LABEL = "label"
    TEXT = "text"
    PANEL = "panel"
    TITLE = "title"
    FIGURE = "figure"


POINTS: dict[Type, float] = {
    Type.QUIET: 9,
    Type.LABEL: 9.5,
    Type.TEXT: 10.5,
    Type.PANEL: 12,
    Type.TITLE: 14,
    Type.FIGURE: 18,
}
_BOLD = frozenset({Type.PANEL, Type.TITLE, Type.FIGURE})


def register_fonts() -> tuple[str, ...]:
    """Make the bundled Chinese font known to Qt and name the families for the screen, best first.

    Only families that are there are named: asking for a missing one costs a search through all fonts.
    """
    known = set(QFontDatabase.families())
    if "Bold" not in QFontDatabase.styles(BUNDLED_FAMILY):
        for file in BUNDLED_FILES:
            QFontDatabase.addApplicationFont(str(resource_path("fonts", file)))
    return (*(family for family in SCREEN_FAMILIES if family in known), BUNDLED_FAMILY)


class Theme(QObject):
    """Colours, fonts, sizes and icons as they are now."""

    changed = Signal()

    def __init__(
        self,
        *,
        dark: bool = False,
        percent: int = 100,
        families: tuple[str, ...] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Take light or dark and the font size in percent of 10.5 pt (90 to 200); needs a QApplication."""
        super().__init__(parent)
        self._families = families or register_fonts()
        self._icons = Icons(resource_path("icons"))
        self._app: QApplication | None = None
        self._dark, self._percent = dark, percent
        self._rebuild()

    def _rebuild(self) -> None:
        self._tokens = DARK if self._dark else LIGHT
        self._colors: dict[str, QColor] = {}
        self._pens: dict[tuple[str, float], QPen] = {}
        self._brushes: dict[str, QBrush] = {}
        self._fonts: dict[tuple[Type, bool], QFont] = {}
        self._metrics: dict[tuple[Type, bool], QFontMetrics] = {}
        self._sizes = sizes_for(self.metrics().height(), self.metrics(Type.QUIET).height())

    @property
    def tokens(self) -> Tokens:
        """The colours in use."""
        return self._tokens

    @property
    def sizes(self) -> Sizes:
        """The lengths in use, in logical pixels."""
        return self._sizes

    @property
    def dark(self) -> bool:
        """Whether the dark colours are in use."""
        return self._dark

    @property
    def percent(self) -> int:
        """Size of the font in percent of 10.5 pt."""
        return self._percent

    def set(self, *, dark: bool | None = None, percent: int | None = None) -> None:
        """Change colours or font size; an applied theme changes every window at once."""
        self._dark = self._dark if dark is None else dark
        if percent is not None:
            self._percent = min(max(percent, SMALLEST_PERCENT), LARGEST_PERCENT)
        self._rebuild()
        if self._app is not None:
            self.apply(self._app)
        self.changed.emit()

    def apply(self, app: QApplication) -> None:
        """Dress the whole program: Fusion, palette, font, style sheet."""
        self._app = app
        if app.style().objectName() != "fusion":
            app.setStyle("Fusion")
        app.setPalette(self.palette())
        for editor in ("QLineEdit", "QTextEdit", "QPlainTextEdit"):
            app.setPalette(self._editor_palette(), editor)  # type: ignore[arg-type]  # the stubs ask for bytes, Qt for a name
        app.setFont(self.font())
        app.setStyleSheet(style_sheet(self._tokens, self._sizes))

    def color(self, name: str) -> QColor:
        """The colour of a token, such as `color("ink2")`."""
        known = self._colors.get(name)
        if known is None:
            known = self._colors[name] = QColor(getattr(self._tokens, name))
        return known

    def pen(self, name: str, width: float = 1) -> QPen:
        """A pen of a token's colour."""
        known = self._pens.get((name, width))
        if known is None:
            known = QPen(self.color(name), width)
            known.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            self._pens[name, width] = known
        return known

    def brush(self, name: str) -> QBrush:
        """A brush of a token's colour."""
        known = self._brushes.get(name)
        if known is None:
            known = self._brushes[name] = QBrush(self.color(name))
        return known

    def font(self, kind: Type = Type.TEXT, bold: bool | None = None) -> QFont:
        """The font of one of the six sizes; `bold` None takes the usual weight of that size."""
        weight = kind in _BOLD if bold is None else bold
        known = self._fonts.get((kind, weight))
        if known is None:
            known = self._fonts[kind, weight] = self._made(kind, weight)
        return known

    def metrics(self, kind: Type = Type.TEXT, bold: bool | None = None) -> QFontMetrics:
        """Measures of `font(kind, bold)`."""
        weight = kind in _BOLD if bold is None else bold
        known = self._metrics.get((kind, weight))
        if known is None:
            known = self._metrics[kind, weight] = QFontMetrics(self.font(kind, weight))
        return known

    def heading_width(self, label: str, unit: str) -> int:
        """How wide a column's heading is, with its quiet unit and room for the chevron."""
        width = self.metrics(Type.LABEL).horizontalAdvance(label) + self._sizes.chevron + self._sizes.tiny
        return width + (self.metrics(Type.QUIET).horizontalAdvance(unit) + self._sizes.tiny if unit else 0)

    def px(self, pixels: int) -> int:
        """A length of the look that grows with the font and has no name in `sizes`."""
        return round(pixels * self._sizes.character / DRAWN_CHARACTER)

    def pixmap(self, icon: str, size: int, color: str, ratio: float, stroke: float = STROKE) -> QPixmap:
        """An icon in a token's colour for a screen of that pixel ratio."""
        return self._icons.pixmap(icon, size, getattr(self._tokens, color), ratio, stroke)

    def icon(self, icon: str, size: int | None = None, color: str = "ink2") -> QIcon:
        """An icon for menus and tool buttons, drawn for the usual pixel ratios."""
        made = QIcon()
        for ratio in _PIXEL_RATIOS:
            made.addPixmap(self.pixmap(icon, size or self._sizes.icon, color, ratio))
            made.addPixmap(self.pixmap(icon, size or self._sizes.icon, "void_line", ratio), QIcon.Mode.Disabled)
        return made

    def palette(self) -> QPalette:
        """The palette of the whole program; selections stay readable whatever the system prefers."""
        palette = QPalette()
        group = QPalette.ColorGroup
        role = QPalette.ColorRole
        for name, roles in _PALETTE.items():
            for one in roles:
                palette.setColor(one, self.color(name))
        for one in (role.Text, role.WindowText, role.ButtonText):
            palette.setColor(group.Disabled, one, self.color("ink3"))
        return palette

    def _editor_palette(self) -> QPalette:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Highlight, self.color("accent"))
        palette.setColor(QPalette.ColorRole.HighlightedText, self.color("on_accent"))
        return palette

    def _made(self, kind: Type, bold: bool) -> QFont:
        font = QFont()
        font.setFamilies(list(self._families))
        font.setPointSizeF(POINTS[kind] * self._percent / 100)
        font.setBold(bold)
        if self._families[0] != BUNDLED_FAMILY:  # the bundled font's digits are equally wide anyway
            font.setFeature(QFont.Tag("tnum"), 1)
        return font


_PALETTE: dict[str, tuple[QPalette.ColorRole, ...]] = {
    "window": (QPalette.ColorRole.Window,),
    "surface": (QPalette.ColorRole.Base, QPalette.ColorRole.Button, QPalette.ColorRole.ToolTipBase),
    "sunken": (QPalette.ColorRole.AlternateBase, QPalette.ColorRole.Light),
    "ink": (
        QPalette.ColorRole.Text,
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.ButtonText,
        QPalette.ColorRole.ToolTipText,
        QPalette.ColorRole.HighlightedText,
        QPalette.ColorRole.BrightText,
    ),
    "ink3": (QPalette.ColorRole.PlaceholderText,),
    "soft": (QPalette.ColorRole.Highlight,),
    "accent": (QPalette.ColorRole.Link, QPalette.ColorRole.LinkVisited, QPalette.ColorRole.Accent),
    "line": (QPalette.ColorRole.Mid,),
    "grid": (QPalette.ColorRole.Midlight,),
    "control": (QPalette.ColorRole.Dark, QPalette.ColorRole.Shadow),
}
