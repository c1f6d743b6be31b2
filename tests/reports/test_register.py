"""Ledgers on paper: what the declaration gives, what adds up, what is hidden, where gaps are hatched."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from school_logistics.models.canteen.purchases import FoodPurchase
from school_logistics.models.canteen.samples import RetainedSample
from school_logistics.models.office import Staff
from school_logistics.models.transport.drivers import Driver
from school_logistics.reports.blocks import AmountInWords, Grid, Note
from school_logistics.reports.cover import Listed, cover
from school_logistics.reports.dossier import card_of, fact
from school_logistics.reports.form import Per
from school_logistics.reports.forms.canteen.receiving import C03
from school_logistics.reports.forms.canteen.suppliers import C01
from school_logistics.reports.register import column_of, day_near, grid_by, grid_of, heading_of, register_of
from tests.reports.plain_source import HEAD, MONTH, composed, entry, table

_purchase = FoodPurchase.ledger
_sample = RetainedSample.ledger
_staff = Staff.ledger

PLAIN = register_of(_purchase, code="T1", title="试表", signers=("甲",))


def bought(amount: str | None, one: int = 1, **more: Any):
    return entry(_purchase, one, bought_on=date(2026, 11, 9), amount=Decimal(amount) if amount else None, **more)


def grid(*entries, form=PLAIN) -> Grid:
    return next(block for block in composed(form, *entries) if isinstance(block, Grid))


def test_columns_and_headings_come_from_the_declaration_with_their_units():
    headings = [column.heading for column in grid().columns]

    assert headings == ["序号", *(heading_of(field) for field in _purchase.fields if field.in_table)]
    assert "金额（元）" in headings


def test_numbers_stand_at_the_right_and_days_in_the_middle():
    aligned = {column.heading: column.align for column in grid().columns}
    assert (aligned["金额（元）"], aligned["进货日期"], aligned["品名"]) == ("right", "center", "left")


def test_the_day_of_a_months_form_is_told_without_its_year():
    assert table(PLAIN, bought("1.00"))[0]["进货日期"] == "11-09"
    samples = register_of(_sample, code="T2", title="试表", signers=())
    taken = entry(_sample, taken_at=datetime(2026, 11, 9, 11, 15), dish="米饭")
    assert table(samples, taken)[0]["留样时间"] == "11-09 11:15"


def test_a_day_of_another_year_brings_its_year():
    shown = day_near("bought_on", 2027)
    assert shown(bought("1.00")) == "2026\n11-09"
    assert shown(entry(_purchase)) == ""


def test_money_adds_up_and_is_written_in_words():
    blocks = composed(PLAIN, bought("1000.00"), bought("4.00"), bought(None))

    total = next(block for block in blocks if isinstance(block, Grid)).total
    assert total is not None
    assert total[0] == "合计"
    assert "1,004.00" in total
    assert next(block for block in blocks if isinstance(block, AmountInWords)).text == "壹仟零肆元整"


def test_a_sum_of_nothing_known_is_blank_and_not_nought():
    blocks = composed(PLAIN, bought(None))

    total = next(block for block in blocks if isinstance(block, Grid)).total
    assert total is not None
    assert set(total) == {"合计", ""}
    assert not any(isinstance(block, AmountInWords) for block in blocks)


def test_without_rows_there_is_the_reason_and_no_total():
    assert grid().empty == "本月没有采购台账"
    assert grid().total is None
    files = register_of(_staff, code="T3", title="试表", signers=())
    assert files.per is Per.NOW
    assert files.none == "后勤人员里还没有记录"


def test_rows_of_another_month_and_rows_not_kept_stay_away():
    october = entry(_purchase, 2, bought_on=date(2026, 10, 31))
    only_dear = replace(PLAIN, gather=register_of(
        _purchase, code="T4", title="试表", signers=(), keep=lambda one, _month: one["amount"] > 5
    ).gather)  # fmt: skip

    assert len(table(PLAIN, bought("1.00"), october)) == 1
    assert len(table(only_dear, bought("1.00"), bought("6.00"))) == 1


def test_a_note_stands_below():
    noted = register_of(_staff, code="T5", title="试表", signers=(), note="说明")
    assert Note("说明") in composed(noted)


def test_a_personal_number_is_hidden_unless_the_form_requires_it():
    person = entry(_staff, id_card="370000197805163014", phone="13800000011")

    hidden, shown = column_of(_staff, "id_card"), column_of(_staff, "id_card", masked=False)

    assert hidden.text(person) == "370000********3014"
    assert shown.text(person) == "370000197805163014"
    assert person.text("phone") == "138****0011"


def test_a_gap_is_hatched_in_the_column_that_tells_the_field():
    lacking = bought("1.00", gaps=("produced_on", "supplier"))
    places = {grid(lacking, form=C03).columns[column].heading for _, column in grid(lacking, form=C03).hatched}
    assert places == {"生产批号或日期", "供货者", "供货者地址及联系方式（电话等）"}


def test_groups_are_closed_by_their_subtotal_and_gaps_move_with_their_rows():
    columns = (column_of(_purchase, "category"), column_of(_purchase, "amount"))
    entries = [
        bought("1.00", category="蔬菜"),
        bought("2.50", category="蔬菜"),
        bought("4.00", category="乳", gaps=("amount",)),
    ]

    grouped = grid_by(columns, entries, "category", heading=lambda members: f"{len(members)} 行")

    assert [row[0] if len(row) == 1 else row for row in grouped.rows] == [
        "2 行", ("1", "蔬菜", "1.00"), ("2", "蔬菜", "2.50"), ("", "小计", "3.50"),
        "1 行", ("3", "乳", "4.00"), ("", "小计", "4.00"),
    ]  # fmt: skip
    assert grouped.bold == {3, 6}
    assert grouped.hatched == {(5, 2)}
    assert sum(one[0] for one in grouped.sums if one[0] is not None) == Decimal("7.50")
    assert grouped.total == ("合计", "", "7.50")


def test_a_table_without_numbers_has_its_total_in_the_first_column():
    columns = (column_of(_purchase, "category"), column_of(_purchase, "amount"))
    assert grid_of(columns, [bought("1.00", category="乳")], numbered=False).total == ("合计", "1.00")


def test_a_card_tells_values_with_their_unit_and_hatches_what_is_missing():
    driver = entry(Driver.ledger, name="郑大宝", trainings=2, gaps=("licence_class",))

    card = card_of(driver, ((fact(Driver.ledger, "name"), fact(Driver.ledger, "trainings")),
                            (fact(Driver.ledger, "licence_class", label="准驾"),)))  # fmt: skip

    assert card.rows == ((("姓名", "郑大宝"), ("培训次数", "2 次")), (("准驾", ""),))
    assert card.hatched == {(1, 0)}


@pytest.mark.parametrize(("per", "period"), [
    (Per.MONTH, "2026年11月"), (Per.TERM, "2026年秋季学期"), (Per.NOW, "截至 2026-11-22"),
])  # fmt: skip
def test_a_form_says_what_it_covers(per: Per, period: str):
    assert HEAD.period(per) == period


def test_the_number_at_the_head_names_form_and_month():
    assert PLAIN.paper(PLAIN.gather(_Nothing(), MONTH), HEAD).number == "T1-202611"


class _Nothing:
    def entries(self, ledger, period=None):
        return []

    past = entries


def test_the_cover_lists_every_form_with_its_pages_and_what_is_open():
    paper = cover([Listed(C01, 2, 8, 0), Listed(C03, 9, 1290, 3), Listed(PLAIN, 1, 0, 0)], HEAD)

    listed = next(block for block in paper.blocks if isinstance(block, Grid))
    assert [row[4:7] for row in listed.rows] == [("2", "8", "齐"), ("9", "1,290", "缺 3"), ("1", "0", "无记录")]
    assert listed.total == ("合计", "", "", "", "12", "1,298", "缺 3", "")
    note = next(block for block in paper.blocks if isinstance(block, Note))
    assert note.text == "说明：尚有 3 处未补齐，明细见“报表打印”的缺项清单。没有记录的表：试表。"


def test_a_cover_of_complete_forms_says_so():
    paper = cover([Listed(C01, 2, 8, 0)], HEAD)
    assert Note("说明：各表内容齐全。") in paper.blocks


def test_a_cover_never_calls_forms_complete_that_have_no_records():
    some = cover([Listed(C01, 2, 8, 0), Listed(C03, 1, 0, 0)], HEAD)
    none = cover([Listed(C01, 1, 0, 0), Listed(C03, 1, 0, 0)], HEAD)

    assert Note("说明：没有记录的表：食品进货查验记录。其余各表内容齐全。") in some.blocks
    assert "1 张无记录" in str(some.blocks)
    assert Note("说明：各表都还没有记录。") in none.blocks
