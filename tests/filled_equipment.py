"""The fire, bus and order ledgers of the filled office."""

from __future__ import annotations

from datetime import date

from school_logistics.services.desk import Desk
from tests.filling import PEOPLE, SCHOOL, Size, add, spread

_MODELS = (
    ("手提式干粉灭火器", "MFZ/ABC4", "2021-03"),
    ("手提式水基型灭火器", "MSZ/3", "2023-09-15"),
    ("二氧化碳灭火器", "MT3", "2019-05-12"),
)
_CLASSES = tuple((grade, number) for grade in "一二三四五六" for number in (1, 2, 3))


def fill_fire(desk: Desk, size: Size) -> None:
    """Extinguishers, all but two of them looked at."""
    numbers = [f"MHQ-{at // 20 + 1}G-{at // 4 % 5 + 1}F-{at % 4 + 1:02}" for at in range(max(5, size.lines // 2))]
    add(
        desk,
        "fire_equipment",
        (
            {
                "equipment_no": number,
                "name": _MODELS[at % 3][0],
                "model": _MODELS[at % 3][1],
                "rating": "2A",
                "place": f"{at // 20 + 1}号教学楼{at // 4 % 5 + 1}层东侧楼梯口" + size.stretch,
                "maker": "海纳消防器材厂" + size.stretch,
                "made_on": _MODELS[at % 3][2],
                "ccc_no": f"3C2021{at:06}",
                "serviced_on": "2026-05-08",
                "servicer": "安泰消防科技",
                "keeper": "钱乙",
                "remark": size.remark,
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
                "problem": ("指针在红区" + size.remark) if wrong.get(at, "").endswith("×") else "",
                "action_taken": "已送修" if at in wrong else "",
                "inspector": PEOPLE[at % 2],
            }
            for at, number in enumerate(numbers[:-2])
        ),
    )


def fill_transport(desk: Desk, size: Size) -> None:
    """Two buses with their drivers, checked before every trip."""
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
                    "address": "云川区清河镇东岭村" + size.stretch,
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
                    "remark": size.remark,
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
                    "owner": SCHOOL + size.stretch,
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
                    "route": "1号线 清河—东岭—学校" + size.stretch,
                    "driver": ("郑大宝", "冯二喜")[at],
                    "escort": "堃雨㛃",
                    "pupils": 38,
                    "remark": size.remark,
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
                "problem": "右后轮胎花纹深度不足，已换备胎" + size.remark if at == 5 else "",
                "driver": ("郑大宝", "冯二喜")[number],
                "escort": "堃雨㛃",
            }
            for number, plate in enumerate(buses)
            for at, (day, trip) in enumerate(trips)
        ),
    )


def fill_orders(desk: Desk, size: Size, *, dairy: str) -> None:
    """Classes, the term's milk orders from a dairy, uniforms in two styles."""
    classes = [f"{grade}年级{number}班" for grade, number in _CLASSES]
    add(
        desk,
        "school_class",
        (
            {"name": name, "head_teacher": "欧阳老师", "pupils": 40 + at % 6, "girls": 20}
            for at, name in enumerate(classes)
        ),
    )
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
                "received": f"{(25 + at % 9) * 255 - 3 * (at == 4)}",
                "supplier": dairy,
                "product": "纯牛奶 200mL",
                "remark": size.remark,
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
                "supplier": "瑞禾服饰" + size.stretch,
                "remark": size.remark,
            }
            for style, price in (("夏装", "70.00"), ("运动装", "90.00"))
            for at, name in enumerate(classes)
            for sex in ("男", "女")
            if name[0] in "一三四"
        ),
    )
