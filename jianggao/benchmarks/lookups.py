"""Draws questions that only the bot can answer: outlines, quotable sentences, similar sections."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from jianggao.benchmarks.queries import QuerySampler
from jianggao.benchmarks.timing import OURS, VISITOR, Questions, Round


class LookupReader(Protocol):
    """What a Reader answers beside searches."""

    async def outlines_on(self, theme: str) -> object:
        """Answers 提纲 with a theme."""

    async def quotables(self, theme: str) -> object:
        """Answers 金句 with a theme."""

    async def similar(self, number: int, ordinal: int) -> object:
        """Answers 相近 with a section."""


Lookup = Callable[[LookupReader], Awaitable[object]]
"""Asks a reader one drawn question."""


def _outlines(sampler: QuerySampler) -> Lookup:
    theme = sampler.middling()
    return lambda reader: reader.outlines_on(theme)


def _quotables(sampler: QuerySampler) -> Lookup:
    theme = sampler.middling()
    return lambda reader: reader.quotables(theme)


def _similar(sampler: QuerySampler) -> Lookup:
    number, ordinal = sampler.section()
    return lambda reader: reader.similar(number, ordinal)


LOOKUPS: Mapping[str, Callable[[QuerySampler], Lookup]] = {
    "提纲 主题": _outlines,
    "金句 主题": _quotables,
    "相近 12.3": _similar,
}
"""What draws a question, by the name that the table has for its kind."""


def lookup_questions(sampler: QuerySampler, member: LookupReader, visitor: LookupReader) -> list[Questions]:
    """Returns questions of each kind, to be asked as a member and as a visitor."""

    def round_of(lookup: Lookup) -> Round:
        return {OURS: lambda: lookup(member), VISITOR: lambda: lookup(visitor)}

    def drawing(draw: Callable[[QuerySampler], Lookup]) -> Callable[[], Round]:
        return lambda: round_of(draw(sampler))

    return [Questions(kind, drawing(draw)) for kind, draw in LOOKUPS.items()]
