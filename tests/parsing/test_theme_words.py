"""What a theme begins with."""

from __future__ import annotations

import pytest

from jianggao.parsing.theme_words import begins_as_theme


@pytest.mark.parametrize(
    ("line", "is_theme"),
    [
        ("让路灯亮到村口", True),
        ("办好每一所学校", True),
        ("如何把账算清", True),
        ("渠水县教育局", False),
        ("秘书工作网", False),
        ("农技员培训班讲稿（第四讲）", False),
    ],
)
def test_themes_begin_with_what_is_done(line: str, is_theme: bool) -> None:
    assert begins_as_theme(line) is is_theme
