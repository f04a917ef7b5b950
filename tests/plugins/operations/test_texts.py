"""What the operator's commands answer."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any

AT = datetime(2026, 3, 18, 4, tzinfo=timezone.utc)


def errors(*seen: tuple[str, str]) -> Any:
    """A record of errors of these kinds and places, a minute apart, the newest first."""
    recorded = [
        SimpleNamespace(at=AT - timedelta(minutes=number), kind=kind, place=place)
        for number, (kind, place) in enumerate(seen)
    ]
    return SimpleNamespace(newest_first=lambda: recorded)


def text(*seen: tuple[str, str], dropped: int = 0) -> str:
    from plugins.operations.texts import recent_errors_text

    return recent_errors_text(errors(*seen), dropped, "logs/bot.log", timezone.utc)


def test_without_errors_it_says_where_the_log_is(plugins: None) -> None:
    assert text() == "没有记到错误。\n完整日志在机器人的电脑上：logs/bot.log"
    assert "丢弃了 3 条读不懂的数据" in text(dropped=3)


def test_errors_that_are_alike_and_stand_together_are_one_line(plugins: None) -> None:
    kind, place = "OSError", "jianggao/x.py:1"
    lines = text((kind, place), (kind, place), ("KeyError", place), (kind, place)).splitlines()
    assert lines == [
        "最近 4 个错误，新的在前：",
        "03-18 04:00 OSError（jianggao/x.py:1） 连续 2 次",
        "03-18 03:58 KeyError（jianggao/x.py:1）",
        "03-18 03:57 OSError（jianggao/x.py:1）",
        "按种类：OSError 3 次、KeyError 1 次。",
        "完整日志在机器人的电脑上：logs/bot.log",
    ]


def test_ten_lines_and_eight_kinds_are_shown(plugins: None) -> None:
    shown = text(*((f"Error{number}", "x.py:1") for number in range(12)))
    assert "还有 2 条更早的，见日志。" in shown and "等 12 种。" in shown
    assert shown.count("（x.py:1）") == 10


def test_a_path_is_shown_by_its_last_folders(plugins: None) -> None:
    from plugins.operations.texts import shown_path

    assert shown_path(Path("/home/somebody/bot/data/logs/bot.log")) == "data/logs/bot.log"
    assert shown_path(Path("bot.log")) == "bot.log"
