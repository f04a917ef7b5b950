"""Numbers of days, as operators write them into settings."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jianggao.day_counts import days_of, is_off
from jianggao.errors import CannotStart
from jianggao.settings import load_settings
from jianggao.trial_setting import Trial

NO_DAYS = (
    "24小时",
    "1个月",
    "1年",
    "-1天",
    "7",
    "天",
    "多天",
    "二三天",
    "十十天",
    "零五天",
    "一百八天",
    "三天两夜",
    "10000天",
)


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("7天", 7),
        ("７ 天", 7),
        ("7日", 7),
        ("三天", 3),
        ("十五天", 15),
        ("一百零五天", 105),
        ("两百天", 200),
        ("2周", 14),
        ("两周", 14),
        ("1个星期", 7),
        ("一个礼拜", 7),
        ("0天", 0),
        ("零天", 0),
    ],
)
def test_days_and_weeks_are_read_in_digits_and_numerals(written: str, days: int) -> None:
    assert days_of(written) == days


@pytest.mark.parametrize("written", NO_DAYS)
def test_what_is_no_number_of_days_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="not a num"):
        days_of(written)


@pytest.mark.parametrize("written", ["off", " OFF ", "no", "false", "不", "无", "关", "", "  "])
def test_a_setting_is_switched_off_in_so_many_words(written: str) -> None:
    assert is_off(written)
    settings = load_settings({"TRIAL": written, "REMOVE_EXPIRED": written})
    assert settings.trial is None and settings.remove_expired is None


@pytest.mark.parametrize("written", ["7天", "７ 天", "七天", "7日", "1周", "一个星期"])
def test_all_settings_of_days_take_the_same_forms(written: str) -> None:
    settings = load_settings({"TRIAL": written, "TRIAL_WAIT": written, "REMOVE_EXPIRED": written})
    assert settings.trial == Trial(7)
    assert settings.trial_wait == timedelta(days=7) and settings.remove_expired == 7


def test_those_who_expired_may_be_given_a_bare_number_of_days_and_waiting_may_be_off() -> None:
    assert load_settings({"REMOVE_EXPIRED": "７"}).remove_expired == 7
    assert load_settings({"TRIAL_WAIT": "off"}).trial_wait == timedelta()


@pytest.mark.parametrize("name", ["TRIAL", "TRIAL_WAIT", "REMOVE_EXPIRED"])
@pytest.mark.parametrize("written", ["24小时", "1个月", "二三天", "9999天"])
def test_another_form_is_refused_with_what_to_write(name: str, written: str) -> None:
    with pytest.raises(CannotStart, match=rf"^设置 {name} 不对：写 \d天.*最多 \d+ 天"):
        load_settings({name: written})


@pytest.mark.parametrize("written", ["0", "0天", "3661天", "-7", "600周"])
def test_people_are_removed_after_one_day_to_ten_years(written: str) -> None:
    with pytest.raises(CannotStart, match=r"^设置 REMOVE_EXPIRED 不对：写 7天、2周 .*最多 3660 天"):
        load_settings({"REMOVE_EXPIRED": written})
