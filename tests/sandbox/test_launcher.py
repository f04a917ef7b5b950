"""The bot's clocks are ahead of the machine's by what the file says at that moment."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from jianggao.clock import system_clock
from jianggao.errors import CannotStart
from jianggao.sandbox import launcher


def test_the_offset_is_read_anew_each_time(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    file.write_text("0.0", "ascii")
    ahead = launcher.offset_in(file)
    assert ahead() == 0
    file.write_text("86400.5", "ascii")
    assert ahead() == 86_400.5


def test_the_bot_is_started_with_both_clocks_ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "clock"
    file.write_text("3600", "ascii")
    started: dict[str, Callable[[], Any]] = {}
    monkeypatch.setattr(launcher, "start", lambda home, **clocks: started.update(clocks))
    monkeypatch.setattr(sys, "argv", ["launcher", str(file)])
    launcher.main()
    before: datetime = system_clock()
    now = started["clock"]()
    assert timedelta(hours=1) <= now - before < timedelta(hours=1, minutes=5)
    assert 3_600 <= started["monotonic"]() - time.monotonic() + 1 < 3_602


def test_wrong_settings_end_it_with_their_text_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(home: Path, **clocks: Any) -> None:
        raise CannotStart("SUPERUSERS 要写账号")

    monkeypatch.setattr(launcher, "start", refuse)
    monkeypatch.setattr(sys, "argv", ["launcher", str(tmp_path / "clock")])
    with pytest.raises(SystemExit) as ended:
        launcher.main()
    assert ended.value.code == "SUPERUSERS 要写账号"
