"""What operators type behind 查看报告, 去行 and 留行."""

from __future__ import annotations

import pytest

from jianggao.errors import WrongForm


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("", 1),
        ("第2页", 2),
        ("2页", 2),
        ("页3", 3),
        ("第 12 页", 12),
        ("第0页", 1),
        ("12", None),
        ("冬修", None),
    ],
)
def test_pages(plugins: None, words: str, page: int | None) -> None:
    from plugins.operations.arguments import read_page

    assert read_page(words) == page


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("3", [3]),
        ("3 5 7", [3, 5, 7]),
        ("3、5，7;9", [3, 5, 7, 9]),
        ("3-5", [3, 4, 5]),
        ("3到5 9", [3, 4, 5, 9]),
        ("第3行", [3]),
        ("5 5", [5]),
        (" 12。", [12]),
    ],
)
def test_numbers_of_lines(plugins: None, words: str, numbers: list[int]) -> None:
    from plugins.operations.arguments import read_line_numbers

    assert read_line_numbers(words) == numbers


@pytest.mark.parametrize(
    "words",
    [
        "",
        "  ",
        "，",
        "它",
        "0",
        "-3",
        "5-3",
        "1-51",
        "3.5",
        "9" * 17,
        "9" * 16,
        "1-" + "9" * 16,
        "全部",
        "²",
        "1 二",
    ],
)
def test_what_is_no_number_is_said_so(plugins: None, words: str) -> None:
    from plugins.operations.arguments import read_line_numbers

    with pytest.raises(WrongForm):
        read_line_numbers(words)


def test_many_numbers_are_refused(plugins: None) -> None:
    from plugins.operations.arguments import read_line_numbers

    with pytest.raises(WrongForm, match="一次最多 50 行"):
        read_line_numbers(" ".join(map(str, range(1, 60))))
