"""The tree of expected errors: that its picture is true, and what each says to a person."""

from __future__ import annotations

import inspect
import re

import pytest

from jianggao import errors
from jianggao.errors import CannotRead, CannotStart, CannotWrite, DiskFull, JianggaoError, KeyMissing, TooSlow

CLASSES = [
    value for value in vars(errors).values() if inspect.isclass(value) and issubclass(value, JianggaoError)
]


def drawn() -> dict[str, str]:
    """The parent of each class in the picture in the module's docstring."""
    parents: dict[str, str] = {}
    above: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        # A line is indented by four, then four columns for each level: "    │   ├── Name  what it is".
        if (found := re.match(r"    ((?:[│ ]   )*)(?:[├└]── )?([A-Z]\w+)(?: {2}|$)", line)) is None:
            continue
        level = len(found[1]) // 4 + ("── " in line)
        del above[level:]
        if above:
            parents[found[2]] = above[-1]
        above.append(found[2])
    return parents


def test_the_picture_shows_every_error_under_its_parent() -> None:
    assert drawn() == {
        error.__name__: error.__bases__[0].__name__ for error in CLASSES if error is not JianggaoError
    }


@pytest.mark.parametrize("error", CLASSES)
def test_an_error_says_in_its_docstring_what_has_happened(error: type[JianggaoError]) -> None:
    assert (error.__doc__ or "").rstrip().endswith(".")


def test_a_question_that_is_too_slow_is_told_what_to_ask() -> None:
    assert str(TooSlow()) == "这个词查不动，请换短一点"
    assert str(TooSlow("别的话")) == "别的话"


def test_what_cannot_be_written_names_the_cause_and_that_nothing_was_changed() -> None:
    explanation = DiskFull("磁盘满了，请删掉一些文件。")
    error = CannotWrite(explanation)
    assert str(error) == "数据库暂时写不进去（磁盘满了），什么也没有改"
    assert error.explanation is explanation
    assert str(CannotWrite(explanation, "别的话")) == "别的话"


def test_a_cause_without_words_leaves_no_empty_parentheses() -> None:
    assert str(CannotWrite(KeyMissing("缺密钥。"))) == "数据库暂时写不进去，什么也没有改"


def test_what_cannot_be_read_names_the_cause() -> None:
    assert str(CannotRead(DiskFull("…"))) == "数据库暂时读不了（磁盘满了），请过一会儿再发。"


@pytest.mark.parametrize("error", [error for error in CLASSES if issubclass(error, CannotStart)])
def test_a_cause_fits_into_parentheses(error: type[CannotStart]) -> None:
    assert not re.search(r"[（）。，\n]", error.cause) and len(error.cause) <= 10
