"""A speech in a newspaper's report: the lead above it, and the report of its end."""

from __future__ import annotations

import pytest
from front_forms import HeadForm, assert_read
from parsed_texts import A, B, parsed, speech_of

from jianggao.parsing.news_reports import news_lead, reported_days, reported_speaker, reports_at_end

TITLE = "柳湾县召开路灯管护会"
CALL = "各位村民代表、同志们："
LEAD = (
    "本报讯（记者 陆远）4月2日下午，全县路灯管护会在柳湾村文化站召开。县委副书记、县长方大川出席会议并讲话，"
    "副县长周文主持会议。"
)
PAGE = "2025-04-03 08:10:33　来源：渠水日报　责任编辑：白小雨"
END = "讲话结束后，方大川同村民代表看了三处灯杆，当场定下两件事。"

FORMS = (
    HeadForm(
        [TITLE, LEAD, "方大川的讲话全文如下：", CALL, A],
        TITLE,
        occasion=[LEAD, "方大川的讲话全文如下："],
        speaker="方大川",
        salutation=CALL,
    ),
    HeadForm(
        [TITLE, "2025-04-03", LEAD + "现全文刊发。", CALL, A],
        TITLE,
        occasion=["2025-04-03", LEAD + "现全文刊发。"],
        speaker="方大川",
        day="2025-04-02",
        salutation=CALL,
    ),
    HeadForm(
        [TITLE, LEAD, "会上，十二个村作了交流。“我们要让灯亮着。”老支书说。", "讲话全文如下：", CALL, A],
        TITLE,
        occasion=[LEAD, "会上，十二个村作了交流。“我们要让灯亮着。”老支书说。", "讲话全文如下："],
        speaker="方大川",
        salutation=CALL,
    ),
    HeadForm(
        [TITLE, "4月2日，县长李建军在全县路灯管护会上发表讲话，全文如下：", CALL, A],
        TITLE,
        occasion=["4月2日，县长李建军在全县路灯管护会上发表讲话，全文如下："],
        speaker="李建军",
        salutation=CALL,
    ),
    # Without a dateline, and with a run-in salutation
    HeadForm(
        [TITLE, "4月2日，县长方大川到柳湾村宣讲，全村的人都来了。", "以下是讲话实录：", f"乡亲们：{A}"],
        TITLE,
        occasion=["4月2日，县长方大川到柳湾村宣讲，全村的人都来了。", "以下是讲话实录："],
        speaker="方大川",
        salutation="乡亲们：",
    ),
    # Nobody is called: the dateline shows where the report ends.
    HeadForm(
        ["把灯修到村口", LEAD, "以下是县长方大川的讲话全文：", A, B],
        "把灯修到村口",
        occasion=[LEAD, "以下是县长方大川的讲话全文："],
        speaker="方大川",
        salutation="",
    ),
)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: "/".join(form.lines[:3])[:60])
def test_heads(form: HeadForm) -> None:
    assert_read(form)


def test_the_day_that_a_lead_names_goes_before_that_of_the_page() -> None:
    speech = parsed(
        "\n".join([TITLE, PAGE, LEAD, "讲话全文如下：", CALL, A, B, END, "供电所职工和村里的电工参加会议。"])
    )
    assert str(speech.date) == "2025-04-02"
    assert speech.removed == (" ".join(PAGE.split()),)
    assert speech.doubtful == (END, "供电所职工和村里的电工参加会议。")
    assert END in speech.text


@pytest.mark.parametrize(
    ("lead", "printed", "days"),
    [
        ("本报讯 12月30日，县长讲话。", ["2025-01-02"], ["2024年12月30日"]),
        ("本报讯 4月2日，县长讲话。", ["2025-09-02"], []),
        ("本报讯 4月2日，县长讲话。", [], []),
        ("本报讯 2025年4月2日，县长讲话。", ["2025-04-03"], []),
    ],
)
def test_days_without_a_year(lead: str, printed: list[str], days: list[str]) -> None:
    assert reported_days([lead], printed) == days


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("县委书记方大川在会上作了重要讲话。", "方大川"),
        ("会议由镇长周文主持，县长方大川发表讲话。", "方大川"),
        ("县长方大川、镇长周文讲话。", "周文"),
        ("县长方大川讲话，镇长周文作报告。", ""),
        ("县长主持会议并讲话。", ""),
        ("高峰的讲话全文如下：", "高峰"),
        ("会议的讲话全文如下：", ""),
    ],
)
def test_speakers(line: str, speaker: str) -> None:
    assert reported_speaker([line]) == speaker


@pytest.mark.parametrize(
    "lines",
    [
        # The speaker tells it himself.
        ["在全镇传达会上的讲话", CALL, "4月2日，县长方大川出席全县路灯管护会并讲话。", "讲话要点如下：", A],
        ["在全镇传达会上的讲话", "4月2日，县长方大川讲了话，我把讲话要点传达如下：", CALL, A],
        # Nothing announces the speech.
        [TITLE, LEAD, "方大川强调，路灯是良心。", CALL, A],
        [TITLE, CALL, A],
    ],
)
def test_what_is_no_lead(lines: list[str]) -> None:
    assert not news_lead(lines)


@pytest.mark.parametrize(
    "line",
    [
        "会后，请各村留十分钟。",
        "讲话结束后，请大家到村口看一看。",
        "会议结束后，各单位要抓紧传达。",
        "会后，方大川同志要把账本带回去。",
        "讲话结束后",
    ],
)
def test_what_a_speaker_says_of_the_end_is_no_report(line: str) -> None:
    assert reports_at_end([A, B, line], "方大川", is_reported=True) == []
    assert speech_of(TITLE, LEAD, "讲话全文如下：", CALL, A, B, line).doubtful == ()


def test_a_report_without_a_lead_needs_words_of_a_report() -> None:
    assert reports_at_end([A, END], "", is_reported=False) == [END]
    assert reports_at_end([A, "会后，方大川察看了村口的路灯。"], "方大川", is_reported=False) != []
    assert reports_at_end([A, "会后，周文察看了村口的路灯。"], "方大川", is_reported=False) == []
    assert reports_at_end([A, "去年县水利局的同志参加会议。"], "方大川", is_reported=False) == []
