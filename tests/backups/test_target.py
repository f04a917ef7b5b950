"""Where a backup may be written."""

from pathlib import Path

import pytest

from jianggao.backups import back_up
from jianggao.backups.target import move_folder_into_place, move_into_place, require_free_target
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


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("copy.db-wal", "结尾"),
        ("copy.key", "结尾"),
        ("copy.lock", "结尾"),
        ("copy.db.manifest.json", "结尾"),
        ("data", "是文件夹"),
        ("data/bot.sqlite", "盖住"),
        ("data/bot.db.last-entry", "盖住"),
    ],
)
async def test_a_backup_takes_no_name_that_the_program_uses(
    live: Path, tmp_path: Path, name: str, words: str
) -> None:
    (live.parent / "bot.db.last-entry").touch()
    with pytest.raises(WrongUse, match=words):
        require_free_target(tmp_path / name, live)


@pytest.mark.parametrize("suffix", ["-wal", "-shm", "-journal"])
async def test_a_backup_is_not_written_beside_what_a_database_in_use_left(
    live: Path, tmp_path: Path, suffix: str
) -> None:
    (tmp_path / f"copy.db{suffix}").touch()
    with pytest.raises(WrongUse, match="正在用的数据库"):
        require_free_target(tmp_path / "copy.db", live)


async def test_an_earlier_backup_of_the_same_database_may_be_replaced_and_of_another_not(
    live: Path, tmp_path: Path
) -> None:
    other, _ = await open_with_keys(tmp_path / "other" / "bot.db")
    await other.close()
    await back_up(live, tmp_path / "copy.db")
    require_free_target(tmp_path / "copy.db", live)
    with pytest.raises(WrongUse, match="不是这个数据库的备份"):
        require_free_target(tmp_path / "copy.db", other.path)
    (tmp_path / "copy.db").unlink()
    with pytest.raises(WrongUse, match="别的数据库的密钥"):
        require_free_target(tmp_path / "copy.db", other.path)


def finished(part: Path, content: str) -> Path:
    """A backup as it stands in the folder in which it was written."""
    part.mkdir()
    for name in ("copy.db", "copy.marks.key", "copy.marks.0a.key", "copy.db.manifest.json"):
        (part / name).write_text(content)
    return part


def test_a_finished_backup_takes_the_place_of_the_earlier_one(tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    for content in ("first", "second"):
        placed = move_into_place(finished(tmp_path / f"{content}.part", content), target)
        assert [path.name for path in placed] == [
            "copy.db",
            "copy.marks.key",
            "copy.marks.0a.key",
            "copy.db.manifest.json",
        ]
        assert {path.read_text() for path in placed} == {content}
        assert list((tmp_path / f"{content}.part").iterdir()) == []


def test_folders_get_the_first_name_that_is_free(tmp_path: Path) -> None:
    place = tmp_path / "20260318-120000"
    (tmp_path / "20260318-120000-2").write_text("in the way")
    named = [
        move_folder_into_place(finished(tmp_path / f"{number}.part", str(number)), place)
        for number in range(3)
    ]
    assert [path.name for path in named] == [
        "20260318-120000",
        "20260318-120000-3",
        "20260318-120000-4",
    ]
    assert [(path / "copy.db").read_text() for path in named] == ["0", "1", "2"]
    assert (tmp_path / "20260318-120000-2").read_text() == "in the way"
