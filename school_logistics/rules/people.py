"""The people of the logistics office: their posts, how they are employed, and which posts want a health certificate."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from school_logistics.rules.due import Months
from school_logistics.rules.identity import Sex

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook

__all__ = ["EmploymentKind", "Post", "Sex", "health_certificate_until", "is_canteen_post", "needs_health_certificate"]


class EmploymentKind(StrEnum):
    """How someone is employed."""

    ESTABLISHED = "在编"
    HIRED = "聘用"
    OUTSOURCED = "外包"


class Post(StrEnum):
    """The posts (岗位) of a school's logistics, canteen first."""

    CANTEEN_MANAGER = "食堂管理员"
    FOOD_SAFETY_DIRECTOR = "食品安全总监"
    FOOD_SAFETY_OFFICER = "食品安全员"
    NUTRITION_OFFICER = "营养健康管理员"
    BUYER = "采购员"
    RECEIVER = "验收员"
    STOREKEEPER = "保管员"
    HEAD_CHEF = "厨师长"
    COOK = "厨师"
    PASTRY_COOK = "面点师"
    PREP_COOK = "切配工"
    DISHWASHER = "洗消工"
    SAMPLER = "留样员"
    SERVER = "打餐员"
    WATER_KEEPER = "饮水管理员"
    WARDEN = "宿管"
    CLEANER = "保洁员"
    GUARD = "保安"
    ELECTRICIAN = "水电工"
    BUS_DRIVER = "校车司机"
    BUS_ESCORT = "照管员"
    BROADCASTER = "广播管理员"
    NURSE = "校医"
    ACCOUNTANT = "食堂会计"
    CASHIER = "出纳"
    LOGISTICS_CLERK = "后勤办事员"
    LOGISTICS_DIRECTOR = "总务主任"
    VICE_PRINCIPAL = "分管副校长"
    PRINCIPAL = "校长"
    OTHER = "其他"


_TOUCHES_FOOD = frozenset(
    {Post.CANTEEN_MANAGER, Post.FOOD_SAFETY_OFFICER, Post.BUYER, Post.RECEIVER, Post.STOREKEEPER, Post.HEAD_CHEF}
    | {Post.COOK, Post.PASTRY_COOK, Post.PREP_COOK, Post.DISHWASHER, Post.SAMPLER, Post.SERVER}
)
_CANTEEN = _TOUCHES_FOOD | {Post.FOOD_SAFETY_DIRECTOR, Post.NUTRITION_OFFICER}


def needs_health_certificate(post: Post | str | None) -> bool:
    """Whether the post may only be held with a valid health certificate.

    《食品安全法》(2021) article 45: whoever touches food that is eaten as it is, every year; water attendants likewise
    under the schools' drinking-water rules.
    """
    return post in _TOUCHES_FOOD or post == Post.WATER_KEEPER


def is_canteen_post(post: Post | str | None) -> bool:
    """Whether the annual return counts the post among the canteen's staff (从业人员)."""
    return post in _CANTEEN


def health_certificate_until(examined: date, book: RuleBook) -> date:
    """Until when a health certificate is good: a year after the examination (V-11)."""
    return Months(book.whole("health_certificate.months", examined)).after(examined)
