"""The application opens all it runs on, and closes it in order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import MovableClock

from jianggao.access.verdicts import Locked, LockReason, Place, PlaceKind
from jianggao.application import Application, shuffle_place
from jianggao.errors import CannotStart


def test_the_place_in_the_order_of_random_sections_is_keyed_and_stays() -> None:
    places = {shuffle_place(b"key", speech, ordinal) for speech in range(1, 40) for ordinal in range(1, 40)}
    assert len(places) == 39 * 39
    assert all(0 <= place < 1 << 62 for place in places)
    assert shuffle_place(b"key", 3, 4) == shuffle_place(b"key", 3, 4) != shuffle_place(b"other", 3, 4)
    assert shuffle_place(b"key", 1, 23) != shuffle_place(b"key", 12, 3)


async def test_today_is_the_day_in_the_bots_timezone(application: Application, clock: MovableClock) -> None:
    assert str(application.today) == "2026-03-18"
    clock.advance(hours=12)  # 16:00 in London is midnight in Shanghai
    assert str(application.today) == "2026-03-19"


async def test_a_reader_is_of_the_ledger_as_it_stands(application: Application) -> None:
    reader = await application.reader("90001", Place(PlaceKind.PRIVATE, "90001"))
    _, verdict = await reader.verdict_on(1)
    assert not isinstance(verdict, Locked)
    other = await application.reader("30001", Place(PlaceKind.PRIVATE, "30001"))
    _, verdict = await other.verdict_on(1)
    assert isinstance(verdict, Locked) and verdict.reason is LockReason.NOT_A_MEMBER


async def test_after_its_end_it_can_be_opened_again(open_application: Callable[..., Any]) -> None:
    first = await open_application()
    await first.importer.run()
    async with first.database.read() as connection:
        speeches = list(await connection.execute_fetchall("SELECT count(*) FROM speeches"))
    await first.close()
    again = await open_application()
    async with again.database.read() as connection:
        assert list(await connection.execute_fetchall("SELECT count(*) FROM speeches")) == speeches


async def test_a_database_that_is_another_file_is_told_and_left_alone(
    open_application: Callable[..., Any], tmp_path: Path
) -> None:
    file = tmp_path / "data" / "bot.db"
    file.parent.mkdir()
    file.write_bytes(b"this is a letter and no database" * 100)
    with pytest.raises(CannotStart):
        await open_application()
    assert file.read_bytes().startswith(b"this is a letter")
