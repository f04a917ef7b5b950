"""Title, occasion, date and salutation."""

from __future__ import annotations

from datetime import date

import pytest
from parsed_texts import HEAD, TITLE, A, B, speech_of, tree


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
