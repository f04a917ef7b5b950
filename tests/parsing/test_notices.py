"""Notices and advertisements told apart from the words of a speech."""

from __future__ import annotations

import pytest
from edge_lines import NOTICES, SENTENCES
from more_edge_lines import MORE_NOTICES, MORE_SENTENCES
from parsed_texts import HEAD, TITLE, A, B, parsed, speech_of

from jianggao.parsing.notices import (
    LineKind,
    is_notice,
    is_notice_inside,
    is_vendor_line,
    line_kind,
)
from jianggao.parsing.vendor_words import is_address, may_be_vendors_name

ALL_SENTENCES = (*SENTENCES, *MORE_SENTENCES)


@pytest.mark.parametrize("sentence", ALL_SENTENCES)
def test_no_sentence_of_a_speech_is_removed_or_doubted(sentence: str) -> None:
    for lines in (
        (TITLE, "同志们：", A, B, sentence),
        (TITLE, A, B, sentence),
        (TITLE, "同志们：", sentence, A, B),
        (TITLE, sentence, A, B),
        (TITLE, "同志们：", A, sentence, B),
    ):
        speech = speech_of(*lines)
        assert (speech.removed, speech.doubtful) == ((), ())
        assert sentence in speech.text.replace("\n", "")
        assert speech.title == TITLE


@pytest.mark.parametrize("sentence", ALL_SENTENCES)
def test_a_sentence_without_its_full_stop_stays(sentence: str) -> None:
    bare = sentence.rstrip("。！")
    assert speech_of(TITLE, "同志们：", A, B, bare).removed == ()


@pytest.mark.parametrize(
    ("notices", "least"), [(NOTICES, 57), (MORE_NOTICES, len(MORE_NOTICES) * 19 // 20)], ids=["60", "more"]
)
@pytest.mark.parametrize(
    "lines",
    [
        (TITLE, "同志们：", A, B, "{}"),
        (TITLE, A, B, "{}"),
        ("{}", TITLE, "同志们：", A, B),
        (TITLE, "{}", "同志们：", A, B),
        (TITLE, "{}", A, B),
    ],
    ids=["last", "last, no salutation", "first", "below the title", "below the title, no salutation"],
)
def test_notices_at_the_edges_are_removed(
    notices: tuple[str, ...], least: int, lines: tuple[str, ...]
) -> None:
    missed = [
        notice
        for notice in notices
        if speech_of(*(line.replace("{}", notice) for line in lines)).removed != (notice,)
    ]
    assert len(notices) - len(missed) >= least, missed


@pytest.mark.parametrize(
    "line",
    [
        "读者微信群：",
        "咨询QQ100200300",
        "听雨文稿 100200300",
        "仅供学习参考",
        "未经许可 不得转载",
        "现在订阅即享全年资料",
        "年费会员专享",
        "举报倒卖赠送会员",
        "听雨文稿整理",
        "听雨工作室独家整理，欢迎指正",
    ],
)
def test_notices(line: str) -> None:
    assert is_notice(line)
    assert not is_notice(line + "。" + "渠" * 90)


@pytest.mark.parametrize(
    "line", ["县文联整理：在渠边的讲话", "渠里投了1002003元", "修渠要学老渠长", "微信群里没人应"]
)
def test_what_is_no_notice(line: str) -> None:
    assert not is_notice(line)


def test_a_statement_of_rights_may_be_long_and_a_paragraph_is_none() -> None:
    statement = (
        "版权声明：" + "本号所发文章均注明出处，内容和图片的版权归原作者所有，" * 5 + "如有侵权请联系删除。"
    )
    assert is_notice(statement)
    assert not is_notice("我们要尊重版权。" + statement.replace("版权声明：", ""))
    assert not is_notice(statement * 3)


@pytest.mark.parametrize(
    "line",
    [
        "https://www.example.com/" + "a1/" * 1_000,
        "www.example.com/index.html",
        "原文链接：https://www.example.com/?id=1",
        "网址： http://a.example.com http://b.example.com",
    ],
)
def test_a_line_that_is_only_an_address(line: str) -> None:
    assert is_address(line)
    assert speech_of(TITLE, "同志们：", A, B, line).removed == (" ".join(line.split()),)
    assert not is_address(line + " 上有全文")


def test_an_address_in_a_line_may_be_of_any_length() -> None:
    address = "https://www.example.com/" + "a1/" * 1_000
    assert is_notice("更多讲话稿请访问 " + address)
    assert is_notice("网盘链接：" + address + " 提取码：x7y8")
    assert not is_notice("我们把账本放在 " + address + " 上，谁都可以看。")


def test_lines_of_a_trade_are_no_sentences_and_no_titles() -> None:
    assert is_vendor_line("订户请私信索取目录")
    assert not is_vendor_line("订户请私信索取目录。")
    assert not is_vendor_line("读者要知道三点：")
    assert not is_vendor_line("在图书馆读者座谈会上的讲话")
    assert not is_vendor_line("渠修好了")


@pytest.mark.parametrize(
    "line", ["听雨文稿公众号：tingyu2020", "听雨文稿整理，咨询微信：100200300。", "仅供学习 禁止外传"]
)
def test_notices_inside_are_beyond_doubt(line: str) -> None:
    assert is_notice_inside(line, ())


@pytest.mark.parametrize(
    "line",
    [
        "便民电话：12345，有事请打。",
        "严禁倒卖化肥",
        "听雨文稿",
        "加微信的人多，办事的人少。群里说得好。不如渠边走一走。",
        "仅供学习 禁止外传" + "渠" * 60,
        "1. 订稿：QQ 100200300",
        "值班电话：13900001234",
        "农机站 nongji.example.com 查农具",
    ],
)
def test_what_stays_inside(line: str) -> None:
    assert not is_notice_inside(line, ())
    assert is_notice_inside(line, {line})


def test_a_notice_that_comes_again_between_paragraphs_goes() -> None:
    speech = parsed("\n".join([TITLE, "同志们：", A, "欢迎订阅", B, "欢迎订阅", A]))
    assert speech.removed == ("欢迎订阅", "欢迎订阅")
    assert speech_of(TITLE, "同志们：", A, "欢迎订阅", B).removed == ()


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("更多讲话稿，尽在听雨。", LineKind.DOUBTFUL),
        ("听雨笔记", LineKind.DOUBTFUL),
        ("谢谢大家！", LineKind.TEXT),
        ("以上发言，不妥之处请批评指正。", LineKind.TEXT),
        ("听雨文稿整理", LineKind.NOTICE),
    ],
)
def test_three_kinds(line: str, kind: LineKind) -> None:
    assert line_kind(line) is kind


def test_names_of_vendors() -> None:
    assert may_be_vendors_name("听雨文稿坊")
    assert not may_be_vendors_name("方大川")


@pytest.mark.parametrize(
    "line",
    [
        "温馨提示：本资料为Word格式，下载后可自行修改打印，请放心使用。",
        "（本范文下载后即可编辑套用，感谢您的下载！）",
        "点击下载本文档",
        "下载本文",
        "【我要纠错】 【责任编辑:周文】",
        "推荐阅读：渠边的讲话（精选5篇）",
        "全文共2380字，预计阅读时间约6分钟",
        "获取更多材料，请扫码添加客服企业微信",
        "码字不易，觉得有用就打赏一下，您的支持是我更新的动力。",
    ],
)
def test_what_sites_and_shops_write_behind_a_text_goes(line: str) -> None:
    assert speech_of(*HEAD, B, line).removed == (line,)


@pytest.mark.parametrize("line", ["写材料，找听雨库", "喜欢的朋友把我的小店收藏起来，下次好找。"])
def test_slogans_of_shops_are_doubtful(line: str) -> None:
    assert line_kind(line) is LineKind.DOUBTFUL
    assert speech_of(*HEAD, B, line).doubtful == (line,)


@pytest.mark.parametrize(
    "line",
    [
        "本报告里没有核实的数，我已用铅笔圈出，请勿外传。",
        "你们的支持是我前进的动力。",
        "表格下载后要一项一项填，填好了再交到村里来。",
        "推荐阅读：《渠水集》",
        "附件：1.会议资料审批表",
        "遇到难处，找支部",
    ],
)
def test_what_a_speaker_says_of_papers_stays(line: str) -> None:
    speech = speech_of(*HEAD, B, line)
    assert (speech.removed, speech.doubtful) == ((), ())


def test_lines_of_the_front_are_never_doubtful() -> None:
    front = ("（根据录音整理，未经本人审阅）", "2024年3月2日", "县委书记　罗小满", "柳湾县委办公室")
    assert speech_of(TITLE, *front, "同志们：", A, B).doubtful == ()
