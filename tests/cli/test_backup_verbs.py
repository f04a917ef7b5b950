"""`backup` as an operator types it, and what is found in a backup: wrong places, lost keys, changed bytes."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from cli_cases import CommandLine
from damaged_files import KEYS, foreign_database, state_of
from small_disks import not_to_be_written

from jianggao.database.acknowledged_entries import AcknowledgementNote, note_file, read_note, write_note


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
