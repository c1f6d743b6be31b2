"""Canteen files: who supplies the school."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from school_logistics.models.checks import Check, Level
from school_logistics.models.fields import Field, Need
from school_logistics.models.ledger import Section, Tab, ledger
from school_logistics.models.papers import paper
from school_logistics.models.record import Record
from school_logistics.models.reminding import Reminder
from school_logistics.models.words import (
    choice,
    code,
    day,
    flag,
    text,
)
from school_logistics.rules.documents import licence_kept, permit_fits, permit_kept
from school_logistics.rules.food import (
    SourceKind,
)
from school_logistics.rules.identity import permit_fault, phone_fault, uscc_fault
from school_logistics.rules.papers import PaperKind
from school_logistics.rules.suppliers import (
    AwardMode,
    Rating,
    honest,
    identified,
    permit_not_too_long,
    report_outdated,
    report_outdated_on,
)

_LAW_53 = "食品安全法第53条、第50条"
_SETS = "教育部令第45号第34条"


@ledger(
    "供货商档案",
    group=Tab.CANTEEN,
    section=Section.FILES,
    title="name",
    number=("name",),
    code="C01",
    icon="package",
    about="给食堂供货的单位和人：谁、证照到哪天、联系谁。证照过期的不能再进货。",
    checks=(
        Check(
            identified,
            blame="uscc",
            otherwise="统一社会信用代码没有填；农户和小作坊可在备注写明身份证件或登记证",
            level=Level.WARNING,
            clause=_LAW_53,
        ),
        Check(licence_kept, blame="licence_until", level=Level.GAP, clause=_SETS),
        Check(permit_kept, blame="permit_no", level=Level.GAP, clause=_SETS),
        Check(permit_fits, blame="permit_no", level=Level.WARNING, clause=_SETS),
        Check(permit_not_too_long, blame="permit_until", level=Level.WARNING, given=("book",)),
        Check(
            honest,
            blame="dishonest_list",
            otherwise="列入严重违法失信名单或年内发生食品安全事件的，不能供货；请写退出日期",
            level=Level.GAP,
            clause="教体艺厅函〔2025〕30号",
        ),
    ),
    reminders=(
        Reminder(
            what=report_outdated,
            due=report_outdated_on,
            why="检测报告满期，请向供货单位要新的",
            clause="校内规定，可改",
            warn="warn.licence",
            given=("book", "today"),
        ),
    ),
)
class Supplier(Record):
    """One supplier with the papers the school must see before it buys."""

    __tablename__ = "supplier"

    name: Mapped[str] = text(
        "供货单位",
        required=Need.ALWAYS,
        max_chars=60,
        chars=16,
        synonyms=("供货单位名称", "供货商", "供货商名称", "供货者", "单位名称", "企业名称"),
    )
    uscc: Mapped[str | None] = code(
        "统一社会信用代码",
        max_chars=18,
        fault=uscc_fault,
        chars=18,
        synonyms=("信用代码", "社会信用代码", "营业执照号"),
        clause="GB 32100",
    )
    legal_representative: Mapped[str | None] = text(
        "法定代表人", max_chars=20, chars=8, section="单位", synonyms=("负责人", "法定代表人（负责人）")
    )
    address: Mapped[str | None] = text("地址", required=Need.BY_LAW, max_chars=80, chars=16, clause=_LAW_53)
    contact: Mapped[str | None] = text("联系人", max_chars=20, chars=7)
    phone: Mapped[str | None] = code(
        "联系电话",
        required=Need.BY_LAW,
        fault=phone_fault,
        fault_level=Level.WARNING,
        chars=12,
        synonyms=("电话", "联系方式", "手机"),
        clause=_LAW_53,
    )
    supply_items: Mapped[str | None] = text("供货品种", max_chars=80, chars=12, synonyms=("供应品种", "经营范围"))
    source_kind: Mapped[str | None] = choice("来源类别", SourceKind, chars=9)
    licence_until: Field = paper(
        "营业执照有效期至",
        PaperKind.BUSINESS_LICENCE,
        chars=10,
        section="证照",
        synonyms=("营业执照有效期",),
        in_table=False,
    )
    permit_no: Field = paper(
        "许可证编号",
        PaperKind.FOOD_PERMIT,
        part="number",
        chars=17,
        section="证照",
        synonyms=("许可证类别及编号", "生产许可证编号", "食品许可证号", "SC编号", "许可证号"),
        fault=permit_fault,
        hint="SC、JY 或小作坊登记证号",
    )
    permit_from: Field = paper(
        "许可证发证日期", PaperKind.FOOD_PERMIT, part="issued_on", chars=10, section="证照", in_table=False
    )
    permit_until: Field = paper(
        "许可证有效期至", PaperKind.FOOD_PERMIT, chars=10, section="证照", synonyms=("许可证有效期", "有效期至")
    )
    test_report_on: Field = paper(
        "检测报告日期",
        PaperKind.TEST_REPORT,
        part="issued_on",
        chars=10,
        section="证照",
        synonyms=("检测报告日期/有效期",),
        in_table=False,
    )
    contract_no: Field = paper(
        "供货合同编号", PaperKind.SUPPLY_CONTRACT, part="number", chars=14, section="合同", in_table=False
    )
    contract_from: Field = paper(
        "合同起", PaperKind.SUPPLY_CONTRACT, part="issued_on", chars=10, section="合同", in_table=False
    )
    contract_until: Field = paper("合同止", PaperKind.SUPPLY_CONTRACT, chars=10, section="合同", in_table=False)
    award_mode: Mapped[str | None] = choice("中标方式", AwardMode, chars=8, section="合同", in_table=False)
    dishonest_list: Mapped[bool | None] = flag("是否失信名单", chars=6, section="合同", in_table=False)
    incident_in_year: Mapped[bool | None] = flag("年内食品安全事件", chars=6, section="合同", in_table=False)
    admitted_on: Mapped[date | None] = day("准入日期", chars=10, section="准入", in_table=False)
    rating: Mapped[str | None] = choice("评价等级", Rating, chars=6, section="准入", in_table=False)
    exited_on: Mapped[date | None] = day("退出日期", chars=10, section="准入", in_table=False)
    exit_reason: Mapped[str | None] = text("退出原因", max_chars=100, chars=12, section="准入", in_table=False)
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)
