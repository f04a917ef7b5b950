"""金句 and the outlines of a theme: sentences are found again in the copy that leaves."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.access.verdicts import Place, PlaceKind
from jianggao.application import Application
from jianggao.errors import NotFound
from jianggao.reading.search_answers import PAGE_SIZE
from jianggao.reading.session import ReadingSession
from jianggao.reading.theme_answers import _quoted, quotes_page, theme_outlines

SENTENCE = "渠水有声，人心有秤"
BODY = f"开头一句。{SENTENCE}。最后一句！"
START = BODY.index(SENTENCE)
STOP = START + len(SENTENCE)


async def session_of(application: Application, account: str = "90001") -> ReadingSession:
    return (await application.reader(account, Place(PlaceKind.PRIVATE, account)))._session


@pytest.mark.parametrize(
    ("leaving", "expected"),
    [
        (BODY, f"{SENTENCE}。"),
        ("开头一句、渠水有声、人心有秤；最后一句！", "渠水有声、人心有秤"),
        ("开头一句。\n渠水有声，\n人心有秤。最后一句！", "渠水有声，人心有秤。"),
        ("开头一句。“渠水有声，人心有秤。”最后一句！", "“渠水有声，人心有秤。”"),
    ],
)
def test_a_sentence_is_found_again_by_its_letters(leaving: str, expected: str) -> None:
    assert _quoted(BODY, START, STOP, leaving) == expected


def test_a_sentence_at_the_very_end_and_at_the_beginning() -> None:
    assert _quoted("一句话。", 0, 4, "一句话") == "一句话"
    assert _quoted("前面。一句话", 3, 6, "前面：一句话！”") == "一句话！”"


@given(st.lists(st.sampled_from("，。、；\n “”"), min_size=len(BODY), max_size=len(BODY)))
def test_no_letter_is_lost_or_added_whatever_the_punctuation(signs: list[str]) -> None:
    leaving = "".join(letter + sign for letter, sign in zip(BODY, signs, strict=True))
    found = _quoted(BODY, START, STOP, leaving)
    letters = [character for character in found if character.isalpha()]
    assert "".join(letters) == "渠水有声人心有秤" and "\n" not in found


async def test_a_page_of_quotes_is_recorded_where_it_is_no_preview(
    open_application: Callable[..., Awaitable[Application]],
) -> None:
    application = await open_application(PREVIEW_SHARE="0")
    await application.importer.run()
    session = await session_of(application)
    page = await quotes_page(session, "", 1, None)
    assert page.quotes and len(page.quotes) <= PAGE_SIZE and page.pages >= 1
    pages = [await quotes_page(session, "", number, None) for number in range(1, page.pages + 1)]
    assert all(page.contents.deliveries for page in pages)
    assert not any(page.allowance_spent for page in pages)
    with pytest.raises(NotFound, match=rf"没有第 {page.pages + 1} 页（共 {page.pages} 页）"):
        await quotes_page(session, "", page.pages + 1, None)


async def test_a_visitor_has_quotes_of_previews_alone(application: Application) -> None:
    page = await quotes_page(await session_of(application, "30001"), "", 1, None)
    assert page.contents.deliveries == ()


async def test_a_theme_has_its_outlines_and_patterns(application: Application) -> None:
    found = await theme_outlines(await session_of(application), "水利")
    assert 1 <= len(found.outlines) <= 3 <= found.speeches + 2
    assert found.contents.speeches == {outline.number for outline in found.outlines}
    assert found.contents.deliveries == (), "public headings alone"


async def test_a_theme_without_speeches_has_near_topics(application: Application) -> None:
    found = await theme_outlines(await session_of(application), "飞碟学报")
    assert found.outlines == () and found.speeches == 0 and found.contents.speeches == frozenset()
