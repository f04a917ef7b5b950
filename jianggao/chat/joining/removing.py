"""Removes members from member groups whose time ended longer ago than REMOVE_EXPIRED says (docs/rules.md,
Joining).

Superusers read the day before who it will be, and afterwards who it was and who not. A lookup that failed
removes nobody.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from aiosqlite import Connection
from nonebot import logger
from nonebot.adapters.onebot.v11 import Bot

from jianggao.access.group_bindings import bindings
from jianggao.access.verdicts import PlaceKind
from jianggao.chat.joining import calls, texts
from jianggao.chat.joining.group_rosters import left_out, present_in, states_of_all
from jianggao.chat.joining.superuser_notices import was_told
from jianggao.chat.sending.notices import connected
from jianggao.chat.sending.sender import call_api
from jianggao.chat.services import ChatServices
from jianggao.joining import removal_store as store
from jianggao.joining.removal_store import RemovalState, StoredRemoval
from jianggao.joining.removals import (
    MOST_A_DAY,
    RemovalCandidate,
    RemovalRules,
    Spared,
    candidates,
    is_ripe,
    spared,
)
from jianggao.joining.roster import GroupMember, GroupRole
from jianggao.membership.administration import state_of
from jianggao.membership.ledger import MemberState
from jianggao.outbound.quiet_hours import is_quiet
from jianggao.outbound.send_outcomes import Delivered, Refused, SendOutcome
from jianggao.people.people_store import names_of
from jianggao.reminders import reminder_store

CHECK_INTERVAL = timedelta(hours=1)
"""From one look at the groups to the next."""
COUNT_INTERVAL = timedelta(minutes=10)
"""How often the wait of those who were announced is stored: what a restart may cost of it."""
_MATTER = "the bot is no admin of a group from which it should remove people"

WasReminded = Callable[[Connection, str, date], Awaitable[bool]]
"""Returns whether an account was reminded that the subscription which ran until a day has ended."""


@dataclass(frozen=True, slots=True)
class _GroupAtHand:
    """A member group that was looked up."""

    bot: Bot
    members: Mapping[str, GroupMember]


class ExpiredRemovals:
    """The removals of one bot. It remembers when it last looked, and until when it has stored the wait of
    those who were announced."""

    def __init__(
        self, services: ChatServices, was_reminded: WasReminded = reminder_store.was_reminded
    ) -> None:
        self._services = services
        self._application = services.application
        self._was_reminded = was_reminded
        self._last: datetime | None = None
        self._counted_at = self._application.monotonic()

    async def go_on(self) -> None:
        """Removes whom it announced, reports that, and announces others, once an hour in daytime. Does
        nothing without REMOVE_EXPIRED, or while no account is connected."""
        settings, now = self._application.settings, self._application.clock()
        if settings.remove_expired is None or not connected():
            return
        if self._uncounted() >= COUNT_INTERVAL:
            async with self._application.database.write() as connection:
                await self._count_wait(connection)
        is_recent = self._last is not None and timedelta(0) <= now - self._last < CHECK_INTERVAL
        if is_recent or is_quiet(settings.quiet_hours, now.astimezone(settings.timezone).time()):
            return
        self._last = now
        rules = RemovalRules(settings.remove_expired, left_out(self._services))
        groups = await self._groups()
        await self._remove_announced(groups, rules)
        await self._report()
        await self._announce(groups, rules)

    async def take_over(self) -> None:
        """Notes at a start that removals under way may have happened."""
        async with self._application.database.write() as connection:
            await store.take_over(connection)

    def _uncounted(self) -> timedelta:
        return timedelta(seconds=self._application.monotonic() - self._counted_at)

    async def _count_wait(self, connection: Connection) -> None:
        passed = self._uncounted()
        await store.count_wait(connection, passed)
        self._application.database.writer.after_commit(lambda: self._counted(passed))

    def _counted(self, passed: timedelta) -> None:
        self._counted_at += passed.total_seconds()

    async def _groups(self) -> dict[str, _GroupAtHand]:
        """Returns the member groups from which the bot may remove people, as they are now. One whose list
        can't be had isn't among them."""
        async with self._application.database.read() as connection:
            bound = await bindings(connection)
        found, without = {}, []
        for group in (group for group, binding in bound.items() if binding.kind is PlaceKind.MEMBER_GROUP):
            present = await present_in(group)
            if present is None:
                continue
            members = {member.account: member for member in present.members}
            if members[present.bot.self_id].role in (GroupRole.OWNER, GroupRole.ADMIN):
                found[group] = _GroupAtHand(present.bot, members)
            else:
                without.append(group)
        if without:
            await self._services.notices.tell_superusers_daily(
                _MATTER, texts.no_admin(without), self._application.clock()
            )
        return found

    # --- removing -------------------------------------------------------------------------------------------

    async def _remove_announced(self, groups: Mapping[str, _GroupAtHand], rules: RemovalRules) -> None:
        """Removes those whom superusers have known about long enough."""
        async with self._application.database.read() as connection:
            announced = await store.announced(connection)
        for stored in announced:
            group = groups.get(stored.candidate.group)
            now = self._application.clock()
            if group is not None and is_ripe(stored.announced_at, stored.waited, now):
                await self._remove(group, stored, rules)

    async def _remove(self, group: _GroupAtHand, stored: StoredRemoval, rules: RemovalRules) -> None:
        """Removes somebody, if nothing speaks against it by the ledger and by the group as both are now. It
        is recorded before it is tried."""
        account, settings = stored.candidate.account, self._application.settings
        try:
            person = await calls.group_member(group.bot, stored.candidate.group, account)
        except calls.LookupFailed:
            return
        # The list says it too: an implementation may answer for somebody who has left.
        person = None if account not in group.members else person
        now = self._application.clock()
        async with self._application.database.write() as connection:
            why = await self._why_spared(connection, stored, person, now, rules)
            if why is not None:
                await store.spare(connection, stored.id, why, now)
                return
            if not await store.begin(connection, stored.id, now, settings.timezone):
                return
        logger.info(f"removing {account} from {stored.candidate.group}")
        params = {
            "group_id": int(stored.candidate.group),
            "user_id": int(account),
            "reject_add_request": False,
        }
        outcome = await call_api(group.bot, "set_group_kick", params)
        async with self._application.database.write() as connection:
            await store.settle(connection, stored.id, _state_after(outcome), self._application.clock())
        await asyncio.sleep(settings.send_interval)

    async def _why_spared(
        self,
        connection: Connection,
        stored: StoredRemoval,
        person: GroupMember | None,
        now: datetime,
        rules: RemovalRules,
    ) -> Spared | None:
        """Returns why somebody who was announced stays, in the transaction that would record the removal."""
        candidate, zone = stored.candidate, self._application.settings.timezone
        state: MemberState = await state_of(connection, candidate.account, zone)
        if state.valid_until != candidate.valid_until:
            return Spared.NOT_ENDED
        was_reminded = await self._was_reminded(connection, candidate.account, candidate.valid_until)
        return spared(person, state, now, rules, was_reminded=was_reminded)

    async def _report(self) -> None:
        """Tells superusers what became of the removals, also of those of a bot that was stopped since."""
        async with self._application.database.read() as connection:
            settled = await store.unreported(connection)
            names = await names_of(connection, [stored.candidate.account for stored in settled])
        if settled and await was_told(self._services, texts.removal_report(settled, names)):
            async with self._application.database.write() as connection:
                await store.mark_reported(connection, [stored.id for stored in settled])

    # --- announcing -----------------------------------------------------------------------------------------

    async def _announce(self, groups: Mapping[str, _GroupAtHand], rules: RemovalRules) -> None:
        """Tells superusers once a day whom the bot will remove the day after, and stores it when they may
        have read it."""
        now, zone = self._application.clock(), self._application.settings.timezone
        async with self._application.database.read() as connection:
            last = await store.last_announcement(connection)
            if last is not None and last.astimezone(zone).date() == now.astimezone(zone).date():
                return
            known, pending = await store.known(connection, now), await store.announced(connection)
        states = await states_of_all(self._application)

        def not_known() -> list[RemovalCandidate]:
            return [
                candidate
                for group, at_hand in groups.items()
                for candidate in candidates(group, at_hand.members.values(), states, now, rules)
                if candidate not in known
            ]

        # In a thread: groups of thousands take as long as they are large.
        found = await asyncio.to_thread(not_known)
        still = sum(stored.candidate in known for stored in pending)
        chosen = await self._reminded(found, MOST_A_DAY - still)
        if chosen and await self._was_announced(chosen, rules.days):
            async with self._application.database.write() as connection:
                # Until now the time counts for those alone who were announced before.
                await self._count_wait(connection)
                await store.announce(connection, chosen, now)

    async def _was_announced(self, chosen: list[RemovalCandidate], days: int) -> bool:
        async with self._application.database.read() as connection:
            names = await names_of(connection, [candidate.account for candidate in chosen])
        return await was_told(self._services, texts.announcement(chosen, days, names))

    async def _reminded(self, found: list[RemovalCandidate], most: int) -> list[RemovalCandidate]:
        """Returns those who were reminded, whose time ended longest ago first, at most so many."""
        chosen: list[RemovalCandidate] = []
        async with self._application.database.read() as connection:
            for candidate in sorted(found, key=lambda candidate: candidate.valid_until):
                if len(chosen) >= most:
                    break
                if await self._was_reminded(connection, candidate.account, candidate.valid_until):
                    chosen.append(candidate)
        return chosen


def _state_after(outcome: SendOutcome) -> RemovalState:
    if isinstance(outcome, Delivered):
        return RemovalState.REMOVED
    return RemovalState.FAILED if isinstance(outcome, Refused) else RemovalState.UNKNOWN
