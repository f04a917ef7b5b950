"""Title, occasion, date and salutation."""

from __future__ import annotations

from datetime import date

import pytest
from parsed_texts import TITLE, A, B, speech_of, tree

from jianggao.parsing.head import Head, read_head
from jianggao.parsing.lines import Lines, source_lines


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


# --- one rule at a time -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["政 府 工 作 报 告"], "政府工作报告"),
        (["在渠边的讲话（2025年3月18日）"], "在渠边的讲话"),
        (["在渠边的讲话（节选）"], "在渠边的讲话（节选）"),
        (["在全县水利冬修", "动员会上的", "讲 话"], "在全县水利冬修动员会上的讲话"),
    ],
)
def test_titles_in_one_line(lines: list[str], title: str) -> None:
    assert Head(title=lines).full_title() == title


def read(*lines: str) -> tuple[Head, Lines]:
    kept = Lines.of(source_lines("\n".join(lines)), [])
    return read_head(kept), kept


def test_all_parts_of_a_head() -> None:
    head, lines = read("内部资料 请勿外传", "听雨文稿", TITLE, "2025年3月18日", "方大川", "同志们：" + A, B)
    assert (head.title, head.occasion, head.salutation) == ([TITLE], ["2025年3月18日", "方大川"], "同志们：")
    assert head.notices == ["内部资料 请勿外传", "听雨文稿"]
    assert lines.kept[head.body_start :] == [A, B]


def test_the_date_of_a_web_page_counts_though_its_line_goes() -> None:
    head, lines = read(TITLE, "来源：渠水网 时间：2025-03-18", "同志们：", A)
    assert head.date_lines == ["来源：渠水网 时间：2025-03-18"]
    assert lines.kept == [TITLE, "同志们：", A]


def test_an_editors_note_is_no_paragraph_of_the_speech() -> None:
    head, lines = read(TITLE, "编者按：" + A, "同志们：", B)
    assert head.salutation == "同志们："
    assert lines.kept[head.body_start :] == [B]


def test_a_greeting_below_the_salutation_belongs_to_the_speech() -> None:
    head, lines = read(TITLE, "同志们：", "大家好！", A)
    assert head.salutation == "同志们："
    assert lines.kept[head.body_start :] == ["大家好！", A]


def test_a_title_that_looks_like_a_notice_stays_where_it_is_the_only_line() -> None:
    head, _ = read("关于严禁转卖化肥的讲话", "同志们：", A)
    assert (head.title, head.notices) == (["关于严禁转卖化肥的讲话"], [])


def test_a_name_above_the_title_is_the_speaker() -> None:
    head, _ = read("方大川", TITLE, "同志们：", A)
    assert (head.title, head.occasion) == ([TITLE], ["方大川"])


def test_a_text_that_begins_with_a_paragraph_has_no_title() -> None:
    head, lines = read(A, B)
    assert (head.title, head.body_start, lines.kept) == ([], 0, [A, B])


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["发布时间：2025-03-20", "讲话时间：2025年3月18日"], 18),
        (["发布时间：2025-03-20", "（2025年3月18日）"], 18),
        (["来源：渠水网 时间：2025-03-20", "方大川 2025年3月18日"], 18),
        (["发布时间：2025-03-20", "方大川"], 20),
        (["编者按：这次会是2024年1月2日开的。", "方大川"], None),
    ],
)
def test_the_day_of_the_speech_goes_before_that_of_its_publication(lines: list[str], day: int | None) -> None:
    speech = speech_of(TITLE, *lines, "同志们：", A, B)
    assert speech.date == (date(2025, 3, day) if day else None)


def test_a_styled_heading_under_the_title_begins_the_body_though_a_call_follows() -> None:
    styled = {TITLE: 1, "开场的话": 2, "灯怎么管": 2}
    lines = Lines.of(source_lines("\n".join([TITLE, "开场的话", "同志们：", A, "灯怎么管", B])), [])
    head = read_head(lines, styled)
    assert (head.title, head.occasion, head.salutation) == ([TITLE], [], "")
    assert lines.kept[head.body_start :] == ["开场的话", "同志们：", A, "灯怎么管", B]


def test_a_styled_title_right_above_the_salutation() -> None:
    styled = {"让路灯亮到村口": 1, "灯怎么管": 2}
    lines = Lines.of(
        source_lines("\n".join(["松坪镇党委", "让路灯亮到村口", "同志们：", A, "灯怎么管", B])), []
    )
    head = read_head(lines, styled)
    assert (head.title, head.occasion, head.salutation) == (["让路灯亮到村口"], ["松坪镇党委"], "同志们：")


def test_no_line_of_notices_is_a_title() -> None:
    head, _ = read("内部学习 不得外传", "同志们：", A, B)
    assert (head.title, head.notices) == ([], ["内部学习 不得外传"])
    head, _ = read("内部学习 不得外传", "2025年3月18日", "方大川", TITLE, "同志们：", A, B)
    assert (head.title, head.occasion, head.speaker) == ([TITLE], ["2025年3月18日", "方大川"], "方大川")


def test_the_author_of_a_page_stays_but_is_not_surely_the_speaker() -> None:
    head, lines = read(TITLE, "来源：渠水网 作者：方大川 浏览：12", "同志们：", A)
    assert head.speaker == ""
    assert lines.kept == [TITLE, "作者：方大川", "同志们：", A]
    # Who is labelled as the speaker is so on a page, too; and a form without a page's entries has its author.
    assert read(TITLE, "来源：渠水网 讲话人：方大川 浏览：12", "同志们：", A)[0].speaker == "方大川"
    assert read(TITLE, "作者：方大川 时间：2025-03-18", "同志们：", A)[0].speaker == "方大川"
    named = read("县长周文在年中会上的讲话", "发布：2025-03-18 编辑：小川 作者：方大川", "同志们：", A)[0]
    assert (named.speaker, "作者：方大川" in named.occasion) == ("周文", True)


@pytest.mark.parametrize(
    ("line", "kept", "gone"),
    [
        ("发布日期：2025-03-18 作者：", ["发布日期：2025-03-18"], ["作者："]),
        (
            "发布时间：2025-03-18 作者： 编辑： 浏览次数：312",
            [],
            ["发布时间：2025-03-18 作者： 编辑： 浏览次数：312"],
        ),
        ("时间：2025-03-18 来源： 作者： 点击数：77", [], ["时间：2025-03-18 来源： 作者： 点击数：77"]),
        (
            "日期：2025-03-18  作者：  来源：办公室  点击：[ 88 ]",
            [],
            ["日期：2025-03-18 作者： 来源：办公室 点击：[ 88 ]"],
        ),
        # A form that nobody has filled in.
        ("作者： 时间：2025-03-18", ["作者：", "时间：2025-03-18"], []),
    ],
)
def test_empty_fields_of_a_page_go_with_it(line: str, kept: list[str], gone: list[str]) -> None:
    speech = speech_of(TITLE, line, "同志们：", A, B)
    assert speech.title == TITLE
    assert [each for each in speech.occasion.split("\n") if each] == kept
    assert list(speech.removed) == gone
    assert speech.date == date(2025, 3, 18)
