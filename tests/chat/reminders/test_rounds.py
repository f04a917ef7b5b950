"""Reminders over a subscription's last days: once each, in daytime, whatever happens in between."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from kept_answers import rows
from reminded_chat import Reminding, no_friends, number_in, told
from simulated_chat import MEMBER, SELF, SUPERUSER, Chat, Sent

from jianggao.reminders.due_reminders import ReminderKind

WEEK = "你的会员还有 7 天到期（有效期至 2027-03-18）。"
DAY = "你的会员还有 1 天到期（有效期至 2027-03-18）。"
LAST_DAY = "你的会员今天是最后一天（有效期至 2027-03-18）。"
ENDED = "你的会员 3 月 18 日到期了。"


@pytest.fixture
def reminding(chat: Chat, connected: None) -> Reminding:
    return Reminding(chat)


async def test_four_reminders_and_each_once(chat: Chat, reminding: Reminding) -> None:
    sent = await reminding.days(400, hours=6)
    assert told(sent, MEMBER) == [WEEK, DAY, LAST_DAY, ENDED]
    assert "续期办法：订阅会员" in sent[0].text and {one.group for one in sent} == {None}


async def test_none_comes_at_night(chat: Chat, reminding: Reminding) -> None:
    zone = chat.application.settings.timezone
    chat.clock.advance(days=356)
    moments = []
    for _ in range(15 * 24):
        chat.clock.advance(hours=1)
        moments += [chat.clock().astimezone(zone).hour] * len(await reminding.look())
    assert moments == [8] * 4


async def test_over_restarts_each_comes_once(chat: Chat, connected: None) -> None:
    chat.clock.advance(days=357)
    sent: list[Sent] = []
    for _ in range(30):
        chat.clock.advance(hours=12)
        chat.forget()
        reminding = Reminding(chat)
        await reminding.services.pushes.take_over()
        sent += await reminding.look()
    assert told(sent, MEMBER) == [WEEK, DAY, LAST_DAY, ENDED]


async def test_who_was_off_reminds_late_with_the_true_number(chat: Chat, reminding: Reminding) -> None:
    chat.clock.advance(days=361)
    assert told(await reminding.look(), MEMBER) == [WEEK.replace("7 天", "4 天")]
    chat.clock.advance(days=10)
    assert told(await reminding.look(), MEMBER) == [ENDED]
    chat.clock.advance(days=20)
    assert await reminding.look() == []


async def test_who_has_renewed_is_reminded_a_year_later(chat: Chat, reminding: Reminding) -> None:
    assert told(await reminding.days(359), MEMBER) == [WEEK]
    await chat.say(f"续期 {MEMBER} 1年", SUPERUSER)
    assert told(await reminding.days(359), MEMBER) == []
    assert told(await reminding.days(13), MEMBER) == [
        line.replace("2027", "2028") for line in (WEEK, DAY, LAST_DAY)
    ]


@pytest.mark.parametrize("values", [{"SUPERUSERS": "90001,20001"}, {"IGNORED_USERS": "20001"}])
async def test_superusers_and_ignored_ones_are_not_reminded(
    open_chat: Any, monkeypatch: pytest.MonkeyPatch, values: dict[str, str]
) -> None:
    chat: Chat = await open_chat(imported=False, **values)
    monkeypatch.setattr("jianggao.chat.sending.notices.get_bots", lambda: {str(SELF): chat.bot})
    await chat.say(f"开通 {MEMBER} 1年", SUPERUSER)
    assert await Reminding(chat).days(380) == []
    assert await rows(chat, "SELECT 1 FROM reminders") == []


async def test_the_ledger_is_folded_only_when_it_or_the_day_has_changed(
    chat: Chat, reminding: Reminding, monkeypatch: pytest.MonkeyPatch
) -> None:
    folds = []
    order_due = reminding.rounds._order_due

    async def counted() -> None:
        folds.append(chat.clock())
        await order_due()

    monkeypatch.setattr(reminding.rounds, "_order_due", counted)
    for _ in range(5):
        await reminding.look()
    assert len(folds) == 1
    await chat.say(f"续期 {MEMBER} 1年", SUPERUSER)
    await reminding.look()
    chat.clock.advance(days=1)
    await reminding.look()
    assert len(folds) == 3


async def test_texts_that_left_days_ago_are_emptied_when_the_day_changes(
    chat: Chat, reminding: Reminding
) -> None:
    assert told(await reminding.days(359), MEMBER) == [WEEK]
    texts = [len(row[0]) > 0 for row in await rows(chat, "SELECT text FROM pushes")]
    await reminding.days(3)
    assert texts == [True] and await rows(chat, "SELECT text, state FROM pushes") == [("", "delivered")]


async def test_what_could_not_be_stored_is_tried_again(
    chat: Chat, reminding: Reminding, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianggao.reminders import reminder_store

    chat.clock.advance(days=358)

    async def fails(*args: Any) -> bool:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(reminder_store, "order", fails)
        with pytest.raises(OSError):
            await reminding.rounds.check()
    assert told(await reminding.look(), MEMBER) == [WEEK]


async def test_the_loop_goes_on_after_a_failure(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    from jianggao.chat.reminders import rounds
    from jianggao.chat.repeated_work import AFTER_A_FAILURE

    looks: list[float] = []

    async def fails(self: Any) -> None:
        raise ValueError("a bug")

    async def rest(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) == 2:
            raise asyncio.CancelledError

    monkeypatch.setattr(rounds.ReminderRounds, "check", fails)
    with pytest.raises(asyncio.CancelledError):
        await rounds.remind(chat.services, rest)
    assert looks == [AFTER_A_FAILURE] * 2


# --- not delivered ---------------------------------------------------------------------------------------------------


async def test_superusers_read_once_a_day_whom_it_did_not_reach(chat: Chat, reminding: Reminding) -> None:
    await chat.say("开通 20002 1年", SUPERUSER)
    chat.sent.clear()
    chat.answer = no_friends(MEMBER, 20002)
    chat.clock.advance(days=358)
    for _ in range(3):
        await reminding.look()
    assert [one.person for one in chat.sent] == [SUPERUSER]
    assert chat.sent[0].text.startswith("有 2 人的到期提醒没有送到")
    assert "· 20001 有效期至 2027-03-18\n· 20002 有效期至 2027-03-18\n" in chat.sent[0].text
    assert await reminding.days(5) == []
    assert await reminding.days(1) == []  # the next reminder is tried, and listed when none waits
    assert told(await reminding.look(), SUPERUSER) == [chat.sent[0].text.splitlines()[0]]


async def test_who_does_not_fit_into_one_list_is_named_in_the_next(chat: Chat, reminding: Reminding) -> None:
    people = range(40001, 40071)
    for person in people:
        await chat.say(f"开通 {person} 1年", SUPERUSER)
    chat.sent.clear()
    chat.answer = no_friends(*people)
    chat.clock.advance(days=358)
    lists = [one.text for _ in range(3) for one in await reminding.look() if one.person == SUPERUSER]
    assert [len(text.splitlines()) for text in lists] == [33, 33, 12] and "还有 40 人" in lists[0]
    assert [sum(f"· {person} " in text for text in lists) for person in people] == [1] * 70
    assert await reminding.days(2) == []


async def test_they_stand_in_the_list_of_those_whose_time_ends(chat: Chat, reminding: Reminding) -> None:
    chat.answer = no_friends(MEMBER)
    chat.clock.advance(days=358)
    await reminding.look()
    chat.sent.clear()
    await chat.say("到期清单", SUPERUSER)
    assert "20001 会员有效 有效期至 2027-03-18，还有 7 天，提醒没送到" in chat.sent[0].text
    chat.answer = lambda action, data: None
    chat.clock.advance(days=6)
    await reminding.look()
    chat.sent.clear()
    await chat.say("到期清单", SUPERUSER)
    assert "20001 会员有效 有效期至 2027-03-18，还有 1 天\n" in chat.sent[0].text


# --- a year ----------------------------------------------------------------------------------------------------------


async def test_over_a_year_each_reminder_comes_at_most_once_and_where_the_bot_was_on_exactly_once(
    chat: Chat, connected: None
) -> None:
    """Random grants, renewals, suspensions and undos; the bot is off for some days again and again."""
    rng = random.Random(7)
    zone, people = chat.application.settings.timezone, [20010 + n for n in range(12)]
    reminding, sent = Reminding(chat), Counter[tuple[int, str]]()
    due_and_on: set[tuple[int, str]] = set()
    off_for, entries = 0, 1
    for _ in range(380):
        chat.clock.advance(days=1)
        if off_for:
            off_for -= 1
            continue
        if rng.random() < 0.06:
            off_for = rng.randint(1, 6)
            chat.forget()
            reminding = Reminding(chat)
            await reminding.services.pushes.take_over()
        for _ in range(rng.randint(0, 2)):
            person, days = rng.choice(people), rng.choice((1, 3, 8, 30, 60))
            command = rng.choice(
                (f"开通 {person} {days}天", f"续期 {person} {days}天", f"停用 {person}", f"恢复 {person}")
            )
            if rng.random() < 0.2:
                command = f"撤销 {rng.randint(1, entries)}"
            answer = await chat.ask(command, SUPERUSER)
            entries = int(number_in(answer)) if "记录号" in answer and "已" in answer else entries
        due_and_on |= await due(chat, zone)
        for one in await reminding.look():
            sent[one.person or 0, one.text.splitlines()[0]] += 1
    stored = await rows(
        chat, "SELECT account, valid_until, reminders.kind, state FROM reminders JOIN pushes ON id = push"
    )
    assert set(sent.values()) == {1}
    assert sum(sent.values()) == len([row for row in stored if row[3] == "delivered"]) > 50
    assert {(int(row[0]), f"{row[1]} {row[2]}") for row in stored if row[3] == "delivered"} == due_and_on


async def due(chat: Chat, zone: Any) -> set[tuple[int, str]]:
    """What is due now by the ledger as 会员查询 tells it, computed here once more."""
    from jianggao.membership import ledger_store
    from jianggao.membership.ledger import Standing, fold_all

    now = chat.clock()
    today: date = now.astimezone(zone).date()
    async with chat.application.database.read() as connection:
        states = fold_all(await ledger_store.all_entries(connection), zone)
    found = set()
    for account, state in states.items():
        if state.valid_until is None or state.standing(now) is Standing.SUSPENDED:
            continue
        left = (state.valid_until - today).days
        begun = state.spans[-1].first_day
        for earlier in reversed(state.spans[:-1]):
            begun = earlier.first_day if earlier.valid_until + timedelta(days=1) >= begun else begun
        kind = {1: ReminderKind.DAY, 0: ReminderKind.LAST_DAY}.get(left)
        kind = ReminderKind.WEEK if 2 <= left <= 7 else ReminderKind.ENDED if -7 <= left < 0 else kind
        ahead = {ReminderKind.WEEK: 7, ReminderKind.DAY: 1}.get(kind, 0) if kind else 0
        if kind is ReminderKind.ENDED or (kind and begun < state.valid_until - timedelta(days=ahead)):
            found.add((int(account), f"{state.valid_until.isoformat()} {kind.value}"))
    return found
