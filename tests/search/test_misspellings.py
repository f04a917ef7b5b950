"""What was meant by a run that stands nowhere."""

from __future__ import annotations

import pytest

from jianggao.database import Database
from jianggao.library.section_ids import EVERY_ID, IdRange
from jianggao.search import misspellings
from jianggao.search.misspellings import (
    ANOTHER_CHARACTER,
    ANOTHER_LENGTH,
    NEAR_READING,
    SAME_READING,
    corrections,
    may_stand_apart,
)
from jianggao.search.visible_index import VisibleIndex
from jianggao.search.visible_words import VisibleWords


async def corrected(database: Database, run: str, readable: IdRange | None = EVERY_ID) -> dict[str, int]:
    return await database.run_in_snapshot(
        lambda snapshot: corrections(VisibleWords(VisibleIndex(snapshot, readable)), run)
    )


@pytest.mark.parametrize(
    ("typed", "meant", "rank"),
    [
        ("公鹿", "公路", SAME_READING),
        ("水裤管理员", "水库管理员", SAME_READING),
        ("农村公录建设", "农村公路建设", SAME_READING),
        ("进村公楼", "进村公路", ANOTHER_CHARACTER),
        ("扛着铁门守到", "扛着铁锹守到", ANOTHER_CHARACTER),
        ("扛着铁守到", "扛着铁锹守到", ANOTHER_LENGTH),
        ("扛着铁铁锹守到", "扛着铁锹守到", ANOTHER_LENGTH),
    ],
)
async def test_what_was_meant(three_speeches: Database, typed: str, meant: str, rank: int) -> None:
    found = await corrected(three_speeches, typed)
    assert found.get(meant) == rank, found


async def test_where_a_run_sounds_like_one_no_other_is_offered(three_speeches: Database) -> None:
    found = await corrected(three_speeches, "水裤管理员")
    assert set(found.values()) <= {SAME_READING, NEAR_READING}


async def test_what_may_not_be_seen_is_never_meant(three_speeches: Database) -> None:
    for typed in ("扛着铁门守到", "拖啦机", "进去就出不莱"):
        assert await corrected(three_speeches, typed)
        assert await corrected(three_speeches, typed, None) == {}


@pytest.mark.parametrize("typed", ["飞", "飞碟", "量子纠缠论", "××", "qz"])
async def test_of_nothing_near_nothing_is_offered(three_speeches: Database, typed: str) -> None:
    assert await corrected(three_speeches, typed) == {}


def test_a_gap_is_filled_by_what_stands_in_the_text() -> None:
    def filled(text: str, before: str, gaps: tuple[int, ...], after: str) -> list[str]:
        return list(misspellings._stretches_with_gap(text, before, gaps, after))

    assert filled("挂上了墙，挂在了墙", "挂", (1,), "了墙") == ["挂上了墙", "挂在了墙"]
    assert filled("挂了墙", "挂", (1,), "了墙") == []
    assert filled("挂了墙", "挂", (0,), "了墙") == ["挂了墙"]
    assert filled("挂上\n了墙", "挂", (2,), "了墙") == []  # not across lines
    assert filled("上了墙", "", (1,), "了墙") == ["上了墙"]
    assert filled("了墙", "", (1,), "了墙") == []
    assert filled("挂上", "挂", (1,), "") == ["挂上"] and filled("挂", "挂", (1,), "") == []
    assert filled("挂挂上", "挂", (2, 1), "") == ["挂挂上"]  # the first gap that fits, one behind the other


def test_windows_have_known_text_on_both_sides() -> None:
    windows = list(misspellings._windows(6, known_start=2, known_stop=4))
    assert (2, 4) in windows and (1, 4) in windows and (2, 6) in windows
    assert all(start <= 2 and stop >= 4 and 2 <= stop - start <= 4 for start, stop in windows)
    assert list(misspellings._windows(1, 0, 0)) == []


async def test_a_word_alone_is_corrected_if_it_is_written_alike(three_speeches: Database) -> None:
    assert "账目" in await corrected(three_speeches, "账木")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("攻鹿", "公路"),  # nothing of it is written as typed, and nothing stands around it
        ("涨幕", "账目"),
        ("路道", "渠道"),
        ("铁锹门", "铁锹"),  # a part of it is no correction
        ("管了没", "管好"),
        ("2026年3月4日", "2025年3月4日"),  # whoever types a number means that number
    ],
)
async def test_what_is_no_correction(three_speeches: Database, typed: str, meant: str) -> None:
    assert meant not in await corrected(three_speeches, typed)


async def test_a_known_word_is_misspelt_only_for_a_commoner_one(three_speeches: Database) -> None:
    """公鹿 is a word of the dictionary, but 公路 is a much commoner one."""
    assert "公路" in await corrected(three_speeches, "公鹿")
    assert await corrected(three_speeches, "名白") and not await corrected(three_speeches, "民办")


@pytest.mark.parametrize(
    ("typed", "meant", "apart"),
    [
        ("社区食汤价格", "社区食堂价格", True),  # 食 and 汤 belong to no word
        ("反对形势主义", "反对形式主义", True),  # one word instead of two
        ("分析形式主任", "分析形势主任", False),  # both are words as they are
        ("信访积按调解", "信访治安调解", False),  # nothing of 积按 is left in it
        ("张铁柱浇水", "张铁珠浇水", False),  # a name is meant as it is
    ],
)
def test_when_the_words_of_a_correction_may_stand_apart(typed: str, meant: str, apart: bool) -> None:
    assert may_stand_apart(typed, meant) is apart


@pytest.mark.parametrize("typed", ["没路", "路不平", "修了路", "公路的"])
async def test_particles_are_no_slips(three_speeches: Database, typed: str) -> None:
    """没人 sounds like 每人, 年的 like 年底."""
    for other in await corrected(three_speeches, typed):
        assert all(particle in other for particle in "没不了的" if particle in typed), other
