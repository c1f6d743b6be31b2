"""Keys and clicks as a clerk makes them: always into whatever has the focus at that moment."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

Key = Qt.Key
ENTER, TAB, ESCAPE, DELETE = Key.Key_Return, Key.Key_Tab, Key.Key_Escape, Key.Key_Delete
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
PLAIN = Qt.KeyboardModifier.NoModifier


def focused() -> QWidget:
    """Whatever has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def line() -> QLineEdit:
    """The line that is being typed in."""
    widget = focused()
    assert isinstance(widget, QLineEdit)
    return widget


def press(*keys: Qt.Key, with_: Qt.KeyboardModifier = PLAIN) -> None:
    """Press keys, one after another."""
    for key in keys:
        QTest.keyClick(focused(), key, with_)
        QApplication.processEvents()


def type_text(text: str) -> None:
    """Type text: letters by key, Chinese as an input method commits it."""
    for letter in text:
        if letter.isascii():
            QTest.keyClicks(focused(), letter)
        else:
            commit(letter)
        QApplication.processEvents()


def commit(text: str) -> None:
    """Commit text as an input method does, after a composition of two letters."""
    for preedit in ("n", "ni"):
        QApplication.sendEvent(focused(), QInputMethodEvent(preedit, []))
    done = QInputMethodEvent("", [])
    done.setCommitString(text)
    QApplication.sendEvent(focused(), done)
    QApplication.processEvents()


def fill(*texts: str) -> None:
    """Type texts, each followed by Enter."""
    for text in texts:
        type_text(text)
        press(ENTER)


def commit_whole(text: str) -> None:
    """Commit text without a composition before it, as handwriting, speech or a phrase of an input method does."""
    done = QInputMethodEvent("", [])
    done.setCommitString(text)
    QApplication.sendEvent(focused(), done)
    QApplication.processEvents()
