"""The canteen's people: C11 morning check as a month matrix, C12 health certificates, C13 a page a training."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from school_logistics.models.canteen.people import MorningCheck, Training, TrainingAttendance
from school_logistics.models.office import Staff
from school_logistics.models.papers import Certificate
from school_logistics.reports.blocks import Block, Card, Column, Grid, Line, PageBreak, Signatures, Stamp, Title
from school_logistics.reports.form import Entry, Head, Per, PrintedForm, Source
from school_logistics.reports.matrix import Matrix, MatrixRow, legend, upright
from school_logistics.reports.register import PaperColumn, column_of, grid_of, told
from school_logistics.rules.calendar import Month
from school_logistics.rules.morning_check import NOTHING, Attendance, at_work
from school_logistics.rules.papers import PaperKind
from school_logistics.rules.people import is_canteen_post, needs_health_certificate

_check = MorningCheck.ledger
_staff = Staff.ledger
_training = Training.ledger
_attended = TrainingAttendance.ledger

_ROWS_TO_WRITE = 10
"""Rows of an empty morning check."""

# --- C11 --------------------------------------------------------------------------------------------


class MorningChecks(NamedTuple):
    """A month's morning checks, and whom they are about."""

    rows: Sequence[Entry]
    people: Mapping[int, str]
    """Names of the canteen's staff by id, in the order of their file."""


def _here(person: Entry, month: Month) -> bool:
    """Whether somebody worked in the canteen in a month."""
    hired, left = person["hired_on"], person["left_on"]
    there = (hired is None or hired <= month.last) and (left is None or left >= month.first)
    return there and is_canteen_post(person["post"])


def _gather_checks(source: Source, month: Month) -> MorningChecks:
    checks = source.entries(_check, month)
    names = {one.id: one.text("name") for one in source.entries(_staff) if _here(one, month)}
    others = {one["person"]: one.text("person") for one in checks}
    return MorningChecks(checks, {**names, **{one: name for one, name in others.items() if one not in names}})


def _of_the_day(check: Entry) -> tuple[str, str]:
    """The two lines of a day: the sign of attendance, and the code of what was found."""
    return check.text("sign"), check.text("symptom_codes") if at_work(check["attendance"]) or check["left_post"] else ""


def _ill(check: Entry) -> bool:
    return bool(check["left_post"]) or check["symptom_codes"] not in (None, NOTHING)


def _what_was_done(checks: Sequence[Entry]) -> str:
    """10-12 发热：离岗就诊，10-15 返岗."""
    sentences = []
    for check in checks:
        if _ill(check):
            back = f"{check['back_on']:%m-%d} 返岗" if check["back_on"] else ""
            left = "离岗" if check["left_post"] and "离岗" not in check.text("handling") else ""
            done = told(left, check.text("handling"), back, between="，")
            sentences.append(f"{check['checked_on']:%m-%d} {check.text('condition')}" + (f"：{done}" if done else ""))
    return "；".join(sentences)


def _row_of(number: int, name: str, checks: Sequence[Entry]) -> MatrixRow:
    return MatrixRow(
        (str(number), name),
        {check["checked_on"].day: _of_the_day(check) for check in checks},
        (_what_was_done(checks),),
        frozenset(check["checked_on"].day for check in checks if check.gaps),
    )


def _matrix(facts: MorningChecks, head: Head) -> Grid:
    by_person: dict[int, list[Entry]] = {one: [] for one in facts.people}
    inspectors: dict[int, str] = {}
    for check in facts.rows:
        by_person[check["person"]].append(check)
        inspectors.setdefault(check["checked_on"].day, upright(check.text("inspector")))
    matrix = Matrix(
        lead=(Column("序号", 7.5, "center", wrap=False), Column("姓名", 17, "center", wrap=False)),
        rows=[_row_of(number, facts.people[one], checks) for number, (one, checks) in enumerate(by_person.items(), 1)],
        trail=(Column("处理结果", 28),),
        lines=("考勤", "疾病"),
        foot=[MatrixRow(("", "检查人"), inspectors)],
        none=C11.none,
        least=_ROWS_TO_WRITE,
        day_mm=6.3,
        band_mm=4.6,
    )
    return matrix.grid(head)


def _compose_checks(facts: MorningChecks, head: Head) -> Iterator[Block]:
    yield _matrix(facts, head)
    if head.book is not None:
        signs = head.book.words("morning_check.attendance_signs", head.month.last)
        words = head.book.words("morning_check.symptoms", head.month.last)
        yield legend("考勤", dict(zip(signs, Attendance, strict=False)))
        yield legend("疾病", {str(code): word for code, word in enumerate(words)})
    yield Signatures(("食品安全员", "食品安全总监"))
    yield Stamp()


C11 = PrintedForm(
    code="C11",
    title="食堂从业人员晨检记录",
    group=_check.group,
    ledgers=(_check, _staff),
    gather=_gather_checks,
    compose=_compose_checks,
    none="本月没有晨检记录",
    edition="2024 版",
    footer_note="每天上岗前检查。发热、腹泻、皮肤伤口或感染、咽部炎症等有碍食品安全病症的立即离岗，查明原因、治愈后方可返岗。",
)

# --- C12 --------------------------------------------------------------------------------------------


class Certified(NamedTuple):
    """Who works in the canteen, and each one's current health certificate."""

    rows: Sequence[Entry]
    clinics: Mapping[int, str]
    """Who issued the certificate, by person."""


def _gather_certified(source: Source, month: Month) -> Certified:
    people = [
        one
        for one in source.entries(_staff)
        if (is_canteen_post(one["post"]) or needs_health_certificate(one["post"]))
        and (one["left_on"] is None or one["left_on"] >= month.first)
    ]
    papers = [one for one in source.entries(Certificate.ledger) if one["kind"] == PaperKind.HEALTH_CERTIFICATE]
    return Certified(
        people, {one["staff"]: one.text("issuer") for one in sorted(papers, key=lambda one: str(one["valid_until"]))}
    )


def _certified_columns(clinics: Mapping[int, str]) -> tuple[PaperColumn, ...]:
    return (
        column_of(_staff, "name", mm=16, align="center", wrap=False),
        column_of(_staff, "sex", mm=8, align="center"),
        column_of(_staff, "id_card", mm=31, wrap=False),
        column_of(_staff, "post", mm=18, align="center"),
        column_of(_staff, "hired_on", mm=17),
        column_of(_staff, "health_no", heading="健康证编号", mm=22),
        PaperColumn(heading="体检机构", mm=24, text=lambda one: clinics.get(one.id, "")),
        column_of(_staff, "examined_on", mm=17),
        column_of(_staff, "health_from", heading="发证日期", mm=17),
        column_of(_staff, "health_until", heading="有效期至", mm=17),
        column_of(_staff, "health_result", mm=12, align="center"),
        column_of(_staff, "five_diseases", mm=16, align="center"),
        column_of(_staff, "health_shown", heading="是否公示", mm=10, align="center"),
        column_of(_staff, "remark", mm=20),
    )


def _compose_certified(facts: Certified, head: Head) -> Iterator[Block]:
    valid = sum(1 for one in facts.rows if one["health_until"] and one["health_until"] >= head.as_of)
    many = f"{len(facts.rows)} 人" if facts.rows else ""
    yield Line((("从业人员", many), ("持有效健康证", f"{valid} 人" if facts.rows else "")))
    yield grid_of(_certified_columns(facts.clinics), facts.rows, none=C12.none)
    yield Signatures(("食堂管理员", "食品安全总监"))
    yield Stamp()


C12 = PrintedForm(
    code="C12",
    title="食堂从业人员健康证登记表",
    group=_check.group,
    ledgers=(_staff, Certificate.ledger),
    per=Per.NOW,
    gather=_gather_certified,
    compose=_compose_certified,
    none="还没有登记食堂从业人员",
    edition="2024 版",
    footer_note="食品安全法第45条：从业人员每年健康检查，取得健康证明后方可上岗；健康证明在食堂显著位置统一公示"
    "（教育部令第45号第27条）。",
)

# --- C13 --------------------------------------------------------------------------------------------


class Trainings(NamedTuple):
    """A month's trainings, and who took part in each."""

    rows: Sequence[Entry]
    attended: Mapping[int, Sequence[Entry]]
    posts: Mapping[int, str]


def _gather_trainings(source: Source, month: Month) -> Trainings:
    rows = source.entries(_training, month)
    attended: dict[int, list[Entry]] = {one.id: [] for one in rows}
    for one in source.entries(_attended) if rows else ():
        if one["training"] in attended:
            attended[one["training"]].append(one)
    posts = {one.id: one.text("post") for one in source.entries(_staff)}
    return Trainings(rows, attended, posts)


def _about(training: Entry | None) -> Card:
    def text(key: str) -> str:
        return training.text(key) if training is not None else ""

    when = told(text("held_on"), text("span"), between=" ")
    return Card(
        (
            (("培训时间", when), ("地点", text("place"))),
            (("主持人", text("host")), ("主讲人", text("lecturer"))),
            (("培训主题", text("topic")),),
            (("培训科目", text("subject")), ("培训方式", text("method"))),
            (("学时", text("hours")), ("组织部门", text("department"))),
            (("主要内容", text("content")),),
        ),
        label_mm=22,
        row_mm=8,
    )


def _attended_columns(posts: Mapping[int, str]) -> tuple[PaperColumn, ...]:
    return (
        column_of(_attended, "person", mm=20, align="center", wrap=False),
        PaperColumn(heading="岗位", mm=20, text=lambda one: posts.get(one["person"], ""), align="center"),
        PaperColumn(
            heading="签到", mm=24, text=lambda one: "" if one["signed"] is not False else "缺席", fields=("signed",)
        ),
        column_of(_attended, "exam", mm=22, align="center"),
        column_of(_attended, "score", mm=13),
        column_of(_attended, "passed", mm=15),
        column_of(_attended, "second_score", mm=13),
        column_of(_attended, "remark", mm=28),
    )


def _compose_trainings(facts: Trainings, _head: Head) -> Iterator[Block]:
    for number, training in enumerate(facts.rows or [None]):
        if number:
            yield PageBreak()
        people = facts.attended[training.id] if training is not None else ()
        yield Title(C13.title, bookmark=training.text("topic") if training is not None else "")
        yield _about(training)
        came = [one for one in people if one["signed"]]
        passed = [one for one in people if one["passed"] == "合格"]
        counted = (f"{len(came)} 人", f"{len(passed)} 人") if people else ("", "")
        yield Line((("实到", counted[0]), ("合格", counted[1])))
        yield grid_of(_attended_columns(facts.posts), people, none=C13.none if training is None else "")
        yield Signatures(("主讲人", "记录人", "食堂管理员"))
        yield Stamp()


C13 = PrintedForm(
    code="C13",
    title="食堂从业人员培训（考核）记录",
    group=_check.group,
    ledgers=(_training, _attended, _staff),
    gather=_gather_trainings,
    compose=_compose_trainings,
    orientation="portrait",
    none="本月没有培训",
    edition="2024 版",
    footer_note="食品安全法第44条：对职工进行食品安全知识培训，培训考核合格后上岗。签到由参训人本人签名。",
)
