"""Passages of a kind on a theme: the openings and closings that are found by their place."""

from __future__ import annotations

from datetime import date

import pytest
from stored_speeches import long_text, prepared, store

from jianggao.database import Database
from jianggao.library.section_ids import EVERY_ID, IdRange
from jianggao.search.indexed_texts import IndexedSection
from jianggao.search.passage_queries import PassageQuery, passage_query
from jianggao.search.passages import PlacedPassages, passages_by_place
from jianggao.search.query import parse_query
from jianggao.search.search import Search
from jianggao.search.synonyms import NO_SYNONYMS, Synonyms
from jianggao.search.visible_index import VisibleIndex


def asked(typed: str) -> PassageQuery:
    wanted = passage_query(parse_query(typed))
    assert wanted is not None
    return wanted


async def found(
    database: Database,
    typed: str,
    readable: IdRange | None = EVERY_ID,
    synonyms: Synonyms = NO_SYNONYMS,
) -> list[IndexedSection]:
    placed = await _placed(database, typed, readable, synonyms)
    return [*placed.on_theme, *(hit.match for hit in placed.others if isinstance(hit.match, IndexedSection))]


async def _placed(
    database: Database, typed: str, readable: IdRange | None, synonyms: Synonyms = NO_SYNONYMS
) -> PlacedPassages:
    query = parse_query(typed)
    wanted = asked(typed)
    return await database.run_in_snapshot(
        lambda snapshot: passages_by_place(
            VisibleIndex(snapshot, readable), wanted.without_kinds(query), wanted, synonyms
        )
    )


async def places(
    database: Database, typed: str, readable: IdRange | None = EVERY_ID
) -> list[tuple[int, str]]:
    """Speech and heading of the passages."""
    return [(section.speech, section.label) for section in await found(database, typed, readable)]


async def test_the_words_before_the_first_heading_open_a_speech(four_speeches: Database) -> None:
    (section,) = await found(four_speeches, "开头:项目")
    assert section.speech == 4 and section.label == "" and "今天把大家请来" in section.body


async def test_the_words_behind_the_last_heading_close_a_speech(four_speeches: Database) -> None:
    (section,) = await found(four_speeches, "项目 结尾")
    assert section.speech == 4 and section.label == "" and section.body.startswith("同志们项目是等不来的")


async def test_without_such_words_the_last_section_closes_and_none_opens(four_speeches: Database) -> None:
    assert await places(four_speeches, "结尾:公路") == [(2, "二管好公路养护")]
    assert await found(four_speeches, "开头:公路") == []


async def test_without_a_theme_the_newest_speeches_come_first(four_speeches: Database) -> None:
    closings = [(4, ""), (1, "三算清用水账目"), (2, "二管好公路养护"), (3, "一选好村级班子")]
    assert await places(four_speeches, "结尾") == closings
    assert await places(four_speeches, "讲话的开头") == [(4, "")]


@pytest.mark.parametrize("readable", [EVERY_ID, None])
async def test_one_long_speech_leaves_room_for_older_ones(
    four_speeches: Database, readable: IdRange | None
) -> None:
    async with four_speeches.write() as connection:
        await store(
            connection, prepared(long_text("在灌区大会上的讲话", 75), "long.txt"), day=date(2025, 12, 1)
        )
    assert [speech for speech, _ in await places(four_speeches, "结尾", readable)] == [5, 4, 1, 2, 3]
    assert [speech for speech, _ in await places(four_speeches, "结尾 年份:2025", readable)] == [5, 4, 1]


async def test_of_both_kinds_the_one_typed_first_comes_first(four_speeches: Database) -> None:
    opening, closing = await found(four_speeches, "项目 开头 结尾")
    assert "今天把大家请来" in opening.body and "等不来" in closing.body
    assert await found(four_speeches, "项目 结尾 开头") == [closing, opening]


@pytest.mark.parametrize(
    ("typed", "speeches"),
    [
        ("结尾:村级班子建设座谈会", [3]),  # the name of a speech
        ("结尾:公路", [2]),  # its title
        ("结尾:水利", [1]),  # its topic
        ("结尾:承诺", [4]),  # a heading
        ("结尾:管好", [1, 2]),  # headings of two, of which the newer is the first
        ("结尾:拖拉机", [2]),  # a body
        ("结尾:飞碟学 厂房", [4]),  # some of the words
    ],
)
async def test_passages_of_speeches_on_the_theme(
    four_speeches: Database, typed: str, speeches: list[int]
) -> None:
    assert [speech for speech, _ in await places(four_speeches, typed)] == speeches


async def test_speeches_on_a_synonym_of_the_theme_count(four_speeches: Database) -> None:
    assert await found(four_speeches, "结尾:道路交通") == []
    synonyms = Synonyms({"道路交通": ("公路",)})
    (section,) = await found(four_speeches, "结尾:道路交通", synonyms=synonyms)
    assert section.speech == 2


@pytest.mark.parametrize(
    "typed", ["结尾:项目", "项目 开头", "开头", "结尾", "结尾:公路", "结尾 管好", "结尾 年份:2024"]
)
async def test_places_are_the_same_for_a_visitor_without_the_bodies(
    four_speeches: Database, typed: str
) -> None:
    member, visitor = await found(four_speeches, typed), await found(four_speeches, typed, None)
    assert [section.id for section in visitor] == [section.id for section in member] != []
    assert all(section.whole for section in member) and not any(section.whole for section in visitor)
    # Of speech 3 the whole is a preview, of the others these are for members.
    assert all(bool(section.body) == (section.speech == 3) for section in visitor)


async def test_locked_words_lead_a_visitor_to_no_passage(four_speeches: Database) -> None:
    for typed in ("结尾:铁锹", "结尾:拖拉机", "开头:厂房"):
        assert await found(four_speeches, typed) != []
        assert await found(four_speeches, typed, None) == []


@pytest.mark.parametrize(
    ("typed", "speeches"),
    [
        ("结尾 年份:2024", [2]),
        ("结尾 主题:党建", [3]),
        ("结尾 标题:推进会", [4, 2]),
        ("结尾 第1篇", [1]),
        ("结尾:公路 年份:2024", [2]),
        ("结尾:公路 年份:2023", []),
        ("结尾:公路 主题:水利", []),
        ("结尾:公路 标题:座谈", []),
        ("结尾:公路 第2篇", [2]),
        ("结尾:公路 第3篇", []),
        ("结尾:管好 主题:水利", [1]),
        ("结尾:推进会 年份:2025", [4]),
        ("结尾 年份:1999", []),
    ],
)
async def test_filters_narrow(four_speeches: Database, typed: str, speeches: list[int]) -> None:
    assert [speech for speech, _ in await places(four_speeches, typed)] == speeches
    assert [speech for speech, _ in await places(four_speeches, typed, None)] == speeches


async def test_nothing_on_the_theme_is_nothing(four_speeches: Database) -> None:
    assert await found(four_speeches, "结尾:飞碟学") == []
    assert await found(four_speeches, "飞碟学 开头 结尾", None) == []


async def test_of_speeches_that_only_say_some_of_the_theme_it_is_told_what_they_lack(
    three_speeches: Database,
) -> None:
    placed = await _placed(three_speeches, "公路 飞碟学 结尾", EVERY_ID)
    assert placed.on_theme == [] and placed.others
    assert all("飞碟学" in hit.missing for hit in placed.others)
    named = await _placed(three_speeches, "公路建设 结尾", EVERY_ID)
    assert {section.speech for section in named.on_theme} == {2} and named.is_all


@pytest.mark.parametrize(
    ("typed", "searched"),
    [("飞碟学最后喊口号那段", "飞碟学"), ("飞碟学 结尾", "飞碟学"), ("飞碟学 数据", "")],
)
async def test_where_nothing_is_on_the_theme_it_is_searched_for_alone(
    three_speeches: Database, typed: str, searched: str
) -> None:
    result = await three_speeches.run_in_snapshot(
        lambda snapshot: Search(snapshot, EVERY_ID).find(parse_query(typed))
    )
    assert result.total == 0 and result.read_as == searched
