"""Whether superusers were told is known, not hoped."""

from __future__ import annotations

from typing import Any

import pytest
from joining_chat import Groups
from nonebot.adapters.onebot.v11.exception import ActionFailed, NetworkError


@pytest.mark.parametrize(
    ("failure", "told"),
    [(None, True), (NetworkError("x"), True), (ActionFailed(status="failed", message="result: 16"), False)],
)
async def test_only_what_was_refused_for_certain_was_not_told(
    groups: Groups, failure: Exception | None, told: bool
) -> None:
    from jianggao.chat.joining.superuser_notices import was_told

    def answer(action: str, data: dict[str, Any]) -> Any:
        if failure is not None:
            raise failure

    groups.chat.answer = answer
    assert await was_told(groups.chat.services, "要看一下") is told


async def test_without_a_connected_account_nobody_was_told(
    groups: Groups, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianggao.chat.joining.superuser_notices import was_told

    monkeypatch.setattr("jianggao.chat.sending.notices.get_bots", dict)
    assert not await was_told(groups.chat.services, "要看一下")
