"""Knows the styles of a Word file: which make headings, which make the table of contents, how they set a run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jianggao.sources.word_names import qn
from jianggao.sources.word_numbering import value_of
from jianggao.text.whole_numbers import whole_number

_HEADING_LEVELS = 9
"""Outline levels from 0 that are headings; Word's level 9 is body text."""
_LONGEST_CHAIN = 20
"""Styles that a style is based on, one on another; in a damaged file they can form a circle."""
_LONGEST_NAME = 100
"""Characters of a style's name; it is looked at for every paragraph."""
_SIZE = 20
"""Half points of text where a file says nothing of it."""
HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
"""The name of a heading style, with its level."""
_USUAL_LOOK = ("w:docDefaults", "w:rPrDefault", "w:rPr")
_CONTENTS_NAME = re.compile(r"(?:toc|目录)\s*(?:\d|标题|heading)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WordStyle:
    """A style of paragraphs or of runs."""

    name: str
    based_on: str
    """The id of the style that it is based on."""
    properties: Any
    """Its `w:pPr` element or None."""
    run_properties: Any = None
    """Its `w:rPr` element or None."""

    @property
    def is_contents(self) -> bool:
        """Whether paragraphs of this style are lines of the table of contents."""
        return _CONTENTS_NAME.match(self.name) is not None


class WordStyles:
    """The styles of one file, by their ids."""

    def __init__(self, root: Any) -> None:
        """Takes the root of styles.xml; None where the file has none."""
        elements = () if root is None else list(root.iterchildren(qn("w:style")))
        self._styles = {element.get(qn("w:styleId")): _style(element) for element in elements}
        self._default = next(
            (
                element.get(qn("w:styleId"))
                for element in elements
                if element.get(qn("w:type")) == "paragraph" and element.get(qn("w:default")) in ("1", "true")
            ),
            "",
        )
        usual = None if root is None else root.find("/".join(map(qn, _USUAL_LOOK)))
        self._size = (0 if usual is None else whole_number(value_of(usual, "w:sz"))) or _SIZE

    def chain(self, properties: Any) -> Iterator[WordStyle]:
        """Yields the style that a paragraph's `w:pPr` names (None: the usual one), and those it is based on."""
        named = None if properties is None else properties.find(qn("w:pStyle"))
        return self._based(self._default if named is None else named.get(qn("w:val"), ""))

    def size_in(self, properties: Any) -> int:
        """Returns the size, in half points, of text in a paragraph with this `w:pPr`."""
        looks = (style.run_properties for style in self.chain(properties))
        sizes = (whole_number(value_of(look, "w:sz")) for look in looks if look is not None)
        return next(filter(None, sizes), self._size)

    def run_properties(self, style_id: str) -> Iterator[Any]:
        """Yields the `w:rPr` of a character style and of those it is based on."""
        return (style.run_properties for style in self._based(style_id) if style.run_properties is not None)

    def _based(self, style_id: str | None) -> Iterator[WordStyle]:
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(style_id)
            if style is None:
                return
            yield style
            style_id = style.based_on


def _style(element: Any) -> WordStyle:
    return WordStyle(
        value_of(element, "w:name")[:_LONGEST_NAME],
        value_of(element, "w:basedOn"),
        element.find(qn("w:pPr")),
        element.find(qn("w:rPr")),
    )


def heading_depth(properties: Sequence[Any], chain: Sequence[WordStyle]) -> int:
    """Returns 1–9 for a paragraph that a style or its outline level makes a heading, else 0."""
    for element in properties:
        level = None if element is None else whole_number(value_of(element, "w:outlineLvl"))
        if level is not None:
            return level + 1 if level < _HEADING_LEVELS else 0
    for style in chain:
        if match := HEADING_NAME.fullmatch(style.name):
            return int(match[1])
    return 0
