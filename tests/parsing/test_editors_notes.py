"""What an editor wrote above a speech, and where it ends."""

from __future__ import annotations

from datetime import date

import pytest
from parsed_texts import HEAD, TITLE, A, B, parsed, speech_of

from jianggao.parsing.dates import first_date
from jianggao.parsing.editors_notes import (
    dates_of_speaking,
    editors_notes,
    is_about_the_text,
    is_note,
    names_writer,
)
from jianggao.parsing.volumes import parse_volume

NOTE = "编者按：这次会开过以后，全镇的路灯亮了一冬，值得一看。"


@pytest.mark.parametrize(
    "line",
    [
        NOTE,
        "【导读】" + A,
        "内容提要：" + A,
        "按：" + A,
        "编者按",
        "【编者按】",
        "[摘要] " + A,
        "题记：渠水有声。",
        "［按］" + A,
        "［编者按］" + A,
        "〖编者按〗" + A,
        "记录者按：路灯亮起以后，有人把这番话抄在了墙上。",
        "编辑部按：" + A,
        "本社按 路灯亮起以后，有人把这番话抄在了墙上。",
        "摘编者按 路灯亮起以后，有人把这番话抄在了墙上。",
    ],
)
def test_notes(line: str) -> None:
    assert is_note(line)


@pytest.mark.parametrize(
    "line",
    [
        *(A, "按照：" + A, "要点", "同志们：", "", "按时完成"),
        *(
            "按 镇里的办法，路灯一村一本账，坏一盏记一盏。",
            "使用者按：谁用电，谁交钱，一月一清，一户一张单。",
        ),
        *("电费按：一盏一月两元收，坏了不收。", "记录者按 时间先后编了号，一共四十条，条条都有人管。"),
    ],
)
def test_what_is_no_note(line: str) -> None:
    assert not is_note(line)


@pytest.mark.parametrize("label", ["［按］", "整理者按：", "本报按 ", "〖编者按〗"])
def test_a_note_needs_no_salutation_below_it(label: str) -> None:
    note = label + "路灯亮起以后，有人把这番话抄在了墙上。"
    speech = parsed("\n".join((TITLE, "2025年3月18日", note, A, B)))
    assert note in speech.occasion
    assert speech.text.split("\n")[3:5] == [A, B]


@pytest.mark.parametrize(
    "line",
    [
        "（根据录音整理，未经本人审阅）",
        "根据会议记录整理，有删节",
        "本文系方大川同志在年中会上的讲话，未经本人审定。",
        "现将讲话全文刊发如下：",
        "讲话摘要如下：",
        "6月3日，松坪镇开了防汛动员会，镇党委书记到会讲话。现将讲话摘要刊发如下：",
        "本文根据会议录音整理",
    ],
)
def test_how_the_text_came_about(line: str) -> None:
    assert is_about_the_text(line)


@pytest.mark.parametrize(
    "line",
    [
        "各项任务如下：",
        "我今天的发言要点如下：",
        "根据账本的记录整理出来的渠道有三百里，今天就讲这三百里。",
        "根据这个账本，整理渠道。",
        "同志们：",
        A,
        "未经" * 100,
    ],
)
def test_what_the_speech_says_itself(line: str) -> None:
    assert not is_about_the_text(line)


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        # one paragraph
        ([TITLE, NOTE, B], {1}),
        # the label on a line of its own
        ([TITLE, "编者按", B, A], {1, 2}),
        # up to the editor's name
        ([TITLE, NOTE, B, "（编者）", A], {1, 2, 3}),
        ([TITLE, NOTE, B + "（编者）", A], {1, 2}),
        # up to the salutation
        ([TITLE, NOTE, B, "同志们：", A], {1, 2}),
        # between blank lines
        ([TITLE, "", NOTE, B, "", A, A], {1, 2}),
        # not every blank line ends a note
        ([TITLE, "", NOTE, "", B, "", A], {1}),
        ([TITLE, NOTE, B, "", A], {1}),
        # a heading or an entry does
        ([TITLE, NOTE, "一、看清路", A, "同志们：", B], {1}),
        ([TITLE, NOTE, "时间：2025年4月2日", "同志们：", B], {1}),
        ([TITLE, "编者按", "同志们：", A], {1}),
        ([TITLE, "方大川", A], set()),
        ([TITLE, NOTE], {1}),
        (["编者按"], {0}),
    ],
)
def test_where_a_note_ends(text: list[str], notes: set[int]) -> None:
    lines = [line for line in text if line]
    places = [place for place, line in enumerate(text) if line]
    assert editors_notes(lines, places, 40) == notes


def test_only_the_head_is_looked_at() -> None:
    lines = [TITLE, A, NOTE]
    assert editors_notes(lines, [0, 1, 2], 2) == set()


@pytest.mark.parametrize(
    "note",
    [
        "编者按：本文据罗小满2025年4月2日在柳湾村夜校的讲座录音整理。",
        "导读：二〇二五年四月二日，镇长罗小满在路灯管护会上作了发言，现予刊发。",
        "编者按：这是罗小满同志在2025年4月2日松坪镇春灌会上的讲话，2025年5月1日印发。",
        "编者按：2025年5月1日本刊刊登过一份简报。2025年4月2日的座谈会上，方大川说了下面的话。",
        "編者按：本文為民國一一四年四月二日畢業典禮致詞。",
    ],
)
def test_a_note_says_on_which_day_the_speech_was_given(note: str) -> None:
    (written,) = dates_of_speaking([note])
    assert first_date([written]) == date(2025, 4, 2)


@pytest.mark.parametrize(
    "note",
    [
        "编者按：这份讲稿2025年5月1日印发后，各村反响热烈。",
        "编者按：2025年5月1日出版的《松坪通讯》刊登了这份讲话。",
        "编者按：会后第二天，各村就动了起来。",
        "编者按：4月2日，镇长在路灯管护会上讲话。",
        "编者按：渠是2024年3月1日通的水。镇长在会上讲了这件事。",
        "",
    ],
)
def test_other_dates_of_a_note_say_nothing_of_the_speech(note: str) -> None:
    assert dates_of_speaking([note]) == []


@pytest.mark.parametrize(
    "note",
    [
        "编者按　四月里，柳湾村开了路灯管护会，罗小满的话许多人记了下来。",
        "本刊编者按：四月里，柳湾村开了路灯管护会，罗小满的话许多人记了下来。",
        "**编者按**：四月里，柳湾村开了路灯管护会，罗小满的话许多人记了下来。",
        "编 者 按　四月里，柳湾村开了路灯管护会，罗小满的话许多人记了下来。",
        "【本报编者按】四月里，柳湾村开了路灯管护会，罗小满的话许多人记了下来。",
    ],
)
@pytest.mark.parametrize("below", [(), ("（根据录音整理，有删节）",), ("全文如下：",)])
def test_a_note_is_never_the_first_section(note: str, below: tuple[str, ...]) -> None:
    called = parsed("\n".join(["让路灯亮到村口", note, *below, "同志们：", A, B]))
    assert called.salutation == "同志们："
    assert called.text[called.sections[0].start :].strip() == f"{A}\n{B}"
    first = parsed("\n".join([note, *below, "让路灯亮到村口", "同志们：", A, B]))
    assert (first.title, first.salutation) == ("让路灯亮到村口", "同志们：")
    alone = parsed("\n".join(["让路灯亮到村口", note, *below, A, B]))
    assert alone.text[alone.sections[0].start :].strip() == f"{A}\n{B}"


def test_a_note_of_two_paragraphs_ends_where_it_says_that_the_paper_prints_the_speech() -> None:
    note = ("编者按：灯亮了一冬，亮的不只是路。", "罗小满管灯十一年。本刊现将她的讲话刊发，供各地参考。")
    speech = parsed("\n".join(["让路灯亮到村口", *note, A, B]))
    assert speech.occasion == "\n".join(note)
    spoken = parsed("\n".join(["让路灯亮到村口", note[0], "我讲三点意见，供大家参考。" + A, B]))
    assert spoken.occasion == note[0]


@pytest.mark.parametrize("line", ["导读 难", "提要 水", "摘要写在墙上，人人看得见，谁也不用来问。"])
def test_a_word_alone_begins_no_note(line: str) -> None:
    assert not is_note(line)


@pytest.mark.parametrize(
    "note",
    [
        (NOTE,),
        ("导读：罗小满管灯十一年，句句说在灯上。",),
        ("【编者按】这是一位守灯人的心里话。",),
        ("按：四月里，镇里开了路灯管护会，现将讲话刊发。",),
        (NOTE, "灯亮了一冬，亮的不只是路。"),
    ],
)
@pytest.mark.parametrize(
    "beside",
    [
        ("（2025年4月2日）",),
        ("（2025年4月2日上午，镇礼堂）",),
        ("2025年4月2日",),
        ("（镇长　方大川）", "（2025年4月2日）"),
        ("镇长　方大川", "（2025年4月2日）"),
    ],
)
def test_a_date_between_note_and_salutation_is_that_under_the_title(
    note: tuple[str, ...], beside: tuple[str, ...]
) -> None:
    lines = [TITLE, *note, *beside, "同志们：", A, B]
    assert editors_notes(lines, range(len(lines)), 40) == set(range(1, 1 + len(note)))
    page = "发布时间：2025-04-10 来源：渠水网"
    speech = parsed("\n".join([TITLE, page, *note, *beside, "同志们：", A, B]))
    assert (speech.title, speech.date, speech.salutation) == (TITLE, date(2025, 4, 2), "同志们：")


@pytest.mark.parametrize("line", ["（根据2025年4月2日的录音整理）", "（2025年4月9日印发）", "（灯亮了一冬）"])
def test_what_belongs_to_a_note_above_the_salutation(line: str) -> None:
    lines = [TITLE, NOTE, line, "同志们：", A, B]
    assert editors_notes(lines, range(len(lines)), 40) == {1, 2}


def test_a_note_above_speaker_and_date_is_no_speech_of_its_own() -> None:
    note = "编者按：四月里，镇里开了路灯管护会，镇长没有念稿子，从自己守灯的十一年讲起，句句实在，值得一读。"
    page = "发布时间：2025-04-10 来源：渠水网"
    lines = [TITLE, page, note, "", "镇长　方大川", "（2025年4月2日）", "", "同志们：", A, B]
    assert len(parse_volume("\n".join(lines), "讲话.txt", date(2026, 3, 18))) == 1


WRITERS = [
    "整理：小方",
    "整理：方小川",
    "（记录、整理：方小川）",
    "录音整理：方小川 罗小满",
    "校对：罗小满",
    "整理人：办公室小方",
    "整理｜罗小满",
    "记录：县委办 方小川",
    "整理：方某",
]


@pytest.mark.parametrize("line", WRITERS)
def test_who_wrote_a_speech_down_stays_at_its_end(line: str) -> None:
    assert names_writer(line)
    speech = speech_of(*HEAD, B, "谢谢大家！", line)
    assert speech.removed == () and line in speech.text.split("\n")


@pytest.mark.parametrize(
    "line",
    [
        "整理：听雨",
        "整理：听雨文稿网",
        "文稿整理：灯下笔耕社",
        "整理：小编",
        "整理：文库",
        "整理：渠首讲坛编辑部",
    ],
)
def test_a_vendor_who_arranged_a_text_is_no_such_person(line: str) -> None:
    assert not names_writer(line)
    assert speech_of(*HEAD, B, "谢谢大家！", line).removed == (line,)


def test_proofs_among_a_pages_credits_go_with_them() -> None:
    credits = ("来源：渠水网", "编辑：方川", "校对：罗小满")
    assert speech_of(*HEAD, B, "谢谢大家！", *credits).removed == credits
