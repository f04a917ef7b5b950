"""Where nothing is found: what may have been meant, what comes near; where something is found, nothing is
rewritten."""

from __future__ import annotations

import random

import pytest
from stored_speeches import prepared, store

from jianggao.application import Application
from jianggao.database import Database
from jianggao.library.section_ids import EVERY_ID
from jianggao.reading.reader import Reader
from jianggao.search.query import parse_query
from jianggao.search.search import HitGroup, Search
from jianggao.text.pinyin import folded_reading, pinyin_reading, possible_readings, split_letters

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def reader(samples: Application) -> Reader:
    return samples.local_reader(reads_all=True)


async def best_suggestion(reader: Reader, typed: str) -> str:
    page = await reader.search_unrecorded(typed, 5)
    assert page.total == 0
    assert page.suggestions, typed
    return page.suggestions[0].text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("网格园", "网格员"),
        ("基层自理", "基层治理"),
        ("乡村整兴", "乡村振兴"),
        ("营商环镜", "营商环境"),
        ("社区食汤", "社区食堂"),
        ("wanggeyuan", "网格员"),
        ("xiangcun zhenxing", "乡村振兴"),
        ("xiang cun zhen xing", "乡村振兴"),
        ("shequ", "社区"),
        ("把责任贴上了墙", "把责任挂上了墙"),
        ("把责任挂了墙", "把责任挂上了墙"),
        ("把责任挂挂上了墙", "把责任挂上了墙"),
    ],
)
async def test_what_was_meant(reader: Reader, typed: str, meant: str) -> None:
    assert await best_suggestion(reader, typed) == meant


async def test_words_that_no_text_holds_together_are_read_as_they_sound(samples: Application) -> None:
    """农民工 and 工资 stand in different sections, 农民工 in locked ones alone."""
    page = await samples.local_reader(reads_all=True).search_unrecorded("农名工工资", 5)
    assert page.total == 0 and not page.suggestions and page.read_as == "农民工 工资"
    assert page.near and not any("农名" in word for hit in page.near for word in hit.missing)
    seen = await samples.local_reader(reads_all=False).search_unrecorded("农名工工资", 5)
    assert seen.read_as == "" and not seen.suggestions


@pytest.mark.parametrize("typed", ["巡河走过场", "治霾", "老年食堂 巡河", "农民工 飞碟"])
async def test_what_is_written_right_is_read_as_it_is(reader: Reader, typed: str) -> None:
    page = await reader.search_unrecorded(typed, 5)
    assert page.read_as == "" and not page.suggestions


async def test_a_suggestion_tells_how_many_hits_it_would_have(reader: Reader) -> None:
    page = await reader.search_unrecorded("网格园 楼道", 5)
    for suggestion in page.suggestions:
        assert suggestion.total == (await reader.search_unrecorded(suggestion.text, 5)).total > 0
    assert page.near[0].instead == ("网格员",) and page.near[0].missing == ("网格园",)


async def test_a_suggestion_keeps_the_filters(reader: Reader) -> None:
    assert await best_suggestion(reader, "网格园 主题:基层治理") == "网格员 主题:基层治理"


async def test_a_search_with_hits_is_never_rewritten(reader: Reader, samples: Application) -> None:
    async with samples.database.read() as connection:
        rows = list(await connection.execute_fetchall("SELECT body FROM indexed_sections"))
    rng = random.Random(3)
    for _ in range(150):
        body = rng.choice(rows)[0]
        at = rng.randrange(len(body) - 3)
        page = await reader.search_unrecorded(body[at : at + 3], 5)
        assert page.total > 0 and not page.suggestions and not page.topics
        assert not [hit for hit in page.near if hit.group is HitGroup.SUGGESTED]


async def test_an_unknown_word_is_dropped_and_said_so(reader: Reader) -> None:
    page = await reader.search_unrecorded("老人 吃惯 飞碟学", 5)
    assert page.total == 0 and not page.hits
    assert page.near[0].missing == ("飞碟学",)
    assert "吃惯" in (page.near[0].snippet or "")


async def test_words_of_a_half_remembered_line_stand_apart(reader: Reader) -> None:
    page = await reader.search_unrecorded("老人吃惯口味啃馒头", 5)
    assert page.total == 0
    assert "【吃惯】" in (page.near[0].snippet or "")


async def test_where_nothing_comes_near_topics_are_named(reader: Reader) -> None:
    page = await reader.search_unrecorded("信访量子论", 5)
    assert page.total == 0
    assert page.near or page.topics


@pytest.mark.parametrize("typed", ["qqqq", "guangggrong", "！？", "飞碟学", "ﷺ", "a", "𠀀𠀁𠀂", "x" * 150])
async def test_nonsense_is_answered(reader: Reader, typed: str) -> None:
    try:
        page = await reader.search_unrecorded(typed, 5)
    except Exception as error:
        assert "检索" in str(error)
        return
    assert page.total == 0 or typed == "a"


async def test_synonyms_follow_the_typed_words_and_do_not_count(reader: Reader) -> None:
    typed = await reader.search_unrecorded("三农", 50)
    quoted = await reader.search_unrecorded("“三农”", 50)
    assert typed.total == quoted.total == 1
    assert quoted.by_synonyms == 0 and not quoted.synonyms
    assert typed.synonyms == ("农业", "农村", "农民") and typed.by_synonyms > 0
    assert [hit.group for hit in typed.hits] == [HitGroup.TYPED] + [HitGroup.SYNONYM] * typed.by_synonyms
    assert typed.pages == -(-len(typed.hits + typed.near) // 50)


async def test_pages_go_on_into_the_synonyms(reader: Reader) -> None:
    seen: list[str] = []
    first = await reader.search("三农")
    for page in range(1, first.pages + 1):
        seen += [hit.number for hit in (await reader.search("三农", page)).hits]
    assert len(seen) == len(set(seen)) == first.total + first.by_synonyms


async def test_readings() -> None:
    assert pinyin_reading("乡村振兴") == "xiang cun zhen xing"
    assert folded_reading("农村") == folded_reading("龙村")
    assert folded_reading("生产") == folded_reading("森惨")
    assert "yin hang" in possible_readings("银行") and possible_readings("ab") == []
    assert split_letters("xiangcun")[0] == ["xiang", "cun"]
    assert ["xi", "an"] in split_letters("xian") and split_letters("zzz") == []
    assert parse_query("xian").terms[0].run == "xian"


async def test_in_a_group_no_suggestion_tells_what_stands_together_in_hidden_text(
    speeches_with_spades: Database,
) -> None:
    in_private, in_group = [
        await speeches_with_spades.run_in_snapshot(
            lambda snapshot, in_group=in_group: Search(snapshot, EVERY_ID, in_group=in_group).find(
                parse_query("老乡铁锹")
            )
        )
        for in_group in (False, True)
    ]
    assert [suggestion.text for suggestion in in_private.suggestions] == ["老乡 铁锹"]
    assert in_group.suggestions == [] and in_group.total == 0


@pytest.mark.parametrize(
    "typed",
    [
        "干部不下乡",
        "年轻人不愿意回来",
        "没有人看病",
        "村里没人种地",
        "去年的讲话",
        "社区没有食堂的账",
        "群众不满意",
        "老人不愿意",
    ],
)
async def test_a_suggestion_keeps_what_is_denied_and_what_is_no_slip(reader: Reader, typed: str) -> None:
    page = await reader.search_unrecorded(typed, 5)
    assert page.total == 0 and "每人" not in page.read_as and "年底" not in page.read_as
    negations = [sign for sign in "不没" if sign in typed]
    for suggestion in page.suggestions:
        assert all(sign in suggestion.text for sign in negations), suggestion.text


@pytest.mark.parametrize(
    ("typed", "turning"),
    [
        ("停止养老服务", "停止"),
        ("反对社区食堂", "反对"),
        ("取消网格员", "取消"),
        ("防止乡村振兴", "防止"),
        ("削弱基层治理", "削弱"),
        ("别谈乡村振兴", "别谈"),
    ],
)
async def test_a_suggestion_keeps_the_word_that_turns_the_sense(
    reader: Reader, typed: str, turning: str
) -> None:
    page = await reader.search_unrecorded(typed, 5)
    assert not page.topics
    assert all(turning in suggestion.text for suggestion in page.suggestions)


@pytest.mark.parametrize(("typed", "suggests"), [("经批准得举债", False), ("经批准部得举债", True)])
async def test_no_suggestion_denies_what_was_not_denied(
    three_speeches: Database, typed: str, suggests: bool
) -> None:
    async with three_speeches.write() as connection:
        text = (
            "在全县财政会上的讲话\n（2025年3月2日）\n同志们：\n一、守住家底\n未经批准不得举债，谁举债谁还。\n"
        )
        await store(connection, prepared(text, "家底.txt"))
    query = parse_query(typed)
    result = await three_speeches.run_in_snapshot(lambda snapshot: Search(snapshot, EVERY_ID).find(query))
    assert any("不得" in suggestion.text for suggestion in result.suggestions) == suggests


@pytest.mark.parametrize("typed", ["2023年冬", "2021年初", "2024年上半年"])
async def test_little_beside_a_date_is_no_slip(reader: Reader, typed: str) -> None:
    page = await reader.search_unrecorded(typed, 5)
    assert not page.suggestions


@pytest.mark.parametrize("typed", ["谎话穿上西装", "彩礼太高", "戴上安全帽", "坐上主席台"])
async def test_what_was_typed_rightly_isnt_read_as_it_sounds(reader: Reader, typed: str) -> None:
    """穿上 stands in a text; 高 of 太高 is a word that everybody uses."""
    page = await reader.search_unrecorded(typed, 5)
    assert page.total == 0 and not page.read_as
    assert not any("船上" in word or "抬高" in word for hit in page.near for word in hit.missing)
