"""Of several typed words some may name speeches: the others are looked for in these."""

from __future__ import annotations

import pytest

from jianggao.database import Database
from jianggao.library.section_ids import EVERY_ID
from jianggao.phrases.passage_kinds import PassageKind
from jianggao.search.named_scope import NamedScope, named_scope
from jianggao.search.query import parse_query
from jianggao.search.visible_index import VisibleIndex


async def scope(database: Database, typed: str) -> NamedScope:
    return await database.run_in_snapshot(
        lambda snapshot: named_scope(VisibleIndex(snapshot, EVERY_ID), parse_query(typed))
    )


@pytest.mark.parametrize(
    ("typed", "matter"),
    [
        ("农村公路建设推进会 拖拉机", ["拖拉机"]),
        ("拖拉机 公路推进会 坑洼", ["拖拉机", "坑洼"]),  # theme and occasion stand apart in the title
        ("农村公路建设推进会讲话 拖拉机 全文", ["拖拉机"]),
        ("2024年农村公路建设推进会 拖拉机", ["拖拉机"]),
        ("农村公路建设推进会 2024年 拖拉机", ["拖拉机"]),
        ("二〇二四年农村公路建设推进会 拖拉机", ["拖拉机"]),
        ("2024年5月公路推进会 拖拉机", ["拖拉机"]),
        ("公路推进会 6000 拖拉机", ["6000", "拖拉机"]),
    ],
)
async def test_the_other_words_are_the_matter(
    three_speeches: Database, typed: str, matter: list[str]
) -> None:
    found = await scope(three_speeches, typed)
    assert found.speeches == {2} and [term.typed for term in found.matter] == matter
    assert all("推进会" in name.typed for name in found.names)


@pytest.mark.parametrize(
    "typed",
    [
        "推进会 拖拉机",  # any speech is held at some meeting
        "农村公路 拖拉机",
        "社会 拖拉机",
        "2019年农村公路建设推进会 拖拉机",
        "农村公路建设推进会 二〇一九年 拖拉机",
        "“农村公路建设推进会” 拖拉机",
        "农村电网推进会 拖拉机",
    ],
)
async def test_nothing_is_a_name_that_names_no_speech_or_leaves_no_matter(
    three_speeches: Database, typed: str
) -> None:
    found = await scope(three_speeches, typed)
    assert found == NamedScope(frozenset(), {}, parse_query(typed).terms)


@pytest.mark.parametrize("typed", ["农村公路建设推进会 全文", "讲话稿 农村公路建设推进会"])
async def test_what_every_speech_has_is_no_matter(three_speeches: Database, typed: str) -> None:
    found = await scope(three_speeches, typed)
    assert found.speeches == {2} and [term.typed for term in found.matter] == ["农村公路建设推进会"]


async def test_a_kind_of_passage_is_looked_for_in_the_named_speech(three_speeches: Database) -> None:
    found = await scope(three_speeches, "案例:农村公路建设推进会")
    assert parse_query("案例:农村公路建设推进会").filters.kinds == (PassageKind.CASE,)
    assert found.speeches == {2} and [term.typed for term in found.matter] == ["农村公路建设推进会"]


async def test_a_filter_by_title_names_speeches_too(three_speeches: Database) -> None:
    found = await scope(three_speeches, "标题:农村公路 拖拉机")
    assert found.speeches == {2} and [term.typed for term in found.matter] == ["拖拉机"]


@pytest.mark.parametrize(
    "typed", ["农村公路建设推进会", "2024年5月 农村公路建设推进会", "农村公路建设推进会 全文"]
)
async def test_of_a_speech_that_is_named_alone_anything_will_do(three_speeches: Database, typed: str) -> None:
    found = await scope(three_speeches, typed)
    assert found.speeches == {2} and not found.names and found.matter
