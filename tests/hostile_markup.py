"""Makes hostile texts of the marks of Markdown and HTML, and of what looks like mojibake."""

from __future__ import annotations

from collections.abc import Mapping

from hostile_texts import Make

_UNITS = (
    *(
        "<",
        "<!",
        "<!--",
        "<a ",
        "<b>",
        "<p>",
        "<div>\n",
        "<td>\n\n",
        "<table><tr><td>",
        "<ul><li>",
        "<h2>a<br>",
    ),
    *("<ol reversed><li>a", "<td colspan=99999999>a", "<tr><td rowspan=9999>a<td>b", "<pre>a\n", "<script>"),
    *("</p>", "<font>", "<li>a", "<a href=x>a</a>", "<title>a", "<img\n", "<span style='display:none'>a"),
    *("<ruby>a<rt>b", "<table>\n\n", "</table>\n\n", "<div hidden><p>a", "<div class=nav>a,a,a,a,a,a,a,a,a"),
    *("&#x41;", "&amp;", "|", "|a|b|\n|-|-|\n", "a | b\n- | -\n", "* - ", "1) a\n", "- [ ] a\n", "> - "),
    *(
        "[a](b)",
        "[a][b]",
        "[^1]",
        "[^a]: b\n",
        "[a]: /b\n",
        "[[a",
        "](",
        "{#",
        "~~~\n",
        "```\n",
        "~~a",
        "==a",
    ),
    *("##a\n", "#a\n", "a\n---\n", "a\n\n===\n", "a\\\n", ":::", "+--", "| a ", "***a**b*", "*a_b*c_", "a**"),
    *("锛銆", "鍚屽織", "锟斤拷", "ä", "ÎÒ", "å¤§", "å\x90\x8c", "€"),
)


def _repeated(unit: str) -> Make:
    return lambda size: (unit * (size // len(unit) + 1))[:size]


HOSTILE_MARKUP: Mapping[str, Make] = {repr(unit): _repeated(unit) for unit in _UNITS}
"""What makes each text, by the unit that it repeats."""
