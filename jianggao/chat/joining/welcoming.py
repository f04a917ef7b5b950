"""Welcomes newcomers of bound groups, once a person and group; those who come together in one message."""

from __future__ import annotations

from datetime import datetime

from dateutil.relativedelta import relativedelta
from nonebot import logger

from jianggao.access.group_bindings import bindings
from jianggao.chat.joining import texts
from jianggao.chat.joining.group_rosters import own_accounts
from jianggao.chat.sending.notices import connected
from jianggao.chat.services import ChatServices
from jianggao.joining import newcomer_store
from jianggao.joining.newcomers import LATEST, MOST_QUICK, Newcomer, WelcomeRound, due_rounds, is_late
from jianggao.library import speech_store
from jianggao.membership.ledger import LOOKBACK_YEARS
from jianggao.outbound.send_outcomes import Delivered

_AN_HOUR = 3_600.0


class Welcoming:
    """The newcomers of one bot's groups."""

    def __init__(self, services: ChatServices) -> None:
        self._services = services
        self._application = services.application
        self._welcomed_at: dict[str, list[float]] = {}
        """By group, when it was welcomed within the last hour."""

    async def came(self, group: str, account: str, self_id: str, at: datetime) -> None:
        """Notes that somebody came into a bound group, who isn't an account of the bot."""
        if account in self._application.settings.ignored_users | own_accounts(self._services):
            return
        now = self._application.clock()
        async with self._application.database.write() as connection:
            # A notice that QQ kept for long is as late as it says; QQ's clock may be a little ahead.
            await newcomer_store.add(connection, Newcomer(group, account, self_id, min(at, now)))

    async def left(self, group: str, account: str) -> None:
        """Notes that somebody left a group, and isn't welcomed any more."""
        if await self._services.known_bindings.binding(group) is not None:
            async with self._application.database.write() as connection:
                await newcomer_store.mark_left(connection, group, account)

    async def welcome(self) -> None:
        """Welcomes those whose time has come, by the account that saw them; those for whom it is too late
        never."""
        now = self._application.clock()
        async with self._application.database.read() as connection:
            waiting = await newcomer_store.waiting(connection)
        late = [newcomer for newcomer in waiting if is_late(newcomer.at, now)]
        if late:
            async with self._application.database.write() as connection:
                await newcomer_store.mark_late(connection, late)
        accounts = {bot.self_id for bot in connected()}
        for found in due_rounds(waiting, now, self._busy()):
            if found.self_id in accounts:
                await self._welcome(found)

    def _busy(self) -> frozenset[str]:
        """Returns the groups that were welcomed often within an hour."""
        earliest = self._application.monotonic() - _AN_HOUR
        for group, moments in list(self._welcomed_at.items()):
            self._welcomed_at[group] = [moment for moment in moments if moment > earliest]
            if not self._welcomed_at[group]:
                del self._welcomed_at[group]
        return frozenset(group for group, moments in self._welcomed_at.items() if len(moments) >= MOST_QUICK)

    async def _welcome(self, found: WelcomeRound) -> None:
        """Sends one welcome. That these are welcomed is stored first: at a kill they aren't, rather than
        twice."""
        sender = self._services.senders.known(found.self_id)
        if sender is None:
            return
        async with self._application.database.write() as connection:
            binding = (await bindings(connection)).get(found.group)
            accounts = await newcomer_store.take(connection, found)
            topics = await speech_store.topics(connection)
            # Whoever is a member reads these years: the commands are to work as they stand.
            today = self._application.clock().astimezone(self._application.settings.timezone).date()
            first = today - relativedelta(years=LOOKBACK_YEARS)
            number = await speech_store.newest_within(connection, first, today)
        if binding is None or not accounts:
            return
        self._welcomed_at.setdefault(found.group, []).append(self._application.monotonic())
        topic = "乡村振兴" if "乡村振兴" in topics else next(iter(topics), None)
        outcome = await sender.to_group(
            found.group,
            texts.welcome(binding.kind, len(accounts), topic, number),
            mentions=accounts[: texts.MOST_NAMED],
            expires_after=(found.at + LATEST - self._application.clock()).total_seconds(),
            still_allowed=lambda: self._is_bound(found.group),
        )
        if not isinstance(outcome, Delivered):
            logger.info(f"{len(accounts)} newcomers of {found.group} were not welcomed: {outcome}")

    async def _is_bound(self, group: str) -> bool:
        return await self._services.known_bindings.binding(group) is not None
