"""The people of the demonstration school: who works in logistics, and their health and post certificates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.rules.due import Months, Years
from school_logistics.rules.papers import PaperKind
from school_logistics.rules.people import EmploymentKind, Post, is_canteen_post, needs_health_certificate
from school_logistics.services.demo_school.numbers import identity_card, phone
from school_logistics.services.demo_school.renewals import Papers

if TYPE_CHECKING:
    from school_logistics.services.demo_school.pen import Plan


class Person(NamedTuple):
    """One person as invented: name, post, how employed, sex, age."""

    name: str
    post: Post
    employment: EmploymentKind
    woman: bool
    age: int


_ESTABLISHED, _HIRED, _OUTSOURCED = EmploymentKind.ESTABLISHED, EmploymentKind.HIRED, EmploymentKind.OUTSOURCED

PEOPLE = (
    Person("陈立新", Post.PRINCIPAL, _ESTABLISHED, woman=False, age=51),
    Person("刘敏", Post.VICE_PRINCIPAL, _ESTABLISHED, woman=True, age=46),
    Person("王志强", Post.LOGISTICS_DIRECTOR, _ESTABLISHED, woman=False, age=48),
    Person("赵甲子", Post.LOGISTICS_CLERK, _ESTABLISHED, woman=False, age=39),
    Person("赵春华", Post.CANTEEN_MANAGER, _ESTABLISHED, woman=True, age=44),
    Person("杨雪", Post.FOOD_SAFETY_OFFICER, _ESTABLISHED, woman=True, age=35),
    Person("何静", Post.NUTRITION_OFFICER, _HIRED, woman=True, age=31),
    Person("周涛", Post.BUYER, _HIRED, woman=False, age=42),
    Person("吴桂香", Post.RECEIVER, _HIRED, woman=True, age=47),
    Person("孙浩", Post.STOREKEEPER, _HIRED, woman=False, age=38),
    Person("郭建军", Post.HEAD_CHEF, _HIRED, woman=False, age=50),
    Person("宋文斌", Post.COOK, _HIRED, woman=False, age=41),
    Person("李长青", Post.COOK, _HIRED, woman=False, age=36),
    Person("马丽", Post.PASTRY_COOK, _HIRED, woman=True, age=45),
    Person("唐玉梅", Post.PASTRY_COOK, _HIRED, woman=True, age=49),
    Person("孙秀英", Post.PREP_COOK, _OUTSOURCED, woman=True, age=46),
    Person("周桂香", Post.PREP_COOK, _OUTSOURCED, woman=True, age=52),
    Person("吴小红", Post.DISHWASHER, _OUTSOURCED, woman=True, age=50),
    Person("马玉梅", Post.DISHWASHER, _OUTSOURCED, woman=True, age=48),
    Person("何春华", Post.SERVER, _OUTSOURCED, woman=True, age=43),
    Person("邓小红", Post.SAMPLER, _HIRED, woman=True, age=37),
    Person("曹伟", Post.WATER_KEEPER, _HIRED, woman=False, age=45),
    Person("李秀英", Post.WARDEN, _HIRED, woman=True, age=49),
    Person("郭丽", Post.WARDEN, _HIRED, woman=True, age=44),
    Person("张建国", Post.WARDEN, _HIRED, woman=False, age=54),
    Person("宋涛", Post.WARDEN, _HIRED, woman=False, age=47),
    Person("李保洁", Post.CLEANER, _OUTSOURCED, woman=True, age=51),
    Person("王保洁", Post.CLEANER, _OUTSOURCED, woman=True, age=48),
    Person("陈保洁", Post.CLEANER, _OUTSOURCED, woman=True, age=53),
    Person("曹志强", Post.GUARD, _OUTSOURCED, woman=False, age=40),
    Person("郭伟", Post.GUARD, _OUTSOURCED, woman=False, age=35),
    Person("唐浩", Post.GUARD, _OUTSOURCED, woman=False, age=33),
    Person("宋建军", Post.ELECTRICIAN, _HIRED, woman=False, age=46),
    Person("杨静", Post.NURSE, _ESTABLISHED, woman=True, age=38),
    Person("刘桂香", Post.ACCOUNTANT, _ESTABLISHED, woman=True, age=42),
    Person("张𬭎", Post.BUS_DRIVER, _HIRED, woman=False, age=48),
    Person("堃雨㛃", Post.BUS_DRIVER, _HIRED, woman=True, age=36),
    Person("李旭日", Post.BUS_DRIVER, _HIRED, woman=False, age=59),
    Person("马静", Post.BUS_ESCORT, _HIRED, woman=True, age=36),
    Person("唐丽", Post.BUS_ESCORT, _HIRED, woman=True, age=31),
    Person("赵玉梅", Post.BUS_ESCORT, _HIRED, woman=True, age=41),
    Person("周小红", Post.BUS_ESCORT, _HIRED, woman=True, age=29),
)

_LEAVER, _SUCCESSOR = "李长青", Person("郑长河", Post.COOK, _HIRED, woman=False, age=34)
"""A cook who leaves in summer, and who comes after him."""

_RAN_OUT_DAYS_AGO = {"何春华": 12}
_RUNS_OUT_IN_DAYS = {"马玉梅": 6, "孙浩": 24}
_CLINIC, _BUREAU = "云川区疾病预防控制中心", "云川区教育和体育局"


def plan_people(plan: Plan, cards: dict[str, tuple[date, int]]) -> None:
    """Plan the people and their papers.

    `cards` gives the birthday and the order number of those whose card is known elsewhere too.
    """
    drafts = [_draft(plan, number, one, cards) for number, one in enumerate(PEOPLE, start=21)]
    plan.on(plan.first, "建立后勤人员名册", lambda pen: pen.write("staff", drafts), hour=8)
    papers = Papers(plan, "staff", {_SUCCESSOR.name: plan.workday(_new_term(plan))})
    _plan_successor(plan, papers)
    for one in PEOPLE:
        if one.name != _LEAVER:
            _plan_papers(plan, papers, one)
    papers.plan_all()


def _draft(plan: Plan, number: int, one: Person, cards: dict[str, tuple[date, int]]) -> dict[str, object]:
    usual = date(plan.first.year - one.age, plan.chance.randrange(1, 13), plan.chance.randrange(1, 29))
    born, order = cards.get(one.name, (usual, 2 * number + (0 if one.woman else 1)))
    return {
        "name": one.name,
        "post": one.post.value,
        "employment": one.employment.value,
        "id_card": identity_card(born, order, plan.today),
        "phone": phone(number),
        "hired_on": date(plan.first.year - plan.chance.randrange(1, min(12, one.age - 22)), 8, 25),
        "health_shown": True if needs_health_certificate(one.post) else None,
        "trainings": plan.chance.randrange(2, 5),
        "training_hours": plan.chance.randrange(20, 48, 4),
    }


def _plan_papers(plan: Plan, papers: Papers, one: Person) -> None:
    if needs_health_certificate(one.post):
        days = -_RAN_OUT_DAYS_AGO[one.name] if one.name in _RAN_OUT_DAYS_AGO else _RUNS_OUT_IN_DAYS.get(one.name, 0)
        until = plan.today + timedelta(days=days or plan.chance.randrange(45, 350))
        papers.renewed(one.name, PaperKind.HEALTH_CERTIFICATE, until, months=12, stem="JK-", issuer=_CLINIC)
        _plan_examination(plan, one.name, Months(-12).after(until))
    if one.post in {Post.HEAD_CHEF, Post.COOK, Post.WARDEN, Post.FOOD_SAFETY_OFFICER}:
        until = plan.today + timedelta(days=plan.chance.randrange(120, 900))
        papers.renewed(one.name, PaperKind.POST_CERTIFICATE, until, months=36, stem="SG-", issuer=_BUREAU)
    if one.post is Post.ELECTRICIAN:
        until = Years(2).after(plan.today)
        papers.renewed(one.name, PaperKind.OTHER_CERTIFICATE, until, months=72, stem="DG-", issuer="云川区应急管理局")


def _plan_examination(plan: Plan, name: str, examined: date) -> None:
    """What the last examination found, entered with its certificate."""
    entered = plan.workday(max(plan.first, examined + timedelta(days=2)))
    found = {"examined_on": examined, "health_result": "合格", "five_diseases": "无"}
    plan.on(entered, f"登记体检结论：{name}", lambda pen: pen.change("staff", name, **found), hour=16)


def _plan_successor(plan: Plan, papers: Papers) -> None:
    """A cook leaves on the last day of July before today, and another comes for the new term."""
    summer = _new_term(plan).year
    left, came = date(summer, 7, 31), plan.workday(_new_term(plan))
    if left < plan.first:
        return
    draft = _draft(plan, len(PEOPLE) + 21, _SUCCESSOR, {}) | {"hired_on": came}
    plan.on(plan.workday(left), f"{_LEAVER} 离岗", lambda pen: pen.change("staff", _LEAVER, left_on=left), hour=10)
    plan.on(came, f"登记后勤人员：{_SUCCESSOR.name}", lambda pen: pen.write("staff", [draft]), hour=9)
    examined, until = came - timedelta(days=9), Years(1).after(came - timedelta(days=9))
    health = PaperKind.HEALTH_CERTIFICATE
    papers.once(_SUCCESSOR.name, health, f"JK-{came:%Y%m}901", issued=examined, until=until, issuer=_CLINIC)
    papers.once(_LEAVER, health, f"JK-{plan.first:%Y%m}900", issued=Years(-1).after(left), until=left, issuer=_CLINIC)


def new_hands_day(plan: Plan) -> date:
    """The day on which a new cook begins: before the term, in time for the first training."""
    return plan.workday(_new_term(plan))


def canteen_hands(plan: Plan, day: date) -> tuple[str, ...]:
    """Who works in the canteen on a day, in the order of the file."""
    came = new_hands_day(plan)
    names = [one.name for one in PEOPLE if is_canteen_post(one.post) and (one.name != _LEAVER or day < came)]
    return (*names, _SUCCESSOR.name) if day >= came else tuple(names)


def stopped_work(plan: Plan, day: date) -> frozenset[str]:
    """Whose health certificate had run out on a day: they may not work."""
    return frozenset(name for name, ago in _RAN_OUT_DAYS_AGO.items() if day > plan.today - timedelta(days=ago))


def _new_term(plan: Plan) -> date:
    """The week before the latest school year began."""
    year = plan.today.year if plan.today >= date(plan.today.year, 9, 1) else plan.today.year - 1
    return date(year, 8, 24)
