"""School bus forms: F-BUS-01 vehicle files, F-BUS-02 driver files, F-BUS-04 the check before every trip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from school_logistics.models.checklists import CheckItem, FixedChecklist
from school_logistics.models.transport.buses import Bus, BusDailyCheck
from school_logistics.models.transport.drivers import Driver
from school_logistics.reports.blocks import Block, Line, Note, PageBreak, Signatures, Stamp, Title
from school_logistics.reports.checked import item_columns, items_in, starred
from school_logistics.reports.dossier import Fact, by_hand, card_of, fact
from school_logistics.reports.form import Entry, Head, Per, PrintedForm, Register, Source
from school_logistics.reports.register import PaperColumn, column_of, distinct, grid_of, month_day
from school_logistics.rules.calendar import Month
from school_logistics.rules.identity import show_plate, uscc_fault
from school_logistics.rules.transport import BusStatus

_bus = Bus.ledger
_driver = Driver.ledger
_check = BusDailyCheck.ledger


def _with(first: Fact, second: Fact, label: str) -> Fact:
    """Two facts in one box: 体检日期/有效至."""

    def told(entry: Entry) -> str:
        parts = (first.text(entry), second.text(entry))
        return " / ".join(part or "—" for part in parts) if any(parts) else ""

    return Fact(label, told, (*first.fields, *second.fields))


# --- F-BUS-01 ---------------------------------------------------------------------------------------


def _owner_no(bus: Entry) -> str:
    """A firm's credit code is no personal number and is printed in full."""
    number = bus["owner_no"] or ""
    return bus.text("owner_no", masked=bool(number and uscc_fault(number)))


_BUS_CARD: tuple[tuple[Fact, ...], ...] = (
    (Fact("号牌号码", lambda bus: show_plate(bus["plate"] or ""), ("plate",)), fact(_bus, "plate_kind")),
    (fact(_bus, "vehicle_class", label="车辆类型"), fact(_bus, "bus_type")),
    (fact(_bus, "model"), fact(_bus, "vin")),
    (fact(_bus, "engine_no"), fact(_bus, "ownership")),
    (fact(_bus, "rated_capacity"), fact(_bus, "student_seats"), fact(_bus, "escort_seats")),
    (fact(_bus, "owner"), Fact("所有人证件号/信用代码", _owner_no, ("owner_no",))),
    (fact(_bus, "bought_on"), fact(_bus, "cost")),
    (fact(_bus, "registered_on"), fact(_bus, "scrap_on")),
    (fact(_bus, "permit_no"), fact(_bus, "permit_until", label="许可有效期至")),
    (fact(_bus, "badge_no"), fact(_bus, "badge_until")),
    (fact(_bus, "inspection_until"), fact(_bus, "status")),
    (fact(_bus, "positioning", label="GPS 厂家/终端号"), fact(_bus, "cameras", label="监控是否接入")),
    (fact(_bus, "compulsory_no"), fact(_bus, "compulsory_until")),
    (fact(_bus, "commercial_no"), fact(_bus, "commercial_until")),
    (fact(_bus, "carrier_no"), fact(_bus, "carrier_until")),
    (fact(_bus, "route"), fact(_bus, "pupils")),
    (fact(_bus, "driver", label="随车驾驶人"), fact(_bus, "escort")),
    (fact(_bus, "remark"),),
)


def _gather_buses(source: Source, _month: Month) -> Register:
    return Register([bus for bus in source.entries(_bus) if bus["status"] != BusStatus.RETIRED])


def _compose_buses(facts: Register, _head: Head) -> Iterator[Block]:
    for number, bus in enumerate(facts.rows or [Entry(_bus, 0, {})]):
        if number:
            yield PageBreak()
        yield Title(F_BUS_01.title, bookmark=show_plate(bus["plate"] or ""))
        yield Line((("校车编号", ""), ("建档日期", "")))
        yield Line((("安全第一责任人", ""), ("校车管理员及电话", "")))
        yield card_of(bus, _BUS_CARD, row_mm=8.4, label_mm=30)
        yield card_of(bus, ((by_hand("车辆照片"),),), row_mm=34, label_mm=30)
        yield Signatures(("填表人", "驾驶员", "校车管理员", "校长（章）"))
        yield Stamp()


F_BUS_01 = PrintedForm(
    code="F-BUS-01",
    title="校车基本情况登记表",
    group=_bus.group,
    ledgers=(_bus, _driver),
    per=Per.NOW,
    gather=_gather_buses,
    compose=_compose_buses,
    none="还没有登记校车",
    orientation="portrait",
    edition="2024 版",
    footer_note="一车一档，有变化即更新。《校车安全管理条例》第14条、第16条、第20条。",
)

# --- F-BUS-02 ---------------------------------------------------------------------------------------


def _open(key: str, label: str = "") -> Fact:
    """The file of a driver holds personal numbers in full: the form requires them."""
    return fact(_driver, key, label=label, masked=False)


def _contract(driver: Entry) -> str:
    begin, end = driver.text("hired_on"), driver.text("contract_until")
    return f"{begin} 至 {end}" if begin or end else ""


_DRIVER_CARD: tuple[tuple[Fact, ...], ...] = (
    (_open("name"), _open("sex")),
    (_open("born"), _open("id_card")),
    (_open("phone"), _open("address")),
    (_open("licence_no"), _open("file_no")),
    (_open("licence_class"), _open("first_licensed_on")),
    (_open("licence_until"), _open("endorsed_on", "校车驾驶资格签注日期")),
    (by_hand("资格状态"), _with(_open("reviewed_on"), _open("review_due"), "年审日期/下次年审")),
    (_with(_open("medical_on"), _open("medical_until"), "体检日期/有效至"), _open("no_record_on")),
    (by_hand("从业资格证（服务商）"), _open("employer")),
    (Fact("合同起止", _contract, ("hired_on", "contract_until")), _open("employment")),
    (_open("points_before", "近三周期记分（逐年）"), _open("violations")),
    (_open("accidents"), _with(_open("trainings"), _open("training_hours"), "培训次数/学时")),
    (_open("route", "对应线路"),),
    (Fact("附件清单", lambda _driver: "□ 身份证　□ 驾驶证　□ 体检证明　□ 无犯罪记录证明　□ 安全责任书"),),
    (_open("remark"),),
)


def _gather_drivers(source: Source, month: Month) -> Register:
    return Register([one for one in source.entries(_driver) if one["left_on"] is None or one["left_on"] >= month.first])


def _compose_drivers(facts: Register, _head: Head) -> Iterator[Block]:
    for number, driver in enumerate(facts.rows or [Entry(_driver, 0, {})]):
        if number:
            yield PageBreak()
        yield Title(F_BUS_02.title, bookmark=driver.text("name"))
        yield card_of(driver, _DRIVER_CARD, row_mm=9, label_mm=30)
        yield card_of(driver, ((by_hand("照片"),),), row_mm=40, label_mm=30)
        yield Signatures(("本人", "校车管理员", "校长"))
        yield Stamp()


F_BUS_02 = PrintedForm(
    code="F-BUS-02",
    title="校车驾驶人档案表",
    group=_driver.group,
    ledgers=(_driver,),
    per=Per.NOW,
    gather=_gather_drivers,
    compose=_compose_drivers,
    none="还没有登记校车驾驶人",
    orientation="portrait",
    edition="2024 版",
    footer_note="《校车安全管理条例》第23条：驾龄 3 年以上、25～60 周岁、连续 3 个记分周期未记满分；第26条：每年审验。"
    "本表含个人信息，专柜保管。",
)

# --- F-BUS-04 ---------------------------------------------------------------------------------------


class BusMonth(NamedTuple):
    """One bus with its checks of the month."""

    plate: str
    checks: Sequence[Entry]


class BusChecks(NamedTuple):
    """A month's checks, bus by bus."""

    rows: Sequence[Entry]
    buses: Sequence[BusMonth]
    items: Sequence[Entry]


_HOW_TO_FILL = (
    "填写说明：√ 正常，× 不正常，— 不适用；★ 为《校车安全管理条例》第41条的法定检查项；有 × 的必须写明异常及处理。"
)


def _gather_checks(source: Source, month: Month) -> BusChecks:
    checks = source.entries(_check, month)
    items = items_in(source, FixedChecklist.BUS_DAILY, month)
    buses = []
    for bus in source.entries(_bus):
        own = [check for check in checks if check["bus"] == bus.id]
        if own or bus["status"] in (None, BusStatus.IN_USE):
            own.sort(key=lambda check: (check["checked_on"], str(check["left_at"] or ""), check.id))
            buses.append(BusMonth(show_plate(bus["plate"] or ""), own))
    return BusChecks(checks, buses or [BusMonth("", [])], items)


def _check_columns(items: Sequence[Entry]) -> tuple[PaperColumn, ...]:
    return (
        column_of(_check, "checked_on", mm=12, text=month_day("checked_on")),
        column_of(_check, "trip", mm=10),
        column_of(_check, "left_at", mm=12),
        column_of(_check, "mileage", heading="里程表数", mm=15),
        *item_columns(items, answers="answers", happened="checked_on", mm=9.2, heading=starred),
        column_of(_check, "problem", mm=32),
        column_of(_check, "driver", heading="驾驶人签字", mm=16, align="center", wrap=False),
        column_of(_check, "escort", heading="照管员签字", mm=16, align="center", wrap=False),
    )


def _compose_checks(facts: BusChecks, _head: Head) -> Iterator[Block]:
    columns = _check_columns(facts.items)
    for number, bus in enumerate(facts.buses):
        if number:
            yield PageBreak()
        yield Title(F_BUS_04.title, bookmark=bus.plate)
        yield Line(
            (
                ("号牌号码", bus.plate),
                ("驾驶人", distinct(bus.checks, "driver")),
                ("照管员", distinct(bus.checks, "escort")),
            )
        )
        yield grid_of(columns, bus.checks, none=F_BUS_04.none, numbered=False)
        yield Signatures(("校车管理员", "分管领导"))
        yield Stamp()
        yield Note(_HOW_TO_FILL)


F_BUS_04 = PrintedForm(
    code="F-BUS-04",
    title="校车每日出车前（收车后）安全检查记录表",
    group=_check.group,
    ledgers=(_check, _bus, CheckItem.ledger),
    gather=_gather_checks,
    compose=_compose_checks,
    none="本月没有校车检查记录",
    edition="2024 版",
    footer_note="《校车安全管理条例》第41条：出车前检查制动、转向、外部照明、轮胎、安全门、座椅、安全带，不得驾驶有安全隐患的校车上路；"
    "第39条：核实下车人数，确认全员离车后照管人员方可离车。",
)
