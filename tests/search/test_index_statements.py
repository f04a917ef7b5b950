"""The SQL of a scope's matching sections, and what is read from its rows."""

from __future__ import annotations

import pytest

from jianggao.database import Database
from jianggao.library.section_ids import EVERY_ID, IdRange
from jianggao.search.criteria import SearchCriteria
from jianggao.search.index_statements import section_columns, section_of, section_source
from jianggao.search.indexed_texts import IndexedSection
from jianggao.search.query import parse_query
from jianggao.search.visible_scopes import IndexScope

WHOLE, PUBLIC = IndexScope(EVERY_ID, whole=True), IndexScope(EVERY_ID, whole=False)
IN_GROUP = IndexScope(EVERY_ID, whole=True, in_group=True)
NOT_IN_GROUP = IndexScope(EVERY_ID, whole=False, in_group=False)


async def sections(
    database: Database, typed: str, scope: IndexScope, span: IdRange = EVERY_ID
) -> list[IndexedSection]:
    """The matching sections, the newest first."""
    query = parse_query(typed)
    source, values = section_source(scope, SearchCriteria(query.terms, query.filters), span)
    sql = f"SELECT {section_columns(scope)} {source} ORDER BY s.id DESC"
    rows = await database.run_in_snapshot(lambda snapshot: snapshot.rows(sql, values))
    return [section_of(row, scope) for row in rows]


@pytest.mark.parametrize(
    ("typed", "scope", "speeches"),
    [
        ("管好", WHOLE, [1, 2]),
        ("铁锹", WHOLE, [1]),
        ("铁锹", PUBLIC, []),
        ("铁锹", IN_GROUP, [1]),
        ("铁锹", NOT_IN_GROUP, []),
        ("占便宜", IN_GROUP, []),  # for members alone
        ("用水账目", NOT_IN_GROUP, [1]),  # its heading
        ("年年修年年漏", WHOLE, [1]),
        ("年年年", WHOLE, []),  # the bigrams stand there, the run doesn't
        ("第2篇", WHOLE, [2, 2]),  # by an expression without words
        ("年份:2023", WHOLE, [1, 1, 1, 2, 2, 3]),  # years are a matter of the span
        ("管好 标题:农村公路建设", WHOLE, [2]),  # a long title is read beside the section
        ("管好 标题:农村建设", WHOLE, []),
    ],
)
async def test_sections_of_a_scope(
    three_speeches: Database, typed: str, scope: IndexScope, speeches: list[int]
) -> None:
    assert [section.speech for section in await sections(three_speeches, typed, scope)] == speeches


async def test_no_section_outside_the_span(three_speeches: Database) -> None:
    newer, older = await sections(three_speeches, "管好", WHOLE)
    for one in (newer, older):
        assert await sections(three_speeches, "管好", WHOLE, (one.id, one.id)) == [one]
    for typed in ("管好", "年份:2025"):
        assert await sections(three_speeches, typed, WHOLE, (newer.id + 9_999, EVERY_ID[1])) == []


async def test_a_body_is_read_where_it_may_be_seen(three_speeches: Database) -> None:
    (whole,) = await sections(three_speeches, "水库闸门", WHOLE)
    (public,) = await sections(three_speeches, "水库闸门", PUBLIC)
    assert whole.id == public.id and whole.label == public.label == "二管好水库闸门"
    assert whole.whole and whole.body.startswith("闸门锈死") and sum(whole.body_cut) == len(whole.body)
    assert not public.whole and public.body == "" and public.text == public.label
    (preview,) = await sections(three_speeches, "灌溉渠道", PUBLIC)
    assert not preview.whole and preview.body.startswith("灌溉渠道年年修")


async def test_the_lines_under_the_title_are_part_of_the_first_section(three_speeches: Database) -> None:
    async def bodies(scope: IndexScope) -> list[str]:
        found = await sections(three_speeches, "主题:党建", scope)
        return [section.body for section in found]

    (body,) = await bodies(WHOLE)
    assert body.startswith("2023年7月1日村级班子")
    (section,) = await sections(three_speeches, "主题:党建", WHOLE)
    assert sum(section.body_cut) == len(section.body)  # the words are cut at the same places
    for scope in (PUBLIC, IN_GROUP):
        (body,) = await bodies(scope)
        assert body.startswith("村级班子")


async def test_hidden_sections_are_not_there(three_speeches: Database) -> None:
    (section,) = await sections(three_speeches, "铁锹", WHOLE)
    async with three_speeches.write() as connection:
        await connection.execute(
            "INSERT INTO hidden_sections (first, last, speech, version, terms, state) VALUES (?, ?, 1, 1, '', 0)",
            (section.id, section.id),
        )
    assert await sections(three_speeches, "铁锹", WHOLE) == []
    assert await sections(three_speeches, "第2篇", WHOLE) != []
