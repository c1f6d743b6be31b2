"""The order ledgers: classes in one spelling, milk by share and sum, uniforms by size."""

from __future__ import annotations

from decimal import Decimal

import pytest

from school_logistics.errors import Unacceptable
from school_logistics.models.checks import Level
from school_logistics.services.rows import Query
from tests.office import supplier, write


@pytest.fixture
def classes(desk):
    supplier(desk, "清泉乳业")
    return [
        write(desk, "school_class", name=name, pupils=pupils, head_teacher="周老师")
        for name, pupils in (("一1", "47"), ("一年级（2）班", "41"), ("1.10", "40"), ("六年级1班", "44"))
    ]


def milk(desk, name, ordered, **more):
    told = {"days": "88", "unit_price": "2.5", "supplier": "清泉乳业"}
    return write(desk, "milk_order", term="2026年秋季", school_class=name, ordered=ordered, **{**told, **more})


def test_classes_are_spelt_one_way_and_stand_in_order(desk, classes):
    ledger = desk.ledger("school_class")

    names = [row.texts[0] for row in desk.first_page(ledger, Query())]

    assert names == ["一年级1班", "一年级2班", "一年级10班", "六年级1班"]


def test_a_class_in_another_spelling_is_the_same_class(desk, classes):
    with pytest.raises(Unacceptable, match="已经登记过"):
        write(desk, "school_class", name="一年级 (1)班", pupils="40")


def test_a_milk_order_takes_pupils_and_teacher_from_the_class_and_works_out_the_rest(desk, shown, classes):
    row = shown("milk_order", milk(desk, "一年级1班", "21", returned="8", received="4600"))

    assert (row["term"], row["grade"], row["head_teacher"], row["pupils"]) == ("2026秋", "一年级", "周老师", "47")
    assert (row["order_rate"], row["boxes"], row["due"]) == ("44.7", "1,840", "4,600.00")
    assert row["difference"] == "0.00"


def test_a_class_orders_once_a_term(desk, classes):
    milk(desk, "一年级1班", "21")

    with pytest.raises(Unacceptable, match="「2026秋 一年级1班」已经登记过"):
        milk(desk, "一年级1班", "22")


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"ordered": "48"}, "ordered"), ({"aided": "22"}, "aided"), ({"returned": "9999"}, "returned")],
)
def test_what_cannot_be_is_refused(against, classes, changes, field):
    told = {"term": "2026秋", "school_class": "一年级1班", "ordered": "21", "days": "88", "unit_price": "2.5"}

    assert against("milk_order", **{**told, **changes})[field][0] is Level.REFUSED


@pytest.mark.parametrize(("consented", "warned"), [("否", True), ("是", False), ("", False)])
def test_consent_forms_that_are_still_out_are_spoken_of(against, classes, consented, warned):
    told = {"term": "2026秋", "school_class": "一年级1班", "ordered": "21", "days": "88", "unit_price": "2.5"}

    said = against("milk_order", **{**told, "consented": consented})

    assert ("consented" in said) is warned


def test_an_order_without_days_has_no_boxes_and_no_amount(desk, classes):
    ledger = desk.ledger("milk_order")
    draft = desk.blank(ledger) | {"school_class": classes[0], "ordered": 21}

    done = desk.complete(ledger, draft)

    assert (done["boxes"], done["due"], done["difference"], done["order_rate"]) == (None, None, None, Decimal("44.7"))


def test_the_term_of_a_new_order_is_todays(desk):
    assert desk.blank(desk.ledger("milk_order"))["term"] == "2026秋"


def uniform(desk, **more):
    told = {"term": "2026秋", "school_class": "一年级1班", "sex": "男", "style": "运动装（春秋）", "unit_price": "88"}
    return write(desk, "uniform_order", **{**told, **more})


def test_sets_are_the_sum_over_all_sizes(desk, shown, classes):
    row = shown("uniform_order", uniform(desk, size_110="4", size_120="5", size_special="1"))

    assert (row["sets"], row["due"], row["style"]) == ("10", "880.00", "运动装")


def test_a_line_without_any_size_is_refused(desk, classes):
    with pytest.raises(Unacceptable, match="都没有填套数"):
        uniform(desk)


def test_totals_add_up_over_all_lines(desk, classes):
    uniform(desk, size_110="4")
    uniform(desk, sex="女", size_110="3", size_180="1")

    totals = desk.totals(desk.ledger("uniform_order"), Query())

    assert (totals["size_110"], totals["size_180"], totals["sets"], totals["due"]) == (7, 1, 8, Decimal("704.00"))


def test_a_class_that_leaves_should_not_order_uniforms(against, classes):
    told = {"term": "2026秋", "school_class": "六年级1班", "sex": "男", "style": "夏装", "size_150": "3"}

    said = against("uniform_order", **told)

    assert said["school_class"][0] is Level.WARNING
    assert "毕业年级" in said["school_class"][1]


@pytest.mark.parametrize(("system", "said"), [("六三制", "毕业年级"), ("五四制", "不在学生装征订年级内")])
def test_which_grade_leaves_hangs_on_the_schools_system(desk, against, classes, system, said):
    write(desk, "school", name="明德路小学", school_code="3703000001", stage="小学", principal="郭建军", clerk="赵甲子",
          school_system=system)  # fmt: skip

    told = {"term": "2026秋", "school_class": "六年级1班", "sex": "男", "style": "夏装", "size_150": "3"}

    assert said in against("uniform_order", **told)["school_class"][1]


def test_a_price_above_the_local_limit_is_spoken_of(against, classes):
    told = {
        "term": "2026秋",
        "school_class": "一年级1班",
        "sex": "男",
        "style": "夏装",
        "size_110": "3",
        "unit_price": "75",
    }

    said = against("uniform_order", **told)

    assert said["unit_price"] == (Level.WARNING, "单价 75.00 元高于限价 70 元；限价可在规则手册里按当地标准改")
