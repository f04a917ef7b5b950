"""Loads the dictionaries of words and readings before the first query needs them."""

from __future__ import annotations

from jianggao.search.requests import matter_of
from jianggao.text.normal_form import fill_tables, normal_form
from jianggao.text.pinyin import pinyin_reading, readings_in_words, syllables
from jianggao.text.segmentation import keywords, words
from jianggao.text.word_vectors import center_cosines


def warm_up() -> None:
    """Fills every table and cache that is kept for the life of the process.

    It takes about a second, in any thread.
    """
    fill_tables()
    words(normal_form("准备好了"))
    keywords("准备好了")
    matter_of("有没有准备好了的讲话")
    pinyin_reading("准备")
    syllables()
    readings_in_words()
    center_cosines(b"")
