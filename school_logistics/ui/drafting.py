"""A report drafted from the records below it: begun beside the table, looked through, and only then kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_logistics.ui.form_record import LooseRecord
from school_logistics.ui.record_form import RecordForm

if TYPE_CHECKING:
    from school_logistics.models.ledger import Ledger
    from school_logistics.ui.ledger_page import LedgerPage


def draft_words(ledger: Ledger) -> str:
    """What the button of a ledger that is drafted from others says; nothing for every other ledger."""
    from school_logistics.services.safety_reports import SafetyReports

    return SafetyReports.words(ledger)


def begin_draft(page: LedgerPage) -> None:
    """Open the first report that the month lacks in a form beside the table, filled in; a full month is told."""
    from school_logistics.services.safety_reports import SafetyReports

    month = page.month()
    given = SafetyReports(page.desk).next_draft(page.ledger, month) if month is not None else None
    if given is None:
        page.said.emit(f"{month}的{page.ledger.label}都有了；要重新生成，先删除那一份。", "ok")
        return
    record = LooseRecord(page.desk, page.ledger, given=given, parent=page)
    form = RecordForm(page.around.theme, record, title=f"草稿 · {page.ledger.label}")
    form.say_purpose("由下面的记录写好，请逐项核对，补上空着的，再保存。")

    def drop() -> None:
        page.close_side(form)
        form.deleteLater()
        record.deleteLater()

    def done(one: int, sentence: str) -> None:
        drop()
        page.acted.emit(sentence)
        page.show_record(one)

    record.saved.connect(done)
    form.closed.connect(drop)
    form.given_up.connect(lambda _one, _values: drop())
    form.new_wanted.connect(
        lambda key, other, words: page.begin_elsewhere(
            page.ledger.field(key).label, other, words, lambda one: form.put(key, one)
        )
    )
    form.refused.connect(page.tell_refusal)
    page.open_side(form)
    form.focus_first()
    page.said.emit("", "")
