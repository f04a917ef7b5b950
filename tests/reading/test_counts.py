"""The count of a search is the number of hits that its pages hold, for everyone and everywhere."""

from __future__ import annotations

import random
from datetime import datetime, timezone
from pathlib import Path

import pytest
from project_root import ROOT

from jianggao.access.verdicts import Place, PlaceKind
from jianggao.application import Application
from jianggao.errors import WrongUse
from jianggao.membership import administration
from jianggao.membership.administration import Act
from jianggao.membership.durations import parse_duration
from jianggao.search import HitGroup
from jianggao.settings import load_settings

SAMPLES = ROOT / "data" / "speeches"
NOW = datetime(2026, 11, 20, 4, 0, tzinfo=timezone.utc)
MEMBER, VISITOR, SUPERUSER = "20001", "30001", "90001"
QUERIES = 25


@pytest.mark.parametrize("asker", [MEMBER, VISITOR, SUPERUSER])
@pytest.mark.parametrize("kind", [PlaceKind.PRIVATE, PlaceKind.MEMBER_GROUP, PlaceKind.FREE_GROUP])
async def test_pages_hold_as_many_hits_as_were_counted(tmp_path: Path, asker: str, kind: PlaceKind) -> None:
    settings = load_settings(
        {"LIBRARY_DIR": str(SAMPLES), "DATABASE_FILE": str(tmp_path / "bot.db"), "SUPERUSERS": SUPERUSER}
    )
    application = await Application.open(
        settings, clock=lambda: NOW, rng=random.Random(1), random_bytes=random.Random(1).randbytes, workers=0
    )
    try:
        await application.importer.run()
        act = Act(SUPERUSER, "grant", NOW, settings.timezone, "")
        async with application.database.write() as connection:
            await administration.grant(connection, MEMBER, parse_duration("1年"), act)
        async with application.database.read() as connection:
            rows = await connection.execute_fetchall("SELECT body FROM sections WHERE listed = 1")
            bodies = [row[0] for row in rows]
        rng = random.Random(5)
        some = 0
        for _ in range(QUERIES):
            body = rng.choice(bodies)
            at = rng.randrange(max(1, len(body) - 3))
            query = rng.choice(
                (body[at : at + 2], body[at : at + 3], f"{body[at : at + 2]} 老", "工作", "群众")
            )
            some += await _pages_agree(application, asker, Place(kind, "1"), query)
        assert some > 0
    finally:
        await application.close()


async def _pages_agree(application: Application, asker: str, place: Place, query: str) -> int:
    reader = await application.reader(asker, place)
    try:
        first = await reader.search_unrecorded(query, 5)
    except WrongUse:
        return 0
    everything = await reader.search_unrecorded(query, 10_000)
    listed = (*everything.hits, *everything.near)
    assert everything.total + everything.following == len(listed)
    assert everything.total == sum(hit.group is HitGroup.TYPED for hit in listed)
    assert everything.by_synonyms == sum(hit.group is HitGroup.SYNONYM for hit in listed)
    assert first.total == everything.total
    numbers = [hit.number for hit in listed]
    assert len(set(numbers)) == len(numbers)
    return everything.total
