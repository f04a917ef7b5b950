"""Says how a redeem code is written, makes codes, and finds them in what people type. Pure functions.

A code is 20 characters of Crockford's base 32 (https://www.crockford.com/base32.html), which has no letters
that look like digits or like one another: 18 random ones, nearly 90 bits, and 2 check characters, the value
of the others modulo the prime 1021. One wrong character, or two neighbours in the wrong order, never give the
same check characters.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import unicodedata
from collections.abc import Callable, Iterator

from jianggao.text.folding import PIECE

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
_LONGEST_LOOSE = 300
"""Characters that a code covers at most, however it is parted."""
_LONGEST_CHAIN = 1_000
"""Characters of letters, digits and blanks in a row that may be a code among words; more is a table or a
text in Latin letters, in which codes are looked for in their usual groups alone."""

_LETTER = "[0-9A-Z]"
_BETWEEN = r"[^\w]|[_\u115f\u1160\u30fc\u4e00]"
"""What parts a code and is none of it, in the normal form: blanks, signs, what can't be seen, and the letters
that look like a blank or a hyphen."""
_SEPARATORS = re.compile(rf"(?:{_BETWEEN})+")
_GAP = rf"(?:{_BETWEEN}){{1,12}}"
_TOKEN = re.compile(rf"{_LETTER}+")
_WHOLE = re.compile(rf"(?<!{_LETTER}){_LETTER}{{{LENGTH}}}(?!{_LETTER})")
_GROUPS = re.compile(_GAP.join([rf"({_LETTER}{{{GROUP}}})"] * (LENGTH // GROUP)))
"""The groups as they are shown; words may be stuck to the first and the last: VIPXXXXX-…, …-XXXXX1年."""
_CHAIN = re.compile(rf"(?<!{_LETTER}){_LETTER}+(?:{_GAP}{_LETTER}+)+")
_ALONE = re.compile(rf"(?<!{_LETTER}){_LETTER}+(?:{_GAP}{_LETTER}+)*")
_ADDRESS = re.compile("://|[@&]|[?].*=|WWW[.]|[.](?:COM|CN|NET|ORG|HTML?)")
_UNITS = "年个月周星天日张份元块条次"
_MEASURED = re.compile(rf"{_LETTER}[0-9][{_UNITS}]")
_BREAKS = [re.compile(rf"(?<={_LETTER})(?=[0-9]{{{count}}}[{_UNITS}])") for count in (1, 2, 3)]
_BREAK = "卡"
"""A letter that is no part of a code."""
_FEWEST_LETTERS = 4
_FEWEST_LATE = 2
"""Letters behind F, which hashes and ids in hexadecimal digits don't have."""
_LATE_LETTERS = frozenset("GHJKMNPQRSTVWXYZ")
_FEWEST_DIGITS = 2
"""Digits of a code that is parted in an unusual way: words of a language have none."""
_DIGIT = re.compile("[0-9]")
_TURN = re.compile("[0-9](?=[A-Z])")
_FEWEST_TURNS = 3
"""Turns of a new code, as it is shown: one with a slip in it is told from words with numbers by these
(`mistyped_codes`)."""
_JOINED_BEFORE = re.compile(rf"{_LETTER}[-/_.=&?#]$")
_JOINED_BEHIND = re.compile(rf"[-/_.=&?#]{_LETTER}")
_PLAIN = re.compile(r"[\x00-\x7f\u4e00-\u9fff\u3000-\u3002\u2018-\u201d]*")
"""Texts that are in the normal form but for capitals."""
_MARKS = re.compile(r"[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\u200b-\u200f\u2060-\u2064\ufeff\u00ad]+")
"""Accents and marks that can't be seen."""
_LATIN = str.maketrans("АВЕЅЗІЈКМНОРСТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABES3IJKMHOPCTYXABEZHIKMNOPTYX")
"""Cyrillic and Greek capitals that look like Latin ones, or a digit."""
_CHARACTERS = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")
_LOOK_ALIKE = str.maketrans("OIL", "011")
_TO_DIGITS = str.maketrans(ALPHABET, "0123456789abcdefghijklmnopqrstuv")
"""To the digits of Python's own base 32."""
_RAW_TO_DIGITS = _TO_DIGITS | str.maketrans("OILU", "011z")
_CHECK_BITS = (1 << 5 * _CHECK) - 1
_LABEL = b"jianggao redeem codes"
"""Keeps the key of the hashes apart from the other keys that are derived from the codes key."""


def new_code(random_bytes: Callable[[int], bytes] = os.urandom) -> str:
    """Returns a new code as it is shown: four groups of five characters with hyphens between them. It has
    enough letters to be told from account numbers, order numbers and hashes, and digits to be told from
    words."""
    while True:
        value = int.from_bytes(random_bytes(_RANDOM_BYTES), "big") % (1 << _RANDOM_BITS)
        whole = value << 5 * _CHECK | value % _PRIME
        characters = "".join(ALPHABET[whole >> 5 * place & 31] for place in reversed(range(LENGTH)))
        is_no_word = len(_DIGIT.findall(characters)) >= _FEWEST_DIGITS
        if has_letters(characters) and is_no_word and turns_in(shown(characters)) >= _FEWEST_TURNS:
            return shown(characters)


def shown(code: str) -> str:
    """Returns a code's 20 characters in groups."""
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def characters_of(typed: str) -> str:
    """Returns the letters and digits of what was typed as a code, read tolerantly: any case and width, blanks
    and hyphens anywhere, O for 0, I and L for 1. They may be no code."""
    return _compact(typed).translate(_LOOK_ALIKE)


def letters_and_digits(normal: str) -> str:
    """Returns letters and digits in the normal form as they are stored: O as 0, I and L as 1."""
    return normal.translate(_LOOK_ALIKE)


def tokens_of(text: str) -> Iterator[list[str]]:
    """Yields the pieces of letters and digits in a text, in the normal form, together those between which
    nothing but blanks and signs stands. Parts of addresses are none."""
    normal = _normal(text[:LONGEST_READ])
    for chain in _ALONE.finditer(normal):
        if not _is_part(normal, *chain.span()) and not _ADDRESS.search(chain.group()):
            yield _TOKEN.findall(chain.group())


def has_letters(characters: str) -> bool:
    """Returns whether there are enough letters for a code; what has hardly one is a number or a hash."""
    letters = sum(character.isalpha() for character in characters)
    late = sum(character in _LATE_LETTERS for character in characters)
    return letters >= _FEWEST_LETTERS and late >= _FEWEST_LATE


def turns_in(characters: str) -> int:
    """Returns how often a letter follows directly on a digit: 7K2MX has two such places, COP26 and A0001 none."""
    return len(_TURN.findall(characters))


def is_code(characters: str) -> bool:
    """Returns whether these are 20 characters of the alphabet with the right check characters."""
    if not _CHARACTERS.fullmatch(characters):
        return False
    whole = int(characters.translate(_TO_DIGITS), 32)
    return (whole >> 5 * _CHECK) % _PRIME == whole & _CHECK_BITS


def find_codes(text: str) -> tuple[str, ...]:
    """Returns the codes in a text, each as its 20 characters, in order and each once. This is the one reading
    of what people type: what isn't found isn't redeemed either.

    A code stands in four groups of five, or in one piece that no other letter touches, so that a part of a
    hash is none; or in any other groups between which nothing but blanks and signs stands. What has hardly a
    letter is a number.
    """
    if len(text) < LENGTH:
        return ()
    normal = _normal(text[:LONGEST_READ])
    found: dict[int, str] = {}
    for reading in _readings(normal):
        for at, code in _codes_of(reading):
            if code not in found.values():
                found[at] = code
    return tuple(dict.fromkeys(found[at] for at in sorted(found)))


def holds_code(text: str) -> bool:
    """Returns whether there is a code anywhere in a text of any length."""
    step = LONGEST_READ - _LONGEST_LOOSE
    return any(find_codes(text[at : at + LONGEST_READ]) for at in range(0, len(text), step))


def hash_of(code: str, key: bytes) -> bytes:
    """Returns what is stored of a code: its HMAC-SHA256. `key` is that of `key_of_hashes`."""
    return hmac.digest(key, code.encode(), hashlib.sha256)


def key_of_hashes(codes_key: bytes) -> bytes:
    """Returns the key that codes are hashed with."""
    return hmac.digest(codes_key, _LABEL, hashlib.sha256)


def _normal(typed: str) -> str:
    """Returns the text with plain capital letters and digits for those of any width or shape, or that look
    like them, without accents."""
    if typed.isascii():
        return typed.upper()
    if _PLAIN.fullmatch(typed):
        return typed.upper()
    folded = "".join(
        unicodedata.normalize("NFKD", typed[at : at + PIECE]) for at in range(0, len(typed), PIECE)
    )
    return _MARKS.sub("", folded).upper().translate(_LATIN)


def _compact(typed: str) -> str:
    return _SEPARATORS.sub("", _normal(typed[:LONGEST_READ]))


def _read(raw: str) -> str:
    """Returns the code that 20 characters in the normal form are; "" if they are none."""
    try:
        whole = int(raw.translate(_RAW_TO_DIGITS), 32)
    except ValueError:  # U is none of them
        return ""
    if (whole >> 5 * _CHECK) % _PRIME != whole & _CHECK_BITS:
        return ""
    characters = raw.translate(_LOOK_ALIKE)
    return characters if has_letters(characters) else ""


def _readings(normal: str) -> Iterator[str]:
    """Yields the text, and if it has words as “1年” behind a letter, the text with each of them parted from
    what stands before: whether the digit belongs to a code can't be seen."""
    yield normal
    if _MEASURED.search(normal):
        for pattern in _BREAKS:
            yield pattern.sub(_BREAK, normal)


def _codes_of(text: str) -> Iterator[tuple[int, str]]:
    """Yields the places of codes in a text in the normal form, and the codes."""
    spans: list[tuple[int, int]] = []
    for whole in _WHOLE.finditer(text):
        if code := _read(whole.group()):
            spans.append(whole.span())
            yield whole.start(), code
    begin = 0
    while (match := _GROUPS.search(text, begin)) is not None:
        code = _read("".join(match.groups()))
        if code:
            spans.append(match.span())
            yield match.start(), code
        begin = match.end() if code else match.end(1)
    if len(_DIGIT.findall(text)) < _FEWEST_DIGITS:
        return
    for start, end in spans:
        text = text[:start] + _BREAK * (end - start) + text[end:]
    for chain in _CHAIN.finditer(text):
        yield from _codes_of_chain(text, chain.start(), chain.end())


def _codes_of_chain(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yields the codes that consecutive groups of any sizes make up."""
    if not LENGTH <= end - start <= _LONGEST_CHAIN or len(_DIGIT.findall(text, start, end)) < _FEWEST_DIGITS:
        return
    spans = [match.span() for match in _TOKEN.finditer(text, start, end)]
    first, length = 0, 0
    for last, (begins, ends) in enumerate(spans):
        length += ends - begins
        while length > LENGTH:
            length -= spans[first][1] - spans[first][0]
            first += 1
        if length != LENGTH or first == last:
            continue
        raw = "".join(text[left:right] for left, right in spans[first : last + 1])
        code = _read(raw)
        digits = sum(character.isdigit() for character in raw)
        if code and digits >= _FEWEST_DIGITS and not _is_part(text, spans[first][0], ends):
            yield spans[first][0], code


def _is_part(text: str, start: int, end: int) -> bool:
    """Returns whether a sign joins the characters from `start` to `end` to others, as within an address or an
    id."""
    return bool(_JOINED_BEFORE.search(text, max(0, start - 2), start) or _JOINED_BEHIND.match(text, end))
