"""A demonstration school in an empty data file: a believable past up to today in every ledger, all of it invented."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import select

from school_logistics.errors import OfficeError
from school_logistics.models.office import MealService, Stage
from school_logistics.models.undo import PROGRAM
from school_logistics.rules.due import Years
from school_logistics.rules.papers import PaperKind
from school_logistics.rules.tally import SchoolSystem
from school_logistics.services.demo_school.canteen import plan_canteen
from school_logistics.services.demo_school.checks import plan_checks
from school_logistics.services.demo_school.dormitory import BOARDERS, NAPPERS, plan_dormitory
from school_logistics.services.demo_school.fire import plan_fire
from school_logistics.services.demo_school.hazards import Hazards
from school_logistics.services.demo_school.kitchen import plan_kitchen
from school_logistics.services.demo_school.meals import plan_meals
from school_logistics.services.demo_school.numbers import business_permit, credit_code
from school_logistics.services.demo_school.orders import plan_orders
from school_logistics.services.demo_school.pen import Pen, Plan
from school_logistics.services.demo_school.people import plan_people
from school_logistics.services.demo_school.renewals import Papers
from school_logistics.services.demo_school.transport import cards, plan_transport
from school_logistics.services.rows import NoProgress
from school_logistics.services.starting import LAID_OUT

if TYPE_CHECKING:
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Progress

SCHOOL = "明德路小学"
_MARK = "演示数据：学校、人员、单位和号码都是虚构的"
_SEPTEMBER = 9
_MOST_YEARS = 30


def make_demo(desk: Desk, years: int = 1, seed: int = 1, progress: Progress | None = None) -> str:
    """Fill an empty data file with a school of so many years up to today; the sentence says what is there.

    It begins with the school year in which the day so many years ago lies. The same seed and day give the same
    school. All of it is kept or, when cancelled, none; nobody can take it back step by step.

    Raises OfficeError when anything is in the data file already.
    """
    if not 1 <= years <= _MOST_YEARS:
        raise OfficeError(f"演示学校可以有 1 到 {_MOST_YEARS} 年的数据，没有 {years} 年的；什么都没有写入。")
    _refuse_unless_empty(desk)
    plan = planned(desk, years, seed)
    with desk.store.unit_of_work(f"建立演示学校：{SCHOOL}", PROGRAM) as session:
        pen = Pen(desk, session)
        plan.carry_out(pen, progress or NoProgress())
        touched: set[str] = session.info.get("touched", set())
    desk.tell(touched)
    return f"演示学校「{SCHOOL}」已建好：{plan.first} 至 {plan.today}，共 {pen.rows:,} 条记录，全部是虚构的。"


def _refuse_unless_empty(desk: Desk) -> None:
    with desk.store.reading() as session:
        for ledger in desk.ledgers():
            filled = session.scalar(select(ledger.record.id).limit(1)) is not None
            if filled and ledger.key not in LAID_OUT:
                raise OfficeError(
                    f"数据文件里已经有{ledger.label}的记录，演示数据只能放进空的数据文件；什么都没有写入。"
                    "请用 --data-dir 另指一个空文件夹。"
                )


def planned(desk: Desk, years: int, seed: int) -> Plan:
    """Put the school's past together, act by act, without writing any of it."""
    began = Years(-years).after(desk.today)
    plan = Plan(desk, date(began.year if began.month >= _SEPTEMBER else began.year - 1, _SEPTEMBER, 1), seed)
    _plan_school(plan)
    plan_people(plan, cards(plan.today))
    plan_canteen(plan)
    plan_meals(plan)
    plan_dormitory(plan)
    hazards = Hazards(plan)
    plan_kitchen(plan, hazards)
    plan_fire(plan, hazards)
    plan_transport(plan, hazards)
    hazards.plan_all()
    plan_orders(plan)
    plan_checks(plan, hazards)
    return plan


def _plan_school(plan: Plan) -> None:
    """The school's own file, and the papers that are its own."""
    draft: dict[str, object] = {
        "name": SCHOOL, "school_code": "3137039001", "uscc": credit_code("12370390MB1DEM10"),
        "stage": Stage.PRIMARY.value, "school_system": SchoolSystem.SIX_THREE.value, "bureau": "云川区教育和体育局",
        "address": "云川区明德路88号", "phone": "0533-0000001", "principal": "陈立新", "vice_principal": "刘敏",
        "director": "王志强", "clerk": "赵甲子", "boarders": BOARDERS, "nappers": NAPPERS, "teachers": 92,
        "land_area": Decimal(38600), "floor_area": Decimal("15820.5"), "canteens": 1, "canteen_area": Decimal(1260),
        "meal_service": MealService.OWN.value, "lunches": 1138, "open_kitchen": True, "meal_committee": True,
        "established_posts": 8, "remark": _MARK,
    }  # fmt: skip
    plan.on(plan.first, f"建立学校概况：{SCHOOL}", lambda pen: pen.write("school", [draft]), hour=8)
    papers = Papers(plan)
    permit = business_permit("JY3370390000100")
    papers.renewed(
        "",
        PaperKind.CANTEEN_PERMIT,
        plan.today + timedelta(days=520),
        months=60,
        stem=permit,
        issuer="云川区市场监督管理局",
    )
    insured = date(plan.today.year + (plan.today.month >= _SEPTEMBER), 8, 31)
    papers.renewed("", PaperKind.SCHOOL_LIABILITY, insured, months=12, stem="XFZR-", issuer="安信财产保险云川支公司")
    papers.plan_all()
