"""Passages of a kind: what is asked for, and the openings and closings that are found by their place."""

from __future__ import annotations

from datetime import date

import pytest
from stored_speeches import long_text, prepared, store

from jianggao.database import Database
from jianggao.library.section_ids import EVERY_ID, IdRange
from jianggao.phrases.passage_kinds import PassageKind
from jianggao.search.indexed_texts import IndexedSection
from jianggao.search.passage_queries import PassageQuery, passage_query
from jianggao.search.passages import PlacedPassages, passages_by_place
from jianggao.search.query import parse_query
from jianggao.search.search import Search
from jianggao.search.synonyms import NO_SYNONYMS, Synonyms
from jianggao.search.visible_index import VisibleIndex


def asked(typed: str) -> PassageQuery:
    found = passage_query(parse_query(typed))
    assert found is not None
    return found


def kinds_and_theme(typed: str) -> tuple[str, list[str]]:
    found = asked(typed)
    return " ".join(kind.value for kind in found.kinds), [term.run for term in found.terms]


# --- what is asked for --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kinds", "theme"),
    [
        ("结尾:就业", "结尾", ["就业"]),
        ("排比：乡村 振兴", "排比", ["乡村", "振兴"]),
        ("开场白:", "开头", []),
        ("开头:就业 收尾:", "开头 结尾", ["就业"]),
        ("结尾:就业讲话", "结尾", ["就业讲话"]),  # what is typed as a theme is left as it is
    ],
)
def test_a_filter_names_a_kind(typed: str, kinds: str, theme: list[str]) -> None:
    assert kinds_and_theme(typed) == (kinds, theme)
    assert asked(typed).is_explicit and not asked(typed).is_glued


@pytest.mark.parametrize(
    ("typed", "kinds", "theme"),
    [
        ("就业 结尾", "结尾", ["就业"]),
        ("结尾 就业", "结尾", ["就业"]),
        ("就业 结束语", "结尾", ["就业"]),
        ("防汛 排比句", "排比", ["防汛"]),
        ("防汛讲话 结尾", "结尾", ["防汛"]),  # any speech is one
        ("防汛 讲话 结尾", "结尾", ["防汛"]),
        ("讲话的结尾", "结尾", []),
        ("开头", "开头", []),
        ("结尾部分", "结尾", []),
        ("开头 结尾 防汛", "开头 结尾", ["防汛"]),
        ("结尾 收尾", "结尾", []),
    ],
)
def test_a_word_of_its_own_names_a_kind(typed: str, kinds: str, theme: list[str]) -> None:
    assert kinds_and_theme(typed) == (kinds, theme)
    assert not asked(typed).is_explicit and not asked(typed).is_glued


@pytest.mark.parametrize(
    ("typed", "kinds", "theme"),
    [
        ("就业讲话的结尾", "结尾", ["就业"]),
        ("就业开场白", "开头", ["就业"]),
        ("防汛工作的排比句", "排比", ["防汛"]),
        ("招商类小标题", "小标题", ["招商"]),
        ("结尾的就业", "结尾", ["就业"]),
        ("营商环境方面的案例", "案例", ["营商环境"]),
    ],
)
def test_the_end_of_a_run_names_a_kind(typed: str, kinds: str, theme: list[str]) -> None:
    assert kinds_and_theme(typed) == (kinds, theme)
    assert asked(typed).is_glued and not asked(typed).is_explicit


@pytest.mark.parametrize(
    "typed", ["就业", "“就业结尾”", "“结尾”", "结尾工程", "数据库建设", "2025年", "主题:水利"]
)
def test_other_queries_name_none(typed: str) -> None:
    assert passage_query(parse_query(typed)) is None


def test_ordinary_words_may_be_meant_as_words_unless_typed_as_a_filter() -> None:
    assert asked("政务 数据").may_mean_words and asked("脱贫 故事").may_mean_words
    assert not asked("数据:政务").may_mean_words
    assert not asked("政务 结尾").may_mean_words and not asked("政务 排比").may_mean_words


def test_openings_and_closings_go_by_place() -> None:
    assert asked("就业 开头").is_by_place and asked("排比 结尾").is_by_place
    assert not asked("就业 排比").is_by_place


def test_a_phrase_is_a_theme_as_it_is() -> None:
    (term,) = asked("“防汛工作” 结尾").terms
    assert term.phrase and term.run == "防汛工作"


def test_other_ways_to_write_a_theme_stay() -> None:
    (typed,) = parse_query("2025年").terms
    (term,) = asked("2025年 结尾").terms
    assert term.runs == typed.runs and len(term.runs) > 1


def test_the_query_on_the_theme_with_and_without_the_kinds() -> None:
    query = parse_query("就业讲话的结尾 年份:2024")
    found = passage_query(query)
    assert found is not None
    narrowed, free = found.filtering(query), found.without_kinds(query)
    assert narrowed.filters.kinds == (PassageKind.CLOSING,) and free.filters.kinds == ()
    for one in (narrowed, free):
        assert one.filters.years == (2024,) and [term.run for term in one.terms] == ["就业"]


# --- openings and closings ----------------------------------------------------------------------------------


async def found(
    database: Database,
    typed: str,
    readable: IdRange | None = EVERY_ID,
    synonyms: Synonyms = NO_SYNONYMS,
) -> list[IndexedSection]:
    placed = await _placed(database, typed, readable, synonyms)
    return [*placed.on_theme, *(hit.match for hit in placed.others if isinstance(hit.match, IndexedSection))]


async def _placed(
    database: Database, typed: str, readable: IdRange | None, synonyms: Synonyms = NO_SYNONYMS
) -> PlacedPassages:
    query = parse_query(typed)
    wanted = asked(typed)
    return await database.run_in_snapshot(
        lambda snapshot: passages_by_place(
            VisibleIndex(snapshot, readable), wanted.without_kinds(query), wanted, synonyms
        )
    )


async def places(
    database: Database, typed: str, readable: IdRange | None = EVERY_ID
) -> list[tuple[int, str]]:
    """Speech and heading of the passages."""
    return [(section.speech, section.label) for section in await found(database, typed, readable)]


async def test_the_words_before_the_first_heading_open_a_speech(four_speeches: Database) -> None:
    (section,) = await found(four_speeches, "开头:项目")
    assert section.speech == 4 and section.label == "" and "今天把大家请来" in section.body


async def test_the_words_behind_the_last_heading_close_a_speech(four_speeches: Database) -> None:
    (section,) = await found(four_speeches, "项目 结尾")
    assert section.speech == 4 and section.label == "" and section.body.startswith("同志们项目是等不来的")


async def test_without_such_words_the_last_section_closes_and_none_opens(four_speeches: Database) -> None:
    assert await places(four_speeches, "结尾:公路") == [(2, "二管好公路养护")]
    assert await found(four_speeches, "开头:公路") == []


async def test_without_a_theme_the_newest_speeches_come_first(four_speeches: Database) -> None:
    closings = [(4, ""), (1, "三算清用水账目"), (2, "二管好公路养护"), (3, "一选好村级班子")]
    assert await places(four_speeches, "结尾") == closings
    assert await places(four_speeches, "讲话的开头") == [(4, "")]


@pytest.mark.parametrize("readable", [EVERY_ID, None])
async def test_one_long_speech_leaves_room_for_older_ones(
    four_speeches: Database, readable: IdRange | None
) -> None:
    async with four_speeches.write() as connection:
        await store(
            connection, prepared(long_text("在灌区大会上的讲话", 75), "long.txt"), day=date(2025, 12, 1)
        )
    assert [speech for speech, _ in await places(four_speeches, "结尾", readable)] == [5, 4, 1, 2, 3]
    assert [speech for speech, _ in await places(four_speeches, "结尾 年份:2025", readable)] == [5, 4, 1]


async def test_of_both_kinds_the_one_typed_first_comes_first(four_speeches: Database) -> None:
    opening, closing = await found(four_speeches, "项目 开头 结尾")
    assert "今天把大家请来" in opening.body and "等不来" in closing.body
    assert await found(four_speeches, "项目 结尾 开头") == [closing, opening]


@pytest.mark.parametrize(
    ("typed", "speeches"),
    [
        ("结尾:村级班子建设座谈会", [3]),  # the name of a speech
        ("结尾:公路", [2]),  # its title
        ("结尾:水利", [1]),  # its topic
        ("结尾:承诺", [4]),  # a heading
        ("结尾:管好", [1, 2]),  # headings of two, of which the newer is the first
        ("结尾:拖拉机", [2]),  # a body
        ("结尾:飞碟学 厂房", [4]),  # some of the words
    ],
)
async def test_passages_of_speeches_on_the_theme(
    four_speeches: Database, typed: str, speeches: list[int]
) -> None:
    assert [speech for speech, _ in await places(four_speeches, typed)] == speeches


async def test_speeches_on_a_synonym_of_the_theme_count(four_speeches: Database) -> None:
    assert await found(four_speeches, "结尾:道路交通") == []
    synonyms = Synonyms({"道路交通": ("公路",)})
    (section,) = await found(four_speeches, "结尾:道路交通", synonyms=synonyms)
    assert section.speech == 2


@pytest.mark.parametrize(
    "typed", ["结尾:项目", "项目 开头", "开头", "结尾", "结尾:公路", "结尾 管好", "结尾 年份:2024"]
)
async def test_places_are_the_same_for_a_visitor_without_the_bodies(
    four_speeches: Database, typed: str
) -> None:
    member, visitor = await found(four_speeches, typed), await found(four_speeches, typed, None)
    assert [section.id for section in visitor] == [section.id for section in member] != []
    assert all(section.whole for section in member) and not any(section.whole for section in visitor)
    # Of speech 3 the whole is a preview, of the others these are for members.
    assert all(bool(section.body) == (section.speech == 3) for section in visitor)


async def test_locked_words_lead_a_visitor_to_no_passage(four_speeches: Database) -> None:
    for typed in ("结尾:铁锹", "结尾:拖拉机", "开头:厂房"):
        assert await found(four_speeches, typed) != []
        assert await found(four_speeches, typed, None) == []


@pytest.mark.parametrize(
    ("typed", "speeches"),
    [
        ("结尾 年份:2024", [2]),
        ("结尾 主题:党建", [3]),
        ("结尾 标题:推进会", [4, 2]),
        ("结尾 第1篇", [1]),
        ("结尾:公路 年份:2024", [2]),
        ("结尾:公路 年份:2023", []),
        ("结尾:公路 主题:水利", []),
        ("结尾:公路 标题:座谈", []),
        ("结尾:公路 第2篇", [2]),
        ("结尾:公路 第3篇", []),
        ("结尾:管好 主题:水利", [1]),
        ("结尾:推进会 年份:2025", [4]),
        ("结尾 年份:1999", []),
    ],
)
async def test_filters_narrow(four_speeches: Database, typed: str, speeches: list[int]) -> None:
    assert [speech for speech, _ in await places(four_speeches, typed)] == speeches
    assert [speech for speech, _ in await places(four_speeches, typed, None)] == speeches


async def test_nothing_on_the_theme_is_nothing(four_speeches: Database) -> None:
    assert await found(four_speeches, "结尾:飞碟学") == []
    assert await found(four_speeches, "飞碟学 开头 结尾", None) == []


async def test_of_speeches_that_only_say_some_of_the_theme_it_is_told_what_they_lack(
    three_speeches: Database,
) -> None:
    placed = await _placed(three_speeches, "公路 飞碟学 结尾", EVERY_ID)
    assert placed.on_theme == [] and placed.others
    assert all("飞碟学" in hit.missing for hit in placed.others)
    named = await _placed(three_speeches, "公路建设 结尾", EVERY_ID)
    assert {section.speech for section in named.on_theme} == {2} and named.is_all


@pytest.mark.parametrize(
    ("typed", "theme"),
    [("垃圾分类 结尾", "垃圾分类"), ("防汛类的结尾", "防汛"), ("垃圾分类怎么开头", "垃圾分类")],
)
def test_of_a_kind_of_speech_only_the_matter_is_left(typed: str, theme: str) -> None:
    assert [term.run for term in asked(typed).terms] == [theme]


@pytest.mark.parametrize(
    ("typed", "searched"),
    [("飞碟学最后喊口号那段", "飞碟学"), ("飞碟学 结尾", "飞碟学"), ("飞碟学 数据", "")],
)
async def test_where_nothing_is_on_the_theme_it_is_searched_for_alone(
    three_speeches: Database, typed: str, searched: str
) -> None:
    result = await three_speeches.run_in_snapshot(
        lambda snapshot: Search(snapshot, EVERY_ID).find(parse_query(typed))
    )
    assert result.total == 0 and result.read_as == searched


@pytest.mark.parametrize(
    ("typed", "theme"),
    [
        ("明天要用，帮我找安全生产的开头", ["安全生产"]),
        ("写材料没思路，求一个基层治理的开头", ["基层治理"]),
        ("求一个关于乡村振兴的结尾，明天要交稿", ["乡村振兴"]),
        ("养老服务 结尾，谢谢", ["养老服务"]),
        ("愁死了，养老服务 结尾", ["养老服务"]),
        ("急用，养老服务的结尾", ["养老服务"]),
        ("新材料 案例", ["新材料"]),
        ("网上 数据", ["网上"]),
        ("各类案例", []),
        ("从严管党谈到作风的结尾", ["从严管党谈到作风"]),
        ("从修房讲到住户 过渡", ["修房", "住户"]),
    ],
)
def test_only_the_matter_is_left_of_requests_and_words_are_never_cut(typed: str, theme: list[str]) -> None:
    assert [term.run for term in asked(typed).terms] == theme


@pytest.mark.parametrize(
    "typed", ["有效衔接", "乡村振兴有效衔接", "项目收尾", "群众的期望", "企业家期望", "英雄事迹"]
)
def test_what_is_usually_said_names_no_kind(typed: str) -> None:
    assert passage_query(parse_query(typed)) is None


@pytest.mark.parametrize(
    ("typed", "kinds", "theme"),
    [
        ("防汛会结束时讲几句什么", "结尾", ["防汛会"]),
        ("作风大会 开头怎么讲才抓人", "开头", ["作风大会"]),
        ("结尾怎么写才有力量", "结尾", []),
        ("把养老讲话的最后一段给我", "结尾", ["养老"]),
    ],
)
def test_what_is_said_at_the_end_and_how_well(typed: str, kinds: str, theme: list[str]) -> None:
    assert kinds_and_theme(typed) == (kinds, theme)
