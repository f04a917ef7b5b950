"""The host of a script as its speaker."""

from __future__ import annotations

import pytest
from parsed_texts import TITLE, A, B, speech_of

from jianggao.parsing.hosts import host_of_script

SCRIPT = "松坪镇春季植树启动仪式主持词"


@pytest.mark.parametrize(
    "line", ["主持人：副镇长  罗小满", "主持：罗小满", "主持人：镇党委副书记、镇长 罗 小 满"]
)
def test_the_host_speaks_his_script(line: str) -> None:
    assert host_of_script([line], SCRIPT) == "罗小满"
    assert speech_of(SCRIPT, line, "同志们：", A, B).speaker == "罗小满"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["主持人：罗小满"], TITLE),
        (["主持人：罗小满"], ""),
        (["主持人：罗小满 周文"], SCRIPT),
        (["主持人：罗小满", "主持人：周文"], SCRIPT),
        (["主持人：×××"], SCRIPT),
        (["记录人：罗小满"], SCRIPT),
    ],
)
def test_where_no_host_is_the_speaker(lines: list[str], title: str) -> None:
    assert host_of_script(lines, title) == ""


def test_a_speaker_goes_before_the_host() -> None:
    speech = speech_of(SCRIPT, "主持人：罗小满", "主讲人：周文", "同志们：", A, B)
    assert speech.speaker == "周文"


@pytest.mark.parametrize(
    "line",
    [
        "主持人：三年级班主任 梁老师 学生代表 罗小满",
        "主持：工会主席 周文 团委书记 罗小满",
        "主持人：周老师 罗小满",
    ],
)
def test_of_two_hosts_none_is_the_speaker(line: str) -> None:
    assert host_of_script([line], SCRIPT) == ""
