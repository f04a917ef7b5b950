"""Cuts texts into words and finds their keywords.

The dictionary and the weights are jieba's; rjieba does the cutting, 30 times faster and with the same Han
words.
"""

from __future__ import annotations

from functools import cache

import rjieba

from jianggao.text.normal_form import spaced_normal_form

VERSION = "1"
"""Raise it with every change of what `words` returns: the index is then built again."""
MAX_WORD = 255
"""Characters of a word: the index keeps its length in a byte. Longer runs (of digits, say) are cut."""
KEYWORDS = 40
_UNKNOWN = 6.2
"""The rarity of words that jieba has no frequency for: they are no common ones, and no telling names."""


def words(text: str) -> list[str]:
    """Returns the words of `text` in normal form; put together they are its normal form."""
    cut = " ".join(rjieba.cut(spaced_normal_form(text), True)).split()
    if max(map(len, cut), default=0) <= MAX_WORD:
        return cut
    return [word[at : at + MAX_WORD] for word in cut for at in range(0, len(word), MAX_WORD)]


def cut_lengths(cut: list[str]) -> bytes:
    """Returns a list of words as the index stores it: the length of each in a byte."""
    return bytes(map(len, cut))


def rejoin(normal: str, lengths: bytes) -> list[str]:
    """Returns the words that `cut_lengths` stored, given the normal form that they were cut from."""
    cut = []
    start = 0
    for length in lengths:
        cut.append(normal[start : start + length])
        start += length
    return cut


def dictionary_words(text: str) -> list[str]:
    """Returns the words of `text` as `words` does, but only words of the dictionary: other characters stand
    alone."""
    return " ".join(rjieba.cut(spaced_normal_form(text), False)).split()


def keywords(text: str, limit: int = KEYWORDS) -> list[str]:
    """Returns up to `limit` dictionary words that tell `text` from others, best first (jieba's TF-IDF)."""
    # Twice as many as wanted: single characters and numbers are taken out.
    tags = _extractor().extract_tags(text, topK=2 * limit)
    return [word for word in tags if len(word) > 1 and any(map(str.isalpha, word))][:limit]


def load_weights() -> None:
    """Loads what `keywords` and `rarity` go by: the first time a second or two, nothing after that."""
    _extractor()


def rarity(word: str) -> float:
    """Returns how rare a word is in jieba's corpus (its inverse document frequency), from about 3 to 14."""
    return float(_extractor().idf_freq.get(word, _UNKNOWN))


def is_listed(word: str) -> bool:
    """Returns whether jieba's corpus has the word."""
    return word in _extractor().idf_freq


def is_word(word: str) -> bool:
    """Returns whether the dictionary that texts are cut by has the word."""
    return bool(rjieba.has_word(word))


def word_class(word: str) -> str:
    """Returns jieba's tag of a word's class (`n…` noun, `v…` verb, `d` adverb, `t` time, `f` direction …), "" for
    what is no single word of the dictionary."""
    tagged = rjieba.tag(word, False)
    return tagged[0][1] if len(tagged) == 1 else ""


class _DictionaryCut:
    """The tokenizer for jieba.analyse, without HMM, so that only words of the dictionary come out."""

    def cut(self, text: str) -> list[str]:
        return rjieba.cut(text, False)


@cache
def _extractor():  # type: ignore[no-untyped-def]  # jieba has no types
    from jieba.analyse import TFIDF  # half a second: only where keywords are asked for

    extractor = TFIDF()
    extractor.tokenizer = _DictionaryCut()
    return extractor
