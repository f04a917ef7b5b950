"""What someone may have meant who typed what stands nowhere: homophones, pinyin in letters, a wrong, missing or
superfluous character, near topics.

Candidates come from words that stand or stood in public text or in months that the asker may read. Only those go further
that are words in texts that may be shown where the answer stands, before anything is counted or cut off. Hits in the
asker's own sight alone make a guess and decide its order. So a guess tells nothing of what is locked: not how it would be
cut into words, nor anything by the time that it takes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, product

from jianggao.search.query import Query, Term
from jianggao.search.ranking import stands_as_word
from jianggao.search.visible_index import SearchCriteria, Seen, VisibleIndex
from jianggao.text.bigrams import any_gram
from jianggao.text.normal_form import MASK
from jianggao.text.pinyin import (
    LONGEST_WORD,
    fold,
    pinyin_reading,
    possible_readings,
    split_letters,
)
from jianggao.text.segmentation import words

COUNT_LIMIT = 500
_MOST = 3
_LONGEST = 16
_LOOKED_AT = 40
_CHECKED, _CHECKED_APART = 24, 4
_WORDS_A_SPAN = 6
_WORDS_LOOKED_AROUND = 3
_WORDS_LOOKED_AT = 12
_OTHER = 2
_OTHERS_A_PLACE = 6
_LETTERS = re.compile(r"[a-z]+")
_SPEECHES_LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another query and how many hits it has."""

    text: str
    terms: tuple[Term, ...]
    total: int
    exact: bool


class Suggester:
    """Guesses for one question: words that are `shown`, counted among all that the asker searches."""

    def __init__(self, shown: VisibleIndex, searched: VisibleIndex) -> None:
        self._sight = shown
        self._searched = searched
        self._deadline = shown.snapshot.deadline
        self._reading = cache(pinyin_reading)

    def guesses(self, query: Query) -> list[Suggestion]:
        """Up to three queries with hits that are near to one without, the likeliest first."""
        candidates: dict[tuple[Term, ...], int] = {}
        for terms, rank in [*self._from_letters(query), *self._one_term_changed(query)]:
            candidates.setdefault(terms, rank)
        ordered = sorted(candidates.items(), key=lambda entry: entry[1])[:_CHECKED]
        found = [(rank, guess) for terms, rank in ordered if (guess := self._counted(query, terms))]
        if not found:
            apart = dict.fromkeys((_apart(terms), rank) for terms, rank in ordered[:_CHECKED_APART])
            found = [(rank, guess) for terms, rank in apart if (guess := self._counted(query, terms))]
        found.sort(key=lambda entry: (entry[0], -entry[1].total, entry[1].text))
        return [guess for _, guess in found][:_MOST]

    def _counted(self, query: Query, terms: tuple[Term, ...]) -> Suggestion | None:
        """The query with these terms as a guess; None if it has no hits, nor a speech of that name."""
        if not all(self._sight.roughly(term.run, 1) or self._is_named(term) for term in terms):
            return None
        wanted = SearchCriteria(terms, query.filters)
        total, exact = self._searched.count(wanted, COUNT_LIMIT)
        if not total:
            total = sum([len(self._searched.speeches(scope, wanted, 1)) for scope in self._searched.scopes])
        return Suggestion(query.typed_with(terms), terms, total, exact) if total else None

    def _is_named(self, term: Term) -> bool:
        """Whether the public text of a speech holds the term."""
        return any(self._sight.speeches(scope, SearchCriteria((term,)), 1) for scope in self._sight.scopes)

    def topics(self, query: Query) -> list[str]:
        """Public words that share most with what was typed: topics, keywords, short headings."""
        grams = list(dict.fromkeys(run[at : at + 2] for run in query.runs for at in range(len(run) - 1)))[:20]
        if not grams:
            return []
        rows = self._sight.snapshot.rows(
            """SELECT i.runs FROM speech_grams CROSS JOIN speech_index i ON i.id = speech_grams.rowid
               WHERE speech_grams MATCH ? ORDER BY speech_grams.rowid DESC LIMIT ?""",
            (any_gram(grams), _SPEECHES_LOOKED_AT),
        )
        shared: dict[str, int] = {}
        for row in rows:
            for run in row["runs"].split("\n"):
                if 2 <= len(run) <= 8 and run not in shared:
                    shared[run] = sum([gram in run for gram in grams])
        best = sorted((-count, len(run), run) for run, count in shared.items() if count)
        return [run for _, _, run in best if run not in query.runs][:_MOST]

    # --- a term that stands nowhere -----------------------------------------------------------------------------------

    def _one_term_changed(self, query: Query) -> list[tuple[tuple[Term, ...], int]]:
        """The query with a term that stands nowhere replaced; the smaller the number, the likelier."""
        found = []
        for at, term in enumerate(query.terms):
            if len(term.run) > _LONGEST or any(
                self._sight.sections(scope, SearchCriteria((term,)), 1) for scope in self._sight.scopes
            ):
                continue
            for run, rank in (self._for_run(term.run)).items():
                changed = (*query.terms[:at], Term(run, (run,), term.phrase), *query.terms[at + 1 :])
                found.append((changed, rank))
        return found

    def _for_run(self, run: str) -> dict[str, int]:
        """Runs that may have been meant, with their rank (`_likeness`); where some sound alike, only these."""
        sizes = range(2, len(run))  # a single character is taken to stand somewhere
        known_start = 1 + bisect_left(sizes, True, key=lambda size: not self._stands(run[:size]))
        known_stop = len(run) - 1 - bisect_left(sizes, True, key=lambda size: not self._stands(run[-size:]))
        found: dict[str, int] = {}
        for start, stop in _windows(len(run), known_start, known_stop):
            for word, rank in self._sounding_like(run[start:stop]):
                found.setdefault(run[:start] + word + run[stop:], rank)
        for place in range(max(0, known_stop - 1), known_start + 1) if len(run) > 2 else ():
            common = self._with_another_character(run, place).most_common()
            common.sort(key=lambda entry: (self._likeness(run, entry[0]), -entry[1], entry[0]))
            for other, _ in common[:_OTHERS_A_PLACE]:
                found.setdefault(other, self._likeness(run, other))
        if min(found.values(), default=_OTHER) < _OTHER:
            found = {other: rank for other, rank in found.items() if rank < _OTHER}
        return {
            other: rank for other, rank in found.items() if other != run and len(other.replace(MASK, "")) > 1
        }

    def _stands(self, run: str) -> bool:
        """Whether a text in sight, or the public text of a speech, holds the run."""
        wanted = SearchCriteria((Term(run, (run,)),))
        return any(
            self._sight.sections(scope, wanted, 1) or self._sight.speeches(scope, wanted, 1)
            for scope in self._sight.scopes
        )

    def _sounding_like(self, run: str) -> list[tuple[str, int]]:
        """Words in sight that sound like a run."""
        found: dict[str, int] = {}
        for way in possible_readings(run):
            for word in self._words_read(way.split()):
                rank = 0 if self._reading(word) == way else 1
                if word != run and found.get(word, 2) > rank and self._is_word(word):
                    found[word] = rank
        return list(found.items())

    def _is_word(self, word: str) -> bool:
        """Whether it is a word, and not just a run of characters, in one of the newest texts in sight that hold it."""
        wanted = SearchCriteria((Term(word, (word,)),))
        return any(
            stands_as_word(one, word)
            for scope in self._sight.scopes
            for one in self._sight.sections(scope, wanted, _WORDS_LOOKED_AT)
        )

    def _words_read(self, syllables: Sequence[str]) -> list[str]:
        return self._sight.words_read(" ".join(map(fold, syllables)))

    def _with_another_character(self, run: str, place: int) -> Counter[str]:
        """What stands in texts, and how often, where `run` has a wrong character at `place`, lacks one before it, or
        has one too many."""
        left, right, rest = run[:place], run[place:], run[place + 1 :]
        found: Counter[str] = Counter()
        for before, gaps, after in ((left, (1,), rest), (left, (2, 1), right), (left, (0,), rest)):
            known = tuple(Term(part, (part,)) for part in (before, after) if len(part) > 1)
            if sum(map(len, (before, after))) < 2 or not known:
                continue
            for text in self._texts(known):
                self._deadline.check()
                found.update(_filled(text, before, gaps, after))
        return found

    def _likeness(self, run: str, other: str) -> int:
        """0 where both are read alike, 1 where nearly, 2 where one character is another, 3 where one is too many or
        lacks."""
        one, another = self._reading(run), self._reading(other)
        if one == another:
            return 0
        if list(map(fold, one.split())) == list(map(fold, another.split())):
            return 1
        return _OTHER if len(run) == len(other) else _OTHER + 1

    def _texts(self, terms: tuple[Term, ...]) -> list[str]:
        """The newest texts, and names of speeches, that hold all terms."""
        found: list[Seen] = []
        for scope in self._sight.scopes:
            found += self._sight.sections(scope, SearchCriteria(terms), _LOOKED_AT)
            found += self._sight.speeches(scope, SearchCriteria(terms), _LOOKED_AT)
        return [one.text for one in found]

    # --- pinyin in letters --------------------------------------------------------------------------------------------

    def _from_letters(self, query: Query) -> list[tuple[tuple[Term, ...], int]]:
        """The query with a row of letters read as pinyin: as one run, and as words apart."""
        at = next((at for at, term in enumerate(query.terms) if _LETTERS.fullmatch(term.run)), None)
        if at is None:
            return []
        stop = at
        while stop < len(query.terms) and _LETTERS.fullmatch(query.terms[stop].run):
            stop += 1
        letters = "".join(term.run for term in query.terms[at:stop])
        found: list[tuple[tuple[Term, ...], int]] = []
        shortest = 0
        for way in split_letters(letters):
            if shortest and len(way) > shortest:
                break
            known = self._words_in(way)
            apart = _rows(known, len(way))
            shortest = len(way) if apart else 0
            joined = [["".join(row)] for row in apart]
            joined += [[run] for run in self._around_words(way, known)] if not apart else []
            for rank, runs in [*((0, row) for row in joined), *((1, row) for row in apart)]:
                meant = tuple(Term(run, (run,)) for run in runs)
                found.append(((*query.terms[:at], *meant, *query.terms[stop:]), rank))
        return found

    def _words_in(self, syllables: Sequence[str]) -> dict[tuple[int, int], list[str]]:
        """The words in sight that are read as some of these syllables, by where these stand."""
        found: dict[tuple[int, int], list[str]] = {}
        for start in range(len(syllables)):
            for stop in range(start + 2, min(len(syllables), start + LONGEST_WORD) + 1):
                exact = " ".join(syllables[start:stop])
                known = self._words_read(syllables[start:stop])
                fitting = self._present(word for word in known if self._reading(word) == exact)
                if fitting:
                    found[start, stop] = fitting
        return found

    def _around_words(
        self, syllables: Sequence[str], by_place: dict[tuple[int, int], list[str]]
    ) -> list[str]:
        """What stands in texts around a known word and is read as all the syllables: 网格员 around 网格."""
        found: dict[str, int] = {}
        for (start, stop), known in by_place.items():
            if stop - start == len(syllables):
                continue
            for word in known[:_WORDS_LOOKED_AROUND]:
                for text in self._texts((Term(word, (word,)),)):
                    self._deadline.check()
                    for run in _around(text, start, word, len(syllables) - stop):
                        found[run] = found.get(run, 0) + 1
        wanted = " ".join(syllables)
        return [
            run for run in sorted(found, key=lambda run: (-found[run], run)) if self._reading(run) == wanted
        ]

    def _present(self, words: Iterable[str]) -> list[str]:
        """Those that are words in sight, the commonest first."""
        counts = {word: self._sight.roughly(word, COUNT_LIMIT) for word in words if self._is_word(word)}
        return sorted(counts, key=lambda word: (-counts[word], word))[:_WORDS_A_SPAN]


def _filled(text: str, before: str, gaps: Sequence[int], after: str) -> Iterator[str]:
    """The stretches of a line that begin with `before` and end with `after`, with one of the gaps between, the first
    that fits; one behind the other. (Patterns of `re` are kept from one question to the next; this leaves no trace.)"""
    anchor, free = before or after, 0
    at = text.find(anchor)
    while at >= 0:
        for gap in gaps:
            start = at if before else at - gap
            stop = start + len(before) + gap + len(after)
            fits = text.startswith(after, stop - len(after)) and free <= start and stop <= len(text)
            if fits and "\n" not in text[start:stop]:
                yield text[start:stop]
                free = stop
                break
        at = text.find(anchor, max(at + 1, free))


def _around(text: str, before: int, word: str, after: int) -> Iterator[str]:
    """The stretches of a line that hold the word behind and before so many characters; one behind the other."""
    at = text.find(word, before)
    while at >= 0:
        start, stop = at - before, at + len(word) + after
        fits = stop <= len(text) and "\n" not in text[start:stop]
        if fits:
            yield text[start:stop]
        at = text.find(word, stop + before if fits else at + 1)


def _windows(length: int, known_start: int, known_stop: int) -> Iterator[tuple[int, int]]:
    """Where a wrong word may stand: spans of two to four characters, such that what is before and behind them stands
    somewhere: up to `known_start` it does, and from `known_stop` on."""
    for size in (2, 3, 4):
        for start in range(length - size + 1):
            if start <= known_start and start + size >= known_stop:
                yield start, start + size


def _apart(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """The terms with the words of each standing by themselves."""
    found: dict[str, Term] = {}
    for term in terms:
        pieces = [word for word in words(term.typed) if len(word) > 1]
        whole = term.phrase or sum(map(len, pieces)) < len(term.run)
        for piece in [term.run] if whole else pieces:
            found.setdefault(piece, term if whole else Term(piece, (piece,)))
    return tuple(found.values())


def _rows(by_place: dict[tuple[int, int], list[str]], length: int) -> list[list[str]]:
    """The first rows of words that together are read as all the syllables, those of the fewest words first."""
    cuts = (cut for count in range(1, length + 1) for cut in _cuts(length, by_place, count))
    rows = (list(row) for cut in cuts for row in product(*(by_place[span] for span in cut)))
    return list(islice(rows, _CHECKED))


def _cuts(length: int, spans: Iterable[tuple[int, int]], count: int) -> Iterator[list[tuple[int, int]]]:
    """The ways to lay `count` spans end to end from 0 to `length`. From where so many spans lead to the end is found
    once, from behind, so that no step is tried in vain: there can be more ways than anybody could look at."""
    known = list(spans)
    leads = [{length}]
    for _ in range(count):
        leads.append({start for start, stop in known if stop in leads[-1]})

    def ways(start: int, left: int) -> Iterator[list[tuple[int, int]]]:
        if left == 0:
            yield []
            return
        for span in known:
            if span[0] == start and span[1] in leads[left - 1]:
                for rest in ways(span[1], left - 1):
                    yield [span, *rest]

    return ways(0, count) if 0 in leads[count] else iter(())
