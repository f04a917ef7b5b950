"""What people write beside CommonMark is brought into its form."""

from __future__ import annotations

import pytest

from jianggao.sources.markdown_lines import is_glued_heading, ordinary_lines


def ordinary(text: str) -> str:
    return "\n".join(line for line in ordinary_lines(text).lines if line)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("##推动公开", "## 推动公开"),
        ("###一、看得懂", "### 一、看得懂"),
        ("#　全角空格", "# 全角空格"),
        ("## 关门 ##", "## 关门"),
        ("##关门##", "## 关门"),
        ("## 学C#", "## 学C#"),
        ("## 标识 {#id .a}", "## 标识"),
        ("#推进会上的讲话\n正文", "# 推进会上的讲话\n正文"),
        ("正文\n#一、账目", "正文\n# 一、账目"),
        ("正文\n#账目\n#人手", "正文\n# 账目\n# 人手"),
        ("标题\n====", "# 标题"),
        ("一、账目\n---\n正文", "## 一、账目\n正文"),
        ("把账算清\n--------", "## 把账算清"),
    ],
)
def test_headings(written: str, meant: str) -> None:
    assert ordinary(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "正文\n#1 楼",
        "正文\n#看渠#",
        "正文\n#党建 #水利",
        "正文\n#党建",
        "方守渠\n---",
        "2025年3月18日\n----------",
        "这是一段话，说完了。\n---",
        "第一段\n第二段\n--------",
        "- 一项\n--------",
    ],
)
def test_lines_that_are_no_headings(text: str) -> None:
    assert ordinary(text) == text


def test_notes_and_targets_are_taken_out() -> None:
    found = ordinary_lines(
        "渠[^1]\n[^1]: 四十里。\n    三十一村。\n水\n[书]: http://a.example '题'\n[说明]: 这是正文\n"
    )
    assert found.notes == [("1", "四十里。\n三十一村。")]
    assert found.targets == {"书": "http://a.example"}
    assert [line for line in found.lines if line] == ["渠[^1]", "水", "[说明]: 这是正文"]


def test_what_is_no_text_goes() -> None:
    rows = "[TOC]\n::: {.note}\n渠\n:::\n<div align=center>\n<img src=a\n>\n水\n</div>\n\\newpage\n----- ----\n| 诗行"
    assert ordinary(rows) == "渠\n<img src=a\n>\n水\n诗行"
    assert ordinary("::: 渠水清") == "::: 渠水清"


def test_fenced_text_stays_and_an_open_fence_ends_nothing() -> None:
    assert ordinary("```\n##渠\n```") == "```\n##渠\n```"
    assert ordinary("```\n##渠") == "## 渠"


def test_tables_of_html_lose_their_blank_lines() -> None:
    assert ordinary_lines("<table>\n\n<tr>\n</table>\n\n渠").lines == [
        "<table>",
        "<tr>",
        "</table>",
        "",
        "渠",
    ]


def test_topics_are_no_glued_headings() -> None:
    assert is_glued_heading("##看渠")
    assert not any(map(is_glued_heading, ["#看渠", "## 看渠", "##", "看##渠"]))


def test_tags_above_the_text_go_and_others_stay() -> None:
    assert ordinary("\n#防汛 #讲话\n# 在堤上的讲话") == "# 在堤上的讲话"
    assert ordinary("渠水清。\n#防汛 #讲话") == "渠水清。\n#防汛 #讲话"
