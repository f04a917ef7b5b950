"""What one superuser asks is done in the order in which it came."""

from __future__ import annotations

import asyncio
from typing import Any

from simulated_chat import SUPERUSER, Chat


async def test_a_burst_of_changes_acts_in_its_order(chat: Chat) -> None:
    """An implementation that hands over a backlog sends all of it at once."""
    words = ["开通 60012 1年", "停用 60012 转卖", "恢复 60012", "续期 60012 1月"]
    for member in range(60_012, 60_024):
        events = [chat.event(one.replace("60012", str(member)), SUPERUSER) for one in words]
        await asyncio.gather(*(chat.send(event) for event in events))
    async with chat.application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT member, kind FROM ledger ORDER BY number")
    by_member: dict[str, list[str]] = {}
    for member_of_row, kind in rows:
        by_member.setdefault(str(member_of_row), []).append(str(kind))
    kinds = ["grant", "suspend", "resume", "renew"]
    by_member.pop("20001")  # a member from the start
    assert by_member == {str(member): kinds for member in range(60_012, 60_024)}


async def test_what_hangs_silences_its_sender_for_a_bounded_time(plugins: Any) -> None:
    from jianggao.chat.receiving.order import Order

    order = Order(longest_wait=0.01)
    first, second = order.take("1"), order.take("1")
    await first.wait()
    await second.wait()
    second.end()
    first.end()
    first.end()
    assert len(order) == 0


async def test_the_next_begins_when_the_one_before_has_ended(plugins: Any) -> None:
    from jianggao.chat.receiving.order import Order

    order, done = Order(), []
    first, second, others = order.take("1"), order.take("1"), order.take("2")

    async def act(turn: Any, name: str) -> None:
        await turn.wait()
        done.append(name)
        await asyncio.sleep(0)
        turn.end()

    await asyncio.gather(act(second, "second"), act(others, "others"), act(first, "first"))
    assert done.index("first") < done.index("second") and done[0] == "others" and len(order) == 0
