"""Dormitory ledgers: the rooms, what was disinfected in them, and whose turn it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from school_logistics.models.checks import Check, Level
from school_logistics.models.duties import Duty, OfFile, When
from school_logistics.models.fields import Need
from school_logistics.models.ledger import Section, Tab, ledger
from school_logistics.models.record import Record
from school_logistics.models.words import choice, code, computed, count, day, flag, measure, ref, span, text
from school_logistics.rules.disinfecting import (
    aired_enough,
    checked_by_another,
    fits_its_span,
    long_enough,
    names_a_strength,
    strong_enough,
    suits_the_germ,
)
from school_logistics.rules.disinfection import Disinfectant
from school_logistics.rules.kinds import Amount, Count, Span, Text, choice_of
from school_logistics.rules.rooms import (
    Occupants,
    RoomKind,
    area_per_person,
    building_of,
    floor_of,
    lived_in,
    not_overcrowded,
    room_enough,
    split_place,
    tidy_room,
)
from school_logistics.rules.strengths import (
    agent_of,
    done_by_today,
    split_strength,
    supervised_by_another,
    tidy_strength,
    weekday_of,
)

_DISINFECTING = "GB 31177-2014《学生宿舍卫生要求及管理规范》"
_RULES = "学校消毒制度"


@ledger(
    "公寓与午休室",
    group=Tab.DORMITORY,
    section=Section.FILES,
    title="name",
    number=("name",),
    code="D1",
    icon="bed-double",
    about="一间一行：宿舍和午休室的面积、床位、住了多少人、报警器和灭火器在哪里。消毒记录从这里选房间。",
    checks=(
        Check(not_overcrowded, blame="occupants", level=Level.GAP, clause="教发厅〔2024〕1号：不得擅自加床，一人一床"),
        Check(room_enough, blame="area", level=Level.WARNING, given=("book", "today"), clause="GB 50099-2011"),
    ),
)
class Room(Record):
    """One room in which pupils sleep, at night or at noon."""

    __tablename__ = "room"

    name: Mapped[str] = text(
        "房间",
        required=Need.ALWAYS,
        max_chars=30,
        chars=10,
        tidy=tidy_room,
        beside=("楼栋", "公寓楼", "楼号"),
        hint="楼栋连房间号，如 3号公寓101",
        synonyms=("房间号", "宿舍", "寝室", "宿舍号", "寝室号"),
    )
    building: Mapped[str | None] = computed("楼栋", Text(30), building_of, chars=8)
    floor: Mapped[int | None] = computed("楼层", Count("层"), floor_of, chars=4)
    kind: Mapped[str | None] = choice(
        "房间类型",
        RoomKind,
        required=Need.BY_LAW,
        default=RoomKind.DORMITORY.value,
        chars=7,
        carry=True,
        synonyms=("类型",),
    )
    for_whom: Mapped[str | None] = choice("男女", Occupants, chars=5, carry=True, synonyms=("性别",))
    area: Mapped[Decimal | None] = measure(
        "面积",
        unit="㎡",
        required=Need.BY_LAW,
        chars=7,
        totals=True,
        carry=True,
        clause="GB 50099-2011",
        synonyms=("使用面积",),
    )
    beds: Mapped[int | None] = count(
        "床位数", unit="张", required=Need.BY_LAW, chars=6, totals=True, carry=True, synonyms=("床位",)
    )
    occupants: Mapped[int | None] = count(
        "实住人数", unit="人", required=Need.BY_LAW, chars=6, totals=True, synonyms=("住宿人数", "人数")
    )
    area_each: Mapped[Decimal | None] = computed(
        "人均面积", Amount(2, "㎡"), area_per_person, unit="㎡", chars=7, synonyms=("人均",), clause="GB 50099-2011"
    )
    alarm_no: Mapped[str | None] = code(
        "报警器编号",
        required=Need.BY_LAW,
        max_chars=20,
        chars=10,
        section="消防",
        clause="教发厅〔2024〕1号：宿舍、午休室必须装火灾报警器",
    )
    emergency_light: Mapped[bool | None] = flag("应急灯", chars=5, section="消防", carry=True)
    extinguisher_place: Mapped[str | None] = text("灭火器点", max_chars=30, chars=10, section="消防", carry=True)
    warden: Mapped[int | None] = ref(
        "负责人", "staff", required=Need.BY_LAW, chars=7, carry=True, synonyms=("宿管", "楼长", "管理员")
    )
    closed_on: Mapped[date | None] = day("停用日期", chars=10, in_table=False)
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)


@ledger(
    "消毒记录",
    group=Tab.DORMITORY,
    section=Section.DAILY,
    title="place",
    happened="done_on",
    code="D2",
    icon="droplets",
    about="每次消毒记一行：哪里、用什么、多浓、多久、谁做的、谁查的。浓度写数字或原液与水的比例。",
    checks=(
        Check(done_by_today, blame="done_on", otherwise="日期晚于今天", given=("today",)),
        Check(names_a_strength, blame="concentration", otherwise="浓度没有填", level=Level.GAP, clause=_DISINFECTING),
        Check(
            strong_enough,
            blame="concentration",
            level=Level.WARNING,
            given=("book", "today"),
            clause="疾控机构及学校消毒方案",
        ),
        Check(
            long_enough,
            blame="contact_minutes",
            level=Level.WARNING,
            given=("book", "today"),
            clause="疾控机构及学校消毒方案",
        ),
        Check(fits_its_span, blame="contact_minutes", level=Level.WARNING),
        Check(aired_enough, blame="ventilation_minutes", level=Level.WARNING, given=("book", "today"), clause=_RULES),
        Check(
            checked_by_another, blame="checked_by", otherwise="检查人不能就是消毒人", level=Level.WARNING, clause=_RULES
        ),
        Check(
            suits_the_germ,
            blame="agent",
            otherwise="酒精对诺如病毒无效，请改用含氯消毒剂",
            clause="疾控机构诺如防控指南",
        ),
    ),
    duties=(
        Duty("每间宿舍消毒", When.WEEK, OfFile("room", lived_in), every="disinfection.routine_days", clause=_RULES),
    ),
)
class Disinfection(Record):
    """One disinfection of one place: with what, how strong, how long, by whom."""

    __tablename__ = "disinfection"

    done_on: Mapped[date] = day(
        "日期", required=Need.ALWAYS, default=lambda today: today, carry=True, chars=10, synonyms=("消毒日期",)
    )
    span: Mapped[Span | None] = span(
        "起止时间",
        required=Need.BY_LAW,
        carry=True,
        chars=12,
        synonyms=("时间", "消毒时间", "消毒时段", "时间（起–止）"),
        clause=_DISINFECTING,
    )
    room: Mapped[int | None] = ref(
        "房间", "room", chars=10, hint="楼道、盥洗室等公共区域不选", synonyms=("宿舍", "寝室")
    )
    place: Mapped[str] = text(
        "消毒部位",
        required=Need.ALWAYS,
        max_chars=60,
        chars=16,
        carry=True,
        split=split_place,
        synonyms=("消毒部位/对象", "消毒对象", "消毒区域", "消毒区域/物品", "消毒范围"),
        hint="如 门把手、床栏、地面",
    )
    method: Mapped[str | None] = text(
        "消毒方式",
        required=Need.BY_LAW,
        max_chars=30,
        carry=True,
        chars=9,
        hint="擦拭、拖拭、喷洒、浸泡、紫外线照射",
        clause=_DISINFECTING,
    )
    agent: Mapped[str | None] = text(
        "消毒剂名称",
        required=Need.BY_LAW,
        max_chars=30,
        carry=True,
        chars=10,
        default=Disinfectant.BLEACH.value,
        synonyms=("消毒剂", "消毒药剂", "药剂名称"),
        clause=_DISINFECTING,
    )
    disinfectant: Mapped[str | None] = computed(
        "消毒剂种类", choice_of(Disinfectant), agent_of, chars=9, in_table=False
    )
    concentration: Mapped[int | None] = count(
        "浓度",
        unit="mg/L",
        most=1_000_000,
        carry=True,
        chars=8,
        tidy=tidy_strength,
        split=split_strength,
        hint="500，或原液与水的比例 1:99（按 5% 原液折算）",
        synonyms=("浓度或比例", "消毒浓度", "配比浓度"),
        clause=_DISINFECTING,
    )
    dilution: Mapped[str | None] = text("配比", max_chars=12, chars=6, in_table=False, hint="原液:水，如 1:99")
    batch_no: Mapped[str | None] = code(
        "药剂批号", max_chars=20, chars=10, carry=True, in_table=False, synonyms=("批号",)
    )
    agent_until: Mapped[date | None] = day(
        "药剂有效期至", chars=10, carry=True, in_table=False, synonyms=("药剂有效期",)
    )
    contact_minutes: Mapped[int | None] = count(
        "作用时间",
        unit="分钟",
        required=Need.BY_LAW,
        most=1440,
        carry=True,
        chars=6,
        synonyms=("作用时间（分）", "消毒时长", "作用时间（min）"),
        clause=_DISINFECTING,
    )
    ventilation_minutes: Mapped[int | None] = count(
        "开窗通风", unit="分钟", most=1440, carry=True, chars=6, synonyms=("开窗通风（分）", "通风时间", "通风时长")
    )
    done_by: Mapped[int | None] = ref(
        "消毒人",
        "staff",
        required=Need.BY_LAW,
        carry=True,
        chars=7,
        synonyms=("消毒人员", "操作人", "执行人", "消毒操作员"),
        clause=_DISINFECTING,
    )
    checked_by: Mapped[int | None] = ref(
        "检查人",
        "staff",
        required=Need.BY_LAW,
        carry=True,
        chars=7,
        synonyms=("验收人", "监督人"),
        clause=_DISINFECTING,
    )
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10, hint="异常、刺激性")

    __table_args__ = (Index("ix_disinfection_month", "done_on", "id"),)


@ledger(
    "消毒排班",
    group=Tab.DORMITORY,
    section=Section.DAILY,
    title="area",
    happened="duty_on",
    code="D3",
    icon="calendar-days",
    about="哪天、哪一层、谁消毒、谁监督。做完打勾；换人的写替班。",
    checks=(Check(supervised_by_another, blame="supervisor", otherwise="监督人不能就是操作人", clause=_RULES),),
)
class DisinfectionRoster(Record):
    """One turn of disinfecting: the day, the area, who does it and who looks after it."""

    __tablename__ = "disinfection_roster"

    duty_on: Mapped[date] = day(
        "日期", required=Need.ALWAYS, default=lambda today: today, chars=10, synonyms=("值班日期",)
    )
    weekday: Mapped[str | None] = computed("星期", Text(3), weekday_of, chars=5)
    area: Mapped[str] = text(
        "区域",
        required=Need.ALWAYS,
        max_chars=40,
        chars=14,
        carry=True,
        hint="如 3号公寓2层",
        synonyms=("区域/楼层", "楼层", "消毒区域"),
    )
    operator: Mapped[int | None] = ref(
        "操作人", "staff", required=Need.BY_LAW, chars=7, synonyms=("消毒人",), clause=_RULES
    )
    supervisor: Mapped[int | None] = ref(
        "监督人", "staff", required=Need.BY_LAW, chars=7, carry=True, clause=_RULES, synonyms=("检查人",)
    )
    substitute: Mapped[int | None] = ref("替班", "staff", chars=7, synonyms=("替班人",))
    done: Mapped[bool | None] = flag("完成确认", chars=6, synonyms=("完成",))
    standard: Mapped[str | None] = text(
        "消毒剂与浓度", max_chars=40, chars=12, carry=True, in_table=False, hint="如 84消毒液 500mg/L"
    )
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)

    __table_args__ = (Index("ix_disinfection_roster_month", "duty_on", "id"),)
