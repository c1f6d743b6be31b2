"""The dated rule book: every limit and period as a value with its clause, its first day and its local change.

A rule may change; past months keep theirs. Code asks `book.whole("retained_sample.hours", on=day)` and never writes
48. What the school or the bureau sets differently is a local rule laid over the shipped one.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from school_logistics.errors import OfficeError, Unreadable
from school_logistics.rules.figures import half_width

if TYPE_CHECKING:
    from collections.abc import Iterable

Single: TypeAlias = int | Decimal | str
Value: TypeAlias = Single | tuple[Single, ...]
"""A number, a word, or several of them in order."""


@dataclass(frozen=True)
class Rule:
    """One entry: what holds from a day on, and who says so.

    `verified` is false where the legal text itself has not been read, or where the value is only our suggestion;
    `note` says which, for the clerk to check before relying on it. `local` marks what this school has set itself.
    """

    key: str
    label: str
    value: Value
    unit: str
    clause: str
    valid_from: date
    verified: bool = False
    note: str = ""
    local: bool = False

    def __str__(self) -> str:
        """留样量不少于：125 克."""
        return f"{self.label}：{show_value(self.value)}{' ' if self.unit else ''}{self.unit}"


@dataclass(frozen=True)
class RuleBook:
    """Every rule, in every version. Ask with the day the matter happened, not with today."""

    rules: tuple[Rule, ...]
    _by_key: dict[str, list[Rule]] = field(init=False, repr=False, compare=False, default_factory=dict)
    _in_force: dict[tuple[str, date], Rule] = field(init=False, repr=False, compare=False, default_factory=dict)
    """Answers given before: the rows of a ledger ask for the same few days again and again."""

    def __post_init__(self) -> None:
        """Sort the versions of each rule; refuse two that begin on one day."""
        for rule in sorted(self.rules, key=lambda rule: (rule.key, rule.local, rule.valid_from)):
            versions = self._by_key.setdefault(rule.key, [])
            if versions and (versions[-1].local, versions[-1].valid_from) == (rule.local, rule.valid_from):
                raise OfficeError(f"规则「{rule.label}」在 {rule.valid_from} 有两条，请只留一条。")
            versions.append(rule)

    def entry(self, key: str, on: date) -> Rule:
        """The version in force on a day: a local one before a shipped one, the latest first.

        Before the first version of all the first one is taken: nothing older is known. An unknown key is a slip in
        the program (KeyError).
        """
        found = self._in_force.get((key, on))
        if found is None:
            versions = self._by_key[key]
            begun = [rule for rule in versions if rule.valid_from <= on]
            found = self._in_force[key, on] = begun[-1] if begun else versions[0]
        return found

    def value(self, key: str, on: date) -> Value:
        """The value in force on a day."""
        return self.entry(key, on).value

    def clause(self, key: str, on: date) -> str:
        """Who says so."""
        return self.entry(key, on).clause

    def whole(self, key: str, on: date) -> int:
        """A value that is one whole number."""
        value = self.value(key, on)
        if not isinstance(value, int):
            raise TypeError(key)
        return value

    def number(self, key: str, on: date) -> Decimal:
        """A value that is one number."""
        value = self.value(key, on)
        if not isinstance(value, int | Decimal):
            raise TypeError(key)
        return Decimal(value)

    def text(self, key: str, on: date) -> str:
        """A value that is one word."""
        value = self.value(key, on)
        if not isinstance(value, str):
            raise TypeError(key)
        return value

    def wholes(self, key: str, on: date) -> tuple[int, ...]:
        """A value of several whole numbers, such as reminder steps (60, 30, 7)."""
        return tuple(one for one in self._several(key, on) if isinstance(one, int))

    def numbers(self, key: str, on: date) -> tuple[Decimal, ...]:
        """A value of several numbers, such as the bounds of a range (0, 8)."""
        return tuple(Decimal(one) for one in self._several(key, on) if not isinstance(one, str))

    def words(self, key: str, on: date) -> tuple[str, ...]:
        """A value of several words."""
        return _as_words(self._several(key, on))

    def entries(self) -> tuple[Rule, ...]:
        """Every version of every rule, by key, shipped before local, oldest first."""
        return tuple(rule for versions in self._by_key.values() for rule in versions)

    def in_force(self, on: date) -> tuple[Rule, ...]:
        """The version of every rule that holds on a day."""
        return tuple(self.entry(key, on) for key in self._by_key)

    def has(self, key: str) -> bool:
        """Whether there is such a rule."""
        return key in self._by_key

    def with_overrides(self, overrides: Iterable[Rule]) -> RuleBook:
        """The same book with local rules laid over it; raise OfficeError for one that fits no shipped rule."""
        local = [replace(rule, local=True) for rule in overrides]
        for rule in local:
            if rule.key not in self._by_key:
                raise OfficeError(f"规则手册里没有「{rule.label}」（{rule.key}），这条本校规定没有采用。")
            if _shape(rule.value) != _shape(self._by_key[rule.key][0].value):
                raise OfficeError(
                    f"规则「{rule.label}」的值「{show_value(rule.value)}」类型不对，这条本校规定没有采用。"
                )
        return RuleBook((*self.rules, *local))

    def changed(self, key: str, typed: str, valid_from: date, clause: str = "本校规定", note: str = "") -> Rule:
        """A local rule from what the clerk typed, ready for with_overrides; raise Unreadable when it does not fit."""
        shipped = self.entry(key, valid_from)
        value = _read_value(typed, shipped)
        return replace(shipped, value=value, valid_from=valid_from, clause=clause, note=note, verified=True, local=True)

    def _several(self, key: str, on: date) -> tuple[Single, ...]:
        value = self.value(key, on)
        if not isinstance(value, tuple):
            raise TypeError(key)
        return value


def read_rule_book(toml_text: str) -> RuleBook:
    """Build the rule book from its text: a `[[rule]]` table for each version of each rule.

    Raises OfficeError when the text is not a rule book.
    """
    try:
        tables = tomllib.loads(toml_text, parse_float=Decimal)["rule"]
        return RuleBook(tuple(_rule(table) for table in tables))
    except (KeyError, TypeError, ValueError) as trouble:
        raise OfficeError(f"规则手册读不懂（{trouble}），没有采用；请恢复随程序附带的规则手册。") from trouble


@lru_cache(maxsize=200)
def _as_words(several: tuple[Single, ...]) -> tuple[str, ...]:
    """The words of a list; every row of an import asks for the same few lists."""
    return tuple(str(one) for one in several)


def show_value(value: Value) -> str:
    """A value as the clerk reads it: 125, 60、30、7."""
    return "、".join(str(one) for one in value) if isinstance(value, tuple) else str(value)


def _rule(table: dict[str, Any]) -> Rule:
    value = table["value"]
    value = tuple(value) if isinstance(value, list) else value
    for one in value if isinstance(value, tuple) else (value,):
        if isinstance(one, bool) or not isinstance(one, int | Decimal | str):
            raise TypeError(f"{table['key']} = {one!r}")
    if not isinstance(table["valid_from"], date):
        raise TypeError(table["key"])
    return Rule(**(table | {"value": value}))


def _read_value(typed: str, like: Rule) -> Value:
    if isinstance(like.value, tuple):
        parts = [part for part in re.split(r"[,、;；\s]+", half_width(typed)) if part]
        sample = like.value[0] if like.value else ""
        return tuple(_read_single(part, sample, like.label) for part in parts)
    return _read_single(half_width(typed), like.value, like.label)


def _read_single(text: str, sample: Single, label: str) -> Single:
    if isinstance(sample, str):
        return text
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Unreadable(f"「{label}」请填数字") from None
    if isinstance(sample, int) and number != number.to_integral_value():
        raise Unreadable(f"「{label}」请填整数")
    return int(number) if isinstance(sample, int) else number


def _shape(value: Value) -> tuple[bool, bool]:
    """Whether a value is several, and whether it is words."""
    several = isinstance(value, tuple)
    first = (value[0] if value else "") if isinstance(value, tuple) else value
    return several, isinstance(first, str)
