"""Tells which accounts are one person, and who was given nothing but trials.

Accounts among which a transfer that stands moved a subscription are one person's. One that was undone joins
nobody: it was ordered by mistake, and the other account may be a stranger's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jianggao.membership.ledger import GIVING, LedgerEntry, undone_by


def persons(entries: Iterable[LedgerEntry]) -> Mapping[str, str]:
    """Returns for each account that the entries concern one account that stands for the person."""
    entries = list(entries)
    undone = undone_by(entries)
    person: dict[str, str] = {}

    def root(account: str) -> str:
        while person.setdefault(account, account) != account:
            person[account] = person[person[account]]
            account = person[account]
        return account

    for entry in entries:
        root(entry.member)
        if entry.successor is None:
            continue
        root(entry.successor)
        if entry.number not in undone:
            person[root(entry.member)] = root(entry.successor)
    return {account: root(account) for account in list(person)}


def trying(entries: Iterable[LedgerEntry]) -> frozenset[str]:
    """Returns the accounts of people who were given time, and all of it for trial."""
    entries = list(entries)
    people, undone = persons(entries), undone_by(entries)
    given = [entry for entry in entries if entry.kind in GIVING and entry.number not in undone]
    paying = {people[entry.member] for entry in given if not entry.is_trial}
    tried = {people[entry.member] for entry in given} - paying
    return frozenset(account for account, person in people.items() if person in tried)
