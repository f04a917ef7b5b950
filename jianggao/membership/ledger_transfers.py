"""Tells from ledger entries where subscriptions went, and which accounts are one person's. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from jianggao.membership.ledger import LedgerEntry, undone_by


@dataclass(frozen=True, slots=True)
class TransferStep:
    """A transfer that stands, as it is told of an account."""

    number: int
    """The ledger entry's."""
    at: datetime
    old: str
    new: str


def transfers_from(entries: Iterable[LedgerEntry], account: str) -> tuple[TransferStep, ...]:
    """Returns where the account's last transfer took its subscription, step by step in the order of the
    ledger; empty if none stands. `entries` are those of all accounts that are joined to it."""
    standing = _standing_transfers(entries)
    steps: list[TransferStep] = []
    # Its last transfer, since an earlier one moved an earlier subscription; then always the next of the new
    # account. Numbers only rise, so that a subscription that came back ends.
    own = [step for step in standing if step.old == account]
    step = own[-1] if own else None
    while step is not None:
        steps.append(step)
        step = next(
            (later for later in standing if later.number > step.number and later.old == step.new), None
        )
    return tuple(steps)


def transfers_to(entries: Iterable[LedgerEntry], account: str) -> tuple[TransferStep, ...]:
    """Returns the transfers that stand and moved a subscription to the account, in the order of the
    ledger."""
    return tuple(step for step in _standing_transfers(entries) if step.new == account)


def joined_accounts(entries: Iterable[LedgerEntry], account: str) -> frozenset[str]:
    """Returns the accounts among which transfers that stand moved a subscription, this one too: they are one
    person's."""
    standing = _standing_transfers(entries)
    found, before = {account}, 0
    while len(found) > before:
        before = len(found)
        for step in standing:
            if step.old in found or step.new in found:
                found |= {step.old, step.new}
    return frozenset(found)


def _standing_transfers(entries: Iterable[LedgerEntry]) -> list[TransferStep]:
    ordered = sorted(entries, key=lambda entry: entry.number)
    undone = undone_by(ordered)
    return [
        TransferStep(entry.number, entry.at, entry.member, entry.successor)
        for entry in ordered
        if entry.successor is not None and entry.number not in undone
    ]
