"""Says which runs of a Word file are raised or lowered: by Word's own setting, or by a place off the line.

Word raises by `w:vertAlign`; LibreOffice and WPS also by `w:position` with a smaller size. Either may stand in a
character style.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from jianggao.sources.raised_text import LOWERED, RAISED, sign_of_height
from jianggao.sources.word_names import qn
from jianggao.sources.word_numbering import value_of
from jianggao.sources.word_styles import WordStyles
from jianggao.text.whole_numbers import whole_number

# "-6" in half points, "3pt"
_HEIGHT = re.compile(r"([+-]?)(\d{1,4})(?:\.\d{1,4})?([a-z]{2})?")


@dataclass(frozen=True, slots=True)
class _Look:
    """What the properties of a run, or of a style, say; None where they don't."""

    setting: str | None = None
    height: int | None = None
    """How far above the line: below it, < 0."""
    size: int | None = None

    def over(self, other: _Look) -> _Look:
        """Returns what holds where this goes before the other."""
        return _Look(
            other.setting if self.setting is None else self.setting,
            other.height if self.height is None else self.height,
            other.size if self.size is None else self.size,
        )


_PLAIN = _Look()


class WordHeights:
    """Looks at the runs of a file in their order."""

    def __init__(self, styles: WordStyles) -> None:
        self._styles = styles
        self._of_styles: dict[str, _Look] = {}
        self._paragraph: Any = None
        self._beside: int | None = None
        """The size of the text on the line before the run; None where it is the paragraph's."""

    def begin_paragraph(self, paragraph: Any) -> None:
        """Takes the paragraph that the next runs stand in."""
        self._paragraph, self._beside = paragraph, None

    def sign(self, run: Any) -> str:
        """Returns the sign of `raised_text` for a run, "" for one on the line."""
        properties = run.find(qn("w:rPr"))
        look = _PLAIN if properties is None or not len(properties) else self._look(properties)
        if look.setting in ("superscript", "subscript"):
            return RAISED if look.setting == "superscript" else LOWERED
        if look.height:
            return sign_of_height(look.height, look.size or 0, self._beside or self._usual_size())
        self._beside = look.size
        return ""

    def _usual_size(self) -> int:
        """Returns the size of what says nothing of its own in the paragraph."""
        return self._styles.size_in(self._paragraph.find(qn("w:pPr")))

    def _look(self, properties: Any) -> _Look:
        style = value_of(properties, "w:rStyle")
        return _look(properties).over(self._of_style(style)) if style else _look(properties)

    def _of_style(self, style: str) -> _Look:
        """Returns what a character style says, and those that it is based on."""
        if style not in self._of_styles:
            look = _PLAIN
            for properties in self._styles.run_properties(style):
                look = look.over(_look(properties))
            self._of_styles[style] = look
        return self._of_styles[style]


def _look(properties: Any) -> _Look:
    setting = value_of(properties, "w:vertAlign") or None
    height = _HEIGHT.fullmatch(value_of(properties, "w:position"))
    size = whole_number(value_of(properties, "w:sz"))
    return _Look(setting, int(height[1] + height[2]) if height else None, size)
