"""Dialogues: what somebody says in private goes to one handler until it has heard enough."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from jianggao.application import Application
from jianggao.chat.commands.command_registry import Command, Parsed, Scope, registry
from jianggao.chat.commands.command_table import Handler
from jianggao.chat.commands.request import Request
from jianggao.chat.receiving.messages import EMPTY_MESSAGE, IncomingMessage
from jianggao.errors import NotAllowed

CANCEL = "取消"
CANCELLED = "已取消。"
STILL_OPEN = "“{}”还没结束：请接着发，收齐了发“完成”，不要了发“取消”。"
MOST = 200
"""Dialogues at once. Who comes when so many are open is asked to come later; nobody's open one is ended for it."""
TOO_MANY = "现在同时在办的人太多了，请过十分钟再来。"
AFTER_A_RESTART = 3_600.0
"""Seconds of silence after a restart, at least: nobody knows at once that the bot is there again."""
LOOKED_AT_EVERY = 5.0
"""Seconds between two looks at which dialogues have been silent for too long."""


@dataclass(frozen=True, slots=True)
class _OpenConversation:
    command: Command
    patience: float
    until: float
    ended: Callable[[], None]
    cancel: Handler | None = None


Reopener = Callable[[Application], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class ReopenedConversation:
    """What somebody is told whose dialogue is open again after a restart, or can't be opened again."""

    self_id: str
    """The account that the dialogue was held with."""
    account: str
    text: str
    is_open: bool = True


class Conversations:
    """The open dialogues, by account. Times are of a monotonic clock.

    Who opens one writes down by itself what was gathered in it, and opens it again after a restart (`reopens`).
    """

    def __init__(self) -> None:
        self._open: dict[str, _OpenConversation] = {}
        self._reopeners: list[Reopener] = []
        self._to_tell: list[ReopenedConversation] = []

    def open(
        self,
        request: Request,
        handler: Handler,
        *,
        minutes: float = 10,
        ended: Callable[[], None] = lambda: None,
        cancel: Handler | None = None,
    ) -> None:
        """Every later private message of the asker goes to `handler` until `close`, 取消, or so long a silence.

        `ended` is called when it ends otherwise than by `close`. `cancel` hears 取消 instead of the ordinary end. One
        that was open with the asker ends. Raises NotAllowed when too many are open.
        """
        now = request.application.monotonic()
        self.end(request.account)
        self.end_the_silent(now)
        if len(self._open) >= MOST and not request.superuser:
            raise NotAllowed(TOO_MANY)
        command = _command(request.parsed.command, handler)
        patience = 60 * minutes
        self._open[request.account] = _OpenConversation(command, patience, now + patience, ended, cancel)

    def reopens(self, reopener: Reopener) -> Reopener:
        """Register what opens a plugin's dialogues again, by `reopen`, at the start."""
        self._reopeners.append(reopener)
        return reopener

    async def reopen_all(self, application: Application) -> None:
        """The bot has started: open again what was open when it ended."""
        for reopener in self._reopeners:
            await reopener(application)

    def reopen(
        self,
        told: ReopenedConversation,
        command: str,
        handler: Handler,
        now: float,
        *,
        minutes: float = 10,
        ended: Callable[[], None] = lambda: None,
        cancel: Handler | None = None,
    ) -> None:
        """Open a dialogue of before the restart, as `open` did; the person is told when the account is connected."""
        self.end(told.account)
        patience = 60 * minutes
        self._open[told.account] = _OpenConversation(
            _command(registry.words[command], handler),
            patience,
            now + max(patience, AFTER_A_RESTART),
            ended,
            cancel,
        )
        self._to_tell.append(told)

    def lost(self, told: ReopenedConversation) -> None:
        """A dialogue of before the restart can't be opened again; the person is told when the account is connected."""
        self._to_tell.append(replace(told, is_open=False))

    def to_tell(self, self_id: str) -> list[ReopenedConversation]:
        """Who is to be told by this account, each once; whose dialogue was opened again, only while it is open."""
        told = [one for one in self._to_tell if one.self_id == self_id]
        self._to_tell = [one for one in self._to_tell if one.self_id != self_id]
        return [one for one in told if not one.is_open or one.account in self._open]

    def prolong(self, request: Request) -> None:
        """The dialogue that `request` is a message of goes on, if it is still open: files may take minutes to come."""
        found = self._open.get(request.account)
        if found is not None and found.command is request.parsed.command:
            until = request.application.monotonic() + found.patience
            self._open[request.account] = replace(found, until=until)

    def close(self, request: Request) -> None:
        """The handler has heard enough, and what it heard is stored: nothing more goes to it, and `ended` isn't called.
        One that was opened meanwhile stays open."""
        found = self._open.get(request.account)
        if found is None or found.command is not request.parsed.command:
            return
        del self._open[request.account]

    def end(self, account: str) -> None:
        """End the account's dialogue, if one is open."""
        found = self._open.pop(account, None)
        if found is not None:
            found.ended()

    def end_the_silent(self, now: float) -> None:
        """End every dialogue in which nothing was said for too long: what was sent in it goes then, and not with the
        person's next word, which may never come."""
        for account in [account for account, one in self._open.items() if one.until < now]:
            self.end(account)

    def forget_all(self) -> None:
        """The bot stops: nothing more is heard, and what was gathered stays, for the next start."""
        self._open.clear()
        self._to_tell.clear()

    def receive(self, account: str, message: IncomingMessage, now: float) -> Parsed | None:
        """What a private message means within the account's dialogue; None where none is open."""
        found = self._open.get(account)
        if found is None:
            return None
        if found.until < now:
            self.end(account)
            return None
        self._open[account] = replace(found, until=now + found.patience)
        if message == replace(EMPTY_MESSAGE, text=found.command.name):
            return Parsed(_reminding(found.command), "", (), message)
        if message.text == CANCEL:
            return Parsed(_cancelling(found), "", (), message)
        return Parsed(found.command, message.text, (), message)


def _command(told: Command, handler: Handler) -> Command:
    """What a message within a dialogue is: the command that opened it, heard by the dialogue's handler."""
    return Command(
        told.name, told.plugin, handler, (), (), Scope.ALL, False, told.usage, told.example, told.summary
    )


def _reminding(command: Command) -> Command:
    """For who gives the command again that he is in the middle of: taken as material it would look unheard."""

    async def remind(request: Request) -> str:
        return STILL_OPEN.format(command.name)

    return replace(command, handler=remind)


def _cancelling(found: _OpenConversation) -> Command:
    async def cancel(request: Request) -> str:
        conversations.end(request.account)
        return CANCELLED

    return Command(
        CANCEL,
        found.command.plugin,
        found.cancel or cancel,
        (),
        (),
        Scope.ALL,
        False,
        CANCEL,
        CANCEL,
        "结束刚才的对话",
    )


conversations = Conversations()


async def end_silent_conversations(
    monotonic: Callable[[], float], rest: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Look again and again, for as long as the bot runs. By looking and not by a timer for each dialogue, since the bot's
    clock is a parameter, which may be moved."""
    while True:
        conversations.end_the_silent(monotonic())
        await rest(LOOKED_AT_EVERY)
