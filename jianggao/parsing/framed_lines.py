"""Finds the signs that frame a title or subtitle on both sides: ～在年中会上的讲话～, == 让路灯亮到村口 ==.

All examples in the comments are made up.
"""

from __future__ import annotations

import re

from jianggao.parsing.dashes import DASHES

_SIGNS = r"~～〜〰﹏∽≈=＝_＿·•‧∙*＊#＃+＋|｜丨︱‖¦/／★☆◆◇◈■□▲△▼▽●○◎※♦♢✦✧✿❀"
_PAIRS = {"<": ">", "＜": "＞", "«": "»", "‹": "›", "→": "←", ">": "<", "》": "《", "「": "」", "『": "』"}
_PAIRS |= {"〈": "〉", "[": "]", "［": "］", "〖": "〗", "{": "}", "｛": "｝"}
_LONGEST, _MOST_SIGNS = 120, 8
_RUN = re.compile(rf"([{_SIGNS}{re.escape(''.join(_PAIRS))}{DASHES}-])\1{{0,{_MOST_SIGNS - 1}}}")
# 一一在年中会上的讲话一一: the numeral, typed for a dash
_NUMERALS = re.compile(r"一一(?=[在关于])")
_HAN = re.compile(r"[一-鿿]")
_FEWEST_HAN = 3
"""— 十 — is the number of a page or a part."""


def framed(line: str) -> slice | None:
    """Returns where the words stand on a line that begins and ends with the same signs, None for any other line.

    Whether the words are a title or a vendor's (～渠边夜话～) isn't asked here.
    """
    run = _RUN.match(line) or _NUMERALS.match(line) if len(line) <= _LONGEST else None
    if run is None:
        return None
    opening = run[0]
    inner = line[len(opening) :].rstrip(_PAIRS.get(opening[0], opening[0]))
    # ·在年中会上的讲话······ is an entry of a table of contents.
    if len(line) - len(inner) != 2 * len(opening):
        return None
    words = inner.strip()
    start = line.index(words, len(opening))
    return slice(start, start + len(words)) if len(_HAN.findall(words)) >= _FEWEST_HAN else None
