"""Who holds a lock on the database is told by name, as far as the system tells it."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from foreign_lock import held_by_another

from jianggao.database.lock_holders import find_lock_holders


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with closing(sqlite3.connect(tmp_path / "bot.db")) as connection:
        connection.execute("CREATE TABLE notes (text)")
    return tmp_path / "bot.db"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is Linux's")
def test_another_program_with_a_lock_is_named(file: Path) -> None:
    with held_by_another(file) as holder:
        found = find_lock_holders(file)
    assert len(found) == 1 and found[0].endswith(f"，进程 {holder}")
    assert not found[0].startswith("，")


def test_nobody_is_named_where_nobody_has_it_open(file: Path) -> None:
    assert find_lock_holders(file) == []
    assert find_lock_holders(file.with_name("none.db")) == []


def test_this_process_is_never_named(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        assert find_lock_holders(file) == []


def test_other_systems_name_nobody(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert find_lock_holders(file) == []
