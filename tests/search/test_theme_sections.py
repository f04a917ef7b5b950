"""Sections are about a theme by their title, by a heading, or because they come back to it."""

from __future__ import annotations

import pytest
from stored_speeches import prepared, store

from jianggao.database import Database
from jianggao.library.section_ids import EVERY_ID, Audience, IdRange
from jianggao.search.query import parse_query
from jianggao.search.theme_sections import sections_about
from jianggao.search.visible_index import VisibleIndex

ORCHARD = """在果园管护现场会上的讲话
（2022年6月1日）
同志们：
一、剪好每一棵树
树剪得好不好，看树冠透不透光。剪子要快，人要有耐心，剪完这一片，坐下来把剪下的枝条捆好，再往下一片走，别赶。
二、把水引上山
山上缺水，去年旱了四十天，靠人挑水保住了三成的树。今年修蓄水池十二口，水泵两台，水管两千米，谁家的地块谁来埋管。
"""


@pytest.fixture
async def speeches(three_speeches: Database) -> Database:
    async with three_speeches.write() as connection:
        await store(connection, prepared(ORCHARD), audiences={1: Audience.PREVIEW}, topics=["林果与水土"])
    return three_speeches


async def about(
    database: Database,
    typed: str,
    *,
    readable: IdRange | None = EVERY_ID,
    in_group: bool = False,
    topics: tuple[str, ...] = (),
) -> list[str]:
    """The first letters of the bodies of the sections, the older speech first."""
    query = parse_query(typed)
    ids = await database.run_in_snapshot(
        lambda snapshot: sections_about(
            VisibleIndex(snapshot, readable, in_group=in_group), query.terms, query.filters, 100, topics
        )
    )
    async with database.read() as connection:
        rows = await connection.execute_fetchall(
            "SELECT id, substr(body, 1, 4) FROM sections ORDER BY speech, ordinal"
        )
    assert len(ids) == len(set(ids))
    return [row[1] for row in rows if row[0] in ids]


async def test_a_title_is_what_all_its_sections_are_about(speeches: Database) -> None:
    assert await about(speeches, "果园") == ["树剪得好", "山上缺水"]


async def test_a_heading_is_what_its_section_is_about(speeches: Database) -> None:
    assert await about(speeches, "引上山") == ["山上缺水"]


async def test_what_comes_again_is_what_a_section_is_about_and_a_mention_is_not(speeches: Database) -> None:
    assert await about(speeches, "水管") == []
    assert await about(speeches, "缺水") == []
    assert await about(speeches, "剪") == ["树剪得好"]


async def test_each_of_several_words_must_be_what_it_is_about(speeches: Database) -> None:
    assert await about(speeches, "果园 剪") == ["树剪得好"]
    assert await about(speeches, "果园 水管") == []


async def test_in_a_speech_of_the_topic_a_mention_is_enough(speeches: Database) -> None:
    assert await about(speeches, "水管", topics=("林果与水土",)) == ["山上缺水"]
    assert await about(speeches, "水管", topics=("水利",)) == []


async def test_filters_hold_with_words_and_alone(speeches: Database) -> None:
    assert await about(speeches, "标题:果园 剪") == ["树剪得好"]
    assert await about(speeches, "标题:公路 剪") == []
    assert await about(speeches, "标题:果园") == ["树剪得好", "山上缺水"]


async def test_only_what_may_be_seen_counts(speeches: Database) -> None:
    assert await about(speeches, "引上山", readable=None) == ["山上缺水"], "a public heading"
    assert await about(speeches, "剪", readable=None) == ["树剪得好"], "a preview"
    assert "山上缺水" in await about(speeches, "谁")
    assert "山上缺水" not in await about(speeches, "谁", readable=None), "its text is locked"
    assert "山上缺水" not in await about(speeches, "谁", in_group=True), "its text is for the private chat"
