"""A database that is deleted, replaced, emptied, or put back older is noticed: nothing is acknowledged that is gone with
the process, and no start shows an empty library in silence."""

from __future__ import annotations

import errno
import itertools
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from project_root import ROOT

from jianggao.access import deliveries
from jianggao.access.verdicts import Place, PlaceKind
from jianggao.backups import back_up, restore
from jianggao.database import Database, Keys, acknowledgements
from jianggao.database.keys import PURPOSES
from jianggao.database.missing_database import find_traces
from jianggao.errors import (
    CannotWrite,
    DatabaseGone,
    DatabaseMissing,
    DatabaseOverwritten,
    DiskFailing,
    EntriesLost,
    NotADatabase,
    NotFound,
)
from jianggao.membership import ledger_store
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import EntryKind

AT = datetime(2026, 3, 18, tzinfo=timezone.utc)
KILLED = """
import asyncio, os, sys
from datetime import datetime, timezone
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from jianggao.database import Database
from database.test_disappearing import granted

async def work():
    database = await Database.open(Path(sys.argv[1]))
    for number in range(5):
        await granted(database, str(20001 + number))
    os._exit(9)

asyncio.run(work())
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "bot.db"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    database = await Database.open(path)
    await Keys.open(database)
    yield database
    await database.close()


async def granted(database: Database, member: str) -> int:
    async with database.write() as connection:
        entry = await ledger_store.append(
            connection,
            kind=EntryKind.GRANT,
            member=member,
            by="90001",
            at=AT,
            message=f"message for {member}",
            duration=Duration(years=1),
        )
    return entry.number


async def delivered(database: Database) -> None:
    async with database.write() as connection:
        place = Place(PlaceKind.PRIVATE, "20001")
        await deliveries.record_delivery(
            connection, account="20001", version=1, section=None, place=place, form="text", at=AT
        )


def killed_after_five_entries(path: Path) -> None:
    root = ROOT
    ran = subprocess.run([sys.executable, "-c", KILLED, path, root, root / "tests"], check=False)
    assert ran.returncode == 9


def entries(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT member FROM ledger ORDER BY number")]


# --- while the bot runs


async def test_a_deleted_database_acknowledges_nothing(database: Database, path: Path) -> None:
    await granted(database, "20001")
    path.unlink()
    with pytest.raises(CannotWrite, match="数据库文件不见了"):
        await granted(database, "20002")
    assert isinstance(database.writer.trouble, DatabaseGone)


async def test_a_replaced_database_acknowledges_nothing(
    database: Database, path: Path, tmp_path: Path
) -> None:
    await granted(database, "20001")
    other = tmp_path / "other.db"
    shutil.copy(path, other)
    other.replace(path)
    with pytest.raises(CannotWrite, match="数据库文件不见了"):
        await granted(database, "20002")


async def test_a_commit_into_a_file_that_went_meanwhile_is_not_acknowledged(
    database: Database, path: Path
) -> None:
    with pytest.raises(CannotWrite, match="可能没有存下"):
        async with database.write() as connection:
            await connection.execute("INSERT INTO facts VALUES ('a', 'b')")
            path.unlink()


async def test_what_was_open_is_saved_beside_the_place_and_can_be_used(
    database: Database, path: Path
) -> None:
    await granted(database, "20001")
    path.unlink()
    await database.writer.look_after()
    with pytest.raises(CannotWrite):
        await granted(database, "20002")
    assert "bot.db.rescued-1" in str(database.writer.trouble)
    assert not path.with_name("bot.db.rescued-2").exists()
    await database.close()
    with pytest.raises(DatabaseMissing, match=r"bot\.db\.rescued-1"):
        await Database.open(path)
    rescued = path.with_name("bot.db.rescued-1")
    assert rescued.stat().st_mode & 0o077 == 0
    rescued.rename(path)
    again = await Database.open(path)
    await Keys.open(again)
    assert await granted(again, "20002") == 2
    await again.close()


async def test_where_nothing_can_be_saved_the_rest_goes_on(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("jianggao.database.rescue.private_file", full)
    path.unlink()
    await database.writer.look_after()
    assert isinstance(database.writer.trouble, DatabaseGone)


async def test_it_is_noticed_without_a_write(database: Database, path: Path) -> None:
    await database.writer.look_after()
    assert database.writer.trouble is None
    path.unlink()
    await database.writer.look_after()
    assert isinstance(database.writer.trouble, DatabaseGone)
    assert not await database.writer.try_to_write()


async def test_a_file_that_is_put_back_is_used_again(database: Database, path: Path) -> None:
    aside = path.with_name("aside")
    path.rename(aside)
    await database.writer.look_after()
    aside.rename(path)
    assert await database.writer.try_to_write()
    assert await granted(database, "20001") == 1


async def test_a_database_that_has_gone_is_not_made_anew_by_who_reads(database: Database, path: Path) -> None:
    path.unlink()
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        database._lookers._connect(path)
    assert not path.exists()


async def test_what_stands_in_a_deleted_log_is_saved_at_once(database: Database, path: Path) -> None:
    await granted(database, "20001")
    path.with_name("bot.db-wal").unlink()
    await database.writer.look_after()
    copy = path.with_name("copy.db")
    shutil.copy(path, copy)  # as a kill -9 would leave it
    assert entries(copy) == ["20001"]
    with pytest.raises(CannotWrite, match="什么也没有改"):
        await granted(database, "20002")


async def test_a_log_deleted_within_a_transaction_loses_nothing_acknowledged(
    database: Database, path: Path
) -> None:
    async with database.write() as connection:
        await connection.execute("INSERT INTO facts VALUES ('a', 'b')")
        path.with_name("bot.db-wal").unlink()
    copy = path.with_name("copy.db")
    shutil.copy(path, copy)
    with closing(sqlite3.connect(copy)) as looked_at:
        assert looked_at.execute("SELECT value FROM facts WHERE name = 'a'").fetchall() == [("b",)]


# --- written over where it stands


def emptied(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.truncate(0)


def cut_in_half(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size // 2)


def copied_over(source: Path, file: Path) -> None:
    """As `cp` does it: the file keeps its inode."""
    content = source.read_bytes()
    with file.open("r+b") as opened:
        opened.truncate(0)
        opened.write(content)


async def checkpointed(database: Database, kind: str = "TRUNCATE") -> None:
    await database.writer._connection.execute_fetchall(f"PRAGMA wal_checkpoint({kind})")


def checkpoint_of_another(path: Path, kind: str) -> None:
    program = (
        "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute(f'PRAGMA wal_checkpoint({sys.argv[2]})')"
    )
    subprocess.run([sys.executable, "-c", program, str(path), kind], check=True)


async def copy_of_another(folder: Path, entries: int = 1) -> Path:
    database = await Database.open(folder / "bot.db")
    await Keys.open(database)
    for number in range(entries):
        await granted(database, str(40001 + number))
    await database.close()
    return database.path


async def refuses(database: Database) -> DatabaseOverwritten:
    """Nothing is acknowledged from now on, and it is noticed by a look too; gives what is told."""
    await database.writer.look_after()
    trouble = database.writer.trouble
    assert isinstance(trouble, DatabaseOverwritten)
    with pytest.raises(CannotWrite, match="数据库文件被改写"):
        await granted(database, "30001")
    assert not await database.writer.try_to_write()
    return trouble


@pytest.mark.parametrize("write_over", [emptied, cut_in_half])
@pytest.mark.parametrize("kind", ["", "PASSIVE", "TRUNCATE"])
async def test_a_database_that_is_cut_off_in_place_acknowledges_nothing(
    database: Database, path: Path, write_over: Callable[[Path], None], kind: str
) -> None:
    for number in range(2):
        await granted(database, str(20001 + number))
    if kind:
        await checkpointed(database, kind)
    write_over(path)
    size = path.stat().st_size
    assert path.name in str(await refuses(database))
    await database.close()
    assert path.stat().st_size == size  # the end of the process brings nothing into it
    assert not path.with_name("bot.db-wal").exists()


@pytest.mark.parametrize("kind", ["", "TRUNCATE"])
async def test_another_database_that_is_copied_over_it_is_noticed_and_left_alone(
    database: Database, path: Path, tmp_path: Path, kind: str
) -> None:
    other = await copy_of_another(tmp_path / "other", entries=3)
    for number in range(2):
        await granted(database, str(20001 + number))
    if kind:
        await checkpointed(database, kind)
    copied_over(other, path)
    await refuses(database)
    await database.close()
    assert path.read_bytes() == other.read_bytes()
    assert entries(path) == ["40001", "40002", "40003"]


async def test_an_older_copy_of_it_is_noticed(database: Database, path: Path, tmp_path: Path) -> None:
    """Of the same size, by the same schema: nothing but the stamp tells them apart."""
    await granted(database, "20001")
    await checkpointed(database)
    older = tmp_path / "older.db"
    shutil.copy(path, older)
    await granted(database, "20002")
    await checkpointed(database)
    assert path.stat().st_size == older.stat().st_size
    copied_over(older, path)
    trouble = await refuses(database)
    rescued = path.with_name("bot.db.rescued-1")
    assert rescued.name in str(trouble) and "doctor" in str(trouble)
    await database.close()
    assert entries(path) == ["20001"]
    rescued.rename(path)
    again = await Database.open(path)
    await Keys.open(again)
    assert await granted(again, "20003") == 3
    await again.close()


@pytest.mark.parametrize("is_earlier", [False, True])
async def test_a_copy_from_before_the_start_is_noticed(path: Path, tmp_path: Path, is_earlier: bool) -> None:
    """Also where an earlier version wrote them: it left no stamps."""
    before, copies = await copy_of_another(path.parent), []
    for number in range(2):
        database = await Database.open(path)
        await granted(database, str(20001 + number))
        await database.close()
        if is_earlier:
            by_another_process(path, "PRAGMA user_version = 0")
        copies.append(shutil.copy(before, tmp_path / f"{number}.db"))
    database = await Database.open(path)
    try:
        copied_over(copies[0], path)
        await refuses(database)
    finally:
        await database.close()


async def test_to_open_it_changes_nothing(database: Database, path: Path) -> None:
    await granted(database, "20001")
    await database.close()
    content = path.read_bytes()
    again = await Database.open(path)
    await again.writer.look_after()
    await again.close()
    assert path.read_bytes() == content


async def test_what_is_no_database_is_noticed(database: Database, path: Path, tmp_path: Path) -> None:
    await granted(database, "20001")
    other = tmp_path / "speech.txt"
    other.write_text("同志们：" * 20_000)
    copied_over(other, path)
    await refuses(database)
    await database.close()
    assert path.read_bytes() == other.read_bytes()


async def test_what_is_left_goes_under_another_name_where_it_is_not_whole(
    path: Path, database: Database
) -> None:
    await granted(database, "20001")
    await database.close()
    again = await Database.open(path)  # it has read little yet
    try:
        await granted(again, "20002")
        emptied(path)
        trouble = await refuses(again)
    finally:
        await again.close()
    assert "不完整" in str(trouble) and "restore" in str(trouble)
    assert not path.with_name("bot.db.rescued-1").exists()
    assert path.with_name("bot.db.incomplete-1").exists()
    with pytest.raises(DatabaseMissing, match="是空的"):
        await Database.open(path)


async def test_a_log_that_is_emptied_in_place_is_noticed(database: Database, path: Path) -> None:
    await granted(database, "20001")
    emptied(path.with_name("bot.db-wal"))
    trouble = await refuses(database)
    assert "bot.db.rescued-1" in str(trouble)
    await database.close()
    path.with_name("bot.db.rescued-1").rename(path)
    again = await Database.open(path)
    await again.close()
    assert entries(path) == ["20001"]


async def test_a_log_that_is_copied_over_is_noticed(database: Database, path: Path) -> None:
    await granted(database, "20001")
    log = path.with_name("bot.db-wal")
    size = log.stat().st_size
    with log.open("r+b") as opened:
        opened.write(b"x" * size)
    await refuses(database)
    await database.close()


@pytest.mark.parametrize(
    "names", [["bot.db-wal"], ["bot.db", "bot.db-wal"], ["bot.db", "bot.db-wal", "bot.db-shm"]]
)
async def test_a_copy_of_the_same_log_is_noticed_though_it_has_its_beginning_and_size(
    database: Database, path: Path, tmp_path: Path, names: list[str]
) -> None:
    """A -wal that began anew keeps the size that it had."""
    for number in range(20):
        await granted(database, str(20001 + number))
    await checkpointed(database, "FULL")
    await granted(database, "20101")
    log = path.with_name("bot.db-wal")
    older = {name: shutil.copy(path.with_name(name), tmp_path / f"{name}.older") for name in names}
    before = log.read_bytes()
    await granted(database, "20102")
    assert (log.read_bytes()[:32], log.stat().st_size) == (before[:32], len(before))
    for name in names:
        copied_over(Path(older[name]), path.with_name(name))
    await refuses(database)
    await database.close()


async def test_a_log_may_begin_anew_and_hold_what_was_taken_back(database: Database, path: Path) -> None:
    """Neither rounds of the -wal by this or another process nor long transactions that are rolled back are an alarm."""
    for number in range(12):
        await granted(database, str(20001 + number))
        with pytest.raises(KeyError):
            async with database.write() as connection:
                await connection.execute("PRAGMA cache_spill = 1")
                await connection.execute("PRAGMA cache_size = 10")
                for some in range(300):
                    await connection.execute("INSERT INTO facts VALUES (?, ?)", (f"{some}", "x" * 3_000))
                raise KeyError
        if number % 3 == 1:
            checkpoint_of_another(path, ("PASSIVE", "RESTART", "TRUNCATE", "FULL")[number // 3])
        await database.writer.look_after()
        assert database.writer.trouble is None
    assert len(entries(path)) == 12


async def test_a_transaction_taken_back_is_refused_though_the_file_looks_well_again(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a copy that is on its way makes it look: empty, then whole."""
    looks = iter([False, True])
    monkeypatch.setattr(
        "jianggao.database.file_identity.OpenedFiles.is_overwritten", lambda files: next(looks, False)
    )
    with pytest.raises(CannotWrite, match="什么也没有改"):
        await granted(database, "20001")
    assert entries(path) == []
    await granted(database, "20002")
    assert entries(path) == ["20002"]


async def test_a_transaction_into_a_file_that_was_emptied_meanwhile_is_taken_back(
    database: Database, path: Path
) -> None:
    with pytest.raises(CannotWrite, match="什么也没有改"):
        async with database.write() as connection:
            await connection.execute("INSERT INTO facts VALUES ('a', 'b')")
            emptied(path)
    assert path.stat().st_size == 0


async def test_a_commit_into_a_file_that_is_emptied_by_then_may_be_lost(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = database.writer._connection.commit

    async def and_emptied() -> None:
        await commit()
        emptied(path)

    monkeypatch.setattr(database.writer._connection, "commit", and_emptied)
    with pytest.raises(CannotWrite, match="数据库文件被改写，刚才的改动可能没有存下"):
        await granted(database, "20001")


async def test_the_log_of_a_replaced_file_is_not_brought_into_its_replacement(
    database: Database, path: Path, tmp_path: Path
) -> None:
    other = await copy_of_another(tmp_path / "other")
    content = other.read_bytes()
    await granted(database, "20001")
    other.replace(path)
    await database.writer.look_after()
    assert not path.with_name("bot.db-wal").exists()
    await database.close()
    assert path.read_bytes() == content


def by_another_process(path: Path, statement: str) -> None:
    program = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); "
        "c.execute(sys.argv[2]).fetchall(); c.close()"
    )
    subprocess.run([sys.executable, "-c", program, path, statement], check=True)


async def test_nothing_that_is_done_to_a_healthy_database_is_taken_for_a_loss(
    database: Database, path: Path, tmp_path: Path
) -> None:
    """Checkpoints of all kinds and by whom they may be, rows that a tool changes, VACUUM, reading, backups, times."""

    members = itertools.count(50_000)

    async def goes_on() -> None:
        await database.writer.look_after()
        assert database.writer.trouble is None
        await granted(database, str(next(members)))

    checkpoints = [f"PRAGMA wal_checkpoint({kind})" for kind in ("PASSIVE", "FULL", "RESTART", "TRUNCATE")]
    changes = [
        "SELECT * FROM ledger",
        "INSERT INTO facts VALUES ('a', hex(zeroblob(4500000)))",
        "DELETE FROM facts WHERE name = 'a'",
        "VACUUM",
        "CREATE INDEX another ON facts (value)",
    ]
    for statement in (*checkpoints, *changes, *checkpoints):
        by_another_process(path, statement)
        await goes_on()
    size = path.stat().st_size
    for statement in checkpoints:
        await database.writer._connection.execute_fetchall(statement)
        await goes_on()
    path.touch()
    path.chmod(0o640)
    await back_up(path, tmp_path / "kept" / "copy.db")
    for _ in range(300):  # SQLite's own checkpoints
        await goes_on()
    async with database.write() as connection:
        await connection.execute("INSERT INTO facts VALUES ('b', hex(zeroblob(4500000)))")
    await goes_on()
    with pytest.raises(ZeroDivisionError):
        async with database.write() as connection:
            await connection.execute("INSERT INTO facts VALUES ('c', 'd')")
            1 / 0  # noqa: B018
    await goes_on()
    assert path.stat().st_size > size


async def test_checkpoints_while_somebody_reads_are_no_loss(database: Database, path: Path) -> None:
    for number in range(50):
        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM ledger").fetchone()
            await granted(database, str(20000 + number))
            await checkpointed(database, "PASSIVE")  # brings in what stood there before, and no more
            await database.writer.look_after()
            assert database.writer.trouble is None


async def test_looks_do_not_let_go_of_the_locks(database: Database, path: Path) -> None:
    """A second opening that is closed would: on a POSIX system they belong to the process. Another program would take
    itself for the last one then, and delete the -wal."""
    await granted(database, "20001")
    await database.writer.look_after()
    by_another_process(path, "SELECT * FROM ledger")
    await database.writer.look_after()
    assert database.writer.trouble is None
    assert path.with_name("bot.db-wal").stat().st_size


# --- at the start


async def test_a_missing_database_beside_its_keys_is_refused(database: Database, path: Path) -> None:
    await database.close()
    path.unlink()
    with pytest.raises(DatabaseMissing, match=r"bot\.previews\.key.*restore"):
        await Database.open(path)
    assert not path.exists()


async def test_an_emptied_database_beside_its_keys_is_refused(database: Database, path: Path) -> None:
    await database.close()
    path.write_bytes(b"")
    with pytest.raises(DatabaseMissing, match="是空的"):
        await Database.open(path)


async def test_a_new_start_is_possible_where_the_traces_were_moved(database: Database, path: Path) -> None:
    await database.close()
    path.unlink()
    for trace in find_traces(path):
        trace.unlink()
    again = await Database.open(path)
    await Keys.open(again)
    assert await granted(again, "20001") == 1
    await again.close()


def test_all_keys_are_traces(path: Path) -> None:
    path.parent.mkdir()
    for purpose in PURPOSES:
        path.with_name(f"bot.{purpose}.key").write_text("x")
    assert len(find_traces(path)) == len(PURPOSES)


async def test_the_database_of_another_program_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE bookmarks (url)")
        other.commit()
    with pytest.raises(NotADatabase, match="别的程序"):
        await Database.open(path)
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]


async def test_a_log_removed_after_a_kill_is_told_with_what_is_missing(path: Path) -> None:
    killed_after_five_entries(path)
    path.with_name("bot.db-wal").unlink()
    path.with_name("bot.db-shm").unlink(missing_ok=True)
    with pytest.raises(EntriesLost, match=r"会员记录确认过的到第 5 条，库里只到第 0 条.*accept-loss"):
        await Database.open(path)


async def test_a_kill_alone_loses_nothing(path: Path) -> None:
    killed_after_five_entries(path)
    again = await Database.open(path)
    await again.close()
    assert len(entries(path)) == 5


async def test_an_older_file_put_back_is_told(database: Database, path: Path, tmp_path: Path) -> None:
    await granted(database, "20001")
    await database.close()
    older = tmp_path / "older.db"
    shutil.copy(path, older)
    newer = await Database.open(path)
    await granted(newer, "20002")
    await newer.close()
    shutil.copy(older, path)
    with pytest.raises(EntriesLost, match="到第 2 条，库里只到第 1 条"):
        await Database.open(path)


async def test_another_history_of_the_same_length_is_told(
    database: Database, path: Path, tmp_path: Path
) -> None:
    other = await Database.open(tmp_path / "other" / "bot.db")
    await granted(other, "30001")
    await other.close()
    await granted(database, "20001")
    await database.close()
    shutil.copy(tmp_path / "other" / "bot.db", path)
    with pytest.raises(EntriesLost, match="不是同一条"):
        await Database.open(path)


async def test_deliveries_are_noted_every_few_seconds(database: Database, path: Path) -> None:
    await delivered(database)
    await database.writer.look_after()
    noted = acknowledgements.read_note(path)
    assert noted is not None
    assert noted.deliveries == 1


async def test_an_entry_is_noted_before_anybody_hears_of_it(database: Database, path: Path) -> None:
    for number in range(1, 4):
        assert await granted(database, str(20000 + number)) == number
        noted = acknowledgements.read_note(path)
        assert noted is not None
        assert noted.ledger == number


async def test_a_note_that_cannot_be_read_or_written_stops_nothing_and_is_told(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(acknowledgements, "write_note", full)
        assert await granted(database, "20001") == 1
        await database.close()
    for content in ("", "{", "[]", '{"ledger": "x"}', '{"ledger": 1e999}', '{"other": 1}'):
        acknowledgements.note_file(path).write_text(content)
        caplog.clear()
        again = await Database.open(path)
        await again.close()
        assert "bot.db.last-entry 读不懂" in caplog.text
        noted = acknowledgements.read_note(path)
        assert noted is not None and noted.ledger == 1


async def test_a_note_that_cannot_be_read_just_now_is_not_made_anew(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a moment without free file handles, or a disk that hesitates, would forget what was acknowledged."""
    await granted(database, "20001")
    await database.close()
    before = acknowledgements.note_file(path).read_bytes()
    read_text = Path.read_text

    def hesitates(self: Path, *args: Any, **options: Any) -> str:
        if self == acknowledgements.note_file(path):
            raise OSError(errno.EIO, "Input/output error", str(self))
        return read_text(self, *args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_text", hesitates)
        with pytest.raises(DiskFailing):
            await Database.open(path)
    assert acknowledgements.note_file(path).read_bytes() == before


async def test_a_loss_can_be_accepted_and_is_told_then(
    database: Database, path: Path, tmp_path: Path
) -> None:
    older = tmp_path / "older.db"
    await database.close()
    shutil.copy(path, older)
    newer = await Database.open(path)
    await granted(newer, "20001")
    await newer.close()
    shutil.copy(older, path)
    assert acknowledgements.accept_loss(path) == ["会员记录确认过的到第 1 条，库里只到第 0 条"]
    assert acknowledgements.accept_loss(path) == []
    again = await Database.open(path)
    assert await granted(again, "20002") == 1
    await again.close()


def test_no_loss_is_accepted_where_there_is_no_database(path: Path) -> None:
    with pytest.raises(NotFound):
        acknowledgements.accept_loss(path)


async def test_a_restored_older_backup_starts(database: Database, path: Path, tmp_path: Path) -> None:
    await granted(database, "20001")
    await back_up(path, tmp_path / "kept" / "copy.db")
    await granted(database, "20002")
    await database.close()
    await restore(tmp_path / "kept" / "copy.db", path)
    again = await Database.open(path)
    await again.close()
    assert entries(path) == ["20001"]
