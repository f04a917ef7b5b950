"""Chooses by a file's name, and by what its text looks like, how its marks are taken out: Markdown, a web page,
an e-book."""

from __future__ import annotations

from jianggao.sources.epub import UnreadableBook, read_epub
from jianggao.sources.html_pages import html_text, looks_like_html
from jianggao.sources.markdown import looks_like_markdown, read_markdown
from jianggao.sources.markup import MarkupText

MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})


def unmarked(text: str, suffix: str) -> MarkupText:
    """Returns the text of a file without its marks; a plain text as it is."""
    if looks_like_page(text, suffix):
        return html_text(text)
    if suffix in MARKDOWN_SUFFIXES or looks_like_markdown(text):
        return read_markdown(text)
    return MarkupText(text)


def looks_like_page(text: str, suffix: str) -> bool:
    """Returns whether a text is a web page, by its suffix or its tags."""
    return suffix in PAGE_SUFFIXES or looks_like_html(text)


def book_text(content: bytes) -> MarkupText | str:
    """Returns the text of an e-book, or why it can't be read (a Chinese sentence)."""
    try:
        return read_epub(content)
    except UnreadableBook as reason:
        return str(reason)
    except MemoryError:
        return "读起来太占内存，没有读。请把文字另存成 .txt，还读不了就拆成单篇"
