"""What is served, what goes into it, and what food gives: the menu, recipes with grams, and food composition."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, MappedColumn

from school_logistics.models.checks import Check, Level
from school_logistics.models.duties import Duty, OfWords, When
from school_logistics.models.fields import Need
from school_logistics.models.ledger import Section, Tab, ledger
from school_logistics.models.record import Record
from school_logistics.models.words import choice, day, measure, ref, text
from school_logistics.rules.menus import (
    Course,
    dish_not_banned,
    dish_perhaps_banned,
    has_grams,
    recipe_not_banned,
    recipe_perhaps_banned,
    served_on_a_school_day,
)
from school_logistics.rules.nutrition import FoodGroup
from school_logistics.rules.samples import Meal

_MENU = "教育部令第45号第17条：每周公布带量食谱"
_BANNED = "教育部令第45号第36条"


@ledger(
    "每日食谱",
    group=Tab.CANTEEN,
    section=Section.MEALS,
    title="dish",
    happened="served_on",
    number=("served_on", "meal", "dish"),
    code="C23",
    icon="utensils",
    about="每天每餐做什么菜。留样、出库、公示的食谱都跟着它走；在“周食谱”里按周排更快，上周的可以照抄。",
    checks=(
        Check(dish_not_banned, blame="dish", level=Level.GAP, given=("book", "today"), clause=_BANNED),
        Check(dish_perhaps_banned, blame="dish", level=Level.WARNING, given=("book", "today"), clause=_BANNED),
        Check(served_on_a_school_day, blame="served_on", level=Level.WARNING, given=("calendar",)),
    ),
    duties=(Duty("食谱", When.SCHOOL_DAY, OfWords("meal", "meals.served"), clause=_MENU, title="食谱"),),
)
class MenuDish(Record):
    """One dish of one meal of one day."""

    __tablename__ = "menu_dish"

    served_on: Mapped[date] = day(
        "供餐日期", required=Need.ALWAYS, carry=True, chars=10, index=True, synonyms=("日期", "就餐日期")
    )
    meal: Mapped[str | None] = choice("餐次", Meal, required=Need.BY_LAW, default=Meal.LUNCH.value, carry=True, chars=5)
    course: Mapped[str | None] = choice("类别", Course, chars=6)
    dish: Mapped[str] = text(
        "菜名", required=Need.ALWAYS, max_chars=30, chars=14, synonyms=("品名", "菜品", "食物名称", "菜肴名称")
    )
    cooking: Mapped[str | None] = text("烹调方式", max_chars=10, chars=7, hint="蒸、炒、炖")
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=14)


@ledger(
    "菜谱用料",
    group=Tab.CANTEEN,
    section=Section.MEALS,
    title="dish",
    number=("dish", "ingredient"),
    icon="list-checks",
    sort=("dish",),
    about="每道菜每人用多少料（生重）。写一次，带量食谱、营养对照、该出多少库都由它算出来。",
    checks=(
        Check(
            recipe_not_banned,
            blame="ingredient",
            level=Level.GAP,
            given=("ingredient", "book", "today"),
            clause=_BANNED,
        ),
        Check(
            recipe_perhaps_banned,
            blame="ingredient",
            level=Level.WARNING,
            given=("ingredient", "book", "today"),
            clause=_BANNED,
        ),
        Check(has_grams, blame="grams_9", otherwise="至少填一个学段的克重", level=Level.GAP, clause=_MENU),
    ),
)
class RecipeLine(Record):
    """One ingredient of a dish, in grams raw for one pupil of each age."""

    __tablename__ = "recipe_line"

    dish: Mapped[str] = text(
        "菜名", required=Need.ALWAYS, max_chars=30, chars=14, carry=True, synonyms=("品名", "菜品")
    )
    ingredient: Mapped[int] = ref(
        "原料", "ingredient", required=Need.ALWAYS, chars=12, synonyms=("主配料", "配料", "食材", "原料名称")
    )
    grams_6: Mapped[Decimal | None] = measure(
        "6～8岁", unit="g", places=1, shown=0, chars=7, group="每人克重（生重）", synonyms=("1～3年级", "1–3年级")
    )
    grams_9: Mapped[Decimal | None] = measure(
        "9～11岁",
        unit="g",
        places=1,
        shown=0,
        chars=7,
        group="每人克重（生重）",
        synonyms=("克重", "克重（生重/g）", "4～6年级", "4–6年级"),
    )
    grams_12: Mapped[Decimal | None] = measure(
        "12～14岁", unit="g", places=1, shown=0, chars=7, group="每人克重（生重）", synonyms=("7～9年级",)
    )
    grams_15: Mapped[Decimal | None] = measure(
        "15～17岁", unit="g", places=1, shown=0, chars=7, group="每人克重（生重）", in_table=False
    )
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=14)

    __table_args__ = (Index("ix_recipe_line_dish", "dish"),)


def _given(label: str, unit: str) -> MappedColumn[Decimal | None]:
    """What 100 grams give of one nutrient."""
    return measure(label, unit=unit, places=3, shown=0, chars=6, group="每 100 克可食部")


@ledger(
    "食物成分",
    group=Tab.CANTEEN,
    section=Section.MEALS,
    title="name",
    number=("name",),
    icon="flask-conical",
    about="常见食物的成分程序里已经有；这里只记没有的，或本校要改的，以这里为准。",
)
class FoodComposition(Record):
    """What 100 grams of the edible part of a food give, where the school knows better than what is shipped."""

    __tablename__ = "food_composition"

    name: Mapped[str] = text("品名", required=Need.ALWAYS, max_chars=30, chars=12, synonyms=("食物名称", "食品名称"))
    food_group: Mapped[str] = choice("食物类别", FoodGroup, required=Need.ALWAYS, chars=10)
    edible: Mapped[Decimal | None] = measure("可食部", unit="%", places=1, shown=0, chars=6, hint="不填按 100")
    counts: Mapped[Decimal | None] = measure(
        "折合", unit="%", places=1, shown=0, chars=6, hint="折成该类干重，如豆腐折大豆 35；不填按 100"
    )
    energy: Mapped[Decimal | None] = _given("能量", "kcal")
    protein: Mapped[Decimal | None] = _given("蛋白质", "g")
    fat: Mapped[Decimal | None] = _given("脂肪", "g")
    carbohydrate: Mapped[Decimal | None] = _given("碳水化合物", "g")
    fibre: Mapped[Decimal | None] = _given("膳食纤维", "g")
    calcium: Mapped[Decimal | None] = _given("钙", "mg")
    iron: Mapped[Decimal | None] = _given("铁", "mg")
    zinc: Mapped[Decimal | None] = _given("锌", "mg")
    vitamin_a: Mapped[Decimal | None] = _given("维生素A", "μg")
    vitamin_b1: Mapped[Decimal | None] = _given("维生素B1", "mg")
    vitamin_b2: Mapped[Decimal | None] = _given("维生素B2", "mg")
    vitamin_c: Mapped[Decimal | None] = _given("维生素C", "mg")
    remark: Mapped[str | None] = text("出处", max_chars=100, chars=14)
