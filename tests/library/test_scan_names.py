"""File names of every encoding and composition: each is stored as valid text, and stays the name of one
file."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from put_files import archive_of, listed, put
from speech_texts import FULL, numbered

from jianggao.application import Application
from jianggao.library import source_store, speech_store
from jianggao.library.scan import readable_name

pytestmark = pytest.mark.skipif(os.name == "nt", reason="names and special files of POSIX")


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


# --- what fails ---------------------------------------------------------------------------------------------------


async def test_a_file_from_before_keeps_its_name(open_application: Callable[..., Any], library: Path) -> None:
    """Files that the database knows without their bytes are those whose name was UTF-8."""
    application = await open_application()
    await application.importer.run()
    async with application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT count(*) FROM files WHERE location IS NOT NULL")
        known = await source_store.known_files(connection)
    assert next(iter(rows))[0] == 0
    assert all(known_file.file.location == path for path, known_file in known.items())
