"""Texts are stored whole, a few in a transaction; one that fails refuses no other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from speech_texts import numbered

from jianggao.application import Application
from jianggao.library import source_store, speech_store


async def titles(application: Application) -> dict[int, str]:
    async with application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT number FROM speeches")
        speeches = await speech_store.speeches(connection, [row[0] for row in rows])
    return {number: speech.title for number, speech in speeches.items() if speech.listed}


async def total(application: Application, query: str) -> int:
    return (await application.local_reader(reads_all=True).search_unrecorded(query, 100)).total


async def test_bad_files_are_refused_and_the_rest_goes_on(application: Application, library: Path) -> None:
    (library / "空.txt").write_bytes(b"")
    (library / "一行.txt").write_text("只有一行", encoding="utf-8")
    (library / "乱.txt").write_bytes(bytes(range(256)) * 50)
    (library / "坏.docx").write_bytes(b"PK\x03\x04")
    (library / "好.txt").write_text(numbered("道路养护", 77), encoding="utf-8")
    (library / "README.md").write_text("说明", encoding="utf-8")
    report = await application.importer.run()
    assert len(report.refused) == 4
    assert len(report.added) == 1
    assert await total(application, "道路养护") > 0


async def test_a_file_that_turns_unreadable_keeps_its_speech(application: Application, library: Path) -> None:
    before = await titles(application)
    (library / "水利" / "冬修.txt").write_bytes(b"")
    report = await application.importer.run()
    assert len(report.refused) == 1
    assert await titles(application) == before


async def test_an_import_stopped_between_files_is_finished_by_the_next(
    open_application: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    application = await open_application()
    stored = source_store.remember_file
    calls = 0

    async def stop_at_third(*values: Any) -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise KeyboardInterrupt
        await stored(*values)

    monkeypatch.setattr(source_store, "remember_file", stop_at_third)
    with pytest.raises(KeyboardInterrupt):
        await application.importer.run()
    assert len(await titles(application)) in (0, 1, 2), "whole files, those of committed transactions"
    monkeypatch.undo()
    await application.importer.run()
    assert len(await titles(application)) == 8


async def test_the_log_tells_how_far_a_thick_volume_is(
    application: Application,
    library: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("jianggao.library.file_storing.TRANSACTION_SECONDS", 0.0005)
    monkeypatch.setattr("jianggao.library.file_storing._TOLD_EVERY", 0.0)
    texts = [
        f"在{name}会上的讲话\n同志们：\n{numbered(name, at)}\n谢谢大家。"
        for at, name in enumerate(("防汛", "抗旱", "护林", "修桥", "清塘", "春耕"))
    ]
    (library / "汇编.txt").write_text("\n=====下一篇=====\n".join(texts), encoding="utf-8")
    with caplog.at_level("INFO", "jianggao.library.file_storing"):
        await application.importer.run()
    told = [record.getMessage() for record in caplog.records if "，共 6 篇" in record.getMessage()]
    assert told and told[0].startswith("汇编.txt：第 ")
