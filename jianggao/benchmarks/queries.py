"""Queries of every kind, drawn from the library that is searched."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from jianggao.benchmarks.passages import Passage
from jianggao.errors import WrongUse
from jianggao.text.normal_form import normal_form
from jianggao.text.pinyin import is_word, pinyin_reading

Stands = Callable[[str], bool]
"""Whether a run stands anywhere in the library."""

EXACT = ("LIKE", "trigram", "bm25", "tantivy")
"""Engines that answer words; for runs cut anywhere and for words of which one is unknown there are fewer."""
PIECES = ("LIKE", "trigram")
LOOSE = ("bm25 or", "tantivy or")
_TRIES = 4_000
_KEPT = 5_000
_COMMONEST, _LEAST_COMMONEST = 0.01, 20
_MIDDLING = (0.1, 0.3)
_RARE = 0.5
"""Which share of all words is commonest (and how many at least), between which shares the middling ones lie, and from
where on a word is rare."""
_FEWEST_WORDS = 100
_TOO_SMALL = "资料库太小，抽不出各类检索。请多写一些讲稿（--speeches）。"
_LONGEST_PIECE = 8
_TYPED = 4


class Sample:
    """What is needed of a library to draw queries from it; sees its sections once, keeps a bounded number."""

    def __init__(self, rng: random.Random) -> None:
        self._chance = rng
        self._seen = 0
        self._frequency: Counter[str] = Counter()
        self.passages: list[Passage] = []
        self.characters = 0

    @property
    def sections(self) -> int:
        """How many sections were seen."""
        return self._seen

    def see(self, passages: Iterable[Passage]) -> None:
        """Count the words of these sections, keep some of them."""
        for passage in passages:
            self._seen += 1
            self.characters += len(passage.text)
            self._frequency.update(_words_of(passage))
            if len(self.passages) < _KEPT:
                self.passages.append(passage)
            elif (at := self._chance.randrange(self._seen)) < _KEPT:
                self.passages[at] = passage

    def draw_from(self, stands: Stands) -> QuerySampler:
        """Ready to draw. Raises WrongUse for a library of very few words."""
        ranked = [word for word, _ in self._frequency.most_common()]
        if len(ranked) < _FEWEST_WORDS:
            raise WrongUse(_TOO_SMALL)
        return QuerySampler(self._chance, self.passages, ranked, _by_sound(self.passages), stands)


@dataclass(frozen=True, slots=True)
class QuerySampler:
    """Draws queries; a kind for which the library is too small raises WrongUse. `ranked` are the words of the library,
    the commonest first; `by_sound` its characters, by how they are read."""

    rng: random.Random
    passages: Sequence[Passage]
    ranked: Sequence[str]
    by_sound: Mapping[str, Sequence[str]]
    stands: Stands

    def commonest(self) -> str:
        """One of the commonest words."""
        return self.rng.choice(self.ranked[: max(_LEAST_COMMONEST, int(len(self.ranked) * _COMMONEST))])

    def two_common(self) -> str:
        """Two of them."""
        one = other = self.commonest()
        while other == one:
            other = self.commonest()
        return f"{one} {other}"

    def middling(self) -> str:
        """A word that is neither common nor rare."""
        first, last = (int(len(self.ranked) * share) for share in _MIDDLING)
        return self.rng.choice(self.ranked[first:last])

    def rare(self) -> str:
        """A rare word."""
        return self.rng.choice(self.ranked[int(len(self.ranked) * _RARE) :])

    def piece(self) -> str:
        """A run of 3 to 8 characters, cut anywhere."""
        return self._run(self.rng.randint(3, _LONGEST_PIECE))

    def three_words(self) -> str:
        """Three different words of one section."""
        return self._until(self._three_words)

    def typo(self) -> str:
        """A run with a wrong character, every other time one that sounds alike, so that it stands nowhere."""
        alike = self.rng.random() < 0.5
        return self._until(lambda: self._typo(alike))

    def pinyin(self) -> str:
        """A middling word in letters."""
        return pinyin_reading(self.middling()).replace(" ", "")

    def unknown_beside_known(self) -> str:
        """A middling word and a run that stands nowhere."""
        return f"{self.middling()} {self._until(self._unknown)}"

    def within_topic(self) -> str:
        """A word of a section, and its topic."""
        passage = self.rng.choice([passage for passage in self.passages if passage.topics])
        return f"{self._word_of(passage)} 主题:{self.rng.choice(passage.topics)}"

    def within_year(self) -> str:
        """A word of a section, and its year."""
        passage = self.rng.choice(self.passages)
        return f"{self._word_of(passage)} 年份:{passage.year}"

    def within_title(self) -> str:
        """A word of a section, and a run of its title."""
        passage = self.rng.choice(self.passages)
        title = normal_form(passage.title)
        at = self.rng.randrange(max(1, len(title) - 3))
        return f"{self._word_of(passage)} 标题:{title[at : at + 3]}"

    def section(self) -> tuple[int, int]:
        """A section's speech and ordinal."""
        number, ordinal = self.rng.choice(self.passages).number.split(".")
        return int(number), int(ordinal)

    def _run(self, length: int) -> str:
        return self._until(lambda: self._run_of(self.rng.choice(self.passages), length))

    def _run_of(self, passage: Passage, length: int) -> str:
        at = self.rng.randrange(max(1, len(passage.text) - length))
        return passage.text[at : at + length] if len(passage.text) >= length else ""

    def _three_words(self) -> str:
        known = _words_of(self.rng.choice(self.passages))
        return " ".join(self.rng.sample(known, 3)) if len(known) >= 3 else ""

    def _typo(self, alike: bool) -> str:
        run = self._run(_TYPED)
        place = self.rng.randrange(_TYPED)
        others = self.by_sound.get(pinyin_reading(run[place]), ()) if alike else ()
        other = self.rng.choice(others) if others else self._run(1)
        return self._if_nowhere(run[:place] + other + run[place + 1 :])

    def _unknown(self) -> str:
        return self._if_nowhere("".join(self._run(1) for _ in range(3)))

    def _if_nowhere(self, run: str) -> str:
        return run if is_word(run) and not self.stands(run) else ""

    def _word_of(self, passage: Passage) -> str:
        return self.rng.choice(_words_of(passage) or [self.middling()])

    def _until(self, draw: Callable[[], str]) -> str:
        for _ in range(_TRIES):
            if drawn := draw():
                return drawn
        raise WrongUse(_TOO_SMALL)


def _words_of(passage: Passage) -> list[str]:
    return list(dict.fromkeys(filter(is_word, passage.words)))


def _by_sound(passages: Iterable[Passage]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for character in dict.fromkeys(character for passage in passages for character in passage.text):
        found.setdefault(pinyin_reading(character), []).append(character)
    return found


@dataclass(frozen=True, slots=True)
class QueryKind:
    """A kind of query: how one is drawn, and which engines can answer it at all."""

    name: str
    draw: Callable[[QuerySampler], str]
    engines: tuple[str, ...] = ()


KINDS = (
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
