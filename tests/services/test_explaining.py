"""Why something is due: rule, inputs, sum and steps, as the home page and the command line tell them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from school_logistics.errors import OfficeError
from school_logistics.services import explaining
from school_logistics.services.desk import Desk
from school_logistics.services.explaining import Derivation, Role
from school_logistics.services.reminders import Due, Reminders
from school_logistics.services.rulings import Rulings
from tests.office import TODAY, new_desk, supplier, write


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """An office in which each of these is due: a person, a bus, a driver, an extinguisher, a hazard, a supplier."""
    made = new_desk()
    write(made, "staff", name="何春华", post="水电工")
    about = {"kind": "健康证", "staff": "何春华"}
    write(made, "certificate", **about, issued_on="2024-11-12", valid_until="2025-11-12")
    write(made, "certificate", **about, issued_on="2025-11-10", valid_until="2026-11-10")
    with made.store.unit_of_work("导入", "赵甲子") as session:
        made.store.add_many(session, made.ledger("bus").record, [{"plate": "鲁Z10088"}], origin="导入")
    made.tell({"bus"})
    write(made, "certificate", kind="校车检验", bus="鲁Z10088", valid_until="2026-12-31")
    write(made, "fire_equipment", equipment_no="MHQ-1", name="手提式灭火器", model="MFZ/ABC4", made_on="2021-12",
          place="教学楼", keeper="何春华")  # fmt: skip
    write(made, "hazard", found_on="2026-11-13", place="库房", category="设施", description="挡鼠板缺失",
          corrective_action="加装", owner="何春华")  # fmt: skip
    supplier(made, "康鲜肉类食品有限公司", permit_until="2026-12-01")
    yield made
    made.store.close()


def found(desk: Desk, ledger: str) -> Due:
    return next(one for one in Reminders(desk).due() if one.ledger == ledger)


def of_kind(desk: Desk, words: str) -> Derivation:
    due = next(one for one in Reminders(desk).due() if words in one.what)
    return Reminders(desk).why(due)


def test_a_health_certificate_tells_its_rule_its_day_and_its_steps(desk: Desk):
    told = of_kind(desk, "健康证")

    assert told.steps == (
        "有效期至写明 2026-11-10",
        "按规则：发证（起保）日期 2025-11-10 + 12 个月 = 2026-11-10，与证上一致",
        "同一持有者的这种证照登记了 2 份，以到期最晚的这一份为准",
        "今天 2026-11-22，已过 12 天",
    )
    rule, warning = told.rules
    assert (rule.role, rule.label, rule.value, rule.unit) == (Role.SUM, "健康证明有效期", "12", "个月")
    assert rule.clause.startswith("《食品安全法》第45条")
    assert rule.verified
    assert (warning.role, warning.value) == (Role.WARNING, "30、7")
    assert [(one.days, one.since, one.reached) for one in told.warnings] == [
        (30, date(2026, 10, 11), True),
        (7, date(2026, 11, 3), True),
    ]
    assert [(one.label, one.text) for one in told.inputs] == [
        ("有效期至", "2026-11-10"),
        ("证照种类", "健康证"),
        ("发证（起保）日期", "2025-11-10"),
    ]
    assert told.inputs[0].name == "何春华 健康证"


def test_a_paper_good_for_a_day_more_than_the_sum_is_told_with_its_own_day(desk: Desk):
    with desk.store.unit_of_work("导入", "赵甲子") as session:
        desk.store.add_many(session, desk.ledger("bus").record, [{"plate": "鲁Z10099"}], origin="导入")
    desk.tell({"bus"})
    write(desk, "certificate", kind="校车检验", bus="鲁Z10099", issued_on="2026-04-30", valid_until="2026-10-31")

    told = of_kind(desk, "鲁Z10099 校车检验")

    desk.undo()
    desk.undo()
    assert "按规则：发证（起保）日期 2026-04-30 + 6 个月 = 2026-10-30，证上写到 2026-10-31，以证为准" in told.steps


def test_a_small_workshop_is_registered_for_fewer_years_than_a_permit_is_given(desk: Desk):
    with desk.store.unit_of_work("导入", "赵甲子") as session:
        workshop = {"name": "振兴豆制品坊", "source_kind": "食品小作坊"}
        desk.store.add_many(session, desk.ledger("supplier").record, [workshop], origin="导入")
    desk.tell({"supplier"})
    write(
        desk,
        "certificate",
        kind="食品许可证",
        supplier="振兴豆制品坊",
        issued_on="2023-12-05",
        valid_until="2026-12-05",
    )

    told = of_kind(desk, "振兴豆制品坊")

    desk.undo()
    assert told.steps[1] == "按规则：发证（起保）日期 2023-12-05 + 3 年 = 2026-12-05，与证上一致"


def test_an_extinguisher_of_which_only_the_month_is_known_tells_which_day_counts(desk: Desk):
    told = of_kind(desk, "MHQ-1")

    assert told.steps[0] == "出厂日期 2021-12 + 5 年 = 2026-12（按 2026-12-01 算）"
    assert [one.role for one in told.rules].count(Role.SUM) == 1
    assert Role.ASKED in {one.role for one in told.rules}


def test_a_deadline_worked_out_by_rule_tells_so_and_one_written_otherwise_tells_both(desk: Desk):
    hazard = found(desk, "hazard")
    assert of_kind(desk, "挡鼠板").steps[0] == "发现日期 2026-11-13 + 15 天 = 2026-11-28"

    ledger = desk.ledger("hazard")
    desk.save(ledger, {**desk.draft(ledger, hazard.id), "due_on": date(2026, 11, 26)}, hazard.id)
    told = of_kind(desk, "挡鼠板")
    desk.undo()

    assert told.steps[:2] == (
        "整改期限填的是 2026-11-26；按规则推算：发现日期 2026-11-13 + 15 天 = 2026-11-28",
        "整改期限写明 2026-11-26",
    )


def test_a_rule_of_this_school_is_told_with_what_the_program_came_with(desk: Desk):
    Rulings(desk).set("hazard.days.minor", "10", date(2026, 1, 1), "教体局专项检查要求", "云教安〔2026〕3号")

    told = of_kind(desk, "挡鼠板")
    rule = next(one for one in told.rules if one.key == "hazard.days.minor")
    desk.undo()

    assert (rule.value, rule.shipped, rule.local) == ("10", "15", True)
    assert rule.clause == "云教安〔2026〕3号"
    assert rule.note == "教体局专项检查要求"
    assert not next(one for one in of_kind(desk, "挡鼠板").rules if one.key == rule.key).local


def test_what_stops_a_bus_or_a_person_comes_first_within_a_section(desk: Desk):
    ahead = [one.stops for one in Reminders(desk).due(within=60) if one.days > 0]

    assert ahead == ["停运", "停供", "逾期", "逾期"]
    assert found(desk, "certificate").stops == "停岗"


def test_the_narrowest_step_that_is_reached_is_told_by_kind_of_paper(desk: Desk):
    dues = {one.what: one for one in Reminders(desk).due()}

    assert (dues["鲁Z10088 校车检验"].steps, dues["鲁Z10088 校车检验"].step) == ((60, 30, 7), 60)
    assert dues["康鲜肉类食品有限公司 食品许可证"].step == 30
    assert dues["何春华 健康证"].step is None


def test_a_day_that_no_sum_reaches_is_told_from_what_was_read(desk: Desk):
    notes = explaining._Notes(desk.book)
    assert list(explaining._sum(notes, None)) == []
    assert list(explaining._sum(notes, TODAY)) == ["到期日 2026-11-22"]

    notes.book.whole("retained_sample.grams", TODAY)

    assert list(explaining._sum(notes, TODAY)) == ["按 每个品种留样量不少于 125 克，推算为 2026-11-22"]


def test_what_is_gone_cannot_be_explained(desk: Desk):
    with pytest.raises(OfficeError, match="可能已经删除"):
        Reminders(desk).why(found(desk, "hazard")._replace(id=4711))
