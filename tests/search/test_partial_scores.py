"""A text scores by how much of what was typed it holds: the telling words, what stands for them, and how often, how
high up and how near together they stand."""

from __future__ import annotations

from datetime import date

from jianggao.library.section_ids import first_id
from jianggao.search import parse_query
from jianggao.search.concepts import Concept, concepts_of
from jianggao.search.indexed_texts import IndexedSection, IndexedTitle
from jianggao.search.partial_scores import PartialScore, PartialScorer, best_first
from jianggao.search.synonyms import Synonyms
from jianggao.search.text_meanings import TextMeanings

SYNONYMS = Synonyms(everyday={"吵得睡不着": ("噪声", "扰民")}, plain={"耕地保护": ("撂荒",)})
FILLING = "今天在座的都是各乡各镇的带头人大家辛苦了一年也该坐下来说说心里话"


def section(body: str, label: str = "", year: int = 2025) -> IndexedSection:
    return IndexedSection(first_id(date(year, 3, 1)), 1, True, label, body, b"", b"")


def score(
    typed: str, body: str, *, label: str = "", title: str = "", year: int = 2025, about: bool = False
) -> PartialScore | None:
    query = parse_query(typed)
    concepts = concepts_of(query.terms, SYNONYMS)
    meant: set[Concept] = set(concepts) if about else set()
    meanings = TextMeanings(term.run for term in query.terms)
    return PartialScorer(query, concepts, meanings).score(
        section(body, label, year), IndexedTitle(title), meant
    )


def points(typed: str, body: str, **where: str) -> float:
    found = score(typed, body, **where)  # type: ignore[arg-type]  # strings alone
    return found.points if found else 0.0


def test_more_of_what_was_typed_scores_more() -> None:
    assert (
        points("渠道 灌溉", f"{FILLING}渠道{FILLING}灌溉")
        > points("渠道 灌溉", f"{FILLING}渠道{FILLING}")
        > 0
    )


def test_a_text_without_any_of_it_has_no_score() -> None:
    assert score("渠道 灌溉", FILLING) is None


def test_more_places_score_more_and_a_long_text_less() -> None:
    once = points("灌溉", f"灌溉{FILLING}")
    assert points("灌溉", f"灌溉{FILLING}灌溉") > once > points("灌溉", f"灌溉{FILLING * 20}")


def test_many_places_never_count_without_end() -> None:
    assert points("灌溉", "灌溉，" * 400) < 3 * points("灌溉", "灌溉，" * 3)


def test_a_heading_and_a_title_count_besides() -> None:
    body = f"{FILLING}灌溉"
    plain = points("灌溉", body)
    assert points("灌溉", body, label="修好灌溉的渠") > points("灌溉", body, title="在灌溉会上的讲话") > plain


def test_what_speeches_say_for_it_counts_and_two_of_it_more_than_one() -> None:
    both = points("吵得睡不着", f"{FILLING}噪声{FILLING}扰民")
    first = points("吵得睡不着", f"{FILLING}噪声{FILLING}")
    assert both > first > points("吵得睡不着", f"{FILLING}扰民{FILLING}") > 0


def test_the_term_itself_counts_more_than_plain_words_for_it() -> None:
    said = points("耕地保护", f"{FILLING}耕地保护")
    assert said > points("耕地保护", f"{FILLING}撂荒{FILLING}") > 0


def test_a_year_alone_says_nothing_of_the_matter_but_adds_to_it() -> None:
    assert score("2025年 灌溉", FILLING) is None
    assert points("2025年 灌溉", "灌溉") > 0
    this, other = score("2025年 灌溉", "灌溉"), score("2025年 灌溉", "灌溉", year=2019)
    assert this is not None and other is not None and this.points > other.points


def test_a_section_of_the_speech_that_was_named_needs_none_of_the_words() -> None:
    assert score("渠道 灌溉", FILLING, about=True) is not None


def test_equal_texts_are_told_apart_by_nearness_and_then_the_newest_is_first() -> None:
    near = score("渠道 灌溉", f"渠道灌溉{FILLING}")
    far = score("渠道 灌溉", f"渠道{FILLING}灌溉")
    assert near is not None and far is not None
    assert best_first([far, near]) == [near, far]
    older, newer = score("灌溉", "灌溉", year=2020), score("灌溉", "灌溉", year=2024)
    assert older is not None and newer is not None
    assert best_first([older, newer]) == [newer, older]


def test_what_is_hardly_enough_only_fills_up_the_first_page() -> None:
    enough = score("渠道 灌溉", "渠道灌溉")
    assert enough is not None and enough.is_enough
    weak = [PartialScore(section(FILLING), 0.1, False, ()) for _ in range(9)]
    assert len(best_first([*weak, enough])) == 5 and best_first([*weak, enough])[0] is enough
    assert len(best_first([enough] * 7 + weak)) == 7


def test_one_character_in_common_is_no_hit_and_two_are() -> None:
    assert score("树栽了年年不活", f"{FILLING}树") is None
    assert score("树栽了年年不活", f"{FILLING}树{FILLING}栽") is not None


def test_the_parts_of_a_compound_say_nothing_more_where_it_stands() -> None:
    whole = f"{FILLING}乡村振兴{FILLING}"
    parts = f"{FILLING}乡村{FILLING}振兴"
    assert points("乡村振兴", whole) > points("乡村振兴", parts) > 0
    # Else three concepts of one word would outweigh the other word.
    one, other = points("乡村振兴 灌溉", whole), points("乡村振兴 灌溉", f"{FILLING}灌溉{FILLING}")
    assert one < 2 * other


def test_a_text_on_both_words_is_better_than_one_that_says_one_of_them_often() -> None:
    often = "乡村振兴" * 6 + FILLING * 2
    assert points("乡村振兴 灌溉", f"{FILLING}乡村振兴{FILLING}灌溉") > points("乡村振兴 灌溉", often)


def test_digits_count_as_a_number_alone() -> None:
    assert points("灌溉 20%", f"{FILLING}灌溉20左右") > points("灌溉 20%", f"{FILLING}灌溉2019左右")


def test_what_stands_for_a_word_a_little_makes_no_speech_one_about_it() -> None:
    """群众 counts a little for 转移群众, and 在群众大会上的讲话 is not about that."""
    synonyms = Synonyms(everyday={"转移群众": ("转移避险",)})
    query = parse_query("转移群众 防汛")
    concepts = concepts_of(query.terms, synonyms)
    assert any(run == "群众" and share < 0.5 for concept in concepts for run, share in concept.runs)
    scorer = PartialScorer(query, concepts, TextMeanings(["转移群众", "防汛"]))
    said = section(f"{FILLING}防汛")
    about, not_about = (
        scorer.score(said, IndexedTitle(title), ())
        for title in ("在转移避险会上的讲话", "在群众大会上的讲话")
    )
    assert about is not None and not_about is not None and about.points > not_about.points + 0.2
