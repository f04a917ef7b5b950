"""NFKC, in a time that grows with the text and no faster."""

from __future__ import annotations

import unicodedata

PIECE = 500
"""Characters that are folded together. Python sorts the accents on one letter by insertion, so that a letter with n of
them takes n * n steps; nothing that people write comes near this many."""


def nfkc(text: str) -> str:
    """`text` in NFKC, longer ones piece by piece: at the seams an accent and its letter stay two."""
    if len(text) <= PIECE:
        return unicodedata.normalize("NFKC", text)
    return "".join(unicodedata.normalize("NFKC", text[at : at + PIECE]) for at in range(0, len(text), PIECE))
