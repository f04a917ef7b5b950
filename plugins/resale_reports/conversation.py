"""One person's dialogue of 举报: fetches what was sent, asks the draft what to say, and files it at the end.

Pictures and files are written to the disk one by one as they come; they go when the dialogue ends, however it ends.
"""

from __future__ import annotations

import asyncio

from jianggao.database.failures import explained
from jianggao.errors import CannotWrite, WrongUse
from jianggao.resale_reports import filing, store
from jianggao.resale_reports.dialogue import MOST_BYTES, MOST_PIECES, Answer, Attachment, Draft, Step
from jianggao.resale_reports.drafts import DraftFiles, EvidenceFull
from jianggao.resale_reports.model import DraftFile
from plugins.gate import Incoming, Request, dialogues
from plugins.gate.alerts import tell_superusers_daily
from plugins.resale_reports import texts

MINUTES = 10
"""Of silence, after which the dialogue ends and what was sent in it is forgotten."""


class Conversation:
    """Hears one message at a time, in the order they came: fetching a file takes long, and 完成 may follow at once."""

    def __init__(self, files: DraftFiles) -> None:
        self._draft = Draft()
        self._files = files
        self._turn = asyncio.Lock()
        self._filed = False

    @classmethod
    async def begin(cls, request: Request) -> str:
        """The answer to 举报 itself. Raises NotAllowed when too many people are reporting."""
        async with request.house.database.read() as connection:
            waiting = await store.bytes_waiting(connection, request.account)
        one = cls(request.house.drafts.begin(request.account, waiting))
        async with one._turn:
            dialogues.open(request, one.hear, minutes=MINUTES, ended=one._files.end)
            step = Draft.begin(request.argument)
            one._draft = step.draft
            if request.said.pictures or request.said.files:
                return await one._take(request, "")
            return await one._answer(request, step)

    async def hear(self, request: Request) -> str:
        """The answer to a later message."""
        async with self._turn:
            if self._files.ended:
                return texts.OVER if self._filed else texts.ENDED
            dialogues.prolong(request)
            self._require_few(request)
            return await self._take(request, "\n".join([request.said.text, *await request.forwarded()]))

    async def _take(self, request: Request, text: str) -> str:
        """Take what came with a message as a whole, or refuse it as a whole."""
        self._require_few(request)
        new: list[DraftFile] = []
        try:
            step = await self._step(request, text, new)
        except BaseException as error:
            self._files.drop(new)
            if isinstance(error, EvidenceFull):
                await _tell_that_it_is_full(request)
            raise
        if step.draft is self._draft:
            self._files.drop(new)
        if self._files.ended:
            return texts.ENDED
        dialogues.prolong(request)
        return await self._answer(request, step)

    async def _step(self, request: Request, text: str, new: list[DraftFile]) -> Step:
        """The step after what came, whose pictures and files lie on the disk then and are in `new`."""
        pictures = [await self._kept(request, one, new) for one in request.said.pictures]
        files = [await self._kept(request, one, new) for one in request.said.files]
        step = self._draft.take(text, pictures, files)
        self._files.hold(_bytes_of_text(step.draft) - _bytes_of_text(self._draft))
        return step

    async def _kept(self, request: Request, incoming: Incoming, new: list[DraftFile]) -> Attachment:
        """A picture or file, on the disk. Raises WrongUse, EvidenceFull and NotAllowed, CannotWrite where the disk is
        full."""
        content = await request.fetch(incoming, MOST_BYTES)
        try:
            file = await self._files.put(content)
        except OSError as error:
            told = explained(error, request.house.drafts.folder)
            if told is None:
                raise
            raise CannotWrite(told, texts.no_room(told.cause)) from error
        new.append(file)
        return Attachment(incoming.name, file=file)

    def _require_few(self, request: Request) -> None:
        """Raise WrongUse before anything is fetched that would be too many or too large."""
        said = request.said
        came = len(said.pictures) + len(said.files) + len(said.forwards)
        if came and len(self._draft.pieces) + came > MOST_PIECES:
            raise WrongUse(texts.step(Step(self._draft, Answer.TOO_MANY)))
        if any((one.size or 0) > MOST_BYTES for one in (*said.pictures, *said.files)):
            raise WrongUse(texts.TOO_LARGE)

    def _drop(self, new: list[Attachment]) -> None:
        self._files.drop([one.file for one in new if one.file is not None])

    async def _answer(self, request: Request, step: Step) -> str:
        if step.answer is Answer.COMPLETE:
            return await self._file(request)
        self._draft = step.draft
        return texts.step(step)

    async def _file(self, request: Request) -> str:
        dialogues.close(request)  # from here on 取消 comes too late
        try:
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
            self._filed = True
        finally:
            self._files.end(filed=self._filed)
        return texts.filed(report)


async def _tell_that_it_is_full(request: Request) -> None:
    house = request.house
    told = texts.evidence_full(house.settings.evidence_mb)
    await tell_superusers_daily(house, "evidence is full", told, request.now)


def _bytes_of_text(draft: Draft) -> int:
    return sum(len(piece.text.encode("utf-8")) for piece in draft.pieces)
