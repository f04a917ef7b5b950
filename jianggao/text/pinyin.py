"""How words are read: pinyin without tones, and folded so that sounds which people mix up are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from pypinyin import Style, lazy_pinyin, pinyin

_HAN_WORD = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_LETTERS = re.compile(r"[a-z]+")
LONGEST_WORD = 6
LONGEST_LETTERS = 60
"""More letters than this are no word that somebody typed by its sound."""
_SPLITS = 8
_LONGEST_SYLLABLE = 6
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_FRONT_NASALS = ("ang", "eng", "ing")
_MOST_READINGS = 4


def is_word(text: str) -> bool:
    """Whether the vocabulary keeps it: two or more Han characters."""
    return 2 <= len(text) <= LONGEST_WORD and _HAN_WORD.fullmatch(text) is not None


def pinyin_reading(word: str) -> str:
    """The syllables of a word of Han characters, without tones, joined by blanks.

    Not kept from one call to the next: a question about a word that somebody else has asked for, or that was imported,
    must take as long as any other. Who asks for the same words again and again keeps them for that question alone.
    """
    return " ".join(lazy_pinyin(word, style=Style.NORMAL))


def folded_reading(word: str) -> str:
    """The reading in which zh and z, n and l, ing and in (and their like) are the same."""
    return " ".join(map(fold, pinyin_reading(word).split()))


def possible_readings(run: str) -> list[str]:
    """The readings of a run whose characters can be read in several ways, the likeliest first; [] where it isn't of
    Han characters alone."""
    if not _HAN_WORD.fullmatch(run):
        return []
    found = [pinyin_reading(run)]
    ways: list[list[str]] = [[]]
    for choices in pinyin(run, style=Style.NORMAL, heteronym=True):
        ways = [[*way, choice] for way in ways for choice in choices][:_MOST_READINGS]
    found += [" ".join(way) for way in ways]
    return list(dict.fromkeys(found))[:_MOST_READINGS]


def fold(syllable: str) -> str:
    """A syllable's folded form."""
    for long, short in _INITIALS:
        if syllable.startswith(long):
            syllable = short + syllable[len(long) :]
            break
    return syllable[:-1] if syllable.endswith(_FRONT_NASALS) else syllable


@cache
def syllables() -> frozenset[str]:
    """Every syllable without tones."""
    common = [chr(code) for code in range(0x4E00, 0x9FA6)]
    return frozenset(one for one in lazy_pinyin(common, style=Style.NORMAL) if _LETTERS.fullmatch(one))


def split_letters(letters: str) -> list[list[str]]:
    """The ways to read letters as syllables, the fewest syllables first; [] where they are none or too many."""
    if len(letters) > LONGEST_LETTERS or not _LETTERS.fullmatch(letters):
        return []
    found = list(islice(_ways(letters, 0, _ends(letters)), _SPLITS))
    return sorted(found, key=len)


def _ends(letters: str) -> list[bool]:
    """For each place whether syllables lead from it to the end. Found once, from behind: trying each way anew took
    twice as long with every four letters."""
    leads = [False] * len(letters) + [True]
    for start in range(len(letters) - 1, -1, -1):
        leads[start] = any(leads[stop] for stop in _stops(letters, start))
    return leads


def _stops(letters: str, start: int) -> Iterator[int]:
    """Where syllables that begin at `start` end, the longest first."""
    for stop in range(min(start + _LONGEST_SYLLABLE, len(letters)), start, -1):
        if letters[start:stop] in syllables():
            yield stop


def _ways(letters: str, start: int, leads: list[bool]) -> Iterator[list[str]]:
    """The ways from `start` on; every step is one that leads to the end."""
    if start == len(letters):
        yield []
        return
    for stop in _stops(letters, start):
        if leads[stop]:
            for rest in _ways(letters, stop, leads):
                yield [letters[start:stop], *rest]
