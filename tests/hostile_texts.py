"""Makes hostile texts of any size: repeated characters, nested brackets, headings and notices that never end.

Each could make a careless pattern or loop take time that grows faster than the text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

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
"""What makes each hostile text, by its name."""
