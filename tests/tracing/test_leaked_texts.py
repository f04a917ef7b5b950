"""Which texts a leak is of, and that few are compared with it."""

from __future__ import annotations

import importlib
import random
from itertools import combinations
from types import SimpleNamespace
from typing import Any

import pytest
from archive import BUSINESS, GUILTY, LONG, UNSENT, VILLAGES, Archive, third

from jianggao.library import speech_store as library_store
from jianggao.text.normal_form import normal_form

texts_in = importlib.import_module("jianggao.tracing.leaked_texts")
NOTHING_OF_OURS = "".join(f"第{at}页写的是别人家的{chr(0x4E00 + at * 7)}事，" for at in range(300))


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The versions that were compared letter by letter with a leak."""
    versions: list[int] = []
    compare = texts_in._compared

    async def counted(database: object, runs: object, letters: int, version: int) -> object:
        versions.append(version)
        return await compare(database, runs, letters, version)

    monkeypatch.setattr(texts_in, "_compared", counted)
    return versions


async def found_in(archive: Archive, leak: str) -> list[str]:
    found = await texts_in.texts_in(archive.application.database, normal_form(leak))
    return [one.speech.title for one in found]


async def withdraw(archive: Archive, title: str) -> None:
    next(
        path for path in archive.application.settings.library_dir.rglob("*.txt") if title in path.name
    ).unlink()
    await archive.application.importer.run()


async def test_a_withdrawn_text_is_found_beside_more_of_a_listed_one(changing: Archive) -> None:
    gone = (await changing.copy(GUILTY, BUSINESS)).text
    listed = (await changing.deliver(GUILTY, VILLAGES)).text
    await withdraw(changing, BUSINESS)
    found = await found_in(changing, listed + third(gone))
    assert VILLAGES in found[0]
    assert any(BUSINESS in title for title in found)


async def test_a_withdrawn_text_with_a_letter_changed_in_every_forty_is_found(changing: Archive) -> None:
    leak = [*normal_form((await changing.copy(GUILTY, BUSINESS)).text)]
    leak[::40] = "某" * len(leak[::40])
    await withdraw(changing, BUSINESS)
    assert [BUSINESS in title for title in await found_in(changing, "".join(leak))] == [True]


async def test_a_listed_text_with_a_letter_changed_in_every_fourteen_is_found(archive: Archive) -> None:
    leak = [*normal_form((await archive.copy(GUILTY, BUSINESS)).text)]
    leak[::14] = "某" * len(leak[::14])
    assert any(BUSINESS in title for title in await found_in(archive, "".join(leak)))


async def test_what_has_nothing_of_ours_is_compared_with_nothing(
    archive: Archive, compared: list[int]
) -> None:
    assert await found_in(archive, NOTHING_OF_OURS) == []
    assert compared == []


async def test_what_left_is_compared_only_where_it_shares_words(
    archive: Archive, compared: list[int]
) -> None:
    """Four texts have left; of a withdrawn one's copy two or three sentences are enough to leave the others
    aside."""
    async with archive.application.database.read() as connection:
        text = await library_store.version_text(connection, await archive.version(BUSINESS))
    await found_in(archive, NOTHING_OF_OURS + third(text))
    assert await archive.version(BUSINESS) in compared
    left = {await archive.version(title) for title in LONG}
    assert len(left & set(compared)) == 1


async def test_so_many_are_compared_however_many_share_words(
    archive: Archive, compared: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts_in, "_MAX_COMPARED", 2)
    leak = "".join([(await archive.copy(GUILTY, title)).text for title in (*LONG, UNSENT)])
    assert len(await found_in(archive, leak)) >= 2
    assert 2 <= len(compared) <= 4


# --- selections -------------------------------------------------------------------------------------------------------


def in_leak(version: int, letters: int, *rivals: int) -> Any:
    return texts_in.TextInLeak(SimpleNamespace(version=version), 1, "", letters, frozenset(rivals))


def selected(*found: Any) -> list[str]:
    """Each selection as its versions in a row."""
    return ["".join(sorted(one)) for one in texts_in.selections(found)]


def test_texts_of_different_parts_are_judged_together_alone() -> None:
    assert selected() == [""]
    assert selected(in_leak(1, 500)) == ["1"]
    assert selected(in_leak(1, 500), in_leak(2, 400), in_leak(3, 300)) == ["123"]


def test_of_editions_one_at_a_time_is_judged_with_the_texts_beside_it() -> None:
    editions = (in_leak(1, 500, 2), in_leak(2, 490, 1))
    assert selected(*editions) == ["12", "1", "2"]
    assert selected(*editions, in_leak(3, 300)) == ["123", "13", "23", "1", "2"]


def test_lectures_of_a_collection_are_judged_together_and_without_it() -> None:
    found = (in_leak(1, 900, 2, 3, 4), in_leak(2, 300, 1), in_leak(3, 300, 1), in_leak(4, 280, 1))
    assert selected(*found) == ["1234", "1", "234", "2", "3", "4"]


def test_selections_are_few_and_none_but_the_first_has_two_of_a_part() -> None:
    chance = random.Random(3)
    for count in range(2, 13):
        for _ in range(20):
            pairs = [pair for pair in combinations(range(count), 2) if chance.random() < 0.4]
            rivals = {at: {sum(pair) - at for pair in pairs if at in pair} for at in range(count)}
            found = [in_leak(at, chance.randrange(120, 9_000), *rivals[at]) for at in range(count)]
            everything, *others = texts_in.selections(found)
            assert everything == {str(at) for at in range(count)}
            assert len(others) <= 2 * count and len(set(others)) == len(others)
            for one in others:
                assert not any({str(a), str(b)} <= one for a, b in pairs)
            assert not pairs or all(any(str(at) in one for one in others) for at in range(count))
