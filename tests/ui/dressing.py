"""The look that a test wears, and everything on the screen taken away after it: what stays is dressed in every test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from school_logistics.ui.clipboard import let_go
from school_logistics.ui.theme import Theme


@contextmanager
def dressed(app: QApplication) -> Iterator[Theme]:
    """The light look at usual size, worn by the whole application."""
    look = Theme()
    look.apply(app)
    yield look
    for window in app.topLevelWidgets():
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    let_go()
    app.setStyleSheet("")
