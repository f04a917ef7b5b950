"""What was shown is never forgotten, and is known again under another number."""

from __future__ import annotations

import aiosqlite
import pytest
from stored_speeches import long_text, prepared, public_part, speech_text, store

from jianggao.database import Database
from jianggao.library import shown_texts
from jianggao.library.section_ids import Audience
from jianggao.library.shown_texts import Relative
from jianggao.library.text_fingerprints import sampled_runs
from jianggao.text.normal_form import normal_form

CANAL = prepared(speech_text("在修渠会上的讲话", "修渠", "修闸"))
LECTURE = long_text("在乡村振兴培训班上的讲课", 30)


async def test_bodies_are_shown_to_their_audience_and_headings_to_all(database: Database) -> None:
    part = public_part(CANAL.version_text, {1: Audience.PREVIEW, 2: Audience.MEMBER_GROUP})
    shown = shown_texts.texts_shown(CANAL.version_text, part)
    bodies = {body.ordinal: body.text for body in CANAL.version_text.bodies}
    assert (Audience.PREVIEW, normal_form("一、修渠")) in shown
    assert (Audience.PREVIEW, bodies[1]) in shown and (Audience.MEMBER_GROUP, bodies[2]) in shown
    locked = shown_texts.texts_shown(CANAL.version_text, public_part(CANAL.version_text))
    assert not set(bodies.values()) & {text for _, text in locked}


async def test_it_counts_for_every_later_version(database: Database) -> None:
    async with database.write() as connection:
        number = await store(connection, CANAL)
        part = public_part(CANAL.version_text, {1: Audience.PREVIEW, 2: Audience.MEMBER_GROUP})
        await shown_texts.remember_shown(connection, number, CANAL.version_text, part)
        await shown_texts.remember_shown(connection, number, CANAL.version_text, part)
        before = await shown_texts.shown_before(connection, number, CANAL.runs)
    bodies = {body.ordinal: body.text for body in CANAL.version_text.bodies}
    assert set(before.to_all) == {normal_form("一、修渠"), normal_form("二、修闸"), bodies[1]}
    assert set(before.to_groups) == {bodies[2]} and not before.once and before.others == []


async def test_what_an_earlier_release_showed_counts_and_is_not_shown_again(database: Database) -> None:
    async with database.write() as connection:
        number = await store(connection, CANAL)
        await shown_texts.add_texts(connection, number, [(0, "甲"), (1, "乙")])
        await shown_texts.count_only_once(connection, number)
        await shown_texts.count_only_once(connection, number)
        before = await shown_texts.shown_before(connection, number, CANAL.runs)
    assert (set(before.to_all), set(before.to_groups), set(before.once)) == (set(), set(), {"甲", "乙"})


async def test_the_same_words_are_known_under_another_number(database: Database) -> None:
    async with database.write() as connection:
        first = await store(connection, prepared(LECTURE))
        second = await store(connection, prepared(LECTURE.replace("乡村振兴培训班", "县委党校")))
        other = await store(
            connection, prepared(speech_text("在修路会上的讲话", "修路", body="另外的话。" * 9))
        )
        await shown_texts.add_texts(connection, first, [(0, "从前给人看过的")])
        runs = prepared(LECTURE).runs
        relatives = await shown_texts.relatives(connection, second, runs)
        assert [relative.number for relative in relatives] == [first]
        assert relatives[0].shared == len(runs)
        before = await shown_texts.shown_before(connection, second, runs)
        (text,) = before.others
        assert set(text.to_all) == {"从前给人看过的"} and normal_form("把11号渠修好") in text.letters
        assert (await shown_texts.shown_before(connection, first, runs, below=first)).others == []
        assert not await shown_texts.relatives(connection, None, ()) and other > second


async def with_runs(connection: aiosqlite.Connection, runs: tuple[int, ...]) -> int:
    number = await store(connection, prepared(speech_text("在修渠会上的讲话", "修渠")), listed=False)
    await connection.execute("DELETE FROM text_runs WHERE speech = ?", (number,))
    await connection.execute("UPDATE versions SET characters = 16 * 400 WHERE speech = ?", (number,))
    await shown_texts.add_runs(connection, number, runs)
    return number


@pytest.mark.parametrize(
    ("shared", "of", "are_relatives"),
    [
        (1, 10, False),  # one run alone is a proverb
        (2, 30, True),  # a twentieth of a short text
        (2, 60, False),
        (11, 400, False),  # a quotation in a long one
        (12, 400, True),
        (12, 5_000, True),  # one lecture in a thick collection
    ],
)
async def test_how_much_makes_relatives(
    database: Database, shared: int, of: int, are_relatives: bool
) -> None:
    async with database.write() as connection:
        number = await with_runs(connection, tuple(range(400)))
        runs = (*range(shared), *range(10_000, 10_000 + of - shared))
        expected = [Relative(number, shared)] if are_relatives else []
        assert await shown_texts.relatives(connection, None, runs) == expected


async def test_of_very_many_speeches_with_the_same_words_only_some_are_compared(
    database: Database,
) -> None:
    runs = tuple(range(100))
    async with database.write() as connection:
        numbers = [await with_runs(connection, runs[: 100 - at]) for at in range(26)]
        for number in numbers:
            await shown_texts.add_texts(connection, number, [(0, "人人都说"), (1, f"第{number}篇")])
        before = await shown_texts.shown_before(connection, 99, runs)
    assert [bool(text.letters) for text in before.others] == [True] * 24 + [False]
    assert set(before.others[-1].to_all) == {"人人都说"}, "what the others showed counts all the same"
    assert set(before.others[-1].to_groups) == {f"第{number}篇" for number in numbers[24:]}
    assert before.crowded == frozenset(range(76)) and numbers == sorted(numbers)


def test_runs_of_a_speech_are_those_of_its_letters() -> None:
    assert CANAL.runs == sampled_runs(CANAL.version_text.letters)
