"""What is built once, before the first question needs it."""

from __future__ import annotations

from jianggao.text.normal_form import fill_tables, normal_form
from jianggao.text.pinyin import pinyin_reading, syllables
from jianggao.text.segmentation import keywords, words


def warm_up() -> None:
    """Load the dictionaries of words and readings, and work out all that is kept for good; takes about a second, in any
    thread."""
    fill_tables()
    words(normal_form("准备好了"))
    keywords("准备好了")
    pinyin_reading("准备")
    syllables()
