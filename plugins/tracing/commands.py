"""Handles 溯源: a superuser sends what has leaked, pasted over several messages, as files or forwards."""

from __future__ import annotations

import asyncio

from nonebot import logger

from jianggao.chat import (
    ChatServices,
    CommandTable,
    ReopenedConversation,
    Reply,
    Request,
    Scope,
    register_matcher,
)
from jianggao.errors import CannotWrite, WrongUse
from jianggao.redeem_codes.code_form import holds_code
from jianggao.redeem_codes.codes_in_files import file_holds_code
from jianggao.resale_reports.draft_notes import LeftDraft
from jianggao.resale_reports.drafts import DraftFiles
from jianggao.resale_reports.model import DraftFile

from . import texts

commands = CommandTable("tracing")
_DONE = "完成"
_MOST_PIECES = 60
_MOST_BYTES = 20_000_000
"""Bytes of everything in one conversation, which is in memory until it has been examined; the last file may
go beyond."""


class _Collected:
    """What was sent so far: in memory, and on the disk too, so that it outlives a restart."""

    def __init__(self, self_id: str, files: DraftFiles | None = None) -> None:
        self._self_id = self_id
        self._kept = files
        self._names: list[tuple[str, str | None]] = []
        """For each piece, in order: the name of its file in the folder, and the name that it was sent with
        (None for a text)."""
        self._put: list[DraftFile] = []
        """For each piece, in order: its file in the folder."""
        self.texts: list[str] = []
        self.files: list[tuple[str, bytes]] = []
        self.turn = asyncio.Lock()
        """Held while a message is handled: 完成 waits for a file that is still coming in."""
        self.done = False

    def __len__(self) -> int:
        return len(self.texts) + len(self.files)

    @property
    def is_full(self) -> bool:
        """Whether nothing more is taken."""
        size = sum(map(len, self.texts)) + sum(len(content) for _, content in self.files)
        return len(self) >= _MOST_PIECES or size >= _MOST_BYTES

    async def take(self, request: Request, text: str) -> None:
        """Takes everything of a message. Raises WrongUse for what can't be fetched, and CannotWrite where the
        disk takes nothing: nothing of the message is taken then."""
        before = len(self._names), len(self.texts), len(self.files)
        try:
            await self._take(request, text)
        except (CannotWrite, OSError):
            names, pasted, files = before
            if self._kept is not None:
                self._kept.drop(self._put[names:])
            del self._put[names:], self._names[names:], self.texts[pasted:], self.files[files:]
            raise

    async def _take(self, request: Request, text: str) -> None:
        if text:
            await self._add_text(text)
        if request.message.forwards:
            forwarded = "\n".join(await request.forwarded())
            if holds_code(forwarded):
                raise WrongUse(texts.HAS_CODES)
            await self._add_text(forwarded)
        for file in request.message.files:
            if self.is_full:
                raise WrongUse(texts.ENOUGH)
            content = await request.fetch(file)
            if holds_code(file.name) or await asyncio.to_thread(file_holds_code, content):
                raise WrongUse(texts.HAS_CODES)
            await self._add_file(file.name, content)

    async def remember(self) -> None:
        """Writes down what was collected, before the operator reads that it was taken."""
        if self._kept is not None:
            await self._kept.remember({"self_id": self._self_id, "pieces": self._names})

    async def _add_text(self, text: str) -> None:
        await self._keep(text.encode("utf-8", "replace"), None)
        self.texts.append(text)

    async def _add_file(self, name: str, content: bytes) -> None:
        await self._keep(content, name)
        self.files.append((name, content))

    async def _keep(self, content: bytes, name: str | None) -> None:
        if self._kept is not None:
            kept = await self._kept.put(content)
            self._put.append(kept)
            self._names.append((kept.path.name, name))
            await self.remember()

    @classmethod
    def reopened(cls, left: LeftDraft, files: DraftFiles) -> _Collected:
        """Returns what was collected before a restart, as far as it is still there. Raises KeyError,
        TypeError or ValueError for a note that this program never writes."""
        collected = cls(str(left.state["self_id"]), files)
        for kept, name in left.state["pieces"]:
            if not isinstance(name, str | None):
                raise TypeError("a name that is no text")
            if kept not in left.files:
                continue
            content = left.files[kept].path.read_bytes()
            collected._names.append((kept, name))
            collected._put.append(left.files[kept])
            if name is None:
                collected.texts.append(content.decode("utf-8"))
            else:
                collected.files.append((name, content))
        return collected

    def forget(self) -> None:
        """Deletes what was collected from the disk."""
        if self._kept is not None:
            self._kept.end()

    async def hear(self, request: Request) -> Reply | str | None:
        """Returns the answer to a message within the conversation; None for nothing to say. 完成 starts the
        examination, whose stored answer ends the conversation."""
        async with self.turn:
            if self.done:
                return None
            if request.message.text != _DONE:
                return await _add(request, self)
            if not self:
                return texts.NOTHING_YET
            request.prolong_conversation()
            reply = await _answer(request, self)
            self.done = True
            request.close_conversation()
            self.forget()
            return reply


@commands.handles(
    "溯源",
    scope=Scope.SUPERUSER,
    usage="溯源 [文本]",
    example="溯源",
    summary="看外传的文本像谁的副本：粘贴文本，或只发“溯源”再发文件、转发、长文，发“完成”开始",
)
async def trace(request: Request) -> Reply | str:
    """溯源: examines what came with the command, or opens a conversation that collects what to examine."""
    if request.in_group:
        return Reply(texts.IN_PRIVATE, private=True)
    if request.argument or request.message.files:
        collected = _Collected(request.sender.self_id)
        await collected.take(request, request.argument)
        return await _answer(request, collected)
    collected = _Collected(request.sender.self_id, request.application.collected.begin(request.account, 0))
    request.open_conversation(collected.hear, ended=collected.forget)
    try:
        await collected.remember()
    except (CannotWrite, OSError):
        # A conversation that can't be written down would be lost by a restart: it isn't opened.
        request.end_conversation()
        raise
    return texts.SEND_IT


@commands.reopens
async def reopen_collections(services: ChatServices) -> None:
    """Opens the conversations again in which operators were collecting when the bot ended."""
    application, conversations = services.application, services.conversations
    for left in list(application.collected.left):
        # Leaks are examined for superusers alone: he may be none any more.
        if left.person not in application.settings.superusers:
            application.collected.reopen(left, 0).end()
            continue
        try:
            files = application.collected.reopen(left, 0)
            collected = await asyncio.to_thread(_Collected.reopened, left, files)
        except (KeyError, TypeError, ValueError, OSError) as error:
            logger.warning(
                f"what {left.person} had collected could not be opened again: {type(error).__name__}"
            )
            application.collected.set_aside(left)
            conversations.lost(ReopenedConversation(str(left.state.get("self_id")), left.person, texts.LOST))
            continue
        reopened = ReopenedConversation(
            str(left.state["self_id"]), left.person, texts.reopened(len(collected))
        )
        conversations.reopen(
            reopened, "溯源", collected.hear, application.monotonic(), ended=collected.forget
        )


async def _add(request: Request, collected: _Collected) -> str | None:
    """Takes a message and returns the answer; None for a pasted text after the first, since a long text comes
    in many messages."""
    before = len(collected)
    if collected.is_full:
        return texts.ENOUGH
    await collected.take(request, request.message.text)
    if len(collected) == before:
        return texts.NOTHING_TO_READ
    return texts.taken(len(collected)) if request.message.files or not before else None


async def _answer(request: Request, collected: _Collected) -> Reply:
    """Examines what was collected, and returns the stored answer: the examination is logged and counts
    against the error budget, so that its answer must not be lost."""
    await request.undertake(Reply(texts.STOPPED, private=True))
    inquiry = request.application.leak_inquiry(request.account, request.now, with_names=True)
    result = await inquiry.examine(collected.texts, collected.files)
    return await request.achieved(Reply(result.answer, private=True))


matcher = register_matcher(commands.plugin)
