"""A database belongs to one process at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from filelock import Timeout

from jianggao.database.ownership import lock_file, owned, ownership_lock
from jianggao.errors import DatabaseInUse


def test_who_comes_second_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    with owned(path, "恢复"):
        assert lock_file(path).exists()
        with pytest.raises(DatabaseInUse, match="请先停掉机器人，再恢复"), owned(path, "恢复"):
            raise AssertionError("owned twice")
        with pytest.raises(Timeout):
            ownership_lock(path).acquire()
    with owned(path, "恢复"):
        pass


def test_an_error_gives_it_free(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), owned(tmp_path / "bot.db", "恢复"):
        raise ZeroDivisionError
    lock = ownership_lock(tmp_path / "bot.db")
    lock.acquire()
    lock.release()


def test_other_databases_are_not_locked(tmp_path: Path) -> None:
    with owned(tmp_path / "bot.db", "恢复"), owned(tmp_path / "other.db", "恢复"):
        assert lock_file(tmp_path / "bot.db") != lock_file(tmp_path / "other.db")
