"""Long texts through any order of what happens to one, with kills and commands in the midst of imports."""

from __future__ import annotations

import os
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiosqlite
import pytest

from jianggao.application import Application
from jianggao.doctor import examine
from jianggao.library import hidden_sections, listing, source_store, speech_store, version_store

STEPS = 9
WORDS = ("铁桶", "木桶")
FOLDERS = ("水利", "农业")


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text of some sections counts as a long one."""
    monkeypatch.setattr(hidden_sections, "LONG_SPEECH", 5)
    monkeypatch.setattr(hidden_sections, "SECTIONS_AT_ONCE", 3)


def text_with(word: str) -> str:
    lines = ["在全县冬修水利大会上的讲话", "（2025年3月8日）", "同志们："]
    for at in range(8):
        lines.append(f"第{at + 1}个方面，把第{at + 1}片的账算清楚")
        lines.append(
            f"第{at}号渠段由第{at * 7 + 3}组负责，{word}写在第{at}块牌子上，到了第{at + 1}周还没有通水的，"
            f"带着第{at * 13 + 5}本台账到会上来说明，说不清的当场改，改不完的不散会，让第{at + 11}户人家都看得见。"
        )
    return "\n".join(lines) + "\n"


class Killed(BaseException):
    """The process ends here."""


@asynccontextmanager
async def disturbed(
    application: Application, at: int, what: Callable[[], Awaitable[object]]
) -> AsyncIterator[None]:
    """Once that many transactions are committed, `what` happens."""
    write, done = application.database.write, 0

    @asynccontextmanager
    async def counted() -> AsyncIterator[aiosqlite.Connection]:
        nonlocal done
        async with AsyncExitStack() as stack:
            yield await stack.enter_async_context(write())
        done += 1
        if done == at:
            await what()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(application.database, "write", counted)
        yield


async def kill() -> None:
    raise Killed


async def take_down(application: Application, number: int, *, taken_down: bool) -> None:
    """What 下架 does, or 恢复上架."""
    if not taken_down:
        await application.importer.prepare_to_list(number)
    async with application.database.write() as connection:
        await version_store.set_taken_down(connection, number, "2026-03-18" if taken_down else None)
        await listing.list_speech(connection, number)


async def taken_down(application: Application) -> list[int]:
    async with application.database.read() as connection:
        return list(await source_store.taken_down(connection, "长.txt"))


class Story:
    """A long text in a library, and what happens to it by chance."""

    def __init__(self, application: Application, library: Path, seed: int) -> None:
        self.application, self.library = application, library
        self.rng = random.Random(seed)
        self.number = 0
        self.time = 1
        self.steps: list[str] = []

    @property
    def file(self) -> Path | None:
        """Where the text is now."""
        return next((file for folder in FOLDERS if (file := self.library / folder / "长.txt").exists()), None)

    def put(self, folder: str, word: str) -> None:
        """The text stands there alone."""
        if self.file is not None:
            self.file.unlink()
        path = self.library / folder / "长.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text_with(word), encoding="utf-8")
        self.time += 1
        os.utime(path, (self.time, self.time))

    async def step(self) -> None:
        """Something happens, and mostly an import."""
        self.happens_to_the_file()
        if self.rng.random() < 0.6:
            await self.command()
        way = self.rng.choice(("import", "kill", "command", "nothing"))
        self.steps.append(way)
        if way == "import":
            await self.application.importer.run()
        elif way != "nothing":
            at = self.rng.randint(1, self.rng.choice((3, 14)))
            self.steps.append(str(at))
            what = kill if way == "kill" else self.command
            async with disturbed(self.application, at, what):
                try:
                    await self.application.importer.run()
                except Killed:
                    self.steps.append("killed")

    def happens_to_the_file(self) -> None:
        """It changes, moves, goes, comes, or nothing."""
        what = self.rng.choice(("put", "unlink", "nothing", "nothing"))
        self.steps.append(what)
        if what == "put":
            self.put(self.rng.choice(FOLDERS), self.rng.choice(WORDS))
        elif what == "unlink" and self.file is not None:
            self.file.unlink()

    async def command(self) -> None:
        """下架 or 恢复上架, whatever it was."""
        taken_down = self.rng.random() < 0.5
        self.steps.append(f"下架 {taken_down}")
        await take_down(self.application, self.number, taken_down=taken_down)


async def is_settled(application: Application) -> None:
    """All sections of each listed speech are in the index, none of others, and nothing is hidden."""
    async with application.database.read() as connection:
        assert await hidden_sections.hidden(connection) == []
        rows = await connection.execute_fetchall(
            """SELECT s.number, s.taken_down_at IS NULL AND s.withdrawn_at IS NULL AS listed,
                 (SELECT group_concat(id) FROM (SELECT id FROM sections WHERE version = s.version ORDER BY id)) AS due,
                 (SELECT group_concat(id) FROM (SELECT id FROM indexed_sections WHERE speech = s.number ORDER BY id))
                     AS there
               FROM speeches s WHERE s.version IS NOT NULL"""
        )
    for row in rows:
        assert row["there"] == (row["due"] if row["listed"] else None), row["number"]
    findings = {finding.what: finding.wrong for finding in await examine(application.settings)}
    assert [findings[what] for what in ("索引", "检索表", "讲稿")] == [(), (), ()]


@pytest.mark.parametrize("seed", range(12))
async def test_whatever_happens_to_a_long_text_all_of_it_is_found_in_the_end_or_nothing(
    application: Application, library: Path, seed: int
) -> None:
    story = Story(application, library, seed)
    story.put(FOLDERS[0], WORDS[0])
    await application.importer.run()
    async with application.database.read() as connection:
        story.number = max(await listing.listed_numbers(connection))
    for _ in range(STEPS):
        await story.step()
    await application.importer.run()
    await is_settled(application)
    # Moved and edited at once, the text came in by another number, and was taken down with the first.
    for number in await taken_down(application):
        await take_down(application, number, taken_down=False)
    await application.importer.run()
    await is_settled(application)
    if story.file is not None:
        word = next(word for word in WORDS if word in story.file.read_text(encoding="utf-8"))
        assert (await application.local_reader(reads_all=True).search_unrecorded(word, 5)).total >= 8, (
            story.steps
        )


@pytest.mark.parametrize("at", range(1, 5))
@pytest.mark.parametrize("is_killed", [False, True])
async def test_a_long_speech_put_back_while_it_is_taken_out_of_the_index_is_found_whole(
    application: Application, library: Path, at: int, *, is_killed: bool
) -> None:
    story = Story(application, library, 0)
    story.put(FOLDERS[0], WORDS[0])
    await application.importer.run()
    async with application.database.read() as connection:
        number = max(await listing.listed_numbers(connection))
        _, whole = await speech_store.count_listed(connection)
    await take_down(application, number, taken_down=True)

    async def put_back() -> None:
        await take_down(application, number, taken_down=False)

    if is_killed:
        async with disturbed(application, at, kill):
            with pytest.raises(Killed):
                await application.importer.run()
        await put_back()
    else:
        async with disturbed(application, at, put_back):
            await application.importer.run()
    async with application.database.read() as connection:
        assert (await speech_store.count_listed(connection))[1] == whole
    await is_settled(application)
    await application.importer.run()
    await is_settled(application)
