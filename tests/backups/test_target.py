"""Where a backup may be written."""

from pathlib import Path

import pytest

from jianggao.backups import back_up
from jianggao.database import Database, Keys
from jianggao.errors import NotFound, WrongUse


@pytest.fixture
async def live(tmp_path: Path) -> Path:
    database = await Database.open(tmp_path / "data" / "bot.db")
    await Keys.open(database)
    await database.close()
    return database.path


async def open_with_keys(path: Path) -> tuple[Database, Keys]:
    database = await Database.open(path)
    return database, await Keys.open(database)


async def test_backup_over_itself_and_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        await back_up(tmp_path / "none.db", tmp_path / "copy.db")
    database, _ = await open_with_keys(tmp_path / "bot.db")
    with pytest.raises(WrongUse):
        await back_up(database.path, database.path)
    await database.close()


async def test_a_backup_replaces_no_link_that_leads_nowhere(live: Path, tmp_path: Path) -> None:
    link = tmp_path / "copy.db"
    link.symlink_to(tmp_path / "unmounted" / "copy.db")
    with pytest.raises(WrongUse, match="链接"):
        await back_up(live, link)
    assert link.is_symlink()
