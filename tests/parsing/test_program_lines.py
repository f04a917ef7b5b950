"""What programs and phones leave above a text that was copied from them."""

from __future__ import annotations

import pytest

from jianggao.parsing.program_lines import is_of_a_program


@pytest.mark.parametrize(
    "line",
    [
        "WPS 文字 - 发言稿终稿3",
        "Word - 致辞定稿.docx",
        "文档2 - Word",
        "新建 DOCX 文档.docx",
        "未命名笔记",
        "来自小米便签",
        "以下内容由AI生成",
        "【语音转文字】",
        "工作群的聊天记录",
    ],
)
def test_windows_files_and_notes_are_of_a_program(line: str) -> None:
    assert is_of_a_program(line)


@pytest.mark.parametrize(
    "line",
    [
        "聊天记录里的民情",
        "一份没有念完的讲话稿",
        "让笔记走到田头",
        "在全镇路灯管护推进会上的讲话",
        "手机响了三遍",
    ],
)
def test_themes_are_of_none(line: str) -> None:
    assert not is_of_a_program(line)
