"""Which sections of a speech everyone may see, and which further ones a member group may (docs/rules.md, Access).

The choice is stored by the importer, not recomputed. It is made so that all that was ever shown of a speech,
over all its versions, stays within the share, whatever happens to keys, shares and parsers.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from jianggao.membership.access import MEMBER_GROUP_SET, PREVIEW, THE_REST

MAX_PREVIEW_SHARE = 0.30
MAX_GROUP_SHARE = 0.50
FEWEST_SECTIONS = 3


@dataclass(frozen=True, slots=True)
class Body:
    """A section as the choice sees it."""

    ordinal: int
    text: str
    """The section's body in normal form; what counts as already shown is decided on it."""


def choose(
    bodies: Sequence[Body],
    speech_number: int,
    key: bytes,
    share: float,
    ever_shown: Collection[str],
    label: str = "previews",
    *,
    shown_to_groups: Collection[str] = (),
) -> frozenset[int]:
    """The ordinals to be shown of a version, of which `bodies` is the whole.

    In the order of HMAC-SHA256 over (label, speech number, ordinal) each section is taken that still fits
    `share` of all characters, none where there are fewer than 3 sections. A locked body thus influences the
    choice by its length alone. A section whose text stands in one of `ever_shown` (normal forms of what was
    shown of this speech before) is shown in any case and costs nothing; all that was ever shown counts
    against the share, and together with `shown_to_groups` against one half.
    """
    total = sum(len(body.text) for body in bodies)
    budget, half = _part(share, total), _part(MAX_GROUP_SHARE, total)
    shown, in_groups = set(ever_shown), {*ever_shown, *shown_to_groups}
    spent, spent_in_groups = extent(shown), extent(in_groups)
    for body in sorted(bodies, key=lambda body: _rank(body, speech_number, key, label)):
        if len(bodies) < FEWEST_SECTIONS or _stands_in(body.text, shown):
            continue
        length = len(body.text)
        length_in_groups = 0 if _stands_in(body.text, in_groups) else length
        if spent + length <= budget and (not length_in_groups or spent_in_groups + length <= half):
            shown.add(body.text)
            in_groups.add(body.text)
            spent += length
            spent_in_groups += length_in_groups
    return frozenset(body.ordinal for body in bodies if _stands_in(body.text, shown))


def audiences(
    bodies: Sequence[Body],
    speech_number: int,
    key: bytes,
    *,
    preview_share: float,
    group_share: float,
    shown_to_all: Collection[str],
    shown_to_groups: Collection[str],
) -> dict[int, int]:
    """`sections.audience` by ordinal: 0 previews, 1 the member group's further set, 2 the rest.

    Shares above 0.30 and 0.50 count as these; the second one includes the previews. `shown_to_all` are the
    normal forms ever stored with audience 0 for this speech, `shown_to_groups` those with audience 1. The
    caller stores the texts of what this gives with audience 0 and 1, in the same transaction as the sections.
    """
    preview_share, group_share = min(preview_share, MAX_PREVIEW_SHARE), min(group_share, MAX_GROUP_SHARE)
    previews = choose(
        bodies, speech_number, key, preview_share, shown_to_all, shown_to_groups=shown_to_groups
    )
    already = {*shown_to_all, *shown_to_groups, *(body.text for body in bodies if body.ordinal in previews)}
    in_groups = choose(bodies, speech_number, key, group_share, already, "member group")
    return {
        body.ordinal: PREVIEW
        if body.ordinal in previews
        else MEMBER_GROUP_SET
        if body.ordinal in in_groups
        else THE_REST
        for body in bodies
    }


def extent(texts: Collection[str]) -> int:
    """How many characters these texts give away together; a text that stands in another adds nothing."""
    kept: list[str] = []
    for text in sorted(set(texts), key=len, reverse=True):
        if not any(text in longer for longer in kept):
            kept.append(text)
    return sum(len(text) for text in kept)


def _part(share: float, total: int) -> int:
    """Whole characters; through the decimal form, so that 0.3 of 1,000 is 300."""
    return int(Fraction(str(share)) * total)


def _stands_in(text: str, shown: Collection[str]) -> bool:
    return bool(text) and any(text in longer for longer in shown)


def _rank(body: Body, speech_number: int, key: bytes, label: str) -> bytes:
    return hmac.digest(key, f"{label}\0{speech_number}\0{body.ordinal}".encode(), hashlib.sha256)
