"""The parser: headings of every form, notices out, nothing lost."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsed_texts import HEAD, TITLE, TODAY, A, B, assert_nothing_lost, parsed, speech_of, tree
from speech_texts import FULL, PLAIN

from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse

LONG = "会后各单位把任务领回去，逐条对照，逐项落实，不等不靠，不推不拖，办成一件销号一件，办不成的说明原因再想办法。"


def test_a_whole_speech() -> None:
    speech = parsed(FULL)
    assert speech.title == "在全县水利冬修动员会上的讲话"
    assert speech.salutation == "同志们："
    assert (speech.date, speech.date_origin) == (date(2024, 11, 5), "under title")
    assert tree(speech) == [
        (1, "一、", "认清账本，知道为什么修"),
        (2, "一是", "渠老了"),
        (2, "二是", "人散了"),
        (1, "二、", "分清轻重，知道先修哪里"),
        (2, "（一）", "先修卡脖子的闸"),
        (2, "（二）", "再修漏水的段"),
    ]
    labels = [speech.heading_label(section) for section in speech.sections]
    assert labels == [
        "",
        "一、认清账本，知道为什么修",
        "一是渠老了",
        "二是人散了",
        "（一）先修卡脖子的闸",
        "（二）再修漏水的段",
        "",
    ]
    assert speech.body(speech.sections[2]).startswith("全县×公里干渠")
    assert speech.body(speech.sections[-1]).startswith("同志们，渠水有声")
    assert len(speech.removed) == 6
    assert "春耕文稿社" not in speech.text
    assert_nothing_lost(FULL, speech)


def test_a_speech_without_headings_or_salutation() -> None:
    speech = parsed(PLAIN)
    assert (speech.title, speech.salutation, speech.headings) == ("给新来的护士们", "", ())
    assert (speech.date, speech.date_origin) == (date(2023, 5, 12), "line")
    assert_nothing_lost(PLAIN, speech)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["第一，看清路。" + LONG, "第二，迈开步。" + LONG],
            [(1, "第一，", "看清路"), (1, "第二，", "迈开步")],
        ),
        (
            ["首先，看清路。" + LONG, "其次，迈开步。" + LONG, "最后，走到底。" + LONG],
            [(1, "首先，", "看清路"), (1, "其次，", "迈开步"), (1, "最后，", "走到底")],
        ),
        (["1. 看清路", LONG, "2．迈开步", LONG], [(1, "1.", "看清路"), (1, "2．", "迈开步")]),
        (
            ["一、看清路", "（1）远处", LONG, "（2）近处", LONG, "二、迈开步", LONG],
            [(1, "一、", "看清路"), (2, "（1）", "远处"), (2, "（2）", "近处"), (1, "二、", "迈开步")],
        ),
        (["一要看清路。" + LONG, "二要迈开步。" + LONG], [(1, "一要", "看清路"), (1, "二要", "迈开步")]),
        (["一", LONG, "二", LONG], [(1, "一", ""), (1, "二", "")]),
        (
            ["第一部分 看清路", LONG, "第二部分 迈开步", LONG],
            [(1, "第一部分", "看清路"), (1, "第二部分", "迈开步")],
        ),
        (["看清脚下的路", LONG, "迈开自己的步", LONG], [(1, "", "看清脚下的路"), (1, "", "迈开自己的步")]),
    ],
)
def test_forms_of_headings(lines: list[str], expected: list[tuple[int, str, str]]) -> None:
    text = "\n".join(["在年中工作会上的讲话", "同志们：", LONG, *lines])
    speech = parsed(text)
    assert tree(speech) == expected
    assert_nothing_lost(text, speech)


@pytest.mark.parametrize(
    "paragraph",
    [
        "一是要快；二是要稳；三是要准，这三句话请大家记下来，写在本子上。" + LONG,
        "第一产业增长×%，第二产业增长×%。" + LONG,
        "第一时间赶到现场的是镇里的消防队。" + LONG,
        "2024年是特别的一年。" + LONG,
        "1.5亿元投下去，听见了响声。" + LONG,
        "——粮食丰收了。" + LONG,
        "一是一，二是二，账要算清楚。" + LONG,
    ],
)
def test_what_is_no_heading(paragraph: str) -> None:
    speech = parsed("\n".join(["在年中工作会上的讲话", "同志们：", LONG, paragraph, LONG]))
    assert speech.headings == ()


def test_real_sentences_about_groups_and_subscriptions_stay() -> None:
    text = "\n".join(
        [
            "在便民服务中心学习交流会上的讲话",
            "同志们：",
            "有的单位建了几十个微信群，群众在群里问一句，三天没人应。今后每个群都要有值班员。",
            "村民订阅的报纸压在传达室，会员制的合作社开不成会，这些都是小事，也都是大事。",
            "客服电话打不通，公众号没人管，等于把门焊死了。",
        ]
    )
    speech = parsed(text)
    assert speech.removed == ()


def test_layout_is_kept_aside() -> None:
    text = "\n".join(["在年中工作会上的讲话", "同志们：", LONG, "— 1 —", "*******", LONG, "- 2 -", "（完）"])
    assert parsed(text).removed == ("— 1 —", "*******", "- 2 -", "（完）")


def test_long_sections_are_split_and_short_points_joined() -> None:
    long_body = "".join(
        f"第{n}句话说的是第{n}件事，件件有人管，桩桩有回音，事事有交代，回回有账本。" for n in range(60)
    )
    points = ["一是快。", "二是稳。", "三是准。"]
    text = "\n".join(["在年中工作会上的讲话", "同志们：", "一、先说长的", long_body, "二、再说短的", *points])
    speech = parsed(text)
    sizes = [len(speech.body(section)) for section in speech.sections]
    assert max(sizes) <= 700
    assert min(sizes[:-1]) >= 60
    assert speech.body(speech.sections[-1]) == "一是快。\n二是稳。\n三是准。"
    assert speech.heading_label(speech.sections[-1]) == "二、再说短的"
    assert [heading.in_body for heading in speech.headings] == [False, False, True, True, True]
    assert_nothing_lost(text, speech)


def test_notes_behind_the_speech_are_no_headings() -> None:
    text = "\n".join(
        [
            "在年中工作会上的讲话",
            "同志们：",
            "一、看清路",
            LONG,
            LONG,
            "二、迈开步",
            LONG,
            "同志们，干吧。",
            "附注：",
            "1.老旧渠：指四十年以上的渠。",
            "2.末端户：指渠尾的人家。",
        ]
    )
    speech = parsed(text)
    assert [heading.mark for heading in speech.headings] == ["一、", "二、"]
    assert speech.heading_label(speech.sections[-1]) == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [("只有一行字", "只有一行"), ("仅供学习 禁止外传\n加微信：abc123", "没有正文"), ("\n\n　\n", "没有正文")],
)
def test_what_is_no_speech_is_refused(text: str, reason: str) -> None:
    refusal = parse(text, "x.txt", TODAY)
    assert isinstance(refusal, str)
    assert reason in refusal


def test_only_headings_is_told() -> None:
    speech = parsed("在年中工作会上的讲话\n同志们：\n一、看清路\n二、迈开步\n三、走到底")
    assert len(speech.headings) == 3


def test_dates_by_their_order() -> None:
    text = "在年中工作会上的讲话\n2023年7月1日\n同志们：\n" + LONG
    assert parsed(text).date == date(2023, 7, 1)
    assert parsed(text, "2022-01-02 讲话.txt").date == date(2022, 1, 2)
    assert parsed(text, "20220103讲话.txt").date == date(2022, 1, 3)
    assert parsed("在年中工作会上的讲话\n日期：2021-05-06\n同志们：\n" + LONG, "20220103.txt").date == date(
        2021, 5, 6
    )
    assert parsed("在年中工作会上的讲话\n二〇二三年十月二十一日\n同志们：\n" + LONG).date == date(
        2023, 10, 21
    )
    assert parsed(text, "20261399.txt").date == date(2023, 7, 1)
    future = parsed(text, "2099-01-01.txt")
    assert future.date == date(2023, 7, 1)
    assert "未来" in future.problems[0]


LINES = st.one_of(
    st.sampled_from(
        [
            "同志们：",
            "一、开头",
            "二、中间",
            "（一）小的",
            "1. 更小",
            "一是快。" + LONG,
            "二是稳。",
            "第一，看。" + LONG,
            "",
            "　　",
            LONG,
            LONG * 9,
            "仅供学习 禁止外传",
            "— 3 —",
            "各位代表！",
            "同志们，再见。",
            "附注：",
            "小标题一行",
        ]
    ),
    # Tags and entities of a web page go: `plain_text` has tests of its own.
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<&"), max_size=80),
)


@given(st.lists(LINES, min_size=2, max_size=30))
def test_nothing_is_ever_lost(lines: list[str]) -> None:
    from jianggao.text.characters import remove_invisible

    source = remove_invisible("\n".join(lines))
    speech = parse("\n".join(lines), "x.txt", TODAY)
    if isinstance(speech, ParsedSpeech):
        assert_nothing_lost(source, speech)


# --- whole texts --------------------------------------------------------------------------------------------------


def test_bare_numbers_that_go_up_are_page_numbers() -> None:
    assert speech_of(*HEAD, "4", B, "5", A, "6", B).removed == ("4", "5", "6")
    assert speech_of(*HEAD, "120", B).removed == ()


@pytest.mark.parametrize(
    "contents",
    [
        ("目录", "一、看清路………………1", "二、迈开步………………5"),
        ("目　录", "一、看清路", "二、迈开步"),
        ("目录", "一、看清路\t1", "二、迈开步\t5"),
    ],
)
def test_a_table_of_contents_is_taken_out(contents: tuple[str, ...]) -> None:
    speech = parsed("\n".join([TITLE, *contents, "同志们：", A, "一、看清路", B, "二、迈开步", A]))
    assert len(speech.removed) == 3
    assert speech.salutation == "同志们："
    assert [(mark, text) for _, mark, text in tree(speech)] == [("一、", "看清路"), ("二、", "迈开步")]


def test_answers_to_questions_have_no_headings() -> None:
    speech = speech_of("县长热线现场答问", "问：渠什么时候修？", "答：" + A, "问：钱从哪里来？", "答：" + B)
    assert (speech.title, speech.headings) == ("县长热线现场答问", ())


def test_a_poem_keeps_its_lines() -> None:
    verses = ("渠水清清", "流过东坡", "流过西岭", "流进谁家的门", "门里有人", "在等一声锣")
    speech = speech_of("渠水谣", *verses)
    assert (speech.title, speech.headings) == ("渠水谣", ())
    assert speech.body(speech.sections[0]) == "\n".join(verses)


def test_a_letter() -> None:
    speech = speech_of(
        "致全县返乡青年的一封信", "亲爱的青年朋友们：", "你们好！", A, B, "祝你们一路平安！", "2025年3月18日"
    )
    assert (speech.title, speech.salutation) == ("致全县返乡青年的一封信", "亲爱的青年朋友们：")
    assert len(speech.sections) == 1


def test_an_agenda_is_told_to_have_no_text() -> None:
    speech = parsed("会议议程\n一、传达会议精神\n二、讨论今年的任务\n三、宣布散会")
    assert [text for _, _, text in tree(speech)] == ["传达会议精神", "讨论今年的任务", "宣布散会"]
    assert speech.problems == ("只有小标题，没有正文。请看看是不是全文",)


def test_two_short_lines_are_a_text_and_one_is_none() -> None:
    assert speech_of("今天的话", "渠修好了，水就来了。").title == "今天的话"
    assert parse("渠修好了，水就来了。", "a.txt", TODAY) == "只有一行，没有正文。请补上正文，不是讲话就移走"


def test_a_long_line_without_anything_else_is_a_speech() -> None:
    speech = speech_of((A + B)[:-1] * 3, name="渠长的话.txt")
    assert speech.title == "渠长的话"
    assert len(speech.sections) == 1


def test_thanks_stay_with_the_last_section_and_a_closing_stands_alone() -> None:
    speech = speech_of(*HEAD, "一、看清路", B, "二、迈开步", A, "谢谢大家！")
    assert speech.heading_label(speech.sections[-1]) == "二、迈开步"
    speech = speech_of(*HEAD, "一、看清路", B, "二、迈开步", A, "同志们！" + B, "谢谢大家！")
    assert speech.heading_label(speech.sections[-1]) == ""


def test_damaged_characters_are_reported() -> None:
    assert "1 处字符损坏" in parsed("\n".join([*HEAD, B[:20] + "\ufffd" + B[20:]])).problems[0]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
@settings(max_examples=150, deadline=None)
def test_no_text_raises(text: str) -> None:
    speech = parse(text, "a.txt", TODAY)
    assert isinstance(speech, str) or speech.title


def test_a_single_word_gives_no_title() -> None:
    for beginning, title in (
        ("今天，我们到渠边看一看。", "今天，我们到渠边看一看"),
        ("这几年村里的路灯亮了，人也多了。", "这几年村里的路灯亮了"),
        ("散会！", "散会"),
    ):
        speech = parse(f"同志们：\n{beginning}\n{A}", "x.txt", TODAY)
        assert isinstance(speech, ParsedSpeech)
        assert speech.title == title


def test_who_says_a_text_is_no_part_of_the_title_that_its_beginning_gives() -> None:
    speech = parse(
        "同志们：\n记者：路灯是谁修的？\n方大川：是大家修的，钱也是大家出的。\n" + A, "x.txt", TODAY
    )
    assert isinstance(speech, ParsedSpeech)
    assert speech.title == "路灯是谁修的"
