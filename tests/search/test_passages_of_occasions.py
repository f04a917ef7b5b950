"""Openings and closings of occasions that were held, and of such that weren't; what is shown of them and what they
lack."""

from __future__ import annotations

import pytest
from stored_speeches import prepared, speech_text, store

from jianggao.database import Database
from jianggao.library.section_ids import EVERY_ID, day_of
from jianggao.search.hits import SectionHit
from jianggao.search.passage_queries import passage_query
from jianggao.search.passages import PlacedPassages, passages_by_place
from jianggao.search.query import parse_query
from jianggao.search.search import Search, SearchResult
from jianggao.search.synonyms import NO_SYNONYMS
from jianggao.search.visible_index import VisibleIndex


async def placed_passages(database: Database, typed: str) -> PlacedPassages:
    query = parse_query(typed)
    asked = passage_query(query)
    assert asked is not None
    return await database.run_in_snapshot(
        lambda snapshot: passages_by_place(VisibleIndex(snapshot, EVERY_ID), query, asked, NO_SYNONYMS)
    )


async def found(database: Database, typed: str) -> SearchResult:
    query = parse_query(typed)
    return await database.run_in_snapshot(lambda snapshot: Search(snapshot, EVERY_ID).find(query))


async def test_where_an_occasion_wasnt_held_speeches_on_its_theme_count(four_speeches: Database) -> None:
    async with four_speeches.write() as connection:
        text = speech_text("在全县招商引资约谈会上的讲话", "把项目盯住", day="2025年10月8日")
        await store(connection, prepared(text, "约谈.txt"), topics=["招商"])
    placed = await placed_passages(four_speeches, "招商引资约谈现场会 结尾")
    assert [term.run for term in placed.theme.terms] == ["招商引资"]
    for typed in ("在全市招商引资部署会上的讲话 结尾", "在全市招商引资部署会上的讲话的结尾"):
        placed = await placed_passages(four_speeches, typed)
        assert [term.run for term in placed.theme.terms] == ["招商引资"]
    placed = await placed_passages(four_speeches, "招商引资部署会 结尾")
    assert [term.run for term in placed.theme.terms] == ["招商引资"]
    assert {section.speech for section in placed.on_theme} == {4, 5}
    # 推进 stands in the title of 4.
    placed = await placed_passages(four_speeches, "招商引资推进现场会 结尾")
    assert [section.speech for section in placed.on_theme] == [4, 5]
    held = await placed_passages(four_speeches, "招商引资工作推进会 结尾")
    assert [term.run for term in held.theme.terms] == ["招商引资工作推进会"]


async def test_a_typed_year_is_the_speechs_own_or_missing(four_speeches: Database) -> None:
    for typed in ("2019年招商引资部署会 结尾", "二〇一九年招商引资部署会的结尾", "结尾:2019年招商引资部署会"):
        placed = await placed_passages(four_speeches, typed)
        assert [term.run for term in placed.theme.terms] == ["2019年", "招商引资"]
        assert not placed.on_theme and placed.others[0].match.speech == 4
        assert placed.others[0].missing == ("2019年",)
    held = await placed_passages(four_speeches, "2025年招商引资部署会 结尾")
    assert [section.speech for section in held.on_theme] == [4]
    of_month = await placed_passages(four_speeches, "2025年1月招商引资部署会 结尾")
    assert not of_month.on_theme and of_month.others[0].missing == ("2025年1月",)
    other = await placed_passages(four_speeches, "年份:2024 2025年招商引资部署会 结尾")
    assert not other.on_theme


async def test_a_year_alone_asks_for_its_speeches(four_speeches: Database) -> None:
    of_year = await placed_passages(four_speeches, "2025年 开头")
    assert of_year.on_theme and {day_of(section.id).year for section in of_year.on_theme} == {2025}
    own = day_of(of_year.on_theme[0].id)
    of_day = await placed_passages(four_speeches, f"2025年{own.month}月{own.day}日 开头")
    assert of_day.on_theme == of_year.on_theme
    for typed in ("1999年 开头", "年份:2024 2025年 开头", f"2025年{own.month % 12 + 1}月 开头"):
        none = await placed_passages(four_speeches, typed)
        assert not none.on_theme and all(len(other.missing) == 1 for other in none.others)
    assert (await placed_passages(four_speeches, "1999年 开头")).others


@pytest.mark.parametrize("typed", ["昨天会议的结尾", "各级领导会议 结尾", "线上会议 结尾", "会上 结尾"])
async def test_an_occasion_without_a_theme_asks_for_any_speech(four_speeches: Database, typed: str) -> None:
    any_speech = await placed_passages(four_speeches, "结尾")
    placed = await placed_passages(four_speeches, typed)
    assert not placed.theme.terms and placed.on_theme == any_speech.on_theme != []


async def test_the_theme_that_was_looked_for_is_said(four_speeches: Database) -> None:
    for typed in ("招商引资部署会 结尾", "结尾:招商引资部署会"):
        result = await found(four_speeches, typed)
        assert result.read_as == "招商引资 结尾" and result.total


async def test_a_closing_is_shown_by_its_last_lines(four_speeches: Database) -> None:
    async def closings(typed: str) -> set[bool]:
        result = await found(four_speeches, typed)
        return {hit.as_closing for hit in result.hits if isinstance(hit, SectionHit)}

    assert await closings("招商 结尾") == {True}
    assert await closings("招商 开头") == {False}
    assert await closings("项目") == {False}


async def test_openings_and_closings_lack_neither_their_title_nor_their_year(four_speeches: Database) -> None:
    placed = await placed_passages(four_speeches, "2025年 飞碟学 项目 结尾")
    (partial,) = [hit for hit in placed.others if hit.match.speech == 4]
    assert partial.missing == ("飞碟学",)
    placed = await placed_passages(four_speeches, "2024年 飞碟学 招商引资 项目 结尾")
    (partial,) = [hit for hit in placed.others if hit.match.speech == 4]
    assert partial.missing == ("2024年", "飞碟学"), "招商引资 stands in the title"


async def test_of_both_kinds_the_closings_alone_are_shown_by_their_end(four_speeches: Database) -> None:
    result = await found(four_speeches, "招商 结尾 开头")
    assert [hit.as_closing for hit in result.hits if isinstance(hit, SectionHit)][:2] == [True, False]


async def test_who_asks_is_no_theme(four_speeches: Database) -> None:
    placed = await placed_passages(four_speeches, "我是镇里的文书，要招商讲话的结尾，感谢各位老师帮忙")
    assert [term.run for term in placed.theme.terms] == ["招商"]


@pytest.mark.parametrize("typed", ["招商引资工作推进会结尾", "在全县招商引资工作推进会上的讲话的结尾"])
async def test_a_title_that_lacks_the_kind_alone_asks_for_passages(
    four_speeches: Database, typed: str
) -> None:
    """Three quarters of what was typed stand in the title; no text has all of it."""
    result = await found(four_speeches, typed)
    (hit,) = result.hits
    assert result.read_as.endswith("结尾") and isinstance(hit, SectionHit) and hit.speech == 4


DATED_BY_ITS_FILE = """在全县灌溉会上的讲话
同志们：
今天把大家请来，只说一件事，就是把渠修好，谁的地头谁来管。
一、把渠修好
漏水的地方一处一处补上。
"""


@pytest.mark.parametrize("typed", ["2025-07-19", "20250719", "2025年7月19日的讲话", "2025年7月"])
async def test_a_date_that_stands_nowhere_finds_its_speeches(four_speeches: Database, typed: str) -> None:
    async with four_speeches.write() as connection:
        number = await store(connection, prepared(DATED_BY_ITS_FILE, "2025-07-19 灌溉.txt"))
    result = await found(four_speeches, typed)
    (hit,) = result.hits
    assert isinstance(hit, SectionHit) and hit.speech == number and result.read_as.endswith(" 开头")


async def test_a_date_of_no_speech_finds_none(four_speeches: Database) -> None:
    none = await found(four_speeches, "1999-01-02")
    assert none.total == 0 and not none.read_as
