"""Paints the headings of a table's columns: quiet unit, chevron where sorted, group headings above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt

from school_logistics.ui.painting import MIDDLE_LEFT, MIDDLE_RIGHT, draw_icon
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QHeaderView

    from school_logistics.models.fields import Field


def group_unit(columns: Sequence[Field], name: str) -> str:
    """The unit that all columns under a group heading share; "" when they differ."""
    units = {field.unit for field in columns if field.group == name}
    return units.pop() if name and len(units) == 1 else ""


def heading_unit(columns: Sequence[Field], field: Field) -> str:
    """The unit that stands after a column's heading: none where the group says it for all its columns."""
    return "" if field.group and group_unit(columns, field.group) else field.unit


class HeadingPainter:
    """Paints one section at a time, as Qt repaints them."""

    def __init__(self, theme: Theme, columns: Sequence[Field], header: QHeaderView) -> None:
        """`header` tells where each column stands."""
        self._theme, self._columns, self._header = theme, columns, header
        self._grouped = any(field.group for field in columns)

    def group_height(self) -> int:
        """How high the line of group headings is; 0 without any."""
        return self._theme.sizes.group_heading if self._grouped else 0

    def paint(self, painter: QPainter, rect: QRect, column: int, sorted_by: tuple[str, bool]) -> None:
        """Paint group heading, heading and separator of a column; `sorted_by` is key and whether descending."""
        field = self._columns[column]
        if field.group:
            self._paint_group(painter, rect, column)
        theme, sizes = self._theme, self._theme.sizes
        top, height = self.group_height(), sizes.header
        room = QRect(rect.x() + sizes.cell_left, top + 1, rect.width() - sizes.cell_left - sizes.cell_right, height)
        if field.key == sorted_by[0]:
            self._paint_chevron(painter, room, upward=sorted_by[1])
            room.setRight(room.right() - sizes.chevron - sizes.tiny)
        self._paint_words(painter, room, field)
        separator = theme.px(sizes.separator)
        painter.fillRect(rect.right(), top + (height - separator) // 2 + 1, 1, separator, theme.brush("line"))

    def _paint_words(self, painter: QPainter, room: QRect, field: Field) -> None:
        """The heading as its column is aligned, the unit after it."""
        theme = self._theme
        unit = heading_unit(self._columns, field)
        gap = theme.sizes.tiny if unit else 0
        unit_width = theme.metrics(Type.QUIET).horizontalAdvance(unit) + gap
        metrics = theme.metrics(Type.LABEL)
        label = metrics.elidedText(field.label, Qt.TextElideMode.ElideRight, max(room.width() - unit_width, 0))
        width = metrics.horizontalAdvance(label)
        spare = max(room.width() - width - unit_width, 0)
        left = room.x() + {"right": spare, "center": spare // 2}.get(field.kind.align, 0)
        painter.setFont(theme.font(Type.LABEL))
        painter.setPen(theme.color("ink2"))
        painter.drawText(QRect(left, room.y(), width + 1, room.height()), MIDDLE_LEFT, label)
        if unit:
            painter.setFont(theme.font(Type.QUIET))
            painter.setPen(theme.color("ink3"))
            painter.drawText(QRect(left + width, room.y(), unit_width, room.height()), MIDDLE_RIGHT, unit)

    def _paint_chevron(self, painter: QPainter, room: QRect, *, upward: bool) -> None:
        size = self._theme.sizes.chevron
        middle, left = room.center().y() + 1, room.right() - size + 1
        painter.save()
        if upward:
            painter.translate(left + size / 2, middle)
            painter.rotate(180)
            painter.translate(-(left + size / 2), -middle)
        draw_icon(painter, self._theme, "chevron-down", size, "ink2", left, middle)
        painter.restore()

    def _paint_group(self, painter: QPainter, rect: QRect, column: int) -> None:
        """Draw the group's heading over all its columns, clipped into this one: each section is repainted alone."""
        theme, sizes = self._theme, self._theme.sizes
        name = self._columns[column].group
        left, right = self._group_span(column)
        painter.save()
        painter.setClipRect(QRect(rect.x(), rect.y(), rect.width(), self.group_height()))
        painter.setFont(theme.font(Type.QUIET))
        painter.setPen(theme.color("ink3"))
        at = max(left, 0) + sizes.cell_left  # in sight while any of its columns is
        words = f"{name} {group_unit(self._columns, name)}"
        painter.drawText(QRect(at, 0, right - at, self.group_height()), MIDDLE_LEFT, words)
        rule_width = right - left - sizes.cell_left - sizes.cell_right
        painter.fillRect(left + sizes.cell_left, self.group_height() - 1, rule_width, 1, theme.brush("line"))
        painter.restore()

    def _group_span(self, column: int) -> tuple[int, int]:
        """Left and right end of the neighbouring columns that share a group."""
        header, name = self._header, self._columns[column].group
        first = last = header.visualIndex(column)
        while first > 0 and self._columns[header.logicalIndex(first - 1)].group == name:
            first -= 1
        while last < header.count() - 1 and self._columns[header.logicalIndex(last + 1)].group == name:
            last += 1
        end = header.logicalIndex(last)
        left = header.sectionViewportPosition(header.logicalIndex(first))
        return left, header.sectionViewportPosition(end) + header.sectionSize(end)
