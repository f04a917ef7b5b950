"""The tokens and the code pages of Rich Text."""

from __future__ import annotations

import pytest

from jianggao.sources.rtf_tokens import RtfToken, TokenKind, charset_page, code_page, tokens


def test_words_signs_bytes_and_braces() -> None:
    assert list(tokens(b"{\\b0 x\\'c4\\'e3\\~\r\n\\par}")) == [
        RtfToken(TokenKind.OPEN),
        RtfToken(TokenKind.WORD, b"b", 0),
        RtfToken(TokenKind.BYTES, b"x"),
        RtfToken(TokenKind.BYTES, b"\xc4\xe3"),
        RtfToken(TokenKind.SIGN, b"~"),
        RtfToken(TokenKind.WORD, b"par"),
        RtfToken(TokenKind.CLOSE),
    ]


def test_a_backslash_at_the_end_ends_it() -> None:
    assert list(tokens(b"a\\")) == [RtfToken(TokenKind.BYTES, b"a")]


@pytest.mark.parametrize(
    ("number", "name"), [(936, "gb18030"), (950, "big5hkscs"), (1252, "cp1252"), (0, "gb18030")]
)
def test_code_pages(number: int, name: str) -> None:
    assert code_page(number) == name


@pytest.mark.parametrize(
    ("charset", "document", "name"),
    [(134, "cp1252", "gb18030"), (0, "gb18030", "gb18030"), (0, "cp1251", "cp1252"), (1, "cp1251", "cp1251")],
)
def test_code_pages_of_fonts(charset: int, document: str, name: str) -> None:
    assert charset_page(charset, document) == name
