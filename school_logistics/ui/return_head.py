"""The head of the annual return: which sheet, which period, what to write; and in one line what the checks say."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout

from school_logistics.reports.annual_return.indicator import Verdict
from school_logistics.rules.calendar import Period, school_year_of
from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.commands import BY_DO, Do
from school_logistics.ui.month_picker import MonthPicker, Unit
from school_logistics.ui.page_line import PageLine
from school_logistics.ui.parts import ShortWords, ToneIcon, Words
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from school_logistics.reports.annual_return.indicator import CrossCheck


class ReturnHead(PageLine):
    """Title, period and the two ways to a workbook."""

    period_changed = Signal()

    def __init__(self, theme: Theme, today: date) -> None:
        """Start at the calendar year of today."""
        super().__init__(theme)
        self._years = MonthPicker(theme, today.year, unit=Unit.YEAR)
        self._school_years = MonthPicker(theme, school_year_of(today), unit=Unit.SCHOOL_YEAR)
        self._title = ShortWords(theme, "年报", kind=Type.TITLE)
        self._as_of = Words(theme, kind=Type.LABEL, color="ink2")
        self.by_year = Button(theme, "按年度", look=Look.CHOICE, tip="1 月 1 日至 12 月 31 日")
        self.by_school_year = Button(theme, "按学年", look=Look.CHOICE, tip="9 月 1 日至次年 8 月 31 日")
        self.export = Button(theme, "导出年报", icon="file-down", look=Look.BORDERED, tip="写成一份 Excel 工作簿")
        self.export.set_key(BY_DO[Do.EXPORT].key)
        self.fill = Button(theme, "填入教体局表", icon="file-spreadsheet", look=Look.PRIMARY)
        self.fill.set_key(BY_DO[Do.IMPORT].key, shown=False)
        self._sheet = ""
        self._narrow = False
        self._lay_out()

    def _lay_out(self) -> None:
        choice = QHBoxLayout()
        choice.setSpacing(0)
        group = QButtonGroup(self)
        for button in (self.by_year, self.by_school_year):
            group.addButton(button)
            choice.addWidget(button)
            button.clicked.connect(self._change)
        self.by_year.setChecked(True)
        self._school_years.hide()
        for picker in (self._years, self._school_years):
            picker.picked.connect(lambda _year, _number: self._change())
        for widget in (self._title, self._years, self._school_years):
            self.row.addWidget(widget)
        self.row.addLayout(choice)
        self.row.addWidget(self._as_of)
        self.row.addStretch(1)
        self.row.addWidget(self.export)
        self.row.addWidget(self.fill)

    def period(self) -> Period:
        """The period that is looked at."""
        if self.by_school_year.isChecked():
            return Period.school_year(self._school_years.month()[0])
        return Period.calendar_year(self._years.month()[0])

    def step(self, by: int) -> None:
        """Go so many years on or, negative, back."""
        (self._school_years if self.by_school_year.isChecked() else self._years).step(by)

    def name_sheet(self, sheet: str) -> None:
        """Say which sheet is looked at."""
        self._sheet = sheet
        before = "" if self._narrow and sheet else "年报"
        self._title.setText(" · ".join(part for part in (before, sheet) if part))

    def set_as_of(self, words: str) -> None:
        """Say up to which day the figures go; "" for a period that is over."""
        self._as_of.setText(words)

    def set_narrow(self, *, narrow: bool) -> None:
        """Fold what can be spared."""
        self._narrow = narrow
        self._as_of.setVisible(not narrow)
        self.export.set_compact(narrow)
        self.name_sheet(self._sheet)

    def _change(self) -> None:
        by_school_year = self.by_school_year.isChecked()
        self._years.setVisible(not by_school_year)
        self._school_years.setVisible(by_school_year)
        self.period_changed.emit()


_SHAPES = (
    (Verdict.RIGHT, "check", "ok"),
    (Verdict.UNFILLED, "ban", "void"),
    (Verdict.WANTS_A_WORD, "clock", "soon"),
    (Verdict.WRONG, "triangle-alert", "late"),
)


class VerdictLine(PageLine):
    """How many checks came out how, and the worst of them in words."""

    def __init__(self, theme: Theme) -> None:
        """Say nothing yet."""
        super().__init__(theme, "header")
        self.row.setSpacing(theme.sizes.small)
        self._checked = Words(theme, bold=True)
        self.row.addWidget(self._checked)
        self._said: dict[Verdict, tuple[ToneIcon, Words]] = {}
        for verdict, icon, tone in _SHAPES:
            kind = ShortWords if verdict is Verdict.WRONG else Words
            shape, words = ToneIcon(theme), kind(theme, kind=Type.LABEL, color=tone)
            shape.set_icon(icon, tone)
            self.row.addSpacing(theme.sizes.small)
            self.row.addWidget(shape)
            self.row.addWidget(words)
            shape.hide()
            self._said[verdict] = (shape, words)
        self.one_by_one = Button(theme, "逐条看", look=Look.LINK, key=BY_DO[Do.NEXT_MISSING].key)
        self.one_by_one.hide()
        self.row.addStretch(1)
        self.row.addWidget(self.one_by_one)

    def tell(self, checks: Sequence[CrossCheck]) -> None:
        """Say how the checks came out, the worst one first in the list."""
        counted = Counter(Verdict(one.level) for one in checks)
        worst = next((one for one in checks if Verdict(one.level) is Verdict.WRONG), None)
        words = {
            Verdict.RIGHT: f"{counted[Verdict.RIGHT]} 条相符",
            Verdict.UNFILLED: f"{counted[Verdict.UNFILLED]} 张表有未填",
            Verdict.WANTS_A_WORD: f"{counted[Verdict.WANTS_A_WORD]} 条要说明",
            Verdict.WRONG: f"{counted[Verdict.WRONG]} 条不平" + (f"：{worst.sheet} {worst.sentence}" if worst else ""),
        }
        self._checked.setText(f"核对 {len(checks)} 条")
        for verdict, (icon, label) in self._said.items():
            some = counted[verdict] > 0
            icon.setVisible(some)
            label.setText(words[verdict] if some else "")
            label.setVisible(some)
        self.one_by_one.setVisible(any(Verdict(one.level) is not Verdict.RIGHT for one in checks))
