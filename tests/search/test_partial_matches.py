"""Texts that hold some of what was typed, where none holds all of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stored_speeches import prepared, store

from jianggao.database import Database
from jianggao.library.section_ids import EVERY_ID, IdRange
from jianggao.phrases.passage_kinds import PassageKind, kinds_by_words
from jianggao.search.indexed_texts import IndexedSection
from jianggao.search.partial_matches import PartialHit, partial_hits
from jianggao.search.query import Filters, parse_query
from jianggao.search.synonyms import NO_SYNONYMS, Synonyms
from jianggao.search.visible_index import VisibleIndex


async def hits(
    database: Database,
    typed: str,
    limit: int = 5,
    readable: IdRange | None = EVERY_ID,
    synonyms: Synonyms = NO_SYNONYMS,
) -> list[PartialHit]:
    return await database.run_in_snapshot(
        lambda snapshot: partial_hits(VisibleIndex(snapshot, readable), parse_query(typed), limit, synonyms)
    )


def label(hit: PartialHit) -> str:
    return hit.match.label if isinstance(hit.match, IndexedSection) else ""


async def test_a_word_that_stands_nowhere_is_missing(three_speeches: Database) -> None:
    (best, *_) = await hits(three_speeches, "拖拉机 飞碟学")
    assert label(best) == "一修好进村公路" and best.missing == ("飞碟学",)
    assert best.terms[0].run == "拖拉机"
    assert all(term.run in "拖拉机" for term in best.terms), "a part of a typed word at most"


async def test_words_of_a_half_remembered_line_stand_apart(three_speeches: Database) -> None:
    (best, *_) = await hits(three_speeches, "管理员铁锹天亮")
    assert label(best) == "二管好水库闸门" and not set(best.missing) & {"管理员", "铁锹", "天亮"}


async def test_a_phrase_is_never_taken_apart(three_speeches: Database) -> None:
    assert await hits(three_speeches, "“管理员铁锹天亮”") == []


async def test_sections_of_a_speech_whose_name_was_typed_are_the_hits(three_speeches: Database) -> None:
    """The speech itself is found by its name (`speech_names.py`)."""
    found = await hits(three_speeches, "农村公路建设推进会")
    assert {hit.match.speech for hit in found} == {2}


@pytest.mark.parametrize("typed", ["推进会 农村 公路 坑洼", "公路养护 拖拉机"])
async def test_to_a_visitor_a_speech_is_found_by_its_public_text(
    three_speeches: Database, typed: str
) -> None:
    found = await hits(three_speeches, typed, readable=None)
    assert found[0].match.speech == 2
    for hit in found:
        assert "拖拉机" not in hit.match.text and "坑洼" not in hit.match.text
        assert {"拖拉机", "坑洼"} & set(hit.missing)


async def test_a_section_is_found_by_what_its_speech_is_about(three_speeches: Database) -> None:
    """Neither section of speech 2 says 推进会, its title does: so it isn't missing."""
    found = await hits(three_speeches, "推进会 坑洼")
    assert found and {hit.match.speech for hit in found} == {2}
    sections = [hit for hit in found if isinstance(hit.match, IndexedSection)]
    assert "坑洼" in sections[0].match.text and sections[0].missing == ()


@pytest.mark.parametrize("typed", ["农村公路建设推进会 拖拉机", "拖拉机 2024年农村公路建设推进会的讲话"])
async def test_beside_the_name_of_a_speech_the_other_words_are_looked_for_there(
    three_speeches: Database, typed: str
) -> None:
    (best, *_) = await hits(three_speeches, typed)
    assert best.match.speech == 2 and "拖拉机" in best.match.text and best.missing == ()


async def test_a_text_elsewhere_lacks_the_name_that_was_typed(three_speeches: Database) -> None:
    found = await hits(three_speeches, "农村公路建设推进会 水库闸门")
    elsewhere = [hit for hit in found if hit.match.speech == 1]
    assert elsewhere and all("农村公路建设推进会" in hit.missing for hit in elsewhere)


@pytest.mark.parametrize("typed", ["农村公路建设推进会 拖拉机", "农村公路建设推进会 坑洼 拖拉机"])
async def test_the_name_of_a_speech_opens_none_of_its_locked_text(
    three_speeches: Database, changed_speeches: Database, typed: str
) -> None:
    found = await hits(three_speeches, typed, readable=None)
    assert found == await hits(changed_speeches, typed, readable=None)
    assert all("拖拉机" not in hit.match.text and "拖拉机" in hit.missing for hit in found)


@pytest.mark.parametrize("typed", ["二〇二四年飞碟学", "2024年飞碟学", "飞碟学 2024", "2024年 飞碟学 潜水艇"])
async def test_a_text_that_shares_a_year_alone_is_no_hit(three_speeches: Database, typed: str) -> None:
    assert await hits(three_speeches, typed) == []


@pytest.mark.parametrize(("year", "speech"), [("2025年", 1), ("二〇二四年", 2), ("2024", 2)])
async def test_of_two_texts_the_one_of_the_typed_year_comes_first(
    three_speeches: Database, year: str, speech: int
) -> None:
    found = await hits(three_speeches, f"{year} 网格员 飞碟学")
    assert found[0].match.speech == speech


@pytest.mark.parametrize(
    ("typed", "heading"),
    [("老百姓走烂路真愁人", "一修好进村公路"), ("放不出水谁来守夜", "二管好水库闸门")],
)
async def test_what_speeches_say_for_an_everyday_word_is_named(
    three_speeches: Database, typed: str, heading: str
) -> None:
    words = {"走烂路": ("坑洼", "进村公路"), "放不出水": ("闸门", "水库")}
    found = await hits(three_speeches, typed, synonyms=Synonyms(everyday=words))
    best = found[0]
    said = next(words[word] for word in words if word in typed)
    assert label(best) == heading and set(best.instead) <= set(said) and best.instead
    assert next(word for word in words if word in typed) in best.missing


async def test_of_the_words_the_rarer_ones_weigh_more(three_speeches: Database) -> None:
    (best, *_) = await hits(three_speeches, "一定 拖拉机 飞碟学")
    assert "拖拉机" in [term.run for term in best.terms]


@pytest.mark.parametrize("limit", [0, 1, 2, 50])
async def test_no_more_than_asked_for_and_none_twice(three_speeches: Database, limit: int) -> None:
    found = await hits(three_speeches, "公路 水库 班子", limit)
    assert len(found) <= limit
    assert len({hit.match.identity for hit in found}) == len(found)


async def test_locked_words_are_missing_to_who_may_not_see_them(three_speeches: Database) -> None:
    (member, *_) = await hits(three_speeches, "闸门 铁锹 飞碟学")
    assert member.missing == ("飞碟学",)
    for hit in await hits(three_speeches, "闸门 铁锹 飞碟学", readable=None):
        assert "铁锹" in hit.missing and "铁锹" not in hit.match.text


async def test_filters_hold_for_partial_hits_too(three_speeches: Database) -> None:
    assert {hit.match.speech for hit in await hits(three_speeches, "管好 飞碟学 主题:交通")} == {2}


@pytest.mark.parametrize(
    "typed", ["公路 闸门 拖拉机", "公路 闸门 铁锹", "公路 拖拉机 铁锹", "收割机 手电 水库"]
)
async def test_no_locked_text_changes_what_a_visitor_gets(
    three_speeches: Database, changed_speeches: Database, typed: str
) -> None:
    """The words stand in locked bodies of one library alone: to a visitor they stand nowhere."""
    first, second = [
        [hit.match for hit in await hits(database, typed, readable=None)]
        for database in (three_speeches, changed_speeches)
    ]
    assert [text.identity for text in first] == [text.identity for text in second] != []
    members = [await hits(database, typed) for database in (three_speeches, changed_speeches)]
    assert members[0] != members[1]


async def test_one_speech_fills_no_first_page(three_speeches: Database) -> None:
    found = await hits(three_speeches, "闸门 渠道 账目 公路 班子", 5)
    speeches = [hit.match.speech for hit in found]
    assert len(set(speeches)) == 3 and max(map(speeches.count, speeches)) == 3


async def test_a_speechs_own_year_is_never_missing(three_speeches: Database) -> None:
    found = await hits(three_speeches, "2024年 拖拉机 飞碟学")
    assert found[0].match.speech == 2 and found[0].missing == ("飞碟学",)
    other = next(hit for hit in await hits(three_speeches, "2024年 闸门 飞碟学") if hit.match.speech == 1)
    assert set(other.missing) == {"2024年", "飞碟学"}


async def test_what_is_the_same_thing_by_another_name_is_not_missing(three_speeches: Database) -> None:
    both = Synonyms({"水闸": ("闸门",), "闸门": ("水闸",)})
    (best, *_) = await hits(three_speeches, "水闸 飞碟学", synonyms=both)
    assert best.missing == ("飞碟学",) and best.instead == ("闸门",)
    one_way = Synonyms({"水闸": ("闸门",)})
    (best, *_) = await hits(three_speeches, "水闸 飞碟学", synonyms=one_way)
    assert set(best.missing) == {"水闸", "飞碟学"}


async def test_a_text_on_the_theme_says_of_which_kind_it_is_not(three_speeches: Database) -> None:
    query = replace(parse_query("公路"), filters=Filters(kinds=(PassageKind.PARALLEL,)))
    found = await three_speeches.run_in_snapshot(
        lambda snapshot: partial_hits(VisibleIndex(snapshot, EVERY_ID), query, 5, of_kinds_alone=False)
    )
    assert found
    for hit in found:
        assert isinstance(hit.match, IndexedSection)
        is_one = PassageKind.PARALLEL in kinds_by_words(hit.match.body, "")
        assert ("排比" in hit.missing) is not is_one


async def test_what_turns_the_sense_is_missing_though_its_words_stand_there(three_speeches: Database) -> None:
    for typed, missing in (("不修渠道", "不修"), ("停止渠道", "停止"), ("难修公路", "难修")):
        (best, *_) = await hits(three_speeches, typed)
        assert missing in best.missing, typed


async def test_of_a_date_it_is_said_whether_it_is_the_speechs_own(three_speeches: Database) -> None:
    found = await hits(three_speeches, "2024年5月6日 公路 飞碟学")
    assert {hit.match.speech: hit.missing for hit in found}[2] == ("飞碟学",)
    found = await hits(three_speeches, "2024年6月飞碟学 公路")
    assert found[0].missing == ("飞碟学", "2024年6月")


async def test_a_percentage_written_in_another_way_is_no_other_word(three_speeches: Database) -> None:
    async with three_speeches.write() as connection:
        text = "在全县统计会上的讲话\n（2025年3月2日）\n同志们：\n一、收成\n粮食增长3%，是老乡们一锄一锄挖出来的。\n"
        await store(connection, prepared(text, "收成.txt"))
    (best, *_) = await hits(three_speeches, "百分之三 收成 飞碟学")
    assert best.instead == ("增长3",) and best.synonyms == () and best.missing == ("飞碟学",)
