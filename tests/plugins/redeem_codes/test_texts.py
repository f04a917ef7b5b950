"""The answers about codes are short, say what to do, and never hold a code."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from code_desk import NOW, YEAR

from jianggao.chat.sending.code_delivery import HandOver
from jianggao.outbound.send_outcomes import Delivered, RefusalReason, Refused, Unknown
from jianggao.outbound.splitting import SINGLE
from jianggao.redeem_codes.code_form import find_codes, new_code
from jianggao.redeem_codes.code_store import BatchState, CodeBatch, CodeTerms
from jianggao.redeem_codes.issuing import NewBatch
from jianggao.redeem_codes.overviews import BatchPage
from jianggao.redeem_codes.redemption import (
    LockedOut,
    NotForMembers,
    Rejected,
    Suspended,
    TrialTaken,
    UsedByYou,
)


@pytest.fixture
def texts(plugins: None) -> Any:
    """The module, imported when NoneBot has loaded its plugin."""
    from plugins.redeem_codes import texts

    return texts


ZONE = ZoneInfo("Asia/Shanghai")


def batch_of(size: int = 2) -> NewBatch:
    return NewBatch(3, YEAR, tuple(new_code() for _ in range(size)))


def test_no_answer_about_a_batch_holds_its_codes(texts: Any) -> None:
    batch, friend = batch_of(), Refused(RefusalReason.NOT_A_FRIEND)
    answers = [
        texts.stopped(batch),
        texts.not_activated(batch),
        texts.heading(batch),
        texts.handed_over(batch, HandOver(Delivered(), Delivered())),
        texts.handed_over(batch, HandOver(friend, Delivered())),
        texts.handed_over(batch, HandOver(Delivered(), friend)),
        texts.not_handed_over(batch, HandOver(Unknown(), Unknown())),
        texts.not_handed_over(batch, HandOver(friend, Refused(RefusalReason.OTHER))),
    ]
    assert len(set(answers)) == len(answers)
    assert not any(find_codes(answer) for answer in answers)
    assert all("第 3 批" in answer and len(answer) < 200 for answer in answers)


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (Rejected(), "用不了"),
        (UsedByYou(NOW, 7), "2026-03-18 兑换过了（记录号 7）"),
        (LockedOut(12), "请 12 分钟后再试"),
        (TrialTaken(), "没有用掉"),
        (NotForMembers(), "没有用掉"),
        (Suspended(), "没有用掉"),
    ],
)
def test_each_outcome_says_what_to_do(texts: Any, outcome: object, told: str) -> None:
    assert told in texts.outcome(outcome, NOW, ZONE)


def test_a_page_of_batches_is_a_readable_message(texts: Any) -> None:
    terms = CodeTerms(YEAR.duration, note="淘宝\n店")
    batches = tuple(
        CodeBatch(number, "90001", NOW, 20, terms, BatchState.ACTIVE, True, 4, 1)
        for number in range(10, 0, -1)
    )
    page = texts.batch_list(BatchPage(batches, 1, 3, 25), ZONE)
    assert "第 1/3 页" in page and "未用 15，已用 4，作废 1" in page
    assert len(page) < SINGLE and len(page.splitlines()) == 12
