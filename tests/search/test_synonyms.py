"""Synonyms and everyday words are read line by line; those that come with the bot keep to the format that their
files explain."""

from __future__ import annotations

from pathlib import Path

import pytest
from project_root import ROOT

from jianggao.search import parse_query, read_synonyms
from jianggao.search.everyday_words import TypedRun
from jianggao.search.synonyms import SynonymBook, Synonyms
from jianggao.text.normal_form import normal_form

SYNONYMS = ROOT / "data" / "synonyms.txt"
EVERYDAY = ROOT / "data" / "everyday_words.txt"
PLAIN = ROOT / "data" / "plain_words.txt"


def lines_of(file: Path) -> list[str]:
    written = file.read_bytes().decode("utf-8").splitlines()
    return [line for line in written if line.strip() and not line.startswith("#")]


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return lines_of(SYNONYMS)


@pytest.fixture(scope="module")
def everyday_lines() -> list[str]:
    return lines_of(EVERYDAY)


@pytest.fixture(scope="module")
def plain_lines() -> list[str]:
    return lines_of(PLAIN)


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


@pytest.mark.parametrize("file", [SYNONYMS, EVERYDAY, PLAIN])
def test_the_head_explains_the_format_to_the_operator(file: Path) -> None:
    head = file.read_text(encoding="utf-8").split("\n\n", 1)[0].splitlines()
    assert 6 <= len(head) <= 12
    assert all(line.startswith("#") for line in head)
    assert any(" = " in line for line in head)
    assert file == PLAIN or any(" ~ " in line for line in head)


# --- everyday words that come with the bot ------------------------------------------------------------------


def test_every_everyday_line_has_one_of_the_two_forms(everyday_lines: list[str]) -> None:
    for line in everyday_lines:
        left, *right = words_of(line)
        assert 1 <= len(right) <= 5 and len({left, *right}) == len(right) + 1, line
        parts = left.split("…")
        assert left == "娃" or 2 <= sum(map(len, parts)) <= 12, line
        assert 1 <= len(parts) <= 3 and all(1 <= len(part) <= 8 for part in parts), line
        for word in right:
            assert 2 <= len(word) <= 12, line
        for word in (left, *right):
            assert not set(word) & set(" \t\u3000=~＝～#"), line


def test_enough_everyday_lines_and_no_left_side_twice(everyday_lines: list[str]) -> None:
    assert len(everyday_lines) >= 15_000
    left = ["…".join(map(normal_form, words_of(line)[0].split("…"))) for line in everyday_lines]
    assert len(set(left)) == len(left)


def test_what_has_synonyms_is_no_everyday_word_too(lines: list[str], everyday_lines: list[str]) -> None:
    assert not {words_of(line)[0] for line in lines} & {words_of(line)[0] for line in everyday_lines}


def test_every_plain_line_leads_from_a_term_to_other_words(plain_lines: list[str]) -> None:
    assert len(plain_lines) >= 1_000
    for line in plain_lines:
        left, *right = words_of(line)
        assert " = " in line and 2 <= len(left) <= 8, line
        assert 2 <= len(right) <= 7 and len({left, *right}) == len(right) + 1, line
        assert all(2 <= len(word) <= 10 for word in right), line
    left = [words_of(line)[0] for line in plain_lines]
    assert len(set(left)) == len(left)


def test_every_line_that_comes_with_the_bot_is_read(
    lines: list[str], everyday_lines: list[str], plain_lines: list[str]
) -> None:
    shipped = read_synonyms()
    assert shipped.problems == ()
    for read, written in (
        (shipped.words, lines),
        (shipped.everyday, everyday_lines),
        (shipped.plain, plain_lines),
    ):
        for line in written:
            left, *right = words_of(line)
            left = "…".join(map(normal_form, left.split("…")))
            assert set(map(normal_form, right)) - {left} <= set(read[left]), line


def test_every_everyday_word_is_met(everyday_lines: list[str]) -> None:
    """One without gaps by itself; one with gaps where its parts stand apart, unless the segmenter joins them to what
    stands beside them."""
    shipped = read_synonyms()
    gapped, unmet = 0, []
    for line in everyday_lines:
        left = words_of(line)[0]
        typed = TypedRun(normal_form(left.replace("…", "的时候")))
        if "…" not in left:
            assert [match.word for match in shipped.everyday_words.fixed_in(typed)] == [typed.run], line
            continue
        gapped += 1
        met = {parts[0].word for parts in shipped.everyday_words.gapped_in(typed)}
        if "…".join(map(normal_form, left.split("…"))) not in met:
            unmet.append(line)
    assert gapped > 8_000 and len(unmet) < gapped / 50, unmet[:20]


def test_words_that_all_speeches_have_stand_for_nothing(
    everyday_lines: list[str], plain_lines: list[str]
) -> None:
    for line in (*everyday_lines, *plain_lines):
        assert not {"发展", "建设", "工作", "加强"} & set(words_of(line)[1:]), line


# --- reading ------------------------------------------------------------------------------------------------


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
    found = read_synonyms(*(tmp_path / name for name in ("none.txt", "neither.txt", "nor.txt")))
    assert found == Synonyms()
    assert read_synonyms(everyday=tmp_path / "none.txt").words == read_synonyms().words != {}


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


@pytest.mark.parametrize(
    ("name", "mine"),
    [("synonyms.txt", "words"), ("everyday_words.txt", "everyday"), ("plain_words.txt", "plain")],
)
def test_an_operators_own_file_is_read_again_when_asked(tmp_path: Path, name: str, mine: str) -> None:
    """It takes the place of the one of its name alone."""
    book = SynonymBook(tmp_path)
    shipped = book.current
    assert shipped.words and shipped.everyday and shipped.plain
    (tmp_path / name).write_text("甲乙 = 丙丁\n", encoding="utf-8")
    assert book.current is shipped
    own = book.reload()
    assert own is book.current
    assert getattr(own, mine) == {"甲乙": ("丙丁",)}
    for other in {"words", "everyday", "plain"} - {mine}:
        assert getattr(own, other) == getattr(shipped, other)
    (tmp_path / name).unlink()
    assert book.reload() == shipped == SynonymBook(None).current


def test_a_folder_that_is_not_there_has_no_lists(tmp_path: Path) -> None:
    assert SynonymBook(tmp_path / "none").current == SynonymBook(None).current


def test_a_problem_names_its_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "synonyms.txt").write_text("甲乙 = 丙丁\n看不懂\n", encoding="utf-8")
    (tmp_path / "everyday_words.txt").write_text("# 说明\n\n浇不上水\n", encoding="utf-8")
    first, second = SynonymBook(tmp_path).current.problems
    assert first.startswith("synonyms.txt 第 2 行") and "看不懂" in first
    assert second.startswith("everyday_words.txt 第 3 行") and "浇不上水" in second


def test_everyday_words_widen_no_query() -> None:
    """They stand for less than what was typed: hits by them lie behind (`partial_matches.py`)."""
    terms = parse_query("浇不上水").terms
    assert Synonyms(everyday={"浇不上水": ("灌溉",)}, plain={"浇不上水": ("渠",)}).widen(terms) == (terms, ())


def test_a_word_of_any_list_is_known() -> None:
    lists = Synonyms({"三农": ("农业",)}, {"上访": ("信访",)}, {"耕地保护": ("撂荒",)})
    assert all(map(lists.knows, ("三农", "上访", "耕地保护"))) and not lists.knows("信访")
