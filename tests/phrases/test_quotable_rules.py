"""The words and patterns of quotable sentences: each shape has a sentence, and what is kept out stays out."""

from __future__ import annotations

import pytest

from jianggao.phrases.quotable_rules import (
    DANGLING,
    DULL,
    EMPTY,
    FUNCTION,
    NEVER,
    NO_FOUR,
    PAIRS,
    SHAPES,
    SPECIFIC,
    Shape,
)

# A sentence for each shape, in the order of SHAPES.
SENTENCES = """\
不怕渠长，就怕人懒。
最怕的不是水小，而是人散。
与其等雨，不如修渠。
没有渠，就没有粮。
没有修不通的渠，没有走不完的路。
没有退路，往前就是出路。
灯是夜里点亮的，渠水是汗水引来的。
难修的是渠，难得的也是人心。
渠不是等来的，是挖出来的。
水是引来的，不是盼来的。
修渠不只是出力，更是出心。
田里不缺看客，只缺干活的人。
越怕水，水越深。
只有弯下腰，才看得见根。
宁可渠等水，不可水等渠。
再长的渠，也有头。
谁修渠，谁喝水。
渠有几里，心里就有几里。
干活不看天，就看人。
修渠看账本，不看脸色。
水到不急，用时才急。
渠有多长，人心就有多近。
少说空话，多挖一锹土。
多挖一锹土，少求一回天。
今天偷懒，等于明天挨渴。
水到田头才是真本事。
渠水到了田头，老乡才会点头。
修渠的人走了，水却记得他们。
好渠往往修在旱年里。
锣声一响，人就到齐。
只要渠不断，水就会来。
渠通比什么都要紧。
坐得住的人，总有坐不住的一天。
看不远的人，未必看得近。
人能改渠，不能骗水。
喊破嗓子的人，挖不出一口井。
渠好不好，要到田里看。
所谓本事，就是把水引到田头。
修渠容易，守渠难。
修渠难在开头，贵在守住。
今天多挖一锹，明天少走一里。
先修渠，后种田。
要喝水，先要挖井。
最长的渠，是人心里的渠。
最深的井，从来不在地图上。
既看渠头，又看渠尾。
老乡不会因为渠长，就等着喝水。
把渠当路，把账本背在身上。
把渠看作命，把水放在心上。
有渠必有守渠人。
吃苦在前，喝水在后。
渠水是田的命。
干部是一把伞。
修渠就是修路。
渠断不要紧，怕的是人散。
只想喝水的人，早晚要替渠还账。
弯腰捡起的锹，比挺胸端起的杯更重。
最勤快的人也挑不满漏底的桶。
没有人记得渠是谁挖的，可家家都喝渠里的水。
渠是前人挖的，水要自己引。
拆掉心里的墙，比拆掉院墙难得多。
渠修得再宽，引不来心里的水。
民之所盼，就是渠之所向。
""".splitlines()


def test_every_shape_has_a_sentence() -> None:
    assert len(SENTENCES) == len(SHAPES)


@pytest.mark.parametrize(("sentence", "shape"), list(zip(SENTENCES, SHAPES, strict=True)))
def test_shapes(sentence: str, shape: Shape) -> None:
    assert shape.needs in sentence
    assert shape.pattern.search(sentence)
    assert 0 < shape.points <= 40


@pytest.mark.parametrize("shape", SHAPES)
def test_plain_reports_have_no_shape(shape: Shape) -> None:
    report = "会议听取了水利局的汇报，研究了下一阶段的任务，部署了渠道维修。"
    assert not shape.pattern.search(report)


@pytest.mark.parametrize(
    "sentence",
    [
        "他们都说渠修好了。",
        "这样的渠没有第二条。",
        "因此渠必须修。",
        "首先要把渠修好。",
        "一是渠要修好。",
        "第三条渠修好了。",
        "（二）渠要修好。",
        "，渠修好了。",
        "结果渠还是漏了。",
    ],
)
def test_beginnings_that_need_the_sentence_before(sentence: str) -> None:
    assert DANGLING.match(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["修渠这件事要办好。", "老乡这一天等到了水。", "可以等的是雨，等不得的是渠。", "说到底渠要人管。"],
)
def test_beginnings_that_stand_alone(sentence: str) -> None:
    assert not DANGLING.match(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "修了5公里渠。",
        "×县的渠通了。",
        "《渠水志》写得好。",
        "三万元修了一条渠。",
        "同志们，渠通了。",
        "下面我讲渠的事。",
        "我修了一辈子渠。",
        "老渠长说：水来了。",
        "去年渠荒了。",
        "那天晚上水来了。",
    ],
)
def test_what_no_book_of_sayings_prints(sentence: str) -> None:
    assert NEVER.search(sentence)


@pytest.mark.parametrize(
    "sentence", ["我们修的是渠，连的是心。", "渠通了，心就通了。", "下个月亮圆的时候再看水。"]
)
def test_what_a_book_of_sayings_may_print(sentence: str) -> None:
    assert not NEVER.search(sentence)


@pytest.mark.parametrize(
    ("sentence", "ties"),
    [("从今天起一律登记", 3), ("县里来了老王", 2), ("水渠要人守", 0), ("张书记在渠边", 1)],
)
def test_ties_to_one_day_or_place(sentence: str, ties: int) -> None:
    assert len(SPECIFIC.findall(sentence)) == ties


def test_contrasts_count_in_both_orders() -> None:
    assert {"大小", "小大", "难易", "易难"} <= PAIRS
    assert all(pair[::-1] in PAIRS for pair in PAIRS)


def test_lists_of_words_are_made_of_single_characters_and_pairs() -> None:
    assert {len(word) for word in DULL} == {2}
    assert {len(pair) for pair in PAIRS} == {2}
    assert {len(character) for character in FUNCTION | NO_FOUR} == {1}


def test_what_carries_nothing_goes_from_a_key() -> None:
    assert EMPTY.sub("", "我们的渠要修好了") == "渠修好"
