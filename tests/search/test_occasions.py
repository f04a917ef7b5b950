"""Typed names of speeches are taken apart into what the speech was about and where it was held."""

from __future__ import annotations

import pytest

from jianggao.search.occasions import NameParts, holds_occasion, is_bare_occasion, name_parts, scope_parts


@pytest.mark.parametrize(
    ("run", "theme", "occasion"),
    [
        ("旅游大会", "旅游", "大会"),
        ("信访工作会议", "信访", "工作会议"),
        ("招商引资推介会", "招商引资", "推介会"),
        ("粮食会上", "粮食", "会"),
        ("毕业典礼", "毕业", "典礼"),
    ],
)
def test_a_name_has_a_theme_and_an_occasion(run: str, theme: str, occasion: str) -> None:
    assert name_parts(run) == NameParts(theme, occasion)


@pytest.mark.parametrize("run", ["就业", "会", "拖拉机"])
def test_other_runs_are_no_names(run: str) -> None:
    assert name_parts(run) is None and scope_parts(run) is None


def test_beside_other_words_a_name_must_be_surer() -> None:
    assert scope_parts("粮食会") is None and name_parts("粮食会") == NameParts("粮食", "会")
    assert scope_parts("信访工作会议") == NameParts("信访工作", "会议")
    assert scope_parts("政府工作报告") == NameParts("政府", "工作报告")


@pytest.mark.parametrize("run", ["动员大会", "全县工作会议", "推进会上", "电视电话会议"])
def test_an_occasion_alone_names_nothing(run: str) -> None:
    assert is_bare_occasion(run) and scope_parts(run) is None


def test_what_sounds_like_an_occasion() -> None:
    assert holds_occasion("旅游大会") and holds_occasion("政府工作报告") and not holds_occasion("拖拉机")
