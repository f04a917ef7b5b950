"""Keeps conversations: all that an account says in private goes to one handler until the conversation
ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from jianggao.chat.commands.command_registry import AnyHandler, Command, Parsed, Scope, registry
from jianggao.chat.receiving.messages import EMPTY_MESSAGE, IncomingMessage
from jianggao.errors import NotAllowed

CANCEL = "取消"
CANCELLED = "已取消。"
STILL_OPEN = "“{}”还没结束：请接着发，收齐了发“完成”，不要了发“取消”。"
MOST_OPEN = 200
"""Conversations at once. Further people are asked to come later; no open conversation is ended for them."""
TOO_MANY = "现在同时在办的人太多了，请过十分钟再来。"
AFTER_A_RESTART = 3_600.0
"""Seconds of silence after a restart, at least: nobody knows at once that the bot is there again."""
CHECKED_EVERY = 5.0
"""Seconds between two checks which conversations have been silent for too long."""


@dataclass(frozen=True, slots=True)
class _OpenConversation:
    """A conversation that is open. `command` is the one that opened it, with the conversation's handler."""

    command: Command
    patience: float
    """Seconds of silence after which it ends."""
    until: float
    """When it ends if nothing more is said, by the monotonic clock."""
    ended: Callable[[], None]
    """Called when it ends otherwise than by `Conversations.close`."""
    cancel: AnyHandler | None = None
    """Handles 取消 in place of the ordinary end."""


@dataclass(frozen=True, slots=True)
class ReopenedConversation:
    """A conversation of before a restart, and what its person reads: that it is open again, or can't be
    opened."""

    self_id: str
    """The account that the conversation was held with."""
    account: str
    text: str
    is_open: bool = True


class Conversations:
    """The open conversations, one an account. Times are of a monotonic clock, in seconds.

    A plugin that opens one stores by itself what was gathered in it, and opens it again after a restart
    (`CommandTable.reopens`).
    """

    def __init__(self) -> None:
        self._open: dict[str, _OpenConversation] = {}
        self._reopened: list[ReopenedConversation] = []
        """Those of accounts that haven't been connected since the restart."""

    def __len__(self) -> int:
        return len(self._open)

    def open(
        self,
        account: str,
        command: Command,
        handler: AnyHandler,
        now: float,
        *,
        minutes: float = 10,
        ended: Callable[[], None] = lambda: None,
        cancel: AnyHandler | None = None,
        always: bool = False,
    ) -> None:
        """Opens a conversation, as `Request.open_conversation` says. `always`: also where too many are
        open."""
        self.end(account)
        self.end_silent(now)
        if len(self._open) >= MOST_OPEN and not always:
            raise NotAllowed(TOO_MANY)
        patience = 60 * minutes
        self._open[account] = _OpenConversation(
            _handled_by(command, handler), patience, now + patience, ended, cancel
        )

    def reopen(
        self,
        reopened: ReopenedConversation,
        command_name: str,
        handler: AnyHandler,
        now: float,
        *,
        minutes: float = 10,
        ended: Callable[[], None] = lambda: None,
        cancel: AnyHandler | None = None,
    ) -> None:
        """Opens a conversation of before the restart, as `open` did. The person reads that it is open again
        when the account is connected."""
        self.end(reopened.account)
        patience = 60 * minutes
        self._open[reopened.account] = _OpenConversation(
            _handled_by(registry.words[command_name], handler),
            patience,
            now + max(patience, AFTER_A_RESTART),
            ended,
            cancel,
        )
        self._reopened.append(reopened)

    def lost(self, reopened: ReopenedConversation) -> None:
        """Notes a conversation of before the restart that can't be opened again. The person reads so when the
        account is connected."""
        self._reopened.append(replace(reopened, is_open=False))

    def take_reopened(self, self_id: str) -> list[ReopenedConversation]:
        """Returns, once, the reopened and lost conversations of which this account is to inform people,
        without those that have ended again since."""
        of_account = [reopened for reopened in self._reopened if reopened.self_id == self_id]
        self._reopened = [reopened for reopened in self._reopened if reopened.self_id != self_id]
        return [reopened for reopened in of_account if not reopened.is_open or reopened.account in self._open]

    def prolong(self, account: str, command: Command, now: float) -> None:
        """Counts the conversation's silence from now on, if it is still the one that `command` belongs to."""
        conversation = self._open.get(account)
        if conversation is not None and conversation.command is command:
            self._open[account] = replace(conversation, until=now + conversation.patience)

    def close(self, account: str, command: Command) -> None:
        """Ends the account's conversation without calling `ended`, if it is still the one that `command`
        belongs to."""
        conversation = self._open.get(account)
        if conversation is not None and conversation.command is command:
            del self._open[account]

    def end(self, account: str) -> None:
        """Ends the account's conversation, if one is open."""
        conversation = self._open.pop(account, None)
        if conversation is not None:
            conversation.ended()

    def end_silent(self, now: float) -> None:
        """Ends every conversation in which nothing was said for too long. What was sent in it is deleted now,
        and not at the person's next message, which may never come."""
        silent = [account for account, conversation in self._open.items() if conversation.until < now]
        for account in silent:
            self.end(account)

    def forget_all(self) -> None:
        """Forgets all conversations without ending them, as the bot stops: what was gathered stays for the
        next start."""
        self._open.clear()
        self._reopened.clear()

    def receive(self, account: str, message: IncomingMessage, now: float) -> Parsed | None:
        """Returns what a private message means within the account's conversation; None if none is open."""
        conversation = self._open.get(account)
        if conversation is None:
            return None
        if conversation.until < now:
            self.end(account)
            return None
        self._open[account] = replace(conversation, until=now + conversation.patience)
        command = conversation.command
        if message == replace(EMPTY_MESSAGE, text=command.name):
            return Parsed(_reminding(command), "", (), message)
        if message.text == CANCEL:
            return Parsed(self._cancelling(account, conversation), "", (), message)
        return Parsed(command, message.text, (), message)

    def _cancelling(self, account: str, conversation: _OpenConversation) -> Command:
        """Returns the command 取消 of a conversation."""

        async def cancel(request: object) -> str:
            self.end(account)
            return CANCELLED

        return Command(
            CANCEL,
            conversation.command.plugin,
            conversation.cancel or cancel,
            (),
            (),
            Scope.ALL,
            False,
            CANCEL,
            CANCEL,
            "结束刚才的对话",
        )


def _handled_by(command: Command, handler: AnyHandler) -> Command:
    """Returns what a message within a conversation is: the command that opened it, with the conversation's
    handler, and without what only matters where command words are looked for."""
    return replace(
        command, handler=handler, aliases=(), short=(), scope=Scope.ALL, glued=False, unbound=False
    )


def _reminding(command: Command) -> Command:
    """Returns a command that answers that its conversation is still open. It is for somebody who types the
    command again in the middle of it: taken as material the word would look ignored."""

    async def remind(request: object) -> str:
        return STILL_OPEN.format(command.name)

    return replace(command, handler=remind)
