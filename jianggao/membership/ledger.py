"""The ledger's entries and their fold, which alone is a member's state (docs/rules.md, Membership).

Pure: no database, no clock. `correct` is left out, since 撤销 and a new entry do what it would.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from enum import Enum

from dateutil.relativedelta import relativedelta

from jianggao.membership.durations import Duration, add

LOOKBACK_YEARS = 3
BRIDGED_GAP = timedelta(days=7)
CLOCK_SLIP = timedelta(days=1)
"""A subscription that begins in less than this has begun: an entry is dated by the moment at which it was made, so that
one in the future tells of a clock that was put back since."""


class EntryKind(Enum):
    """What an entry does. GRANT, RENEW, REDEEM and REWARD all give time; they differ in who gave it."""

    GRANT = "grant"
    RENEW = "renew"
    SUSPEND = "suspend"
    RESUME = "resume"
    REDEEM = "redeem"
    REWARD = "reward"
    UNDO = "undo"


GIVING = frozenset({EntryKind.GRANT, EntryKind.RENEW, EntryKind.REDEEM, EntryKind.REWARD})


class Standing(Enum):
    """How a person stands at a moment. Suspended comes before all others, also where no time is left."""

    ACTIVE = "active"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One line of the ledger, never changed."""

    number: int
    """Counts from 1 without gaps; what 撤销 takes."""
    kind: EntryKind
    member: str
    by: str
    """The account that did it."""
    at: datetime
    """Aware."""
    duration: Duration | None
    """Set exactly for the kinds that give time."""
    note: str
    target: int | None
    """The number of the undone entry, set exactly for UNDO; always an earlier one of the same member."""
    message: str
    """The key of the message that did it; unique, so that one message acts once."""


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

    def has_begun(self, now: datetime) -> bool:
        """Whether it has begun by `now`, or by a clock that wasn't put back since."""
        return self.start - CLOCK_SLIP < now

    def covers(self, now: datetime) -> bool:
        """Whether `now` lies in it."""
        return self.has_begun(now) and now < self.end


@dataclass(frozen=True, slots=True)
class MemberState:
    """What the ledger says about one person; questions about a moment take that moment."""

    spans: tuple[Span, ...] = ()
    """In order, never overlapping."""
    suspended: bool = False

    @property
    def valid_until(self) -> date | None:
        """The last day of the last subscription (`有效期至`: that day's end); None if there never was one."""
        return self.spans[-1].valid_until if self.spans else None

    def running(self, now: datetime) -> bool:
        """Whether a subscription covers `now`; a suspension doesn't stop time."""
        return any(span.covers(now) for span in self.spans)

    def standing(self, now: datetime) -> Standing:
        """Active, expired, suspended, or never a member by `now`."""
        if self.suspended:
            return Standing.SUSPENDED
        if self.running(now):
            return Standing.ACTIVE
        begun = bool(self.spans) and self.spans[0].has_begun(now)
        return Standing.EXPIRED if begun else Standing.NEVER

    def run(self, now: datetime) -> tuple[Span, ...]:
        """The unbroken run around `now`, gaps of up to 7 days bridged; empty when nothing is running."""
        for run in self._runs():
            if any(span.covers(now) for span in run):
                return tuple(run)
        return ()

    def window(self, now: datetime) -> EntitlementWindow | None:
        """From three years before the run's first day up to its last; None when nothing is running."""
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
    """The state of the one member whose entries these are, whatever order they come in."""
    ordered = sorted(entries, key=lambda entry: entry.number)
    undone = undone_by(ordered)
    spans: list[Span] = []
    suspended = False
    for entry in ordered:
        if entry.number in undone:
            continue
        if entry.kind in GIVING:
            spans.append(_span(entry, spans[-1] if spans else None, zone))
        elif entry.kind in (EntryKind.SUSPEND, EntryKind.RESUME):
            suspended = entry.kind is EntryKind.SUSPEND
    return MemberState(tuple(spans), suspended)


def undone_by(entries: Iterable[LedgerEntry]) -> dict[int, int]:
    """The numbers that don't count, each with the undo that took it out. An undo can be undone itself.

    Only undo entries matter, so any superset of them will do.
    """
    undone: dict[int, int] = {}
    undos = [entry for entry in entries if entry.kind is EntryKind.UNDO]
    for undo in sorted(undos, key=lambda entry: entry.number, reverse=True):
        if undo.number not in undone and undo.target is not None and undo.target < undo.number:
            undone[undo.target] = undo.number
    return undone


def end_of_day(day: date, zone: tzinfo) -> datetime:
    """The first moment after `day` in `zone`, in UTC."""
    return datetime.combine(day + timedelta(days=1), time.min, zone).astimezone(timezone.utc)


def _span(entry: LedgerEntry, previous: Span | None, zone: tzinfo) -> Span:
    """A subscription that hasn't ended is prolonged from its end; else the new one begins with the entry."""
    if entry.duration is None:
        raise ValueError(f"ledger entry {entry.number} gives time and has no duration")
    if previous is not None and entry.at < previous.end:
        start, base = previous.end, previous.valid_until
        first_day = base + timedelta(days=1)
    else:
        start = entry.at.astimezone(timezone.utc)
        first_day = base = entry.at.astimezone(zone).date()
    valid_until = add(base, entry.duration)
    return Span(start, first_day, valid_until, end_of_day(valid_until, zone))
