"""C09 additives, C17 kitchen waste, C18 meals eaten with the pupils, C25 rapid tests for residues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from school_logistics.models.canteen.daily import AccompaniedMeal, AdditiveUse, FoodWaste, PesticideTest
from school_logistics.reports.blocks import Block, Column, Grid, PageBreak, Signatures, Stamp, Title
from school_logistics.reports.form import Entry, Head, PrintedForm, Register, Source
from school_logistics.reports.register import PaperColumn, column_of, grid_of, month_day, register_of, told
from school_logistics.rules.additives import NOT_USED
from school_logistics.rules.calendar import Month
from school_logistics.rules.dining import DinerKind
from school_logistics.rules.weeks import monday_of

_used = AdditiveUse.ledger
_waste = FoodWaste.ledger
_meal = AccompaniedMeal.ledger
_test = PesticideTest.ledger

# --- C09 --------------------------------------------------------------------------------------------

_USE_COLUMNS = (
    column_of(_used, "used_on", mm=17, text=month_day("used_on")),
    column_of(_used, "additive", mm=30),
    column_of(_used, "maker", mm=42),
    column_of(_used, "produced_on", mm=22),
    column_of(_used, "grams", mm=18),
    column_of(_used, "purpose", mm=24, align="center"),
    column_of(_used, "dish", mm=28),
    PaperColumn(
        heading="制作食品量",
        mm=20,
        text=lambda one: f"{one.text('dish_amount')} kg" if one["dish_amount"] is not None else "",
        fields=("dish_amount",),
        align="right",
        wrap=False,
    ),
    PaperColumn(
        heading="使用人",
        mm=24,
        text=lambda one: told(one.text("used_by"), one.text("witness")),
        fields=("used_by", "witness"),
        align="center",
        wrap=False,
    ),
    column_of(_used, "remark", mm=30),
)


def _gather_uses(source: Source, month: Month) -> Register:
    return Register(source.entries(_used, month))


def _compose_uses(facts: Register, _head: Head) -> Iterator[Block]:
    uses = [one for one in facts.rows if one["additive"] != NOT_USED]
    reports = [one for one in facts.rows if one["additive"] == NOT_USED]
    grid = grid_of(_USE_COLUMNS, uses, none=C09.none)
    if reports and not uses:
        one = reports[-1]
        text = f"本月未使用食品添加剂。填报人：{one.text('used_by')}　填报日期：{one.text('used_on')}"
        grid = replace(grid, rows=[(text,)], struck=True)
    yield grid
    yield Signatures(("使用人", "食品安全员", "食堂管理员"))
    yield Stamp()


C09 = PrintedForm(
    code="C09",
    title="食品添加剂使用记录",
    group=_used.group,
    ledgers=(_used,),
    gather=_gather_uses,
    compose=_compose_uses,
    none="本月没有食品添加剂使用记录，未使用的请报“本月未使用”",
    edition="2024 版",
    footer_note="专店采购、专柜存放、专人负责、专用工具、专用台账；称量使用，两人在场。使用范围和用量见 GB 2760-2024。",
)

# --- C17 --------------------------------------------------------------------------------------------

C17 = register_of(
    _waste,
    code="C17",
    title="餐厨废弃物处置记录",
    edition="2024 版",
    signers=("交付人", "食品安全员", "总务主任"),
    numbered=False,
    none="本月没有餐厨废弃物处置记录",
    footer_note="教育部令第45号第42条：交由有资质的单位处置，建立台账。《山东省生活垃圾管理条例》第30条：不得用未经无害化处理的厨余垃圾喂养畜禽。",
    columns=(
        column_of(_waste, "handed_on", mm=14, text=month_day("handed_on")),
        column_of(_waste, "kind", mm=26),
        column_of(_waste, "kilograms", mm=18),
        column_of(_waste, "handed_at", mm=15),
        PaperColumn(
            heading="处理单位",
            mm=40,
            text=lambda one: told(
                one.text("carrier"), f"去向：{one.text('destination')}" if one["destination"] else ""
            ),
            fields=("carrier", "destination"),
        ),
        PaperColumn(
            heading="处理人及联系方式",
            mm=28,
            text=lambda one: told(one.text("collector"), one.text("collector_phone")),
            fields=("collector", "collector_phone"),
            align="center",
            wrap=False,
        ),
        column_of(_waste, "plate", mm=20, align="center"),
        column_of(_waste, "manifest_no", mm=22, align="center"),
        column_of(_waste, "handed_by", heading="交付人签字", mm=18, align="center", wrap=False),
        PaperColumn(heading="收运人签字", mm=18, text=lambda _one: ""),
        column_of(_waste, "recorder", mm=18, align="center", wrap=False),
        column_of(_waste, "remark", mm=24),
    ),
)

# --- C18 --------------------------------------------------------------------------------------------

_SCHOOL_COLUMNS = (
    Column("日期", 14, "center", wrap=False),
    Column("星期", 14, "center", wrap=False),
    Column("餐次", 11, "center", wrap=False),
    Column("食谱", 44),
    Column("陪餐领导", 24, "center", wrap=False),
    Column("陪餐教师", 20, "center", wrap=False),
    Column("饭菜质量评价", 13, "center"),
    Column("食堂卫生状况评价", 15, "center"),
    Column("学生就餐秩序评价", 15, "center"),
    Column("服务情况", 12, "center"),
    Column("发现问题及处理", 40),
    Column("不良反应", 20),
    Column("负责人签字", 20, "center", wrap=False),
)
_PARENT_COLUMNS = (
    column_of(_meal, "eaten_on", heading="日期", mm=14, text=month_day("eaten_on")),
    column_of(_meal, "weekday", mm=14, align="center", wrap=False),
    column_of(_meal, "hygiene", heading="食堂卫生状况", mm=20),
    column_of(_meal, "order", heading="学生就餐秩序", mm=20),
    column_of(_meal, "service", heading="食堂员工工作", mm=20),
    column_of(_meal, "food", heading="饭菜质量", mm=18),
    PaperColumn(
        heading="其他情况说明",
        mm=66,
        text=lambda one: told(one.text("problem"), one.text("opinion"), one.text("handling"), between="；"),
        fields=("problem", "handling"),
    ),
    PaperColumn(
        heading="家长签字",
        mm=30,
        text=lambda one: told(one.text("diner"), one.text("post")),
        fields=("diner",),
        align="center",
        wrap=False,
    ),
    column_of(_meal, "remark", mm=40),
)
_MARKS = ("food", "hygiene", "order", "service")


def _week_of(entry: Entry) -> date:
    day: date = entry["eaten_on"]
    return monday_of(day)


def _named(entries: Sequence[Entry], kind: DinerKind) -> str:
    """Who ate: the heads of the school with their post, teachers by name."""
    of_kind = [one for one in entries if one["kind"] == kind]
    if kind is DinerKind.TEACHER:
        return "\n".join(one.text("diner") for one in of_kind)
    return "\n".join(told(one.text("diner"), f"（{one.text('post')}）" if one["post"] else "") for one in of_kind)


def _mark(entries: Sequence[Entry], key: str) -> str:
    """The mark all gave, or each one's."""
    return "、".join(dict.fromkeys(text for one in entries if (text := one.text(key))))


def _meal_row(entries: Sequence[Entry]) -> tuple[str, ...]:
    first = entries[0]
    found = "；".join(
        text
        for one in entries
        if (text := told(one.text("problem"), one.text("handling"), one.text("result"), between="，"))
    )
    return (
        f"{first['eaten_on']:%m-%d}",
        first.text("weekday"),
        first.text("meal"),
        next((text for one in entries if (text := one.text("dishes"))), ""),
        _named(entries, DinerKind.LEADER),
        _named(entries, DinerKind.TEACHER),
        *(_mark(entries, key) for key in _MARKS),
        found,
        _mark(entries, "reaction"),
        next((text for one in entries if (text := one.text("manager"))), ""),
    )


def _school_grid(entries: Sequence[Entry]) -> Grid:
    """A line a meal, the weeks apart."""
    rows: list[tuple[str, ...]] = []
    hatched: set[tuple[int, int]] = set()
    for monday, in_week in groupby(entries, key=_week_of):
        week = list(in_week)
        rows.append((f"{week[0]['eaten_on']:%m-%d} 至 {week[-1]['eaten_on']:%m-%d}（第 {monday:%V} 周）",))
        for _, at_table in groupby(week, key=lambda one: (one["eaten_on"], one["meal"])):
            together = list(at_table)
            hatched |= {(len(rows), 4) for one in together if one.gaps & {"diner", "post"}}
            hatched |= {(len(rows), 6 + _MARKS.index(key)) for one in together for key in _MARKS if key in one.gaps}
            rows.append(_meal_row(together))
    return Grid(_SCHOOL_COLUMNS, rows, empty=C18.none, hatched=frozenset(hatched))


def _gather_meals(source: Source, month: Month) -> Register:
    entries = source.entries(_meal, month)
    return Register(sorted(entries, key=lambda one: (one["eaten_on"], str(one["meal"]), one.id)))


def _compose_meals(facts: Register, _head: Head) -> Iterator[Block]:
    parents = [one for one in facts.rows if one["kind"] == DinerKind.PARENT]
    school = [one for one in facts.rows if one["kind"] != DinerKind.PARENT]
    if school or not parents:
        yield Title(C18.title, bookmark="学校陪餐")
        yield _school_grid(school)
        yield Signatures(("食堂负责人", "分管副校长", "校长"))
        yield Stamp()
    if parents:
        if school:
            yield PageBreak()
        yield Title("家长陪餐记录", bookmark="家长陪餐")
        yield grid_of(_PARENT_COLUMNS, parents, numbered=False)
        yield Signatures(("食堂负责人", "家长委员会代表"))
        yield Stamp()


C18 = PrintedForm(
    code="C18",
    title="学校负责人陪餐情况及不良反应记载",
    group=_meal.group,
    ledgers=(_meal,),
    gather=_gather_meals,
    compose=_compose_meals,
    none="本月没有陪餐记录",
    edition="2024 版",
    footer_note="教育部令第45号第13条：每餐均有学校相关负责人与学生共同用餐，做好陪餐记录，及时发现和解决问题。评价填优、良、中、差。",
)

# --- C25 --------------------------------------------------------------------------------------------

C25 = register_of(
    _test,
    code="C25",
    title="农药残留快速检测记录",
    edition="2024 版",
    signers=("检测人", "审核人", "食品安全总监"),
    numbered=False,
    none="本月没有农药残留快检记录",
    footer_note="酶抑制率 50 % 及以上判为阳性；阳性的先停用，复测仍为阳性的整批退货或销毁，并通知供货商。",
    columns=(
        column_of(_test, "tested_on", mm=14, text=month_day("tested_on")),
        column_of(_test, "sample", mm=28),
        column_of(_test, "supplier", mm=42),
        column_of(_test, "batch", mm=28),
        column_of(_test, "item", mm=34),
        column_of(_test, "method", mm=22),
        column_of(_test, "inhibition", mm=18),
        column_of(_test, "result", heading="结果判定（阴性/阳性）", mm=18),
        column_of(_test, "handling", mm=40),
        column_of(_test, "tested_by", mm=18, align="center", wrap=False),
        column_of(_test, "reviewed_by", mm=18, align="center", wrap=False),
    ),
)
