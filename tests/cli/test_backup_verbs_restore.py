"""`restore` and `restore --check` as an operator types them: what is kept, the keys, wrong files, and what is
told."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from cli_cases import CommandLine
from damaged_files import KEYS, foreign_database, state_of
from filelock import FileLock

ENTRY = "INSERT INTO ledger (kind, member, by_account, at, duration, note, message) VALUES"


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: b"",
    "half of it": half,
    "zeros": lambda content: bytes(len(content)),
    "another kind of file": lambda content: "这是一份名单\n".encode() * 500,
    "its header alone": lambda content: content[:100],
    "a changed header": lambda content: b"SQLite format 3\0" + b"\xff" * 84 + content[100:],
    "pages of nothing": lambda content: content[:8192] + b"\xff" * (len(content) - 8192),
    "another program's database": lambda content: foreign_database(),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_restore_over_a_damaged_database_keeps_it_byte_for_byte(terminal: CommandLine, damage: str) -> None:
    copy = terminal.database.parent.parent / "copies" / "copy.db"
    assert terminal.run("backup", str(copy)).exit_code == 0
    damaged = DAMAGE[damage](terminal.database.read_bytes())
    terminal.database.write_bytes(damaged)
    terminal.database.with_name("bot.db-wal").write_bytes(b"what a crash left")
    result = terminal.run("restore", str(copy))
    assert result.exit_code == 0, result.output
    assert "【干渠】" in terminal.run("search", "干渠").output
    kept = state_of(terminal.database.parent)
    assert damaged in [content for name, content in kept.items() if "before-restore" in name]
    assert b"what a crash left" in [content for name, content in kept.items() if "before-restore" in name]


def test_restore_over_a_database_that_cannot_be_read_keeps_it(terminal: CommandLine) -> None:
    copy = terminal.database.parent.parent / "copies" / "copy.db"
    terminal.run("backup", str(copy))
    elsewhere = terminal.database.parent.parent / "gone"
    terminal.database.unlink()
    terminal.database.symlink_to(elsewhere / "bot.db")
    elsewhere.mkdir()
    assert terminal.run("restore", str(copy)).exit_code == 0
    assert terminal.database.is_symlink() and (elsewhere / "bot.db").is_file()
    assert "【干渠】" in terminal.run("search", "干渠").output


def test_every_restore_keeps_what_it_replaced_and_its_keys(terminal: CommandLine, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "copy.db"
    terminal.run("backup", str(copy))
    replaced = []
    for content in (b"first damage", b"second damage", b"third damage"):
        terminal.database.write_bytes(content)
        terminal.key("marks").write_text(content.decode() + " key", "ascii")
        assert terminal.run("restore", str(copy)).exit_code == 0
        replaced.append(content)
    kept = [content for name, content in state_of(terminal.database.parent).items() if "before" in name]
    for content in replaced:
        assert content in kept and content + b" key" in kept


def test_a_restore_is_taken_back_by_restoring_what_it_kept(terminal: CommandLine, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "copy.db"
    terminal.run("backup", str(copy))
    terminal.grant("20001")
    result = terminal.run("restore", str(copy))
    kept = result.output.split("留在 ", 1)[1].strip()
    assert terminal.run("restore", kept).exit_code == 0
    with closing(sqlite3.connect(terminal.database)) as connection:
        assert connection.execute("SELECT member FROM ledger").fetchall() == [("20001",)]


@pytest.mark.parametrize("purpose", KEYS)
def test_a_restore_with_a_missing_key_is_refused_before_anything_is_touched(
    terminal: CommandLine, tmp_path: Path, purpose: str
) -> None:
    copy = tmp_path / "copies" / "copy.db"
    terminal.run("backup", str(copy))
    copy.with_name(f"copy.{purpose}.key").unlink()
    terminal.key(purpose).unlink()
    terminal.database.write_bytes(b"damaged")
    before = state_of(tmp_path)
    result = terminal.run("restore", str(copy))
    assert result.exit_code == 1 and f"copy.{purpose}.key" in result.output
    assert state_of(tmp_path) == before
    assert terminal.run("restore", "--check", str(copy)).exit_code == 1


@pytest.mark.parametrize("purpose", KEYS)
@pytest.mark.parametrize("content", ["00" * 32 + "\n", "no key", ""])
def test_a_restore_with_a_wrong_key_is_refused_before_anything_is_touched(
    terminal: CommandLine, tmp_path: Path, purpose: str, content: str
) -> None:
    copy = tmp_path / "copies" / "copy.db"
    terminal.run("backup", str(copy))
    copy.with_name(f"copy.{purpose}.key").write_text(content, "ascii")
    before = state_of(tmp_path)
    result = terminal.run("restore", str(copy))
    assert result.exit_code == 1 and f"copy.{purpose}.key" in result.output
    assert state_of(tmp_path) == before


def test_keys_that_lie_by_the_database_alone_are_used_where_their_ids_fit(
    terminal: CommandLine, tmp_path: Path
) -> None:
    copy = tmp_path / "copies" / "copy.db"
    terminal.run("backup", str(copy))
    copy.with_name("copy.marks.key").unlink()
    result = terminal.run("restore", str(copy))
    assert result.exit_code == 0 and "copy.marks.key" in result.output
    told = terminal.run("doctor")
    assert told.exit_code == 0, told.output


def test_check_says_what_a_backup_holds_and_what_a_restore_would_change(
    terminal: CommandLine, tmp_path: Path
) -> None:
    terminal.grant("20001")
    terminal.grant("20002")
    copy = tmp_path / "copies" / "copy.db"
    terminal.run("backup", str(copy))
    terminal.grant("20001", "P0Y3M0W0D")
    terminal.grant("20003")
    before = state_of(tmp_path)
    with FileLock(terminal.database.with_name("bot.db.lock")):  # as a running bot has it
        result = terminal.run("restore", "--check", str(copy))
    assert result.exit_code == 0
    assert state_of(tmp_path) == before
    for line in (
        "8 篇",
        "会员记录：2 条，最后是第 2 条（2026-03-01 08:00）",
        "3 个都对得上",
        "会丢掉 2 条会员记录（第 3–4 条）",
        "会员状态会变的有 2 人",
        "20001：有效期至 2027-06-01 → 有效期至 2027-03-01",
        "20003：有效期至 2027-03-01 → 没有订阅",
    ):
        assert line in result.output, line
    assert "20002：" not in result.output
    terminal.database.unlink()
    assert "现在没有数据库" in terminal.run("restore", "--check", str(copy)).output
    terminal.database.write_bytes(b"damaged" * 1000)
    result = terminal.run("restore", "--check", str(copy))
    assert result.exit_code == 0 and "读不出来" in result.output
    terminal.database.write_bytes(foreign_database())
    result = terminal.run("restore", "--check", str(copy))
    assert result.exit_code == 0 and "别的程序的数据库" in result.output
    assert terminal.database.read_bytes() == foreign_database()


def test_check_says_that_a_backup_is_of_another_library(terminal: CommandLine, tmp_path: Path) -> None:
    other = CommandLine(tmp_path / "other library", tmp_path / "other" / "bot.db")
    other.library.mkdir()
    shutil.copy(next(terminal.library.rglob("*.txt")), other.library)
    assert other.run("import").exit_code == 0
    copy = tmp_path / "copies" / "theirs.db"
    assert other.run("backup", str(copy)).exit_code == 0
    before = state_of(tmp_path)
    result = terminal.run("restore", "--check", str(copy))
    assert result.exit_code == 0
    assert "是另一个数据库的备份（密钥不同）" in result.output and "--other-database" in result.output
    assert "资料从 8 篇、" in result.output and "变成 1 篇、" in result.output
    assert "是另一个数据库的备份" in terminal.run("restore", str(copy)).output
    assert state_of(tmp_path) == before
    assert "另一个数据库" not in other.run("restore", "--check", str(copy)).output


def test_a_copy_by_hand_of_a_running_database_is_restored_with_its_wal(
    terminal: CommandLine, tmp_path: Path
) -> None:
    copy = tmp_path / "copies" / "bot.db"
    with closing(sqlite3.connect(terminal.database)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(
            f"{ENTRY} ('grant', '20009', '9', '2026-03-01T00:00:00.000000+00:00', 'P1Y0M0W0D', '', 'm')"
        )
        connection.commit()
        for path in filter(Path.is_file, terminal.database.parent.glob("bot.*")):
            shutil.copy(path, copy.with_name(path.name))
    before = state_of(copy.parent)
    assert "会员记录：1 条" in terminal.run("restore", "--check", str(copy)).output
    shutil.rmtree(terminal.database.parent)
    result = terminal.run("restore", str(copy))
    assert result.exit_code == 0 and "bot.db-wal" in result.output
    assert state_of(copy.parent) == before
    with closing(sqlite3.connect(terminal.database)) as connection:
        assert connection.execute("SELECT member FROM ledger").fetchall() == [("20009",)]


def test_a_wal_that_does_not_belong_to_a_backup_is_left_out(terminal: CommandLine, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "copy.db"
    terminal.run("backup", str(copy))
    with closing(sqlite3.connect(terminal.database)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(
            f"{ENTRY} ('grant', '20009', '9', '2026-03-01T00:00:00.000000+00:00', 'P1Y0M0W0D', '', 'm')"
        )
        connection.commit()
        shutil.copy(terminal.database.with_name("bot.db-wal"), copy.with_name("copy.db-wal"))
    assert terminal.run("restore", str(copy)).exit_code == 0
    with closing(sqlite3.connect(terminal.database)) as connection:
        assert connection.execute("SELECT count(*) FROM ledger").fetchone() == (0,)


def test_a_restore_from_the_database_itself_is_refused(terminal: CommandLine, tmp_path: Path) -> None:
    linked, hard = tmp_path / "link.db", tmp_path / "hard.db"
    linked.symlink_to(terminal.database)
    os.link(terminal.database, hard)
    before = state_of(terminal.database.parent)
    for source in (terminal.database, linked, hard):
        result = terminal.run("restore", str(source))
        assert result.exit_code == 2 and "现在的数据库" in result.output
    assert state_of(terminal.database.parent) == before


def test_without_room_nothing_is_touched(
    terminal: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copies" / "copy.db"
    terminal.run("backup", str(copy))
    before = state_of(tmp_path)
    for module in ("backup", "restoration"):
        monkeypatch.setattr(f"jianggao.backups.{module}.free_bytes", lambda path: 1 << 20)
    for verb, target in (("restore", copy), ("backup", copy), ("backup", tmp_path / "copies" / "new.db")):
        result = terminal.run(verb, str(target))
        assert result.exit_code == 1 and "只剩 1" in result.output
    assert state_of(tmp_path) == before


def test_a_folder_in_the_databases_place_is_refused_in_a_line(terminal: CommandLine, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "copy.db"
    terminal.run("backup", str(copy))
    terminal.database.unlink()
    terminal.database.mkdir()
    for words in (("restore", str(copy)), ("backup", str(tmp_path / "copies" / "other.db"))):
        result = terminal.run(*words)
        assert result.exit_code == 1 and len(result.output.strip().splitlines()) == 1, result.output


def test_odd_names_of_files_are_no_patterns(library: Path, tmp_path: Path) -> None:
    database = tmp_path / "数 据[1]" / "bot*[x].db"
    database.parent.mkdir()
    terminal = CommandLine(library, database)
    assert terminal.run("import").exit_code == 0
    assert terminal.run("renew-mark-key").exit_code == 0
    copy = tmp_path / "备 份[2]" / "copy[?].db"
    assert terminal.run("backup", str(copy)).exit_code == 0
    shutil.rmtree(database.parent)
    assert terminal.run("restore", str(copy)).exit_code == 0
    told = terminal.run("doctor")
    assert told.exit_code == 0, told.output
    assert len(list(database.parent.glob("*.key"))) == 4


def test_backup_and_restore_bring_everything_back(terminal: CommandLine, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere" / "copy.db"
    assert terminal.run("backup", str(target)).exit_code == 0
    names = {path.name for path in target.parent.iterdir()}
    keys = {"copy.previews.key", "copy.codes.key", "copy.marks.key"}
    assert names == {"copy.db", "copy.db.manifest.json", *keys}
    shutil.rmtree(terminal.database.parent)
    assert terminal.run("restore", str(target)).exit_code == 0
    assert "【干渠】" in terminal.run("search", "干渠").output
    assert terminal.run("doctor").exit_code == 0


def test_restore_of_something_else_is_refused(terminal: CommandLine, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.db"
    wrong.write_bytes(b"not a database at all" * 100)
    result = terminal.run("restore", str(wrong))
    assert result.exit_code == 1 and "不是完好的" in result.output
    assert terminal.run("restore", str(tmp_path / "none.db")).exit_code == 1
    assert "【干渠】" in terminal.run("search", "干渠").output
