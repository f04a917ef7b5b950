"""A title and its subtitle in one line: which dashes part them, and which belong to the title."""

from __future__ import annotations

from pathlib import Path

import pytest
from parsed_texts import TODAY, A, B

from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse
from jianggao.parsing.title_subtitles import subtitle_start, title_styles
from jianggao.sources.files import SourceText, read_source

OF_SPEECHES = (
    "在柳湾村路灯管护推进会上的讲话",
    "在松坪镇春灌现场会上的发言",
    "在渔港灯塔修缮启动仪式上的致辞",
    "在全县青年宣讲比赛上的演讲",
    "在松坪镇第三届人民代表大会上的报告",
    "于柳湾渡口停航之日的致辞",
    "关于松坪镇路灯管护情况的报告",
    "柳湾村支书罗小满同志在春灌会上的发言",
    "二〇二五届毕业典礼上的致辞",
    "在路灯管護推進會上的講話",
)
OF_WRITINGS = (
    "写在渡口停航之日",
    "记柳湾村支书罗小满",
    "致全体毕业生",
    "致老灯塔工的一封信",
    "从一把钥匙说起",
    "献给守塔的人",
    "与新任村干部谈心",
    "水利专题党课讲稿",
)
DASHES = ("——", "—", "－－", "--", " -- ", "──", "――", "–", "⸺", "－", " - ", "~~")


@pytest.mark.parametrize("subtitle", OF_SPEECHES)
@pytest.mark.parametrize("dash", DASHES)
def test_any_dash_parts_a_title_from_the_subtitle_of_a_speech(subtitle: str, dash: str) -> None:
    assert subtitle_start(f"让路灯亮到村口{dash}{subtitle}") == 7


@pytest.mark.parametrize("subtitle", ["关于村级账目公开的几点思考", "全县水利工作会议讲话"])
def test_a_subtitle_that_may_be_part_of_a_title_needs_more_than_a_hyphen(subtitle: str) -> None:
    assert (
        subtitle_start(f"让路灯亮到村口－－{subtitle}") == subtitle_start(f"让路灯亮到村口—{subtitle}") == 7
    )
    assert subtitle_start(f"让路灯亮到村口-{subtitle}") == 0


@pytest.mark.parametrize("subtitle", OF_WRITINGS)
def test_a_long_dash_parts_a_title_from_what_a_text_was_written_for(subtitle: str) -> None:
    assert subtitle_start(f"让路灯亮到村口——{subtitle}") == 7
    assert subtitle_start(f"让路灯亮到村口-{subtitle}") == 0


@pytest.mark.parametrize(
    "line",
    [
        "2019——2025年工作报告",
        "关于2019—2025年在职培训工作的报告",
        "3-5月在渠边的讲话",
        "松坪——我们的家",
        "路灯——在变，也不变",
        "松坪——在希望的田野上",
        "柳湾——记忆里的渡口",
        "渡口——致富路上的第一站",
        "柳湾——在线的村庄",
        "学习《山河——在路上的报告》有感",
        "——在路灯管护推进会上的讲话",
        "A——在路灯管护推进会上的讲话",
        "让路灯亮到村口",
        "让路灯亮到村口——",
        "我去过柳湾——在推进会上的讲话我听了。",
        "",
    ],
)
def test_other_dashes_part_nothing(line: str) -> None:
    assert subtitle_start(line) == 0


def test_a_numeral_typed_for_a_dash() -> None:
    assert subtitle_start("让路灯亮到村口一一在路灯管护推进会上的讲话") == 7
    assert subtitle_start("账目一一在册") == 0


def test_a_style_goes_with_the_title() -> None:
    styled = {"让路灯亮到村口——在推进会上的讲话": 1, "看清路": 2}
    assert title_styles(styled) == {"让路灯亮到村口": 1, "看清路": 2}


def _speech(folder: Path, content: str, name: str) -> ParsedSpeech:
    (folder / name).write_text(content, "utf-8")
    (source,) = read_source(folder / name)
    assert isinstance(source, SourceText)
    speech = parse(source.text, name, TODAY, source.headings)
    assert isinstance(speech, ParsedSpeech)
    return speech


LINE = "让路灯亮到村口——在柳湾村路灯管护推进会上的讲话"
SOURCES = {
    "讲话.txt": f"{LINE}\n同志们：\n{A}\n{B}\n",
    "dated.txt": f"{LINE}（2025年4月2日）\n同志们：\n{A}\n{B}\n",
    "labelled.txt": f"标题：{LINE}\n作者：方大川\n同志们：\n{A}\n{B}\n",
    "notice.txt": f"内部资料 请勿外传\n{LINE}\n同志们：\n{A}\n{B}\n",
    "vendor.txt": f"内部资料 请勿外传\n听雨文稿\n{LINE}\n同志们：\n{A}\n{B}\n",
    "no call.txt": f"{LINE}\n{A}\n{B}\n",
    "讲话.md": f"# {LINE}\n\n同志们：\n\n{A}\n\n## 看清路\n\n{B}\n",
    "styled.md": f"## {LINE}\n\n{A}\n\n## 看清路\n\n{B}\n\n## 迈开步\n\n{A}\n",
    "front matter.md": f'---\ntitle: "{LINE}"\nauthor: 方大川\n---\n\n同志们：\n\n{A}\n\n{B}\n',
    "讲话.html": f"<html><body><h1>{LINE}</h1><p>同志们：</p><p>{A}</p><p>{B}</p></body></html>",
}


@pytest.mark.parametrize("name", SOURCES)
def test_the_subtitle_stands_in_the_occasion_whatever_the_source(name: str, tmp_path: Path) -> None:
    speech = _speech(tmp_path, SOURCES[name], name)
    assert speech.title == "让路灯亮到村口"
    assert "——在柳湾村路灯管护推进会上的讲话" in speech.occasion
    body = "\n".join(speech.body(section) for section in speech.sections)
    assert A in body and B in body
    assert "让路灯亮到村口\n——在柳湾村路灯管护推进会上的讲话" in speech.text
