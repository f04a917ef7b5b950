"""Says of an element of a web page what it is by itself: a block, a heading, a picture, something that isn't shown."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from jianggao.sources.html_tables import tag_of

_UNSEEN_TAGS = (
    "script style title noscript template svg iframe object embed video audio canvas map select textarea "
    "datalist input img rt rp rtc"
)
UNSEEN = frozenset(_UNSEEN_TAGS.split())
"""Elements whose content is no text of the page; struck-out text (del, s) is text. The head is none of them:
libxml2 leaves the text there where a page opens no body."""
_BLOCK_TAGS = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form head h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav ol p "
    "pre section summary table tbody td tfoot th thead tr ul"
)
BLOCKS = frozenset(_BLOCK_TAGS.split())
HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_LONGEST_STYLE = 2_000
_HAN = re.compile(r"[一-鿿]")
_LOOKED_AT = 20
PICTURES = frozenset({"img", "svg", "video", "canvas", "object", "embed"})


def is_hidden(element: Any) -> bool:
    """Returns whether the page itself hides an element.

    `visibility: hidden` is no sign: WeChat sets it on every article and shows the text by a script. What
    `aria-hidden` keeps from being read aloud (`is_silent`) is shown.
    """
    return element.get("hidden") is not None or bool(
        _HIDDEN_STYLE.search((element.get("style") or "")[:_LONGEST_STYLE])
    )


def is_silent(element: Any) -> bool:
    """Returns whether an element is for the eye alone: an icon, a sign before a heading."""
    return bool(element.get("aria-hidden") == "true")


def is_unseen(element: Any) -> bool:
    """Returns whether nothing of an element is text. A hidden line may be: `html_article` judges it."""
    tag = tag_of(element)
    is_original_mark = element.get("id") == "copyright_logo"  # 原创, before the author
    if not tag or tag in UNSEEN or is_control(element, tag) or is_original_mark:
        return True
    return tag not in BLOCKS and (is_hidden(element) or (is_silent(element) and not _has_han(element)))


def is_control(element: Any, tag: str) -> bool:
    """Returns whether an element is a button; one in a heading unfolds the text below it, and is the heading."""
    parent = element.getparent()
    return tag == "button" and (parent is None or tag_of(parent) not in HEADINGS)


def _has_han(element: Any) -> bool:
    """Returns whether words stand in an element, and no icon alone; the first elements in it say it."""
    first = islice(element.iter(), _LOOKED_AT)
    return any(_HAN.search(inner.text or "") for inner in first if tag_of(inner))
