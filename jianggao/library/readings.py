"""How words are read: pinyin without tones, and folded so that sounds which people mix up are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from pypinyin import Style, lazy_pinyin, pinyin

_HAN_WORD = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_LETTERS = re.compile(r"[a-z]+")
LONGEST_WORD = 6
_SPLITS = 8
_LONGEST_SYLLABLE = 6
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_FRONT_NASALS = ("ang", "eng", "ing")
_MOST_READINGS = 4


def is_word(text: str) -> bool:
    """Whether the vocabulary keeps it: two or more Han characters."""
    return 2 <= len(text) <= LONGEST_WORD and _HAN_WORD.fullmatch(text) is not None


@lru_cache(maxsize=100_000)
def reading(word: str) -> str:
    """The syllables of a word of Han characters, without tones, joined by blanks."""
    return " ".join(lazy_pinyin(word, style=Style.NORMAL))


@lru_cache(maxsize=100_000)
def folded_reading(word: str) -> str:
    """The reading in which zh and z, n and l, ing and in (and their like) are the same."""
    return " ".join(map(fold, reading(word).split()))


def possible_readings(run: str) -> list[str]:
    """The readings of a run whose characters can be read in several ways, the likeliest first; [] where it isn't of
    Han characters alone."""
    if not _HAN_WORD.fullmatch(run):
        return []
    found = [reading(run)]
    ways: list[list[str]] = [[]]
    for choices in pinyin(run, style=Style.NORMAL, heteronym=True):
        ways = [[*way, choice] for way in ways for choice in choices][:_MOST_READINGS]
    found += [" ".join(way) for way in ways]
    return list(dict.fromkeys(found))[:_MOST_READINGS]


@cache
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
    """The ways to read letters as syllables, the fewest syllables first; [] where they are none."""
    if not _LETTERS.fullmatch(letters):
        return []
    found: list[list[str]] = []
    for way in _ways(letters):
        found.append(way)
        if len(found) == _SPLITS:
            break
    return sorted(found, key=len)


def _ways(letters: str) -> Iterator[list[str]]:
    if not letters:
        yield []
    for length in range(min(_LONGEST_SYLLABLE, len(letters)), 0, -1):
        if letters[:length] in syllables():
            for rest in _ways(letters[length:]):
                yield [letters[:length], *rest]
