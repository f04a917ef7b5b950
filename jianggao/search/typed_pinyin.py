"""Reads Latin letters in a query as pinyin: xiangcun zhenxing as 乡村振兴."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product

from jianggao.search.query import Query, Term
from jianggao.search.visible_words import VisibleWords
from jianggao.text.pinyin import LONGEST_WORD, split_letters

AS_ONE_RUN, AS_WORDS = 0, 1
"""The ranks of the words of a reading written side by side, and apart; the smaller, the likelier."""
_LETTERS = re.compile(r"[a-z]+")
_LETTERS_BESIDE = re.compile(r"([^a-z]{2,})([a-z]{4,})()|()([a-z]{4,})([^a-z]{2,})")
_WORDS_AROUND = 3
"""Words of each place whose texts are searched for a longer run."""
_ROWS_LIMIT = 24

Span = tuple[int, int]


def pinyin_meanings(words: VisibleWords, query: Query) -> list[tuple[tuple[Term, ...], int]]:
    """Returns the terms that were meant by the query's first row of letters, with their rank.

    Terms of letters that follow each other are one row: xiang cun zhen xing is typed with spaces as often as
    without.
    """
    terms = _letters_apart(query.terms)
    at, stop = _letters_in(terms)
    letters = "".join(term.run for term in terms[at:stop])
    meanings: list[tuple[tuple[Term, ...], int]] = []
    fewest_syllables = 0
    for syllables in split_letters(letters):
        # xian is one syllable or two (西安): once words were found, readings of more syllables are less
        # likely.
        if fewest_syllables and len(syllables) > fewest_syllables:
            break
        known = _words_by_span(words, syllables)
        apart = _rows(known, len(syllables))
        fewest_syllables = len(syllables) if apart else 0
        joined = [["".join(row)] for row in apart]
        joined += [[run] for run in _runs_around_words(words, syllables, known)] if not apart else []
        for rank, runs in [*((AS_ONE_RUN, row) for row in joined), *((AS_WORDS, row) for row in apart)]:
            meant = tuple(Term(run, (run,)) for run in runs)
            if terms != query.terms and rank == AS_ONE_RUN:
                # 乡村zhenxing was one run, and is one again.
                whole = "".join(term.run for term in (*terms[:at], *meant, *terms[stop:]))
                meanings.append(((Term(whole, (whole,)),), rank))
            meanings.append(
                ((*terms[:at], *meant, *terms[stop:]), AS_WORDS if terms != query.terms else rank)
            )
    return meanings


def _letters_apart(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Returns the terms; of one alone that holds letters beside other characters, its parts (乡村zhenxing)."""
    mixed = _LETTERS_BESIDE.fullmatch(terms[0].run) if len(terms) == 1 and not terms[0].phrase else None
    return tuple(Term(part, (part,)) for part in mixed.groups() if part) if mixed else terms


def _letters_in(terms: Sequence[Term]) -> Span:
    """Returns where the first row of terms of letters begins and ends; an empty span if there is none."""
    is_letters = [bool(_LETTERS.fullmatch(term.run)) for term in terms]
    if True not in is_letters:
        return 0, 0
    start = is_letters.index(True)
    behind = is_letters[start:]
    return start, start + (behind.index(False) if False in behind else len(behind))


def _words_by_span(words: VisibleWords, syllables: Sequence[str]) -> dict[Span, list[str]]:
    """Returns the words that are read as some of these syllables, by the span of syllables."""
    by_span: dict[Span, list[str]] = {}
    for start in range(len(syllables)):
        for stop in range(start + 2, min(len(syllables), start + LONGEST_WORD) + 1):
            exact = " ".join(syllables[start:stop])
            known = words.read_as(syllables[start:stop])
            fitting = words.commonest(word for word in known if words.reading(word) == exact)
            if fitting:
                by_span[start, stop] = fitting
    return by_span


def _runs_around_words(
    words: VisibleWords, syllables: Sequence[str], by_span: Mapping[Span, list[str]]
) -> list[str]:
    """Returns runs of texts that hold a known word and are read as all the syllables, the commonest first.

    For wanggeyuan the segmenter knows 网格 alone; 网格员 is found around it.
    """
    counts: dict[str, int] = {}
    for (start, stop), known in by_span.items():
        if stop - start == len(syllables):
            continue
        for word in known[:_WORDS_AROUND]:
            for text in words.texts((Term(word, (word,)),)):
                words.deadline.check()
                for run in _stretches_around(text, start, word, len(syllables) - stop):
                    counts[run] = counts.get(run, 0) + 1
    wanted = " ".join(syllables)
    return [
        run for run in sorted(counts, key=lambda run: (-counts[run], run)) if words.reading(run) == wanted
    ]


def _stretches_around(text: str, before: int, word: str, after: int) -> Iterator[str]:
    """Yields the stretches of a line that hold the word with so many characters before and after it."""
    at = text.find(word, before)
    while at >= 0:
        start, stop = at - before, at + len(word) + after
        fits = stop <= len(text) and "\n" not in text[start:stop]
        if fits:
            yield text[start:stop]
        at = text.find(word, stop + before if fits else at + 1)


def _rows(by_span: Mapping[Span, list[str]], length: int) -> list[list[str]]:
    """Returns the first rows of words that together are read as all the syllables.

    The rows of fewest words come first.
    """
    cuts = (cut for count in range(1, length + 1) for cut in _cuts(length, by_span, count))
    rows = (list(row) for cut in cuts for row in product(*(by_span[span] for span in cut)))
    return list(islice(rows, _ROWS_LIMIT))


def _cuts(length: int, spans: Iterable[Span], count: int) -> Iterator[list[Span]]:
    """Returns the ways to lay `count` spans end to end from 0 to `length`.

    From which places so many spans lead to the end is worked out first, from behind, so that no step is tried
    in vain: sixty letters can be cut in more ways than anybody could wait for.
    """
    known = list(spans)
    leads = [{length}]
    for _ in range(count):
        leads.append({start for start, stop in known if stop in leads[-1]})

    def ways(start: int, left: int) -> Iterator[list[Span]]:
        if left == 0:
            yield []
            return
        for span in known:
            if span[0] == start and span[1] in leads[left - 1]:
                for rest in ways(span[1], left - 1):
                    yield [span, *rest]

    return ways(0, count) if 0 in leads[count] else iter(())
