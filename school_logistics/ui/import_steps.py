"""The head of an import: the four steps, and the sheets of the file as chips with what is wrong in each."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from school_logistics.ui.painting import MIDDLE, MIDDLE_LEFT, MIDDLE_RIGHT, draw_box, draw_icon
from school_logistics.ui.parts import Panel, Words
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Sequence


class Step(IntEnum):
    """Where an import is."""

    FILE = 1
    COLUMNS = 2
    PROBLEMS = 3
    WRITE = 4


_NAMES = {Step.FILE: "选文件", Step.COLUMNS: "对列", Step.PROBLEMS: "改问题", Step.WRITE: "写入"}


class StepBar(QWidget):
    """The steps from left to right: done ones ticked, the present one filled."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start at the first step."""
        super().__init__(parent)
        self._theme = theme
        self._now, self._open = Step.FILE, frozenset[Step]()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_step(Step.FILE)

    def set_step(self, now: Step, still_open: Sequence[Step] = ()) -> None:
        """Say which step it is; those before it are done, except the ones `still_open`."""
        self._now, self._open = now, frozenset(still_open)
        self.setAccessibleName(f"第 {now.value} 步，共 4 步：{_NAMES[now]}")
        self.update()

    def step(self) -> Step:
        """The present step."""
        return self._now

    def sizeHint(self) -> QSize:
        theme, sizes = self._theme, self._theme.sizes
        words = sum(theme.metrics(bold=True).horizontalAdvance(name) for name in _NAMES.values())
        each = theme.px(20) + sizes.small
        return QSize(words + 4 * each + 3 * (theme.px(18) + 2 * sizes.small), sizes.row)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, sizes = self._theme, self._theme.sizes
        x, middle = 0, self.height() // 2
        for step, name in _NAMES.items():
            now = step is self._now
            self._draw_number(
                painter, QRectF(x + 0.5, middle - theme.px(20) / 2 + 0.5, theme.px(20) - 1, theme.px(20) - 1), step
            )
            x += theme.px(20) + sizes.small
            painter.setFont(theme.font(bold=now))
            painter.setPen(theme.color("accent" if now else "ink2"))
            painter.drawText(QRect(x, 0, self.width() - x, self.height()), MIDDLE_LEFT, name)
            x += painter.fontMetrics().horizontalAdvance(name) + sizes.small
            if step is not Step.WRITE:
                painter.fillRect(QRect(x, middle, theme.px(18), 1), theme.brush("line"))
                x += theme.px(18) + sizes.small
        painter.end()

    def _draw_number(self, painter: QPainter, circle: QRectF, step: Step) -> None:
        theme = self._theme
        done = step < self._now and step not in self._open
        now = step is self._now
        painter.setBrush(theme.brush("accent") if now else Qt.BrushStyle.NoBrush)
        painter.setPen(theme.pen("accent" if now else "ok" if done else "control"))
        painter.drawEllipse(circle)
        if done:
            size = theme.sizes.icon_small
            left = round(circle.center().x() - size / 2)
            draw_icon(painter, theme, "check", size, "ok", left, round(circle.center().y()))
            return
        painter.setFont(theme.font(Type.QUIET, bold=now))
        painter.setPen(theme.color("on_accent" if now else "ink2"))
        painter.drawText(circle.translated(QPointF(0, 0)), MIDDLE, str(step.value))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()


class SheetSummary(NamedTuple):
    """A sheet of the file: how many rows, how many things to change, how many to look at; or why it is skipped."""

    name: str
    rows: int
    refused: int
    warned: int
    skipped: str = ""

    @property
    def told(self) -> str:
        """The number on its chip; "" shows a tick."""
        return str(self.refused or self.warned or "")


class SheetChip(QAbstractButton):
    """One sheet; only the chosen one is a stop of the Tab key, arrows go on from there."""

    stepped = Signal(int)

    def __init__(self, theme: Theme, sheet: SheetSummary) -> None:
        """Show name and count, or a tick."""
        super().__init__()
        self._theme, self.sheet = theme, sheet
        self.setText(sheet.name)
        self.setCheckable(True)
        self.setEnabled(not sheet.skipped)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        told = (
            f"要改 {sheet.refused} 处" if sheet.refused else f"提醒 {sheet.warned} 处" if sheet.warned else "没有问题"
        )
        self.setAccessibleName(f"工作表 {sheet.name}，{sheet.skipped or f'{sheet.rows} 行，{told}'}")
        self.setToolTip(f"跳过：{sheet.skipped}" if sheet.skipped else f"{sheet.rows} 行，{told}")

    def choose(self, *, chosen: bool) -> None:
        """Be the sheet that is looked at, or not."""
        self.setChecked(chosen)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if chosen else Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        theme, sizes = self._theme, self._theme.sizes
        width = theme.metrics(bold=True).horizontalAdvance(self.text()) + 2 * sizes.small
        if not self.sheet.skipped:
            width += sizes.small + max(sizes.icon_small, theme.metrics(bold=True).horizontalAdvance(self.sheet.told))
        return QSize(width + sizes.tiny, theme.px(26))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, sizes = self._theme, self._theme.sizes
        chosen = self.isChecked()
        fill = "soft" if chosen else "soft2" if self.underMouse() and self.isEnabled() else "surface"
        box = self.rect()
        draw_box(painter, theme, box, fill if self.isEnabled() else "", "soft_line" if chosen else "line")
        inner = box.adjusted(sizes.small, 0, -sizes.small, 0)
        painter.setFont(theme.font(bold=chosen))
        painter.setPen(theme.color("ink3" if self.sheet.skipped else "accent" if chosen else "ink"))
        painter.drawText(inner, MIDDLE_LEFT, self.text())
        if self.sheet.told:
            painter.setFont(theme.font(bold=True))
            painter.setPen(theme.color("late" if self.sheet.refused else "soon"))
            painter.drawText(inner, MIDDLE_RIGHT, self.sheet.told)
        elif not self.sheet.skipped:
            left = inner.right() - sizes.icon_small
            draw_icon(painter, theme, "check", sizes.icon_small, "ok", left, self.height() // 2)
        if self.hasFocus():
            draw_box(painter, theme, box, "", "accent", width=sizes.focus)
        painter.end()


class SheetBar(Panel):
    """All sheets of the file in a row that scrolls sideways when there are many."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        """Start without sheets."""
        super().__init__(theme, "sunken", edges="bottom")
        self.chips: dict[str, SheetChip] = {}
        self._now = ""
        self._content = Panel(theme, "sunken")
        self._row = QHBoxLayout(self._content)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.sizes.tiny)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._content)
        self._told = Words(theme, kind=Type.LABEL, color="ink2")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(22), 0, theme.sizes.huge, theme.sizes.line)
        row.setSpacing(theme.sizes.large)
        row.addWidget(Words(theme, "工作表", kind=Type.LABEL, color="ink2"))
        row.addWidget(self._area, 1)
        row.addWidget(self._told)
        self._measure()

    def _measure(self) -> None:
        self.setFixedHeight(self._theme.sizes.message_bar)

    def set_sheets(self, sheets: Sequence[SheetSummary], told: str) -> None:
        """Show these; the sheet looked at stays so, else the first one with something to change is."""
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.chips = {}
        for sheet in sheets:
            chip = self.chips[sheet.name] = SheetChip(self._theme, sheet)
            chip.clicked.connect(lambda _checked=False, name=sheet.name: self.choose(name))
            chip.stepped.connect(self._step)
            self._row.addWidget(chip)
        self._row.addStretch(1)
        self._told.setText(told)
        if self._now not in self.chips or self.chips[self._now].sheet.skipped:
            able = [one for one in sheets if not one.skipped]
            first = next((one for one in able if one.refused), next(iter(able), None))
            self._now = first.name if first else ""
        self._mark()

    def now(self) -> str:
        """The sheet that is looked at."""
        return self._now

    def choose(self, name: str) -> None:
        """Look at a sheet."""
        self._now = name
        self._mark()
        self.chosen.emit(name)

    def _mark(self) -> None:
        for name, chip in self.chips.items():
            chip.choose(chosen=name == self._now)
        if self._now in self.chips:
            self._area.ensureWidgetVisible(self.chips[self._now])

    def _step(self, by: int) -> None:
        names = [name for name, chip in self.chips.items() if not chip.sheet.skipped]
        target = names[min(max(names.index(self._now) + by, 0), len(names) - 1)]
        self.choose(target)
        self.chips[target].setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()
