"""How a line of a speech reads."""

from __future__ import annotations

import pytest

from jianggao.parsing.speech_lines import (
    is_list_item,
    is_name,
    is_person,
    is_sentence,
    names_local_people,
    rows_of_tables,
    speaks_to_audience,
    table_rows,
)


@pytest.mark.parametrize("line", ["渠修好了。", "干吧！", "“水来了。”", "谁来修？", "一条一条修……"])
def test_sentences(line: str) -> None:
    assert is_sentence(line)
    assert not is_sentence(line + "渠边")


@pytest.mark.parametrize(
    "line",
    [
        "再次感谢各位来宾的关注和支持",
        "祝大家身体健康",
        "以上发言，仅供参考",
        "让我们一起把渠修好",
        "不妥之处请批评指正",
        "有困难请拨打热线",
        "这些数字仅供会议讨论",
        "我县的渠最老",
    ],
)
def test_words_to_the_audience(line: str) -> None:
    assert speaks_to_audience(line)


@pytest.mark.parametrize(
    "line",
    ["关注我们", "听雨文稿整理", "仅供学习参考", "如有侵权，我们将及时删除", "各位读者请勿外传", "欢迎来稿"],
)
def test_words_to_readers(line: str) -> None:
    assert not speaks_to_audience(line)


def test_those_whom_a_speech_is_about() -> None:
    assert names_local_people("村民有事找支部")
    assert not names_local_people("会员专享")


@pytest.mark.parametrize("line", ["1. 修渠", "（二）修闸", "三、修坝", "· 水泵", "——水", "①沙袋"])
def test_entries_of_lists(line: str) -> None:
    assert is_list_item(line)
    assert not is_list_item("渠边" + line)


def test_names_that_sign_a_speech() -> None:
    assert all(map(is_person, ["方大川", "方 川", "×××"]))
    assert all(map(is_name, ["方大川", "云岭县人民政府", "县长 方大川", "中共云岭县委员会"]))
    assert not any(map(is_name, ["渠水有声", "让每一滴水都有去处", "县" * 50]))


def test_rows_of_a_table_have_as_many_cells_as_their_neighbours() -> None:
    lines = [
        "网址如下",
        "农机站 a.example.com 三月",
        "卫生院 b.example.cn 五月",
        "文化站 | c.example.net | 九月",
        "完了",
    ]
    assert table_rows(lines) == {1, 2, 3}
    assert table_rows(["听雨文稿 QQ 100200300", "渠"]) == set()
    assert table_rows([]) == set()


def test_rows_below_a_tables_head_or_with_bars() -> None:
    assert rows_of_tables(["序号 内容 结果", "1 渠口", "2 闸门", "看完了。", "3 账本"]) == {0, 1, 2}
    assert rows_of_tables(["1 | 渠口", "2 | 闸门", "渠 | 岸", "1 渠口"]) == {0, 1, 2}
    assert rows_of_tables(["序号写错了，重写。", "1 渠口", "一 | 渠", ""]) == set()
