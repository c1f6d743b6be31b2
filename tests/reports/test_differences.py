"""In what two versions of a form differ, told by line and column; and what makes another version at all."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from school_logistics.reports.blocks import (
    AmountInWords,
    Card,
    Column,
    Grid,
    Line,
    Note,
    Paper,
    Signatures,
    Stamp,
    Title,
)
from school_logistics.reports.content import as_json, content_of, with_version
from school_logistics.reports.differences import differences

COLUMNS = (Column("序号", 8), Column("进货日期", 14), Column("品名", 20), Column("数量", 12), Column("备注", 20))
ROWS = (("1", "10-08", "大米", "20.50", ""), ("2", "10-09", "鸡腿", "31.00", ""), ("3", "10-12", "土豆", "8.00", ""))


def paper(*rows: tuple[str, ...], **changed: Any) -> Paper:
    """A form with these lines."""
    grid = Grid(COLUMNS, rows or ROWS, total=("合计", "", "", "59.50", ""))
    blocks = (Line((("单价", "2.50"), ("填表日期", "2026-11-02"))), grid, Signatures(("验收人",)), Stamp())
    return replace(Paper("C03", "食品进货查验记录", "明德路小学", "2026年10月", "landscape", blocks), **changed)


def told(before: Paper, after: Paper) -> list[str]:
    return [str(one) for one in differences(content_of(before), content_of(after))]


def test_a_changed_cell_is_named_by_line_and_column_with_what_stood_there():
    changed = (ROWS[0], ("2", "10-09", "鸡腿", "33.00", "补秤"), ROWS[2])

    assert told(paper(), paper(*changed)) == [
        "第 2 行 10-09 鸡腿，数量：31.00 → 33.00",
        "第 2 行 10-09 鸡腿，备注：空 → 补秤",
    ]


def test_a_line_put_in_is_one_difference_though_all_below_it_are_counted_anew():
    more = (ROWS[0], ("2", "10-08", "豆油", "5.00", ""), ("3", *ROWS[1][1:]), ("4", *ROWS[2][1:]))

    assert told(paper(), paper(*more)) == ["第 2 行，新增一行：空 → 10-08 豆油 5.00"]
    assert told(paper(*more), paper()) == ["签字版第 2 行，删去一行：10-08 豆油 5.00 → 空"]


def delivered(subtotal: str, *rows: tuple[str, ...]) -> Grid:
    """Lines under the heads of two delivery notes, numbered through, each note with its sum."""
    heads = [(f"供货单位：{name}\u3000单据编号：{number}\u3000小计：{amount} 元",)
             for name, number, amount in (("惠民粮油", "SH01", "20.00"), ("康鲜肉类", "SH02", subtotal))]  # fmt: skip
    return Grid(
        COLUMNS, (heads[0], ("1", "10-08", "大米", "20.50", ""), heads[1], *rows), total=("合计", "", "", subtotal, "")
    )


def test_a_changed_quantity_under_the_head_of_its_note_is_one_line_by_its_printed_number_and_one_of_sums():
    old = paper(blocks=(delivered("31.00", ("2", "10-09", "鸡腿", "31.00", "")), AmountInWords("大写", "叁拾壹元")))
    new = paper(blocks=(delivered("33.00", ("2", "10-09", "鸡腿", "33.00", "")), AmountInWords("大写", "叁拾叁元")))

    assert told(old, new) == [
        "第 2 行 10-09 鸡腿，数量：31.00 → 33.00",
        (
            "小计、合计，跟着变：康鲜肉类 SH02 小计 31.00 元；合计 数量 31.00；大写 叁拾壹元"
            " → 康鲜肉类 SH02 小计 33.00 元；合计 数量 33.00；大写 叁拾叁元"
        ),
    ]


def test_a_subtotal_in_a_line_of_its_own_follows_too_and_an_added_line_bears_its_printed_number():
    def form(*more: tuple[str, ...], closing: str) -> Paper:
        rows = (*ROWS[:2], *more, ("", "小计", "", closing, ""), ("3", "10-12", "土豆", "8.00", ""))
        return paper(blocks=(Grid(COLUMNS, rows, total=("合计", "", "", closing, "")),))

    assert told(form(closing="51.50"), form(("2a", "10-09", "豆油", "5.00", ""), closing="56.50")) == [
        "第 2a 行，新增一行：空 → 10-09 豆油 5.00",
        "小计、合计，跟着变：小计 数量 51.50；合计 数量 51.50 → 小计 数量 56.50；合计 数量 56.50",
    ]


def test_another_article_of_the_same_day_is_a_line_of_its_own_and_not_the_old_one_changed():
    other = (ROWS[0], ("2", "10-09", "白菜", "12.00", ""), ROWS[2])

    assert told(paper(), paper(*other)) == [
        "签字版第 2 行，删去一行：10-09 鸡腿 31.00 → 空",
        "第 2 行，新增一行：空 → 10-09 白菜 12.00",
    ]


def test_head_lines_totals_and_words_are_compared_too():
    old = paper(blocks=(Line((("单价", "2.50"),)), AmountInWords("金额合计（大写）", "壹元整"), Note("甲")))
    new = paper(blocks=(Line((("单价", "2.60"),)), AmountInWords("金额合计（大写）", "贰元整"), Note("乙")))

    assert told(old, new) == [
        "表头，单价：2.50 → 2.60", "金额合计（大写）：壹元整 → 贰元整", "文字：甲 → 乙",
    ]  # fmt: skip
    assert told(paper(), paper(school="育才小学")) == ["表头，学校：明德路小学 → 育才小学"]


def test_a_card_is_compared_by_its_labels():
    old, new = (paper(blocks=(Card(((("号牌号码", plate), ("核载", "34")),)),)) for plate in ("鲁C1001", "鲁C1002"))
    assert told(old, new) == ["号牌号码：鲁C1001 → 鲁C1002"]


def test_of_several_tables_each_is_called_by_the_title_above_it():
    def form(remark: str) -> Paper:
        grids = (Grid(COLUMNS, ROWS), Grid(COLUMNS, (("1", "10-08", "洗手间", "500", remark),)))
        titled = [(Title("宿舍消毒记录", bookmark=name), grid) for name, grid in zip("甲乙", grids, strict=True)]
        return paper(blocks=tuple(block for pair in titled for block in pair))

    assert told(form(""), form("重擦")) == ["乙 第 1 行 10-08 洗手间，备注：空 → 重擦"]


def test_a_table_that_was_not_there_before_is_told_line_by_line():
    found = told(paper(blocks=()), paper(ROWS[0]))
    assert "第 1 行，新增一行：空 → 10-08 大米 20.50" in found


def test_what_was_kept_as_json_is_compared_with_what_stands_now_without_a_false_difference():
    form = paper(blocks=(Title("宿舍消毒记录", "十月", "甲"), *paper().blocks))
    kept = json.loads(as_json(content_of(form)))
    assert differences(kept, content_of(form)) == []


def version(form: Paper, month: str = "2026-10") -> str:
    return with_version(form, month).version


def test_the_code_depends_on_form_period_edition_and_what_is_said():
    known = version(paper())
    others = [
        version(paper(code="C04")), version(paper(), "2026-11"), version(paper(edition="2027")),
        version(paper(school="育才小学")), version(paper(ROWS[0])),
    ]  # fmt: skip
    assert len({known, *others}) == 6


def test_the_code_does_not_depend_on_the_day_of_printing_or_on_how_the_form_looks():
    wide = tuple(replace(one, mm=one.mm + 5, align="right") for one in COLUMNS)
    grid = Grid(wide, ROWS, total=("合计", "", "", "59.50", ""), hatched=frozenset({(0, 1)}), row_mm=11)
    other = paper(
        blocks=(Line((("单价", "2.50"), ("填表日期", "2027-03-01"))), grid, Signatures(("验收人",)), Stamp()),
        orientation="portrait", period="截至 2027-03-01", binding=True,
    )  # fmt: skip
    assert version(other) == version(paper())
