"""What the importer and the choice of public text tell each other: a version, what was shown before, what is shown now.

The choice itself is membership's (`membership/previews.py`); the library only stores it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

SHOWN_ONCE = 3
"""In `shown_texts`: was shown by an earlier release, counts for ever, and isn't shown again for that."""


KEYWORD_SHARE = Fraction("0.05")
"""The part of a speech's letters that its keywords may tell, all their places counted."""
FEWEST_LETTERS_WITH_KEYWORDS = 300
"""The keywords of a shorter speech would tell most of its words."""


@dataclass(frozen=True, slots=True)
class Body:
    """A section as the choice sees it."""

    ordinal: int
    text: str
    """The section's body in normal form; what counts as already shown is decided on it."""


@dataclass(frozen=True, slots=True)
class HeadingText:
    """A heading with its mark; at most `limit` characters of it are ever public."""

    text: str
    limit: int


@dataclass(frozen=True, slots=True)
class VersionText:
    """A version of a speech behind its front. `letters` is all of it in normal form, headings too; `has_keywords` tells
    whether keywords of it are public."""

    bodies: Sequence[Body]
    headings: Sequence[HeadingText] = ()
    letters: str = ""
    has_keywords: bool = False


@dataclass(frozen=True, slots=True)
class OtherText:
    """Another speech, listed or not, that has some of the same words, and what was ever shown of it (normal forms).
    Where there are too many to look at the budget of each, the letters of those that share least are left out (see
    `ShownBefore.crowded`)."""

    letters: str
    to_all: Collection[str]
    to_groups: Collection[str] = ()
    once: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class ShownBefore:
    """What was ever shown of a speech (normal forms), to everyone and to member groups. `once`: by an earlier release;
    it counts, but isn't shown again for that. `others`: the speeches that have the same words. `crowded`: sampled runs
    that stand in more of them than are looked at one by one; no piece with one of these is newly shown. `audiences`: what
    an earlier release chose for this very version; no section becomes more public than it was."""

    to_all: Collection[str] = ()
    to_groups: Collection[str] = ()
    once: Collection[str] = ()
    others: Sequence[OtherText] = ()
    crowded: frozenset[int] = frozenset()
    audiences: Mapping[int, int] | None = None


@dataclass(frozen=True, slots=True)
class PublicPart:
    """What of a version may be shown: the audience of each section by ordinal, and the public form of each heading."""

    audiences: Mapping[int, int]
    headings: tuple[str, ...]


ChoosePublicPart = Callable[[int, VersionText, ShownBefore], PublicPart]
"""Decides what of a version of the speech of that number may be shown; made by `membership.previews`."""


def cut_heading(text: str, limit: int) -> str:
    """The public form of a heading: at most `limit` characters, the last of them … where something is left out."""
    if len(text) <= limit:
        return text
    return text[: max(0, limit - 1)] + "…"
