"""Reads the words that the operator keeps in three files, and widens queries by them.

`data/synonyms.txt` has synonyms of words that are typed as they are; `data/everyday_words.txt` has everyday words
(看病难) with the words that speeches use for the matter (医疗 就医), which count wherever they stand in what is
typed; `data/plain_words.txt` has official terms (耕地保护) with the plain words that speeches say for them (撂荒).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from jianggao.install_paths import EVERYDAY_WORDS, PLAIN_WORDS, SYNONYMS
from jianggao.search.everyday_words import GAP, EverydayWords
from jianggao.search.query import Term
from jianggao.text.normal_form import normal_form
from jianggao.text.quoting import quoted

_SEPARATORS = re.compile(r"[\s、，,]+")
_GAP = re.compile(r"\s*(?:…+|\.{3,})\s*")
"""Other words between the parts of an everyday word (看病…远)."""
_LINE = re.compile(r"(?P<word>[^=＝~～]+)[=＝](?P<synonyms>[^=＝~～]+)")


@dataclass(frozen=True, slots=True)
class Synonyms:
    """The synonyms of words, by the word that is typed, both in normal form."""

    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    everyday: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What speeches say for everyday words, the most telling first, by the everyday word; both in normal form."""
    plain: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The plain words that speeches say for official terms (撂荒 for 耕地保护), in the same form."""
    problems: tuple[str, ...] = ()
    """A Chinese sentence for each line that couldn't be read."""

    everyday_words: EverydayWords = field(init=False, repr=False, compare=False)
    """The everyday words, to be found in what was typed."""
    official_terms: EverydayWords = field(init=False, repr=False, compare=False)
    """The same for the official terms."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "everyday_words", EverydayWords(self.everyday))
        object.__setattr__(self, "official_terms", EverydayWords(self.plain))

    def knows(self, run: str) -> bool:
        """Returns whether a run in normal form is a word of one of the lists: then it was typed as it is meant."""
        return run in self.words or run in self.everyday or run in self.plain

    def widen(self, terms: Sequence[Term]) -> tuple[tuple[Term, ...], tuple[str, ...]]:
        """Returns the terms with their synonyms as further runs, and the synonyms used; a phrase has none."""
        used: dict[str, None] = {}
        widened = []
        for term in terms:
            synonyms = () if term.phrase else self.words.get(term.run, ())
            used |= dict.fromkeys(synonyms)
            widened.append(replace(term, runs=tuple(dict.fromkeys((*term.runs, *synonyms)))))
        return tuple(widened), tuple(used)


NO_SYNONYMS = Synonyms()


def read_synonyms(
    path: Path = SYNONYMS, everyday: Path = EVERYDAY_WORDS, plain: Path = PLAIN_WORDS
) -> Synonyms:
    """Returns the words of the files; a file that isn't there has none.

    `词 = 近义 近义` leads from the word to the others, `词 ~ 词 ~ 词` from each to each; `#` begins a remark.
    """
    synonyms, problems = _read(path)
    everyday_words, everyday_problems = _read(everyday)
    plain_words, plain_problems = _read(plain)
    return Synonyms(synonyms, everyday_words, plain_words, (*problems, *everyday_problems, *plain_problems))


def _read(path: Path) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Returns the words of a file with those that each leads to, and what is wrong with the file."""
    if not path.is_file():
        return {}, ()
    words, problems = _entries(path.name, path.read_bytes())
    return dict(words), problems


@lru_cache(maxsize=8)
def _entries(name: str, content: bytes) -> tuple[Mapping[str, tuple[str, ...]], tuple[str, ...]]:
    """Returns the same of a file's content; what hasn't changed is not read again."""
    words: dict[str, dict[str, None]] = {}
    problems: list[str] = []
    for number, line in enumerate(content.decode("utf-8-sig", "replace").splitlines(), 1):
        entry = line.partition("#")[0].strip()
        pairs = _pairs(entry)
        if entry and not pairs:
            problems.append(f"{name} 第 {number} 行没看懂：{quoted(entry, 30)}（写法：词 = 近义词 近义词）")
        for word, other in pairs:
            words.setdefault(word, {})[other] = None
    return {word: tuple(others) for word, others in words.items()}, tuple(problems)


class SynonymBook:
    """The synonyms and everyday words in force; `reload` reads the files again.

    A file in the operator's own folder takes the place of the one of that name that comes with the program.
    """

    def __init__(self, own: Path | None) -> None:
        self._own = own
        self.current = self.reload()

    def reload(self) -> Synonyms:
        """Reads the files again and returns their words, which are in force from now on."""
        self.current = read_synonyms(*map(self._own_or, (SYNONYMS, EVERYDAY_WORDS, PLAIN_WORDS)))
        return self.current

    def _own_or(self, path: Path) -> Path:
        own = None if self._own is None else self._own / path.name
        return own if own is not None and own.is_file() else path


def _pairs(line: str) -> list[tuple[str, str]]:
    """Returns the pairs (word, synonym) of a line; none if it has neither form."""
    if "=" not in line and "＝" not in line:
        alike = _normal(re.split(r"[~～]", line))
        return [(word, synonym) for word in alike for synonym in alike if word != synonym]
    match = _LINE.fullmatch(line)
    parts = [_normal_word(part) for part in _GAP.split(match["word"])] if match else []
    word = [GAP.join(parts)] if parts and all(parts) else []
    synonyms = _normal(_SEPARATORS.split(match["synonyms"])) if match else []
    return [(word[0], synonym) for synonym in synonyms if synonym != word[0]] if word else []


def _normal(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, map(_normal_word, words))))


@lru_cache(maxsize=1 << 15)
def _normal_word(word: str) -> str:
    """Returns the normal form; most words stand on the right of many lines."""
    return normal_form(word)
