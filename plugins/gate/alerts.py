"""What people hear unasked. What superusers should hear waits here until an account is connected, so that nothing goes
untold."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from nonebot import get_bots, logger
from nonebot.adapters.onebot.v11 import Bot

from jianggao.house import House
from jianggao.outbound.outcomes import Refused, SendOutcome, Unknown
from plugins.delivery.sender import Delivery, delivery_for

_MOST_WAITING = 20
_waiting: list[str] = []
_AGAIN_AFTER = timedelta(days=1)
_told_at: dict[tuple[Path, str], datetime] = {}
"""When superusers last heard of a matter, by the database and the matter."""


def connected() -> list[Bot]:
    """The accounts that are connected."""
    return [bot for bot in get_bots().values() if isinstance(bot, Bot)]


async def tell_superusers(house: House, text: str) -> bool:
    """A private message to each superuser from a connected account, by another one where that is refused; kept until one
    is connected. Gives whether anybody may have heard it, or will."""
    bot = next(iter(connected()), None)
    if bot is None:
        _waiting.append(text)
        del _waiting[:-_MOST_WAITING]
        return True
    outcomes = []
    for account in sorted(house.settings.superusers):
        outcome = await tell_friend(delivery_for(bot, house), house, account, text)
        outcomes.append(outcome)
        if isinstance(outcome, Unknown):
            logger.warning(f"whether superuser {account} was told is unknown")
        if isinstance(outcome, Refused):
            logger.warning(f"superuser {account} could not be told: {outcome.reason.value}")
    return not all(isinstance(outcome, Refused) for outcome in outcomes)


async def tell_superusers_daily(house: House, matter: str, text: str, now: datetime) -> None:
    """As `tell_superusers`, at most once a day of one matter: however many questions run into it."""
    key = (house.database.path, matter)
    if key in _told_at and now - _told_at[key] < _AGAIN_AFTER:
        return
    _told_at[key] = now
    if not await tell_superusers(house, text):
        del _told_at[key]


async def tell_what_waits(house: House) -> None:
    """An account has connected: say what waited for it."""
    waiting, _waiting[:] = list(_waiting), []
    for text in waiting:
        await tell_superusers(house, text)


async def tell_friend(delivery: Delivery, house: House, account: str, text: str) -> SendOutcome:
    """A private message to one person by the account at hand; where that is refused, by each other connected account,
    of which the person may be a friend. What is unknown isn't tried again."""
    outcome = await delivery.to_friend(account, text)
    for bot in connected():
        if not isinstance(outcome, Refused):
            break
        if delivery_for(bot, house) is not delivery:
            outcome = await delivery_for(bot, house).to_friend(account, text)
    return outcome
