"""The command line as a script or a colleague uses it: documents, sentences and exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from school_logistics.cli import main

SAMPLES = Path(__file__).parent / "samples"
DAY = "2026-11-22"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run one command on a data folder of the test's own; exit code, what was said, what was refused."""

    def command(*words: object) -> tuple[int, str, str]:
        code = main(["--data-dir", str(tmp_path / "数据"), "--on", DAY, *(str(word) for word in words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def document(said: tuple[int, str, str], code: int = 0) -> Any:
    """The one document on standard output; nothing else may stand there."""
    assert said[0] == code, said
    return json.loads(said[1])


def test_ledgers_are_listed_with_their_fields(run):
    ledgers = document(run("ledgers", "--json"))

    purchases = next(one for one in ledgers if one["key"] == "food_purchase")
    assert purchases["label"] == "采购台账"
    assert purchases["group"] == "食堂"
    quantity = next(field for field in purchases["fields"] if field["key"] == "quantity")
    assert quantity == {"key": "quantity", "label": "数量", "kind": "amount", "unit": "", "required": True}


def test_a_refused_row_stops_the_whole_import_and_the_document_says_so(run):
    told = run("import", "supplier", SAMPLES / "供货商档案.xls", "--json")

    imported = document(told, code=1)
    assert (imported["rows"], imported["added"]) == (7, 0)
    assert [(one["sheet"], one["cell"]) for one in imported["refused"]] == [("供货商", "C9"), ("供货商", "H9")]
    assert "什么都没有写入" in told[2]
    assert document(run("undo", "--list", "--json"))[0]["actor"] == "程序"


def test_refused_rows_may_be_left_out_and_a_second_import_adds_nothing(run):
    file = SAMPLES / "供货商档案.xls"

    first = document(run("import", "supplier", file, "--skip-refused", "--json"))
    second = document(run("import", "supplier", file, "--skip-refused", "--json"))

    assert (first["added"], second["added"], second["unchanged"]) == (6, 0, 6)


def test_a_dry_run_writes_nothing(run):
    file = SAMPLES / "宿舍消毒记录_2026-10.csv"

    run("import", "disinfection", file, "--dry-run", "--skip-refused", "--json")

    assert document(run("import", "disinfection", file, "--skip-refused", "--json"))["added"] == 214


def test_an_import_is_taken_back_as_one_step_and_told_in_the_history(run):
    run("import", "fire_equipment", SAMPLES / "消防器材台账.xlsx", "--skip-refused")
    assert document(run("history", "fire_equipment", "1", "--json"))[0]["action"] == "新增"

    code, said, _ = run("undo")

    assert code == 0
    assert said.startswith("已撤销：导入")
    assert run("undo")[0] == 1


def test_what_is_exported_is_imported_again_without_change(run, tmp_path):
    run("import", "driver", SAMPLES / "校车与驾驶人.xlsx", "--skip-refused")
    out = tmp_path / "驾驶人.xlsx"

    assert run("export", "driver", "--out", out)[0] == 0

    again = document(run("import", "driver", out, "--json"))
    assert (again["added"], again["updated"], again["unchanged"], again["refused"]) == (0, 0, 3, [])


def test_what_is_due_is_told_worst_first_on_the_day_given(run):
    run("import", "driver", SAMPLES / "校车与驾驶人.xlsx", "--skip-refused")
    run("import", "bus", SAMPLES / "校车与驾驶人.xlsx", "--skip-refused")

    due = document(run("due", "--json"))
    later = document(run("due", "--on", "2026-12-02", "--json"))

    assert (due[0]["what"], due[0]["days"], due[0]["stops"]) == ("鲁Z10088 校车检验", -22, "停运")
    assert {"鲁Z03517D 承运人责任险": 8, "堃雨㛃 驾驶证": 9}.items() <= {
        one["what"]: one["days"] for one in due
    }.items()
    assert next(one for one in later if one["what"] == "堃雨㛃 驾驶证")["days"] == -1


def test_a_month_is_printed_form_by_form_and_as_a_pack(run, tmp_path):
    run("import", "disinfection", SAMPLES / "宿舍消毒记录_2026-10.csv", "--skip-refused")
    out = tmp_path / "纸"

    written = document(run("forms", "--month", "2026-10", "--out", out, "--json"))

    assert {one["code"] for one in written} >= {"C01", "C03", "D2", "X3", "F-BUS-04", "S2"}
    records = next(one for one in written if one["code"] == "D2")
    assert records["rows"] == 214
    assert Path(records["file"]).name == "D2_宿舍消毒记录_2026-10.pdf"
    assert (out / "PACK_2026-10.pdf").read_bytes().startswith(b"%PDF")


def test_only_the_forms_asked_for_are_printed_and_an_unknown_one_is_named(run, tmp_path):
    assert [
        one["code"]
        for one in document(run("forms", "--month", "2026-10", "--only", "C01", "X1", "--out", tmp_path, "--json"))
    ] == [
        "C01",
        "X1",
    ]

    code, _, refused = run("forms", "--month", "2026-10", "--only", "C99", "--out", tmp_path)

    assert code == 1
    assert "C99" in refused


def test_what_a_month_lacks_names_rows_and_forms(run):
    run("import", "food_purchase", SAMPLES / "食堂采购台账_2025-2026学年.xlsx", "--skip-refused")

    missing = document(run("missing", "--month", "2025-10", "--json"))

    assert {"form", "ledger", "id", "field", "why"} <= set(missing[0])
    assert any(one["ledger"] == "food_purchase" and one["field"] == "quarantine_no" for one in missing)
    assert any(one["form"] == "C10" and one["id"] is None for one in missing)


def test_the_bureaus_template_is_filled_and_unknown_codes_are_named(run, tmp_path):
    run("import", "supplier", SAMPLES / "供货商档案.xls", "--skip-refused")

    filled = document(
        run(
            "return",
            "--year",
            "2026",
            "--template",
            SAMPLES / "教体局年报模板.xlsx",
            "--out",
            tmp_path / "年报.xlsx",
            "--json",
        )
    )

    assert (filled["fills"], filled["unknown"]) == (29, [])


def test_the_return_of_a_school_year_is_exported_with_its_checks(run, tmp_path):
    exported = document(run("return", "--school-year", "2025", "--out", tmp_path / "年报.xlsx", "--json"))

    assert Path(exported["file"]).is_file()
    assert exported["checks"]


@pytest.mark.parametrize(
    "words",
    [
        ["import", "supplier", "没有这个文件.xlsx"],
        ["import", "no_such_ledger", "x.xlsx"],
        ["import", "supplier", "."],
        ["export", "supplier", "--out", "a.doc"],
        ["history", "supplier", "999"],
        ["undo"],
        ["return", "--year", "2026", "--template", "没有.xlsx", "--out", "b.xlsx"],
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(run, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    code, said, refused = run(*words)

    assert code == 1
    assert said == ""
    assert refused.strip()
    assert "Traceback" not in refused


OUT = ["--out", "x.xlsx"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["missing", "--month", "2026-13"], "--month 「2026-13」不是月份；请写成 2026-11"),
        (["missing", "--month", "0001-01"], "--month 「1」不是年份；请写 2000～2099 的整数"),
        (["missing", "--month", "9999-12"], "--month 「9999」不是年份；请写 2000～2099 的整数"),
        (["missing", "--month"], "--month 后面要写上内容"),
        (["forms", "--month", "2026-10"], "还要写 --out"),
        (["return", *OUT], "--year 和 --school-year 要写一个"),
        (["return", "--year", "2026", "--school-year", "2025", *OUT], "--school-year 和 --year 只能写一个"),
        (["return", "--year", "99999", *OUT], "--year 「99999」不是年份；请写 2000～2099 的整数"),
        (["return", "--year", "1", *OUT], "--year 「1」不是年份；请写 2000～2099 的整数"),
        (["return", "--school-year", "9999", *OUT], "--school-year 「9999」不是年份；请写 2000～2099 的整数"),
        (["history", "supplier", "0"], "ID 「0」不是记录号"),
        (["history", "supplier", "③"], "ID 「③」不是记录号"),
        (["history", "bus", "9" * 20], "ID 「99999999999999999999」不是记录号；请写 1～9223372036854775807 的整数"),
        (["history", "bus", "9" * 5000], f"ID 「{'9' * 5000}」不是记录号"),
        (["demo", "--years", "100000"], "--years 「100000」不是年数；请写 1～20 的整数"),
        (["demo", "--seed", "一"], "--seed 「一」不是数字"),
        (["undo", "--list=3"], "--list 后面不写内容，「3」是多余的"),
        (["missing", "--month", "2026-10", "--jsn"], "不认识「--jsn」"),
        (["fly"], "没有「fly」这个命令，有："),
    ],
)
def test_wrong_usage_is_exit_code_two_and_a_sentence(run, capsys, words, sentence):
    with pytest.raises(SystemExit) as left:
        run(*words)

    said = capsys.readouterr()
    assert left.value.code == 2
    assert said.out == ""
    assert f"用法不对：{sentence}" in said.err
    assert "error" not in said.err
    assert "argument" not in said.err


def test_the_last_id_and_the_last_year_there_can_be_are_taken(run, tmp_path):
    assert run("history", "bus", 2**63 - 1)[0] == 1
    assert run("missing", "--month", "2099-12")[0] == 0
    assert run("return", "--school-year", "2099", "--out", tmp_path / "年报.xlsx")[0] == 0


def test_a_day_that_is_none_is_refused(run):
    code, _, refused = run("due", "--on", "明天")

    assert code == 1
    assert "不是日期" in refused


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_no_office_has_is_refused(run, day):
    code, _, refused = run("due", "--on", day)

    assert code == 1
    assert "请写 2000～2099 年里的一天" in refused


def test_the_variable_fixes_the_clock_of_a_run(tmp_path, monkeypatch):
    monkeypatch.setenv("SCHOOL_LOGISTICS_TODAY", "2031-05-06")
    words = [sys.executable, "-m", "school_logistics", "--data-dir", str(tmp_path), "undo", "--list", "--json"]

    told = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=True)

    assert json.loads(told.stdout)[0]["at"] == "2031-05-06 09:00:00"


def test_a_demonstration_goes_only_into_an_empty_data_file(run):
    run("import", "supplier", SAMPLES / "供货商档案.xls", "--skip-refused")

    code, _, refused = run("demo")

    assert code == 1
    assert refused.strip()


def test_the_store_of_an_empty_file_has_nothing_to_tell(run):
    assert run("stock", "--month", "2026-10")[1] == "这个月没有库存收发。\n"
    assert run("stock", "--expiring")[1] == "没有临期和过期的库存。\n"
    assert document(run("stock", "--batches", "--json")) == []
