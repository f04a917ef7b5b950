"""Small files beside the database and its backups: what is damaged in them is told in a line, with what to do."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from jianggao.backups import back_up, restore
from jianggao.backups.restoration import examine_backup, restore_with_notes
from jianggao.database import Database, Keys
from jianggao.database.acknowledgements import accept_loss, is_unreadable, note_file
from jianggao.database.backup_manifest import manifest_file, read_manifest
from jianggao.database.restore_exchange import Exchange
from jianggao.errors import BackupDamaged, CannotStart, DatabaseDamaged, WrongUse


@pytest.fixture
async def live(tmp_path: Path) -> Path:
    database = await Database.open(tmp_path / "data" / "bot.db")
    await Keys.open(database)
    await database.close()
    return database.path


@pytest.mark.parametrize("plan", ["", "{}", "[]", '{"kept": 3}', '{"kept": "../../x"}'])
async def test_a_damaged_plan_of_a_restore_is_told(live: Path, tmp_path: Path, plan: str) -> None:
    await back_up(live, tmp_path / "copy.db")
    exchange = Exchange(live)
    exchange.prepare()
    exchange.plan.write_text(plan)
    with pytest.raises(CannotStart, match="移到别处"):
        await Database.open(live)
    with pytest.raises(CannotStart, match="移到别处"):
        await restore(tmp_path / "copy.db", live)


async def test_a_changed_byte_of_a_key_file_forbids_the_restore(live: Path, tmp_path: Path) -> None:
    await back_up(live, tmp_path / "copy.db")
    key = tmp_path / "copy.marks.key"
    key.write_bytes(key.read_bytes() + b" ")
    with pytest.raises(BackupDamaged, match=r"copy\.marks\.key"):
        await restore(tmp_path / "copy.db", live)


async def test_a_backup_replaces_no_link_that_leads_nowhere(live: Path, tmp_path: Path) -> None:
    link = tmp_path / "copy.db"
    link.symlink_to(tmp_path / "unmounted" / "copy.db")
    with pytest.raises(WrongUse, match="链接"):
        await back_up(live, link)
    assert link.is_symlink()


async def test_a_restore_names_what_it_keeps_by_the_time_zone_of_the_settings(
    live: Path, tmp_path: Path
) -> None:
    await back_up(live, tmp_path / "copy.db")
    now = datetime(2026, 3, 18, 22, 0, tzinfo=timezone.utc)
    zone = timezone(timedelta(hours=8))
    restored = await restore_with_notes(tmp_path / "copy.db", live, clock=lambda: now, zone=zone)
    assert restored.kept is not None and restored.kept.parent.name.endswith("20260319-060000")


def test_a_note_of_which_nothing_can_be_made_is_known(live: Path) -> None:
    note_file(live).write_text("{")
    assert is_unreadable(live)
    note_file(live).unlink()
    assert not is_unreadable(live)


def _damage_a_name(path: Path) -> None:
    """Bytes that are no UTF-8 in the name of a table: SQLite's own words about it hold them."""
    content = path.read_bytes().replace(b"tableledgerledger", b"table\x93\xfe\x88\x93\xfe\x88ledger", 1)
    path.write_bytes(content.replace(b"CREATE TABLE ledger", b"CRE\x01\x02 TABLE ledger", 1))


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


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('"made_at": "20', '"made_at": "9999-12-31T23:59:59.000000+00:00", "was": "20'),
        ('"sha256": "', '"sha256": "校'),
    ],
)
async def test_a_manifest_of_impossible_values_cannot_be_read(
    live: Path, tmp_path: Path, was: str, becomes: str
) -> None:
    await back_up(live, tmp_path / "copy.db")
    path = manifest_file(tmp_path / "copy.db")
    path.write_text(path.read_text("utf-8").replace(was, becomes, 1), "utf-8")
    with pytest.raises(BackupDamaged):
        read_manifest(tmp_path / "copy.db")
