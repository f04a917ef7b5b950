"""The time of an answer tells no more than the answer: what is done for someone who may not read a text is
the same, statement by statement and step by step, whatever the text says (docs/rules.md, Access)."""

from __future__ import annotations

import gc
import random
import shutil
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
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
    copy_plain_samples,
    enrol,
    locked_bodies,
    open_on,
    piece_of,
    rewrite,
    write_keys,
)
from typed_forms import typed_text

from jianggao.access.verdicts import Place, PlaceKind
from jianggao.application import Application
from jianggao.database.connection import _connect_reading_thread
from jianggao.database.reading_threads import Snapshot
from jianggao.deadline import no_deadline
from jianggao.search import warm_up
from jianggao.text.pinyin import pinyin_reading

WORDS, QUESTIONS, FORMS = 150, 200, 120
Twins = tuple[Application, Application, list[str]]


@pytest.fixture(scope="module")
def warm() -> None:
    warm_up()


@pytest.fixture
async def twins(tmp_path: Path, warm: None) -> AsyncIterator[Twins]:
    """Two applications whose second versions differ in locked bodies alone, and these bodies."""
    base = tmp_path / "base"
    copy_plain_samples(base / "library")
    write_keys(base, SEED)
    application = await open_on(base)
    await enrol(application)
    bodies = await locked_bodies(application)
    await application.close()
    applications, locked = [], []
    for name in ("one", "two"):
        shutil.copytree(base, tmp_path / name)
        locked += rewrite(tmp_path / name / "library", bodies, random.Random(f"{SEED} {name}"))
        applications.append(await open_on(tmp_path / name))
    yield applications[0], applications[1], locked
    for application in applications:
        await application.close()


@dataclass
class Work:
    """What was done for a question: statements with their values, steps of SQLite, calls of Python."""

    statements: list[str] = field(default_factory=list)
    steps: int = 0
    calls: int = 0


class Watched:
    """Runs work on an application's database in this thread, and counts its steps."""

    def __init__(self, application: Application) -> None:
        self.work = Work()
        self._connection = _connect_reading_thread(application.database.path)
        self._connection.set_trace_callback(self._traced)
        self._connection.set_progress_handler(self._stepped, 1)

    async def run_in_snapshot(self, work: Callable[[Snapshot], Any], deadline: object = None) -> Any:
        self._connection.execute("BEGIN")
        gc.disable()  # what other tests left behind would be cleared away in the middle of it, and counted
        sys.setprofile(self._called)
        try:
            return work(Snapshot(self._connection, no_deadline()))
        finally:
            sys.setprofile(None)
            gc.enable()
            self._connection.execute("ROLLBACK")

    def taken(self) -> Work:
        """The work since it was last taken."""
        work, self.work = self.work, Work()
        return work

    def close(self) -> None:
        self._connection.close()

    def _traced(self, statement: str) -> None:
        self.work.statements.append(statement)

    def _stepped(self) -> int:
        self.work.steps += 1
        return 0

    def _called(self, frame: FrameType, event: str, argument: object) -> None:
        is_python_itself = frame.f_code.co_filename.startswith(
            "<frozen"
        )  # keeps by type what it has found out
        self.work.calls += event in ("call", "c_call") and not is_python_itself


@pytest.fixture
def watched(twins: Twins, monkeypatch: pytest.MonkeyPatch) -> Any:
    both = [Watched(application) for application in twins[:2]]
    for application, watch in zip(twins[:2], both, strict=True):
        monkeypatch.setattr(application.database, "run_in_snapshot", watch.run_in_snapshot)
    yield both
    for watch in both:
        watch.close()


async def words_of(application: Application, *, locked_only: bool) -> set[str]:
    """The words that stand in locked text alone, or in public text."""
    async with application.database.read() as connection:
        locked = await connection.execute_fetchall("SELECT word FROM vocabulary")
        public = await connection.execute_fetchall("SELECT word FROM public_vocabulary")
    shown = {row[0] for row in public}
    return {row[0] for row in locked} - shown if locked_only else shown


async def test_pinyin_of_a_locked_word_is_as_much_work_as_of_an_absent_one(
    twins: Twins, watched: list[Watched]
) -> None:
    """It took 0.9 ms longer: the word was looked up among all words, and then looked for."""
    first, second, _ = twins
    here, there = [await words_of(application, locked_only=True) for application in (first, second)]
    differing = sorted(here ^ there)
    assert len(differing) >= WORDS
    rng = random.Random(SEED)
    for word in rng.sample(differing, WORDS):
        syllables = pinyin_reading(word)
        for typed in (syllables.replace(" ", ""), syllables, word[:-1] + "飞"):
            asker, place = rng.choice((VISITOR, EXPIRED, SUSPENDED)), rng.choice(PLACES)
            await _asks_both(twins, watched, asker, place, lambda reader, typed=typed: reader.search(typed))


async def test_any_question_is_as_much_work_whatever_is_locked(twins: Twins, watched: list[Watched]) -> None:
    first, _, locked = twins
    rng = random.Random(SEED)
    material = await Material.of(first, locked)
    for _ in range(QUESTIONS):
        asker, place = rng.choice((VISITOR, EXPIRED, SUSPENDED)), rng.choice(PLACES)
        await _asks_both(twins, watched, asker, place, _question(rng, material))


async def test_any_form_of_question_is_as_much_work_whatever_is_locked(
    twins: Twins, watched: list[Watched]
) -> None:
    first, _, locked = twins
    rng = random.Random(f"{SEED} forms")
    material = await Material.of(first, locked)
    for _ in range(FORMS):
        asker, place = rng.choice((VISITOR, EXPIRED, SUSPENDED)), rng.choice(PLACES)
        query = typed_text(rng, material.typed)
        await _asks_both(twins, watched, asker, place, lambda reader, query=query: reader.search(query))


def _question(rng: random.Random, material: Material) -> Callable[[Any], Any]:
    typed = " ".join(piece_of(rng, material.locked) for _ in range(rng.randint(1, 3)))
    number = rng.choice(list(material.lasts))
    ordinal = rng.randint(1, material.lasts[number])
    return rng.choice(
        (
            lambda reader: reader.search(typed),
            lambda reader: reader.quotables(typed),
            lambda reader: reader.quotables(""),
            lambda reader: reader.similar(number, ordinal),
            lambda reader: reader.outlines_on(typed),
            lambda reader: reader.random(typed),
        )
    )


async def test_a_reader_is_work_of_its_own(twins: Twins, watched: list[Watched]) -> None:
    """The tests above could not fail if the work that is counted were always the same."""
    first, second, _ = twins
    here, there = [await words_of(application, locked_only=True) for application in (first, second)]
    word = min(here - there)
    place = Place(PlaceKind.PRIVATE, SUPERUSER)
    for application in (first, second):
        await answer_to(application, SUPERUSER, place, lambda reader: reader.search(pinyin_reading(word)))
    assert watched[0].taken() != watched[1].taken()


async def _asks_both(
    twins: Twins, watched: list[Watched], asker: str, place: Place, ask: Callable[[Any], Any]
) -> None:
    answers = [await answer_to(application, asker, place, ask) for application in twins[:2]]
    here, there = watched[0].taken(), watched[1].taken()
    assert answers[0] == answers[1]
    assert here.statements == there.statements
    assert (here.steps, here.calls) == (there.steps, there.calls), here.statements[-1]


async def test_public_words_are_those_of_public_text_after_a_new_version_and_a_withdrawal(
    twins: Twins,
) -> None:
    application = twins[0]
    before = await words_of(application, locked_only=False)
    assert before == await words_of(twins[1], locked_only=False)
    path = next((application.settings.library_dir).rglob("*.txt"))
    text = path.read_text("utf-8")
    path.unlink()
    await application.importer.run(confirmed=True)
    assert await words_of(application, locked_only=False) >= before
    path.write_text(text, "utf-8")
    await application.importer.run()
    assert await words_of(application, locked_only=False) == before
    async with application.database.write() as connection:
        await connection.execute("UPDATE facts SET value = 'earlier' WHERE name = 'index version'")
    await application.importer.run()
    assert await words_of(application, locked_only=False) <= before
    assert await _missing_public_words(application) == []


async def _missing_public_words(application: Application) -> list[str]:
    """Words of previews that the public words lack."""
    from jianggao.text.pinyin import is_word
    from jianggao.text.segmentation import rejoin

    with sqlite3.connect(application.database.path) as connection:
        rows = connection.execute("SELECT body, body_cut FROM indexed_sections WHERE preview = 1").fetchall()
    connection.close()
    known = await words_of(application, locked_only=False)
    return [word for body, cut in rows for word in rejoin(body, cut) if is_word(word) and word not in known]
