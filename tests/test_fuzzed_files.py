"""Files put together at random from what real ones hold: each is read without an error, nothing of it is lost,
and twice as much text costs at most twice as much time.

`FUZZ_FILES=2000 pytest tests/test_fuzzed_files.py` tries more; a failure names the seed of its file, and
`FUZZ_SEED` begins there.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from growth import too_steep

from jianggao.library.preparation import prepare_speech
from jianggao.parsing.lines import plain_text
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.volumes import parse_volume
from jianggao.sources.files import SourceText, read_source

TODAY = date(2026, 3, 18)
FIRST_SEED = int(os.environ.get("FUZZ_SEED", "1"))
FILES = int(os.environ.get("FUZZ_FILES", "60"))
SECONDS_OF_ORDINARY_TEXT = 14
"""How many times as long as an ordinary speech of the same length a file may take: on the machine where this
was measured that is 2 seconds of processor time for 100,000 characters."""
LENGTH = 20_000

PROSE = (
    "渠修好了，水就来了，水来了人心就定了。",
    "今天开这个会，有两件事要说清楚，说清楚了就散会，散会了就去干。",
    "沙袋够不够、桩木够不够，今天下班之前每个乡镇都要报上来",
    "有困难请拨打便民热线12345，我们二十四小时有人接。",
    "“路通到哪里，哪里的菜就卖得出去”，这是老支书说的。",
    "谢谢大家！",
    "三年前这里还是一片荒滩，5 个村共用一口井",
)
HEADS = (
    "在全县春灌现场会上的讲话",
    "让账本走到墙上",
    "——在云岭乡村务公开推进会上的讲话",
    "（2025年4月2日）",
    "乡党委书记　温学渠",
    "编者按：这篇讲话印发以后，各村照着做了三个月。",
    "同志们：",
    "各位来宾、朋友们：",
    "标题：修渠",
    "作者：方大川  来源：渠水网  时间：2025-03-18",
    "日期：2025-03-18",
    "目录",
    "第一篇　在防汛会上的讲话",
    "之二",
)
MARKS = (
    *("一、", "二、", "（一）", "1.", "1、", "01", "一是", "第一，", "首先，", "第1章 ", "第 2 讲", "【一】"),
    *("①", "一 ", "三 ", "其一：", "第十二条　", "问：", "张某：", "Part 1", "1.1 ", "２．", "㈠", "壹、"),
)
FURNITURE = (
    *(
        "仅供学习 禁止外传",
        "听雨文稿整理，咨询QQ100200300",
        "更多材料请加微信：tingyu2020",
        "— 3 —",
        "3",
        "第 3 页 共 9 页",
    ),
    *(
        "阅读原文",
        "点击上方蓝字关注我们",
        "责任编辑：方川",
        "【打印】【关闭】",
        "上一篇：无",
        "* * *",
        "=====",
        "-----",
        "（完）",
    ),
    *(
        "https://example.org/" + "a" * 80,
        "版权所有 侵权必究",
        "扫一扫关注",
        "阅读 1万+",
        "目　录",
        "一、看清路………1",
    ),
)
MARKUP = (
    *(
        "#",
        "##",
        "# ",
        "### ",
        "**",
        "__",
        "*",
        "`",
        "```\n",
        "> ",
        "- ",
        "1. ",
        "| ",
        " | ",
        "|---|\n",
        "[",
        "](",
        ")",
        "![",
    ),
    *(
        "<p>",
        "</p>",
        "<br>",
        "<!--",
        "-->",
        "<div class='a'>",
        "</div>",
        "<table><tr><td>",
        "</td>",
        "<li>",
        "<ol>",
        "&nbsp;",
    ),
    *(
        "<img src='",
        "'>",
        "&#20013;",
        "&lt;",
        "[^1]",
        "[^1]: ",
        "---\n",
        "\\",
        "<script>",
        "</script>",
        "<ruby>",
        "<b>",
        "</b>",
    ),
)
HIDDEN = ("<!--", "-->", "<script>", "</script>")
BLANKS = (
    "\n",
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "　",
    "　　",
    "\t",
    "\f",
    "\u200b",
    "\u3000\n",
    "\ufeff",
    "\0",
)
KINDS: tuple[Sequence[str], ...] = (PROSE, HEADS, MARKS, FURNITURE, MARKUP, BLANKS)
SUFFIXES = (".txt", ".md", ".html", ".rtf")


def fragments(seed: int) -> list[str]:
    """Some fragments in an order of their own, of kinds in shares of their own."""
    rng = random.Random(seed)
    weights = [rng.random() ** 2 for _ in KINDS]
    weights[-1] += 0.3  # lines end
    return [rng.choice(rng.choices(KINDS, weights)[0]) for _ in range(rng.choice((3, 12, 60, 400)))]


def repeated(pieces: Sequence[str]) -> Callable[[int], str]:
    """The fragments again and again, in so many characters."""
    whole = "".join(pieces) or "字"
    return lambda size: (whole * (size // len(whole) + 1))[:size]


def read_whole(path: Path) -> None:
    """All that an import does with a file beside storing it."""
    for source in read_source(path):
        if isinstance(source, SourceText):
            for part in parse_volume(source.text, source.path, TODAY, source.headings):
                if isinstance(part.parsed, ParsedSpeech):
                    prepare_speech(part.parsed)


def letters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


@pytest.mark.parametrize("seed", range(FIRST_SEED, FIRST_SEED + FILES))
def test_no_letter_of_a_text_is_lost(seed: int) -> None:
    """Also of files that aren't texts of speeches at all: what stays and what was taken out is all there was."""
    # What stands in a comment or a script is no text, and ends elsewhere in a part than in the whole.
    text = "".join(piece for piece in fragments(seed) if piece not in HIDDEN)
    held: Counter[str] = Counter()
    for part in parse_volume(text, "讲话.txt", TODAY):
        if not isinstance(part.parsed, ParsedSpeech):
            return  # refused as a whole, with its reason
        held += letters(part.parsed.text)
        for line in part.parsed.removed:
            held += letters(line)
        sections = "".join(part.parsed.text[one.start : one.end] for one in part.parsed.sections)
        assert letters(sections) <= letters(part.parsed.text)
    # A page break ends a tag, too.
    assert letters("".join(map(plain_text, text.split("\f")))) == held


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_of_any_kind_costs_time_that_grows_with_its_length(tmp_path: Path, suffix: str) -> None:
    def write(text: str) -> Path:
        path = tmp_path / f"讲话 {len(text)}{suffix}"
        path.write_text(text, "utf-8")
        return path

    texts = {f"seed {seed}": repeated(fragments(seed)) for seed in range(FIRST_SEED, FIRST_SEED + FILES // 3)}
    assert [str(growth) for growth in too_steep(read_whole, texts=texts, prepare=write)] == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_no_file_costs_many_times_what_an_ordinary_speech_costs(tmp_path: Path, suffix: str) -> None:
    ordinary = tmp_path / "讲话.txt"
    speech = "".join(f"{mark}{PROSE[0]}\n{PROSE[1] * 8}\n" for mark in ("一、", "二、", "三、", "四、"))
    ordinary.write_text(f"{HEADS[0]}\n{HEADS[6]}\n" + repeated([speech])(LENGTH), "utf-8")
    read_whole(ordinary)  # dictionaries are loaded
    usual = min(_seconds(ordinary) for _ in range(3))
    costly = {}
    for seed in range(FIRST_SEED, FIRST_SEED + FILES // 3):
        path = tmp_path / f"{seed}{suffix}"
        path.write_text(repeated(fragments(seed))(LENGTH), "utf-8")
        times = _seconds(path) / usual
        if times > SECONDS_OF_ORDINARY_TEXT and min(_seconds(path) for _ in range(2)) / usual > times / 2:
            costly[f"seed {seed}"] = round(times, 1)
    assert costly == {}


def _seconds(path: Path) -> float:
    started = time.thread_time()
    read_whole(path)
    return time.thread_time() - started
