"""随机 on a word: each section comes once, and one that was not given keeps its turn."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import Any

import aiosqlite
import pytest

from jianggao.access.verdicts import Place, PlaceKind
from jianggao.application import Application
from jianggao.errors import AlreadyProcessed
from jianggao.reading.session import Effect, ReadingSession
from jianggao.reading.views import SectionView

WORD = "话不多说"
PLACE = Place(PlaceKind.FREE_GROUP, "700001")
FIRST, SECOND = "10001", "10002"


async def draw(application: Application, account: str = FIRST, effect: Effect | None = None) -> str:
    """The number of the section that is given."""
    view = await (await application.reader(account, PLACE)).random(WORD, effect=effect)
    assert isinstance(view, SectionView)
    return view.number


async def whole_round(application: Application) -> list[str]:
    """The numbers of all sections on the word, in their order, the place being at their beginning again."""
    numbers = [await draw(application)]
    while (number := await draw(application)) != numbers[0]:
        numbers.append(number)
    while await draw(application) != numbers[-1]:
        pass
    assert len(numbers) >= 3
    return numbers


def failing(error: BaseException) -> Effect:
    async def effect(_: aiosqlite.Connection) -> None:
        raise error

    return effect


@pytest.mark.parametrize(
    "error", [AlreadyProcessed(), sqlite3.OperationalError("no such column"), asyncio.CancelledError()]
)
async def test_a_section_whose_transaction_failed_is_drawn_next(
    application: Application, error: BaseException
) -> None:
    numbers = await whole_round(application)
    for at, number in enumerate(numbers):
        if at % 2 == 0:
            with pytest.raises(type(error)):
                await draw(application, effect=failing(error))
        assert await draw(application) == number


async def test_a_section_that_was_stored_and_not_given_is_drawn_next(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cancelled during the commit: it is done, and nobody was answered."""
    numbers = await whole_round(application)
    connection = application.database.writer._connection
    commit = connection.commit

    async def cancelled_meanwhile() -> None:
        drawing.cancel()
        await commit()

    with monkeypatch.context() as patched:
        patched.setattr(connection, "commit", cancelled_meanwhile)
        drawing = asyncio.ensure_future(draw(application))
        with pytest.raises(asyncio.CancelledError):
            await drawing
    assert [await draw(application) for _ in numbers] == numbers


async def test_who_gives_up_while_others_draw_puts_nothing_back(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The section that he was about to get went to somebody else in the place meanwhile."""
    numbers = await whole_round(application)
    has_drawn, copies_of = asyncio.Event(), ReadingSession.copies_of

    async def held_up(session: ReadingSession, *arguments: Any, **options: Any) -> Any:
        if session.asker.account == FIRST:
            has_drawn.set()
            await asyncio.Event().wait()
        return await copies_of(session, *arguments, **options)

    with monkeypatch.context() as patched:
        patched.setattr(ReadingSession, "copies_of", held_up)
        waiting = asyncio.ensure_future(draw(application, FIRST))
        await has_drawn.wait()
        assert await draw(application, SECOND) == numbers[0]
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    assert await draw(application) == numbers[1]
