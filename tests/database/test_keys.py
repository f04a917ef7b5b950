"""The keys beside the database: made once, found by id, renewed without a moment without one."""

import os
import stat
import sys
from pathlib import Path

import pytest
from small_disks import fill

from jianggao.database import Database, Keys
from jianggao.database.keys import PURPOSES, key_file, retired_file
from jianggao.errors import CannotWrite, KeyMissing


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
