"""Series of headings: which marks belong to one, and which only begin a sentence."""

from __future__ import annotations

import pytest
from parsed_texts import A, B, speech_of, tree

from jianggao.parsing.heading_numbers import NumberKind, read_mark
from jianggao.parsing.heading_series import marks_in_series, unite_points
from jianggao.parsing.headings import find_headings


def found(*paragraphs: str) -> list[tuple[int, str, str]]:
    """The headings as paragraph, mark and text."""
    return [(each.paragraph, each.mark, each.text) for each in find_headings(paragraphs)]


def in_series(*paragraphs: str, styled: int | None = None) -> list[int]:
    """The paragraphs whose marks belong to a series; `styled` is one that has a style."""
    depths = [int(place == styled) for place in range(len(paragraphs))]
    return list(marks_in_series(paragraphs, unite_points([read_mark(each) for each in paragraphs]), depths))


def united(*paragraphs: str) -> list[NumberKind]:
    return [mark.kind for mark in unite_points([read_mark(each) for each in paragraphs]) if mark is not None]


def test_a_later_number_needs_one_before_it() -> None:
    assert found("2.迈开步" + A, B) == []
    assert found("1.看清路", A, "4.走到底。" + B) == [(0, "1.", "看清路")]
    assert [mark for _, mark, _ in found("1.看清路", A, "3.走到底。" + B)] == ["1.", "3."]


def test_titles_behind_a_chinese_number_need_no_series() -> None:
    assert found("三、走到底", A) == [(0, "三、", "走到底")]
    assert found("三、五个人蹲在渠口，一蹲就是一夜。" + A) == []


def test_a_lone_letter_or_loose_number_is_none() -> None:
    assert found("A.看清路", A) == []
    assert found("一 看清路", A) == []
    assert [mark for _, mark, _ in found("A.看清路", A, "B.迈开步", B)] == ["A.", "B."]


def test_points_end_with_the_heading_they_stand_under() -> None:
    marks = [mark for _, mark, _ in found("一、路", "一是远。" + A, "二是近。" + B, "二、步", "三是稳。" + A)]
    assert marks == ["一、", "一是", "二是", "二、"]


def test_steps_may_leave_out_numbers_and_end_before_a_wish() -> None:
    steps = ("首先，看清路。" + A, "其次，迈开步。" + B)
    assert [mark for _, mark, _ in found(*steps, "最后，走到底。" + A)] == ["首先，", "其次，", "最后，"]
    assert [mark for _, mark, _ in found(*steps, "最后，祝大家平安！")] == ["首先，", "其次，"]


def test_greetings_in_an_address_are_no_points() -> None:
    assert (
        tree(
            speech_of(
                "在古镇灯会开幕式上的致辞",
                "各位来宾：",
                "首先，我代表全镇乡亲，向远道而来的客人表示欢迎！" + A,
                B,
                "最后，祝灯会圆满成功，祝各位来宾身体健康！",
            )
        )
        == []
    )


def test_points_of_two_words_are_one_series_where_the_numbers_go_on() -> None:
    need, point = NumberKind.POINT_NEED, NumberKind.POINT_IS
    assert united("一要快。", "二是稳。", "三要准。") == [need, need, need]
    assert united("一是看清路。", "一要看远。", "二要看近。", "二是迈开步。") == [point, need, need, point]
    assert united("一要快。", "（一）路", "二是稳。") == [need, NumberKind.BRACKETED_CHINESE, point]


def test_a_style_needs_no_series() -> None:
    assert in_series("2.看清路" + A) == []
    assert in_series("2.看清路" + A, styled=0) == [0]


def test_one_number_may_be_missing_and_not_two() -> None:
    assert in_series("1.看清路。" + A, "3.迈开步。" + B, "4.走到底。" + A) == [0, 1, 2]
    assert in_series("1.看清路", A, "4.走到底。" + B) == [0]


def test_points_within_one_paragraph_are_no_series() -> None:
    assert in_series("一是快；二是稳；三是准。" + A, "二是还要好。" + B) == []


def test_a_first_point_needs_a_second_before_the_outer_series_goes_on() -> None:
    assert in_series("一、路", "一是远。" + A, "二、步", "二是近。" + B) == [0, 2]
    assert in_series("一是远。" + A, "1.山。" + B, "2.水。" + A, "二是近。" + B) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    "paragraph", ["二、五个人蹲在渠口。一蹲就是一夜。", "二、看远，", "二、" + "渠" * 61]
)
def test_sentences_behind_a_later_number_are_no_titles(paragraph: str) -> None:
    assert in_series(paragraph) == []


def test_an_excerpt_begins_where_the_next_number_follows() -> None:
    assert in_series("三、看清路。" + A, B, "四、迈开步。" + B) == [0, 2]
    assert in_series("三、看清路。" + A, B, "六、迈开步。" + B) == []
    assert in_series("第十二条 看渠的人，一年一换。" + A, "第十三条 闸要上锁。" + B) == [0, 1]
