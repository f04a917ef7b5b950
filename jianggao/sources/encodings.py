"""Decodes the bytes of a text file whose encoding nobody states.

UTF-8, UTF-16, GB18030, Big5 and HZ are tried first, since Chinese texts come in these; charset-normalizer
guesses at others. A few broken bytes cost their own characters; NULs, which disks and editors fill files up
with, are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from charset_normalizer import from_bytes

from jianggao.sources.broken_bytes import FREQUENT, decode_broken, decode_utf16, is_usual
from jianggao.text.characters import BROKEN

_CONTROL_SHARE = 0.01
"""Control characters that a text may hold, as a share of it; more of them make it a binary file."""
_BROKEN_SHARE = 0.002
_ENOUGH = 20
"""Whole characters to a broken one from which a text is surely UTF-8."""
_FEW_BROKEN = 3
"""Broken bytes that a text may hold (a disk or a mail has damaged them): this share, or so many in a short
text."""
_USUAL = 0.7
"""The share of usual characters from which bytes without a mark read as UTF-16."""
_TWO_BYTES = ("gb18030", "big5hkscs")
_BOMS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]+")
"""What no text has; blanks and line ends are none of them."""
_NULS = re.compile(rb"\0+")
_HZ = re.compile(rb"~\{[!-~]{2}")
_LEAST_CHINESE = 0.2
"""The share of the commonest characters from which a text reads as Chinese; speeches have 0.4 and more."""


def decode(content: bytes) -> tuple[str, str] | None:
    """Returns the text and the name of its encoding, None for what is no text.

    Where several encodings fit (Big5 bytes are nearly always some GB18030, too) the one that reads as Chinese
    wins. A few broken bytes are let through, each as U+FFFD.
    """
    for mark, encoding in _BOMS.items():
        if content.startswith(mark):
            return decode_as(content[len(mark) :], encoding)
    if b"\0" in content:
        # UTF-16 without its mark: in the other encodings no byte of a text is zero.
        if (bare := _most_chinese(_bare_utf16(content))) is not None:
            return bare
        content = content.strip(b"\0")
        if not content or len(_NULS.findall(content)) > max(_FEW_BROKEN, _BROKEN_SHARE * len(content)):
            return None
    if (decoded := _whole_utf8(content)) is not None:
        return _from_hz(content) or decoded
    nearly = decode_as(content, "utf-8")
    if nearly is not None and _is_surely_utf8(nearly[0]):
        return _most_chinese([nearly, _mixed(content)])
    tolerant = [nearly, *(decode_as(content, encoding) for encoding in _TWO_BYTES)]
    return _most_chinese([*tolerant, _mixed(content), *_bare_utf16(content)]) or _guess(content)


def decode_as(content: bytes, encoding: str) -> tuple[str, str] | None:
    """Returns the text in a given encoding and its name, None if it is none; a few bytes may be broken."""
    if encoding in ("utf-8", *_TWO_BYTES):
        return _if_text(decode_broken(content, encoding), encoding)
    if encoding in ("utf-16-le", "utf-16-be"):
        return _if_text(decode_utf16(content, encoding), encoding)
    return _strictly(content, encoding)


def _if_text(text: str, encoding: str) -> tuple[str, str] | None:
    return (text, encoding) if _is_text(text) else None


def _strictly(content: bytes, encoding: str) -> tuple[str, str] | None:
    try:
        return _if_text(content.decode(encoding), encoding)
    except (UnicodeError, LookupError):
        return None


def _whole_utf8(content: bytes) -> tuple[str, str] | None:
    """Returns UTF-8 without a broken byte. It may have U+FFFD where an earlier program lost a character."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    is_text = _is_text(text.replace(BROKEN, "")) and text.count(BROKEN) * 4 <= len(text)
    return (text, "utf-8") if is_text else None


def _is_surely_utf8(text: str) -> bool:
    """Returns whether bytes read as UTF-8 with a few broken ones can be nothing else: by chance hardly any
    three bytes are a character of it."""
    whole = sum(character > "\u0800" for character in text) - text.count(BROKEN)
    return whole >= _ENOUGH * max(1, text.count(BROKEN))


def _mixed(content: bytes) -> tuple[str, str] | None:
    """Returns a text of which some lines are in UTF-8 and the others in GB18030, as when files were put together.

    Lines of GB18030 are UTF-8 by chance, too (联通), but never Chinese.
    """
    rows = content.split(b"\n")
    in_utf8 = ["" if row.isascii() else _strict_row(row) for row in rows]
    if not any(in_utf8):
        return None
    texts = (utf8 or decode_broken(row, "gb18030") for row, utf8 in zip(rows, in_utf8, strict=True))
    return _if_text("\n".join(texts), "gb18030")


def _strict_row(row: bytes) -> str:
    try:
        text = row.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return text if all(map(is_usual, text)) else ""


def _from_hz(content: bytes) -> tuple[str, str] | None:
    """Returns the text of a file in HZ, the Chinese of mails and news groups: ASCII alone, `~{1<OH~}`."""
    if not _HZ.search(content) or not content.isascii():
        return None
    decoded = _strictly(content, "hz")
    return decoded if decoded and chinese_share(decoded[0]) >= _LEAST_CHINESE else None


def _most_chinese(decoded: Sequence[tuple[str, str] | None]) -> tuple[str, str] | None:
    plausible = [entry for entry in decoded if entry is not None]
    return max(plausible, key=lambda entry: chinese_share(entry[0]), default=None)


def _bare_utf16(content: bytes) -> list[tuple[str, str] | None]:
    """Returns the bytes as UTF-16 without its mark, in each byte order that reads as a Chinese text."""
    decoded = [decode_as(content, encoding) for encoding in ("utf-16-le", "utf-16-be")]
    return [entry for entry in decoded if entry is not None and _usual_share(entry[0]) >= _USUAL]


def _guess(content: bytes) -> tuple[str, str] | None:
    best = from_bytes(content, cp_isolation=["big5", "utf_16", "gb18030", "shift_jis"]).best()
    return None if best is None else _strictly(content, best.encoding)


def _is_text(text: str) -> bool:
    """Returns whether decoded bytes are a text: hardly any control characters, and few broken bytes."""
    control = len(text) - len(_CONTROLS.sub("", text))
    broken = text.count(BROKEN)
    return (
        "\0" not in text
        and control <= _CONTROL_SHARE * len(text)
        and broken <= max(_FEW_BROKEN, _BROKEN_SHARE * len(text))
        and broken * 4 <= len(text)  # three broken bytes of four are few, but no text
    )


def chinese_share(text: str) -> float:
    """Returns the share of the commonest Chinese characters among those beyond ASCII."""
    beyond_ascii = [character for character in text if character > "~" or character == "\n"]
    return sum(character in FREQUENT for character in beyond_ascii) / max(1, len(beyond_ascii))


def _usual_share(text: str) -> float:
    """Returns the share of characters that Chinese texts have: Han, ASCII, full-width ones, punctuation."""
    usual = sum(map(is_usual, text))
    return usual / max(1, len(text))
