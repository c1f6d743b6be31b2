"""Who ate and what it cost: the count of diners at every meal, and the sums that the goods do not tell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped, MappedColumn

from school_logistics.models.checks import Check, Level
from school_logistics.models.duties import Duty, OfWords, When
from school_logistics.models.fields import Need
from school_logistics.models.ledger import Section, Tab, ledger
from school_logistics.models.record import Record
from school_logistics.models.words import choice, code, computed, count, day, money, text
from school_logistics.rules.accounts import AccountItem, Direction, diners_of, direction_of, grades_add_up, pupils_of
from school_logistics.rules.kinds import Count, choice_of
from school_logistics.rules.menus import counted_on_a_school_day
from school_logistics.rules.samples import Meal

_WASTE = "反食品浪费法第8条、第9条：按用餐人数备餐"
_OPEN = "膳食经费管理工作指引（2024）：自营食堂独立核算，收支公开"


def _grade(label: str) -> MappedColumn[int | None]:
    """The pupils of one grade."""
    return count(label, unit="人", most=5000, chars=5, group="各年级学生", synonyms=(f"{label}人数",))


@ledger(
    "用餐人数",
    group=Tab.CANTEEN,
    section=Section.MEALS,
    title="meal",
    happened="counted_on",
    number=("counted_on", "meal"),
    code="C26",
    icon="users-round",
    about="每餐多少人吃饭。伙食费收入、该出多少料、是否浪费都从这里算。",
    checks=(
        Check(grades_add_up, blame="pupils"),
        Check(counted_on_a_school_day, blame="counted_on", level=Level.WARNING, given=("calendar",)),
    ),
    duties=(Duty("用餐人数", When.SCHOOL_DAY, OfWords("meal", "meals.served"), clause=_WASTE),),
)
class DinerCount(Record):
    """How many ate one meal."""

    __tablename__ = "diner_count"

    counted_on: Mapped[date] = day(
        "日期",
        required=Need.ALWAYS,
        default=lambda today: today,
        carry=True,
        chars=10,
        index=True,
        synonyms=("用餐日期",),
    )
    meal: Mapped[str] = choice("餐次", Meal, required=Need.ALWAYS, default=Meal.LUNCH.value, carry=True, chars=5)
    grade_1: Mapped[int | None] = _grade("一年级")
    grade_2: Mapped[int | None] = _grade("二年级")
    grade_3: Mapped[int | None] = _grade("三年级")
    grade_4: Mapped[int | None] = _grade("四年级")
    grade_5: Mapped[int | None] = _grade("五年级")
    grade_6: Mapped[int | None] = _grade("六年级")
    grade_7: Mapped[int | None] = _grade("七年级")
    grade_8: Mapped[int | None] = _grade("八年级")
    grade_9: Mapped[int | None] = _grade("九年级")
    pupils: Mapped[int | None] = count(
        "学生数",
        unit="人",
        required=Need.BY_LAW,
        most=20000,
        chars=6,
        totals=True,
        usually=pupils_of,
        synonyms=("学生人数", "就餐学生数"),
        clause=_WASTE,
    )
    staff: Mapped[int | None] = count(
        "教职工数", unit="人", most=5000, chars=6, totals=True, synonyms=("教职工人数", "教师数")
    )
    accompanying: Mapped[int | None] = count(
        "陪餐", unit="人", most=500, chars=5, totals=True, hint="学校负责人、家长陪餐", synonyms=("陪餐人数",)
    )
    total: Mapped[int | None] = computed("合计", Count("人"), diners_of, unit="人", chars=6, totals=True)
    absent: Mapped[int | None] = count("缺餐", unit="人", most=20000, chars=5, totals=True, synonyms=("缺餐人数",))
    leftovers: Mapped[str | None] = text("剩餐情况", max_chars=60, chars=12, hint="如 米饭剩 3 公斤，已按餐厨垃圾处理")
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)


@ledger(
    "食堂收支",
    group=Tab.CANTEEN,
    section=Section.MEALS,
    title="item",
    happened="booked_on",
    code="C24",
    icon="clipboard-list",
    about="食材以外的收支：收到的伙食费、补助、燃气、水电、工资。食材进出从采购和库存来，这里不用再记。",
)
class CanteenAccount(Record):
    """One sum that came in or went out."""

    __tablename__ = "canteen_account"

    booked_on: Mapped[date] = day(
        "日期", required=Need.ALWAYS, default=lambda today: today, carry=True, chars=10, index=True
    )
    item: Mapped[str] = choice("项目", AccountItem, required=Need.ALWAYS, chars=12, synonyms=("收支项目", "科目"))
    direction: Mapped[str | None] = computed("收支", choice_of(Direction), direction_of, chars=5)
    amount: Mapped[Decimal] = money("金额", required=Need.ALWAYS, chars=11, totals=False, clause=_OPEN)
    summary: Mapped[str | None] = text("摘要", max_chars=60, chars=20)
    voucher_no: Mapped[str | None] = code("凭证号", chars=10, synonyms=("票据号", "发票号"))
    handled_by: Mapped[str | None] = text("经手人", signs=True, max_chars=20, chars=7, carry=True)
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)
