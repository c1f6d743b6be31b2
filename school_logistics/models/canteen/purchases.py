"""What the canteen buys and what came in: the catalogue of ingredients, and each line of a delivery."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from school_logistics.models.canteen.fitness import fit_to_sign
from school_logistics.models.canteen.purchase_lookups import IN_STOCK, LOOKUPS
from school_logistics.models.canteen.settling import STOCK
from school_logistics.models.canteen.shelves import BATCH
from school_logistics.models.checks import Check, Level
from school_logistics.models.fields import Need
from school_logistics.models.ledger import Section, Tab, ledger
from school_logistics.models.record import Record
from school_logistics.models.words import (
    choice,
    code,
    computed,
    day,
    flag,
    measure,
    price,
    ref,
    text,
)
from school_logistics.rules.acceptance import (
    not_inspected_by_the_buyer,
    not_inspected_by_the_supplier,
    posts_apart,
    rotated,
)
from school_logistics.rules.designated import from_the_list, list_is_kept, of_the_brand
from school_logistics.rules.documents import commitment_kept, report_kept, voucher_kept
from school_logistics.rules.food import (
    AcceptanceResult,
    FoodCategory,
    StorageKind,
    purchase_amount,
    shelf_life_fault,
)
from school_logistics.rules.issuing import ingredient_stays
from school_logistics.rules.kinds import Amount, Day
from school_logistics.rules.receiving import (
    arrived_cold,
    certified_in_time,
    covered_by_certificate,
    has_date_or_lot,
    has_shelf_life,
    inspected_by_two,
    inspected_if_meat,
    inspected_if_poultry,
    near_usual_price,
    not_banned,
    not_expired,
    not_less_than_taken,
    not_perhaps_banned,
    produced_before_bought,
    quarantined_if_meat,
    short_dated,
    tested_if_pork,
    told_once,
    turned_away_if_expired,
)
from school_logistics.rules.suppliers import (
    best_before_told,
    licensed,
    licensed_by_exception,
    reachable,
    under_contract,
)
from school_logistics.rules.units import (
    conversion_used,
    conversions_fault,
    convertible,
    least_below_most,
    stock_quantity,
    unit_stays,
)

_LAW_53 = "食品安全法第53条、第50条"
_QUARANTINE = "动物防疫法第51条"
_JOINT = "教体艺厅函〔2025〕30号"
_SETS = "教育部令第45号第34条"
_SIGNED_BY = fit_to_sign("inspector", "second_inspector", "storekeeper", on="bought_on")


@ledger(
    "食材目录",
    group=Tab.CANTEEN,
    section=Section.FILES,
    title="name",
    number=("name",),
    icon="utensils",
    about="常买的食材：类别、单位、规格写一次，进货时自动带出。单位就是记库存的单位。",
    checks=(
        Check(least_below_most, blame="least", otherwise="最低库存高于最高库存"),
        Check(unit_stays, blame="unit", given=("in_stock",)),
    ),
    lookups=(IN_STOCK,),
)
class Ingredient(Record):
    """One thing the canteen buys, with what follows from its name."""

    __tablename__ = "ingredient"

    name: Mapped[str] = text("品名", required=Need.ALWAYS, max_chars=30, chars=12, synonyms=("产品名称", "食材名称"))
    category: Mapped[str | None] = choice("类别", FoodCategory, required=Need.BY_LAW, chars=7)
    unit: Mapped[str | None] = text("单位", required=Need.BY_LAW, max_chars=6, chars=5, default="公斤")
    specification: Mapped[str | None] = text("规格", max_chars=30, chars=10)
    conversions: Mapped[str | None] = text(
        "单位换算", max_chars=60, chars=12, fault=conversions_fault, hint="如 1袋=25公斤；几种用顿号隔开"
    )
    unified_purchase: Mapped[bool | None] = flag("统一采购", chars=6, hint="米、面、油、酱油、醋等由县里统一采购的品目")
    bulk: Mapped[bool | None] = flag("大宗食材", chars=6, hint="米面油肉蛋奶等用量大的，须两人以上验收")
    storage: Mapped[str | None] = choice("储存方式", StorageKind, chars=7, hint="冷藏、冷冻的要量到货温度")
    place: Mapped[str | None] = text("存放位置", max_chars=30, chars=10, hint="如 主食库A架", in_table=False)
    least: Mapped[Decimal | None] = measure("最低库存", chars=7, in_table=False)
    most: Mapped[Decimal | None] = measure("最高库存", chars=7, in_table=False)
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=14)


@ledger(
    "采购台账",
    group=Tab.CANTEEN,
    section=Section.GOODS,
    title="ingredient",
    happened="bought_on",
    code="C03",
    icon="clipboard-list",
    about="每到一批货记一行：品名、数量、生产日期、供货单位。这就是法律要的进货查验记录。",
    checks=(
        Check(
            has_date_or_lot,
            blame="produced_on",
            otherwise="生产日期和生产批号至少填一样",
            level=Level.GAP,
            clause=_LAW_53,
        ),
        Check(has_shelf_life, blame="shelf_life", otherwise="保质期没有填", level=Level.GAP, clause=_LAW_53),
        Check(produced_before_bought, blame="produced_on", otherwise="生产日期晚于进货日期"),
        Check(
            turned_away_if_expired,
            blame="best_before",
            otherwise="进货时已过保质期，验收结论应选“拒收”；已经收下的选“整改接收”，在备注写明怎样处理",
            level=Level.GAP,
            clause="食品安全法第34条",
        ),
        Check(
            not_expired,
            blame="best_before",
            otherwise="进货时已过保质期：不合要求，已在备注写明处理",
            level=Level.WARNING,
            clause="食品安全法第34条",
        ),
        Check(short_dated, blame="best_before", level=Level.WARNING, given=("book",)),
        Check(
            quarantined_if_meat,
            blame="quarantine_no",
            otherwise="畜禽肉要有检疫合格证明编号",
            level=Level.GAP,
            clause=_QUARANTINE,
        ),
        Check(
            inspected_if_meat,
            blame="meat_inspection_no",
            otherwise="畜肉要有肉品品质检验合格证编号",
            level=Level.GAP,
            clause="生猪屠宰管理条例",
        ),
        Check(
            inspected_if_poultry,
            blame="meat_inspection_no",
            otherwise="禽肉最好也有肉品品质检验合格证编号",
            level=Level.WARNING,
            clause="校内规定，可改",
        ),
        Check(
            tested_if_pork,
            blame="swine_fever_no",
            otherwise="猪肉另要非洲猪瘟检测报告编号",
            level=Level.WARNING,
            given=("ingredient",),
            clause="“两章两证一报告”，可改",
        ),
        Check(licensed, blame="supplier", level=Level.GAP, given=("supplier",), clause=_LAW_53),
        Check(licensed_by_exception, blame="supplier", level=Level.WARNING, given=("supplier",), clause=_LAW_53),
        Check(
            under_contract,
            blame="supplier",
            level=Level.WARNING,
            given=("supplier", "contracts"),
            clause="教育部令第45号第32条",
        ),
        Check(reachable, blame="supplier", level=Level.GAP, given=("supplier",), clause=_LAW_53),
        Check(
            not_banned,
            blame="ingredient",
            level=Level.GAP,
            given=("ingredient", "book", "today"),
            clause="教育部令第45号第36条",
        ),
        Check(not_perhaps_banned, blame="ingredient", level=Level.WARNING, given=("ingredient", "book", "today")),
        Check(
            inspected_by_two,
            blame="second_inspector",
            otherwise="大宗食材要两人验收，且不是同一人",
            level=Level.WARNING,
            given=("book", "today"),
            clause=_JOINT,
        ),
        Check(not_inspected_by_the_buyer, blame="inspector", level=Level.GAP, given=("book", "today"), clause=_JOINT),
        Check(
            not_inspected_by_the_supplier,
            blame="inspector",
            level=Level.GAP,
            given=("supplier", "book", "today"),
            clause=_JOINT,
        ),
        Check(rotated, blame="inspector", level=Level.WARNING, given=("weeks", "book"), clause="定期轮换，周数可改"),
        Check(posts_apart, blame="storekeeper", level=Level.WARNING, given=("book", "today"), clause="不相容岗位分离"),
        Check(voucher_kept, blame="note_no", level=Level.GAP, given=("supplier",), clause=_SETS),
        Check(report_kept, blame="inspection_report_no", level=Level.GAP, given=("supplier",), clause=_SETS),
        Check(
            commitment_kept,
            blame="commitment_no",
            level=Level.GAP,
            given=("supplier",),
            clause="农产品质量安全法第39条",
        ),
        Check(
            from_the_list,
            blame="exception",
            level=Level.GAP,
            given=("ingredient", "supplier", "listed"),
            clause="区年度后勤工作计划第7点",
        ),
        Check(
            list_is_kept,
            blame="supplier",
            level=Level.WARNING,
            given=("ingredient", "supplier", "listed", "book", "today"),
            clause="区年度后勤工作计划第7点",
        ),
        Check(of_the_brand, blame="specification", level=Level.WARNING, given=("listed",)),
        Check(
            arrived_cold,
            blame="delivery_temperature",
            level=Level.GAP,
            given=("ingredient", "book", "today"),
            clause="GB 31654-2021",
        ),
        Check(certified_in_time, blame="quarantine_on", level=Level.WARNING, given=("book",)),
        Check(covered_by_certificate, blame="quarantine_quantity", level=Level.WARNING, given=("certified_elsewhere",)),
        Check(near_usual_price, blame="unit_price", level=Level.WARNING, given=("past_prices", "book")),
        Check(told_once, blame="note_no", level=Level.WARNING, given=("alike",)),
        Check(convertible, blame="unit", level=Level.GAP, given=("ingredient", "book")),
        Check(ingredient_stays, blame="ingredient", given=("taken",), clause="库存不得为负"),
        Check(not_less_than_taken, blame="quantity", given=("taken",), clause="库存不得为负"),
        *_SIGNED_BY.checks,
    ),
    lookups=(*LOOKUPS, _SIGNED_BY.lookup),
    named=BATCH,
)
class FoodPurchase(Record):
    """One line of a delivery note, written down when the goods are accepted."""

    __tablename__ = "food_purchase"
    keeps = STOCK

    bought_on: Mapped[date] = day(
        "进货日期",
        required=Need.ALWAYS,
        default=lambda today: today,
        carry=True,
        chars=10,
        synonyms=("日期", "采购日期", "验收日期", "接收时间"),
        clause=_LAW_53,
    )
    ingredient: Mapped[int] = ref(
        "品名",
        "ingredient",
        required=Need.ALWAYS,
        chars=10,
        hint="品名首字母",
        synonyms=("产品名称", "食品名称", "食材名称", "名称"),
        clause=_LAW_53,
    )
    category: Mapped[str | None] = choice(
        "类别", FoodCategory, chars=7, follows=("ingredient", "category"), synonyms=("品类",)
    )
    specification: Mapped[str | None] = text(
        "规格", max_chars=30, chars=8, follows=("ingredient", "specification"), synonyms=("品牌及规格", "规格型号")
    )
    quantity: Mapped[Decimal] = measure("数量", required=Need.ALWAYS, chars=8, clause=_LAW_53)
    unit: Mapped[str | None] = text(
        "单位", required=Need.BY_LAW, max_chars=6, chars=4, follows=("ingredient", "unit"), synonyms=("计量单位",)
    )
    unit_price: Mapped[Decimal | None] = price("单价", chars=7, last_by="ingredient", synonyms=("价格",))
    amount: Mapped[Decimal | None] = computed("金额", Amount(2, "元"), purchase_amount, unit="元", chars=9, totals=True)
    supplier: Mapped[int | None] = ref(
        "供货单位",
        "supplier",
        required=Need.BY_LAW,
        carry=True,
        chars=15,
        synonyms=("供货者", "供货商", "供应商", "供货者名称", "供货单位名称"),
        clause=_LAW_53,
    )
    note_no: Mapped[str | None] = code(
        "送货单号", chars=11, carry=True, synonyms=("单号", "购货凭证号", "票据号"), section="票证"
    )
    produced_on: Mapped[date | None] = day(
        "生产日期", chars=10, synonyms=("生产批号或日期",), section="保质", clause=_LAW_53
    )
    producer: Mapped[str | None] = text(
        "生产单位", max_chars=60, chars=12, last_by="ingredient", section="保质", in_table=False
    )
    lot_no: Mapped[str | None] = code("生产批号", chars=10, synonyms=("批号", "批次"), section="保质")
    shelf_life: Mapped[str | None] = text(
        "保质期",
        max_chars=10,
        chars=7,
        fault=shelf_life_fault,
        hint="12个月、3天",
        synonyms=("保质期限",),
        section="保质",
    )
    best_before_printed: Mapped[date | None] = day(
        "保质期至",
        chars=10,
        hint="标签直接印到期日时填",
        section="保质",
        synonyms=("到期日", "标签到期日", "保质期到期日"),
        in_table=False,
    )
    best_before: Mapped[date | None] = computed(
        "保质到期", Day(), best_before_told, given=("book",), chars=10, section="保质"
    )
    quarantine_no: Mapped[str | None] = code(
        "检疫证明号",
        chars=12,
        synonyms=("检疫合格证明编号", "检疫证号", "检疫票号"),
        hint="畜禽肉必填",
        section="票证",
        clause=_QUARANTINE,
    )
    quarantine_on: Mapped[date | None] = day("检疫证日期", chars=10, section="票证", in_table=False)
    quarantine_quantity: Mapped[Decimal | None] = measure(
        "检疫证载数量", chars=8, section="票证", in_table=False, hint="几批共用一张证时填"
    )
    meat_inspection_no: Mapped[str | None] = code(
        "品质检验合格证号", chars=12, synonyms=("肉品品质检验合格证编号",), section="票证", in_table=False
    )
    swine_fever_no: Mapped[str | None] = code("非瘟检测报告号", chars=12, section="票证", in_table=False)
    inspection_report_no: Mapped[str | None] = code(
        "检验报告号", chars=12, synonyms=("该批产品检验报告", "检验报告编号"), section="票证", in_table=False
    )
    commitment_no: Mapped[str | None] = code(
        "承诺达标合格证号", chars=12, section="票证", in_table=False, hint="农产品生产者供货时填"
    )
    delivery_temperature: Mapped[Decimal | None] = measure(
        "到货温度", unit="℃", shown=1, signed=True, chars=6, section="验收", hint="冷藏冷冻品填", in_table=False
    )
    result: Mapped[str | None] = choice(
        "验收结论",
        AcceptanceResult,
        default=AcceptanceResult.ACCEPTED.value,
        chars=6,
        synonyms=("验收结果", "到货签收"),
        section="验收",
    )
    inspector: Mapped[str | None] = text(
        "验收人", signs=True, max_chars=20, chars=7, carry=True, synonyms=("验收人①", "记录人"), section="验收"
    )
    second_inspector: Mapped[str | None] = text(
        "验收人二", signs=True, max_chars=20, chars=7, carry=True, synonyms=("验收人②",), section="验收", in_table=False
    )
    buyer: Mapped[str | None] = text("采购员", max_chars=20, chars=7, carry=True, section="验收", in_table=False)
    storekeeper: Mapped[str | None] = text(
        "保管员", signs=True, max_chars=20, chars=7, carry=True, section="验收", in_table=False
    )
    exception: Mapped[str | None] = text(
        "例外理由",
        max_chars=100,
        chars=14,
        section="验收",
        in_table=False,
        hint="名录外采购、证照到期仍要进货时，写明理由和批准人",
    )
    conversion: Mapped[str | None] = text(
        "入库换算",
        max_chars=60,
        chars=10,
        usually=conversion_used,
        given=("ingredient", "book"),
        fault=conversions_fault,
        hint="按进货时的换算记；清空就按食材目录现在的",
        section="验收",
        in_table=False,
    )
    stock_quantity: Mapped[Decimal | None] = computed(
        "入库数量",
        Amount(3, shown=2),
        stock_quantity,
        given=("ingredient", "book"),
        chars=8,
        section="验收",
        in_table=False,
    )
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)

    __table_args__ = (
        Index("ix_food_purchase_month", "bought_on", "id"),
        Index("ix_food_purchase_totals", "category", "bought_on", "amount", "result"),
    )
