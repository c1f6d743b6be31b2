"""A month of the kitchen's days for tests of paper: people, tableware, temperatures, waste, meals, tests."""

from __future__ import annotations

from datetime import date

from school_logistics.services.desk import Desk
from tests.filling import PEOPLE, Size, add, spread

UNITS = ("1号冷藏柜", "2号冷冻柜", "留样柜")
_CARRIER = "清源餐厨废弃物收运有限公司"
_MAKERS = "安琪食品配料有限公司"


def fill_kitchen(desk: Desk, size: Size, greens: str) -> None:
    """Put records behind C09 to C18 and C25; `greens` is the supplier of what is tested."""
    _people(desk, size)
    _cold(desk, size)
    days = spread(size.lines)
    add(desk, "tableware_disinfection", (_washed(at, day, size) for at, day in enumerate(days)))
    carrier = (_CARRIER + size.stretch)[:60]
    add(desk, "supplier", [{"name": carrier, "address": "云川区环卫路 6 号", "phone": "13800000019",
                            "contract_no": "SY-01", "contract_until": "2027-08-31", "exited_on": ""}])  # fmt: skip
    add(desk, "food_waste", (_waste(at, day, carrier, size) for at, day in enumerate(days)))
    add(desk, "accompanied_meal", (_meal(at, day, size) for at, day in enumerate(days)))
    add(desk, "additive_use", (_additive(at, day, size) for at, day in enumerate(days[: size.lines // 3])))
    add(desk, "pesticide_test", (_test(at, day, greens, size) for at, day in enumerate(days)))


def _people(desk: Desk, size: Size) -> None:
    checks = [(day, name) for day in sorted(set(spread(size.lines))) for name in PEOPLE]
    add(desk, "morning_check", (
        {"checked_on": day, "person": name, "checked_at": "7:20", "attendance": "出勤",
         "symptoms": "11" if (day.day, name) == (13, "吴桂香") else "0",
         "handling": "戴口罩" + size.remark if (day.day, name) == (13, "吴桂香") else "", "inspector": "堃雨㛃"}
        for day, name in checks
    ))  # fmt: skip
    add(desk, "training", [
        {"held_on": "2026-10-15", "span": "14:00-15:30", "topic": "食品安全法与留样要求" + size.stretch,
         "subject": "卫生安全法规", "place": "食堂会议室", "host": "王主任", "lecturer": "周老师", "hours": "2",
         "method": "集中授课", "content": "食品安全法第45、55条；每餐留样不少于 125 克。" + size.remark,
         "department": "总务处", "recorder": "孙己"}
    ])  # fmt: skip
    add(desk, "training_attendance", (
        {"training": ("食品安全法与留样要求" + size.stretch)[:60], "person": name, "signed": "是", "exam": "闭卷",
         "score": 80 + at, "remark": size.remark}
        for at, name in enumerate(PEOPLE)
    ))  # fmt: skip


def _cold(desk: Desk, size: Size) -> None:
    kinds = ("冷藏", "冷冻", "留样")
    add(desk, "cold_unit", (
        {"name": name, "unit_no": f"LC-0{at}", "kind": kinds[at], "place": ("主食库" + size.stretch)[:40],
         "keeper": "孙己"}
        for at, name in enumerate(UNITS)
    ))  # fmt: skip
    celsius = ("3.5", "-18.0", "4.0")
    add(desk, "cold_temperature", (
        {"read_on": day, "unit": UNITS[at], "read_at": hour, "celsius": celsius[at], "recorder": PEOPLE[at % 2],
         "checked_by": "孙己", "problem": size.remark, "spot_fix": "已调" if size.remark else ""}
        for day in sorted(set(spread(size.lines)))
        for at in range(len(UNITS))
        for hour in ("8:10", "14:20")
    ))  # fmt: skip


def _washed(at: int, day: date, size: Size) -> dict[str, object]:
    return {
        "done_on": day, "meal": "午餐", "tableware": ("餐盘、汤碗", "筷子、勺")[at % 2] + size.stretch,
        "pieces": 1040 + at, "method": "蒸汽", "celsius": "100.0", "began_at": "13:10", "minutes": "15",
        "done_by": PEOPLE[at % 2], "checked_by": "孙己", "remark": size.remark,
    }  # fmt: skip


def _waste(at: int, day: date, carrier: str, size: Size) -> dict[str, object]:
    return {
        "handed_on": day, "kind": "餐厨垃圾", "kilograms": f"{50 + at}.5", "handed_at": "14:30", "carrier": carrier,
        "destination": "云川区餐厨废弃物处理厂", "collector": "韩师傅", "collector_phone": "13800000019",
        "plate": "鲁Z3388", "manifest_no": f"LD{at:05}", "handed_by": PEOPLE[at % 2], "recorder": "孙己",
        "remark": size.remark,
    }  # fmt: skip


def _meal(at: int, day: date, size: Size) -> dict[str, object]:
    kind = ("学校负责人", "教师", "学校负责人", "家长")[at % 4]
    return {
        "eaten_on": day, "meal": "午餐", "kind": kind, "diner": ("周校", "刘老师", "王主任", "张𬭎家长")[at % 4],
        "post": ("校长", "班主任", "总务主任", "三年级2班")[at % 4],
        "dishes": "米饭、土豆烧鸡块、清炒菠菜" + size.stretch,
        "food": "优", "hygiene": "良", "order": "优", "service": "优", "manager": "堃雨㛃",
        "problem": size.remark, "handling": "已处理" if size.remark else "", "remark": size.remark,
    }  # fmt: skip


def _additive(at: int, day: date, size: Size) -> dict[str, object]:
    return {
        "used_on": day, "additive": "无铝泡打粉" + size.stretch, "maker": _MAKERS + size.stretch,
        "produced_on": "2026-08", "grams": f"{30 + at}.5", "purpose": "膨松剂", "dish": "花卷", "dish_amount": "60",
        "used_by": PEOPLE[at % 2], "witness": "孙己", "kept_apart": "是", "remark": size.remark,
    }  # fmt: skip


def _test(at: int, day: date, greens: str, size: Size) -> dict[str, object]:
    return {
        "tested_on": day, "sample": ("菠菜", "大白菜", "油菜")[at % 3] + size.stretch, "supplier": greens,
        "batch": "清河镇", "method": "酶抑制率法", "inhibition": f"{5 + at % 30}.5", "handling": size.remark,
        "tested_by": PEOPLE[at % 2], "reviewed_by": "孙己",
    }  # fmt: skip
