"""The trade's own synonyms, from a file that the operator edits (`data/synonyms.txt`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from jianggao.layout import SYNONYMS
from jianggao.search.query import Term
from jianggao.text.normal_form import normal_form
from jianggao.text.quoting import quoted

_SEPARATORS = re.compile(r"[\s、，,]+")
_LINE = re.compile(r"(?P<word>[^=＝~～]+)[=＝](?P<others>[^=＝~～]+)")


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Words by what is typed, both in normal form."""

    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    """Lines that weren't understood, told in Chinese."""

    def widen(self, terms: Sequence[Term]) -> tuple[tuple[Term, ...], tuple[str, ...]]:
        """The terms with their synonyms as further runs, and the synonyms used; a phrase has none."""
        used: dict[str, None] = {}
        widened = []
        for term in terms:
            others = () if term.phrase else self.words.get(term.run, ())
            used |= dict.fromkeys(others)
            widened.append(replace(term, runs=tuple(dict.fromkeys((*term.runs, *others)))))
        return tuple(widened), tuple(used)


NO_SYNONYMS = Synonyms()


def read_synonyms(path: Path = SYNONYMS) -> Synonyms:
    """The synonyms of a file; none where there is no file. `词 = 近义 近义` leads from the word to the others,
    `词 ~ 词 ~ 词` from each to each; `#` begins a remark."""
    if not path.is_file():
        return Synonyms()
    words: dict[str, dict[str, None]] = {}
    problems = []
    for number, line in enumerate(path.read_bytes().decode("utf-8-sig", "replace").splitlines(), 1):
        said = line.partition("#")[0].strip()
        pairs = _pairs(said)
        if said and not pairs:
            problems.append(
                f"synonyms.txt 第 {number} 行没看懂：{quoted(said, 30)}（写法：词 = 近义词 近义词）"
            )
        for word, other in pairs:
            words.setdefault(word, {})[other] = None
    return Synonyms({word: tuple(others) for word, others in words.items()}, tuple(problems))


class SynonymBook:
    """The synonyms in force; `reload` reads the file again.

    An operator's own `synonyms.txt` in the data folder takes the place of the one that comes with the program.
    """

    def __init__(self, data_folder: Path) -> None:
        self._own = data_folder / SYNONYMS.name
        self.current = self.reload()

    def reload(self) -> Synonyms:
        """Read the file again; what it holds is in force from now on."""
        self.current = read_synonyms(self._own if self._own.is_file() else SYNONYMS)
        return self.current


def _pairs(line: str) -> list[tuple[str, str]]:
    alike = _normal(re.split(r"[~～]", line))
    if len(alike) > 1 and "=" not in line:
        return [(one, other) for one in alike for other in alike if one != other]
    match = _LINE.fullmatch(line)
    word = _normal([match["word"]]) if match else []
    others = _normal(_SEPARATORS.split(match["others"])) if match else []
    return [(word[0], other) for other in others if other != word[0]] if word else []


def _normal(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, map(normal_form, words))))
