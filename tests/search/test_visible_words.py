"""Which words stand in the texts that may be shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest

from jianggao.database import Database
from jianggao.library.section_ids import EVERY_ID, IdRange
from jianggao.search.query import Term
from jianggao.search.visible_index import VisibleIndex
from jianggao.search.visible_words import VisibleWords
from jianggao.text.pinyin import pinyin_reading

T = TypeVar("T")


async def words(
    database: Database, work: Callable[[VisibleWords], T], readable: IdRange | None = EVERY_ID
) -> T:
    return await database.run_in_snapshot(
        lambda snapshot: work(VisibleWords(VisibleIndex(snapshot, readable)))
    )


def term(run: str) -> Term:
    return Term(run, (run,))


@pytest.mark.parametrize(
    ("run", "in_all", "in_public"),
    [
        ("拖拉机", True, False),  # in a locked body
        ("网格员", True, True),  # in a preview too
        ("水库闸门", True, True),  # in a heading
        ("座谈会上", True, True),  # in a title
        ("没有的词", False, False),
    ],
)
async def test_a_run_stands_where_it_may_be_seen(
    three_speeches: Database, run: str, in_all: bool, in_public: bool
) -> None:
    assert await words(three_speeches, lambda words: words.holds(run)) is in_all
    assert await words(three_speeches, lambda words: words.holds(run), None) is in_public


async def test_sections_and_speeches_are_told_apart(three_speeches: Database) -> None:
    def stands(words: VisibleWords) -> list[tuple[bool, bool]]:
        return [
            (words.has_section(term(run)), words.has_speech(term(run)))
            for run in ("座谈会上", "网格员", "没有的词")
        ]

    in_all = await words(three_speeches, stands, None)
    assert in_all[0] == (False, True) and in_all[1][0] and in_all[2] == (False, False)


async def test_a_run_across_two_words_is_no_word(three_speeches: Database) -> None:
    """人带 stands in 一个人带动 alone."""
    assert await words(three_speeches, lambda words: [words.holds("人带"), words.is_word("人带")]) == [
        True,
        False,
    ]
    assert await words(three_speeches, lambda words: words.is_word("拖拉机"))
    assert not await words(three_speeches, lambda words: words.is_word("拖拉机"), None)


async def test_words_of_alike_sounds_are_read_as_one(three_speeches: Database) -> None:
    """n and l, f and h, s and sh and so on are confused by those who speak so."""
    syllables = pinyin_reading("明白").split()
    assert await words(three_speeches, lambda words: words.read_as(syllables)) == ["明白"]
    assert await words(three_speeches, lambda words: words.read_as(["min", "bai"])) == ["明白"]
    assert await words(three_speeches, lambda words: words.read_as(["mei"])) == []


async def test_the_commonest_words_come_first_and_none_that_is_no_word(three_speeches: Database) -> None:
    found = await words(three_speeches, lambda words: words.commonest(["拖拉机", "人带", "老乡", "今年"]))
    assert set(found) == {"拖拉机", "老乡", "今年"} and found[-1] == "拖拉机"
    assert await words(three_speeches, lambda words: words.commonest([]), None) == []


async def test_beside_words_of_the_dictionary_no_others_are_meant(three_speeches: Database) -> None:
    """网格员 stands in the texts, but in no dictionary."""
    found = await words(
        three_speeches, lambda words: [words.commonest(["闸门", "人家用"]), words.commonest(["养护员"])]
    )
    assert found[0] == ["闸门"]
    assert found[1] in (["养护员"], [])


async def test_texts_that_hold_all_terms(three_speeches: Database) -> None:
    def texts(words: VisibleWords) -> list[str]:
        return words.texts((term("网格员"), term("公路")))

    (text,) = await words(three_speeches, texts)
    assert "拖拉机" in text
    assert await words(three_speeches, texts, None) == []


async def test_a_reading_is_worked_out_once_a_query(three_speeches: Database) -> None:
    def read(words: VisibleWords) -> tuple[str, int]:
        return words.reading("水库") + words.reading("水库"), words.reading.cache_info().hits

    assert await words(three_speeches, read) == ("shui ku" * 2, 1)
    assert await words(three_speeches, read) == ("shui ku" * 2, 1)
