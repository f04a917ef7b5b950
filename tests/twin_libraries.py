"""Two libraries whose first versions were the same, and whose locked bodies then became different texts of
the same lengths: what may not be read differs, public text doesn't.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from fixed_keys import begin_with_keys
from project_root import ROOT
from typed_forms import Words

from jianggao.access.verdicts import Place, PlaceKind
from jianggao.application import Application
from jianggao.database.keys import KEY_BYTES, PURPOSES
from jianggao.deadline import TimeLimit
from jianggao.errors import JianggaoError
from jianggao.library import speech_store
from jianggao.library.section_ids import EVERY_ID, Audience
from jianggao.membership import administration
from jianggao.membership.administration import Act
from jianggao.membership.durations import parse_duration
from jianggao.settings import load_settings

SAMPLES = ROOT / "data" / "speeches"
SEED = int(os.environ.get("TWO_LIBRARIES_SEED", "7"))
VISITOR, EXPIRED, SUSPENDED, SUPERUSER = "30001", "30002", "30003", "90001"
PLACES = (
    Place(PlaceKind.FREE_GROUP, "700002"),
    Place(PlaceKind.MEMBER_GROUP, "700001"),
    Place(PlaceKind.PRIVATE, "30001"),
)
NOW = datetime(2026, 11, 20, 4, 0, tzinfo=timezone.utc)
PATIENCE = 3_600
"""Seconds for a question: what is compared must not depend on how busy the machine is."""
_KEPT = 6
_MARKS = set("一二三四五六七八九十首其再最第是、（）()0123456789.．，。；：！？“”《》—…× \n")


def settings_of(folder: Path) -> Any:
    return load_settings(
        {
            "LIBRARY_DIR": str(folder / "library"),
            "DATABASE_FILE": str(folder / "bot.db"),
            "SUPERUSERS": SUPERUSER,
        }
    )


def write_keys(folder: Path, seed: int) -> None:
    """Keys that are the same in every run, so that a failure comes again."""
    rng = random.Random(seed)
    begin_with_keys(folder / "bot.db", {purpose: rng.randbytes(KEY_BYTES) for purpose in PURPOSES})


async def open_on(folder: Path) -> Application:
    application = await Application.open(
        settings_of(folder),
        clock=lambda: NOW,
        rng=random.Random(1),
        workers=0,
        time_limit=TimeLimit(seconds=PATIENCE),
    )
    await application.importer.run()
    return application


async def enrol(application: Application) -> None:
    for at, (account, then) in enumerate(
        ((EXPIRED, datetime(2025, 1, 1, tzinfo=timezone.utc)), (SUSPENDED, NOW))
    ):
        act = Act(SUPERUSER, f"grant-{at}", then, application.settings.timezone, "")
        async with application.database.write() as connection:
            await administration.grant(connection, account, parse_duration("1年"), act)
    act = Act(SUPERUSER, "suspend", NOW, application.settings.timezone, "")
    async with application.database.write() as connection:
        await administration.suspend(connection, SUSPENDED, act)


def otherwise(text: str, rng: random.Random, pool: Sequence[str]) -> str:
    """Another text with the same marks, stops and lengths; its first words stay, since they can tell a
    closing."""
    return text[:_KEPT] + "".join(sign if sign in _MARKS else rng.choice(pool) for sign in text[_KEPT:])


async def locked_bodies(application: Application, below: int = EVERY_ID[1]) -> list[tuple[str, list[str]]]:
    """Each speech's source and the paragraphs of its sections that aren't previews, without the headings that
    some begin with: those are public. With `below`, those of sections of smaller ids, which are of earlier dates."""
    async with application.database.read() as connection:
        rows = await connection.execute_fetchall(
            """SELECT sources.path, sections.body, sections.speech FROM sections
               JOIN sources ON sources.speech = sections.speech
               WHERE sections.listed = 1 AND sections.audience != ? AND sections.id < ?""",
            (Audience.PREVIEW, below),
        )
        found: dict[str, list[str]] = {}
        for path, body, number in rows:
            speech = await speech_store.speech(connection, number)
            assert speech is not None
            heads = [heading.mark + heading.text for heading in speech.headings]
            for line in filter(None, body.split("\n")):
                head = max((head for head in heads if line.startswith(head)), key=len, default="")
                found.setdefault(path, []).append(line[len(head) :])
    return [(path, [line for line in lines if line.strip()]) for path, lines in found.items()]


@pytest.fixture
async def twins(tmp_path: Path) -> AsyncIterator[tuple[Application, Application, list[str]]]:
    """Two applications, and the texts that are locked in one or the other."""
    first, second = tmp_path / "first", tmp_path / "second"
    copy_plain_samples(first / "library")
    write_keys(first, SEED)
    application = await open_on(first)
    await enrol(application)
    bodies = await locked_bodies(application)
    await application.close()
    shutil.copytree(first, second)
    locked = rewrite(second / "library", bodies, random.Random(SEED))
    one, two = await open_on(first), await open_on(second)
    yield one, two, locked
    await one.close()
    await two.close()


def rewrite(library: Path, bodies: Sequence[tuple[str, list[str]]], rng: random.Random) -> list[str]:
    """Put other texts in the place of these; gives both."""
    pool = sorted({sign for _, lines in bodies for line in lines for sign in line} - _MARKS)
    locked: list[str] = []
    for path, lines in bodies:
        source = library / path
        text = source.read_text("utf-8")
        for line in lines:
            other = otherwise(line, rng, pool)
            assert line in text
            text = text.replace(line, other)
            locked += [line, other]
        source.write_text(text, "utf-8")
    return locked


def copy_plain_samples(target: Path) -> None:
    """The samples whose files can be edited as text."""
    for path in sorted(SAMPLES.rglob("*.txt")):
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            continue
        copy = target / path.relative_to(SAMPLES)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(text.replace("\r\n", "\n").replace("\u3000\u3000", ""), "utf-8")


def piece_of(rng: random.Random, texts: Sequence[str]) -> str:
    text = rng.choice(texts)
    length = rng.randint(1, 9)
    at = rng.randrange(max(1, len(text) - length))
    return text[at : at + length]


@dataclass(frozen=True)
class Material:
    """What questions are made of."""

    locked: Sequence[str]
    public: Sequence[str]
    lasts: dict[int, int]
    words: Sequence[str]
    titles: Sequence[str] = ()

    @property
    def typed(self) -> Words:
        """What the forms of `typed_forms` are filled with."""
        return Words(self.locked, self.public, self.titles)

    @classmethod
    async def of(cls, application: Application, locked: Sequence[str]) -> Material:
        async with application.database.read() as connection:
            rows = await connection.execute_fetchall(
                "SELECT body FROM sections WHERE listed = 1 AND audience = ?", (Audience.PREVIEW,)
            )
            counts = await connection.execute_fetchall(
                "SELECT speech, max(ordinal) FROM sections GROUP BY speech"
            )
            words = await connection.execute_fetchall(
                "SELECT word FROM vocabulary UNION SELECT word FROM public_vocabulary ORDER BY word"
            )
            titles = await connection.execute_fetchall("SELECT title FROM speech_index ORDER BY id")
        return cls(
            locked,
            [row[0] for row in rows],
            {row[0]: row[1] for row in counts},
            [row[0] for row in words],
            [row[0] for row in titles],
        )


async def answer_to(application: Application, asker: str, place: Place, ask: Callable[[Any], Any]) -> str:
    reader = await application.reader(asker, place)
    try:
        return repr(await ask(reader))
    except JianggaoError as error:
        return str(error)
