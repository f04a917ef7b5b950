"""What must stand in a text, as the index is asked for it."""

from __future__ import annotations

from datetime import date

import pytest

from jianggao.library.section_ids import EVERY_ID, first_id, id_range, last_id
from jianggao.search.criteria import SearchCriteria, any_of, in_context, in_label, in_title, of_speeches
from jianggao.search.query import Filters, Term, parse_query


def criteria(typed: str) -> SearchCriteria:
    query = parse_query(typed)
    return SearchCriteria(query.terms, query.filters)


@pytest.mark.parametrize(
    ("typed", "expression"),
    [
        ("渠", '(("渠"*))'),
        ("水渠", '(("水渠"))'),
        ("水渠 闸", '(("水渠")) AND (("闸"*))'),
        ("主题:水利", '"〔水利"'),
        ("标题:冬修", '("《冬修")'),
        ("第3篇 第4篇", '("№3" OR "№4")'),
        ("年份:2025", ""),
        ("渠 主题:水利", '(("渠"*)) AND "〔水利"'),
    ],
)
def test_the_expression_of_a_query(typed: str, expression: str) -> None:
    assert criteria(typed).expression == expression


def test_any_way_to_write_a_term_will_do() -> None:
    assert criteria("二〇二五").expression.count(" OR ") == len(parse_query("二〇二五").terms[0].runs) - 1


def test_a_narrowed_search_fulfils_both() -> None:
    wanted = criteria("水渠")
    assert wanted.narrowed_to('"闸门"').expression == wanted.expression + ' AND "闸门"'
    assert SearchCriteria((), narrowed='"闸门"').expression == '"闸门"'


def test_only_long_runs_are_looked_for_in_the_text() -> None:
    """Bigrams of a run of three characters may stand apart: 乡村 and 村里 don't prove 乡村里."""
    assert criteria("水渠 闸").conditions("s.body") == ("", [])
    sql, values = criteria("乡村里").conditions("s.body")
    assert sql == " AND (instr(s.body, ?))" and values == ["乡村里"]
    sql, values = criteria("2025年").conditions("s.body")
    assert sql.count("instr(s.body, ?)") == len(values) == len(parse_query("2025年").terms[0].runs)


@pytest.mark.parametrize(("title", "needed"), [("冬修", False), ("冬修水利", True)])
def test_titles_are_read_for_long_runs_alone(title: str, needed: bool) -> None:
    wanted = criteria(f"标题:{title}")
    assert wanted.needs_title is needed
    assert wanted.conditions("s.body") == ((" AND instr(i.title, ?)", [title]) if needed else ("", []))


def test_without_years_the_whole_span_is_searched() -> None:
    assert criteria("渠").spans(EVERY_ID) == [EVERY_ID]


def test_years_are_cut_out_of_the_span_the_newest_first() -> None:
    spans = criteria("年份:2023 年份:2025").spans(EVERY_ID)
    assert spans == [id_range(date(year, 1, 1), date(year, 12, 31)) for year in (2025, 2023)]
    readable = id_range(date(2023, 6, 1), date(2024, 6, 30))
    assert criteria("年份:2023 年份:2025").spans(readable) == [
        (first_id(date(2023, 6, 1)), last_id(date(2023, 12, 31)))
    ]
    assert criteria("年份:2020").spans(readable) == []


def test_fields_have_terms_of_their_own() -> None:
    terms = (Term("水渠", ("水渠", "渠道")), Term("闸", ("闸",)))
    assert in_label(terms) == '((("【水渠") OR ("【渠道")) OR (("【闸"*)))'
    assert in_title(terms) == in_label(terms).replace("【", "《")
    assert in_context("水渠") == '(("《水渠") OR "〈水渠")'
    assert of_speeches([3]) == '("№3")' and any_of(["水渠"]) == '(("水渠"))'


def test_filters_are_true_if_there_is_one() -> None:
    assert not Filters() and Filters(years=(2025,)) and Filters(speeches=(1,))
