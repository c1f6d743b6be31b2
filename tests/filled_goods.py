"""A month of the store for tests of paper: delivery notes, issues, counts, disposals, the list and a visit."""

from __future__ import annotations

from datetime import date, datetime, time

from school_logistics.services.desk import Desk
from tests.filling import Size, add, spread


def fill_goods(desk: Desk, size: Size, suppliers: list[str], goods: list[str]) -> None:
    """Put records behind C04 to C08; what is issued came in before, on the days of `spread`."""
    days = spread(size.lines)
    add(desk, "designated", [{"item": "大米", "kind": "统一采购", "supplier": suppliers[0], "document_no": "YC-2026-7",
                              "valid_from": "2026-09-01", "remark": size.remark}])  # fmt: skip
    add(desk, "supplier_visit", [{"visited_on": "2026-10-16", "supplier": suppliers[1], "lead": "王主任",
                                  "participants": "王主任、孙己", "production": "生产场所清洁" + size.remark,
                                  "result": "符合要求", "remark": size.remark}])  # fmt: skip
    add(desk, "delivery_note", (
        {"came_on": day, "supplier": suppliers[0], "note_no": f"SH{day:%m%d}-10", "ticket_total": "99.63",
         "reason": "抹零" + size.remark, "buyer": "周涛", "deliverer": "钱某"}
        for day in days[:1]
    ))  # fmt: skip
    add(desk, "stock_out", (_issue(at, day, goods, size) for at, day in enumerate(days)))
    add(desk, "stocktake", (_count(name, at, size) for at, name in enumerate(goods)))
    add(desk, "rejected_food", (_rejected(day, goods, suppliers, size) for day in days[:: size.lines // 4]))


def _issue(at: int, day: date, goods: list[str], size: Size) -> dict[str, object]:
    return {
        "issued_on": day,
        "purpose": "午餐",
        "ingredient": goods[at % len(goods)],
        "requested": "10",
        "issued": "9.5",
        "receiver": "张𬭎",
        "storekeeper": "堃雨㛃",
        "reviewer": "孙己",
        "skip_reason": "按菜谱先用" + size.remark,
        "remark": size.remark,
    }


def _count(name: str, at: int, size: Size) -> dict[str, object]:
    return {
        "counted_on": "2026-10-30",
        "ingredient": name,
        "counted_quantity": "5000" if at == 0 else f"{at * 3}.5",
        "reason": "失水、称量误差" + size.remark,
        "place": "主食库",
        "storekeeper": "堃雨㛃",
        "counter": "张𬭎",
        "supervisor": "周校",
        "reviewer": "孙己",
        "remark": size.remark,
    }


def _rejected(day: date, goods: list[str], suppliers: list[str], size: Size) -> dict[str, object]:
    return {
        "found_on": day,
        "ingredient": goods[2],
        "quantity": "6.5",
        "produced_on": day,
        "lot_no": "L20261009",
        "supplier": suppliers[2],
        "cause": "感官异常",
        "stage": "验收",
        "method": "当场退回",
        "handled_at": datetime.combine(day, time(7, 40)),
        "handler": "张𬭎",
        "witness": "孙己",
        "evidence": "退货单" + size.remark,
        "remark": size.remark,
    }
