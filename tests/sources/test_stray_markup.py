"""Tags that were pasted along go; what only looks like one is text."""

from __future__ import annotations

import pytest

from jianggao.sources.stray_markup import without_tags


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("渠水清。<br/>水长流。", "渠水清。\n水长流。"),
        ("<p class='a'>渠</p>", "\n渠\n"),
        ("看<a href='http://a.example/" + "b" * 3_000 + "'>渠</a>", "看渠"),
        ("<img class=x\n  src='a.png'\n  alt='图'>渠<!-- 注\n释 -->水", "渠水"),
        ("<tr><td>南湾</td><td></td>\n<td align=right>3里</td></tr>", "\n南湾 |  | 3里\n"),
        ("<style>p {margin: 0}</style>渠<script>var a = 1</script>", "渠"),
        ("水从<ruby>汛<rt>xùn</rt></ruby>里来<sup>1</sup><o:p></o:p>", "水从汛里来¹"),
        ("<SPAN lang=EN-US>渠</SPAN>", "渠"),
    ],
)
def test_tags(text: str, plain: str) -> None:
    assert without_tags(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "a<b，c>d",
        "x < p > y",
        "<一>、<二>",
        "《<渠>》",
        "<!-- 没有关上",
        "1<2，3>2",
        "<br 换行>",
        "<script>没有关上",
        "<pa>",
    ],
)
def test_text(text: str) -> None:
    assert without_tags(text) == text
