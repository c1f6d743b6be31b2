"""The right side of the home page: the month's forms, purchases, the milk order rate, what runs out in 90 days.

Every number comes from the ledgers; a section without numbers says what is missing and where it would come from.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from school_logistics.rules.calendar import Month
from school_logistics.rules.money import half_up
from school_logistics.services.form_states import Standing
from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.charts import DAYS_A_WEEK, Bar, Brick, Bricks, Rate, RateBars, StackedBars
from school_logistics.ui.commands import BY_DO, Do
from school_logistics.ui.painting import MIDDLE_LEFT, draw_frame, draw_icon
from school_logistics.ui.parts import Panel, SegmentedBar, Words
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from school_logistics.services.figures import MilkRates, MonthOfPurchases
    from school_logistics.services.form_states import FormState
    from school_logistics.services.reminders import Due

AHEAD_DAYS = 90
SOON_DAYS = 30
_TEN_THOUSAND = Decimal(10000)


class Section(Panel):
    """One section: title, quiet words beside it, the one figure that matters at the right, and what it shows."""

    def __init__(self, theme: Theme, title: str) -> None:
        """An empty section."""
        super().__init__(theme, "sunken", edges="bottom")
        self.title = Words(theme, title, bold=True)
        self.beside = Words(theme, kind=Type.QUIET, color="ink2")
        self.beside.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.figure = Words(theme, kind=Type.LABEL, color="ink2")
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.sizes.middle)
        self.head.addWidget(self.title)
        self.head.addWidget(self.beside, 1)
        self.head.addWidget(self.figure)
        self.column = QVBoxLayout(self)
        sizes = theme.sizes
        self.column.setContentsMargins(sizes.large, sizes.middle, sizes.large, sizes.middle)
        self.column.setSpacing(sizes.small)
        self.column.addLayout(self.head)
        self.setAccessibleName(title)


_STANDINGS = (
    (Standing.SIGNED, "check", "ok", "ok_fill", "已签", False),
    (Standing.PRINTED, "clock", "soon", "soon_fill", "待签", False),
    (Standing.READY, "printer", "accent", "c2", "可打印", True),
    (Standing.DIFFERS, "pencil", "late", "c1", "与签字版不同", False),
    (Standing.GAPS, "triangle-alert", "late", "late_fill", "缺内容", True),
    (Standing.EMPTY, "circle-slash", "void", "c5", "无记录", True),
)
"""How forms stand: shape, ink, fill, words, and whether it is told even of none."""


class Legend(QWidget):
    """Shapes with their words on one line: an icon, a filled square, or a hollow one."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._theme = theme
        self._marks: tuple[tuple[str, str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_marks(self, marks: Sequence[tuple[str, str, str]]) -> None:
        """Take (shape, token, words); the shape is an icon's name, "full" or "hollow"."""
        self._marks = tuple(marks)
        self.setAccessibleName("，".join(words for _, _, words in marks))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.metrics(Type.LABEL).height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, sizes = self._theme, self._theme.sizes
        x, middle, size = 0, self.height() // 2, sizes.icon_small
        for shape, token, words in self._marks:
            square = QRect(x, middle - size // 2 + 1, size - 2, size - 2)
            if shape == "full":
                painter.fillRect(square, theme.brush(token))
            elif shape == "hollow":
                draw_frame(painter, theme, square, token, sizes.line)
            else:
                draw_icon(painter, theme, shape, size, token, x, middle)
            icon = shape not in {"full", "hollow"}
            painter.setFont(theme.font(Type.LABEL))
            painter.setPen(theme.color(token if icon else "ink2"))
            left = x + size + sizes.tiny
            painter.drawText(QRect(left, 0, self.width() - left, self.height()), MIDDLE_LEFT, words)
            x = left + painter.fontMetrics().horizontalAdvance(words) + sizes.huge
        painter.end()


class FormsSection(Section):
    """How many of the month's forms can be printed."""

    wanted = Signal()
    """The link to the print room was pressed."""

    def __init__(self, theme: Theme) -> None:
        """Know nothing yet."""
        super().__init__(theme, "本月检查表")
        self.link = Button(theme, "去报表打印", look=Look.LINK, key=BY_DO[Do.PRINT_ROOM].key)
        self.link.clicked.connect(self.wanted)
        self.head.addWidget(self.link)
        self.bar = SegmentedBar(theme)
        self.legend = Legend(theme)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.legend)

    def set_states(self, month: Month, states: Sequence[FormState]) -> None:
        """Tell how the forms of a month stand."""
        self.title.setText(f"{month.number}月检查表")
        self.beside.setText(f"{len(states)} 张")
        many = Counter(one.standing for one in states)
        told = [
            (shape, token, fill, f"{words} {many[standing]}", many[standing])
            for standing, shape, token, fill, words, always in _STANDINGS
            if always or many[standing]
        ]
        self.bar.set_parts([(count, fill) for _, _, fill, _, count in told])
        self.legend.set_marks([(shape, token, words) for shape, token, _, words, _ in told])
        self.bar.setAccessibleName("，".join(words for _, _, _, words, _ in told))


class PurchasesSection(Section):
    """What the canteen bought, by month and kind of food."""

    def __init__(self, theme: Theme) -> None:
        """Know nothing yet."""
        super().__init__(theme, "食材采购额")
        self.chart = StackedBars(theme, "食材采购额")
        self.column.addWidget(self.chart)

    def set_purchases(self, now: Month, months: Sequence[MonthOfPurchases], names: Sequence[str]) -> None:
        """Draw the months; the last one may be the month that still runs."""
        if not months:
            self.beside.setText("")
            self.figure.setText("")
            self.chart.set_empty("近一年没有采购记录。在「食堂」的食材采购里登记或导入，这里按月列出金额。")
            return
        self.beside.setText("万元")
        last = months[-1]
        running = "至今" if last.month == now else ""
        self.figure.setText(f"{last.month.number}月{running} {half_up(last.total / _TEN_THOUSAND)}")
        bars = [Bar(f"{one.month.number}月", tuple(part / _TEN_THOUSAND for part in one.parts)) for one in months]
        self.chart.set_bars(bars, names, "万元")


class MilkSection(Section):
    """How many pupils order milk, by grade."""

    def __init__(self, theme: Theme) -> None:
        """Know nothing yet."""
        super().__init__(theme, "订奶率")
        self.chart = RateBars(theme, "订奶率")
        self.column.addWidget(self.chart)

    def set_rates(self, milk: MilkRates) -> None:
        """Draw the grades of a term beside the term before."""
        if not milk.grades:
            self.beside.setText("")
            self.figure.setText("")
            self.chart.set_empty(f"{milk.term}还没有征订记录。在「奶服征订」按班登记人数，订奶率按合计算出。")
            return
        self.beside.setText(milk.term if milk.whole_before is None else f"{milk.term}，竖线为 {milk.before}")
        self.figure.setText("" if milk.whole is None else f"全校 {milk.whole}%")
        self.chart.set_rates([Rate(one.grade or "未分年级", one.rate, one.before) for one in milk.grades])


class ExpirySection(Section):
    """What runs out within ninety days, by week."""

    def __init__(self, theme: Theme) -> None:
        """Know nothing yet."""
        super().__init__(theme, f"{AHEAD_DAYS} 天内到期")
        self.legend = Legend(theme)
        self.legend.set_marks(
            [("full", "late_fill", "已过期"), ("full", "soon_fill", f"{SOON_DAYS} 天内"), ("hollow", "c2", "以后")]
        )
        self.chart = Bricks(theme, f"{AHEAD_DAYS} 天内到期")
        self.column.addWidget(self.legend)
        self.column.addWidget(self.chart)

    def set_dues(self, dues: Sequence[Due], today: date) -> None:
        """Draw one brick for each deadline."""
        self.legend.setVisible(bool(dues))
        if not dues:
            self.beside.setText("")
            self.figure.setText("")
            self.chart.set_empty("90 天内没有到期的。证照、检验、保险在「保险综合」的证照与保险里登记，到期前会提醒。")
            return
        self.beside.setText("一格一件，按周")
        self.figure.setText(f"共 {len(dues)} 件")
        bricks = [Brick(due.days, f"{due.due_on:%m-%d} {due.what}") for due in dues]
        self.chart.set_bricks(bricks, today, months_of_weeks(today), SOON_DAYS)


def months_of_weeks(today: date) -> list[str]:
    """For each week ahead the month to write below it: 本周 first, then a month in the week that holds its first day.

    >>> from datetime import date
    >>> [one for one in months_of_weeks(date(2026, 11, 22)) if one]
    ['本周', '12月', '1月', '2月']
    """
    names = ["本周"]
    weeks = AHEAD_DAYS // DAYS_A_WEEK + 1
    for week in range(1, weeks):
        first, last = (date_after(today, week * DAYS_A_WEEK + more) for more in (0, DAYS_A_WEEK - 1))
        begins = last.month if first.day == 1 or first.month != last.month else 0
        names.append(f"{begins}月" if begins else "")
    return names


def date_after(today: date, days: int) -> date:
    """The day so many days later."""
    return today.fromordinal(today.toordinal() + days)


class HomeSide(QScrollArea):
    """The sections one below the other; scrolls where the window is low."""

    def __init__(self, theme: Theme) -> None:
        """Know nothing yet."""
        super().__init__()
        self._theme = theme
        self.forms, self.purchases = FormsSection(theme), PurchasesSection(theme)
        self.milk, self.expiries = MilkSection(theme), ExpirySection(theme)
        content = Panel(theme, "sunken", edges="left")
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.sizes.line, 0, 0, 0)
        column.setSpacing(0)
        for section in (self.forms, self.purchases, self.milk, self.expiries):
            column.addWidget(section)
        column.addStretch(1)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("本月情况")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
