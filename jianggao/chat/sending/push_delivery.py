"""Sends what is pushed: messages that nobody asked for, one at a time, in daytime, each once.

Pushes are stored (`push_store`), leave through the accounts' queues behind all answers, and are worded when
they leave: what isn't true any more isn't said. What had begun to leave and has no outcome may have arrived: it
is never sent again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

from nonebot import logger

from jianggao.application import Application
from jianggao.chat.background_tasks import BackgroundTasks
from jianggao.chat.logs.throttled import ThrottledLog
from jianggao.chat.repeated_work import Rest, repeat
from jianggao.chat.sending.notices import Notices, connected, most_telling, send_by_each
from jianggao.chat.sending.sender import LINE_DOWN, Sender
from jianggao.chat.sending.sender_registry import Senders
from jianggao.database.writer import Work
from jianggao.errors import CannotRead, CannotWrite
from jianggao.outbound import limited_accounts, push_store
from jianggao.outbound.push_store import PushState, StoredPush
from jianggao.outbound.queue import Priority
from jianggao.outbound.quiet_hours import is_quiet
from jianggao.outbound.send_outcomes import KEPT_BACK, Delivered, RefusalReason, Refused, SendOutcome, Unknown

Wording = Callable[[StoredPush], Awaitable[str | None]]
"""Returns what a push says now; None if it isn't to be said any more."""

LOOKED_EVERY = 2.0
"""Seconds between two looks for something to push."""
LONGEST_IN_QUEUE = 600.0
"""Seconds that a push stands in an account's queue behind the answers; then it waits in the store again."""
_LIMITED = (
    "QQ 暂时限制了机器人的账号 {}：它的到期提醒等自动消息先停一小时，之后接着发，不会漏。命令照常可用。"
)
_PUT_OFF = {
    RefusalReason.NOT_ALLOWED: timedelta(minutes=1),
    RefusalReason.GROUP_RATE: timedelta(minutes=10),
    RefusalReason.MUTED: timedelta(hours=1),
    RefusalReason.ACCOUNT_LIMITED: limited_accounts.RESTS_FOR,
}
"""How long a push waits after a refusal that may be over later, beside those of `KEPT_BACK`. What may not be
said is looked at anew, and dropped if that stays so."""
_OTHERS_CONNECT = timedelta(minutes=10)
"""How long a push waits for accounts that aren't connected; after a start nobody knows which there are."""
_NOT_WORDED = timedelta(minutes=10)
"""How long a push waits whose words could not be made."""
_OTHERS_MAY_TRY = frozenset(RefusalReason) - KEPT_BACK - {
    RefusalReason.ALREADY_BEGUN,
    RefusalReason.NOT_ALLOWED,
} | {RefusalReason.LINE_DOWN}
"""Refusals after which another account may be luckier, such as one that the person is a friend of."""


_ACCOUNT_LIMITED = Refused(RefusalReason.ACCOUNT_LIMITED)


class PushDelivery:
    """Sends the stored pushes of one application."""

    def __init__(
        self, application: Application, senders: Senders, notices: Notices, warnings: ThrottledLog
    ) -> None:
        self.wordings: dict[str, Wording] = {}
        """Who words the pushes of a kind when they leave. Others say what is stored."""
        self._application = application
        self._senders = senders
        self._notices = notices
        self._warnings = warnings
        self._background = BackgroundTasks()
        self._not_before = float("-inf")
        """By the monotonic clock: the next push doesn't leave earlier."""
        self._began = application.monotonic()
        self._later = timedelta(0)
        """How long the push at hand waits, where that isn't the usual time."""
        self._refused: dict[int, dict[str, SendOutcome]] = {}
        """By waiting push and account, the refusals for good: that account doesn't try it again while the push
        waits for others."""

    async def take_over(self) -> None:
        """Takes over, at the start, what an ended bot left: what was leaving may have arrived."""
        async with self._application.database.write() as connection:
            await push_store.take_over(connection, self._application.clock())

    async def clear_old(self) -> None:
        """Empties the texts of pushes that were settled days ago, and deletes the records of the oldest."""
        async with self._application.database.write() as connection:
            await push_store.clear(connection, self._application.clock())

    async def deliver(self, rest: Rest = asyncio.sleep) -> None:
        """Sends what is due, for as long as the bot runs. A failure is followed by the next try."""

        async def look() -> float | None:
            return min(LOOKED_EVERY, self._pause) if await self.step() else None

        await repeat(
            look, rest, every=LOOKED_EVERY, warnings=self._warnings, not_done="nothing is pushed for now"
        )

    async def step(self) -> bool:
        """Sends the push whose turn it is, or drops it if its time is over. Returns whether there was one."""
        if not self._may_push():
            return False
        now = self._application.clock()
        async with self._application.database.read() as connection:
            resting = await limited_accounts.resting(connection, now)
            stored = await push_store.next_due(connection, now)
        if stored is None or all(bot.self_id in resting for bot in connected()):
            return False
        # Beside this loop: when the bot stops, what has begun to leave still ends, and is settled.
        await asyncio.shield(self._background.start(self._handle(stored, resting)))
        return True

    async def background_done(self, within: float | None = None) -> None:
        """Returns when nothing is being sent any more. Cancels what isn't done `within` so many seconds."""
        await self._background.all_done(within)

    @property
    def is_night(self) -> bool:
        """Whether nothing is pushed at this time of the day."""
        settings = self._application.settings
        return is_quiet(settings.quiet_hours, self._application.clock().astimezone(settings.timezone).time())

    @property
    def _is_early(self) -> bool:
        """Whether accounts may still connect that were connected before the start."""
        return self._application.monotonic() - self._began < _OTHERS_CONNECT.total_seconds()

    @property
    def _pause(self) -> float:
        return max(0.0, self._not_before - self._application.monotonic())

    def _may_push(self) -> bool:
        is_writable = self._application.database.writer.trouble is None
        return is_writable and not self._pause and not self.is_night and bool(connected())

    async def _handle(self, stored: StoredPush, resting: frozenset[str]) -> None:
        """Sends a push that is due, or drops it."""
        now = self._application.clock()
        if stored.push.expires_at <= now:
            await self._end(stored, PushState.EXPIRED)
            return
        try:
            text = await self._words(stored)
        except (CannotRead, CannotWrite):
            raise
        except Exception:
            logger.exception(f"a push of kind {stored.push.kind} could not be worded; it waits")
            await self._write_down(
                partial(push_store.wait_again, number=stored.id, not_before=now + _NOT_WORDED)
            )
            return
        if text is None:
            await self._end(stored, PushState.DROPPED)
            return
        await self._settle(stored, await self._sent(stored, text, resting))

    async def _words(self, stored: StoredPush) -> str | None:
        """Returns what a push says now, or None."""
        wording = self.wordings.get(stored.push.kind)
        return stored.push.text if wording is None else await wording(stored)

    async def _sent(self, stored: StoredPush, text: str, resting: frozenset[str]) -> SendOutcome:
        """Sends a push by a connected account that doesn't rest; where that is refused, by each other one."""
        has_tried, refused = False, self._refused.setdefault(stored.id, {})

        async def send(sender: Sender) -> SendOutcome:
            nonlocal has_tried
            if sender.self_id in refused:
                return refused[sender.self_id]
            if sender.self_id in resting:
                return _ACCOUNT_LIMITED
            has_tried = True
            outcome = await self._tried(stored, text, sender)
            if outcome == _ACCOUNT_LIMITED:
                await self._rest(sender.self_id)
            if _is_final(outcome):
                refused[sender.self_id] = outcome
            return outcome

        outcomes = await send_by_each(self._senders, send, _OTHERS_MAY_TRY)
        outcome = most_telling([outcome for outcome in outcomes if outcome != _ACCOUNT_LIMITED])
        is_final = _is_final(outcome)
        # Whom the others can't reach may be a friend of the one that rests.
        if _ACCOUNT_LIMITED in outcomes and (is_final or outcome == LINE_DOWN):
            return _ACCOUNT_LIMITED
        if not is_final:
            return outcome
        # Somebody who isn't a friend of one account may be one of another, which isn't connected just now.
        if LINE_DOWN in outcomes or not self._senders.awaited <= refused.keys() or self._is_early:
            self._later = _OTHERS_CONNECT
            if has_tried:
                self._pace()
            return LINE_DOWN
        return outcome

    async def _tried(self, stored: StoredPush, text: str, sender: Sender) -> SendOutcome:
        """Sends a push by this account. One that was refused for certain waits again, for another try."""
        push, clock = stored.push, self._application.clock

        async def still_allowed() -> bool:
            is_late = push.expires_at <= clock()
            return not is_late and not self.is_night and await self._words(stored) == text

        async def begin() -> bool:
            async with self._application.database.write() as connection:
                return await push_store.begin(connection, stored.id, text)

        send = sender.to_group if push.in_group else sender.to_friend
        outcome = await send(
            push.chat,
            text,
            expires_after=LONGEST_IN_QUEUE,
            still_allowed=still_allowed,
            begin=begin,
            waits_for_line=False,
            priority=Priority.PUSH,
        )
        if isinstance(outcome, Refused) and outcome.reason is not RefusalReason.ALREADY_BEGUN:
            await self._write_down(partial(push_store.wait_again, number=stored.id))
        return outcome

    async def _settle(self, stored: StoredPush, outcome: SendOutcome) -> None:
        """Stores what became of a push, and lets the next one wait."""
        application = self._application
        now = application.clock()
        if isinstance(outcome, (Delivered, Unknown)) or outcome.reason.value >= 0:  # QQ has got a call
            self._pace()
        if not isinstance(outcome, Refused):
            state = PushState.DELIVERED if isinstance(outcome, Delivered) else PushState.UNKNOWN
        elif outcome.reason is RefusalReason.ALREADY_BEGUN:  # whoever sends it writes that down
            return
        elif outcome.reason in _PUT_OFF or outcome.reason in KEPT_BACK:
            later = now + _PUT_OFF.get(outcome.reason, self._later)
            self._later = timedelta(0)
            await self._write_down(partial(push_store.wait_again, number=stored.id, not_before=later))
            return
        else:
            state = PushState.REFUSED
        await self._end(stored, state)

    async def _end(self, stored: StoredPush, state: PushState) -> None:
        """Stores that a push isn't sent any more."""
        self._refused.pop(stored.id, None)
        now = self._application.clock()
        await self._write_down(partial(push_store.settle, number=stored.id, state=state, now=now))

    def _pace(self) -> None:
        """Lets PUSH_INTERVAL pass before the next push."""
        application = self._application
        interval = application.rng.uniform(*application.settings.push_interval)
        self._not_before = application.monotonic() + interval

    async def _rest(self, account: str) -> None:
        """Lets an account push nothing for an hour, and tells superusers why, once a day."""
        now = self._application.clock()
        await self._write_down(partial(limited_accounts.note, account=account, now=now))
        matter = f"pushes of {account} rest while it is limited"
        self._background.start(self._notices.tell_superusers_daily(matter, _LIMITED.format(account), now))

    async def _write_down(self, work: Work) -> None:
        """Stores what has happened already: now, or as soon as the database can be written again. Where even
        this is refused it is logged, and the next start takes a push that was leaving for unknown."""
        try:
            await self._application.database.writer.write_or_later(work, happened=True)
        except CannotWrite as error:
            self._warnings.warning(f"what became of a push is not stored ({error.explanation.cause})")


def _is_final(outcome: SendOutcome) -> bool:
    """Returns whether a push was refused for good by all accounts that were tried."""
    return (
        isinstance(outcome, Refused)
        and outcome.reason in _OTHERS_MAY_TRY
        and outcome.reason not in _PUT_OFF
        and outcome.reason not in KEPT_BACK
    )
