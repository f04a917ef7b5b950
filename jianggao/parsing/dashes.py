"""Knows the dashes that part a title from its subtitle: ——, ――, ──, －－, -- and the like."""

from __future__ import annotations

import re

DASHES = "—–―‒⸺⸻─━－﹣﹘−‐‑ーｰ"
"""Em and en dashes, those of box drawing, full-width and minus signs; the hyphen of ASCII stands beside
them."""
# ——在…会上的讲话, but neither a row of dashes nor -5 ℃ nor the date －3月
_BEFORE = re.compile(
    rf"(?:[{DASHES}]{{2,8}}|[{DASHES}](?!\d)|-{{2,8}}|-(?!\d)|[~～]{{2,8}}"
    # 一一在…会上的讲话: the numeral, typed for a dash
    rf"|一一(?=在.{{2,60}}[讲講致发發报報演][话話辞辭词詞言告讲講]))\s?(?=[^\s{DASHES}~～-])"
)
# — 01 —, ——一——: the number of a heading or a page between dashes
_NUMBER = re.compile(rf"[\d一二三四五六七八九十]{{1,4}}\s?[{DASHES}-]{{0,8}}")
_LONGEST_NUMBER = 14
_BEHIND = re.compile(rf"\s?(?:[{DASHES}]{{1,8}}|-{{2,8}})$")


def dash_before(line: str) -> int:
    """Returns how many characters the dash takes that the line begins with, 0 where it begins with none."""
    match = _BEFORE.match(line)
    if match is None or _NUMBER.fullmatch(line[match.end() : match.end() + _LONGEST_NUMBER]):
        return 0
    return match.end()


def dash_behind(line: str) -> int:
    """Returns where the dash begins that the line ends with, the line's length where it ends with none."""
    match = _BEHIND.search(line[-10:])
    return len(line) - len(match[0]) if match else len(line)
