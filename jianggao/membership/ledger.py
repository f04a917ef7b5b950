"""Folds ledger entries into the states of the people that they are about (docs/rules.md, Membership).

The fold alone is the state: nothing of it is stored. Pure functions, without database or clock. There is no
kind of entry that corrects another one: 撤销 and a new entry do what it would.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from enum import Enum

from dateutil.relativedelta import relativedelta

from jianggao.membership.durations import Duration, add

LOOKBACK_YEARS = 3
"""How many years before the unbroken run of subscriptions a member reads."""
BRIDGED_GAP = timedelta(days=7)
"""A renewal that comes so late at most doesn't break the run."""
CLOCK_SLIP = timedelta(days=1)
"""How far in the future a subscription may begin and count as begun. An entry is dated by the moment at which
it was made: one in the future says that the machine's clock was put back since, not that the member has to
wait."""


class EntryKind(Enum):
    """What an entry does. GRANT, RENEW, REDEEM and REWARD all give time; they differ in who gave it. TRANSFER
    moves what is left of a subscription, with its past, to another account."""

    GRANT = "grant"
    RENEW = "renew"
    SUSPEND = "suspend"
    RESUME = "resume"
    REDEEM = "redeem"
    REWARD = "reward"
    TRANSFER = "transfer"
    UNDO = "undo"


GIVING = frozenset({EntryKind.GRANT, EntryKind.RENEW, EntryKind.REDEEM, EntryKind.REWARD})


class Standing(Enum):
    """What a person is at a moment. SUSPENDED comes before all others, also where no time is left."""

    ACTIVE = "active"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """An entry of the ledger, never changed."""

    number: int
    """Counts from 1 without gaps; what 撤销 takes."""
    kind: EntryKind
    member: str
    """The account that it is about."""
    by: str
    """The account that did it."""
    at: datetime
    """When it was written, with a timezone."""
    duration: Duration | None
    """Set exactly for the kinds that give time."""
    note: str
    target: int | None
    """The number of the undone entry, set exactly for UNDO; always an earlier one of the same member."""
    message: str
    """The key of the message that did it; unique, so that a message which is sent again acts once."""
    successor: str | None = None
    """The account that a subscription moves to, set exactly for TRANSFER."""
    starts_on: date | None = None
    """The first day of the given time where that isn't the day of `at`: an imported subscription began
    earlier."""
    is_trial: bool = False
    """Whether the time was given for trial."""

    def concerns(self, account: str) -> bool:
        """Returns whether the entry is about this account, be it the one that a subscription moves to."""
        return account in (self.member, self.successor)


@dataclass(frozen=True, slots=True)
class EntitlementWindow:
    """The material dates that a member may read, both ends included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Span:
    """One subscription: from `start` until the end of the day `valid_until`."""

    start: datetime
    first_day: date
    """The day of `start` in the timezone of the fold."""
    valid_until: date
    end: datetime
    """The first moment after it: midnight after `valid_until`."""
    is_dated: bool = False
    """Whether `start` is a day that was named, and no reading of a clock."""

    def has_begun(self, now: datetime) -> bool:
        """Returns whether it has begun by `now`, or would have by a clock that wasn't put back
        (`CLOCK_SLIP`)."""
        return self.start <= now if self.is_dated else self.start - CLOCK_SLIP < now

    def covers(self, now: datetime) -> bool:
        """Returns whether `now` lies in it."""
        return self.has_begun(now) and now < self.end


@dataclass(frozen=True, slots=True)
class MemberState:
    """What the ledger says about one person. What depends on a moment takes that moment."""

    spans: tuple[Span, ...] = ()
    """The subscriptions in order; they never overlap."""
    suspended: bool = False

    @property
    def valid_until(self) -> date | None:
        """The last day of the last subscription (`有效期至`: that day's end); None if there never was one."""
        return self.spans[-1].valid_until if self.spans else None

    def unbroken_until(self, day: date) -> date | None:
        """Returns the last day of the time that leaves out no day from `day` on; None if it isn't covered."""
        until = None
        for span in self.spans:
            if until is None and span.first_day <= day <= span.valid_until:
                until = span.valid_until
            elif until is not None and span.first_day <= until + timedelta(days=1):
                until = max(until, span.valid_until)
        return until

    def ends_on(self, now: datetime) -> date | None:
        """Returns the last day of the time around `now` that leaves out no day; where none runs, that of the
        time before; None if none has begun. Time that begins later isn't counted: days lie between."""
        begun = [span for span in self.spans if span.has_begun(now)]
        return self.unbroken_until(begun[-1].first_day) if begun else None

    def gap(self, now: datetime) -> tuple[date, date] | None:
        """Returns the first and the last day that nothing covers between what runs at `now` and time that
        begins later; None if nothing runs, or nothing begins after a gap."""
        until = self.ends_on(now) if self.running(now) else None
        later = [span.first_day for span in self.spans if until is not None and span.first_day > until]
        return (
            None if until is None or not later else (until + timedelta(days=1), later[0] - timedelta(days=1))
        )

    def running(self, now: datetime) -> bool:
        """Returns whether a subscription covers `now`, also during a suspension, which doesn't stop time."""
        return any(span.covers(now) for span in self.spans)

    def standing(self, now: datetime) -> Standing:
        """Returns what the person is at `now`. Who was only granted time that begins later was never a member
        yet."""
        if self.suspended:
            return Standing.SUSPENDED
        if self.running(now):
            return Standing.ACTIVE
        begun = bool(self.spans) and self.spans[0].has_begun(now)
        return Standing.EXPIRED if begun else Standing.NEVER

    def begins_on(self, now: datetime) -> date | None:
        """Returns the first day of the next subscription of somebody for whom none runs at `now`; None where
        one runs or none is to come."""
        if self.running(now):
            return None
        return next((span.first_day for span in self.spans if not span.has_begun(now)), None)

    def run(self, now: datetime) -> tuple[Span, ...]:
        """Returns the unbroken run of subscriptions around `now`, gaps of up to 7 days bridged; empty when
        none runs."""
        for run in self._runs():
            if any(span.covers(now) for span in run):
                return tuple(run)
        return ()

    def window(self, now: datetime) -> EntitlementWindow | None:
        """Returns the material dates that the person may read: from three years before the run's first day up
        to its last; None when no subscription is running."""
        run = self.run(now)
        if not run:
            return None
        return EntitlementWindow(run[0].first_day - relativedelta(years=LOOKBACK_YEARS), run[-1].valid_until)

    def _runs(self) -> list[list[Span]]:
        runs: list[list[Span]] = []
        for span in self.spans:
            if runs and span.start - runs[-1][-1].end <= BRIDGED_GAP:
                runs[-1].append(span)
            else:
                runs.append([span])
        return runs


def fold(entries: Iterable[LedgerEntry], zone: tzinfo) -> MemberState:
    """Returns the state of the one member whose entries these are, in whatever order they come. Where
    subscriptions were transferred, several accounts are concerned: `fold_all`."""
    states = fold_all(entries, zone)
    return next(iter(states.values()), MemberState())


def fold_all(entries: Iterable[LedgerEntry], zone: tzinfo) -> dict[str, MemberState]:
    """Returns the states of all accounts that the entries concern, in whatever order these come.

    The state of an account depends on the entries of every account that it is joined to by transfers:
    `ledger_store.related_entries` has them all.
    """
    ordered = sorted(entries, key=lambda entry: entry.number)
    undone = undone_by(ordered)
    states: dict[str, MemberState] = {}
    for entry in ordered:
        state = states.setdefault(entry.member, MemberState())
        if entry.successor is not None:
            states.setdefault(entry.successor, MemberState())
        if entry.number in undone:
            continue
        if entry.kind in GIVING:
            states[entry.member] = after_giving(state, entry, zone)
        elif entry.kind in (EntryKind.SUSPEND, EntryKind.RESUME):
            states[entry.member] = replace(state, suspended=entry.kind is EntryKind.SUSPEND)
        elif entry.kind is EntryKind.TRANSFER and entry.successor is not None:
            states[entry.successor] = joined(states[entry.successor], state, entry.at, zone)
            states[entry.member] = replace(state, spans=())
    return states


def after_giving(state: MemberState, entry: LedgerEntry, zone: tzinfo) -> MemberState:
    """Returns the state of the entry's member after an entry that gives time, where nothing is undone: the
    time begins with the entry or on the day that the entry names, but where something runs on that day, at
    the end of it. Where it meets later time, as many days follow at the end.

    A named time that was over before the entry was made is the past alone, and adds nothing to what runs.
    """
    given = _span(entry, zone)
    if given.is_dated and given.end <= entry.at:
        return replace(state, spans=tuple(_union((*state.spans, given))))
    running_until = state.unbroken_until(given.first_day)
    if running_until is not None:
        assert entry.duration is not None
        given = _following(running_until, add(running_until, entry.duration), zone)
    return joined(state, MemberState((given,)), entry.at, zone)


def undone_by(entries: Iterable[LedgerEntry]) -> dict[int, int]:
    """Returns the numbers of the entries that don't count, each with the number of the undo that took it out.

    An undo can be undone itself. Only the undos among `entries` matter, so all of a person's entries will do
    as well.
    """
    undone: dict[int, int] = {}
    undos = [entry for entry in entries if entry.kind is EntryKind.UNDO]
    # From the newest back: whether an undo counts depends on later undos alone.
    for undo in sorted(undos, key=lambda entry: entry.number, reverse=True):
        if undo.number not in undone and undo.target is not None and undo.target < undo.number:
            undone[undo.target] = undo.number
    return undone


def end_of_day(day: date, zone: tzinfo) -> datetime:
    """Returns the first moment after `day` in `zone`, in UTC."""
    return datetime.combine(day + timedelta(days=1), time.min, zone).astimezone(timezone.utc)


def _span(entry: LedgerEntry, zone: tzinfo) -> Span:
    """Returns the subscription that an entry gives to somebody who has none: from the entry on, or from the
    day that the entry names."""
    if entry.duration is None:
        raise ValueError(f"ledger entry {entry.number} gives time and has no duration")
    if entry.starts_on is None:
        start, base = entry.at.astimezone(timezone.utc), entry.at.astimezone(zone).date()
    else:
        start, base = end_of_day(entry.starts_on - timedelta(days=1), zone), entry.starts_on
    valid_until = add(base, entry.duration)
    is_dated = entry.starts_on is not None
    return Span(start, base, valid_until, end_of_day(valid_until, zone), is_dated)


def joined(own: MemberState, moved: MemberState, at: datetime, zone: tzinfo) -> MemberState:
    """Returns the state of an account to which another one's subscriptions moved at `at`. No day is lost:
    where both have time left for the same days, as many follow at the end. A suspension moves too."""
    today = at.astimezone(zone).date()
    spans = _union((*own.spans, *moved.spans))
    left = _days_left(own.spans, today) + _days_left(moved.spans, today) - _days_left(spans, today)
    if left > 0:
        last = spans[-1].valid_until
        until = last + timedelta(days=left)
        spans.append(_following(last, until, zone))
    return MemberState(tuple(spans), own.suspended or moved.suspended)


def _following(last: date, until: date, zone: tzinfo) -> Span:
    """Returns the subscription from the end of the day `last` to that of the day `until`."""
    return Span(end_of_day(last, zone), last + timedelta(days=1), until, end_of_day(until, zone))


def _union(spans: Iterable[Span]) -> list[Span]:
    """Returns the same time as subscriptions in order that don't overlap."""
    union: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        last = union[-1] if union else None
        if last is None or last.end <= span.start:
            union.append(span)
        elif last.end < span.end:
            union.append(Span(last.end, last.valid_until + timedelta(days=1), span.valid_until, span.end))
    return union


def _days_left(spans: Sequence[Span], today: date) -> int:
    """Returns how many days after `today` the subscriptions cover."""
    yesterday = (max(span.first_day - timedelta(days=1), today) for span in spans)
    return sum(
        max(0, (span.valid_until - before).days) for span, before in zip(spans, yesterday, strict=True)
    )
