"""What one asker's view of the index returns: whole texts where he may read, public text elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import pytest
from stored_speeches import AT

from jianggao.database import Database
from jianggao.library import listing, version_store
from jianggao.library.section_ids import EVERY_ID, IdRange, id_range
from jianggao.search.criteria import SearchCriteria
from jianggao.search.indexed_texts import IndexedSection
from jianggao.search.query import parse_query
from jianggao.search.visible_index import VisibleIndex
from jianggao.text.pinyin import folded_reading
from jianggao.text.segmentation import words
from jianggao.text.word_vectors import text_vector

T = TypeVar("T")
YEAR_2024 = id_range(date(2024, 1, 1), date(2024, 12, 31))
YEAR_2025 = id_range(date(2025, 1, 1), date(2025, 12, 31))


def criteria(typed: str) -> SearchCriteria:
    query = parse_query(typed)
    return SearchCriteria(query.terms, query.filters)


async def seen(
    database: Database,
    work: Callable[[VisibleIndex], T],
    readable: IdRange | None = EVERY_ID,
    *,
    in_group: bool = False,
) -> T:
    return await database.run_in_snapshot(
        lambda snapshot: work(VisibleIndex(snapshot, readable, in_group=in_group))
    )


def places(index: VisibleIndex, typed: str, limit: int = 100) -> list[tuple[int, str]]:
    """Speech and heading of the matching sections, scope by scope."""
    return [
        (section.speech, section.label)
        for scope in index.scopes
        for section in index.sections(scope, criteria(typed), limit)
    ]


@pytest.mark.parametrize(
    ("readable", "in_group", "speeches"),
    [
        (EVERY_ID, False, [1, 1, 2]),
        (None, False, [1]),  # the preview
        (YEAR_2024, False, [1, 2]),
        (YEAR_2025, False, [1, 1]),
        (EVERY_ID, True, [1, 1]),  # the section for members alone is seen by its public part
        (YEAR_2025, True, [1, 1]),
    ],
)
async def test_bodies_are_searched_where_they_may_be_seen(
    three_speeches: Database, readable: IdRange | None, in_group: bool, speeches: list[int]
) -> None:
    """今年的 stands in the preview and in the section for groups of speech 1; 今年一定 in speech 2 too."""
    found = await seen(three_speeches, lambda index: places(index, "今年"), readable, in_group=in_group)
    assert [speech for speech, _ in found] == speeches


async def test_words_of_a_locked_body_are_not_there(three_speeches: Database) -> None:
    for typed in ("铁锹", "占便宜", "拖拉机", "换完当场"):
        assert await seen(three_speeches, lambda index, typed=typed: places(index, typed), None) == []  # type: ignore[misc]
        assert await seen(three_speeches, lambda index, typed=typed: places(index, typed)) != []  # type: ignore[misc]


async def test_headings_are_public(three_speeches: Database) -> None:
    assert await seen(three_speeches, lambda index: places(index, "水库闸门"), None) == [
        (1, "二管好水库闸门")
    ]


async def test_a_locked_section_is_returned_without_its_body(three_speeches: Database) -> None:
    def sections(index: VisibleIndex) -> list[IndexedSection]:
        return index.sections(index.scopes[0], criteria("水库闸门"), 5)

    (locked,) = await seen(three_speeches, sections, None)
    (whole,) = await seen(three_speeches, sections)
    assert locked.body == "" and not locked.whole and locked.text == locked.label
    assert whole.body.startswith("闸门锈死") and whole.whole and whole.id == locked.id


async def test_the_newest_come_first_and_as_many_as_asked_for(three_speeches: Database) -> None:
    every = await seen(three_speeches, lambda index: places(index, "讲话 今年 年份:2024 年份:2025"))
    assert every == []  # a title is no part of a section
    ids = await seen(
        three_speeches,
        lambda index: [part.id for part in index.sections(index.scopes[0], criteria("管好"), 9)],
    )
    assert ids == sorted(ids, reverse=True) and len(ids) == 2
    assert len(await seen(three_speeches, lambda index: places(index, "管好", 1))) == 1


@pytest.mark.parametrize(
    ("typed", "speeches"),
    [
        ("管好 主题:水利", [1]),
        ("管好 年份:2024", [2]),
        ("管好 标题:公路", [2]),
        ("管好 标题:农村公路建设", [2]),
        ("管好 第1篇", [1]),
        ("管好 主题:水利 年份:2024", []),
        ("年份:2023", [3]),
        ("主题:交通", [2, 2]),
    ],
)
async def test_filters_narrow(three_speeches: Database, typed: str, speeches: list[int]) -> None:
    assert [
        speech for speech, _ in await seen(three_speeches, lambda index: places(index, typed))
    ] == speeches


async def test_a_run_must_stand_in_a_row(three_speeches: Database) -> None:
    """年年修，年年漏 has every bigram of 年年年, but not the run."""
    assert await seen(three_speeches, lambda index: index.count_candidates("年年年", 9)) == 1
    assert not await seen(three_speeches, lambda index: places(index, "年年年"))
    assert await seen(three_speeches, lambda index: places(index, "年年修年年漏"))


async def test_speeches_match_by_public_text_as_a_whole(three_speeches: Database) -> None:
    def numbers(index: VisibleIndex) -> list[int]:
        wanted = criteria("冬修水利 水库闸门")
        return [speech.speech for scope in index.scopes for speech in index.speeches(scope, wanted, 9)]

    assert await seen(three_speeches, numbers, None) == [1]
    assert await seen(three_speeches, numbers) == [1]


async def test_a_speech_whose_sections_match_is_no_hit_by_itself(three_speeches: Database) -> None:
    def alone(typed: str) -> Callable[[VisibleIndex], list[int]]:
        def work(index: VisibleIndex) -> list[int]:
            (scope,) = index.scopes
            found = index.speeches(scope, criteria(typed), 9)
            return [speech.speech for speech in index.without_sections(scope, criteria(typed), found)]

        return work

    assert await seen(three_speeches, alone("冬修水利 水库闸门"), None) == [1]
    assert await seen(three_speeches, alone("水库闸门"), None) == []
    assert await seen(three_speeches, alone("没有的词"), None) == []


@pytest.mark.parametrize("readable", [None, EVERY_ID, YEAR_2024])
@pytest.mark.parametrize("typed", ["修好", "今年", "公路", "冬修水利 水库闸门", "没有的词"])
async def test_the_count_is_that_of_all_that_matches(
    three_speeches: Database, readable: IdRange | None, typed: str
) -> None:
    wanted = criteria(typed)
    walked = await seen(three_speeches, lambda index: list(index.by_date(wanted)), readable)
    assert await seen(three_speeches, lambda index: index.count(wanted, None), readable) == (
        len(walked),
        True,
    )
    assert len({text.identity for text in walked}) == len(walked)
    days = [text.date_key >> 24 for text in walked]
    assert days == sorted(days, reverse=True)


async def test_a_count_beyond_its_limit_is_not_exact(three_speeches: Database) -> None:
    wanted = criteria("管好")
    counts = [
        await seen(three_speeches, lambda index, limit=limit: index.count(wanted, limit))  # type: ignore[misc]
        for limit in (0, 1, 2, 3)
    ]
    assert counts == [(0, False), (1, False), (2, True), (2, True)]


async def test_candidates_are_counted_by_their_bigrams_alone(three_speeches: Database) -> None:
    def count(index: VisibleIndex) -> list[int]:
        runs = ("公路", "进村公路", "网格员", "没有")
        return [index.count_candidates(run, 9) for run in runs]

    assert await seen(three_speeches, count) == [2, 1, 2, 0]
    assert await seen(three_speeches, count, None) == [2, 1, 1, 0]
    assert await seen(three_speeches, count, in_group=True) == [2, 1, 1, 0]
    narrowed = await seen(
        three_speeches,
        lambda index: [index.count_candidates("公路", 1), index.count_candidates("公路", 9, 'NOT "№2"')],
    )
    assert narrowed == [1, 0]


async def test_words_are_looked_up_by_their_reading(three_speeches: Database) -> None:
    def known(index: VisibleIndex) -> list[list[str]]:
        return [index.words_read(folded_reading(word)) for word in ("明白", "拖拉机", "没有")]

    assert await seen(three_speeches, known, None) == [["明白"], [], []]
    assert await seen(three_speeches, known) == [["明白"], ["拖拉机"], []]
    every = await seen(three_speeches, lambda index: _all_words(index))
    assert "拖拉机" in every
    assert "拖拉机" not in await seen(three_speeches, lambda index: _all_words(index), YEAR_2025)
    assert "拖拉机" in await seen(three_speeches, lambda index: _all_words(index), YEAR_2024)


def _all_words(index: VisibleIndex) -> set[str]:
    readings = index.snapshot.rows(
        "SELECT reading FROM vocabulary UNION SELECT reading FROM public_vocabulary"
    )
    return {word for row in readings for word in index.words_read(row[0])}


async def test_titles_and_public_runs(three_speeches: Database) -> None:
    titles = await seen(three_speeches, lambda index: index.titles([1, 3, 99]))
    assert {number: title.text for number, title in titles.items()} == {
        1: "在冬修水利动员会上的讲话",
        3: "在村级班子建设座谈会上的讲话",
    }
    assert all(title.vector == text_vector(words(title.text)) != b"" for title in titles.values())
    runs = await seen(three_speeches, lambda index: index.public_runs(["公路"], 9))
    assert "交通" in runs and "二管好公路养护" in runs and "水利" not in runs
    assert await seen(three_speeches, lambda index: index.public_runs(["公路", "水利"], 1)) != runs


async def test_sentences_are_of_sections_that_fulfil_the_condition(three_speeches: Database) -> None:
    def quoted(
        condition: tuple[str, Any], within: list[int] | None = None
    ) -> Callable[[VisibleIndex], set[int]]:
        return lambda index: {row.speech for row in index.quotables(condition, 99, within)}

    async with three_speeches.write() as connection:
        await connection.execute("DELETE FROM quotables")
        await connection.execute(
            """INSERT INTO quotables (section, start, stop, score, sameness, public)
               SELECT id, 0, 4, id % 7, id, audience = 0 FROM sections"""
        )
    everything: tuple[str, Any] = ("1", ())
    assert await seen(three_speeches, quoted(everything)) == {1, 2, 3}
    assert await seen(three_speeches, quoted(everything), None) == {1, 3}
    assert await seen(three_speeches, quoted(("sections.speech = ?", (2,)))) == {2}
    assert await seen(three_speeches, quoted(everything, [])) == set()
    rows = await seen(three_speeches, lambda index: index.quotables(everything, 99))
    assert len(await seen(three_speeches, lambda index: index.quotables(everything, 2))) == 2
    assert {row.text for row in rows} >= {"灌溉渠道", "村级班子"}


async def test_what_is_taken_down_is_seen_by_nobody(three_speeches: Database) -> None:
    async with three_speeches.write() as connection:
        await version_store.set_taken_down(connection, 1, AT)
        await listing.list_speech(connection, 1)
    assert {speech for speech, _ in await seen(three_speeches, lambda index: places(index, "管好"))} == {2}
    assert await seen(three_speeches, lambda index: index.count(criteria("管好"), None)) == (1, True)
    assert await seen(three_speeches, lambda index: index.count_candidates("水库", 9)) == 0


@pytest.mark.parametrize(
    "typed", ["今年", "拖拉机", "今年 年份:2024", "公路 主题:交通", "拖拉机 标题:公路建设", "班子强"]
)
@pytest.mark.parametrize("readable", [EVERY_ID, None, YEAR_2024, YEAR_2025])
@pytest.mark.parametrize("in_group", [False, True])
async def test_candidates_are_the_matching_sections(
    three_speeches: Database, typed: str, readable: IdRange | None, in_group: bool
) -> None:
    """Of none of these words the bigrams stand apart."""

    def both(index: VisibleIndex) -> tuple[list[int], list[int]]:
        return index.candidate_ids(criteria(typed), 9), index.section_ids(criteria(typed), 9)

    candidates, matching = await seen(three_speeches, both, readable, in_group=in_group)
    assert candidates == matching


async def test_of_a_longer_run_the_bigrams_may_stand_apart_where_all_is_seen(
    three_speeches: Database,
) -> None:
    """管好水库闸门 is the heading and 闸门锈死 the text: together they have all bigrams."""
    typed = "管好水库闸门锈死"

    def both(index: VisibleIndex) -> tuple[int, int]:
        return len(index.candidate_ids(criteria(typed), 9)), len(index.section_ids(criteria(typed), 9))

    assert await seen(three_speeches, both) == (1, 0)
    # In a group the table holds more than is seen.
    assert await seen(three_speeches, both, in_group=True) == (0, 0)
    assert await seen(three_speeches, both, None) == (0, 0)


async def test_hidden_sections_are_no_candidates(three_speeches: Database) -> None:
    (hidden,) = await seen(three_speeches, lambda index: index.candidate_ids(criteria("拖拉机"), 9))
    async with three_speeches.write() as connection:
        await connection.execute(
            "INSERT INTO hidden_sections (first, last, speech, version, terms, state) VALUES (?, ?, 2, 2, '', 2)",
            (hidden, hidden),
        )
    assert await seen(three_speeches, lambda index: index.candidate_ids(criteria("拖拉机"), 9)) == []
