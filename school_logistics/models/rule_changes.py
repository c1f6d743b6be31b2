"""What this school or its bureau sets differently from the shipped rule book, and from which day.

The changes are laid over the book when the data file is opened and whenever one is written (`services/rulings.py`).
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from school_logistics.models.canteen.settling import BEGINNING
from school_logistics.models.checks import Check, Lasting
from school_logistics.models.fields import Need
from school_logistics.models.ledger import Section, Tab, ledger
from school_logistics.models.record import Record
from school_logistics.models.words import computed, day, text
from school_logistics.rules.kinds import Text
from school_logistics.rules.rulings import fits_the_rule, known_rule, name_of_rule, unit_of_rule


def _today(today: date) -> date:
    return today


@ledger(
    "规则手册",
    group=Tab.OFFICE,
    section=Section.FILES,
    title="name",
    number=("rule", "valid_from"),
    icon="book-open",
    sort=("valid_from",),
    later=("document_no", "reason"),
    lasting=Lasting("valid_from", otherwise="请把“从哪天起”写成 {first} 或以后，或者先重开那个月；"),
    about="程序随附的限值和期限都有出处。本校或教体局另有规定的，在这里改，写明从哪天起、依据什么；以前的月份仍按原来的。",
    checks=(
        Check(known_rule, blame="rule", otherwise="规则手册里没有这一条，请在规则手册里选一条来改", given=("book",)),
        Check(fits_the_rule, blame="value", given=("book",)),
    ),
)
class RuleChange(Record):
    """One rule set differently from a day on, with who says so."""

    __tablename__ = "rule_change"
    keeps = BEGINNING

    rule: Mapped[str] = text(
        "规则代码", required=Need.ALWAYS, max_chars=60, chars=20, hint="在规则手册里选一条来改，会自己填上"
    )
    name: Mapped[str | None] = computed("规则", Text(80), name_of_rule, given=("book",), chars=24)
    value: Mapped[str] = text("改成", required=Need.ALWAYS, max_chars=400, chars=12, hint="几个值之间用顿号")
    unit: Mapped[str | None] = computed("单位", Text(20), unit_of_rule, given=("book",), chars=6)
    valid_from: Mapped[date] = day("从哪天起", required=Need.ALWAYS, default=_today, chars=10)
    document_no: Mapped[str | None] = text("文号", max_chars=60, chars=16, hint="没有文号的，印作“本校规定”")
    reason: Mapped[str | None] = text("为什么改", required=Need.BY_LAW, max_chars=200, lines=2, chars=20)
