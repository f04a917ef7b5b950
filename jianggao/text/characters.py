"""Single characters that files bring along and no reader sees: invisible ones, odd blanks, broken ones."""

from __future__ import annotations

import re

BROKEN = "\ufffd"
"""What stands where a byte could not be decoded."""
_INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\ufe0f\u202a\u202b\u202c\u202d\u202e")
)
_BLANKS = re.compile(r"\s+")


def remove_invisible(text: str) -> str:
    """The text without characters that nobody sees."""
    return text.translate(_INVISIBLE)


def collapse_blanks(line: str) -> str:
    """The line without blanks around it; runs of blanks inside count as one."""
    return _BLANKS.sub(" ", line).strip()
