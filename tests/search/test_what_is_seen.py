"""Every way to find something uses only what the asker may see: kinds of passages, some of the words, pasted
paragraphs (docs/rules.md, Access)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from stored_speeches import prepared, store

from jianggao.database import Database
from jianggao.library.section_ids import EVERY_ID, Audience, IdRange
from jianggao.search import Search, SearchResult, SectionHit, parse_query
from jianggao.search.criteria import SearchCriteria
from jianggao.search.synonyms import Synonyms
from jianggao.search.visible_index import VisibleIndex

PARALLEL = (
    "把困难想在前面，把办法备在手边，把责任扛在肩上，把温暖送到门口，"
    "让走远路的老人少跑一趟，让带孩子的母亲少等一刻。"
)
CLINIC = f"""在镇卫生院搬迁工作会上的讲话
（2025年6月8日）
同志们：
一、修好门前的路
卫生院门前的路窄，救护车掉不了头，先把两边的摊子请到新市场去，再把路牙石往里挪半米，赶在雨季前完工。
二、排好值班的表
值班的表贴在大门口，哪位大夫今天坐诊，电话是多少，一眼看得到，夜里有人敲门，值班室的灯就得亮着。
三、管好药库和库区
医疗的事最怕拖，药库区要有人守，镇里再难也要把救护车的油钱留足。{PARALLEL}
"""
LOCKED = 3
READER, VISITOR = EVERY_ID, None
EVERYDAY = Synonyms(everyday={"看病难": ("医疗",)})


@pytest.fixture
async def clinic(tmp_path: Path) -> AsyncIterator[Database]:
    """A speech with a preview, a section that a member group may see, and one that only members may read."""
    database = await _stored(tmp_path / "clinic.db", CLINIC)
    yield database
    await database.close()


async def _stored(file: Path, text: str) -> Database:
    database = await Database.open(file)
    audiences = {1: Audience.PREVIEW, 2: Audience.MEMBER_GROUP}
    async with database.write() as connection:
        await store(connection, prepared(text), audiences=audiences, topics=["医卫"])
    return database


async def found(
    database: Database, typed: str, readable: IdRange | None, *, in_group: bool = False
) -> SearchResult:
    query = parse_query(typed)
    return await database.run_in_snapshot(
        lambda snapshot: Search(snapshot, readable, EVERYDAY, in_group=in_group).find(query, limit=20)
    )


def sections(result: SearchResult) -> list[int]:
    return [hit.id for hit in result.hits if isinstance(hit, SectionHit)]


@pytest.mark.parametrize("typed", ["排比", "排比:", "排比:医疗", "医疗 排比", "求一段医疗的排比"])
async def test_the_kind_of_a_locked_passage_is_known_to_readers_alone(clinic: Database, typed: str) -> None:
    """`排比` stands in no text: without a passage of the kind nothing is found."""
    assert len(sections(await found(clinic, typed, READER))) == 1
    assert sections(await found(clinic, typed, VISITOR)) == []


@pytest.mark.parametrize(
    "typed", ["救护车 油钱 飞碟学", "看病难", "有没有救护车油钱的素材", "结尾:油钱", "油钱讲话的结尾"]
)
async def test_some_of_the_words_are_sought_in_what_is_seen(clinic: Database, typed: str) -> None:
    assert await _locked(clinic) in sections(await found(clinic, typed, READER))
    assert await _locked(clinic) not in sections(await found(clinic, typed, VISITOR))


async def test_a_pasted_paragraph_is_sought_in_what_is_seen(clinic: Database, tmp_path: Path) -> None:
    body = CLINIC.rpartition("库区\n")[2]
    assert sections(await found(clinic, body, READER))[:1] == [await _locked(clinic)]
    seen = await found(clinic, body, VISITOR)
    assert seen.total == 0 and not any(isinstance(hit, SectionHit) and hit.whole for hit in seen.hits)
    # Its heading, which all may read, shares a word with it: by that it may be found, and by nothing else. Where
    # the locked text is another one the answer is the same.
    twin = await _stored(
        tmp_path / "twin.db", CLINIC.replace(body, "另有安排，散会以后由各村自己去商量，月底报上来。\n")
    )
    try:
        other = await found(twin, body, VISITOR)
    finally:
        await twin.close()
    assert seen.hits != [] and other.hits == seen.hits


async def test_of_a_locked_section_neither_words_nor_their_lengths_are_read(clinic: Database) -> None:
    rows = await clinic.run_in_snapshot(
        lambda snapshot: [
            section
            for scope in VisibleIndex(snapshot, VISITOR).scopes
            for section in VisibleIndex(snapshot, VISITOR).sections(scope, SearchCriteria(()), 9)
        ]
    )
    cuts = {section.body: section.body_cut for section in rows}
    assert len(rows) == 3 and cuts.pop("") == b""
    assert all(cuts.values()) and len(cuts) == 1


async def test_a_run_that_only_a_locked_body_has_in_a_row_is_not_found(clinic: Database) -> None:
    """The heading has all of its pairs: 药库 and 库区."""
    assert (await found(clinic, "药库区", READER)).total == 1
    assert (await found(clinic, "药库区", VISITOR)).total == 0


async def test_in_a_group_no_synonym_leads_to_a_text_that_it_may_not_see(clinic: Database) -> None:
    """看病难 finds the section by 医疗, which was not typed and stands in it alone."""
    alone, group = [await found(clinic, "看病难", READER, in_group=in_group) for in_group in (False, True)]
    assert await _locked(clinic) in sections(alone)
    assert alone.synonyms == ("医疗",) and {hit.instead for hit in alone.hits} == {("医疗",)}
    assert group.hits == [] and group.synonyms == ()


async def _locked(database: Database) -> int:
    async with database.read() as connection:
        rows = await connection.execute_fetchall("SELECT id FROM sections WHERE ordinal = ?", (LOCKED,))
    (row,) = rows
    return int(row["id"])
