"""Other ways to write a run that must not hide a hit: years in Chinese or Arabic numerals, masked values."""

from __future__ import annotations

import re

from jianggao.text.normal_form import MASK, normal_form

_NUMERALS = "〇一二三四五六七八九"
_TO_ARABIC = str.maketrans(_NUMERALS + "零", "01234567890")
_CHINESE_YEAR = re.compile(
    rf"(?<![{_NUMERALS}零])(?:一[八九]|二[〇零])[{_NUMERALS}零]{{2}}(?![{_NUMERALS}零])"
)
_ARABIC_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_MASKS = re.compile(r"[xX×＊*○〇]+")
_LETTERS = re.compile(r"[0-9A-Za-z]")
_MASK_SIGNS = (MASK, "x", "〇")


def variants(typed: str) -> list[str]:
    """The normal forms of the other ways to write `typed`; none of them its own."""
    own = normal_form(typed)
    found = {
        *_year_variants(own),
        *(form for mask in _mask_variants(typed) for form in (mask, *_year_variants(mask))),
    }
    return sorted(found - {own, ""})


def _year_variants(run: str) -> list[str]:
    arabic = _CHINESE_YEAR.sub(lambda match: match[0].translate(_TO_ARABIC), run)
    chinese = _ARABIC_YEAR.sub(lambda match: "".join(_NUMERALS[int(digit)] for digit in match[0]), arabic)
    return [arabic, chinese, _ARABIC_YEAR.sub(_with_zero, arabic)]


def _with_zero(match: re.Match[str]) -> str:
    return "".join("零" if digit == "0" else _NUMERALS[int(digit)] for digit in match[0])


def _mask_variants(typed: str) -> list[str]:
    """`XX县`, `**县` and `○○县` are ways to write `××县`, and so is `×县`; an x inside letters or digits isn't one."""

    def masked(sign: str, *, once: bool) -> str:
        def put(match: re.Match[str]) -> str:
            around = typed[max(0, match.start() - 1) : match.start()] + typed[match.end() : match.end() + 1]
            if not around or _LETTERS.search(around):
                return match[0]
            return sign if once else sign * len(match[0])

        return normal_form(_MASKS.sub(put, typed))

    if not _MASKS.search(typed):
        return []
    return [masked(sign, once=once) for sign in _MASK_SIGNS for once in (False, True)]
