"""A long text, what is written of it at once, and a kill between two pieces."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from typing import Any

import aiosqlite
import pytest

from jianggao.application import Application
from jianggao.doctor import examine
from jianggao.library import hidden_sections

PARAGRAPHS = 300
SECTIONS = 60
"""What the parser makes of them."""


def long_text(word: str, changed: str = "", paragraphs: int = PARAGRAPHS) -> str:
    """A text of some hundred sections, each with the word and a number of its own."""
    lines = ["在全县冬修水利大会上的讲话", "（2025年3月8日）", "同志们："]
    for at in range(paragraphs):
        if at % 10 == 0:
            lines.append(f"第{at // 10 + 1}个方面，把第{at // 10 + 1}片的账算清楚")
        extra = changed if at == paragraphs // 2 else ""
        lines.append(
            f"第{at}号渠段由第{at * 7 + 3}组负责，{word}写在第{at}块牌子上。{extra}到了第{at % 50 + 1}周还没有通水的，"
            f"带着第{at * 13 + 5}本台账到会上来说明，说不清的当场改，改不完的不散会，让第{at + 11}户人家都看得见。"
        )
    return "\n".join(lines) + "\n"


def watched_writes(
    application: Application, monkeypatch: pytest.MonkeyPatch, after: Callable[[int], Any]
) -> None:
    """Call `after` with the number of rows that each transaction changed, once it is committed."""
    write = application.database.write

    @asynccontextmanager
    async def counted() -> AsyncIterator[aiosqlite.Connection]:
        async with AsyncExitStack() as stack:
            connection = await stack.enter_async_context(write())
            before = connection.total_changes
            yield connection
            changed = connection.total_changes - before
        waits = after(changed)
        if waits is not None:
            await waits

    monkeypatch.setattr(application.database, "write", counted)


async def found(application: Application, query: str) -> int:
    return (await application.local_reader(reads_all=True).search_unrecorded(query, 5)).total


async def is_whole(application: Application) -> None:
    """The index holds what is listed, and nothing is left hidden."""
    async with application.database.read() as connection:
        assert await hidden_sections.hidden(connection) == []
        rows = await connection.execute_fetchall(
            "SELECT count(*) FROM versions WHERE id NOT IN (SELECT version FROM sections)"
        )
        assert next(iter(rows))[0] == 0
    findings = {finding.what: finding.wrong for finding in await examine(application.settings)}
    assert [findings[what] for what in ("索引", "检索表", "讲稿")] == [(), (), ()]


class Killed(BaseException):
    """The process ends here."""


@contextmanager
def killed_after(at: int, application: Application, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is done meanwhile ends once so many transactions are committed, if it comes so far."""
    done = 0

    def kill(_: int) -> None:
        nonlocal done
        done += 1
        if done == at:
            raise Killed

    with monkeypatch.context() as patched, suppress(Killed):
        watched_writes(application, patched, kill)
        yield
