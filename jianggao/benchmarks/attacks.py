"""What sellers do to a copy before it surfaces again. None of it knows the plan, but for mixing forms."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Sequence

Attack = Callable[[str, random.Random], str]
"""(copy, randomness) -> what surfaces."""

_SENTENCE_END = re.compile(r"([。！？；][”’」』）]*)(\n?)(?=[^\n])")


def as_sent(copy: str, rng: random.Random) -> str:
    """Nothing is done."""
    del rng
    return copy


def normalised(copy: str, rng: random.Random) -> str:
    """NFKC, invisible characters and blanks stripped, blank lines put between some paragraphs."""
    text = "".join(one for one in unicodedata.normalize("NFKC", copy) if unicodedata.category(one) != "Cf")
    lines = [re.sub(r"[ \t　]+", "", line) for line in text.split("\n")]
    return "".join(line + rng.choice(("\n", "\n\n", "\r\n", "\n　　")) for line in lines)


def hard_wrapped(copy: str, rng: random.Random) -> str:
    """A line end after every 38 characters, as mail programs do."""
    del rng
    lines = copy.split("\n")
    return "\n".join(line[at : at + 38] for line in lines for at in range(0, max(1, len(line)), 38))


def edited(copy: str, rng: random.Random) -> str:
    """One character in a hundred replaced, left out or doubled by another one."""
    parts = list(copy)
    for at in range(len(parts)):
        if parts[at] != "\n" and rng.random() < 0.01:
            other = rng.choice(copy).strip()
            parts[at] = rng.choice((other, "", parts[at] + other))
    return "".join(parts)


def breaks_redone(copy: str, rng: random.Random) -> str:
    """Three in ten ends of sentences broken, or not, by a throw of a coin."""

    def redone(found: re.Match[str]) -> str:
        return found[1] + rng.choice(("\n", "")) if rng.random() < 0.3 else found[0]

    return _SENTENCE_END.sub(redone, copy)


def third(copy: str, rng: random.Random) -> str:
    """A third of it, from anywhere."""
    length = len(copy) // 3
    start = rng.randrange(len(copy) - length + 1)
    return copy[start : start + length]


def third_edited(copy: str, rng: random.Random) -> str:
    """A third of it, edited."""
    return edited(third(copy, rng), rng)


def flat(copy: str, rng: random.Random) -> str:
    """All line ends gone."""
    del rng
    return copy.replace("\n", "")


def forwarded(copy: str, rng: random.Random) -> str:
    """Nodes of a forwarded message copied with the lines that name the sender between them."""
    lines = []
    for line in copy.split("\n"):
        if rng.random() < 0.2:
            lines.append(f"资料小铺 {rng.randrange(10, 24)}:{rng.randrange(10, 60)}:00")
        lines.append(line)
    return "\n".join(lines)


# --- several copies put together ----------------------------------------------------------------------------------

Mixture = Callable[[Sequence[Sequence[int]], random.Random], list[int]]
"""(the colluders' bits, randomness) -> the form taken at each carrier; where all have one form, that."""


def mixed(copies: Sequence[Sequence[int]], rng: random.Random) -> list[int]:
    """Each form from any of them."""
    return [rng.choice(forms) for forms in zip(*copies, strict=True)]


def flipped(copies: Sequence[Sequence[int]], rng: random.Random) -> list[int]:
    """A copy in which eight places, whichever, take the other form."""
    bits = list(copies[0])
    for at in rng.sample(range(len(bits)), min(8, len(bits))):
        bits[at] = 1 - bits[at]
    return bits


def majority(copies: Sequence[Sequence[int]], rng: random.Random) -> list[int]:
    """Each form as most of them have it."""
    del rng
    return [int(2 * sum(forms) > len(forms)) for forms in zip(*copies, strict=True)]


def minority(copies: Sequence[Sequence[int]], rng: random.Random) -> list[int]:
    """Each form as the fewest of them have it."""
    del rng
    return [
        forms[0] if len(set(forms)) == 1 else int(2 * sum(forms) < len(forms))
        for forms in zip(*copies, strict=True)
    ]
