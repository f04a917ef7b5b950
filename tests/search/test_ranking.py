"""What makes a hit worth more, and how hits are spread over speeches."""

from __future__ import annotations

import pytest

from jianggao.search.indexed_texts import IndexedSection, IndexedSpeech
from jianggao.search.query import Term
from jianggao.search.ranking import FIRST_PAGE, PER_SPEECH, first_page_spread, nearness, score, stands_as_word
from jianggao.text.segmentation import cut_lengths


@pytest.mark.parametrize("runs", [("乙丙", "甲乙"), ("甲乙", "乙丙"), ("乙丙", "甲乙丙"), ("丙", "甲乙丙丁")])
def test_runs_that_overlap_are_near(runs: tuple[str, ...]) -> None:
    seen = IndexedSection(1, 1, True, "", "零甲乙丙丁零", b"", b"")
    assert score(seen, "", terms_of(*runs)) > score(seen, "", terms_of(*runs, "辰"))


def terms_of(*runs: str) -> tuple[Term, ...]:
    return tuple(Term(run, (run,)) for run in runs)


def section(*words: str, label: tuple[str, ...] = ()) -> IndexedSection:
    """A section that is cut into these words."""
    cuts = cut_lengths(list(label)), cut_lengths(list(words))
    return IndexedSection(1, 1, True, "".join(label), "".join(words), *cuts)


CANAL = terms_of("水渠")


def test_without_terms_all_are_worth_the_same() -> None:
    assert score(section("水渠"), "水渠", ()) == 0.0


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (section("水渠", "漏"), section("放水", "渠漏")),  # a word, against a run across two
        (section("漏", label=("水渠",)), section("水渠", "漏")),  # in the heading
        (section("水渠", "漏", "水渠"), section("水渠", "漏")),  # more often
    ],
)
def test_where_a_run_stands_counts(better: IndexedSection, worse: IndexedSection) -> None:
    assert score(better, "", CANAL) > score(worse, "", CANAL)


def test_a_heading_counts_more_than_the_title_and_the_title_more_than_nothing() -> None:
    headed = score(section("漏", label=("水渠",)), "", CANAL)
    titled = score(section("水渠", "漏"), "水渠的讲话", CANAL)
    assert headed > titled > score(section("水渠", "漏"), "", CANAL)


def test_a_list_full_of_a_word_is_not_worth_ever_more() -> None:
    assert score(section(*["水渠", "和"] * 4), "", CANAL) == score(section(*["水渠", "和"] * 40), "", CANAL)


def test_a_speech_is_scored_by_its_public_lines() -> None:
    speech = IndexedSpeech(1, "水渠的讲话", "水渠的讲话\n一修水渠")
    assert score(speech, speech.title, CANAL) > score(IndexedSpeech(1, "别的", "水渠"), "别的", CANAL) > 0


def test_equal_texts_have_equal_scores() -> None:
    one, other = section("水渠", "漏"), IndexedSection(9, 4, False, "", "水渠漏", b"", bytes([2, 1]))
    assert score(one, "", CANAL) == score(other, "", CANAL)


def test_nearness_sinks_with_the_distance() -> None:
    assert nearness("水渠漏", ["水渠"]) == 2.0 == nearness("水渠闸门", ["水渠", "闸门"])
    values = [nearness("水渠" + "零" * gap + "闸门", ["水渠", "闸门"]) for gap in (0, 5, 40, 400)]
    assert values == sorted(values, reverse=True) and values[2] == 1.0
    assert nearness("水渠漏", ["水渠", "闸门"]) == 0.0


def test_the_nearest_place_of_a_run_counts_before_or_behind() -> None:
    text = "闸门" + "零" * 90 + "闸门水渠" + "零" * 90 + "闸门"
    assert nearness(text, ["水渠", "闸门"]) == 2.0


def test_a_word_is_one_piece_of_the_cut() -> None:
    assert stands_as_word(section("修", "水渠"), "水渠")
    assert not stands_as_word(section("放水", "渠漏"), "水渠")
    assert not stands_as_word(section("水", "渠"), "水渠")
    assert stands_as_word(section("漏", label=("水渠",)), "水渠")
    assert not stands_as_word(section("漏"), "水渠")


def test_a_speech_has_two_hits_on_the_first_page() -> None:
    ranked = [(1, f"甲{at}") for at in range(6)] + [(2, "乙"), (3, "丙"), (4, "丁")]
    spread = first_page_spread(ranked)
    assert spread[:FIRST_PAGE] == ["甲0", "甲1", "乙", "丙", "丁"]
    assert sorted(spread) == sorted(hit for _, hit in ranked)
    assert spread[FIRST_PAGE:] == ["甲2", "甲3", "甲4", "甲5"]


def test_behind_the_first_page_the_order_stays() -> None:
    ranked = [(number, str(number)) for number in range(5)] + [(9, "a"), (9, "b"), (9, "c"), (9, "d")]
    assert first_page_spread(ranked) == [hit for _, hit in ranked]


def test_one_speech_alone_fills_the_page() -> None:
    ranked = [(1, str(at)) for at in range(2 * FIRST_PAGE)]
    assert first_page_spread(ranked) == [hit for _, hit in ranked]
    assert PER_SPEECH < FIRST_PAGE and first_page_spread([]) == []
