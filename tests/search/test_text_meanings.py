"""Texts are found and ranked by what they mean, and what a locked text means is told to nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from stored_speeches import prepared, store

from jianggao.database import Database
from jianggao.database.reading_threads import Snapshot
from jianggao.library.index_entries import section_entry
from jianggao.library.section_ids import EVERY_ID, Audience, IdRange
from jianggao.search import Search, parse_query
from jianggao.search.criteria import SearchCriteria, in_clusters
from jianggao.search.hits import HitGroup, SectionHit
from jianggao.search.indexed_texts import IndexedSection, IndexedSpeech
from jianggao.search.text_meanings import TextMeanings
from jianggao.search.visible_index import VisibleIndex
from jianggao.text.segmentation import words
from jianggao.text.word_vectors import cosine_to, load_vectors, nearest_clusters, text_vector

RIVER = "沿河的排污口要一个一个封堵，生活污水要接进管网，黑水沟要在汛期以前清淤，让两岸的人敢在河边洗菜。"
SCHOOL = "三十里外的教学点还剩九个孩子，校车一天来回两趟，老师的周转房要在开学以前修好，火炉子也换成暖气。"
PENSION = "养老服务站的饭要做得烂一些，送到手里还得是热的，独居老人每天有人敲一次门，摔倒了也有人知道。"
SPEECH = """在{title}上的讲话
（{day}）
同志们：
一、{heading}
{body}
二、下一步的安排
{next}
"""


def speech(
    title: str, body: str, day: str = "2025年3月4日", heading: str = "先治水，再办学", after: str = PENSION
) -> str:
    return SPEECH.format(title=title, day=day, heading=heading, body=body, next=after)


async def database_of(file: Path, *texts: str, shown: bool = False) -> Database:
    database = await Database.open(file)
    audiences = {1: Audience.PREVIEW} if shown else {}
    async with database.write() as connection:
        for text in texts:
            await store(connection, prepared(text), audiences=audiences)
    return database


async def found(
    database: Database, typed: str, readable: IdRange | None = EVERY_ID, *, in_group: bool = False
) -> list[tuple[int, int | None, HitGroup]]:
    """Returns speech, section and group of each hit, in order."""
    result = await database.run_in_snapshot(
        lambda snapshot: Search(snapshot, readable, in_group=in_group).find(parse_query(typed), limit=20)
    )
    return [(hit.speech, hit.id if isinstance(hit, SectionHit) else None, hit.group) for hit in result.hits]


def section(body: str, label: str = "") -> IndexedSection:
    row = {"id": 1, "above": "", "label": label, "public_label": label, "occasion": "", "body": body}
    entry = section_entry({**row, "audience": Audience.PREVIEW})
    return IndexedSection(
        1, 1, True, entry.label, entry.body, entry.label_cut, entry.body_cut, entry.whole_vector
    )


def of(title: str) -> bytes:
    return text_vector(words(title))


def test_a_text_is_near_by_its_body_its_headings_and_its_title() -> None:
    meanings = TextMeanings(["河水发臭"])
    plain = meanings.likeness(section(RIVER), b"")
    assert plain > meanings.likeness(section(SCHOOL), b"") + 0.1
    assert meanings.likeness(section(RIVER, "整治黑臭水体"), b"") > plain
    assert meanings.likeness(section(RIVER), of("在水污染防治会议上的讲话")) > plain


def test_of_a_speech_its_title_is_compared() -> None:
    meanings = TextMeanings(["河水发臭"])
    water, schools = (
        meanings.likeness(IndexedSpeech(1, title, title), of(title))
        for title in ("在水污染防治会议上的讲话", "在教师节大会上的讲话")
    )
    assert water > schools


@pytest.mark.parametrize("typed", ["", "qwzx", "……"])
def test_what_has_no_meaning_is_near_to_nothing(typed: str) -> None:
    meanings = TextMeanings([typed])
    assert meanings.likeness(section(RIVER), of("教师节")) == 0.0 and meanings.clusters(3) == []
    assert not meanings.is_near(0.0)


@pytest.mark.parametrize(
    "typed", ["你好", "我爱你", "我想你了", "今天天气真好", "你是谁", "晚安", "早上好", "周末愉快"]
)
def test_small_talk_is_about_no_matter(typed: str) -> None:
    meanings = TextMeanings([typed])
    assert meanings.clusters(3) == [] and not meanings.is_near(1.0)


@pytest.mark.parametrize("typed", ["河又臭了", "屋里烧煤闷死人", "读技校丢人", "芝麻大的错罚那么多"])
def test_everyday_sentences_are_about_some_matter(typed: str) -> None:
    meanings = TextMeanings([typed])
    assert len(meanings.clusters(3)) == 3 and meanings.is_near(1.0)


async def test_a_text_that_says_none_of_the_words_is_found_by_what_it_means(tmp_path: Path) -> None:
    database = await database_of(
        tmp_path / "a.db", speech("水污染防治会议", RIVER), speech("教育会议", SCHOOL)
    )
    try:
        hits = await found(database, "臭水塘没人管")
        assert hits and hits[0][0] == 1 and {group for _, _, group in hits} == {HitGroup.PARTIAL}
    finally:
        await database.close()


@pytest.mark.parametrize("typed", ["你好", "我爱你", "你是谁", "飞碟", "哈哈哈哈", "“臭水塘没人管”"])
async def test_what_nothing_is_about_finds_nothing(tmp_path: Path, typed: str) -> None:
    database = await database_of(
        tmp_path / "a.db", speech("水污染防治会议", RIVER), speech("教育会议", SCHOOL)
    )
    try:
        assert await found(database, typed) == []
    finally:
        await database.close()


async def test_in_a_group_nothing_is_found_by_meaning_alone(tmp_path: Path) -> None:
    """The bodies are shown in the private chat alone: there typed words find them, and nothing else."""
    database = await database_of(
        tmp_path / "a.db", speech("水污染防治会议", RIVER), speech("教育会议", SCHOOL)
    )
    try:
        assert await found(database, "臭水塘没人管")
        assert await found(database, "臭水塘没人管", in_group=True) == []
        assert [hit[0] for hit in await found(database, "黑水沟", in_group=True)] == [1]
    finally:
        await database.close()


async def test_in_a_group_texts_stand_in_no_order_that_hidden_ones_make_by_their_meaning(
    tmp_path: Path,
) -> None:
    """Both headings say 治水, one body that the group may not see is about it."""
    for name, first, second in (("a.db", RIVER, SCHOOL), ("b.db", SCHOOL, RIVER)):
        database = await database_of(
            tmp_path / name, speech("工作会议", first), speech("工作会议", second, day="2024年3月4日")
        )
        try:
            listed = [hit[0] for hit in await found(database, "治水", in_group=True)]
            assert listed == [1, 2]
        finally:
            await database.close()


async def test_in_a_group_hidden_bodies_are_of_no_kind(tmp_path: Path) -> None:
    figures = "去年全县清了46条沟，挖出淤泥3.2万吨，花了870万元，惠及12个村、5600户人家，投诉降了六成。"
    answers = []
    for name, second in (("a.db", figures), ("b.db", SCHOOL)):
        database = await database_of(
            tmp_path / name, speech("工作会议", RIVER), speech("座谈会", second, day="2024年3月4日")
        )
        try:
            assert ([hit[0] for hit in await found(database, "数据:治水")] == [2]) is (second == figures)
            answers.append([hit[0] for hit in await found(database, "数据:治水", in_group=True)])
        finally:
            await database.close()
    assert answers[0] == answers[1]


@pytest.mark.parametrize("typed", ["臭水塘没人管 开头", "臭水塘没人管 结尾"])
async def test_openings_and_closings_of_speeches_that_say_it_in_other_words(
    tmp_path: Path, typed: str
) -> None:
    # Without its first heading a speech opens with RIVER, or with SCHOOL.
    river, school = (
        speech(title, body).replace("一、先治水，再办学\n", "")
        for title, body in (("水污染防治会议", RIVER), ("教育会议", SCHOOL))
    )
    database = await database_of(tmp_path / "a.db", river, school)
    try:
        hits = await found(database, typed)
        assert hits and hits[0][0] == 1
        assert await found(database, typed, in_group=True) == []
    finally:
        await database.close()


async def test_behind_hits_stands_nothing_that_has_none_of_the_words(tmp_path: Path) -> None:
    database = await database_of(
        tmp_path / "a.db", speech("水污染防治会议", RIVER, after=SCHOOL), speech("河湖长制会议", PENSION)
    )
    try:
        assert [group for _, _, group in await found(database, "黑水沟")] == [HitGroup.TYPED]
    finally:
        await database.close()


async def test_of_texts_that_hold_a_word_the_one_about_it_comes_first(tmp_path: Path) -> None:
    """污水 stands once in both; the newer one only mentions it."""
    mention = (
        SCHOOL
        + "路过的污水沟也顺手清了，家长们看在眼里，都说这样的学校放心，孩子愿意来，老师愿意留，村里也热闹。"
    )
    database = await database_of(
        tmp_path / "a.db",
        speech("教育会议", mention, day="2025年9月4日"),
        speech("水污染防治会议", RIVER, day="2024年3月4日"),
    )
    try:
        assert (await found(database, "污水"))[0][0] == 2
    finally:
        await database.close()


@pytest.mark.parametrize("readable", [None, (1, 2)])
@pytest.mark.parametrize("typed", ["孩子上学远", "下一步", "安排 臭水塘", "工作会议 臭水"])
async def test_what_a_locked_text_means_changes_nothing_for_who_may_not_read_it(
    tmp_path: Path, typed: str, readable: IdRange | None
) -> None:
    """Two libraries differ in locked bodies alone; the readable span holds none of their speeches."""
    answers = []
    for name, first, second in (("a.db", RIVER, SCHOOL), ("b.db", SCHOOL, RIVER)):
        database = await database_of(
            tmp_path / name, speech("工作会议", first), speech("推进会", second, day="2024年3月4日")
        )
        try:
            answers.append(await found(database, typed, readable))
            assert await found(database, typed), (
                "a member finds something, so that there is something to tell"
            )
        finally:
            await database.close()
    assert answers[0] == answers[1]


async def test_a_preview_is_found_by_what_it_means(tmp_path: Path) -> None:
    database = await database_of(tmp_path / "a.db", speech("水污染防治会议", RIVER), shown=True)
    try:
        assert [hit[0] for hit in await found(database, "臭水塘没人管", None)] == [1]
    finally:
        await database.close()


async def test_a_visitor_sees_what_public_text_means_alone(three_speeches: Database) -> None:
    """All that the index says of what sections mean is the same whatever stands in the locked bodies."""

    def seen(snapshot: Snapshot) -> list[tuple[int, bytes, list[int]]]:
        index = VisibleIndex(snapshot, None)
        (scope,) = index.scopes
        clusters = range(len(load_vectors().centers))
        by_cluster = {
            cluster: index.sections(scope, SearchCriteria((), narrowed=in_clusters([cluster])), 50)
            for cluster in clusters
        }
        return [
            (section.id, section.vector, [each for each in clusters if section in by_cluster[each]])
            for section in index.sections(scope, SearchCriteria(()), 50)
        ]

    for _, vector, clusters in await three_speeches.run_in_snapshot(seen):
        assert sorted(clusters) == sorted(nearest_clusters(vector, 2)) != []
    found = {id_: vector for id_, vector, _ in await three_speeches.run_in_snapshot(seen)}
    async with three_speeches.read() as connection:
        rows = await connection.execute_fetchall(
            "SELECT id, public_label || iif(preview, body, '') AS public, public_label, preview FROM indexed_sections"
        )
        for row in rows:
            if not row["preview"]:
                assert found[row["id"]] == of(row["public_label"])
            else:
                assert cosine_to(found[row["id"]])(of(row["public"])) > 0.9


async def test_locked_texts_of_one_heading_stand_in_no_order_of_their_meanings(tmp_path: Path) -> None:
    """Both headings say 治水, one locked body does too: to a visitor the newer one comes first all the same."""
    for name, first, second in (("a.db", RIVER, SCHOOL), ("b.db", SCHOOL, RIVER)):
        database = await database_of(
            tmp_path / name, speech("工作会议", first), speech("工作会议", second, day="2024年3月4日")
        )
        try:
            assert [hit[0] for hit in await found(database, "治水", None)] == [1, 2]
        finally:
            await database.close()
