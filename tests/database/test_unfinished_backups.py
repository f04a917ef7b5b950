"""What killed backups left is known by the names that backups give, and by the database's tag."""

from __future__ import annotations

from pathlib import Path

from jianggao.database.unfinished_backups import database_tag, find_unfinished


def test_a_tag_belongs_to_one_place(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    assert len(database_tag(path)) == 8
    assert database_tag(path) == database_tag(tmp_path / "deep" / ".." / "bot.db")
    assert database_tag(path) != database_tag(tmp_path / "other.db")


def test_only_folders_with_our_names_and_this_databases_tag_are_found(tmp_path: Path) -> None:
    path, folder = tmp_path / "bot.db", tmp_path / "backups"
    folder.mkdir()
    tag, other = database_tag(path), database_tag(tmp_path / "other.db")
    own = [
        f"20260318-120000.{tag}.part",
        f"20260318-120000-2.{tag}.part",
        f"copy.db.20260318120000.{tag}.part",
    ]
    for name in [
        *own,
        f"20260318-120000.{other}.part",
        f"film.{tag}.part",
        "film.mkv.part",
        f"20260318-120000.{tag}",
    ]:
        (folder / name).mkdir()
    (folder / f"20260319-120000.{tag}.part").write_text("a file is no backup")
    (folder / f"20260320-120000.{tag}.part").symlink_to(folder / own[0])
    assert [found.name for found in find_unfinished(folder, path)] == sorted(own)


def test_where_no_folder_can_be_read_nothing_is_found(tmp_path: Path) -> None:
    assert find_unfinished(tmp_path / "none", tmp_path / "bot.db") == []
