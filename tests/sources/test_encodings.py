"""Bytes become the characters that were meant, also short, damaged and unmarked ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from speech_texts import FULL, PLAIN

from jianggao.sources.encodings import decode
from jianggao.text.characters import BROKEN

TRADITIONAL = "同志們：\n今天開這個會，只說一件事：把渠修好，把水管住，讓明年的莊稼不再看天的臉色。\n"


@pytest.mark.parametrize("text", ["同志们：\n干吧。", "各位代表！", "一、看清路", "渠", "2025年3月18日"])
@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_short_texts(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded is not None
    assert decoded[0] == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [FULL, "今天开这个会，只为一件事：把渠修好，把水管住。"])
def test_utf16_without_its_mark_with_and_without_line_ends(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded is not None
    assert decoded[0] == text


def test_rare_characters_of_gb18030() -> None:
    text = PLAIN + "村名里有个㙍字，还有个𠮷字，还有个镕字。"
    assert decode(text.encode("gb18030")) == (text, "gb18030")


def test_big5_is_read_as_traditional_characters() -> None:
    decoded = decode(TRADITIONAL.encode("big5"))
    assert decoded is not None
    assert decoded[0] == TRADITIONAL


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_broken_byte_in_the_middle_costs_one_place(encoding: str) -> None:
    content = bytearray(FULL.encode(encoding))
    at = len(FULL[:200].encode(encoding))
    content[at : at + 1] = b"\xff"
    decoded = decode(bytes(content))
    assert decoded is not None
    text = decoded[0]
    assert text[:200] == FULL[:200]
    assert text[-300:] == FULL[-300:]
    assert 1 <= text.count(BROKEN) <= 3


def test_a_text_cut_off_inside_a_character() -> None:
    decoded = decode(FULL.encode()[:1000])
    assert decoded is not None
    assert FULL.startswith(decoded[0].rstrip(BROKEN))


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)) * 40,
        b"\x00" * 999,
        b"\x89PNG\r\n\x1a\n" + bytes(range(1, 255)) * 20,
        b"\xff" * 400,
        b"PK\x03\x04" + b"\x00\x01" * 300,
    ],
)
def test_what_is_no_text(content: bytes) -> None:
    assert decode(content) is None


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffd"), max_size=200)
)
def test_valid_utf8_is_always_taken_as_it_is(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded is not None
    assert decoded[0] == text


@given(st.binary(max_size=300))
def test_no_bytes_raise(content: bytes) -> None:
    decoded = decode(content)
    assert decoded is None or decoded[0].count(BROKEN) * 4 <= max(4, len(decoded[0]))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("padding", [1, 2, 511, 4_096])
def test_nuls_at_the_end_are_no_text(encoding: str, padding: int) -> None:
    decoded = decode(FULL.encode(encoding) + b"\0" * padding)
    assert decoded is not None
    assert decoded[0].rstrip(BROKEN) == FULL


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_few_nuls_inside(encoding: str) -> None:
    for nuls in ("\0", "\0" * 300):
        holed = FULL.replace("同志们：\n", f"同志们：\n{nuls}", 1).replace("一、认清", f"{nuls}一、认清")
        decoded = decode(b"\0\0" + holed.encode(encoding))
        assert decoded is not None and decoded[0] == FULL


def test_hz_of_old_mails() -> None:
    text = "Re: 冬修\n同志们，把渠修好，把水管住，大家都来看一看。\n"
    assert decode(text.encode("hz")) == (text, "hz")
    assert decode(b"a ~{ sign and ~} another\n") == ("a ~{ sign and ~} another\n", "utf-8")


def test_utf8_in_which_an_earlier_program_lost_characters() -> None:
    text = FULL.replace("渠", BROKEN)
    assert decode(text.encode()) == (text, "utf-8")


def test_lines_of_two_encodings_in_one_file() -> None:
    rows = FULL.split("\n")
    content = b"\n".join(row.encode("gb18030" if at % 3 else "utf-8") for at, row in enumerate(rows))
    assert decode(content) == (FULL, "gb18030")


def test_gb18030_that_is_utf8_by_chance_in_a_line() -> None:
    text = f"联通\n{FULL}联通\n"
    assert decode(text.encode("gb18030")) == (text, "gb18030")


def test_one_line_of_gb18030_in_a_file_of_utf8() -> None:
    rows = (FULL * 3).split("\n")
    content = b"\n".join(row.encode("gb18030" if at == 5 else "utf-8") for at, row in enumerate(rows))
    assert decode(content) == (FULL * 3, "gb18030")
