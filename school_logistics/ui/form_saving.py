"""The ways to save forms as PDF, offered in a menu under the button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from school_logistics.services.form_states import FormState
    from school_logistics.ui.form_output import FormOutput
    from school_logistics.ui.print_standing import Found

Way = tuple[str, "Callable[[], None]"]


def ways_to_save(found: Found | None, form: FormState | None, output: FormOutput) -> list[Way]:
    """What can be saved of a month, in words, with the way to do it: this form, those complete, all of them."""
    if found is None:
        return []
    ready, month, many = found.ready(), found.month, len(found.states)
    ways: list[Way] = []
    if form is not None:
        this = form
        ways.append((f"存这一张：{this.code} {this.title}…", lambda: output.save_form(this, month)))
    if 0 < len(ready) < many:
        ways.append((f"存已齐的 {len(ready)} 张，合成一本…", lambda: output.save_book(ready, month)))
    ways.append((f"存全部 {many} 张，带封面合成一本…", lambda: output.save_book((), month)))
    ways.append((f"每张存一个文件，另存整本，共 {many + 1} 个…", lambda: output.save_all(month)))
    return ways


def offer(ways: Sequence[Way], below: QWidget, gap: int) -> None:
    """Pop the ways up under a button."""
    if not ways:
        return
    menu = QMenu(below.window())
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for words, run in ways:
        menu.addAction(words).triggered.connect(run)
    menu.setActiveAction(menu.actions()[0])
    menu.popup(below.mapToGlobal(QPoint(0, below.height() + gap)))
