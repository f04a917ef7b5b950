"""A person's copy of a text: which form each carrier takes, and the copy itself, checked before anyone sees it."""

from __future__ import annotations

import hashlib
import hmac
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from jianggao.tracing.plan import Carrier, Plan, sha256_of

_CHANGEABLE = re.compile("([、，；。\n]+)")
_ALTERNATIVES = frozenset({("", "、"), ("、", ""), ("", "，"), ("，", ""), ("；", "。"), ("。", "；")})
"""(what the text has, what a copy may have there): all that plans ever change but breaks."""
_ENDS = frozenset("。！？")
"""After what a break may be put in."""
_NUMBERS = re.compile(r"\d+(?:[.．,，、:：]\d+)*[%％‰]?")
_ENCLOSED = re.compile(r"“[^”]*”|《[^》]*》|「[^」]*」|『[^』]*』")


class MarkFailed(Exception):
    """The copy would not say what the clean text says, or the plan isn't this text's. Nothing may be sent.

    No `JianggaoError`: the person did nothing wrong, it is a fault of the program and is logged as one.
    """


def bits(key: bytes, text_id: str, member: str, plan: Plan) -> list[int]:
    """0 or 1 for each carrier: the lowest bit of HMAC-SHA256 over (text version, member, carrier's key).

    Keyed by person and text, not by delivery: who asks twice gets the same copy twice. Without `key` the bits
    of other people are coin throws; the chances in `accuse` rest on this.
    """
    prefix = f"mark\0{text_id}\0{member}\0".encode()
    return [hmac.digest(key, prefix + one.key.encode(), hashlib.sha256)[-1] & 1 for one in plan.carriers]


def marks_of(key: bytes, member: str, version: int, plan: Plan) -> list[int]:
    """The bits of a member's copy of a text version, by the number that the library gives it."""
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
        """The copy's part for [start, end) of the clean text. Spans that touch give parts that touch: put
        together, the parts of the whole are the whole copy. What is inserted between two goes to the first."""
        return self.text[self._moved(start) : self._moved(end)]

    def _moved(self, place: int) -> int:
        return place + self._shifts[bisect_right(self._ends, place)] if place else 0


def mark(text: str, plan: Plan, chosen: Sequence[int]) -> str:
    """The copy of the clean `text` in which carrier i has its new form where `chosen[i]` is 1.

    Raises MarkFailed if the plan is another text's, or if the copy differs from the text in anything but
    paragraph breaks and the pauses ， 、 ； 。 outside of numbers, titles and quotations.
    """
    return mark_with_map(text, plan, chosen).text


def mark_with_map(text: str, plan: Plan, chosen: Sequence[int]) -> MarkedText:
    """As `mark`, with the way back, so that a section can be cut out of the copy."""
    if len(chosen) != len(plan.carriers) or sha256_of(text) != plan.text_sha256:
        raise MarkFailed("the plan is another text's")
    changed = [one for one, bit in zip(plan.carriers, chosen, strict=True) if bit]
    shifts = accumulate((len(one.new) - len(one.old) for one in changed), initial=0)
    marked = MarkedText(_replaced(text, changed), tuple(one.end for one in changed), tuple(shifts))
    if not says_the_same(text, marked.text):
        raise MarkFailed("the copy differs in more than breaks and pauses")
    return marked


def _replaced(text: str, changed: Sequence[Carrier]) -> str:
    parts: list[str] = []
    at = 0
    for one in changed:
        if one.offset < at or text[one.offset : one.end] != one.old:
            raise MarkFailed(f"{one.key} doesn't stand in the text as the plan says")
        parts += (text[at : one.offset], one.new)
        at = one.end
    return "".join([*parts, text[at:]])


def says_the_same(clean: str, copy: str) -> bool:
    """Whether `copy` differs from `clean` in nothing but what a plan may change: a break put in after a sentence, and
    in one place one of the pauses in `_ALTERNATIVES` for another; the same numbers, titles and quotations."""
    (letters, pauses), (copied, marked) = _parted(clean), _parted(copy)
    return (
        letters == copied
        and _NUMBERS.findall(clean) == _NUMBERS.findall(copy)
        and _ENCLOSED.findall(clean) == _ENCLOSED.findall(copy)
        and all(
            _may_stand(pauses.get(at, ""), marked.get(at, ""), letters[at - 1 : at])
            for at in pauses.keys() | marked.keys()
        )
    )


def _parted(text: str) -> tuple[str, dict[int, str]]:
    """What never changes, and by how much of it stands before: the breaks and pauses there."""
    parts = _CHANGEABLE.split(text)
    pauses: dict[int, str] = {}
    at = 0
    for fixed, pause in zip(parts[0::2], parts[1::2], strict=False):
        at += len(fixed)
        pauses[at] = pause
    return "".join(parts[0::2]), pauses


def _may_stand(clean: str, copy: str, before: str) -> bool:
    """Whether a copy may have the breaks and pauses `copy` behind the character `before`, where the text has `clean`."""
    if clean == copy or "\n" in clean:
        return clean == copy
    stops = copy.removesuffix("\n")
    if stops != clean and (clean, stops) not in _ALTERNATIVES:
        return False
    return stops == copy or (clean or before)[-1:] in _ENDS
