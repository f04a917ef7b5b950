"""While the database can't be written: reading commands answer, effects are refused at once by their cause, a
message acts once all the same, and superusers hear of it once and again when it is over."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from foreign_lock import held_by_another
from simulated_chat import FREE_GROUP, MEMBER, MEMBER_GROUP, SUPERUSER, VISITOR, Chat

REFUSED = "数据库暂时写不进去（数据库被别的程序锁住），什么也没有改"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jianggao.database.writer.PATIENCE_MS", 200)


@pytest.fixture
def locked(chat: Chat) -> Iterator[Chat]:
    """Another program holds the lock."""
    with held_by_another(chat.application.database.path):
        yield chat


def stored(path: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute(sql)]


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        ("检索 台账", "共 "),
        ("帮助", "讲稿"),
        ("提纲 1", "1《"),
        ("提纲 台账", "1《"),
        ("我的会员", ""),
        ("订阅", ""),
        ("金句 台账", ""),
        ("相近 1.1", ""),
        ("下一页", ""),
    ],
)
@pytest.mark.parametrize("person", [VISITOR, MEMBER, SUPERUSER])
async def test_reading_commands_answer(locked: Chat, typed: str, begins: str, person: int) -> None:
    for answer in (await locked.ask(typed, person), await locked.ask(typed, person)):
        assert "出错" not in answer
        assert answer != REFUSED
        assert not begins or begins in answer


async def test_public_sections_are_shown_and_others_wait(locked: Chat) -> None:
    application = locked.application
    previews = stored(
        application.database.path,
        "SELECT speech || '.' || ordinal FROM sections WHERE audience = 0 AND listed = 1",
    )
    assert previews
    for number in previews[:3]:
        assert (await locked.ask(f"段落 {number}", VISITOR)).startswith(number)
        assert (await locked.ask(f"段落 {number}", MEMBER)).startswith(number)
    others = stored(
        application.database.path,
        "SELECT speech || '.' || ordinal FROM sections WHERE audience = 2 AND listed = 1",
    )
    body = stored(application.database.path, "SELECT body FROM sections WHERE audience = 2 AND listed = 1")[0]
    assert await locked.ask(f"段落 {others[0]}", MEMBER) == REFUSED
    answer = await locked.ask("检索 台账", MEMBER)
    assert "会员段落要等恢复后才能看" in answer
    assert body.strip()[:20] not in answer
    assert stored(application.database.path, "SELECT count(*) FROM deliveries") == [0]


async def test_a_section_waits_also_where_its_members_copy_is_planned_already(chat: Chat) -> None:
    """The plan of the copy needs no write then: it is the record alone that can't be stored."""
    database = chat.application.database.path
    private = "FROM sections WHERE audience = 2 AND listed = 1 AND speech = 1 ORDER BY ordinal"
    numbers = stored(database, f"SELECT speech || '.' || ordinal {private}")
    body = stored(database, f"SELECT body {private}")[0].strip()[:12]
    assert body in await chat.ask(f"段落 {numbers[0]}", MEMBER)
    recorded = stored(database, "SELECT count(*) FROM deliveries")
    with held_by_another(database):
        assert await chat.ask(f"段落 {numbers[0]}", MEMBER) == REFUSED
        answer = await chat.ask(f"检索 {body[:4]}", MEMBER)
    assert "会员段落要等恢复后才能看" in answer and body[4:12] not in answer
    assert stored(database, "SELECT count(*) FROM deliveries") == recorded


async def test_drawing_goes_on_with_public_sections_each_once(locked: Chat) -> None:
    total = stored(
        locked.application.database.path, "SELECT count(*) FROM sections WHERE audience = 0 AND listed = 1"
    )[0]
    drawn = [(await locked.ask("随机", VISITOR, FREE_GROUP)).split()[0] for _ in range(total)]
    assert len(set(drawn)) == total
    assert "出错" not in await locked.ask("随机", MEMBER)


@pytest.mark.parametrize(
    ("typed", "person", "group"),
    [
        (f"开通 {VISITOR} 1年", SUPERUSER, None),
        (f"停用 {MEMBER}", SUPERUSER, None),
        ("下架 1", SUPERUSER, None),
        ("解绑", SUPERUSER, MEMBER_GROUP),
        ("绑定免费群", SUPERUSER, 700_009),
        ("重新载入", SUPERUSER, None),
        ("全文 1", MEMBER, None),
    ],
)
async def test_effects_are_refused_by_their_cause(
    locked: Chat, typed: str, person: int, group: int | None
) -> None:
    before = stored(locked.application.database.path, "SELECT count(*) FROM ledger")
    assert await locked.ask(typed, person, group) == REFUSED
    assert stored(locked.application.database.path, "SELECT count(*) FROM ledger") == before


async def test_a_refused_message_does_not_act_later(chat: Chat) -> None:
    event = chat.event(f"开通 {VISITOR} 1年", SUPERUSER)
    with held_by_another(chat.application.database.path):
        assert [one.text for one in await chat.send(event)] == [REFUSED]
    assert await chat.application.database.writer.try_to_write()
    chat.forget()
    assert await chat.send(event) == []
    assert stored(chat.application.database.path, "SELECT count(*) FROM ledger") == [1]


async def test_a_message_whose_claim_is_in_memory_acts_once(chat: Chat) -> None:
    event = chat.event("帮助", VISITOR)
    with held_by_another(chat.application.database.path):
        assert len(await chat.send(event)) == 1
        chat.admission.in_flight._keys.clear()  # so many came meanwhile that it was forgotten there
        assert await chat.send(event) == []
    chat.admission.in_flight._keys.clear()
    assert await chat.send(event) == []
    assert await chat.application.database.writer.try_to_write()
    chat.admission.in_flight._keys.clear()
    assert await chat.send(event) == []
    message = stored(chat.application.database.path, "SELECT message FROM claims ORDER BY claimed_at DESC")
    assert sum(f":{VISITOR}:" in one for one in message) == 1


async def test_no_effect_is_done_by_a_message_whose_claim_is_in_memory(chat: Chat) -> None:
    from jianggao.database.processed_messages import ProcessedMessage
    from jianggao.errors import AlreadyProcessed

    database = chat.application.database
    ProcessedMessage("one message", chat.application.clock(), database).record_later()
    with pytest.raises(AlreadyProcessed):
        await ProcessedMessage("one message", chat.application.clock(), database).record_now()


async def test_a_claim_whose_commit_failed_is_not_taken(chat: Chat) -> None:
    from jianggao.database.processed_messages import ProcessedMessage, is_processed

    database = chat.application.database
    processed_message = ProcessedMessage("one message", chat.application.clock(), database)
    with pytest.raises(ZeroDivisionError):
        async with database.write() as connection:
            await processed_message.record(connection)
            raise ZeroDivisionError
    assert not processed_message.is_recorded
    await processed_message.record_or_later()
    assert processed_message.is_recorded
    assert await is_processed(database, "one message")


async def test_many_claims_wait_and_no_more(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jianggao.database.writer.WAITING_LIMIT", 5)
    with held_by_another(chat.application.database.path):
        answers = [await chat.ask("帮助", VISITOR) for _ in range(7)]
    assert [answer == REFUSED for answer in answers] == [False] * 5 + [True] * 2


@pytest.mark.parametrize(("typed", "person"), [("全文 1", MEMBER), (f"开通 {VISITOR} 1年", SUPERUSER)])
async def test_what_has_left_is_not_answered_as_undone_where_that_cannot_be_stored(
    chat: Chat, monkeypatch: pytest.MonkeyPatch, typed: str, person: int
) -> None:
    """The lock comes while the text leaves, and nothing more may wait: neither a claim nor what became of a
    send."""
    monkeypatch.setattr("jianggao.database.writer.WAITING_LIMIT", 0)
    monkeypatch.setattr("jianggao.database.writer.EXTRA_FOR_WHAT_HAPPENED", 0)
    with ExitStack() as held:

        async def lock() -> None:
            held.enter_context(held_by_another(chat.application.database.path))

        chat.answer = lambda action, data: lock()
        sent = await chat.say(typed, person)
    assert [one.action for one in sent] == ["upload_private_file" if person == MEMBER else "send_private_msg"]
    assert person == MEMBER or sent[0].text.startswith("已开通")
    assert stored(chat.application.database.path, "SELECT state FROM outbox ORDER BY id DESC LIMIT 1") == [
        "sending"
    ]


@pytest.mark.parametrize(
    ("typed", "person", "state"),
    [("全文 1", MEMBER, "dropped"), (f"开通 {VISITOR} 1年", SUPERUSER, "delivered")],
)
async def test_what_became_of_a_send_is_stored_though_no_claim_may_wait_any_more(
    chat: Chat, monkeypatch: pytest.MonkeyPatch, typed: str, person: int, state: str
) -> None:
    """It was lost, and at the next start the answer was told to superusers as one that may not have
    arrived."""
    monkeypatch.setattr("jianggao.database.writer.WAITING_LIMIT", 0)
    with ExitStack() as held:

        async def lock() -> None:
            held.enter_context(held_by_another(chat.application.database.path))

        chat.answer = lambda action, data: lock()
        await chat.say(typed, person)
    assert await chat.application.database.writer.try_to_write()
    newest = "SELECT state FROM outbox ORDER BY id DESC LIMIT 1"
    assert stored(chat.application.database.path, newest) == [state]


async def test_the_log_has_a_line_a_minute_and_no_traceback(chat: Chat) -> None:
    from nonebot import logger

    from jianggao.chat.logs.throttled import ThrottledLog

    lines: list[str] = []
    chat.services.warnings = ThrottledLog(chat.clock.monotonic)
    sink = logger.add(lambda line: lines.append(str(line)), level="DEBUG")
    try:
        with held_by_another(chat.application.database.path):
            for _ in range(20):
                await chat.ask("下架 1", SUPERUSER)
    finally:
        logger.remove(sink)
    assert sum("refused" in line for line in lines) == 1
    assert not any("Traceback" in line for line in lines)
