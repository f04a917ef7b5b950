"""Imitates what sellers do to a copy before it surfaces again.

Only the mixtures know where carriers are (colluders see where their copies differ); the attacks know nothing
of them.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Sequence

Attack = Callable[[str, random.Random], str]
"""Takes a copy and returns what surfaces of it."""

_SENTENCE_END = re.compile(r"([。！？；][”’」』）]*)(\n?)(?=[^\n])")


def as_sent(copy: str, rng: random.Random) -> str:
    """Returns the copy as it is."""
    del rng
    return copy


def normalised(copy: str, rng: random.Random) -> str:
    """Normalises by NFKC, strips invisible characters and blanks, and puts other line ends between
    paragraphs."""
    normal = unicodedata.normalize("NFKC", copy)
    text = "".join(character for character in normal if unicodedata.category(character) != "Cf")
    lines = [re.sub(r"[ \t　]+", "", line) for line in text.split("\n")]
    return "".join(line + rng.choice(("\n", "\n\n", "\r\n", "\n　　")) for line in lines)


def hard_wrapped(copy: str, rng: random.Random) -> str:
    """Breaks lines after every 38 characters, as mail programs do."""
    del rng
    lines = copy.split("\n")
    return "\n".join(line[at : at + 38] for line in lines for at in range(0, max(1, len(line)), 38))


def edited(copy: str, rng: random.Random) -> str:
    """Replaces one character in a hundred, leaves it out, or puts another after it."""
    parts = list(copy)
    for index, character in enumerate(copy):
        if character != "\n" and rng.random() < 0.01:
            other = rng.choice(copy).strip()
            parts[index] = rng.choice((other, "", character + other))
    return "".join(parts)


def breaks_redone(copy: str, rng: random.Random) -> str:
    """Decides anew, at three in ten ends of sentences, whether a paragraph ends there."""

    def redone(end: re.Match[str]) -> str:
        return end[1] + rng.choice(("\n", "")) if rng.random() < 0.3 else end[0]

    return _SENTENCE_END.sub(redone, copy)


def third(copy: str, rng: random.Random) -> str:
    """Cuts out a third of the copy, from anywhere."""
    length = len(copy) // 3
    start = rng.randrange(len(copy) - length + 1)
    return copy[start : start + length]


def third_edited(copy: str, rng: random.Random) -> str:
    """Cuts out a third of the copy and edits it."""
    return edited(third(copy, rng), rng)


def flat(copy: str, rng: random.Random) -> str:
    """Removes all line ends."""
    del rng
    return copy.replace("\n", "")


def forwarded(copy: str, rng: random.Random) -> str:
    """Puts the sender's name and the time above every fifth line, as in the text of a copied forward."""
    lines = []
    for line in copy.split("\n"):
        if rng.random() < 0.2:
            lines.append(f"资料小铺 {rng.randrange(10, 24)}:{rng.randrange(10, 60)}:00")
        lines.append(line)
    return "\n".join(lines)


# --- several copies put together ----------------------------------------------------------------------------

Mixture = Callable[[Sequence[Sequence[int]], random.Random], list[int]]
"""Takes the bits of the colluders' copies and returns the form chosen at each carrier. Where all copies have
the same form, colluders see no carrier and leave it."""


def mixed(copies: Sequence[Sequence[int]], rng: random.Random) -> list[int]:
    """Takes each form from a random copy."""
    return [rng.choice(forms) for forms in zip(*copies, strict=True)]


def flipped(copies: Sequence[Sequence[int]], rng: random.Random) -> list[int]:
    """Takes one copy and changes it at eight random carriers."""
    bits = list(copies[0])
    for index in rng.sample(range(len(bits)), min(8, len(bits))):
        bits[index] = 1 - bits[index]
    return bits


def majority(copies: Sequence[Sequence[int]], rng: random.Random) -> list[int]:
    """Takes each form as most of the copies have it."""
    del rng
    return [int(2 * sum(forms) > len(forms)) for forms in zip(*copies, strict=True)]


def minority(copies: Sequence[Sequence[int]], rng: random.Random) -> list[int]:
    """Takes each form as the fewest of the copies have it."""
    del rng
    return [
        forms[0] if len(set(forms)) == 1 else int(2 * sum(forms) < len(forms))
        for forms in zip(*copies, strict=True)
    ]
