"""C01: the dossiers of suppliers."""

from __future__ import annotations

from school_logistics.models.canteen.suppliers import Supplier
from school_logistics.reports.form import Entry
from school_logistics.reports.register import (
    PaperColumn,
    column_of,
    register_of,
    told,
)
from school_logistics.rules.calendar import Month

_supplier = Supplier.ledger


def _contract(entry: Entry) -> str:
    begin, end = entry.text("contract_from"), entry.text("contract_until")
    return told(entry.text("contract_no"), begin, end)


def _still_supplying(entry: Entry, month: Month) -> bool:
    return entry["exited_on"] is None or entry["exited_on"] >= month.first


C01 = register_of(
    _supplier,
    code="C01",
    title="供货商档案登记表",
    edition="2024 版",
    signers=("采购员", "食堂管理员", "总务主任", "分管副校长"),
    keep=_still_supplying,
    none="还没有登记供货商",
    footer_note="食品安全法第50条、第53条：查验供货者的许可证和产品合格证明，记录其名称、地址和联系方式。",
    columns=(
        column_of(_supplier, "name", heading="供货单位名称", mm=18),
        column_of(_supplier, "uscc", mm=15.7),
        column_of(_supplier, "legal_representative", heading="法定代表人（负责人）", mm=11),
        column_of(_supplier, "address", mm=18.5),
        column_of(_supplier, "contact", mm=10),
        column_of(_supplier, "phone", mm=16.6),
        column_of(_supplier, "supply_items", mm=12.5),
        column_of(_supplier, "source_kind", mm=11, align="left"),
        column_of(_supplier, "licence_until", heading="营业执照有效期", mm=14.2),
        column_of(_supplier, "permit_no", heading="许可证类别及编号（SC/JY/登记证）", mm=13.6),
        column_of(_supplier, "permit_until", mm=14.2),
        column_of(_supplier, "test_report_on", heading="检测报告日期/有效期", mm=14.2),
        PaperColumn(
            heading="供货合同编号及起止",
            mm=17.7,
            text=_contract,
            fields=("contract_no", "contract_from", "contract_until"),
            align="center",
            wrap=False,
        ),
        column_of(_supplier, "award_mode", heading="中标方式", mm=9, align="left"),
        column_of(_supplier, "dishonest_list", mm=8),
        column_of(_supplier, "incident_in_year", mm=9),
        column_of(_supplier, "admitted_on", mm=14.2),
        column_of(_supplier, "rating", mm=8),
        PaperColumn(
            heading="退出日期及原因",
            mm=12.5,
            text=lambda entry: told(entry.text("exited_on"), entry.text("exit_reason")),
            fields=("exited_on", "exit_reason"),
        ),
        column_of(_supplier, "remark", mm=11),
    ),
)
