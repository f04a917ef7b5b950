"""Leads one person's conversation of 举报: fetches what was sent, asks the draft what to answer, and files the
report at the end.

Pictures and files are written to the disk one by one as they come, with a note of the text that came, before
the person reads that they were taken: a restart goes on from there. All of it is deleted when the
conversation ends, however it ends; and 完成 ends it only when the report is stored.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from aiosqlite import Connection
from nonebot import logger

from jianggao.chat import Attachment, ChatServices, ReopenedConversation, Reply, Request
from jianggao.chat.commands.conversations import CANCELLED
from jianggao.errors import CannotWrite, NotAllowed, WrongUse
from jianggao.redeem_codes.code_form import holds_code
from jianggao.redeem_codes.codes_in_files import file_holds_code
from jianggao.resale_reports import evidence_store, filing
from jianggao.resale_reports.conversation_steps import (
    MAX_BYTES,
    MAX_PIECES,
    Draft,
    ReportAttachment,
    ReportStep,
    StepAnswer,
)
from jianggao.resale_reports.draft_notes import LeftDraft
from jianggao.resale_reports.drafts import DraftFiles, EvidenceFull
from jianggao.resale_reports.model import DraftFile

from . import texts

MINUTES = 10
"""Minutes of silence after which the conversation ends and what was sent in it is forgotten."""


class Conversation:
    """One person's conversation. Messages are handled one at a time, in the order they came: fetching a file
    takes long, and 完成 may follow at once."""

    def __init__(self, files: DraftFiles, self_id: str, draft: Draft | None = None) -> None:
        self._draft = draft or Draft()
        self._files = files
        self._self_id = self_id
        self._turn = asyncio.Lock()
        self._filing = asyncio.Lock()
        self._heard: list[str] = []
        """The keys of the messages that were taken: QQ may send one again after a restart."""
        self._filed = False

    @classmethod
    async def begin(cls, request: Request) -> str | None:
        """Opens a conversation and returns the answer to 举报 itself. Raises NotAllowed when too many people
        are reporting, CannotWrite where nothing can be written to the disk: no conversation is open then."""
        waiting = await request.read(evidence_store.bytes_waiting, request.account)
        conversation = cls(request.application.drafts.begin(request.account, waiting), request.sender.self_id)
        async with conversation._turn:  # what follows at once waits for it
            request.open_conversation(
                conversation.hear, minutes=MINUTES, ended=conversation._files.end, cancel=conversation.cancel
            )
            try:
                return await conversation._begin(request)
            except (CannotWrite, OSError):
                # If it has ended another conversation of the person may be open by now.
                if not conversation._files.ended:
                    request.end_conversation()
                raise

    async def _begin(self, request: Request) -> str | None:
        step = Draft.begin(request.argument)
        await self._remember(request, step.draft)
        self._draft = step.draft
        if request.message.pictures or request.message.files:
            return await self._take(request, "")
        return texts.step(step)

    @classmethod
    async def reopen(cls, services: ChatServices, left: LeftDraft) -> None:
        """Opens a conversation of before the restart again, unless its report was stored just before. Raises
        KeyError, TypeError or ValueError for a note that this program never writes."""
        application = services.application
        waiting, is_filed = await filing.waiting_and_filed(
            application.database, left.person, str(left.state["filing"])
        )
        files = application.drafts.reopen(left, waiting)
        if is_filed:
            files.end()
            return
        draft = Draft.from_stored(left.state["draft"], left.files)
        conversation = cls(files, str(left.state["self_id"]), draft)
        conversation._heard = _texts_of(left.state["heard"])
        reopened = ReopenedConversation(
            conversation._self_id, left.person, texts.reopened_conversation(draft)
        )
        services.conversations.reopen(
            reopened,
            "举报",
            conversation.hear,
            application.monotonic(),
            minutes=MINUTES,
            ended=files.end,
            cancel=conversation.cancel,
        )

    async def cancel(self, request: Request) -> str:
        """取消: ends the conversation, and returns what to answer. While the report is being stored it waits
        for that: where it succeeds, 取消 comes too late."""
        async with self._filing:
            if self._files.ended:
                return self._over
            request.end_conversation()
            return CANCELLED

    @property
    def _over(self) -> str:
        return texts.OVER if self._filed else texts.ENDED

    async def hear(self, request: Request) -> Reply | str:
        """Returns the answer to a later message."""
        async with self._turn:
            if self._files.ended:
                return self._over
            # The message was taken just before a restart, and QQ has sent it once more.
            if request.processed_message.key in self._heard:
                return texts.step(ReportStep(self._draft, StepAnswer.TAKEN))
            request.prolong_conversation()
            self._require_few(request)
            text = "\n".join([request.message.text, *await request.forwarded()])
            answer = await self._take(request, text)
            return await self._file(request) if answer is None else answer

    async def _remember(self, request: Request, draft: Draft, filing: str = "") -> None:
        """Writes down what was gathered, before the person reads that it was taken. `filing` is the key of
        the message 完成. It isn't noted as taken until the report is stored: if the bot is killed in between
        and QQ sends 完成 once more, that files the report."""
        heard = self._heard if filing else [*self._heard, request.processed_message.key]
        await self._files.remember(
            {"self_id": self._self_id, "draft": draft.to_stored(), "heard": heard, "filing": filing}
        )
        self._heard = heard

    async def _take(self, request: Request, text: str) -> str | None:
        """Takes all that came with a message, or nothing of it, and returns the answer; None if the message
        is 完成 and the report is complete."""
        self._require_few(request)
        _require_no_codes(request, text)
        new: list[DraftFile] = []
        held = self._files.held
        try:
            step = await self._step(request, text, new)
            if step.draft is not self._draft:
                await self._remember(request, step.draft)
        except BaseException as error:
            self._files.drop(new)
            self._files.let_go(self._files.held - held)
            if isinstance(error, EvidenceFull):
                await _tell_that_it_is_full(request)
            raise
        if step.draft is self._draft:
            self._files.drop(new)
        if self._files.ended:
            return texts.ENDED
        request.prolong_conversation()
        self._draft = step.draft
        return None if step.answer is StepAnswer.COMPLETE else texts.step(step)

    async def _step(self, request: Request, text: str, new: list[DraftFile]) -> ReportStep:
        """Returns the conversation's next step. The pictures and files of the message are on the disk by
        then; each is added to `new`, also where a later one fails."""
        pictures = [await self._kept(request, picture, new) for picture in request.message.pictures]
        files = [await self._kept(request, file, new) for file in request.message.files]
        step = self._draft.take(text, pictures, files)
        self._files.hold(_bytes_of_text(step.draft) - _bytes_of_text(self._draft))
        return step

    async def _kept(self, request: Request, incoming: Attachment, new: list[DraftFile]) -> ReportAttachment:
        """Returns a picture or file, written to the disk. Raises WrongUse, EvidenceFull, NotAllowed, and
        CannotWrite where the disk takes nothing."""
        content = await request.fetch(incoming, MAX_BYTES)
        if incoming.kind == "file" and await asyncio.to_thread(file_holds_code, content):
            raise WrongUse(texts.HAS_CODES)
        file = await self._files.put(content)
        new.append(file)
        return ReportAttachment(incoming.name, file=file)

    def _require_few(self, request: Request) -> None:
        """Raises WrongUse before anything is fetched that would be too many or too large."""
        message = request.message
        count = len(message.pictures) + len(message.files) + len(message.forwards)
        if count and len(self._draft.pieces) + count > MAX_PIECES:
            raise WrongUse(texts.step(ReportStep(self._draft, StepAnswer.TOO_MANY)))
        if any((attachment.size or 0) > MAX_BYTES for attachment in (*message.pictures, *message.files)):
            raise WrongUse(texts.TOO_LARGE)

    async def _file(self, request: Request) -> Reply:
        """Stores the report, ends the conversation, and returns the answer. Where storing fails the
        conversation stays open, so that the person can send 完成 again."""
        async with self._filing:
            if self._files.ended:
                raise WrongUse(self._over)
            await self._require_all(request)
            await self._remember(request, self._draft, filing=request.processed_message.key)
            try:
                with self._files.filing():
                    reply = await request.change(self._filing_of(request))
                    self._filed = True
            except NotAllowed:
                request.end_conversation()
                raise
            request.close_conversation()
            return reply

    async def _require_all(self, request: Request) -> None:
        """Raises WrongUse where pictures and files were deleted from the disk: the reporter still has them.
        The draft goes on without them."""
        missing = await asyncio.to_thread(self._files.missing)
        if not missing:
            return
        logger.warning(f"{len(missing)} files of an unfinished report are not on the disk any more")
        self._files.drop(missing)
        left = tuple(piece for piece in self._draft.pieces if piece.file not in missing)
        self._draft = replace(self._draft, pieces=left)
        await self._remember(request, self._draft)
        raise WrongUse(texts.missing(len(missing)))

    def _filing_of(self, request: Request) -> Callable[[Connection], Awaitable[Reply]]:
        """Returns the effect that stores the report, for `Request.change`."""

        async def effect(connection: Connection) -> Reply:
            report = await filing.file(
                connection,
                self._draft.complaint,
                reporter=request.account,
                at=request.now,
                message=request.processed_message.key,
                zone=request.application.settings.timezone,
            )
            return Reply(texts.filed(report))

        return effect


async def reopen_reports(services: ChatServices) -> None:
    """Opens the conversations again that were open when the bot ended."""
    application, conversations = services.application, services.conversations
    for left in list(application.drafts.left):
        try:
            await Conversation.reopen(services, left)
        except (KeyError, TypeError, ValueError) as error:
            logger.warning(
                f"the unfinished report of {left.person} could not be opened again: {type(error).__name__}"
            )
            application.drafts.set_aside(left)
            conversations.lost(ReopenedConversation(str(left.state.get("self_id")), left.person, texts.LOST))


def _require_no_codes(request: Request, text: str) -> None:
    """Raises WrongUse for a text, or a file's name, with a redeem code: evidence is stored as it came. The
    text of a forward came after the admission."""
    names = (attachment.name for attachment in (*request.message.pictures, *request.message.files))
    if any(map(holds_code, (text, *names))):
        raise WrongUse(texts.HAS_CODES)


async def _tell_that_it_is_full(request: Request) -> None:
    application = request.application
    notice = texts.evidence_full(application.settings.evidence_mb)
    await request.services.notices.tell_superusers_daily("evidence is full", notice, request.now)


def _bytes_of_text(draft: Draft) -> int:
    return sum(len(piece.text.encode("utf-8")) for piece in draft.pieces)


def _texts_of(stored: object) -> list[str]:
    """Returns a list of texts of a note. Raises ValueError for anything else."""
    if not isinstance(stored, list) or not all(isinstance(text, str) for text in stored):
        raise ValueError("no list of texts")
    return stored
