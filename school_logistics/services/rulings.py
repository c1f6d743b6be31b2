"""The rule book as this school has it: browsed, searched, changed from a day on, and what a change would do.

A change is a record of the ledger `rule_change`: saved, told in the history and taken back like any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from school_logistics.errors import OfficeError
from school_logistics.rules.book import RuleBook, show_value
from school_logistics.rules.calendar import Month
from school_logistics.rules.rulings import laid_over
from school_logistics.services import pinyin
from school_logistics.services.rows import Query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from sqlalchemy.orm import Session

    from school_logistics.rules.book import Rule
    from school_logistics.rules.rulings import RuleChange
    from school_logistics.services.desk import Desk
    from school_logistics.services.listing import Listing
    from school_logistics.services.rows import Draft, Saved

_T = TypeVar("_T")

RULE_CHANGES = "rule_change"
"""The key of the ledger of changes."""

OTHER_TOPIC = "其他"
_TOPICS: dict[str, tuple[str, ...]] = {
    "记录与提醒": ("late_entry", "doubt", "warn", "record", "return", "duty"),
    "食堂进货": ("food", "supplier", "report", "stock", "purchase", "delivery"),
    "食堂日常": (
        "retained_sample", "morning_check", "training", "tableware", "cold", "waste", "accompanied", "additive",
        "pesticide", "kitchen", "menu", "nutrition", "diner", "inspection", "meal", "canteen",
    ),
    "人员证件": ("health_certificate", "certificate", "staff"),
    "公寓与消毒": ("room", "disinfection", "ventilation", "uv", "bedding", "dormitory"),
    "消防": ("extinguisher", "fire", "smoke_detector", "gas_detector", "standalone_detector"),
    "校车与驾驶人": ("bus",),
    "饮用奶与学生装": ("milk", "uniform"),
    "安全、饮水与保险": ("hazard", "water", "insurance", "safety"),
}  # fmt: skip
_NAMED = 3
"""So many of what changes are named; the rest are counted."""


class RuleLine(NamedTuple):
    """One rule as the browser lists it: what holds on a day."""

    topic: str
    rule: Rule
    shipped: Rule
    """What the program came with."""
    change: int | None
    """The record that changed it, if it is changed."""
    coming: tuple[Rule, ...]
    """Changes whose day is still to come."""

    @property
    def text(self) -> str:
        """The value with its unit."""
        return f"{show_value(self.rule.value)} {self.rule.unit}".rstrip()

    @property
    def mark(self) -> str:
        """本校规定, 已核对 or 待核."""
        return "本校规定" if self.rule.local else "已核对" if self.rule.verified else "待核"


class Effect(NamedTuple):
    """What a change would do, in sentences."""

    sentences: tuple[str, ...]


def changes_in(session: Session, listing: Listing) -> list[RuleChange]:
    """Every change as it stands, the older first."""
    ledger = listing.ledgers[RULE_CHANGES]
    rows = listing.values(session, ledger, listing.ids(session, ledger, Query()))
    return [cast("RuleChange", ledger.facts(rows[one])) for one in sorted(rows)]


def book_of(session: Session, listing: Listing, shipped: RuleBook) -> RuleBook:
    """The shipped book with this school's changes over it."""
    return laid_over(shipped, changes_in(session, listing)) if RULE_CHANGES in listing.ledgers else shipped


def topic_of(key: str) -> str:
    """Under which heading a rule stands."""
    first = key.partition(".")[0]
    return next((topic for topic, firsts in _TOPICS.items() if first in firsts), OTHER_TOPIC)


class Rulings:
    """The rule book for screens and the command line."""

    def __init__(self, desk: Desk) -> None:
        """The desk keeps the changes."""
        self.desk = desk
        self.ledger = desk.ledger(RULE_CHANGES)

    def lines(self, words: str = "", on: date | None = None) -> list[RuleLine]:
        """Every rule that holds on a day, topic by topic, or those in which the words occur."""
        day = on or self.desk.today
        changes = self._changes()
        order = [*_TOPICS, OTHER_TOPIC]
        found = [self._line(key, day, changes) for key in dict.fromkeys(rule.key for rule in self.desk.shipped.rules)]
        wanted = (one for one in found if says(one, words))
        return sorted(wanted, key=lambda one: order.index(one.topic))

    def line(self, key: str, on: date | None = None) -> RuleLine:
        """One rule; raises OfficeError when there is none of that key."""
        if not self.desk.shipped.has(key):
            raise OfficeError(f"规则手册里没有「{key}」；有哪些规则，见 rules list。")
        return self._line(key, on or self.desk.today, self._changes())

    def versions(self, key: str) -> tuple[Rule, ...]:
        """Every version of a rule, shipped before local, oldest first."""
        return tuple(rule for rule in self.desk.book.entries() if rule.key == key)

    def draft(self, key: str, value: str, valid_from: date, reason: str = "", document_no: str = "") -> Draft:
        """A change ready to be examined or saved; the value in its usual spelling where it can be read."""
        told = {"rule": key, "value": value.strip() or None, "valid_from": valid_from, "reason": reason.strip() or None,
                "document_no": document_no.strip() or None}  # fmt: skip
        return {**self.desk.blank(self.ledger), **told}

    def set(self, key: str, value: str, valid_from: date, reason: str = "", document_no: str = "") -> Saved:
        """Change a rule from a day on; another change from the same day is replaced.

        Raises OfficeError when there is no such rule, Unacceptable when the value does not fit or the reason is blank.
        """
        self.line(key)
        draft = self.draft(key, value, valid_from, reason, document_no)
        return self.desk.save(self.ledger, draft, self._changes().get((key, valid_from)))

    def effect(self, key: str, value: str, valid_from: date) -> Effect:
        """What a change would do to what is due and to what this month lacks; nothing is changed by asking.

        Raises OfficeError or Unreadable when the change does not fit.
        """
        self.line(key)
        before = self.desk.book.entry(key, valid_from)
        now = self.desk.book.changed(key, value, valid_from)
        same_day = [one for one in self.desk.book.rules if one.local and (one.key, one.valid_from) == (key, valid_from)]
        rules = [one for one in self.desk.book.rules if one not in same_day]
        after = self.desk.under(RuleBook((*rules, now)))
        sentences = [
            f"从 {valid_from} 起按 {show_value(now.value)} {now.unit}".rstrip()
            + f"；以前的仍按 {show_value(before.value)} {before.unit}".rstrip()
        ]
        told = [*self._dues(after, max(valid_from, self.desk.today)), *self._lacking(after)]
        return Effect((*sentences, *(told or ["眼下没有一条记录因此变化"])))

    # --- within ------------------------------------------------------------------------------------

    def _changes(self) -> dict[tuple[str, date], int]:
        """The records of changes by rule and first day."""
        with self.desk.store.reading() as session:
            ids = self.desk.listing.ids(session, self.ledger, Query())
            rows = self.desk.listing.values(session, self.ledger, ids)
        return {(str(row["rule"]), cast("date", row["valid_from"])): one for one, row in rows.items()}

    def _line(self, key: str, day: date, changes: Mapping[tuple[str, date], int]) -> RuleLine:
        rule = self.desk.book.entry(key, day)
        coming = (one for one in self.desk.book.entries() if one.key == key and one.local and one.valid_from > day)
        change = changes.get((key, rule.valid_from)) if rule.local else None
        return RuleLine(topic_of(key), rule, self.desk.shipped.entry(key, day), change, tuple(coming))

    def _dues(self, after: Desk, day: date) -> list[str]:
        """What comes to be due, is no longer, or on another day."""
        from school_logistics.services.reminders import Reminders

        old, new = ({(one.ledger, one.id, one.reminder): one for one in Reminders(desk).due(day)}
                    for desk in (self.desk, after))  # fmt: skip
        come = [one for key, one in new.items() if key not in old]
        gone = [one for key, one in old.items() if key not in new]
        moved = [one for key, one in new.items() if key in old and old[key].due_on != one.due_on]
        told = [("到期提醒多", come), ("到期提醒少", gone), ("到期日变", moved)]
        return _counted(told, lambda one: one.what, "件")

    def _lacking(self, after: Desk) -> list[str]:
        """What this month comes to lack, or lacks no more."""
        from school_logistics.services.month import MonthPack

        month = Month.of(self.desk.today)
        old, new = ({(one.form, one.ledger, one.id, one.field, one.day, one.title): one
                     for one in MonthPack(desk).missing(month)} for desk in (self.desk, after))  # fmt: skip
        come = [one for key, one in new.items() if key not in old]
        gone = [one for key, one in old.items() if key not in new]
        told = [("本月要补、要改的多", come), ("本月要补、要改的少", gone)]
        return _counted(told, lambda one: f"{one.form_title} {one.day} {one.title}：{one.why}".replace("  ", " "), "处")


def _counted(told: Iterable[tuple[str, list[_T]]], name: Callable[[_T], str], measure: str) -> list[str]:
    """How many of each there are, the first of them by name."""
    return [
        f"{words} {len(found)} {measure}：{'；'.join(name(one) for one in found[:_NAMED])}"
        + ("等" if len(found) > _NAMED else "")
        for words, found in told
        if found
    ]


def says(line: RuleLine, words: str) -> bool:
    """Whether words stand in a rule, or are the initials of its name."""
    wanted, rule = words.strip().casefold(), line.rule
    told = (rule.label, rule.clause, rule.key, rule.note, line.text, line.mark, line.topic)
    return any(wanted in one.casefold() for one in told) or (
        wanted.isascii() and pinyin.place_in(rule.label, wanted) is not None
    )
