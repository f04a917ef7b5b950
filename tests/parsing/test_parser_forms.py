"""Speeches and reports in every form that a careful editor meets, and what the editor would make of them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsed_texts import TODAY, assert_nothing_lost, parsed, tree

from jianggao.parsing.lines import plain_text
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse
from jianggao.parsing.sections import LONGEST, SHORTEST

A = "会后各单位把任务领回去，逐条对照，逐项落实，不等不靠，不推不拖，办成一件销号一件，办不成的说明原因再想办法。"
B = "库房里的老账本翻到最后一页，还能看见当年记账人的指印，这样的认真劲今天一点也不能少，少了就要在别处加倍补回来。"
TITLE = "在年中工作会上的讲话"
HEAD = (TITLE, "同志们：", A)


def speech_of(*lines: str, name: str = "a.txt") -> ParsedSpeech:
    text = "\n".join(lines)
    speech = parsed(text, name)
    assert_nothing_lost(plain_text(text), speech)
    return speech


def outline(*body: str) -> list[tuple[int, str, str]]:
    return tree(speech_of(*HEAD, *body))


# --- headings -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("一、", "二、"),
        ("一.", "二."),
        ("一：", "二："),
        ("壹、", "贰、"),
        ("（一）", "（二）"),
        ("(一)", "(二)"),
        ("㈠", "㈡"),
        ("１．", "２．"),
        ("1、", "2、"),
        ("1.", "2."),
        ("(1)", "(2)"),
        ("1）", "2）"),
        ("①", "②"),
        ("⑴", "⑵"),
        ("Ⅰ、", "Ⅱ、"),
        ("I.", "II."),
        ("A.", "B."),
        ("第一，", "第二，"),
        ("第一、", "第二、"),
        ("第一点，", "第二点，"),
        ("第一个问题，", "第二个问题，"),
        ("第一件事：", "第二件事："),
        ("第一方面，", "第二方面，"),
        ("其一，", "其二，"),
        ("一是", "二是"),
        ("一要", "二要"),
        ("首先，", "其次，"),
    ],
)
@pytest.mark.parametrize("run_in", [True, False])
def test_marks(first: str, second: str, run_in: bool) -> None:
    between = "。" if run_in else "\n"
    assert outline(f"{first}看清路{between}{B}", f"{second}迈开步{between}{A}") == [
        (1, first, "看清路"),
        (1, second, "迈开步"),
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [("第一部分", "第二部分"), ("第一章", "第二章"), ("第一节", "第二节"), ("一", "二"), ("1", "2")],
)
@pytest.mark.parametrize("between", [" ", "　　"])
def test_marks_with_a_blank_behind_them(first: str, second: str, between: str) -> None:
    assert outline(f"{first}{between}看清路", B, f"{second}{between}迈开步", A) == [
        (1, first, "看清路"),
        (1, second, "迈开步"),
    ]


def test_parts_without_a_blank_and_marks_on_their_own_line() -> None:
    assert outline("第一部分看清路", B, "第二部分迈开步", A) == [
        (1, "第一部分", "看清路"),
        (1, "第二部分", "迈开步"),
    ]
    assert outline("第一章", "看清路", B, "第二章", "迈开步", A, B) == [
        (1, "第一章", "看清路"),
        (1, "第二章", "迈开步"),
    ]


def test_all_levels_of_a_document() -> None:
    assert outline(
        *("第一部分 路", "第一节 远路", "一、看清路", "（一）远处", "1．山。" + B, "（1）石。" + A),
        *("①泥。" + B, "②沙。" + A, "（2）土。" + B, "2．水。" + A, "（二）近处", B, "二、迈开步", A),
        *("第二节 近路", B, "第二部分 步", A),
    ) == [
        (1, "第一部分", "路"),
        (2, "第一节", "远路"),
        (3, "一、", "看清路"),
        (4, "（一）", "远处"),
        (5, "1．", "山"),
        (6, "（1）", "石"),
        (7, "①", "泥"),
        (7, "②", "沙"),
        (6, "（2）", "土"),
        (5, "2．", "水"),
        (4, "（二）", "近处"),
        (3, "二、", "迈开步"),
        (2, "第二节", "近路"),
        (1, "第二部分", "步"),
    ]


def test_words_that_frame_a_text_stand_beside_its_headings() -> None:
    assert outline("开头的话", B + A, "一、看清路", B, "二、迈开步", A, "结束语", B + A) == [
        (1, "", "开头的话"),
        (1, "一、", "看清路"),
        (1, "二、", "迈开步"),
        (1, "", "结束语"),
    ]
    speech = speech_of(
        *("水利志编修讲义", "前言", B + A, "第一章 为什么修", "一、看清路", B, "二、迈开步", A),
        *("第二章 怎样修", B, "结语", A + B),
    )
    assert [(level, text) for level, _, text in tree(speech)] == [
        (1, "前言"),
        (1, "为什么修"),
        (2, "看清路"),
        (2, "迈开步"),
        (1, "怎样修"),
        (1, "结语"),
    ]


def test_headings_without_a_mark_hold_series_that_restart() -> None:
    assert [
        (level, text)
        for level, _, text in outline(
            *("去年的路是这样走的", B),
            *("一、看远", B, "二、看近", A),
            *("今年的路要这样走", A),
            *("一、左脚", B, "二、右脚", A),
        )
    ] == [
        (1, "去年的路是这样走的"),
        (2, "看远"),
        (2, "看近"),
        (1, "今年的路要这样走"),
        (2, "左脚"),
        (2, "右脚"),
    ]


def test_a_year_behind_a_mark_is_text() -> None:
    assert outline("1.2024年的账。" + B, "2.2025年的账。" + A) == [
        (1, "1.", "2024年的账"),
        (1, "2.", "2025年的账"),
    ]


def test_points_that_hold_numbered_headings_go_on_behind_them() -> None:
    assert outline("一是看清路。" + B, "1.远处。" + A, "2.近处。" + B, "二是迈开步。" + A) == [
        (1, "一是", "看清路"),
        (2, "1.", "远处"),
        (2, "2.", "近处"),
        (1, "二是", "迈开步"),
    ]


def test_decimal_numbers_nest() -> None:
    assert outline("1 看清路", "1.1 远处", B, "1.2 近处", A, "2 迈开步", "2.1 左脚", B, "2.2 右脚", A) == [
        (1, "1", "看清路"),
        (2, "1.1", "远处"),
        (2, "1.2", "近处"),
        (1, "2", "迈开步"),
        (2, "2.1", "左脚"),
        (2, "2.2", "右脚"),
    ]


@pytest.mark.parametrize(
    ("outer", "inner"), [(("（一）", "（二）"), ("一、", "二、")), (("1.", "2."), ("（一）", "（二）"))]
)
def test_levels_the_other_way_round(outer: tuple[str, str], inner: tuple[str, str]) -> None:
    assert outline(
        f"{outer[0]}看清路",
        f"{inner[0]}远处",
        B,
        f"{inner[1]}近处",
        A,
        f"{outer[1]}迈开步",
        f"{inner[0]}左脚",
        B,
        f"{inner[1]}右脚",
        A,
    ) == [
        (1, outer[0], "看清路"),
        (2, inner[0], "远处"),
        (2, inner[1], "近处"),
        (1, outer[1], "迈开步"),
        (2, inner[0], "左脚"),
        (2, inner[1], "右脚"),
    ]


def test_numbers_that_skip_restart_or_leave_out_a_level() -> None:
    assert outline(
        "一、看清路", "1.远处", "（1）山", B, "（2）水", A, "2.近处", B, "三、走到底", "1.左脚", A
    ) == [
        (1, "一、", "看清路"),
        (2, "1.", "远处"),
        (3, "（1）", "山"),
        (3, "（2）", "水"),
        (2, "2.", "近处"),
        (1, "三、", "走到底"),
        (2, "1.", "左脚"),
    ]


def test_points_in_points_and_one_series_behind_another() -> None:
    assert outline("一是看清路。" + B, "一要看远。" + A, "二要看近。" + B, "二是迈开步。" + A) == [
        (1, "一是", "看清路"),
        (2, "一要", "看远"),
        (2, "二要", "看近"),
        (1, "二是", "迈开步"),
    ]
    assert outline(
        "一、看清路", "一是看远。" + A, "二是看近。" + B, "第一，别急。" + A, "第二，别停。" + B, "二、走", A
    ) == [
        (1, "一、", "看清路"),
        (2, "一是", "看远"),
        (2, "二是", "看近"),
        (2, "第一，", "别急"),
        (2, "第二，", "别停"),
        (1, "二、", "走"),
    ]
    assert [mark for _, mark, _ in outline("一要快。" + B, "二是稳。" + A, "三要准。" + B)] == [
        "一要",
        "二是",
        "三要",
    ]


def test_a_first_point_behind_a_sentence() -> None:
    speech = speech_of(*HEAD, "今年要抓三件事。一是看清路。" + B, "二是迈开步。" + A, "三是走到底。" + B)
    assert [mark for _, mark, _ in tree(speech)] == ["一是", "二是", "三是"]
    assert speech.body(speech.sections[0]).endswith("今年要抓三件事。")


def test_a_heading_ends_before_its_body_on_the_same_line() -> None:
    assert outline("（一）看清路　　" + B, "（二）迈开步　　" + A) == [
        (1, "（一）", "看清路"),
        (1, "（二）", "迈开步"),
    ]
    assert outline("一、喊响“跟我上。”的口号", B, "二、路在哪里？", A) == [
        (1, "一、", "喊响“跟我上。”的口号"),
        (1, "二、", "路在哪里？"),
    ]


@pytest.mark.parametrize("lines", [("看清脚下的路", "迈开自己的步子"), ("【看清路】", "【迈开步】")])
def test_headings_without_a_mark(lines: tuple[str, str]) -> None:
    assert outline(lines[0], B, lines[1], A, B) == [(1, "", lines[0]), (1, "", lines[1])]


@pytest.mark.parametrize(
    "paragraph",
    [
        "要记住三条：一是快；二是稳；三是准，这三条缺了哪一条都不行。" + B,
        "第二次世界大战以后，这条渠荒了十年。" + B,
        "第一产业看渠，第二产业看电，第三产业看人。" + B,
        "1.5%的漏损，一年就是一座水库。" + B,
        "10.1黄金周，渠边来了游人。" + B,
        "3月5日，开工。" + B,
        "2.0 版的渠，比从前聪明。" + B,
        "2023年，修渠。" + B,
        "三、五个人蹲在渠口，一蹲就是一夜。" + B,
        "一方面，路要看清。" + B,
        "一年来，渠通了。" + B,
        "一是要说清楚的是，账不能糊涂。" + B,
        "一天一个样，三天大变样。" + B,
        "首先，我代表县里向大家道一声辛苦。" + B,
        "最后，再说一句。" + B,
        "（一位老人说）水来了。" + B,
        "●东坡的渠通了。" + B,
        "——西岭的灯亮了。" + B,
        "问：渠什么时候修？",
        "附件：任务清单",
        "2025年3月18日",
    ],
)
def test_what_begins_like_a_heading_and_is_none(paragraph: str) -> None:
    assert outline(paragraph, B, A) == []


def test_greetings_in_an_address_are_no_points() -> None:
    assert (
        tree(
            speech_of(
                "在古镇灯会开幕式上的致辞",
                "各位来宾：",
                "首先，我代表全镇乡亲，向远道而来的客人表示欢迎！" + A,
                B,
                "最后，祝灯会圆满成功，祝各位来宾身体健康！",
            )
        )
        == []
    )


def test_a_line_that_a_sentence_announced_is_no_heading() -> None:
    assert outline("老人们常说一句话：", "水是命根子", B, A) == []


# --- title, date, salutation --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "title", "day"),
    [
        (["在全县水利冬修", "动员会上的讲话", "（2025年3月18日）"], "在全县水利冬修动员会上的讲话", 18),
        ([TITLE, "〔二〇二五年三月十八日〕", "方大川"], TITLE, 18),
        ([TITLE, "二○二五年三月十八日"], TITLE, 18),
        ([TITLE, "二0二五年三月十八日"], TITLE, 18),
        ([TITLE, "2025.3.18"], TITLE, 18),
        ([TITLE, "市委书记  方大川", "2025年3月18日上午"], TITLE, 18),
        ([TITLE, "方大川（2025年3月18日）"], TITLE, 18),
        ([f"{TITLE}（2025年3月18日）"], TITLE, 18),
        ([TITLE, "2025年3月", "方大川"], TITLE, None),
        ([TITLE, "20××年×月×日", "××市市长 ×××"], TITLE, None),
        ([TITLE, "〔2025〕12号", "（根据录音整理，未经本人审阅）"], TITLE, None),
        (["把渠修到人心里", f"——{TITLE}", "（2025年3月18日）"], "把渠修到人心里", 18),
        (["方大川", TITLE, "2025年3月18日"], TITLE, 18),
        (["方大川同志", TITLE], f"方大川同志{TITLE}", None),
        (
            ["方大川同志在全县水利冬修", "动员会上的", "讲　　话"],
            "方大川同志在全县水利冬修动员会上的讲话",
            None,
        ),
        (["2025年3月18日", TITLE, "方大川"], TITLE, 18),
        (["年 中 工 作 报 告", "——在××县第十八届人民代表大会上"], "年中工作报告", None),
        ([TITLE, TITLE], TITLE, None),
        (["机密★一年", "领导讲话", "第12期", "县委办公室编", TITLE, "方大川"], TITLE, None),
        (["会议材料之三", TITLE], TITLE, None),
        ([TITLE, "时间：2025年3月18日", "地点：三楼会议室", "主持：方大川"], TITLE, 18),
        (["首页 > 讲话 > 正文", TITLE, "来源：渠水网 时间：2025-03-18 作者：方大川"], TITLE, 18),
        (["内部资料 请勿外传", "听雨文稿", TITLE, "听雨文稿整理，QQ100200300"], TITLE, None),
        (
            ["关于××县2024年国民经济和社会发展计划执行情况", "与2025年计划草案的报告", "县长 方大川"],
            "关于××县2024年国民经济和社会发展计划执行情况与2025年计划草案的报告",
            None,
        ),
    ],
)
def test_titles_and_dates(lines: list[str], title: str, day: int | None) -> None:
    speech = speech_of(*lines, "同志们：", A, B)
    assert speech.title == title
    assert speech.date == (date(2025, 3, day) if day else None)
    assert speech.salutation == "同志们："
    assert speech.body(speech.sections[0]) == f"{A}\n{B}"


@pytest.mark.parametrize(
    ("lines", "salutation"),
    [
        (["各位代表！"], "各位代表！"),
        (["尊敬的各位来宾、女士们、先生们："], "尊敬的各位来宾、女士们、先生们："),
        (["老师们、同学们："], "老师们、同学们："),
        (["尊敬的方书记、王县长："], "尊敬的方书记、王县长："),
        (["同 志 们："], "同志们："),
        (["尊敬的各位家长、老师们，", "亲爱的同学们："], "尊敬的各位家长、老师们，亲爱的同学们："),
        (["各位来宾：", "女士们、先生们："], "各位来宾：女士们、先生们："),
        (["同志們："], "同志們："),
        (["亲爱的青年朋友们："], "亲爱的青年朋友们："),
    ],
)
def test_salutations(lines: list[str], salutation: str) -> None:
    speech = speech_of(TITLE, *lines, A, B)
    assert speech.salutation == salutation
    assert speech.body(speech.sections[0]) == f"{A}\n{B}"


def test_a_salutation_on_the_line_of_its_speech() -> None:
    speech = speech_of(TITLE, "各位代表，同志们！" + A, B)
    assert speech.salutation == "各位代表，同志们！"
    assert speech.body(speech.sections[0]) == f"{A}\n{B}"


def test_a_call_in_the_middle_is_no_salutation() -> None:
    assert speech_of(TITLE, A, B, "同志们、朋友们：", A).salutation == ""
    assert speech_of(TITLE, A, "一、看清路", B, "同志们：", A).salutation == ""
    assert speech_of(*HEAD, "各位代表：", B).salutation == "同志们："


@pytest.mark.parametrize(
    "line", ["欢迎各位来宾！", "各位代表，现在我向大会报告工作，请各位审议！", "同志们好！"]
)
def test_a_sentence_to_the_audience_is_no_salutation(line: str) -> None:
    speech = speech_of(TITLE, line, A, B)
    assert (speech.salutation, speech.body(speech.sections[0])) == ("", "\n".join([line, A, B]))


def test_a_report_without_a_salutation() -> None:
    speech = speech_of(
        "××县水利工作总结", A, "一、主要做法", B, "二、存在问题", A, "××县水利局", "2025年1月6日"
    )
    assert (speech.title, speech.salutation) == ("××县水利工作总结", "")
    assert [text for _, _, text in tree(speech)] == ["主要做法", "存在问题"]


def test_a_text_without_a_title_takes_its_files_name() -> None:
    speech = speech_of("同志们：", A, "一、看清路", B, "二、迈开步", A, name="水利/2025-03-18 冬修动员.txt")
    assert (speech.title, speech.salutation) == ("冬修动员", "同志们：")
    assert speech.date == date(2025, 3, 18)
    assert "没有找到标题" in speech.problems[0]
    assert speech_of("同志们：", A, B, name="0018.txt").title == "会后各单位把任务领回去"


# --- lines --------------------------------------------------------------------------------------------------------

PARAGRAPHS = (
    A + B,
    "一、看清路",
    B + A + B,
    "二、迈开步",
    A + A + B,
    "一是左脚先。" + B + A,
    "二是右脚跟。" + A + B,
)
EXPECTED = [(1, "一、", "看清路"), (1, "二、", "迈开步"), (2, "一是", "左脚先"), (2, "二是", "右脚跟")]


def wrapped(paragraph: str, columns: int) -> list[str]:
    return [paragraph[at : at + columns] for at in range(0, len(paragraph), columns)]


@pytest.mark.parametrize("columns", [30, 38, 40])
@pytest.mark.parametrize("indent", ["　　", "    ", ""])
@pytest.mark.parametrize("between", ["", "\n"])
def test_hard_wrapped_paragraphs_come_together(columns: int, indent: str, between: str) -> None:
    lines = [f"{'　' * 10}{TITLE}", "同志们："]
    for paragraph in PARAGRAPHS:
        lines += wrapped(indent + paragraph, columns)
        lines[-1] += between
    speech = parsed("\n".join(lines))
    assert speech.title == TITLE
    assert tree(speech) == EXPECTED
    assert speech.text.split("\n")[2:-1] == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "number", ["— 3 —", "第 3 页 共 9 页", "-3-", "第3页", "3/9", "~ 3 ~", "[3]", "Page 3 of 9", "· 3 ·"]
)
def test_page_numbers_go_and_sentences_come_together(number: str) -> None:
    speech = speech_of(*HEAD, "一、看清路", B[:25], number, B[25:], "二、迈开步", number, A)
    assert speech.removed == (number, number)
    assert B in speech.text
    assert [text for _, _, text in tree(speech)] == ["看清路", "迈开步"]


def test_bare_numbers_that_go_up_are_page_numbers() -> None:
    assert speech_of(*HEAD, "4", B, "5", A, "6", B).removed == ("4", "5", "6")
    assert speech_of(*HEAD, "120", B).removed == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\u2028", "\n\n", "\n　\n", "<br/>", "\f"])
def test_line_ends(end: str) -> None:
    speech = parsed(end.join([*HEAD, "一、看清路", B, "二、迈开步", A]))
    assert [text for _, _, text in tree(speech)] == ["看清路", "迈开步"]


def test_blanks_and_invisible_characters_and_entities() -> None:
    speech = parsed(
        f"\ufeff{TITLE}\n\xa0\xa0同志们：\u200b\n\t\xa0　{A}\ufeff\n一、看清\u200b路\n&nbsp;&nbsp;{B}\n"
        f"二、迈开步&mdash;&mdash;快\n<p>{A}</p>\n"
    )
    assert speech.text == "\n".join([TITLE, "同志们：", A, "一、看清路", B, "二、迈开步——快", A]) + "\n"


@pytest.mark.parametrize("between", ["", " ", "\n"])
def test_a_text_without_line_ends(between: str) -> None:
    text = f"同志们：{A}{B}一、看清路。{B}二、迈开步。（一）左脚。{A}（二）右脚。{B}三、走到底。{A}"
    speech = parsed(f"{TITLE}{between}{text}")
    assert (speech.title, speech.salutation) == (TITLE, "同志们：")
    assert tree(speech) == [
        (1, "一、", "看清路"),
        (1, "二、", "迈开步"),
        (2, "（一）", "左脚"),
        (2, "（二）", "右脚"),
        (1, "三、", "走到底"),
    ]


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


# --- what isn't the speech ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "听雨文稿整理，咨询QQ100200300",
        "更多材料请加微信tingyu2020",
        "听雨文稿公众号：tingyu2020",
        "来源：http://www.example.com/a.html",
        "（责任编辑：方川）",
        "上一篇：无",
        "【打印】【关闭】",
        "分享到：",
        "资料来源：渠水网",
        "编辑：小川 审核：大山",
        "抄送：县委各常委，县政府各副县长。",
        "县委办公室 2025年3月18日印发",
        "（共印80份）",
        "声明：本文来源于网络，版权归原作者所有",
        "（完）",
    ],
)
def test_lines_behind_the_speech(line: str) -> None:
    speech = speech_of(*HEAD, "一、看清路", B, "二、迈开步", A, line)
    assert speech.removed == (line,)
    assert [text for _, _, text in tree(speech)] == ["看清路", "迈开步"]


def test_a_name_from_the_notices_goes_wherever_it_comes_again_and_entries_of_contents_stay() -> None:
    speech = speech_of(
        *(
            "听雨文稿",
            "每日更新 持续分享",
            *HEAD,
            "听雨文稿",
            "一、看清路",
            B,
            "听雨文稿",
            "二、迈开步",
            A,
            "听雨文稿",
        )
    )
    assert speech.removed == ("听雨文稿", "每日更新 持续分享", "听雨文稿", "听雨文稿", "听雨文稿")
    entries = ("一、看清脚下的每一段路", "二、迈开自己的每一步子")
    speech = speech_of(TITLE, "目录", *entries, "同志们：", A, entries[0], B, entries[1], A)
    assert speech.removed == ("目录", *entries)
    assert [mark + text for _, mark, text in tree(speech)] == list(entries)


def test_advertisements_and_running_titles_inside() -> None:
    speech = speech_of(
        *HEAD, "一、看清路", B, "听雨文稿公众号：tingyu2020", A, TITLE, "- 2 -", "二、迈开步", B
    )
    assert speech.removed == ("听雨文稿公众号：tingyu2020", TITLE, "- 2 -")
    assert [text for _, _, text in tree(speech)] == ["看清路", "迈开步"]


# --- whole texts --------------------------------------------------------------------------------------------------


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
    assert speech.problems == ("只有小标题，没有正文",)


def test_two_short_lines_are_a_text_and_one_is_none() -> None:
    assert speech_of("今天的话", "渠修好了，水就来了。").title == "今天的话"
    assert parse("渠修好了，水就来了。", "a.txt", TODAY) == "只有一行，没有正文"


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


def test_short_sections_under_headings_of_their_own_stay_apart() -> None:
    speech = speech_of(*HEAD, "一、看路", "看远。", "二、迈步", "迈稳。")
    assert [speech.heading_label(section) for section in speech.sections] == ["", "一、看路", "二、迈步"]


def test_short_points_go_together_with_their_brothers() -> None:
    speech = speech_of(*HEAD, "一、看清路", "一是快。", "二是稳稳当当。" + B + A, "三是准。", "二、迈开步", A)
    assert [speech.heading_label(section) for section in speech.sections] == ["", "一、看清路", "二、迈开步"]
    assert [heading.in_body for heading in speech.headings] == [False, True, True, True, False]


# --- properties ---------------------------------------------------------------------------------------------------

_SENTENCES = st.sampled_from([A, B, "渠通了。", "灯亮了，人齐了，锣响了。", "谁来管水？", "水来了！"])
_PARAGRAPHS = st.lists(_SENTENCES, min_size=1, max_size=30).map("".join)
_MARK_ROWS = st.sampled_from(
    [("一、", "二、", "三、"), ("（一）", "（二）", "（三）"), ("1.", "2.", "3."), ("一是", "二是", "三是")]
)


@st.composite
def structures(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A speech with headings of two kinds in their order, and the marks that must be found."""
    outer, inner = draw(_MARK_ROWS), draw(_MARK_ROWS)
    lines, marks = [*HEAD], []
    for mark in outer:
        lines += [f"{mark}看清第{len(lines)}段路。", draw(_PARAGRAPHS)]
        marks.append(mark)
        if outer != inner and draw(st.booleans()):
            for point in inner:
                lines.append(f"{point}看清第{len(lines)}块石头。{draw(_PARAGRAPHS)}")
                marks.append(point)
    return "\n".join(lines), marks


@given(structures())
@settings(max_examples=60, deadline=None)
def test_every_heading_is_found_and_sections_have_their_size(made: tuple[str, list[str]]) -> None:
    text, marks = made
    speech = parsed(text)
    assert_nothing_lost(text, speech)
    assert [heading.mark for heading in speech.headings] == marks
    sizes = [len(speech.body(section)) for section in speech.sections]
    assert max(sizes) <= LONGEST
    for before, after in zip(speech.sections, speech.sections[1:], strict=False):
        joined = len(speech.text[before.start : after.end].strip())
        same = before.heading == after.heading and before.end == after.start
        small = min(len(speech.body(before)), len(speech.body(after))) < SHORTEST
        assert not (same and small and joined <= LONGEST)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
@settings(max_examples=150, deadline=None)
def test_no_text_raises(text: str) -> None:
    speech = parse(text, "a.txt", TODAY)
    assert isinstance(speech, str) or speech.title
