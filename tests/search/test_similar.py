"""Sections on the same matter stand in other speeches and share telling words."""

from __future__ import annotations

import pytest
from stored_speeches import prepared, store

from jianggao.database import Database
from jianggao.library.section_ids import EVERY_ID, Audience, IdRange
from jianggao.search.similar import Similar, similar_sections
from jianggao.search.visible_index import VisibleIndex

TEXT = "水库管理员守着锈死的闸门，灌溉渠道漏水，老乡们扛着铁锹守到天亮。"
AGAIN = """在防汛工作会上的讲话
（2022年6月1日）
同志们：
一、看住水库大坝
水库管理员要守住大坝，闸门锈死的当天换，灌溉渠道漏水的当天补，谁的铁锹谁带上，不能等水来了再找人。
二、备好防汛物资
仓库里的铁锹和编织袋要点清，管理员签字，领走多少登记多少，用完了当天补上，不能拖到明天。
"""


@pytest.fixture
async def four_speeches(three_speeches: Database) -> Database:
    async with three_speeches.write() as connection:
        await store(connection, prepared(AGAIN), audiences={1: Audience.PREVIEW})
    return three_speeches


async def similar(
    database: Database, text: str, speech: int, limit: int = 5, readable: IdRange | None = EVERY_ID
) -> list[Similar]:
    return await database.run_in_snapshot(
        lambda snapshot: similar_sections(VisibleIndex(snapshot, readable), text, speech, limit)
    )


async def test_the_section_that_shares_most_is_the_best_of_its_speech(four_speeches: Database) -> None:
    (best,) = await similar(four_speeches, TEXT, speech=1)
    assert best.section.speech == 4 and best.section.label == "一看住水库大坝"
    assert {"水库", "管理员", "闸门"} <= set(best.shared)
    assert all(word in best.section.text for word in best.shared)


async def test_the_speech_itself_is_left_out(four_speeches: Database) -> None:
    assert {found.section.speech for found in await similar(four_speeches, TEXT, speech=4)} == {1}
    assert {found.section.speech for found in await similar(four_speeches, TEXT, speech=99)} == {1, 4}


async def test_one_word_is_no_likeness(four_speeches: Database) -> None:
    assert await similar(four_speeches, "拖拉机", speech=1) == []
    assert await similar(four_speeches, "", speech=1) == []


async def test_only_what_may_be_seen_is_compared(four_speeches: Database) -> None:
    found = await similar(four_speeches, TEXT, speech=99, readable=None)
    assert [entry.section.speech for entry in found] == [4, 1]  # a preview, and a public heading
    assert "铁锹" in found[0].shared and "铁锹" not in found[1].shared
    assert all(word in entry.section.text for entry in found for word in entry.shared)


async def test_no_more_than_asked_for(four_speeches: Database) -> None:
    assert len(await similar(four_speeches, TEXT, speech=99, limit=1)) == 1
