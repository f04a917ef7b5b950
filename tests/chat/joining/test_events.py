"""Events about joining are handled beside the hook: a bounded number, none while the bot stops, and a failure
ends nothing else."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import pytest
from joining_chat import Groups, asks, joining
from nonebot import logger
from simulated_chat import MEMBER, MEMBER_GROUP, VISITOR

from jianggao.errors import CannotWrite, DiskFailing


async def test_so_many_are_handled_at_once_and_the_rest_dropped(
    groups: Groups, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianggao.chat.joining import events

    go_on = asyncio.Event()

    async def waits(*_: object) -> None:
        await go_on.wait()

    monkeypatch.setattr(events, "MOST_AT_ONCE", 3)
    monkeypatch.setattr(joining().requests, "judge", waits)
    for number in range(10):
        await groups.chat.send(asks(VISITOR, f"f{number}"))
    assert len(joining()._tasks) == 3
    go_on.set()
    await joining().all_done()
    assert len(joining()._tasks) == 0


async def test_a_bot_that_stops_begins_nothing(groups: Groups) -> None:
    joining().is_closed = True
    await groups.hear(asks(MEMBER, "f1"))
    joining().look_up(groups.chat.bot)
    await joining().go_on()
    assert groups.calls == []


@pytest.mark.parametrize("failure", [CannotWrite(DiskFailing("磁盘")), ValueError("broken")])
async def test_a_failure_of_one_kind_of_work_ends_no_other(
    groups: Groups, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    async def fails() -> None:
        raise failure

    monkeypatch.setattr(joining().requests, "follow_up", fails)
    await groups.came(VISITOR)
    groups.chat.clock.advance(seconds=25)
    lines: list[str] = []
    sink = logger.add(lines.append, level="WARNING")
    await joining().go_on()
    logger.remove(sink)
    assert any("欢迎进群" in sent.text for sent in groups.chat.sent)
    assert any("not done for now" in line for line in lines)


async def test_the_loop_goes_on_until_the_bot_stops(groups: Groups, monkeypatch: pytest.MonkeyPatch) -> None:
    from jianggao.chat.joining.events import CHECK_INTERVAL, watch_joining

    rests: list[float] = []

    async def rest(seconds: float) -> None:
        rests.append(seconds)
        if len(rests) == 3:
            raise asyncio.CancelledError

    with suppress(asyncio.CancelledError):
        await watch_joining(joining(), rest)
    assert rests == [CHECK_INTERVAL] * 3


@pytest.mark.parametrize(
    "fields",
    [
        {"sub_type": "invite"},
        {"request_type": "friend"},
        {"flag": None},
        {"flag": ""},
        {"flag": True},
        {"flag": ["f"]},
        {"flag": "f" * 201},
        {"user_id": "x"},
    ],
)
async def test_what_is_no_request_to_join_is_not_answered(groups: Groups, fields: dict[str, Any]) -> None:
    await groups.hear({**asks(VISITOR, "f1"), **fields})
    assert groups.answers == []


@pytest.mark.parametrize(
    "fields", [{"flag": 17}, {"user_id": str(VISITOR)}, {"comment": None}, {"comment": [1]}]
)
async def test_ids_and_flags_come_in_other_forms_too(groups: Groups, fields: dict[str, Any]) -> None:
    await groups.hear({**asks(VISITOR, "17"), **fields})
    assert [answer[:2] for answer in groups.answers] == [("17", False)]


async def test_requests_that_were_dropped_are_looked_up_soon_after(
    groups: Groups, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianggao.chat.joining import events

    groups.open_requests = [{"request_id": 5001, "requester_uin": MEMBER, "group_id": MEMBER_GROUP}]
    with monkeypatch.context() as patched:
        patched.setattr(events, "MOST_AT_ONCE", 0)
        await groups.hear(asks(MEMBER, "700001|5001|1|0"))
        await joining().go_on()
        assert groups.calls == []  # still too many
    groups.refused["get_group_system_msg"] = 100
    await joining().go_on()
    groups.refused.clear()
    for _ in range(3):
        await joining().go_on()
    assert groups.answers == [("5001", True, "")]
    assert len(groups.made("get_group_system_msg")) == 2


async def test_a_list_that_is_never_had_is_not_asked_for_again_and_again(
    groups: Groups, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianggao.chat.joining import events

    with monkeypatch.context() as patched:
        patched.setattr(events, "MOST_AT_ONCE", 0)
        await groups.hear(asks(MEMBER, "f1"))
    groups.refused["get_group_system_msg"] = 1404
    for _ in range(20):
        await joining().go_on()
    assert len(groups.made("get_group_system_msg")) == events.MOST_LOOKUPS
