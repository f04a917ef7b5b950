"""How a function's time grows with its text: hostile texts of any size, and a measure that a busy machine doesn't
upset.

CPU time of this thread counts, so that other processes don't; the least of several runs counts, so that a garbage
collection doesn't, nor a cache that another process emptied; only runs that take a while are judged, and what looks bad
is measured again.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MOST_GROWTH = 2.3
"""What twice the text may cost, in times: 2 is linear."""
_SMALLEST, _LARGEST = 1 << 10, 1 << 14
_FLOOR = 0.004
"""Seconds; below it the machine is measured, not the function."""
_ENOUGH = 0.03
"""Seconds; a text that takes so long is large enough to judge by."""
_PLAIN, _PLAIN_GROWTH = 1.0, 3.0
"""What takes so many seconds, and for twice the text so many times as much, is no accident, and isn't measured again;
nor is the largest text where its growth is so plain."""
_TRIES = 4

Make = Callable[[int], str]


def _repeated(unit: str) -> Make:
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def _behind(beginning: str, unit: str, end: str = "") -> Make:
    return lambda size: beginning + (unit * (size // len(unit) + 1))[:size] + end


def _nested(opening: str, closing: str) -> Make:
    return lambda size: opening * (size // 2) + "字" + closing * (size // 2)


def _numbered(pattern: str) -> Make:
    """Lines that differ in their number."""
    return lambda size: "".join(pattern.format(at) for at in range(size // len(pattern) + 1))[:size]


_UNITS = (
    *(
        " ",
        "\t",
        "　",
        "\n",
        "\r",
        "\r\n",
        "\r\n\r\n",
        "\x0b",
        "\x0c",
        "\x1c",
        "\x85",
        "\u2028",
        "\u200b",
        "\ufeff",
    ),
    *("a", "A", "x", "1", "１", "12 ", "1.", "1.1", "20", "2024", "2024年", "20240101", "9" * 12 + "."),
    *(
        "字",
        "中国",
        "讲话",
        "同志们",
        "同志",
        "会议",
        "一",
        "十",
        "一十",
        "一二三",
        "第",
        "第一",
        "第1篇",
        "第 ",
    ),
    *(
        "。",
        "，",
        "、",
        "；",
        "：",
        "！",
        "？",
        ":",
        ".",
        "…",
        "·",
        "-",
        "—",
        "－",
        "_",
        "/",
        "|",
        "=",
        "~",
        "@",
        "%",
    ),
    *(
        "[",
        "]",
        "(",
        ")",
        "（",
        "）",
        "“",
        "”",
        "《",
        "》",
        "【",
        "】",
        "「",
        "『",
        "〔",
        "<",
        ">",
        "{",
        "\\",
        "`",
        '"',
    ),
    *(
        "*",
        "**",
        "__",
        "* ",
        "*a",
        "**a",
        "a*",
        "_a",
        "#",
        "# ",
        "## a\n",
        "![",
        "![a](",
        "[a](b",
        "[a]",
        "> ",
        "- ",
        "+ ",
    ),
    *(
        "&",
        "&amp;",
        "&#1;",
        "&a",
        "<br",
        "<p>",
        "<span ",
        "</p ",
        "<a b",
        "http://",
        "www.",
        "a@",
        "a@a.",
        "QQ",
        "微信",
    ),
    *(
        "一、",
        "（一）",
        "1、",
        "一是",
        "第一，",
        "首先，",
        "其一",
        "一要",
        "二是",
        "要",
        "是",
        "的",
        "年",
        "月",
        "日",
    ),
    *(
        "× ",
        "××",
        "X",
        "某",
        "书记",
        "整理",
        "编辑",
        "办公室",
        "领导讲话",
        "首页",
        "打印 ",
        "目 ",
        "目录",
        "附件",
    ),
    *("\ud800", "\udfff", "\x00", "\x01", "́", "𠀀", "ﷺ", "㌀", "İ", "ß", "Ⅷ", "①", "零", "〇", "○", "½"),
    *(
        "字 ",
        "字\n",
        "字。\n",
        "字字字字字字。",
        "a\n",
        "1\n",
        "一、字\n",
        "（一）字\n",
        "1.字\n",
        "一是字。\n",
        "第一章\n",
    ),
    *(
        "同志们：\n",
        "各位，",
        "字，字。",
        "字；字；",
        "字：“字。”",
        "讲话 ",
        "（2024年1月1日）",
        "没有字，",
        "既要字，",
        "不是字",
    ),
    *(
        "字（字",
        "字“字",
        "《字",
        "字》",
        "》《",
        "”“",
        "同时，字字",
        "。同时字字",
        "；二是字",
        "。二是字",
        "字。”",
    ),
    *(
        "QQ群1 ",
        "未经",
        "来源：",
        "更多",
        "举报",
        "会员",
        "根据",
        "时间：",
        "1/",
        "1 / ",
        "第1页共",
        "Page 1 of ",
        "--",
        "---\n",
    ),
    *(
        "\u0301\u0316",
        "。二，",
        "**a ",
        "__a ",
        "_a_ ",
        "字字\n1\n",
        "&#1;&#x1;",
        "&amp",
        "[]",
        "[](",
        "()",
        "1篇1 ",
    ),
    *(
        "- 字\n",
        "1 字\n",
        "* 字\n",
        "字 1\n",
        "字...1\n",
        "目录\n",
        "1\n2\n",
        "注释：\n",
        "1.字：字\n",
        "谢谢",
        "最后，",
    ),
)

HOSTILE: Mapping[str, Make] = {
    **{repr(unit): _repeated(unit) for unit in _UNITS},
    **{
        f"{beginning!r}, then {unit!r}, then {end!r}": _behind(beginning, unit, end)
        for beginning, unit, end in (
            *(
                ("# a\n", "[", ""),
                ("# a\n", "![", ""),
                ("# a\n", "**a", ""),
                ("# a\n", "*a ", ""),
                ("# a\n", "\\", ""),
            ),
            *(
                ("# a\n", "- ", ""),
                ("# a\n", " ", ""),
                ("# a\n", " #", "a"),
                ("# a", " ", "b"),
                ("# ", "a ", ""),
            ),
            *(("---\n", "a: b\n", ""), ("---\n", "a:", " "), ("---\n", "a: ", "b"), ("---\n", " ", "---\n")),
            *(
                ("1篇", " ", "x"),
                ("第", " ", "1x"),
                ("1", " ", "x"),
                ("1.", " ", "第"),
                ("检索", " ", "字"),
                ("/", " ", ""),
            ),
            *(
                ("开通 ", "1", "年"),
                ("1年", "零", "月"),
                ("QQ", " ", "1"),
                ("“", "字", ""),
                ("主题:", "字", ""),
            ),
            *(
                ("题目\n同志们：\n", "字", "。"),
                ("题目\n同志们：\n", "字。", ""),
                ("题目\n同志们：\n", "。", ""),
            ),
            *(
                ("题目\n同志们：\n", "（", ""),
                ("题目\n同志们：\n", "“", ""),
                ("题目\n同志们：\n", "一、", ""),
            ),
            *(
                ("题目\n\n一、", "字", "\n字字字"),
                ("题目\n\n", "一是字。", "\n二是字"),
                ("题目\n目录\n", "字\n", ""),
            ),
            *(
                ("来源：", " ", "x"),
                ("2024年", " ", "1"),
                ("日期：", " ", ""),
                ("字字字", " ", "1x"),
                ("第", "一", "期 x"),
            ),
            *(
                ("共", "\n", "字"),
                ("字", " \n", "字"),
                ("字。", "　", "字"),
                ("字", "…", "字"),
                ("字", "。”", "字"),
            ),
        )
    },
    "brackets in brackets": _nested("（", "）"),
    "quotations in quotations": _nested("“", "”"),
    "square brackets in square brackets": _nested("[", "]"),
    "tags in tags": _nested("<p>", "</p>"),
    "stars around stars": _nested("*", "*"),
    "accents on one letter": lambda size: "a" + "\u0301\u0316" * (size // 2),
    "an endless entity": lambda size: "&amp;&#" + "1" * size + ";",
    "notices all different": _numbered("QQ群1234{}\n"),
    "notices all different, then text": lambda size: (
        "".join(f"QQ群1234{at}\n" for at in range(size // 24))
        + "一、字字字字\n"
        + "字字字字字。\n" * (size // 24)
    ),
    "headings that never go on": lambda size: (
        "一、字字\n1、字字\n2、字字\n" + "（1）字字\n1.字字\n（一）字字\n" * (size // 20)
    ),
    "lines broken at a column": lambda size: "题目\n" + ("字" * 38 + "\n") * (size // 39),
    "lines broken at a column, with pages": lambda size: (
        "题目\n" + "".join("字" * 38 + "\n" + f"- {at % 999} -\n" for at in range(size // 45))
    ),
    "numbered lines": _numbered("{}\n"),
    "numbered headings": _numbered("{}、字字\n"),
    "lines all different": _numbered("字{}字，字字。\n"),
    "long lines all different": _numbered("字{}字" + "字" * 60 + "。\n"),
    "links all different": _numbered("[字{0}](http://a/{0})\n"),
    "headings all different": _numbered("## 字{}\n\n字字字。\n"),
    "points all different": _numbered("一是字{}。字字字字。\n"),
    "contents that come again": lambda size: (
        "题\n目录\n" + (lines := "".join(f"字字字{at}\n" for at in range(size // 12))) + lines
    ),
}
"""Names of hostile texts, and what makes one of about so many characters."""


@dataclass(frozen=True, slots=True)
class Growth:
    """What a text of `size` characters cost, in seconds, and how many times as much twice the text does, from four times
    the text: a step of the allocator or a cache upsets a single doubling."""

    text: str
    size: int
    seconds: float
    times: float

    def __str__(self) -> str:
        return (
            f"{self.text}: {self.size} characters {self.seconds:.3f} s, twice as many {self.times:.1f} times"
        )


def too_steep(
    function: Callable[[Any], object],
    *,
    texts: Mapping[str, Make] = HOSTILE,
    prepare: Callable[[str], Any] = lambda text: text,
    largest: int = _LARGEST,
) -> Iterator[Growth]:
    """The hostile texts for which `function` grows faster than its text. `prepare` makes of a text what the function
    takes, at no cost; `largest` is in characters, for functions whose texts are never so long."""
    for name, make in texts.items():
        growth = _judged(function, lambda size, make=make: prepare(make(size)), largest)  # type: ignore[misc]
        if growth is not None:
            yield Growth(name, *growth)


def _judged(
    function: Callable[[Any], object], make: Callable[[int], Any], largest: int
) -> tuple[int, float, float] | None:
    size = _SMALLEST
    while size <= largest:
        seconds = _least(function, make(size), 1)
        if seconds >= _ENOUGH or (seconds >= _FLOOR and size * 2 > largest):
            return _steep(function, make, size)
        size *= 2
    return None


def _steep(
    function: Callable[[Any], object], make: Callable[[int], Any], size: int
) -> tuple[int, float, float] | None:
    """The growth from this size on, if it is too steep every time that it is measured, with more runs each time. Both
    texts are measured in turn, so that a busy moment meets both, and the least of all runs so far counts: what others
    do to a run can only lengthen it."""
    small, large = make(size), make(4 * size)
    seconds = fourfold = float("inf")
    for tried in range(1, _TRIES + 1):
        for _ in range(tried):
            seconds = min(seconds, _least(function, small, 1))
            fourfold = min(fourfold, _least(function, large, 1))
        times = (fourfold / max(seconds, 1e-9)) ** 0.5
        if times <= MOST_GROWTH:
            return None
        if fourfold > _PLAIN and times > _PLAIN_GROWTH:
            return size, seconds, times
    largest = make(16 * size)
    for _ in range(2):
        growth = _least(function, largest, 1) / fourfold
        if growth <= MOST_GROWTH**2:
            return None  # a step, where a cache ends, and no slope
        if growth > _PLAIN_GROWTH**2:
            break
    return size, seconds, times


def _least(function: Callable[[Any], object], argument: Any, runs: int) -> float:
    least = float("inf")
    was_on = gc.isenabled()
    gc.disable()
    try:
        for _ in range(runs):
            started = time.thread_time()
            function(argument)
            least = min(least, time.thread_time() - started)
    finally:
        if was_on:
            gc.enable()
    return least
