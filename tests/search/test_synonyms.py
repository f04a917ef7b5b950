"""The synonyms that come with the bot keep to the format that the head of their file explains."""

from __future__ import annotations

import pytest
from project_root import ROOT

SYNONYMS = ROOT / "data" / "synonyms.txt"


@pytest.fixture(scope="module")
def lines() -> list[str]:
    written = SYNONYMS.read_bytes().decode("utf-8").splitlines()
    return [line for line in written if line.strip() and not line.startswith("#")]


def words_of(line: str) -> list[str]:
    """The words of a line, the left one first. Raises ValueError when it has neither of the two forms."""
    if " ~ " in line:
        return line.split(" ~ ")
    left, right = line.split(" = ")
    return [left, *right.split(" ")]


def test_every_line_has_one_of_the_two_forms(lines: list[str]) -> None:
    for line in lines:
        words = words_of(line)
        assert len(words) >= 2, line
        assert len(set(words)) == len(words), line
        for word in words:
            assert 2 <= len(word) <= 12, line
            assert not set(word) & set(" \t\u3000=~＝～"), line


def test_enough_lines_and_none_twice(lines: list[str]) -> None:
    assert len(lines) >= 250
    assert len(set(lines)) == len(lines)
    left = [words_of(line)[0] for line in lines]
    assert len(set(left)) == len(left)


def test_the_head_explains_the_format_to_the_operator() -> None:
    head = SYNONYMS.read_text(encoding="utf-8").split("\n\n", 1)[0].splitlines()
    assert 6 <= len(head) <= 8
    assert all(line.startswith("#") for line in head)
    assert any(" = " in line for line in head)
    assert any(" ~ " in line for line in head)
