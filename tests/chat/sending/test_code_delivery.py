"""Codes are handed over as a file and a message, and what became of both decides whether they are valid."""

from __future__ import annotations

from typing import Any

import pytest

from jianggao.membership.durations import Duration
from jianggao.outbound.send_outcomes import Delivered, RefusalReason, Refused, SendOutcome, Unknown
from jianggao.redeem_codes.code_form import new_code
from jianggao.redeem_codes.code_store import CodeTerms
from jianggao.redeem_codes.issuing import NewBatch

YES, NO, WHO_KNOWS = Delivered(), Refused(RefusalReason.NOT_A_FRIEND), Unknown()
BATCH = NewBatch(3, CodeTerms(Duration(years=1)), (new_code(), new_code()))


class FakeSender:
    def __init__(self, file: SendOutcome, message: SendOutcome) -> None:
        self.file, self.message = file, message
        self.sent: list[Any] = []

    async def file_to_friend(self, account: str, name: str, content: bytes, **conditions: Any) -> SendOutcome:
        self.sent.append((account, name, content, conditions["expires_after"]))
        return self.file

    async def to_friend(self, account: str, text: str, **conditions: Any) -> SendOutcome:
        self.sent.append((account, text, conditions["expires_after"]))
        return self.message


async def handed_over(file: SendOutcome, message: SendOutcome) -> tuple[Any, FakeSender]:
    from jianggao.chat.sending.code_delivery import hand_over

    sender = FakeSender(file, message)
    return await hand_over(sender, "90001", BATCH, "标题"), sender  # type: ignore[arg-type]


async def test_both_go_to_the_one_who_ordered_and_do_not_wait_for_ever() -> None:
    found, sender = await handed_over(YES, YES)
    file, message = sender.sent
    assert file == ("90001", BATCH.file_name, BATCH.file_content, 120.0)
    assert message == ("90001", "\n".join(["标题", *BATCH.codes]), 120.0)
    assert found.arrived and not found.is_unknown


@pytest.mark.parametrize(
    ("file", "message", "arrived", "is_unknown"),
    [
        (YES, NO, True, False),
        (NO, YES, True, False),
        (NO, NO, False, False),
        (YES, WHO_KNOWS, False, True),
        (NO, WHO_KNOWS, False, True),
    ],
)
async def test_one_is_enough_and_an_unknown_end_is_too_many(
    file: SendOutcome, message: SendOutcome, arrived: bool, is_unknown: bool
) -> None:
    found, _ = await handed_over(file, message)
    assert (found.arrived, found.is_unknown) == (arrived, is_unknown)


async def test_nothing_follows_a_file_of_unknown_end() -> None:
    found, sender = await handed_over(WHO_KNOWS, YES)
    assert len(sender.sent) == 1 and found.is_unknown and not found.arrived


async def test_the_refusal_that_is_told_is_that_of_the_message() -> None:
    found, _ = await handed_over(Refused(RefusalReason.NO_SUCH_CALL), NO)
    assert found.refusal == NO
