"""The hits that ranking reads, and those that follow by date."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from stored_speeches import prepared, speech_text, store

from jianggao.database import Database
from jianggao.library.section_ids import EVERY_ID, IdRange
from jianggao.search.criteria import SearchCriteria
from jianggao.search.indexed_texts import IndexedSection, IndexedSpeech, IndexedText
from jianggao.search.query import parse_query
from jianggao.search.ranked_texts import by_date_behind, ranked_texts
from jianggao.search.ranking import FIRST_PAGE, PER_SPEECH
from jianggao.search.visible_index import VisibleIndex

NEWER = 14
POINTS = [
    "把账目贴上墙",
    "把路面补平整",
    "把机井看护好",
    "把秸秆收进棚",
    "把老屋翻修好",
    "把果树剪干净",
    "把灯杆立起来",
]
MENTION = "干部说完水渠说拖拉机，说得不多，却句句在理，老乡们点头，散会以后去看谁家屋顶漏水，该补的当天补上。"


def criteria(typed: str) -> SearchCriteria:
    query = parse_query(typed)
    return SearchCriteria(query.terms, query.filters)


async def ranked(
    database: Database, typed: str, readable: IdRange | None = EVERY_ID
) -> tuple[list[IndexedText], bool]:
    return await database.run_in_snapshot(
        lambda snapshot: ranked_texts(VisibleIndex(snapshot, readable), criteria(typed))
    )


async def behind(
    database: Database, typed: str, skip: int, limit: int, readable: IdRange | None = EVERY_ID
) -> list[IndexedText]:
    """The hits from `skip` on that follow the ranked ones."""

    def work(index: VisibleIndex) -> list[IndexedText]:
        first, _ = ranked_texts(index, criteria(typed))
        return by_date_behind(index, criteria(typed), first, skip, limit)

    return await database.run_in_snapshot(lambda snapshot: work(VisibleIndex(snapshot, readable)))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def many(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Database]:
    """Three old speeches, with 水渠 in a heading, with it in the title, and with 水渠漏水 in a row in a body, and 98
    newer sections that only mention both words."""
    folder: Path = tmp_path_factory.mktemp("many")
    database = await Database.open(folder / "many.db")
    old = [
        speech_text("在春耕会上的讲话", "先把水渠修好", day="2015年3月4日"),
        speech_text("在水渠验收会上的讲话", "一项一项验收", day="2014年3月4日", body=MENTION),
        speech_text("在抗旱会上的讲话", "找准漏点", day="2013年3月4日", body=f"水渠漏水三年。{MENTION}"),
    ]
    newer = [
        speech_text(
            f"在第{at}次例会上的讲话", *POINTS, day=f"{2020 + at // 12}年{at % 12 + 1}月4日", body=MENTION
        )
        for at in range(NEWER)
    ]
    async with database.write() as connection:
        for at, text in enumerate([*old, *newer]):
            await store(connection, prepared(text, f"{at}.txt"))
    yield database
    await database.close()


in_module = pytest.mark.asyncio(loop_scope="module")


@in_module
async def test_few_hits_are_all_ranked(many: Database) -> None:
    texts, complete = await ranked(many, "水渠 三年")
    assert [text.speech for text in texts] == [3] and complete
    assert await ranked(many, "没有的词") == ([], True)


@in_module
@pytest.mark.parametrize(
    ("typed", "speech"),
    [
        ("水渠", 1),  # in the heading
        ("水渠", 2),  # in the title
        ("水渠 漏水", 3),  # side by side
        ("漏水 水渠", 3),
    ],
)
async def test_what_is_on_the_matter_is_read_however_old_it_is(
    many: Database, typed: str, speech: int
) -> None:
    texts, complete = await ranked(many, typed)
    assert speech in {text.speech for text in texts} and not complete


@in_module
async def test_of_many_hits_the_newest_and_the_preferred_are_ranked(many: Database) -> None:
    texts, complete = await ranked(many, "水渠")
    assert not complete
    assert texts[0].speech == 1 and 90 <= len(texts) <= 90 + 3 * 30
    assert 3 not in {text.speech for text in texts}  # old, and nothing tells it from the others
    assert len({text.identity for text in texts}) == len(texts)


@in_module
async def test_of_equal_hits_the_newer_come_first_and_no_speech_fills_the_page(many: Database) -> None:
    texts, _ = await ranked(many, "拖拉机")
    first = [text.speech for text in texts[:FIRST_PAGE]]
    assert max(map(first.count, first)) <= PER_SPEECH
    assert first == sorted(first, reverse=True) and first[0] == 3 + NEWER


async def test_no_speech_of_many_equal_sections_fills_the_page(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "equal.db")
    try:
        async with database.write() as connection:
            for month in (1, 2, 3):
                text = speech_text(
                    "在例会上的讲话", *[POINTS[0]] * 4, day=f"2025年{month}月4日", body=MENTION
                )
                await store(connection, prepared(text, f"{month}.txt"))
        texts, _ = await ranked(database, "拖拉机")
        first = [text.speech for text in texts[:FIRST_PAGE]]
        assert first == [3, 3, 2, 2, 1] and max(map(first.count, first)) == PER_SPEECH
    finally:
        await database.close()


@in_module
@pytest.mark.parametrize("typed", ["水渠", "拖拉机", "水渠 年份:2020 年份:2014"])
@pytest.mark.parametrize("size", [1, 7, 200])
async def test_pages_behind_the_ranked_hits_have_no_gaps_and_repeat_nothing(
    many: Database, typed: str, size: int
) -> None:
    texts, complete = await ranked(many, typed)
    every = await many.run_in_snapshot(
        lambda snapshot: list(VisibleIndex(snapshot, EVERY_ID).by_date(criteria(typed)))
    )
    rest: list[IndexedText] = []
    while more := await behind(many, typed, len(texts) + len(rest), size):
        assert len(more) <= size
        rest += more
    assert len(texts) + len(rest) == len(every) and bool(rest) != complete
    assert {text.identity for text in [*texts, *rest]} == {text.identity for text in every}
    days = [text.date_key >> 24 for text in rest]
    assert days == sorted(days, reverse=True)


@in_module
async def test_those_that_stand_on_earlier_pages_are_passed_over(many: Database) -> None:
    texts, _ = await ranked(many, "拖拉机")
    rest = await behind(many, "拖拉机", len(texts), 99)
    assert len(rest) > 3
    assert await behind(many, "拖拉机", len(texts) + 2, 1) == rest[2:3]
    assert await behind(many, "拖拉机", len(texts) - 4, 99) == rest
    assert await behind(many, "拖拉机", len(texts) + len(rest), 9) == []


async def test_a_visitor_gets_speeches_by_their_public_text(three_speeches: Database) -> None:
    """冬修水利 stands in the title, 水库闸门 in a heading: no section has both."""
    texts, complete = await ranked(three_speeches, "冬修水利 水库闸门", None)
    assert [text.identity for text in texts] == [(1,)] and complete
    assert isinstance(texts[0], IndexedSpeech)
    assert await ranked(three_speeches, "冬修水利 水库闸门") == ([], True)


async def test_locked_words_change_nothing_for_who_may_not_see_them(
    three_speeches: Database, changed_speeches: Database
) -> None:
    """管好 stands in headings of speeches 1 and 2, which order them, whatever the bodies say."""
    orders = []
    for database in (three_speeches, changed_speeches):
        assert await ranked(database, "铁锹", None) == ([], True)
        texts, _ = await ranked(database, "管好", None)
        assert all(isinstance(text, IndexedSection) and text.body == "" for text in texts)
        orders.append([text.speech for text in texts])
    assert orders[0] == orders[1] and set(orders[0]) == {1, 2}


async def test_without_words_filters_alone_list_the_newest_first(three_speeches: Database) -> None:
    texts, complete = await ranked(three_speeches, "年份:2024 年份:2023")
    assert [text.speech for text in texts] == [2, 2, 3] and complete


async def test_a_percentage_is_no_part_of_a_year_in_a_title(three_speeches: Database) -> None:
    async with three_speeches.write() as connection:
        text = speech_text("在2023年工作总结会上的讲话", "把渠修好", day="2024年1月4日")
        number = await store(connection, prepared(text, "总结.txt"))
    assert await ranked(three_speeches, "23%", None) == ([], True)
    (speech,), _ = await ranked(three_speeches, "2023年", None)
    assert isinstance(speech, IndexedSpeech) and speech.speech == number
