"""Which earlier texts have the same words: told by sampled runs of letters, whatever the files are called.

A run is 24 letters of the normal form. One in sixteen is kept, chosen by its own hash, so that the same passage keeps the
same runs wherever it stands. Two texts that share 180 letters in a row share a kept run but once in some 20,000 times.
"""

from __future__ import annotations

from zlib import crc32

RUN = 24
"""Letters of a run: shorter ones are idioms, which stand in texts that have nothing to do with each other."""
SAMPLED = 16
"""One in so many runs is kept."""


def sampled_runs(letters: str) -> tuple[int, ...]:
    """The hashes (32 bits, rising) of the kept runs of a text in normal form."""
    written = letters.encode("utf-32-le")
    size = 4 * RUN
    hashes = (crc32(written[at : at + size]) for at in range(0, len(written) - size + 1, 4))
    return tuple(sorted({hashed // SAMPLED for hashed in hashes if hashed % SAMPLED == 0}))
