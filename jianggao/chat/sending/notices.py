"""Sends notices to superusers: what they read without asking. A notice waits here until an account is
connected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Container, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial

from nonebot import get_bots, logger
from nonebot.adapters.onebot.v11 import Bot

from jianggao.application import Application
from jianggao.chat.sending.sender import LINE_DOWN, Sender
from jianggao.chat.sending.sender_registry import Senders
from jianggao.errors import CannotWrite
from jianggao.outbound import limited_accounts
from jianggao.outbound.outbox_store import CLOCK_JITTER
from jianggao.outbound.send_outcomes import RefusalReason, Refused, SendOutcome, Unknown

_MOST_WAITING = 20
"""Notices that wait for a connection; then the oldest is dropped."""
_DROPPED = "没连上 QQ 的这段时间，有 {count} 条更早的通知没有留住（最多留 {kept} 条）。请看机器人的日志。"
_AGAIN_AFTER = timedelta(days=1)
_ANY_REFUSAL = frozenset(RefusalReason)
_LIMITED = Refused(RefusalReason.ACCOUNT_LIMITED)


def connected() -> list[Bot]:
    """Returns the OneBot accounts that are connected."""
    return [bot for bot in get_bots().values() if isinstance(bot, Bot)]


async def send_by_each(
    senders: Senders,
    send: Callable[[Sender], Awaitable[SendOutcome]],
    others_may_try: Container[RefusalReason] = _ANY_REFUSAL,
) -> list[SendOutcome]:
    """Sends by one connected account; where that is refused for a reason after which others may try, by each
    other one, of which the person may be a friend. What is unknown isn't tried again. Returns the outcomes in
    order; none if no account is connected."""
    outcomes: list[SendOutcome] = []
    tried: list[Sender] = []
    while (sender := _next_sender(senders, tried)) is not None:
        tried.append(sender)
        outcome = await send(sender)
        outcomes.append(outcome)
        if not isinstance(outcome, Refused) or outcome.reason not in others_may_try:
            break
    return outcomes


def most_telling(outcomes: Sequence[SendOutcome]) -> SendOutcome:
    """Returns the last outcome of one text's tries by several accounts. That one of the lines was down says
    less than any other."""
    return next((outcome for outcome in reversed(outcomes) if outcome != LINE_DOWN), LINE_DOWN)


def _next_sender(senders: Senders, tried: Sequence[Sender]) -> Sender | None:
    """Returns the sender of a connected account that isn't among these."""
    found = (senders.of(bot) for bot in connected())
    return next((sender for sender in found if sender not in tried), None)


class Notices:
    """Sends the notices of one bot. It remembers those that wait for a connection, and when superusers last
    read of each matter."""

    def __init__(self, application: Application, senders: Senders) -> None:
        self._application = application
        self._senders = senders
        self._waiting: list[tuple[str, tuple[str, ...]]] = []
        """Texts, each with the superusers who are still to get it."""
        self._dropped: Counter[str] = Counter()
        """By superuser, how many texts were dropped since too many waited."""
        self._last_told: dict[str, datetime] = {}
        """By matter, when superusers last got a notice of it."""

    async def tell_superusers(self, text: str) -> bool:
        """Sends a private message to each superuser from a connected account, by another account where
        that is refused; keeps it until an account is connected. Returns whether anybody may have got it,
        or will."""
        return await self._tell(text, self._application.settings.superusers)

    async def tell_superusers_daily(self, matter: str, text: str, now: datetime) -> None:
        """Does as `tell_superusers`, at most once a day for one matter: however many questions run into
        it."""
        last = self._last_told.get(matter)
        if last is not None and -CLOCK_JITTER <= now - last < _AGAIN_AFTER:
            return
        self._last_told[matter] = now
        if not await self.tell_superusers(text):
            del self._last_told[matter]

    async def _tell(self, text: str, superusers: Iterable[str]) -> bool:
        outcomes = await self.tell_each(text, superusers)
        not_yet = tuple(account for account, outcome in outcomes.items() if outcome == LINE_DOWN)
        if not_yet:
            self._keep(text, not_yet)
        return bool(not_yet) or not all(isinstance(outcome, Refused) for outcome in outcomes.values())

    def _keep(self, text: str, superusers: tuple[str, ...]) -> None:
        self._waiting.append((text, superusers))
        if len(self._waiting) > _MOST_WAITING:
            _, unreached = self._waiting.pop(0)
            self._dropped.update(unreached)
            logger.warning(
                f"what superusers should hear was dropped, as more than {_MOST_WAITING} texts wait for a connection "
                f"({max(self._dropped.values())} dropped so far)"
            )

    async def tell_each(
        self, text: str, superusers: Iterable[str], without: Container[str] = ()
    ) -> dict[str, SendOutcome]:
        """Sends a text to each superuser now, by the accounts that are connected, but for those `without`.
        Returns the outcome by superuser. Nothing is kept for later."""
        outcomes: dict[str, SendOutcome] = {}
        for account in sorted(superusers):
            outcome = outcomes[account] = await self.tell_friend(account, text, without)
            if isinstance(outcome, Unknown):
                logger.warning(f"whether superuser {account} was told is unknown")
            if isinstance(outcome, Refused) and outcome != LINE_DOWN:
                logger.warning(f"superuser {account} could not be told: {outcome.reason.value}")
        return outcomes

    async def tell_what_waits(self) -> None:
        """Sends what waited for an account to be connected, if one is."""
        if not connected():
            return
        waiting, self._waiting = self._waiting, []
        dropped, self._dropped = self._dropped, Counter()
        for account, count in dropped.items():  # before the rest: these are older
            text = _DROPPED.format(count=count, kept=_MOST_WAITING)
            outcomes = await self.tell_each(text, [account])
            if outcomes[account] == LINE_DOWN:
                self._dropped[account] += count
        for text, superusers in waiting:
            await self._tell(text, superusers)

    async def tell_friend(self, account: str, text: str, without: Container[str] = ()) -> SendOutcome:
        """Sends a private message to one person by a connected account; where that is refused, or its line
        goes down before the message leaves, by each other one, of which the person may be a friend. What is
        unknown isn't tried again.

        It never waits for a line: that of an account which doesn't come back would keep the message for ever,
        beside other accounts that are connected.
        """

        async def send(sender: Sender) -> SendOutcome:
            if sender.self_id in without:
                return _LIMITED
            outcome = await sender.to_friend(account, text, waits_for_line=False)
            if outcome == _LIMITED:
                await self._note_limited(sender.self_id)
            return outcome

        return most_telling(await send_by_each(self._senders, send))

    async def _note_limited(self, account: str) -> None:
        """Stores that QQ has limited an account, so that what can wait rests."""
        work = partial(limited_accounts.note, account=account, now=self._application.clock())
        try:
            await self._application.database.writer.write_or_later(work, happened=True)
        except CannotWrite as error:
            logger.warning(f"that {account} is limited is not stored ({error.explanation.cause})")
