"""Lines above one that can only be a title, which are no part of it."""

from __future__ import annotations

import pytest
from parsed_texts import TITLE, A, B, speech_of

from jianggao.parsing.doubtful_titles import doubtful_above_title, may_be_account

BODY = ("同志们：", A, B)


def test_a_doubtful_line_above_the_title_is_no_part_of_it() -> None:
    speech = speech_of("听雨笔记", TITLE, *BODY)
    assert (speech.title, speech.occasion) == (TITLE, "听雨笔记")
    assert speech.doubtful == ("听雨笔记",)
    assert doubtful_above_title(["听雨笔记", TITLE]) == {0}
    assert doubtful_above_title(["听雨笔记", "渠水长流"]) == set()


@pytest.mark.parametrize(
    ("line", "may_be"), [("渠水晨报", True), ("在渠边的讲话", False), ("渠修好了。", False)]
)
def test_an_accounts_name_is_short_and_names_no_speech(line: str, may_be: bool) -> None:
    assert may_be_account(line) is may_be


def test_a_name_shown_twice_above_the_minute_is_an_account() -> None:
    lines = ["渠水晨报", "渠水晨报", "2025-03-18 08:00 云南", "让路灯亮到村口"]
    assert doubtful_above_title(lines) == {0, 1}
