"""File names and folders of every kind: each file is read or refused by name, and nothing ends an import."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
from pathlib import Path
from typing import Any

import pytest
from put_files import archive_of, listed, put
from speech_texts import FULL, numbered

from jianggao.application import Application
from jianggao.library import scan, version_store
from jianggao.sources.source_text import SourceText

pytestmark = pytest.mark.skipif(os.name == "nt", reason="names and special files of POSIX")


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


def test_the_folder_of_a_saved_page_holds_no_speeches(tmp_path: Path) -> None:
    for name in ("讲话.html", "讲话_files/frame.html", "旧.htm", "旧.files/a.htm", "另_files/b.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"<p>{name}</p>", "utf-8")
    assert [file.path for file in scan.scan(tmp_path).files] == ["另_files/b.html", "旧.htm", "讲话.html"]


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
    whole = files.read_at_most

    def while_it_grows(*values: Any) -> bytes:
        content = whole(*values)
        with path.open("a", encoding="utf-8") as more:
            more.write("又来了一句话。\n")
        return content

    with monkeypatch.context() as patched:
        patched.setattr(files, "read_at_most", while_it_grows)
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

    whole = preparation.parse_source

    def failing(source: SourceText, *values: Any) -> Any:
        if source.path.endswith("bad.txt"):
            raise error
        return whole(source, *values)

    archive_of(library / "集.zip", [("bad.txt", FULL), ("好.txt", numbered("甲", 71))])
    with monkeypatch.context() as patched:
        patched.setattr(preparation, "parse_source", failing)
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
