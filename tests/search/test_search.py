"""Search finds what stands there, exactly; typing anything at all is harmless."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.application import Application
from jianggao.errors import NotFound, WrongUse
from jianggao.library.speech_store import SECTION_COLUMNS, section_row
from jianggao.reading.views import SectionHitView
from jianggao.search import parse_query
from jianggao.text.normal_form import normal_form, normal_positions, spaced_normal_form
from jianggao.text.segmentation import cut_lengths, rejoin, words


async def all_texts(application: Application) -> list[str]:
    async with application.database.read() as connection:
        rows = await connection.execute_fetchall(f"SELECT {SECTION_COLUMNS} FROM sections WHERE listed = 1")
    sections = [section_row(row) for row in rows]
    return [normal_form(row.above + row.label + row.occasion + row.body) for row in sections]


async def test_any_run_of_characters_is_found_and_counted_as_a_scan_would(application: Application) -> None:
    texts = await all_texts(application)
    reader = application.local_reader(reads_all=True)
    rng = random.Random(7)
    for _ in range(300):
        text = rng.choice(texts)
        length = rng.randint(1, 8)
        at = rng.randrange(max(1, len(text) - length))
        run = text[at : at + length]
        page = await reader.search_unrecorded(f"“{run}”", 1000)
        assert page.total == sum(run in whole for whole in texts), run
        assert len(page.hits) == page.total


async def test_all_words_must_stand_and_pages_cover_every_hit_once(application: Application) -> None:
    texts = await all_texts(application)
    reader = application.local_reader(reads_all=True)
    wanted = sum("台账" in text and "户人家" in text for text in texts)
    seen: list[str] = []
    page = await reader.search("台账 户人家")
    assert page.total == wanted
    for number in range(1, page.pages + 1):
        seen += [hit.number for hit in (await reader.search("台账 户人家", number)).hits]
    assert len(seen) == len(set(seen)) == wanted


async def test_headings_come_first_and_one_speech_does_not_fill_the_page(application: Application) -> None:
    page = await application.local_reader(reads_all=True).search("水利攻坚")
    # The speech itself, whose title holds the words, is a line of its own among its sections.
    sections = [hit for hit in page.hits if isinstance(hit, SectionHitView)]
    assert max(Counter(hit.speech for hit in sections).values()) <= 2
    assert "水利攻坚" in sections[0].heading


@pytest.mark.parametrize("query", ["渠老了 漏損", "二〇二四 闸", "Ｘ镇"])
async def test_odd_queries_answer(application: Application, query: str) -> None:
    page = await application.local_reader(reads_all=True).search(query)
    assert page.query.text == query and (page.hits or page.near or page.total == 0)


async def test_width_case_and_traditional_characters_hide_nothing(application: Application) -> None:
    reader = application.local_reader(reads_all=True)
    assert (await reader.search("閘門銹死")).total == (await reader.search("闸门锈死")).total == 1
    assert (await reader.search("×鎮")).total == (await reader.search("×镇")).total


async def test_where_nothing_stands_parts_and_then_fewer_words_are_offered(application: Application) -> None:
    reader = application.local_reader(reads_all=True)
    apart = await reader.search("闸门千斤顶")
    assert apart.total == 0
    assert "闸" in apart.near[0].heading
    fewer = await reader.search("千斤顶 飞机场")
    assert fewer.total == 0
    assert fewer.near[0].missing == ("飞机场",)


@pytest.mark.parametrize("query", ["", "   ", "，。！", '"', "*", "()", "“”", "[]{}", "x" * 10_000])
async def test_what_cannot_be_searched_for_is_refused(application: Application, query: str) -> None:
    with pytest.raises(WrongUse, match="检索"):
        await application.local_reader(reads_all=True).search(query)


@pytest.mark.parametrize(
    "query",
    [
        '"水利',
        "水利*",
        "NEAR(水利 医卫)",
        "水利 AND",
        "水利 OR 医卫",
        "NOT 水利",
        "label:水利",
        "[CQ:at,qq=all]",
        "%水利%",
        "'; DROP TABLE speeches; --",
        "水利^2",
        "-水利",
        "水利 + 攻坚",
        "\x00水利",
        "主题：水利",
        "年份:2025 水利",
    ],
)
async def test_syntax_is_text(application: Application, query: str) -> None:
    for reads_all in (True, False):
        await application.local_reader(reads_all=reads_all).search(query)
    async with application.database.read() as connection:
        assert next(iter(await connection.execute_fetchall("SELECT count(*) FROM speeches")))[0] == 8


async def test_filters(application: Application) -> None:
    reader = application.local_reader(reads_all=True)
    assert {
        hit.source.split("/")[0] for hit in (await reader.search_unrecorded("台账 主题:水利", 100)).hits
    } == {"水利"}
    with pytest.raises(WrongUse, match="没有 2019 年的讲稿。现有的年份：2025、2024、2023"):
        await reader.search_unrecorded("台账 年份:2019", 100)
    with pytest.raises(WrongUse, match="没有“渔业”这个主题。现有：医卫、水利"):
        await reader.search_unrecorded("主题:渔业 台账", 100)
    assert (
        (await reader.search_unrecorded("台账 年份:2025", 100)).total
        == (await reader.search_unrecorded("年份:2025年 台账", 100)).total
        > 0
    )
    assert (await reader.search_unrecorded("标题:冬修 渠", 100)).total > 0
    with pytest.raises(WrongUse, match="年份"):
        parse_query("年份:去年")
    page = await reader.search_unrecorded("第2篇: 台账", 100)
    assert page.total > 0 and {hit.number.split(".")[0] for hit in page.hits} == {"2"}
    with pytest.raises(NotFound, match="没有第 99 篇"):
        await reader.search_unrecorded("第99篇 台账", 100)


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_normal_form_of_a_whole_is_that_of_its_parts(text: str, other: str) -> None:
    assert normal_form(text + other) == normal_form(text) + normal_form(other)
    assert normal_form(normal_form(text)) == normal_form(text)
    assert normal_positions(text)[0] == normal_form(text)
    assert spaced_normal_form(text).replace(" ", "") == normal_form(text)


@given(st.text(max_size=120))
def test_words_put_together_are_the_normal_form(text: str) -> None:
    cut = words(text)
    assert "".join(cut) == normal_form(text)
    assert rejoin(normal_form(text), cut_lengths(cut)) == cut
