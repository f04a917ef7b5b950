"""Cleans texts of characters that files and messages bring along: invisible ones, odd blanks, half pairs."""

from __future__ import annotations

import re

BROKEN = "\ufffd"
"""U+FFFD, which stands where bytes could not be decoded."""
# Zero-width blanks and joiners, direction marks, the byte order mark, the soft hyphen, the emoji variation
# selector.
_INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\ufe0f\u202a\u202b\u202c\u202d\u202e")
)
_BLANKS = re.compile(r"\s+")


def remove_invisible(text: str) -> str:
    """Returns the text without the invisible characters that files bring along."""
    return text.translate(_INVISIBLE)


def replace_lone_surrogates(text: str) -> str:
    """Returns the text with ? for each half of a surrogate pair: JSON can bring one, SQLite can't store
    it."""
    return text.encode("utf-8", "replace").decode("utf-8")


def collapse_blanks(line: str) -> str:
    """Returns the line without blanks around it and with one blank for each run of blanks inside."""
    return _BLANKS.sub(" ", line).strip()
