"""Draws queries of every kind from the library that is searched."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from jianggao.benchmarks.passages import Passage
from jianggao.errors import WrongUse
from jianggao.text.normal_form import normal_form
from jianggao.text.pinyin import is_word, pinyin_reading

OccursInLibrary = Callable[[str], bool]
"""Returns whether a text in normal form occurs anywhere in the library."""

EXACT = ("LIKE", "trigram", "bm25", "tantivy")
"""Engines that answer queries of words."""
PIECES = ("LIKE", "trigram")
"""Engines that answer runs of characters cut anywhere."""
LOOSE = ("bm25 or", "tantivy or")
"""Engines that answer queries of which one word is unknown."""
_TRIES = 4_000
"""Draws after which a library counts as too small for a kind of query."""
_KEPT = 5_000
"""Sections that queries are drawn from."""
_COMMONEST, _LEAST_COMMONEST = 0.01, 20
"""The share of all different words that counts as commonest, and how many do at least."""
_MIDDLING = (0.1, 0.3)
"""The shares, by rank of frequency, between which a word is neither common nor rare."""
_RARE = 0.5
"""The share from which on a word is rare."""
_FEWEST_WORDS = 100
"""Different words that a library needs for these shares to mean anything."""
_TOO_SMALL = "资料库太小，抽不出各类检索。请多写一些讲稿（--speeches）。"
_PIECE_LENGTH = (3, 8)
_TYPED_LENGTH = 4
"""Characters of a query with a wrong character."""


class LibrarySample:
    """Collects what is needed of a library to draw queries from it. It is shown all sections once and keeps a
    random sample of them (reservoir sampling) and the frequencies of all words."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._sections = 0
        self._frequency: Counter[str] = Counter()
        self.passages: list[Passage] = []
        self.characters = 0

    @property
    def sections(self) -> int:
        """How many sections were added."""
        return self._sections

    def add(self, passages: Iterable[Passage]) -> None:
        """Counts the words of sections and keeps some of the sections."""
        for passage in passages:
            self._sections += 1
            self.characters += len(passage.text)
            self._frequency.update(_words_of(passage))
            if len(self.passages) < _KEPT:
                self.passages.append(passage)
            elif (index := self._rng.randrange(self._sections)) < _KEPT:
                self.passages[index] = passage

    def sampler(self, occurs: OccursInLibrary) -> QuerySampler:
        """Returns what draws queries from the sample. Raises WrongUse for a library of very few words."""
        ranked = [word for word, _ in self._frequency.most_common()]
        if len(ranked) < _FEWEST_WORDS:
            raise WrongUse(_TOO_SMALL)
        return QuerySampler(self._rng, self.passages, ranked, _by_sound(self.passages), occurs)


@dataclass(frozen=True, slots=True)
class QuerySampler:
    """Draws queries. Every method raises WrongUse if the library is too small for its kind of query."""

    rng: random.Random
    passages: Sequence[Passage]
    ranked: Sequence[str]
    """The different words of the library, the commonest first."""
    by_sound: Mapping[str, Sequence[str]]
    """Its characters by their reading in pinyin."""
    occurs: OccursInLibrary

    def commonest(self) -> str:
        """Returns one of the commonest words."""
        return self.rng.choice(self.ranked[: max(_LEAST_COMMONEST, int(len(self.ranked) * _COMMONEST))])

    def two_common(self) -> str:
        """Returns two different ones of the commonest words."""
        first = second = self.commonest()
        while second == first:
            second = self.commonest()
        return f"{first} {second}"

    def middling(self) -> str:
        """Returns a word that is neither common nor rare."""
        first, last = (int(len(self.ranked) * share) for share in _MIDDLING)
        return self.rng.choice(self.ranked[first:last])

    def rare(self) -> str:
        """Returns a rare word."""
        return self.rng.choice(self.ranked[int(len(self.ranked) * _RARE) :])

    def piece(self) -> str:
        """Returns a run of 3 to 8 characters, cut anywhere."""
        return self._run(self.rng.randint(*_PIECE_LENGTH))

    def three_words(self) -> str:
        """Returns three different words of the same section."""
        return self._until(self._three_words)

    def typo(self) -> str:
        """Returns a run with one wrong character (in half of the cases one that sounds alike) that occurs
        nowhere."""
        alike = self.rng.random() < 0.5
        return self._until(lambda: self._typo(alike))

    def pinyin(self) -> str:
        """Returns a middling word in pinyin letters."""
        return pinyin_reading(self.middling()).replace(" ", "")

    def unknown_beside_known(self) -> str:
        """Returns a middling word and a run that occurs nowhere."""
        return f"{self.middling()} {self._until(self._unknown)}"

    def within_topic(self) -> str:
        """Returns a word of a section, with a filter by its topic."""
        passage = self.rng.choice([passage for passage in self.passages if passage.topics])
        return f"{self._word_of(passage)} 主题:{self.rng.choice(passage.topics)}"

    def within_year(self) -> str:
        """Returns a word of a section, with a filter by its year."""
        passage = self.rng.choice(self.passages)
        return f"{self._word_of(passage)} 年份:{passage.year}"

    def within_title(self) -> str:
        """Returns a word of a section, with a filter by three characters of its title."""
        passage = self.rng.choice(self.passages)
        title = normal_form(passage.title)
        start = self.rng.randrange(max(1, len(title) - 3))
        return f"{self._word_of(passage)} 标题:{title[start : start + 3]}"

    def section(self) -> tuple[int, int]:
        """Returns a section by its speech's number and its ordinal there."""
        number, ordinal = self.rng.choice(self.passages).number.split(".")
        return int(number), int(ordinal)

    def _run(self, length: int) -> str:
        return self._until(lambda: self._run_of(self.rng.choice(self.passages), length))

    def _run_of(self, passage: Passage, length: int) -> str:
        start = self.rng.randrange(max(1, len(passage.text) - length))
        return passage.text[start : start + length] if len(passage.text) >= length else ""

    def _three_words(self) -> str:
        known = _words_of(self.rng.choice(self.passages))
        return " ".join(self.rng.sample(known, 3)) if len(known) >= 3 else ""

    def _typo(self, alike: bool) -> str:
        run = self._run(_TYPED_LENGTH)
        place = self.rng.randrange(_TYPED_LENGTH)
        others = self.by_sound.get(pinyin_reading(run[place]), ()) if alike else ()
        other = self.rng.choice(others) if others else self._run(1)
        return self._if_nowhere(run[:place] + other + run[place + 1 :])

    def _unknown(self) -> str:
        return self._if_nowhere("".join(self._run(1) for _ in range(3)))

    def _if_nowhere(self, run: str) -> str:
        return run if is_word(run) and not self.occurs(run) else ""

    def _word_of(self, passage: Passage) -> str:
        return self.rng.choice(_words_of(passage) or [self.middling()])

    def _until(self, draw: Callable[[], str]) -> str:
        """Returns the first drawn text that is not empty: a draw returns "" if it does not fit."""
        for _ in range(_TRIES):
            if drawn := draw():
                return drawn
        raise WrongUse(_TOO_SMALL)


def _words_of(passage: Passage) -> list[str]:
    return list(dict.fromkeys(filter(is_word, passage.words)))


def _by_sound(passages: Iterable[Passage]) -> dict[str, list[str]]:
    characters: dict[str, list[str]] = {}
    for character in dict.fromkeys(character for passage in passages for character in passage.text):
        characters.setdefault(pinyin_reading(character), []).append(character)
    return characters


@dataclass(frozen=True, slots=True)
class QueryKind:
    """A kind of query."""

    name: str
    """What the table calls it."""
    draw: Callable[[QuerySampler], str]
    engines: tuple[str, ...] = ()
    """The names of the engines that can answer it, beside the bot."""


QUERY_KINDS = (
    QueryKind("最常见的词", QuerySampler.commonest, EXACT),
    QueryKind("两个常见的词", QuerySampler.two_common, EXACT),
    QueryKind("不常见的词", QuerySampler.middling, EXACT),
    QueryKind("罕见的词", QuerySampler.rare, EXACT),
    QueryKind("任意 3–8 字", QuerySampler.piece, PIECES),
    QueryKind("三个词", QuerySampler.three_words, EXACT),
    QueryKind("打错一个字", QuerySampler.typo),
    QueryKind("拼音字母", QuerySampler.pinyin),
    QueryKind("一个词查不到", QuerySampler.unknown_beside_known, LOOSE),
    QueryKind("主题:", QuerySampler.within_topic),
    QueryKind("年份:", QuerySampler.within_year),
    QueryKind("标题:", QuerySampler.within_title),
)
