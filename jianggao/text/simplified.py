"""Turns traditional characters into simplified ones, for looking at texts: patterns are written in simplified."""

from __future__ import annotations

from opencc import OpenCC

from jianggao.text.characters import replace_lone_surrogates
from jianggao.text.remembered_lines import remembered

_convert = OpenCC("t2s").convert


@remembered
def simplified(text: str) -> str:
    """Returns the text in simplified characters, with ? for half a surrogate pair, which OpenCC refuses."""
    converted: str = _convert(replace_lone_surrogates(text))
    return converted
