"""A school with a month of records behind every printed form: for tests of paper, of what is missing, of the pack.

Everything is made up; October 2026 is the month. `fill` writes ordinary records, with `overlong` names and remarks that
no column was made for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import cycle, islice
from typing import Any

from school_logistics.rules.calendar import Month
from school_logistics.rules.kinds import Text
from school_logistics.services.desk import Desk

MONTH = Month(2026, 10)
SCHOOL = "明德路小学"
RARE_NAMES = ("张𬭎", "堃雨㛃")
PEOPLE = (*RARE_NAMES, "孙己", "钱乙", "吴桂香")
LONG = "云川区清河镇第一中心学校附属明德路实验小学南校区后勤服务与物资配送联合保障中心（第二分部）"
REMARK = "到货时外包装有两袋轻微破损，已当场更换，送货员签字确认；详见当日照片和退换单，下次到货时一并核对数量"

_SUPPLIERS = (
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
_MODELS = (
    ("手提式干粉灭火器", "MFZ/ABC4", "2021-03"),
    ("手提式水基型灭火器", "MSZ/3", "2023-09-15"),
    ("二氧化碳灭火器", "MT3", "2019-05-12"),
)
_CLASSES = tuple((grade, number) for grade in "一二三四五六" for number in (1, 2, 3))


def fill(desk: Desk, *, lines: int = 60, overlong: bool = False) -> Desk:
    """Put records behind every form of October 2026, about `lines` of each daily one."""
    stretch = LONG if overlong else ""
    remark = REMARK if overlong else None
    _school(desk, stretch)
    _canteen(desk, lines, stretch, remark)
    _dormitory(desk, lines, stretch, remark)
    _fire(desk, lines, stretch, remark)
    _transport(desk, stretch, remark)
    _orders(desk, stretch, remark)
    _hazards(desk, max(3, lines // 4), remark)
    return desk


def days() -> Iterator[date]:
    """The school days of the month, again and again."""
    return cycle(date(2026, 10, day) for day in (8, 9, 12, 13, 14, 15, 16, 19, 20, 21, 22, 23, 26, 27, 28, 29, 30))


def spread(count: int) -> list[date]:
    """So many days in order, spread over the month."""
    return sorted(islice(days(), count))


def add(desk: Desk, key: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Save many records as one act, each as typed into a screen; words end where their field does."""
    ledger = desk.ledger(key)
    drafts: list[tuple[None, dict[str, Any]]] = []
    known: dict[tuple[str, object], object] = {}
    for row in rows:
        draft = desk.blank(ledger)
        for field, typed in row.items():
            kind = ledger.field(field).kind
            told = typed[: kind.max_chars] if isinstance(kind, Text) and isinstance(typed, str) else typed
            if (field, told) not in known:
                known[field, told] = desk.read(ledger, field, told)
            draft[field] = known[field, told]
        drafts.append((None, draft))
    desk.save_many(ledger, drafts)


def _school(desk: Desk, stretch: str) -> None:
    add(
        desk,
        "school",
        [
            {
                "name": stretch or SCHOOL,
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


def _canteen(desk: Desk, lines: int, stretch: str, remark: str | None) -> None:
    names = [f"{stretch}{name}" for name, _, _ in _SUPPLIERS]
    for at, (_, kind, items) in enumerate(_SUPPLIERS):
        add(
            desk,
            "supplier",
            [
                {
                    "name": names[at],
                    "uscc": "91370390MA3DEM019P",
                    "legal_representative": "周某",
                    "contact": "吴女士",
                    "address": "云川区清河镇东岭路 18 号" + stretch,
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
                    "remark": remark,
                }
            ],
        )
    for name, category, specification, *_ in _FOOD:
        add(desk, "ingredient", [{"name": name, "category": category, "unit": "公斤", "specification": specification}])
    add(desk, "food_purchase", (_delivery(at, day, names, remark) for at, day in enumerate(spread(lines))))
    add(desk, "retained_sample", (_sample(at, day, stretch, remark) for at, day in enumerate(spread(lines))))


def _delivery(at: int, day: date, suppliers: list[str], remark: str | None) -> dict[str, object]:
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
        "inspection_report_no": f"JY2026{at:04}" if category == "乳" else "",
        "delivery_temperature": "3.5" if meat else "",
        "remark": remark,
    }


def _sample(at: int, day: date, stretch: str, remark: str | None) -> dict[str, object]:
    taken = datetime.combine(day, time(11, 20))
    return {
        "taken_at": taken,
        "meal": "午餐",
        "dish": _DISHES[at % len(_DISHES)] + stretch,
        "grams": 125 + at % 40,
        "fridge_celsius": "3.2",
        "sampler": PEOPLE[at % 2],
        "cleared_at": taken + timedelta(hours=50),
        "cleared_by": "孙己",
        "reviewer": "李主任",
        "remark": remark,
    }


def _dormitory(desk: Desk, lines: int, stretch: str, remark: str | None) -> None:
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
                "extinguisher_place": "楼梯口" + stretch,
                "warden": "吴桂香",
                "remark": remark,
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
                "place": _PLACES[at % len(_PLACES)] + stretch,
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
                "remark": remark,
            }
            for at, day in enumerate(spread(lines))
        ),
    )
    add(
        desk,
        "disinfection_roster",
        (
            {
                "duty_on": day,
                "area": f"{at % 2 + 3}号公寓{at % 3 + 1}层" + stretch,
                "operator": PEOPLE[at % 4],
                "supervisor": "吴桂香",
                "done": "是",
                "standard": "84消毒液 500mg/L",
                "remark": remark,
            }
            for at, day in enumerate(spread(lines))
        ),
    )


def _fire(desk: Desk, lines: int, stretch: str, remark: str | None) -> None:
    numbers = [f"MHQ-{at // 20 + 1}G-{at // 4 % 5 + 1}F-{at % 4 + 1:02}" for at in range(max(5, lines // 2))]
    add(
        desk,
        "fire_equipment",
        (
            {
                "equipment_no": number,
                "name": _MODELS[at % 3][0],
                "model": _MODELS[at % 3][1],
                "rating": "2A",
                "place": f"{at // 20 + 1}号教学楼{at // 4 % 5 + 1}层东侧楼梯口" + stretch,
                "maker": "海纳消防器材厂" + stretch,
                "made_on": _MODELS[at % 3][2],
                "ccc_no": f"3C2021{at:06}",
                "serviced_on": "2026-05-08",
                "servicer": "安泰消防科技",
                "keeper": "钱乙",
                "remark": remark,
            }
            for at, number in enumerate(numbers)
        ),
    )
    wrong = {3: "压力×", 7: "喷管—"}
    add(
        desk,
        "extinguisher_check",
        (
            {
                "checked_on": date(2026, 10, 12),
                "equipment": number,
                "answers": wrong.get(at, "全部正常"),
                "problem": ("指针在红区" + (remark or "")) if wrong.get(at, "").endswith("×") else "",
                "action_taken": "已送修" if at in wrong else "",
                "inspector": PEOPLE[at % 2],
            }
            for at, number in enumerate(numbers[:-2])
        ),
    )


def _transport(desk: Desk, stretch: str, remark: str | None) -> None:
    cards = ("370000197805163014", "370000198309223035")
    for name, card in zip(("郑大宝", "冯二喜"), cards, strict=True):
        add(
            desk,
            "driver",
            [
                {
                    "name": name,
                    "id_card": card,
                    "phone": "13800000031",
                    "address": "云川区清河镇东岭村" + stretch,
                    "licence_class": "A1",
                    "first_licensed_on": "2006-04-12",
                    "licence_no": card,
                    "licence_until": "2029-04-12",
                    "file_no": "370000123456",
                    "endorsed_on": "2015-08-20",
                    "reviewed_on": "2026-05-06",
                    "medical_on": "2026-05-06",
                    "no_record_on": "2026-08-20",
                    "employer": "锦程校车服务有限公司",
                    "points_before": "2023 0分、2024 3分、2025 0分",
                    "violations": 0,
                    "trainings": 2,
                    "training_hours": 6,
                    "remark": remark,
                }
            ],
        )
    buses = ("鲁Z·10023", "鲁Z·03517D")
    for at, plate in enumerate(buses):
        add(
            desk,
            "bus",
            [
                {
                    "plate": plate,
                    "bus_type": "小学生专用校车",
                    "model": "ZZ6730XC",
                    "vin": "LZZDEMA1XP0000101",
                    "engine_no": "EN0001",
                    "rated_capacity": 41,
                    "escort_seats": 2,
                    "ownership": "自有",
                    "owner": SCHOOL + stretch,
                    "owner_no": "12370390493201010L",
                    "bought_on": "2022-07-01",
                    "cost": "368000",
                    "registered_on": "2022-07-12",
                    "inspection_until": "2027-01-11",
                    "permit_no": "云川政校许〔2025〕7号",
                    "permit_until": "2027-07-11",
                    "badge_no": f"Z0{at}7",
                    "compulsory_no": "PDZA2026001",
                    "compulsory_until": "2027-07-11",
                    "carrier_no": "PZY2026001",
                    "carrier_until": "2027-07-11",
                    "positioning": "北斗 BD-01",
                    "cameras": "是",
                    "route": "1号线 清河—东岭—学校" + stretch,
                    "driver": ("郑大宝", "冯二喜")[at],
                    "escort": "堃雨㛃",
                    "pupils": 38,
                    "remark": remark,
                }
            ],
        )
    trips = [(day, trip) for day in spread(17) for trip in ("上学", "放学")]
    add(
        desk,
        "bus_daily_check",
        (
            {
                "checked_on": day,
                "bus": plate.replace("·", ""),
                "trip": trip,
                "left_at": "6:50" if trip == "上学" else "16:40",
                "mileage": 51200 + at * 19,
                "answers": "轮胎×" if at == 5 else "全部正常",
                "problem": "右后轮胎花纹深度不足，已换备胎" + (remark or "") if at == 5 else "",
                "driver": ("郑大宝", "冯二喜")[number],
                "escort": "堃雨㛃",
            }
            for number, plate in enumerate(buses)
            for at, (day, trip) in enumerate(trips)
        ),
    )


def _orders(desk: Desk, stretch: str, remark: str | None) -> None:
    classes = [f"{grade}年级{number}班" for grade, number in _CLASSES]
    add(
        desk,
        "school_class",
        (
            {"name": name, "head_teacher": "欧阳老师", "pupils": 40 + at % 6, "girls": 20}
            for at, name in enumerate(classes)
        ),
    )
    dairy = f"{stretch}{_SUPPLIERS[3][0]}"
    add(
        desk,
        "milk_order",
        (
            {
                "term": "2026秋",
                "school_class": name,
                "head_teacher": "欧阳老师",
                "pupils": 40 + at % 6,
                "ordered": 25 + at % 9,
                "aided": at % 3,
                "intolerant": 2,
                "allergic": 1,
                "days": 85,
                "unit_price": "3.00",
                "received": f"{(25 + at % 9) * 255}",
                "supplier": dairy,
                "product": "纯牛奶 200mL",
                "remark": remark,
            }
            for at, name in enumerate(classes)
        ),
    )
    add(
        desk,
        "uniform_order",
        (
            {
                "term": "2026秋",
                "school_class": name,
                "sex": sex,
                "style": style,
                "size_120": 3 + at % 4,
                "size_130": 5,
                "size_140": at % 3,
                "size_special": int(at % 5 == 0),
                "orderers": 8 + at % 4 + at % 3 + int(at % 5 == 0),
                "unit_price": price,
                "received": "",
                "waived_pupils": at % 2,
                "waived": price if at % 2 else "",
                "supplier": "瑞禾服饰" + stretch,
                "remark": remark,
            }
            for style, price in (("夏装", "70.00"), ("运动装", "90.00"))
            for at, name in enumerate(classes)
            for sex in ("男", "女")
            if name[0] in "一三四"
        ),
    )


def _hazards(desk: Desk, lines: int, remark: str | None) -> None:
    add(
        desk,
        "hazard",
        (
            {
                "found_on": day,
                "source": "月检查",
                "place": "3号公寓二层东侧",
                "category": "消防",
                "description": "应急灯断电不亮" + (remark or ""),
                "level": "一般",
                "corrective_action": "更换蓄电池，逐盏试验" + (remark or ""),
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
            for at, day in enumerate(spread(lines))
        ),
    )
