"""What passages are asked for: their kinds, and the theme that is left."""

from __future__ import annotations

import pytest

from jianggao.phrases.passage_kinds import PassageKind
from jianggao.search.passage_queries import PassageQuery, openings_of_dates, passage_query
from jianggao.search.query import MAX_TERMS, parse_query


def asked(typed: str) -> PassageQuery:
    found = passage_query(parse_query(typed))
    assert found is not None
    return found


def kinds_and_theme(typed: str) -> tuple[str, list[str]]:
    found = asked(typed)
    return " ".join(kind.value for kind in found.kinds), [term.run for term in found.terms]


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


@pytest.mark.parametrize(
    ("typed", "theme"),
    [("垃圾分类 结尾", "垃圾分类"), ("防汛类的结尾", "防汛"), ("垃圾分类怎么开头", "垃圾分类")],
)
def test_of_a_kind_of_speech_only_the_matter_is_left(typed: str, theme: str) -> None:
    assert [term.run for term in asked(typed).terms] == [theme]


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


@pytest.mark.parametrize(
    ("typed", "theme"),
    [
        ("2024年读书节致辞 开头", ["2024年", "读书节"]),
        ("二〇一九年教师节大会开头", ["2019年", "教师节大会"]),
        ("结尾:2019年教师节大会", ["2019年", "教师节大会"]),
        ("2023年度安全生产工作会议 结尾", ["2023年", "安全生产工作会议"]),
        ("2024年1月信访工作会议 结尾", ["2024年1月", "信访工作会议"]),
        ("2024年底 结尾", ["2024年底"]),
        ("“2024年读书节” 结尾", ["2024年读书节"]),
    ],
)
def test_a_year_is_a_term_of_its_own(typed: str, theme: list[str]) -> None:
    assert [term.run for term in asked(typed).terms] == theme


@pytest.mark.parametrize(
    ("typed", "theme"),
    [
        ("在全市信访工作会议上的讲话的结尾", ["在全市信访工作会议"]),
        ("防汛会上的开头", ["防汛"]),
        ("读书节 会上 开头", ["读书节"]),
        ("交通安全大会上的讲话 开头", ["交通安全大会"]),
        ("机会 结尾", ["机会"]),
    ],
)
def test_a_name_keeps_its_occasion_unless_that_says_nothing(typed: str, theme: list[str]) -> None:
    assert [term.run for term in asked(typed).terms] == theme


@pytest.mark.parametrize(
    "typed", ["我是镇里的文书，要招商讲话的结尾，感谢各位老师帮忙", "是招商局的，明天要用，招商 结尾"]
)
def test_who_asks_is_no_theme(typed: str) -> None:
    assert [term.run for term in asked(typed).terms] == ["招商"]


@pytest.mark.parametrize(
    ("typed", "theme"),
    [
        ("一、" * 98 + "排比", ["一"]),
        ("是/" * 98 + "案例", ["是"]),
        ("、".join(["防汛", "抗旱", "水库", "堤坝", "值班", "预案"] * 3) + "、排比", 6),
        ("、".join("甲乙丙丁戊己庚辛壬癸子丑") + "、排比", MAX_TERMS),
    ],
)
def test_a_theme_has_no_more_words_than_may_be_typed(typed: str, theme: list[str] | int) -> None:
    runs = [term.run for term in asked(typed).terms]
    assert runs == theme or len(runs) == theme


@pytest.mark.parametrize(
    ("typed", "theme"),
    [
        ("能耗降低3.5%的数据", ["能耗降低3.5%"]),
        ("GDP增长6.5%的数据", ["GDP增长6.5%"]),
        ("××县就业讲话的结尾", ["××县就业"]),
        ("2024年度汛工作 结尾", ["2024年", "度汛"]),
        ("2024年度假区建设 结尾", ["2024年", "度假区建设"]),
        ("2025年的养老讲话结尾", ["2025年", "养老"]),
        ("9月9日教师节开头", ["9月9日", "教师节"]),
        ("2025-04-23 读书节 结尾", ["2025年4月23日", "读书节"]),
    ],
)
def test_a_theme_is_written_as_it_was_typed(typed: str, theme: list[str]) -> None:
    assert [term.typed for term in asked(typed).terms] == theme


@pytest.mark.parametrize("typed", ["数字 经济", "数字 乡村 建设"])
def test_digital_something_asks_for_no_figures(typed: str) -> None:
    assert passage_query(parse_query(typed)) is None


def test_behind_the_matter_it_asks_for_figures() -> None:
    assert kinds_and_theme("经济 数字") == ("数据", ["经济"])


@pytest.mark.parametrize(
    ("typed", "dates"),
    [
        ("2024-06-28", ["2024年6月28日"]),
        ("20240628", ["2024年6月28日"]),
        ("2021年12月的讲话", ["2021年12月"]),
        ("讲话 2022年3月", ["2022年3月"]),
        ("2024年 就业", None),
        ("讲话", None),
        ("就业", None),
    ],
)
def test_dates_alone_ask_for_the_speeches_of_them(typed: str, dates: list[str] | None) -> None:
    found = openings_of_dates(parse_query(typed))
    assert (found and [term.run for term in found.terms]) == dates
    assert found is None or found.kinds == (PassageKind.OPENING,)
