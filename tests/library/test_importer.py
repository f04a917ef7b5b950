"""Imports: in step with the folder, numbers for ever, nothing written to sources, killed at any point."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from speech_texts import FULL

from jianggao.application import Application
from jianggao.errors import NotFound, WrongUse
from jianggao.library import index, listing, speech_store
from jianggao.library.import_report import ImportReport


async def titles(application: Application) -> dict[int, str]:
    async with application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT number FROM speeches")
        speeches = await speech_store.speeches(connection, [row[0] for row in rows])
    return {number: speech.title for number, speech in speeches.items() if speech.listed}


async def total(application: Application, query: str) -> int:
    return (await application.local_reader(reads_all=True).search_unrecorded(query, 100)).total


def touch(path: Path) -> None:
    """A modification time that differs for certain."""
    state = path.stat()
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns + 1_000_000_000))


async def test_a_second_run_reads_nothing(application: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("jianggao.library.preparation_workers.prepare_file", refuse)
    report = await application.importer.run()
    assert (report.added, report.changed, report.withdrawn) == ([], [], [])
    assert report.unchanged_files == 8


async def test_sources_stay_byte_for_byte(application: Application, library: Path) -> None:
    def state() -> dict[Path, tuple[str, int]]:
        files = [path for path in library.rglob("*") if path.is_file()]
        return {p: (hashlib.sha256(p.read_bytes()).hexdigest(), p.stat().st_mtime_ns) for p in files}

    before = state()
    await application.importer.run(confirmed=True)
    assert state() == before


async def test_stored_text_is_the_cleaned_text(application: Application) -> None:
    from datetime import date

    from jianggao.parsing.parser import parse

    speech = parse(FULL, "x", date(2026, 1, 1))
    assert not isinstance(speech, str)
    async with application.database.read() as connection:
        numbers = [n for n, title in (await titles(application)).items() if title == speech.title]
        row = await speech_store.speech(connection, numbers[0])
        assert row is not None
        assert await speech_store.version_text(connection, row.version) == speech.text


async def test_a_changed_file_keeps_its_number(application: Application, library: Path) -> None:
    file = library / "水利" / "冬修.txt"
    number = next(n for n, title in (await titles(application)).items() if "冬修" in title)
    file.write_text(
        FULL.replace("渠老了", "渠太老了").replace("守了三个晚上", "守了整整三宿"), encoding="utf-8"
    )
    touch(file)
    report = await application.importer.run()
    assert len(report.changed) == 1
    assert await total(application, "守了三个晚上") == 0
    assert await total(application, "守了整整三宿") == 1
    assert "冬修" in (await titles(application))[number]


async def test_the_same_text_under_two_names_is_one_speech(application: Application, library: Path) -> None:
    before = await titles(application)
    shutil.copy(library / "水利" / "冬修.txt", library / "医卫" / "再来.txt")
    report = await application.importer.run()
    assert len(report.same_text) == 1
    assert await titles(application) == before
    (library / "水利" / "冬修.txt").unlink()
    report = await application.importer.run()
    assert report.withdrawn == []
    assert await titles(application) == before


async def test_a_renamed_file_keeps_its_number(application: Application, library: Path) -> None:
    before = await titles(application)
    (library / "水利" / "冬修.txt").rename(library / "医卫" / "改名.txt")
    await application.importer.run()
    assert await titles(application) == before


async def test_a_file_that_goes_withdraws_and_comes_back(application: Application, library: Path) -> None:
    before = await titles(application)
    (library / "水利" / "冬修.txt").rename(library.parent / "kept.txt")
    report = await application.importer.run()
    assert len(report.withdrawn) == 1
    assert await total(application, "千斤顶") == 0
    (library.parent / "kept.txt").rename(library / "水利" / "冬修.txt")
    report = await application.importer.run()
    assert len(report.returned) == 1
    assert await titles(application) == before
    assert await total(application, "千斤顶") == 1


async def test_much_gone_withdraws_nothing_until_confirmed(application: Application, library: Path) -> None:
    for file in list(library.rglob("*.txt"))[:6]:
        file.unlink()
    before = await titles(application)
    report = await application.importer.run()
    assert report.held_back == 6
    assert "重新载入 确认" in report.render()
    assert await titles(application) == before
    report = await application.importer.run(confirmed=True)
    assert len(report.withdrawn) == 6


async def test_a_missing_root_withdraws_nothing(application: Application, library: Path) -> None:
    before = await titles(application)
    library.rename(library.parent / "away")
    report = await application.importer.run(confirmed=True)
    assert report.root_missing
    assert await titles(application) == before


async def test_only_paths_inside_the_library_are_imported(application: Application, tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text(FULL, encoding="utf-8")
    with pytest.raises(WrongUse):
        await application.importer.run(under=tmp_path / "outside.txt")
    with pytest.raises(WrongUse):
        await application.importer.run(under=Path("../../etc"))
    with pytest.raises(NotFound):
        await application.importer.run(under=Path("没有.txt"))


async def test_the_index_holds_exactly_the_listed_texts(application: Application, library: Path) -> None:
    """Re-cut: taking out what should be in leaves the index empty, so that nothing else was in it."""
    file = library / "水利" / "冬修.txt"
    file.write_text(FULL.replace("三号闸", "五号闸"), encoding="utf-8")
    touch(file)
    (library / "医卫" / "0.txt").unlink()
    await application.importer.run()
    async with application.database.write() as connection:
        for number in await listing.listed_numbers(connection):
            row = await speech_store.speech(connection, number)
            assert row is not None
            due = listing.index_entry(row), await listing.section_entries(connection, row.version)
            for sql, rows in index.inserts(*due, command="delete"):
                await connection.executemany(sql, rows)
        for table in index.GRAM_TABLES:
            await connection.execute(
                f"CREATE VIRTUAL TABLE temp.{table}_terms USING fts5vocab(main, {table}, row)"
            )
            left = await connection.execute_fetchall(f"SELECT term FROM temp.{table}_terms")
            assert list(left) == [], table


async def test_a_rebuilt_index_answers_the_same(application: Application) -> None:
    before = [await total(application, query) for query in ("水利", "台账", "渠", "千斤顶")]
    async with application.database.write() as connection:
        await listing.rebuild_index(connection)
    assert [await total(application, query) for query in ("水利", "台账", "渠", "千斤顶")] == before


def test_reports_survive_storing() -> None:
    report = ImportReport(added=["1《x》"], refused=["a：空文件"], speeches=1)
    assert ImportReport.from_json(report.to_json()) == report
    assert "没能读入（1）" in report.render()
