"""Writes raised and lowered numbers as Unicode does: 10⁴亩, CO₂. Without that they would join what stands before
them, and 10⁴ would become 104.

Two kinds of marks say so: a format's own raised and lowered text, and a place above or below the line. Programs set
digits a little off the line for their looks alone, too (what was once a PDF has 12月 so), so a place counts only
for small digits, or beside what has such numbers. Each reader marks what its format raises or lowers, piece by
piece, and has the whole paragraph settled.
"""

from __future__ import annotations

import re
from itertools import pairwise

from jianggao.text.whole_numbers import whole_number

RAISED, LOWERED, LEVEL = "\ufdd0", "\ufdd1", "\ufdd2"
"""Stand before a raised or lowered piece, and behind it. Unicode keeps these codes out of every text."""
_ABOVE, _BELOW = "\ufdd3", "\ufdd4"
"""Stand before a piece as large as its neighbours that is set above or below the line."""
_SUPERSCRIPTS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_SUBSCRIPTS = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
_SIGNS = re.compile("([\ufdd0-\ufdd4])")
_FORMULA = re.compile("[0-9A-Za-z+−-]+")
"""What is written smaller in powers, ions and molecules. A bracket, a circled number or Chinese is none of it."""
_NOTE = re.compile("[0-9]{1,3}(?:[-–,，、][0-9]{1,3}){0,9}")
_BEFORE_NOTES = frozenset("。，、；：！？…”’》）】」』.,;:!?\"'")
"""Behind these a raised number is the mark of a note: no power stands there."""
_UNITS = frozenset("米里尺丈寸")
_SMALLER = 0.85
"""Of its neighbour's size: smaller than this is what is raised, and no other font."""
_HAS_POWERS = re.compile("[0-9A-Za-z)）\\]米里尺丈寸]")
_HAS_INDEXES = re.compile(r"[A-Za-z)）\]]")
_TAGS = {"sup": RAISED, "sub": LOWERED}
_TAGGED = re.compile(r"<(sup|sub)(?:\s[^<>\n]{0,200})?>([^<>\n]{1,40})</\1>", re.IGNORECASE)


def marked(text: str, sign: str) -> str:
    """Returns a piece as raised or lowered, by its `sign` (RAISED, LOWERED); as it is where that is ""."""
    return f"{sign}{text}{LEVEL}" if sign and text else text


def sign_of_height(height: int, size: float, beside: float) -> str:
    """Returns the sign for a piece set so far above the line (below it: < 0), of this size beside text of that
    one; 0 is a size that isn't known, "" the sign of what is on the line."""
    if not height:
        return ""
    if 0 < size <= _SMALLER * beside:
        return RAISED if height > 0 else LOWERED
    return _ABOVE if height > 0 else _BELOW


def sign_of_position(position: str) -> str:
    """Returns the sign for OpenDocument's `super 58%`, `-33% 58%` and the like, "" for what is on the line."""
    place = position.split(" ")[0]
    if place in ("super", "sub"):
        return RAISED if place == "super" else LOWERED
    height = whole_number(place.lstrip("-").removesuffix("%").partition(".")[0])
    if not height:
        return ""
    return LOWERED if place.startswith("-") else RAISED


def settled(paragraph: str, *, notes_behind_words: bool = False) -> str:
    """Returns a paragraph with its marked pieces in Unicode's small digits, the marks of notes as `[1]`.

    Letters and whatever else is raised stay as they are. `notes_behind_words` says that a raised number behind
    a Chinese word is a note's mark, too, unless the word is a unit of length (80米²).
    """
    if not _SIGNS.search(paragraph):
        return paragraph
    pieces = _pieces(paragraph)
    written: list[str] = []
    for (sign, text), (_, behind) in pairwise([*pieces, ("", "")]):
        before = written[-1][-1:] if written else ""
        if sign in (_ABOVE, _BELOW):
            sign = _sign_beside(sign, before, behind[:1])
        if sign == RAISED:
            text = _raised(text, before, behind[:1], notes_behind_words)
        elif sign == LOWERED and _FORMULA.fullmatch(text.strip()):
            text = text.translate(_SUBSCRIPTS)
        written.append(text)
    return "".join(written)


def _pieces(paragraph: str) -> list[tuple[str, str]]:
    """Returns the pieces of a paragraph, none of them empty, each with the sign that stands before it, "" for
    none. Programs part a raised number into several: they are one again."""
    pieces: list[tuple[str, list[str]]] = []
    sign = ""
    for token in _SIGNS.split(paragraph):
        if token in (RAISED, LOWERED, LEVEL, _ABOVE, _BELOW):
            sign = "" if token == LEVEL else token
        elif token and pieces and pieces[-1][0] == sign:
            pieces[-1][1].append(token)
        elif token:
            pieces.append((sign, [token]))
    return [(sign, "".join(tokens)) for sign, tokens in pieces]


def _sign_beside(sign: str, before: str, behind: str) -> str:
    """Returns the sign for a piece above or below the line, by the characters beside it: 10⁴, CO₂, ¹⁴C."""
    if sign == _BELOW:
        return LOWERED if _HAS_INDEXES.match(before) else ""
    begins = not before.strip() and behind.isascii() and behind.isalpha()
    return RAISED if begins or _HAS_POWERS.match(before) else ""


def _raised(text: str, before: str, behind: str, notes_behind_words: bool) -> str:
    """Returns a raised piece between these two characters ("" at an end of the paragraph)."""
    core = text.strip()
    if _NOTE.fullmatch(core):
        is_word = "一" <= before <= "鿿" and before not in _UNITS
        if before in _BEFORE_NOTES or (is_word and notes_behind_words):
            return f"[{core}]"
        if not before.strip() and not (behind.isascii() and behind.isalpha()):
            # A note's own text begins so; ¹⁴C doesn't.
            return f"[{core}]" + ("" if behind.isspace() else " ")
    return text.translate(_SUPERSCRIPTS) if _FORMULA.fullmatch(core) else text


def without_small_tags(text: str) -> str:
    """Returns plain text with `<sup>` and `<sub>` around a few characters written as Unicode writes them."""
    if "</su" not in text and "</SU" not in text:
        return text
    return settled(_TAGGED.sub(lambda found: marked(found[2], _TAGS[found[1].lower()]), text))
