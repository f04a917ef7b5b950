"""A database that is written over while it is open is noticed, and what is done to a healthy one is no
alarm."""

from __future__ import annotations

import itertools
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from database_cases import (
    by_another_process,
    checkpointed,
    copied_over,
    copy_of_another,
    cut_in_half,
    emptied,
    entries,
    granted,
    refuses,
)

from jianggao.backups import back_up
from jianggao.database import Database, Keys


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
    await again.writer.check_files()
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


async def test_nothing_that_is_done_to_a_healthy_database_is_taken_for_a_loss(
    database: Database, path: Path, tmp_path: Path
) -> None:
    """Checkpoints of all kinds and by whom they may be, rows that a tool changes, VACUUM, reading, backups,
    times."""

    members = itertools.count(50_000)

    async def goes_on() -> None:
        await database.writer.check_files()
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
            await database.writer.check_files()
            assert database.writer.trouble is None


async def test_looks_do_not_let_go_of_the_locks(database: Database, path: Path) -> None:
    """A second opening that is closed would: on a POSIX system they belong to the process. Another program
    would take itself for the last one then, and delete the -wal."""
    await granted(database, "20001")
    await database.writer.check_files()
    by_another_process(path, "SELECT * FROM ledger")
    await database.writer.check_files()
    assert database.writer.trouble is None
    assert path.with_name("bot.db-wal").stat().st_size
