"""Makes a person's copy of a text: decides which form each carrier takes, and checks the copy before anybody
sees it (docs/tracing.md, How a copy gets its bits)."""

from __future__ import annotations

import hashlib
import hmac
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from jianggao.tracing.mark_plan import MarkPlan, replaced, sha256_of
from jianggao.tracing.same_text import says_the_same


class MarkFailed(Exception):
    """The copy would not say what the clean text says, or the plan isn't this text's. Nothing may be sent.

    No `JianggaoError`: the person did nothing wrong; it is a fault of the program and is logged as one.
    """


def bits(key: bytes, text_id: str, member: str, plan: MarkPlan) -> list[int]:
    """Returns 0 or 1 for each carrier: the lowest bit of HMAC-SHA256 over (text version, member, carrier's
    key).

    Keyed by member and text, not by delivery: who asks twice gets the same copy, and has nothing to compare.
    Without `key` the bits of other people are coin throws; the chances of `attribution` rest on this.
    """
    prefix = f"mark\0{text_id}\0{member}\0".encode()
    return [
        hmac.digest(key, prefix + carrier.key.encode(), hashlib.sha256)[-1] & 1 for carrier in plan.carriers
    ]


def marks_of(key: bytes, member: str, version: int, plan: MarkPlan) -> list[int]:
    """Returns the bits of a member's copy of the text version with this id."""
    return bits(key, str(version), member, plan)


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A copy, and where each part of the clean text went."""

    text: str
    _ends: tuple[int, ...]
    """Where the carriers with bit 1 end in the clean text, rising."""
    _shifts: tuple[int, ...]
    """By how much the copy is longer than the clean text up to there, after that many carriers."""

    def span(self, start: int, end: int) -> str:
        """Returns the copy's part for [start, end) of the clean text. Spans that touch give parts that touch:
        put together, the parts of the whole are the whole copy. What is inserted between two spans goes to
        the first."""
        return self.text[self._moved(start) : self._moved(end)]

    def _moved(self, place: int) -> int:
        return place + self._shifts[bisect_right(self._ends, place)] if place else 0


def mark(text: str, plan: MarkPlan, chosen: Sequence[int]) -> str:
    """Returns the copy of the clean `text` in which carrier i has its new form where `chosen[i]` is 1.

    Raises MarkFailed if the plan is another text's, or if the copy differs from the text in anything but
    paragraph breaks and the pauses ， 、 ； 。 outside of numbers, titles and quotations.
    """
    return mark_with_map(text, plan, chosen).text


def mark_with_map(text: str, plan: MarkPlan, chosen: Sequence[int]) -> MarkedText:
    """Returns the copy as `mark` does, with the way back, so that a section can be cut out of the copy."""
    if len(chosen) != len(plan.carriers) or sha256_of(text) != plan.text_sha256:
        raise MarkFailed("the plan is another text's")
    changed = [carrier for carrier, bit in zip(plan.carriers, chosen, strict=True) if bit]
    shifts = accumulate((len(carrier.new) - len(carrier.old) for carrier in changed), initial=0)
    try:
        copy = replaced(text, changed)
    except ValueError as error:
        raise MarkFailed(str(error)) from error
    marked = MarkedText(copy, tuple(carrier.end for carrier in changed), tuple(shifts))
    if not says_the_same(text, marked.text):
        raise MarkFailed("the copy differs in more than breaks and pauses")
    return marked
