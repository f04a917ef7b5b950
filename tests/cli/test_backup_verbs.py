"""`backup`, `restore` and `restore --check` as an operator types them: damage, wrong files, lost keys, changed bytes."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from cli_cases import CommandLine
from filelock import FileLock
from small_disks import not_to_be_written

from jianggao.database.acknowledged_entries import AcknowledgementNote, note_file, read_note, write_note

KEYS = ("previews", "codes", "marks")
ENTRY = "INSERT INTO ledger (kind, member, by_account, at, duration, note, message) VALUES"


def state_of(folder: Path) -> dict[str, bytes]:
    """All files below a folder, but locks, which say nothing."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(".lock")
    }


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


def foreign_database() -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE theirs (x)")
        return connection.serialize() if hasattr(connection, "serialize") else b"SQLite format 3\0"


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


@pytest.mark.parametrize("purpose", KEYS)
def test_a_backup_without_a_key_is_refused_and_leaves_nothing(
    terminal: CommandLine, tmp_path: Path, purpose: str
) -> None:
    terminal.key(purpose).unlink()
    copy = tmp_path / "copies" / "copy.db"
    result = terminal.run("backup", str(copy))
    assert result.exit_code == 1 and f"bot.{purpose}.key" in result.output
    assert list(copy.parent.iterdir()) == []


def test_a_backup_without_a_retired_key_is_whole_and_says_what_it_lacks(
    terminal: CommandLine, tmp_path: Path
) -> None:
    assert terminal.run("renew-mark-key").exit_code == 0
    retired = next(terminal.database.parent.glob("bot.marks.*.key"))
    copy = tmp_path / "copies" / "copy.db"
    assert terminal.run("backup", str(copy)).exit_code == 0
    assert copy.with_name("copy" + retired.name.removeprefix("bot")).exists()
    retired.unlink()
    result = terminal.run("backup", str(tmp_path / "copies" / "second.db"))
    assert result.exit_code == 1 and retired.name.removeprefix("bot") in result.output
    assert terminal.run("restore", str(tmp_path / "copies" / "second.db")).exit_code == 0


def test_a_backup_says_that_the_note_of_what_was_acknowledged_cannot_be_read(
    terminal: CommandLine, tmp_path: Path
) -> None:
    note_file(terminal.database).write_text("{")
    result = terminal.run("backup", str(tmp_path / "copies" / "copy.db"))
    assert result.exit_code == 1 and "bot.db.last-entry 读不懂" in result.output
    assert (tmp_path / "copies" / "copy.db").exists()


def test_a_backup_where_no_file_can_be_made_is_refused_in_a_line(terminal: CommandLine) -> None:
    result = terminal.run("backup", "/proc/x.db")
    assert result.exit_code == 1 and len(result.output.strip().splitlines()) == 1, result.output
    assert "/proc" in result.output and "请换一个文件夹" in result.output


def test_a_backup_into_a_folder_that_cannot_be_written_is_refused_in_a_line(
    terminal: CommandLine, tmp_path: Path
) -> None:
    before = state_of(tmp_path)
    with not_to_be_written(tmp_path / "copies"):
        result = terminal.run("backup", str(tmp_path / "copies" / "copy.db"))
    assert result.exit_code == 1 and len(result.output.strip().splitlines()) == 1, result.output
    assert str(tmp_path / "copies") in result.output and "请" in result.output
    assert state_of(tmp_path) == before


def test_what_is_no_backup_of_this_database_is_never_overwritten(
    terminal: CommandLine, tmp_path: Path
) -> None:
    source = next(terminal.library.rglob("*.txt"))
    other = CommandLine(terminal.library, tmp_path / "other" / "bot.db")
    other.run("import")
    other.run("backup", str(tmp_path / "copies" / "theirs.db"))
    (tmp_path / "copies" / "list.db").write_bytes(foreign_database())
    (tmp_path / "copies" / "empty").write_bytes(b"")
    (tmp_path / "copies" / "mine.codes.key").write_text("11" * 32)
    (tmp_path / "copies" / "gone.db-wal").write_bytes(b"somebody's")
    data = terminal.database.parent
    targets = [
        source,
        *(terminal.key(purpose) for purpose in KEYS),
        terminal.database,
        other.database,
        tmp_path / "copies" / "theirs.db",
        tmp_path / "copies" / "list.db",
        tmp_path / "copies" / "empty",
        tmp_path / "copies" / "mine.db",
        tmp_path / "copies" / "gone.db",
        tmp_path / "copies",
        data,
        data / "bot.db-wal",
        data / "bot.db-journal",
        data / "bot.db.lock",
        data / "bot.backup",
        tmp_path / "new.key",
        Path("/dev/null"),
    ]
    before = state_of(tmp_path)
    for target in targets:
        result = terminal.run("backup", str(target))
        assert result.exit_code == 2, (target, result.output)
        assert len(result.output.strip().splitlines()) == 1
        assert state_of(tmp_path) == before, target


def test_an_earlier_backup_is_written_anew_also_one_of_an_earlier_version_or_damaged(
    terminal: CommandLine, tmp_path: Path
) -> None:
    copy = tmp_path / "copies" / "copy.db"
    assert terminal.run("backup", str(copy)).exit_code == 0
    terminal.grant("20001")
    assert terminal.run("backup", str(copy)).exit_code == 0
    copy.with_name("copy.db.manifest.json").unlink()
    assert terminal.run("backup", str(copy)).exit_code == 0
    copy.write_bytes(b"SQLite format 3\0" + bytes(5000))
    assert terminal.run("backup", str(copy)).exit_code == 0
    assert "会员记录：1 条" in terminal.run("restore", "--check", str(copy)).output


def changed(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 0x04
    path.write_bytes(bytes(content))


def test_a_changed_byte_anywhere_in_a_backup_is_found(terminal: CommandLine, tmp_path: Path) -> None:
    terminal.grant("20001", note="marked-note")
    copy = tmp_path / "copies" / "copy.db"
    terminal.run("backup", str(copy))
    whole = state_of(copy.parent)
    places = [(copy, at) for at in range(40, len(whole["copy.db"]), len(whole["copy.db"]) // 40)]
    places.append((copy, whole["copy.db"].index(b"marked-note")))
    manifest = copy.with_name("copy.db.manifest.json")
    places += [(manifest, at) for at in range(0, manifest.stat().st_size, 29)]
    places += [(copy.with_name(f"copy.{purpose}.key"), 7) for purpose in KEYS]
    before = state_of(terminal.database.parent)
    for path, at in places:
        changed(path, at)
        result = terminal.run("restore", str(copy))
        assert result.exit_code == 1, (path.name, at)
        assert len(result.output.strip().splitlines()) == 1
        changed(path, at)
    assert state_of(terminal.database.parent) == before
    assert terminal.run("restore", str(copy)).exit_code == 0


def test_a_changed_byte_of_the_ledger_is_found_without_the_manifest_too(
    terminal: CommandLine, tmp_path: Path
) -> None:
    """By the seal in the file itself; and by `doctor` where such a file is the database."""
    terminal.grant("20001", note="marked-note")
    copy = tmp_path / "copies" / "copy.db"
    terminal.run("backup", str(copy))
    copy.with_name("copy.db.manifest.json").unlink()
    result = terminal.run("restore", "--check", str(copy))
    assert result.exit_code == 0 and "没有校验码（旧版备份）" in result.output
    changed(copy, copy.read_bytes().index(b"marked-note"))
    result = terminal.run("restore", str(copy))
    assert result.exit_code == 1 and "会员记录 1–1" in result.output
    shutil.copy(copy, terminal.database)
    result = terminal.run("doctor")
    assert result.exit_code == 1 and "会员记录 1–1" in result.output


def test_a_changed_ledger_is_found_by_doctor_and_makes_no_backup_until_it_is_accepted(
    terminal: CommandLine, tmp_path: Path
) -> None:
    terminal.grant("20001")
    assert terminal.run("search", "干渠").exit_code == 0  # which seals
    told = terminal.run("doctor")
    assert told.exit_code == 0, told.output
    with closing(sqlite3.connect(terminal.database)) as connection, connection:
        connection.execute("DROP TRIGGER ledger_never_updated")
        connection.execute("UPDATE ledger SET member = '20002'")
        connection.execute(
            """CREATE TRIGGER ledger_never_updated BEFORE UPDATE ON ledger
               BEGIN SELECT RAISE(ABORT, 'ledger rows are never changed'); END"""
        )
    assert terminal.run("doctor").exit_code == 1
    copy = tmp_path / "copies" / "copy.db"
    result = terminal.run("backup", str(copy))
    assert result.exit_code == 1 and "accept-ledger" in result.output
    assert terminal.run("accept-ledger").exit_code == 0
    assert terminal.run("backup", str(copy)).exit_code == 0
    told = terminal.run("doctor")
    assert told.exit_code == 0, told.output
    assert terminal.run("restore", str(copy)).exit_code == 0


def test_accepting_the_ledger_tells_what_is_given_up_and_asks_for_the_keys_first(
    terminal: CommandLine,
) -> None:
    write_note(terminal.database, AcknowledgementNote(ledger=3, entry="0" * 32))
    key = terminal.key("codes").read_bytes()
    terminal.key("codes").unlink()
    result = terminal.run("accept-ledger")
    assert result.exit_code == 1 and "bot.codes.key" in result.output
    assert read_note(terminal.database) == AcknowledgementNote(ledger=3, entry="0" * 32)
    terminal.key("codes").write_bytes(key)
    result = terminal.run("accept-ledger")
    assert result.exit_code == 0 and "确认过的到第 3 条，库里只到第 0 条" in result.output


@pytest.mark.parametrize("verb", ["accept-loss", "accept-ledger"])
def test_nothing_is_accepted_of_another_programs_database(terminal: CommandLine, verb: str) -> None:
    with closing(sqlite3.connect(terminal.database.with_name("theirs.db"))) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    terminal.database = terminal.database.with_name("theirs.db")
    result = terminal.run(verb)
    assert result.exit_code == 1 and "别的程序的数据库" in result.output


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


def test_doctor_looks_at_the_newest_backups(terminal: CommandLine, tmp_path: Path) -> None:
    folder = terminal.database.parent / "backups"
    assert "还没有" in terminal.run("doctor").output
    terminal.run("backup", str(folder / "20260318-033000" / "bot.db"))
    told = terminal.run("doctor")
    assert told.exit_code == 0, told.output
    changed(folder / "20260318-033000" / "bot.db", 9_000)
    result = terminal.run("doctor")
    assert result.exit_code == 1 and "20260318-033000" in result.output
    changed(folder / "20260318-033000" / "bot.db", 9_000)
    (folder / "20260318-033000" / "bot.marks.key").unlink()
    result = terminal.run("doctor")
    assert result.exit_code == 1 and "bot.marks.key" in result.output


def test_doctor_tells_a_folder_of_backups_that_cannot_be_read_from_an_empty_one(
    terminal: CommandLine, tmp_path: Path
) -> None:
    terminal.settings["BACKUP_DIR"] = str(tmp_path / "kept")
    assert "✓ 备份：还没有" in terminal.run("doctor", "--quick").output
    (tmp_path / "kept").write_text("")
    result = terminal.run("doctor", "--quick")
    assert result.exit_code == 1
    assert f"备份文件夹 {tmp_path / 'kept'} 读不了" in result.output and "请检查 BACKUP_DIR" in result.output


def test_a_manifest_names_hashes_and_figures_and_nobody(terminal: CommandLine, tmp_path: Path) -> None:
    terminal.grant("20001")
    copy = tmp_path / "copies" / "copy.db"
    terminal.run("backup", str(copy))
    text = copy.with_name("copy.db.manifest.json").read_text("utf-8")
    said = json.loads(text)
    assert said["holds"]["ledger_entries"] == said["holds"]["last_entry"] == 1
    assert said["holds"]["speeches"] == 8
    assert len(said["database"]["sha256"]) == len(said["ledger"]) == len(said["seal"]) == 64
    assert set(said["keys"]) == {f"copy.{purpose}.key" for purpose in KEYS}
    assert "20001" not in text


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
