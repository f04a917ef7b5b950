"""The offline verbs where the file, its folder or its disk is not as it should be: one line by the cause,
exit code 1."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from foreign_lock import held_by_another
from small_disks import fill, small_disk_at

import bot
from jianggao.database.acknowledged_entries import note_file

VERBS = (["import"], ["search", "台账"], ["doctor"], ["backup", "{copy}"], ["renew-mark-key"])
OPENING = (["import"], ["search", "台账"], ["renew-mark-key"])


class TroubledCommandLine:
    """Runs verbs; an unexpected error would come out of `run`."""

    def __init__(self, library: Path, folder: Path) -> None:
        self.library, self.folder = library, folder
        self.database = folder / "data" / "bot.db"

    def run(self, *words: str) -> Result:
        environ = {"LIBRARY_DIR": str(self.library), "DATABASE_FILE": str(self.database)}
        said = [word.format(copy=self.folder / "copies" / "copy.db") for word in words]
        return CliRunner(env=environ).invoke(bot.command_line, said, catch_exceptions=False)


@pytest.fixture
def terminal(library: Path, tmp_path: Path) -> TroubledCommandLine:
    return TroubledCommandLine(library, tmp_path)


@pytest.fixture
def filled(imported: Path, tmp_path: Path) -> TroubledCommandLine:
    shutil.copytree(imported, tmp_path, dirs_exist_ok=True)
    return TroubledCommandLine(tmp_path / "library", tmp_path)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk_at(tmp_path / "small", "600k") as folder:
        yield folder


def refused(result: Result, words: str) -> str:
    """The one line that says what is wrong, on the terminal or among doctor's findings."""
    assert result.exit_code == 1, result.output
    lines = [line for line in (result.stderr or result.output).splitlines() if words in line]
    assert len(lines) == 1, result.output
    assert "Traceback" not in result.output
    return lines[0]


@pytest.mark.parametrize("verb", VERBS)
def test_a_folder_in_the_databases_place(terminal: TroubledCommandLine, verb: list[str]) -> None:
    terminal.database.mkdir(parents=True)
    refused(terminal.run(*verb), "是文件夹，不是文件")


@pytest.mark.parametrize("verb", OPENING)
def test_a_file_in_the_folders_place(terminal: TroubledCommandLine, verb: list[str]) -> None:
    (terminal.folder / "data").write_text("")
    refused(terminal.run(*verb), "是文件，不是文件夹")


@pytest.mark.parametrize("name", ["bot.drafts", "bot.collected"])
def test_a_file_in_the_place_of_a_folder_beside_the_database(filled: TroubledCommandLine, name: str) -> None:
    place = filled.database.with_name(name)
    shutil.rmtree(place)
    place.write_text("")
    assert "移到别处" in refused(filled.run("search", "台账"), str(place))
    place.unlink()
    assert filled.run("search", "台账").exit_code == 0


@pytest.mark.parametrize("verb", OPENING)
def test_a_text_in_the_databases_place(terminal: TroubledCommandLine, verb: list[str]) -> None:
    terminal.database.parent.mkdir()
    terminal.database.write_text("这不是数据库" * 1000, "utf-8")
    refused(terminal.run(*verb), "不是数据库文件")


def test_an_import_under_a_foreign_lock_says_whose_it_is(filled: TroubledCommandLine) -> None:
    (filled.library / "新.txt").write_text("关于台账的讲话\n" + "同志们，台账要每天记。\n" * 40, "utf-8")
    with held_by_another(filled.database) as holder:
        line = refused(filled.run("import"), f"进程 {holder}")
    assert "restore" not in line
    assert filled.run("import").exit_code == 0


@pytest.mark.parametrize("verb", [["search", "台账"], ["doctor"], ["backup", "{copy}"]])
def test_reading_verbs_work_under_a_foreign_lock(filled: TroubledCommandLine, verb: list[str]) -> None:
    with held_by_another(filled.database):
        assert filled.run(*verb).exit_code == 0


@pytest.mark.parametrize("verb", [["doctor"], ["backup", "{copy}"], ["search", "台账"]])
def test_a_lock_that_keeps_readers_out_is_no_damage(
    filled: TroubledCommandLine, verb: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jianggao.database.connection._PRAGMAS", ("busy_timeout = 100",))
    with closing(sqlite3.connect(filled.database)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    with held_by_another(filled.database) as holder:
        line = refused(filled.run(*verb), f"进程 {holder}")
    assert "restore" not in line and "换一个备份" not in line


def test_a_backup_to_a_full_disk_tells_of_that_disk(filled: TroubledCommandLine, small_disk: Path) -> None:
    with (small_disk / "ballast").open("wb", buffering=0) as file:
        file.write(bytes(400 << 10))
    line = refused(filled.run("backup", str(small_disk / "copy.db")), "磁盘满了")
    assert str(small_disk) in line
    assert "restore" not in line


def test_a_first_import_on_a_full_disk_tells_how_much_is_left(
    terminal: TroubledCommandLine, small_disk: Path
) -> None:
    terminal.database = small_disk / "bot.db"
    line = refused(terminal.run("import"), "磁盘满了")
    assert "还剩" in line and "restore" not in line


def test_a_key_is_not_renewed_on_a_full_disk(filled: TroubledCommandLine) -> None:
    with small_disk_at(filled.folder / "disk", "8m") as disk:
        shutil.copytree(filled.database.parent, disk, dirs_exist_ok=True)
        filled.database = disk / "bot.db"
        key = disk.joinpath("bot.marks.key").read_bytes()
        ballast = fill(disk)
        refused(filled.run("renew-mark-key"), "磁盘满了")
        ballast.unlink()
        assert disk.joinpath("bot.marks.key").read_bytes() == key
        assert filled.run("search", "台账").exit_code == 0
        assert filled.run("renew-mark-key").exit_code == 0
        assert disk.joinpath("bot.marks.key").read_bytes() != key


@pytest.mark.parametrize("verb", [*OPENING, ["doctor"]])
def test_a_database_that_is_missing_beside_its_keys(filled: TroubledCommandLine, verb: list[str]) -> None:
    filled.database.unlink()
    line = refused(filled.run(*verb), "不见了，但它旁边还有")
    assert "restore" in line
    assert not filled.database.exists()


def test_what_is_lost_is_told_and_can_be_accepted(filled: TroubledCommandLine) -> None:
    older = filled.folder / "older.db"
    shutil.copy(filled.database, older)
    note_file(filled.database).write_text(
        '{"ledger": 7, "reports": 0, "report_decisions": 0, "deliveries": 0, "entry": ""}', "utf-8"
    )
    for verb in (*OPENING, ["doctor"]):
        refused(filled.run(*verb), "会员记录确认过的到第 7 条，库里只到第 0 条")
    accepted = filled.run("accept-loss")
    assert accepted.exit_code == 0
    assert "到第 7 条" in accepted.output
    assert filled.run("doctor").exit_code == 0
    assert "没有缺记录" in filled.run("accept-loss").output
    assert filled.run("import").exit_code == 0
