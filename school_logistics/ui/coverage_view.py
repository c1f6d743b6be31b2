"""What a ledger should hold, as a grid: any of its duties for any month; a hole becomes a blank record beside it.

Done cells lead to their record. After a hole is filled the keyboard is back in the grid, at the next one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout

from school_logistics.services.coverage_grid import GAPS
from school_logistics.services.coverage_words import place_of, told_cell, total
from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.commands import Do
from school_logistics.ui.coverage_grid import CoverageGrid, hint_of
from school_logistics.ui.form_record import LooseRecord
from school_logistics.ui.ledger_views import LedgerView
from school_logistics.ui.office_page import Hint
from school_logistics.ui.parts import Panel, ShortWords, Words
from school_logistics.ui.record_form import RecordForm
from school_logistics.ui.side_slot import SideSlot
from school_logistics.ui.theme import Type

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from school_logistics.models.duties import Duty
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.coverage_grid import Cell, Covered, Want
    from school_logistics.services.rows import Draft
    from school_logistics.ui.jobs import Job, Progress
    from school_logistics.ui.office_page import Surroundings

_COVERS_BELOW = 640
"""Below this width, in pixels of the usual type size, the form takes the place of the grid."""


class CoverageView(LedgerView):
    """The duties of one ledger."""

    def __init__(self, around: Surroundings, ledger: Ledger) -> None:
        """Lay the first duty over the month that the window looks at."""
        super().__init__(around, ledger)
        from school_logistics.services.coverage import Coverage

        theme = around.theme
        self._theme = theme
        self.coverage = Coverage(self.desk)
        plans = {duty.rows.ledger for duty in ledger.duties if duty.rows is not None and hasattr(duty.rows, "ledger")}
        self.relevant |= plans
        self.duty: Duty = ledger.duties[0]
        self.duties = {duty.label: Button(theme, duty.label, look=Look.CHOICE) for duty in ledger.duties}
        self._asked: Job | None = None
        self._again = False
        self._goes_on = False
        self.grid = CoverageGrid(theme)
        self.grid.moved.connect(self._moved)
        self.grid.acted.connect(self.act)
        self.total = ShortWords(theme, bold=True)
        self._clause = ShortWords(theme, kind=Type.QUIET, color="ink3")
        self._here = ShortWords(theme, kind=Type.LABEL, color="ink2")
        self._key = Words(theme, kind=Type.QUIET, color="accent")
        self.slot = SideSlot(theme)
        self.form: RecordForm | None = None
        self._begun: Draft = {}
        """The record in the form as it was begun."""
        self._lay_out()
        self.look()

    def _lay_out(self) -> None:
        theme, sizes = self._theme, self._theme.sizes
        self._left = Panel(theme, "surface")
        head = QHBoxLayout()
        head.setContentsMargins(sizes.large, sizes.small, sizes.large, sizes.small)
        head.setSpacing(sizes.small)
        group = QButtonGroup(self)
        for label, button in self.duties.items():
            button.clicked.connect(lambda _checked=False, label=label: self._choose(label))
            group.addButton(button)
            button.setVisible(len(self.duties) > 1)
            head.addWidget(button)
        self.duties[self.duty.label].setChecked(True)
        head.addWidget(self.total)
        head.addWidget(self._clause)
        head.addStretch(1)
        foot = Panel(theme, "sunken", edges="top")
        line = QHBoxLayout(foot)
        line.setContentsMargins(sizes.large, sizes.tiny, sizes.large, sizes.tiny)
        line.addWidget(self._here)
        line.addStretch(1)
        line.addWidget(self._key)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.grid, 1)
        column.addWidget(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left, 1)
        row.addWidget(self.slot)

    # --- looking -----------------------------------------------------------------------------------

    def look(self) -> None:
        """Lay the duty over the month anew, in a job."""
        if self._asked is not None and self._asked.running():
            self._again = True
            return
        self._again = False
        duty, month = self.duty, self.month()

        def ask(_progress: Progress) -> Covered:
            return self.coverage.grid(self.ledger, duty, month)

        self._asked = self.around.jobs.start(ask, done=self._take)

    def _take(self, covered: Covered) -> None:
        if self._again or covered.duty is not self.duty or covered.month != self.month():
            self._asked = None
            self.look()
            return
        self.grid.show_covered(covered)
        self.total.setText(total(covered))
        self._clause.setText(f"{self.duty.when}　{self.duty.clause}".strip())
        self.fact_changed.emit()
        if self._goes_on:
            self._goes_on = False
            self.grid.next_gap()

    def _choose(self, label: str) -> None:
        self.duty = next(duty for duty in self.ledger.duties if duty.label == label)
        self.look()
        self.focus_start()

    def _moved(self, cell: Cell) -> None:
        covered = self.grid.covered()
        self._here.setText("　".join(told_cell(covered, cell)) if covered is not None else "")
        self._key.setText(hint_of(cell))

    # --- acting ------------------------------------------------------------------------------------

    def begin_hole(self, values: Mapping[str, object]) -> bool:
        for duty in self.ledger.duties:
            covered = self.coverage.grid(self.ledger, duty, self.month())
            found = self._hole_of(covered, values)
            if found is not None:
                self.duty = duty
                self.duties[duty.label].setChecked(True)
                self._take(covered)
                self.grid.go(found[0].row, found[0].column)
                self._begin(*found)
                return True
        return False

    def _hole_of(self, covered: Covered, values: Mapping[str, object]) -> tuple[Cell, Want] | None:
        """The first hole that a record of these values would fill."""
        holes = (
            (cell, want) for cells in covered.cells for cell in cells if cell.state in GAPS for want in cell.lacking
        )
        for cell, want in sorted(holes, key=lambda one: (one[0].column, one[0].row)):
            begun = self.coverage.prefill(covered, cell, want)
            if all(begun.get(key) == value for key, value in values.items()):
                return cell, want
        return None

    def act(self, cell: Cell) -> None:
        """Begin the record that a hole wants, or open the one that stands there."""
        wanting = cell.lacking and hint_of(cell) == "Enter 登记"
        if wanting:
            self._begin(cell, cell.lacking[0])
        elif cell.records:
            self.open_record.emit(self.ledger.key, cell.records[0].id, "")
        elif cell.why:
            self.said.emit(cell.why, "")

    def _begin(self, cell: Cell, want: Want) -> None:
        covered = self.grid.covered()
        if covered is None:
            return
        self._close_form()
        given = self.coverage.prefill(covered, cell, want)
        record = LooseRecord(self.desk, self.ledger, given=given, parent=self)
        form = RecordForm(self._theme, record, title=f"登记 · {self.ledger.label}")
        purpose = "，".join(part for part in (place_of(covered, cell), want.label) if part)
        form.say_purpose(f"{purpose}。存好就回到这里的下一处。")
        record.saved.connect(self._saved)
        form.closed.connect(self._close_form)
        form.given_up.connect(lambda _one, _values: self._close_form())
        form.refused.connect(lambda sentence, clause: self.said.emit(f"{sentence}　{clause}".strip(), "late"))
        self.form, self._begun = form, record.values()
        self.slot.push(form)
        self._fit()
        form.focus_first_empty()

    def _saved(self, _one: int, sentence: str) -> None:
        self._goes_on = True
        self._close_form()
        self.acted.emit(sentence)
        self.look()

    def _close_form(self) -> None:
        form, self.form = self.form, None
        if form is None:
            return
        had_focus = form.has_focus()
        self.slot.take(form)
        form.deleteLater()
        self._fit()
        if had_focus:
            self.focus_start()

    # --- for the page ------------------------------------------------------------------------------

    def title(self) -> str:
        return f"{self.ledger.label} · 应记和已记"

    def show_month(self) -> None:
        self.look()

    def refresh(self, keys: frozenset[str]) -> None:
        self.look()

    def deeds(self) -> Mapping[Do, Callable[[], None]]:
        return {Do.NEXT_MISSING: self._next}

    def _next(self) -> None:
        if not self.grid.next_gap():
            self.said.emit("这一项不缺了。", "ok")
        self.focus_start()

    def fact(self) -> str:
        return self.total.text()

    def focus_start(self) -> None:
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def next_pane(self) -> None:
        if self.form is not None and not self.form.has_focus():
            self.form.focus_field()
        else:
            self.focus_start()

    def current_id(self) -> int | None:
        cell = self.grid.current()
        return cell.records[0].id if cell is not None and cell.records else None

    def close_panel(self) -> bool:
        if self.form is None:
            return False
        self.form.give_up()
        return True

    def unsaved(self) -> str:
        if self.form is None or (self.form.record.values() == self._begun and not self.form.record.typed()):
            return ""
        return f"{self.ledger.label}正在登记的一条还没有存上"

    def hints(self) -> Sequence[Hint]:
        return (
            Hint("登记缺的、打开有的", "Enter", "点一下缺的格也行；存好就到下一处"),
            Hint("下一处缺的", "F8"),
            Hint("走动", "← → ↑ ↓　Home End"),
        )

    def _fit(self) -> None:
        covers = self.width() < self._theme.px(_COVERS_BELOW)
        self.slot.cover(covers=covers and self.form is not None)
        self._left.setVisible(not (covers and self.form is not None))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
