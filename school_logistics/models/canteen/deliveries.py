"""The head of a delivery note: who brought it, its number, and what it says it comes to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from school_logistics.models.canteen.purchase_lookups import lines_of_note, recounted_notes
from school_logistics.models.checks import Check, Level, Lookup
from school_logistics.models.fields import Need
from school_logistics.models.ledger import Section, Tab, ledger
from school_logistics.models.record import Record
from school_logistics.models.words import code, day, money, ref, text
from school_logistics.rules.designated import adds_up, has_lines, told_for_this


@ledger(
    "送货单",
    group=Tab.CANTEEN,
    section=Section.GOODS,
    title="note_no",
    happened="came_on",
    number=("note_no", "supplier", "came_on"),
    icon="clipboard-list",
    about="一张送货单一行：单号、供货单位、票面合计。与采购台账里同单号的各行合计相差一分以上要说明。",
    checks=(
        Check(
            adds_up,
            blame="reason",
            level=Level.GAP,
            given=("lines", "book", "today"),
            clause="票账相符，允许差额可改",
        ),
        Check(
            told_for_this,
            blame="reason",
            level=Level.WARNING,
            given=("lines", "recounted", "book", "today"),
            clause="票账相符，允许差额可改",
        ),
        Check(has_lines, blame="note_no", level=Level.WARNING, given=("lines",)),
    ),
    lookups=(Lookup("lines", lines_of_note), Lookup("recounted", recounted_notes)),
)
class DeliveryNote(Record):
    """One delivery note; its lines are the deliveries of the same supplier, number and day."""

    __tablename__ = "delivery_note"

    came_on: Mapped[date] = day("送货日期", required=Need.ALWAYS, default=lambda today: today, carry=True, chars=10)
    supplier: Mapped[int] = ref("供货单位", "supplier", required=Need.ALWAYS, chars=16)
    note_no: Mapped[str] = code("送货单号", required=Need.ALWAYS, chars=12, synonyms=("单号", "单据编号"))
    ticket_total: Mapped[Decimal | None] = money("票面金额", chars=10, totals=True, synonyms=("票面合计",))
    buyer: Mapped[str | None] = text("采购员", max_chars=20, chars=7, carry=True)
    deliverer: Mapped[str | None] = text("送货人", max_chars=20, chars=7)
    reason: Mapped[str | None] = text("差额说明", max_chars=100, chars=16, hint="票面与各行合计不符时写明")
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)
