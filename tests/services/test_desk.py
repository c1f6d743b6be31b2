"""The desk: saving, refusing, choosing, removing and taking back, as every screen does it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from school_logistics.errors import OfficeError, StoreTrouble, Unacceptable, Unreadable
from school_logistics.models.checks import Level
from school_logistics.models.undo import TooLate
from school_logistics.rules.calendar import Month
from school_logistics.services.desk import Desk
from school_logistics.services.rows import Query
from tests.office import ingredient, new_desk, purchase, supplier, write


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = new_desk()
    yield desk
    desk.store.close()


def text(desk: Desk, key: str, one: int, field: str) -> str:
    ledger = desk.ledger(key)
    place = [other.key for other in ledger.fields].index(field)
    return desk.rows(ledger, [one])[0].texts[place]


def test_a_delivery_takes_unit_and_category_from_the_ingredient_and_works_out_its_amount(desk):
    one = purchase(desk, quantity="37.5", unit_price="3.86")

    assert text(desk, "food_purchase", one, "category") == "蔬菜"
    assert text(desk, "food_purchase", one, "unit") == "公斤"
    assert text(desk, "food_purchase", one, "amount") == "144.75"


def test_the_price_of_the_last_delivery_is_taken_while_none_is_typed(desk):
    purchase(desk, unit_price="4.85")

    later = purchase(desk, unit_price="")

    assert text(desk, "food_purchase", later, "unit_price") == "4.85"


def test_meat_without_certificates_is_refused_with_all_objections_at_once_and_nothing_is_saved(desk):
    supplier(desk)
    ingredient(desk, "猪后腿肉", "畜肉")

    with pytest.raises(Unacceptable) as refused:
        purchase(desk, ingredient="猪后腿肉", supplier="康鲜肉类食品有限公司")

    assert {one.field for one in refused.value.objections} >= {"quarantine_no", "meat_inspection_no"}
    assert desk.count(desk.ledger("food_purchase"), Query()) == 0


def test_a_supplier_whose_licence_ran_out_is_stopped_by_name_and_day(desk):
    supplier(desk, "振兴豆制品坊", permit_until="2026-10-31")
    ingredient(desk, "豆腐", "豆制品")

    with pytest.raises(Unacceptable, match="振兴豆制品坊的许可证已于 2026-10-31 到期"):
        purchase(desk, ingredient="豆腐", supplier="振兴豆制品坊", shelf_life="1天", produced_on="2026-11-20")


def test_a_gap_that_was_there_before_does_not_stop_a_correction_elsewhere(desk):
    one = purchase(desk)
    ledger = desk.ledger("food_purchase")
    with desk.store.unit_of_work("以前导入的", "赵甲子") as session:
        session.get(ledger.record, one).produced_on = None

    saved = desk.save(ledger, desk.draft(ledger, one) | {"quantity": Decimal(30)}, one)

    assert [found.field for found in saved.warnings if found.level is Level.GAP] == ["produced_on"]
    assert text(desk, "food_purchase", one, "amount") == "145.50"


def test_but_taking_away_what_the_law_wants_is_refused(desk):
    one = purchase(desk)
    ledger = desk.ledger("food_purchase")

    with pytest.raises(Unacceptable, match="生产日期和生产批号至少填一样"):
        desk.save(ledger, desk.draft(ledger, one) | {"produced_on": None}, one)


def test_the_same_supplier_cannot_be_written_down_twice(desk):
    supplier(desk, "清泉乳业")

    with pytest.raises(Unacceptable, match="「清泉乳业」已经登记过"):
        supplier(desk, "清泉乳业")


def test_what_happened_long_ago_is_marked_as_entered_late_and_today_is_not(desk):
    """V-51: 补登自动标补录，真实录入时间留着."""
    late, fresh = purchase(desk, bought_on="2026-09-01", produced_on="2026-08-31"), purchase(desk, bought_on="今")

    assert [row.tag for row in desk.rows(desk.ledger("food_purchase"), [late, fresh])] == ["补录", ""]


def test_a_form_may_have_a_deadline_of_its_own(desk):
    told = {"source": "月检查", "place": "门厅", "category": "消防", "description": "应急灯不亮", "level": "一般",
            "corrective_action": "换电池"}  # fmt: skip
    write(desk, "staff", name="钱乙", post="保安")
    hazard = write(desk, "hazard", found_on="2026-11-18", owner="钱乙", **told)
    bought = purchase(desk, bought_on="2026-11-18", produced_on="2026-11-17")

    assert desk.rows(desk.ledger("hazard"), [hazard])[0].tag == "补录", "a hazard is entered within one school day"
    assert desk.rows(desk.ledger("food_purchase"), [bought])[0].tag == ""


def test_a_licence_written_beside_its_supplier_stands_once_among_the_certificates(desk):
    one = supplier(desk, "清泉乳业", permit_no="SC10537039000058", permit_until="2029-03-15")
    certificates = desk.ledger("certificate")

    [row] = desk.first_page(certificates, Query())
    changed = desk.draft(certificates, row.id) | {"valid_until": date(2030, 1, 1)}
    desk.save(certificates, changed, row.id)

    assert desk.draft(desk.ledger("supplier"), one)["permit_until"] == date(2030, 1, 1)


def test_history_tells_a_supplier_and_its_papers_in_words(desk):
    one = supplier(desk, "清泉乳业")
    ledger = desk.ledger("supplier")
    desk.save(ledger, desk.draft(ledger, one) | {"permit_until": date(2029, 3, 15)}, one)

    newest, *_, oldest = desk.history(ledger, one)

    assert [tuple(line) for line in newest.lines] == [("食品许可证·有效期至", "2028-06-30", "2029-03-15")]
    assert oldest.action == "新增"
    assert oldest.actor == "赵甲子"


def test_nothing_is_recorded_when_nothing_changed(desk):
    one = purchase(desk)
    ledger = desk.ledger("food_purchase")
    before = len(desk.history(ledger, one))

    desk.save(ledger, desk.draft(ledger, one), one)

    assert len(desk.history(ledger, one)) == before


def test_undo_takes_back_the_last_act_and_redo_does_it_again(desk):
    one = purchase(desk, quantity="31")
    ledger = desk.ledger("food_purchase")
    desk.save(ledger, desk.draft(ledger, one) | {"quantity": Decimal(40)}, one)

    assert desk.undo() == "已撤销：修改 采购台账：土豆"
    assert desk.draft(ledger, one)["quantity"] == Decimal(31)
    assert desk.redo() == "已重做：修改 采购台账：土豆"
    assert desk.draft(ledger, one)["quantity"] == Decimal(40)


def test_undo_goes_on_backwards_and_redo_forwards_in_order(desk):
    for quantity in ("1", "2", "3"):
        purchase(desk, quantity=quantity)
    ledger = desk.ledger("food_purchase")

    desk.undo()
    desk.undo()
    assert desk.totals(ledger, Query())["amount"] == Decimal("4.85")
    desk.redo()
    desk.redo()

    assert desk.count(ledger, Query()) == 3
    assert desk.redoable() == ""


def test_something_new_ends_what_could_be_redone(desk):
    purchase(desk)
    desk.undo()

    purchase(desk, quantity="2")

    assert desk.redoable() == ""
    with pytest.raises(OfficeError, match="没有可重做的操作"):
        desk.redo()


def test_an_older_act_is_not_taken_back_over_a_later_change_and_the_later_one_is_named(desk):
    one = purchase(desk)
    ledger = desk.ledger("food_purchase")
    first = desk.acts()[0]
    desk.save(ledger, desk.draft(ledger, one) | {"remark": "对过票"}, one)

    with pytest.raises(TooLate, match="修改 采购台账：土豆"):
        desk.undo_act(first)

    assert desk.draft(ledger, one)["remark"] == "对过票"


def test_what_the_program_laid_out_by_itself_is_not_offered_for_undo(desk):
    assert desk.count(desk.ledger("check_item"), Query()) > 0
    assert desk.undoable() == ""


def test_a_record_that_another_one_names_is_not_removed(desk):
    purchase(desk)
    ledger = desk.ledger("supplier")
    [row] = desk.first_page(ledger, Query())

    with pytest.raises(OfficeError, match="在采购台账里还有 1 行在用"):
        desk.remove(ledger, [row.id])

    assert desk.count(ledger, Query()) == 1


def test_a_removed_supplier_takes_its_papers_along_and_undo_brings_both_back(desk):
    one = supplier(desk, "清泉乳业")
    suppliers, certificates = desk.ledger("supplier"), desk.ledger("certificate")

    assert desk.remove(suppliers, [one]) == "已删除 1 条：清泉乳业"
    assert desk.count(certificates, Query()) == 0
    desk.undo()

    assert desk.draft(suppliers, one)["permit_until"] == date(2028, 6, 30)


def test_several_rows_pasted_at_once_are_one_act_and_one_bad_row_keeps_all_out(desk):
    purchase(desk)
    ledger = desk.ledger("food_purchase")
    [row] = desk.first_page(ledger, Query())
    good = desk.draft(ledger, row.id)

    with pytest.raises(Unacceptable):
        desk.save_many(ledger, [(None, good), (None, good | {"quantity": None})])
    assert desk.count(ledger, Query()) == 1

    desk.save_many(ledger, [(None, good), (None, good)], "粘贴 2 行")
    assert desk.undo() == "已撤销：粘贴 2 行"
    assert desk.count(ledger, Query()) == 1


def test_the_same_number_twice_in_one_paste_is_refused(desk):
    ledger = desk.ledger("ingredient")
    twice = desk.blank(ledger) | {"name": "土豆", "category": "蔬菜"}

    with pytest.raises(Unacceptable, match="已经登记过"):
        desk.save_many(ledger, [(None, twice), (None, twice)], "粘贴 2 行")

    assert desk.count(ledger, Query()) == 0


def test_an_act_is_not_taken_back_while_later_records_name_what_it_made(desk):
    supplier(desk, "绿源蔬菜配送中心")
    made = desk.acts()[0]
    purchase(desk)

    with pytest.raises(TooLate, match="在采购台账里还有 1 行在用"):
        desk.undo_act(made)

    assert desk.count(desk.ledger("supplier"), Query()) == 1


def test_removing_what_is_gone_already_is_told_in_a_sentence(desk):
    with pytest.raises(OfficeError, match="已经不在了"):
        desk.remove(desk.ledger("supplier"), [99])


def test_rows_are_found_by_month_by_word_by_name_and_by_comparison(desk):
    purchase(desk, bought_on="2026-10-08", produced_on="2026-10-07", remark="换货一次")
    purchase(desk, bought_on="2026-11-20", quantity="100")
    ledger = desk.ledger("food_purchase")

    assert desk.count(ledger, Query(Month(2026, 10))) == 1
    assert desk.count(ledger, Query(text="换货")) == 1
    assert desk.count(ledger, Query(text="绿源蔬菜")) == 2
    assert desk.count(ledger, Query(filters=(("quantity", ">50"),))) == 1
    assert desk.count(ledger, Query(filters=(("bought_on", "10-08"),))) == 1
    assert desk.count(ledger, Query(filters=(("supplier", "绿源"), ("quantity", "30-32")))) == 1
    assert desk.count(ledger, Query(filters=(("quantity", "多少"),))) == 0


def test_a_column_is_filtered_as_its_kind_is_read(desk):
    purchase(desk, bought_on="2026-10-08", produced_on="2026-10-07", quantity="12.5")
    purchase(desk, bought_on="2026-11-20", quantity="100")
    ledger = desk.ledger("food_purchase")

    def found(key: str, typed: str) -> int:
        many: int = desk.count(ledger, Query(filters=((key, typed),)))
        return many

    assert [found("quantity", typed) for typed in ("12.5", "≤100", "<100", ">=100", "0-50")] == [1, 2, 1, 1, 1]
    assert [found("bought_on", typed) for typed in ("2026-10", "10.8", ">2026-10-31", "2026-1", "昨日黄花")] == [
        1,
        1,
        1,
        2,
        0,
    ]
    assert [found("category", typed) for typed in ("菜", "肉", "蔬菜")] == [2, 0, 2]
    assert found("result", "合") == 2


def test_words_are_found_among_very_many_rows_in_their_order(desk, monkeypatch):
    monkeypatch.setattr("school_logistics.services.listing._MANY", 3)
    monkeypatch.setattr("school_logistics.services.listing._NEAR", 4)
    for day in range(1, 8):
        purchase(desk, bought_on=f"2026-10-0{day}", produced_on="2026-09-30", remark="换货" if day != 5 else None)
    ledger = desk.ledger("food_purchase")

    every = list(desk.ids(ledger, Query(text="换货")))

    assert [row.id for row in desk.first_page(ledger, Query(text="换货"), 3)] == every[:3]
    assert [row.id for row in desk.first_page(ledger, Query(text="换货"), 6)] == every
    assert desk.count(ledger, Query(text="换货")) == len(every) == 6


def test_percent_and_underscore_are_looked_for_as_they_stand(desk):
    purchase(desk)

    assert desk.count(desk.ledger("food_purchase"), Query(filters=(("supplier", "%"),))) == 0


def test_rows_come_sorted_by_a_name_they_refer_to(desk):
    supplier(desk, "安泰粮油")
    purchase(desk)
    purchase(desk, supplier="安泰粮油")
    ledger = desk.ledger("food_purchase")

    names = [row.texts[8] for row in desk.rows(ledger, desk.ids(ledger, Query(sort="supplier")))]

    assert names == ["安泰粮油", "绿源蔬菜配送中心"]


def test_totals_are_exact_to_the_fen_where_floats_are_not(desk):
    for price in ("0.10", "0.20"):
        purchase(desk, quantity="1", unit_price=price)

    assert desk.totals(desk.ledger("food_purchase"), Query()) == {"amount": Decimal("0.30")}


def test_what_follows_a_reference_follows_the_one_that_takes_its_place(desk: Desk):
    ledger = desk.ledger("stock_out")
    oil = ingredient(desk, "菜籽油", specification="20L/桶", unit="桶")
    tomato = ingredient(desk, "西红柿", specification="", unit="kg")
    first = desk.complete(ledger, desk.blank(ledger) | {"ingredient": oil})
    assert (first["specification"], first["unit"]) == ("20L/桶", "桶")

    changed = desk.complete(ledger, first | {"ingredient": tomato}, first)
    assert (changed["specification"], changed["unit"]) == (None, "kg")

    typed = desk.complete(ledger, first | {"specification": "5L/桶"}, first)
    kept = desk.complete(ledger, typed | {"ingredient": tomato}, typed)
    assert (kept["specification"], kept["unit"]) == ("5L/桶", "kg")
    for _ in range(2):
        desk.undo()


def test_a_name_is_chosen_by_its_pinyin_initials_the_often_bought_first(desk):
    for name in ("鸡腿菇", "鸡汤面", "鸡腿"):
        ingredient(desk, name)
    for _ in range(2):
        purchase(desk, ingredient="鸡腿", unit_price="17.63")

    choices = desk.choices(desk.ledger("food_purchase"), "ingredient", "jt")

    assert [one.name for one in choices] == ["鸡腿", "鸡汤面", "鸡腿菇"]
    assert choices[0].detail == "17.63 元"


def test_what_was_typed_becomes_the_only_record_it_can_mean(desk):
    one = supplier(desk, "清泉乳业")

    assert desk.read(desk.ledger("food_purchase"), "supplier", "qqry") == one
    with pytest.raises(Unreadable, match="还没有登记在供货商档案里"):
        desk.read(desk.ledger("food_purchase"), "supplier", "无名商店")


def test_the_row_being_typed_survives_closing_and_opening_the_program(tmp_path: Path):
    desk = new_desk(tmp_path / "台账.db")
    ledger = desk.ledger("food_purchase")
    desk.keep_draft(ledger, desk.blank(ledger) | {"quantity": Decimal("64.7"), "remark": "打到一半"})
    desk.store.close()

    again = new_desk(tmp_path / "台账.db")
    draft = again.kept_draft(ledger)
    assert draft is not None
    assert (draft["quantity"], draft["remark"]) == (Decimal("64.700"), "打到一半")
    again.drop_draft(ledger)
    assert again.kept_draft(ledger) is None
    again.store.close()


def test_undo_reaches_back_before_the_program_was_closed(tmp_path: Path):
    desk = new_desk(tmp_path / "台账.db")
    purchase(desk)
    desk.store.close()

    again = new_desk(tmp_path / "台账.db")
    assert again.undo() == "已撤销：新增 采购台账：土豆"
    again.store.close()


def test_a_file_of_a_newer_program_is_refused_untouched(tmp_path: Path):
    desk = new_desk(tmp_path / "台账.db")
    with desk.store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 99")
        connection.commit()
    desk.store.close()

    with pytest.raises(StoreTrouble, match="第 99 版"):
        new_desk(tmp_path / "台账.db")


def test_a_file_that_is_no_data_file_is_told_in_a_sentence(tmp_path: Path):
    (tmp_path / "台账.db").write_bytes(b"no database at all" * 100)

    with pytest.raises(StoreTrouble, match="不是本程序的数据文件"):
        new_desk(tmp_path / "台账.db")


def test_screens_are_told_which_ledgers_changed(desk):
    told: list[set[str]] = []
    desk.on_change.append(told.append)

    supplier(desk, "清泉乳业")

    assert told == [{"supplier", "certificate"}]


def test_a_moment_of_a_sample_counts_into_its_month_to_the_last_minute(desk):
    write(desk, "staff", name="孙己", post="留样员", health_until="2027-06-30")
    write(desk, "retained_sample", taken_at="2026-10-31 23:59", meal="晚餐", dish="粥", grams="130", sampler="孙己")

    assert desk.count(desk.ledger("retained_sample"), Query(Month(2026, 10))) == 1
    assert desk.draft(desk.ledger("retained_sample"), 1)["keep_until"] == datetime(2026, 11, 2, 23, 59)
