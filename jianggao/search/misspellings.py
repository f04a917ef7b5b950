"""Finds what was meant by a run that stands nowhere.

It may sound like another, or have a wrong, missing or superfluous character.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from jianggao.search import typed_words
from jianggao.search.query import Term
from jianggao.search.visible_words import VisibleWords
from jianggao.text.normal_form import MASK
from jianggao.text.pinyin import fold, possible_readings
from jianggao.text.segmentation import dictionary_words

SAME_READING, NEAR_READING, ANOTHER_CHARACTER, ANOTHER_LENGTH = range(4)
"""How near a correction is to what was typed; the smaller, the likelier."""
_OTHERS_A_PLACE = 6
_WORD_SIZES = (2, 3, 4)
"""Characters of a wrong word: nearly every word of the language has so many."""
_SHORTEST = 3
"""Of so few characters the rest proves nothing, unless it all sounds alike."""
_SHORT = 5
"""Of so few characters the rest proves little: 反复拨 is as near to 反复败 as what was meant."""


def corrections(words: VisibleWords, run: str) -> dict[str, int]:
    """Returns runs that may have been meant with their rank; where some sound alike, only these.

    Whoever types 基层自理 by its sound means 基层治理; a text that holds 基层管理 is no better suggestion.
    """
    sizes = range(2, len(run))  # a single character is taken to stand somewhere
    # Where a run stands each of its parts stands: how much of it is known from either end can be bisected.
    known_start = 1 + bisect_left(sizes, True, key=lambda size: not words.holds(run[:size]))
    known_stop = len(run) - 1 - bisect_left(sizes, True, key=lambda size: not words.holds(run[-size:]))
    ranks: dict[str, int] = {}
    meant = typed_words.meant_in(run)
    for start, stop in _windows(len(run), known_start, known_stop):
        if any(start <= at < stop for at in meant):
            continue
        for word, rank in _homophones(words, run[start:stop]):
            if stop - start < len(run) or _is_meant_alone(words, run, word):
                ranks.setdefault(run[:start] + word + run[stop:], rank)
    # A run of two characters has no unchanged rest by which texts could be searched. With a wrong character
    # at `place`, what is before it and what is behind it stands somewhere: nowhere else can it be.
    places = range(max(0, known_stop - 1), known_start + 1) if len(run) > 2 else ()
    for place in _places_of_mistakes(run, places):
        found = _with_another_character(words, run, place).most_common()
        common = [(other, count) for other, count in found if _is_near(words, run, other)]
        common.sort(key=lambda entry: (_likeness(words, run, entry[0]), -entry[1], entry[0]))
        for other, _ in common[:_OTHERS_A_PLACE]:
            ranks.setdefault(other, _likeness(words, run, other))
    if min(ranks.values(), default=ANOTHER_CHARACTER) < ANOTHER_CHARACTER:
        ranks = {other: rank for other, rank in ranks.items() if rank < ANOTHER_CHARACTER}
    # ×县 is a masked name: without its mask less than two characters are left of it, which say nothing.
    return {other: rank for other, rank in ranks.items() if other != run and len(other.replace(MASK, "")) > 1}


def may_stand_apart(run: str, other: str) -> bool:
    """Returns whether `other`, which stands nowhere in a row, may be meant by `run` with its words apart.

    社区食汤价格 has characters that belong to no word, which 社区食堂价格 has not; and 形势主义 is one word as
    形式主义. But whoever typed known words side by side meant them, and whoever typed a name meant that.
    """
    start = next((at for at in range(min(len(run), len(other))) if run[at] != other[at]), 0)
    if any(begin <= start < end for begin, end in typed_words.names_in(run)):
        return False
    # 积按 may be 积案, but hardly 治安: by its sound alone a word needs what stands around it.
    if not _shares_writing(run, other, start):
        return False
    makes_words = typed_words.count_loose(other) < typed_words.count_loose(run)
    return makes_words or len(dictionary_words(other)) < len(dictionary_words(run))


def _shares_writing(run: str, other: str, place: int) -> bool:
    """Returns whether the word at a place of `other` is in part written as in the run."""
    stops = accumulate(map(len, words_of := dictionary_words(other)))
    return any(
        typed_words.alike_in_writing(run[stop - len(word) : stop], word)
        for word, stop in zip(words_of, stops, strict=True)
        if stop - len(word) <= place < stop
    )


def _is_meant_alone(words: VisibleWords, run: str, word: str) -> bool:
    """Returns whether a word that sounds like the whole run is meant by it: nothing stands around it that would tell.

    欠新 is no word, 欠薪 is. But 石榴 isn't 十六, 张伟 isn't 站位, 治霾 isn't 治理, though 霾 was read li once, and of
    two words it can only be the commoner.
    """
    if not typed_words.alike_in_writing(run, word) or _likeness(words, run, word) >= ANOTHER_CHARACTER:
        return False
    if typed_words.is_known(run):
        return typed_words.is_commoner(word, run)
    return len(run) > 2 or not typed_words.is_unlisted_name(run)


def _places_of_mistakes(run: str, places: Sequence[int]) -> list[int]:
    """Returns those of the places at which a wrong character may stand: none in a known word or in a name."""
    if not places or typed_words.is_known(run):
        return []
    names = typed_words.names_in(run)
    return [place for place in places if not any(start <= place < stop for start, stop in names)]


def _is_near(words: VisibleWords, run: str, other: str) -> bool:
    """Returns whether what differs from a run by a character is near enough to it.

    Either it sounds alike, or it is long, or characters that belonged to no word make one with the new
    character.
    """
    if typed_words.changes_number(run, other):
        return False
    if len(run) > _SHORT:
        return True
    if len(other) < len(run) and (run.startswith(other) or run.endswith(other)):
        return False  # 反复 is a part of 反复败, which says nothing of the rest
    if _likeness(words, run, other) < ANOTHER_CHARACTER:
        return True
    # 吃了没 is no slip of 吃了亏: two characters prove nothing.
    return len(run) > _SHORTEST and typed_words.count_loose(other) < typed_words.count_loose(run)


def _homophones(words: VisibleWords, run: str) -> list[tuple[str, int]]:
    """Returns words that sound like a run, with their rank."""
    ranks: dict[str, int] = {}
    for syllables in possible_readings(run):
        for word in words.read_as(syllables.split()):
            rank = SAME_READING if words.reading(word) == syllables else NEAR_READING
            if word != run and ranks.get(word, ANOTHER_CHARACTER) > rank and words.is_word(word):
                ranks[word] = rank
    return list(ranks.items())


def _with_another_character(words: VisibleWords, run: str, place: int) -> Counter[str]:
    """Returns what stands in texts, and how often, in place of a run with one mistake.

    The mistake is a wrong character at `place` (责任贴上了墙 for 责任挂上了墙), a character lacking before it
    (责任挂了墙), or one too many (责任挂挂上了墙).
    """
    left, right, rest = run[:place], run[place:], run[place + 1 :]
    counts: Counter[str] = Counter()
    for before, gaps, after in ((left, (1,), rest), (left, (2, 1), right), (left, (0,), rest)):
        known = tuple(Term(part, (part,)) for part in (before, after) if len(part) > 1)
        # One known character on either side fits half of all lines.
        if sum(map(len, (before, after))) < 2 or not known:
            continue
        for text in words.texts(known):
            words.deadline.check()
            counts.update(_stretches_with_gap(text, before, gaps, after))
    return counts


def _likeness(words: VisibleWords, run: str, other: str) -> int:
    """Returns the rank of `other` as a correction of `run`."""
    reading, other_reading = words.reading(run), words.reading(other)
    if reading == other_reading:
        return SAME_READING
    if list(map(fold, reading.split())) == list(map(fold, other_reading.split())):
        return NEAR_READING
    return ANOTHER_CHARACTER if len(run) == len(other) else ANOTHER_LENGTH


def _stretches_with_gap(text: str, before: str, gaps: Sequence[int], after: str) -> Iterator[str]:
    """Yields the stretches of a line that begin with `before` and end with `after`, one behind the other.

    Between them lie so many characters as one of the gaps says, the first gap that fits. (This is no pattern
    of `re`: compiled patterns are kept from one query to the next, and their time would tell what others
    asked for.)
    """
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


def _windows(length: int, known_start: int, known_stop: int) -> Iterator[tuple[int, int]]:
    """Yields where a wrong word may stand: spans of two to four characters with known text before and behind.

    What ends at `known_start` or before stands somewhere, and so does what begins at `known_stop` or behind.
    """
    for size in _WORD_SIZES:
        for start in range(length - size + 1):
            if start <= known_start and start + size >= known_stop:
                yield start, start + size
