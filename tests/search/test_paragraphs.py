"""A pasted paragraph is told from typed words, and read by the clauses that say most."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.errors import WrongUse
from jianggao.search import parse_query
from jianggao.search.paragraphs import LONGEST, SHORTEST, is_paragraph, listed_words, telling_clauses
from jianggao.search.query import MAX_CHARACTERS
from jianggao.text.normal_form import normal_form

PARAGRAPH = (
    "闸门锈死放不下水，水库管理员扛着铁锹守到天亮，这笔账要记在心里。今年的闸门一定要换，换完当场试水；"
    "哪个村的渠道漏了，就由哪个村的干部带头去补，补好了再说别的事。"
)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "闸门",
        "闸门锈死放不下水，怎么办？",
        "我们村的闸门锈死了放不下水，想找一段讲这件事的话。",
        "灌溉 渠道 水库 闸门 公路 养护 拖拉机 铁锹 班子 座谈会",
        "灌" * (SHORTEST + 20),
        "灌" * (SHORTEST + 20) + "。",
        "。，；" * 100,
    ],
)
def test_what_is_typed_is_no_paragraph(typed: str) -> None:
    assert not is_paragraph(typed)
    if len(normal_form(typed)):
        assert not parse_query(typed).is_paragraph


@pytest.mark.parametrize("pause", "，。；！？…\n")
def test_a_long_text_with_a_pause_is_a_paragraph(pause: str) -> None:
    half = "水库管理员扛着铁锹守到天亮今年的闸门一定要换完当场试水还要看"
    assert is_paragraph(f"{half}{pause}{half}") and not is_paragraph(half + half)


def test_the_shortest_paragraph() -> None:
    assert is_paragraph("灌" * 30 + "，" + "渠" * (SHORTEST - 30))
    assert not is_paragraph("灌" * 30 + "，" + "渠" * (SHORTEST - 31))


def test_a_paragraph_is_a_query_of_its_clauses() -> None:
    query = parse_query(PARAGRAPH)
    assert query.is_paragraph and not query.filters and query.text == PARAGRAPH
    assert [term.run for term in query.terms] == telling_clauses(PARAGRAPH)
    assert all(term.run in normal_form(PARAGRAPH) for term in query.terms)


def test_the_rarest_clauses_come_first_and_none_twice() -> None:
    text = "我们要这样做下去，水库管理员扛着铁锹守到天亮，我们要这样做下去，好不好。"
    assert telling_clauses(text) == ["水库管理员扛着铁锹守到天亮", "我们要这样做下去"]


def test_a_text_of_scraps_has_no_clauses() -> None:
    assert telling_clauses("好，对，是的。不，行。") == telling_clauses("") == []


def test_a_paragraph_of_scraps_is_refused_or_searched_but_never_breaks() -> None:
    assert parse_query("好，对，是的。" * 20).terms == ()


def test_what_is_too_long_is_refused_with_both_limits() -> None:
    assert parse_query((PARAGRAPH * 30)[:LONGEST]).is_paragraph
    with pytest.raises(WrongUse) as refused:
        parse_query((PARAGRAPH * 30)[: LONGEST + 1])
    assert str(MAX_CHARACTERS) in str(refused.value) and str(LONGEST) in str(refused.value)


def test_a_clause_is_looked_up_of_every_short_piece() -> None:
    """The rarest of them may all stand in one of the sections that were pasted together."""
    plain, rare = (
        "我们大家都要这样来做，你们大家也要这样来做，",
        "水库管理员扛着铁锹守到天亮，闸门锈死放不下水，",
    )
    clauses = telling_clauses(rare * 10 + plain + rare * 10)
    assert any(clause in normal_form(plain) for clause in clauses)


def test_a_long_text_without_marks_has_clauses_too() -> None:
    clauses = telling_clauses("水库管理员扛着铁锹守到天亮今年的闸门一定要换完当场试水还要看谁签字" * 2)
    assert len(clauses) == 3 and all(len(clause) == 24 for clause in clauses[:2])


@pytest.mark.parametrize(
    "text", [f"“{PARAGRAPH * 3}”", PARAGRAPH.replace("，", " ").replace("。", "…… ").replace("；", " ") * 3]
)
def test_what_is_too_long_for_words_is_a_paragraph_by_blanks_and_in_quotation_marks(text: str) -> None:
    assert len(text) > MAX_CHARACTERS and parse_query(text).is_paragraph


def test_points_count_once() -> None:
    """…… comes folded as six points."""
    text = "渠修好了。" * 190
    assert parse_query(text.replace("。", "......")[: 2 * LONGEST]).is_paragraph


@pytest.mark.parametrize(
    ("text", "is_list"),
    [
        ("文明乡风，移风易俗，红白理事会，高价彩礼，人情往来，孝老爱亲，村规民约，道德评议", True),
        ("不作为、慢作为、乱作为、门难进、脸难看、事难办、话难听、推诿扯皮、吃拿卡要。", True),
        ("下了雨，路滑，走不了。他等着，我也等着，谁也不说话。天黑了，灯亮了。", False),
        ("鸡叫了，狗也叫了，一家人都起来了，扫院子的，挑水的，烧火的，没有一个闲着", False),
        (PARAGRAPH, False),
    ],
)
def test_a_list_of_words_is_told_from_prose_of_short_clauses(text: str, is_list: bool) -> None:
    assert bool(listed_words(text)) == is_list
    assert not is_list or normal_form("".join(listed_words(text))) == normal_form(text)


@given(st.text("闸门锈死放不下水，。；、\n 我们要", max_size=3 * LONGEST))
def test_clauses_are_few_and_short_whatever_is_pasted(text: str) -> None:
    clauses = telling_clauses(text)
    assert len(clauses) <= LONGEST // 40 and len(set(clauses)) == len(clauses)
    assert all(6 <= len(clause) <= 24 and clause == normal_form(clause) for clause in clauses)
