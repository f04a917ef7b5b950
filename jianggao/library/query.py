"""What a person types after 检索, taken apart."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from jianggao.errors import WrongUse
from jianggao.library.normal_form import normal_form

MAX_CHARACTERS = 200
MAX_RUNS = 10
_PARTS = re.compile(r"[“\"「『]([^“”\"「」『』]+)[”\"」』]|(\S+)")
_FILTER = re.compile(r"(主题|年份|标题)[:：](.*)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_HELP = "发“检索 关键词”，几个词用空格隔开，例如：检索 乡村振兴 人才"


@dataclass(frozen=True, slots=True)
class Query:
    """Runs that must all stand in a section, in normal form, and filters. `typed` has each run as it was typed."""

    text: str
    runs: tuple[str, ...]
    typed: tuple[str, ...]
    phrases: frozenset[str] = frozenset()
    """Runs given in “…”: never taken apart."""
    topics: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    titles: tuple[str, ...] = ()

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        return bool(self.topics or self.years or self.titles)


def parse_query(text: str) -> Query:
    """Take a query apart. Raises WrongUse when it is empty, too long, or nothing of it can be searched for."""
    folded = unicodedata.normalize("NFKC", text).strip()
    if not folded:
        raise WrongUse(f"请写上要找的词。{_HELP}")
    if len(folded) > MAX_CHARACTERS:
        raise WrongUse(f"检索词太长了（最多 {MAX_CHARACTERS} 字）。挑最有特点的一句或几个词再试。")
    runs: dict[str, str] = {}
    phrases = set()
    filters: dict[str, list[str]] = {"主题": [], "年份": [], "标题": []}
    for match in _PARTS.finditer(text.strip()):
        quoted, plain = match.groups()
        named = _FILTER.fullmatch(unicodedata.normalize("NFKC", plain)) if plain else None
        if named:
            filters[named[1]].append(named[2])
            continue
        run = normal_form(quoted or plain)
        if run:
            runs.setdefault(run, (quoted or plain).strip())
            if quoted:
                phrases.add(run)
    query = Query(
        text=text.strip(),
        runs=tuple(runs),
        typed=tuple(runs.values()),
        phrases=frozenset(phrases),
        topics=_topics(filters["主题"]),
        years=_years(filters["年份"]),
        titles=tuple(filter(None, map(normal_form, filters["标题"]))),
    )
    _check(query)
    return query


def _check(query: Query) -> None:
    if len(query.runs) > MAX_RUNS:
        raise WrongUse(f"一次最多 {MAX_RUNS} 个词。少写几个再试。")
    if not query.runs and not query.filtered:
        raise WrongUse(f"这里面没有可以检索的文字。{_HELP}")


def _topics(values: list[str]) -> tuple[str, ...]:
    if not all(values):
        raise WrongUse("“主题:”后面要写主题，例如：检索 人才 主题:乡村振兴")
    return tuple(values)


def _years(values: list[str]) -> tuple[int, ...]:
    if not all(_YEAR.fullmatch(value.removesuffix("年")) for value in values):
        raise WrongUse("“年份:”后面要写四位数的年份，例如：检索 人才 年份:2025")
    return tuple(int(value.removesuffix("年")) for value in values)
