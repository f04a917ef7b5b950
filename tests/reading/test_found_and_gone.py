"""What goes between being found and being shown is in no answer, and counts in none."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from jianggao.application import Application
from jianggao.clock import to_text
from jianggao.library import hit_store, listing, version_store
from jianggao.reading.reader import Reader

TIMES = [1, 99]
"""What goes does so once, or at every look."""


@pytest.fixture(params=TIMES)
def going(
    application: Application, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> list[int]:
    """Whenever something was found, a speech of it goes before it is read; which ones went."""
    gone: list[int] = []
    look_up = hit_store.look_up
    look: Callable[..., Awaitable[Any]] = application.database.run_in_snapshot

    async def look_late(work: Callable[..., Any], deadline: Any) -> Any:
        numbers: list[int] = []

        def noted(snapshot: Any, ids: Any, wanted: list[int]) -> Any:
            numbers.extend(wanted)
            return look_up(snapshot, ids, wanted)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(hit_store, "look_up", noted)
            result = await look(work, deadline)
        if not numbers or len(gone) >= request.param:
            return result
        await take_down(application, numbers[0])
        gone.append(numbers[0])
        return await look(work, deadline)

    monkeypatch.setattr(application.database, "run_in_snapshot", look_late)
    return gone


async def take_down(application: Application, number: int) -> None:
    async with application.database.write() as connection:
        await version_store.set_taken_down(connection, number, to_text(application.clock()))
        await listing.list_speech(connection, number)


def reader_of(application: Application) -> Reader:
    return application.local_reader(reads_all=True)


async def test_a_search_shows_and_counts_what_is_there(application: Application, going: list[int]) -> None:
    page = await reader_of(application).search_unrecorded("水利", 5)
    shown = [hit.speech for hit in (*page.hits, *page.near)]
    assert going and not set(going) & set(shown)
    if len(going) == 1:
        assert page.total == (await reader_of(application).search_unrecorded("水利", 50)).total


@pytest.mark.parametrize("theme", ["", "水利"])
async def test_quotes_are_of_what_is_there(application: Application, going: list[int], theme: str) -> None:
    page = await reader_of(application).quotables(theme)
    assert going
    assert not set(going) & {int(one.number.partition(".")[0]) for one in page.quotes}


async def test_similar_sections_are_of_what_is_there(application: Application, going: list[int]) -> None:
    async with application.database.read() as connection:
        numbers = await listing.listed_numbers(connection)
    for number in numbers:
        page = await reader_of(application).similar(number, 2)
        assert not set(going) & {hit.speech for hit in page.hits}
        if going:
            break
    assert going


async def test_outlines_are_of_what_is_there(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: list[int] = []
    look: Callable[..., Awaitable[Any]] = application.database.run_in_snapshot

    async def look_and_lose(work: Callable[..., Any], deadline: Any) -> Any:
        found = await look(work, deadline)
        for number in found if not gone else ():
            await take_down(application, number)
            gone.append(number)
        return found

    monkeypatch.setattr(application.database, "run_in_snapshot", look_and_lose)
    page = await reader_of(application).outlines_on("水利")
    assert gone
    assert (page.outlines, page.patterns, page.speeches) == ((), (), 0)
