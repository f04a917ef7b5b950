"""Pages of 检索 and 相近: what they say of filters and pages that don't exist, and which words they share."""

from __future__ import annotations

import pytest

from jianggao.access.verdicts import Place, PlaceKind
from jianggao.application import Application
from jianggao.errors import NotFound, WrongUse
from jianggao.reading import search_answers
from jianggao.reading.search_answers import PAGE_SIZE, first_hits, query_of, search_page, seconds_for
from jianggao.reading.session import ReadingSession
from jianggao.reading.views import SectionHitView


async def session_of(application: Application, account: str = "90001") -> ReadingSession:
    return (await application.reader(account, Place(PlaceKind.PRIVATE, account)))._session


@pytest.mark.parametrize(("limit", "seconds"), [(1, 0), (100, 0), (101, 0.01), (1_100, 10)])
def test_long_lists_have_more_time(limit: int, seconds: float) -> None:
    assert seconds_for(limit) == pytest.approx(seconds)


async def test_pages_hold_all_hits_once(application: Application) -> None:
    session = await session_of(application)
    everything = await first_hits(session, "台账", 1_000)
    first = await search_page(session, "台账", 1, PAGE_SIZE, None)
    assert first.total == everything.total and first.pages == -(-first.total // PAGE_SIZE) > 1
    numbers = []
    for page in range(1, first.pages + 1):
        numbers += [hit.number for hit in (await search_page(session, "台账", page, PAGE_SIZE, None)).hits]
    assert sorted(numbers) == sorted(hit.number for hit in everything.hits)


async def test_a_page_beyond_names_how_many_there_are(application: Application) -> None:
    session = await session_of(application)
    first = await search_page(session, "台账", 1, PAGE_SIZE, None)
    with pytest.raises(NotFound, match=rf"共 {first.pages} 页"):
        await search_page(session, "台账", first.pages + 1, PAGE_SIZE, None)
    nothing = await search_page(session, "飞碟学报", 1, PAGE_SIZE, None)
    assert nothing.total == 0 and nothing.pages == 0


async def test_filters_that_fit_nothing_name_what_there_is(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = await session_of(application)
    with pytest.raises(WrongUse, match=r"没有“渔业”这个主题。现有：.*水利"):
        await query_of(session, "主题:渔业 台账")
    with pytest.raises(WrongUse, match=r"没有 2019 年的讲稿。现有的年份：.*2024"):
        await query_of(session, "年份:2019 台账")
    with pytest.raises(NotFound, match="没有第 99 篇"):
        await query_of(session, "第99篇 台账")
    monkeypatch.setattr(search_answers, "_NAMED", 1)
    with pytest.raises(WrongUse, match=r"。现有：[^、]+ 等 \d+ 个。"):
        await query_of(session, "主题:渔业 台账")


async def test_a_query_with_filters_that_fit_is_read(application: Application) -> None:
    query = await query_of(await session_of(application), "主题:水利 年份:2024 第8篇 台账")
    assert query.filters.speeches and query.filters.years and query.filters.topics


async def test_similar_sections_name_at_most_three_shared_words(application: Application) -> None:
    reader = await application.reader("90001", Place(PlaceKind.PRIVATE, "90001"))
    page = await reader.similar(5, 3)
    assert page.number == "5.3" and page.hits
    for hit in page.hits:
        assert isinstance(hit, SectionHitView) and hit.speech != 5
        assert 1 <= len(hit.shared) <= 3
    assert 5 in page.contents.speeches, "the given section is named too"


async def test_hits_of_a_visitor_show_previews_and_lock_the_rest(application: Application) -> None:
    visitor = await session_of(application, "30001")
    page = await search_page(visitor, "台账", 1, 50, None)
    assert page.hits and page.contents.deliveries == ()
    shown = {hit.section for hit in page.hits if isinstance(hit, SectionHitView) and hit.snippet is not None}
    assert page.contents.sections == shown
