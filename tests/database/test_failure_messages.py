"""Each expected error has one Chinese line that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianggao.database import failure_messages
from jianggao.errors import CannotStart, DatabaseGone, DatabaseOverwritten

RESTORE = "restore 备份文件"


def test_every_line_is_one_sentence_after_the_other_and_asks_for_something(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    errors: list[CannotStart] = [
        failure_messages.disk_full(path),
        failure_messages.database_locked(path),
        failure_messages.database_read_only(path),
        failure_messages.not_a_database(path),
        failure_messages.database_damaged(path, "x"),
        failure_messages.disk_failing(path, "EIO"),
        failure_messages.too_many_open_files(),
        failure_messages.database_gone(path),
        failure_messages.database_overwritten(path),
    ]
    for error in errors:
        line = str(error)
        assert ("\n" not in line and "请" in line and line.endswith("。")) or RESTORE in line, line


def test_a_full_disk_by_a_limit_on_files_asks_for_another_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failure_messages, "size_limit", lambda: 500_000)
    monkeypatch.setattr(failure_messages, "reaches_size_limit", lambda path: True)
    line = str(failure_messages.disk_full(tmp_path / "bot.db"))
    assert "500 KB" in line and "ulimit -f" in line and "磁盘满了" not in line


def test_what_may_be_deleted_is_named_on_a_full_disk(tmp_path: Path) -> None:
    assert "请删掉用不着的文件，" in str(failure_messages.disk_full(tmp_path / "bot.db"))
    logs = tmp_path / "logs"
    logs.mkdir()
    (logs / "bot.log.1").write_bytes(bytes(3_000))
    line = str(failure_messages.disk_full(tmp_path / "bot.db"))
    assert f"可以删：旧日志 {logs / 'bot.log.1'}（3 KB）。" in line


@pytest.mark.parametrize(("limit", "words"), [(64, "最多 64 个（ulimit -n）"), (None, "再打不开别的了。")])
def test_the_limit_on_open_files_is_told_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, limit: int | None, words: str
) -> None:
    monkeypatch.setattr(failure_messages, "open_files_limit", lambda: limit)
    assert words in str(failure_messages.too_many_open_files())


def test_a_database_that_is_gone_is_told_from_one_that_was_replaced(tmp_path: Path) -> None:
    path, rescued = tmp_path / "bot.db", tmp_path / "bot.db.rescued-1"
    gone = failure_messages.database_gone(path)
    assert type(gone) is DatabaseGone and "不见了" in str(gone) and "用备份恢复" in str(gone)
    path.touch()
    replaced = str(failure_messages.database_gone(path, rescued))
    assert "被换成了另一个文件" in replaced and f"另存为 {rescued.name}" in replaced


def test_a_copy_of_an_overwritten_database_is_praised_only_if_it_is_sound(tmp_path: Path) -> None:
    path, rescued = tmp_path / "bot.db", tmp_path / "bot.db.rescued-1"
    sound = failure_messages.database_overwritten(path, rescued, is_sound=True)
    assert type(sound) is DatabaseOverwritten
    assert "确认过的记录都在" in str(sound) and "doctor" in str(sound) and RESTORE not in str(sound)
    part = str(failure_messages.database_overwritten(path, rescued))
    assert rescued.name in part and "不完整" in part and RESTORE in part
    nothing = str(failure_messages.database_overwritten(path))
    assert "另存" not in nothing and RESTORE in nothing
