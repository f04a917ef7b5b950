"""Restores mojibake: a text whose bytes were once read in the wrong encoding and stored so.

鍚屽織浠 (同志们 in UTF-8, read as GBK), ÎÒÃÇ (我们 in GBK, read as Latin-1), å¤§å®¶ (大家 in UTF-8, read as
Latin-1). A line is restored where the way back gives exactly Chinese and the line as it stands is none; all
else stays as it is. ftfy does this for Latin alone, and so not for the common kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from jianggao.sources.broken_bytes import FREQUENT, is_usual
from jianggao.sources.misread_bytes import bytes_in, is_misread_utf8
from jianggao.text.characters import BROKEN

_LOST = "锟斤拷"
"""U+FFFD twice in UTF-8, read as GBK: what stood there is gone."""
_RESIDUE = re.compile(
    rf"(?<![“「『《\"])(?<!{_LOST})(?:{_LOST})+锟?(?![”」』》\"锟])"
    r"|(?<![“「『《\"烫屯])[烫屯]{4,}(?![”」』》\"烫屯])"
)
"""What stands for lost characters amid a text: the same, or memory that no program has written into, read as GBK. One
who quotes a whole run of it speaks of it."""
_LOST_SHARE = 0.02
_FEWEST_LOST = 4
_LEAST_IN_LINE = 4
"""Chinese characters of a restored line; shorter lines follow once others have shown the way."""
_PLAIN_SHARE, _FREQUENT_SHARE = 0.85, 0.2
"""What shares of a restored line are characters that Chinese texts have, and the commonest of them."""
_SURE_SHARE = 0.35
_MANGLED_FREQUENT_SHARE = 0.12
_MOST_LOSSES = 0.06
"""Characters that the wrong reading may have cost, as a share: more, and a person should look for the file."""
_KINDS = 2
"""In how many ways the lines of a text may have been misread."""
_SIGNS = frozenset("锛銆鐨涓鏄浜浠鍦鏈鍜鍥澶瑕浼宸浣鎴鍒閮鏂")
"""What the commonest characters of Chinese become when their UTF-8 is read as GBK; none is common itself."""
_SIGNS_SHARE, _WESTERN_SHARE = 0.15, 0.6
_PUNCTUATION = "，。、；：！？“”‘’（）《》「」『』【】…—·－～×"
_ASCII_OR_BLANK = re.compile(r"[\x00-~\s]+")
_HAN = re.compile("[一-鿿]")
_FOREIGN = re.compile("[\u0370-\u04ff\u3041-\u30ff\uac00-\ud7a3]")
_LINES_TO_TRY = 500
"""So many of the lines that may be misread, or all of fewer than twice as many, must show a way back."""
_ASKED = re.compile(r"\?{3}")
_ASKED_SHARE, _FEWEST_ASKED = 0.6, 20
"""Of a line, and in a text: so many question marks nobody asks, but a program writes them for each character
that it doesn't know."""
_LOSS = re.compile(rf"{BROKEN}+\??")
"""A lost byte, and the question mark that some programs write for it."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A text that was looked at for mojibake."""

    text: str
    problems: tuple[str, ...] = ()
    """What was restored and what wasn't, each a Chinese sentence."""
    refusal: str = ""
    """Why the text can't be read, a Chinese sentence; "" if it can."""


@dataclass(frozen=True, slots=True)
class _Way:
    """A way in which texts are misread, and back."""

    described: str
    """In Chinese: what was taken for what."""
    back: Callable[[str], bytes | None]
    """Returns the bytes that a line was read from; None if the wrong encoding can't have given such a line."""
    encoding: str
    """What the bytes are in."""
    least: int
    """How many Chinese characters it must give back: UTF-8 never fits by chance, pairs of bytes may."""
    whole: bool = False
    """Whether nearly any line fits, so that the text as a whole must be unreadable."""
    surely: bool = False
    """Whether the line as it stands may be a text of another language: what it gives must be plainest Chinese."""


def _read_as(encoding: str, *, lossy: bool = False) -> Callable[[str], bytes | None]:
    return partial(bytes_in, encoding=encoding, lossy=lossy)


def _gbk_bytes(line: str) -> bytes | None:
    # U+FFFD stands where a byte didn't fit into the wrong encoding; it can't be told which one it was.
    try:
        return b"\xff".join(part.encode("gb18030") for part in line.split(BROKEN))
    except UnicodeEncodeError:
        return None


def _gbk_bytes_of_windows(line: str) -> bytes | None:
    # Only Windows knows the single byte 0x80, as the sign of the euro.
    parts = [_gbk_bytes(part) for part in line.split("€")]
    return b"\x80".join(part for part in parts if part is not None) if None not in parts else None


def _latin_bytes_of_latin(line: str) -> bytes | None:
    content = bytes_in(line, "cp1252")
    if content is None:
        return None
    try:
        return bytes_in(content.decode("utf-8"), "cp1252")
    except UnicodeDecodeError:
        return None


def _big5_bytes(line: str) -> bytes | None:
    try:
        return line.encode("big5hkscs")
    except UnicodeEncodeError:
        return None


_WAYS = (
    _Way("UTF-8 当成 GBK ", _gbk_bytes, "utf-8", 6),
    _Way("UTF-8 当成 GBK ", _gbk_bytes_of_windows, "utf-8", 6),
    *(
        _Way(f"UTF-8 当成{named}", _read_as(encoding, lossy=True), "utf-8", 6)
        for encoding, named in (
            *(("cp1252", "西文"), ("cp437", "西文 DOS "), ("cp850", "西文 DOS "), ("mac-roman", "西文 Mac ")),
            *(("cp1251", "俄文"), ("cp866", "俄文 DOS "), ("koi8-r", "俄文 KOI8 "), ("cp1250", "中欧文")),
        )
    ),
    _Way("UTF-8 两次当成西文", _latin_bytes_of_latin, "utf-8", 6),
    _Way("GBK 当成西文", _read_as("cp1252"), "gb18030", 8),
    _Way("GBK 当成西文 DOS ", _read_as("cp437"), "gb18030", 12),
    _Way("GBK 当成西文 DOS ", _read_as("cp850"), "gb18030", 12),
    *(
        _Way(f"GBK 当成{named}", _read_as(encoding), "gb18030", 24, surely=True)
        for encoding, named in (
            *(("cp1251", "俄文"), ("cp866", "俄文 DOS "), ("koi8-r", "俄文 KOI8 "), ("cp1250", "中欧文")),
            ("mac-roman", "西文 Mac "),
        )
    ),
    _Way("Big5 当成西文", _read_as("cp1252"), "big5hkscs", 8),
    _Way("UTF-8 当成 Big5 ", _big5_bytes, "utf-8", 6),
    _Way("Big5 当成 GBK ", _gbk_bytes, "big5hkscs", 24, whole=True),
)


def restored(text: str) -> Restored:
    """Returns the text with its mojibake restored, or the reason why it can't be."""
    described: list[str] = []
    for _ in range(_KINDS):
        found = _best_way(text)
        if found is None:
            break
        way, text = found
        described.append(way.described)
    if _is_asked(text):
        return Restored(text, refusal="是乱码（字都成了问号，原来的字已经丢了），没法还原。请找原来的文件")
    if _is_lost(text):
        return Restored(text, refusal="是乱码（锟斤拷，原来的字已经丢了），没法还原。请找原来的文件")
    if text.count(BROKEN) > _MOST_LOSSES * len(text):
        how = f"（{described[0]}存的）" if described else ""
        return Restored(text, refusal=f"是乱码{how}，丢的字太多，没法还原。请找原来的文件")
    left = [line for line in text.split("\n") if _looks_mangled(line)]
    if 2 * sum(map(len, left)) > len(text):
        return Restored(text, refusal="是乱码，没法还原。请找原来的文件，或用另一种编码另存为 UTF-8")
    problems = [f"文字原是乱码（{'；'.join(described)}存的），已还原。请核对"] if described else []
    problems += [f"有 {len(left)} 行像乱码，没能还原。请对照原文改正源文件"] if left else []
    if lost := len(_RESIDUE.findall(text)):
        problems.append(f"有 {lost} 处乱码（锟斤拷、烫烫烫之类），原来的字已经丢了。请对照原文改正源文件")
    return Restored(text, tuple(problems))


def _is_lost(text: str) -> bool:
    lost = text.count(_LOST)
    return lost >= _FEWEST_LOST and lost * len(_LOST) > _LOST_SHARE * len(text)


def _is_asked(text: str) -> bool:
    """Returns whether most of a text are question marks that stand for characters."""
    if text.count("?") < _FEWEST_ASKED:
        return False
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    asked = [line for line in lines if _ASKED.search(line) and line.count("?") > _ASKED_SHARE * len(line)]
    return sum(map(len, asked)) * 2 > sum(map(len, lines))


def _best_way(text: str) -> tuple[_Way, str] | None:
    """Returns the way back that gives the text the most Chinese characters, and the text; None if none does."""
    lines = text.split("\n")
    suspicious = [at for at, line in enumerate(lines) if _is_mangled(line)]
    # In a long list of rare words most ways lead nowhere.
    sample = suspicious[:: max(1, len(suspicious) // _LINES_TO_TRY)]
    best: tuple[int, _Way, dict[int, str]] | None = None
    is_unreadable = _frequent_share(_beyond_ascii(text)) < _MANGLED_FREQUENT_SHARE
    for way in _WAYS:
        if way.whole and not is_unreadable:
            continue
        if all(_line_back(lines[at], way) is None for at in sample):
            continue
        gained = {at: back for at in suspicious if (back := _line_back(lines[at], way)) is not None}
        letters = sum(map(_letters, gained.values()))
        if letters >= way.least and (best is None or letters > best[0]):
            best = letters, way, gained
    if best is None:
        return None
    _, way, gained = best
    for at, line in enumerate(lines):
        if at not in gained and (back := _short_line_back(line, way)) is not None:
            gained[at] = back
    return way, "\n".join(gained.get(at, line) for at, line in enumerate(lines))


def _is_mangled(line: str) -> bool:
    """Returns whether a line has letters beyond ASCII that don't read as Chinese."""
    beyond = _beyond_ascii(line)
    if not beyond.strip(_PUNCTUATION):  # the dots of a table of contents
        return False
    return len(beyond) >= _LEAST_IN_LINE and _frequent_share(beyond) < _MANGLED_FREQUENT_SHARE


def _line_back(line: str, way: _Way) -> str | None:
    """Returns a line read the way back, with U+FFFD for what was lost, None if that gives no Chinese."""
    content = way.back(line)
    if content is None:
        return None
    # Only UTF-8 tells where a lost byte was.
    text = content.decode(way.encoding, "replace" if way.encoding == "utf-8" else "ignore")
    # Most ways lead nowhere: that costs least to see, and there are many ways and many lines.
    if _letters(text) < _LEAST_IN_LINE:
        return None
    if way.encoding != "utf-8" and text.encode(way.encoding, "ignore") != content:
        return None
    text = _LOSS.sub(BROKEN, text)
    beyond = _beyond_ascii(text.replace(BROKEN, ""))
    least = _SURE_SHARE if way.surely else _FREQUENT_SHARE
    fits = (
        text.count(BROKEN) <= max(1, _MOST_LOSSES * 2 * len(text))
        and sum(map(is_usual, beyond)) >= _PLAIN_SHARE * len(beyond)
        and not (way.whole and _is_foreign(line))
        and _frequent_share(beyond) >= max(least, 2 * _frequent_share(_beyond_ascii(line)))
    )
    return text if fits else None


def _is_foreign(line: str) -> bool:
    """Returns whether a line is mostly Greek, Cyrillic, Japanese or Korean: GBK knows these letters, too."""
    beyond = _beyond_ascii(line)
    return 2 * len(_FOREIGN.findall(beyond)) > len(beyond)


def _short_line_back(line: str, way: _Way) -> str | None:
    """Returns a line that is too short to be judged, or has unusual words, read the way that others have shown.

    It must go back without a loss, to characters that all Chinese texts have.
    """
    content = way.back(line) if _beyond_ascii(line).strip(_PUNCTUATION) else None
    if content is None or BROKEN in line:
        return None
    try:
        text = content.decode(way.encoding)
    except UnicodeDecodeError:
        return None
    is_surer = way.encoding == "utf-8" or not _letters(line)
    return text if is_surer and _letters(text) and all(map(is_usual, text)) else None


def _looks_mangled(line: str) -> bool:
    """Returns whether a line is made of what Chinese becomes when it is misread."""
    beyond = _beyond_ascii(line)
    if len(beyond) < 2 * _LEAST_IN_LINE or not _is_mangled(line):
        return False
    if is_misread_utf8(line, len(beyond)):
        return True
    signs = sum(character in _SIGNS for character in beyond)
    # Even French has fewer letters with accents than without.
    western = sum("À" <= character <= "ÿ" for character in beyond)
    return signs > _SIGNS_SHARE * len(beyond) or western > _WESTERN_SHARE * len(line)


def _beyond_ascii(text: str) -> str:
    return _ASCII_OR_BLANK.sub("", text)


def _frequent_share(text: str) -> float:
    return sum(map(FREQUENT.__contains__, text)) / max(1, len(text))


def _letters(text: str) -> int:
    return len(_HAN.findall(text))
