"""Terms of the index: every run of a text is found by its query, in the field that it stands in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.text.bigrams import (
    LABEL,
    TITLE,
    any_gram,
    gram_query,
    gram_text,
    is_exact,
    keyword_term,
    speech_term,
    topic_term,
)


def test_terms_of_a_run() -> None:
    assert gram_text("乡村振兴").split() == ["乡村", "村振", "振兴", "兴"]
    assert gram_text("渠") == "渠"
    assert gram_text("") == ""


def test_no_bigram_crosses_from_one_run_to_the_next() -> None:
    assert gram_text("渠水", "来了").split() == ["渠水", "水", "来了", "了"]


def test_terms_of_a_field_begin_with_its_sign() -> None:
    assert gram_text("渠水", field=TITLE).split() == ["《渠水", "《水"]
    assert gram_query("渠水", LABEL) == '"【渠水"'


def test_terms_of_different_kinds_are_different() -> None:
    terms = {
        topic_term("渠水"),
        keyword_term("渠水"),
        speech_term(12),
        "渠水",
        *gram_text("渠水", field=TITLE).split(),
    }
    assert len(terms) == 6


@pytest.mark.parametrize(
    ("run", "query"),
    [
        ("渠", '"渠"*'),
        ("渠水", '"渠水"'),
        ("渠水来", '"渠水" AND "水来"'),
        ("渠水来了", '"渠水" AND "水来" AND "来了"'),
        ("渠水来到田", '"渠水" AND "来到" AND "到田"'),
        ("渠水来到田里", '"渠水" AND "来到" AND "田里"'),
    ],
)
def test_queries(run: str, query: str) -> None:
    assert gram_query(run) == query


@pytest.mark.parametrize(("run", "exact"), [("渠", True), ("渠水", True), ("渠水来", False)])
def test_two_characters_need_no_second_look(run: str, exact: bool) -> None:
    assert is_exact(run) is exact


def test_any_of_several_bigrams() -> None:
    assert any_gram(["渠水", "来了"]) == '"渠水" OR "来了"'


class Table:
    """An FTS5 table as the index has it."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:")
        self.connection.execute(
            "CREATE VIRTUAL TABLE grams USING fts5 (terms, detail = none, tokenize = 'ascii')"
        )

    def matches(self, terms: str, query: str) -> bool:
        self.connection.execute("DELETE FROM grams")
        self.connection.execute("INSERT INTO grams VALUES (?)", (terms,))
        return bool(self.connection.execute("SELECT 1 FROM grams WHERE grams MATCH ?", (query,)).fetchall())


@pytest.fixture(scope="module")
def table() -> Iterator[Table]:
    made = Table()
    yield made
    made.connection.close()


RUNS = st.text("渠水来了山石田里", min_size=1, max_size=12)


@given(text=RUNS, data=st.data())
def test_every_part_of_a_text_is_found(table: Table, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    part = text[start : data.draw(st.integers(start + 1, len(text)))]
    assert table.matches(gram_text(text), gram_query(part))


@given(text=RUNS, run=st.text("渠水来了山石田里", min_size=1, max_size=2))
def test_what_is_exact_finds_nothing_else(table: Table, text: str, run: str) -> None:
    assert is_exact(run)
    assert table.matches(gram_text(text), gram_query(run)) == (run in text)
