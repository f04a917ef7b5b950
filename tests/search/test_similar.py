"""Sections on the same matter stand in other speeches and share telling words."""

from __future__ import annotations

import pytest
from stored_speeches import prepared, store

from jianggao.database import Database
from jianggao.library.section_ids import EVERY_ID, Audience, IdRange
from jianggao.search.similar import Similar, similar_sections
from jianggao.search.visible_index import VisibleIndex

LABEL = "把水库闸门守住"
TEXT = "水库管理员守着锈死的闸门，灌溉渠道漏水，老乡们扛着铁锹守到天亮。"
AGAIN = """在防汛工作会上的讲话
（2022年6月1日）
同志们：
一、看住水库大坝
水库管理员要守住大坝，闸门锈死的当天换，灌溉渠道漏水的当天补，谁的铁锹谁带上，不能等水来了再找人。
二、备好防汛物资
仓库里的铁锹和编织袋要点清，管理员签字，领走多少登记多少，用完了当天补上，不能拖到明天。
"""


COUNTED = """在公路账目公开会上的讲话
（2022年6月8日）
同志们：
一、算清公路账目
{}
二、说到做到
话说在前头，事办在后头，谁说的谁去办，谁办的谁来说，说完办完，大家当面看，看完再签字画押。
"""


@pytest.fixture
async def four_speeches(three_speeches: Database) -> Database:
    async with three_speeches.write() as connection:
        await store(connection, prepared(AGAIN), audiences={1: Audience.PREVIEW})
    return three_speeches


async def similar(
    database: Database,
    body: str = TEXT,
    *,
    label: str = LABEL,
    speech: int = 1,
    limit: int = 5,
    readable: IdRange | None = EVERY_ID,
) -> list[Similar]:
    return await database.run_in_snapshot(
        lambda snapshot: similar_sections(VisibleIndex(snapshot, readable), label, body, speech, limit)
    )


async def test_the_section_that_shares_most_is_the_best_of_its_speech(four_speeches: Database) -> None:
    (best,) = await similar(four_speeches)
    assert best.section.speech == 4 and best.section.label == "一看住水库大坝"
    assert {"水库", "管理员", "闸门"} <= set(best.shared)
    assert all(word in best.section.text for word in best.shared)


async def test_the_speech_itself_is_left_out(four_speeches: Database) -> None:
    assert {found.section.speech for found in await similar(four_speeches, speech=4)} == {1}
    assert {found.section.speech for found in await similar(four_speeches, speech=99)} == {1, 4}


async def test_one_word_is_no_likeness(four_speeches: Database) -> None:
    assert await similar(four_speeches, "拖拉机开进去就出不来。", label="") == []
    assert await similar(four_speeches, "", label="") == []
    assert await similar(four_speeches, "", label="闸门") == []


async def test_numbers_times_and_units_are_no_likeness(four_speeches: Database) -> None:
    """The section shares a subject with another, and else only how much and when."""
    counted = "2022年6月，第三季度，百分之三十，二十亿元，一共五十公里，每户三百元，今年全市同比多了两成。"
    async with four_speeches.write() as connection:
        await store(connection, prepared(COUNTED.format(counted)))
    assert await similar(four_speeches, counted, label="算清公路账目", speech=99) == []


async def test_a_place_that_both_name_is_no_likeness(four_speeches: Database) -> None:
    """Two sections on 杭州, 绍兴 and 宁波 may be on roads and on pensions."""
    places = "到杭州、绍兴、宁波、温州和嘉兴去看一看，再到杭州住一晚。"
    async with four_speeches.write() as connection:
        await store(connection, prepared(COUNTED.format(places)))
    assert await similar(four_speeches, places, label="到杭州去", speech=99) == []


async def test_only_what_may_be_seen_is_compared(four_speeches: Database) -> None:
    found = await similar(four_speeches, speech=99, readable=None)
    assert [entry.section.speech for entry in found] == [4]  # a preview; of the other a heading alone is seen
    assert "铁锹" in found[0].shared
    assert all(word in entry.section.text for entry in found for word in entry.shared)


async def test_a_heading_alone_is_compared_where_the_text_is_locked(four_speeches: Database) -> None:
    (found,) = await similar(four_speeches, "", label="水库管理员守住闸门", speech=99, limit=1)
    assert found.section.speech in {1, 4} and {"水库", "管理员", "闸门"} == set(found.shared)


async def test_no_more_than_asked_for(four_speeches: Database) -> None:
    assert len(await similar(four_speeches, speech=99, limit=1)) == 1
