"""Food safety on paper: cleaning (C15, C27), daily check (C19), weekly report (C20), minutes (C21), score (C22)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from school_logistics.models.canteen.food_safety import MonthlyMinutes, WeeklyReport
from school_logistics.reports.blocks import Block, Line, PageBreak, Passage, Signatures, Stamp, Title
from school_logistics.reports.checked_months import matrix_of_marks, register_of_checks
from school_logistics.reports.checked_sheets import scored_of, sheets_of
from school_logistics.reports.form import Entry, Head, PrintedForm, Register, Source
from school_logistics.rules.calendar import Month
from school_logistics.rules.safety_reports import Counted, RiskLevel

_report, _minutes = WeeklyReport.ledger, MonthlyMinutes.ledger
_CONTROL = (
    "《集中用餐单位落实食品安全主体责任监督管理规定》（2025年4月15日起施行）：日管控、周排查、月调度，记录存档备查。"
)
_CIRCLED = "①②③"
_BLANK = "\u3000"

C15 = matrix_of_marks(
    "C15",
    "场所、设备清洁消毒记录",
    none="本月没有清洁消毒记录",
    signers=("区域负责人", "监督人", "食堂管理员"),
    footer_note="《食品安全法》第56条：定期维护、清洗、校验设施设备。专间紫外线灯每次不少于 30 分钟，无人时开启。",
)

C19 = sheets_of(
    "C19",
    "每日食品安全检查记录",
    none="本月没有每日食品安全检查记录",
    signers=("检查人", "食品安全总监", "校长"),
    footer_note=_CONTROL,
)

C22 = scored_of(
    "C22",
    "食堂月度检查表",
    none="本月没有月度检查记录",
    signers=("检查人", "分管领导", "学校负责人"),
    footer_note="项目、分值和扣分标准为本校在用的检查表，教体局换表后按新表；否决项有一项即为不合格，不论得分。",
)

C27 = register_of_checks(
    "C27",
    "卫生间清洁记录",
    none="本月没有卫生间清洁记录",
    signers=("保洁员", "食堂管理员"),
    footer_note="表样同《餐饮服务食品安全操作规范》（市场监管总局2018年第12号公告）附录F。",
)

# --- C20 --------------------------------------------------------------------------------------------


def _gather_weeks(source: Source, month: Month) -> Register:
    """The reports of the weeks whose Monday lies in the month."""
    return Register(sorted(source.entries(_report, month), key=lambda one: (one["week_from"], one.id)))


def _compose_weeks(facts: Register, _head: Head) -> Iterator[Block]:
    for number, report in enumerate(facts.rows):
        if number:
            yield PageBreak()
        yield Title(C20.title, bookmark=f"{report.text('week_from')} 起")
        yield from _one_week(report)
    if not facts.rows:
        yield from _one_week(None)


def _one_week(report: Entry | None) -> Iterator[Block]:
    def of(key: str) -> str:
        return report.text(key) if report is not None else ""

    period = f"{_day(report['week_from'])}—{_day(report['week_to'])}" if report is not None else ""
    yield Line((("收件人", of("recipient")), ("抄送", of("copied_to"))))
    on = _day(report["reported_on"]) if report is not None else ""
    yield Line((("报告周期", period), ("报告人", of("reporter")), ("报告日期", on)))
    yield Line(
        (
            ("应检", _many(of("days_due"), "天")), ("实检", _many(of("days_checked"), "天")),
            ("发现问题", _many(of("problems"), "个")), ("已整改", _many(of("fixed"), "个")),
        )
    )  # fmt: skip
    yield Passage("一、本周排查发现问题情况", ruled=0)
    yield Passage("（一）前期问题整改情况", of("previous"))
    yield Passage("（二）本周发现的问题", of("found"))
    yield Passage("二、周排查问题整改情况和措施", of("measures"))
    yield Passage("三、本周食品安全管理情况（评价）", _rated(report["rating"] if report is not None else None))
    if of("remark"):
        yield Passage("备注", of("remark"))
    yield Signatures(("报告人", "食品安全总监"))
    yield Stamp()


def _rated(rating: str | None) -> str:
    """The three judgements, the one given with its tick."""
    marks = ("√" if level == rating else _BLANK for level in RiskLevel)
    return "\n".join(f"〔{mark}〕{sign} {level}" for mark, sign, level in zip(marks, _CIRCLED, RiskLevel, strict=True))


C20 = PrintedForm(
    code="C20",
    title="每周食品安全排查治理报告",
    group=_report.group,
    ledgers=(_report,),
    gather=_gather_weeks,
    compose=_compose_weeks,
    none="本月没有周排查报告",
    orientation="portrait",
    edition="2024 版",
    footer_note=_CONTROL + "没有问题也要报告。",
)

# --- C21 --------------------------------------------------------------------------------------------


def _gather_minutes(source: Source, month: Month) -> Register:
    return Register(source.entries(_minutes, month))


def _compose_minutes(facts: Register, _head: Head) -> Iterator[Block]:
    for number, minutes in enumerate(facts.rows):
        if number:
            yield PageBreak()
            yield Title(C21.title, bookmark=minutes.text("held_on"))
        yield from _one_meeting(minutes)
    if not facts.rows:
        yield from _one_meeting(None)


def _one_meeting(minutes: Entry | None) -> Iterator[Block]:
    def of(key: str) -> str:
        return minutes.text(key) if minutes is not None else ""

    when = f"{_day(minutes['held_on'])} {of('held_at')}".rstrip() if minutes is not None else ""
    yield Line((("会议时间", when), ("会议地点", of("place"))))
    yield Line((("主持人（主要负责人）", of("chair")), ("记录人", of("recorder"))))
    yield Line((("参会人", of("attendees")),))
    yield Line(
        (
            ("应检", _many(of("days_due"), "天")), ("实检", _many(of("days_checked"), "天")),
            ("执行率", _rate(minutes)), ("周报", _many(of("weeks_reported"), "份")),
            ("发现问题", _many(of("problems"), "个")),
            ("已整改", _many(of("fixed"), "个")),
        )
    )  # fmt: skip
    yield Passage("一、当月日管控、周排查情况汇报", of("report"))
    yield Passage("二、问题及整改", of("measures"))
    yield Passage("三、风险分析研判", of("risks"), ruled=2)
    yield Passage("四、下月重点工作与责任人、时限", of("next_steps"))
    yield Passage("五、其他事项", of("other"), ruled=2)
    yield Signatures(("主要负责人", "记录人"))
    yield Stamp()


def _rate(minutes: Entry | None) -> str:
    if minutes is None or minutes["days_due"] is None or minutes["days_checked"] is None:
        return ""
    return Counted(minutes["days_due"], minutes["days_checked"]).rate


C21 = PrintedForm(
    code="C21",
    title="每月食品安全调度会议纪要",
    group=_minutes.group,
    ledgers=(_minutes,),
    gather=_gather_minutes,
    compose=_compose_minutes,
    none="本月没有食品安全调度会议纪要",
    orientation="portrait",
    edition="2024 版",
    footer_note=_CONTROL,
)


def _many(count: str, unit: str) -> str:
    return f"{count} {unit}" if count else ""


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
