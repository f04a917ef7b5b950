"""Digits that a Word file sets above and below the line, and those that stand on it all the same."""

from __future__ import annotations

from word_files import package, paragraph, run

from jianggao.sources.word import read_word

WRITTEN = "林场管着3×10⁴亩松林，一年吸走的CO₂够装满八千m³的窑。"


def placed(height: str, size: int = 0) -> str:
    return f'<w:position w:val="{height}"/>' + (f'<w:sz w:val="{size}"/>' if size else "")


def test_word_that_sets_digits_above_and_below_the_line() -> None:
    body = (
        run("林场管着3×10")
        + run("4", placed("8", 15))
        + run("亩松林，一年吸走的CO")
        + run("2", placed("-2", 19))
    )
    body += run("够装满八千m") + run("3", placed("5pt")) + run("的窑。") + run("1", placed("10", 12))
    assert read_word(package(paragraph(body))).lines == [WRITTEN + "[1]"]


def test_a_character_style_raises_and_lowers_too() -> None:
    styles = "".join(
        f'<w:style w:type="character" w:styleId="{name}">{based}<w:rPr>{look}</w:rPr></w:style>'
        for name, based, look in (
            ("Up", "", placed("6", 12)),
            ("Higher", '<w:basedOn w:val="Up"/>', "<w:b/>"),
            ("Low", "", '<w:vertAlign w:val="subscript"/>'),
        )
    )
    higher, low = ('<w:rStyle w:val="Higher"/>', '<w:rStyle w:val="Low"/>')
    body = (
        run("10")
        + run("4", higher)
        + run("亩，CO")
        + run("2", low)
        + run("少了，10")
        + run("4", higher + placed("0"))
    )
    assert read_word(package(paragraph(body), {"styles": styles})).lines == ["10⁴亩，CO₂少了，104"]


def test_digits_a_little_off_the_line_are_digits_all_the_same() -> None:
    """What was once a PDF sets Western digits a half point lower than the words, or a size smaller."""
    off = placed("-1", 30) + '<w:rFonts w:ascii="Arial"/>'
    body = (
        run("2025", off)
        + run("年", '<w:sz w:val="32"/>')
        + run("12", off)
        + run("月，林场管着", '<w:sz w:val="32"/>')
    )
    body += run("3", placed("1")) + run("座山。") + run("8", placed("1")) + run("个人。")
    assert read_word(package(paragraph(body))).lines == ["2025年12月，林场管着3座山。8个人。"]
    raised = paragraph(run("2024年的第12次", placed("6")) + run("会", placed("6")))
    assert read_word(package(raised)).lines == ["2024年的第12次会"]


def test_smaller_digits_are_measured_by_the_style_of_their_paragraph() -> None:
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="20"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:styleId="Large"><w:rPr><w:sz w:val="32"/></w:rPr></w:style>'
    )
    body = run("一段话。") + run("1", placed("8", 19))
    large = paragraph(body, '<w:pStyle w:val="Large"/>')
    assert read_word(package(large + paragraph(body), {"styles": styles})).lines == [
        "一段话。[1]",
        "一段话。1",
    ]
