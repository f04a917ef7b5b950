"""File names and folders of every kind: each file is read or refused by name, and nothing ends an import."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from speech_texts import FULL, numbered

from jianggao.application import Application
from jianggao.library import scan, source_store, speech_store, version_store
from jianggao.library.scan import readable_name

pytestmark = pytest.mark.skipif(os.name == "nt", reason="names and special files of POSIX")


def put(folder: Path, name: bytes, text: str) -> Path:
    """A file of that name in bytes."""
    path = Path(os.fsdecode(os.path.join(os.fsencode(folder), name)))  # noqa: PTH118  # bytes
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


async def listed(application: Application) -> dict[str, int]:
    """The number of the speech that each present source is, by the source's name."""
    async with application.database.read() as connection:
        rows = await connection.execute_fetchall(
            """SELECT path, speech FROM sources JOIN speeches s ON s.number = speech
               WHERE present = 1 AND withdrawn_at IS NULL"""
        )
    return {row[0]: row[1] for row in rows}


# --- names --------------------------------------------------------------------------------------------------------


async def test_a_name_in_gbk_is_read_under_a_name_that_one_can_read(
    application: Application, library: Path
) -> None:
    put(library, "水利/讲话稿２.txt".encode("gbk"), numbered("河道清淤", 40))
    put(library, "水利/好.txt".encode(), numbered("河道清淤", 41))
    report = await application.importer.run()
    assert report.refused == []
    assert len(report.added) == 2
    assert "水利/讲话稿２.txt" in await listed(application)
    number = (await listed(application))["水利/讲话稿２.txt"]
    async with application.database.read() as connection:
        speech = await speech_store.speech(connection, number)
    assert speech is not None
    assert speech.topics == ("水利",)


@pytest.mark.parametrize(
    "name",
    [b"\xff\xfe.txt", b"a\x80b.txt", b"line\nbreak.txt", b"\x07bell.txt", b"CON.txt", b"x" * 251 + b".txt"],
)
async def test_each_name_is_stored_as_valid_text_and_found_again(
    application: Application, library: Path, name: bytes
) -> None:
    path = put(library / "水利", name, numbered("河道清淤", 42))
    first = await application.importer.run()
    assert (len(first.added), first.refused) == (1, [])
    again = await application.importer.run()
    assert (again.added, again.changed, again.unchanged_files) == ([], [], 9)
    path.write_text(numbered("河道清淤", 42) + "还有一句话要说。\n", encoding="utf-8")
    assert len((await application.importer.run()).changed) == 1
    path.unlink()
    assert len((await application.importer.run()).withdrawn) == 1
    for report in (first, again):
        report.render(full=True).encode("utf-8")


async def test_two_files_of_one_readable_name_stay_two_whichever_comes_first(
    application: Application, library: Path
) -> None:
    odd = put(library, "水利/同名.txt".encode("gbk"), numbered("甲题目", 43))
    await application.importer.run()
    before = await listed(application)
    plain = put(library, "水利/同名.txt".encode(), numbered("乙题目", 44))
    report = await application.importer.run()
    assert (len(report.added), report.changed, report.withdrawn) == (1, [], [])
    after = await listed(application)
    assert after.items() >= before.items()
    assert "水利/同名（2）.txt" in after
    odd.unlink()
    assert len((await application.importer.run()).withdrawn) == 1
    assert (await listed(application))["水利/同名（2）.txt"] == after["水利/同名（2）.txt"]
    plain.unlink()
    assert len((await application.importer.run()).withdrawn) == 1


async def test_a_name_put_right_keeps_its_number(application: Application, library: Path) -> None:
    odd = put(library, "水利/改名.txt".encode("gbk"), numbered("改名事项", 45))
    await application.importer.run()
    before = await listed(application)
    odd.rename(library / "水利" / "改名.txt")
    report = await application.importer.run()
    assert (report.added, report.changed, report.withdrawn) == ([], [], [])
    assert await listed(application) == before


async def test_names_that_differ_in_case_or_composition_are_files_of_their_own(
    application: Application, library: Path
) -> None:
    for at, name in enumerate(("Caf\u00e9.txt", "Cafe\u0301.txt", "caf\u00e9.TXT")):
        put(library / "水利", name.encode(), numbered("组合字符", 50 + at))
    report = await application.importer.run()
    assert len(report.added) == 3
    assert (await application.importer.run()).unchanged_files == 11


async def test_a_folder_in_gbk_gives_a_topic_that_one_can_read(
    application: Application, library: Path
) -> None:
    put(library, "党建\n学习".encode("gbk") + b"/a.txt", numbered("支部生活", 46))
    await application.importer.run()
    async with application.database.read() as connection:
        assert "党建 学习" in await speech_store.topics(connection)


def test_names_that_no_encoding_reads_show_their_bytes() -> None:
    assert readable_name(os.fsdecode(b"a\xff.txt")) == "a%FF.txt"
    assert readable_name("a\ud800.txt") == "a%uD800.txt"
    assert readable_name("讲话/好.txt") == "讲话/好.txt"


def archive_of(path: Path, members: list[tuple[str, str]]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members:
            archive.writestr(name, text)


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
async def test_members_of_one_name_are_texts_of_their_own(application: Application, library: Path) -> None:
    archive_of(library / "集.zip", [("a.txt", numbered("甲", 47)), ("a.txt", numbered("乙", 48))])
    report = await application.importer.run()
    assert len(report.added) == 2
    assert set(await listed(application)) >= {"集.zip/a.txt", "集.zip/a（2）.txt"}


async def test_a_member_with_an_endless_name_is_refused_alone(
    application: Application, library: Path
) -> None:
    archive_of(library / "集.zip", [("n" * 60_000 + ".txt", FULL), ("好.txt", numbered("甲", 49))])
    report = await application.importer.run()
    assert (len(report.added), len(report.refused)) == (1, 1)
    assert "文件名太长" in report.refused[0]
    assert len(report.refused[0]) < 500


# --- what is no file ------------------------------------------------------------------------------------------------


async def test_pipes_sockets_links_and_loops_are_refused_by_name_and_never_opened(
    application: Application, library: Path, tmp_path: Path
) -> None:
    (tmp_path / "outside.txt").write_text(FULL, encoding="utf-8")
    os.mkfifo(library / "管道.txt")
    (library / "环.txt").symlink_to(library / "环.txt")
    (library / "空链.txt").symlink_to(library / "没有.txt")
    (library / "外面.txt").symlink_to(tmp_path / "outside.txt")
    (library / "圈").symlink_to(library, target_is_directory=True)
    with socket.socket(socket.AF_UNIX) as bound:
        here = Path.cwd()
        os.chdir(library)  # a socket's path may have 107 bytes at most
        bound.bind("口.txt")
        os.chdir(here)
        report = await asyncio.wait_for(application.importer.run(), 60)
    named = {line.partition("：")[0] for line in report.refused}
    assert named == {"管道.txt", "环.txt", "空链.txt", "外面.txt", "圈", "口.txt"}
    assert report.unchanged_files == 8


def test_a_file_that_becomes_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    from jianggao.sources.files import RefusedFile, read_source

    os.mkfifo(tmp_path / "a.txt")
    (refusal,) = read_source(tmp_path / "a.txt")
    assert isinstance(refusal, RefusedFile)


# --- what can't be looked at ------------------------------------------------------------------------------------------


class Refusing:
    """`os.scandir`, by which one folder can't be opened: as root no mode keeps anybody out."""

    def __init__(self, folder: Path, error: OSError) -> None:
        self._folder = folder
        self._error = error

    def __call__(self, path: Path) -> Any:
        if path == self._folder:
            raise self._error
        return os.scandir(path)


@pytest.mark.parametrize(
    "error",
    [
        PermissionError(errno.EACCES, "Permission denied"),
        OSError(errno.EIO, "Input/output error"),
        FileNotFoundError(errno.ENOENT, "No such file or directory"),
    ],
)
@pytest.mark.parametrize("confirmed", [False, True])
async def test_a_folder_that_cannot_be_read_withdraws_nothing(
    application: Application,
    library: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: OSError,
    *,
    confirmed: bool,
) -> None:
    before = await listed(application)
    monkeypatch.setattr(scan, "_list_folder", Refusing(library / "水利", error))
    report = await application.importer.run(confirmed=confirmed)
    assert (report.withdrawn, report.held_back) == ([], 0)
    assert await listed(application) == before
    assert len(report.refused) == 1
    assert "水利：" in report.refused[0]
    assert "4 个文件照旧" in report.refused[0]
    monkeypatch.undo()
    assert (await application.importer.run()).unchanged_files == 8


async def test_a_root_that_cannot_be_read_withdraws_nothing(
    application: Application, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await listed(application)
    monkeypatch.setattr(scan, "_list_folder", Refusing(library, PermissionError(13, "denied")))
    report = await application.importer.run(confirmed=True)
    assert report.withdrawn == []
    assert await listed(application) == before
    assert "资料文件夹" in report.refused[0]


def fails_to_open(monkeypatch: pytest.MonkeyPatch, name: str, error: OSError) -> None:
    whole = os.open

    def opened(path: Any, *values: Any, **named: Any) -> int:
        if str(path).endswith(name):
            raise error
        return whole(path, *values, **named)

    monkeypatch.setattr("jianggao.sources.files.os.open", opened)


async def test_a_file_that_cannot_be_opened_keeps_its_speech_and_is_read_when_it_can(
    application: Application, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Permissions are put right without the file changing."""
    before = await listed(application)
    (library / "水利" / "冬修.txt").write_text(FULL + "再加一句话。\n", encoding="utf-8")
    with monkeypatch.context() as patched:
        fails_to_open(patched, "冬修.txt", PermissionError(errno.EACCES, "Permission denied"))
        report = await application.importer.run()
    assert len(report.refused) == 1
    assert await listed(application) == before
    report = await application.importer.run()
    assert (len(report.changed), report.refused) == (1, [])


async def test_an_archive_that_cannot_be_read_keeps_its_speeches(
    application: Application, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive_of(library / "集.zip", [(f"{at}.txt", numbered("甲", 60 + at)) for at in range(3)])
    await application.importer.run()
    before = await listed(application)
    (library / "集.zip").write_bytes(b"PK half of it")
    assert len((await application.importer.run()).refused) == 1
    assert {**before, **await listed(application)} == before
    assert len(await listed(application)) == len(before)
    archive_of(library / "集.zip", [("0.txt", numbered("甲", 60))])
    assert len((await application.importer.run()).withdrawn) == 2


async def test_a_file_that_is_being_written_is_read_when_it_is_done(
    application: Application, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianggao.sources import files

    path = put(library, b"growing.txt", numbered("长篇", 70))
    whole = files._read_at_most

    def while_it_grows(*values: Any) -> bytes:
        content = whole(*values)
        with path.open("a", encoding="utf-8") as more:
            more.write("又来了一句话。\n")
        return content

    with monkeypatch.context() as patched:
        patched.setattr(files, "_read_at_most", while_it_grows)
        report = await application.importer.run()
    assert len(report.refused) == 1
    assert "正在被改写" in report.refused[0]
    assert len((await application.importer.run()).added) == 1


# --- what fails ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [ValueError("x"), MemoryError(), RecursionError("deep")])
async def test_a_parser_that_fails_refuses_that_text_alone(
    application: Application, library: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    from jianggao.library import preparation

    whole = preparation.parse

    def failing(text: str, name: str, *values: Any) -> Any:
        if name.endswith("bad.txt"):
            raise error
        return whole(text, name, *values)

    archive_of(library / "集.zip", [("bad.txt", FULL), ("好.txt", numbered("甲", 71))])
    with monkeypatch.context() as patched:
        patched.setattr(preparation, "parse", failing)
        report = await application.importer.run()
    assert len(report.added) == 1
    assert report.refused[0].startswith("集.zip/bad.txt：")
    assert len(await listed(application)) == 9
    assert (await application.importer.run()).refused == [], "read again, though the file is as it was"


async def test_a_text_that_cannot_be_stored_is_refused_alone(
    application: Application, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = version_store.add_version

    async def failing(connection: Any, number: int, prepared: Any, **values: Any) -> Any:
        if "甲" in prepared.title:
            raise KeyError(number)
        return await whole(connection, number, prepared, **values)

    put(library, b"a.txt", numbered("甲", 72))
    put(library, b"b.txt", numbered("乙", 73))
    with monkeypatch.context() as patched:
        patched.setattr(version_store, "add_version", failing)
        report = await application.importer.run()
    assert (len(report.added), len(report.refused)) == (1, 1)
    assert len((await application.importer.run()).added) == 1


async def test_a_file_from_before_keeps_its_name(open_application: Callable[..., Any], library: Path) -> None:
    """Files that the database knows without their bytes are those whose name was UTF-8."""
    application = await open_application()
    await application.importer.run()
    async with application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT count(*) FROM files WHERE location IS NOT NULL")
        known = await source_store.known_files(connection)
    assert next(iter(rows))[0] == 0
    assert all(known_file.file.location == path for path, known_file in known.items())
