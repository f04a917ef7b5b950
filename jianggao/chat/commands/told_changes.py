"""Makes changes of which others are told, and answers whom the notices have reached."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from aiosqlite import Connection

from jianggao.chat.commands.reply import Reply
from jianggao.chat.commands.request import Request
from jianggao.outbound.send_outcomes import SendOutcome

Outcomes = Mapping[str, SendOutcome | None]
"""What became of the notice to each account; None where that isn't known yet."""


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A change of which others are told."""

    notices: tuple[tuple[str, str], ...]
    """Pairs of an account and the text that it gets."""
    answer: Callable[[Outcomes], str]
    """Makes the answer, which says who of them knows. It names people: it is for private chats."""

    @property
    def pending(self) -> Reply:
        """The answer for the case that the bot ends before anybody has been told."""
        nobody_yet: Outcomes = dict.fromkeys(account for account, _ in self.notices)
        return Reply(self.answer(nobody_yet), private=True, notices=self.notices)


async def change_and_tell(
    request: Request, effect: Callable[[Connection], Awaitable[ToldChange | Reply]]
) -> Reply:
    """Stores the change that `effect` makes with its notices, sends these, and returns the answer that says
    whom they have reached within a second. A reply of `effect` stands for itself: nobody is told."""
    made: list[ToldChange] = []

    async def stored(connection: Connection) -> Reply:
        done = await effect(connection)
        if isinstance(done, Reply):
            return done
        made.append(done)
        return done.pending

    reply = await request.change(stored)
    if not made or not reply.notices:
        return reply
    outcomes = await request.tell_others()
    all_outcomes = {account: outcomes.get(account) for account, _ in reply.notices}
    return await request.say_whom_it_reached(replace(reply, text=made[0].answer(all_outcomes)), outcomes)
