"""Markdown loses its marks; what it sets as headings is known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse
from jianggao.sources.files import SourceText, read_source
from jianggao.sources.markdown import looks_like_markdown, read_markdown
from jianggao.sources.markup import BOLD_DEPTH

BODY = "会后各单位把任务领回去，逐条对照，逐项落实，不等不靠，不推不拖，办成一件销号一件，办不成的说明原因再想办法。"
MARKDOWN = f"""---
title: 在年中工作会上的讲话
date: 2025-03-18
tags: [水]
---
# 在年中工作会上的讲话

**同志们：**

{BODY}

## 路

### 一、看清路

1\\. 第一步

{BODY}

**把账算清楚**

{BODY}

## 步

> {BODY}
"""


def parsed(tmp_path: Path, name: str) -> ParsedSpeech:
    (tmp_path / name).write_text(MARKDOWN, encoding="utf-8")
    source = read_source(tmp_path / name)[0]
    assert isinstance(source, SourceText)
    speech = parse(source.text, source.path, date(2026, 3, 18), source.headings)
    assert isinstance(speech, ParsedSpeech)
    return speech


def test_a_speech_in_markdown_whatever_its_file_is_called(tmp_path: Path) -> None:
    for name in ("a.md", "a.txt"):
        speech = parsed(tmp_path, name)
        assert speech.title == "在年中工作会上的讲话"
        assert speech.salutation == "同志们："
        assert speech.date == date(2025, 3, 18)
        assert [(h.level, h.mark, h.text) for h in speech.headings] == [
            (1, "", "路"),
            (2, "一、", "看清路"),
            (3, "1.", "第一步"),
            (3, "", "把账算清楚"),
            (1, "", "步"),
        ]
        assert "#" not in speech.text
        assert "*" not in speech.text


def test_headings_by_depth_and_bold_lines() -> None:
    assert read_markdown("# 题目\n\n## **一、看清路** ##\n\n**把账算清楚**\n\n文中**加粗**的字").headings == {
        "题目": 1,
        "一、看清路": 2,
        "把账算清楚": BOLD_DEPTH,
    }


def test_plain_texts_are_no_markdown() -> None:
    assert not looks_like_markdown("在年中工作会上的讲话\n#1 车间\n2*3*4\n***\n- 3 -\n")


def test_escapes_links_and_images() -> None:
    assert read_markdown("1\\. 见[县志](a.html)第二卷![图](b.png)\n").text == "1. 见县志第二卷\n"


def test_numbers_of_lists_stay_as_they_are_written() -> None:
    text = "3. 看水\n4. 看人\n\n1) 看账\n2、贴账\n（3）改账\n\n- 早看\n* 晚看\n  - 细看\n"
    plain = read_markdown(text).text
    assert [line.strip() for line in plain.split("\n") if line.strip()] == [
        *("3. 看水", "4. 看人", "1) 看账", "2、贴账", "（3）改账", "早看", "晚看", "细看")
    ]


def test_rows_of_tables_are_lines_and_empty_cells_keep_their_place() -> None:
    text = (
        "| 村名 | 日期 | 里程 |\n| --- | :---: | ---: |\n| 南湾 |  | **3** |\n| 北湾 | 3月\\|4月 | - | 多一格 |\n\n"
        "| 没有 | 表头线 |\n| 也是 | 一行 |\n"
    )
    assert [line for line in read_markdown(text).text.split("\n") if line] == [
        *("村名 | 日期 | 里程", "南湾 |  | 3", "北湾 | 3月|4月 | - | 多一格", "没有 | 表头线", "也是 | 一行")
    ]


def test_tags_comments_and_tables_of_html() -> None:
    text = (
        "# 题目\n<!-- 正文\n\n开始 -->\n<img class=a\nsrc='x.png'>渠水清。\n\n"
        "<table>\n<tr><td>南湾</td>\n\n<td>3里</td></tr>\n"
        "</table>\n\n<h3>一、看水</h3>\n\n<div align=center>\n**水长流**\n</div>\n"
        "<br>\n## 二、看人\n人<br/>勤快\n<!-- 没关\n**账**清\n"
    )
    found = read_markdown(text)
    assert [line for line in found.text.split("\n") if line] == [
        *("题目", "渠水清。", "南湾 | 3里", "一、看水", "水长流", "二、看人", "人", "勤快", "没关", "账清")
    ]
    assert found.headings == {"题目": 1, "一、看水": 3, "水长流": BOLD_DEPTH, "二、看人": 2}


def test_footnotes_stand_behind_the_text() -> None:
    text = "渠[^1]水[^b]。\n\n[^1]: 四十里，\n    六个人。\n[^b]: **清**。\n\n谢谢。\n"
    assert [line for line in read_markdown(text).text.split("\n") if line] == [
        *("渠[1]水[b]。", "谢谢。", "[1] 四十里，", "六个人。", "[b] 清。")
    ]


def test_quotations_tasks_and_callouts() -> None:
    text = "> [!note] 编者按\n> 渠**水**清。\n>\n> > 水长流。\n\n- [ ] 看水\n- [x] 看人\n"
    assert [line.strip() for line in read_markdown(text).text.split("\n") if line] == [
        *("编者按", "渠水清。", "水长流。", "看水", "看人")
    ]


def test_rules_page_numbers_and_fences() -> None:
    text = "渠水清。\n---\n方守渠\n- - -\n- 3 -\n```text\n# 水\n```\n    四格缩进的段落\n　　全角缩进\n"
    assert [line for line in read_markdown(text).text.split("\n") if line] == [
        *("渠水清。", "方守渠", "- 3 -", "# 水", "    四格缩进的段落", "　　全角缩进")
    ]


def test_numbers_alone_are_headings() -> None:
    found = read_markdown("# 题目\n\n## 1\n\n渠水清。\n\n## 02\n\n水长流。\n\n1.\n\n人勤快。\n")
    assert found.headings == {"题目": 1, "1": 2, "02": 2}
    assert "\n1.\n" in found.text


def test_front_matter_of_other_programs() -> None:
    toml = "+++\ntitle = '渠边夜话'\ndate = 2025-03-18T10:00:00+08:00\ndraft = false\n+++\n渠水清。\n"
    assert read_markdown(toml).text == "渠边夜话\n日期：2025-03-18\n\n渠水清。\n"
    assert (
        read_markdown("---\n标题: '渠边夜话'\n作者: 方守渠\n---\n水\n").text
        == "渠边夜话\n作者：方守渠\n\n水\n"
    )
    assert "渠水清。" in read_markdown("---\n渠水清。\n---\n水长流。\n").text


def test_tags_between_front_matter_and_title() -> None:
    found = read_markdown("---\ndate: 2025-03-18\n---\n#防汛 #讲话\n\n# 渠边夜话\n水长流。\n")
    assert [line for line in found.text.split("\n") if line] == ["日期：2025-03-18", "渠边夜话", "水长流。"]


def test_no_line_is_lost_where_lists_are_nested_too_deeply() -> None:
    text = "".join("  " * depth + f"- 第{depth}层\n" for depth in range(200))
    plain = read_markdown(text).text
    assert all(f"第{depth}层" in plain for depth in range(200))
    quoted = read_markdown("> " * 300 + "渠水清。\n").text
    assert quoted.strip(" >\n") == "渠水清。"


def test_two_glued_headings_make_a_text_file_markdown() -> None:
    assert looks_like_markdown("##看渠\n渠水清。\n##看水\n水长流。\n")
    assert not looks_like_markdown("##看渠\n渠水清。\n")
    assert not looks_like_markdown("#看渠#\n#1 楼\n1. 看水\n> 看人\n* 看账\n")


def test_remarks_notes_and_front_matter_of_obsidian_and_pandoc() -> None:
    text = (
        "---\ntitle: 渠边夜话\nauthor:\n- 方守渠\n- 水务局\n...\n%% 私注 %%\n\n一、看水 {#water .unnumbered}\n=====\n"
        "渠水清^[四十里]。\n\n[二、看人]{.underline}\n--------------\n"
    )
    found = read_markdown(text)
    assert [line for line in found.text.split("\n") if line] == [
        *("渠边夜话", "作者：方守渠", "一、看水", "渠水清（四十里）。", "二、看人")
    ]
    assert found.headings == {"一、看水": 1, "二、看人": 2}


def test_a_table_makes_a_text_file_markdown() -> None:
    table = "渠水清。\n\n| 村名 | 里程 |\n| --- | ---: |\n| 南湾 | 3 |\n"
    assert looks_like_markdown(table)
    assert read_markdown(table).text == "渠水清。\n\n村名 | 里程\n南湾 | 3\n"
    assert not looks_like_markdown("甲|乙\n---\n丙|丁\n| 甲 | 乙 |\n")
