"""Tells what stands for a word: its synonyms, what speeches say for everyday words, and for less the parts of such."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jianggao.search.synonyms import Synonyms
from jianggao.search.word_weights import is_generic, tells_of_compound, word_weight
from jianggao.text.segmentation import rarity, words

ALIKE = 0.9
"""What a run counts that is the typed word by another name."""
_SYNONYM, _EVERYDAY, _LATER, _WORD_INSIDE = ALIKE, 0.9, 0.2, 0.4
"""What a run counts that stands for a word: a synonym, the first word for an everyday one, less for each later one,
and a word that is a part of the everyday one (看病 of 看病难)."""
LEAST_SHARE = 0.5
"""What each of these counts at least, however far down its list it stands."""
_PART, _FARTHER = 0.35, 0.4
"""The same for a part of what stands for a word, and for what speeches say for its synonym."""
_LONG_WORD, _TELLING = 4, 5.5
"""From so many characters on a word counts by its parts too, and how rare they must be: 账款 of 拖欠账款."""


def everyday_stand_ins(
    run: str, found: Sequence[str], synonyms: Synonyms, inside: Iterable[str]
) -> tuple[dict[str, float], float]:
    """Returns what stands for a stretch of everyday words, and its weight."""
    runs = dict.fromkeys((run, *sorted(found, key=len, reverse=True)), 1.0)
    for word, share in said_for(found, synonyms).items():
        runs.setdefault(word, share)
    for word in inside:
        # 35 of 35岁门槛 stands in any text.
        if not is_generic(word) and not word.isdecimal():
            runs.setdefault(word, _WORD_INSIDE)
    return runs, official_weight(found, synonyms)


def said_for(found: Sequence[str], synonyms: Synonyms) -> dict[str, float]:
    """Returns what speeches say for everyday words of one matter, the longest of them first."""
    runs: dict[str, float] = {}
    for everyday in sorted(found, key=len, reverse=True):
        for synonym in synonyms.words.get(everyday, ()):
            runs.setdefault(synonym, _SYNONYM)
        for place, word in enumerate(synonyms.everyday[everyday]):
            _stand_for(runs, word, max(LEAST_SHARE, _EVERYDAY - _LATER * place), synonyms)
    return runs


def official_weight(found: Sequence[str], synonyms: Synonyms) -> float:
    """Returns the weight of everyday words of one matter: that of the weightiest word for the longest."""
    return max(word_weight(word) for word in synonyms.everyday[max(found, key=len)])


def _stand_for(runs: dict[str, float], word: str, share: float, synonyms: Synonyms) -> None:
    """Adds a word to what stands for a concept, its synonyms, and for less the words that it consists of."""
    runs.setdefault(word, share)
    for synonym in synonyms.words.get(word, ()):
        runs.setdefault(synonym, min(share, LEAST_SHARE))
    if len(word) >= _LONG_WORD:
        for part in words(word):
            if 1 < len(part) < len(word) and tells_of_compound(part) and rarity(part) >= _TELLING:
                runs.setdefault(part, _PART)


def with_synonyms(word: str, synonyms: Synonyms) -> dict[str, float]:
    """Returns a word with its synonyms, and what speeches say for any of them, by the share that each counts."""
    runs = {word: 1.0}
    for synonym in synonyms.words.get(word, ()):
        runs.setdefault(synonym, _SYNONYM)
    # 看病难 has 看病贵 as a synonym, and that is an everyday word for 医疗.
    for everyday in (word, *synonyms.words.get(word, ())):
        for other in synonyms.everyday.get(everyday, ()):
            runs.setdefault(other, _FARTHER)
    return runs
