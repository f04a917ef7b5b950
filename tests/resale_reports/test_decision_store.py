"""Findings, decisions and rewards come back as they were stored."""

from __future__ import annotations

import aiosqlite
import pytest
from report_desk import OPERATOR, SELLER, Desk, complaint, strong

from jianggao.resale_reports import decision_store
from jianggao.resale_reports.model import DecisionKind, Reward, TraceFinding
from jianggao.tracing.accusations import Confidence

FIRST_NAMES_NOBODY = TraceFinding(Confidence.STRONG, SELLER, True, "注意", first_names=False)


@pytest.mark.parametrize("finding", [strong(SELLER), FIRST_NAMES_NOBODY])
async def test_the_newest_finding_is_that_of_the_case(desk: Desk, finding: TraceFinding) -> None:
    await desk.file(complaint())
    nothing = TraceFinding(Confidence.CANNOT_TELL, None, False, "无法判定。")
    async with desk.database.write() as connection:
        for made in (nothing, finding):
            await decision_store.add_finding(connection, 1, made, last_evidence=1, at=desk.now)
    stored = (await desk.case(1)).finding
    assert stored is not None
    assert (stored.finding, stored.at, stored.last_evidence) == (finding, desk.now, 1)
    assert not stored.is_outdated


async def test_a_decision_keeps_who_when_and_why(desk: Desk) -> None:
    await desk.file(complaint())
    async with desk.database.write() as connection:
        await decision_store.add_decision(
            connection, 1, DecisionKind.REJECT, by=OPERATOR, at=desk.now, message="m1", reason="看不清"
        )
    (decision,) = (await desk.case(1)).decisions
    assert (decision.kind, decision.by, decision.at, decision.reason) == (
        DecisionKind.REJECT,
        OPERATOR,
        desk.now,
        "看不清",
    )
    assert (decision.finding, decision.entry) == (None, None)


async def test_a_reward_knows_whom_the_reporters_named_and_is_taken_back_once(desk: Desk) -> None:
    await desk.file(complaint(SELLER))
    paid = await desk.paid(1)
    assert paid.reward is not None
    entry = paid.reward.entry.number
    async with desk.database.write() as connection:
        assert await decision_store.rewards(connection) == [Reward(entry, 1, frozenset({SELLER}), None)]
        await decision_store.mark_taken_back(connection, entry, 1)
        await decision_store.mark_taken_back(connection, entry, 2)
        assert [reward.taken_back for reward in await decision_store.rewards(connection)] == [1]


async def test_a_case_is_rewarded_once_however_it_is_written(desk: Desk) -> None:
    await desk.file(complaint(SELLER))
    await desk.paid(1)
    with pytest.raises(aiosqlite.IntegrityError):
        async with desk.database.write() as connection:
            await decision_store.add_reward(connection, entry=99, case=1, seller=None, in_spite=True)
