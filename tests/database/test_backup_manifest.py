"""The manifest beside a backup is read only if it is as it was written."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import pytest

from jianggao.backups import back_up
from jianggao.database import Database, Keys
from jianggao.database.backup_manifest import (
    Manifest,
    is_sealed,
    manifest_file,
    read_manifest,
    sha256_of,
    write_manifest,
)
from jianggao.errors import BackupDamaged


@pytest.fixture
async def live(tmp_path: Path) -> Path:
    database = await Database.open(tmp_path / "data" / "bot.db")
    await Keys.open(database)
    await database.close()
    return database.path


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


MANIFEST = Manifest(
    made_at=datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc),
    program="1.2.0",
    by_hand=True,
    name="copy.db",
    size=8192,
    sha256="ab" * 32,
    keys={"copy.previews.key": "p1", "copy.codes.key": "c1"},
    key_sha256={"copy.previews.key": "cd" * 32, "copy.codes.key": "ef" * 32},
    ledger="12" * 32,
    holds={"speeches": 8, "last_entry": None},
)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """The place of a backup with a manifest beside it."""
    write_manifest(manifest_file(tmp_path / "copy.db"), MANIFEST, b"codes")
    return tmp_path / "copy.db"


def test_a_manifest_comes_back_as_it_was_written(written: Path) -> None:
    assert read_manifest(written) == MANIFEST
    assert MANIFEST.database_id == "p1"
    assert read_manifest(written.with_name("other.db")) is None


def test_only_who_has_the_codes_key_can_seal(written: Path) -> None:
    assert is_sealed(written, b"codes")
    assert not is_sealed(written, b"other") and not is_sealed(written, b"")


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('"by_hand": true', '"by_hand": false'),
        ('"speeches": 8', '"speeches": 9'),
        ('"seal": "', '"seal": "0'),
        ("\n ", "\n  "),
        ('"program": "1.2.0"', '"program": "1.2.0", "program": "1.2.0"'),
    ],
)
def test_each_change_breaks_the_seal_also_one_that_means_nothing(
    written: Path, was: str, becomes: str
) -> None:
    path = manifest_file(written)
    text = path.read_text("utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes, 1), "utf-8")
    assert not is_sealed(written, b"codes")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"format": 2}', b'{"format": 1}', b"\xff\xfe"])
def test_what_is_no_manifest_is_told_as_such(written: Path, content: bytes) -> None:
    manifest_file(written).write_bytes(content)
    with pytest.raises(BackupDamaged, match="清单"):
        read_manifest(written)


def test_a_hash_is_that_of_the_bytes_and_reading_can_be_stopped(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x" * (3 << 20))
    assert sha256_of(tmp_path / "file") == hashlib.sha256(b"x" * (3 << 20)).hexdigest()
    assert sha256_of(tmp_path / "file", lambda: True) != sha256_of(tmp_path / "file")


def test_a_backup_without_keys_belongs_to_no_database_yet() -> None:
    assert replace(MANIFEST, keys={}, key_sha256={}).database_id == ""
