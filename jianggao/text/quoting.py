"""Shows somebody else's words on one line, in quotes, cut, and with nothing invisible in them.

Whoever types them must not be able to write what looks like the program's own answer, such as a line of 溯源.
So a line break is shown as ⏎, quotation marks (and all that looks like one) become single ones, and a
character that is invisible, turns the direction of writing, or piles up on the one before it is shown by its
code point: `[U+202E]`.
"""

from __future__ import annotations

import shlex
import unicodedata
from pathlib import Path

DEFAULT_LIMIT = 60
"""Characters between the quotes, if the caller sets no limit."""
LINE_BREAK = "⏎"

_LINE_BREAKS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_QUOTES = {"“": "‘", "”": "’", "„": "‘", "‟": "‘", '"': "'", "＂": "'", "〝": "‘", "〞": "’", "〟": "’"}
_QUOTES |= dict.fromkeys("❝⹂〃″‶ʺˮ˝🙶🙷🙸", "’") | {"❞": "’", "❛": "‘", "❜": "’", "＇": "'"}
_SINGLE = frozenset("‘’‚‛'`´ʼʹ′‵")
"""Single quotation marks: two in a row look like a double one, which would end the quotation."""
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN", "RLE", "RLO", "LRE", "LRO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_MARKS = frozenset({"Mn", "Me", "Mc"})
_MOST_MARKS = 2
"""Combining marks that a letter may carry: more of them would run over the lines around it."""
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_INVISIBLE_MARKS = (
    frozenset("\u034f\u17b4\u17b5")
    | frozenset(map(chr, range(0x180B, 0x1810)))
    | frozenset(map(chr, range(0xFE00, 0xFE10)))
    | frozenset(map(chr, range(0xE0100, 0xE01F0)))
)


def quoted(words: str, limit: int = DEFAULT_LIMIT) -> str:
    """Returns `words` in “”, with at most `limit` characters of what `visible` shows between the quotes."""
    return f"“{visible(words, limit)}”"


def is_cut(words: str, limit: int) -> bool:
    """Returns whether `quoted` shows less than all of `words`."""
    # A character is shown by at most 8 ([U+1F600]): with 8 times the limit nothing is cut.
    return len(words) > limit or visible(words, limit) != visible(words, 8 * limit)


def visible(words: str, limit: int) -> str:
    """Returns `words` on one line with nothing invisible in them, cut with … to `limit` characters.

    This is for words within a line that is otherwise the program's own, such as a file's name; elsewhere
    somebody else's words stand in quotes (`quoted`).
    """
    shown: list[str] = []
    length = marks = 0
    # A character is shown by one or more, so that no more than `limit` of them are ever looked at.
    for character in words.strip()[: limit + 1]:
        marks = marks + 1 if unicodedata.category(character) in _MARKS else 0
        piece = _shown(character, may_combine=marks <= _MOST_MARKS and _carries_marks(shown))
        # Blanks in a row are shown as one; so are single quotation marks.
        if shown and any(piece in alike and shown[-1] in alike for alike in (" ", _SINGLE)):
            continue
        shown.append(piece)
        length += len(piece)
        if length > limit:
            return _cut(shown, length, limit)
    return "".join(shown)


def _cut(shown: list[str], length: int, limit: int) -> str:
    """Returns the pieces that fit, and …; a `[U+…]` stays whole or goes."""
    while shown and length > limit - 1:
        length -= len(shown.pop())
    return "".join(shown) + "…"


def _carries_marks(shown: list[str]) -> bool:
    """Returns whether what was shown last is a letter or its mark; a quote or a [U+…] must carry no marks."""
    return bool(shown) and len(shown[-1]) == 1 and unicodedata.category(shown[-1])[0] in "LM"


def _shown(character: str, *, may_combine: bool) -> str:
    """Returns what is shown for the character; `may_combine` says whether a combining mark may stand here."""
    if character in _LINE_BREAKS:
        return LINE_BREAK
    if character == "\t" or unicodedata.category(character) == "Zs":
        return " "
    if character in _QUOTES:
        return _QUOTES[character]
    return f"[U+{ord(character):04X}]" if _is_hidden(character, may_combine=may_combine) else character


def _is_hidden(character: str, *, may_combine: bool) -> bool:
    """Returns whether the character can't be seen, or changes how the text around it looks."""
    category = unicodedata.category(character)
    if category in _MARKS:
        return character in _INVISIBLE_MARKS or not may_combine
    return (
        category in _INVISIBLE_CATEGORIES
        or character in _BLANK_LETTERS
        or unicodedata.bidirectional(character) in _RIGHT_TO_LEFT
    )


def for_shell(path: Path) -> str:
    """Returns the path as it can be pasted behind a command, in quotes where a shell needs them."""
    text = str(path)
    plain = all(char.isalnum() or char in "_@%+=:,./\\-" for char in text)
    return text if plain else shlex.quote(text)
