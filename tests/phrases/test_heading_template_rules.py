"""Frames of headings: their gaps, and clauses that each kind of frame fits or doesn't."""

from __future__ import annotations

import re

import pytest

from jianggao.phrases.heading_template_rules import (
    ASKED,
    ASKING,
    CLAUSES,
    MIDDLES,
    PAIRS,
    SHORT_VERBS,
    UNSEEN,
    VERB,
    frame,
)

ALL = (*PAIRS, *ASKING, *ASKED, *CLAUSES, *MIDDLES, VERB)


def fits(frames: tuple[re.Pattern[str], ...], clause: str) -> bool:
    return any(pattern.fullmatch(clause) for pattern in frames)


def gaps(pattern: re.Pattern[str], text: str) -> list[str]:
    match = pattern.fullmatch(text)
    assert match is not None
    return [match[name] for name in pattern.groupindex if name.startswith("g")]


def test_gaps_are_what_the_writer_fills_in() -> None:
    assert gaps(frame("把~当作~"), "把渠当作命") == ["渠", "命"]
    assert gaps(frame("越~，越~"), "越修，越通") == ["修", "通"]


def test_a_gap_matches_as_little_as_it_can_and_is_never_empty() -> None:
    assert gaps(frame("以~为~"), "以渠为路为桥") == ["渠", "路为桥"]
    assert frame("以~为~").fullmatch("以为渠") is None


def test_a_gap_stays_within_its_clause() -> None:
    assert frame("把~当作~").fullmatch("把渠修好，水当作命") is None


@pytest.mark.parametrize("pattern", ALL)
def test_every_frame_has_a_gap(pattern: re.Pattern[str]) -> None:
    assert "g1" in pattern.groupindex


@pytest.mark.parametrize("pattern", ALL)
def test_what_was_cut_off_is_never_kept(pattern: re.Pattern[str]) -> None:
    assert UNSEEN not in pattern.pattern


@pytest.mark.parametrize(
    "heading",
    [
        "既要修渠，又要管水",
        "不是等水，而是引水",
        "只有渠通，才有水来",
        "少说空话，多挖渠土",
        "不看天，只看渠",
    ],
)
def test_pairs(heading: str) -> None:
    assert fits(PAIRS, heading)


@pytest.mark.parametrize(
    "clause",
    [
        "把渠当作命",
        "在修渠上下功夫",
        "让渠水流进田里",
        "从渠头到渠尾",
        "为老乡添底气",
        "向老渠长学本事",
        "别让渠荒了",
    ],
)
def test_clauses(clause: str) -> None:
    assert fits(CLAUSES, clause)


@pytest.mark.parametrize("clause", ["渠水清清", "修渠的人", "东坡的路"])
def test_clauses_without_a_frame(clause: str) -> None:
    assert not fits((*CLAUSES, *MIDDLES, VERB), clause)


@pytest.mark.parametrize("clause", ["为什么修渠", "怎样修渠", "谁来管水"])
def test_questions_by_their_beginning(clause: str) -> None:
    assert fits(ASKING, clause)


@pytest.mark.parametrize("clause", ["水在哪里", "修渠靠什么", "路怎么走"])
def test_questions_by_their_end(clause: str) -> None:
    assert fits(ASKED, clause)
    assert not fits(ASKED, clause + "都好")


@pytest.mark.parametrize("clause", ["修渠要趁早", "渠是命根子", "渠水不能断"])
def test_words_in_the_middle(clause: str) -> None:
    assert fits(MIDDLES, clause)


@pytest.mark.parametrize("clause", ["重要位置", "但是渠通了", "特别行动"])
def test_words_that_only_hold_such_a_character(clause: str) -> None:
    assert not fits(MIDDLES, clause)


@pytest.mark.parametrize(
    "clause", ["夯实基层基础", "全力破除难题", "加强和改善管水", "守住渠口", "服务群众", "服务和保障民生"]
)
def test_clauses_that_open_with_a_verb(clause: str) -> None:
    assert VERB.fullmatch(clause)


@pytest.mark.parametrize("clause", ["服务商到田头", "创新能力", "建设和改革", "渠口守人"])
def test_verbs_that_are_nouns_here(clause: str) -> None:
    assert not VERB.fullmatch(clause)


def test_short_verbs_are_single_characters() -> None:
    assert {len(verb) for verb in SHORT_VERBS} == {1}
