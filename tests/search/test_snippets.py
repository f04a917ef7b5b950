"""A snippet is the sentence around a hit, short enough for a phone, with the hits marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.search.snippets import LONGEST, SHORTEST, snippet
from jianggao.text.normal_form import normal_form


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400), st.text(max_size=8))
def test_snippets_are_short_and_marked(text: str, run: str) -> None:
    normal = normal_form(run)
    shown = snippet(text, [normal])
    assert len(shown.replace("【", "").replace("】", "")) <= LONGEST + 2 + len(normal) + text.count("【") + 90


def test_a_snippet_shows_the_sentence_around_the_hit() -> None:
    text = (
        "前面说了很多别的事情，铺垫了一段又一段。" * 5
        + "修渠要先修闸，闸门不灵水就不听话。"
        + "后面的话也很长，说了又说。" * 9
    )
    shown = snippet(text, ["修闸"])
    assert "修渠要先【修闸】，闸门不灵水就不听话" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")


def bare(shown: str) -> str:
    return shown.replace("【", "").replace("】", "").strip("…")


def test_a_short_text_is_shown_whole() -> None:
    assert snippet(" 修渠\n先修闸 ", ["修闸"]) == "修渠 先【修闸】"


def test_what_is_marked_is_the_text_as_it_is_written() -> None:
    assert snippet("先換閘 門再放水", ["闸门"]) == "先換【閘 門】再放水"


def test_of_runs_that_overlap_the_longest_is_marked() -> None:
    assert snippet("要修水闸门", ["水闸", "修水闸门"]) == "要【修水闸门】"


def test_the_place_with_most_hits_is_shown() -> None:
    text = "渠。" + "这里什么也没有。" * 30 + "渠和闸和坝都在这一句里。" + "后面什么也没有。" * 30
    shown = snippet(text, ["渠", "闸", "坝"])
    assert "【渠】和【闸】和【坝】" in shown and shown.startswith("…") and shown.endswith("…")


@pytest.mark.parametrize("where", ["start", "middle", "end"])
def test_it_is_long_enough_wherever_the_hit_stands(where: str) -> None:
    filler = "这里说的是另外一件事情，说得很长。" * 20
    text = {"start": "修闸。" + filler, "middle": filler + "修闸。" + filler, "end": filler + "修闸。"}[where]
    shown = snippet(text, ["修闸"])
    assert "【修闸】" in shown and SHORTEST <= len(bare(shown)) <= LONGEST
    assert shown.startswith("…") == (where != "start") and shown.endswith("…") == (where != "end")


def test_it_begins_behind_punctuation() -> None:
    text = "甲" * 50 + "。" + "乙" * 30 + "，修闸，" + "丙" * 200
    assert snippet(text, ["修闸"]).startswith("…" + "乙" * 30 + "，【修闸】")


def test_a_hit_longer_than_a_snippet_is_shown_whole() -> None:
    sentence = "一件事情要从头做到尾" * 10
    shown = snippet("前面的话。" * 20 + sentence + "后面的话。" * 20, [sentence])
    assert f"【{sentence}】" in shown


def test_words_of_a_run_that_stands_nowhere_are_marked_where_they_are_asked_for() -> None:
    text = "老人吃惯了那个口味。"
    assert "【" not in snippet(text, ["老人吃惯口味"])
    shown = snippet(text, ["老人吃惯口味"], parts=True)
    assert "【老人】" in shown and "【口味】" in shown


@pytest.mark.parametrize("runs", [[], [""], ["没有的"]])
def test_without_a_hit_the_beginning_is_shown(runs: list[str]) -> None:
    text = "开头的一句话。" * 30
    shown = snippet(text, runs)
    assert "【" not in shown and text.startswith(bare(shown)) and shown.endswith("…")


def test_the_end_of_a_text_is_shown_where_it_was_asked_for() -> None:
    text = "修渠要先修闸。" + "中间的话很长，说了又说。" * 30 + "散会以后就动身。"
    shown = snippet(text, ["修闸"], from_end=True)
    assert shown.startswith("…") and shown.endswith("散会以后就动身。")
    assert SHORTEST <= len(bare(shown)) <= LONGEST
    assert snippet("先修闸。", ["修闸"], from_end=True) == "先【修闸】。"
