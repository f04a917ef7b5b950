"""What was typed is taken apart into words, each with all that may stand for it in a speech."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.errors import WrongUse
from jianggao.search import parse_query
from jianggao.search.concepts import MOST_CONCEPTS, Concept, concepts_of
from jianggao.search.synonyms import NO_SYNONYMS, Synonyms
from jianggao.search.variants import percentages_of
from jianggao.text.normal_form import normal_form

SYNONYMS = Synonyms(
    words={
        "冷链": ("冷库",),
        "灌溉": ("浇水",),
        "浇水": ("灌溉",),
        "追责问责": ("问责",),
        "问责": ("追责问责",),
        "乡村教师": ("农村教师",),
    },
    everyday={
        "看病难": ("医疗", "就医"),
        "择校": ("教育公平",),
        "浇不上水": ("灌溉", "水利", "节水"),
        "政府欠钱": ("拖欠账款", "政务诚信"),
        "欠钱不还": ("拖欠账款", "清欠"),
        "问责": ("追究",),
        "娃": ("学生",),
        "ai": ("人工智能",),
        "看病…远": ("就近就医", "医共体"),
        "老人…吃饭": ("老年食堂",),
        "吃饭…没人做": ("社区食堂",),
    },
    plain={"耕地保护": ("撂荒", "占地")},
)


def concepts(typed: str, synonyms: Synonyms = SYNONYMS) -> dict[str, Concept]:
    found = concepts_of(parse_query(typed).terms, synonyms)
    assert [concept.weight for concept in found] == sorted([c.weight for c in found], reverse=True)
    return {concept.typed: concept for concept in found}


def runs(typed: str, word: str, synonyms: Synonyms = SYNONYMS) -> dict[str, float]:
    return dict(concepts(typed, synonyms)[word].runs)


# --- everyday words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["浇不上水", "地里浇不上水怎么办", "老乡说浇不上水", "老乡 浇不上水"])
def test_an_everyday_word_counts_wherever_it_stands(typed: str) -> None:
    shares = runs(typed, "浇不上水")
    assert next(iter(shares)) == "浇不上水" and shares["浇不上水"] == 1
    assert shares["灌溉"] > shares["水利"] > shares["节水"] >= shares["浇水"], "the first says it best"


def test_everyday_words_that_overlap_are_one_concept_with_all_that_stands_for_them() -> None:
    found = concepts("乡里政府欠钱不还")
    shares = dict(found["政府欠钱不还"].runs)
    assert shares["政府欠钱不还"] == shares["政府欠钱"] == shares["欠钱不还"] == 1
    assert {"拖欠账款", "政务诚信", "清欠"} <= set(shares)
    assert not {"政府", "欠钱"} & set(found), "what it took no other has"


def test_everyday_words_apart_are_two_concepts() -> None:
    assert {"浇不上水", "欠钱不还"} <= set(concepts("浇不上水还欠钱不还"))


def test_the_parts_of_a_long_word_that_stands_for_it_count_a_little() -> None:
    shares = runs("欠钱不还", "欠钱不还")
    assert 0 < shares["账款"] < shares["清欠"]


def test_a_short_everyday_word_counts_between_borders_of_words_alone() -> None:
    assert "教育公平" in runs("孩子择校", "择校")
    for typed in ("选择校企合作", "选择校址"):
        found = concepts(typed)
        assert "选择" in found
        assert not any("教育公平" in dict(concept.runs) for concept in found.values()), typed
    assert not any(
        "人工智能" in dict(concept.runs) for typed in ("mail", "ai2") for concept in concepts(typed).values()
    )


def test_a_single_character_may_be_an_everyday_word() -> None:
    assert "学生" in runs("娃上学", "娃")
    assert not any("学生" in dict(concept.runs) for concept in concepts("娃娃鱼").values())


def test_words_that_stand_apart_mean_something_together_and_each_still_counts() -> None:
    found = concepts("看病要跑老远")
    together = found["看病要跑老远"]
    assert dict(together.runs)["就近就医"] > dict(together.runs)["医共体"]
    assert together.is_optional, "it is never said to be missing"
    assert 0 < found["看病"].weight < concepts("看病")["看病"].weight


def test_entries_with_gaps_that_share_a_word_mean_one_matter() -> None:
    meant = [concept for concept in concepts("老人吃饭没人做").values() if concept.is_optional]
    assert any({"老年食堂", "社区食堂"} <= {run for run, _ in concept.runs} for concept in meant)


def test_plain_words_for_an_official_term_count_beside_it_and_for_less() -> None:
    found = concepts_of(parse_query("耕地保护").terms, SYNONYMS)
    plain = next(concept for concept in found if "撂荒" in dict(concept.runs))
    assert plain.is_optional and max(dict(plain.runs).values()) < 1
    assert any(concept.runs[0][0] == "耕地" and concept.runs[0][1] == 1 for concept in found)


def test_no_concept_has_so_many_runs_that_a_search_for_them_takes_long() -> None:
    many = Synonyms(
        everyday={f"看病…{sign}": tuple(f"{sign}医{at}" for at in range(9)) for sign in "远贵慢难"}
    )
    for concept in concepts_of(parse_query("看病又远又贵又慢又难").terms, many):
        assert len(concept.runs) <= 16


def test_characters_count_by_themselves_where_there_is_little_else() -> None:
    assert {"树", "栽"} <= set(concepts("树栽了年年不活"))
    assert "在" not in concepts("在哪栽"), "what stands in every text tells nothing"
    assert "栽" not in concepts("渠道 灌溉设施管护经费 栽")["渠道"].typed
    assert "修" not in concepts("灌溉设施修渠道管护")


# --- synonyms -----------------------------------------------------------------------------------------------


def test_synonyms_stand_for_a_word_inside_a_run_and_for_less() -> None:
    shares = runs("农田灌溉渠道", "灌溉")
    assert shares["灌溉"] == 1 > shares["浇水"] > 0


def test_what_is_typed_itself_stands_for_no_other_word() -> None:
    assert "冷库" in runs("冷链", "冷链")
    found = concepts("冷链 冷库")
    assert "冷库" not in dict(found["冷链"].runs) and "冷库" in found


def test_a_typed_word_always_counts_whole() -> None:
    """追责问责 leads to 问责, which leads back to it: that makes it no farther off."""
    for typed in ("追责问责", "问责"):
        shares = runs(typed, typed)
        assert next(iter(shares)) == typed and shares[typed] == 1
        assert shares["问责"] >= 0.9 and shares["追责问责"] >= 0.9
    assert runs("追责问责", "追责问责")["追究"] < 0.9


def test_a_whole_run_with_synonyms_is_one_word() -> None:
    assert "农村教师" in runs("乡村教师", "乡村教师")


# --- years, percentages, numbers ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "word"),
    [("2024年防汛", "2024年"), ("防汛 二〇二四年", "二〇二四年"), ("二零二四年防汛", "二零二四年")],
)
def test_a_year_is_a_concept_that_names_it(typed: str, word: str) -> None:
    found = concepts(typed)
    assert found[word].year == 2024
    assert {"2024年", "二〇二四年", "二零二四年"} == {run for run, _ in found[word].runs}
    assert found["防汛"].year == 0 and found["防汛"].weight > found[word].weight


@pytest.mark.parametrize("typed", ["12024", "三二〇二四", "1024年", "2024056"])
def test_other_numbers_are_no_years(typed: str) -> None:
    assert not any(concept.year for concept in concepts(typed).values())


@pytest.mark.parametrize(
    ("typed", "word", "written"),
    [
        ("增长6.3%", "6.3%", {"63", "百分之六点三"}),
        ("增长6.3%左右", "6.3%", {"63", "百分之六点三"}),
        ("增长百分之六点三", "百分之六点三", {"63", "百分之六点三"}),
        ("完成63.5％", "63.5％", {"635", "百分之六十三点五"}),
        ("完成百分之63", "百分之63", {"百分之63", "63", "百分之六十三"}),
        ("完成百分之7", "百分之7", {"百分之7", "百分之七", *percentages_of("7")}),
        ("完成百分之七", "百分之七", {"百分之七", *percentages_of("7")}),
        ("增长7%", "7%", {"百分之七", *percentages_of("7")}),
    ],
)
def test_a_percentage_is_found_by_signs_and_by_words(typed: str, word: str, written: set[str]) -> None:
    """But 7 alone stands in every text: there it is found beside what goes with a percentage."""
    found = concepts(typed)
    assert {run for run, _ in found[word].runs} == written
    assert found[word].runs[0][0] in (normal_form(word), "百分之七")
    assert typed[:2] in found and not set(found) - {typed[:2], word, "左右"}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("12345热线", {"12345", "热线"}),
        ("985高校", {"985", "高校"}),
        ("16字方针", {"16字", "方针"}),
        ("500强企业", {"500强", "企业"}),
        ("修渠100万", {"100万"}),
        ("闸门37", {"37", "闸门"}),
    ],
)
def test_a_number_is_a_concept_and_takes_nothing_of_a_word(typed: str, words: set[str]) -> None:
    assert words <= set(concepts(typed))


@pytest.mark.parametrize(
    ("typed", "form"), [("四万亿", "4万亿"), ("4万亿", "四万亿"), ("两千三百万", "2300万")]
)
def test_an_amount_is_found_however_it_is_written(typed: str, form: str) -> None:
    everyday = Synonyms(everyday={normal_form(typed): ("扩大内需",)})
    for synonyms in (Synonyms(), everyday):
        (concept, *_) = concepts_of(parse_query(typed).terms, synonyms)
        assert dict(concept.runs).get(form) == 1.0


@pytest.mark.parametrize("typed", ["闸门三十二个", "闸门5次", "十二次闸门"])
def test_numerals_say_nothing_of_the_matter(typed: str) -> None:
    assert set(concepts(typed)) == {"闸门"}


# --- words of the dictionary, and others --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "part", "whole"),
    [("开拖拉机", "拖拉", "拖拉机"), ("农田水利", "水利", ""), ("村级班子建设", "班子", "")],
)
def test_words_of_the_dictionary_count_however_the_text_is_cut(typed: str, part: str, whole: str) -> None:
    found = concepts(typed)
    assert part in found
    if whole:
        assert found[part].is_optional and not found[whole].is_optional


def test_a_word_of_the_lists_counts_though_no_dictionary_has_it() -> None:
    synonyms = Synonyms(everyday={"采砂": ("河道",)})
    found = {concept.typed for concept in concepts_of(parse_query("偷采砂子").terms, synonyms)}
    assert {"偷采", "采砂", "砂子"} <= found


def test_a_word_across_two_words_weighs_less_and_is_a_part() -> None:
    alone, across = concepts("择校")["择校"], concepts("选择校企合作")["择校"]
    assert across.is_optional and not alone.is_optional
    assert across.weight < alone.weight and [run for run, _ in across.runs] == ["择校"]


def test_a_word_that_no_dictionary_has_is_a_concept() -> None:
    found = concepts("闸门 灌溉飞碟学学家")
    assert found["闸门"].of == "闸门"
    new = concepts("滴灌宝")
    assert new and all(concept.of == "滴灌宝" for concept in new.values())


@pytest.mark.parametrize("typed", ["闸", "跑", "的", "x"])
def test_what_has_no_word_stands_for_itself_and_weighs_least(typed: str) -> None:
    (only,) = concepts(typed, NO_SYNONYMS).values()
    assert only.runs == ((typed, 1.0),)
    assert only.weight < concepts("闸门")["闸门"].weight


def test_a_phrase_is_one_concept_whatever_is_in_it() -> None:
    (only,) = concepts("“2024年浇不上水6.3%”").values()
    assert only.runs == (("2024年浇不上水63", 1.0),)
    assert only.weight == max(c.weight for c in concepts("“浇不上水” 闸门").values())


@pytest.mark.parametrize("generic", ["工作", "问题", "怎么", "我们", "讲话", "知道"])
def test_generic_words_count_only_where_nothing_else_was_typed(generic: str) -> None:
    assert generic not in concepts(f"{generic} 闸门 灌溉")
    (alone,) = concepts(generic, NO_SYNONYMS).values()
    assert alone.typed == generic and alone.weight < 1.5


# --- their number -------------------------------------------------------------------------------------------


def test_the_weightiest_are_kept_when_there_are_too_many() -> None:
    found = concepts("工作问题情况我们会议 灌溉渠道水库闸门公路养护拖拉机铁锹班子座谈会网格员防汛抗旱")
    assert len(found) == MOST_CONCEPTS
    assert not {"工作", "问题", "情况", "我们"} & set(found)


def test_nothing_typed_has_no_concepts() -> None:
    assert concepts_of((), SYNONYMS) == []


@given(st.text("浇不上水择校政府欠钱还2024年6.3%百分之七点娃ai选企二〇零○一九“” 闸门工作", max_size=60))
def test_whatever_is_typed_its_concepts_are_sound(typed: str) -> None:
    try:
        query = parse_query(typed)
    except WrongUse:
        return
    found = concepts_of(query.terms, SYNONYMS)
    assert 0 < len(found) <= MOST_CONCEPTS
    typed_terms = {term.typed for term in query.terms}
    for concept in found:
        assert concept.weight > 0 and concept.of in typed_terms
        forms = [run for run, _ in concept.runs]
        assert forms and len(set(forms)) == len(forms)
        assert all(run and run == normal_form(run) for run in forms)
        assert all(0 < share <= 1 for _, share in concept.runs) and concept.runs[0][1] == 1
        assert concept.term.runs == tuple(forms) and all(concept.stands_in(f"头{run}尾") for run in forms)
    assert len({concept.runs[0][0] for concept in found}) == len(found)
