"""Suggests other queries, and topics, to someone whose query matches nothing.

Candidates come from words that stand or stood in public text or in months that the asker may read. Only those
go further that are words in texts that may be shown where the answer stands, before anything is counted or
cut off. Hits that the asker may see alone make a suggestion and decide its order. So a suggestion tells
nothing of what is locked: not how it would be cut into words, nor anything by the time that it takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jianggao.search import typed_words
from jianggao.search.criteria import SearchCriteria
from jianggao.search.misspellings import ANOTHER_CHARACTER, corrections, may_stand_apart
from jianggao.search.query import MAX_TERMS, Query, Term
from jianggao.search.typed_dates import dates_in, without_dates
from jianggao.search.typed_pinyin import pinyin_meanings
from jianggao.search.visible_index import VisibleIndex
from jianggao.search.visible_words import VisibleWords
from jianggao.text.segmentation import words

COUNT_LIMIT = 500
_LIMIT = 3
_LONGEST_RUN = 16
"""Characters; a longer run is a half-remembered sentence, for which partial matches are offered."""
_CHECKED, _CHECKED_APART = 24, 4
"""How many candidates are counted as they are, and how many with their words apart."""
_AS_TYPED = 9
"""The rank of the typed words apart from each other, behind every correction."""
_GRAMS = 20
_LEAST_BESIDE_DATE = 4
"""Characters beside a date from which there may be a slip in them."""
_LONGEST_WORD = 3
"""Characters of a word; longer stretches may be cut otherwise where they stand among others."""
_MOST = 0.65
"""What share of the weight of a query its standing parts must have."""
_ASKING = frozenset(
    " ".join(
        (
            "怎么 怎样 怎么样 怎么办 如何 什么 为什么 是不是 有没有 能不能 要不要 会不会",
            "多少 哪里 哪些 哪个 几个",
        )
    ).split()
)
"""Words that ask, and say nothing of what is asked for."""
_EACH = 2.0
"""What each further shared word adds to the worth of a topic."""
_WORDS = 8
"""By how many of the typed words topics are looked for."""
_SPEECHES = 60
_TOPIC_SIZES = range(2, 9)
"""Characters of a topic: longer public runs are headings, of which a suggestion would quote too much."""

_Candidate = tuple[tuple[Term, ...], int]
"""The terms of another query, and a rank: the smaller, the likelier."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another query and how many hits it has."""

    text: str
    terms: tuple[Term, ...]
    total: int
    exact: bool

    def has_news(self, query: Query) -> bool:
        """Returns whether a term of it is no part of what was typed: 研发 投入 only drops the GDP of 研发投入占GDP."""
        return not all(any(term.run in typed.run for typed in query.terms) for term in self.terms)


class Suggester:
    """Makes suggestions for one query.

    They are made of words in the texts of `index`, and counted there.
    """

    def __init__(self, index: VisibleIndex) -> None:
        self._index = index
        self._words = VisibleWords(index)
        self._found: dict[tuple[Term, ...], list[_Candidate]] = {}

    def suggestions(self, query: Query) -> list[Suggestion]:
        """Returns up to three queries with hits that are near to one without, the likeliest first."""
        ordered = self._candidates(query)
        counted = [
            (rank, suggestion) for terms, rank in ordered if (suggestion := self._counted(query, terms))
        ]
        if not counted:
            # 社区食汤价格 corrected is 社区食堂价格: it stands nowhere in a row, but 社区食堂 and 价格 do.
            apart = dict.fromkeys(self._candidates_apart(query))
            # 反对形式主义官僚主义 is written right; what it is made of stands apart.
            apart |= dict.fromkeys((terms, _AS_TYPED) for terms in self._parts(query))
            counted = [
                (rank, suggestion) for terms, rank in apart if (suggestion := self._counted(query, terms))
            ]
        counted.sort(key=lambda entry: (entry[0], -entry[1].total, entry[1].text))
        # 乡村 振兴 says nothing new beside 乡村振兴.
        said = {"".join(suggestion.text.split()): suggestion for _, suggestion in reversed(counted)}
        return [suggestion for _, suggestion in counted if suggestion in said.values()][:_LIMIT]

    def alike(self, query: Query) -> tuple[Term, ...] | None:
        """Returns words that sound as a query without hits, each of which stands in texts, though none holds them all;
        None if there are none. 农名工工资 means 农民工 and 工资."""
        alike = (terms for terms, rank in self._candidates_apart(query) if rank < ANOTHER_CHARACTER)
        return next(filter(self._stand, alike), None)

    def _candidates(self, query: Query) -> list[_Candidate]:
        """Returns other terms that may have been meant, the likeliest first."""
        if query.terms not in self._found:
            ranks: dict[tuple[Term, ...], int] = {}
            for terms, rank in [*pinyin_meanings(self._words, query), *self._one_term_changed(query)]:
                if _keeps_negation(query.terms, terms):
                    ranks.setdefault(terms, rank)
            self._found[query.terms] = sorted(ranks.items(), key=lambda entry: entry[1])[:_CHECKED]
        return self._found[query.terms]

    def _candidates_apart(self, query: Query) -> list[_Candidate]:
        """Returns the likeliest of them with their words apart from each other."""
        likely = [entry for entry in self._candidates(query) if _may_stand_apart(query.terms, entry[0])]
        apart = likely[:_CHECKED_APART]
        return [(_apart(terms), rank) for terms, rank in apart if not self._is_meant(query.terms, terms)]

    def _is_meant(self, typed: tuple[Term, ...], terms: tuple[Term, ...]) -> bool:
        """Returns whether something that was changed was meant as it was typed: 穿上 stands in texts, and is no slip of
        船上; 高 of 太高 is a word that everybody uses."""
        changed = [
            pair
            for one, other in zip(typed, terms, strict=False)
            for pair in typed_words.changed_words(one.run, other.run)
        ]
        return any(
            typed_words.keeps_common(stretch, word) or self._words.has_candidates(stretch)
            for stretch, word in changed
        )

    def _stand(self, terms: tuple[Term, ...]) -> bool:
        """Returns whether each of the terms stands in a text, or names a speech."""
        return all(self._words.has_candidates(term.run) or self._words.has_speech(term) for term in terms)

    def _counted(self, query: Query, terms: tuple[Term, ...]) -> Suggestion | None:
        """Returns the query with these terms as a suggestion.

        None if it has neither a hit nor a speech of that name.
        """
        if not self._stand(terms):
            return None
        criteria = SearchCriteria(terms, query.filters)
        total, exact = self._index.count(criteria, COUNT_LIMIT)
        # No section holds both words, but the title of a speech does: 春耕 备耕 for 在春耕备耕现场会上的讲话.
        if not total:
            total = sum([len(self._index.speeches(scope, criteria, 1)) for scope in self._index.scopes])
        return Suggestion(query.typed_with(terms), terms, total, exact) if total else None

    def _one_term_changed(self, query: Query) -> list[_Candidate]:
        """Returns the query with each term that stands nowhere replaced by what may have been meant."""
        candidates = []
        for at, term in enumerate(query.terms):
            if len(term.run) > _LONGEST_RUN or self._words.has_section(term):
                continue
            # 2023年冬 is no slip of 2023年春, nor 2024年上半年 one of anything.
            if dates_in([term]) and sum(map(len, without_dates(term.run))) < _LEAST_BESIDE_DATE:
                continue
            for run, rank in corrections(self._words, term.run).items():
                changed = (*query.terms[:at], Term(run, (run,), term.phrase), *query.terms[at + 1 :])
                candidates.append((changed, rank))
        return candidates

    def _parts(self, query: Query) -> list[tuple[Term, ...]]:
        """Returns the query with the known parts of its terms apart from each other, the longest parts first.

        Only if nothing is left of a term, least of all that it is negated, and if something of it tells what is wanted.
        Parts that stand nowhere are left out, if they are the lesser part: who looks for 反对形式主义享乐主义 is
        helped by the first two words.
        """
        typed = [term for term in query.terms if not term.phrase]
        if any(typed_words.leaves_loose(term.run) for term in typed):
            return []
        ways = []
        for cuts in (self._stretches(query), [words(term.run) for term in query.terms]):
            pieces: dict[str, Term] = {}
            for term, cut in zip(query.terms, cuts, strict=True):
                for part in [term.run] if term.phrase else [part for part in cut if _is_part(part)]:
                    pieces.setdefault(part, term if term.phrase else Term(part, (part,)))
            if len(query.terms) < len(pieces) <= MAX_TERMS:
                standing = tuple(pieces[part] for part in self._standing(list(pieces)))
                is_more = len(standing) > len(query.terms) and any(map(typed_words.is_telling, pieces))
                if is_more and _keeps_sense(typed, standing):
                    ways.append(standing)
        return ways

    def _standing(self, parts: list[str]) -> list[str]:
        """Returns those of the parts of a query that stand in texts; none unless they are most of it."""
        standing = [part for part in parts if self._words.has_candidates(part)]
        weights = {part: typed_words.weight(part) for part in parts}
        is_most = sum([weights[part] for part in standing]) >= _MOST * sum(weights.values())
        named = any(typed_words.is_person(part) for part in parts if part not in standing)
        return standing if is_most and not named else []

    def _stretches(self, query: Query) -> list[list[str]]:
        """Returns each term cut into stretches of whole words that stand in texts: 营商环境 stays together.

        In long queries every word stands by itself, so that the texts are asked for a few stretches only.
        """
        cuts = [words(term.run) for term in query.terms]
        return [self._joined(cut) for cut in cuts] if sum(map(len, cuts)) <= 2 * _WORDS else cuts

    def _joined(self, cut: list[str]) -> list[str]:
        stretches = cut[:1]
        for word in cut[1:]:
            # A particle by itself says nothing: 的环境 is no stretch.
            joins = len(stretches[-1]) > 1 and self._words.holds(stretches[-1] + word)
            stretches[-1:] = [stretches[-1] + word] if joins else [stretches[-1], word]
        return stretches

    def topics(self, query: Query) -> list[str]:
        """Returns up to three public words that share most with the query: topics, keywords, short headings.

        They share whole words: 人工费 is no topic for 人工智能. None is named where what is known is the
        smaller part of the query: a school has nothing to do with 哈利波特魔法学校.
        """
        # To who typed 禁止种粮 the topic 种粮 is none.
        if any(typed_words.denies_matter(term.run) for term in query.terms):
            return []
        parts = [part for cut in self._stretches(query) for part in cut]
        weights = {part: typed_words.weight(part) for part in parts}
        telling = sorted(filter(typed_words.is_telling, weights), key=lambda part: -weights[part])
        known = [part for part in telling[:_WORDS] if self._words.holds(part)]
        if 2 * sum([weights[part] for part in known]) <= sum(weights.values()):
            return []
        if any(typed_words.is_person(part) for part in weights if part not in known):
            return []  # who asks for 张铁柱 is helped by nothing about another 副县长
        worth = _telling_words(known)
        shared: dict[str, float] = {}
        for run in self._index.public_runs(_grams(known), _SPEECHES):
            if len(run) in _TOPIC_SIZES and run not in shared:
                shared[run] = _shared(run, worth)
        best = sorted((-share, len(run), run) for run, share in shared.items() if share)
        return [run for _, _, run in best if run not in query.runs][:_LIMIT]


def _is_part(part: str) -> bool:
    return len(part) > 1 and part not in _ASKING


def _telling_words(parts: list[str]) -> dict[str, float]:
    """Returns the parts and their words that tell one matter from another, by their weight."""
    found = dict.fromkeys(word for part in parts for word in (part, *words(part)))
    return {word: typed_words.weight(word) for word in found if typed_words.is_telling(word)}


def _shared(run: str, worth: dict[str, float]) -> float:
    """Returns what a public run has of typed stretches and words, by their worth."""
    if not any(part in run for part in worth):
        return 0.0  # most runs, which needn't be cut
    held = {word for word in (run, *words(run)) if word in worth}
    held.update(part for part in worth if len(part) > _LONGEST_WORD and part in run)
    return max((worth[part] for part in held), default=0.0) + _EACH * len(held)


def _grams(parts: list[str]) -> list[str]:
    pairs = (part[at : at + 2] for part in parts for at in range(len(part) - 1))
    return list(dict.fromkeys(pairs))[:_GRAMS]


def _keeps_negation(typed: tuple[Term, ...], terms: tuple[Term, ...]) -> bool:
    """Returns whether changed terms still deny what was denied, and no more: 群众满意 is no slip of 群众不满意, nor the
    other way round. One character may be another (部作为 is 不作为), and letters may be read as any."""
    before, after = (any(typed_words.is_negated(term.run) for term in part) for part in (typed, terms))
    if before or not after:
        return before == after
    pairs = zip(typed, terms, strict=False)
    return all(one.run.isascii() or len(one.run) >= len(other.run) for one, other in pairs)


def _keeps_sense(typed: Iterable[Term], parts: Sequence[Term]) -> bool:
    """Returns whether the parts of typed terms have all words that turn the sense of others: 停止 of 停止增长."""
    turning = [word for term in typed for word in typed_words.words_that_turn(term.run)]
    return all(any(word in part.run for part in parts) for word in turning)


def _may_stand_apart(typed: tuple[Term, ...], terms: tuple[Term, ...]) -> bool:
    """Returns whether the words of changed terms may stand apart; letters read as pinyin may."""
    changed = [(one.run, other.run) for one, other in zip(typed, terms, strict=False) if one != other]
    return all(one.isascii() or may_stand_apart(one, other) for one, other in changed)


def _apart(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Returns the terms with the words of each standing by themselves.

    A term stays whole if it has a word of one character, which would be lost (修好闸), or if it is a phrase.
    """
    pieces: dict[str, Term] = {}
    for term in terms:
        parts = [word for word in words(term.typed) if len(word) > 1]
        whole = term.phrase or sum(map(len, parts)) < len(term.run)
        for part in [term.run] if whole else parts:
            pieces.setdefault(part, term if whole else Term(part, (part,)))
    return tuple(pieces.values())
