"""Headlines of other texts behind a speech, and credits that count beside others."""

from __future__ import annotations

import pytest
from parsed_texts import TITLE, A, B, speech_of

from jianggao.parsing.page_tails import is_credit_beside, rows_of_headlines

CLOSING = "同志们，渠通了，人心也就通了。谢谢大家！"
BODY = (TITLE, "同志们：", A, B, CLOSING)
TAILS = (
    ("往期推荐", "渠水镇2025年灌溉公告", "水价怎么定？我们问了村里"),
    ("往期回顾", "老人不肯搬怎么办？", "开春，我们去看渠"),
    ("推荐阅读", "写给守闸人的一封信", "昨天，水站门口来了一位老人。", "阅读 310"),
    ("相关阅读：", "今天的水，明天的粮", "谁来听渠的声音！", "分享 收藏 在看"),
    ("热门文章", "我的渠，我来管", "闸门为什么要常开？", "点个“在看”，让更多村民看到"),
    ("编辑：小川", "猜你喜欢", "1. 怎样读一条渠？", "2. 咱们村的水账", "3. 各村的渠长都在忙什么", "阅读原文"),
    ("文字：水利站", "图片：方小川", "审核：方大川", "往期精选", "渠上有风吗？", "我们在等一场雨"),
    ("【防汛动员讲话（精选3篇）】相关文章：", "1.防汛演练讲话稿 03-12", "2.防汛工作总结 2024-06-01"),
    (
        "【防汛动员讲话】相关推荐：",
        "·镇长防汛讲话 http://www.example.com/a/12.html",
        "·防汛发言稿",
        "本文来源：渠边文库",
    ),
    ("《防汛动员讲话》相关文章", "防汛主持词怎么写？", "防汛表态发言（通用）"),
    ("防汛动员讲话稿相关文章：", "1、抗旱讲话稿", "2、抢险表彰发言"),
    ("拓展阅读：", "1.防汛讲话稿 03-12", "2.抗旱主持词 04-02"),
    ("往期推荐", "预警响了，人往哪里走？", "敬老院的水管修好了吗？"),
    ("延伸阅读", "水站的一天怎么过？", "渠边的四季", "阅读 88 赞 5"),
    ("您可能感兴趣的文章：", "抗旱动员会讲话", "水利局长谈冬修"),
    ("看了本文的人还看了", "抗旱动员会讲话", "冬修为什么要赶早？"),
)


@pytest.mark.parametrize("tail", TAILS)
def test_a_list_of_other_texts_goes_as_a_whole(tail: tuple[str, ...]) -> None:
    speech = speech_of(*BODY, *tail)
    assert speech.removed == tail
    assert speech.doubtful == ()
    assert speech.headings == ()
    assert speech.text.endswith(CLOSING + "\n")


@pytest.mark.parametrize(
    "end",
    [
        # the speaker's own sentences below what only looks like a label
        ("往期回顾", "上一讲我们说了渠的来历。", "今天接着讲渠的去处。"),
        ("延伸阅读", "水从哪里来？", "我们下一讲再说"),
        ("推荐阅读", "回去以后先看渠，再看人。"),
        ("推荐阅读", "《渠水集》", "《守闸人手记》怎么读？"),
        ("相关链接", "谢谢大家！"),
        ("往期推荐", "同志们，谁去守闸？", "谢谢大家！"),
        ("精彩回顾", A, "谢谢大家！"),
    ],
)
def test_the_speakers_last_lines_stay(end: tuple[str, ...]) -> None:
    speech = speech_of(*BODY, *end)
    assert all(line in speech.text for line in end[1:])


def test_nothing_above_the_label_is_a_headline() -> None:
    last = ("谁来守闸？我们来守！", "渠水长流")
    speech = speech_of(*BODY, *last, "往期推荐", "水价怎么定？我们问了村里", "渠边的四季")
    assert all(line in speech.text for line in last)
    assert speech.removed[0] == "往期推荐"


def test_the_number_of_headlines_is_bounded() -> None:
    rows = [f"我们问了第{at}个村，水价怎么定？" for at in range(30)]
    assert rows_of_headlines(["往期推荐", *rows], 0) == set()
    assert rows_of_headlines(["往期推荐", *rows[:5]], 0) == {1, 2, 3, 4, 5}
    assert rows_of_headlines(["往期推荐", *rows[:5]], 1) == set()


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("图片：方小川", True),
        ("文字/图片：水利站", True),
        ("视频：渠水镇融媒体中心", True),
        ("图片：渠口在东，闸门在西。", False),
        ("文字：一笔一画都要写清楚，写给后来人看", False),
    ],
)
def test_credits_that_count_beside_others(line: str, answer: bool) -> None:
    assert is_credit_beside(line) is answer


def test_such_a_credit_alone_stays() -> None:
    assert speech_of(*BODY, "图片：方小川").removed == ()
