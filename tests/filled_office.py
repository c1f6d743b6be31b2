"""A school with a month of records behind every printed form: for tests of paper, of what is missing, of the pack.

Everything is made up; October 2026 is the month.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from school_logistics.services.desk import Desk
from tests.filled_checks import fill_checks
from tests.filled_equipment import fill_fire, fill_orders, fill_transport
from tests.filled_goods import fill_goods
from tests.filled_kitchen import fill_kitchen
from tests.filled_meals import fill_meals
from tests.filling import LONG, PEOPLE, REMARK, SCHOOL, Size, add, spread

SUPPLIERS = (
    ("惠民粮油有限公司", "经营企业", "米、面、油"),
    ("康鲜肉类食品有限公司", "屠宰企业", "猪肉、禽肉"),
    ("绿源蔬菜配送中心", "经营企业", "蔬菜、水果"),
    ("清泉乳业有限公司", "生产企业", "纯牛奶、酸奶"),
    ("振兴豆制品坊", "食品小作坊", "豆腐、豆腐皮"),
)
_FOOD = (
    ("大米", "粮食", "25kg/袋", 0, "4.86", "12个月"),
    ("猪后腿肉", "畜肉", "", 1, "26.80", "3天"),
    ("大白菜", "蔬菜", "", 2, "1.92", "/"),
    ("鸡腿", "禽肉", "1kg/袋", 1, "15.50", "6个月"),
    ("纯牛奶", "乳", "200mL/盒", 3, "2.35", "45天"),
    ("老豆腐", "豆制品", "", 4, "5.00", "2天"),
    ("西红柿", "蔬菜", "", 2, "6.30", "/"),
)
_DISHES = ("米饭", "土豆烧鸡块", "清炒菠菜", "紫菜蛋花汤", "红烧肉", "西红柿炒鸡蛋")
_PLACES = ("门把手、床栏、桌椅", "地面", "厕所便池、洗手台")


def fill(desk: Desk, *, lines: int = 60, overlong: bool = False) -> Desk:
    """Put records behind every form of October 2026, about `lines` of each daily one.

    With `overlong`, names and remarks are longer than any column was made for.
    """
    size = Size(lines, LONG, REMARK) if overlong else Size(lines)
    _school(desk, size)
    _canteen(desk, size)
    fill_kitchen(desk, size, f"{size.stretch}{SUPPLIERS[2][0]}")
    fill_checks(desk, size)
    fill_meals(desk, size)
    _dormitory(desk, size)
    fill_fire(desk, size)
    fill_transport(desk, size)
    fill_orders(desk, size, dairy=f"{size.stretch}{SUPPLIERS[3][0]}")
    _hazards(desk, Size(max(3, lines // 4), size.stretch, size.remark))
    return desk


def _school(desk: Desk, size: Size) -> None:
    add(
        desk,
        "school",
        [
            {
                "name": size.stretch or SCHOOL,
                "school_code": "3703900001",
                "stage": "小学",
                "principal": "周校",
                "clerk": "赵甲子",
            }
        ],
    )
    posts = ("留样员", "食品安全员", "宿管", "保洁员", "照管员")
    for name, post in zip(PEOPLE, posts, strict=True):
        add(
            desk,
            "staff",
            [
                {
                    "name": name,
                    "post": post,
                    "health_no": f"JK{post}",
                    "health_until": "2027-06-30",
                    "phone": "13800000009",
                }
            ],
        )


def _canteen(desk: Desk, size: Size) -> None:
    names = [f"{size.stretch}{name}" for name, _, _ in SUPPLIERS]
    for at, (_, kind, items) in enumerate(SUPPLIERS):
        add(
            desk,
            "supplier",
            [
                {
                    "name": names[at],
                    "uscc": "91370390MA3DEM019P",
                    "legal_representative": "周某",
                    "contact": "吴女士",
                    "address": "云川区清河镇东岭路 18 号" + size.stretch,
                    "phone": f"1380000001{at}",
                    "supply_items": items,
                    "source_kind": kind,
                    "permit_no": "SC10137039000011",
                    "permit_until": "2027-03-09",
                    "licence_until": "长期",
                    "test_report_on": "2026-06-01",
                    "contract_no": f"HT-2026-0{at}",
                    "contract_from": "2026-09-01",
                    "contract_until": "2027-08-31",
                    "dishonest_list": "否",
                    "incident_in_year": "否",
                    "admitted_on": "2025-09-01",
                    "remark": size.remark,
                }
            ],
        )
    for name, category, specification, *_ in _FOOD:
        add(desk, "ingredient", [{"name": name, "category": category, "unit": "公斤", "specification": specification}])
    add(desk, "food_purchase", (_delivery(at, day, names, size) for at, day in enumerate(spread(size.lines))))
    fill_goods(desk, size, names, [name for name, *_ in _FOOD])
    add(desk, "retained_sample", (_sample(at, day, size) for at, day in enumerate(spread(size.lines))))


def _delivery(at: int, day: date, suppliers: list[str], size: Size) -> dict[str, object]:
    name, category, _, supplier, price, keeps = _FOOD[at % len(_FOOD)]
    meat = category in {"畜肉", "禽肉"}
    return {
        "bought_on": day,
        "ingredient": name,
        "quantity": f"{20 + at * 7 % 310}.5",
        "unit_price": price,
        "supplier": suppliers[supplier],
        "note_no": f"SH{day:%m%d}-{at % 90 + 10}",
        "produced_on": day - timedelta(days=1),
        "lot_no": f"L{day:%Y%m%d}" if category == "乳" else "",
        "shelf_life": keeps,
        "result": "合格",
        "inspector": "张𬭎",
        "second_inspector": "堃雨㛃",
        "quarantine_no": f"3700{at:06}" if meat else "",
        "meat_inspection_no": f"RP{at:06}" if meat else "",
        "inspection_report_no": f"JY2026{at:04}" if category in {"乳", "豆制品"} else "",
        "delivery_temperature": "3.5" if meat else "",
        "remark": size.remark,
    }


def _sample(at: int, day: date, size: Size) -> dict[str, object]:
    taken = datetime.combine(day, time(11, 20))
    return {
        "taken_at": taken,
        "meal": "午餐",
        "dish": _DISHES[at % len(_DISHES)] + size.stretch,
        "grams": 125 + at % 40,
        "fridge_celsius": "3.2",
        "sampler": PEOPLE[at % 2],
        "cleared_at": taken + timedelta(hours=50),
        "cleared_by": "孙己",
        "reviewer": "李主任",
        "remark": size.remark,
    }


def _dormitory(desk: Desk, size: Size) -> None:
    rooms = [
        f"{building}{floor}0{number}"
        for building in ("3号公寓", "4号公寓", "午休室")
        for floor in (1, 2)
        for number in (1, 2, 3)
    ]
    add(
        desk,
        "room",
        (
            {
                "name": room,
                "kind": "午休室" if "午休" in room else "宿舍",
                "for_whom": "女生" if "4号" in room else "男生",
                "area": "31.50",
                "beds": 8,
                "occupants": 7,
                "alarm_no": f"YG-{at:03}",
                "emergency_light": "是",
                "extinguisher_place": "楼梯口" + size.stretch,
                "warden": "吴桂香",
                "remark": size.remark,
            }
            for at, room in enumerate(rooms)
        ),
    )
    add(
        desk,
        "disinfection",
        (
            {
                "done_on": day,
                "span": "14:00-14:40",
                "room": rooms[at % len(rooms)],
                "place": _PLACES[at % len(_PLACES)] + size.stretch,
                "method": "擦拭",
                "agent": "84消毒液",
                "concentration": 500,
                "dilution": "1:99",
                "batch_no": "20260901",
                "agent_until": "2027-08-31",
                "contact_minutes": 30,
                "ventilation_minutes": 40,
                "done_by": PEOPLE[at % 2],
                "checked_by": "吴桂香",
                "remark": size.remark,
            }
            for at, day in enumerate(spread(size.lines))
        ),
    )
    add(
        desk,
        "disinfection_roster",
        (
            {
                "duty_on": day,
                "area": f"{at % 2 + 3}号公寓{at % 3 + 1}层" + size.stretch,
                "operator": PEOPLE[at % 4],
                "supervisor": "吴桂香",
                "done": "是",
                "standard": "84消毒液 500mg/L",
                "remark": size.remark,
            }
            for at, day in enumerate(spread(size.lines))
        ),
    )


def _hazards(desk: Desk, size: Size) -> None:
    add(
        desk,
        "hazard",
        (
            {
                "found_on": day,
                "source": "月检查",
                "place": "3号公寓二层东侧",
                "category": "消防",
                "description": "应急灯断电不亮" + size.remark,
                "level": "一般",
                "corrective_action": "更换蓄电池，逐盏试验" + size.remark,
                "department": "总务处",
                "owner": "钱乙",
                "budget": "120.00",
                **(
                    {
                        "fixed_on": day + timedelta(days=2),
                        "action_taken": "已更换",
                        "verified_by": "孙己",
                        "closed_on": day + timedelta(days=3),
                        "verified_on": day + timedelta(days=3),
                        "verification": "合格",
                    }
                    if at % 3
                    else {}
                ),
            }
            for at, day in enumerate(spread(size.lines))
        ),
    )
