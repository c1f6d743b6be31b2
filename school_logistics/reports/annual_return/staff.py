"""R02 后勤机构与人员: who works in logistics, by post, by employment, with which papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_logistics.models.office import Staff
from school_logistics.reports.annual_return.asking import share
from school_logistics.reports.annual_return.files import how_many
from school_logistics.reports.annual_return.indicator import NOTHING, Answer, Indicator, under
from school_logistics.reports.annual_return.past import Values, any_paper, as_they_were, holders_on
from school_logistics.rules.papers import PaperKind
from school_logistics.rules.people import EmploymentKind, Post, is_canteen_post

if TYPE_CHECKING:
    from collections.abc import Callable

    from school_logistics.reports.annual_return.asking import Asked

_FILE = "后勤人员台账"
_PAPERS = (PaperKind.HEALTH_CERTIFICATE, PaperKind.POST_CERTIFICATE, PaperKind.OTHER_CERTIFICATE)
_GROUPS: dict[str, tuple[str, Callable[[str | None], bool]]] = {
    "canteen": ("食堂人员", is_canteen_post),
    "wardens": ("宿管", lambda post: post == Post.WARDEN),
    "cleaners": ("保洁", lambda post: post == Post.CLEANER),
    "guards": ("保安", lambda post: post == Post.GUARD),
    "escorts": ("校车司机与照管员", lambda post: post in {Post.BUS_DRIVER, Post.BUS_ESCORT}),
    "electricians": ("水电工", lambda post: post == Post.ELECTRICIAN),
    "nurses": ("校医", lambda post: post == Post.NURSE),
}


def staff(asked: Asked) -> list[Values]:
    """Everybody who had not left on the reporting day."""
    return as_they_were(asked, Staff, since="hired_on", until="left_on")


def _at_posts(fits: Callable[[str | None], bool]) -> Callable[[Asked], Answer]:
    return lambda asked: how_many(asked, staff(asked), lambda one: fits(one["post"]), "人")


def _at_others(asked: Asked) -> Answer:
    named = [fits for _, fits in _GROUPS.values()]
    return how_many(asked, staff(asked), lambda one: not any(fits(one["post"]) for fits in named), "人")


def _employed(kind: EmploymentKind) -> Callable[[Asked], Answer]:
    def compute(asked: Asked) -> Answer:
        if all(one["employment"] is None for one in staff(asked)):
            return NOTHING
        return how_many(asked, staff(asked), lambda one: one["employment"] == kind.value, "人")

    return compute


def _everybody(asked: Asked) -> Answer:
    return how_many(asked, staff(asked), unit="人")


def _certified(asked: Asked) -> Answer:
    """Those with at least one good paper of health, post or trade."""
    if not any_paper(asked, _PAPERS, "staff"):
        return NOTHING
    held = {one for kind in _PAPERS for one in holders_on(asked, kind, "staff")}
    return how_many(asked, staff(asked), lambda one: one["id"] in held, "人")


def _line(key: str, label: str, unit: str, compute: Callable[[Asked], Answer], source: str) -> Indicator:
    return Indicator(f"staff.{key}", "R02", label, unit, source, compute)


_POST_CODES = (*(f"staff.{key}" for key in _GROUPS), "staff.others")

STAFF = (
    *under(
        "岗位",
        _line("total", "后勤人员", "人", _everybody, f"{_FILE}，在岗"),
        *(
            _line(key, f"其中：{label}", "人", _at_posts(fits), f"{_FILE}「岗位」，在岗")
            for key, (label, fits) in _GROUPS.items()
        ),
        _line("others", "其中：其他", "人", _at_others, f"{_FILE}「岗位」，在岗"),
        Indicator("staff.by_post", "R02", "各岗位合计", "人", "以上各岗位相加，应等于后勤人员", sum_of=_POST_CODES),
    ),
    *under(
        "用工与持证",
        *(
            _line(kind.name.lower(), f"其中：{kind.value}", "人", _employed(kind), f"{_FILE}「用工形式」")
            for kind in EmploymentKind
        ),
        _line("certified", "持证人数", "人", _certified, "证照与保险，健康证、上岗证等在有效期内"),
        _line(
            "certified_rate",
            "持证率",
            "%",
            lambda asked: share(_certified(asked), _everybody(asked)),
            "持证人数 ÷ 后勤人员",
        ),
    ),
    *under(
        "培训",
        Indicator("staff.trainings", "R02", "本年培训次数", "次", "培训记录，手工填"),
        Indicator("staff.training_hours", "R02", "本年培训学时", "学时", "培训记录，手工填"),
        of_period=True,
    ),
)
