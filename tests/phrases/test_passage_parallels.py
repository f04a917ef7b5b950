"""Clauses, sentences, paragraphs and headings built alike."""

from __future__ import annotations

import pytest

from jianggao.phrases.passage_parallels import has_made_points, has_parallelism, is_well_made


@pytest.mark.parametrize(
    ("body", "is_parallel"),
    [
        ("渠要修，水要管，人要勤。", True),
        ("他天天念叨谁家渠通了、谁家田绿了、谁家粮收了。", True),
        ("先修渠、后修路，先通水、后通车，先栽苗、后栽花。", True),
        ("不占田，不占地，不占老人家门口的路。", True),
        ("难在渠头。那里没有水。\n难在渠尾。那里没有人。\n难在心里。那里没有数。", True),
        ("渠要修，水要管。", False),
        ("渠通了。水流进田里以后，老人们在田埂上坐了一个下午。", False),
        ("县里有水利局、财政局、农业局。", False),
        ("渠长12公里，堤高14公里，路长16公里。", False),
        ("", False),
    ],
)
def test_parallelism(body: str, is_parallel: bool) -> None:
    assert has_parallelism(body) is is_parallel


@pytest.mark.parametrize(
    ("heading", "is_made"),
    [
        ("渠修在地上，路修在心上", True),
        ("（一）让水留得下，也流得出", True),
        ("2.把老人当亲戚，不当对象", True),
        ("田埂要走得稳、站得住", True),
        ("加强水利建设", False),
        ("三要采取多种方式充实修渠的资金，强化修渠资金的监管，确保修渠资金的安全，实现修渠资金的增值", False),
        ("去年的工作，请水利局的同志说", False),
        ("", False),
    ],
)
def test_headings(heading: str, is_made: bool) -> None:
    assert is_well_made(heading) is is_made


def test_points_inside() -> None:
    assert has_made_points("一是渠修在地上，路修在心上。\n二是人守着渠，渠养着人。")
    assert has_made_points("难在渠头。那里没有水。\n难在渠尾。那里没有人。\n难在心里。那里没有数。")
    assert not has_made_points("一是修渠。\n二是抓紧把去年没有补完的堤坝补上。")
    assert not has_made_points("")
