"""Tells where the number before a line and the digits behind it would be read as another number.

All examples in the comments are made up.
"""

from __future__ import annotations

import re

_NUMBER_AND_POINT = re.compile(r".*(?:[0-9０-９]\s?[.．:：,，·・/／—-]|[⒈-⒛])", re.DOTALL)
_DIGIT = re.compile(r"[0-9０-９]")


def makes_another_number(mark: str, text: str) -> bool:
    """Returns whether a mark and the text behind it need a blank: 1. and 5万元 are not 1.5万元, as 1、5万元 is clear."""
    return _DIGIT.match(text) is not None and _NUMBER_AND_POINT.fullmatch(mark) is not None
