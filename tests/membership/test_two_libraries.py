"""What someone who may not read a text gets from any command is a function of public text alone (docs/rules.md, Access).

Two libraries whose first versions were the same, and whose locked bodies then became different texts of the same
lengths, must answer every query of a visitor, an expired member and a suspended one byte for byte the same.
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

from jianggao.database.keys import KEY_BYTES, PURPOSES, key_file
from jianggao.errors import JianggaoError
from jianggao.house import House
from jianggao.library import store
from jianggao.library.normal_form import normal_form
from jianggao.library.readings import reading
from jianggao.membership import standing
from jianggao.membership.access import PREVIEW, Place, PlaceKind
from jianggao.membership.durations import parse_duration
from jianggao.membership.standing import Act
from jianggao.settings import load_settings

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "speeches"
SEARCHES, GUESSES, LOOKUPS = 9_000, 6_000, 5_000
"""How many queries of what is typed, of what is mistyped, and of everything else: 20,000 in all."""
SEED = int(os.environ.get("TWO_LIBRARIES_SEED", "7"))
VISITOR, EXPIRED, SUSPENDED, SUPERUSER = "30001", "30002", "30003", "90001"
PLACES = (
    Place(PlaceKind.FREE_GROUP, "700002"),
    Place(PlaceKind.MEMBER_GROUP, "700001"),
    Place(PlaceKind.PRIVATE, "30001"),
)
NOW = datetime(2026, 11, 20, 4, 0, tzinfo=timezone.utc)
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
    chance = random.Random(seed)
    for purpose in PURPOSES:
        key_file(folder / "bot.db", purpose).write_text(chance.randbytes(KEY_BYTES).hex(), "ascii")


async def open_on(folder: Path) -> House:
    house = await House.open(settings_of(folder), clock=lambda: NOW, chance=random.Random(1), workers=0)
    await house.importer.run()
    return house


async def enrol(house: House) -> None:
    for at, (account, then) in enumerate(
        ((EXPIRED, datetime(2025, 1, 1, tzinfo=timezone.utc)), (SUSPENDED, NOW))
    ):
        act = Act(SUPERUSER, f"grant-{at}", then, house.settings.timezone, "")
        async with house.database.write() as connection:
            await standing.grant(connection, account, parse_duration("1年"), act)
    act = Act(SUPERUSER, "suspend", NOW, house.settings.timezone, "")
    async with house.database.write() as connection:
        await standing.suspend(connection, SUSPENDED, act)


def otherwise(text: str, chance: random.Random, pool: Sequence[str]) -> str:
    """Another text with the same marks, stops and lengths; its first words stay, since they can tell a closing."""
    return text[:_KEPT] + "".join(sign if sign in _MARKS else chance.choice(pool) for sign in text[_KEPT:])


async def locked_bodies(house: House) -> list[tuple[str, list[str]]]:
    """Each speech's source and the paragraphs of its sections that aren't previews, without the headings that
    some begin with: those are public."""
    async with house.database.read() as connection:
        rows = await connection.execute_fetchall(
            """SELECT sources.path, sections.body, sections.speech FROM sections
               JOIN sources ON sources.speech = sections.speech
               WHERE sections.listed = 1 AND sections.audience != ?""",
            (PREVIEW,),
        )
        found: dict[str, list[str]] = {}
        for path, body, number in rows:
            speech = await store.speech(connection, number)
            assert speech is not None
            heads = [heading.mark + heading.text for heading in speech.headings]
            for line in filter(None, body.split("\n")):
                head = max((head for head in heads if line.startswith(head)), key=len, default="")
                found.setdefault(path, []).append(line[len(head) :])
    return [(path, [line for line in lines if line.strip()]) for path, lines in found.items()]


@pytest.fixture
async def twins(tmp_path: Path) -> AsyncIterator[tuple[House, House, list[str]]]:
    """Two houses, and the texts that are locked in one or the other."""
    first, second = tmp_path / "first", tmp_path / "second"
    _copy_plain_samples(first / "library")
    write_keys(first, SEED)
    house = await open_on(first)
    await enrol(house)
    bodies = await locked_bodies(house)
    await house.close()
    shutil.copytree(first, second)
    chance = random.Random(SEED)
    pool = sorted({sign for _, lines in bodies for line in lines for sign in line} - _MARKS)
    locked: list[str] = []
    for path, lines in bodies:
        source = second / "library" / path
        text = source.read_text("utf-8")
        for line in lines:
            other = otherwise(line, chance, pool)
            assert line in text
            text = text.replace(line, other)
            locked += [line, other]
        source.write_text(text, "utf-8")
    one, two = await open_on(first), await open_on(second)
    yield one, two, locked
    await one.close()
    await two.close()


def _copy_plain_samples(target: Path) -> None:
    """The samples whose files can be edited as text."""
    for path in sorted(SAMPLES.rglob("*.txt")):
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            continue
        copy = target / path.relative_to(SAMPLES)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(text.replace("\r\n", "\n").replace("\u3000\u3000", ""), "utf-8")


def _pieces(chance: random.Random, texts: Sequence[str]) -> str:
    text = chance.choice(texts)
    length = chance.randint(1, 9)
    at = chance.randrange(max(1, len(text) - length))
    return text[at : at + length]


def _query(chance: random.Random, locked: Sequence[str], public: Sequence[str]) -> str:
    """A query such as people, or attackers, make."""
    words = [
        _pieces(chance, locked if chance.random() < 0.7 else public) for _ in range(chance.randint(1, 3))
    ]
    kind = chance.randrange(6)
    if kind == 0:
        words[0] = f"“{words[0]}”"
    elif kind == 1:
        words.append(f"年份:{chance.randint(2021, 2026)}")
    elif kind == 2:
        words.append("主题:" + chance.choice(("乡村振兴", "基层治理", "党建", "不存在")))
    elif kind == 3:
        words.append("标题:" + chance.choice(("会议", "座谈", "典礼", words[0])))
    return " ".join(words)


@dataclass(frozen=True)
class Material:
    """What questions are made of."""

    locked: Sequence[str]
    public: Sequence[str]
    lasts: dict[int, int]
    words: Sequence[str]

    @classmethod
    async def of(cls, house: House, locked: Sequence[str]) -> Material:
        async with house.database.read() as connection:
            rows = await connection.execute_fetchall(
                "SELECT body FROM sections WHERE listed = 1 AND audience = ?", (PREVIEW,)
            )
            counts = await connection.execute_fetchall(
                "SELECT speech, max(ordinal) FROM sections GROUP BY speech"
            )
            words = await connection.execute_fetchall("SELECT word FROM vocabulary ORDER BY word")
        return cls(
            locked, [row[0] for row in rows], {row[0]: row[1] for row in counts}, [row[0] for row in words]
        )


Question = Callable[[Any], Any]
Ask = Callable[[random.Random, Material], Question]


@pytest.mark.parametrize(("name", "count"), [("search", SEARCHES), ("guess", GUESSES), ("look up", LOOKUPS)])
async def test_two_libraries_answer_the_same(
    twins: tuple[House, House, list[str]], name: str, count: int
) -> None:
    one, two, locked = twins
    chance = random.Random(f"{SEED} {name}")
    material = await Material.of(one, locked)
    telling = 0
    for at in range(count):
        asker = chance.choice((VISITOR, EXPIRED, SUSPENDED))
        place = chance.choice(PLACES)
        ask = KINDS[name](chance, material)
        answers = [await _answer(house, asker, place, ask) for house in (one, two)]
        assert answers[0] == answers[1], f"query {at} of {asker} in {place}"
        telling += any(said in answers[0] for said in TELLING[name])
    assert telling > count / 10


def _searching(chance: random.Random, material: Material) -> Question:
    query, page = _query(chance, material.locked, material.public), chance.randint(1, 3)
    return lambda reader: reader.search(query, page)


def _guessing(chance: random.Random, material: Material) -> Question:
    """A run with a wrong, missing or superfluous character, a word that sounds alike, or pinyin in letters, of locked
    text mostly."""
    kind = chance.randrange(4)
    if kind == 0:
        word = chance.choice(material.words)
        query = reading(word) if chance.random() < 0.5 else reading(word).replace(" ", "")
    else:
        text = chance.choice(material.locked if chance.random() < 0.6 else material.public)
        at = chance.randrange(max(1, len(text) - 8))
        run = normal_form(text[at : at + chance.randint(2, 8)]) or "空"
        place = chance.randrange(len(run))
        other = chance.choice(("", chance.choice(chance.choice(material.words)), run[place] * 2))
        query = run[:place] + other + run[place + 1 :] or run
    if chance.random() < 0.3:
        query += " " + _pieces(chance, material.public)
    return lambda reader: reader.search(query, 1)


def _looking_up(chance: random.Random, material: Material) -> Question:
    number = chance.choice(list(material.lasts))
    ordinal = chance.randint(1, material.lasts[number])
    theme = chance.choice(("乡村振兴", chance.choice(material.words), _pieces(chance, material.locked)))
    page, topic = chance.randint(1, 3), chance.choice(("", theme))
    questions: list[Question] = [
        lambda reader: reader.section(number, ordinal),
        lambda reader: reader.similar(number, ordinal),
        lambda reader: reader.similar(number, ordinal),
        lambda reader: reader.random(topic),
        lambda reader: reader.quotables("", page),
        lambda reader: reader.quotables(theme, page),
        lambda reader: reader.outlines_on(theme),
        lambda reader: reader.outline(number),
        lambda reader: reader.full_text(number, "text"),
    ]
    return chance.choice(questions)


KINDS: dict[str, Ask] = {"search": _searching, "guess": _guessing, "look up": _looking_up}
TELLING = {
    "search": ("HitView",),
    "guess": ("Guess(", "HitView"),
    "look up": ("QuoteView", "HitView", "PatternCount", "body='"),
}
"""What shows that an answer says something: most must, or the comparison means little."""


async def _answer(house: House, asker: str, place: Place, ask: Callable[[Any], Any]) -> str:
    reader = await house.reader(asker, place)
    try:
        return repr(await ask(reader))
    except JianggaoError as error:
        return str(error)


async def test_a_reader_does_see_the_difference(twins: tuple[House, House, list[str]]) -> None:
    """The test above could not fail if the libraries were the same for everyone."""
    one, two, locked = twins
    place = Place(PlaceKind.PRIVATE, SUPERUSER)
    query = f"“{max(locked[:40:2], key=len)[4:12]}”"
    pages = [await (await house.reader(SUPERUSER, place)).search(query, 1) for house in (one, two)]
    assert pages[0].total >= 1
    assert pages[1].total == 0
