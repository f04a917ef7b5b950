"""Finds how words are read: pinyin without tones, plain or folded.

In folded pinyin the sounds that people mix up (zh and z, n and l, ing and in) are the same. Letters that
somebody typed are split into syllables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from pypinyin import Style, lazy_pinyin, pinyin
from pypinyin.constants import PHRASES_DICT
from pypinyin.contrib.tone_convert import to_normal

_HAN_WORD = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_LETTERS = re.compile(r"[a-z]+")
LONGEST_WORD = 6
"""Characters of a word that the vocabulary keeps."""
LONGEST_LETTERS = 60
"""More letters than this are no word that somebody typed by its sound."""
_SPLITS = 8
"""How many ways to split letters are tried: xian is xi an and xian."""
_LONGEST_SYLLABLE = 6
"""Letters of zhuang and its like."""
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_FRONT_NASALS = ("ang", "eng", "ing")
_MOST_READINGS = 4


def is_word(text: str) -> bool:
    """Returns whether the vocabulary keeps the text as a word: 2 to LONGEST_WORD Han characters."""
    return 2 <= len(text) <= LONGEST_WORD and _HAN_WORD.fullmatch(text) is not None


def pinyin_reading(word: str) -> str:
    """Returns the syllables of a word of Han characters, without tones, joined by blanks.

    Nothing is cached from one call to the next: a query for a word that somebody else has asked for, or that
    was imported, must take as long as any other. A caller that needs the same words again and again keeps
    them for that query alone.
    """
    return " ".join(lazy_pinyin(word, style=Style.NORMAL))


def folded_reading(word: str) -> str:
    """Returns the reading in which zh and z, n and l, ing and in (and their like) are the same."""
    return " ".join(map(fold, pinyin_reading(word).split()))


def possible_readings(run: str) -> list[str]:
    """Returns the readings of a run whose characters can be read in several ways, the likeliest first.

    Those that no word of today has are left out: 霾 was read li once. Returns [] unless the run is of Han characters
    alone, and at most four readings: 行 is hang or xing, and a long run would have thousands.
    """
    if not _HAN_WORD.fullmatch(run):
        return []
    ways: list[list[str]] = [[]]
    for character, (first, *others) in zip(run, pinyin(run, style=Style.NORMAL, heteronym=True), strict=True):
        choices = [first, *(other for other in others if (character, other) in readings_in_words())]
        ways = [[*way, choice] for way in ways for choice in choices][:_MOST_READINGS]
    # The reading of the whole word (银行 is yin hang) comes before those of its characters one by one.
    readings = [pinyin_reading(run), *(" ".join(way) for way in ways)]
    return list(dict.fromkeys(readings))[:_MOST_READINGS]


@cache
def readings_in_words() -> frozenset[tuple[str, str]]:
    """Returns every character with each syllable, without its tone, as which it is read in a word of pypinyin's list:
    the first time a third of a second."""
    plain = cache(to_normal)
    return frozenset(
        (character, plain(syllable))
        for word, read in PHRASES_DICT.items()
        for character, (syllable, *_) in zip(word, read, strict=False)
    )


def fold(syllable: str) -> str:
    """Returns a syllable in its folded form."""
    for long, short in _INITIALS:
        if syllable.startswith(long):
            syllable = short + syllable[len(long) :]
            break
    return syllable[:-1] if syllable.endswith(_FRONT_NASALS) else syllable


@cache
def syllables() -> frozenset[str]:
    """Returns every syllable without tones that a Han character of the basic block is read as."""
    common = [chr(code) for code in range(0x4E00, 0x9FA6)]
    return frozenset(
        syllable for syllable in lazy_pinyin(common, style=Style.NORMAL) if _LETTERS.fullmatch(syllable)
    )


def split_letters(letters: str) -> list[list[str]]:
    """Returns ways to read letters as syllables, those of the fewest syllables first.

    Returns [] where there is no way, or where there are more than LONGEST_LETTERS letters.
    """
    if len(letters) > LONGEST_LETTERS or not _LETTERS.fullmatch(letters):
        return []
    ways = list(islice(_ways(letters, 0, _leads_to_end(letters)), _SPLITS))
    return sorted(ways, key=len)


def _leads_to_end(letters: str) -> list[bool]:
    """Returns for each place whether syllables lead from it to the end.

    This is found once, from behind: to try each way anew took twice as long with every four letters.
    """
    leads = [False] * len(letters) + [True]
    for start in range(len(letters) - 1, -1, -1):
        leads[start] = any(leads[stop] for stop in _stops(letters, start))
    return leads


def _stops(letters: str, start: int) -> Iterator[int]:
    """Yields where syllables that begin at `start` end, the longest first."""
    for stop in range(min(start + _LONGEST_SYLLABLE, len(letters)), start, -1):
        if letters[start:stop] in syllables():
            yield stop


def _ways(letters: str, start: int, leads: list[bool]) -> Iterator[list[str]]:
    """Yields the ways from `start` on. `leads` keeps it from steps that no way to the end follows."""
    if start == len(letters):
        yield []
        return
    for stop in _stops(letters, start):
        if leads[stop]:
            for rest in _ways(letters, stop, leads):
                yield [letters[start:stop], *rest]
