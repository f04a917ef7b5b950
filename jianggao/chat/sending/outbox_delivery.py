"""Sends the stored answers to commands that changed something: each once, or superusers read that it was not
given.

Answers are stored with the change (`Request.change`), leave through the queue, and wait there for the
connection. What had begun to leave and has no outcome may have arrived: it is never sent again, but listed
(docs/rules.md, Sending).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

import aiosqlite
from nonebot import logger

from jianggao.access import deliveries
from jianggao.access.group_bindings import bindings
from jianggao.application import Application
from jianggao.chat.background_tasks import BackgroundTasks
from jianggao.chat.commands.command_registry import Scope, registry
from jianggao.chat.logs.throttled import ThrottledLog
from jianggao.chat.sending.notices import Notices, connected
from jianggao.chat.sending.sender import Sender
from jianggao.chat.sending.sender_registry import Senders
from jianggao.chat.sending.undelivered_lists import MOST_LISTED, listed
from jianggao.chat.sending.undelivered_relisting import Relisting
from jianggao.database.writer import Work
from jianggao.errors import CannotWrite
from jianggao.outbound import outbox_store
from jianggao.outbound.outbox_store import AnswerState, OutboxAnswer, StoredAnswer, is_fresh
from jianggao.outbound.send_outcomes import KEPT_BACK, Delivered, RefusalReason, Refused, SendOutcome, Unknown

_TRY_INTERVAL = 5.0
"""Seconds between two tries to give what waits."""


class OutboxDelivery:
    """The stored answers of one application, and which of them this process is working on."""

    def __init__(
        self, application: Application, senders: Senders, notices: Notices, warnings: ThrottledLog
    ) -> None:
        self._application = application
        self._senders = senders
        self._notices = notices
        self._warnings = warnings
        self._in_hand: set[int] = set()
        self._background = BackgroundTasks()
        self._listing = asyncio.Lock()
        self._relisting = Relisting()

    async def give_what_waits(self, rest: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        """Gives what waits, again and again for as long as the bot runs. A failure is followed by the next
        try."""
        while True:
            self.in_background(self._notices.tell_what_waits())
            await _logged(self.go_on())
            await rest(_TRY_INTERVAL)

    # --- one answer -----------------------------------------------------------------------------------------

    async def keep(
        self, connection: aiosqlite.Connection, answer: OutboxAnswer, delivery: int | None = None
    ) -> int:
        """Stores an answer in the transaction of the change that it answers, and returns its number. Whoever
        keeps it gives it, or lets it go. `delivery`: the id of the full text that it stands for."""
        number = await outbox_store.add(connection, answer, delivery)
        self._in_hand.add(number)
        return number

    def let_go(self, number: int) -> None:
        """Notes that this process doesn't work on the answer any more: if it waits, it is tried again."""
        self._in_hand.discard(number)

    async def begin(self, number: int, text: str | None = None, *, anew: bool = False) -> bool:
        """Stores that the answer is about to leave. Returns False if it must not: it has left before, or
        doesn't say `text` any more. `anew`: `text` is what it says, whatever is stored so far."""
        async with self._application.database.write() as connection:
            if anew and text is not None:
                await outbox_store.rewrite(connection, number, text)
            return await outbox_store.begin(connection, number, text)

    async def give(self, number: int, sender: Sender, text: str | None = None) -> SendOutcome:
        """Sends an answer as soon as it may leave, stores the outcome, and returns it. A refusal for the
        moment is returned at once: the answer is tried again later. `text` is what it says where that may not
        be stored yet."""
        self._in_hand.add(number)
        try:
            async with self._application.database.read() as connection:
                stored = await outbox_store.find_answer(connection, number)
            if stored is None or stored.state is not AnswerState.WAITING:
                return Refused(RefusalReason.ALREADY_BEGUN)
            if text is not None:
                stored = replace(stored, answer=replace(stored.answer, text=text))
            return await self._sent(stored, sender, anew=text is not None)
        finally:
            self.let_go(number)

    async def _sent(self, stored: StoredAnswer, sender: Sender, *, anew: bool = False) -> SendOutcome:
        outcome = await self._send(stored, sender, anew=anew)
        await self.settle(stored.id, outcome)
        return outcome

    async def _send(self, stored: StoredAnswer, sender: Sender, *, anew: bool = False) -> SendOutcome:
        answer, now = stored.answer, self._application.clock()
        if not is_fresh(answer, now):
            return Refused(RefusalReason.EXPIRED)
        left = (answer.at + outbox_store.FRESH - now).total_seconds()

        async def begin() -> bool:
            return await self.begin(stored.id, answer.text, anew=anew)

        if answer.group is None:
            return await sender.to_friend(
                answer.person,
                answer.text,
                expires_after=left,
                still_allowed=self._leave_check(answer),
                begin=begin,
            )
        return await sender.to_group(
            answer.group,
            answer.text,
            reply_to=answer.reply_to,
            expires_after=left,
            still_allowed=self._leave_check(answer),
            begin=begin,
        )

    def _leave_check(self, answer: OutboxAnswer) -> Callable[[], Awaitable[bool]]:
        """Returns the check of an answer as it leaves: whoever gave a superuser's command must still be one,
        and a group still be bound."""

        async def still_allowed() -> bool:
            if _is_for_superusers(answer) and answer.asker not in self._application.settings.superusers:
                return False
            if answer.group is None or answer.also_if_unbound:
                return True
            async with self._application.database.read() as connection:
                return answer.group in await bindings(connection)

        return still_allowed

    async def settle(self, number: int, outcome: SendOutcome) -> None:
        """Stores what became of an answer."""
        if outcome == Refused(RefusalReason.ALREADY_BEGUN):  # whoever gives it writes that down
            return
        await self.write_down(partial(outbox_store.settle, number=number, state=_state_after(outcome)))

    async def write_down(self, work: Work) -> None:
        """Stores what has happened already: now, or as soon as the database can be written again. It is let
        into the queue of waiting work when that is full for other work. Where even this is refused it is
        lost, and logged: the person still reads what happened, and the next start takes an answer that was
        leaving for unknown."""
        try:
            await self._application.database.writer.write_or_later(work, happened=True)
        except CannotWrite as error:
            self._warnings.warning(
                f"what became of an answer is not stored: too much waits ({error.explanation.cause})"
            )

    # --- notices to others ----------------------------------------------------------------------------------

    async def tell_others(
        self, numbers: Iterable[int], sender: Sender
    ) -> dict[int, asyncio.Task[SendOutcome]]:
        """Begins to tell others what was decided, in this order, in the background. Returns the tasks by the
        numbers of the notices, which this process works on until `let_go`."""
        async with self._application.database.read() as connection:
            notices = [await outbox_store.find_answer(connection, number) for number in numbers]
        return {
            stored.id: self._background.start(self._notice_given(stored, sender))
            for stored in notices
            if stored is not None
        }

    async def _notice_given(self, stored: StoredAnswer, sender: Sender) -> SendOutcome:
        try:
            return await self._give_notice(stored, sender)
        except Exception:
            logger.exception("somebody could not be told for now")
            return Refused(RefusalReason.NOT_STORED)

    async def _give_notice(self, stored: StoredAnswer, sender: Sender) -> SendOutcome:
        """Sends a notice by the account at hand; where that is refused, by each other connected account, of
        which the person may be a friend."""
        outcome = await self._tried(stored, sender)
        for bot in connected():
            if not isinstance(outcome, Refused) or outcome.reason in (
                *KEPT_BACK,
                RefusalReason.ALREADY_BEGUN,
            ):
                break
            if self._senders.of(bot) is not sender:
                outcome = await self._tried(stored, self._senders.of(bot))
        await self.settle(stored.id, outcome)
        return outcome

    async def _tried(self, stored: StoredAnswer, sender: Sender) -> SendOutcome:
        """Sends a notice; one that was refused for certain waits again, for another account to try."""
        outcome = await self._send(stored, sender)
        if isinstance(outcome, Refused) and outcome.reason is not RefusalReason.ALREADY_BEGUN:
            await self.write_down(partial(outbox_store.settle, number=stored.id, state=AnswerState.WAITING))
        return outcome

    def in_background(self, work: Coroutine[Any, Any, None]) -> None:
        """Does the work beside the answering, until the bot stops."""
        self._background.start(_logged(work))

    async def background_done(self, within: float | None = None) -> None:
        """Returns when nothing is done in the background any more. Cancels what isn't done `within` so many
        seconds."""
        await self._background.all_done(within)

    # --- what is left over ----------------------------------------------------------------------------------

    async def take_over(self) -> None:
        """Takes over, at the start, what an ended bot left. What was leaving may have arrived, sections too;
        a full text that hadn't begun to leave didn't arrive, so it doesn't count against the day."""
        async with self._application.database.write() as connection:
            for stored in await outbox_store.in_state(connection, AnswerState.SENDING):
                if stored.delivery is not None:
                    await deliveries.settle(connection, [stored.delivery], deliveries.DeliveryOutcome.UNKNOWN)
                await outbox_store.settle(connection, stored.id, AnswerState.UNKNOWN)
            for stored in await outbox_store.in_state(connection, AnswerState.WAITING):
                await self._take_back_full_text(connection, stored)
            await deliveries.settle_interrupted(connection)

    async def _take_back_full_text(self, connection: aiosqlite.Connection, stored: StoredAnswer) -> None:
        """Settles a full text that hasn't left and won't. The person reads so, unless that comes too late to
        be of use."""
        if stored.delivery is None:
            return
        await deliveries.settle(connection, [stored.delivery], deliveries.DeliveryOutcome.REFUSED)
        await outbox_store.release_delivery(connection, stored.id)
        if not is_fresh(stored.answer, self._application.clock()):
            await outbox_store.settle(connection, stored.id, AnswerState.DROPPED)

    async def go_on(self) -> None:
        """Gives what waits, as far as its account is connected, and lists for superusers what can't be given
        any more. Does nothing while the database can't be written: what leaves, and what was listed, must be
        stored."""
        if self._application.database.writer.trouble is not None:
            return
        async with self._application.database.read() as connection:
            waiting = await outbox_store.in_state(connection, AnswerState.WAITING)
        for stored in waiting:
            sender = self._connected_sender(stored.answer.self_id)
            fresh = is_fresh(stored.answer, self._application.clock())
            if sender is not None and fresh and stored.id not in self._in_hand:
                self._in_hand.add(stored.id)
                self.in_background(self._given(stored, sender))
        if not self._listing.locked():
            self.in_background(self.list_what_was_not_given())

    def _connected_sender(self, account: str) -> Sender | None:
        return next((self._senders.of(bot) for bot in connected() if bot.self_id == account), None)

    async def _given(self, stored: StoredAnswer, sender: Sender) -> None:
        """Gives an answer as it was read, so that answers keep their order; `begin` prevents that one is
        given twice."""
        try:
            if stored.delivery is not None:
                async with self._application.database.write() as connection:
                    await self._take_back_full_text(connection, stored)
            if stored.answer.is_notice:
                await self._give_notice(stored, sender)
            else:
                await self._sent(stored, sender)
        finally:
            self.let_go(stored.id)

    async def list_what_was_not_given(self) -> None:
        """Lists for superusers the answers that were not given or may not have arrived. Only an answer in a
        list that one of them got counts as listed: a list may come twice, but never not at all."""
        async with self._listing:
            async with self._application.database.read() as connection:
                unsettled = await outbox_store.in_state(
                    connection, AnswerState.WAITING, AnswerState.REFUSED, AnswerState.UNKNOWN
                )
            now = self._application.clock()
            overdue = [
                stored
                for stored in unsettled
                if stored.id not in self._in_hand
                and (stored.state is not AnswerState.WAITING or not is_fresh(stored.answer, now))
            ]
            accounts, numbers = connected(), [stored.id for stored in overdue]
            if not overdue or not accounts:
                return
            if self._relisting.is_due(accounts, numbers, self._application.monotonic()):
                await self._list_all(overdue)

    async def _list_all(self, overdue: list[StoredAnswer]) -> None:
        """Sends as many lists as it takes, and stops at one that nobody gets."""
        for first in range(0, len(overdue), MOST_LISTED):
            shown = overdue[first : first + MOST_LISTED]
            text = listed(shown, more=len(overdue) - first - len(shown))
            outcomes = (await self._notices.tell_each(text, self._application.settings.superusers)).values()
            numbers = self._relisting.received([stored.id for stored in shown], outcomes)
            if not numbers:
                self._relisting.put_off()
                return
            await self._application.database.writer.write_or_later(
                partial(outbox_store.mark_listed, numbers=numbers)
            )


async def _logged(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except CannotWrite as error:
        logger.warning(f"an answer could not be given for now ({error.explanation.cause})")
    except Exception:
        logger.exception("an answer could not be given for now")


def _is_for_superusers(answer: OutboxAnswer) -> bool:
    """Returns whether only superusers may have this answer. A notice to others of a change isn't for the one
    who made it."""
    command = registry.words.get(answer.command)
    return not answer.is_notice and command is not None and command.scope is Scope.SUPERUSER


def _state_after(outcome: SendOutcome) -> AnswerState:
    if isinstance(outcome, Delivered):
        return AnswerState.DELIVERED
    if isinstance(outcome, Unknown):
        return AnswerState.UNKNOWN
    return AnswerState.WAITING if outcome.reason in KEPT_BACK else AnswerState.REFUSED
