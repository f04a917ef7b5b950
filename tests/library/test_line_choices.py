"""What the operator says of a line holds wherever it stands, whenever it comes, against any rule."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import datetime, timezone
from pathlib import Path

import pytest
from doubtful_texts import OFFER, put_speeches, speech_of

from jianggao.application import Application
from jianggao.errors import NotFound
from jianggao.library import edge_lines, import_report_store, speech_store
from jianggao.library.edge_lines import LineChoice
from jianggao.library.line_choices import ChoiceOutcome, choose, outcome_told, require_lines
from jianggao.settings import load_settings

NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
AT = "2026-03-18T04:00:00.000000+00:00"


@pytest.fixture
async def application(tmp_path: Path) -> AsyncIterator[Application]:
    (tmp_path / "lib").mkdir()
    settings = load_settings(
        {"LIBRARY_DIR": str(tmp_path / "lib"), "DATABASE_FILE": str(tmp_path / "bot.db")}
    )
    opened = await Application.open(settings, clock=lambda: NOW, rng=random.Random(1), workers=0)
    yield opened
    await opened.close()


async def say(application: Application, choice: LineChoice, *lines: str) -> ChoiceOutcome:
    """What the operator says of these lines, as 去行 and 留行 do."""
    async with application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT number, written FROM edge_lines")
        numbers = {str(row["written"]): int(row["number"]) for row in rows}
    return await choose(
        application.importer, application.database, [numbers[line] for line in lines], choice, "90001", AT
    )


async def text_of(application: Application, path: str) -> str:
    async with application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT speech FROM sources WHERE path = ?", (path,))
        row = await speech_store.speech(connection, next(iter(rows))[0])
        assert row is not None
        return await speech_store.version_text(connection, row.version)


async def versions(application: Application) -> int:
    async with application.database.read() as connection:
        return int(next(iter(await connection.execute_fetchall("SELECT count(*) FROM versions")))[0])


async def test_page_numbers_and_frames_come_back_too(application: Application, tmp_path: Path) -> None:
    file = tmp_path / "lib" / "甲.txt"
    file.write_text(f"来源：渠水网\n{speech_of('晒谷', '— 2025 —', '全文完')}", "utf-8")
    await application.importer.run()
    removed = ("— 2025 —", "全文完", "来源：渠水网")
    before = await text_of(application, "甲.txt")
    assert not any(line in before for line in removed)
    outcome = await say(application, LineChoice.TEXT, *removed)
    text = await text_of(application, "甲.txt")
    assert all(line in text for line in removed)
    assert outcome_told(outcome).count("放回了 1《") == 3
    file.write_text(file.read_text("utf-8").replace("三户人家", "四户人家"), "utf-8")
    await application.importer.run()
    text = await text_of(application, "甲.txt")
    assert "四户人家" in text and all(line in text for line in removed)


async def test_saying_that_a_line_is_text_makes_no_new_version(
    application: Application, tmp_path: Path
) -> None:
    put_speeches(tmp_path / "lib", {"晒谷": (OFFER,)})
    await application.importer.run()
    before = await versions(application)
    outcome = await say(application, LineChoice.TEXT, OFFER)
    assert await versions(application) == before and not outcome.report.notes[0].doubtful
    assert "留在 1《在晒谷现场会上的讲话》，不再列出" in outcome_told(outcome)


async def test_thinking_better_of_it_works_as_often_as_one_likes(
    application: Application, tmp_path: Path
) -> None:
    """Also for a file that came when the line was text already."""
    put_speeches(tmp_path / "lib", {"晒谷": (OFFER,)})
    await application.importer.run()
    for _ in range(2):
        await say(application, LineChoice.TEXT, OFFER)
        put_speeches(tmp_path / "lib", {"渡口": (OFFER,)})
        await application.importer.run()
        assert OFFER in await text_of(application, "晒谷.txt")
        assert OFFER in await text_of(application, "渡口.txt")
        told = outcome_told(await say(application, LineChoice.NOTICE, OFFER))
        assert "晒谷" in told and "渡口" in told and "去掉了" in told
        assert OFFER not in await text_of(application, "晒谷.txt")
        assert OFFER not in await text_of(application, "渡口.txt")


async def test_a_choice_stores_no_report_and_is_no_import(application: Application, tmp_path: Path) -> None:
    put_speeches(tmp_path / "lib", {"晒谷": (OFFER,)})
    await application.importer.run()
    put_speeches(tmp_path / "lib", {"渡口": ()})
    await say(application, LineChoice.NOTICE, OFFER)
    async with application.database.read() as connection:
        assert await import_report_store.latest_id(connection) == 1
        assert (await speech_store.count_listed(connection))[0] == 1, "the new file waits for an import"


async def test_a_file_and_its_copy_stay_one_speech_of_the_same_number(
    application: Application, tmp_path: Path
) -> None:
    for name in ("甲.txt", "甲(1).txt", "甲(2).txt"):
        (tmp_path / "lib" / name).write_text(speech_of("晒谷", OFFER), "utf-8")
    await application.importer.run()
    for choice in (LineChoice.NOTICE, LineChoice.TEXT):
        outcome = await say(application, choice, OFFER)
        assert len(outcome.report.changed) == 1 and not outcome.report.added
        async with application.database.read() as connection:
            assert await speech_store.count_listed(connection) == (1, 1)
            found = await connection.execute_fetchall("SELECT speech FROM sources WHERE present = 1")
        assert [row[0] for row in found] == [1, 1, 1]


async def test_the_choice_is_stored_with_who_made_it(application: Application, tmp_path: Path) -> None:
    put_speeches(tmp_path / "lib", {"晒谷": (OFFER,)})
    await application.importer.run()
    await say(application, LineChoice.NOTICE, OFFER)
    async with application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT choice, chosen_by, chosen_at FROM edge_lines")
    assert [tuple(row) for row in rows] == [("notice", "90001", AT)]


async def test_while_the_folder_is_away_the_choice_waits_for_it(
    application: Application, tmp_path: Path
) -> None:
    put_speeches(tmp_path / "lib", {"晒谷": (OFFER,)})
    await application.importer.run()
    (tmp_path / "lib").rename(tmp_path / "away")
    assert "已经记下" in outcome_told(await say(application, LineChoice.NOTICE, OFFER))
    (tmp_path / "away").rename(tmp_path / "lib")
    await application.importer.run()
    assert OFFER not in await text_of(application, "晒谷.txt")


async def test_a_choice_waits_for_an_import_that_runs(application: Application, tmp_path: Path) -> None:
    put_speeches(tmp_path / "lib", {"晒谷": (OFFER,)})
    await application.importer.run()
    put_speeches(tmp_path / "lib", {"渡口": (OFFER,)})
    await asyncio.gather(application.importer.run(), say(application, LineChoice.NOTICE, OFFER))
    for path in ("晒谷.txt", "渡口.txt"):
        assert OFFER not in await text_of(application, path)


async def test_an_unknown_number_changes_nothing(application: Application, tmp_path: Path) -> None:
    put_speeches(tmp_path / "lib", {"晒谷": (OFFER,)})
    await application.importer.run()
    with pytest.raises(NotFound, match="没有编号 99 的行"):
        await choose(application.importer, application.database, [1001, 99], LineChoice.NOTICE, "90001", AT)
    async with application.database.read() as connection:
        assert (await edge_lines.lines_numbered(connection, [1001]))[1001].choice is None
        assert [line.number for line in await require_lines(connection, [1001, 1001])] == [1001]
