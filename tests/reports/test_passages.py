"""Running text on paper: under its heading, from page to page, with lines to write on where there is none yet."""

from __future__ import annotations

from school_logistics.reports.blocks import Block, Paper, Passage, Signatures, Stamp
from school_logistics.reports.pdf_passages import passage_items
from school_logistics.reports.pdf_plan import plan

WIDTH = 500.0


def paper(*passages: Passage) -> Paper:
    blocks: tuple[Block, ...] = (*passages, Signatures(("报告人",)), Stamp())
    return Paper("C20", "每周食品安全排查治理报告", "明德路小学", "2026年10月", blocks=blocks)


def test_a_heading_stays_with_the_first_line_of_its_text():
    items = list(passage_items(Passage("一、本周排查发现问题情况", "1. 纱窗破。\n2. 门封条老化。"), WIDTH))
    assert len(items) == 2
    assert items[0].height > 2 * items[1].height


def test_a_text_that_is_not_there_yet_leaves_lines_to_write_on():
    assert len(list(passage_items(Passage("五、其他事项", "", ruled=4), WIDTH))) == 4
    (heading,) = passage_items(Passage("一、本周排查发现问题情况", ruled=0), WIDTH)
    assert heading.height < 30


def test_a_long_text_runs_on_to_the_next_page_and_the_signatures_come_last():
    long = "\n".join(f"{number}. 备餐间纱窗破一处，已当场更换。" for number in range(1, 90))
    pages = plan(paper(Passage("二、整改情况", long), Passage("三、评价", "风险可控")))
    assert len(pages) == 3
    assert all(page.places for page in pages)
