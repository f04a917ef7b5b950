"""Which database a backup belongs to is told by the ids of keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianggao.backups import back_up
from jianggao.backups.origin import are_of_another, read_key_ids
from jianggao.database import Database, Keys
from jianggao.database.key_files import key_files, keys_beside


async def made(path: Path) -> Path:
    database = await Database.open(path)
    await Keys.open(database)
    await database.close()
    return path


@pytest.mark.parametrize(
    ("own", "ids", "another"),
    [
        ({"a", "b"}, {"c"}, True),
        ({"a", "b"}, {"b", "c"}, False),  # a key was renewed since
        (set(), {"c"}, False),
        ({"a"}, set(), False),
        (set(), set(), False),
    ],
)
def test_only_what_has_no_key_in_common_is_of_another(own: set[str], ids: set[str], another: bool) -> None:
    assert are_of_another(frozenset(own), ids) is another


async def test_a_backup_has_the_ids_of_its_database(tmp_path: Path) -> None:
    path = await made(tmp_path / "data" / "bot.db")
    await back_up(path, tmp_path / "copy.db")
    own = read_key_ids(path)
    assert own == read_key_ids(tmp_path / "copy.db") and len(own) == 3
    assert are_of_another(own, read_key_ids(await made(tmp_path / "other" / "bot.db")))


async def test_a_renewed_key_keeps_the_database_what_it_is(tmp_path: Path) -> None:
    path = await made(tmp_path / "data" / "bot.db")
    before = read_key_ids(path)
    database = await Database.open(path)
    await Keys.renew_marks(database, "2026-03-18T00:00:00.000000+00:00")
    await database.close()
    assert before < read_key_ids(path)


@pytest.mark.parametrize("content", [None, b"", b"no database" * 900])
async def test_where_the_database_cannot_be_read_its_keys_tell(tmp_path: Path, content: bytes | None) -> None:
    path = await made(tmp_path / "data" / "bot.db")
    own = read_key_ids(path)
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    assert read_key_ids(path) == own == frozenset(keys_beside(path))
    for key in key_files(path):
        key.unlink()
    assert read_key_ids(path) == frozenset()
