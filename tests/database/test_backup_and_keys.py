"""Keys beside the database; backup under a running writer; restore that looks first."""

import os
import stat
import sys
from pathlib import Path

import pytest
from small_disks import fill

from jianggao.backups import back_up, restore
from jianggao.database import Database, Keys
from jianggao.database.keys import PURPOSES, key_file, retired_file
from jianggao.errors import CannotWrite, DatabaseDamaged, DatabaseInUse, KeyMissing, NotFound, WrongUse


async def open_with_keys(path: Path) -> tuple[Database, Keys]:
    database = await Database.open(path)
    return database, await Keys.open(database)


async def test_keys_are_independent_private_and_stay(tmp_path: Path) -> None:
    database, keys = await open_with_keys(tmp_path / "bot.db")
    assert len({keys.previews, keys.codes, keys.marks}) == 3
    if sys.platform != "win32":
        for purpose in PURPOSES:
            assert stat.S_IMODE(key_file(database.path, purpose).stat().st_mode) == 0o600
    assert await Keys.open(database) == keys
    await database.close()


@pytest.mark.parametrize("purpose", PURPOSES)
async def test_a_missing_key_is_named_and_never_made_anew(tmp_path: Path, purpose: str) -> None:
    database, _ = await open_with_keys(tmp_path / "bot.db")
    key_file(database.path, purpose).unlink()
    with pytest.raises(KeyMissing, match=rf"bot\.{purpose}\.key"):
        await Keys.open(database)
    assert not key_file(database.path, purpose).exists()
    await database.close()


async def test_another_databases_key_is_refused(tmp_path: Path) -> None:
    database, _ = await open_with_keys(tmp_path / "bot.db")
    key_file(database.path, "marks").write_text("00" * 32)
    with pytest.raises(KeyMissing):
        await Keys.open(database)
    await database.close()


async def test_backup_of_a_running_bot_restores_with_its_keys(tmp_path: Path) -> None:
    database, keys = await open_with_keys(tmp_path / "live" / "bot.db")
    async with database.write() as connection:
        await connection.execute("CREATE TABLE notes (text TEXT)")
        await connection.execute("INSERT INTO notes VALUES ('kept')")
    written = await back_up(database.path, tmp_path / "copies" / "monday.db")
    assert [path.name for path in written] == [
        "monday.db",
        *(f"monday.{purpose}.key" for purpose in PURPOSES),
        "monday.db.manifest.json",
    ]
    with pytest.raises(DatabaseInUse):
        await restore(tmp_path / "copies" / "monday.db", database.path)
    async with database.write() as connection:
        await connection.execute("INSERT INTO notes VALUES ('later')")
    await database.close()

    kept_aside = await restore(tmp_path / "copies" / "monday.db", database.path)
    assert kept_aside is not None
    assert kept_aside.exists()
    again, same_keys = await open_with_keys(database.path)
    assert same_keys == keys
    async with again.read() as connection:
        rows = await connection.execute_fetchall("SELECT text FROM notes")
    assert [row[0] for row in rows] == ["kept"]
    await again.close()


async def test_restore_brings_the_backups_keys_and_keeps_the_others_aside(tmp_path: Path) -> None:
    first, keys = await open_with_keys(tmp_path / "one" / "bot.db")
    await back_up(first.path, tmp_path / "copy.db")
    await first.close()
    second, other_keys = await open_with_keys(tmp_path / "two" / "bot.db")
    await second.close()
    kept = await restore(tmp_path / "copy.db", second.path, other_database=True)
    restored, same = await open_with_keys(second.path)
    assert same == keys != other_keys
    await restored.close()
    assert kept is not None
    assert key_file(kept, "marks").read_text().strip() == other_keys.marks.hex()


async def test_a_damaged_backup_is_refused_and_the_live_file_untouched(tmp_path: Path) -> None:
    database, _ = await open_with_keys(tmp_path / "bot.db")
    await back_up(database.path, tmp_path / "copy.db")
    await database.close()
    before = database.path.read_bytes()
    damaged = bytearray((tmp_path / "copy.db").read_bytes())
    damaged[4096:12288] = b"\xff" * 8192
    (tmp_path / "copy.db").write_bytes(damaged)
    with pytest.raises(DatabaseDamaged):
        await restore(tmp_path / "copy.db", database.path)
    assert database.path.read_bytes() == before


async def test_backup_over_itself_and_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        await back_up(tmp_path / "none.db", tmp_path / "copy.db")
    database, _ = await open_with_keys(tmp_path / "bot.db")
    with pytest.raises(WrongUse):
        await back_up(database.path, database.path)
    await database.close()


async def test_a_full_disk_leaves_the_marks_key_in_force(small_disk: Path) -> None:
    """However far a renewal comes before nothing more can be written."""
    database, keys = await open_with_keys(small_disk / "bot.db")
    refused = 0
    for room in range(0, 256 << 10, 4 << 10):
        ballast = fill(small_disk)
        os.truncate(ballast, ballast.stat().st_size - room)
        try:
            await Keys.renew_marks(database, "2026-03-18T00:00:00.000000+00:00")
            break
        except (OSError, CannotWrite):
            refused += 1
        ballast.unlink()
        assert await database.writer.try_to_write()
        assert await Keys.open(database) == keys
        assert not list(small_disk.glob("*.new"))
    assert refused
    renewed = await Keys.open(database)
    assert renewed.marks != keys.marks and renewed.marks_key(keys.marks_id) == keys.marks
    await database.close()


async def test_a_renewal_killed_before_its_commit_leaves_the_marks_key_in_force(tmp_path: Path) -> None:
    database, keys = await open_with_keys(tmp_path / "bot.db")
    place = key_file(database.path, "marks")
    place.replace(retired_file(database.path, keys.marks_id))
    place.write_text("11" * 32)
    assert await Keys.open(database) == keys
    assert place.read_text().strip() == keys.marks.hex()
    await database.close()


async def test_a_damaged_retired_key_stops_no_start(tmp_path: Path) -> None:
    database, keys = await open_with_keys(tmp_path / "bot.db")
    kept = await Keys.renew_marks(database, "2026-03-18T00:00:00.000000+00:00")
    kept.write_bytes(b"\xff no key")
    again = await Keys.open(database)
    with pytest.raises(KeyMissing, match=keys.marks_id):
        again.marks_key(keys.marks_id)
    await database.close()


async def test_what_is_no_key_in_the_place_of_one_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "bot.codes.key").write_text("no key")
    database = await Database.open(tmp_path / "bot.db")
    with pytest.raises(KeyMissing, match=r"bot\.codes\.key 里不是密钥"):
        await Keys.open(database)
    assert (tmp_path / "bot.codes.key").read_text() == "no key"
    await database.close()
