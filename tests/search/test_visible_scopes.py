"""Every section of the library lies in one scope, and is seen there as its asker may see it."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from jianggao.library.section_ids import EVERY_ID, IdRange, id_range
from jianggao.search.visible_scopes import IndexScope, visible_scopes

YEAR = id_range(date(2025, 1, 1), date(2025, 12, 31))


def test_who_may_read_nothing_sees_public_text() -> None:
    assert visible_scopes(None, in_group=False) == (IndexScope(EVERY_ID, whole=False),)
    assert visible_scopes(None, in_group=True) == (IndexScope(EVERY_ID, whole=False),)


def test_who_may_read_everything_has_one_scope() -> None:
    assert visible_scopes(EVERY_ID, in_group=False) == (IndexScope(EVERY_ID, whole=True),)


@pytest.mark.parametrize("readable", [YEAR, (0, YEAR[1]), (YEAR[0], EVERY_ID[1])])
def test_the_scopes_cover_the_library_without_overlap_the_newest_first(readable: IdRange) -> None:
    scopes = visible_scopes(readable, in_group=False)
    assert [scope.whole for scope in scopes if scope.span == readable] == [True]
    assert all(not scope.whole for scope in scopes if scope.span != readable)
    assert scopes[0].span[1] == EVERY_ID[1] and scopes[-1].span[0] == 0
    for newer, older in itertools.pairwise(scopes):
        assert newer.span[0] == older.span[1] + 1


def test_in_a_member_group_the_span_is_divided_by_what_may_be_shown_there() -> None:
    newer, shown, others, older = visible_scopes(YEAR, in_group=True)
    assert shown == IndexScope(YEAR, whole=True, in_group=True)
    assert others == IndexScope(YEAR, whole=False, in_group=False)
    assert not newer.whole and not older.whole
    assert [scope.has_speeches for scope in (newer, shown, others, older)] == [True, True, False, True]


@pytest.mark.parametrize(
    ("scope", "table", "text", "label", "condition"),
    [
        (IndexScope(YEAR, whole=True), "section_grams", "s.label || s.occasion || s.body", "label", ""),
        (
            IndexScope(YEAR, whole=True, in_group=True),
            "section_grams",
            "s.public_label || s.body",
            "public_label",
            " AND s.in_group = 1",
        ),
        (
            IndexScope(YEAR, whole=False, in_group=False),
            "public_grams",
            "CASE s.preview WHEN 1 THEN s.public_label || s.body ELSE s.public_label END",
            "public_label",
            " AND s.in_group = 0",
        ),
        (
            IndexScope(YEAR, whole=False),
            "public_grams",
            "CASE s.preview WHEN 1 THEN s.public_label || s.body ELSE s.public_label END",
            "public_label",
            "",
        ),
    ],
)
def test_what_is_read_of_a_section(
    scope: IndexScope, table: str, text: str, label: str, condition: str
) -> None:
    assert (scope.table, scope.text, scope.label[0], scope.group_condition) == (table, text, label, condition)
