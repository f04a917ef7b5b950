"""Decides on requests to join a bound group (docs/rules.md, Joining)."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

import aiosqlite

from jianggao.access.verdicts import PlaceKind
from jianggao.clock import to_text
from jianggao.membership.administration import Act
from jianggao.membership.ledger import MemberState, Standing

LONGEST_FLAG = 200
"""Characters of a flag; those of real implementations have up to 60."""
LONGEST_COMMENT = 1_000
"""Characters of a comment that are looked at; QQ takes 30 and the group's question."""
ASKED_AGAIN_AFTER = timedelta(minutes=1)
"""How much later than the answer to a request another one with its flag is a new one."""
HEARD_TOGETHER = timedelta(seconds=10)
"""How far apart two accounts may hear of one request; nobody asks twice in that time."""
LISTED_WITHIN = timedelta(minutes=10)
"""How long after one account's decision another account's list may still show the request as open."""
_SHORTEST_NUMBER = 4
"""Digits from which on a part of a flag may be the number of its request."""


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """A request to join a group. What the asker wrote is no part of it: that may be a redeem code."""

    self_id: str
    """The account of the bot that was asked."""
    flag: str
    """The request's name at the implementation. Nothing is read from it; see `is_same`."""
    group: str
    account: str
    """Who asks."""
    asked_at: datetime | None = None
    """The time of the event; None for what stood in a list of open requests."""

    def key(self, now: datetime) -> str:
        """Returns what tells it from all other requests and messages, also from those with the same flag: the
        key of what it causes, if it is decided on `now`."""
        asked_at = "" if self.asked_at is None else to_text(self.asked_at)
        return f"join:{self.self_id}:{self.group}:{self.account}:{self.flag}:{asked_at}:{to_text(now)}"

    def is_later(self, asked_at: datetime | None, settled_at: datetime | None) -> bool:
        """Returns whether it was surely made after another one with its flag was answered: implementations
        count flags anew. An event that is sent again keeps its time."""
        if self.asked_at is None or settled_at is None or self.asked_at == asked_at:
            return False
        return self.asked_at - settled_at > ASKED_AGAIN_AFTER

    def is_heard_twice(self, asked_at: datetime | None, at: datetime, now: datetime) -> bool:
        """Returns whether another account of the bot has heard this request, if it has one of the same person
        and group that was made at `asked_at` and decided at `at`. Each account has flags of its own, so that
        only the times tell."""
        if self.asked_at is None:
            return abs(now - at) <= LISTED_WITHIN
        if asked_at is None:
            return abs(now - at) <= ASKED_AGAIN_AFTER
        return abs(self.asked_at - asked_at) <= HEARD_TOGETHER

    def is_same(self, flag: str) -> bool:
        """Returns whether another request of the same person and group is this one.

        Some implementations write `GROUP|NUMBER|TYPE|0` in the event, and only the number into the list of
        open requests.
        """
        return self.flag == flag or self._names(self.flag, flag) or self._names(flag, self.flag)

    def _names(self, whole: str, number: str) -> bool:
        is_number = number.isascii() and number.isdigit() and len(number) >= _SHORTEST_NUMBER
        return is_number and number not in (self.group, self.account) and number in re.split(r"\W+", whole)


class Grounds(Enum):
    """Why somebody is let in or turned away."""

    SUPERUSER = "superuser"
    MEMBER = "member"
    REDEEMED = "redeemed"
    FREE_GROUP = "free_group"
    NOT_A_MEMBER = "not_a_member"
    EXPIRED = "expired"
    BEGINS_LATER = "begins_later"
    SUSPENDED = "suspended"
    CODE_REFUSED = "code_refused"


@dataclass(frozen=True, slots=True)
class JoinDecision:
    """What the asker is answered."""

    approve: bool
    grounds: Grounds
    valid_until: date | None = None
    """Of an expired member: the last day."""
    code_refusal: str = ""
    """Why a redeem code didn't help, in words for the asker."""
    begins_on: date | None = None
    """Of somebody whose subscription begins later: its first day."""


@dataclass(frozen=True, slots=True)
class CodeAccepted:
    """The comment held a redeem code, and the asker has the time that it gives."""


@dataclass(frozen=True, slots=True)
class CodeDeclined:
    """The comment held what looks like a code, and it gave nothing."""

    reason: str
    """Words for the asker, without the code."""


CodeResult = CodeAccepted | CodeDeclined | None
"""None: there is no code in the comment."""
RedeemInComment = Callable[[aiosqlite.Connection, str, str, Act], Awaitable[CodeResult]]
"""Redeems the code in a comment in the caller's transaction: connection, account, comment, act."""


def may_redeem(kind: PlaceKind, state: MemberState, now: datetime, *, is_superuser: bool) -> bool:
    """Returns whether a code in the comment is used: only where it decides. Who is a member already keeps it,
    and who is suspended can't be helped by it."""
    if kind is not PlaceKind.MEMBER_GROUP or is_superuser:
        return False
    return state.standing(now) in (Standing.EXPIRED, Standing.NEVER)


def decide(
    kind: PlaceKind,
    state: MemberState,
    now: datetime,
    *,
    is_superuser: bool,
    approves_free_group: bool,
    code: CodeResult = None,
) -> JoinDecision | None:
    """Returns what a request is answered; None where it is left to people: in groups that aren't bound, and
    in free groups unless FREE_GROUP_JOIN says otherwise."""
    if kind not in (PlaceKind.MEMBER_GROUP, PlaceKind.FREE_GROUP):
        return None
    if is_superuser:
        return JoinDecision(True, Grounds.SUPERUSER)
    if kind is PlaceKind.FREE_GROUP:
        return JoinDecision(True, Grounds.FREE_GROUP) if approves_free_group else None
    if isinstance(code, CodeAccepted):
        return JoinDecision(True, Grounds.REDEEMED)
    standing = state.standing(now)
    if standing is Standing.ACTIVE:
        return JoinDecision(True, Grounds.MEMBER)
    if standing is Standing.SUSPENDED:
        return JoinDecision(False, Grounds.SUSPENDED)
    begins_on = state.begins_on(now)
    if begins_on is not None:
        return JoinDecision(False, Grounds.BEGINS_LATER, begins_on=begins_on)
    if isinstance(code, CodeDeclined):
        return JoinDecision(False, Grounds.CODE_REFUSED, code_refusal=code.reason)
    if standing is Standing.EXPIRED:
        return JoinDecision(False, Grounds.EXPIRED, state.valid_until)
    return JoinDecision(False, Grounds.NOT_A_MEMBER)
