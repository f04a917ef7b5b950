"""Decodes the bytes of a text file whose encoding nobody states.

UTF-8, UTF-16, GB18030 and Big5 are tried first, since Chinese texts come in these; charset-normalizer guesses
at others.
"""

from __future__ import annotations

from collections.abc import Sequence

from charset_normalizer import from_bytes

from jianggao.text.characters import BROKEN

_CONTROL_SHARE = 0.01
"""Control characters that a text may hold, as a share of it; more of them make it a binary file."""
_BROKEN_SHARE = 0.002
_FEW_BROKEN = 3
"""Broken bytes that a text may hold (a disk or a mail has damaged them): this share, or so many in a short
text."""
_USUAL = 0.7
"""The share of usual characters from which bytes without a mark read as UTF-16."""
_MULTIBYTE = ("gb18030", "big5hkscs", "utf-8")
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
# The commonest characters of modern Chinese and of speeches, simplified and traditional, and punctuation.
_FREQUENT = frozenset(
    "的一是不了在有人这上大来和我个中地为们到说国年着就那要出也得里后自以会家可下而过天去能对小多然于心学"
    "之都好看起发当没成只如事"
    "把还用第样道想作种开总从无情己面最但现前些所同日手又行意动方期它头经长回位分老因很给名法间知世什两次"
    "使身者被高已其进此话常与活正"
    "志工政党县市民建设全各部干群众任务新改革"
    "這來個為們說國著會對後過學發當沒還樣種開總從無現動頭經長給間兩進話與黨縣設幹眾務"
    "，。、；：！？“”（）《》「」\n"
)


def decode(content: bytes) -> tuple[str, str] | None:
    """Returns the text and the name of its encoding, None for what is no text.

    Where several encodings fit (Big5 bytes are nearly always some GB18030, too) the one that reads as Chinese
    wins. A few broken bytes are let through, each as U+FFFD.
    """
    if content.startswith(b"\xef\xbb\xbf"):
        return _decode(content, "utf-8-sig", errors="replace")
    if content.startswith(_UTF16_BOMS):
        return _decode(content, "utf-16", errors="replace")
    # UTF-16 without its mark: in the other encodings no byte of a text is zero.
    if b"\0" in content:
        return _most_chinese(_bare_utf16(content))
    if (decoded := _decode(content, "utf-8")) is not None:
        return decoded
    tolerant = [_decode(content, encoding, errors="replace") for encoding in _MULTIBYTE]
    return _most_chinese([*tolerant, *_bare_utf16(content)]) or _guess(content)


def _most_chinese(decoded: Sequence[tuple[str, str] | None]) -> tuple[str, str] | None:
    plausible = [entry for entry in decoded if entry is not None]
    return max(plausible, key=lambda entry: _chinese_share(entry[0]), default=None)


def _bare_utf16(content: bytes) -> list[tuple[str, str] | None]:
    """Returns the bytes as UTF-16 without its mark, in each byte order that reads as a Chinese text."""
    decoded = [_decode(content, encoding) for encoding in ("utf-16-le", "utf-16-be")]
    return [entry for entry in decoded if entry is not None and _usual_share(entry[0]) >= _USUAL]


def _decode(content: bytes, encoding: str, errors: str = "strict") -> tuple[str, str] | None:
    try:
        text = content.decode(encoding, errors)
    except UnicodeError:
        return None
    return (text, encoding) if _is_text(text) else None


def _guess(content: bytes) -> tuple[str, str] | None:
    best = from_bytes(content, cp_isolation=["big5", "utf_16", "gb18030", "shift_jis"]).best()
    return None if best is None else _decode(content, best.encoding)


def _is_text(text: str) -> bool:
    """Returns whether decoded bytes are a text: hardly any control characters, and few broken bytes."""
    control = sum(character < " " and character not in "\t\n\r\f\v" for character in text)
    broken = text.count(BROKEN)
    return (
        "\0" not in text
        and control <= _CONTROL_SHARE * len(text)
        and broken <= max(_FEW_BROKEN, _BROKEN_SHARE * len(text))
        and broken * 4 <= len(text)  # three broken bytes of four are few, but no text
    )


def _chinese_share(text: str) -> float:
    """Returns the share of the commonest Chinese characters among those beyond ASCII."""
    beyond_ascii = [character for character in text if character > "~" or character == "\n"]
    return sum(character in _FREQUENT for character in beyond_ascii) / max(1, len(beyond_ascii))


def _usual_share(text: str) -> float:
    """Returns the share of characters that Chinese texts have: Han, ASCII, full-width ones, punctuation."""
    usual = sum(
        " " <= character <= "~"
        or "一" <= character <= "鿿"
        or "　" <= character <= "〿"
        or "！" <= character <= "～"
        or character in "\t\r\n“”‘’—…×"
        for character in text
    )
    return usual / max(1, len(text))
