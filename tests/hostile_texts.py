"""Makes hostile texts of any size: repeated characters, nested brackets, headings and notices that never end.

Each could make a careless pattern or loop take time that grows faster than the text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hostile_units import UNITS

Make = Callable[[int], str]
"""Makes a text of about so many characters."""


def _repeated(unit: str) -> Make:
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def _behind(beginning: str, unit: str, end: str = "") -> Make:
    """A unit again and again between a beginning and an end."""
    return lambda size: beginning + (unit * (size // len(unit) + 1))[:size] + end


def _nested(opening: str, closing: str) -> Make:
    return lambda size: opening * (size // 2) + "字" + closing * (size // 2)


def _numbered(pattern: str) -> Make:
    """Lines that differ in their number."""
    return lambda size: "".join(pattern.format(at) for at in range(size // len(pattern) + 1))[:size]


def _falling(pattern: str) -> Make:
    """Lines whose number becomes smaller."""
    return lambda size: "".join(pattern.format(at) for at in range(size // len(pattern), 0, -1))[:size]


HOSTILE: Mapping[str, Make] = {
    **{repr(unit): _repeated(unit) for unit in UNITS},
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
    "numbers over titles": lambda size: (
        "题\n" + "".join(f"{at % 99 + 1}\n字字字\n{'字' * 20}。\n" for at in range(size // 30))
    ),
    "numbers before numbers": _numbered("1、{}G字字\n字字字。\n"),
    "titles over prose": _numbered("字字字{}\n" + "字" * 50 + "。\n"),
    "questions and answers": _numbered("问：字{}？\n答：字字。\n"),
    "blanks before a body": lambda size: "题\n同志们：\n（一）" + "字字 " * (size // 3) + "，字。\n（二）字",
    "lines all different": _numbered("字{}字，字字。\n"),
    "long lines all different": _numbered("字{}字" + "字" * 60 + "。\n"),
    "links all different": _numbered("[字{0}](http://a/{0})\n"),
    "headings all different": _numbered("## 字{}\n\n字字字。\n"),
    "salutations all different": _numbered("尊敬的字{}书记，各位来宾、同志们：\n"),
    "numbers that fall": _falling("{}、字字字\n"),
    "points all different": _numbered("一是字{}。字字字字。\n"),
    "contents that come again": lambda size: (
        "题\n目录\n" + (lines := "".join(f"字字字{at}\n" for at in range(size // 12))) + lines
    ),
}
"""What makes each hostile text, by its name."""
