"""Who accepts, buys and keeps: two people look at what comes in, and nobody checks himself (双人联检、岗位分离)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple, Protocol

from school_logistics.rules.food import AcceptanceResult, is_bulk
from school_logistics.rules.weeks import monday_of

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook

_PEOPLE = "food.acceptance.people"


class Accepted(Protocol):
    """A delivery line with those who had to do with it; None where blank."""

    @property
    def bought_on(self) -> date | None:
        """进货日期."""

    @property
    def category(self) -> str | None:
        """类别."""

    @property
    def result(self) -> str | None:
        """验收结论."""

    @property
    def buyer(self) -> str | None:
        """采购员."""

    @property
    def storekeeper(self) -> str | None:
        """保管员."""

    @property
    def inspector(self) -> str | None:
        """验收人."""

    @property
    def second_inspector(self) -> str | None:
        """第二验收人."""


class Sells(Protocol):
    """A supplier with the people who come for it."""

    @property
    def name(self) -> str | None:
        """供货单位."""

    @property
    def contact(self) -> str | None:
        """联系人."""

    @property
    def legal_representative(self) -> str | None:
        """法定代表人."""


class JointWeek(NamedTuple):
    """The pairs that accepted deliveries in one week."""

    monday: date
    pairs: frozenset[frozenset[str]]


def is_joint(row: Accepted, book: RuleBook, on: date) -> bool:
    """Whether a line must be accepted by two (教体艺厅函〔2025〕30号, 2025-08-02)."""
    return on >= book.entry(_PEOPLE, on).valid_from and is_bulk(row.category, book, on)


def not_inspected_by_the_buyer(row: Accepted, *, book: RuleBook, today: date) -> str:
    """Say when who bought bulk staples also accepted them (V-25)."""
    if not row.buyer or not is_joint(row, book, row.bought_on or today):
        return ""
    if row.buyer in {row.inspector, row.second_inspector}:
        return f"大宗食材的验收人不能是采购员（{row.buyer}）"
    return ""


def not_inspected_by_the_supplier(row: Accepted, *, supplier: Sells | None, book: RuleBook, today: date) -> str:
    """Say when somebody of the supplier accepted his own bulk staples (V-25)."""
    if supplier is None or not (row.inspector or row.second_inspector):
        return ""
    theirs = {supplier.contact, supplier.legal_representative, supplier.name} - {None}
    own = [one for one in (row.inspector, row.second_inspector) if one in theirs]
    if not own or not is_joint(row, book, row.bought_on or today):
        return ""
    return f"大宗食材的验收人不能是供货方的人（{own[0]}）"


def joint_weeks(seen: Iterable[tuple[date, str, str]]) -> tuple[JointWeek, ...]:
    """The weeks in which bulk staples came, in order, each with the pairs that accepted them."""
    weeks: dict[date, set[frozenset[str]]] = {}
    for day, one, other in seen:
        weeks.setdefault(monday_of(day), set()).add(frozenset((one, other)))
    return tuple(JointWeek(monday, frozenset(weeks[monday])) for monday in sorted(weeks))


def weeks_in_a_row(pair: frozenset[str], day: date, weeks: Iterable[JointWeek]) -> int:
    """For how many weeks up to that of a day the same two alone accepted; weeks without deliveries do not count."""
    monday, many = monday_of(day), 1
    for week in sorted((one for one in weeks if one.monday < monday), reverse=True):
        if week.pairs != {pair}:
            break
        many += 1
    return many


def rotated(row: Accepted, *, weeks: tuple[JointWeek, ...] | None, book: RuleBook) -> str:
    """Say when the same two have accepted bulk staples for too many weeks on end (V-25; 山东 2025: 定期轮换)."""
    day, one, other = row.bought_on, row.inspector, row.second_inspector
    if not weeks or day is None or not one or not other or not is_joint(row, book, day):
        return ""
    most = book.whole("food.acceptance.rotate_weeks", day)
    many = weeks_in_a_row(frozenset((one, other)), day, weeks)
    return f"{one}、{other}已连续 {many} 周一起验收，超过 {most} 周，该轮换验收人了" if many > most else ""


def posts_clash(held: Mapping[str, str | None], incompatible: Iterable[str]) -> str:
    """Say when one person holds two posts that check each other (V-34): 采购、验收、保管、会计、出纳.

    >>> posts_clash({"采购": "周涛", "验收": "吴桂香", "保管": "周涛"}, ("采购", "验收", "保管"))
    '采购和保管不能是同一人（周涛）；确有特殊情况的，在备注写明'
    """
    apart = set(incompatible)
    named = [(post, person) for post, person in held.items() if person and post.rstrip("一二三") in apart]
    for (post, person), (other, another) in combinations(named, 2):
        if person == another and post.rstrip("一二三") != other.rstrip("一二三"):
            posts = f"{post.rstrip('一二三')}和{other.rstrip('一二三')}"
            return f"{posts}不能是同一人（{person}）；确有特殊情况的，在备注写明"
    return ""


def posts_apart(row: Accepted, *, book: RuleBook, today: date) -> str:
    """Say when buying, accepting and keeping of a delivery lie in one hand (V-34)."""
    if not (row.buyer or row.storekeeper) or row.result == AcceptanceResult.REJECTED:
        return ""
    held = {"采购": row.buyer, "验收": row.inspector, "验收二": row.second_inspector, "保管": row.storekeeper}
    return posts_clash(held, book.words("stock.incompatible", row.bought_on or today))
