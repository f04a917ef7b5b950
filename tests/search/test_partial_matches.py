"""Texts that hold some of what was typed, where none holds all of it."""

from __future__ import annotations

import pytest

from jianggao.database import Database
from jianggao.library.section_ids import EVERY_ID, IdRange
from jianggao.search.indexed_texts import IndexedSection, IndexedSpeech
from jianggao.search.partial_matches import PartialHit, partial_hits
from jianggao.search.query import parse_query
from jianggao.search.visible_index import VisibleIndex


async def hits(
    database: Database, typed: str, limit: int = 5, readable: IdRange | None = EVERY_ID
) -> list[PartialHit]:
    return await database.run_in_snapshot(
        lambda snapshot: partial_hits(VisibleIndex(snapshot, readable), parse_query(typed), limit)
    )


def label(hit: PartialHit) -> str:
    return hit.match.label if isinstance(hit.match, IndexedSection) else ""


async def test_a_word_that_stands_nowhere_is_missing(three_speeches: Database) -> None:
    (best, *_) = await hits(three_speeches, "拖拉机 飞碟学")
    assert label(best) == "一修好进村公路" and best.missing == ("飞碟学",)
    assert [term.run for term in best.terms] == ["拖拉机"]


async def test_words_of_a_half_remembered_line_stand_apart(three_speeches: Database) -> None:
    (best, *_) = await hits(three_speeches, "管理员铁锹天亮")
    assert label(best) == "二管好水库闸门" and not set(best.missing) & {"管理员", "铁锹", "天亮"}


async def test_a_phrase_is_never_taken_apart(three_speeches: Database) -> None:
    assert await hits(three_speeches, "“管理员铁锹天亮”") == []


async def test_a_speech_whose_name_holds_it_all_comes_first(three_speeches: Database) -> None:
    (best, *others) = await hits(three_speeches, "农村公路建设推进会")
    assert isinstance(best.match, IndexedSpeech) and best.match.speech == 2 and best.missing == ()
    assert {hit.match.speech for hit in others} == {2}


async def test_a_section_is_found_by_what_its_speech_is_about(three_speeches: Database) -> None:
    """Neither section of speech 2 says 推进会, its title does."""
    found = await hits(three_speeches, "推进会 坑洼")
    assert found and {hit.match.speech for hit in found} == {2}
    sections = [hit for hit in found if isinstance(hit.match, IndexedSection)]
    assert sections[0].missing == ("推进会",)


async def test_a_text_that_shares_a_year_alone_is_no_hit(three_speeches: Database) -> None:
    assert await hits(three_speeches, "二〇二四年飞碟学") == []


async def test_of_the_words_the_rarer_ones_weigh_more(three_speeches: Database) -> None:
    (best, *_) = await hits(three_speeches, "一定 拖拉机 飞碟学")
    assert "拖拉机" in [term.run for term in best.terms]


@pytest.mark.parametrize("limit", [0, 1, 2, 50])
async def test_no_more_than_asked_for_and_none_twice(three_speeches: Database, limit: int) -> None:
    found = await hits(three_speeches, "公路 水库 班子", limit)
    assert len(found) <= limit
    assert len({hit.match.identity for hit in found}) == len(found)


async def test_locked_words_are_missing_to_who_may_not_see_them(three_speeches: Database) -> None:
    (member, *_) = await hits(three_speeches, "闸门 铁锹 飞碟学")
    assert member.missing == ("飞碟学",)
    for hit in await hits(three_speeches, "闸门 铁锹 飞碟学", readable=None):
        assert "铁锹" in hit.missing and "铁锹" not in hit.match.text


async def test_filters_hold_for_partial_hits_too(three_speeches: Database) -> None:
    assert {hit.match.speech for hit in await hits(three_speeches, "管好 飞碟学 主题:交通")} == {2}
