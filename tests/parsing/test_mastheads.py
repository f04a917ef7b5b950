"""The masthead of a bulletin: neither its name is the title nor its day that of the speech, where these follow."""

from __future__ import annotations

import pytest
from front_forms import CALL
from parsed_texts import TITLE, A, B, speech_of

from jianggao.parsing.mastheads import days_of_issue, numbered_mastheads, numbers_of_year

OFFICE = "中共渠水县委办公室"
THEME = "让渠水流到最后一块田"


@pytest.mark.parametrize(
    "masthead",
    [
        ("渠水县情况通报", "第14期", f"{OFFICE}　　2025年3月20日"),
        ("渠水县工作简报", "第14期（总第80期）", "渠水县委办公室编　二〇二五年三月二十日"),
        ("领导参阅", "（第14期）", f"{OFFICE} | 2025年3月20日"),
        ("县委通报", "〔2025〕14号", f"{OFFICE}　2025年3月20日"),
        ("水利快报", "（2025年第14期）", "渠水县水利局　2025年3月20日"),
        ("水利动态", "第14期", "渠水县水利局", "2025年3月20日"),
        ("渠水县情况通报", "第14期", "2025年3月20日"),
    ],
)
@pytest.mark.parametrize(
    ("title", "below"),
    [
        (THEME, ()),
        (THEME, ("——在全县水利冬修推进会上的讲话",)),
        ("在全县水利冬修推进会上的讲话", ()),
    ],
)
@pytest.mark.parametrize("note", [(), ("按：现将罗小满同志的讲话印发给你们，请抓好落实。",)])
def test_a_masthead_above_title_and_date(
    masthead: tuple[str, ...], title: str, below: tuple[str, ...], note: tuple[str, ...]
) -> None:
    speech = speech_of(*masthead, *note, title, *below, "罗小满", "（2025年3月12日）", CALL, A, B)
    assert (speech.title, str(speech.date), speech.speaker) == (title, "2025-03-12", "罗小满")
    assert masthead[0] in speech.removed


def test_the_day_of_issue_counts_where_no_other_stands_there() -> None:
    speech = speech_of("渠水县情况通报", "第14期", f"{OFFICE} 2025年3月20日", TITLE, "罗小满", CALL, A, B)
    assert str(speech.date) == "2025-03-20"


def test_a_masthead_is_the_title_where_nothing_else_can_be() -> None:
    assert speech_of("县委通报", "〔2025〕14号", f"{OFFICE} 2025年3月20日", CALL, A, B).title == "县委通报"


def test_days_of_issue() -> None:
    bare = "2025年3月20日"
    assert days_of_issue([f"{OFFICE} {bare}"], []) == {f"{OFFICE} {bare}"}
    assert days_of_issue([bare], ["第14期"]) == {bare}
    # The day of the speech can stand above its title.
    assert days_of_issue([bare], []) == set()
    assert days_of_issue([f"（{bare}）"], ["第14期"]) == set()
    assert days_of_issue([f"方大川 {bare}", f"{bare}在渠边"], ["第14期"]) == set()


def test_numbers() -> None:
    assert numbers_of_year(["县委通报", "〔2025〕14号"]) == [1]
    assert numbers_of_year(["让路灯亮到村口", "〔2025〕14号"]) == []
    assert numbered_mastheads(["渠水县工作简报", "第14期", THEME]) == {0, 1}
    assert numbered_mastheads(["关于渠水用水的情况通报", "第2期"]) == set()
