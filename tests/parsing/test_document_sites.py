"""What sites that sell documents put around a text, and lines of speeches with the same words."""

from __future__ import annotations

from datetime import date

import pytest
from parsed_texts import TITLE, A, B, speech_of

from jianggao.parsing.document_sites import is_document_label, is_document_sites_line
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse
from jianggao.parsing.web_furniture import Furniture, furniture

LABELS = (
    "上传者：渠边的灯",
    "上传用户: qubian88",
    "上传时间：2023-11-02 08:15",
    "文档上传日期：2023年11月2日",
    "文档编号：QB-20231102-07",
    "资料ID：88231",
    "文档页数：12页",
    "文件大小：36.5 KB",
    "大小：1.2MB",
    "文档格式：docx",
    "格式：.doc、pdf",
    "下载所需积分：15",
    "所需金币：3个金币",
    "下载次数：207次",
    "下载积分：免费",
    "下载积分：8分",
    "解压密码：qb88",
    "解压密码：www.qubian.example.com",
    "群文件下载密码：7788",
    "提取码: x7k2",
    "售价：¥ 6.50",
    "原价：￥12.00 现价：￥6.00",
    "价格：5下载券",
)
NOTES = (
    "剩余65%未读，继续阅读",
    "还剩4页未读",
    "还剩 2 页未读，点击展开全文",
    "本文档共8页，预览结束",
    "免费预览已结束，下载后查看全文",
    "当前文档最多预览三页",
    "该文档仅支持预览前2页",
    "下载此文档需要6积分",
    "查看全文需消耗2金币",
    "点击购买→",
    "本资料共4页",
    "VIP文档",
    "付费文档 5.5元",
    "立即下载文档 >>",
    "购买须知：电子资料售出后不退不换",
)
BUTTONS = (
    "文档评论",
    "我要评论",
    "用户评价",
    "【网友评论】",
    "TOP",
    "立即购买",
    "下载文档",
)
TEXT = (
    "上传人：各村会计",
    "上传时间：每月五日以前",
    "上传者要负责，传错的自己改。",
    "文档编号：谁写谁编",
    "文档编号由档案室统一编，不许跳号。",
    "大小：碗口粗的一律留下",
    "格式：一律用大字",
    "售价：每斤两块五",
    "售价：¥99",
    "原价收，平价卖",
    "价格：随行就市，不许压级",
    "所需积分：做一件好事记两分",
    "下载次数不算数，用起来才算数",
    "还剩三页没有读，明晚接着读",
    "还剩4页未读的同志，今晚读完",
    "预览结束",
    "密码：一个字也不许外传",
    "解压密码：谁设的谁记",
    "本资料共印四百册，一户一册",
    "免费文档案盒",
    "剩余的地先不动",
    "点击购买，不如到田头买",
    "购买→装车→过磅",
    "购买须知：老人买药，先问一问价",
    "下载文件需要先登记",
    "用户评价不高的，要上门去问",
)


@pytest.mark.parametrize("line", LABELS)
def test_labels(line: str) -> None:
    assert is_document_label(line)
    assert furniture(line) is Furniture.CREDIT


@pytest.mark.parametrize("line", NOTES)
def test_notes_at_the_end_of_a_preview(line: str) -> None:
    assert is_document_sites_line(line)
    assert furniture(line) is Furniture.SURE


@pytest.mark.parametrize("line", (*LABELS, *NOTES, *BUTTONS))
def test_they_go_from_the_foot(line: str) -> None:
    speech = speech_of(TITLE, "同志们：", A, B, line)
    assert line in speech.removed
    assert speech.text.rstrip().endswith(B)


@pytest.mark.parametrize("line", [line for line in (*LABELS, *NOTES) if "2023" not in line or "编号" in line])
def test_they_go_from_above_and_below_the_title(line: str) -> None:
    assert line in speech_of(line, TITLE, "同志们：", A, B).removed
    assert line in speech_of(TITLE, line, "同志们：", A, B).removed


@pytest.mark.parametrize("line", TEXT)
def test_lines_of_a_speech_stay(line: str) -> None:
    assert furniture(line) is Furniture.NONE
    for lines in (
        (TITLE, "同志们：", A, B, line),
        (TITLE, "同志们：", A, line, B),
        (TITLE, "同志们：", line, A, B),
    ):
        assert line in speech_of(*lines).text


def test_a_block_of_labels_goes_as_a_whole() -> None:
    block = (
        "文档编号：QB-07",
        "上传者：渠边的灯",
        "文档页数：5页",
        "下载所需积分：3",
        "立即下载",
        "热门文档",
    )
    speech = speech_of(TITLE, "同志们：", A, B, *block, "县长在修渠大会上的讲话", "镇长在收粮大会上的讲话")
    assert set(block) <= set(speech.removed)
    assert speech.text.rstrip().endswith(B)


def test_a_label_takes_no_line_below_it_along() -> None:
    speech = speech_of(TITLE, "同志们：", A, B, "售价：¥ 6.50", "渠水村合作社 方大川")
    assert "渠水村合作社 方大川" in speech.text


@pytest.mark.parametrize(
    "line",
    [
        "上传人：渠边的灯 文档编号：3040506 上传时间：2023-04-05 格式：DOC 页数：5 大小：31.5KB",
        "文档贡献者：半亩塘 贡献于2022-03-04 浏览量：77 下载量：9",
        "更新时间：2023-04-05 阅读：77 下载：9 大小：24KB",
    ],
)
def test_a_row_of_labels_goes_and_its_date_is_not_that_of_the_speech(line: str) -> None:
    assert is_document_label(line)
    speech = parse(
        f"在渠首会上的讲话\n{line}\n同志们：\n{'渠水从山口下来，走了四十里。' * 6}\n",
        "a.txt",
        date(2026, 3, 18),
    )
    assert isinstance(speech, ParsedSpeech) and speech.removed == (line,) and speech.date is None


@pytest.mark.parametrize(
    "line", ["上传人：各村会计 审核人：镇会计", "格式：一式三份 页数：不限", "下载：三次"]
)
def test_a_form_of_the_speech_is_no_row_of_labels(line: str) -> None:
    assert not is_document_label(line)
