"""How a query is taken apart into terms and filters, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.errors import WrongUse
from jianggao.search.query import MAX_CHARACTERS, MAX_FILTERS, MAX_TERMS, parse_query


def test_a_phrase_has_one_way() -> None:
    (term,) = parse_query("“2025年”").terms
    assert term.runs == ("2025年",) and term.phrase


def test_filters_stand_before_or_behind_the_words() -> None:
    before = parse_query("主题:水利 年份:2025年 第3篇 渠")
    behind = parse_query("渠 第3篇： 年份：2025 主题：水利")
    assert before.filters == behind.filters and before.terms == behind.terms
    assert behind.filters.speeches == (3,) and behind.filters.years == (2025,)
    assert [term.run for term in parse_query("第3篇:渠").terms] == ["渠"]


@given(st.text(max_size=60))
def test_anything_typed_parses_or_is_refused(text: str) -> None:
    try:
        query = parse_query(text)
    except WrongUse:
        return
    assert query.terms or query.filters


def test_words_are_terms_and_a_word_typed_twice_is_one() -> None:
    query = parse_query(" 渠长　閘門 渠長，")
    assert [term.run for term in query.terms] == ["渠长", "闸门"]
    assert [term.typed for term in query.terms] == ["渠长", "閘門"]


@pytest.mark.parametrize("typed", ["“渠 长”", '"渠 长"', "「渠 长」", "『渠 长』"])
def test_what_stands_in_quotation_marks_is_a_phrase(typed: str) -> None:
    (term,) = parse_query(typed).terms
    assert term.phrase and term.run == "渠长"


@pytest.mark.parametrize("typed", ["3 %", "3　％", "增长 3 %"])
def test_a_blank_before_the_percent_sign_is_none(typed: str) -> None:
    assert parse_query(typed).terms[-1].typed in ("3%", "3％")


def test_a_quotation_mark_that_nobody_closes_is_no_letter() -> None:
    (term,) = parse_query("“渠长").terms
    assert not term.phrase and term.run == "渠长"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "请写上要找的词"),
        ("　 ", "请写上要找的词"),
        ("，。！", "没有可以检索的文字"),
        ("渠" * (MAX_CHARACTERS + 1), f"最多 {MAX_CHARACTERS} 字"),
        ("\u0301" * 100_000, "太长了"),
        (" ".join(f"词{number}" for number in range(MAX_TERMS + 1)), f"最多 {MAX_TERMS} 个词"),
        (" ".join(f"第{number}篇" for number in range(MAX_FILTERS + 1)), f"最多 {MAX_FILTERS} 个条件"),
        ("渠 主题:", "“主题:”后面要写主题"),
        ("年份:去年 渠", "四位数的年份"),
        ("年份:2525 渠", "四位数的年份"),
        ("标题：， 渠", "“标题:”后面要写题目里的字"),
    ],
)
def test_what_is_refused_and_why(typed: str, reason: str) -> None:
    with pytest.raises(WrongUse, match=reason):
        parse_query(typed)


def test_filters_alone_are_a_query() -> None:
    query = parse_query("年份:2024 年份:2025")
    assert not query.terms and query.filters.years == (2024, 2025)


def test_a_suggestion_is_typed_with_the_filters_of_the_query() -> None:
    query = parse_query("网格园 “走 访” 主题:基层治理 第3篇")
    other = parse_query("网格员 “走 访”").terms
    assert query.typed_with(other) == "网格员 “走 访” 主题:基层治理 第3篇"
    changed = query.with_terms(other)
    assert changed.terms == other and changed.filters == query.filters


def test_a_term_stands_where_any_way_to_write_it_does() -> None:
    (term,) = parse_query("2025年").terms
    assert term.run == "2025年" and term.stands_in("到二〇二五年底") and not term.stands_in("到2024年底")
    assert term.run_in("到二〇二五年底") == "二〇二五年" and term.run_in("没有") == "2025年"


@pytest.mark.parametrize("typed", ["2021年讲话", "2021年的讲话", "2021年发言稿"])
def test_the_speeches_of_a_year_are_asked_for_by_its_filter(typed: str) -> None:
    query = parse_query(typed)
    assert query.filters.years == (2021,) and query.terms == ()
    assert parse_query("2021年讲话精神").filters.years == ()


@pytest.mark.parametrize("typed", ["2022-10-21", "2022.10.21", "2022/10/21", "2022年10月21日"])
def test_a_date_is_read_however_it_is_typed(typed: str) -> None:
    (term,) = parse_query(typed).terms
    assert term.run == "2022年10月21日" and "20221021" in term.runs


def test_a_pasted_paragraph_may_stand_behind_filters() -> None:
    text = (
        "闸门锈死放不下水，水库管理员扛着铁锹守到天亮，今年的闸门一定要换，"
        "换完当场试水，谁管的闸门谁签字，一处也不能落下，全县各个乡镇都要照这样办。"
    )
    query = parse_query(f"年份:2024 标题: 座谈会 {text}")
    assert query.is_paragraph and query.text == text
    assert query.filters.years == (2024,) and query.filters.titles == ("座谈会",)
    with pytest.raises(WrongUse, match="四位数的年份"):
        parse_query(f"年份:去年 {text}")


def test_a_blank_behind_each_character_of_a_scan_parts_no_words() -> None:
    text = " ".join("今年的闸门一定要换谁管的闸门谁签字" * 4)
    assert len(text) < MAX_CHARACTERS and parse_query(text).is_paragraph


def test_a_lone_surrogate_is_no_character() -> None:
    query = parse_query("渠道\udcff")
    assert "\udcff" not in query.text and query.terms[0].run == "渠道"


@pytest.mark.parametrize("typed", ["2025-10", "2025.10", "2025/10", "2025—10"])
def test_a_month_is_read_too(typed: str) -> None:
    assert parse_query(typed).terms[0].run == "2025年10月"


@pytest.mark.parametrize("typed", ["2019-2023年", "2025.13", "2025.4%", "12025.10"])
def test_other_numbers_are_no_dates(typed: str) -> None:
    assert "月" not in parse_query(typed).terms[0].run
