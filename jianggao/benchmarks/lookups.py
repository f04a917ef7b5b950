"""Questions to a reader beside searches; what else one could search with has no answer to them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from jianggao.benchmarks.queries import QuerySampler
from jianggao.benchmarks.timing import OURS, VISITOR, Questions, Round


class LookupReader(Protocol):
    """What a Reader looks up beside searches."""

    async def outlines_on(self, theme: str) -> object:
        """提纲 主题."""

    async def quotables(self, theme: str) -> object:
        """金句 主题."""

    async def similar(self, number: int, ordinal: int) -> object:
        """相近 12.3."""


Lookup = Callable[[LookupReader], Awaitable[object]]


def _outlines(draw: QuerySampler) -> Lookup:
    theme = draw.middling()
    return lambda reader: reader.outlines_on(theme)


def _quotables(draw: QuerySampler) -> Lookup:
    theme = draw.middling()
    return lambda reader: reader.quotables(theme)


def _similar(draw: QuerySampler) -> Lookup:
    number, ordinal = draw.section()
    return lambda reader: reader.similar(number, ordinal)


LOOKUPS: Mapping[str, Callable[[QuerySampler], Lookup]] = {
    "提纲 主题": _outlines,
    "金句 主题": _quotables,
    "相近 12.3": _similar,
}


def lookup_questions(draw: QuerySampler, member: LookupReader, visitor: LookupReader) -> list[Questions]:
    """Questions of each kind, as a member and as a visitor ask them."""

    def round_of(lookup: Lookup) -> Round:
        return {OURS: lambda: lookup(member), VISITOR: lambda: lookup(visitor)}

    def drawing(drawn: Callable[[QuerySampler], Lookup]) -> Callable[[], Round]:
        return lambda: round_of(drawn(draw))

    return [Questions(kind, drawing(drawn)) for kind, drawn in LOOKUPS.items()]
