"""溯源: a superuser sends what has leaked, pasted over several messages, as files or forwards."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from jianggao.errors import WrongUse
from jianggao.library.normal_form import normal_form
from jianggao.library.reading import Refusal, SourceText
from jianggao.tracing.examine import Examination, LeakedFile
from plugins.gate import CommandTable, Reply, Request, Scope, dialogues, register_matcher
from plugins.tracing import texts

commands = CommandTable("tracing")
DONE = "完成"
_MOST_PIECES = 60
_MOST_BYTES = 20_000_000
"""Of everything in one dialogue, which is in memory until it has been examined; the last file may go beyond."""
MOST_CHARACTERS = 1_000_000
"""Of all that is looked at together: over a hundred speeches. Each is compared with every text that ever left."""


LONGEST_READING = 60.0
"""Seconds in which files are begun in one look: an operator waits for it, and a file made for that takes ten."""


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
    found, text = await examine_leak(request, collected.texts, collected.files)
    del found
    return Reply(text, private=True)


async def examine_leak(
    request: Request,
    leaked: Sequence[str],
    files: Sequence[tuple[str, bytes]],
    report: int | None = None,
    reporters: Sequence[str] = (),
) -> tuple[Examination, str]:
    """Examine what leaked (texts, and files by name) and log the look; gives what was found, and how it reads.

    `report` and `reporters` say on which case and whose reports this is done. A file that can't be read, or is stopped
    while it is read, is named with the reason; the others are looked at.
    """
    house = request.house
    read = await _read(request, files)
    texts_of_files = ["" if isinstance(one, Refusal) else one.text for one in read]
    fits = await asyncio.to_thread(_fitting, [*leaked, *texts_of_files])
    fits_of_files = fits[len(leaked) :]
    found = await house.examiner.examine(
        [text for text, fit in zip(leaked, fits, strict=False) if fit],
        [
            LeakedFile(content, text if fit else "")
            for (_, content), text, fit in zip(files, texts_of_files, fits_of_files, strict=True)
        ],
        by=request.account,
        report=report,
        reporters=reporters,
        now=request.now,
    )
    unread = [
        texts.unread(number, one.path, one.reason if isinstance(one, Refusal) else texts.TOO_MUCH)
        for number, (one, fit) in enumerate(zip(read, fits_of_files, strict=True), 1)
        if isinstance(one, Refusal) or not fit
    ]
    if not all(fits[: len(leaked)]):
        unread.append(texts.SOME_TEXT_LEFT_OUT)
    return found, "\n".join([texts.examination(found, house.settings.timezone), *unread])


async def _read(request: Request, files: Sequence[tuple[str, bytes]]) -> list[SourceText | Refusal]:
    """The texts of the files, or why there is none: for those that time is left for."""
    house = request.house
    until = house.monotonic() + LONGEST_READING
    read: list[SourceText | Refusal] = []
    for name, content in files:
        if house.monotonic() < until:
            read.append(await house.people_files.read(content, name))
        else:
            read.append(Refusal(name, texts.TOO_LATE))
    return read


def _fitting(pieces: Sequence[str]) -> list[bool]:
    """Which of the pieces are looked at: those that fit, in order, into what may be looked at. Letters count where they
    are more: a single character can stand for eighteen of them."""
    left = MOST_CHARACTERS
    fitting = []
    for piece in pieces:
        size = max(len(piece), len(normal_form(piece)))
        fitting.append(size <= left)
        left -= size if size <= left else 0
    return fitting


matcher = register_matcher(commands.plugin)
