"""What an answer in a member group says by itself (words that texts share, suggestions) stands in texts that
may be shown there; what only the private chat may show is found by typed words, and by nothing else
(docs/rules.md, Access)."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from twin_libraries import NOW, SUPERUSER, copy_plain_samples, open_on, write_keys

from jianggao.access.verdicts import Place, PlaceKind, Shown
from jianggao.application import Application
from jianggao.errors import JianggaoError
from jianggao.library.section_ids import Audience, first_id
from jianggao.membership import administration
from jianggao.membership.administration import Act
from jianggao.membership.durations import parse_duration
from jianggao.reading.views import SearchPage
from jianggao.search import similar
from jianggao.text.normal_form import normal_form

MEMBER = "20001"
GROUP, PRIVATE = Place(PlaceKind.MEMBER_GROUP, "700001"), Place(PlaceKind.PRIVATE, MEMBER)
FIRST_DAY = date(2023, 11, 20)
"""Three years before the member's year began."""
MISTYPED = 300


@dataclass(frozen=True)
class Texts:
    """What of each section may stand in the group, in normal form, and the bodies that may not."""

    shown: dict[str, str]
    hidden: list[str]
    public: str


@pytest.fixture
async def application(tmp_path: Path) -> AsyncIterator[Application]:
    copy_plain_samples(tmp_path / "library")
    write_keys(tmp_path, 7)
    application = await open_on(tmp_path)
    act = Act(SUPERUSER, "grant", NOW, application.settings.timezone, "")
    async with application.database.write() as connection:
        await administration.grant(connection, MEMBER, parse_duration("1年"), act)
    yield application
    await application.close()


async def texts_of(application: Application) -> Texts:
    async with application.database.read() as connection:
        rows = list(
            await connection.execute_fetchall(
                """SELECT s.speech, s.ordinal, s.audience, v.title, i.* FROM sections s
                   JOIN indexed_sections i ON i.id = s.id JOIN versions v ON v.id = s.version"""
            )
        )
        speeches = await connection.execute_fetchall("SELECT title, runs FROM speech_index")
    shown, hidden = {}, []
    for row in rows:
        is_readable = row["id"] >= first_id(FIRST_DAY)
        is_shown = row["audience"] == Audience.PREVIEW or (
            is_readable and row["audience"] == Audience.MEMBER_GROUP
        )
        text = row["public_label"] + (row["body"] if is_shown else "")
        shown[f"{row['speech']}.{row['ordinal']}"] = normal_form(row["title"]) + "\n" + text
        if row["audience"] == Audience.MEMBERS and is_readable:
            hidden.append(row["body"])
    return Texts(shown, hidden, "\n".join(row["title"] + "\n" + row["runs"] for row in speeches))


async def test_similar_sections_share_words_that_may_be_shown_in_the_group(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where any word that is shared would do: so that there are many."""
    monkeypatch.setattr(similar, "_NEAR_WITH_SUBJECT", {1: 0.0})
    monkeypatch.setattr(similar, "_NEAR", {1: 0.0})
    texts = await texts_of(application)
    reader = await application.reader(MEMBER, GROUP)
    named = hidden = 0
    for number in texts.shown:
        speech, ordinal = map(int, number.split("."))
        for hit in (await reader.similar(speech, ordinal)).hits:
            hidden += not isinstance(hit.verdict, Shown)
            for word in hit.shared:
                named += 1
                assert word in texts.shown[number], f"{word} is no word that {number} shows"
                assert word in texts.shown[hit.number], f"{word} is no word that {hit.number} shows"
    assert named > 100


async def test_suggestions_are_words_that_may_be_shown_in_the_group(application: Application) -> None:
    texts = await texts_of(application)
    everything = "\n".join([*texts.shown.values(), texts.public])
    rng = random.Random(7)
    reader, alone = await application.reader(MEMBER, GROUP), await application.reader(MEMBER, PRIVATE)
    here = elsewhere = 0
    for _ in range(MISTYPED):
        body = rng.choice(texts.hidden)
        at = rng.randrange(max(1, len(body) - 6))
        run = body[at : at + rng.randint(3, 6)]
        place = rng.randrange(len(run))
        typed = run[:place] + rng.choice("飞碟鲸蝠") + run[place + 1 :]
        for suggestion in await _guessed(reader, typed):
            here += 1
            assert suggestion in everything, (
                f"{typed}: {suggestion} stands in texts alone that the group may not see"
            )
        elsewhere += bool(await _guessed(alone, typed))
    assert elsewhere > MISTYPED / 10  # in private they are guessed: there is something to tell


async def _guessed(reader: object, typed: str) -> list[str]:
    """The words of the suggestions that weren't typed."""
    try:
        page: SearchPage = await reader.search(typed)  # type: ignore[attr-defined]
    except JianggaoError:
        return []
    typed_runs = {term.run for term in page.query.terms}
    return [
        term.run for suggestion in page.suggestions for term in suggestion.terms if term.run not in typed_runs
    ]


async def test_typed_words_find_what_only_the_private_chat_shows(application: Application) -> None:
    """By design: the number and that it is there, no text."""
    texts = await texts_of(application)
    reader = await application.reader(MEMBER, GROUP)
    body = next(body for body in texts.hidden if len(body) > 40)
    page = await reader.search(f"“{body[10:30]}”")
    assert page.total == 1
    assert page.hits[0].snippet is None and not isinstance(page.hits[0].verdict, Shown)
