"""Markdown loses its marks; what it sets as headings is known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse
from jianggao.sources.files import SourceText, read_source
from jianggao.sources.markdown import BOLD_DEPTH, looks_like_markdown, markdown_headings, plain_markdown

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
    assert markdown_headings("# 题目\n\n## **一、看清路** ##\n\n**把账算清楚**\n\n文中**加粗**的字") == {
        "题目": 1,
        "一、看清路": 2,
        "把账算清楚": BOLD_DEPTH,
    }


def test_plain_texts_are_no_markdown() -> None:
    assert not looks_like_markdown("在年中工作会上的讲话\n#1 车间\n2*3*4\n***\n- 3 -\n")


def test_escapes_links_and_images() -> None:
    assert plain_markdown("1\\. 见[县志](a.html)第二卷![图](b.png)\n") == "1. 见县志第二卷\n"
