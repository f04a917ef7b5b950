"""提纲 主题, 金句, 相近: what a writer steals first, and only from what may be read."""

from __future__ import annotations

import pytest

from jianggao.application import Application
from jianggao.errors import NotFound
from jianggao.phrases.heading_templates import is_worth_taking
from jianggao.text.normal_form import normal_form

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_outlines_of_the_best_speeches_come_first(samples: Application) -> None:
    found = await samples.local_reader(reads_all=True).outlines_on("营商环境")
    assert "营商环境" in found.outlines[0].title
    assert 1 <= len(found.outlines) <= 3
    assert all(pattern.count >= 2 for pattern in found.patterns)


async def test_of_long_outlines_the_branch_on_the_theme_is_shown(samples: Application) -> None:
    reader = samples.local_reader(reads_all=True)
    found = await reader.outlines_on("干部")
    assert all("干部" in normal_form(one.title + repr(one.lines)) for one in found.outlines)
    cut = [one for one in found.outlines if one.left_out]
    assert cut
    for outline in cut:
        whole = (await reader.outline(outline.number)).lines
        assert len(whole) == len(outline.lines) + outline.left_out
        assert "干部" in outline.lines[0].text and {line.level for line in outline.lines} >= {1, 2}


async def test_a_theme_of_no_heading_is_found_by_the_sections_that_come_back_to_it(
    samples: Application,
) -> None:
    reader = samples.local_reader(reads_all=True)
    (outline,) = (await reader.outlines_on("彩礼")).outlines
    ((ordinal, _),) = [section for line in outline.lines for section in line.sections]
    body = (await reader.section(outline.number, ordinal)).body
    assert body is not None and body.count("彩礼") >= 2
    assert [line.level for line in outline.lines] == [1, 2] and outline.left_out > 10
    visitor = samples.local_reader(reads_all=False)
    shown = [one.number for one in (await visitor.outlines_on("彩礼")).outlines]
    assert shown == [] or (await visitor.section(outline.number, ordinal)).body is not None


async def test_patterns_of_headings_are_worth_taking(samples: Application) -> None:
    reader = samples.local_reader(reads_all=True)
    for theme in ("乡村振兴", "干部", "安全", "老人", "改革"):
        assert all(is_worth_taking(one.pattern) for one in (await reader.outlines_on(theme)).patterns)


async def test_no_outline_on_a_theme_names_near_topics(samples: Application) -> None:
    found = await samples.local_reader(reads_all=True).outlines_on("社区养老院长")
    assert not found.outlines and found.topics


async def test_quotes_stand_in_their_sections_and_pages_repeat_none(samples: Application) -> None:
    reader = samples.local_reader(reads_all=True)
    first = await reader.quotables()
    seen: list[str] = []
    for page in range(1, first.pages + 1):
        for quote in (await reader.quotables("", page)).quotes:
            number, ordinal = map(int, quote.number.split("."))
            body = (await reader.section(number, ordinal)).body
            assert body is not None and quote.text in body.replace("\n", "")
            seen.append(normal_form(quote.text))
    assert len(seen) == len(set(seen)) > 20
    with pytest.raises(NotFound):
        await reader.quotables("", first.pages + 1)


async def test_quotes_on_a_theme_are_on_it(samples: Application) -> None:
    page = await samples.local_reader(reads_all=True).quotables("基层治理")
    assert page.quotes
    topics = {quote.title for quote in page.quotes}
    assert any("治理" in title or "社区" in title for title in topics)
    assert (await samples.local_reader(reads_all=True).quotables("潜水艇驾照")).quotes == ()


async def test_a_visitor_quotes_previews_alone(samples: Application) -> None:
    visitor, member = samples.local_reader(reads_all=False), samples.local_reader(reads_all=True)
    first = await visitor.quotables()
    assert 0 < first.pages < (await member.quotables()).pages
    for page in range(1, first.pages + 1):
        for quote in (await visitor.quotables("", page)).quotes:
            number, ordinal = map(int, quote.number.split("."))
            assert (await visitor.section(number, ordinal)).body is not None


async def test_similar_sections_are_of_other_speeches_and_share_words(samples: Application) -> None:
    reader = samples.local_reader(reads_all=True)
    some = 0
    for number, ordinal in ((14, 4), (24, 11), (16, 8), (18, 9), (11, 4)):
        page = await reader.similar(number, ordinal)
        speeches = [hit.speech for hit in page.hits]
        assert number not in speeches and len(set(speeches)) == len(speeches)
        for hit in page.hits:
            other = await reader.section(hit.speech, hit.ordinal)
            text = normal_form(other.heading + (other.body or ""))
            assert len(hit.shared) == 3 and all(word in text for word in hit.shared)
            some += 1
    assert some > 3
    with pytest.raises(NotFound):
        await reader.similar(19, 999)
