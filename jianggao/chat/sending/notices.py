"""What people hear unasked. What superusers should hear waits here until an account is connected, so that nothing goes
untold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from nonebot import get_bots, logger
from nonebot.adapters.onebot.v11 import Bot

from jianggao.application import Application
from jianggao.chat.sending.sender import Sender, sender_for
from jianggao.outbound.outcomes import RefusalReason, Refused, SendOutcome, Unknown
from jianggao.outbound.store import CLOCK_JITTER

_MOST_WAITING = 20
_waiting: list[tuple[str, tuple[str, ...]]] = []
"""Texts, and the superusers who are still to hear them."""
_dropped: Counter[str] = Counter()
"""How many texts each superuser won't hear, since so many waited."""
_DROPPED = "没连上 QQ 的这段时间，有 {count} 条更早的通知没有留住（最多留 {kept} 条）。请看机器人的日志。"
_AGAIN_AFTER = timedelta(days=1)
_told_at: dict[tuple[Path, str], datetime] = {}
"""When superusers last heard of a matter, by the database and the matter."""
_LINE_DOWN = Refused(RefusalReason.LINE_DOWN)


def connected() -> list[Bot]:
    """The accounts that are connected."""
    return [bot for bot in get_bots().values() if isinstance(bot, Bot)]


async def tell_superusers(application: Application, text: str) -> bool:
    """A private message to each superuser from a connected account, by another one where that is refused; kept until one
    is connected. Gives whether anybody may have heard it, or will."""
    return await _tell(application, text, application.settings.superusers)


async def _tell(application: Application, text: str, superusers: Iterable[str]) -> bool:
    outcomes = await tell_each(application, text, superusers)
    not_yet = tuple(account for account, outcome in outcomes.items() if outcome == _LINE_DOWN)
    if not_yet:
        _keep(text, not_yet)
    return bool(not_yet) or not all(isinstance(outcome, Refused) for outcome in outcomes.values())


def _keep(text: str, superusers: tuple[str, ...]) -> None:
    """Have it wait for a connection. Where too many wait the oldest is dropped, and counted."""
    _waiting.append((text, superusers))
    if len(_waiting) > _MOST_WAITING:
        _, unheard = _waiting.pop(0)
        _dropped.update(unheard)
        logger.warning(
            f"what superusers should hear was dropped, as more than {_MOST_WAITING} texts wait for a connection "
            f"({max(_dropped.values())} dropped so far)"
        )


async def tell_each(application: Application, text: str, superusers: Iterable[str]) -> dict[str, SendOutcome]:
    """Tell each superuser now, by the accounts that are connected; what became of it. Nothing is kept for later."""
    outcomes: dict[str, SendOutcome] = {}
    for account in sorted(superusers):
        outcome = outcomes[account] = await tell_friend(application, account, text)
        if isinstance(outcome, Unknown):
            logger.warning(f"whether superuser {account} was told is unknown")
        if isinstance(outcome, Refused) and outcome != _LINE_DOWN:
            logger.warning(f"superuser {account} could not be told: {outcome.reason.value}")
    return outcomes


async def tell_superusers_daily(application: Application, matter: str, text: str, now: datetime) -> None:
    """As `tell_superusers`, at most once a day of one matter: however many questions run into it."""
    key = (application.database.path, matter)
    if key in _told_at and -CLOCK_JITTER <= now - _told_at[key] < _AGAIN_AFTER:
        return
    _told_at[key] = now
    if not await tell_superusers(application, text):
        del _told_at[key]


async def tell_what_waits(application: Application) -> None:
    """Say what waited for an account to be connected, if one is."""
    if not connected():
        return
    waiting, _waiting[:] = list(_waiting), []
    dropped = dict(_dropped)
    _dropped.clear()
    for account, count in dropped.items():  # before the rest: these are older
        outcomes = await tell_each(application, _DROPPED.format(count=count, kept=_MOST_WAITING), [account])
        if outcomes[account] == _LINE_DOWN:
            _dropped[account] += count
    for text, superusers in waiting:
        await _tell(application, text, superusers)


async def tell_friend(application: Application, account: str, text: str) -> SendOutcome:
    """A private message to one person by a connected account; where that is refused, or its line goes down before the
    message leaves, by each other one, of which the person may be a friend. What is unknown isn't tried again.

    It never waits for a line: that of an account which doesn't come back would keep it for ever, beside others that are
    connected."""
    outcome: SendOutcome = _LINE_DOWN
    tried: list[Sender] = []
    while (delivery := _not_in(tried, application)) is not None:
        tried.append(delivery)
        said = await delivery.to_friend(account, text, waits_for_line=False)
        if not isinstance(said, Refused):
            return said
        # Another refusal says more than that one of the lines was down.
        outcome = outcome if said == _LINE_DOWN else said
    return outcome


def _not_in(tried: list[Sender], application: Application) -> Sender | None:
    """A connected account's way out that isn't among these."""
    deliveries = (sender_for(bot, application) for bot in connected())
    return next((delivery for delivery in deliveries if delivery not in tried), None)
