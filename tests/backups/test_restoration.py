"""A restore looks at the whole backup first, and keeps what it replaces."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from jianggao.backups import back_up, restore
from jianggao.backups.restoration import examine_backup, restore_with_notes
from jianggao.database import Database, Keys
from jianggao.database.acknowledged_entries import accept_loss
from jianggao.database.backup_manifest import manifest_file
from jianggao.database.keys import PURPOSES, key_file
from jianggao.errors import BackupDamaged, DatabaseDamaged, DatabaseInUse


@pytest.fixture
async def live(tmp_path: Path) -> Path:
    database = await Database.open(tmp_path / "data" / "bot.db")
    await Keys.open(database)
    await database.close()
    return database.path


def _damage_a_name(path: Path) -> None:
    """Bytes that are no UTF-8 in the name of a table: SQLite's own words about it hold them."""
    content = path.read_bytes().replace(b"tableledgerledger", b"table\x93\xfe\x88\x93\xfe\x88ledger", 1)
    path.write_bytes(content.replace(b"CREATE TABLE ledger", b"CRE\x01\x02 TABLE ledger", 1))


async def open_with_keys(path: Path) -> tuple[Database, Keys]:
    database = await Database.open(path)
    return database, await Keys.open(database)


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


async def test_a_changed_byte_of_a_key_file_forbids_the_restore(live: Path, tmp_path: Path) -> None:
    await back_up(live, tmp_path / "copy.db")
    key = tmp_path / "copy.marks.key"
    key.write_bytes(key.read_bytes() + b" ")
    with pytest.raises(BackupDamaged, match=r"copy\.marks\.key"):
        await restore(tmp_path / "copy.db", live)


async def test_a_restore_names_what_it_keeps_by_the_time_zone_of_the_settings(
    live: Path, tmp_path: Path
) -> None:
    await back_up(live, tmp_path / "copy.db")
    now = datetime(2026, 3, 18, 22, 0, tzinfo=timezone.utc)
    zone = timezone(timedelta(hours=8))
    restored = await restore_with_notes(tmp_path / "copy.db", live, clock=lambda: now, zone=zone)
    assert restored.kept is not None and restored.kept.parent.name.endswith("20260319-060000")


async def test_a_name_that_cannot_be_decoded_is_damage(live: Path, tmp_path: Path) -> None:
    await back_up(live, tmp_path / "copy.db")
    manifest_file(tmp_path / "copy.db").unlink()
    _damage_a_name(tmp_path / "copy.db")
    with pytest.raises(DatabaseDamaged, match="请换一个备份文件"):
        examine_backup(tmp_path / "copy.db", live)
    _damage_a_name(live)
    with pytest.raises(DatabaseDamaged, match="restore"):
        await Database.open(live)
    with pytest.raises(DatabaseDamaged, match="restore"):
        accept_loss(live)
    with pytest.raises(DatabaseDamaged, match="restore"):
        await back_up(live, tmp_path / "other.db")
