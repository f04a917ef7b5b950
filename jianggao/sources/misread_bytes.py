"""Finds the bytes that a line was read from, where an encoding of one byte a character was taken for theirs.

在 in UTF-8 becomes åœ¨ in Western Windows, σ£¿ in DOS (cp437), ењЁ in Cyrillic Windows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from jianggao.text.characters import BROKEN

_NO_BYTE = "\u0100"
"""What no encoding of one byte has: with it a line has no bytes."""
_LOST_BYTE = "\xff"
"""In no UTF-8; stands for a byte that the wrong reading lost."""
_ENCODINGS = ("cp1252", "cp437", "cp850", "cp1251", "cp866", "koi8-r", "cp1250", "mac-roman")
_CHINESE_IN_UTF8 = re.compile("[\xe3-\xe9\xef][\x80-\xbf\xff]{1,2}")
_LEAST_SHARE, _FEWEST = 0.6, 3


def _table(encoding: str) -> dict[int, str]:
    """Returns what each character beyond ASCII becomes: the code of its byte, as a character.

    Programs show bytes that an encoding doesn't have as the control characters of Latin-1.
    """
    signs = {byte: bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in range(0x80, 0x100)}
    # What was read as Latin-1 shows the bytes from 0x80 to 0x9F as themselves, too.
    table = {} if encoding == "cp1252" else dict.fromkeys(range(0x80, 0x100), _NO_BYTE)
    return table | {ord(sign): chr(byte) for byte, sign in signs.items()}


_TABLES: Mapping[str, dict[int, str]] = {encoding: _table(encoding) for encoding in _ENCODINGS}
_LOSSY = {encoding: table | {ord(BROKEN): _LOST_BYTE} for encoding, table in _TABLES.items()}


def bytes_in(line: str, encoding: str, *, lossy: bool = False) -> bytes | None:
    """Returns the bytes that `encoding` shows as this line, None if there are none.

    `lossy` gives the byte 0xFF for U+FFFD, a byte that was lost.
    """
    try:
        return line.translate((_LOSSY if lossy else _TABLES)[encoding]).encode("latin-1")
    except UnicodeEncodeError:
        return None


def is_misread_utf8(line: str, beyond: int) -> bool:
    """Returns whether a line of `beyond` characters beyond ASCII is mostly Chinese in UTF-8, read in another
    encoding; also where bytes were lost."""
    if beyond < 2 * _FEWEST:
        return False
    for table in _LOSSY.values():
        found = _CHINESE_IN_UTF8.findall(line.translate(table))
        if len(found) >= _FEWEST and sum(map(len, found)) >= _LEAST_SHARE * beyond:
            return True
    return False
