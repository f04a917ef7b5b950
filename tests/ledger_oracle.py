"""Tells who is a member on which day from what operators did, by days alone: it shares no code with the fold."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(frozen=True)
class Deed:
    """One thing that somebody did; `number` is that of its ledger entry."""

    number: int
    what: str
    """give, suspend, resume, transfer or undo"""
    day: date
    account: str
    months: int = 0
    days: int = 0
    starts_on: date | None = None
    successor: str = ""
    target: int = 0


@dataclass
class Account:
    """The days on which an account is a member, as proleptic ordinals, and whether it is suspended."""

    days: set[int] = field(default_factory=set)
    suspended: bool = False

    @property
    def last(self) -> date | None:
        return date.fromordinal(max(self.days)) if self.days else None

    def is_active(self, day: date) -> bool:
        return not self.suspended and day.toordinal() in self.days

    def reminder(self, day: date) -> str | None:
        """Returns which reminder of the end is due on a day: none that would come with the time itself."""
        today, last = day.toordinal(), self.last_day_around(day)
        if last is None or self.suspended:
            return None
        left = last.toordinal() - today
        if left < 0:
            return "ended" if left >= -7 and max(self.days) < today else None
        if left > 7:
            return None
        kind, ahead = ("last_day", 0) if left == 0 else ("day", 1) if left == 1 else ("week", 7)
        begun = last.toordinal()
        while begun - 1 in self.days:
            begun -= 1
        return kind if begun < last.toordinal() - ahead else None

    def last_day_around(self, day: date) -> date | None:
        """Returns the last day of the unbroken time in which a day lies, or of that before it."""
        last = day.toordinal()
        if last not in self.days:
            return date.fromordinal(max(before)) if (before := [n for n in self.days if n < last]) else None
        while last + 1 in self.days:
            last += 1
        return date.fromordinal(last)


def accounts_after(deeds: Iterable[Deed]) -> dict[str, Account]:
    """Returns every account that was named, after all deeds."""
    standing = _standing(list(deeds))
    accounts: dict[str, Account] = defaultdict(Account)
    for deed in standing:
        account = accounts[deed.account]
        if deed.what == "give":
            _give(account, deed)
        elif deed.what in ("suspend", "resume"):
            account.suspended = deed.what == "suspend"
        elif deed.what == "transfer":
            _transfer(account, accounts[deed.successor], deed.day)
    return accounts


def _standing(deeds: list[Deed]) -> list[Deed]:
    """Returns the deeds that no standing undo took out, without the undos."""
    undone: set[int] = set()
    for deed in reversed(deeds):
        if deed.what == "undo" and deed.number not in undone:
            undone.add(deed.target)
    return [deed for deed in deeds if deed.number not in undone and deed.what != "undo"]


def _give(account: Account, deed: Deed) -> None:
    begins, today = deed.starts_on or deed.day, deed.day.toordinal()
    own = _days(begins, _later(begins, deed))
    if deed.starts_on is not None and max(own) < today:
        account.days |= own
        return
    if begins.toordinal() in account.days:
        while begins.toordinal() in account.days:
            begins += timedelta(days=1)
        own = _days(begins, _later(begins - timedelta(days=1), deed))
    twice = {ordinal for ordinal in account.days & own if ordinal > today}
    account.days |= own
    for _ in twice:
        account.days.add(max(account.days) + 1)


def _later(day: date, deed: Deed) -> date:
    return _months_later(day, deed.months) + timedelta(days=deed.days)


def _days(first: date, last: date) -> set[int]:
    return set(range(first.toordinal(), last.toordinal() + 1))


def _transfer(old: Account, new: Account, day: date) -> None:
    today = day.toordinal()
    twice = {ordinal for ordinal in old.days & new.days if ordinal > today}
    new.days |= old.days
    for _ in twice:
        new.days.add(max(new.days) + 1)
    new.suspended = new.suspended or old.suspended
    old.days = set()


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
