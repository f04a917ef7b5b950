"""How far a numbered heading reaches on its line."""

from __future__ import annotations

import pytest
from parsed_texts import HEAD, A, B, speech_of, tree

from jianggao.parsing.heading_extent import heading_extent
from jianggao.parsing.heading_numbers import read_mark


def text_of(paragraph: str, *wide_blanks: int) -> str:
    mark = read_mark(paragraph)
    assert mark is not None
    return heading_extent(paragraph, mark, wide_blanks)[0]


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("一、AI 要用在排队最长的地方。", "AI 要用在排队最长的地方"),
        ("二、GPU 算力要合起来用。", "GPU 算力要合起来用"),
        ("三、把 12345 热线接到村里。", "把 12345 热线接到村里"),
        ("四、用 3 年时间修 5 条渠。", "用 3 年时间修 5 条渠"),
        ("（一）推进 5G 网络 全覆盖。", "推进 5G 网络 全覆盖"),
        ("（一）推进 5G 网络 全覆盖，今年再建二百个站。", "推进 5G 网络 全覆盖，今年再建二百个站"),
        ("一是 AI 要用好。", "AI 要用好"),
        ("五、“一张网” 管到底。", "“一张网” 管到底"),
        ("六、看清脚下路 迈开自己步。", "看清脚下路 迈开自己步"),
        ("七、渠 林 田 都要管好，一样都不能少。", "渠 林 田 都要管好，一样都不能少"),
        ("八、水渠 林带 田埂 都要管好，一样都不能少。", "水渠 林带 田埂 都要管好，一样都不能少"),
        ("九、看清路， 迈开步。", "看清路， 迈开步"),
        ("十、完成投资 ×× 万元，比去年多。", "完成投资 ×× 万元，比去年多"),
    ],
)
def test_blanks_that_part_nothing(heading: str, text: str) -> None:
    assert text_of(heading + A) == text


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("（一）看清路 ", "看清路"),
        ("（一）看清脚下的路 ", "看清脚下的路"),
        ("（一）看清“脚下” ", "看清“脚下”"),
        ("（一）看清脚下路 迈开自己步 ", "看清脚下路 迈开自己步"),
        ("（一）推进 5G 网络 ", "推进 5G 网络"),
    ],
)
def test_a_blank_before_a_body_parts(heading: str, text: str) -> None:
    assert text_of(heading + A) == text


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("（一）用好 AI　　" + A, "用好 AI"),
        ("（一）看清路\t渠修好了，水就来了。", "看清路"),
        ("（一）看清路，迈开步　　" + A, "看清路，迈开步"),
        ("（一）　看清路　　" + A, "看清路"),
        ("（一）看清脚下路　　迈开自己步", "看清脚下路 迈开自己步"),
        ("（一）渠　林　田　都要管好。" + A, "渠 林 田 都要管好"),
        ("（一）建成 5G 基站  " + A, "建成 5G 基站"),
    ],
)
def test_a_wide_blank_parts_wherever_it_stands(line: str, text: str) -> None:
    """The parser remembers how wide the blanks of a source were."""
    speech = speech_of(*HEAD, line, "（二）走到底。" + B)
    assert tree(speech)[0] == (1, "（一）", text)


def test_a_title_in_brackets_is_the_heading_of_an_article() -> None:
    assert text_of("第一条 （目的）为了管好渠水，制定本办法。" + A) == "（目的）"
    assert text_of("第二条【水价】按方计算，一年一定。" + A) == "【水价】"
    assert text_of("（一）（试点）先走一步。" + A) == "（试点）先走一步"
    assert text_of("一、【水价】" + A) == "【水价】"
    assert text_of("一、【水价】怎么定") == "【水价】怎么定"


def test_a_label_with_a_colon_is_the_heading_of_what_follows() -> None:
    assert text_of("（1）选种：" + A) == "选种"
    assert text_of("二、时间安排：9月20日以前割完东岸，哪天下雨哪天停。") == "时间安排"
    assert text_of("一、守住一条：水不过界。") == "守住一条：水不过界"
    assert text_of("一、8:30开闸，十点关闸。" + A) == "8:30开闸，十点关闸"
    assert text_of("一是两句话：" + A).startswith("两句话：")


def test_a_long_article_is_no_line_of_its_own() -> None:
    mark = read_mark(paragraph := "第一条 " + "渠" * 80)
    assert mark is not None
    assert heading_extent(paragraph, mark) == ("渠" * 80, 84, True)
