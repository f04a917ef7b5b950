"""Defines the request: a command that was admitted, with all that its handler needs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar

import aiosqlite
from nonebot import logger

from jianggao.access.group_bindings import bindings
from jianggao.access.verdicts import Place, PlaceKind
from jianggao.application import Application
from jianggao.chat.commands.command_registry import Parsed
from jianggao.chat.commands.reply import Reply
from jianggao.chat.receiving.downloads import LARGEST
from jianggao.chat.receiving.messages import Attachment, IncomingMessage
from jianggao.chat.sending.sender import Sender
from jianggao.chat.services import ChatServices
from jianggao.database.processed_messages import ProcessedMessage
from jianggao.outbound import outbox_store as outbox
from jianggao.outbound.outbox_store import OutboxAnswer
from jianggao.outbound.queue import Reservation
from jianggao.outbound.send_outcomes import SendOutcome, is_tried_again
from jianggao.reading.reader import Reader
from jianggao.reading.views import AnswerContents

STATE_KEY = "jianggao_request"
"""Where the request stands in the state that NoneBot hands to matchers."""
P = ParamSpec("P")
T = TypeVar("T")

OTHERS_WITHIN = 1.0
"""Seconds that an answer waits for what became of messages to others."""


@dataclass(slots=True)
class StoredReply:
    """What a request remembers of its stored answer, until that has been given."""

    number: int | None = None
    """The answer's id in the outbox; None while nothing was changed."""
    text: str | None = None
    """What the answer says by now, if it was worded anew: the new words may be stored only after they were
    sent."""
    notices: dict[int, str] = field(default_factory=dict)
    """The accounts of others who get a notice, by the notice's id in the outbox."""
    sending: dict[int, asyncio.Task[SendOutcome]] = field(default_factory=dict)
    """The notices that are being sent, by their ids."""
    is_provisional: bool = False
    """Whether the stored answer is the one for a bot that ends in the middle of the work (`undertake`)."""


@dataclass(frozen=True, slots=True, repr=False)
class Request:
    """A command that was admitted, with all that its handler needs."""

    parsed: Parsed
    account: str
    """The QQ number of the asker."""
    superuser: bool
    """Whether the asker is one."""
    place: Place
    """The chat that it was typed in, as that was bound then."""
    message_id: str
    now: datetime
    """When it was admitted."""
    processed_message: ProcessedMessage
    """The record that this message has acted, which each change stores with it."""
    services: ChatServices
    sender: Sender
    """Sends for the account that the message came to."""
    reservation: Reservation
    """The place of its answer in the queue, until the answer itself stands there."""
    ended: Callable[[], None] = lambda: None
    """Lets what waits for this request go on. Called when its handler has ended, in whatever way, or before
    work that takes long. A second call does nothing."""
    stored_reply: StoredReply = field(default_factory=StoredReply)

    def __repr__(self) -> str:
        """Returns a short text without what was typed. NoneBot makes it for each matcher that runs, logged or
        not; made of all fields it would hold every copy that is kept in memory."""
        return f"<{self.parsed.command.name} by {self.account} in {self.place.kind.value} {self.place.chat}>"

    @property
    def application(self) -> Application:
        """The open application."""
        return self.services.application

    @property
    def argument(self) -> str:
        """What stands behind the command word, in NFKC."""
        return self.parsed.argument

    @property
    def in_group(self) -> bool:
        """Whether it was typed in a group."""
        return self.place.kind is not PlaceKind.PRIVATE

    @property
    def chat(self) -> str:
        """The asker in this place: the key of remembered pages."""
        return f"{self.place.kind.value}:{self.place.chat}:{self.account}"

    @property
    def message(self) -> IncomingMessage:
        """The whole message, pictures, files and forwards too: one within a conversation, or the command
        itself."""
        return self.parsed.message

    async def fetch(self, attachment: Attachment, limit: int = LARGEST) -> bytes:
        """Returns the content of a picture or file that came with the message, at most `limit` bytes. Waits
        while others' are coming in. Raises WrongUse, saying what to do."""
        async with self.services.download_turns.turn(self.account, first=self.superuser):
            return await self.services.downloads.fetch(self.sender.bot, attachment, limit)

    async def forwarded(self) -> tuple[str, ...]:
        """Returns the texts of the messages that were forwarded. Raises WrongUse."""
        texts: list[str] = []
        for forward_id in self.message.forwards:
            texts += await self.services.downloads.forwarded_texts(self.sender.bot, forward_id)
        return tuple(texts)

    # --- conversations --------------------------------------------------------------------------------------

    def open_conversation(
        self,
        handler: Handler,
        *,
        minutes: float = 10,
        ended: Callable[[], None] = lambda: None,
        cancel: Handler | None = None,
    ) -> None:
        """Lets `handler` take every later private message of the asker, until the conversation is closed or
        cancelled, or nothing was said for so many minutes. A conversation that was open with the asker ends.

        `ended` is called when it ends otherwise than by `close_conversation`. `cancel` handles 取消 in place of
        the ordinary end. Raises NotAllowed if too many are open; superusers' are always opened.
        """
        self.services.conversations.open(
            self.account,
            self.parsed.command,
            handler,
            self.application.monotonic(),
            minutes=minutes,
            ended=ended,
            cancel=cancel,
            always=self.superuser,
        )

    def prolong_conversation(self) -> None:
        """Counts the silence after which the conversation ends from now on: files may take minutes to come.
        Does nothing if the conversation isn't open any more."""
        now = self.application.monotonic()
        self.services.conversations.prolong(self.account, self.parsed.command, now)

    def close_conversation(self) -> None:
        """Ends the conversation that this is a message of: its handler has all that it needs, and has stored
        it. Another one that was opened meanwhile stays open."""
        self.services.conversations.close(self.account, self.parsed.command)

    def end_conversation(self) -> None:
        """Ends the asker's conversation, if one is open, and what was gathered in it."""
        self.services.conversations.end(self.account)

    # --- reading and changing -------------------------------------------------------------------------------

    async def read(
        self,
        read: Callable[Concatenate[aiosqlite.Connection, P], Awaitable[T]],
        *args: P.args,
        **named: P.kwargs,
    ) -> T:
        """Returns what `read` returns, called with a connection to one state of the database and these
        arguments."""
        async with self.application.database.read() as connection:
            return await read(connection, *args, **named)

    async def change(self, effect: Callable[[aiosqlite.Connection], Awaitable[Reply]]) -> Reply:
        """Changes something in one transaction: the record that this message has acted, what `effect` does,
        the answer that it returns, and the notices to others. Returns that answer, for the handler to return.

        Raises AlreadyProcessed if the message has acted before, and what `effect` raises.
        """
        kept: list[int] = []
        try:
            async with self.application.database.write() as connection:
                await self.processed_message.record(connection)
                reply = await effect(connection)
                for answer in self._answers(reply) if reply.changed else ():
                    kept += [await self.services.answers.keep(connection, answer)]
        except BaseException:
            for number in kept:
                self.services.answers.let_go(number)
            raise
        if kept:
            accounts = [account for account, _ in reply.notices]
            self.stored_reply.number, self.stored_reply.notices = (
                kept[0],
                dict(zip(kept[1:], accounts, strict=True)),
            )
        return reply

    async def undertake(self, if_stopped: Reply) -> None:
        """Records that this message has acted, for work that takes more than one transaction. Where the bot
        ends in the middle of it, `if_stopped` is the answer after the restart; otherwise what `achieved`
        gets."""

        async def begun(connection: aiosqlite.Connection) -> Reply:
            return if_stopped

        await self.change(begun)
        self.stored_reply.is_provisional = True
        self.ended()  # what the person says next isn't kept waiting for long work

    async def achieved(self, reply: Reply) -> Reply:
        """Stores, when what was undertaken is done, the answer that holds from here on, also after a restart.
        Returns it."""
        if self.stored_reply.number is not None and self.stored_reply.is_provisional:
            # Its age counts from here: work that took long is reported all the same.
            done_at = self.application.clock()
            rewrite = partial(outbox.rewrite, number=self.stored_reply.number, text=reply.text, at=done_at)
            await self.services.answers.write_down(rewrite)
            self.stored_reply.text, self.stored_reply.is_provisional = reply.text, False
        return reply

    async def tell_others(self) -> dict[str, SendOutcome]:
        """Sends the notices to others. Returns, by account, the outcomes that are known within a second, for
        the answer to say; the rest goes on in the background, and superusers read whom it didn't reach."""
        await self._begin_notices()
        sending = self.stored_reply.sending
        if sending:
            await asyncio.wait(sending.values(), timeout=OTHERS_WITHIN)
        return {
            self.stored_reply.notices[number]: task.result()
            for number, task in sending.items()
            if task.done()
        }

    async def say_whom_it_reached(self, reply: Reply, outcomes: Mapping[str, SendOutcome]) -> Reply:
        """Stores the answer to a change as it reads with the outcomes of `tell_others`, and returns it. Whom
        it names isn't listed again. Where that can't be stored the answer stays as it was stored with the
        change."""
        named = [
            number
            for number, account in self.stored_reply.notices.items()
            if account in outcomes and not is_tried_again(outcomes[account])
        ]

        async def write_down(connection: aiosqlite.Connection) -> None:
            if number is not None:
                await outbox.rewrite(connection, number, reply.text)
            await outbox.mark_listed(connection, named)

        number = self.stored_reply.number
        try:
            await self.application.database.writer.write_or_later(write_down)
            self.stored_reply.text = reply.text
        except Exception:
            logger.exception("the answer doesn't say whom the change was told to")
        return reply

    async def _begin_notices(self) -> None:
        if self.stored_reply.notices and not self.stored_reply.sending:
            self.stored_reply.sending = await self.services.answers.tell_others(
                self.stored_reply.notices, self.sender
            )

    def let_go(self) -> None:
        """Notes that the request has ended, in whatever way: answers and notices that it stored and didn't
        send are sent later."""
        answers = self.services.answers
        if self.stored_reply.number is not None:
            answers.let_go(self.stored_reply.number)
        for number in self.stored_reply.notices:
            task = self.stored_reply.sending.get(number)
            if task is None:
                answers.let_go(number)
            else:
                task.add_done_callback(lambda _, number=number: answers.let_go(number))  # type: ignore[misc]

    def _answers(self, reply: Reply) -> list[OutboxAnswer]:
        """Returns the reply and the notices to others as they are stored."""
        notice = self.answer(replace(reply, private=True))
        return [
            self.answer(reply),
            *(replace(notice, person=account, text=text, is_notice=True) for account, text in reply.notices),
        ]

    def answer(self, reply: Reply) -> OutboxAnswer:
        """Returns the reply as it is stored: where it belongs, and from which account."""
        goes_private = reply.private or not self.in_group
        return OutboxAnswer(
            at=self.now,
            message=self.processed_message.key,
            command=self.parsed.command.name,
            asker=self.account,
            self_id=self.sender.self_id,
            group=None if goes_private else self.place.chat,
            person=self.account,
            reply_to=None if goes_private else self.message_id,
            text=reply.text,
            also_if_unbound=reply.also_if_unbound,
        )

    async def reader(self) -> Reader:
        """Returns the asker's reader in this place, by the ledger as it stands now."""
        return await self.application.reader(self.account, self.place)

    def reading_reply(
        self,
        reader: Reader,
        text: str,
        contents: AnswerContents,
        *,
        private: bool = False,
        expires_after: float | None = None,
    ) -> Reply:
        """Returns a reply that shows texts of the library, which `reader` returned with these contents.

        When it leaves the queue it is judged again, in the place as it is then: whether all that it shows may
        still be shown. When it has left, or was refused, its deliveries are settled.
        """

        async def still_allowed() -> bool:
            reader_now = await self.application.reader(self.account, await self.place_now())
            return await reader_now.still_shows(contents)

        return Reply(
            text,
            private=private,
            expires_after=expires_after,
            still_allowed=still_allowed,
            settle=partial(reader.settle, contents),
        )

    async def place_now(self) -> Place:
        """Returns the place as it is bound now: a member group may have become a free one."""
        if not self.in_group:
            return self.place
        binding = (await self.read(bindings)).get(self.place.chat)
        return replace(self.place, kind=PlaceKind.UNBOUND if binding is None else binding.kind)


Handler = Callable[[Request], Awaitable[Reply | str | None]]
"""Handles one request. Returns the answer, or None for silence."""
