"""A code in a request to join lets its asker in: once, in the transaction of the decision, and never otherwise."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from joining_chat import Groups, asks
from simulated_chat import SUPERUSER, Chat

from jianggao.membership import administration
from jianggao.membership.administration import Act
from jianggao.membership.durations import Duration
from jianggao.redeem_codes import code_store, issuing
from jianggao.redeem_codes.code_form import key_of_hashes
from jianggao.redeem_codes.code_store import CodeTerms

NEWCOMER, OTHER = 20070, 20071


async def make_codes(chat: Chat, count: int = 1, **terms: Any) -> tuple[str, ...]:
    """Returns codes that were handed over."""
    application = chat.application
    made = CodeTerms(
        **{"duration": Duration(years=1), "is_trial": False, "last_day": None, "note": "", **terms}
    )
    key, now = key_of_hashes(application.keys.codes), application.clock()
    async with application.database.write() as connection:
        batch = await issuing.make_by_chat(
            connection, count, made, str(SUPERUSER), now, application.settings.timezone, key
        )
        await code_store.activate(connection, batch.number, now)
    return batch.codes


async def request(groups: Groups, account: int, flag: str, comment: str, at: datetime | None = None) -> None:
    moment = {} if at is None else {"time": int(at.timestamp())}
    await groups.hear(asks(account, flag, comment=comment, **moment))


async def entries(chat: Chat) -> int:
    async with chat.application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT count(*) FROM ledger WHERE kind = 'redeem'")
    return int(next(iter(rows))[0])


@pytest.mark.parametrize("written", ["{}", "问题：卡密？\n答案：{}", "你好，我的卡密是 {} 谢谢"])
async def test_a_code_redeems_and_lets_in(groups: Groups, written: str) -> None:
    (code,) = await make_codes(groups.chat)
    await request(groups, NEWCOMER, "f1", written.format(code))
    assert groups.answers == [("f1", True, "")]
    assert await entries(groups.chat) == 1
    await request(groups, NEWCOMER, "f1", written.format(code))  # seen again
    assert len(groups.answers) == 1 and await entries(groups.chat) == 1


async def test_a_used_code_lets_nobody_else_in(groups: Groups) -> None:
    (code,) = await make_codes(groups.chat)
    await request(groups, NEWCOMER, "f1", code)
    await request(groups, OTHER, "f2", code)
    _, approve, reason = groups.answers[-1]
    assert not approve and "卡密不对、用过、作废或过期" in reason
    assert await entries(groups.chat) == 1


async def test_two_codes_are_left_unused(groups: Groups) -> None:
    await request(groups, NEWCOMER, "f1", " 和 ".join(await make_codes(groups.chat, 2)))
    _, approve, reason = groups.answers[-1]
    assert not approve and "一次只能用一个卡密" in reason
    assert await entries(groups.chat) == 0


async def test_guesses_are_counted_and_lock(groups: Groups) -> None:
    used = (await make_codes(groups.chat))[0]
    await request(groups, OTHER, "f0", used)
    for number in range(5):
        await request(groups, NEWCOMER, f"f{number + 1}", used)
    (fresh,) = await make_codes(groups.chat)
    await request(groups, NEWCOMER, "f9", fresh)
    _, approve, reason = groups.answers[-1]
    assert not approve and "分钟后再申请" in reason
    assert await entries(groups.chat) == 1


@pytest.mark.parametrize("written", ["{}", "卡密：{}", "问题：你的卡密？例如 7K2MX-93QFD\n答案：{}"])
async def test_a_mistyped_code_is_no_missing_one_and_counts(groups: Groups, written: str) -> None:
    (code,) = await make_codes(groups.chat)
    wrong = code[:-1] + ("7" if code[-1] != "7" else "8")
    await request(groups, NEWCOMER, "f0", written.format(code[:-1]))
    assert "少了 1 位" in groups.answers[-1][2]
    for number in range(5):
        await request(groups, NEWCOMER, f"f{number + 1}", written.format(wrong))
        assert "卡密不对" in groups.answers[-1][2]
    await request(groups, NEWCOMER, "f9", code)
    assert "分钟后再申请" in groups.answers[-1][2] and await entries(groups.chat) == 0


async def test_what_the_question_shows_was_not_typed(groups: Groups) -> None:
    await request(groups, NEWCOMER, "f1", "问题：卡密？如 7K2MX-93QFD-W5T8A-ZC1H7\n答案：没有")
    assert "会员群只加会员" in groups.answers[-1][2]


async def test_a_trial_is_given_once(groups: Groups) -> None:
    first, second = await make_codes(groups.chat, 2, is_trial=True, duration=Duration(days=3))
    await request(groups, NEWCOMER, "f1", first)
    groups.chat.clock.advance(days=10)
    await request(groups, NEWCOMER, "f2", second)
    assert [approve for _, approve, _ in groups.answers] == [True, False]
    assert "试用卡密每人只能用一次" in groups.answers[-1][2]


async def test_a_member_keeps_the_code(groups: Groups) -> None:
    first, second = await make_codes(groups.chat, 2)
    await request(groups, NEWCOMER, "f1", first)
    await request(groups, NEWCOMER, "f2", second)
    assert groups.answers == [("f1", True, ""), ("f2", True, "")]
    assert await entries(groups.chat) == 1


async def test_no_code_is_stored_with_a_request(groups: Groups) -> None:
    (code,) = await make_codes(groups.chat)
    await request(groups, NEWCOMER, "f1", code)
    bare = code.replace("-", "")
    stored = b""
    path = groups.chat.application.database.path
    for file in path.parent.glob(path.name + "*"):
        stored += file.read_bytes()
    assert code.encode() not in stored and bare.encode() not in stored


async def test_two_people_with_one_flag_are_two_requests(groups: Groups) -> None:
    first, second = await make_codes(groups.chat, 2)
    await request(groups, NEWCOMER, "1", first)
    await request(groups, OTHER, "1", second)
    assert groups.answers == [("1", True, ""), ("1", True, "")]
    assert await entries(groups.chat) == 2


async def test_a_flag_that_comes_again_much_later_is_a_new_request(groups: Groups) -> None:
    clock = groups.chat.clock
    await request(groups, NEWCOMER, "1", "", clock())
    (code,) = await make_codes(groups.chat)
    clock.advance(minutes=5)
    for _ in range(2):
        await request(groups, NEWCOMER, "1", code, clock())
    assert [approve for _, approve, _ in groups.answers] == [False, True]
    clock.advance(days=400)
    (code,) = await make_codes(groups.chat)
    await request(groups, NEWCOMER, "1", code, clock())
    assert [approve for _, approve, _ in groups.answers] == [False, True, True]
    assert await entries(groups.chat) == 2


async def later(groups: Groups, account: int) -> None:
    """Gives somebody a subscription that begins later."""
    application = groups.chat.application
    act = Act(str(SUPERUSER), f"later {account}", application.clock(), application.settings.timezone)
    async with application.database.write() as connection:
        await administration.grant(
            connection, str(account), Duration(years=1), act, starts_on=date(2026, 6, 1)
        )


async def test_whose_subscription_begins_later_comes_in_by_a_code(groups: Groups) -> None:
    await later(groups, NEWCOMER)
    (code,) = await make_codes(groups.chat)
    await request(groups, NEWCOMER, "f0", "")
    assert groups.answers == [("f0", False, "会员从 2026-06-01 起，到那天再申请。")]
    await request(groups, NEWCOMER, "f1", code)
    assert groups.answers[-1] == ("f1", True, "") and await entries(groups.chat) == 1
    await request(groups, OTHER, "f9", code)
    assert not groups.answers[-1][1] and await entries(groups.chat) == 1


async def test_a_subscription_that_has_begun_lets_in(groups: Groups) -> None:
    await later(groups, NEWCOMER)
    groups.chat.clock.advance(days=80)
    await request(groups, NEWCOMER, "f1", "")
    assert groups.answers == [("f1", True, "")]
