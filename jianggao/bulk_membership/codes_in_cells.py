"""Tells where redeem codes stand in a table: whoever reads one can redeem it, so none may be kept."""

from __future__ import annotations

from collections.abc import Iterable

from jianggao.redeem_codes.code_form import find_codes
from jianggao.text.folding import nfkc


def holds_code(cells: Iterable[str]) -> bool:
    """Returns whether one of the cells has a redeem code in it. A number without a letter, as of a long
    order, is none."""
    return any(_has_code(cell) for cell in cells)


def _has_code(cell: str) -> bool:
    folded = nfkc(cell)
    if folded.isdecimal():
        return False
    return any(not code.isdecimal() for code in find_codes(folded))
