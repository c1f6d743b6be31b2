"""The data file in bad times: opened by many at once, damaged, on a failing disk."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from school_logistics.errors import StoreTrouble
from school_logistics.models.store import troubles_told
from school_logistics.services.rows import Query
from tests.office import ingredient, new_desk

ROOT = Path(__file__).resolve().parents[2]
OPEN = (
    "import sys; from pathlib import Path; from tests.office import new_desk; new_desk(Path(sys.argv[1])).store.close()"
)


def test_a_new_file_opened_by_several_programs_at_once_is_laid_out_once(tmp_path: Path):
    path = tmp_path / "台账.db"
    programs = [
        subprocess.Popen([sys.executable, "-c", OPEN, str(path)], cwd=ROOT, stderr=subprocess.PIPE) for _ in range(4)
    ]
    told = [one.communicate()[1].decode() for one in programs]

    assert told == [""] * 4
    desk = new_desk(path)
    assert [act.title for act in desk.acts()] == ["建立数据文件"]
    desk.store.close()


def test_a_file_that_lost_a_table_is_told_in_a_sentence(tmp_path: Path):
    desk = new_desk(tmp_path / "台账.db")
    with desk.store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE hazard")

    with pytest.raises(StoreTrouble, match="数据文件缺了表"):
        desk.count(desk.ledger("hazard"), Query())
    desk.store.close()
    with pytest.raises(StoreTrouble, match="数据文件缺了表"):
        new_desk(tmp_path / "台账.db")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [("disk I/O error", "读写磁盘出错"), ("something quite new", "数据文件读写出错（something quite new）")],
)
def test_whatever_the_data_file_says_becomes_a_sentence_that_tells_what_is_safe(said: str, sentence: str):
    with pytest.raises(StoreTrouble) as trouble, troubles_told():
        raise OperationalError("SELECT", {}, sqlite3.OperationalError(said))

    assert sentence in str(trouble.value)
    assert "没有存上" in str(trouble.value)


def test_a_half_typed_row_that_cannot_be_kept_is_told_in_a_sentence(tmp_path: Path):
    desk = new_desk(tmp_path / "台账.db")
    ledger = desk.ledger("ingredient")
    with desk.store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE half_typed")

    for use in (lambda: desk.keep_draft(ledger, desk.blank(ledger)), lambda: desk.kept_draft(ledger)):
        with pytest.raises(StoreTrouble, match="数据文件缺了表"):
            use()
    with pytest.raises(StoreTrouble, match="数据文件缺了表"):
        desk.drop_draft(ledger)
    desk.store.close()


def test_what_the_tables_refuse_is_told_in_a_sentence():
    desk = new_desk()
    one = ingredient(desk)

    with pytest.raises(StoreTrouble, match="和别的记录对不上"), desk.store.unit_of_work("重号", "赵甲子") as session:
        session.add(desk.ledger("ingredient").record(id=one, name="白菜"))

    assert desk.count(desk.ledger("ingredient"), Query()) == 1
    desk.store.close()
