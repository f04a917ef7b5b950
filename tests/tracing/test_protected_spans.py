"""Quotations, titles and named spans carry no marks."""

from __future__ import annotations

import pytest
from traced_texts import speeches

from jianggao.tracing.mark_plan import Strength, build_plan
from jianggao.tracing.protected_spans import Protection, enclosed_spans, front_and_headings, merged

FILLER = "渠首的老柳树今年又发了新枝，守闸人把去冬的账本翻到最后一页，一笔一笔念给大家听"


@pytest.mark.parametrize("opens", ["“", ""])
def test_a_quotation_over_several_paragraphs_is_left_alone(opens: str) -> None:
    quotation = f"“第一天下雨，{FILLER}。\n{opens}同时，井水涨了。同时，{FILLER}。\n{opens}第三天放晴。”"
    text = f"他写道：\n{quotation}\n后来呢？没有了。"
    start, end = text.index(quotation), text.index(quotation) + len(quotation)
    spans = enclosed_spans(text)
    assert all(
        any(first <= at < last for first, last in spans) for at in range(start, end) if text[at] != "\n"
    )
    assert all(start <= first and last <= end for first, last in spans)


def test_a_paragraph_whose_marks_do_not_pair_up_is_left_alone() -> None:
    lone = f"{FILLER}。”后来{FILLER}。谁也没料到{FILLER}。"
    assert build_plan(lone, Strength.STRONG).carriers == ()
    assert enclosed_spans("1）备料，2）开工。") == []
    assert enclosed_spans('他说"行"就走了') == [(2, 5)]


@pytest.mark.parametrize(
    ("text", "enclosed"),
    [
        ("修“渠”护《林》", ["“渠”", "《林》"]),
        ("外“里‘最里’里”外", ["“里‘最里’里”"]),
        ("（一）修渠（二）护林", ["（一）", "（二）"]),
        ("没有", []),
    ],
)
def test_the_outermost_pairs_are_enclosed_with_their_marks(text: str, enclosed: list[str]) -> None:
    assert [text[start:end] for start, end in enclosed_spans(text)] == enclosed


@pytest.mark.parametrize("broken", ["修“渠", "修渠”", "修《渠》林》", "“修渠》"])
def test_a_paragraph_that_does_not_pair_up_is_one_span_and_the_next_is_free(broken: str) -> None:
    spans = enclosed_spans(f"{broken}\n护“林”")
    assert spans[0] == (0, len(broken))
    assert spans[1:] == [(len(broken) + 2, len(broken) + 5)]


def test_spans_that_overlap_are_one_and_spans_that_touch_are_two() -> None:
    assert merged([(5, 9), (0, 3), (2, 4), (4, 5), (7, 7)]) == [(0, 4), (4, 5), (5, 9)]
    assert merged([]) == []


def test_within_quotation_marks_nothing_changes_and_beside_them_it_may() -> None:
    text = "修“渠、林”护堤"
    protection = Protection(text)
    assert not protection.allows(3, 4) and not protection.allows(2, 2)
    assert protection.allows(1, 1) and protection.allows(6, 6) and protection.allows(0, 1)


def test_of_a_named_span_not_even_the_edges_take_an_insertion() -> None:
    protection = Protection("题目\n正文。后来", [(0, 2)])
    assert not protection.allows(0, 0) and not protection.allows(2, 2) and not protection.allows(1, 2)
    assert protection.allows(2, 3) and protection.allows(6, 6)


def test_title_and_headings_of_a_speech_are_named() -> None:
    for speech in speeches()[:3]:
        spans = front_and_headings(speech)
        assert spans[0][0] == 0 and speech.text[spans[0][0] : spans[0][1]].startswith(speech.title[:4])
        assert [speech.text[start:end] for start, end in spans[1:]] == [
            speech.text[heading.start : heading.end] for heading in speech.headings
        ]
