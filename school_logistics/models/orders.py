"""Order ledgers: the classes, who orders milk, and how many uniforms of which size."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped, MappedColumn

from school_logistics.models.checks import Check, Level
from school_logistics.models.fields import Need
from school_logistics.models.ledger import Section, Tab, ledger
from school_logistics.models.record import Record
from school_logistics.models.words import choice, computed, count, day, flag, money, price, ref, text
from school_logistics.rules.identity import Sex
from school_logistics.rules.kinds import Amount, Count, Text
from school_logistics.rules.tally import MilkPayment, UniformStyle
from school_logistics.rules.terms import (
    boxes_of_order,
    class_place,
    due_for_milk,
    due_for_uniforms,
    grade_in,
    grade_may_order,
    grade_of_class,
    has_a_size,
    no_more_than_pupils,
    nobody_was_made_to_order,
    parts_within_ordered,
    place_of_class,
    rate_of_order,
    returned_no_more_than_supplied,
    sets_of_order,
    still_owed,
    style_in_title,
    term_in_title,
    term_of,
    tidy_class,
    tidy_style,
    tidy_term,
    within_the_price_limit,
)

_VOLUNTARY = "教基一〔2015〕3号：自愿征订"
_MILK_RULES = "《国家学生饮用奶计划推广管理办法》（2022年修订）：自愿订购"
_PRICE = "规则手册中的当地限价"


@ledger(
    "班级",
    group=Tab.ORDERS,
    section=Section.FILES,
    title="name",
    number=("name",),
    icon="users-round",
    sort=("position",),
    about="班级写一次：名称、班主任、人数。征订统计从这里选班，年级和顺序自动得出。",
)
class SchoolClass(Record):
    """One class, in the school's one spelling of its name."""

    __tablename__ = "school_class"

    name: Mapped[str] = text(
        "班级",
        required=Need.ALWAYS,
        max_chars=20,
        chars=10,
        tidy=tidy_class,
        beside=("年级",),
        hint="如 一年级1班，也可写 一1",
        synonyms=("班级名称", "班别"),
    )
    grade: Mapped[str | None] = computed("年级", Text(10), grade_in, chars=7)
    position: Mapped[int | None] = computed("排列", Count(), class_place, chars=5, in_table=False)
    head_teacher: Mapped[str | None] = text("班主任", max_chars=20, chars=7)
    pupils: Mapped[int | None] = count(
        "学生数",
        unit="人",
        required=Need.BY_LAW,
        most=200,
        chars=6,
        totals=True,
        synonyms=("人数", "在校生数", "班级人数"),
        clause="年报按班级汇总人数",
    )
    girls: Mapped[int | None] = count(
        "其中女生", unit="人", most=200, chars=6, totals=True, synonyms=("女生数", "女生")
    )
    boarders: Mapped[int | None] = count(
        "其中住宿生", unit="人", most=200, chars=6, totals=True, synonyms=("住宿生数", "寄宿生")
    )
    closed_on: Mapped[date | None] = day("毕业或撤班日期", chars=10, in_table=False)
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)


@ledger(
    "饮用奶征订",
    group=Tab.ORDERS,
    section=Section.DAILY,
    title="school_class",
    number=("term", "school_class"),
    code="F-MLK-01",
    icon="milk",
    sort=("term", "position"),
    about="每学期每班一行：学生数和订购人数。订奶率、盒数和金额自动算，全校的率由合计重算。",
    checks=(
        Check(no_more_than_pupils, blame="ordered", clause=_MILK_RULES),
        Check(
            nobody_was_made_to_order,
            blame="consented",
            otherwise="家长自愿书没有收齐，订奶要家长自愿",
            level=Level.WARNING,
            clause=_MILK_RULES,
        ),
        Check(parts_within_ordered, blame="aided", clause=_MILK_RULES),
        Check(returned_no_more_than_supplied, blame="returned", otherwise="退订盒数多于应供盒数"),
    ),
)
class MilkOrder(Record):
    """What one class orders of school milk in one term."""

    __tablename__ = "milk_order"

    term: Mapped[str] = text(
        "学期",
        required=Need.ALWAYS,
        max_chars=12,
        chars=7,
        default=term_of,
        carry=True,
        tidy=tidy_term,
        in_title=term_in_title,
        hint="如 2026秋",
        synonyms=("学年学期",),
    )
    grade: Mapped[str | None] = computed(
        "年级", Text(10), grade_of_class, given=("school_class",), at_the_time=True, chars=7
    )
    school_class: Mapped[int] = ref("班级", "school_class", required=Need.ALWAYS, chars=9, beside=("年级",))
    position: Mapped[int | None] = computed(
        "排列", Count(), place_of_class, given=("school_class",), at_the_time=True, chars=5, in_table=False
    )
    head_teacher: Mapped[str | None] = text("班主任", max_chars=20, chars=7, follows=("school_class", "head_teacher"))
    pupils: Mapped[int | None] = count(
        "学生数",
        unit="人",
        required=Need.ALWAYS,
        most=200,
        chars=6,
        totals=True,
        follows=("school_class", "pupils"),
        synonyms=("在校生数", "班级人数", "实有人数"),
    )
    ordered: Mapped[int | None] = count(
        "订购人数", unit="人", required=Need.ALWAYS, most=200, chars=6, totals=True, synonyms=("订奶人数", "征订人数")
    )
    order_rate: Mapped[Decimal | None] = computed(
        "订奶率", Amount(1, "%", 1), rate_of_order, unit="%", chars=6, synonyms=("征订率",)
    )
    aided: Mapped[int | None] = count(
        "资助免费", unit="人", most=200, chars=6, totals=True, synonyms=("其中资助/免费人数", "资助人数")
    )
    intolerant: Mapped[int | None] = count(
        "乳糖不耐", unit="人", most=200, chars=6, totals=True, group="不订原因", in_table=False
    )
    allergic: Mapped[int | None] = count(
        "过敏", unit="人", most=200, chars=5, totals=True, group="不订原因", in_table=False
    )
    other_reason: Mapped[int | None] = count(
        "其他原因", unit="人", most=200, chars=6, totals=True, group="不订原因", in_table=False
    )
    days: Mapped[int | None] = count("供奶天数", unit="天", required=Need.BY_LAW, most=200, chars=6, carry=True)
    returned: Mapped[int | None] = count(
        "退订盒数", unit="盒", chars=6, totals=True, synonyms=("停供盒数",), in_table=False
    )
    boxes: Mapped[int | None] = computed("总盒数", Count("盒"), boxes_of_order, chars=7, totals=True)
    unit_price: Mapped[Decimal | None] = price("单价", unit="元/盒", required=Need.BY_LAW, chars=6, carry=True)
    due: Mapped[Decimal | None] = computed("应收金额", Amount(2, "元"), due_for_milk, unit="元", chars=10, totals=True)
    received: Mapped[Decimal | None] = money("实收金额", chars=10, totals=True)
    difference: Mapped[Decimal | None] = computed(
        "差额", Amount(2, "元", 2, signed=True), still_owed, unit="元", chars=9, totals=True, in_table=False
    )
    supplier: Mapped[int | None] = ref(
        "供奶企业", "supplier", required=Need.BY_LAW, chars=12, carry=True, section="供奶"
    )
    product: Mapped[str | None] = text(
        "品名规格",
        max_chars=30,
        chars=10,
        carry=True,
        section="供奶",
        hint="如 纯牛奶 200mL",
        synonyms=("规格", "品名"),
        in_table=False,
    )
    payment: Mapped[str | None] = choice("收费方式", MilkPayment, chars=9, carry=True, section="供奶", in_table=False)
    consented: Mapped[bool | None] = flag("自愿书已收齐", chars=6, section="供奶", clause=_MILK_RULES, in_table=False)
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)


def _size(height: str, code: str) -> MappedColumn[int | None]:
    """How many sets of one size."""
    return count(height, unit="套", most=500, chars=4, group="号型", totals=True, synonyms=(code, f"{height}码"))


@ledger(
    "学生装征订",
    group=Tab.ORDERS,
    section=Section.DAILY,
    title="school_class",
    number=("term", "school_class", "sex", "style"),
    code="F-UNI-02",
    icon="shirt",
    sort=("term", "style", "position", "sex"),
    about="每班分男女、分款式一行，填各号型套数；合计自动算，要和征订套数一致。",
    checks=(
        Check(has_a_size, blame="sets", otherwise="各号型都没有填套数"),
        Check(
            grade_may_order,
            blame="school_class",
            level=Level.WARNING,
            given=("school_class", "school", "book", "today"),
            clause="毕业年级不得组织征订",
        ),
        Check(
            within_the_price_limit,
            blame="unit_price",
            level=Level.WARNING,
            given=("school_class", "book", "today"),
            clause=_PRICE,
        ),
    ),
)
class UniformOrder(Record):
    """How many sets of one garment one class orders for its boys or girls, by size."""

    __tablename__ = "uniform_order"

    term: Mapped[str] = text(
        "学期",
        required=Need.ALWAYS,
        max_chars=12,
        chars=7,
        default=term_of,
        carry=True,
        tidy=tidy_term,
        in_title=term_in_title,
        hint="如 2026秋",
        synonyms=("学年学期",),
    )
    grade: Mapped[str | None] = computed(
        "年级", Text(10), grade_of_class, given=("school_class",), at_the_time=True, chars=7, in_table=False
    )
    school_class: Mapped[int] = ref("班级", "school_class", required=Need.ALWAYS, chars=9, carry=True, beside=("年级",))
    position: Mapped[int | None] = computed(
        "排列", Count(), place_of_class, given=("school_class",), at_the_time=True, chars=5, in_table=False
    )
    sex: Mapped[str | None] = choice("性别", Sex, required=Need.ALWAYS, chars=4)
    style: Mapped[str | None] = choice(
        "款式",
        UniformStyle,
        required=Need.ALWAYS,
        chars=6,
        carry=True,
        tidy=tidy_style,
        in_title=style_in_title,
        synonyms=("品名", "服装款式"),
    )
    size_110: Mapped[int | None] = _size("110", "110/56")
    size_120: Mapped[int | None] = _size("120", "120/60")
    size_130: Mapped[int | None] = _size("130", "130/64")
    size_135: Mapped[int | None] = _size("135", "135/64")
    size_140: Mapped[int | None] = _size("140", "140/68")
    size_145: Mapped[int | None] = _size("145", "145/68")
    size_150: Mapped[int | None] = _size("150", "150/72")
    size_155: Mapped[int | None] = _size("155", "155/76")
    size_160: Mapped[int | None] = _size("160", "160/80")
    size_165: Mapped[int | None] = _size("165", "165/84A")
    size_170: Mapped[int | None] = _size("170", "170/88A")
    size_175: Mapped[int | None] = _size("175", "175/92A")
    size_180: Mapped[int | None] = _size("180", "180/96A")
    size_special: Mapped[int | None] = count(
        "特体", unit="套", most=500, chars=5, group="号型", totals=True, synonyms=("特体定制",), hint="量体定做"
    )
    sets: Mapped[int | None] = computed(
        "合计套数", Count("套"), sets_of_order, chars=6, totals=True, synonyms=("合计", "套数", "征订套数")
    )
    orderers: Mapped[int | None] = count(
        "征订人数", unit="人", most=200, chars=6, totals=True, section="收费", clause=_VOLUNTARY
    )
    unit_price: Mapped[Decimal | None] = price("单价", unit="元/套", chars=7, carry=True, section="收费")
    due: Mapped[Decimal | None] = computed(
        "应收金额", Amount(2, "元"), due_for_uniforms, unit="元", chars=10, totals=True, section="收费"
    )
    received: Mapped[Decimal | None] = money("实收金额", chars=10, totals=True, section="收费", in_table=False)
    waived_pupils: Mapped[int | None] = count(
        "减免人数", unit="人", most=200, chars=6, totals=True, section="收费", in_table=False
    )
    waived: Mapped[Decimal | None] = money(
        "减免金额", chars=9, totals=True, section="收费", in_table=False, hint="困难、烈士子女、孤儿、残疾"
    )
    supplier: Mapped[str | None] = text("供货单位", max_chars=60, chars=12, carry=True, section="收费", in_table=False)
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)
