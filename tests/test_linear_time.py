"""No text, however it is made, takes time that grows faster than its length: all readers and parsers on
hostile texts.

What people type and send reaches these functions, and a pattern that goes over a text again and again holds
the whole interpreter meanwhile. The patterns that were quadratic once are named in
`test_a_quadratic_function_is_found`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from types import SimpleNamespace

import growth
import pytest
from functions_of_texts import FUNCTIONS, PARSER, READERS, SENDABLE, shown_beside_itself
from growth import too_steep
from hostile_markup import HOSTILE_MARKUP
from hostile_texts import HOSTILE, Make

from jianggao.parsing.heading_levels import heading_levels
from jianggao.parsing.heading_numbers import (
    NumberKind,
)
from jianggao.parsing.headings import ParagraphHeading
from jianggao.sources.files import RefusedFile, SourceText, read_sent_file

_PARTS = 5
"""The parser's stages and the readers share the texts out among them, each a fifth: all of them, on all, take
a quarter of an hour. `ALL_HOSTILE_TEXTS=1 pytest tests/test_linear_time.py` gives each of them every one."""


def _part(name: str, names: Mapping[str, object]) -> Mapping[str, Make]:
    mine = list(names).index(name) % _PARTS
    everything = "ALL_HOSTILE_TEXTS" in os.environ
    return {
        text: make for at, (text, make) in enumerate(SENDABLE.items()) if everything or at % _PARTS == mine
    }


MARKUP = (
    "looks_like_markdown",
    "read_markdown",
    "html_text",
    "fragment_text",
    "without_tags",
    "raised numbers",
    "small tags",
    "restored",
    "book page",
)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_of_a_text(name: str) -> None:
    # These are slow, and have texts of their own below.
    texts = _part(name, FUNCTIONS) if name in MARKUP else HOSTILE
    assert [str(one) for one in too_steep(FUNCTIONS[name], texts=texts)] == []


@pytest.mark.parametrize("name", MARKUP)
def test_the_readers_of_markup(name: str) -> None:
    assert [str(one) for one in too_steep(FUNCTIONS[name], texts=HOSTILE_MARKUP)] == []


@pytest.mark.parametrize("name", PARSER)
def test_the_parser(name: str) -> None:
    function, prepare = PARSER[name]
    texts = _part(name, PARSER)
    assert [str(one) for one in too_steep(function, texts=texts, prepare=prepare, largest=1 << 12)] == []


@pytest.mark.parametrize("name", READERS)
def test_the_readers_of_files(name: str) -> None:
    def read_it(content: bytes) -> SourceText | RefusedFile:
        return read_sent_file(content, "外传.txt")

    texts = _part(name, READERS)
    assert [str(one) for one in too_steep(read_it, texts=texts, prepare=READERS[name])] == []


REFRAINS = ("字", "字句", "把这件事情办好" * 3, "把这件事情办好，把那件事情也办好，一件一件都办好。")


def test_what_is_public_of_a_refrain() -> None:
    """Wherever one of its runs of letters stands, all of them do."""
    texts: dict[str, Make] = {unit: (lambda size, unit=unit: unit * (size // len(unit))) for unit in REFRAINS}
    assert [str(one) for one in too_steep(shown_beside_itself, texts=texts)] == []


def _styled(text: str) -> list[ParagraphHeading]:
    return [
        ParagraphHeading(at, NumberKind.UNNUMBERED_OUTER, "", "字", False, 1, depth=1 + ord(one) % 9)
        for at, one in enumerate(text)
    ]


def test_levels_of_headings_that_styles_alone_make() -> None:
    """Many of the texts are the same here: only the depths count that their characters become."""
    depths = {tuple(found.depth for found in _styled(make(1 << 10))): name for name, make in HOSTILE.items()}
    texts = {name: HOSTILE[name] for name in depths.values()}
    assert [
        str(one) for one in too_steep(heading_levels, texts=texts, prepare=_styled, largest=1 << 12)
    ] == []


def _distinct(rows: list[str]) -> list[str]:
    seen: list[str] = []
    for row in rows:
        if row not in seen:
            seen.append(row)
    return seen


QUADRATIC: Mapping[str, Callable[[str], object]] = {
    "links of Markdown": re.compile(r"\[([^\]\n]+)\]\([^)\n]*\)").findall,
    "a line of contents": re.compile(r".{2,50}(?:[.…·．]{3,}|\s{3,})\s*\d{1,3}").fullmatch,
    "a number with blanks": re.compile(r"第?\s*(\d{1,9})\s*(?:篇\s*(?:第?\s*(\d{1,9})\s*段?)?)?").fullmatch,
    # The rests aren't kept: together they are gigabytes.
    "taking away the beginning": lambda text: max(len(text[at:]) for at in range(len(text))),
    "a list of all that was seen": lambda text: _distinct(text.split("\n")),
}
"""What stood here before, and two loops of the kind."""


@pytest.mark.parametrize("name", QUADRATIC)
def test_a_quadratic_function_is_found(name: str) -> None:
    assert next(too_steep(QUADRATIC[name]), None) is not None


def test_a_busy_moment_is_no_growth(monkeypatch: pytest.MonkeyPatch) -> None:
    """A linear function whose first long run takes twice its time, as beside other processes."""
    clock, lengths = SimpleNamespace(now=0.0, thread_time=lambda: clock.now), list[int]()

    def linear(text: str) -> None:
        lengths.append(len(text))
        disturbed = len(text) == 4 * lengths[0] and lengths.count(len(text)) == 1
        clock.now += len(text) * (0.0006 if disturbed else 0.0003)

    monkeypatch.setattr(growth, "time", clock)
    assert list(too_steep(linear, texts={"plain": lambda size: "字" * size})) == []
