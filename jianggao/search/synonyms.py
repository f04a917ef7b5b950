"""Reads the words that the operator keeps in two files, and widens queries by them.

`data/synonyms.txt` has synonyms of words that are typed as they are; `data/everyday_words.txt` has everyday words
(看病难) with the words that speeches use for the matter (医疗 就医), which count wherever they stand in what is
typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from jianggao.install_paths import EVERYDAY_WORDS, SYNONYMS
from jianggao.search.query import Term
from jianggao.text.normal_form import normal_form
from jianggao.text.quoting import quoted

_SEPARATORS = re.compile(r"[\s、，,]+")
_LONGEST_EVERYDAY = 12
"""Characters of an everyday word: longer ones in the file are never met."""
_SURE_EVERYDAY = 4
"""From so many Chinese characters on an everyday word counts wherever it stands: the segmenter's borders are least
sure in everyday speech."""
_LINE = re.compile(r"(?P<word>[^=＝~～]+)[=＝](?P<synonyms>[^=＝~～]+)")


@dataclass(frozen=True, slots=True)
class Synonyms:
    """The synonyms of words, by the word that is typed, both in normal form."""

    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    everyday: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What speeches say for everyday words, the most telling first, by the everyday word; both in normal form."""
    problems: tuple[str, ...] = ()
    """A Chinese sentence for each line that couldn't be read."""

    def widen(self, terms: Sequence[Term]) -> tuple[tuple[Term, ...], tuple[str, ...]]:
        """Returns the terms with their synonyms as further runs, and the synonyms used; a phrase has none."""
        used: dict[str, None] = {}
        widened = []
        for term in terms:
            synonyms = () if term.phrase else self.words.get(term.run, ())
            used |= dict.fromkeys(synonyms)
            widened.append(replace(term, runs=tuple(dict.fromkeys((*term.runs, *synonyms)))))
        return tuple(widened), tuple(used)

    def everyday_in(self, run: str, borders: frozenset[int]) -> list[tuple[int, int]]:
        """Returns the places of everyday words in a run in normal form, in order, none inside another.

        `borders` are the offsets at which words of the run begin and end. 择校 doesn't count in 选择校企合作, nor
        AI in MAIL.
        """
        places: list[tuple[int, int]] = []
        for start in range(len(run)):
            stops = range(min(len(run), start + _LONGEST_EVERYDAY), start, -1)
            stop = next((stop for stop in stops if self._counts(run, start, stop, borders)), start)
            if stop > max(start, places[-1][1] if places else 0):
                places.append((start, stop))
        return places

    def _counts(self, run: str, start: int, stop: int, borders: frozenset[int]) -> bool:
        if run[start:stop] not in self.everyday:
            return False
        is_sure = stop - start >= _SURE_EVERYDAY and not run[start:stop].isascii()
        return is_sure or {start, stop} <= borders


NO_SYNONYMS = Synonyms()


def read_synonyms(path: Path = SYNONYMS, everyday: Path = EVERYDAY_WORDS) -> Synonyms:
    """Returns the words of both files; a file that isn't there has none.

    `词 = 近义 近义` leads from the word to the others, `词 ~ 词 ~ 词` from each to each; `#` begins a remark.
    """
    synonyms, problems = _read(path)
    everyday_words, more_problems = _read(everyday)
    return Synonyms(synonyms, everyday_words, (*problems, *more_problems))


def _read(path: Path) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """Returns the words of a file with those that each leads to, and what is wrong with the file."""
    words: dict[str, dict[str, None]] = {}
    problems: list[str] = []
    if not path.is_file():
        return {}, problems
    for number, line in enumerate(path.read_bytes().decode("utf-8-sig", "replace").splitlines(), 1):
        entry = line.partition("#")[0].strip()
        pairs = _pairs(entry)
        if entry and not pairs:
            problems.append(
                f"{path.name} 第 {number} 行没看懂：{quoted(entry, 30)}（写法：词 = 近义词 近义词）"
            )
        for word, other in pairs:
            words.setdefault(word, {})[other] = None
    return {word: tuple(others) for word, others in words.items()}, problems


class SynonymBook:
    """The synonyms and everyday words in force; `reload` reads the files again.

    A file in the operator's own folder takes the place of the one of that name that comes with the program.
    """

    def __init__(self, own: Path | None) -> None:
        self._own = own
        self.current = self.reload()

    def reload(self) -> Synonyms:
        """Reads the files again and returns their words, which are in force from now on."""
        self.current = read_synonyms(self._own_or(SYNONYMS), self._own_or(EVERYDAY_WORDS))
        return self.current

    def _own_or(self, path: Path) -> Path:
        own = None if self._own is None else self._own / path.name
        return own if own is not None and own.is_file() else path


def _pairs(line: str) -> list[tuple[str, str]]:
    """Returns the pairs (word, synonym) of a line; none if it has neither form."""
    alike = _normal(re.split(r"[~～]", line))
    if len(alike) > 1 and "=" not in line:
        return [(word, synonym) for word in alike for synonym in alike if word != synonym]
    match = _LINE.fullmatch(line)
    word = _normal([match["word"]]) if match else []
    synonyms = _normal(_SEPARATORS.split(match["synonyms"])) if match else []
    return [(word[0], synonym) for synonym in synonyms if synonym != word[0]] if word else []


def _normal(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, map(normal_form, words))))
