"""Counts what the ledger says of the business: how many members there are, and what was given in a month.

Pure functions, as the ledger's fold is. Accounts that are joined by transfers are one person. Time that was
given from a named day counts from that day on, in all figures alike, and not before it has come.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from jianggao.membership.ledger import (
    GIVING,
    EntryKind,
    LedgerEntry,
    Standing,
    fold_all,
    undone_by,
)
from jianggao.membership.months import Month
from jianggao.membership.persons import persons, trying

EXPIRING_DAYS = 30
_SOLD = frozenset({EntryKind.GRANT, EntryKind.RENEW, EntryKind.REDEEM})
"""What somebody who subscribes is given; a reward is none, and no trial."""


@dataclass(frozen=True, slots=True)
class MemberCounts:
    """How many people are what at a moment."""

    active: int = 0
    on_trial: int = 0
    """Of the active ones, those who were given time for trial alone."""
    expiring: int = 0
    """Of the active ones, those whose last day comes within EXPIRING_DAYS."""
    suspended: int = 0
    expired: int = 0


@dataclass(frozen=True, slots=True)
class MonthCounts:
    """What was given in a month, without what was undone."""

    new: int
    """People who subscribed for the first time. An imported subscription counts where it began."""
    renewed: int
    """People who subscribed again."""
    redeemed: int
    """Redeem codes, those for trials too."""
    rewards: int
    trials: int
    """People who had a trial, of time or of a full text."""


@dataclass(frozen=True, slots=True)
class LedgerCounts:
    """What the ledger says of a month."""

    month: Month
    members: MemberCounts
    """At the month's end, or now where it hasn't ended."""
    in_month: MonthCounts
    month_before: MonthCounts
    trials_in_year: int
    """People who had a trial in the month's year."""
    subscribed_later: int
    """Of these, those who subscribed after it, by now."""


@dataclass(frozen=True, slots=True)
class _Given:
    """Something that a person was given, and the day on which it counts."""

    person: str
    day: date
    order: tuple[datetime, int]
    """Among those of the same day."""
    kind: EntryKind | None
    """None for a full text."""
    is_trial: bool

    @property
    def place(self) -> tuple[date, tuple[datetime, int]]:
        """Its place in the order of all."""
        return self.day, self.order


def count_ledger(
    entries: Sequence[LedgerEntry],
    trial_texts: Iterable[tuple[str, datetime]],
    month: Month,
    now: datetime,
    zone: tzinfo,
) -> LedgerCounts:
    """Returns the counts of a month by the whole ledger, and by who received a full text for trial when: in
    that year, and in the month before. What was undone since then counts as it does now."""
    people = persons(entries)
    today = now.astimezone(zone).date()
    given = [one for one in _given(entries, trial_texts, people, zone) if one.day <= today]
    tried: dict[str, _Given] = {}
    for one in given:
        if one.is_trial and one.day.year == month.year:
            tried.setdefault(one.person, one)
    later = {
        one.person
        for one in given
        if _is_sold(one) and one.person in tried and one.place > tried[one.person].place
    }
    # The month's last moment still lies in its last day, through which subscriptions run.
    end = min(now, month.moments(zone)[1] - timedelta(microseconds=1))
    return LedgerCounts(
        month,
        _count_members(entries, end, zone),
        _count_month(given, month),
        _count_month(given, month.before),
        len(tried),
        len(later),
    )


def _given(
    entries: Iterable[LedgerEntry],
    trial_texts: Iterable[tuple[str, datetime]],
    people: Mapping[str, str],
    zone: tzinfo,
) -> list[_Given]:
    """Returns all that was given and not undone, in the order of its days."""
    undone = undone_by(entries)
    given = [
        _Given(
            people[entry.member],
            entry.starts_on or entry.at.astimezone(zone).date(),
            (entry.at, entry.number),
            entry.kind,
            entry.is_trial,
        )
        for entry in entries
        if entry.kind in GIVING and entry.number not in undone
    ]
    given += [
        _Given(people.get(account, account), at.astimezone(zone).date(), (at, 0), None, True)
        for account, at in trial_texts
    ]
    return sorted(given, key=lambda one: one.place)


def _is_sold(one: _Given) -> bool:
    return one.kind in _SOLD and not one.is_trial


def _count_month(given: Iterable[_Given], month: Month) -> MonthCounts:
    before: set[str] = set()
    new: set[str] = set()
    renewed: set[str] = set()
    counted = []
    for one in given:
        if one.day in month:
            counted.append(one)
        if not _is_sold(one):
            continue
        if one.day in month:
            (renewed if one.person in before else new).add(one.person)
        before.add(one.person)
    return MonthCounts(
        new=len(new),
        renewed=len(renewed),
        redeemed=sum(one.kind is EntryKind.REDEEM for one in counted),
        rewards=sum(one.kind is EntryKind.REWARD for one in counted),
        trials=len({one.person for one in counted if one.is_trial}),
    )


def _is_known(entry: LedgerEntry, moment: datetime, today: date) -> bool:
    """Returns whether an entry counts at a moment: it was written by then, gives time from a day before it, or
    undoes something."""
    begun = entry.starts_on is not None and entry.starts_on <= today
    return begun or entry.at <= moment or entry.kind is EntryKind.UNDO


def _count_members(entries: Sequence[LedgerEntry], moment: datetime, zone: tzinfo) -> MemberCounts:
    """Returns the counts at a moment, by what had been given then, and what was undone or imported since."""
    today = moment.astimezone(zone).date()
    known = [entry for entry in entries if _is_known(entry, moment, today)]
    tried = trying(known)
    active = on_trial = expiring = suspended = expired = 0
    for account, state in fold_all(known, zone).items():
        standing = state.standing(moment)
        suspended += standing is Standing.SUSPENDED
        expired += standing is Standing.EXPIRED
        if standing is Standing.ACTIVE and state.valid_until is not None:
            active += 1
            on_trial += account in tried
            expiring += (state.valid_until - today).days <= EXPIRING_DAYS
    return MemberCounts(active, on_trial, expiring, suspended, expired)
