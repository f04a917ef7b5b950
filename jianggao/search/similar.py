"""Finds sections on the same matter in other speeches (相近), by the telling words that they share."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from jianggao.search.criteria import SearchCriteria, of_speeches
from jianggao.search.indexed_texts import IndexedSection
from jianggao.search.visible_index import VisibleIndex
from jianggao.text.bigrams import gram_query
from jianggao.text.normal_form import spaced_normal_form
from jianggao.text.segmentation import rejoin
from jianggao.text.telling_words import TellingWord, telling_words

_WORDS, _TELLING = 24, 6
"""How many words of the text are compared, and by how many of them candidates are searched."""
_POOL = 20
"""Sections read for each combination of words in each scope."""
_COMPARED = 20
"""Candidates that are cut into words: those that hold most of the text's words."""
_COMMON = 500
"""Candidates are counted up to this number: rarer words weigh more."""
_COMMONEST = 0.2
"""What is left of a word's weight that stands in so many sections or more."""
_IN_LABEL = 1.5
"""How much more a word weighs that stands in a section's heading."""
_NEAR_WITH_SUBJECT = {3: 0.098, 4: 0.098, 5: 0.085, 6: 0.075}
_NEAR = {4: 0.175, 5: 0.125, 6: 0.1}
"""How near two sections must be (0 … 1) by the number of words that they share, with a subject among them and
without: with fewer words they are never on the same matter, with more as with the most. Two sections that
both say 老旧小区 may be on heating and on parking. Tuned on the judged pairs of the tests: a change shows
there."""
_SUBJECT_FIRST = 1.5
"""How much more a shared subject counts in the order in which the words are named."""
_OFTEN, _VERY_OFTEN = 2, 3
"""In how many places of its body a section must have a word to be about it, and both sections where no
heading has it."""


@dataclass(frozen=True, slots=True)
class Similar:
    """A section, and the words that it shares with the text, the most telling first."""

    section: IndexedSection
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Matter:
    """What a section is about: its telling words with their weights, all together as a vector."""

    label: Mapping[str, TellingWord]
    body: Mapping[str, TellingWord]
    weights: Mapping[str, float]
    length: float

    @classmethod
    def of(cls, label: str, body: str) -> _Matter:
        """Returns the matter of a section; its texts in normal form with blanks between the words."""
        in_label, in_body = telling_words(label), telling_words(body)
        weights = {word: found.weight for word, found in {**in_label, **in_body}.items()}
        for word, found in in_body.items():
            weights[word] *= 1 + math.log(1 + found.places)
        for word in in_label:
            weights[word] *= _IN_LABEL
        return cls(in_label, in_body, weights, math.hypot(*weights.values()) or 1.0)

    def is_about(self, word: str) -> bool:
        """Returns whether the word is a subject here: in the heading, or in several places."""
        return word in self.label or self.places(word) >= _OFTEN

    def places(self, word: str) -> int:
        """Returns in how many places of the body the word stands."""
        return self.body[word].places if word in self.body else 0

    def names_place(self, word: str) -> bool:
        """Returns whether the word is the name of a place."""
        return (self.label.get(word) or self.body[word]).is_place_name


def similar_sections(index: VisibleIndex, label: str, body: str, speech: int, limit: int) -> list[Similar]:
    """Returns up to `limit` sections of other speeches on the same matter as a section, one of each speech.

    `label` and `body` are what may be shown of that section; `speech` is the number of its speech, which is
    left out.
    """
    own = _Matter.of(spaced_normal_form(label), spaced_normal_form(body))
    elsewhere = f"NOT {of_speeches([speech])}"
    telling = sorted(own.weights, key=lambda word: -own.weights[word])[:_WORDS]
    shares = {word: _share(index.count_candidates(word, _COMMON, elsewhere)) for word in telling}
    weights = {word: own.weights[word] * shares[word] for word in telling if shares[word]}
    telling = sorted(weights, key=lambda word: -weights[word])
    pool = _candidates(index, telling[:_TELLING], elsewhere)
    scored = []
    for section in _promising(pool.values(), weights):
        index.snapshot.deadline.check()
        found = _compared(own, weights, section)
        if found is not None:
            scored.append((-found[0], -section.id, found[1]))
    best: dict[int, Similar] = {}
    for _, _, similar in sorted(scored, key=lambda entry: entry[:2]):
        # Three sections of one collection would fill the page: of each speech the best is enough.
        best.setdefault(similar.section.speech, similar)
    return list(best.values())[:limit]


def _share(count: int) -> float:
    """Returns what is left of a word's weight that stands in so many sections: 0 where it stands in none."""
    return max(_COMMONEST, 1 - math.log(count) / math.log(_COMMON)) if count else 0.0


def _promising(pool: Iterable[IndexedSection], weights: Mapping[str, float]) -> list[IndexedSection]:
    """Returns those of the sections that hold most of the words: to cut all of them would take long."""
    worths = []
    for section in pool:
        text = section.text
        held = [weight for word, weight in weights.items() if word in text]
        if len(held) >= min(_NEAR_WITH_SUBJECT):
            worths.append((-sum(held), -section.id, section))
    return [section for _, _, section in sorted(worths, key=lambda entry: entry[:2])[:_COMPARED]]


def _compared(
    own: _Matter, weights: Mapping[str, float], section: IndexedSection
) -> tuple[float, Similar] | None:
    """Returns how near a section is and the words that it shares; None if it isn't on the same matter."""
    other = _Matter.of(_cut(section.label, section.label_cut), _cut(section.body, section.body_cut))
    worths = {word: weights[word] * other.weights[word] for word in weights if word in other.weights}
    subjects = {word for word in worths if _is_subject(word, own, other)}
    # 社会主义 stands in every heading of a report: a subject comes first only where it tells as much.
    shared = sorted(worths, key=lambda word: -worths[word] * (_SUBJECT_FIRST if word in subjects else 1))
    # A place name says where: two sections on one village may be on roads and on pensions.
    telling = [word for word in shared if not other.names_place(word) and not _is_part(word, shared)]
    near = sum(worths.values()) / (own.length * other.length)
    needed = _NEAR_WITH_SUBJECT if subjects.intersection(telling) else _NEAR
    if near < needed.get(min(len(telling), max(needed)), math.inf):
        return None
    return near, Similar(section, tuple(telling))


def _is_subject(word: str, own: _Matter, other: _Matter) -> bool:
    """Returns whether both sections are about the word, by the heading of one or by many places."""
    if not (own.is_about(word) and other.is_about(word)):
        return False
    in_heading = word in own.label or word in other.label
    return in_heading or min(own.places(word), other.places(word)) >= _VERY_OFTEN


def _is_part(word: str, words: Sequence[str]) -> bool:
    """Returns whether the word is a part of another one: 专利 says nothing beside 发明专利."""
    return any(word != longer and word in longer for longer in words)


def _cut(text: str, lengths: bytes) -> str:
    """Returns a seen text with blanks between its words."""
    return " ".join(rejoin(text, lengths)) if text else ""


def _candidates(index: VisibleIndex, telling: Sequence[str], elsewhere: str) -> Mapping[int, IndexedSection]:
    """Returns, by id, sections that hold two of the words, or one."""
    pool: dict[int, IndexedSection] = {}
    for chosen in [*combinations(telling, 2), *((word,) for word in telling)]:
        expression = "(" + " AND ".join(gram_query(word) for word in chosen) + f") {elsewhere}"
        criteria = SearchCriteria((), narrowed=expression)
        for scope in index.scopes:
            pool |= {section.id: section for section in index.sections(scope, criteria, _POOL)}
    return pool
