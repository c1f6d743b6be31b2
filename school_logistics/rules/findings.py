"""What a check finds: its conclusion, and the hazard that an abnormal answer opens (任何异常都进隐患台账)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from school_logistics.rules.answers import abnormal_in
from school_logistics.rules.dates import MonthOrDay
from school_logistics.rules.due import Days, days_left
from school_logistics.rules.fire import Action, Advice, EquipmentStatus, equipment_advice, extinguisher_type
from school_logistics.rules.hazards import HazardCategory, HazardLevel, HazardSource, HazardState, due_by, hazard_state

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook
    from school_logistics.rules.fire import Equipment
    from school_logistics.rules.hazards import Hazard

PASSED, FAILED = "合格", "不合格"
"""The two conclusions of a check."""


class Check(Protocol):
    """A check with its answers; None where blank."""

    @property
    def checked_on(self) -> date | None:
        """检查日期."""

    @property
    def answers(self) -> str | None:
        """检查结果."""

    @property
    def problem(self) -> str | None:
        """存在问题."""

    @property
    def action_taken(self) -> str | None:
        """处理情况."""


class Thing(Protocol):
    """A piece of equipment as a check names it."""

    @property
    def equipment_no(self) -> str | None:
        """器材编号."""

    @property
    def model(self) -> str | None:
        """规格型号."""

    @property
    def place(self) -> str | None:
        """设置部位."""

    @property
    def keeper(self) -> int | None:
        """责任人."""


class Vehicle(Protocol):
    """A bus as a check names it."""

    @property
    def plate(self) -> str | None:
        """号牌号码."""


def conclusion_of(row: Check) -> str | None:
    """The column 结论: 不合格 as soon as one answer is abnormal; blank while nothing was answered."""
    if not row.answers:
        return None
    return FAILED if abnormal_in(row.answers) else PASSED


def problem_written(row: Check) -> bool:
    """Whether an abnormal item comes with a word about what is wrong."""
    return conclusion_of(row) != FAILED or bool(row.problem)


def checked_by_today(row: Check, *, today: date) -> bool:
    """Whether the check does not lie in the future."""
    return row.checked_on is None or row.checked_on <= today


def hazard_found(
    found_on: date | None,
    category: HazardCategory,
    place: str | None,
    description: str,
    *,
    source: HazardSource = HazardSource.DAILY,
    owner: int | None = None,
    corrective_action: str | None = None,
) -> dict[str, object]:
    """The values of the hazard that an abnormal record opens; a minor one until somebody judges otherwise.

    `owner` is the id of a member of the staff. Whoever is not known is asked for in the hazard ledger.
    """
    return {
        "found_on": found_on,
        "source": source.value,
        "category": category.value,
        "place": place,
        "description": description,
        "level": HazardLevel.MINOR.value,
        "corrective_action": corrective_action,
        "owner": owner,
    }


def hazard_of_extinguisher(row: Check, *, equipment: Thing | None) -> dict[str, object] | None:
    """The hazard that an abnormal extinguisher opens; None while it passed."""
    if conclusion_of(row) != FAILED:
        return None
    named = " ".join(
        one for one in ("灭火器", equipment and equipment.equipment_no, equipment and equipment.model) if one
    )
    return hazard_found(
        row.checked_on,
        HazardCategory.FIRE,
        equipment.place if equipment else None,
        f"{named}：{row.problem or _abnormal_items(row.answers)}",
        source=HazardSource.MONTHLY,
        owner=equipment.keeper if equipment else None,
        corrective_action=row.action_taken,
    )


def hazard_of_bus(row: Check, *, bus: Vehicle | None) -> dict[str, object] | None:
    """The hazard that an abnormal item before a trip opens; it must be put right before the bus goes out again."""
    if conclusion_of(row) != FAILED:
        return None
    found = _abnormal_items(row.answers) + (f"：{row.problem}" if row.problem else "")
    return hazard_found(row.checked_on, HazardCategory.BUS, f"校车 {bus.plate}" if bus else "校车", found)


def usual_deadline(row: Hazard, *, book: RuleBook) -> date | None:
    """What 整改期限 usually holds: so many days after it was found, by its level."""
    return due_by(row.found_on, row.level, book) if row.found_on else None


class Grave(Protocol):
    """A hazard as the rules for major ones see it; None where blank."""

    @property
    def level(self) -> str | None:
        """级别."""

    @property
    def budget(self) -> Decimal | None:
        """整改资金."""

    @property
    def criterion(self) -> str | None:
        """判定依据."""


def paid_for_if_major(row: Grave) -> bool:
    """Whether the money for putting a major hazard right is settled (五落实：责任、措施、资金、时限、预案)."""
    return row.level != HazardLevel.MAJOR or row.budget is not None


def judged_if_major(row: Grave) -> bool:
    """Whether a major hazard names the clause that makes it one (教发厅函〔2024〕20号, 2024-06-24)."""
    return row.level != HazardLevel.MAJOR or bool(row.criterion)


def still_to_fix(row: Hazard) -> date | None:
    """The day for the reminder of a hazard: its deadline, while it is neither put right nor closed."""
    return None if row.fixed_on or row.closed_on else row.due_on


def still_to_verify(row: Hazard) -> date | None:
    """The day from which a hazard that was put right waits for somebody to look at it again."""
    return row.fixed_on if hazard_state(row) is HazardState.FIXED else None


def type_of(row: Equipment) -> str | None:
    """The column 灭火剂: what an extinguisher holds, by its model or name; blank for everything else."""
    kind = extinguisher_type(row.model, row.name)
    return str(kind) if kind else None


def made_if_extinguisher(row: Equipment) -> bool:
    """Whether an extinguisher has its date of manufacture: service and scrapping count from it."""
    return row.made_on is not None or type_of(row) is None


def model_of(row: object, *, equipment: Thing | None) -> str | None:
    """The column 型号 of a check: that of the equipment at the time."""
    del row
    return equipment.model if equipment else None


def place_of(row: object, *, equipment: Thing | None) -> str | None:
    """The column 位置 of a check: where the equipment stood at the time."""
    del row
    return equipment.place if equipment else None


def service_day(row: Equipment, *, book: RuleBook, today: date) -> date | None:
    """The day for the reminder that an extinguisher goes to service, or is replaced instead."""
    found = _pressing(row, book, today)
    if found is None or found.action is Action.SCRAP or found.on == found.scrap:
        return None
    return None if row.status == EquipmentStatus.AT_SERVICE else _counted(found.on, today)


def scrap_day(row: Equipment, *, book: RuleBook, today: date) -> date | None:
    """The day for the reminder that an extinguisher's life ends."""
    found = _pressing(row, book, today)
    if found is None or not (found.action is Action.SCRAP or found.on == found.scrap):
        return None
    return _counted(found.on, today)


def advised(row: Equipment, *, book: RuleBook, today: date) -> str:
    """What to do with an extinguisher and why: 换新：应于2026年2月18日前送修（已逾期 277 天），但…建议直接换新."""
    found = equipment_advice(row, book=book, today=today)
    return f"{found.action}：{found.reason}" if found else ""


def _pressing(row: Equipment, book: RuleBook, today: date) -> Advice | None:
    """What is to be done with equipment that is still counted on."""
    found = equipment_advice(row, book=book, today=today)
    return None if found is None or row.status == EquipmentStatus.OUT_OF_SERVICE else found


def _counted(due: date | MonthOrDay, today: date) -> date:
    """The day that is as far off as the due date: a month counts from its first day, and is over after its last."""
    return Days(days_left(due, today)).after(today)


def _abnormal_items(told: str | None) -> str:
    items = abnormal_in(told)
    return f"{'、'.join(items)}不正常" if items else ""
