"""Brings together who is in a group, by the accounts that are in it, and what the ledger says of everybody."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from nonebot.adapters.onebot.v11 import Bot

from jianggao.application import Application
from jianggao.chat.joining import calls
from jianggao.chat.sending.notices import connected
from jianggao.chat.services import ChatServices
from jianggao.joining.removals import stays_unreminded
from jianggao.joining.roster import GroupMember, GroupRole, GroupRoster, RosterLine, absent, compare
from jianggao.membership import ledger_store
from jianggao.membership.ledger import MemberState, fold_all
from jianggao.reminders import reminder_store


@dataclass(frozen=True, slots=True)
class GroupPresence:
    """Who is in a group, and the account that knows it."""

    bot: Bot
    members: tuple[GroupMember, ...]


async def present_in(group: str, first: Bot | None = None) -> GroupPresence | None:
    """Returns who is in a group, by `first` or another connected account that is in it; None if that can't
    be had, of which nothing follows."""
    for bot in _accounts(first, connected()):
        try:
            return GroupPresence(bot, await calls.group_members(bot, group))
        except calls.LookupFailed:
            continue
    return None


@dataclass(frozen=True, slots=True)
class GroupOffice:
    """The account by which people may be removed from a group, if there is one."""

    presence: GroupPresence | None
    is_known: bool
    """Whether that there is none is sure: an account that is in the group but can't be asked may be admin."""


async def office_in(group: str) -> GroupOffice:
    """Returns the first connected account that is the owner or an admin of a group, with who is in it."""
    listed: set[str] = set()
    failed: set[str] = set()
    for bot in connected():
        try:
            members = await calls.group_members(bot, group)
        except calls.LookupFailed:
            failed.add(str(bot.self_id))
            continue
        roles = {member.account: member.role for member in members}
        if roles[str(bot.self_id)] in (GroupRole.OWNER, GroupRole.ADMIN):
            return GroupOffice(GroupPresence(bot, members), True)
        listed |= roles.keys()
    return GroupOffice(None, bool(listed) and not failed & listed)


async def states_of_all(application: Application) -> dict[str, MemberState]:
    """Returns the state of everybody in the ledger, by account."""
    async with application.database.read() as connection:
        entries = await ledger_store.all_entries(connection)
    # In a thread: the fold of all members takes as long as they are many.
    return await asyncio.to_thread(fold_all, entries, application.settings.timezone)


def left_out(services: ChatServices) -> frozenset[str]:
    """Returns the accounts that no comparison is about: superusers, ignored accounts, and the bot's own."""
    settings = services.application.settings
    return settings.superusers | settings.ignored_users | own_accounts(services)


def own_accounts(services: ChatServices) -> frozenset[str]:
    """Returns the bot's own accounts: those that are connected, or were since the start."""
    return services.senders.accounts | {str(bot.self_id) for bot in connected()}


def _accounts(first: Bot | None, others: Iterable[Bot]) -> list[Bot]:
    """Returns each account once, `first` first."""
    bots = [*([first] if first is not None else []), *others]
    return list({bot.self_id: bot for bot in bots}.values())


@dataclass(frozen=True, slots=True)
class RosterReport:
    """How the people in member groups stand by the ledger."""

    groups: tuple[GroupRoster, ...]
    unknown: tuple[str, ...]
    """Groups whose list couldn't be had: nothing is said of them."""
    absent: tuple[RosterLine, ...] | None
    """Members who are in none of the groups; None where that isn't known."""
    is_part: bool = False
    """Whether there are other member groups."""
    unreminded: frozenset[str] = frozenset()
    """Whose time is over, and whom REMOVE_EXPIRED never removes as no reminder of the end reached them."""

    @property
    def accounts(self) -> frozenset[str]:
        """Everybody who stands in it."""
        lists = [self.absent or ()]
        for found in self.groups:
            lists += [found.members, found.ended, found.suspended, found.never]
        return frozenset(line.account for lines in lists for line in lines)


async def compare_groups(
    services: ChatServices, groups: Sequence[str], now: datetime, first: Bot
) -> RosterReport:
    """Returns how the people in these groups stand, and which members are in none of them."""
    presences = {group: await present_in(group, first) for group in groups}
    states, excluded = await states_of_all(services.application), left_out(services)
    unknown = tuple(group for group, presence in presences.items() if presence is None)

    def compared() -> RosterReport:
        found = {group: presence.members for group, presence in presences.items() if presence is not None}
        rosters = (compare(group, members, states, now, excluded) for group, members in found.items())
        present = [member for members in found.values() for member in members]
        missing = None if unknown else absent(present, states, now, excluded)
        return RosterReport(tuple(rosters), unknown, missing)

    # In a thread: 3,000 people and 15,000 members take a third of a second.
    report = await asyncio.to_thread(compared)
    return replace(report, unreminded=await _unreminded(services.application, report, now))


async def _unreminded(application: Application, report: RosterReport, now: datetime) -> frozenset[str]:
    """Returns who stays although REMOVE_EXPIRED says otherwise; nobody without that setting."""
    days = application.settings.remove_expired
    if days is None:
        return frozenset()
    today = now.astimezone(application.settings.timezone).date()
    found = set()
    async with application.database.read() as connection:
        for line in (line for group in report.groups for line in group.ended):
            until = line.valid_until
            if until is None or (today - until).days < days or not stays_unreminded(until, today):
                continue
            if not await reminder_store.was_reminded(connection, line.account, until):
                found.add(line.account)
    return frozenset(found)
