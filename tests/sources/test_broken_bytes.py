"""A broken byte costs its own character."""

from __future__ import annotations

import random

import pytest
from speech_texts import FULL

from jianggao.sources.broken_bytes import decode_broken, decode_utf16, is_usual
from jianggao.text.characters import BROKEN

TRADITIONAL = (
    "同志們：今天開這個會，只說一件事：把渠修好，把水管住，讓明年的莊稼不再看天的臉色。大家回去以後，" * 6
)


def lost(text: str, read: str) -> int:
    """How many characters of the text can't be found in what was read: those between the longest equal
    beginning and end."""
    before = next((at for at, (a, b) in enumerate(zip(text, read, strict=False)) if a != b), len(read))
    behind = next(
        (at for at, (a, b) in enumerate(zip(reversed(text), reversed(read), strict=False)) if a != b),
        len(read),
    )
    return max(0, len(text) - before - behind)


def damaged(content: bytes, how: str, at: int) -> bytes:
    replaced = {"changed": b"\xff", "lost": b"", "nul": b"\0", "ascii": b"x"}[how]
    return content[:at] + replaced + content[at + 1 :]


@pytest.mark.parametrize("how", ["changed", "lost", "nul", "ascii"])
@pytest.mark.parametrize(
    ("encoding", "text", "most"),
    [("utf-8", FULL, 1), ("gb18030", FULL, 3), ("big5hkscs", TRADITIONAL, 6)],
)
def test_one_damaged_byte(how: str, encoding: str, text: str, most: int) -> None:
    content = text.encode(encoding)
    chance = random.Random(13)
    losses = [
        lost(text, decode_broken(damaged(content, how, chance.randrange(len(content))), encoding))
        for _ in range(60)
    ]
    assert max(losses) <= most
    assert sum(losses) <= 60 * {"utf-8": 1, "gb18030": 1.5, "big5hkscs": 2.5}[encoding]


def test_a_changed_byte_of_gb18030_costs_one_character_wherever_it_stands() -> None:
    line = "渠修好了，水就来了；账算清了，人心就顺了。\n"
    content = line.encode("gb18030")
    for at in range(len(content) - 1):
        read = decode_broken(damaged(content, "changed", at), "gb18030")
        assert lost(line, read) == 1 and read.count(BROKEN) == 1


def test_half_a_character_at_the_end() -> None:
    assert decode_broken("渠修好了".encode("gb18030")[:-1], "gb18030") == "渠修好" + BROKEN
    assert decode_broken("渠修好了".encode()[:-1], "utf-8") == "渠修好" + BROKEN
    assert decode_broken("渠修好了".encode("big5hkscs", "ignore")[:-1], "big5hkscs").endswith(BROKEN)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_lost_byte_of_utf16_shifts_nothing_behind_it(encoding: str) -> None:
    content = FULL.encode(encoding)
    chance = random.Random(13)
    losses = [
        lost(FULL, decode_utf16(damaged(content, "lost", chance.randrange(len(content))), encoding))
        for _ in range(60)
    ]
    assert max(losses) <= 6 and sum(losses) <= 100


def test_surrogate_pairs_beside_a_lost_byte() -> None:
    content = "村名里有个𠮷字，渠修好了，水就来了。".encode("utf-16-le")
    assert decode_utf16(content[:-1], "utf-16-le") == "村名里有个𠮷字，渠修好了，水就来了" + BROKEN


def test_usual_characters() -> None:
    assert all(map(is_usual, "渠aA1，。“”—…　\n"))
    assert not any(map(is_usual, "ßя\u0e01\ue000"))
