"""What a mail sets around a speech is told and is no part of it; a speech's own lines are no mail's."""

from __future__ import annotations

from datetime import date

import pytest

from jianggao.parsing.mail_heads import mail_rows
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.read_sources import parse_source
from jianggao.sources.source_text import SourceText

TITLE, NAME, DAY = "在全县看渠人座谈会上的讲话", "方大川", "（2024年3月6日）"
FIRST = "修渠的人还在，看渠的人也在，渠水就不会断。我把去年的账从头到尾看了三遍，有几笔要当面说清楚。"
LAST = "账要贴在墙上，不要锁在抽屉里，谁家出了工，谁家收了钱，一笔一笔写清楚。"
SPEECH = f"{TITLE}\n\n{NAME}\n\n{DAY}\n\n各位看渠人：\n\n{FIRST}\n\n{LAST}\n\n谢谢大家。\n"
HEADS = (
    "发件人：陈小禾 <chen@qushui.example>\n收件人：杜科长 <du@qushui.example>\n抄　送：办公室\n"
    "发送时间：2024年3月5日（星期二）16:20\n主　题：请审：看渠会讲话\n附　件：讲话2.docx（18KB）",
    "主题：看渠会讲话\n发件人：陈小禾\n时间：2024-03-05 16:20",
    "From: Chen <chen@qushui.example>\nSent: Tuesday, March 5, 2024 4:20 PM\nTo: Du <du@qushui.example>\n"
    "Subject: FW: 看渠会讲话",
    "**寄件人:** 陈小禾\n**收件人:** 杜科长;\n张站长 <zhang@qushui.example>\n**日期:** 2024/3/5",
    "---------- 转发邮件 ----------\n发件人: 陈小禾\n主题: 看渠会讲话",
    "-----Original Message-----\nFrom: Chen\nTo: Du\nSubject: draft",
    "在 2024年3月5日，陈小禾 <chen@qushui.example> 写道：",
)
LETTER = "杜科长：\n\n您好！第一段的数字改过了，正文贴在下面，请审。\n\n小禾"


def speech(text: str) -> ParsedSpeech:
    parts = parse_source(SourceText("mail.txt", text, "utf-8"), date(2026, 3, 18))
    assert len(parts) == 1 and isinstance(parts[0].parsed, ParsedSpeech)
    return parts[0].parsed


@pytest.mark.parametrize("letter", ["", LETTER, f"{LETTER}\n\n--------------------"])
@pytest.mark.parametrize("head", HEADS)
def test_a_mails_head_and_letter_are_no_part_of_the_speech(head: str, letter: str) -> None:
    found = speech(f"{head}\n\n{letter}\n\n{SPEECH}")
    assert (found.title, found.salutation, found.date) == (TITLE, "各位看渠人：", date(2024, 3, 6))
    assert found.occasion == f"{NAME}\n{DAY}"
    told = dict(zip(found.removed, found.removed_because, strict=True))
    assert {told[line] for line in head.split("\n")} == {"邮件头"}
    assert {told[line] for line in letter.split("\n")[:5] if line} <= {"邮件附言"}


def test_a_letter_above_a_quoted_mail() -> None:
    found = speech(f"杜科长，稿子改好了，请看。\n\n小禾\n\n{HEADS[4]}\n\n{SPEECH}")
    assert found.title == TITLE
    assert found.removed_because.count("邮件附言") == 2


def test_a_letter_above_a_speech_that_calls_on_nobody() -> None:
    found = speech(f"{HEADS[0]}\n\n杜科长，您好：附上讲话稿，请审。\n\n{TITLE}\n\n{FIRST}\n\n{LAST}\n")
    assert (found.title, found.removed_because[-1]) == (TITLE, "邮件附言")


@pytest.mark.parametrize("theme", ["让水走到最远的地头", "守一渠水，暖一方人", "水到渠成"])
def test_a_theme_below_a_letter_stays_the_title(theme: str) -> None:
    found = speech(f"{HEADS[0]}\n\n{LETTER}\n\n{theme}\n\n——{SPEECH}")
    assert found.title == theme
    assert f"——{TITLE}" in found.occasion


def test_the_subject_serves_where_nothing_else_is_a_title() -> None:
    found = speech(f"{HEADS[1]}\n\n各位看渠人：\n\n{FIRST}\n\n{LAST}\n")
    assert found.title == "看渠会讲话"
    assert "发件人：陈小禾" in found.removed


def test_the_senders_block_is_in_doubt_and_his_telephones_line_goes() -> None:
    block = ("陈小禾", "县水利局办公室", "电话：0000-1234567", "【保密提示】本邮件仅供收件人使用。")
    found = speech(f"{HEADS[0]}\n\n{SPEECH}\n----------\n" + "\n".join(block) + "\n\n发自我的iPhone\n")
    assert {*block} <= {*found.doubtful, *found.removed}
    assert "陈小禾" in found.doubtful
    assert "发自我的iPhone" in found.removed


@pytest.mark.parametrize(
    "line", ["发自我的 iPhone", "发自我的华为手机", "发自我的企业邮箱", "Sent from my iPad"]
)
def test_what_a_telephone_adds_goes_from_any_text(line: str) -> None:
    assert line in speech(f"{SPEECH}\n{line}\n").removed


@pytest.mark.parametrize(
    "lines",
    [
        "主题：看渠\n时间：2024年3月6日\n地点：县礼堂\n主讲人：方大川",
        "时间：2024年3月6日\n附件：名单\n抄送：各乡镇",
        "发件人是谁，收件人是谁，都要写清楚。\n主题：看渠",
        "在 2024年3月5日，我给大家写道：",
        "发自我的内心",
        "发自我的肺腑之言",
    ],
)
def test_a_speechs_own_lines_make_no_mail(lines: str) -> None:
    assert not mail_rows(lines.split("\n")).removed
    assert not mail_rows(f"{SPEECH}\n{lines}".split("\n")).removed


def test_a_long_text_above_a_quoted_mail_is_no_letter() -> None:
    found = parse_source(
        SourceText("a.txt", f"各位看渠人，请听：\n\n{FIRST * 8}\n\n{HEADS[4]}\n\n{SPEECH}", "utf-8"),
        date(2026, 3, 18),
    )
    assert any(FIRST * 8 in part.text for part in found)


@pytest.mark.parametrize(
    "told",
    [
        "发件人：要写真名，不写网名。\n收件人：要一个一个写，不要群发。\n附件：要先杀毒。",
        "To：未来的你\nFrom：今天的我\n时间：十年以后",
        "发件人：东坡小学\n收件人：县长 <xian@qushui.example>\n时间：2024年3月1日",
        "-----原始邮件-----\n发件人：东坡小学\n主题：一口井",
    ],
)
@pytest.mark.parametrize(
    "above", [f"{TITLE}\n\n{DAY}\n\n各位看渠人：", "各位看渠人：", f"各位看渠人：\n\n{FIRST}"]
)
def test_a_mail_that_a_speaker_tells_of_is_his(above: str, told: str) -> None:
    assert not mail_rows(f"{above}\n\n{told}\n\n{LAST}\n".split("\n")).removed


@pytest.mark.parametrize(
    "labels",
    [
        "主题：水\n发件人：我自己\n收件人：二十年后的我自己",
        "发件人：写上你的名字。\n收件人：写上他的名字。\n时间：2024年3月6日",
    ],
)
def test_labels_without_an_address_or_a_date_and_sentences_are_no_head(labels: str) -> None:
    assert not mail_rows(f"{labels}\n\n{SPEECH}".split("\n")).removed


@pytest.mark.parametrize(
    "between",
    [
        "水从山上来\n\n乡亲们：\n\n村里通水了，我请大家记住三个人，也请看看讲稿。\n\n谢谢大家！",
        "编者按：这篇讲话稿是看渠人自己写的，请读者留意后半段。",
        FIRST,
    ],
)
def test_what_is_no_letter_stays(between: str) -> None:
    parts = parse_source(
        SourceText("a.txt", f"{HEADS[0]}\n\n{between}\n\n{SPEECH}", "utf-8"), date(2026, 3, 18)
    )
    text = "".join(part.parsed.text for part in parts if isinstance(part.parsed, ParsedSpeech))
    assert all(line in text for line in between.split("\n"))


def test_a_title_that_the_body_cites_takes_no_subject_away() -> None:
    cited = f"{FIRST}\n\n{TITLE}\n\n这是去年那篇的题目。\n\n{LAST}"
    found = speech(f"{HEADS[0]}\n\n各位看渠人：\n\n{cited}\n")
    assert found.title == "请审：看渠会讲话" and TITLE in found.text


def test_a_mail_that_quotes_the_whole_text_has_it_without_its_marks() -> None:
    quoted = "\n".join(f"> {line}" if line else ">" for line in SPEECH.split("\n"))
    found = speech(f"{HEADS[6]}\n\n{quoted}\n")
    assert (found.title, found.salutation) == (TITLE, "各位看渠人：") and ">" not in found.text


def test_the_speakers_own_name_under_his_speech_is_no_senders_block() -> None:
    found = speech(
        f"{HEADS[1]}\n\n{TITLE}\n\n陈小禾\n\n各位看渠人：\n\n{FIRST}\n\n{LAST}\n\n陈小禾\n2024年3月6日\n"
    )
    assert found.doubtful == () and found.speaker == "陈小禾"


def test_what_a_colon_announces_stays() -> None:
    found = speech(f"{SPEECH}\n那条短信的末尾写着：\n发自我的 iPhone\n")
    assert found.text.endswith("发自我的 iPhone\n")


@pytest.mark.parametrize("between", ["", "请审阅。\n\n", "杜科长，转发一篇讲话稿，请看。\n\n"])
def test_a_mail_that_was_forwarded_again_has_several_heads(between: str) -> None:
    found = speech(f"{HEADS[0]}\n\n{between}{HEADS[4]}\n\n{SPEECH}")
    assert (found.title, found.date) == (TITLE, date(2024, 3, 6))
    assert found.removed_because.count("邮件头") == len(f"{HEADS[0]}\n{HEADS[4]}".split("\n"))
    assert found.occasion == f"{NAME}\n{DAY}"


@pytest.mark.parametrize("written", ["Subject: Fw: 看渠会讲话", "主题：转发：回复：看渠会讲话"])
def test_a_subject_that_is_the_title_has_no_mark_of_forwarding(written: str) -> None:
    head = f"发件人：陈小禾 <chen@qushui.example>\n收件人：杜科长\n{written}"
    assert speech(f"{head}\n\n各位看渠人：\n\n{FIRST}\n\n{LAST}\n").title == "看渠会讲话"


@pytest.mark.parametrize(
    "said",
    [
        "乡亲，你的信我收到了，信里附上的照片我看了三遍。",
        "请审视这条渠，也请审视我们自己。",
        "这封邮件请大家帮我看一看，附件里有多少破绽。",
    ],
)
def test_what_a_speaker_says_first_is_no_letter(said: str) -> None:
    found = parse_source(
        SourceText("a.txt", f"{HEADS[0]}\n\n{said}\n\n——{SPEECH}", "utf-8"), date(2026, 3, 18)
    )
    assert any(said in part.parsed.text for part in found if isinstance(part.parsed, ParsedSpeech))


def test_labels_with_a_day_alone_are_an_epigraph() -> None:
    epigraph = "发件人：十年前的我\n收件人：今天的我\n主题：水\n时间：2015年3月1日"
    assert not mail_rows(f"{epigraph}\n\n{SPEECH}".split("\n")).removed
