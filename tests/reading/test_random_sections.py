"""随机 on a word: each section comes once, and one that was not given keeps its turn."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

import aiosqlite
import pytest

from jianggao.access.verdicts import Place, PlaceKind
from jianggao.application import Application
from jianggao.errors import AlreadyProcessed
from jianggao.reading.random_sections import draw_from
from jianggao.reading.session import Effect, ReadingSession
from jianggao.reading.views import SectionView

WORD = "推进会"
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


# --- which sections are about a word ---------------------------------------------------------------------------------

TEA = """在茶园管护现场会上的讲话
（2024年4月2日）
同志们：
一、把老茶树救回来
坡上的老茶树一百二十亩，三年没有剪过枝，芽头瘦得像针。今年开春先剪枝、再上肥，剪下来的枝条打碎还田，谁的地块谁到场，剪一行看一行。
二、把采茶工留下来
清明前后缺人手，去年有四成嫩芽老在树上。夜校学手艺，夜校学算账，学完的人工钱一天多二十块，夜校的灯开到九点，报名的先来先坐。
三、把账贴到晒青棚
卖了多少斤、多少钱一斤、工钱付了几成，每十天贴一回。哪家有疑问，当面问会计，会计答不上来的找我，食堂门口那块黑板就归这本账用。
"""
FIELD = """在秋种调度会上的讲话
（2024年10月8日）
同志们：
一、种子先过筛
今年的麦种自己留的占六成，发芽率参差不齐。农技站挨村过筛，一袋一袋做发芽试验，不到八成五的不准下地，换种的钱县里补一半。
二、机手先上课
秋种用的播种机换了新型号，深浅要会调，转弯要会抬。农机站把课开到地头，能上夜校的晚上也学两个钟头，学会一个上岗一个，机手证当场换。
三、地边先清沟
沟不通，种下去也是白种。三条主沟归镇里清，毛沟归各家清，十五号以前清完，清完一条验一条，验不过的补工，补完再验。
"""


async def numbers_on(
    open_application: Callable[..., Awaitable[Application]], word: str, folder: str = "农事"
) -> list[str]:
    """The numbers of all sections that are drawn on a word, by who may read everything."""
    application = await open_application()
    library = application.settings.library_dir / folder
    library.mkdir(parents=True)
    for name, text in (("茶.txt", TEA), ("种.txt", FIELD)):
        (library / name).write_text(text, encoding="utf-8")
    await application.importer.run()
    draw = await draw_from(application.local_reader(reads_all=True)._session, word)
    async with application.database.read() as connection:
        rows = await connection.execute_fetchall(
            f"SELECT substr(body, 1, 4) FROM sections WHERE listed = 1 AND {draw.condition.sql} ORDER BY speech, ordinal",
            draw.condition.parameters,
        )
    return [row[0] for row in rows]


@pytest.mark.parametrize(
    ("word", "drawn"),
    [
        ("夜校", ["清明前后"]),  # it comes back to it; the other section mentions it once
        ("采茶工", ["清明前后"]),  # a heading
        ("茶园", ["坡上的老", "清明前后", "卖了多少"]),  # a title
        ("秋种", ["今年的麦", "秋种用的", "沟不通，"]),
        ("食堂", []),  # a mention
        ("农机站", []),
        ("潜水艇", []),
        ("三地", []),  # across the mark and its heading: 三、地边先清沟
    ],
)
async def test_what_only_mentions_a_word_is_not_drawn_on_it(
    open_application: Callable[..., Awaitable[Application]], word: str, drawn: list[str]
) -> None:
    assert await numbers_on(open_application, word) == drawn


async def test_a_part_of_a_topic_has_what_is_about_it_in_the_topic(
    open_application: Callable[..., Awaitable[Application]],
) -> None:
    """教育 is not all of 教育医疗; one place is enough in a speech of that topic."""
    assert await numbers_on(open_application, "农机站", "农机站与茶山") == ["秋种用的"]


async def test_a_part_of_a_topic_is_the_topic_where_nothing_is_about_it(
    open_application: Callable[..., Awaitable[Application]],
) -> None:
    assert len(await numbers_on(open_application, "山乡", "山乡农事")) == 6


async def test_a_single_letter_is_no_part_of_a_topic(
    open_application: Callable[..., Awaitable[Application]],
) -> None:
    assert await numbers_on(open_application, "僻", "偏僻山乡") == []
