"""Someone who knows half of a locked section and asks 4,000 questions learns nothing of the other half."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from twin_libraries import PLACES, SUPERUSER, VISITOR, Material, answer_to, twins

from jianggao.application import Application
from jianggao.library.section_ids import Audience
from jianggao.text.normal_form import normal_form
from jianggao.text.segmentation import words

__all__ = ["twins"]
QUESTIONS = 4_000
CHOICES = 20
_CONTEXT = 4

Tells = Callable[[str, str], Awaitable[float]]
"""How much speaks for a word behind what is known."""


async def hidden_half(application: Application) -> tuple[str, list[str]]:
    """The half that the attacker knows, and the words of the other: of the longest locked section."""
    async with application.database.read() as connection:
        rows = await connection.execute_fetchall(
            """SELECT body FROM sections WHERE listed = 1 AND audience != ? AND length(body) > 500
               ORDER BY length(body) DESC, id LIMIT 1""",
            (Audience.PREVIEW,),
        )
    body = next(iter(rows))["body"]
    return body[: len(body) // 2], words(body[len(body) // 2 :])


async def guess_on(
    tells: Tells, known: str, count: int, vocabulary: Sequence[str], truth: list[str]
) -> list[str]:
    """The attacker's guesses at the words behind what is known: of twenty words (one of them right) that for
    which most speaks, chance deciding among equals. Asks `count` questions at most."""
    rng = random.Random(11)
    tail = normal_form(known)[-_CONTEXT:]
    guesses: list[str] = []
    for word in truth:
        if len(word) > 1 and len(guesses) < count // CHOICES:
            alike = [other for other in vocabulary if len(other) == len(word) and other != word]
            choices = [word, *rng.sample(alike, min(CHOICES - 1, len(alike)))]
            rng.shuffle(choices)
            told = {choice: await tells(tail, choice) for choice in choices}
            most = max(told.values())
            guesses.append(rng.choice([choice for choice in choices if told[choice] == most]))
        tail = (tail + word)[-_CONTEXT:]  # told the truth afterwards: the strongest attacker
    return guesses


def _telling(answer: str) -> int:
    """How much an answer says that what was asked for stands somewhere."""
    return (
        100 * ("total=0," not in answer)
        + answer.count("HitView(")
        + answer.count("Guess(")
        + answer.count("【")
    )


async def test_four_thousand_questions_are_no_better_than_none(
    twins: tuple[Application, Application, list[str]],
) -> None:
    one, two, locked = twins
    known, truth = await hidden_half(one)
    material = await Material.of(one, locked)
    asked_for = [word for word in truth if len(word) > 1]

    def asking(application: Application, account: str) -> Tells:
        async def tells(tail: str, word: str) -> float:
            answer = await answer_to(
                application, account, PLACES[2], lambda reader: reader.search(tail + word, 1)
            )
            return _telling(answer)

        return tells

    async def from_public_text(tail: str, word: str) -> float:
        """Without asking: how common the word is in what everyone may read."""
        return sum(text.count(word) for text in material.public)

    def right(guesses: list[str]) -> float:
        return sum(one == other for one, other in zip(guesses, asked_for, strict=False)) / len(guesses)

    arguments: tuple[Any, ...] = (known, QUESTIONS, material.words, truth)
    asked = await guess_on(asking(one, VISITOR), *arguments)
    elsewhere = await guess_on(asking(two, VISITOR), *arguments)
    unasked = await guess_on(from_public_text, *arguments)
    assert asked == elsewhere, "the same answers where something else is locked: they can't tell what is"
    assert right(asked) <= right(unasked) + 0.05
    reading = await guess_on(asking(one, SUPERUSER), *arguments)
    assert right(reading) > 0.8, "who may read it all does find it out this way"
