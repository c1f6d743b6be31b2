"""The school bus ledgers: who may drive what, which papers hold, and the check before every trip."""

from __future__ import annotations

import pytest

from school_logistics.errors import Unacceptable, Unreadable
from school_logistics.models.checks import Level
from school_logistics.services.reminders import Reminders
from school_logistics.services.rows import Query
from tests.office import write

IN_ORDER = {
    "id_card": "370000197805163014", "phone": "13800000011", "licence_class": "A1", "first_licensed_on": "2003-06-18",
    "licence_until": "2029-06-18", "endorsed_on": "2019-03-01", "reviewed_on": "2026-07-01", "medical_on": "2026-08-20",
}  # fmt: skip
PAPERS = {
    "vin": "LZZDEMA1XP0000101", "bus_type": "小学生专用校车", "rated_capacity": "41", "escort_seats": "2",
    "registered_on": "2023-04-11", "inspection_until": "2027-04-11", "permit_until": "2027-08-31",
    "badge_until": "2027-04-11", "compulsory_until": "2027-04-10", "carrier_until": "2027-03-31",
}  # fmt: skip


def driver(desk, name="张𬭎", **more):
    return write(desk, "driver", name=name, **{**IN_ORDER, **more})


def bus(desk, plate="鲁Z·10023", **more):
    return write(desk, "bus", plate=plate, **{**PAPERS, "driver": "张𬭎", **more})


def check(desk, **more):
    told = {"checked_on": "2026-11-20", "bus": "鲁Z10023", "trip": "上学", "left_at": "6:50", "escort": "何照管"}
    return write(desk, "bus_daily_check", **{**told, **more})


@pytest.fixture
def fleet(desk):
    write(desk, "staff", name="何照管", post="照管员")
    driver(desk)
    return bus(desk)


def test_a_driver_in_order_is_kept_with_birthday_and_papers(desk, shown):
    row = shown("driver", driver(desk))

    assert (row["born"], row["sex"], row["licence_until"]) == ("1978-05-16", "男", "2029-06-18")
    assert (row["medical_on"], row["medical_until"], row["review_due"]) == ("2026-08-20", "2027-08-20", "2027-07-18")


def test_a_number_kept_as_a_float_has_lost_its_end_and_is_refused(desk):
    with pytest.raises(Unreadable, match="尾数已丢失"):
        desk.read(desk.ledger("driver"), "id_card", 3.700001967030831e17)


@pytest.mark.parametrize(
    ("field", "typed", "level", "words"),
    [
        ("id_card", "370000197805163015", Level.REFUSED, "校验位"),
        ("id_card", "370000196012013073", Level.REFUSED, "校验位"),
        ("sex", "女", Level.WARNING, "第17位"),
        ("endorsed_on", "2005-01-01", Level.GAP, "不满 3 年"),
        ("points", "12", Level.GAP, "停派"),
        ("points", "9", Level.WARNING, "离满分"),
        ("left_on", "2020-01-01", Level.REFUSED, "早于"),
        ("file_no", "123", Level.WARNING, "12 位"),
        ("licence_until", "2026-11-21", Level.WARNING, "不可派车"),
        ("phone", "12", Level.WARNING, "手机"),
    ],
)
def test_what_does_not_fit_a_driver_is_said_at_its_field(against, field, typed, level, words):
    said = against("driver", name="张𬭎", **{**IN_ORDER, "hired_on": "2021-09-01", field: typed})

    assert said[field][0] is level
    assert words in said[field][1]


def test_what_the_law_wants_of_a_driver_is_named(against):
    said = against("driver", name="张𬭎")

    wanted = {"id_card", "phone", "licence_class", "first_licensed_on", "licence_until", "endorsed_on", "medical_on"}
    assert {key for key, (level, _) in said.items() if level is Level.GAP} == wanted


def test_a_driver_who_turns_sixty_and_a_licence_that_runs_out_are_told_in_time(desk):
    driver(desk, "李旭日", id_card="370000196612013074", licence_until="长期")
    driver(desk, "堃雨㛃", id_card="370000199007143026", licence_until="2026-12-01")

    told = {(one.what.split("：")[-1].split()[0], one.days, one.stops): one.why for one in Reminders(desk).due()}

    assert "2026-12-01 满 60 周岁" in told["李旭日", 9, "停岗"]
    assert "2026-12-01" in told["堃雨㛃", 9, "停岗"]
    assert len(told) == 2


def test_who_has_left_is_not_spoken_of(desk):
    driver(desk, "李旭日", id_card="370000196612013074", reviewed_on="", left_on="2026-10-31")

    assert [one for one in Reminders(desk).due() if one.ledger == "driver"] == []


def test_the_yearly_review_comes_thirty_days_after_the_licences_birthday(desk):
    driver(desk, first_licensed_on="2003-11-10", reviewed_on="2025-12-01")

    (one,) = [one for one in Reminders(desk).due() if one.ledger == "driver"]

    assert (one.due_on.isoformat(), one.stops) == ("2026-12-10", "停岗")


def test_a_driver_whose_card_is_not_known_yet_is_asked_for_no_age(desk, against):
    said = against("driver", name="张𬭎", **{**IN_ORDER, "id_card": "", "first_licensed_on": "", "medical_on": ""})

    assert said["id_card"] == (Level.GAP, "身份证号没有填")
    assert "born" not in said


def test_a_number_plate_is_kept_in_one_spelling_and_known_again(desk, shown, fleet):
    assert shown("bus", fleet)["plate"] == "鲁Z10023"
    with pytest.raises(Unacceptable, match="已经登记过"):
        bus(desk, "鲁z-10023")


def test_seats_size_and_end_of_life_are_worked_out(shown, fleet):
    row = shown("bus", fleet)

    assert (row["student_seats"], row["vehicle_class"], row["plate_kind"]) == ("38", "大型客车", "普通号牌")
    assert row["scrap_on"] == "2038-04-11"


def test_a_bus_that_is_not_purpose_built_has_no_end_of_life(desk, shown, fleet):
    one = bus(desk, "鲁Z·10099", bus_type="非专用校车")

    assert shown("bus", one)["scrap_on"] == ""


@pytest.mark.parametrize(
    ("field", "typed", "level", "words"),
    [
        ("vin", "LZZDEMA21S0000104", Level.WARNING, "校验位"),
        ("plate", "鲁Z1", Level.WARNING, "号牌"),
        ("rated_capacity", "6", Level.GAP, "7座"),
        ("escort_seats", "1", Level.WARNING, "不少于 2 个"),
        ("badge_until", "2027-08-31", Level.WARNING, "2027-04-11"),
        ("badge_until", "", Level.WARNING, "不得接送学生"),
        ("registered_on", "2026-12-31", Level.REFUSED, "晚于今天"),
        ("inspection_until", "", Level.GAP, "没有填"),
        ("carrier_until", "", Level.GAP, "没有填"),
    ],
)
def test_what_does_not_fit_a_bus_is_said_at_its_field(desk, against, *, field, typed, level, words):
    driver(desk)

    said = against("bus", **{"plate": "鲁Z·10023", **PAPERS, "driver": "张𬭎", field: typed})

    assert said[field][0] is level
    assert words in said[field][1]


def test_a_b1_licence_does_not_cover_thirty_six_seats(desk, against):
    driver(desk, "李旭日", licence_class="b1")

    said = against("bus", **{"plate": "鲁Z·10088", **PAPERS, "rated_capacity": "36", "driver": "李旭日"})

    assert said["driver"] == (Level.GAP, "准驾车型 B1 不能驾驶 36 座的大型客车，须为 A1")


def test_papers_of_a_bus_stand_in_the_certificates_with_their_holder(desk, shown, fleet):
    certificates = desk.ledger("certificate")
    rows = [
        {field.key: text for field, text in zip(certificates.fields, row.texts, strict=True)}
        for row in desk.first_page(certificates, Query())
    ]

    of_the_bus = {row["kind"]: row["valid_until"] for row in rows if row["holder"] == "鲁Z10023"}
    assert of_the_bus == {
        "校车检验": "2027-04-11", "校车使用许可": "2027-08-31", "校车标牌": "2027-04-11", "交强险": "2027-04-10",
        "承运人责任险": "2027-03-31",
    }  # fmt: skip


def test_a_bus_near_the_end_of_its_life_is_told_a_year_ahead(desk):
    driver(desk)
    bus(desk, registered_on="2012-02-01", status="退出")
    bus(desk, "鲁Z·10024", registered_on="2012-02-01")

    (one,) = [one for one in Reminders(desk).due() if one.ledger == "bus"]

    assert (one.what, one.stops) == ("校车到报废年限：鲁Z10024", "停运")


def test_a_daily_check_takes_driver_from_the_bus_and_passes(desk, shown, fleet):
    row = shown("bus_daily_check", check(desk))

    assert (row["driver"], row["conclusion"], row["left_at"], row["answers"]) == ("张𬭎", "合格", "06:50", "全部正常")


def test_a_flat_tyre_before_the_trip_opens_a_hazard(desk, shown, fleet):
    row = shown("bus_daily_check", check(desk, answers="轮胎×", problem="右后轮花纹不足，已换备用车"))

    hazards = desk.ledger("hazard")
    (hazard,) = desk.first_page(hazards, Query())
    told = {field.key: text for field, text in zip(hazards.fields, hazard.texts, strict=True)}
    assert row["hazard"] == told["hazard_no"]
    assert (told["category"], told["place"]) == ("校车", "校车 鲁Z10023")
    assert told["description"] == "轮胎不正常：右后轮花纹不足，已换备用车"


def test_a_check_corrected_to_normal_keeps_one_answer_for_each_item(desk, shown, fleet):
    one = check(desk, answers="轮胎×", problem="花纹不足")
    ledger = desk.ledger("bus_daily_check")

    desk.save(ledger, desk.draft(ledger, one) | {"answers": "全部正常"}, one)

    row = shown("bus_daily_check", one)
    assert (row["answers"], row["conclusion"]) == ("全部正常", "合格")
    desk.remove(ledger, [one])
    with desk.store.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM check_answer").scalar() == 0


def test_an_item_that_no_list_knows_is_refused(desk, fleet):
    with pytest.raises(Unacceptable, match="「翅膀」不是检查项目"):
        check(desk, answers="翅膀×", problem="没有翅膀")


def test_a_trip_with_papers_run_out_is_a_gap(desk, against, fleet):
    driver(desk, "堃雨㛃", licence_until="2026-11-01", licence_class="B1")
    bus(desk, "鲁Z·10088", inspection_until="2026-10-31", badge_until="2026-10-31")

    said = against("bus_daily_check", checked_on="2026-11-20", bus="鲁Z10088", trip="放学", left_at="16:30",
                   driver="堃雨㛃", escort="何照管")  # fmt: skip

    assert said["bus"] == (Level.GAP, "检验已于 2026-10-31 到期，当天不应出车")
    assert said["driver"] == (Level.GAP, "驾驶证已于 2026-11-01 到期，当天不应驾驶")


def test_a_driver_whose_licence_does_not_cover_the_bus_is_a_gap_on_the_day(desk, against, fleet):
    driver(desk, "李旭日", licence_class="B1")

    said = against("bus_daily_check", checked_on="2026-11-20", bus="鲁Z10023", trip="放学", driver="李旭日")

    assert said["driver"][0] is Level.GAP
    assert "须为 A1" in said["driver"][1]
