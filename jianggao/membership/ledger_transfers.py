"""Tells from ledger entries where subscriptions went, and which accounts are one person's. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from jianggao.membership.ledger import LedgerEntry, MemberState, fold_all, undone_by


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


def moved_by(entries: Iterable[LedgerEntry], account: str, zone: tzinfo) -> tuple[TransferStep, ...]:
    """Returns the steps of `transfers_from` that moved anything: after an undo earlier in a chain, a later
    transfer may stand that had nothing to move any more."""
    counted = _counted(entries)
    steps: list[TransferStep] = []
    for step in transfers_from(counted, account):
        before = fold_all((entry for entry in counted if entry.number < step.number), zone)
        if not before.get(step.old, MemberState()).spans:
            break
        steps.append(step)
    return tuple(steps)


def freed(
    before: Mapping[str, MemberState], after: Mapping[str, MemberState], at: datetime
) -> tuple[str, str] | None:
    """Returns a suspended account that would lose time and one that isn't suspended and would gain some, where
    the states before and after an entry have such: its suspension would end by this."""
    nobody = MemberState()
    change = {
        account: _time_left(after.get(account, nobody), at) - _time_left(before.get(account, nobody), at)
        for account in {**before, **after}
    }
    losing = [
        account for account, state in before.items() if state.suspended and change[account] < timedelta()
    ]
    gaining = [
        account for account, state in after.items() if not state.suspended and change[account] > timedelta()
    ]
    return (losing[0], gaining[0]) if losing and gaining else None


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


def _counted(entries: Iterable[LedgerEntry]) -> list[LedgerEntry]:
    """Returns the entries that nothing has undone, in the order of the ledger."""
    ordered = sorted(entries, key=lambda entry: entry.number)
    undone = undone_by(ordered)
    return [entry for entry in ordered if entry.number not in undone and entry.target is None]


def _time_left(state: MemberState, at: datetime) -> timedelta:
    return sum((max(timedelta(), span.end - max(span.start, at)) for span in state.spans), timedelta())


def _standing_transfers(entries: Iterable[LedgerEntry]) -> list[TransferStep]:
    ordered = sorted(entries, key=lambda entry: entry.number)
    undone = undone_by(ordered)
    return [
        TransferStep(entry.number, entry.at, entry.member, entry.successor)
        for entry in ordered
        if entry.successor is not None and entry.number not in undone
    ]
