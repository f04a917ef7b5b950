"""TRIAL and TRIAL_WAIT: what they may be, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jianggao.errors import CannotStart
from jianggao.settings import load_settings
from jianggao.trial_setting import Trial


@pytest.mark.parametrize(
    ("written", "trial"),
    [
        ("3天", Trial(3)),
        ("３ 天", Trial(3)),
        ("7日", Trial(7)),
        ("2周", Trial(14)),
        ("31天", Trial(31)),
        ("1篇", Trial(None)),
        ("一篇全文", Trial(None)),
        ("三天", Trial(3)),
        ("十五天", Trial(15)),
        ("二十天", Trial(20)),
        ("两周", Trial(14)),
        ("一个星期", Trial(7)),
        ("off", None),
        ("", None),
    ],
)
def test_a_trial_is_some_days_or_one_full_text(written: str, trial: Trial | None) -> None:
    assert load_settings({"TRIAL": written}).trial == trial


def test_there_is_none_unless_it_is_set() -> None:
    assert load_settings({}).trial is None


@pytest.mark.parametrize(
    "written",
    [
        "3",
        "0天",
        "32天",
        "5周",
        "1年",
        "2篇",
        "-1天",
        "true",
        "三天两夜",
        "十十天",
        "三十二天",
        "二三天",
        "零天",
    ],
)
def test_another_trial_is_refused_with_what_to_write(written: str) -> None:
    with pytest.raises(CannotStart, match=r"^设置 TRIAL 不对：写 3天（最多 31 天）或 1篇"):
        load_settings({"TRIAL": written})


@pytest.mark.parametrize(("written", "days"), [("0天", 0), ("1天", 1), ("2周", 14), ("365天", 365), ("", 1)])
def test_the_wait_is_some_days(written: str, days: int) -> None:
    assert load_settings({"TRIAL_WAIT": written}).trial_wait == timedelta(days=days)


@pytest.mark.parametrize("written", ["24小时", "1", "366天", "-1天", "1年"])
def test_another_wait_is_refused_with_what_to_write(written: str) -> None:
    with pytest.raises(CannotStart, match=r"^设置 TRIAL_WAIT 不对：写 1天"):
        load_settings({"TRIAL_WAIT": written})


def test_a_trial_is_named_as_people_read_it() -> None:
    assert (str(Trial(3)), str(Trial(None))) == ("3 天", "一篇全文")
