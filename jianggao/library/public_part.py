"""Defines what the importer and the choice of public text exchange.

The importer passes a version and what was shown before; it gets back what is shown now. The choice itself is
made by `access.previews`; the library only stores it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

SHOWN_ONCE = 3
"""The audience in `shown_texts` of what an earlier release showed: it counts for ever, but need not be shown
again."""


KEYWORD_SHARE = Fraction("0.05")
"""The part of a speech's letters that its keywords may tell, all their places counted."""
FEWEST_LETTERS_WITH_KEYWORDS = 300
"""The keywords of a shorter speech would tell most of its words."""


@dataclass(frozen=True, slots=True)
class Body:
    """A section's body, for the choice."""

    ordinal: int
    text: str
    """The body in normal form, in which it is compared with what was shown already."""


@dataclass(frozen=True, slots=True)
class HeadingText:
    """A heading with its mark; at most `limit` characters of it are ever public."""

    text: str
    limit: int


@dataclass(frozen=True, slots=True)
class VersionText:
    """A version of a speech behind its front."""

    bodies: Sequence[Body]
    headings: Sequence[HeadingText] = ()
    letters: str = ""
    """All of it in normal form, headings too."""
    has_keywords: bool = False
    """Whether keywords of it are public."""


@dataclass(frozen=True, slots=True)
class OtherText:
    """Another speech, listed or not, that has some of the same words, and what was ever shown of it."""

    letters: str
    """All of it in normal form; "" for all those together that share least, where there are too many (see
    `ShownBefore.crowded`)."""
    to_all: Collection[str]
    """Texts in normal form, as in `ShownBefore`."""
    to_groups: Collection[str] = ()
    once: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class ShownBefore:
    """What was ever shown of a speech (normal forms), and of those that have the same words."""

    to_all: Collection[str] = ()
    """Shown to everyone."""
    to_groups: Collection[str] = ()
    """Shown to member groups."""
    once: Collection[str] = ()
    """Shown by an earlier release; it counts, but isn't shown again for that."""
    others: Sequence[OtherText] = ()
    """The speeches that have the same words."""
    crowded: frozenset[int] = frozenset()
    """Sampled runs that stand in more speeches than are compared one by one; no piece that holds one is newly
    shown."""
    audiences: Mapping[int, int] | None = None
    """What an earlier release chose for this very version, by ordinal; no section becomes more public than
    that."""


@dataclass(frozen=True, slots=True)
class PublicPart:
    """What of a version may be shown."""

    audiences: Mapping[int, int]
    """The audience of each section, by ordinal."""
    headings: tuple[str, ...]
    """The public form of each heading, in their order."""


ChoosePublicPart = Callable[[int, VersionText, ShownBefore], PublicPart]
"""Decides what of a version of the speech of that number may be shown; made by `access.previews`."""


def cut_heading(text: str, limit: int) -> str:
    """Returns the public form of a heading: at most `limit` characters of it.

    The last one is … if something is left out.
    """
    if len(text) <= limit:
        return text
    return text[: max(0, limit - 1)] + "…"
