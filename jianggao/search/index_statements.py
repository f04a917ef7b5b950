"""Writes the SQL of the matching sections of a scope, and reads its rows."""

from __future__ import annotations

import sqlite3

from jianggao.library.hidden_sections import not_hidden
from jianggao.library.section_ids import IdRange
from jianggao.search.criteria import SearchCriteria
from jianggao.search.indexed_texts import IndexedSection
from jianggao.search.visible_scopes import IndexScope


def section_source(scope: IndexScope, criteria: SearchCriteria, span: IdRange) -> tuple[str, list[object]]:
    """Returns FROM and WHERE of the matching sections `s`, and the values of their parameters."""
    conditions, values = criteria.conditions(scope.text, proved=scope.shows_all_indexed)
    conditions += f"{scope.group_condition} AND {not_hidden('s.id')}"
    titles = "JOIN speech_index i ON i.speech = s.speech" if criteria.needs_title else ""
    if not criteria.expression:
        return f"FROM indexed_sections s {titles} WHERE s.id BETWEEN ? AND ? {conditions}", [*span, *values]
    table = scope.table
    return (
        f"FROM {table} CROSS JOIN indexed_sections s ON s.id = {table}.rowid {titles} "
        f"WHERE {table} MATCH ? AND {table}.rowid BETWEEN ? AND ? {conditions}",
        [criteria.expression, *span, *values],
    )


def section_columns(scope: IndexScope) -> str:
    """Returns the columns of a section `s` as it is seen in a scope, for `section_of`."""
    label, cut = scope.label
    body, body_cut = "s.body", "s.body_cut"
    if not scope.whole:
        # How many words a locked text has is read no more than the text.
        body = "CASE s.preview WHEN 1 THEN s.body ELSE '' END"
        body_cut = "CASE s.preview WHEN 1 THEN s.body_cut ELSE x'' END"
    return (
        f"s.id, s.speech, s.{label} AS label, {body} AS body, s.{cut} AS label_cut, {body_cut} AS body_cut, "
        f"{scope.occasion} AS occasion, s.occasion_cut, {scope.vector} AS vector"
    )


def section_of(row: sqlite3.Row, scope: IndexScope) -> IndexedSection:
    """Returns the section of a row of `section_columns`, read in the same scope."""
    body, body_cut = row["body"], row["body_cut"]
    if row["occasion"]:
        # The lines under the title are read before the first section, as a part of it.
        body, body_cut = row["occasion"] + body, row["occasion_cut"] + body_cut
    return IndexedSection(
        row["id"],
        row["speech"],
        scope.whole,
        row["label"],
        body,
        row["label_cut"],
        body_cut,
        row["vector"],
        len(row["occasion"]),
    )
