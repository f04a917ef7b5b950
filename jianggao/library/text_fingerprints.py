"""Samples runs of letters from a text, by which other texts with the same words are known again.

A run is 24 letters of the normal form. One in sixteen is kept, chosen by its own hash, so that the same
passage keeps the same runs wherever it stands and whatever its file is called. Two texts that share 180
letters in a row share no kept run but once in some 20,000 times.
"""

from __future__ import annotations

from collections.abc import Iterator
from zlib import crc32

RUN = 24
"""Letters of a run: shorter ones are idioms, which stand in texts that have nothing to do with each other."""
SAMPLED = 16
"""One in so many runs is kept."""


def sampled_runs(letters: str) -> tuple[int, ...]:
    """Returns the hashes (32 bits, rising) of the kept runs of a text in normal form."""
    return tuple(sorted({run for _, run in sampled_places(letters)}))


def sampled_places(letters: str) -> Iterator[tuple[int, int]]:
    """Yields where each kept run begins, and its hash."""
    written = letters.encode("utf-32-le")
    size = 4 * RUN
    for at in range(0, len(written) - size + 1, 4):
        hashed = crc32(written[at : at + size])
        if hashed % SAMPLED == 0:
            yield at // 4, hashed // SAMPLED
