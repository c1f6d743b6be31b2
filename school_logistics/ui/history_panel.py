"""The history of one record: who changed what when, newest first, each field before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from school_logistics.ui.cells import WEEKDAYS
from school_logistics.ui.parts import Rule, Words
from school_logistics.ui.side_panel import SidePanel
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from school_logistics.services.rows import Change

MOST = 100
"""More changes of one record than this are told by their number."""


def told_time(at: datetime, now: datetime) -> str:
    """When something was done: 今天 14:05, 11-20 周五 14:05, or with the year where it is another one."""
    if at.date() == now.date():
        return f"今天 {at:%H:%M}"
    day = f"{at:%m-%d}" if at.year == now.year else f"{at:%Y-%m-%d}"
    return f"{day} {WEEKDAYS[at.weekday()]} {at:%H:%M}"


class HistoryPanel(SidePanel):
    """Tells what `desk.history` knows of a record."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start without a record."""
        super().__init__(theme, "历史", parent=parent)
        self._told = 0

    def show_history(self, name: str, changes: Sequence[Change], now: datetime) -> None:
        """Tell the history of a record by its name; no changes: say why."""
        self.clear_body()
        self.set_title(f"历史 · {name}" if name else "历史")
        self._told = len(changes)
        if not changes:
            why = "这一行还没有保存过，保存以后每次改动都记在这里。" if name else "选一行，看它是谁在什么时候改过的。"
            self.body.addWidget(Words(self._theme, why, color="ink2", wrap=True))
        for place, change in enumerate(changes[:MOST]):
            if place:
                self.body.addSpacing(self._theme.sizes.small)
                self.body.addWidget(Rule(self._theme))
                self.body.addSpacing(self._theme.sizes.small)
            self.body.addWidget(ChangeBlock(self._theme, change, now))
        if len(changes) > MOST:
            more = f"更早还有 {len(changes) - MOST} 次改动"
            self.body.addWidget(Words(self._theme, more, kind=Type.QUIET, color="ink3"))
        self.body.addStretch(1)
        self.area.verticalScrollBar().setValue(0)

    def told(self) -> int:
        """How many changes the record has had."""
        return self._told


class ChangeBlock(QWidget):
    """One change: what was done, when and by whom, and the fields that became different."""

    def __init__(self, theme: Theme, change: Change, now: datetime) -> None:
        """Tell one change."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.sizes.tiny)
        head = QHBoxLayout()
        head.addWidget(Words(theme, change.action, bold=True))
        head.addWidget(Words(theme, change.actor, color="ink2"))
        head.addStretch(1)
        head.addWidget(Words(theme, told_time(change.at, now), kind=Type.QUIET, color="ink3"))
        column.addLayout(head)
        if change.act_title.startswith(("撤销", "重做", "导入")):
            column.addWidget(Words(theme, change.act_title, kind=Type.LABEL, color="ink2", wrap=True))
        lines = QGridLayout()
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setHorizontalSpacing(theme.sizes.middle)
        lines.setVerticalSpacing(theme.sizes.tiny)
        lines.setColumnStretch(1, 1)
        for row, line in enumerate(change.lines):
            lines.addWidget(Words(theme, line.label, kind=Type.LABEL, color="ink2"), row, 0)
            lines.addWidget(Words(theme, _became(line.before, line.after), kind=Type.LABEL, wrap=True), row, 1)
        column.addLayout(lines)
        told = "，".join(f"{line.label} {_became(line.before, line.after)}" for line in change.lines)
        self.setAccessibleName(f"{told_time(change.at, now)} {change.actor} {change.action}：{told}")


def _became(before: str, after: str) -> str:
    if before and after:
        return f"{before} → {after}"
    return after or f"{before} → 空"
