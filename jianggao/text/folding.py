"""Normalizes text to NFKC in a time that grows no faster than the text."""

from __future__ import annotations

import unicodedata

PIECE = 500
"""Characters that are normalized together.

Python sorts the accents on one letter by insertion, so that a letter with n of them takes n * n steps.
Nothing that people write has so many.
"""


def nfkc(text: str) -> str:
    """Returns the text in NFKC.

    Texts over PIECE characters are normalized piece by piece: an accent that a seam parts from its letter
    stays apart.
    """
    if len(text) <= PIECE:
        return unicodedata.normalize("NFKC", text)
    return "".join(unicodedata.normalize("NFKC", text[at : at + PIECE]) for at in range(0, len(text), PIECE))
