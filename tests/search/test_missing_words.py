"""What a text lacks of what was typed is said as it was typed, and nothing that it has."""

from __future__ import annotations

from datetime import date

import pytest

from jianggao.search.concepts import concepts_of
from jianggao.search.missing_words import lacks, missing_words
from jianggao.search.query import parse_query
from jianggao.search.synonyms import NO_SYNONYMS

DAY = date(2024, 5, 6)


def missing(typed: str, seen: str) -> tuple[str, ...]:
    terms = parse_query(typed).terms
    return missing_words(seen, DAY, terms, concepts_of(terms, NO_SYNONYMS))


@pytest.mark.parametrize(
    ("typed", "seen", "lacking"),
    [
        ("公路 渠道", "进村公路修好了", ("渠道",)),
        ("飞碟学", "进村公路", ("飞碟学",)),
        ("乡村公路建设", "进村公路修好了", ("乡村", "建设")),
        ("GDP", "进村公路", ("GDP",)),
        ("2024年 公路", "公路", ()),
        ("2024年5月6日 公路", "公路", ()),
        ("2024年6月 公路", "公路", ("2024年6月",)),
        ("2023年 公路", "公路", ("2023年",)),
        ("2023年 公路", "二〇二三年修的公路", ()),
        ("三八妇女节", "妇女姐妹们", ("三八妇女节",)),
        ("干部不下乡", "干部下乡去了", ("不下乡",)),
        ("干部不下乡", "干部从不下乡", ()),
        ("停止修路", "修路的钱", ("停止",)),
        ("“公路”", "公路", ()),
        ("22%", "从14提到22头一回", ()),
        ("3%", "百分之三十七", ("3%",)),
        ("3%", "增长3比去年快", ()),
    ],
)
def test_what_is_missing(typed: str, seen: str, lacking: tuple[str, ...]) -> None:
    assert set(missing(typed, seen)) == set(lacking)


def test_a_term_is_there_or_is_the_date() -> None:
    (year,) = parse_query("2024年").terms
    assert not lacks(year, "", DAY) and lacks(year, "", date(2023, 5, 6))
    assert not lacks(year, "二〇二四年", date(2023, 5, 6))
