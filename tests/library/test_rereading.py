"""A library that an earlier parser read is read again once: numbers, previews and deliveries stay, and copies
of what was read then still say whose they are."""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from project_root import ROOT

from jianggao.access.verdicts import Locked, Place, PlaceKind
from jianggao.application import Application
from jianggao.library import folder_changes, importer, preparation, speech_store
from jianggao.library.import_report import ImportReport
from jianggao.membership import administration
from jianggao.membership.administration import Act
from jianggao.membership.durations import parse_duration
from jianggao.parsing.title_years import TITLE_YEAR
from jianggao.reading.reader import FullText
from jianggao.settings import load_settings
from jianggao.sources.files import RefusedFile, SourceText, read_source

NOW = datetime(2026, 11, 18, 4, 0, tzinfo=timezone.utc)
MEMBERS = ("20001", "20002", "20003")
READS_LESS = 2
"""The earlier parser lost the last paragraph of the first so many files."""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Eight speeches of the sample library."""
    folder = tmp_path / "library"
    folder.mkdir()
    for at, file in enumerate(sorted((ROOT / "data" / "speeches").glob("*/*.txt"))[:8]):
        shutil.copy(file, folder / f"{at}.txt")
    return folder


@contextmanager
def earlier_parser(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Reads as an earlier release did, which took the last paragraph of some texts for advertising."""

    def read_less(path: Path, name: str) -> list[SourceText | RefusedFile]:
        sources = read_source(path, name)
        if int(path.stem) >= READS_LESS:
            return sources
        return [
            replace(source, text=source.text.rstrip().rpartition("\n")[0])
            for source in sources
            if isinstance(source, SourceText)
        ]

    with monkeypatch.context() as patched:
        patched.setattr(importer, "PARSER_VERSION", "earlier")
        patched.setattr(preparation, "read_source", read_less)
        yield


async def opened(tmp_path: Path, library: Path) -> Application:
    settings = load_settings({"LIBRARY_DIR": str(library), "DATABASE_FILE": str(tmp_path / "bot.db")})
    return await Application.open(
        settings,
        clock=lambda: NOW,
        rng=random.Random(1),
        workers=0,
        random_bytes=random.Random(1).randbytes,
    )


async def full_text(application: Application, account: str, number: int) -> FullText:
    """The copy that a member gets, sent to them."""
    async with application.database.write() as connection:
        act = Act("90001", f"grant {account}", NOW - timedelta(days=100), application.settings.timezone)
        await administration.grant(connection, account, parse_duration("1年"), act)
    reader = await application.reader(account, Place(PlaceKind.PRIVATE, account))
    left = await reader.full_text(number, "text")
    assert isinstance(left, FullText)
    return left


async def rows(application: Application, sql: str) -> list[tuple[object, ...]]:
    async with application.database.read() as connection:
        return [tuple(row) for row in await connection.execute_fetchall(sql)]


SPEECHES = "SELECT path, speech FROM sources ORDER BY path"
PREVIEWS = """SELECT s.speech, s.body FROM sections s JOIN speeches p ON p.version = s.version
              WHERE s.audience = 0 ORDER BY s.speech, s.ordinal"""


async def reread(application: Application) -> tuple[ImportReport, list[int]]:
    """The report of reading all again, and what was said before it began."""
    said: list[int] = []

    async def before_rereading(files: int) -> None:
        said.append(files)

    return await application.importer.run(before_rereading=before_rereading), said


async def test_everything_people_were_given_stays_and_lost_lines_come_back(
    tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with earlier_parser(monkeypatch):
        before = await opened(tmp_path, library)
        await before.importer.run()
        numbers, previews = await rows(before, SPEECHES), await rows(before, PREVIEWS)
        lost = dict(numbers)["0.txt"]
        assert isinstance(lost, int)
        copies = {account: (await full_text(before, account, lost)).copy for account in MEMBERS}
        versions = await rows(before, "SELECT id FROM versions")
        deliveries = await rows(before, "SELECT * FROM deliveries ORDER BY id")
        await before.close()
    application = await opened(tmp_path, library)
    try:
        report, said = await reread(application)
        assert said == [8] and report.reread == 8 and report.notifies_superusers
        assert not (report.added or report.withdrawn or report.refused)
        assert sorted(int(entry.partition("《")[0]) for entry in report.changed) == sorted(
            int(str(number)) for path, number in numbers if int(str(path).partition(".")[0]) < READS_LESS
        ), "an unchanged reading is no new version"
        assert len(await rows(application, "SELECT id FROM versions")) == len(versions) + READS_LESS
        assert await rows(application, SPEECHES) == numbers
        assert await rows(application, "SELECT * FROM deliveries ORDER BY id") == deliveries
        # What was shown goes on being shown: a section may have gained the lost lines.
        now = await rows(application, PREVIEWS)
        assert [number for number, _ in now] == [number for number, _ in previews]
        last = (library / "0.txt").read_text("utf-8").rstrip().rpartition("\n")[2].strip()
        async with application.database.read() as connection:
            speech = await speech_store.speech(connection, lost)
            assert speech is not None
            text = await speech_store.version_text(connection, speech.version)
        assert text.rstrip().endswith(last) and last not in copies["20002"].text
        found = await application.examiner.examine([copies["20002"].with_notice], by="90001", now=NOW)
        assert [named.account for named in found.named] == ["20002"]
        assert found.texts[0].version == copies["20002"].speech.version != speech.version
        report, said = await reread(application)
        assert said == [] and report.unchanged_files == 8 and report.reread == 0, "once"
    finally:
        await application.close()


async def test_copies_of_a_text_stay_one_speech_of_the_same_number(
    tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(library / "0.txt", library / "-1.txt")
    monkeypatch.setattr(folder_changes, "_PARTS", (1, 1))
    application = await opened(tmp_path, library)
    try:
        with earlier_parser(monkeypatch):
            report = await application.importer.run()
            assert len(report.added) == 8 and len(report.same_text) == 1
        numbers = await rows(application, SPEECHES)
        report, _ = await reread(application)
        assert await rows(application, SPEECHES) == numbers and len(report.changed) == READS_LESS
        assert not (report.added or report.withdrawn or report.same_text)
        # An edited copy is a speech of its own, as ever.
        (library / "-1.txt").write_text(
            (library / "0.txt").read_text("utf-8") + "这一句只有副本才有。\n", "utf-8"
        )
        report = await application.importer.run()
        assert len(report.added) == 1 and not (report.changed or report.withdrawn)
    finally:
        await application.close()


async def test_another_title_out_of_the_same_lines_is_a_new_version(
    tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The words are the same, what they are read as isn't."""
    prepare_speech = preparation.prepare_speech

    def with_title(parsed: object) -> object:
        speech = prepare_speech(parsed)  # type: ignore[arg-type]
        return replace(speech, title="标题：" + speech.title)

    application = await opened(tmp_path, library)
    try:
        with monkeypatch.context() as patched:
            patched.setattr(importer, "PARSER_VERSION", "earlier")
            patched.setattr(preparation, "prepare_speech", with_title)
            await application.importer.run()
        report, _ = await reread(application)
        assert len(report.changed) == 8 and not report.added
        titles = await rows(application, "SELECT title FROM versions v JOIN speeches s ON s.version = v.id")
        assert not any(str(title).startswith("标题") for (title,) in titles)
    finally:
        await application.close()


async def test_a_speech_dated_by_its_import_moves_to_the_year_of_its_title(
    tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Number and previews stay; whose window the day of import lay in no longer reads it."""
    shutil.rmtree(library)
    library.mkdir()
    paragraphs = [
        f"第{at}道闸口的水账今天贴在村口，谁有疑问谁来问，{at}天里答复。" * 3 for at in range(2, 12)
    ]
    for year in (1996, 2025):
        lines = [f"{year}年渠务工作报告", "同志们：", f"{year}亩水田今年浇上了水。", *paragraphs]
        (library / f"{year}.txt").write_text("\n".join(lines) + "\n", "utf-8")
    prepare_speech = preparation.prepare_speech

    def undated(parsed: object) -> object:
        return replace(prepare_speech(parsed), date=None, date_origin="")  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(importer, "PARSER_VERSION", "earlier")
        patched.setattr(preparation, "prepare_speech", undated)
        application = await opened(tmp_path, library)
        await application.importer.run()
    try:
        numbers, previews = await rows(application, SPEECHES), await rows(application, PREVIEWS)
        old, new = (int(str(number)) for _, number in numbers)
        await full_text(application, "20001", old)
        dated = "SELECT material_date, date_origin FROM versions v JOIN speeches s ON s.version = v.id ORDER BY s.number"
        assert {day for day, _ in await rows(application, dated)} == {"2026-11-18"}
        report, _ = await reread(application)
        assert len(report.changed) == 2 and not (report.added or report.withdrawn)
        assert sorted(await rows(application, dated)) == [
            ("1996-01-01", TITLE_YEAR),
            ("2025-01-01", TITLE_YEAR),
        ]
        assert await rows(application, SPEECHES) == numbers
        assert await rows(application, PREVIEWS) == previews
        # Ids tell the order of days: the sections of the older speech come behind all of the newer.
        ids = "SELECT max(id), min(id) FROM sections s JOIN speeches p ON p.version = s.version GROUP BY p.number"
        (last_of_old, _), (_, first_of_new) = await rows(application, ids + " ORDER BY max(id)")
        assert int(str(last_of_old)) < int(str(first_of_new))
        reader = await application.reader("20001", Place(PlaceKind.PRIVATE, "20001"))
        assert isinstance(await reader.full_text(old, "text"), Locked)
        assert isinstance(await reader.full_text(new, "text"), FullText)
        report, said = await reread(application)
        assert said == [] and not report.changed, "once"
    finally:
        await application.close()


async def test_the_bot_answers_while_files_are_read_again(
    tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = await opened(tmp_path, library)
    try:
        with earlier_parser(monkeypatch):
            await application.importer.run()
        reader = application.local_reader(reads_all=True)
        expected = (await reader.search_unrecorded("群众", 5)).total
        found: list[int] = []
        reading = asyncio.create_task(application.importer.run())
        while not reading.done():
            found.append((await reader.search_unrecorded("群众", 5)).total)
        assert len((await reading).changed) == READS_LESS
    finally:
        await application.close()
    assert expected and len(found) > 1 and min(found) >= expected
