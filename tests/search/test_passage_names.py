"""The kinds of passages are known by the names that people call them by, and by those alone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.phrases.passage_kinds import PassageKind
from jianggao.search import parse_query
from jianggao.search.passage_names import kind_named, taken_names
from jianggao.search.passage_queries import passage_query
from jianggao.search.requests import matter_of

ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("passage_names.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("typed", "kinds"), ROWS)
def test_a_query_asks_for_the_kinds_that_it_names(typed: str, kinds: str) -> None:
    asked = passage_query(parse_query(typed))
    assert "+".join(sorted(kind.value for kind in asked.kinds) if asked else "-") == kinds


def test_the_table_has_every_kind_often_and_none_often() -> None:
    assert len(ROWS) >= 180
    for kind in PassageKind:
        assert sum(kind.value in kinds.split("+") for _, kinds in ROWS) >= 12
    assert sum(kinds == "-" for _, kinds in ROWS) >= 20


@pytest.mark.parametrize(
    ("run", "kinds", "left"),
    [
        ("就业结尾", ["结尾"], "就业"),
        ("就业讲话最后一段怎么写", ["结尾"], "就业讲话"),
        ("打头那段", ["开头"], ""),
        ("排比的结尾", ["结尾", "排比"], ""),
        ("教师节开头和结尾", ["结尾", "开头"], "教师节"),
        ("防汛最后喊口号那段", ["号召", "结尾"], "防汛"),
        ("产教融合最后号召企业", ["号召", "结尾"], "产教融合 企业"),
        ("举个例子讲形式主义", ["案例"], "形式主义"),
        ("过渡到下一步怎么说", ["过渡"], "下一步"),
        ("垃圾分类数据", ["数据"], "垃圾分类"),
        ("防汛类的结尾", ["结尾"], "防汛类的"),
        ("数据共享", [], "数据共享"),
        ("最后一公里", [], "最后一公里"),
        ("过渡期", [], "过渡期"),
        ("号召力", [], "号召力"),
        ("让字打头", [], "让字打头"),
        ("大数据", [], "大数据"),
        ("新数据", [], "新数据"),
        ("典型", [], "典型"),
        ("的典型", [], "的典型"),
        ("好结尾", ["结尾"], "好"),
        ("", [], ""),
    ],
)
def test_what_is_left_is_the_matter(run: str, kinds: list[str], left: str) -> None:
    named, rest = taken_names(run)
    assert [kind.value for kind in named] == kinds and rest == left


@given(st.text(alphabet="最后开头结尾那段怎么收写的了排比句数据例子讲就业有没有", max_size=200))
def test_any_run_is_read_and_what_is_left_stood_in_it(run: str) -> None:
    kinds, rest = taken_names(run)
    assert len(kinds) <= len(PassageKind)
    assert all(part in run for part in rest.split())
    assert kinds or rest == run


@pytest.mark.parametrize(
    "token", ["找", "我镇里", "我单位", "最后", "怎么", "的", "一下", "有没有", "那几段", "末了内容"]
)
def test_no_repetition_takes_long(token: str) -> None:
    """Frame words and names of two readings (我镇里 is 我 and 镇里 too) are never parted in every way."""
    typed = (token * 200)[:190] + "龘结尾"
    started = time.process_time()
    passage_query(parse_query(typed))
    matter_of(typed)
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("开头 开场 开场白 引言", PassageKind.OPENING),
        ("结尾 结束语 结语 收尾 尾声", PassageKind.CLOSING),
        ("过渡 过渡句 过渡段 衔接", PassageKind.TRANSITION),
        ("号召 号召语 呼吁", PassageKind.CALL),
        ("排比 排比句", PassageKind.PARALLEL),
        ("小标题", PassageKind.SUBHEADINGS),
        ("数据 数字", PassageKind.FIGURES),
        ("案例 例子 事例 故事", PassageKind.CASE),
    ],
)
def test_words_for_kinds(words: str, kind: PassageKind) -> None:
    assert {kind_named(word) for word in words.split()} == {kind}


@pytest.mark.parametrize("word", ["", "就业", "标题", "数", "开头结尾"])
def test_other_words_name_no_kind(word: str) -> None:
    assert kind_named(word) is None


def test_the_value_is_the_chinese_word() -> None:
    assert all(kind_named(kind.value) is kind for kind in PassageKind)
