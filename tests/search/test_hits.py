"""Texts as hits, and those that stand behind the counted ones."""

from __future__ import annotations

import pytest

from jianggao.search.hits import Hit, HitGroup, HitsBehind, SearchResult, SectionHit, SpeechHit, hits_of
from jianggao.search.indexed_texts import IndexedSection, IndexedSpeech, IndexedText
from jianggao.search.partial_matches import PartialHit
from jianggao.search.query import Term

CANAL, GATE = Term("水渠", ("水渠",)), Term("闸门", ("闸门", "水闸"))
TYPED, SYNONYMS, PARTIAL = 3, 4, 6


def section(number: int, text: str = "水渠漏水") -> IndexedSection:
    return IndexedSection(number, 1, True, "", text, b"", b"")


def speech(number: int, text: str = "修水渠\n换水闸") -> IndexedSpeech:
    return IndexedSpeech(number, "在水利会上的讲话", text)


def test_a_speech_is_told_with_the_runs_that_it_was_found_by() -> None:
    assert hits_of([section(7), speech(2)], [CANAL, GATE]) == [
        SectionHit(7, 1, whole=True),
        SpeechHit(2, ("水渠", "水闸")),
    ]


def page(skip: int, limit: int) -> SearchResult:
    """A page of three counted texts with hits behind them, many of which were found in several ways."""
    typed: list[IndexedText] = [section(at) for at in range(TYPED)]
    result = SearchResult(TYPED, exact=True, hits=hits_of(typed[skip : skip + limit], [CANAL]))
    behind = HitsBehind({text.identity for text in typed}, max(0, skip - TYPED), limit, result)
    synonyms: list[IndexedText] = [*typed, *(section(10 + at) for at in range(SYNONYMS - 1)), speech(1)]
    behind.add(synonyms, [GATE], HitGroup.SYNONYM, instead=("水闸",), most=20)
    partial: list[IndexedText] = [*synonyms, *(section(20 + at) for at in range(PARTIAL))]
    behind.add_partial([PartialHit(text, (CANAL,), missing=("闸门",)) for text in [*partial, *partial]])
    return result


def every_hit() -> list[Hit]:
    return page(0, 100).hits


def test_groups_stand_in_order_and_each_text_once() -> None:
    hits = every_hit()
    groups = [HitGroup.TYPED] * TYPED + [HitGroup.SYNONYM] * SYNONYMS + [HitGroup.PARTIAL] * PARTIAL
    assert [hit.group for hit in hits] == groups
    assert len(set(hits)) == len(hits)
    assert {hit.instead for hit in hits if hit.group is HitGroup.SYNONYM} == {("水闸",)}
    assert {hit.missing for hit in hits if hit.group is HitGroup.PARTIAL} == {("闸门",)}


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7, 13, 50])
def test_pages_have_no_gaps_and_repeat_nothing(size: int) -> None:
    """The first behind them stand on a page with counted ones, or begin a page, as the size has it."""
    hits = every_hit()
    pages = [page(skip, size) for skip in range(0, len(hits), size)]
    assert [hit for one in pages for hit in one.hits] == hits
    assert {one.following for one in pages} == {SYNONYMS + PARTIAL}
    assert page(len(hits), size).hits == []


def test_a_text_that_was_found_in_two_ways_at_once_is_one_hit() -> None:
    result = SearchResult(0, exact=True)
    behind = HitsBehind(set(), 0, 9, result)
    behind.add([section(1), section(2), section(1)], [CANAL], HitGroup.SAME_MATTER, most=9)
    assert [hit.id for hit in result.hits if isinstance(hit, SectionHit)] == [1, 2]
    assert result.following == 2


def test_no_more_than_asked_for_of_what_is_new() -> None:
    result = SearchResult(0, exact=True)
    behind = HitsBehind({section(1).identity}, 0, 9, result)
    texts = [section(1), section(1), section(2), section(3), section(4)]
    behind.add(texts, [CANAL], HitGroup.SUGGESTED, most=2)
    assert [hit.id for hit in result.hits if isinstance(hit, SectionHit)] == [2, 3]
    # What there was no room for isn't listed, and may still come in another group.
    behind.add(texts, [CANAL], HitGroup.SAME_MATTER, most=9)
    assert [hit.group for hit in result.hits] == [HitGroup.SUGGESTED] * 2 + [HitGroup.SAME_MATTER]


def test_a_speech_and_its_section_are_two_texts() -> None:
    result = SearchResult(0, exact=True)
    behind = HitsBehind(set(), 0, 9, result)
    behind.add([section(1), speech(1)], [CANAL], HitGroup.SYNONYM, most=9)
    assert len(result.hits) == 2


def test_a_partial_hit_names_what_stands_there_and_what_lacks() -> None:
    result = SearchResult(0, exact=True)
    found = PartialHit(speech(2), (GATE,), missing=("水渠",), instead=("渠系",))
    HitsBehind(set(), 0, 9, result).add_partial([found])
    assert result.hits == [
        SpeechHit(2, ("水闸",), missing=("水渠",), instead=("渠系",), group=HitGroup.PARTIAL)
    ]
