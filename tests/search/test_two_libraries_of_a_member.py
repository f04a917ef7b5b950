"""A member whose window begins three years ago is told no more of older texts than a visitor: two libraries that
differ only in what is locked to this member answer the same in every place."""

from __future__ import annotations

import random
import shutil
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from twin_libraries import (
    NOW,
    SEED,
    SUPERUSER,
    Material,
    answer_to,
    copy_plain_samples,
    locked_bodies,
    open_on,
    piece_of,
    rewrite,
    write_keys,
)
from typed_forms import typed_text

from jianggao.access.verdicts import Place, PlaceKind
from jianggao.application import Application
from jianggao.library.section_ids import first_id
from jianggao.membership import administration
from jianggao.membership.administration import Act
from jianggao.membership.durations import parse_duration

MEMBER = "20001"
PLACES = (
    Place(PlaceKind.FREE_GROUP, "700002"),
    Place(PlaceKind.MEMBER_GROUP, "700001"),
    Place(PlaceKind.PRIVATE, MEMBER),
)
FIRST_DAY = date(2023, 11, 20)
"""Three years before the member's year began."""
QUESTIONS = 1_200
Twins = tuple[Application, Application, list[str]]


@pytest.fixture
async def twins(tmp_path: Path) -> AsyncIterator[Twins]:
    """Two applications that differ in locked bodies of before the window, and these bodies."""
    first, second = tmp_path / "first", tmp_path / "second"
    copy_plain_samples(first / "library")
    write_keys(first, SEED)
    application = await open_on(first)
    act = Act(SUPERUSER, "grant", NOW, application.settings.timezone, "")
    async with application.database.write() as connection:
        await administration.grant(connection, MEMBER, parse_duration("1年"), act)
    bodies = await locked_bodies(application, first_id(FIRST_DAY))
    await application.close()
    shutil.copytree(first, second)
    locked = rewrite(second / "library", bodies, random.Random(SEED))
    one, two = await open_on(first), await open_on(second)
    yield one, two, locked
    await one.close()
    await two.close()


async def test_two_libraries_answer_a_member_the_same(twins: Twins) -> None:
    first, second, locked = twins
    rng = random.Random(f"{SEED} member")
    material = await Material.of(first, locked)
    telling = whole = 0
    for at in range(QUESTIONS):
        typed = typed_text(rng, material.typed) if rng.random() < 0.7 else piece_of(rng, locked)
        place, limit = rng.choice(PLACES), rng.choice((5, 20))
        answers = [
            await answer_to(
                application,
                MEMBER,
                place,
                lambda reader: reader.search_unrecorded(typed, limit),  # noqa: B023
            )
            for application in (first, second)
        ]
        assert answers[0] == answers[1], f"question {at} in {place}: {typed}"
        telling += "HitView" in answers[0]
        whole += "Shown(" in answers[0] and place.kind is PlaceKind.PRIVATE
    assert telling > QUESTIONS / 2 and whole > QUESTIONS / 10


async def test_the_two_do_differ(twins: Twins) -> None:
    """The test above could not fail if they were the same for everyone."""
    first, second, locked = twins
    query = f"“{max(locked[::2], key=len)[10:18]}”"
    place = Place(PlaceKind.PRIVATE, SUPERUSER)
    pages = [
        await (await application.reader(SUPERUSER, place)).search(query, 1) for application in (first, second)
    ]
    assert pages[0].total >= 1 and pages[1].total == 0
