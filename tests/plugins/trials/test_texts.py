"""The words of 试用."""

from __future__ import annotations

import importlib
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from jianggao.access.trials import TrialObstacle, TrialRefusal
from jianggao.outbound.send_outcomes import Delivered, RefusalReason, Refused, SendOutcome, Unknown
from jianggao.settings import Settings
from jianggao.trial_setting import Trial

SETTINGS = Settings(subscribe_text="找群主", trial=Trial(3), trial_wait=timedelta(days=2))
NOON = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)


@pytest.fixture
def texts(plugins: None) -> Any:
    return importlib.import_module("plugins.trials.texts")


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (NOON, "2026-03-18 12:00"),
        (NOON + timedelta(microseconds=1), "2026-03-18 12:01"),
        (NOON + timedelta(seconds=59), "2026-03-18 12:01"),
        (NOON + timedelta(hours=12, seconds=-1), "2026-03-19 00:00"),
    ],
)
def test_the_minute_that_is_named_is_never_too_early(texts: Any, moment: datetime, told: str) -> None:
    refusal = TrialRefusal(TrialObstacle.TOO_NEW, allowed_at=moment)
    assert texts.refused(refusal, SETTINGS) == f"加好友满 2 天才能试用，你从 {told} 起可以领。到时再发一次。"


@pytest.mark.parametrize("obstacle", TrialObstacle)
def test_every_refusal_says_why(texts: Any, obstacle: TrialObstacle) -> None:
    assert "试用" in texts.refused(TrialRefusal(obstacle), SETTINGS) or obstacle is TrialObstacle.MEMBER


@pytest.mark.parametrize(
    ("outcome", "is_left"),
    [
        (Delivered("7"), False),
        (Unknown(), False),
        (Refused(RefusalReason.OTHER, after_a_part=True), False),
        (Refused(RefusalReason.OTHER), True),
        (Refused(RefusalReason.ACCOUNT_LIMITED), True),
    ],
)
def test_whether_the_trial_is_left_is_told(texts: Any, outcome: SendOutcome, is_left: bool) -> None:
    assert ("试用还在" in texts.sent(8, outcome, SETTINGS)) is is_left


def test_after_a_restart_the_same_command_is_asked_for(texts: Any) -> None:
    assert texts.never_left(8).endswith("试用还在。请再发一次：试用 8")
