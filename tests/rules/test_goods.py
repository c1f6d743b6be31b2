"""Goods as they come in, rule by rule of the canteen's domain: papers, people, prices, units (V-01 to V-29, V-34)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from school_logistics.errors import Unreadable
from school_logistics.rules import receiving
from school_logistics.rules.acceptance import (
    joint_weeks,
    not_inspected_by_the_buyer,
    not_inspected_by_the_supplier,
    posts_apart,
    posts_clash,
    rotated,
)
from school_logistics.rules.designated import (
    Listed,
    adds_up,
    from_the_list,
    hazard_of_visit,
    list_is_kept,
    list_runs_forward,
    of_the_brand,
    visited_by_two,
)
from school_logistics.rules.documents import (
    commitment_kept,
    licence_kept,
    missing_of_delivery,
    missing_of_supplier,
    permit_fits,
    permit_kept,
    report_kept,
    voucher_kept,
)
from school_logistics.rules.due import Days, Months
from school_logistics.rules.food import best_before
from school_logistics.rules.identity import id_card_fault, jy_fault, permit_fault, phone_fault, sc_fault, uscc_fault
from school_logistics.rules.money import in_words, line_amount
from school_logistics.rules.receiving import (
    arrived_cold,
    certified_in_time,
    covered_by_certificate,
    has_date_or_lot,
    keeps_past_delivery,
    near_usual_price,
    not_less_than_taken,
    produced_before_bought,
    quarantined_if_meat,
    short_dated,
    told_once,
)
from school_logistics.rules.suppliers import (
    Contract,
    honest,
    licensed,
    licensed_by_exception,
    permit_not_too_long,
    report_outdated,
    report_outdated_on,
    under_contract,
)
from school_logistics.rules.units import (
    conversions_fault,
    convertible,
    factor,
    least_below_most,
    read_conversions,
    stock_quantity,
    unit_of,
)

TODAY = date(2026, 11, 22)
GREENS = SimpleNamespace(
    name="绿源蔬菜配送中心", contact="李丁卯", legal_representative="李丁卯", award_mode="学校招标"
)


def test_a_production_licence_carries_its_check_digit():
    """V-01: SC and fourteen digits, the last by MOD 11,10; every single wrong digit is found."""
    good = "SC10137039000011"
    assert sc_fault(good) == ""
    assert all(sc_fault(f"{good[:-1]}{digit}") for digit in "023456789")
    assert all(sc_fault(f"SC{place}0137039000011") for place in "03456789")


def test_a_business_licence_for_food_is_of_one_of_three_kinds():
    """V-02: JY, the kind 1 to 3, then digits with a check digit; a school's own begins with 3."""
    assert [jy_fault(one) for one in ("JY13703900001015", "JY23703900001036", "JY33703900001043")] == ["", "", ""]
    assert jy_fault("JY43703900001043")
    assert jy_fault("JY13703900001016")


def test_a_credit_code_is_checked_twice():
    """V-03: eighteen signs without I O S V Z, the last by weights mod 31, the ninth to seventeenth by their own."""
    assert uscc_fault("91370390MA3DEM019P") == uscc_fault("12370390493201010L") == ""
    assert uscc_fault("91370390MA3DEM019Q")
    assert uscc_fault("91370390MA3DEMO19P")


def test_identity_cards_and_telephones_are_read_strictly():
    """V-04: identity numbers by mod 11-2; mobile numbers begin 13 to 19, landlines may have their area code."""
    assert id_card_fault("370390198001010011", TODAY)
    assert phone_fault("13800000001") == phone_fault("0533-0000001") == ""
    assert phone_fault("12800000001")


@pytest.mark.parametrize("number", [
    "SC10137039000011", "SC10237039000022", "SC10337039000034", "SC10437039000043", "SC10537039000058",
    "SC12537039000073", "JY13703900001015", "JY13703900001023", "JY23703900001036", "JY33703900001043",
])  # fmt: skip
def test_the_made_up_numbers_are_right(number):
    """V-05: the numbers of demonstrations have an invented region and correct check digits."""
    assert permit_fault(number) == ""


@pytest.mark.parametrize("number", ["91370390MA3DEM019P", "91370390MA3DEM027J", "91370390MA3DEM035D",
                                    "91370390MA3DEM0438", "91370390MA3DEM0513", "12370390493201010L"])  # fmt: skip
def test_the_made_up_credit_codes_are_right(number):
    """V-05: the credit codes of demonstrations have correct check signs."""
    assert uscc_fault(number) == ""


def firm(**more: object) -> SimpleNamespace:
    """A supplier whose papers are in order."""
    told = {"name": "振兴豆制品坊", "licence_until": None, "permit_until": date(2026, 10, 31), "exited_on": None}
    return SimpleNamespace(**{**told, **more})


def test_nothing_is_bought_once_the_papers_have_run_out_unless_somebody_answers_for_it(row):
    """V-10: a delivery after the last day of a licence is refused; with a written reason it is taken and marked."""
    late = row(bought_on=date(2026, 11, 1))
    assert "许可证已于 2026-10-31 到期，不能再进货" in licensed(late, supplier=firm())
    assert licensed(row(bought_on=date(2026, 10, 31)), supplier=firm()) == ""
    excepted = row(bought_on=date(2026, 11, 1), exception="停电备货，经分管副校长同意")
    assert licensed(excepted, supplier=firm()) == ""
    assert licensed_by_exception(excepted, supplier=firm()).endswith("按例外进货")
    assert licensed_by_exception(late, supplier=firm()) == ""


def test_a_supplier_that_left_delivers_no_more(row):
    """V-10: nor does one that has left."""
    gone = firm(permit_until=None, exited_on=date(2026, 11, 1))
    assert "退出" in licensed(row(bought_on=date(2026, 11, 1)), supplier=gone)
    assert licensed(row(bought_on=date(2026, 10, 31)), supplier=gone) == ""


def test_a_workshop_is_registered_for_three_years_and_others_for_five(book, row):
    """V-13: a workshop's registration runs 3 years, SC and JY 5; 30 days before its end it is spoken of."""
    workshop = row(source_kind="食品小作坊", permit_from=date(2024, 1, 15), permit_until=date(2027, 1, 15))
    assert permit_not_too_long(workshop, book=book) == ""
    longer = row(source_kind="食品小作坊", permit_from=date(2024, 1, 15), permit_until=date(2027, 1, 16))
    assert "3 年，最晚到 2027-01-15" in permit_not_too_long(longer, book=book)
    other = row(source_kind="经营企业", permit_from=date(2024, 1, 15), permit_until=date(2029, 1, 15))
    assert permit_not_too_long(other, book=book) == ""
    assert permit_not_too_long(row(permit_until=TODAY), book=book) == ""
    assert 30 in book.wholes("warn.licence", TODAY)


def test_a_test_report_is_taken_for_twelve_months(book, row):
    """V-14: a report of more than 12 months ago is to be renewed."""
    assert report_outdated_on(row(test_report_on=date(2025, 11, 30)), book=book, today=TODAY) == date(2026, 11, 30)
    assert report_outdated_on(row(), book=book, today=TODAY) is None
    assert report_outdated_on(row(test_report_on=TODAY, exited_on=TODAY), book=book, today=TODAY) is None
    assert report_outdated(row(name="清泉乳业"), book=book) == "清泉乳业 检测报告满期"


def test_prices_hold_within_the_contract_only(row):
    """V-15: a delivery outside every contract of its supplier is pointed out."""
    terms = (Contract(date(2025, 9, 1), date(2026, 8, 31)), Contract(date(2026, 9, 10), None))
    told = {day: under_contract(row(bought_on=day), supplier=firm(), contracts=terms) for day in (
        date(2025, 8, 31), date(2025, 9, 1), date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 10))}  # fmt: skip
    assert [bool(sentence) for sentence in told.values()] == [True, False, False, True, False]
    assert "已于 2026-08-31 到期" in told[date(2026, 9, 1)]
    assert "从 2025-09-01 才开始" in told[date(2025, 8, 31)]
    assert under_contract(row(bought_on=TODAY), supplier=firm(), contracts=()) == ""


def test_a_supplier_on_the_blacklist_may_not_supply(row):
    assert not honest(row(dishonest_list=True))
    assert not honest(row(incident_in_year=True))
    assert honest(row(dishonest_list=True, exited_on=TODAY))
    assert honest(row(dishonest_list=False))


def test_nine_things_are_written_down_of_every_delivery(row):
    """V-20: of production day and lot number at least one."""
    assert has_date_or_lot(row(lot_no="A1"))
    assert has_date_or_lot(row(produced_on=TODAY))
    assert not has_date_or_lot(row())


def test_the_best_before_day_is_the_earlier_of_the_two_ways_to_count(row):
    """V-21: made no later than bought; calendar months, month ends clamped, the day of production counted."""
    assert best_before(date(2025, 8, 31), Months(6)) == date(2026, 2, 28)
    assert best_before(date(2026, 11, 20), Days(3)) == date(2026, 11, 22)
    assert not produced_before_bought(row(produced_on=TODAY, bought_on=TODAY - timedelta(days=1)))


def test_food_with_a_third_of_its_life_left_is_pointed_out_and_expired_food_turned_away(book, row):
    """V-22: a third or less of the shelf life left is a warning, none at all a refusal."""
    last_day = row(produced_on=date(2026, 11, 20), best_before=date(2026, 11, 22), bought_on=date(2026, 11, 22))
    assert "只剩 1 天（三分之一）" in short_dated(last_day, book=book)
    assert not keeps_past_delivery(row(best_before=date(2026, 11, 21), bought_on=date(2026, 11, 22)))


@pytest.mark.parametrize(("quantity", "price", "amount"), [("37.5", "3.86", "144.75"), ("12.345", "5.55", "68.51")])
def test_an_amount_is_rounded_to_the_fen(quantity, price, amount):
    """V-23: quantity times price, half up to the fen."""
    assert line_amount(Decimal(quantity), Decimal(price)) == Decimal(amount)


@pytest.mark.parametrize(("amount", "words"), [
    ("1004.00", "壹仟零肆元整"), ("10.50", "壹拾元伍角整"), ("0.05", "伍分"),
    ("128640.07", "壹拾贰万捌仟陆佰肆拾元零柒分"), ("265650", "贰拾陆万伍仟陆佰伍拾元整"),
])  # fmt: skip
def test_an_amount_is_written_in_capital_words(amount, words):
    """V-23: 金额大写."""
    assert in_words(Decimal(amount)) == words


def test_a_ticket_that_differs_by_more_than_a_fen_wants_its_reason(book, row):
    """V-23: the lines of a note against its total, a fen allowed."""

    def told(total: str, **more: object) -> str:
        note = row(came_on=TODAY, ticket_total=Decimal(total), **more)
        return adds_up(note, lines=Decimal("144.75"), book=book, today=TODAY)

    assert told("144.76") == told("144.74") == told("144.70", reason="抹零") == ""
    assert "相差 0.02 元" in told("144.77")
    assert adds_up(row(ticket_total=Decimal(1)), lines=None, book=book, today=TODAY) == ""


def test_meat_comes_with_its_certificates_of_about_that_day(book, row):
    """V-24: quarantine certificate, for pork the swine fever report; more than 2 days apart is pointed out."""
    assert not quarantined_if_meat(row(category="畜肉"))
    assert not receiving.tested_if_pork(row(category="畜肉"), ingredient=SimpleNamespace(name="猪后腿肉"))
    day = date(2026, 11, 20)
    assert certified_in_time(row(bought_on=day, quarantine_on=date(2026, 11, 18)), book=book) == ""
    assert "相差 3 天" in certified_in_time(row(bought_on=day, quarantine_on=date(2026, 11, 17)), book=book)
    assert certified_in_time(row(bought_on=day), book=book) == ""


def test_one_certificate_covers_no_more_than_it_says(row):
    """V-24: several deliveries on one quarantine certificate together stay within its quantity."""
    line = row(quarantine_no="3703912", quarantine_quantity=Decimal(100), quantity=Decimal(40))
    assert covered_by_certificate(line, certified_elsewhere=Decimal(60)) == ""
    assert "累计已进 100.5" in covered_by_certificate(line, certified_elsewhere=Decimal("60.5"))
    assert covered_by_certificate(row(quantity=Decimal(1)), certified_elsewhere=Decimal(9)) == ""


def bulk(row: type[SimpleNamespace], **more: object) -> SimpleNamespace:
    """A delivery of rice, which two accept."""
    told = {"bought_on": date(2026, 11, 20), "category": "粮食", "inspector": "吴桂香", "second_inspector": "杨雪"}
    return row(**{**told, **more})


def test_bulk_staples_are_accepted_by_neither_buyer_nor_supplier(book, row):
    """V-25: the two who accept are neither the buyer nor of the supplier."""
    assert "不能是采购员（吴桂香）" in not_inspected_by_the_buyer(bulk(row, buyer="吴桂香"), book=book, today=TODAY)
    assert not_inspected_by_the_buyer(bulk(row, buyer="周涛"), book=book, today=TODAY) == ""
    assert not_inspected_by_the_buyer(bulk(row, buyer="吴桂香", category="蔬菜"), book=book, today=TODAY) == ""
    theirs = bulk(row, second_inspector="李丁卯")
    assert "供货方的人" in not_inspected_by_the_supplier(theirs, supplier=GREENS, book=book, today=TODAY)
    assert not_inspected_by_the_supplier(bulk(row), supplier=GREENS, book=book, today=TODAY) == ""
    assert not_inspected_by_the_supplier(theirs, supplier=None, book=book, today=TODAY) == ""


def test_the_same_two_are_to_rotate_after_so_many_weeks(book, row):
    """V-25: the same two for more than 8 weeks on end; weeks without deliveries do not count."""
    day = date(2026, 11, 20)
    weeks = [day - timedelta(weeks=back) for back in range(1, 11) if back != 3]
    seen = [(week, "杨雪", "吴桂香") for week in weeks]
    assert "已连续 10 周" in rotated(bulk(row), weeks=joint_weeks(seen), book=book)
    assert rotated(bulk(row), weeks=joint_weeks(seen[:7]), book=book) == ""
    broken = [*seen, (weeks[2], "杨雪", "何静")]
    assert rotated(bulk(row), weeks=joint_weeks(broken), book=book) == ""
    assert rotated(bulk(row, category="蔬菜"), weeks=joint_weeks(seen), book=book) == ""


OIL = SimpleNamespace(name="大豆油", unified_purchase=True)


def test_what_the_county_buys_comes_from_its_list_or_with_a_reason(book, row):
    """V-26: an item of unified purchase from a supplier off the list is refused without a written reason."""
    listed = (Listed("大豆油", 1, None),)
    off = row(supplier=2, bought_on=TODAY)
    assert "名录" in from_the_list(off, ingredient=OIL, supplier=GREENS, listed=listed)
    assert from_the_list(row(supplier=1), ingredient=OIL, supplier=GREENS, listed=listed) == ""
    assert from_the_list(row(supplier=2, exception="断货"), ingredient=OIL, supplier=GREENS, listed=listed) == ""
    assert from_the_list(row(supplier=2, result="拒收"), ingredient=OIL, supplier=GREENS, listed=listed) == ""
    told = {"ingredient": OIL, "listed": (), "book": book, "today": TODAY}
    assert "名录里还没有它" in list_is_kept(off, supplier=GREENS, **told)
    county = SimpleNamespace(name="惠民粮油", award_mode="县级统采")
    assert list_is_kept(off, supplier=county, **told) == ""
    greens = SimpleNamespace(name="土豆", unified_purchase=None)
    assert list_is_kept(off, supplier=GREENS, **{**told, "ingredient": greens}) == ""


def test_a_designated_brand_is_told_on_the_line(row):
    """V-26: where the list names a brand, specification or producer tell it."""
    listed = (Listed("乳", 1, "清泉"),)
    assert "清泉" in of_the_brand(row(supplier=1, specification="200mL/袋"), listed=listed)
    assert of_the_brand(row(supplier=1, producer="清泉乳业"), listed=listed) == ""
    assert of_the_brand(row(supplier=1), listed=None) == ""


@pytest.mark.parametrize(("storage", "celsius", "well"), [
    ("冷藏", "8", True), ("冷藏", "8.1", False), ("冷冻", "-12", True), ("冷冻", "-11.5", False), ("常温", "20", True),
])  # fmt: skip
def test_cold_goods_that_came_warm_are_turned_away_or_put_right(book, row, storage, celsius, well):
    """V-27: chilled at most 8 ℃, frozen at most -12 ℃; else 拒收, or 整改接收 with a remark."""
    goods = SimpleNamespace(storage=storage)

    def told(**more: object) -> str:
        line = row(delivery_temperature=Decimal(celsius), bought_on=TODAY, **{"result": "合格", **more})
        return arrived_cold(line, ingredient=goods, book=book, today=TODAY)

    assert (told() == "") is well
    assert told(result="拒收") == told(result="整改接收", remark="转入冷冻柜复温合格") == ""
    assert (told(result="整改接收") == "") is well


class Usual:
    """What something cost lately."""

    def __init__(self, price: str) -> None:
        self.price = Decimal(price)

    def average(self, first: date, last: date) -> Decimal:
        assert (last - first).days == 90
        return self.price


def test_a_price_far_from_the_usual_and_a_line_told_twice_are_pointed_out(book, row):
    """V-28: 30 per cent from the mean of 90 days; the same goods on the same note of the same day."""
    for price, well in (("5.20", True), ("2.80", True), ("5.21", False), ("2.79", False)):
        line = row(bought_on=TODAY, unit_price=Decimal(price))
        assert (near_usual_price(line, past_prices=Usual("4"), book=book) == "") is well
    assert near_usual_price(row(unit_price=Decimal(1)), past_prices=None, book=book) == ""
    assert "是否重复" in told_once(row(note_no="SH01"), alike=1)
    assert told_once(row(note_no="SH01"), alike=0) == told_once(row(result="拒收"), alike=1) == ""


def test_units_are_brought_to_that_of_the_stock(book, row):
    """V-29: 1 kilogram is 2 斤; sacks, boxes and cans have their factor."""
    rice = SimpleNamespace(unit="公斤", conversions="1袋=25公斤、1箱=4袋")

    def stocked(quantity: str, unit: str | None) -> Decimal | None:
        return stock_quantity(row(bought_on=TODAY, quantity=Decimal(quantity), unit=unit), ingredient=rice, book=book)

    assert stocked("31", "公斤") == stocked("31", "kg") == stocked("31", None) == 31
    assert stocked("3", "斤") == Decimal("1.5")
    assert stocked("2", "袋") == 50
    assert stocked("2", "箱") == 200
    assert stocked("2", "桶") is None
    assert stock_quantity(row(), ingredient=rice, book=book) is None


def test_a_unit_without_a_factor_is_pointed_out(book, row):
    """V-29: what cannot be brought to the stock's unit is not counted, and that is said."""
    oil = SimpleNamespace(unit="公斤", conversions=None)
    can = row(bought_on=TODAY, quantity=Decimal(2), unit="桶")
    assert "“桶”没有换算成“公斤”" in convertible(can, ingredient=oil, book=book)
    pounds = {"bought_on": TODAY, "quantity": Decimal(2), "unit": "斤"}
    assert convertible(row(**pounds, stock_quantity=Decimal(1)), ingredient=oil, book=book) == ""
    assert "重新保存这一行" in convertible(row(**pounds), ingredient=oil, book=book)
    assert convertible(row(**pounds, result="拒收"), ingredient=oil, book=book) == ""
    assert convertible(can, ingredient=None, book=book) == ""


def test_factors_are_read_as_they_are_typed():
    """V-29: several with commas between, an amount or none before the unit."""
    assert [one.makes for one in read_conversions("1袋=25公斤，箱=10kg")] == [25, 10]
    assert factor("克", "公斤", read_conversions("1公斤=1000克")) == Decimal("0.001")
    assert unit_of("ＫＧ") == "公斤"
    assert conversions_fault("一袋25公斤") == "「一袋25公斤」不是换算关系；请写成 1袋=25公斤，几种之间用顿号隔开"
    assert conversions_fault("1袋=25公斤") == conversions_fault("") == ""
    with pytest.raises(Unreadable):
        read_conversions("1袋=0公斤")


def test_the_least_in_stock_is_no_more_than_the_most(row):
    assert least_below_most(row(least=Decimal(1), most=Decimal(1)))
    assert not least_below_most(row(least=Decimal(2), most=Decimal(1)))


def test_a_line_is_not_changed_under_what_was_taken_of_it(row):
    """V-30: a batch stays at least what was issued of it, accepted, and no later than its first issue."""
    taken = SimpleNamespace(quantity=Decimal(20), first_on=date(2026, 11, 19))
    line = {"bought_on": date(2026, 11, 19), "stock_quantity": Decimal(20), "result": "合格"}
    assert not_less_than_taken(row(**line), taken=taken) == ""
    assert "不能改得比它少" in not_less_than_taken(row(**{**line, "stock_quantity": Decimal(19)}), taken=taken)
    assert "拒收" in not_less_than_taken(row(**{**line, "result": "拒收"}), taken=taken)
    assert "不能晚于" in not_less_than_taken(row(**{**line, "bought_on": date(2026, 11, 20)}), taken=taken)
    assert not_less_than_taken(row(**line), taken=None) == ""


def test_posts_that_check_each_other_are_not_in_one_hand(book, row):
    """V-34: buying, accepting, keeping, the books and the cash are not the same person's."""
    posts = book.words("stock.incompatible", TODAY)
    assert posts == ("采购", "验收", "保管", "会计", "出纳")
    assert posts_clash({"会计": "刘桂香", "出纳": "刘桂香"}, posts).startswith("会计和出纳不能是同一人")
    assert posts_clash({"会计": "刘桂香", "出纳": None, "厨师": "刘桂香"}, posts) == ""
    line = bulk(row, buyer="周涛", storekeeper="周涛")
    assert "采购和保管" in posts_apart(line, book=book, today=TODAY)
    assert posts_apart(bulk(row, second_inspector="吴桂香"), book=book, today=TODAY) == ""
    assert posts_apart(bulk(row, buyer="周涛", storekeeper="周涛", result="拒收"), book=book, today=TODAY) == ""


@pytest.mark.parametrize(("kind", "missing"), [
    ("生产企业", ("产品合格证明或检验报告",)), ("经营企业", ("购货凭证（送货单）",)),
    ("农产品生产者", ("承诺达标合格证",)),
    ("集中交易市场", ("市场或摊主签章的购货凭证", "快检合格单")), ("食品小作坊", ("食品检验合格证明",)),
    ("进口冷链", ("入境货物检验检疫证明",)), ("餐具集中消毒单位", ("消毒合格证明",)), (None, ()),
])  # fmt: skip
def test_each_source_brings_its_own_documents(row, kind, missing):
    assert missing_of_delivery(row(category="调味品"), kind, "酱油") == missing
    full = row(category="调味品", note_no="SH1", inspection_report_no="JY1", commitment_no="CN1")
    assert missing_of_delivery(full, kind, "酱油") == ()
    assert missing_of_delivery(row(result="拒收"), kind, "酱油") == ()


def test_meat_brings_its_certificates_whoever_sells_it(row):
    assert missing_of_delivery(row(category="畜肉", note_no="1"), "经营企业", "猪后腿肉") == (
        "动物检疫合格证明", "肉品品质检验合格证", "非洲猪瘟检测报告",
    )  # fmt: skip
    meat = row(category="畜肉", meat_inspection_no="RP1", quarantine_no="37")
    assert report_kept(meat, supplier=row(source_kind="生产企业")) == ""


def test_a_missing_document_is_asked_for_by_its_name(row):
    assert voucher_kept(row(), supplier=row(source_kind="经营企业")) == "经营企业供货，要有购货凭证（送货单）"
    assert report_kept(row(), supplier=row(source_kind="食品小作坊")) == "食品小作坊供货，要有食品检验合格证明"
    assert commitment_kept(row(), supplier=row(source_kind="农产品生产者")).endswith("承诺达标合格证")
    assert voucher_kept(row(), supplier=None) == ""


@pytest.mark.parametrize(("kind", "missing"), [
    ("生产企业", ("营业执照（有效期）", "食品生产许可证（SC）")), ("农产品生产者", ()),
    ("食品小作坊", ("食品小作坊登记证",)),
    ("屠宰企业", ("营业执照（有效期）",)), (None, ()),
])  # fmt: skip
def test_a_supplier_of_each_kind_has_its_papers_on_file(row, kind, missing):
    firm = row(source_kind=kind)
    assert missing_of_supplier(firm) == missing
    assert bool(licence_kept(firm)) is ("营业执照（有效期）" in missing)
    assert bool(permit_kept(firm)) is any("证" in one and "营业执照" not in one for one in missing)


def test_a_permit_is_of_the_kind_its_source_wants(row):
    assert "应有食品生产许可证" in permit_fits(row(source_kind="生产企业", permit_no="JY13703900001015"))
    assert permit_fits(row(source_kind="生产企业", permit_no="SC10137039000011")) == ""
    assert permit_fits(row(source_kind="食品小作坊", permit_no="鲁370390001")) == ""
    assert permit_fits(row(source_kind="屠宰企业", permit_no="X")) == ""


def test_an_unsatisfactory_visit_opens_a_hazard(row):
    supplier = SimpleNamespace(name="康鲜肉类食品有限公司")
    bad = row(visited_on=TODAY, result="限期整改", problem="库房缺防鼠板", lead="王志强")
    told = hazard_of_visit(bad, supplier=supplier)
    assert told is not None
    assert (told["place"], told["description"]) == (supplier.name, "定点企业考察限期整改：库房缺防鼠板")
    assert hazard_of_visit(row(result="符合要求"), supplier=supplier) is None
    assert visited_by_two(row(lead="王志强", participants="王志强、杨雪"))
    assert not visited_by_two(row(lead="王志强", participants="王志强"))
    assert not list_runs_forward(row(valid_from=TODAY, valid_until=TODAY - timedelta(days=1)))
