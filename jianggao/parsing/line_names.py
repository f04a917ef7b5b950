"""Names a line of a text as a person finds it in the file: by its number in an editor, and its words.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from jianggao.text.characters import collapse_blanks

_MARKS = re.compile(r"^[\s>#*_`\-+]+|[\s#*_`]+$")
"""What Markdown has around a line: ## 看清路, **看清路**."""
_SHOWN = 40


def row_namer(written: str | None) -> Callable[[str, int], str]:
    """Returns a function that names a line by its text and its place in the text that was read.

    `written` is the text of the file before its marks were taken out, "" where these lines are the file's, and None
    where no editor shows lines (documents, web pages): then the words alone must do.
    """

    @cache
    def numbers() -> dict[str, int]:
        return _numbers(written or "")

    def named(text: str, place: int) -> str:
        number = place + 1 if written == "" else numbers().get(text)
        return f"第 {number} 行“{text[:_SHOWN]}”" if number else f"“{text[:_SHOWN]}”这一行"

    return named


def _numbers(written: str) -> dict[str, int]:
    """Returns the numbers of the lines that stand once in a file, by their text."""
    numbers: dict[str, int] = {}
    for number, row in enumerate(written.split("\n"), 1):
        text = collapse_blanks(_MARKS.sub("", row))
        numbers[text] = 0 if text in numbers else number
    return numbers
