"""Marks and digits that would be read as one number."""

from __future__ import annotations

import pytest

from jianggao.text.number_joints import makes_another_number


@pytest.mark.parametrize("mark", ["1.", "12．", "１.", "3：", "2，", "1.1.", "⒈", "PART 1.", "01/", "2 ."])
def test_digits_would_go_on_with_the_number(mark: str) -> None:
    assert makes_another_number(mark, "6万元") and makes_another_number(mark, "６万元")
    assert not makes_another_number(mark, "六万元") and not makes_another_number(mark, "")


@pytest.mark.parametrize("mark", ["1、", "（1）", "1)", "①", "一.", "A.", "1. ", ""])
def test_other_marks_and_digits_stay_apart(mark: str) -> None:
    assert not makes_another_number(mark, "6万元")
