"""The data file in bad times: opened by many at once, damaged, on a failing disk."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import sqlcipher3.dbapi2
from sqlalchemy.exc import OperationalError

from school_logistics.errors import StoreTrouble
from school_logistics.models.signed import signed_papers
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


AN_OLDER_FILE = """
DROP TABLE signed_paper;
DROP TABLE month_close;
CREATE TABLE signed_paper (id INTEGER PRIMARY KEY AUTOINCREMENT, code VARCHAR(8) NOT NULL, kind VARCHAR(4) NOT NULL,
  signed_on DATE, file VARCHAR(200) NOT NULL, original VARCHAR(200) NOT NULL, file_digest VARCHAR(64) NOT NULL,
  note VARCHAR(200) NOT NULL, told_at DATETIME NOT NULL, actor VARCHAR(40) NOT NULL);
INSERT INTO signed_paper VALUES (1, 'W4TMAY6Y', '纸质', NULL, '', '', '', '档案柜', '2026-10-01 09:00:00', '赵甲子');
INSERT INTO signed_paper VALUES (2, 'W4TMAY6Y', '撤回', NULL, '', '', '', '记错', '2026-10-01 10:00:00', '赵甲子');
INSERT INTO signed_paper VALUES (3, 'W4TMAY6Y', '纸质', NULL, '', '', '', '档案柜', '2026-10-02 09:00:00', '赵甲子');
PRAGMA user_version = 1
"""
"""What a data file of schema 1 lacks: a table, and the column that says which signature is withdrawn."""


def older_file(path: Path, more: str = "") -> None:
    """A data file as an older program left it, with one ingredient."""
    desk = new_desk(path)
    ingredient(desk)
    with desk.store.engine.connect() as connection:
        for statement in f"{AN_OLDER_FILE};{more}".split(";"):
            connection.exec_driver_sql(statement)
        connection.commit()
    desk.store.close()


def test_an_older_file_is_brought_up_to_this_program_after_it_was_copied_aside(tmp_path: Path):
    older_file(tmp_path / "台账.db")

    desk = new_desk(tmp_path / "台账.db")
    with desk.store.reading() as session:
        assert signed_papers(session, ["W4TMAY6Y"])["W4TMAY6Y"].id == 3
    assert desk.closed_months() == frozenset()
    assert desk.count(desk.ledger("ingredient"), Query()) == 1
    with pytest.raises(StoreTrouble), desk.store.beside_the_trail() as connection:
        connection.exec_driver_sql("DELETE FROM signed_paper")
    desk.store.close()

    [copy] = tmp_path.glob("台账_第1版_*.db")
    old = sqlcipher3.dbapi2.connect(str(copy))
    assert old.execute("PRAGMA user_version").fetchone() == (1,)
    assert old.execute("SELECT count(*) FROM signed_paper").fetchone() == (3,)
    old.close()
    new_desk(tmp_path / "台账.db").store.close()
    assert len(list(tmp_path.glob("*.db"))) == 2, "it is copied once"


def test_records_of_an_older_file_get_what_a_new_record_would_have(tmp_path: Path):
    older_file(tmp_path / "台账.db", "ALTER TABLE ingredient DROP COLUMN incomplete")
    desk = new_desk(tmp_path / "台账.db")
    assert ingredient(desk, "白菜") == 2
    with desk.store.reading() as session:
        assert [bool(one.incomplete) for one in session.query(desk.ledger("ingredient").record)] == [False, False]
    desk.store.close()


def test_an_older_file_that_cannot_be_brought_up_says_so_and_stays_as_it_was(tmp_path: Path):
    older_file(tmp_path / "台账.db", "CREATE TABLE month_close (id INTEGER PRIMARY KEY)")
    with pytest.raises(StoreTrouble, match="没法自动升级；数据没有动，已经另存了一份"):
        new_desk(tmp_path / "台账.db")
    with pytest.raises(StoreTrouble, match="没法自动升级"):
        new_desk(tmp_path / "台账.db")
