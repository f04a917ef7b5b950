"""Somebody else's words, as they are shown to anyone: on one line, in quotes, cut, and with nothing in them unseen.

Whoever types them must not be able to write what looks like the program's own answer, such as a line of 溯源. So a line
break is shown as ⏎, quotation marks within (and all that looks like one) become single ones, and every character that is
invisible, turns the direction of writing, or piles up on the one before it is shown by its number, as `[U+202E]`.
"""

from __future__ import annotations

import shlex
import unicodedata
from pathlib import Path

DEFAULT_LIMIT = 60
"""Characters between the quotes, where nothing else is said."""
LINE_BREAK = "⏎"

_LINE_BREAKS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_QUOTES = {"“": "‘", "”": "’", "„": "‘", "‟": "‘", '"': "'", "＂": "'", "〝": "‘", "〞": "’", "〟": "’"}
_QUOTES |= dict.fromkeys("❝⹂〃″‶ʺˮ˝🙶🙷🙸", "’") | {"❞": "’", "❛": "‘", "❜": "’", "＇": "'"}
_SINGLE = frozenset("‘’‚‛'`´ʼʹ′‵")
"""Two of them in a row look like one that ends the quotation."""
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN", "RLE", "RLO", "LRE", "LRO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_MARKS = frozenset({"Mn", "Me", "Mc"})
_MOST_MARKS = 2
"""Marks that a letter may carry: more of them run over the lines around it."""
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_INVISIBLE_MARKS = (
    frozenset("\u034f\u17b4\u17b5")
    | frozenset(map(chr, range(0x180B, 0x1810)))
    | frozenset(map(chr, range(0xFE00, 0xFE10)))
    | frozenset(map(chr, range(0xE0100, 0xE01F0)))
)


def quoted(words: str, most: int = DEFAULT_LIMIT) -> str:
    """`words` in “”, at most `most` characters of what `visible` makes of them between the quotes."""
    return f"“{visible(words, most)}”"


def is_cut(words: str, most: int) -> bool:
    """Whether `quoted` shows less than all of `words`."""
    return len(words) > most or visible(words, most) != visible(words, 8 * most)


def visible(words: str, most: int) -> str:
    """`words` on one line with nothing invisible in them, at most `most` characters, the last of them … where they were
    cut. For lines that are the program's own otherwise; somebody else's words alone stand in quotes."""
    shown: list[str] = []
    length = marks = 0
    # A character is shown as one or more, so that no more than `most` of them are ever looked at.
    for character in words.strip()[: most + 1]:
        marks = marks + 1 if unicodedata.category(character) in _MARKS else 0
        piece = _shown(character, may_combine=marks <= _MOST_MARKS and _carries_marks(shown))
        if shown and any(piece in alike and shown[-1] in alike for alike in (" ", _SINGLE)):
            continue
        shown.append(piece)
        length += len(piece)
        if length > most:
            return _cut(shown, length, most)
    return "".join(shown)


def _cut(shown: list[str], length: int, most: int) -> str:
    """The pieces that leave a place for …; a `[U+…]` stays whole or goes."""
    while shown and length > most - 1:
        length -= len(shown.pop())
    return "".join(shown) + "…"


def _carries_marks(shown: list[str]) -> bool:
    """Whether what was shown last is a letter or its mark. A quote or a number in brackets must look as it does."""
    return bool(shown) and len(shown[-1]) == 1 and unicodedata.category(shown[-1])[0] in "LM"


def _shown(character: str, *, may_combine: bool) -> str:
    if character in _LINE_BREAKS:
        return LINE_BREAK
    if character == "\t" or unicodedata.category(character) == "Zs":
        return " "
    if character in _QUOTES:
        return _QUOTES[character]
    return f"[U+{ord(character):04X}]" if _is_hidden(character, may_combine=may_combine) else character


def _is_hidden(character: str, *, may_combine: bool) -> bool:
    """Whether it can't be seen, or changes how what stands around it looks."""
    category = unicodedata.category(character)
    if category in _MARKS:
        return character in _INVISIBLE_MARKS or not may_combine
    return (
        category in _INVISIBLE_CATEGORIES
        or character in _BLANK_LETTERS
        or unicodedata.bidirectional(character) in _RIGHT_TO_LEFT
    )


def for_shell(path: Path) -> str:
    """A path as it can be pasted behind a command: in quotes where a shell would read it otherwise."""
    text = str(path)
    plain = all(char.isalnum() or char in "_@%+=:,./\\-" for char in text)
    return text if plain else shlex.quote(text)
