"""Questions that only the bot answers are asked of a member and of a visitor alike."""

from __future__ import annotations

import random

import pytest

from jianggao.benchmarks.lookups import LOOKUPS, lookup_questions
from jianggao.benchmarks.passages import Passage
from jianggao.benchmarks.queries import LibrarySample, QuerySampler

WORDS = tuple(f"{first}{second}" for first in "春夏秋冬水土田林山河" for second in "耕种收藏渠堤井池坝闸")


@pytest.fixture
def sampler() -> QuerySampler:
    sample = LibrarySample(random.Random(3))
    sample.add([Passage(7, "3.2", "农业/一.txt", "".join(WORDS), WORDS, "讲话", 2024, ("农业",))])
    return sample.sampler(lambda run: False)


class NotingReader:
    """Notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []

    async def outlines_on(self, theme: str) -> None:
        self.asked.append(("outlines", theme))

    async def quotables(self, theme: str) -> None:
        self.asked.append(("quotables", theme))

    async def similar(self, number: int, ordinal: int) -> None:
        self.asked.append(("similar", number, ordinal))


async def test_lookups_ask_member_and_visitor_the_same(sampler: QuerySampler) -> None:
    member, visitor = NotingReader(), NotingReader()
    for questions in lookup_questions(sampler, member, visitor):
        for call in questions.draw().values():
            await call()
    assert member.asked == visitor.asked
    assert [what for what, *_ in member.asked] == ["outlines", "quotables", "similar"]
    assert {member.asked[0][1], member.asked[1][1]} <= set(sampler.ranked) and member.asked[2][1:] == (3, 2)


def test_every_kind_is_named_as_in_the_table(sampler: QuerySampler) -> None:
    reader = NotingReader()
    assert [questions.kind for questions in lookup_questions(sampler, reader, reader)] == list(LOOKUPS)
