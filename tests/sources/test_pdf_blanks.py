"""Blanks that the library passes over in a PDF, and characters whose font isn't there."""

from __future__ import annotations

from pdf_files import Written, drawn_pdf, set_paragraphs

from jianggao.sources.pdf import read_pdf
from jianggao.sources.pdf_blanks import PassedOver, blanks_between

FIRST = "灯会要办得热闹，更要办得平安。往年的经验是，人最多的不是灯最亮的地方，而是卖汤圆的巷口，那里最容易挤作一团。"


def test_blanks_that_are_pieces_of_their_own_are_read_and_nothing_is_lost() -> None:
    head = [Written("灯会\u3000巷口\u3000汤圆", 90, 790), Written("Lantern Fair 2025", 90, 770)]
    found = read_pdf(drawn_pdf([[*head, *set_paragraphs([FIRST])]]))
    assert found.lines == ["灯会\u3000巷口\u3000汤圆", "Lantern Fair 2025", FIRST]
    assert found.problems == ()


def test_a_page_of_hardly_any_characters_and_many_blanks_has_lost_none() -> None:
    found = read_pdf(drawn_pdf([[Written("灯 会 要 办 得 平 安 了", 90, 700)]]))
    assert found.problems == ()


def test_a_blank_stands_between_characters_of_its_line_alone() -> None:
    over = PassedOver({700: [(102.0, 700.2), (300.0, 700.1)], 704: [(110.0, 704.0)]})
    assert over.near(700.0, 12.0) == [102.0, 300.0]
    written = [(90.0, 102.0), (114.0, 126.0), (160.0, 172.0)]
    assert blanks_between(written, [80.0, 102.0, 130.0, 300.0], 12.0, 2.2) == [(102.0, "\u3000")]
    assert blanks_between([(90.0, 102.0), (108.0, 120.0)], [102.0], 12.0, 2.2) == [(102.0, " ")]
