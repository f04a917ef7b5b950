"""相近 shows what is on the same matter by the judgement of readers, and is silent rather than wrong."""

from __future__ import annotations

import aiosqlite
import pytest
import pytest_asyncio
from similar_sections import OTHER, SAME, Place

from jianggao.application import Application

pytestmark = pytest.mark.asyncio(loop_scope="module")

Number = tuple[int, int]
Pair = frozenset[Number]


async def number_of(connection: aiosqlite.Connection, place: Place) -> Number:
    """The only section of that name."""
    rows = await connection.execute_fetchall(
        """SELECT s.speech, s.ordinal FROM sections s JOIN versions v ON v.id = s.version
           WHERE s.listed = 1 AND instr(v.title, ?)
               AND (instr(s.label, ?) OR instr(substr(s.body, 1, 40), ?))""",
        (place[0], place[1], place[1]),
    )
    (found,) = rows
    return found[0], found[1]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def judged(samples: Application) -> tuple[set[Pair], set[Pair]]:
    """The pairs that are on the same matter, and those that aren't."""
    async with samples.database.read() as connection:
        found = [
            {frozenset([await number_of(connection, place) for place in pair]) for pair in pairs}
            for pairs in (SAME, OTHER)
        ]
    return found[0], found[1]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shown(samples: Application) -> dict[Number, list[Number]]:
    """What 相近 shows for each section of the library that it shows anything for."""
    reader = samples.local_reader(reads_all=True)
    async with samples.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT speech, ordinal FROM sections WHERE listed = 1")
    pages = {(row[0], row[1]): await reader.similar(row[0], row[1]) for row in rows}
    return {at: [(hit.speech, hit.ordinal) for hit in page.hits] for at, page in pages.items()}


async def test_forty_pairs_are_judged(judged: tuple[set[Pair], set[Pair]]) -> None:
    same, other = judged
    assert len(same) >= 20 and len(other) >= 20 and not same & other


async def test_four_of_five_that_are_shown_are_on_the_same_matter(
    judged: tuple[set[Pair], set[Pair]], shown: dict[Number, list[Number]]
) -> None:
    """A pair that nobody has judged counts as wrong."""
    found = [frozenset((at, hit)) for at, hits in shown.items() for hit in hits]
    right = [pair for pair in found if pair in judged[0]]
    assert len(right) >= 0.8 * len(found) and len(set(right)) >= 9


async def test_what_is_not_on_the_same_matter_is_not_shown(
    judged: tuple[set[Pair], set[Pair]], shown: dict[Number, list[Number]]
) -> None:
    wrong = [at for at, hits in shown.items() for hit in hits if frozenset((at, hit)) in judged[1]]
    assert wrong == []


async def test_nine_of_ten_sections_have_nothing_like_them(shown: dict[Number, list[Number]]) -> None:
    """Thirty speeches on thirty matters: an answer for each of their sections would be noise."""
    assert sum(not hits for hits in shown.values()) >= 0.9 * len(shown)
