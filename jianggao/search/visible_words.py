"""Answers which words stand in the texts that may be shown to an asker, and how they are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from jianggao.search.criteria import SearchCriteria
from jianggao.search.indexed_texts import IndexedText
from jianggao.search.query import Term
from jianggao.search.ranking import stands_as_word
from jianggao.search.typed_words import is_known
from jianggao.search.visible_index import VisibleIndex
from jianggao.text.pinyin import fold, pinyin_reading

_TEXTS = 40
"""Texts read for each scope, and as many public texts of speeches."""
_TEXTS_WITH_WORD = 12
"""Texts in which a run is looked for as a word by itself."""
_COUNTED = 500
_WORDS_A_SPAN = 6
"""Of words that are read alike (公示, 公式, 攻势 …) only the commonest go further."""


class VisibleWords:
    """The words of the texts in `index`, for one query."""

    def __init__(self, index: VisibleIndex) -> None:
        self._index = index
        self.deadline = index.snapshot.deadline
        self._held: dict[str, bool] = {}
        self.reading = cache(pinyin_reading)
        """`pinyin_reading`, remembered for this query alone: a longer memory would tell what others asked
        for."""

    def holds(self, run: str) -> bool:
        """Returns whether a text, or the public text of a speech, holds the run."""
        if run not in self._held:
            term = Term(run, (run,))
            self._held[run] = self.has_section(term) or self.has_speech(term)
        return self._held[run]

    def has_section(self, term: Term) -> bool:
        """Returns whether a section holds the term."""
        return bool(self._index.section_ids(SearchCriteria((term,)), 1))

    def has_speech(self, term: Term) -> bool:
        """Returns whether the public text of a speech holds the term."""
        criteria = SearchCriteria((term,))
        return any(self._index.speeches(scope, criteria, 1) for scope in self._index.scopes)

    def has_candidates(self, run: str) -> bool:
        """Returns whether a section has all bigrams of the run (`VisibleIndex.count_candidates`)."""
        return bool(self._index.count_candidates(run, 1))

    def is_word(self, run: str) -> bool:
        """Returns whether the run is a word by itself in one of the newest texts that hold it.

        The vocabulary holds words of texts that may not be shown here: 会水 may be a word there, while here
        it stands across 大会 and 水利 only, and is not offered.
        """
        criteria = SearchCriteria((Term(run, (run,)),))
        return any(
            stands_as_word(section, run)
            for scope in self._index.scopes
            for section in self._index.sections(scope, criteria, _TEXTS_WITH_WORD)
        )

    def read_as(self, syllables: Sequence[str]) -> list[str]:
        """Returns the words of the vocabulary that have these syllables.

        Sounds that many speakers confuse (n and l, s and sh …) are not told apart.
        """
        return self._index.words_read(" ".join(map(fold, syllables)))

    def commonest(self, words: Iterable[str]) -> list[str]:
        """Returns up to six of those that are words by themselves, the commonest first.

        Where there are words of the dictionary they alone: beside 就业 nobody means 九页.
        """
        counts = {word: self._index.count_candidates(word, _COUNTED) for word in words if self.is_word(word)}
        known = list(filter(is_known, counts)) or counts
        return sorted(known, key=lambda word: (-counts[word], word))[:_WORDS_A_SPAN]

    def texts(self, terms: tuple[Term, ...]) -> list[str]:
        """Returns the newest texts, and public texts of speeches, that hold all terms."""
        criteria = SearchCriteria(terms)
        texts: list[IndexedText] = []
        for scope in self._index.scopes:
            texts += self._index.sections(scope, criteria, _TEXTS)
            texts += self._index.speeches(scope, criteria, _TEXTS)
        return [text.text for text in texts]
