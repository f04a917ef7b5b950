"""One person's dialogue of 举报: fetches what was sent, asks the draft what to say, and files it at the end."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from jianggao.errors import WrongUse
from jianggao.resale_reports import filing
from jianggao.resale_reports.dialogue import MOST_BYTES, Answer, Attachment, Draft, Step
from plugins.gate import Incoming, Request, dialogues
from plugins.resale_reports import texts

MINUTES = 10
"""Of silence, after which the dialogue ends and what was sent in it is forgotten."""


class Conversation:
    """Hears one message at a time, in the order they came: fetching a file takes long, and 完成 may follow at once."""

    def __init__(self) -> None:
        self._draft = Draft()
        self._turn = asyncio.Lock()
        self._over = False

    async def begin(self, request: Request) -> str:
        """The answer to 举报 itself."""
        async with self._turn:
            step = Draft.begin(request.argument)
            pictures, files = await _fetched(request)
            if pictures or files:
                step = step.draft.take("", pictures, files)
            return await self._answer(request, step)

    async def hear(self, request: Request) -> str:
        """The answer to a later message."""
        async with self._turn:
            if self._over:
                return texts.OVER
            dialogues.open(request, self.hear, minutes=MINUTES)
            pictures, files = await _fetched(request)
            text = "\n".join([request.said.text, *await request.forwarded()])
            return await self._answer(request, self._draft.take(text, pictures, files))

    async def _answer(self, request: Request, step: Step) -> str:
        if step.answer is Answer.COMPLETE:
            return await self._file(request)
        self._draft = step.draft
        dialogues.open(request, self.hear, minutes=MINUTES)
        return texts.step(step)

    async def _file(self, request: Request) -> str:
        self._over = True
        dialogues.close(request)
        async with request.house.database.write() as connection:
            await request.claim.take(connection)
            report = await filing.file(
                connection,
                self._draft.complaint,
                reporter=request.account,
                at=request.now,
                message=request.claim.key,
                zone=request.house.settings.timezone,
            )
        return texts.filed(report)


async def _fetched(request: Request) -> tuple[list[Attachment], list[Attachment]]:
    """The pictures and files of a message. Raises WrongUse before anything too large is fetched."""
    said = request.said
    if any((one.size or 0) > MOST_BYTES for one in (*said.pictures, *said.files)):
        raise WrongUse(texts.TOO_LARGE)
    return await _all(request, said.pictures), await _all(request, said.files)


async def _all(request: Request, incoming: Iterable[Incoming]) -> list[Attachment]:
    return [Attachment(one.name, await request.fetch(one)) for one in incoming]
