"""The store: what went out to the kitchen, what was counted at the end of a month, what had to be thrown away."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from school_logistics.models.canteen.fitness import fit_to_sign
from school_logistics.models.canteen.settling import STOCK
from school_logistics.models.canteen.shelves import stock_lookup
from school_logistics.models.checks import Check, Level
from school_logistics.models.duties import Duty, When
from school_logistics.models.fields import Need
from school_logistics.models.ledger import Section, Tab, ledger
from school_logistics.models.outcomes import Divides
from school_logistics.models.record import Record
from school_logistics.models.words import choice, code, computed, day, measure, moment, price, ref, text
from school_logistics.rules.disposal import (
    RejectCause,
    RejectMethod,
    RejectStage,
    batch_of_the_store,
    disposal_cost,
    disposed_before_a_count,
    disposed_no_more_than_left,
    handled_after_found,
    witnessed_by_another,
)
from school_logistics.rules.issuing import (
    Purpose,
    batch_named,
    cost_of,
    counted_since,
    first_to_expire,
    handed_to_another,
    issued_after_it_came,
    never_below_nothing,
    no_more_than_asked,
    not_expired,
    of_this_batch,
    price_of,
    shares,
    something_issued,
)
from school_logistics.rules.kinds import Amount
from school_logistics.rules.stock import Move
from school_logistics.rules.stocktaking import (
    book_amount,
    book_price,
    book_quantity,
    book_unchanged,
    counted_amount,
    difference_explained,
    difference_reviewed,
    priced_on_opening,
    reviewed_by_another,
    shortage_amount,
    shortage_quantity,
    surplus_amount,
    surplus_quantity,
)

_NEVER_NEGATIVE, _FIRST_OUT = "账实相符：库存不得为负", "先到期先出"
_ARTICLE_29 = "食品安全法实施条例第29条"
_QUANTITY, _PRICE, _YUAN = Amount(3, shown=2), Amount(4, "元", 2), Amount(2, "元")
_ISSUED_BY = fit_to_sign("receiver", "storekeeper", on="issued_on")
_COUNTED_BY = fit_to_sign("counter", "storekeeper", on="counted_on")
_HANDLED_BY = fit_to_sign("handler", "witness", on="handled_at")
_BATCH_HINT = "留空自动取最先到期的一批"


@ledger(
    "出库台账",
    group=Tab.CANTEEN,
    section=Section.GOODS,
    title="ingredient",
    happened="issued_on",
    code="C05",
    icon="package",
    about="厨房每领一样料记一行。批次留空就先出最先到期的一批，一批不够自动分成几行。",
    checks=(
        Check(something_issued, blame="issued", otherwise="实发数量要大于 0"),
        Check(no_more_than_asked, blame="issued", otherwise="实发比请领还多", level=Level.WARNING),
        Check(batch_named, blame="batch", level=Level.GAP, given=("stock", "ingredient"), clause=_NEVER_NEGATIVE),
        Check(of_this_batch, blame="batch", otherwise="这一批不是这个品名", given=("batch",)),
        Check(issued_after_it_came, blame="issued_on", given=("batch",), clause=_NEVER_NEGATIVE),
        Check(not_expired, blame="batch", given=("batch",), clause="食品安全法第34条"),
        Check(never_below_nothing, blame="issued", given=("stock", "ingredient"), clause=_NEVER_NEGATIVE),
        Check(counted_since, blame="issued_on", level=Level.WARNING, given=("stock",)),
        Check(first_to_expire, blame="skip_reason", level=Level.GAP, given=("stock",), clause=_FIRST_OUT),
        Check(
            handed_to_another, blame="receiver", level=Level.WARNING, given=("book", "today"), clause="不相容岗位分离"
        ),
        *_ISSUED_BY.checks,
    ),
    lookups=(stock_lookup(Move.ISSUED), _ISSUED_BY.lookup),
    divides=Divides(shares, ("stock",), told="一批不够，已按先到期先出分成 {} 行", field="batch"),
    duties=(Duty("领料出库", When.SCHOOL_DAY, clause="库存物资严格出入库登记"),),
)
class StockOut(Record):
    """So much of one batch, handed to the kitchen."""

    __tablename__ = "stock_out"
    keeps = STOCK

    issued_on: Mapped[date] = day(
        "领用日期",
        required=Need.ALWAYS,
        default=lambda today: today,
        carry=True,
        chars=10,
        index=True,
        synonyms=("出库日期", "日期", "领用时间"),
    )
    purpose: Mapped[str | None] = choice(
        "用途", Purpose, required=Need.BY_LAW, carry=True, chars=6, synonyms=("餐次", "用途（餐次/窗口）", "用途餐次")
    )
    ingredient: Mapped[int] = ref(
        "品名", "ingredient", required=Need.ALWAYS, chars=10, hint="品名首字母", synonyms=("食品名称", "名称")
    )
    specification: Mapped[str | None] = text("规格", max_chars=30, chars=8, follows=("ingredient", "specification"))
    unit: Mapped[str | None] = text("单位", max_chars=6, chars=4, follows=("ingredient", "unit"))
    requested: Mapped[Decimal | None] = measure("请领数量", chars=8)
    issued: Mapped[Decimal] = measure("实发数量", required=Need.ALWAYS, chars=8, synonyms=("数量", "出库数量"))
    batch: Mapped[int | None] = ref("批次", "food_purchase", chars=20, hint=_BATCH_HINT, searched=False)
    unit_price: Mapped[Decimal | None] = computed("单价", _PRICE, price_of, given=("stock",), unit="元", chars=7)
    amount: Mapped[Decimal | None] = computed("金额", _YUAN, cost_of, given=("stock",), unit="元", chars=9, totals=True)
    receiver: Mapped[str | None] = text(
        "领用人", signs=True, required=Need.BY_LAW, max_chars=20, chars=7, carry=True, synonyms=("领取人", "领料人")
    )
    storekeeper: Mapped[str | None] = text(
        "保管员", signs=True, required=Need.BY_LAW, max_chars=20, chars=7, carry=True, synonyms=("库管员", "发料人")
    )
    reviewer: Mapped[str | None] = text("审核人", signs=True, max_chars=20, chars=7, carry=True, in_table=False)
    skip_reason: Mapped[str | None] = text("跳批原因", max_chars=60, chars=12, hint="没有先出最先到期的一批时写明")
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)

    __table_args__ = (Index("ix_stock_out_batch_issued", "batch", "issued"),)


@ledger(
    "库存盘点",
    group=Tab.CANTEEN,
    section=Section.GOODS,
    title="ingredient",
    happened="counted_on",
    number=("counted_on", "ingredient"),
    code="C07",
    icon="list-checks",
    about="月末一样一样点：账面数自动从台账来，只填实盘数。对不上的要写原因、由别人审核。第一次用时盘一遍就是建账，点到的直接可以领用。",
    checks=(
        Check(
            difference_explained, blame="reason", otherwise="实盘与账面不符，要写差异原因", level=Level.GAP,
            clause="账实相符",
        ),
        Check(
            difference_reviewed, blame="reviewer", otherwise="实盘与账面不符，要有审核人", level=Level.GAP,
            clause="账实相符",
        ),
        Check(
            reviewed_by_another, blame="reviewer", otherwise="审核人不能是保管员自己", level=Level.GAP,
            clause="不相容岗位分离",
        ),
        Check(priced_on_opening, blame="opening_price", level=Level.WARNING, given=("stock",)),
        Check(book_unchanged, blame="book_quantity", level=Level.WARNING, given=("stock",)),
        *_COUNTED_BY.checks,
    ),
    lookups=(stock_lookup(Move.COUNTED), _COUNTED_BY.lookup),
    duties=(Duty("月末盘点", When.MONTH, clause="每月全盘"),),
)  # fmt: skip
class Stocktake(Record):
    """One ingredient as it was counted, beside what the ledgers say."""

    __tablename__ = "stocktake"
    keeps = STOCK

    counted_on: Mapped[date] = day(
        "盘点日期", required=Need.ALWAYS, default=lambda today: today, carry=True, chars=10, index=True
    )
    ingredient: Mapped[int] = ref("品名", "ingredient", required=Need.ALWAYS, chars=10, hint="品名首字母")
    specification: Mapped[str | None] = text("规格", max_chars=30, chars=8, follows=("ingredient", "specification"))
    unit: Mapped[str | None] = text("单位", max_chars=6, chars=4, follows=("ingredient", "unit"))
    book_quantity: Mapped[Decimal | None] = computed("账面数量", _QUANTITY, book_quantity, given=("stock",), chars=8)
    book_amount: Mapped[Decimal | None] = computed(
        "账面金额", _YUAN, book_amount, given=("stock",), unit="元", chars=9, totals=True
    )
    unit_price: Mapped[Decimal | None] = computed("单价", _PRICE, book_price, given=("stock",), unit="元", chars=7)
    counted_quantity: Mapped[Decimal | None] = measure("实盘数量", required=Need.BY_LAW, chars=8, clause="每月全盘")
    counted_amount: Mapped[Decimal | None] = computed(
        "实盘金额", _YUAN, counted_amount, given=("stock",), unit="元", chars=9, totals=True
    )
    surplus_quantity: Mapped[Decimal | None] = computed("盘盈数量", _QUANTITY, surplus_quantity, chars=7)
    surplus_amount: Mapped[Decimal | None] = computed(
        "盘盈金额", _YUAN, surplus_amount, unit="元", chars=8, totals=True
    )
    shortage_quantity: Mapped[Decimal | None] = computed("盘亏数量", _QUANTITY, shortage_quantity, chars=7)
    shortage_amount: Mapped[Decimal | None] = computed(
        "盘亏金额", _YUAN, shortage_amount, unit="元", chars=8, totals=True
    )
    reason: Mapped[str | None] = text("差异原因", max_chars=60, chars=12)
    opening_price: Mapped[Decimal | None] = price(
        "建账单价", chars=7, in_table=False, hint="只在建账时填：当天开账，点到的自成一批"
    )
    best_before: Mapped[date | None] = day("保质到期", chars=10, in_table=False, hint="只在建账时填：先到期先出用")
    place: Mapped[str | None] = text("库房", max_chars=30, chars=8, carry=True, in_table=False)
    storekeeper: Mapped[str | None] = text("保管员", signs=True, max_chars=20, chars=7, carry=True, in_table=False)
    counter: Mapped[str | None] = text("盘点人", signs=True, max_chars=20, chars=7, carry=True)
    supervisor: Mapped[str | None] = text("监盘人", signs=True, max_chars=20, chars=7, carry=True, in_table=False)
    reviewer: Mapped[str | None] = text("审核人", signs=True, max_chars=20, chars=7)
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)


@ledger(
    "不合格食品处置",
    group=Tab.CANTEEN,
    section=Section.GOODS,
    title="ingredient",
    happened="found_on",
    code="C08",
    icon="ban",
    about="过期、变质、退货、销毁的都记在这里，两人在场。库里的写明批次，库存随之减少。",
    checks=(
        Check(
            batch_of_the_store, blame="batch", otherwise="库存里清出来的要写明是哪一批", level=Level.GAP,
            given=("stock",), clause=_ARTICLE_29,
        ),
        Check(of_this_batch, blame="batch", otherwise="这一批不是这个品名", given=("batch",)),
        Check(disposed_no_more_than_left, blame="quantity", given=("stock", "ingredient"), clause=_NEVER_NEGATIVE),
        Check(disposed_before_a_count, blame="found_on", level=Level.WARNING, given=("stock",)),
        Check(handled_after_found, blame="handled_at", otherwise="处置时间早于发现日期"),
        Check(
            witnessed_by_another, blame="witness", otherwise="见证人不能就是处理人", level=Level.GAP, clause=_ARTICLE_29
        ),
        *_HANDLED_BY.checks,
    ),
    lookups=(stock_lookup(Move.DISPOSED), _HANDLED_BY.lookup),
)  # fmt: skip
class RejectedFood(Record):
    """Food that was not fit: found where, why, and what became of it."""

    __tablename__ = "rejected_food"
    keeps = STOCK

    found_on: Mapped[date] = day(
        "日期", required=Need.ALWAYS, default=lambda today: today, chars=10, index=True, synonyms=("发现日期",)
    )
    ingredient: Mapped[int] = ref("品名", "ingredient", required=Need.ALWAYS, chars=10, hint="品名首字母")
    specification: Mapped[str | None] = text("规格", max_chars=30, chars=8, follows=("ingredient", "specification"))
    quantity: Mapped[Decimal] = measure("数量", required=Need.ALWAYS, chars=8)
    unit: Mapped[str | None] = text("单位", max_chars=6, chars=4, follows=("ingredient", "unit"))
    batch: Mapped[int | None] = ref("批次", "food_purchase", chars=20, searched=False, hint="库里的要写明哪一批")
    produced_on: Mapped[date | None] = day("生产日期", chars=10, follows=("batch", "produced_on"))
    lot_no: Mapped[str | None] = code("生产批号", chars=10, follows=("batch", "lot_no"))
    supplier: Mapped[int | None] = ref("供货商", "supplier", chars=15, follows=("batch", "supplier"))
    cause: Mapped[str | None] = choice("不合格原因", RejectCause, required=Need.BY_LAW, chars=8, clause=_ARTICLE_29)
    stage: Mapped[str | None] = choice("发现环节", RejectStage, required=Need.BY_LAW, chars=6, clause=_ARTICLE_29)
    method: Mapped[str | None] = choice("处置方式", RejectMethod, required=Need.BY_LAW, chars=8, clause=_ARTICLE_29)
    handled_at: Mapped[datetime | None] = moment("处置时间", required=Need.BY_LAW, chars=16, clause=_ARTICLE_29)
    amount: Mapped[Decimal | None] = computed(
        "库存金额", _YUAN, disposal_cost, given=("stock",), unit="元", chars=9, totals=True, in_table=False
    )
    handler: Mapped[str | None] = text(
        "处理人", signs=True, required=Need.BY_LAW, max_chars=20, chars=7, clause=_ARTICLE_29
    )
    witness: Mapped[str | None] = text(
        "见证人", signs=True, required=Need.BY_LAW, max_chars=20, chars=7, clause=_ARTICLE_29
    )
    evidence: Mapped[str | None] = text("照片或凭证", max_chars=60, chars=10, hint="照片编号、退货单号")
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)
