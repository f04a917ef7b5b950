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
from jianggao.chat.joining.group_rosters import left_out, office_in, states_of_all
from jianggao.chat.joining.superuser_notices import RepeatedNotice
from jianggao.chat.sending.notices import connected
from jianggao.chat.sending.sender import call_api
from jianggao.chat.services import ChatServices
from jianggao.joining import removal_store as store
from jianggao.joining.removal_store import RemovalState, StoredRemoval
from jianggao.joining.removals import (
    MOST_A_DAY,
    NothingKnown,
    RemovalCandidate,
    RemovalRules,
    Spared,
    as_both_say,
    candidates,
    is_ripe,
    spared,
    stays_unreminded,
)
from jianggao.joining.roster import GroupMember
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
_LONGEST_PAUSE = timedelta(days=1)
"""The longest pause between two announcements that may have arrived: nothing follows from them."""
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
        self._reports = RepeatedNotice(services)
        self._announcements = RepeatedNotice(services, CHECK_INTERVAL, _LONGEST_PAUSE)

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
        if is_recent or self._is_night:
            return
        self._last = now
        rules = RemovalRules(settings.remove_expired, left_out(self._services))
        groups = await self._groups()
        await self._remove_announced(groups, rules)
        # Lookups and removals take their time: the night may have begun meanwhile.
        if not self._is_night:
            await self._report(rules)
        if not self._is_night:
            await self._announce(groups, rules)

    async def take_over(self) -> None:
        """Notes at a start that removals under way may have happened."""
        async with self._application.database.write() as connection:
            await store.take_over(connection)

    @property
    def _is_night(self) -> bool:
        settings = self._application.settings
        return is_quiet(settings.quiet_hours, self._application.clock().astimezone(settings.timezone).time())

    def _uncounted(self) -> timedelta:
        return timedelta(seconds=self._application.monotonic() - self._counted_at)

    async def _count_wait(self, connection: Connection) -> None:
        passed = self._uncounted()
        await store.count_wait(connection, passed)
        self._application.database.writer.after_commit(lambda: self._counted(passed))

    def _counted(self, passed: timedelta) -> None:
        self._counted_at += passed.total_seconds()

    async def _groups(self) -> dict[str, _GroupAtHand]:
        """Returns the member groups from which an account of the bot may remove people, as they are now. One
        whose list can't be had isn't among them."""
        async with self._application.database.read() as connection:
            bound = await bindings(connection)
        found, without = {}, []
        for group in (group for group, binding in bound.items() if binding.kind is PlaceKind.MEMBER_GROUP):
            office = await office_in(group)
            if office.presence is not None:
                members = {member.account: member for member in office.presence.members}
                found[group] = _GroupAtHand(office.presence.bot, members)
            elif office.is_known:
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
            if self._is_night:
                return
            if group is not None and is_ripe(stored.announced_at, stored.waited, now):
                await self._remove(group, stored, rules)

    async def _remove(self, group: _GroupAtHand, stored: StoredRemoval, rules: RemovalRules) -> None:
        """Removes somebody, if nothing speaks against it by the ledger and by the group as both are now. It
        is recorded before it is tried. What isn't known for sure settles nothing: the next look asks again."""
        account, settings = stored.candidate.account, self._application.settings
        try:
            person = await calls.group_member(group.bot, stored.candidate.group, account)
            person = as_both_say(group.members.get(account), person)
        except (calls.LookupFailed, NothingKnown):
            return
        if self._is_night:
            return
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

    async def _report(self, rules: RemovalRules) -> None:
        """Tells superusers what became of the removals, also of those of a bot that was stopped since."""
        async with self._application.database.read() as connection:
            settled = await store.unreported(connection)
            names = await names_of(connection, [stored.candidate.account for stored in settled])
        if not settled or not self._reports.is_due:
            return
        text = texts.removal_report(settled, rules.days, names)
        told = await self._reports.told_of(text, [stored.id for stored in settled])
        if told:
            async with self._application.database.write() as connection:
                await store.mark_reported(connection, told)

    # --- announcing -----------------------------------------------------------------------------------------

    async def _announce(self, groups: Mapping[str, _GroupAtHand], rules: RemovalRules) -> None:
        """Tells superusers once a day whom the bot will remove the day after, and stores it when one of them
        surely has it. Notes for the next report who is never removed as nobody could remind them."""
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
        reminded, others = await self._by_reminder(found)
        unreminded = [one for one in others if stays_unreminded(one.valid_until, now.astimezone(zone).date())]
        if unreminded:
            async with self._application.database.write() as connection:
                await store.note_unreminded(connection, unreminded, now)
        chosen = reminded[: max(0, MOST_A_DAY - still)]
        if chosen and self._announcements.is_due and await self._was_announced(chosen, rules.days):
            async with self._application.database.write() as connection:
                # Until now the time counts for those alone who were announced before.
                await self._count_wait(connection)
                await store.announce(connection, chosen, now)

    async def _was_announced(self, chosen: list[RemovalCandidate], days: int) -> bool:
        async with self._application.database.read() as connection:
            names = await names_of(connection, [candidate.account for candidate in chosen])
        return await self._announcements.was_told(texts.announcement(chosen, days, names))

    async def _by_reminder(
        self, found: list[RemovalCandidate]
    ) -> tuple[list[RemovalCandidate], list[RemovalCandidate]]:
        """Returns those who were reminded and those who weren't, whose time ended longest ago first."""
        reminded, others = [], []
        async with self._application.database.read() as connection:
            for candidate in sorted(found, key=lambda candidate: candidate.valid_until):
                if await self._was_reminded(connection, candidate.account, candidate.valid_until):
                    reminded.append(candidate)
                else:
                    others.append(candidate)
        return reminded, others


def _state_after(outcome: SendOutcome) -> RemovalState:
    if isinstance(outcome, Delivered):
        return RemovalState.REMOVED
    return RemovalState.FAILED if isinstance(outcome, Refused) else RemovalState.UNKNOWN
