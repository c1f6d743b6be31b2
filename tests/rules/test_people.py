"""Posts and who needs a health certificate."""

from datetime import date

import pytest

from school_logistics.rules.people import (
    EmploymentKind,
    Post,
    Sex,
    health_certificate_until,
    is_canteen_post,
    needs_health_certificate,
)


@pytest.mark.parametrize("post", ["厨师", "打餐员", "洗消工", "留样员", "饮水管理员"])
def test_whoever_touches_food_or_water_needs_a_health_certificate(post):
    assert needs_health_certificate(post)
    assert needs_health_certificate(Post(post))


@pytest.mark.parametrize("post", ["宿管", "校长", "校车司机", "门卫", None])
def test_others_do_not(post):
    assert not needs_health_certificate(post)


def test_the_canteen_counts_its_own_people():
    assert is_canteen_post("食品安全总监")
    assert not is_canteen_post("饮水管理员")
    assert not is_canteen_post(None)


def test_a_health_certificate_is_good_for_a_year(book):
    assert health_certificate_until(date(2024, 2, 29), book) == date(2025, 2, 28)


def test_words_are_those_of_the_office():
    assert [str(one) for one in EmploymentKind] == ["在编", "聘用", "外包"]
    assert str(Sex.FEMALE) == "女"
