"""Says how a redeem code is written, makes codes, and finds them in what people type. Pure functions.

A code is 20 characters of Crockford's base 32 (https://www.crockford.com/base32.html), which has no letters
that look like digits or like one another: 18 random ones, which are 90 bits, and 2 check characters, the value
of the others modulo the prime 1021. One wrong character, or two neighbours in the wrong order, never give the
same check characters.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from collections.abc import Callable, Iterator
from itertools import islice

from jianggao.text.folding import nfkc

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 20
GROUP = 5
"""Characters of a group, as a code is shown: XXXXX-XXXXX-XXXXX-XXXXX."""
_CHECK = 2
_PRIME = 1021
_RANDOM_BITS = 5 * (LENGTH - _CHECK)
_RANDOM_BYTES = -(-_RANDOM_BITS // 8)
LONGEST_READ = 20_000
"""Characters of a text in which codes are looked for: what is longer isn't read by anything else either."""
_MOST_TRIED = 400
"""Runs that are looked at, and groups of one that are tried as the beginning of a code: a message of QQ has no
room for so many codes."""
_LONGEST_LOOSE = 100
"""Characters of a run that may be one code, however it is parted."""

_HYPHENS = "-‐‑‒–—―−﹣－·•・_.,"
_INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff"
_BETWEEN = rf"[\s{_INVISIBLE}{re.escape(_HYPHENS)}]"
_LETTERS = "0-9A-Za-z０-９Ａ-Ｚａ-ｚ"
_RUN = re.compile(rf"[{_LETTERS}][{_LETTERS}\s{_INVISIBLE}{re.escape(_HYPHENS)}]{{{LENGTH - 1},}}")
"""What may hold a code: letters, digits and what may stand between them."""
_SEPARATORS = re.compile(rf"{_BETWEEN}+")
_GROUPS = re.compile(
    r"(?<![0-9A-Z])" + rf"{_BETWEEN}{{0,4}}".join([rf"([0-9A-Z]{{{GROUP}}})"] * 4) + r"(?![0-9A-Z])"
)
_CHARACTERS = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")
_LOOK_ALIKE = str.maketrans("OIL", "011")
_TO_DIGITS = str.maketrans(ALPHABET, "0123456789abcdefghijklmnopqrstuv")
"""To the digits of Python's own base 32."""
_LABEL = b"jianggao redeem codes"
"""Keeps the key of the hashes apart from the other keys that are derived from the codes key."""


def new_code(random_bytes: Callable[[int], bytes] = os.urandom) -> str:
    """Returns a new code as it is shown: four groups of five characters with hyphens between them."""
    value = int.from_bytes(random_bytes(_RANDOM_BYTES), "big") % (1 << _RANDOM_BITS)
    whole = value << 5 * _CHECK | value % _PRIME
    characters = [ALPHABET[whole >> 5 * place & 31] for place in reversed(range(LENGTH))]
    return shown("".join(characters))


def shown(code: str) -> str:
    """Returns a code's 20 characters in groups."""
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def characters_of(typed: str) -> str:
    """Returns the letters and digits of what was typed as a code, read tolerantly: any case and width, blanks
    and hyphens anywhere, O for 0, I and L for 1. They may be no code."""
    return _compact(typed).translate(_LOOK_ALIKE)


def is_code(characters: str) -> bool:
    """Returns whether these are 20 characters of the alphabet with the right check characters."""
    if not _CHARACTERS.fullmatch(characters):
        return False
    whole = int(characters.translate(_TO_DIGITS), 32)
    return (whole >> 5 * _CHECK) % _PRIME == whole & (1 << 5 * _CHECK) - 1


def resembles_code(typed: str) -> bool:
    """Returns whether the text is nothing but 20 characters that could be a code with a slip in it: letters
    and digits in it tell it from a word and from a number."""
    compact = _compact(typed)
    return (
        len(compact) == LENGTH
        and compact.isascii()
        and compact.isalnum()
        and not compact.isdigit()
        and not compact.isalpha()
    )


def find_codes(text: str) -> tuple[str, ...]:
    """Returns the codes in a text, each as its 20 characters, in order and each once.

    A code stands alone, in four groups or in one, so that a part of a hash or of a longer number is none; or
    it is all that a run of letters, digits and blanks between other characters holds, however it is parted.
    """
    if len(text) < LENGTH:
        return ()
    found = dict.fromkeys(
        code
        for run in islice(_RUN.finditer(text[:LONGEST_READ]), _MOST_TRIED)
        for code in _codes_of_run(run.group())
    )
    return tuple(found)


def hash_of(code: str, key: bytes) -> bytes:
    """Returns what is stored of a code: its HMAC-SHA256. `key` is that of `key_of_hashes`."""
    return hmac.digest(key, code.encode(), hashlib.sha256)


def key_of_hashes(codes_key: bytes) -> bytes:
    """Returns the key that codes are hashed with."""
    return hmac.digest(codes_key, _LABEL, hashlib.sha256)


def _compact(typed: str) -> str:
    return _SEPARATORS.sub("", nfkc(typed[:LONGEST_READ])).upper()


def _codes_of_run(run: str) -> Iterator[str]:
    if len(run) <= _LONGEST_LOOSE and len(characters := characters_of(run)) <= LENGTH:
        if is_code(characters):
            yield characters
        return
    folded = nfkc(run).upper().translate(_LOOK_ALIKE)
    begin = 0
    for _ in range(_MOST_TRIED):
        match = _GROUPS.search(folded, begin)
        if match is None:
            return
        characters = "".join(match.groups())
        if is_code(characters):
            yield characters
            begin = match.end()
        else:  # the code may begin at one of its later groups
            begin = match.end(1)
