"""One line of a side form: labels, fields, and below them why they are acceptable or what is wrong with them.

A refused field has a 2 px frame in late; under its line stands the sentence, then the clause and the way out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from school_logistics.models.checks import Level
from school_logistics.models.fields import Need
from school_logistics.ui.editors import Editor, editor_for
from school_logistics.ui.form_layout import Line, is_short
from school_logistics.ui.painting import MIDDLE_LEFT
from school_logistics.ui.parts import TONE_ICONS, ToneIcon, Words
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from school_logistics.models.checks import Objection
    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.desk import Desk


class FieldLabel(QWidget):
    """The name of a field above it, with a red star when it must be filled in."""

    def __init__(self, theme: Theme, field: Field) -> None:
        """Name a field."""
        super().__init__()
        self._theme, self._label, self._wanted = theme, field.label, field.required is not Need.NO and field.writable
        self.setAccessibleName(f"{field.label}（必填）" if self._wanted else field.label)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = self._theme.metrics(Type.LABEL)
        return QSize(metrics.horizontalAdvance(self._label), metrics.height() + self._theme.sizes.tiny)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, metrics = self._theme, self._theme.metrics(Type.LABEL)
        painter.setFont(theme.font(Type.LABEL))
        painter.setPen(theme.color("ink2"))
        star = metrics.horizontalAdvance(" *") if self._wanted else 0
        shown = metrics.elidedText(self._label, Qt.TextElideMode.ElideRight, self.width() - star)
        painter.drawText(self.rect(), MIDDLE_LEFT, shown)
        if self._wanted:
            painter.setPen(theme.color("late"))
            box = self.rect().adjusted(metrics.horizontalAdvance(shown), 0, 0, 0)
            painter.drawText(box, MIDDLE_LEFT, " *")
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()


class Remark(QWidget):
    """A shape and a sentence under a field, with quieter words below: an objection, or why all is well."""

    def __init__(self, theme: Theme) -> None:
        """Say nothing yet."""
        super().__init__()
        self._theme = theme
        self._icon = ToneIcon(theme)
        self._sentence = Words(theme, kind=Type.LABEL, color="ink2", wrap=True)
        self._more = Words(theme, kind=Type.LABEL, color="ink2", wrap=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, theme.sizes.tiny, 0, 0)
        grid.setHorizontalSpacing(theme.sizes.tiny)
        grid.setVerticalSpacing(0)
        grid.addWidget(self._icon, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._sentence, 0, 1)
        grid.addWidget(self._more, 1, 1)
        grid.setColumnStretch(1, 1)
        self.hide()

    def say(self, sentence: str, more: str = "", *, tone: str = "ok", ink: str = "") -> None:
        """Say a sentence in a tone; "" says nothing and takes no room."""
        self._icon.set_icon(TONE_ICONS.get(tone, "") if sentence else "", tone)
        self._sentence.setText(sentence)
        self._sentence.set_color(ink or tone)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self.setAccessibleName(f"{sentence} {more}".strip())
        self.setVisible(bool(sentence))

    def text(self) -> str:
        """What is said."""
        return self._sentence.text()

    def more(self) -> str:
        """The clause and the way out."""
        return self._more.text()


class FigureLine(QWidget):
    """A figure that was worked out: its name at the left, the figure bold at the right."""

    def __init__(self, theme: Theme, field: Field) -> None:
        """Name a figure."""
        super().__init__()
        self.field = field
        self._figure = Words(theme, kind=Type.PANEL)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.sizes.tiny, 0, theme.sizes.tiny)
        row.setSpacing(theme.sizes.tiny)
        row.addWidget(Words(theme, field.label, kind=Type.LABEL, color="ink2"))
        row.addStretch(1)
        row.addWidget(self._figure)
        row.addWidget(Words(theme, field.unit, kind=Type.QUIET, color="ink3"))

    def set_value(self, value: object) -> None:
        """Show the figure, — while there is none."""
        text = self.field.kind.show(value) if value is not None else "—"
        self._figure.setText(text)
        self.setAccessibleName(f"{self.field.label} {text}{self.field.unit}")

    def text(self) -> str:
        """The figure as it is shown."""
        return self._figure.text()


class FieldBlock(QWidget):
    """A label above its field."""

    def __init__(self, theme: Theme, desk: Desk, ledger: Ledger, field: Field) -> None:
        """Make the editor that the kind of the field asks for."""
        super().__init__()
        self.label = FieldLabel(theme, field)
        self.editor: Editor = editor_for(theme, desk, ledger, field, self)
        self.editor.setAccessibleDescription(field.hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.label)
        column.addWidget(self.editor)


class FormLine(QWidget):
    """One or two fields beside each other, and what there is to say about them."""

    def __init__(self, theme: Theme, desk: Desk, ledger: Ledger, line: Line) -> None:
        """Lay the fields of a line out."""
        super().__init__()
        self.blocks = {field.key: FieldBlock(theme, desk, ledger, field) for field in line.fields}
        self.remarks = {field.key: Remark(theme) for field in line.fields}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(theme.sizes.small)
        for block in self.blocks.values():
            row.addWidget(block, 1)
        if len(line.fields) == 1 and is_short(line.fields[0]):
            row.addWidget(QWidget(), 1)
        column.addLayout(row)
        for remark in self.remarks.values():
            column.addWidget(remark)

    def object_to(self, key: str, objection: Objection | None, note: str) -> None:
        """Show what is wrong with a field, else the note that says why it is acceptable."""
        refused = objection is not None and objection.level is not Level.WARNING
        self.blocks[key].editor.set_refused(refused)
        if objection is None:
            self.remarks[key].say(note, tone="ok", ink="ink2")
        else:
            self.remarks[key].say(objection.sentence, way_out(objection), tone="late" if refused else "soon")


def way_out(objection: Objection) -> str:
    """The clause behind an objection, and what can be done when it cannot be met now."""
    clause = f"{objection.clause}。" if objection.clause else ""
    if objection.level is Level.GAP:
        return f"{clause}手头还没有就先放着：这一行留作草稿，补上再存。"
    if objection.level is Level.WARNING:
        return f"{clause}可以保存，请再看一眼。"
    return clause
