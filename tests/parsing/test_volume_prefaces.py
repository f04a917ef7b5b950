"""Prefaces and afterwords of a volume are texts of their own: none is removed, and none takes a speech in."""

from __future__ import annotations

from datetime import date

import pytest
from volume_texts import DROUGHT, FLOOD, MARKET

from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.volume_prefaces import frame_heading, is_afterword, is_own_prose, is_preface
from jianggao.parsing.volumes import parse_volume

TODAY = date(2026, 3, 18)
SAYS = "稿子散在六个抽屉里，找齐它们花了一个冬天。"
FIRST = f"在清渠会上的讲话\n（2024年6月2日）\n同志们：\n{FLOOD}\n谢谢大家。"
SECOND = f"在分水会上的讲话\n（2024年8月9日）\n同志们：\n{DROUGHT}\n谢谢大家。"
TITLES = ["在清渠会上的讲话", "在分水会上的讲话"]


def speeches_of(text: str, name: str = "选编.txt") -> list[ParsedSpeech]:
    parts = [part.parsed for part in parse_volume(text, name, TODAY)]
    assert all(isinstance(part, ParsedSpeech) for part in parts), parts
    return [part for part in parts if isinstance(part, ParsedSpeech)]


PREFACES = (
    "前言",
    "前　言",
    "序",
    "自 序",
    "代序：抽屉里的人",
    "序——写在抽屉旁边",
    "抽屉里的人（代序）",
    "编 印 说 明",
    "出版说明",
    "编者的话",
    "导读",
    "写在前面",
)


@pytest.mark.parametrize("heading", PREFACES)
def test_a_preface_is_a_text_of_its_own(heading: str) -> None:
    for signed in ("", "\n小满\n2024年12月"):
        preface, *speeches = speeches_of(
            f"石门镇讲话选编\n\n{heading}\n\n{SAYS}{signed}\n\n{FIRST}\n\n{SECOND}"
        )
        assert preface.title == frame_heading(heading) and SAYS in preface.text
        assert preface.text.rstrip().endswith(signed.split("\n")[-1] or SAYS)
        assert [each.title for each in speeches] == TITLES
        assert preface.removed == ("石门镇讲话选编",)
        for section in preface.sections:
            assert preface.body(section) and "石门镇" not in preface.body(section)


def test_a_preface_at_the_head_of_the_file() -> None:
    preface, *speeches = speeches_of(f"代序：抽屉里的人\n{SAYS}\n小满\n2024年12月\n\n{FIRST}\n\n{SECOND}")
    assert preface.title == "代序：抽屉里的人" and [each.title for each in speeches] == TITLES


def test_a_single_speech_behind_a_books_preface() -> None:
    for head in ("代序：抽屉里的人", "石门镇讲话选编\n前 言"):
        preface, speech = speeches_of(f"{head}\n{SAYS}\n\n{FIRST}")
        assert SAYS in preface.text and (speech.title, speech.date) == (TITLES[0], date(2024, 6, 2))


def test_two_prefaces() -> None:
    found = speeches_of(f"石门镇讲话选编\n出版说明\n{SAYS}\n前言\n{MARKET}\n\n{FIRST}\n\n{SECOND}")
    assert [each.title for each in found] == ["出版说明", "前言", *TITLES]


@pytest.mark.parametrize("heading", ["后记", "后　记", "跋", "编 后 语", "后记：下雪天", "写在后面"])
def test_an_afterword_is_a_text_of_its_own(heading: str) -> None:
    *speeches, afterword = speeches_of(f"石门镇讲话选编\n\n{FIRST}\n\n{SECOND}\n\n{heading}\n\n{SAYS}\n")
    assert [each.title for each in speeches] == TITLES
    assert afterword.title == frame_heading(heading) and SAYS in afterword.text
    assert SAYS not in speeches[-1].text


def test_frames_that_stand_in_the_contents() -> None:
    contents = f"石门镇讲话选编\n目录\n前言\n{TITLES[0]}\n{TITLES[1]}\n后记"
    found = speeches_of(f"{contents}\n\n前言\n{SAYS}\n\n{FIRST}\n\n{SECOND}\n\n后记\n{SAYS}")
    assert [each.title for each in found] == ["前言", *TITLES, "后记"]
    assert found[0].removed == tuple(contents.split("\n"))


def test_sentences_below_the_volumes_title_are_kept() -> None:
    for note in (SAYS, MARKET):
        first, *speeches = speeches_of(f"石门镇讲话选编\n{note}\n\n{FIRST}\n\n{SECOND}")
        assert first.title == "石门镇讲话选编" and note in first.text and first.removed == ()
        assert [each.title for each in speeches] == TITLES
    (speech, _) = speeches_of(f"石门镇讲话选编\n下面两篇供各渠长参考。\n\n{FIRST}\n\n{SECOND}")
    assert speech.removed == ("石门镇讲话选编", "下面两篇供各渠长参考。")


def test_a_preface_of_a_single_text_is_a_part_of_it() -> None:
    for text in (
        f"石门村史\n前言\n{FLOOD}\n一、修渠\n{DROUGHT}\n二、开市\n{MARKET}\n",
        f"政府工作报告\n前言\n各位代表：\n{FLOOD}\n后记\n{DROUGHT}\n",
        f"导读\n{SAYS}\n{FIRST}",
    ):
        assert len(speeches_of(text)) == 1


def test_what_heads_a_frame() -> None:
    assert is_preface("前 言") and not is_preface("前言不搭后语") and not is_preface("说明：渠修好了。")
    assert is_afterword("编后记") and not is_afterword("后记者来了")
    assert is_own_prose(SAYS) and not is_own_prose("（2025年3月18日，根据录音整理）")


HEAD = "清渠动员会讲话范文（精选3篇）"
OFFER = "来源：公文写作网 作者：笔耕\n小编为大家整理了清渠动员会讲话范文，仅供参考，大家一起来看看吧。\n"
ROWS = {
    "numbers before": ("篇1：", "篇2：", "篇3："),
    "parts": ("第一篇：", "第二篇：", "第三篇："),
    "in brackets": ("【篇一】", "【篇二】", "【篇三】"),
}
NAMES = ("在清渠动员会上的讲话", "开工前的动员", "在清渠总结会上的讲话")
BODIES = (FLOOD, DROUGHT, MARKET)


def sample(titles: list[str], offer: str = "") -> str:
    speeches = "\n\n".join(
        f"{title}\n同志们：\n{body}\n谢谢大家！" for title, body in zip(titles, BODIES, strict=True)
    )
    return f"{HEAD}\n{offer}\n{speeches}\n"


@pytest.mark.parametrize("offer", ["", "作者：笔耕\n", OFFER])
@pytest.mark.parametrize("row", ROWS)
def test_the_first_sample_has_a_title_of_its_own(row: str, offer: str) -> None:
    found = speeches_of(sample([label + name for label, name in zip(ROWS[row], NAMES, strict=True)], offer))
    assert [each.title for each in found] == [*NAMES]
    assert found[0].removed[0] == HEAD and found[0].salutation == "同志们："


def test_the_first_of_numbered_samples() -> None:
    titles = [f"清渠动员会讲话范文{number}" for number in "一二三"]
    found = speeches_of(sample(titles, OFFER.replace("作者：笔耕", "时间：2024-05-06 08:00 下载本文")))
    assert [each.title for each in found] == titles
    assert [each.date for each in found] == [None] * 3


@pytest.mark.parametrize("name", [HEAD, "清渠动员会讲话范文", "清渠动员会讲话稿"])
def test_the_files_own_name_at_its_end_is_furniture(name: str) -> None:
    text = sample([label + name for label, name in zip(ROWS["parts"], NAMES, strict=True)])
    found = speeches_of(f"{text}\n{name}.docx\n点击下载文档\n", "清渠动员会讲话稿.txt")
    assert f"{name}.docx" in found[0].removed and ".docx" not in found[-1].text
    kept = speeches_of(f"{text}\n渠段分工表.docx\n", "清渠动员会讲话稿.txt")
    assert "渠段分工表.docx" in kept[-1].text
