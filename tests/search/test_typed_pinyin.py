"""Letters are read as pinyin: as one run, and as words apart."""

from __future__ import annotations

import pytest

from jianggao.database import Database
from jianggao.library.section_ids import EVERY_ID, IdRange
from jianggao.search import typed_pinyin
from jianggao.search.query import parse_query
from jianggao.search.typed_pinyin import AS_ONE_RUN, AS_WORDS, pinyin_meanings
from jianggao.search.visible_index import VisibleIndex
from jianggao.search.visible_words import VisibleWords


async def meanings(database: Database, typed: str, readable: IdRange | None = EVERY_ID) -> dict[str, int]:
    found = await database.run_in_snapshot(
        lambda snapshot: pinyin_meanings(VisibleWords(VisibleIndex(snapshot, readable)), parse_query(typed))
    )
    ranks: dict[str, int] = {}
    for terms, rank in found:
        ranks.setdefault(" ".join(term.run for term in terms), rank)
    return ranks


async def test_a_word_is_found_by_its_letters(three_speeches: Database) -> None:
    assert (await meanings(three_speeches, "gonglu"))["公路"] == AS_ONE_RUN
    assert (await meanings(three_speeches, "tuolaji"))["拖拉机"] == AS_ONE_RUN
    assert await meanings(three_speeches, "tuolaji", None) == {}


@pytest.mark.parametrize("typed", ["laoxiangmingbai", "laoxiang mingbai", "lao xiang ming bai"])
async def test_spaces_between_letters_say_nothing(three_speeches: Database, typed: str) -> None:
    found = await meanings(three_speeches, typed)
    assert found["老乡明白"] == AS_ONE_RUN and found["老乡 明白"] == AS_WORDS


async def test_other_terms_stay_where_they_are(three_speeches: Database) -> None:
    assert (await meanings(three_speeches, "养护 gonglu 雨季"))["养护 公路 雨季"] == AS_ONE_RUN


async def test_what_no_dictionary_knows_is_found_around_a_word(three_speeches: Database) -> None:
    """网格员 is no word of the dictionary; 网格 is."""
    assert "网格员" in await meanings(three_speeches, "wanggeyuan")


@pytest.mark.parametrize("typed", ["公路", "zzz", "a", "xyzgonglu", "年份:2025"])
async def test_what_is_no_pinyin_means_nothing(three_speeches: Database, typed: str) -> None:
    assert await meanings(three_speeches, typed) == {}


@pytest.mark.parametrize(
    ("typed", "row"),
    [("a 公路", (0, 1)), ("公路 a b", (1, 3)), ("公路 a 水利 b", (1, 2)), ("公路", (0, 0)), ("a1", (0, 0))],
)
def test_the_first_row_of_letters(typed: str, row: tuple[int, int]) -> None:
    assert typed_pinyin._letters_in(parse_query(typed).terms) == row


def test_a_run_around_a_word_stands_in_one_line() -> None:
    def around(text: str, before: int, word: str, after: int) -> list[str]:
        return list(typed_pinyin._stretches_around(text, before, word, after))

    assert around("当网格员，网格长", 0, "网格", 1) == ["网格员", "网格长"]
    assert around("网格", 0, "网格", 1) == [] == around("网格员", 1, "网格", 0)
    assert around("网格\n员", 0, "网格", 2) == []
    assert around("好网格员", 1, "网格", 1) == ["好网格员"]


def test_spans_are_laid_end_to_end() -> None:
    spans = [(0, 2), (2, 4), (0, 4), (2, 3), (3, 4)]
    assert list(typed_pinyin._cuts(4, spans, 1)) == [[(0, 4)]]
    assert list(typed_pinyin._cuts(4, spans, 2)) == [[(0, 2), (2, 4)]]
    assert list(typed_pinyin._cuts(4, spans, 3)) == [[(0, 2), (2, 3), (3, 4)]]
    assert list(typed_pinyin._cuts(4, spans, 4)) == [] == list(typed_pinyin._cuts(5, spans, 2))


@pytest.mark.parametrize(
    ("typed", "one_run", "as_words"),
    [("水库zhamen", "水库闸门", "水库 闸门"), ("gonglu养护", "公路养护", "公路 养护")],
)
async def test_letters_beside_characters_are_read_too(
    three_speeches: Database, typed: str, one_run: str, as_words: str
) -> None:
    found = await meanings(three_speeches, typed)
    assert found[one_run] == AS_ONE_RUN and found[as_words] == AS_WORDS


@pytest.mark.parametrize("typed", ["app水库", "“水库zhamen”", "水gonglu库", "雨季 水库zhamen"])
async def test_other_letters_beside_characters_are_left_alone(three_speeches: Database, typed: str) -> None:
    assert await meanings(three_speeches, typed) == {}
