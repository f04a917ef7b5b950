"""Each lock has a reason, and help where something helps."""

from __future__ import annotations

import importlib
from datetime import timedelta
from typing import Any

import pytest

from jianggao.access.verdicts import Help, LockReason
from jianggao.settings import Settings
from jianggao.trial_setting import Trial


@pytest.fixture
def refusals(plugins: None) -> Any:
    return importlib.import_module("plugins.refusal_texts")


@pytest.mark.parametrize("why", LockReason)
def test_each_lock_says_why_and_what_helps(refusals: Any, why: LockReason) -> None:
    settings = Settings()
    first, *rest = refusals.locked(why, settings).split("\n")
    assert first == f"🔒 {refusals.reason(why)}" and len(first) > 3
    assert rest == ([] if why.help is Help.NOTHING else refusals.help_with(why, settings).split("\n"))


def test_no_two_reasons_read_alike(refusals: Any) -> None:
    assert len({refusals.reason(why) for why in LockReason}) == len(LockReason)


@pytest.mark.parametrize("why", [LockReason.NOT_A_MEMBER, LockReason.EXPIRED, LockReason.NEWER_THAN_WINDOW])
def test_who_could_subscribe_is_told_how_in_the_operators_words(refusals: Any, why: LockReason) -> None:
    settings = Settings(subscribe_text="请联系文稿社")
    assert refusals.help_with(why, settings) == "请联系文稿社"


@pytest.mark.parametrize("why", LockReason)
def test_the_trial_is_named_to_who_never_was_a_member_alone(refusals: Any, why: LockReason) -> None:
    settings = Settings(subscribe_text="请联系文稿社", trial=Trial(7))
    offered = "请联系文稿社\n可先免费试用 7 天：私聊我发“试用”（加好友满 1 天）。"
    expected = why is LockReason.NOT_A_MEMBER
    assert (refusals.help_with(why, settings) == offered) is expected
    assert ("试用" in refusals.help_with(why, settings)) is expected


def test_a_text_for_trial_is_named_with_what_to_type(refusals: Any) -> None:
    settings = Settings(subscribe_text="请联系文稿社", trial=Trial(None))
    assert (
        refusals.with_trial("甲", settings)
        == "甲\n可先免费试用一篇全文：私聊我发“试用 篇号”（加好友满 1 天）。"
    )
    at_once = Settings(trial=Trial(None), trial_wait=timedelta())
    assert refusals.with_trial("甲", at_once) == "甲\n可先免费试用一篇全文：私聊我发“试用 篇号”。"
    assert refusals.with_trial("甲", Settings()) == "甲"
