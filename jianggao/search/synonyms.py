"""Reads the synonyms that the operator keeps in a file (`data/synonyms.txt`), and widens queries by them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from jianggao.install_paths import SYNONYMS
from jianggao.search.query import Term
from jianggao.text.normal_form import normal_form
from jianggao.text.quoting import quoted

_SEPARATORS = re.compile(r"[\s、，,]+")
_LINE = re.compile(r"(?P<word>[^=＝~～]+)[=＝](?P<synonyms>[^=＝~～]+)")


@dataclass(frozen=True, slots=True)
class Synonyms:
    """The synonyms of words, by the word that is typed, both in normal form."""

    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
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


NO_SYNONYMS = Synonyms()


def read_synonyms(path: Path = SYNONYMS) -> Synonyms:
    """Returns the synonyms of a file; none if there is no file.

    `词 = 近义 近义` leads from the word to the others, `词 ~ 词 ~ 词` from each to each; `#` begins a remark.
    """
    if not path.is_file():
        return Synonyms()
    words: dict[str, dict[str, None]] = {}
    problems = []
    for number, line in enumerate(path.read_bytes().decode("utf-8-sig", "replace").splitlines(), 1):
        entry = line.partition("#")[0].strip()
        pairs = _pairs(entry)
        if entry and not pairs:
            problems.append(
                f"synonyms.txt 第 {number} 行没看懂：{quoted(entry, 30)}（写法：词 = 近义词 近义词）"
            )
        for word, other in pairs:
            words.setdefault(word, {})[other] = None
    return Synonyms({word: tuple(others) for word, others in words.items()}, tuple(problems))


class SynonymBook:
    """The synonyms in force; `reload` reads the file again.

    An operator's own file takes the place of the one that comes with the program.
    """

    def __init__(self, own: Path | None) -> None:
        self._own = own
        self.current = self.reload()

    def reload(self) -> Synonyms:
        """Reads the file again and returns its synonyms, which are in force from now on."""
        self.current = read_synonyms(self._own if self._own is not None and self._own.is_file() else SYNONYMS)
        return self.current


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
