"""Word's formulas as one readable line."""

from __future__ import annotations

import pytest
from word_files import package, paragraph, run

from jianggao.sources.word import read_word


def r(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def e(name: str, inner: str) -> str:
    return f"<m:{name}>{inner}</m:{name}>"


@pytest.mark.parametrize(
    ("formula", "line"),
    [
        (r("Q=v") + r("A"), "Q=vA"),
        (e("f", e("num", r("a+b")) + e("den", r("c"))), "(a+b)/c"),
        (e("f", e("num", r("水量")) + e("den", e("f", e("num", r("1")) + e("den", r("2"))))), "水量/(1/2)"),
        (e("sSup", e("e", r("x")) + e("sup", r("2"))), "x²"),
        (e("sSup", e("e", r("a+b")) + e("sup", r("n+1"))), "(a+b)^(n+1)"),
        (e("sSub", e("e", r("H")) + e("sub", r("2"))) + r("O"), "H₂O"),
        (e("sSubSup", e("e", r("x")) + e("sub", r("i")) + e("sup", r("2"))), "x_i²"),
        (e("rad", "<m:radPr><m:degHide m:val='1'/></m:radPr><m:deg/>" + e("e", r("b²-4ac"))), "√(b²-4ac)"),
        (e("rad", e("deg", r("3")) + e("e", r("V"))), "∛(V)"),
        (
            e(
                "nary",
                '<m:naryPr><m:chr m:val="∑"/></m:naryPr>'
                + e("sub", r("i=1"))
                + e("sup", r("n"))
                + e("e", r("q")),
            ),
            "∑_(i=1)ⁿ q",
        ),
        (e("d", '<m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr>' + e("e", r("a"))), "[a]"),
        (e("d", e("e", r("a"))), "(a)"),
        (e("func", e("fName", r("sin")) + e("e", r("θ"))), "sin θ"),
        (e("limLow", e("e", r("lim")) + e("lim", r("x→0"))), "lim_(x→0)"),
        (
            e("m", e("mr", e("e", r("1")) + e("e", r("0"))) + e("mr", e("e", r("0")) + e("e", r("1")))),
            "[1, 0; 0, 1]",
        ),
        (e("eqArr", e("e", r("x=1")) + e("e", r("y=2"))), "x=1；y=2"),
        (e("acc", e("e", r("v"))), "v"),
        (e("unheardOf", e("e", r("k"))), "k"),
    ],
)
def test_a_formula_is_a_line(formula: str, line: str) -> None:
    body = paragraph(run("按 ") + e("oMath", formula) + run(" 计算。")) + e("oMathPara", e("oMath", formula))
    found = read_word(package(body))
    assert [one for one in found.lines if one] == [f"按 {line} 计算。", line]
    assert found.problems == ()
