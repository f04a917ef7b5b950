"""What the ledger learns of a command: who sent it, when, by which message, and the operator's note."""

from __future__ import annotations

from simulated_chat import SUPERUSER, Chat

from jianggao.membership import ledger_store


async def test_an_entry_names_sender_moment_message_and_note(chat: Chat) -> None:
    now = chat.application.clock()
    await chat.say("开通 20009 1年 微信付款", SUPERUSER)
    await chat.say("续期 20009 1年", SUPERUSER)
    async with chat.application.database.read() as connection:
        granted, renewed = await ledger_store.entries_of(connection, "20009")
        rows = await connection.execute_fetchall("SELECT message FROM claims")
    assert (granted.by, granted.at, granted.note) == (str(SUPERUSER), now, "微信付款")
    assert (renewed.by, renewed.note) == (str(SUPERUSER), "")
    assert granted.message != renewed.message
    assert {granted.message, renewed.message} <= {row["message"] for row in rows}
