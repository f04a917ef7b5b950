"""What someone may have meant who typed what stands nowhere: homophones, pinyin in letters, a wrong, missing or
superfluous character, near topics.

Candidates come from words that stand or stood anywhere in the library; only those with hits in the asker's own sight are
guesses, and the number of these hits alone decides their order. So a guess tells nothing of what is locked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from jianggao.library.grams import any_gram
from jianggao.library.normal_form import MASK
from jianggao.library.readings import (
    LONGEST_WORD,
    fold,
    folded_reading,
    possible_readings,
    reading,
    split_letters,
)
from jianggao.library.search.query import Query, Term
from jianggao.library.search.sight import Seen, Sight, Wanted
from jianggao.library.segmentation import words

COUNT_LIMIT = 500
_MOST = 3
_LONGEST = 16
_LOOKED_AT = 40
_CHECKED = 60
_WORDS_A_SPAN = 6
_WORDS_LOOKED_AROUND = 3
_OTHER = 2
_LETTERS = re.compile(r"[a-z]+")
_SPEECHES_LOOKED_AT = 100


@dataclass(frozen=True, slots=True)
class Guess:
    """Another query and how many hits it has."""

    text: str
    terms: tuple[Term, ...]
    total: int
    exact: bool


class Guesser:
    """Guesses within one asker's sight."""

    def __init__(self, sight: Sight) -> None:
        self._sight = sight

    async def guesses(self, query: Query) -> list[Guess]:
        """Up to three queries with hits that are near to one without, the likeliest first."""
        candidates: dict[tuple[Term, ...], int] = {}
        for terms, rank in [*await self._from_letters(query), *await self._one_term_changed(query)]:
            candidates.setdefault(terms, rank)
        found: list[tuple[int, Guess]] = []
        for terms, rank in sorted(candidates.items(), key=lambda entry: entry[1])[:_CHECKED]:
            guess = await self._counted(query, terms) or await self._counted(query, _apart(terms))
            if guess is not None:
                found.append((rank, guess))
        found.sort(key=lambda entry: (entry[0], -entry[1].total, entry[1].text))
        return [guess for _, guess in found][:_MOST]

    async def _counted(self, query: Query, terms: tuple[Term, ...]) -> Guess | None:
        """The query with these terms as a guess; None if it has no hits, nor a speech of that name."""
        wanted = Wanted(terms, query.filters)
        total, exact = await self._sight.count(wanted, COUNT_LIMIT)
        if not total:
            total = sum([len(await self._sight.speeches(scope, wanted, 1)) for scope in self._sight.scopes])
        return Guess(query.typed_with(terms), terms, total, exact) if total else None

    async def topics(self, query: Query) -> list[str]:
        """Public words that share most with what was typed: topics, keywords, short headings."""
        grams = list(dict.fromkeys(run[at : at + 2] for run in query.runs for at in range(len(run) - 1)))[:20]
        if not grams:
            return []
        rows = await self._sight.connection.execute_fetchall(
            """SELECT i.runs FROM speech_grams CROSS JOIN speech_index i ON i.id = speech_grams.rowid
               WHERE speech_grams MATCH ? ORDER BY speech_grams.rowid DESC LIMIT ?""",
            (any_gram(grams), _SPEECHES_LOOKED_AT),
        )
        shared: dict[str, int] = {}
        for row in rows:
            for run in json.loads(row["runs"]):
                if 2 <= len(run) <= 8 and run not in shared:
                    shared[run] = sum(gram in run for gram in grams)
        best = sorted((-count, len(run), run) for run, count in shared.items() if count)
        return [run for _, _, run in best if run not in query.runs][:_MOST]

    # --- a term that stands nowhere -----------------------------------------------------------------------------------

    async def _one_term_changed(self, query: Query) -> list[tuple[tuple[Term, ...], int]]:
        """The query with a term that stands nowhere replaced; the smaller the number, the likelier."""
        found = []
        for at, term in enumerate(query.terms):
            if len(term.run) > _LONGEST or (await self._sight.count(Wanted((term,)), 1))[0]:
                continue
            for run, rank in (await self._for_run(term.run)).items():
                changed = (*query.terms[:at], Term(run, (run,), term.phrase), *query.terms[at + 1 :])
                found.append((changed, rank))
        return found

    async def _for_run(self, run: str) -> dict[str, int]:
        """Runs that may have been meant, with their rank (`_likeness`); where some sound alike, only these."""
        absent = [at for at in range(len(run) - 1) if not await self._sight.roughly(run[at : at + 2], 1)]
        found: dict[str, int] = {}
        for start, stop in _windows(len(run), absent):
            for word, rank in await self._sounding_like(run[start:stop]):
                other = run[:start] + word + run[stop:]
                found.setdefault(other, rank)
        for place in _places(len(run), absent) if len(run) > 2 else ():
            for other in await self._with_another_character(run, place):
                found.setdefault(other, _likeness(run, other))
        if min(found.values(), default=_OTHER) < _OTHER:
            found = {other: rank for other, rank in found.items() if rank < _OTHER}
        return {
            other: rank for other, rank in found.items() if other != run and len(other.replace(MASK, "")) > 1
        }

    async def _sounding_like(self, run: str) -> list[tuple[str, int]]:
        """Words in sight that sound like a run."""
        found: dict[str, int] = {}
        for way in possible_readings(run):
            for word in await self._words_read(way.split()):
                rank = 0 if reading(word) == way else 1
                if word != run and found.get(word, 2) > rank and await self._sight.roughly(word, 1):
                    found[word] = rank
        return list(found.items())

    async def _words_read(self, syllables: Sequence[str]) -> list[str]:
        rows = await self._sight.connection.execute_fetchall(
            "SELECT word FROM vocabulary WHERE reading = ?", (" ".join(map(fold, syllables)),)
        )
        return [row[0] for row in rows]

    async def _with_another_character(self, run: str, place: int) -> set[str]:
        """What stands in texts where `run` has a wrong character at `place`, lacks one before it, or has one too
        many."""
        left, right, rest = run[:place], run[place:], run[place + 1 :]
        found: set[str] = set()
        for before, gap, after in ((left, ".", rest), (left, ".{1,2}", right), (left, "", rest)):
            known = tuple(Term(part, (part,)) for part in (before, after) if len(part) > 1)
            if sum(map(len, (before, after))) < 2 or not known or (gap and not (before or after)):
                continue
            pattern = re.compile(re.escape(before) + gap + re.escape(after))
            for text in await self._texts(known):
                found.update(match[0] for match in pattern.finditer(text))
        return found

    async def _texts(self, terms: tuple[Term, ...]) -> list[str]:
        """The newest texts, and names of speeches, that hold all terms."""
        found: list[Seen] = []
        for scope in self._sight.scopes:
            found += await self._sight.sections(scope, Wanted(terms), _LOOKED_AT)
            found += await self._sight.speeches(scope, Wanted(terms), _LOOKED_AT)
        return [one.text for one in found]

    # --- pinyin in letters --------------------------------------------------------------------------------------------

    async def _from_letters(self, query: Query) -> list[tuple[tuple[Term, ...], int]]:
        """The query with a row of letters read as pinyin: as one run, and as words apart."""
        at = next((at for at, term in enumerate(query.terms) if _LETTERS.fullmatch(term.run)), None)
        if at is None:
            return []
        stop = at
        while stop < len(query.terms) and _LETTERS.fullmatch(query.terms[stop].run):
            stop += 1
        letters = "".join(term.run for term in query.terms[at:stop])
        found: list[tuple[tuple[Term, ...], int]] = []
        for way in split_letters(letters):
            known = await self._words_in(way)
            apart = _rows(known, len(way))
            joined = [["".join(row)] for row in apart] + [
                [run] for run in await self._around_words(way, known)
            ]
            for rank, runs in [*((0, row) for row in joined), *((1, row) for row in apart)]:
                meant = tuple(Term(run, (run,)) for run in runs)
                found.append(((*query.terms[:at], *meant, *query.terms[stop:]), rank))
        return found

    async def _words_in(self, syllables: Sequence[str]) -> dict[tuple[int, int], list[str]]:
        """The words in sight that are read as some of these syllables, by where these stand."""
        found: dict[tuple[int, int], list[str]] = {}
        for start in range(len(syllables)):
            for stop in range(start + 2, min(len(syllables), start + LONGEST_WORD) + 1):
                exact = " ".join(syllables[start:stop])
                known = await self._words_read(syllables[start:stop])
                fitting = await self._present(word for word in known if reading(word) == exact)
                if fitting:
                    found[start, stop] = fitting
        return found

    async def _around_words(
        self, syllables: Sequence[str], by_place: dict[tuple[int, int], list[str]]
    ) -> list[str]:
        """What stands in texts around a known word and is read as all the syllables: 网格员 around 网格."""
        found: dict[str, int] = {}
        for (start, stop), known in by_place.items():
            if stop - start == len(syllables):
                continue
            for word in known[:_WORDS_LOOKED_AROUND]:
                pattern = re.compile(f".{{{start}}}{re.escape(word)}.{{{len(syllables) - stop}}}")
                for text in await self._texts((Term(word, (word,)),)):
                    for match in pattern.finditer(text):
                        found[match[0]] = found.get(match[0], 0) + 1
        wanted = " ".join(syllables)
        return [run for run in sorted(found, key=lambda run: (-found[run], run)) if reading(run) == wanted]

    async def _present(self, words: Iterable[str]) -> list[str]:
        """The words that stand in sight, the commonest first."""
        counts = {word: await self._sight.roughly(word, COUNT_LIMIT) for word in words}
        present = [word for word in counts if counts[word]]
        return sorted(present, key=lambda word: (-counts[word], word))[:_WORDS_A_SPAN]


def _likeness(run: str, other: str) -> int:
    """0 where both are read alike, 1 where nearly, 2 where one character is another, 3 where one is too many or lacks."""
    if reading(run) == reading(other):
        return 0
    if folded_reading(run) == folded_reading(other):
        return 1
    return _OTHER if len(run) == len(other) else _OTHER + 1


def _windows(length: int, absent: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where a wrong word may stand: spans of two to four characters that touch every bigram that stands nowhere."""
    first, last = (absent[0], absent[-1]) if absent else (length, 0)
    for size in (2, 3, 4):
        for start in range(length - size + 1):
            if start <= first + 1 and start + size - 1 >= last:
                yield start, start + size


def _places(length: int, absent: Sequence[int]) -> list[int]:
    """Where a single character may be wrong, missing or too many."""
    if not absent:
        return list(range(length))
    return [place for place in range(length) if all(place - 1 <= at <= place for at in absent)]


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
    """Rows of words that together are read as all the syllables, those of the fewest words first."""
    rows: list[list[str]] = []
    for cut in sorted(_cuts(length, by_place), key=len):
        rows += [list(row) for row in product(*(by_place[span] for span in cut))]
    return rows[:_CHECKED]


def _cuts(length: int, spans: Iterable[tuple[int, int]], start: int = 0) -> Iterator[list[tuple[int, int]]]:
    """The ways to lay spans end to end from `start` to `length`."""
    known = list(spans)
    if start == length:
        yield []
    for span in known:
        if span[0] == start:
            for rest in _cuts(length, known, span[1]):
                yield [span, *rest]
