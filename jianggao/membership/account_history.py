"""Tells of an account where its subscription went and came from, beside the names that are known of it.

Marks of copies name the account that a copy was made for. Where the subscription was transferred since, whoever
reads of that account needs the one that has it now.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from types import MappingProxyType

import aiosqlite

from jianggao.membership import ledger_store
from jianggao.membership.ledger_transfers import TransferStep, transfers_from, transfers_to
from jianggao.people import people_store
from jianggao.people.names import KnownPerson, details

_MOST_TOLD = 5
"""Transfers of one account that are told; of more the last ones are."""


@dataclass(frozen=True, slots=True)
class AccountHistory:
    """What is told of an account beside its number."""

    account: str
    person: KnownPerson | None = None
    went: tuple[TransferStep, ...] = ()
    """Where its subscription went, step by step."""
    came: tuple[TransferStep, ...] = ()
    """The transfers that brought it one."""

    @property
    def holder(self) -> str:
        """The account that has the subscription now: this one, if nothing was transferred."""
        return self.went[-1].new if self.went else self.account


Histories = Mapping[str, AccountHistory]
"""By account; those of which nothing is known may be left out."""
NO_HISTORIES: Histories = MappingProxyType({})
HistoriesOf = Callable[[Iterable[str]], Awaitable[Histories]]
"""Returns the histories of these accounts."""


async def histories(connection: aiosqlite.Connection, accounts: Iterable[str]) -> dict[str, AccountHistory]:
    """Returns the histories of these accounts."""
    accounts = list(dict.fromkeys(accounts))
    names = await people_store.names_of(connection, accounts)
    found = {}
    for account in accounts:
        entries = await ledger_store.related_entries(connection, account)
        found[account] = AccountHistory(
            account, names.get(account), transfers_from(entries, account), transfers_to(entries, account)
        )
    return found


def holder(account: str, known: Histories) -> str:
    """Returns the account that has this one's subscription now."""
    return known[account].holder if account in known else account


def described(account: str, known: Histories, zone: tzinfo) -> str:
    """Returns the account with its names and transfers: `10001`, or
    `10001（“张三”，2026-05-02 转移到 20002）`."""
    history = known.get(account)
    if history is None:
        return account
    named = details(history.person)
    parts = [named] if named else []
    parts += [f"{_day(step, zone)} 由 {step.old} 转来" for step in history.came[-_MOST_TOLD:]]
    parts += [f"{_day(step, zone)} 转移到 {step.new}" for step in history.went[-_MOST_TOLD:]]
    return f"{account}（{'，'.join(parts)}）" if parts else account


def _day(step: TransferStep, zone: tzinfo) -> str:
    return step.at.astimezone(zone).date().isoformat()
