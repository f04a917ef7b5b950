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


@pytest.mark.parametrize("run", ["", "上", "防汛大会", "座谈会" * 60 + "稿"])
def test_other_runs_are_no_bare_occasions(run: str) -> None:
    """However often 座谈会 stands there: 座谈 and 会 are parts, too, and a pattern could part it in many ways."""
    assert not is_bare_occasion(run)


@pytest.mark.parametrize(
    ("run", "matter"),
    [
        ("全市防汛工作视频会议", "防汛"),
        ("教师节表彰大会", "教师节"),
        ("全县森林防火工作电视电话会议", "森林防火"),
        ("市委农村工作会议", "农村"),
    ],
)
def test_the_matter_is_the_theme_without_who_met_and_how(run: str, matter: str) -> None:
    parts = name_parts(run)
    assert parts is not None and parts.matter == matter


def test_what_sounds_like_an_occasion() -> None:
    assert holds_occasion("旅游大会") and holds_occasion("政府工作报告") and not holds_occasion("拖拉机")
