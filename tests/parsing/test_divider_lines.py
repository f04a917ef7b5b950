"""Lines that head one or several speeches of a volume, by their words."""

from __future__ import annotations

import time

import pytest

from jianggao.parsing.divider_lines import ends_with_name, is_divider, is_sure_form, label_form, may_be_label


@pytest.mark.parametrize(
    "line",
    [
        "下编 山林",
        "二月份讲话",
        "第二辑",
        "第四周",
        "第十一周",
        "【第四周】",
        "—— 第三讲 ——",
        "下学期第二周",
        "第一学期 第九教学周",
        "2024—2025学年第二学期第3周",
        "第九周（11月4日—11月8日）",
        "三月第二周",
        "上午第三位",
        "第5期",
        "秋季学期",
    ],
)
def test_a_line_that_heads_speeches(line: str) -> None:
    assert is_divider(line)


@pytest.mark.parametrize(
    "line",
    [
        "下编的路",
        "备好沙袋",
        "第二口塘",
        "第一次修渠",
        "第三周再来看水",
        "2024年第3期",
        "（第3期）",
        "三月的塘",
        "方大川 2025年3月1日",
        "水不等人，第二周就到了。",
    ],
)
def test_a_line_that_heads_none(line: str) -> None:
    assert not is_divider(line)


@pytest.mark.parametrize(
    ("line", "form"),
    [
        ("上午第二位", "上午第#位"),
        ("晨会讲话（三）", "晨会讲话（#）"),
        ("【惜水】", "【*】"),
        ("惜水篇", "*篇"),
        ("惜水之篇", "*篇"),
        ("主题：惜水", "主题："),
        ("惜水", ""),
        ("方大川", ""),
        ("许三多", ""),
        ("渠水中学 方大川", ""),
        ("2025年3月", ""),
        ("方大川 2025年3月1日", ""),
        ("二〇二五年三月于渠水", ""),
        ("（全文1200字）", ""),
        ("林晓禾整理（二）", ""),
        ("第二口塘见底了。", ""),
        ("第 3 页", ""),
    ],
)
def test_what_labels_have_in_common(line: str, form: str) -> None:
    assert label_form(line) == form


def test_forms_that_are_sure_by_their_words() -> None:
    assert is_sure_form("*篇") and is_sure_form("主题：")
    assert not is_sure_form("上午第#位") and not is_sure_form("【*】") and not is_sure_form("")


def test_names() -> None:
    assert ends_with_name("方大川") and ends_with_name("方 川") and ends_with_name("渠水中学 林晓禾")
    assert not ends_with_name("第五周") and not ends_with_name("石磨夜话会")


def test_what_may_be_a_label_by_its_place() -> None:
    assert may_be_label("惜水爱塘") and may_be_label("塘边夜话")
    signatures = (
        "方大川",
        "石磨村党支部",
        "编者",
        "于渠水县",
        "（热烈鼓掌）",
        "2025年春",
        "林晓禾整理",
        "谢谢！",
    )
    assert not any(map(may_be_label, signatures))
    assert not may_be_label("在清塘会上的讲话")


def test_a_row_of_numbers_is_read_fast() -> None:
    begun = time.perf_counter()
    for letter in "1一":
        assert not is_divider(letter * 22 + "第") and not is_divider("第" + letter * 23)
    assert time.perf_counter() - begun < 0.05
