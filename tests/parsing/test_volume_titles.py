"""Lines that a speech begins with."""

from __future__ import annotations

import pytest

from jianggao.parsing.contents_table import entry_form
from jianggao.parsing.volume_titles import TitleForm, is_front_line, salutation_lines, title_form, title_label


@pytest.mark.parametrize(
    ("line", "form"),
    [
        ("在抗旱会上的讲话", TitleForm.OCCASION),
        ("方大川同志在全县水利会议上的总结讲话（摘要）", TitleForm.OCCASION),
        ("2025年3月18日在年中工作会议上的讲话", TitleForm.OCCASION),
        ("毕业典礼致辞", TitleForm.KIND),
        ("政府工作报告", TitleForm.KIND),
        ("给新来护士的信", TitleForm.KIND),
        ("让账本走到墙上", TitleForm.PLAIN),
        ("学习方书记在全会上的讲话", TitleForm.NONE),
        ("领导讲话", TitleForm.NONE),
        ("请县长方大川讲话", TitleForm.NONE),
        ("证婚人致辞", TitleForm.NONE),
        ("《在抗旱会上的讲话》", TitleForm.OCCASION),
        ("标题：在 抗旱会上的讲话", TitleForm.OCCASION),
        ("一、在抗旱会上的讲话", TitleForm.NONE),
        ("在抗旱会上的讲话。", TitleForm.NONE),
        ("（方大川讲话）", TitleForm.NONE),
        ("2025年3月18日", TitleForm.NONE),
        ("一、备物资", TitleForm.NONE),
        ("——————", TitleForm.NONE),
    ],
)
def test_forms_of_titles(line: str, form: TitleForm) -> None:
    assert title_form(line) is form


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("【篇一】在抗旱会上的讲话", 1, "在抗旱会上的讲话"),
        ("范文2：毕业典礼致辞", 2, "毕业典礼致辞"),
        ("第十二篇", 12, ""),
        ("防汛动员会讲话（三）", 3, "防汛动员会讲话"),
        ("2. 在抗旱会上的讲话", 2, "在抗旱会上的讲话"),
    ],
)
def test_numbers_of_titles(line: str, number: int, title: str) -> None:
    found = title_label(line)
    assert found is not None and (found[0].number, found[1]) == (number, title)


@pytest.mark.parametrize("line", ["一、备物资", "第一部分", "篇幅不长", "2024年抗旱", "（一）守塘"])
def test_headings_carry_no_number_of_a_title(line: str) -> None:
    assert title_label(line) is None


def test_small_readings() -> None:
    assert (
        is_front_line("主讲人：方大川") and is_front_line("县长 方大川") and not is_front_line("今天说账。")
    )
    assert salutation_lines(["尊敬的各位来宾，", "同志们：", "水来了。"], 1) == 1
    assert salutation_lines(["同志们要做好三件事："], 0) == 0
    assert entry_form("在 抗旱会·上的讲话") == "在抗旱会上的讲话"
