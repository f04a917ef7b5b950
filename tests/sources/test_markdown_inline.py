"""The marks within a paragraph go, and no sign that was meant as a sign."""

from __future__ import annotations

import pytest

from jianggao.sources.markdown_inline import inline_text


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("**重点：**后面", "重点：后面"),
        ("把**“渠”**修好", "把“渠”修好"),
        ("***粗斜***，*斜* 字，__粗：__后面", "粗斜，斜 字，粗：后面"),
        ("**渠**与**水**，**渠****水**", "渠与水，渠水"),
        ("~~旧~~新，==要紧==", "旧新，要紧"),
        ("`代码` 字", "代码 字"),
        ("见[县志](a.html)第二卷![图](b.png)", "见县志第二卷"),
        ("[![图](a.png)](b.html)字", "字"),
        ("见[附件](附件 1.docx)![](图 1.png)", "见附件"),
        ("见[县志](http://a/b_(c) '标题')", "见县志"),
        ("<b>渠</b>水<br>清<img src='a'\nalt='图'>了", "渠水\n清了"),
        ("&nbsp;&ldquo;渠&rdquo;", "\xa0“渠”"),
        ("看<http://a.example/b>", "看http://a.example/b"),
        ("渠[^1]水[^注]", "渠[1]水[注]"),
        ("水从<ruby>汛<rt>xùn</rt></ruby>里来", "水从汛里来"),
        ("![[图.png]][[县志|那本书]]和[[村史]]", "那本书和村史"),
        ("[渠]{.underline}水 ^abc123", "渠水"),
        ("第一行\\\n第二行  \n第三行", "第一行\n第二行\n第三行"),
        ("1\\. 渠\\*水\\*", "1. 渠*水*"),
        (
            "守渠的人*先看闸，再看水*，夜里_不许喝酒_也不许打盹",
            "守渠的人先看闸，再看水，夜里不许喝酒也不许打盹",
        ),
    ],
)
def test_marks(marked: str, plain: str) -> None:
    assert inline_text(marked) == plain


@pytest.mark.parametrize(
    "text",
    [
        "2*3*4等于二十四",
        "王*和李*的名字",
        "闸房归孙*管，渠口归何*管，两人都签了字",
        "第3*不要*4，a*不要*b",
        "土方=长度*宽度*深度",
        "附件是守渠_定稿_打印.docx",
        "姓名：____电话：____",
        "a_b_c 和 a__b__c",
        "他说[笑](见第3页)。",
        "3~5里，“a<b，c>d”，1==1",
        "（一）渠 [注] 水 #1",
        "** 不是 **，[a](b",
        "　　渠水清。",
        "百分之五十%，$5，^上",
    ],
)
def test_signs_that_are_text(text: str) -> None:
    assert inline_text(text) == text


def test_targets_that_are_named_apart() -> None:
    references: dict[str, object] = {"A": {"title": "", "href": "http://a.example", "map": [0, 0]}}
    assert inline_text("见[县志][a]和[村史][b]", references) == "见县志和[村史][b]"


def test_a_long_paragraph_is_read_in_pieces() -> None:
    paragraph = "渠**水**清。" * 2_000
    assert inline_text(paragraph) == "渠水清。" * 2_000
    assert inline_text("渠" * 9_000 + "**水**") == "渠" * 9_000 + "水"
