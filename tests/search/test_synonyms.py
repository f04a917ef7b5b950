"""Synonyms are read line by line; those that come with the bot keep to the format that their file
explains."""

from __future__ import annotations

from pathlib import Path

import pytest
from project_root import ROOT

from jianggao.search import parse_query, read_synonyms
from jianggao.search.synonyms import SynonymBook

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


def test_synonyms_lead_one_way_or_both(tmp_path: Path) -> None:
    file = tmp_path / "synonyms.txt"
    file.write_text(
        "# 说明\n三农 = 农业 农村、农民\n放管服 ~ 简政放权\n看不懂的一行\n\n", encoding="utf-8-sig"
    )
    found = read_synonyms(file)
    assert found.words == {"三农": ("农业", "农村", "农民"), "放管服": ("简政放权",), "简政放权": ("放管服",)}
    assert len(found.problems) == 1 and "第 4 行" in found.problems[0]
    terms, used = found.widen(parse_query("三农 “放管服” 农业").terms)
    assert used == ("农业", "农村", "农民")
    assert [term.runs for term in terms] == [("三农", "农业", "农村", "农民"), ("放管服",), ("农业",)]


def test_no_file_means_no_synonyms(tmp_path: Path) -> None:
    assert read_synonyms(tmp_path / "none.txt").words == {}


@pytest.mark.parametrize(
    "line", ["三农", "三农 =", "= 农业", "三农 = 三农", "三农 ~ ，", "一 = 二 = 三", "一 = 二 ~ 三"]
)
def test_a_line_of_neither_form_is_reported(tmp_path: Path, line: str) -> None:
    file = tmp_path / "synonyms.txt"
    file.write_text(f"放管服 = 简政放权\n{line}\n", encoding="utf-8")
    synonyms = read_synonyms(file)
    assert synonyms.words == {"放管服": ("简政放权",)}
    assert len(synonyms.problems) == 1 and "第 2 行" in synonyms.problems[0]


def test_bytes_that_are_no_text_end_nothing(tmp_path: Path) -> None:
    file = tmp_path / "synonyms.txt"
    file.write_bytes("放管服 = 简政放权\n".encode() + b"\xff\xfe\n")
    assert read_synonyms(file).words == {"放管服": ("简政放权",)}


def test_an_operators_own_file_is_read_again_when_asked(tmp_path: Path) -> None:
    book = SynonymBook(tmp_path / "synonyms.txt")
    shipped = book.current
    assert shipped.words
    (tmp_path / "synonyms.txt").write_text("甲乙 = 丙丁\n", encoding="utf-8")
    assert book.current is shipped
    assert book.reload().words == {"甲乙": ("丙丁",)} == book.current.words
    (tmp_path / "synonyms.txt").unlink()
    assert book.reload().words == shipped.words == SynonymBook(None).current.words
