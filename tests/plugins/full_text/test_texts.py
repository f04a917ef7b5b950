"""What 全文 says: a refusal before anything left reads unlike a text that may have arrived."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from jianggao.access.verdicts import Locked, LockReason
from jianggao.outbound.send_outcomes import RefusalReason, Refused, Unknown
from jianggao.settings import Settings


@pytest.fixture
def texts(plugins: None) -> Any:
    return importlib.import_module("plugins.full_text.texts")


def test_who_may_not_have_it_is_told_why(texts: Any) -> None:
    first, *rest = texts.refused(12, Locked(LockReason.SUSPENDED), Settings()).split("\n")
    assert first == "第 12 篇的全文看不了。"
    assert rest[0] == "🔒 会员已停用" and "管理员" in rest[1]


def test_after_a_restart_the_command_is_named_that_gets_it(texts: Any) -> None:
    assert "全文 12" in texts.never_left(12) and "不算今天的额度" in texts.never_left(12)


@pytest.mark.parametrize("reason", RefusalReason)
def test_what_was_refused_is_said_not_to_have_left(texts: Any, reason: RefusalReason) -> None:
    said = texts.not_sent(Refused(reason))
    assert "没有发出" in said and "可能" not in said


def test_what_is_refused_for_a_reason_of_its_own_says_so(texts: Any) -> None:
    said = {
        reason: texts.not_sent(Refused(reason))
        for reason in (RefusalReason.NOT_ALLOWED, RefusalReason.ACCOUNT_LIMITED, RefusalReason.OTHER)
    }
    assert len(set(said.values())) == 3
    assert "会员状态" in said[RefusalReason.NOT_ALLOWED]
    assert "转发" in said[RefusalReason.OTHER], "another way is offered"


def test_what_may_have_arrived_is_to_be_looked_for_first(texts: Any) -> None:
    assert "可能已经发出" in texts.not_sent(Unknown())
