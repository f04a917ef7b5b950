"""A pasted paragraph is found where it stands, word for word or reworked."""

from __future__ import annotations

import pytest
from stored_speeches import prepared, store

from jianggao.database import Database
from jianggao.library.section_ids import EVERY_ID, IdRange
from jianggao.search import HitGroup, Search, SearchResult, SectionHit, parse_query
from jianggao.search.pasted import PastedMatch, pasted_matches
from jianggao.search.visible_index import VisibleIndex

GATE = (
    "闸门锈死放不下水，水库管理员扛着铁锹守到天亮，这笔账要记在心里，今年的闸门一定要换，换完当场试水，"
    "一处也不能落下，谁管的闸门谁签字，签了字就要管到底。"
)
REWORKED = (
    "去年夏天有的闸门锈死放不下水，我们的水库管理员扛着铁锹守到天亮，大家都看在眼里。"
    "有人说等明年再讲，我看等不得。再穷也不能穷了水，今年的闸门一定要换，资金由县里想办法。"
)
WORD_FOR_WORD = (
    "2024年5月6日，进村公路坑坑洼洼，网格员说拖拉机开进去就出不来，下了雨连学生上学都要绕着走，"
    "这条路今年一定要修好。明天就要开工！"
)
CHANNEL = (
    "灌溉渠道年年修，年年漏，网格员把漏水的地方一处一处画在图上，老乡们一看就明白，今年的力气要先用在什么地方。"
    "先修哪里，后修哪里，一清二楚。"
)
ELSEWHERE = (
    "早晨的集市上人来人往，卖豆腐的吆喝声传得很远，孩子们围着糖画摊子不肯走，老人坐在茶馆里听书。"
    "傍晚散了场，扫街的人才慢慢走出来，一扫就是半宿。"
)


WALKS = {
    1: "从镇口的老槐树往东走三里，有一座石拱桥，桥栏上刻着修桥人的名字，一共四十七个，最小的那年才十六岁，"
    "挑石头压弯了扁担，也没有喊过一声累，如今桥还在，名字还在，走桥的人换了三代。",
    2: "谷雨那天我跟着邮递员老范跑了一趟山路，他的挎包里装着六封信、两张汇款单，还有一包替人捎的种子，"
    "走到第五户天就黑了，老人举着油灯等在门口，说信可以晚到，人不能不到。",
}


async def matches(
    database: Database,
    text: str,
    limit: int = 5,
    readable: IdRange | None = EVERY_ID,
    *,
    in_group: bool = False,
) -> list[PastedMatch]:
    query = parse_query(text)
    assert query.is_paragraph
    return await database.run_in_snapshot(
        lambda snapshot: pasted_matches(VisibleIndex(snapshot, readable, in_group=in_group), query, limit)
    )


async def found(
    database: Database, text: str, readable: IdRange | None = EVERY_ID, skip: int = 0, limit: int = 5
) -> SearchResult:
    return await database.run_in_snapshot(
        lambda snapshot: Search(snapshot, readable).find(parse_query(text), skip=skip, limit=limit)
    )


def labels(found_: list[PastedMatch]) -> list[str]:
    return [match.section.label for match in found_]


async def test_a_paragraph_is_found_word_for_word(three_speeches: Database) -> None:
    (best, *_) = await matches(three_speeches, WORD_FOR_WORD)
    assert best.section.label == "一修好进村公路" and best.is_word_for_word


async def test_a_paragraph_that_was_reworked_is_found_too(three_speeches: Database) -> None:
    (best, *_) = await matches(three_speeches, REWORKED)
    assert best.section.label == "二管好水库闸门"
    assert 0 < best.share < 0.85 and not best.is_word_for_word


async def test_the_section_with_most_of_it_comes_first(three_speeches: Database) -> None:
    found_ = await matches(three_speeches, WORD_FOR_WORD + GATE[:40])
    assert labels(found_) == ["一修好进村公路", "二管好水库闸门"]
    assert found_[0].share > found_[1].share > 0
    assert labels(await matches(three_speeches, WORD_FOR_WORD + GATE[:40], limit=1)) == labels(found_)[:1]


async def test_width_and_breaks_hide_nothing(three_speeches: Database) -> None:
    broken = WORD_FOR_WORD.replace("，", "，\n　　")
    (best, *_) = await matches(three_speeches, broken)
    assert best.section.label == "一修好进村公路" and best.is_word_for_word


async def test_a_paragraph_from_elsewhere_stands_nowhere(three_speeches: Database) -> None:
    assert await matches(three_speeches, ELSEWHERE) == []
    assert (await found(three_speeches, ELSEWHERE)).hits == []
    assert (await found(three_speeches, "好，对，是的。" * 20)).total == 0


async def test_a_visitor_is_told_of_public_text_alone(three_speeches: Database) -> None:
    """The preview is public; the road and the gate aren't."""
    assert labels(await matches(three_speeches, CHANNEL, readable=None)) == ["一修好灌溉渠道"]
    for locked in (GATE, REWORKED, WORD_FOR_WORD):
        assert await matches(three_speeches, locked, readable=None) == []
        assert (await found(three_speeches, locked, readable=None)).total == 0


async def test_in_a_group_what_may_be_shown_there_counts(three_speeches: Database) -> None:
    assert await matches(three_speeches, GATE, in_group=True) != []
    assert await matches(three_speeches, WORD_FOR_WORD, in_group=True) == []


async def test_a_search_says_which_hits_are_word_for_word(three_speeches: Database) -> None:
    copied = await found(three_speeches, WORD_FOR_WORD)
    assert isinstance(copied.hits[0], SectionHit) and copied.hits[0].group is HitGroup.TYPED
    reworked = await found(three_speeches, REWORKED)
    assert reworked.hits[0].group is HitGroup.REWORKED and reworked.total == 1
    groups = [HitGroup.TYPED, HitGroup.REWORKED, HitGroup.SAME_MATTER]
    for result in (copied, reworked):
        places = [groups.index(hit.group) for hit in result.hits]
        assert places == sorted(places)


@pytest.mark.parametrize("text", [WORD_FOR_WORD + GATE, REWORKED, CHANNEL + GATE])
async def test_pages_show_every_hit_once(three_speeches: Database, text: str) -> None:
    whole = await found(three_speeches, text, limit=50)
    paged = []
    for skip in range(0, whole.total + whole.following):
        page = await found(three_speeches, text, skip=skip, limit=1)
        assert (page.total, page.following) == (whole.total, whole.following)
        paged += page.hits
    assert paged == whole.hits and len(paged) == whole.total + whole.following


async def test_a_copy_of_several_sections_names_each_in_the_order_of_the_text(
    three_speeches: Database,
) -> None:
    """However long the paragraph is: each of them stands in it whole."""
    async with three_speeches.read() as connection:
        rows = await connection.execute_fetchall("SELECT body FROM sections ORDER BY speech, ordinal")
    bodies = [body.replace("\n", "") for (body,) in rows]
    text = "".join(bodies)
    assert len(bodies) > 4 and len(text) < 2_000
    found_ = await matches(three_speeches, text, limit=20)
    assert len(found_) == len(bodies)
    assert all(match.is_word_for_word and match.share_of_section == 1 for match in found_)
    order = [(match.section.speech, -match.section.id) for match in found_]
    assert order == sorted(order)


async def test_what_holds_a_long_clause_of_a_long_paragraph_is_told(three_speeches: Database) -> None:
    unlike = [
        "".join(chr(0x4E00 + (start * 97 + at * at * 7) % 9_000) for at in range(15)) for start in range(50)
    ]
    clause = "网格员说拖拉机开进去就出不来，下了雨连学生上学都要绕着走。"
    (best,) = await matches(three_speeches, "，".join([*unlike[:25], clause, *unlike[25:]]))
    assert best.section.label == "一修好进村公路" and best.share < 0.12 and not best.is_word_for_word


@pytest.mark.parametrize(
    "text",
    [
        "我们下周要开一个关于灌溉渠道的座谈会，领导要讲话，有没有讲水库闸门怎么管好的段落，最好有例子，谢谢各位老师，急用，今天下午就要交稿了，麻烦大家",
        "灌溉渠道，水库闸门，用水账目，进村公路，公路养护，村级班子，冬修水利，拖拉机手，网格员们，养护人员，老乡心里，雨季抢修，铁锹扁担，马虎不得，坑坑洼洼",
    ],
)
async def test_a_request_and_a_list_of_words_are_read_as_typed(three_speeches: Database, text: str) -> None:
    result = await found(three_speeches, text)
    assert result.searched is not None and not result.searched.is_paragraph


async def test_a_paragraph_that_asks_for_nothing_is_none_of_typed_words(three_speeches: Database) -> None:
    result = await found(three_speeches, ELSEWHERE)
    assert result.searched is None and result.total == 0 and result.read_as == ""


async def test_a_paragraph_of_many_words_apart_is_looked_up(three_speeches: Database) -> None:
    """As a request it would have more words than are searched for at once."""
    spaced = GATE.replace("，", "， ") + " 一 二 三 四 五 六 七 八 九 十 还有呢"
    assert (await found(three_speeches, spaced)).total == 1


async def test_what_was_cut_out_of_two_sections_stands_in_both_as_it_is(three_speeches: Database) -> None:
    ends = {1: "水往低处流，人心往实处走，" * 4, 2: "该补的补上，该修的修好，一天也不要拖，" * 4}
    numbers = {}
    for number, words in ends.items():
        body = (
            f"这是第{number}份稿子里单独的一段话，说的是别处没有的事，句句都有来历。" + WALKS[number] + words
        )
        async with three_speeches.write() as connection:
            text = f"在某地座谈会上的讲话{number}\n（2025年3月{number}日）\n同志们：\n一、说说来历\n{body}\n"
            numbers[number] = await store(connection, prepared(text, f"{number}.txt"))
    found_ = await matches(three_speeches, WALKS[2] + WALKS[1])
    assert [match.section.speech for match in found_] == [numbers[2], numbers[1]]
    assert all(match.is_word_for_word and match.share_of_section < 0.85 for match in found_)


async def test_a_copied_stretch_is_told_though_a_run_of_it_stands_elsewhere_too(
    three_speeches: Database,
) -> None:
    """A few letters of it in another piece don't make it one that was reworked."""
    text = f"在某地座谈会上的讲话\n（2025年3月3日）\n同志们：\n一、说说来历\n{WALKS[1]}\n{ELSEWHERE}\n"
    async with three_speeches.write() as connection:
        number = await store(connection, prepared(text, "来历.txt"))
    paragraph = "从镇口的老槐树往东走说起。" + WALKS[2] + WALKS[1]
    (best,) = [m for m in await matches(three_speeches, paragraph) if m.section.speech == number]
    assert best.is_word_for_word and best.share < 0.6
