"""What someone who may not read a text gets from any command is a function of public text alone
(docs/rules.md, Access).

Two libraries that differ in locked text alone must answer every query of a visitor, an expired member and a
suspended one byte for byte the same.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from twin_libraries import (
    EXPIRED,
    PLACES,
    SEED,
    SUPERUSER,
    SUSPENDED,
    VISITOR,
    Material,
    answer_to,
    piece_of,
    twins,
)
from typed_forms import typed_text

from jianggao.access.verdicts import Place, PlaceKind
from jianggao.application import Application
from jianggao.search import similar
from jianggao.text.normal_form import normal_form
from jianggao.text.pinyin import pinyin_reading

__all__ = ["twins"]
SEARCHES, FORMS, GUESSES, LOOKUPS, LIKENESSES = 6_000, 4_000, 5_000, 4_000, 1_000
"""How many queries of words, of the other forms that are typed, of what is mistyped, of everything else, and of
相近 alone."""


def _query(rng: random.Random, locked: Sequence[str], public: Sequence[str]) -> str:
    """A query such as people, or attackers, make."""
    words = [piece_of(rng, locked if rng.random() < 0.7 else public) for _ in range(rng.randint(1, 3))]
    kind = rng.randrange(6)
    if kind == 0:
        words[0] = f"“{words[0]}”"
    elif kind == 1:
        words.append(f"年份:{rng.randint(2021, 2026)}")
    elif kind == 2:
        words.append("主题:" + rng.choice(("乡村振兴", "基层治理", "党建", "不存在")))
    elif kind == 3:
        words.append("标题:" + rng.choice(("会议", "座谈", "典礼", words[0])))
    return " ".join(words)


Question = Callable[[Any], Any]
Ask = Callable[[random.Random, Material], Question]


@pytest.mark.parametrize(
    ("name", "count"), [("search", SEARCHES), ("form", FORMS), ("guess", GUESSES), ("look up", LOOKUPS)]
)
async def test_two_libraries_answer_the_same(
    twins: tuple[Application, Application, list[str]], name: str, count: int
) -> None:
    first, second, locked = twins
    rng = random.Random(f"{SEED} {name}")
    material = await Material.of(first, locked)
    telling = 0
    for at in range(count):
        asker = rng.choice((VISITOR, EXPIRED, SUSPENDED))
        place = rng.choice(PLACES)
        ask = KINDS[name](rng, material)
        answers = [await answer_to(application, asker, place, ask) for application in (first, second)]
        assert answers[0] == answers[1], f"query {at} of {asker} in {place}"
        telling += any(said in answers[0] for said in TELLING[name])
    assert telling > count / 10


async def test_two_libraries_answer_the_same_where_any_shared_word_is_a_likeness(
    twins: tuple[Application, Application, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """相近 is mostly silent: here it shows whatever shares a word, so that there is something to differ."""
    monkeypatch.setattr(similar, "_NEAR_WITH_SUBJECT", {1: 0.0})
    monkeypatch.setattr(similar, "_NEAR", {1: 0.0})
    first, second, locked = twins
    rng = random.Random(f"{SEED} alike")
    material = await Material.of(first, locked)
    telling = 0
    for _ in range(LIKENESSES):
        number = rng.choice(list(material.lasts))
        ordinal = rng.randint(1, material.lasts[number])
        asker, place = rng.choice((VISITOR, EXPIRED, SUSPENDED)), rng.choice(PLACES)
        answers = [
            await answer_to(application, asker, place, lambda reader: reader.similar(number, ordinal))  # noqa: B023
            for application in (first, second)
        ]
        assert answers[0] == answers[1], f"{number}.{ordinal} of {asker} in {place}"
        telling += "HitView" in answers[0]
    assert telling > LIKENESSES / 2


def _searching(rng: random.Random, material: Material) -> Question:
    query, page = _query(rng, material.locked, material.public), rng.randint(1, 3)
    return lambda reader: reader.search(query, page)


def _in_a_form(rng: random.Random, material: Material) -> Question:
    """A request, a name, a kind of passage, everyday words, a long run, a pasted paragraph; in the chat, or by
    the verb `search --as visitor`."""
    query, page = typed_text(rng, material.typed), rng.choice((1, 1, 1, 2, 3))
    if rng.random() < 0.3:
        return lambda reader: reader.search_unrecorded(query, 40)
    return lambda reader: reader.search(query, page)


def _guessing(rng: random.Random, material: Material) -> Question:
    """A run with a wrong, missing or superfluous character, a word that sounds alike, or pinyin in letters,
    of locked text mostly."""
    kind = rng.randrange(4)
    if kind == 0:
        word = rng.choice(material.words)
        query = pinyin_reading(word) if rng.random() < 0.5 else pinyin_reading(word).replace(" ", "")
    else:
        text = rng.choice(material.locked if rng.random() < 0.6 else material.public)
        at = rng.randrange(max(1, len(text) - 8))
        run = normal_form(text[at : at + rng.randint(2, 8)]) or "空"
        place = rng.randrange(len(run))
        other = rng.choice(("", rng.choice(rng.choice(material.words)), run[place] * 2))
        query = run[:place] + other + run[place + 1 :] or run
    if rng.random() < 0.3:
        query += " " + piece_of(rng, material.public)
    return lambda reader: reader.search(query, 1)


def _looking_up(rng: random.Random, material: Material) -> Question:
    number = rng.choice(list(material.lasts))
    ordinal = rng.randint(1, material.lasts[number])
    # A topic, a part of one, a word of titles or headings, any word, and what stands in locked text.
    named = rng.choice(("乡村振兴", "振兴", "科技", "营商环境", "干部", "古城 匠人", "主题:基层治理 社区"))
    theme = rng.choice((named, rng.choice(material.words), piece_of(rng, material.locked)))
    page, topic = rng.randint(1, 3), rng.choice(("", theme))
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
    return rng.choice(questions)


KINDS: dict[str, Ask] = {"search": _searching, "form": _in_a_form, "guess": _guessing, "look up": _looking_up}
TELLING = {
    "search": ("HitView",),
    "form": ("HitView",),
    "guess": ("Suggestion(", "HitView"),
    "look up": ("QuoteView", "HitView", "PatternCount", "body='"),
}
"""What shows that an answer says something: most must, or the comparison means little."""


async def test_a_reader_does_see_the_difference(twins: tuple[Application, Application, list[str]]) -> None:
    """The test above could not fail if the libraries were the same for everyone."""
    first, second, locked = twins
    place = Place(PlaceKind.PRIVATE, SUPERUSER)
    query = f"“{max(locked[:40:2], key=len)[4:12]}”"
    pages = [
        await (await application.reader(SUPERUSER, place)).search(query, 1) for application in (first, second)
    ]
    assert pages[0].total >= 1
    assert pages[1].total == 0


async def test_locked_sections_of_the_two_are_of_different_kinds(
    twins: tuple[Application, Application, list[str]],
) -> None:
    """Else nothing would be told by the kinds of locked passages."""
    kinds = []
    for application in twins[:2]:
        async with application.database.read() as connection:
            rows = await connection.execute_fetchall(
                "SELECT id, kinds FROM indexed_sections WHERE preview = 0 ORDER BY id"
            )
        kinds.append([row["kinds"] for row in rows])
    assert sum(one != other for one, other in zip(*kinds, strict=True)) > 20
