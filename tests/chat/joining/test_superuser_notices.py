"""Whether superusers were told is known, not hoped."""

from __future__ import annotations

from typing import Any

import pytest
from joining_chat import Groups
from nonebot.adapters.onebot.v11.exception import ActionFailed, NetworkError


def failing(groups: Groups, failure: Exception | None) -> list[str]:
    """Lets every private message end so, and returns the list of those that were tried."""
    tried: list[str] = []

    def answer(action: str, data: dict[str, Any]) -> Any:
        if action == "send_private_msg":
            tried.append(str(data["user_id"]))
            if failure is not None:
                raise failure

    groups.chat.answer = answer
    return tried


NOT_A_FRIEND = ActionFailed(status="failed", message="result: 16")
LIMITED = ActionFailed(status="failed", message="result: 46")


@pytest.mark.parametrize(
    ("failure", "told"), [(None, "surely"), (NetworkError("x"), "perhaps"), (NOT_A_FRIEND, "not")]
)
async def test_what_superusers_have_got_is_known(
    groups: Groups, failure: Exception | None, told: str
) -> None:
    from jianggao.chat.joining.superuser_notices import tell

    failing(groups, failure)
    assert (await tell(groups.chat.services, "要看一下")).value == told


async def test_an_account_that_qq_has_limited_rests_for_an_hour(groups: Groups) -> None:
    from jianggao.chat.joining.superuser_notices import Told, tell

    tried = failing(groups, LIMITED)
    for _ in range(12):
        assert await tell(groups.chat.services, "要看一下") is Told.NOT
        groups.chat.clock.advance(minutes=5)
    assert len(tried) == 1
    assert await tell(groups.chat.services, "要看一下") is Told.NOT and len(tried) == 2


async def test_a_notice_that_nobody_gets_is_repeated_after_pauses_that_grow(groups: Groups) -> None:
    from jianggao.chat.joining.superuser_notices import RepeatedNotice

    tried, notice = failing(groups, NOT_A_FRIEND), RepeatedNotice(groups.chat.services)
    for _ in range(720):
        if notice.is_due:
            assert await notice.told_of("要看一下", [1]) == ()
        groups.chat.clock.advance(seconds=5)
    assert len(tried) == 6
    failing(groups, None)
    groups.chat.clock.advance(hours=1)
    assert notice.is_due and await notice.told_of("要看一下", [1]) == [1] and notice.is_due


async def test_what_may_have_arrived_three_times_counts_as_told(groups: Groups) -> None:
    from jianggao.chat.joining.superuser_notices import RepeatedNotice

    failing(groups, NetworkError("x"))
    notice = RepeatedNotice(groups.chat.services)
    assert not await notice.told_of("要看一下", [1])
    assert not await notice.told_of("要看一下", [1, 2])
    assert await notice.told_of("要看一下", [1, 2]) == [1]
    assert not await notice.was_told("要看一下")


async def test_without_a_connected_account_nobody_was_told(
    groups: Groups, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianggao.chat.joining.superuser_notices import Told, tell

    monkeypatch.setattr("jianggao.chat.sending.notices.get_bots", dict)
    assert await tell(groups.chat.services, "要看一下") is Told.NOT
