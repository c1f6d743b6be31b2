"""Forms that are more than their ledger on paper, each from plain values."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from school_logistics.models.canteen.purchases import FoodPurchase
from school_logistics.models.canteen.suppliers import Supplier
from school_logistics.models.checklists import CheckItem, FixedChecklist
from school_logistics.models.dormitory import Disinfection, Room
from school_logistics.models.fire import ExtinguisherCheck, FireEquipment
from school_logistics.models.orders import MilkOrder, SchoolClass, UniformOrder
from school_logistics.models.safety import Hazard
from school_logistics.models.transport.buses import Bus, BusDailyCheck
from school_logistics.models.transport.drivers import Driver
from school_logistics.reports.blocks import Grid, Title
from school_logistics.reports.form import Entry
from school_logistics.reports.forms.canteen.receiving import C03
from school_logistics.reports.forms.canteen.suppliers import C01
from school_logistics.reports.forms.dormitory import D1, D2
from school_logistics.reports.forms.fire import X1, X3
from school_logistics.reports.forms.milk import F_MLK_01
from school_logistics.reports.forms.safety import S2
from school_logistics.reports.forms.transport import F_BUS_01, F_BUS_02, F_BUS_04
from school_logistics.reports.forms.uniforms import F_UNI_01, F_UNI_02
from tests.reports.plain_source import cards, composed, entry, lines, table

DAY = date(2026, 11, 9)


def delivery(**more: Any) -> Entry:
    return entry(FoodPurchase.ledger, bought_on=DAY, ingredient=1, ingredient_name="豆腐", supplier=7, **more)


def supplier(**more: Any) -> Entry:
    return entry(Supplier.ledger, 7, name="振兴豆制品坊", address="云川区东岭路18号", phone="13800000004", **more)


@pytest.mark.parametrize(("until", "shown"), [
    (date.max, "√"), (DAY, "√"), (date(2026, 11, 8), "过期"), (None, ""),
])  # fmt: skip
def test_a_licence_is_ticked_when_it_was_good_on_the_day_of_the_delivery(until: date | None, shown: str):
    row = table(C03, delivery(), supplier(licence_until=until))[0]
    assert row["营业执照（如有）"] == shown


def test_the_suppliers_address_and_telephone_stand_on_every_line():
    row = table(C03, delivery(), supplier())[0]
    assert row["供货者地址及联系方式（电话等）"] == "云川区东岭路18号\n13800000004"


@pytest.mark.parametrize(("kind", "producer"), [("食品小作坊", "同供货者"), ("经营企业", ""), (None, "")])
def test_the_producer_is_told_only_where_it_is_the_supplier(kind: str | None, producer: str):
    assert table(C03, delivery(), supplier(source_kind=kind))[0]["生产者地址及联系方式（电话等）"] == producer


def test_a_delivery_without_supplier_has_room_to_write():
    row = table(C03, entry(FoodPurchase.ledger, bought_on=DAY))[0]
    assert row["供货者"] == row["许可证（如有）"] == row["生产者地址及联系方式（电话等）"] == ""


def test_certificates_shelf_life_and_two_inspectors_share_their_cells():
    line = delivery(quarantine_no="3700", swine_fever_no="FW1", produced_on=DAY, lot_no="L1", shelf_life="3天",
                    best_before=date(2026, 11, 11), inspector="张𬭎", second_inspector="堃雨㛃",
                    result="合格")  # fmt: skip
    row = table(C03, line)[0]
    assert row["其他合格证明（如有）"] == "检疫3700\n非瘟FW1"
    assert row["生产批号或日期"] == "2026-11-09\nL1"
    assert row["保质期（到期日）"] == "3天\n2026-11-11"
    assert row["验收人（双人）"] == "张𬭎\n堃雨㛃"
    assert (row["外观检查"], row["结论"]) == ("√", "合格")


def test_goods_turned_away_are_not_ticked_as_sound():
    assert table(C03, delivery(result="拒收"))[0]["外观检查"] == ""


def test_a_supplier_who_left_before_the_month_is_not_on_file_any_more():
    gone = supplier(exited_on=date(2026, 10, 31), exit_reason="合同到期")
    leaving = supplier(exited_on=date(2026, 11, 1), exit_reason="合同到期")
    assert table(C01, gone) == []
    assert table(C01, leaving)[0]["退出日期及原因"] == "2026-11-01\n合同到期"


def room(one: int, name: str, building: str, floor: int, **more: Any) -> Entry:
    told = {
        "area": Decimal("30.00"),
        "beds": 8,
        "occupants": 7,
        "for_whom": "女生",
        "warden": 1,
        "warden_name": "吴桂香",
    }
    return entry(Room.ledger, one, name=name, building=building, floor=floor, **{**told, **more})


def test_rooms_stand_by_building_under_what_is_said_of_it():
    rooms = (
        room(1, "4号公寓101", "4号公寓", 1),
        room(2, "3号公寓201", "3号公寓", 2),
        room(3, "3号公寓101", "3号公寓", 1),
    )
    grid = next(block for block in composed(D1, *rooms) if isinstance(block, Grid))

    assert [row[0] for row in grid.rows if len(row) == 1] == [
        "3号公寓　1—2 层　女生　2 间　床位 16　宿管 吴桂香",
        "4号公寓　1 层　女生　1 间　床位 8　宿管 吴桂香",
    ]
    assert [row["房间号"] for row in table(D1, *rooms)] == ["3号公寓101", "3号公寓201", "小计", "4号公寓101", "小计"]
    assert lines(D1, *rooms) == {"楼栋": "2 栋", "房间数": "3 间", "床位数": "24 张", "实住人数": "21 人"}


def test_a_room_out_of_use_before_the_month_is_left_out():
    assert table(D1, room(1, "3号公寓101", "3号公寓", 1, closed_on=date(2026, 10, 1))) == []


def disinfected(place: str, **more: Any) -> Entry:
    return entry(Disinfection.ledger, done_on=DAY, place=place, **more)


def test_each_building_has_its_own_sheet_and_shared_places_come_last():
    entries = (
        disinfected("校门口"),
        disinfected(
            "地面", room=1, room_name="3号公寓101", agent="84消毒液", batch_no="B1", agent_until=date(2027, 8, 31)
        ),
        disinfected("3号公寓二层楼道"),
        room(1, "3号公寓101", "3号公寓", 1),
    )
    blocks = composed(D2, *entries)

    assert [block.bookmark for block in blocks if isinstance(block, Title)] == ["3号公寓", "公共区域"]
    assert [row["消毒部位/对象"] for row in table(D2, *entries)] == ["3号公寓101 地面", "3号公寓二层楼道"]
    assert [row["消毒部位/对象"] for row in table(D2, *entries, at=1)] == ["校门口"]
    assert "84消毒液（批号 B1，有效期至 2027-08-31）" in str(blocks)


def test_a_place_that_names_its_room_does_not_name_it_twice():
    entries = (disinfected("3号公寓101门把手", room=1, room_name="3号公寓101"), room(1, "3号公寓101", "3号公寓", 1))
    assert table(D2, *entries)[0]["消毒部位/对象"] == "3号公寓101门把手"


def test_a_strength_is_told_with_its_ratio():
    row = table(D2, disinfected("地面", concentration=500, dilution="1:99"))[0]
    assert row["浓度（mg/L）或比例"] == "500（1:99）"


def item(one: int, label: str, **more: Any) -> Entry:
    told = {"checklist_name": FixedChecklist.EXTINGUISHER.value, "position": one, "label": label, "detail": "完好",
            "valid_from": date(2020, 1, 1), "valid_to": None, "key_item": False}  # fmt: skip
    return entry(CheckItem.ledger, one, **{**told, **more})


def extinguisher(one: int, number: str, **more: Any) -> Entry:
    told = {"name": "手提式干粉灭火器", "model": "MFZ/ABC4", "place": "楼梯口", "status": "在用", "quantity": 1}
    return entry(FireEquipment.ledger, one, equipment_no=number, **{**told, **more})


def looked_at(one: int, number: str, answers: str = "全部正常", day: date = DAY) -> Entry:
    return entry(ExtinguisherCheck.ledger, one, equipment=one, equipment_name=number, checked_on=day, answers=answers,
                 inspector=1, inspector_name="孙己")  # fmt: skip


def test_every_extinguisher_in_use_has_its_line_looked_at_or_not():
    entries = (item(1, "位置"), item(2, "压力"), extinguisher(1, "A1"), extinguisher(2, "A2"),
               extinguisher(3, "A3", status="送修"), extinguisher(4, "H1", name="消火栓", model="SN65"),
               looked_at(2, "A2", "压力×"))  # fmt: skip

    rows = table(X3, *entries)

    assert [(row["编号"], row["①位置"], row["②压力"], row["检查人"]) for row in rows] == [
        ("A1", "", "", ""),
        ("A2", "√", "×", "孙己\n11-09"),
    ]
    assert lines(X3, *entries) == {"应检": "2 具", "已检": "1 具", "异常": "1 具次", "检查人": "孙己"}


def test_a_place_looked_at_every_half_month_has_two_lines():
    entries = (item(1, "压力"), extinguisher(1, "A1"), looked_at(1, "A1"), looked_at(1, "A1", day=date(2026, 11, 23)))
    assert [row["检查人"] for row in table(X3, *entries)] == ["孙己\n11-09", "孙己\n11-23"]


def test_an_item_replaced_within_the_month_has_a_mark_only_while_it_was_in_force():
    entries = (item(1, "压力", valid_to=date(2026, 11, 15)), item(2, "压力表", valid_from=date(2026, 11, 16)),
               item(3, "旧项", valid_to=date(2026, 10, 31)),
               item(4, "出车", checklist_name=FixedChecklist.BUS_DAILY.value),
               extinguisher(1, "A1"), looked_at(1, "A1"), looked_at(1, "A1", day=date(2026, 11, 23)))  # fmt: skip
    rows = table(X3, *entries)
    assert [(row["①压力"], row["②压力表"]) for row in rows] == [("√", ""), ("", "√")]
    assert "③旧项" not in rows[0]


def test_the_register_of_equipment_counts_what_stands_where():
    entries = (extinguisher(1, "A1", agent="干粉", rating="2A"), extinguisher(2, "A2", status="送修", quantity=2))
    assert lines(X1, *entries)["总数"] == "3（在用 1，送修 2）"
    assert table(X1, *entries)[0]["灭火剂/级别"] == "干粉／2A"


def bus(one: int, plate: str, **more: Any) -> Entry:
    return entry(Bus.ledger, one, plate=plate, **{"status": "在用", **more})


def trip(one: int, bus_id: int, day: date, left: time, **more: Any) -> Entry:
    return entry(BusDailyCheck.ledger, one, bus=bus_id, checked_on=day, left_at=left, **{"answers": "全部正常", **more})


def test_each_bus_in_use_has_its_sheet_in_the_order_of_its_trips():
    brakes = item(1, "制动", checklist_name=FixedChecklist.BUS_DAILY.value, key_item=True)
    entries = (brakes, bus(1, "鲁Z10023"), bus(2, "鲁Z10045"), bus(3, "鲁Z10067", status="退出"),
               trip(1, 1, DAY, time(16, 40), answers="制动×"), trip(2, 1, DAY, time(6, 50)))  # fmt: skip

    sheets = [block.bookmark for block in composed(F_BUS_04, *entries) if isinstance(block, Title)]

    assert sheets == ["鲁Z·10023", "鲁Z·10045"]
    assert [(row["出车时间"], row["★制动"]) for row in table(F_BUS_04, *entries)] == [("06:50", "√"), ("16:40", "×")]
    assert table(F_BUS_04, *entries, at=1) == []


def test_the_file_of_a_bus_that_has_gone_is_not_printed():
    entries = (bus(1, "鲁Z10023"), bus(2, "鲁Z10045", status="退出"))
    assert [block.bookmark for block in composed(F_BUS_01, *entries) if isinstance(block, Title)] == ["鲁Z·10023"]


@pytest.mark.parametrize(("number", "shown"), [
    ("91370390MA3DEM019P", "91370390MA3DEM019P"), ("370000197805163014", "370000********3014"), (None, ""),
])  # fmt: skip
def test_a_firms_credit_code_is_printed_in_full_an_owners_identity_number_is_not(number: str | None, shown: str):
    assert cards(F_BUS_01, bus(1, "鲁Z10023", owner_no=number))["所有人证件号/信用代码"] == shown


def test_the_file_of_a_driver_shows_personal_numbers_and_pairs_of_days():
    driver = entry(Driver.ledger, name="郑大宝", id_card="370000197805163014", medical_on=date(2026, 5, 6),
                   hired_on=date(2025, 9, 1), contract_until=date(2027, 8, 31))  # fmt: skip
    told = cards(F_BUS_02, driver)
    assert told["身份证号"] == "370000197805163014"
    assert told["体检日期/有效至"] == "2026-05-06 / —"
    assert told["年审日期/下次年审"] == ""
    assert told["合同起止"] == "2025-09-01 至 2027-08-31"


def test_a_driver_who_left_before_the_month_has_no_file():
    gone = entry(Driver.ledger, 1, name="旧人", left_on=date(2026, 10, 31))
    stays = entry(Driver.ledger, 2, name="郑大宝")
    assert [block.bookmark for block in composed(F_BUS_02, gone, stays) if isinstance(block, Title)] == ["郑大宝"]


def milk(one: int, grade: str, pupils: int, ordered: int, term: str = "2026秋") -> Entry:
    rate = Decimal(ordered * 100) / pupils
    return entry(MilkOrder.ledger, one, term=term, grade=grade, school_class=one, school_class_name=f"{grade}{one}班",
                 pupils=pupils, ordered=ordered, order_rate=rate, unit_price=Decimal("2.5"), days=90)  # fmt: skip


def test_the_rate_of_a_grade_and_of_the_school_is_reckoned_from_the_sums():
    orders = (
        milk(1, "一年级", 50, 50),
        milk(2, "一年级", 10, 0),
        milk(3, "二年级", 40, 20),
        milk(4, "二年级", 9, 9, "2026春"),
    )

    rows = table(F_MLK_01, *orders)
    grid = next(block for block in composed(F_MLK_01, *orders) if isinstance(block, Grid))

    assert [(row["班级"], row["订奶率（%）"]) for row in rows] == [
        ("一年级1班", "100.0"), ("一年级2班", "0.0"), ("小计", "83.3"), ("二年级3班", "50.0"), ("小计", "50.0"),
    ]  # fmt: skip
    assert grid.total is not None
    assert "70.0" in grid.total
    assert lines(F_MLK_01, *orders)["单价"] == "2.50 元/盒"


def uniform(one: int, sex: str, style: str, sets: int, orderers: int | None) -> Entry:
    return entry(UniformOrder.ledger, one, term="2026秋", grade="一年级", school_class=1, school_class_name="一年级1班",
                 position=101, sex=sex, style=style, sets=sets, size_130=sets, orderers=orderers,
                 unit_price=Decimal(70), due=Decimal(70) * sets)  # fmt: skip


def test_pupils_who_order_several_garments_are_counted_once():
    of = entry(SchoolClass.ledger, 1, name="一年级1班", pupils=40)
    orders = (uniform(1, "男", "夏装", 18, 18), uniform(2, "女", "夏装", 12, 12), uniform(3, "男", "运动装", 16, 16))

    row = table(F_UNI_01, of, *orders)[0]

    assert (row["在校生数"], row["征订人数"], row["不订人数"], row["征订率（%）"]) == ("40", "30", "10", "75.0")
    assert (row["夏装套数"], row["运动装（春秋）套数"], row["冬装套数"]) == ("30", "16", "")
    assert row["单价×各款"] == "夏装 70.00、运动装 70.00"
    assert row["应收金额（元）"] == "3,220.00"


def test_boys_and_girls_who_order_different_garments_are_different_pupils():
    assert table(F_UNI_01, uniform(1, "男", "夏装", 18, 18), uniform(2, "女", "冬装", 12, 12))[0]["征订人数"] == "30"


def test_where_nobody_wrote_down_the_people_a_set_is_one_persons():
    assert table(F_UNI_01, uniform(1, "男", "夏装", 18, None), uniform(2, "女", "夏装", 12, 12))[0]["征订人数"] == "30"


def test_a_class_not_on_file_leaves_its_pupils_blank():
    row = table(F_UNI_01, uniform(1, "男", "夏装", 18, 18))[0]
    assert row["在校生数"] == row["征订率（%）"] == row["不订人数"] == ""


def test_sizes_add_up_by_row_by_garment_and_altogether():
    orders = (uniform(1, "男", "夏装", 18, 18), uniform(2, "女", "夏装", 12, 12), uniform(3, "男", "运动装", 16, 16))

    rows = table(F_UNI_02, *orders)
    grid = next(block for block in composed(F_UNI_02, *orders) if isinstance(block, Grid))

    assert [(row["班级"], row["130/64"], row["合计"]) for row in rows] == [
        ("一年级1班", "18", "18"), ("一年级1班", "12", "12"), ("小计", "30", "30"),
        ("一年级1班", "16", "16"), ("小计", "16", "16"),
    ]  # fmt: skip
    assert grid.total is not None
    assert grid.total[-1] == "46"
    assert len(table(F_UNI_02, orders[0])) == 1, "one garment needs no subtotal"


def hazard(one: int, found: date, closed: date | None = None, level: str = "一般") -> Entry:
    return entry(Hazard.ledger, one, hazard_no=f"YH-{one}", found_on=found, closed_on=closed, level=level)


def test_overdue_hazards_stand_first_even_those_carried_over_the_year():
    """S2: overdue at the end of the month, then open, then struck off, each by the day it was found."""
    old = entry(Hazard.ledger, 9, hazard_no="YH-9", found_on=date(2025, 12, 3), due_on=date(2025, 12, 18), level="一般")
    hazards = (hazard(1, DAY, date(2026, 11, 20)), hazard(2, DAY), old)
    assert [row["隐患编号"] for row in table(S2, *hazards)] == ["YH-9", "YH-2", "YH-1"]
    assert lines(S2, *hazards)["其中逾期"] == "1 条"


def test_the_register_of_hazards_counts_found_carried_over_and_struck_off():
    hazards = (hazard(1, date(2026, 9, 3), date(2026, 10, 31)), hazard(2, date(2026, 10, 9), level="重大"),
               hazard(3, DAY, date(2026, 11, 20)), hazard(4, date(2026, 12, 1)))  # fmt: skip

    assert [row["隐患编号"] for row in table(S2, *hazards)] == ["YH-2", "YH-3"]
    assert lines(S2, *hazards) == {
        "本月发现": "1 条", "上月结转": "1 条", "本月销号": "1 条", "月末未销号": "1 条", "其中逾期": "0 条",
        "重大隐患": "1 条",
    }  # fmt: skip
