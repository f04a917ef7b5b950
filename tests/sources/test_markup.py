"""What Markdown, pages and books share."""

from __future__ import annotations

from jianggao.sources.markup import set_headings, without_ranges


def test_headings_are_kept_as_the_parser_sees_them_and_the_first_level_counts() -> None:
    assert set_headings([(" 一、看\u200b  路 ", 2), ("一、看 路", 5), ("  ", 1)]) == {"一、看 路": 2}


def test_ranges_go_and_an_open_one_takes_nothing() -> None:
    assert without_ranges("甲<!-- 一 -->乙<!-- 二\n -->丙<!-- 丁", "<!--", "-->") == "甲乙丙<!-- 丁"
    assert without_ranges("甲<SCRIPT>x</Script>乙İ", "<script>", "</script>") == "甲<SCRIPT>x</Script>乙İ"
    assert without_ranges("甲<SCRIPT>x</Script>乙", "<script>", "</script>") == "甲乙"
