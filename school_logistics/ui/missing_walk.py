"""Going through what is missing: from a form to its first gap, from gap to gap, and on to the next form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from school_logistics.ui.form_list import FormList
    from school_logistics.ui.missing_list import MissingView


class MissingWalk(QObject):
    """Moves the keyboard between the list of forms and the list of what one of them lacks."""

    said = Signal(str, str)
    """A sentence for the status line and its tone."""

    def __init__(self, forms: FormList, view: MissingView, lacks: Callable[[str], bool], parent: QObject) -> None:
        """`lacks` says whether a form, given by its code, lacks something."""
        super().__init__(parent)
        self._forms, self._view, self._lacks = forms, view, lacks

    def enter(self) -> None:
        """From a form to the first thing it lacks."""
        if self._view.current() is not None:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.said.emit("这张表内容齐全，没有要补的。", "ok")

    def on(self) -> None:
        """The next line of this form, else the first one of the next form that lacks something."""
        view = self._view
        if view.hasFocus() and view.step():
            return
        if not view.hasFocus() and view.current() is not None:
            view.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        codes = [form.code for form in self._forms.lines()]
        current = self._forms.current()
        here = codes.index(current.code) if current is not None and current.code in codes else 0
        target = next((code for code in [*codes[here + 1 :], *codes[:here]] if self._lacks(code)), None)
        if target is None:
            self.said.emit("再没有缺的内容了。", "ok")
            return
        self._forms.go_to(lambda form: form.code == target)
        view.setFocus(Qt.FocusReason.OtherFocusReason)
