"""溯源: a superuser sends what has leaked, pasted over several messages, as files or forwards."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from jianggao.errors import WrongUse
from plugins.gate import CommandTable, Reply, Request, Scope, dialogues, register_matcher
from plugins.tracing import texts
from plugins.tracing.examining import examine_leak

commands = CommandTable("tracing")
DONE = "完成"
_MOST_PIECES = 60
_MOST_BYTES = 20_000_000
"""Of everything in one dialogue, which is in memory until it has been examined; the last file may go beyond."""


@dataclass(slots=True)
class _Collected:
    """What was sent so far."""

    texts: list[str] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    """One message after the other: 完成 waits for a file that is still coming in."""
    done: bool = False

    def __len__(self) -> int:
        return len(self.texts) + len(self.files)

    @property
    def is_full(self) -> bool:
        """Whether nothing more is taken."""
        size = sum(map(len, self.texts)) + sum(len(content) for _, content in self.files)
        return len(self) >= _MOST_PIECES or size >= _MOST_BYTES

    async def take(self, request: Request, text: str) -> None:
        """Everything of a message. Raises WrongUse for what can't be fetched."""
        if text:
            self.texts.append(text)
        if request.said.forwards:
            self.texts.append("\n".join(await request.forwarded()))
        for file in request.said.files:
            if self.is_full:
                raise WrongUse(texts.ENOUGH)
            self.files.append((file.name, await request.fetch(file)))


@commands.handles(
    "溯源",
    scope=Scope.SUPERUSER,
    usage="溯源 [文本]",
    example="溯源",
    summary="看外传的文本像谁的副本：粘贴文本，或只发“溯源”再发文件、转发、长文，发“完成”开始",
)
async def trace(request: Request) -> Reply | str:
    if request.in_group:
        return Reply(texts.IN_PRIVATE, private=True)
    collected = _Collected()
    if request.argument or request.said.files:
        await collected.take(request, request.argument)
        return await _answer(request, collected)

    async def go_on(request: Request) -> Reply | str | None:
        async with collected.turn:
            if collected.done:
                return None
            if request.said.text != DONE:
                return await _add(request, collected)
            if not collected:
                return texts.NOTHING_YET
            collected.done = True
            dialogues.close(request)
        return await _answer(request, collected)

    dialogues.open(request, go_on)
    return texts.SEND_IT


async def _add(request: Request, collected: _Collected) -> str | None:
    """Take a message; pasted texts after the first are taken without a word."""
    before = len(collected)
    if collected.is_full:
        return texts.ENOUGH
    await collected.take(request, request.said.text)
    if len(collected) == before:
        return texts.NOTHING_TO_READ
    return texts.taken(len(collected)) if request.said.files or not before else None


async def _answer(request: Request, collected: _Collected) -> Reply:
    _, text = await examine_leak(request, collected.texts, collected.files)
    return Reply(text, private=True)


matcher = register_matcher(commands.plugin)
