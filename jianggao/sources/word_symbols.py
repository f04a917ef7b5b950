"""Turns the characters of symbol fonts, which have codes of their own there, into real ones.

Word writes the ✓ of Wingdings as the code F0FC of that font. The tables hold what speeches and forms use:
ticks, boxes, bullets, circled numbers, arrows, Greek letters and mathematical signs.
"""

from __future__ import annotations

from collections.abc import Mapping

from jianggao.sources.document_text import UNKNOWN_SIGN

PRIVATE = range(0xE000, 0xF900)
"""Code points whose meaning each font says for itself."""
UNKNOWN_SYMBOL = f"认不出的符号，写成了 {UNKNOWN_SIGN}"
_FONT_CODES = range(0xF000, 0xF100)
"""Where Word puts the codes of symbol fonts."""


def _run(first: int, signs: str) -> dict[int, str]:
    """Returns the signs by their codes, which follow one another; a blank is a code that stays unknown."""
    return {first + at: sign for at, sign in enumerate(signs) if sign != " "}


_SYMBOL: Mapping[int, str] = {
    **_run(0x20, "\u00a0!∀#∃%&∋()∗+,−./0123456789:;<=>?"),
    **_run(0x40, "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
    **_run(0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    **_run(0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…"),
    **_run(0xC0, "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"),
    **_run(0xE0, "◊〈®©™∑"),
    **_run(0xF1, "〉∫"),
}
"""Adobe's Symbol encoding."""
_WINGDINGS: Mapping[int, str] = {
    0x20: "\u00a0",
    **_run(0x21, "✏✂✁  🕮 ☎✆✉"),
    **_run(0x36, "⌛⌨"),
    **_run(0x3E, "✇✍ ✌👌👍👎☜☞☝☟✋☺😐☹💣☠"),
    **_run(0x51, "✈☼💧❄"),
    **_run(0x6C, "●❍■□□❑❒⬧⧫◆❖⬥⌧⍓⌘"),
    **_run(0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    **_run(0x9E, "·•"),
    **_run(0xA1, "○  ◉◎ ▪□ ✦★✶✴✹✵"),
    **_run(0xB6, "✰"),
    **_run(0xD5, "⌫⌦ ➢"),
    **_run(0xDF, "←→↑↓↖↗↙↘←→↑↓↖↗↙↘⇦⇨⇧⇩⬄⇳⬁⬀⬃⬂"),
    **_run(0xFB, "✗✓☒☑"),
}
_WINGDINGS_2: Mapping[int, str] = {
    **_run(0x4F, "✗✓ ☑☒☒"),
    **_run(0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    **_run(0x96, "•●●"),
    **_run(0xA2, "■□"),
}
_WINGDINGS_3: Mapping[int, str] = {
    **_run(0x66, "←→↑↓↖↗↙↘"),
    **_run(0x70, "▲▼△▽◀▶◁▷"),
    **_run(0x7D, "▶"),
}
_WEBDINGS: Mapping[int, str] = {
    **_run(0x33, "◀▶▲▼"),
    **_run(0x61, "✓"),
    **_run(0x63, "□"),
    **_run(0x67, "■"),
    **_run(0x6E, "●"),
    **_run(0x72, "✗"),
}
_FONTS: Mapping[str, Mapping[int, str]] = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
}


def symbol(font: str, code: int) -> str:
    """Returns the real character of a font's code; "" if nobody knows it.

    A code outside the private ones is a character already, in whatever font it is set: Word's dialogue writes
    ㎡ so.
    """
    table = _FONTS.get(font.strip().lower())
    if table is not None and (code in _FONT_CODES or code < 0x100):
        return table.get(code & 0xFF, "")
    if code in PRIVATE or not 0x20 <= code <= 0x10FFFF or 0xD800 <= code < 0xE000:
        return ""
    return chr(code)


def without_private(text: str, font: str) -> tuple[str, int]:
    """Returns the text with the codes of symbol fonts in it as real characters, and how many are unknown.

    Other private characters are left as they are: a Chinese font may have a rare one of a name there.
    """
    if not any(ord(character) in _FONT_CODES for character in text):
        return text, 0
    written = [
        symbol(font, ord(character)) if ord(character) in _FONT_CODES else character for character in text
    ]
    return "".join(sign or UNKNOWN_SIGN for sign in written), written.count("")
