"""Tells a table that somebody pasted without having said what to do with it."""

from __future__ import annotations

from jianggao.bulk_membership.columns import find_columns
from jianggao.errors import WrongUse
from jianggao.spreadsheets.delimited import rows_of_text

_LOOKED_AT = 2_000
"""Characters in which the header is looked for."""


def looks_like_list(text: str) -> bool:
    """Returns whether a text is a list of members or orders: several lines, one of which is its header."""
    beginning = text.strip()[:_LOOKED_AT]
    if "\n" not in beginning:
        return False
    try:
        find_columns(rows_of_text(beginning.rpartition("\n")[0] or beginning))
    except WrongUse:
        return False
    return True
