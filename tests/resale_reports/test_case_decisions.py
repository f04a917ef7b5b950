"""Verdicts: a year is paid once for a case and once for a seller, to whom it is due, or in spite of all with
a reason."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from case_ledger import FILE, rewards
from report_desk import (
    LEAK,
    NOTHING_FOUND,
    OPERATOR,
    OTHER,
    REPORTER,
    SELLER,
    Desk,
    complaint,
    strong,
    uncertain,
)

from jianggao.errors import JianggaoError, NotFound, WrongUse
from jianggao.membership import administration
from jianggao.membership.administration import MembershipChange
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import EntryKind, Standing
from jianggao.resale_reports import case_decisions, case_views
from jianggao.resale_reports.case_decisions import BETWEEN_REWARDS, LONGEST_REASON, NotPaid, Payment
from jianggao.resale_reports.model import Against, Piece, PieceKind, Status, TraceFinding
from jianggao.tracing.accusations import Confidence


def entry_of(change: MembershipChange | None) -> int:
    assert change is not None
    return change.entry.number


async def against(desk: Desk, number: int) -> set[Against]:
    """What stands against a reward; nothing but the finding may have changed."""
    await desk.look(number)
    before = await desk.everything()
    done = await desk.uphold(number)
    assert isinstance(done, NotPaid)
    assert await desk.everything() == before
    return {one.against for one in done.objections}


async def test_a_case_that_holds_makes_the_reporter_a_member_for_a_year(desk: Desk) -> None:
    await desk.file(complaint())
    done = await desk.paid(1)
    assert done.named == SELLER and done.reward is not None
    assert done.reward.entry.kind is EntryKind.REWARD and done.reward.entry.by == OPERATOR
    state = await desk.state(REPORTER)
    assert state.standing(desk.now) is Standing.ACTIVE and state.valid_until == date(2027, 3, 18)
    assert (await desk.case(1)).status is Status.UPHELD
    assert await rewards(desk) == [(REPORTER, "举报 1")]


async def test_a_member_gets_the_year_on_top(desk: Desk) -> None:
    async with desk.database.write() as connection:
        await administration.grant(connection, REPORTER, Duration(months=6), desk.act())
    await desk.file(complaint())
    await desk.paid(1)
    assert (await desk.state(REPORTER)).valid_until == date(2027, 9, 18)


async def test_the_first_reporter_alone_is_paid(desk: Desk) -> None:
    await desk.file(complaint())
    await desk.file(complaint(SELLER, FILE), OTHER)
    await desk.paid(2)
    assert await rewards(desk) == [(REPORTER, "举报 1")]


@pytest.mark.parametrize(
    "finding",
    [
        NOTHING_FOUND,
        uncertain(strong(SELLER)),
        TraceFinding(Confidence.STRONG, None, False, "查过了"),
        TraceFinding(Confidence.CANNOT_TELL, None, True, "查过了"),
        TraceFinding(Confidence.CANNOT_TELL, SELLER, True, "原文件"),
        TraceFinding(Confidence.LEAD, SELLER, True, "原文件"),
    ],
)
async def test_nobody_named_surely_pays_nobody(desk: Desk, finding: TraceFinding) -> None:
    desk.finding = finding
    await desk.file(complaint())
    assert await against(desk, 1) == {Against.NOBODY_NAMED}


async def test_a_file_pays_by_its_chance(desk: Desk) -> None:
    desk.finding = TraceFinding(Confidence.STRONG, SELLER, True, "原文件")
    await desk.file(complaint(None))
    assert (await desk.paid(1)).named == SELLER


@pytest.mark.parametrize("named", [REPORTER, None])
async def test_the_reporter_who_is_the_seller_is_not_paid(desk: Desk, named: str | None) -> None:
    desk.finding = strong(REPORTER if named is None else SELLER)
    await desk.file(complaint(named))
    assert await against(desk, 1) == {Against.REPORTER_IS_ACCUSED}


@pytest.mark.parametrize(("reported", "traced"), [(None, SELLER), (SELLER, "20002")])
async def test_a_seller_is_paid_for_once(desk: Desk, reported: str | None, traced: str) -> None:
    await desk.file(complaint())
    await desk.paid(1)
    desk.advance(days=800)
    desk.finding = strong(traced)
    await desk.file(complaint(reported, FILE), OTHER)
    done = await desk.uphold(2)
    assert isinstance(done, NotPaid)
    assert [(one.against, one.case) for one in done.objections] == [(Against.SELLER_PAID_FOR, 1)]
    await desk.paid(2, Payment.IN_SPITE, "又卖了一批新的")
    assert await rewards(desk) == [(REPORTER, "举报 1"), (OTHER, "举报 2，仍奖励：又卖了一批新的")]


async def test_a_person_is_paid_once_in_a_year(desk: Desk) -> None:
    await desk.file(complaint())
    await desk.paid(1)
    desk.finding = strong("20002")
    desk.now += BETWEEN_REWARDS - timedelta(seconds=1)
    await desk.file(complaint("20002", FILE))
    assert await against(desk, 2) == {Against.REWARDED_LATELY}
    desk.now += timedelta(seconds=1)
    await desk.paid(2)
    assert (await desk.state(REPORTER)).valid_until == date(2028, 3, 18)


async def test_all_that_stands_against_it_is_told_and_overruled_with_a_reason(desk: Desk) -> None:
    await desk.file(complaint())
    await desk.paid(1)
    desk.finding = uncertain(strong(SELLER))
    await desk.file(complaint(REPORTER, FILE))
    everything = {
        Against.NOBODY_NAMED,
        Against.REPORTER_IS_ACCUSED,
        Against.SELLER_PAID_FOR,
        Against.REWARDED_LATELY,
    }
    assert await against(desk, 2) == everything
    done = await desk.paid(2, Payment.IN_SPITE, "本人来电说明")
    assert {one.against for one in done.in_spite} == everything and done.reward is not None
    assert done.reward.entry.note == "举报 2，仍奖励：本人来电说明"


async def test_upheld_without_a_reward(desk: Desk) -> None:
    await desk.file(complaint())
    done = await desk.paid(1, Payment.NOTHING, "之前已奖励别人")
    assert done.reward is None and await rewards(desk) == []
    assert (await desk.case(1)).decisions[-1].reason == "之前已奖励别人"
    await desk.file(complaint(SELLER, FILE), OTHER)
    await desk.paid(2)


@pytest.mark.parametrize("payment", list(Payment))
async def test_a_decided_case_is_not_decided_again(desk: Desk, payment: Payment) -> None:
    await desk.file(complaint())
    await desk.paid(1, Payment.IN_SPITE, "证据充分")
    with pytest.raises(WrongUse, match="已经通过"):
        await desk.uphold(1, payment, "再点一次")
    with pytest.raises(WrongUse, match="已经通过"):
        await desk.reject(1)
    assert len(await rewards(desk)) == 1


async def test_reopened_the_year_is_taken_back_by_an_undo(desk: Desk) -> None:
    await desk.file(complaint())
    paid = (await desk.paid(1)).reward
    assert paid is not None
    done = await desk.reopen(1, "本人说明账号被盗")
    assert done.taken_back is not None
    assert (done.taken_back.entry.kind, done.taken_back.entry.target) == (EntryKind.UNDO, paid.entry.number)
    assert done.taken_back.entry.note == "重审举报 1：本人说明账号被盗"
    assert (await desk.state(REPORTER)).standing(desk.now) is Standing.NEVER
    assert (await desk.case(1)).status is Status.OPEN
    await desk.paid(1)
    assert (await desk.state(REPORTER)).valid_until == date(2027, 3, 18)


async def test_reopened_unpaid_nothing_is_taken_back(desk: Desk) -> None:
    await desk.file(complaint())
    await desk.reject(1)
    assert (await desk.reopen(1)).taken_back is None
    with pytest.raises(WrongUse, match="还没有结论"):
        await desk.reopen(1)
    assert await desk.rows("SELECT * FROM ledger WHERE kind IN ('reward', 'undo')") == []


async def test_a_seller_whose_reward_was_taken_back_can_be_paid_for(desk: Desk) -> None:
    await desk.file(complaint(None))
    await desk.file(complaint(None, FILE), OTHER)
    await desk.paid(1)
    await desk.reopen(1)
    await desk.paid(2)
    assert await against(desk, 1) == {Against.SELLER_PAID_FOR}


async def test_a_reward_undone_by_hand_counts_no_longer(desk: Desk) -> None:
    await desk.file(complaint(None))
    await desk.file(complaint(None, FILE), OTHER)
    await desk.undo(entry_of((await desk.paid(1)).reward))
    await desk.paid(2)
    assert (await desk.reopen(1)).taken_back is None


async def test_a_reward_that_counts_again_by_hand_is_not_paid_beside(desk: Desk) -> None:
    await desk.file(complaint())
    paid = entry_of((await desk.paid(1)).reward)
    await desk.undo(entry_of((await desk.reopen(1)).taken_back))
    for payment in (Payment.BY_RULE, Payment.IN_SPITE):
        with pytest.raises(WrongUse, match=f"还有效（记录号 {paid}）"):
            await desk.uphold(1, payment, "坚持")
    await desk.file(complaint(None, FILE), OTHER)
    assert await against(desk, 2) == {Against.SELLER_PAID_FOR}


async def test_a_rejection_keeps_its_reason(desk: Desk) -> None:
    await desk.file(complaint())
    case = await desk.reject(1, "截图里看不出是谁")
    assert case.status is Status.REJECTED and case.decisions[-1].reason == "截图里看不出是谁"
    with pytest.raises(WrongUse, match="已经驳回"):
        await desk.uphold(1)


async def test_wrong_numbers_and_reasons_change_nothing(desk: Desk) -> None:
    await desk.file(complaint())
    before = await desk.everything()
    for number in (0, 2, -1, 2**70):
        with pytest.raises(NotFound, match="没有编号"):
            await desk.reject(number)
    with pytest.raises(WrongUse, match="请写原因"):
        await desk.reject(1, "")
    with pytest.raises(WrongUse, match=re.escape(f"最多 {LONGEST_REASON} 字")):
        await desk.reject(1, "长" * (LONGEST_REASON + 1))
    assert await desk.everything() == before


async def test_the_longest_reason_fits_into_the_ledger(desk: Desk) -> None:
    reason = "长" * LONGEST_REASON
    await desk.file(complaint())
    paid = await desk.paid(1, Payment.IN_SPITE, reason)
    reopened = await desk.reopen(1, reason)
    assert paid.reward is not None and reopened.taken_back is not None
    notes = [str(note) for (note,) in await desk.rows("SELECT note FROM ledger ORDER BY number DESC LIMIT 2")]
    assert notes == [f"重审举报 1：{reason}", f"举报 1，仍奖励：{reason}"]


async def test_a_verdict_keeps_what_it_rested_on(desk: Desk) -> None:
    await desk.file(complaint())
    await desk.paid(1)
    desk.finding = strong("20002")
    case = await desk.look(1)
    assert case.finding is not None and case.decisions[-1].finding == case.finding.id
    assert case.finding.finding == strong(SELLER)


async def test_evidence_is_traced_once_and_again_when_there_is_more(desk: Desk) -> None:
    await desk.file(complaint(SELLER, Piece(PieceKind.TEXT, text=LEAK), FILE))
    await desk.look(1)
    await desk.look(1)
    assert desk.traced == [([LEAK], [(FILE.name, FILE.content)])]
    await desk.file(complaint(SELLER, Piece(PieceKind.TEXT, text="再补一段")), OTHER)
    await desk.look(1)
    assert desk.traced[1:] == [([LEAK, "再补一段"], [(FILE.name, FILE.content)])]


async def test_evidence_that_came_since_the_look_must_be_looked_at(desk: Desk) -> None:
    await desk.file(complaint())
    await desk.look(1)
    await desk.file(complaint(SELLER, FILE), OTHER)
    with pytest.raises(WrongUse, match="新的材料"):
        async with desk.database.write() as connection:
            await case_decisions.uphold(connection, 1, desk.act())
    assert await rewards(desk) == []


async def test_the_list_begins_with_what_is_open(desk: Desk) -> None:
    for number in range(5):
        await desk.file(complaint(f"2000{number}", Piece(PieceKind.TEXT, text=f"{number}")), f"3000{number}")
    await desk.file(complaint("20004", FILE), OTHER)
    await desk.reject(1)
    await desk.reject(3)
    async with desk.database.read() as connection:
        first, second = await case_views.cases(connection, 1, 3), await case_views.cases(connection, 2, 3)
        with pytest.raises(JianggaoError, match="没有第 3 页"):
            await case_views.cases(connection, 3, 3)
    assert [one.first.number for one in first.page.items] == [2, 4, 5]
    assert [one.first.number for one in second.page.items] == [3, 1]
    assert (first.open, first.page.total, first.page.pages) == (3, 5, 2)
    last = first.page.items[2]
    assert (last.accused, last.reporters, last.evidence, last.status) == ("20004", 2, 2, Status.OPEN)
    assert second.page.items[0].status is Status.REJECTED
