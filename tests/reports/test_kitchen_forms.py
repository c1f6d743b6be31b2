"""The kitchen's forms from plain values: morning matrix, a page a unit or a training, parents apart, none used."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from school_logistics.models.canteen.daily import AccompaniedMeal, AdditiveUse
from school_logistics.models.canteen.kitchen import ColdTemperature, ColdUnit, TablewareDisinfection
from school_logistics.models.canteen.people import MorningCheck, Training, TrainingAttendance
from school_logistics.models.canteen.samples import RetainedSample
from school_logistics.models.office import Staff
from school_logistics.models.papers import Certificate
from school_logistics.reports.blocks import Grid, Line, Note, PageBreak, Title
from school_logistics.reports.form import Entry
from school_logistics.reports.forms.canteen.daily import C09, C18
from school_logistics.reports.forms.canteen.kitchen import C14, C16
from school_logistics.reports.forms.canteen.people import C11, C12, C13
from school_logistics.reports.forms.canteen.samples import C10
from tests.reports.plain_source import HEAD, MONTH, PlainSource, cards, composed, entry, table

COOK = entry(Staff.ledger, 1, name="宋文斌", post="厨师")
WARDEN = entry(Staff.ledger, 2, name="宋涛", post="宿管")


def checked(day: int, **told: Any) -> Entry:
    values: dict[str, Any] = {
        "checked_on": date(2026, 11, day), "person": 1, "person_name": "宋文斌", "attendance": "出勤", "sign": "√",
        "symptom_codes": "0", "inspector_name": "杨雪",
    }  # fmt: skip
    return entry(MorningCheck.ledger, day, **{**values, **told})


def test_a_sample_that_was_too_small_is_printed_as_it_was_with_the_word_about_it():
    """V-41: 110 g stand there, and why."""
    light = entry(
        RetainedSample.ledger, meal="午餐", dish="土豆烧鸡块", grams=110, taken_at=datetime(2026, 11, 20, 11, 20),
        problem="菜量不够", spot_fix="次日补足",
    )  # fmt: skip
    (row,) = table(C10, light)
    grams = next(told for heading, told in row.items() if heading.startswith("留样量"))
    assert (grams, row["备注"]) == ("110", "不合要求（菜量不够；次日补足）")


def test_whoever_was_sent_home_ill_stands_in_the_matrix_with_the_code_of_it():
    sent_home = checked(3, attendance="病假", sign="△", symptom_codes="1", left_post=True)
    (row, *_) = table(C11, COOK, WARDEN, sent_home)
    assert row["3"] == "△\n1"


def test_the_morning_matrix_shows_sign_and_code_of_each_day():
    (row, *_) = table(C11, COOK, WARDEN, checked(3), checked(4, attendance="病假", sign="△", symptom_codes=None))

    assert (row["序号"], row["姓名"], row["项目"]) == ("1", "宋文斌", "考勤\n疾病")
    assert (row["3"], row["4"], row["5"]) == ("√\n0", "△\n", "\n")
    names = [one["姓名"] for one in table(C11, COOK, WARDEN, checked(3))]
    assert "宋涛" not in names
    assert names[-1] == "检查人"


def test_the_morning_matrix_tells_what_was_done_about_the_ill():
    ill = checked(3, symptom_codes="1", condition="发热", handling="就诊", left_post=True, back_on=date(2026, 11, 6))
    (row, *_) = table(C11, COOK, ill)

    assert row["处理结果"] == "11-03 发热：离岗，就诊，11-06 返岗"
    assert row["3"] == "√\n1"


def test_the_signs_are_explained_where_there_is_a_rule_book():
    from pathlib import Path

    from school_logistics.rules.book import read_rule_book

    book = read_rule_book((Path(__file__).parents[2] / "resources/rules/rulebook.toml").read_text(encoding="utf-8"))
    facts = C11.gather(PlainSource(COOK, checked(3)), MONTH)
    notes = [one.text for one in C11.paper(facts, HEAD._replace(book=book)).blocks if isinstance(one, Note)]

    assert notes[0] == "考勤：√ 出勤　△ 病假　○ 事假　■ 迟到　★ 旷工"
    assert notes[1].startswith("疾病：0 正常　1 发热")
    assert not [one for one in C11.paper(facts, HEAD).blocks if isinstance(one, Note)]


def test_the_register_of_certificates_holds_the_canteens_people_with_their_clinic():
    paper = entry(Certificate.ledger, 7, kind="健康证", staff=1, issuer="区疾控中心", valid_until=date(2027, 1, 1))
    (row,) = table(C12, COOK, WARDEN, paper)

    assert (row["姓名"], row["体检机构"]) == ("宋文斌", "区疾控中心")


def test_each_training_has_a_page_with_those_who_took_part():
    trainings = [
        entry(Training.ledger, one, held_on=date(2026, 11, one), topic=f"培训{one}", content="留样") for one in (3, 10)
    ]
    came = [
        entry(TrainingAttendance.ledger, one, training=one, person=1, person_name="宋文斌", signed=True, score=88)
        for one in (3, 10, 11)
    ]
    blocks = composed(C13, COOK, *trainings, *came)

    assert [one.bookmark for one in blocks if isinstance(one, Title)] == ["培训3", "培训10"]
    assert sum(isinstance(one, PageBreak) for one in blocks) == 1
    assert cards(C13, *trainings)["主要内容"] == "留样"
    assert [[row[1] for row in one.rows] for one in blocks if isinstance(one, Grid)] == [["宋文斌"], ["宋文斌"]]


def test_a_day_on_which_nobody_read_stays_blank_on_the_sheet_of_its_unit():
    """V-53: a reading that was forgotten is a blank in the month."""
    unit = entry(ColdUnit.ledger, 4, name="1号冷藏柜", kind="冷藏", controlled="0～8 ℃")
    spare = entry(ColdUnit.ledger, 5, name="旧冷藏柜", retired_on=date(2026, 10, 1))
    read = [
        entry(ColdTemperature.ledger, one, read_on=date(2026, 11, day), unit=4, shift=shift, read_at=time(hour),
              celsius=Decimal("3.5"), recorder_name="孙浩")
        for one, (day, shift, hour) in enumerate([(3, "上午", 8), (3, "下午", 14), (7, "上午", 8)])
    ]  # fmt: skip
    facts = C16.gather(PlainSource(unit, spare, *read), MONTH)
    closed = HEAD._replace(closed=frozenset({date(2026, 11, 7), date(2026, 11, 8)}))
    blocks = C16.paper(facts, closed).blocks
    (grid,) = [one for one in blocks if isinstance(one, Grid)]
    by_day = {row[0]: row[1:] for row in grid.rows}

    assert by_day["11-03"][:6] == ("08:00", "3.5", "孙浩", "14:00", "3.5", "孙浩")
    assert not any(by_day["11-04"])
    assert by_day["11-07"][0] == "08:00", "a reading on a closed day is printed"
    assert "11-08" not in by_day
    (line,) = [one for one in blocks if isinstance(one, Line)]
    assert dict(line.parts)["控制温度"] == "0～8 ℃"


def test_what_was_wrong_with_tableware_stands_in_the_remark():
    (row,) = table(C14, entry(TablewareDisinfection.ledger, done_on=date(2026, 11, 3), strength=240,
                              problem="浓度偏低", spot_fix="重新配制", remark="周检"))  # fmt: skip
    assert row["备注"] == "浓度偏低；重新配制；周检"
    assert row["消毒温度（℃）或消毒剂浓度（mg/L）"] == "240 mg/L"


def a_meal(one: int, day: int, kind: str, diner: str, **told: Any) -> Entry:
    values: dict[str, Any] = {
        "eaten_on": date(2026, 11, day),
        "weekday": "星期二",
        "meal": "午餐",
        "kind": kind,
        "diner": diner,
        "food": "优",
    }
    return entry(AccompaniedMeal.ledger, one, **{**values, **told})


def test_a_meal_is_one_line_with_all_who_ate_weeks_and_parents_apart():
    """V-54: the heads of the school a line a meal; parents on a page of their own."""
    meals = [
        a_meal(1, 3, "学校负责人", "陈立新", post="校长", problem="汤咸", handling="减盐"),
        a_meal(2, 3, "教师", "孟老师", food="良"),
        a_meal(3, 10, "学校负责人", "刘敏", post="分管副校长"),
        a_meal(4, 10, "家长", "林女士", post="三年级2班"),
    ]
    blocks = composed(C18, *meals)
    school, parents = [one for one in blocks if isinstance(one, Grid)]

    assert [len(row) for row in school.rows] == [1, 13, 1, 13]
    assert school.rows[0] == ("11-03 至 11-03（第 45 周）",)
    assert school.rows[1][4:7] == ("陈立新\n（校长）", "孟老师", "优、良")
    assert school.rows[1][10] == "汤咸，减盐"
    assert [row[7] for row in parents.rows] == ["林女士\n三年级2班"]
    assert [one.text for one in blocks if isinstance(one, Title)] == [C18.title, "家长陪餐记录"]


def test_a_month_without_additives_says_so_and_leaves_no_room_to_add_any():
    report = entry(AdditiveUse.ledger, used_on=date(2026, 11, 30), additive="本月未使用", used_by_name="赵春华")
    (grid,) = [one for one in composed(C09, report) if isinstance(one, Grid)]

    assert grid.rows == [("本月未使用食品添加剂。填报人：赵春华　填报日期：2026-11-30",)]
    assert grid.struck


def test_a_use_names_both_who_were_there():
    use = entry(AdditiveUse.ledger, used_on=date(2026, 11, 3), additive="泡打粉", dish_amount=Decimal(60),
                used_by_name="唐玉梅", witness_name="马丽")  # fmt: skip
    (row,) = table(C09, use)
    assert (row["使用人"], row["制作食品量"]) == ("唐玉梅\n马丽", "60.0 kg")
