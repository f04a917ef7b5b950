"""Whether a title goes on in the next line, and how it is written in one."""

from __future__ import annotations

import pytest

from jianggao.parsing.title_lines import (
    continues,
    ends_like_title,
    in_one_line,
    is_open,
    is_part_number,
    is_strong_title,
    is_whole_title,
    names_a_speech,
    names_a_speech_first,
)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["政 府 工 作 报 告"], "政府工作报告"),
        (["2025年政 府 工 作 报 告"], "2025年政府工作报告"),
        (["年 度 总结"], "年度总结"),
        (["凝心聚力 修渠引水"], "凝心聚力 修渠引水"),
        (["AI 时代的讲 话"], "AI 时代的讲话"),
        (["在全县水利冬修", "动员会上的", "讲 话"], "在全县水利冬修动员会上的讲话"),
        (["在渠边的讲话（2025年3月18日）"], "在渠边的讲话"),
        (["在渠边的讲话（节选）"], "在渠边的讲话（节选）"),
        (["《在渠边的讲话》"], "在渠边的讲话"),
        (["【在渠边的讲话】"], "在渠边的讲话"),
        (["《渠》与《闸》"], "《渠》与《闸》"),
        (["读《渠水有声》"], "读《渠水有声》"),
        (["——在渠边的讲话"], "在渠边的讲话"),
        ([""], ""),
    ],
)
def test_titles_in_one_line(lines: list[str], title: str) -> None:
    assert in_one_line(lines) == title


@pytest.mark.parametrize(
    "title",
    [
        "在全县水利冬修",
        "关于进一步做好",
        "路灯管护的",
        "渠水与",
        "《渠水",
        "方大川同志在全县水利冬修",
        "渠往哪里修，",
    ],
)
def test_open_titles(title: str) -> None:
    assert is_open(title)


@pytest.mark.parametrize(
    "title",
    [
        "在全县水利冬修动员会上的讲话",
        "在渠边的讲话稿（二）",
        "让路灯亮到村口",
        "在路上",
        "关于修渠的报告",
        "《渠水》",
        "在线的日子",
    ],
)
def test_closed_titles(title: str) -> None:
    assert not is_open(title)


@pytest.mark.parametrize(
    ("title", "line"),
    [
        (["在全县水利冬修"], "动员会上的讲话"),
        (["在全县安全生产工作"], "会议上的讲话"),
        (["关于进一步做好", "秋粮收购工作的"], "几点意见"),
        (["松坪乡人民政府"], "关于修渠的报告"),
        (["工作报告"], "起草说明"),
        (["渠往哪里修，"], "水往哪里流？"),
    ],
)
def test_lines_that_make_one_title(title: list[str], line: str) -> None:
    assert not is_whole_title(title, line)


@pytest.mark.parametrize(
    ("title", "line"),
    [
        (["让路灯亮到村口"], "在松坪乡推进会上的讲话"),
        (["在松坪乡推进会上的讲话"], "让路灯亮到村口"),
        (["水从哪里来？"], "渠边夜话"),
        (["渠边夜话"], "今天讲三句话："),
        (["渠边夜话"], "渠修好了。水来了"),
        (["渠", "边", "夜", "话"], "一则"),
        (["渠" * 100], "水" * 30),
    ],
)
def test_lines_that_are_something_else(title: list[str], line: str) -> None:
    assert is_whole_title(title, line)


def test_names_of_speeches() -> None:
    assert names_a_speech("方大川同志在年中会上的讲话（节选）")
    assert names_a_speech_first("关于严禁倒卖化肥的讲话")
    assert not names_a_speech_first("本文系听雨文稿整理的领导讲话")
    assert not names_a_speech("讲话") and not names_a_speech("在路上")


def test_words_at_the_ends_of_lines() -> None:
    assert ends_like_title("在渠边的讲话") and ends_like_title("在渠邊的講話")
    assert not ends_like_title("渠水")
    assert is_strong_title("在渠边座谈会上的讲话") and not is_strong_title("工作报告")
    assert continues("的讲话") and continues("会上的讲话") and not continues("渠水")


def test_numbers_of_parts() -> None:
    assert is_part_number("（二）") and is_part_number("(下)")
    assert not is_part_number("（二）看清路") and not is_part_number("（节选）")


@pytest.mark.parametrize(
    ("title", "written"),
    [
        (["走稳每段山路", "修好每条水渠"], "走稳每段山路 修好每条水渠"),
        (["同心 合力", "一起把渠修到家门口"], "同心 合力 一起把渠修到家门口"),
        (["用好AI", "5G走进渠边"], "用好AI 5G走进渠边"),
        (["在全县水利冬修", "动员会上的讲话"], "在全县水利冬修动员会上的讲话"),
        (["松坪镇长", "修渠记事"], "松坪镇长修渠记事"),
        (["关于护好水渠", "建好水库的报告"], "关于护好水渠建好水库的报告"),
        (["★★在渠边的讲话★★"], "在渠边的讲话"),
        (["在渠边的讲话①"], "在渠边的讲话"),
        (["渠边①"], "渠边"),
        (["【讲话】在渠边的讲话"], "在渠边的讲话"),
        (["【演讲稿】守渠的人"], "【演讲稿】守渠的人"),
        (["★"], "★"),
    ],
)
def test_the_lines_of_a_title_in_one(title: list[str], written: str) -> None:
    assert in_one_line(title) == written


def test_a_speech_below_a_theme_is_another_title() -> None:
    speech = "在柳湾县信用建设会议上的讲话"
    assert is_whole_title(["让信用走进每个村"], speech)
    assert is_whole_title(["在学习中进步"], speech)
    assert not is_whole_title(["方大川同志"], speech)
    assert not is_whole_title(["学习、"], speech)
    assert not is_whole_title(["学习“水利"], speech)
    assert names_a_speech("在护渠现场会上的点评")
