"""`codes`, as typed on a terminal: a new file of codes that are valid from the moment at which it is whole."""

from __future__ import annotations

import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from cli_cases import CommandLine
from filelock import FileLock

from jianggao.database.key_files import key_file, read_key
from jianggao.database.ownership import lock_file
from jianggao.redeem_codes.code_form import characters_of, find_codes, hash_of, key_of_hashes, new_code


def rows(terminal: CommandLine, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(terminal.database)) as connection:
        return connection.execute(sql).fetchall()


def test_codes_are_written_to_a_private_file(terminal: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "codes.txt"
    words = ("--last-day", "2099-06-30", "--note", "淘宝", "--output", str(file))
    result = terminal.run("codes", "1200", "1年", *words)
    assert result.exit_code == 0 and "第 1 批 1200 张 1年 卡密写到了" in result.output
    codes = file.read_text("utf-8").splitlines()
    assert len(set(codes)) == 1200 and not find_codes(result.output)
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    key = key_of_hashes(read_key(key_file(terminal.database, "codes")))
    stored = {row[0] for row in rows(terminal, "SELECT hash FROM redeem_codes")}
    assert stored == {hash_of(characters_of(code), key) for code in codes}
    batches = rows(terminal, "SELECT state, by_account, size, note, last_day, is_trial FROM code_batches")
    assert batches == [("active", "", 1200, "淘宝", "2099-06-30", 0)]


def test_without_a_name_the_file_is_named_after_the_batch(
    terminal: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert terminal.run("codes", "2", "3天", "--trial").exit_code == 0
    assert len((tmp_path / "卡密-第1批-2张-试用3天.txt").read_text("utf-8").splitlines()) == 2


def test_a_file_that_exists_stays_as_it_is(terminal: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "codes.txt"
    file.write_text("别的", "utf-8")
    result = terminal.run("codes", "2", "1年", "--output", str(file))
    assert result.exit_code == 2 and "没有覆盖" in result.output
    assert file.read_text("utf-8") == "别的" and rows(terminal, "SELECT 1 FROM code_batches") == []


def test_codes_whose_file_cant_be_written_are_none(terminal: CommandLine, tmp_path: Path) -> None:
    result = terminal.run("codes", "2", "1年", "--output", str(tmp_path / "none" / "codes.txt"))
    assert result.exit_code == 1 and "没有生成卡密" in result.output
    assert len(result.output.splitlines()) == 1
    assert not (tmp_path / "none").exists()
    terminal.run("codes", "1", "1年", "--output", str(tmp_path / "codes.txt"))
    assert rows(terminal, "SELECT number, state FROM code_batches") == [(1, "active")], "no number is taken"


def test_wrong_words_are_refused_in_chinese(terminal: CommandLine) -> None:
    for words in ((), ("2",), ("0", "1年"), ("2", "1年", "--last-day", "2027-13-01")):
        result = terminal.run("codes", *words)
        assert result.exit_code == 2 and "Error" not in result.output


def test_an_interrupted_file_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jianggao.cli import code_verbs

    def fails(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(code_verbs.os, "fsync", fails)
    with pytest.raises(OSError):
        code_verbs.write_codes(tmp_path / "codes.txt", b"x\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("0", "1年"), "0"),
        (("10001", "1年"), "10001"),
        (("2", "6年"), "最多 5 年"),
        (("2", "很久"), "时长"),
        (("2", "1年", "--last-day", "2020-01-01"), "已经过了"),
        (("2", "1年", "--last-day", "2027-06"), "没看懂最后兑换日“2027-06”"),
        (("2", "1年", "--last-day", ""), "空的"),
        (("2", "1年", "--last-day", "2099-06-30", "--note", "2098-06-30前"), "写了两个"),
        (("2", "1年", "--note", "淘宝 30 days"), "--last-day"),
        (("2", "1年", "2099-06-30"), "--last-day"),
        (("-1", "1年"), "张数“-1”不对"),
        (("2", new_code()), "这里不写卡密"),
        (("2", "1年", "--note", "长" * 101), "最多 100 字"),
    ],
)
def test_wrong_words_make_nothing(
    terminal: CommandLine, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    result = terminal.run("codes", *words, "--output", str(tmp_path / "codes.txt"))
    assert result.exit_code == 2 and told in result.output
    assert not (tmp_path / "codes.txt").exists() and rows(terminal, "SELECT 1 FROM code_batches") == []


@pytest.mark.parametrize(
    ("words", "told", "stored"),
    [
        (("--last-day", "2099/6/30"), "最后兑换日 2099-06-30", ("", "2099-06-30")),
        (("--last-day", "20990630前"), "最后兑换日 2099-06-30", ("", "2099-06-30")),
        (("--note", "淘宝 2099–06–30前"), "最后兑换日 2099-06-30", ("淘宝", "2099-06-30")),
        (("--note", "备注 6月促销"), "没有最后兑换日", ("6月促销", None)),
    ],
)
def test_the_last_day_is_read_as_in_the_chat(
    terminal: CommandLine, tmp_path: Path, words: tuple[str, ...], told: str, stored: tuple[str, str | None]
) -> None:
    result = terminal.run("codes", "2", "试用3天", *words, "--output", str(tmp_path / "codes.txt"))
    assert result.exit_code == 0 and told in result.output
    assert rows(terminal, "SELECT note, last_day, is_trial FROM code_batches") == [(*stored, 1)]


def test_no_codes_get_into_a_note_or_the_library(
    terminal: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = terminal.run(
        "codes", "1", "1年", "--note", f"给 {new_code()}", "--output", str(tmp_path / "a.txt")
    )
    assert result.exit_code == 2 and "备注里有卡密" in result.output
    (terminal.library / "of 2026").mkdir(parents=True)
    for output in (
        terminal.library / "codes.txt",
        tmp_path / ".." / terminal.library / "of 2026" / "codes.txt",
    ):
        result = terminal.run("codes", "1", "1年", "--output", str(output))
        assert result.exit_code == 2 and "当成讲稿" in result.output and not output.exists()
    monkeypatch.chdir(terminal.library)
    assert terminal.run("codes", "1", "1年").exit_code == 2
    assert rows(terminal, "SELECT 1 FROM code_batches") == []


def test_of_a_batch_that_was_broken_off_the_next_run_tells(terminal: CommandLine, tmp_path: Path) -> None:
    assert terminal.run("codes", "2", "1年", "--output", str(tmp_path / "a.txt")).exit_code == 0
    terminal.edit(
        "INSERT INTO code_batches (by_account, at, size, duration, is_trial, note, state) "
        "VALUES ('', '2026-03-18T00:00:00.000000+00:00', 2, 'P1Y0M0W0D', 0, '', 'pending')"
    )
    result = terminal.run("codes", "1", "1年", "--output", str(tmp_path / "b.txt"))
    assert result.exit_code == 0 and "第 2 批 2 张 1年 卡密生成到一半就停了" in result.output
    assert "生成到一半" not in terminal.run("codes", "1", "1年", "--output", str(tmp_path / "c.txt")).output


def test_no_codes_are_made_while_a_bot_runs(terminal: CommandLine, tmp_path: Path) -> None:
    with FileLock(lock_file(terminal.database)):
        result = terminal.run("codes", "2", "1年", "--output", str(tmp_path / "codes.txt"))
    assert result.exit_code == 1 and len(result.output.splitlines()) == 1
    assert not (tmp_path / "codes.txt").exists()
