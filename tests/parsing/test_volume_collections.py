"""Collections that are told by their form: titles of one kind, each with who spoke, or when, below it."""

from __future__ import annotations

from datetime import date

import pytest
from volume_texts import BRIDGE, DROUGHT, FLOOD, FOREST, MARKET, SCHOOL

from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.volume_collections import common_date, is_collection_title, speaker_of
from jianggao.parsing.volumes import parse_volume
from jianggao.sources.markdown import read_markdown

TODAY = date(2026, 3, 18)


def speeches_of(text: str, *, markdown: bool = False) -> list[ParsedSpeech]:
    styled = None
    if markdown:
        marked = read_markdown(text)
        text, styled = marked.text, marked.headings
    parts = [part.parsed for part in parse_volume(text, "选登.md", TODAY, styled)]
    return [parsed for parsed in parts if isinstance(parsed, ParsedSpeech)]


COLLECTIONS = {
    "names below titles, parted by rules": (
        "# 渠水县护渠员座谈会发言摘登\n\n（2025年3月18日，按发言先后排列）\n\n---\n\n"
        f"## 水不问路\n\n东坡茶亭　方大川\n\n{FLOOD}\n\n---\n\n## 塘坝上的灯\n\n西岭水站　李小渠\n\n{DROUGHT}\n",
        [("水不问路", "方大川", "2025-03-18"), ("塘坝上的灯", "李小渠", "2025-03-18")],
    ),
    "names in brackets, without rules": (
        f"# 校门口的话三则\n\n## 门卫的钥匙\n\n（门卫 罗长贵）\n\n{SCHOOL}\n\n"
        f"## 食堂的灯\n\n（厨师 周阿翠）\n\n{MARKET}\n\n"
        f"## 桥头的伞\n\n（护学员 石开山）\n\n{BRIDGE}\n",
        [("门卫的钥匙", "罗长贵", None), ("食堂的灯", "周阿翠", None), ("桥头的伞", "石开山", None)],
    ),
    "subtitle, name and date": (
        f"# 让水记账\n\n——在护渠会上的发言\n\n方大川\n\n（2025年3月18日）\n\n{FLOOD}\n\n"
        f"# 让山记账\n\n——在护林会上的发言\n\n李小渠\n\n（2025年4月2日）\n\n{FOREST}\n",
        [("让水记账", "方大川", "2025-03-18"), ("让山记账", "李小渠", "2025-04-02")],
    ),
    "labels for who spoke and when": (
        f"# 渠边夜话\n## ——东坡讲堂实录（第二辑）\n\n### 水有水的脾气\n讲述人：方大川\n时间：2025年3月18日\n\n"
        f"{FLOOD}\n\n---\n\n"
        f"### 山有山的脾气\n讲述人：李小渠\n时间：2025年4月2日\n\n{FOREST}\n",
        [("水有水的脾气", "方大川", "2025-03-18"), ("山有山的脾气", "李小渠", "2025-04-02")],
    ),
    "an afterword beside the speeches": (
        f"# 石门镇致辞两篇\n\n## 桥下有月\n\n镇长　王长禾\n\n{BRIDGE}\n\n## 市上有人\n\n商会会长　周开来\n\n{MARKET}\n\n"
        f"## 后记\n\n这两篇话是从录音里听下来的，听的人不是本地人，有些土话记不准，只好空着。\n",
        [("桥下有月", "王长禾", None), ("市上有人", "周开来", None), ("后记", "", None)],
    ),
}


@pytest.mark.parametrize("form", COLLECTIONS)
def test_a_collection_is_split_at_its_titles(form: str) -> None:
    text, expected = COLLECTIONS[form]
    speeches = speeches_of(text, markdown=True)
    found = [(each.title, each.speaker, each.date.isoformat() if each.date else None) for each in speeches]
    assert found == expected


def test_a_plain_text_is_split_where_rules_part_its_speeches() -> None:
    text = (
        f"渠水县老党员发言选登\n\n灯芯要常拨\n东坡村　方大川\n{FLOOD}\n\n* * *\n\n"
        f"鞋底要常看\n西岭村　李小渠\n{DROUGHT}\n\n"
        f"* * *\n\n账本要常晒\n石门村　王长禾\n{MARKET}\n"
    )
    speeches = speeches_of(text)
    assert [each.title for each in speeches] == ["灯芯要常拨", "鞋底要常看", "账本要常晒"]
    assert speeches[0].removed[0] == "渠水县老党员发言选登"


NUMBERED = [
    ("在渠首", "护渠员　方　大　川", f"乡亲们：\n{FLOOD}"),
    ("在闸口", "会计　李小渠", f"我话少。{MARKET}"),
    ("在桥头", "村支书　王　长　禾", f"各位，{BRIDGE}"),
]


def numbered(front: str, between: str, count: int = 3, sign: str = "　") -> str:
    """A file with talks that 其一, 其二, … number."""
    talks = [
        f"其{numeral}{sign}{title}\n{who}\n\n{text}\n"
        for numeral, (title, who, text) in zip("一二三", NUMBERED[:count], strict=False)
    ]
    return front + between.join(talks)


@pytest.mark.parametrize("sign", ["　", "：", "、"])
@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize(
    "front", ["汛期里的三次发言\n（2024年6月2日，根据录音整理）\n\n", "发言三则\n\n", "渠上的一天\n\n", ""]
)
def test_talks_are_numbered_each_with_its_speaker(front: str, count: int, sign: str) -> None:
    speeches = speeches_of(numbered(front, "\n★　★　★\n\n", count, sign))
    found = [(each.title, each.speaker) for each in speeches]
    assert found == [("在渠首", "方大川"), ("在闸口", "李小渠"), ("在桥头", "王长禾")][:count]
    assert speeches[0].salutation == "乡亲们："
    for speech in speeches:
        assert all(speech.body(section) for section in speech.sections)
        assert speech.text.startswith("其")


def test_numbered_points_are_no_talks() -> None:
    points = numbered("在表彰会上的讲话\n\n同志们：\n\n今天讲三个人。\n\n", "\n").replace("乡亲们：\n", "")
    assert len(speeches_of(points)) == 1
    tasks = numbered("任务分工材料汇编\n\n", "\n").replace("乡亲们：\n", "")
    (speech,) = speeches_of(tasks)
    assert any("其二" in problem and "另一篇" in problem for problem in speech.problems)
    (verses,) = speeches_of(
        "渠水谣二首\n其一\n水过东坡响，灯过西岭明。\n其二\n渠深三尺土，账薄一层霜。\n" + FLOOD
    )
    assert not any("另一篇" in problem for problem in verses.problems)


SINGLES = {
    "sections on people": (
        f"# 在表彰大会上的讲话\n\n同志们：\n\n## 护渠的人\n\n方大川\n\n{FLOOD}\n\n## 守塘的人\n\n李小渠\n\n{DROUGHT}\n"
    ),
    "chapters of a lecture": (
        f"# 水的课\n\n方大川\n\n## 第一章 水从哪里来\n\n{FLOOD}\n\n## 第二章 水到哪里去\n\n{DROUGHT}\n"
    ),
    "sections with dates": (
        f"# 修桥记事\n\n方大川\n\n## 打桩\n\n2024年3月1日\n\n{BRIDGE}\n\n## 合龙\n\n2024年9月1日\n\n{FLOOD}\n"
    ),
    "one section names a person": (
        f"# 护渠工作报告三则体会\n\n方大川\n\n## 水账\n\n{FLOOD}\n\n## 塘账\n\n{DROUGHT}\n\n"
        f"## 附：一封来信\n\n李小渠\n\n{MARKET}\n"
    ),
    "numbered sections with those who are responsible": (
        f"# 任务分工材料汇编\n\n## 一、修渠\n\n方大川\n\n{FLOOD}\n\n## 二、守塘\n\n李小渠\n\n{DROUGHT}\n"
    ),
}


@pytest.mark.parametrize("form", SINGLES)
def test_sections_of_one_speech_are_no_collection(form: str) -> None:
    assert len(speeches_of(SINGLES[form], markdown=True)) == 1


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("渠水县讲话汇编", True),
        ("石门镇致辞两篇", True),
        ("老党员发言选登", True),
        ("护渠员座谈会发言摘编", True),
        ("汛期里的三次发言", True),
        ("3次讲话实录", True),
        ("第三次发言", False),
        ("第十二次讲话", False),
        ("最后一次讲话", False),
        ("在护渠会上的讲话", False),
        ("三篇文章一起做，水才肯走", False),
        ("讲三则故事给大家听", False),
    ],
)
def test_what_names_a_collection(line: str, answer: bool) -> None:
    assert is_collection_title(line) is answer


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("东坡茶亭　方大川", "方大川"),
        ("镇长 王长禾", "王长禾"),
        ("（门卫 罗长贵）", "罗长贵"),
        ("讲述人：方大川", "方大川"),
        ("水从高处 流下来", ""),
        ("今天的路，明天的桥 方大川", ""),
    ],
)
def test_who_spoke(line: str, name: str) -> None:
    assert speaker_of(line) == name


def test_the_date_of_a_volume() -> None:
    assert common_date(["发言选登", "（2025年3月18日，根据录音整理）"]) == date(2025, 3, 18)
    assert common_date(["发言选登", "2025年12月1日编印"]) is None
