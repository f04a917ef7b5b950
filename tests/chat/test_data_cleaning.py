"""What is about people and no longer needed goes while the bot runs: from the tables, the file and its -wal."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from simulated_chat import FREE_GROUP, SUPERUSER, Chat

from jianggao.chat.data_cleaning import DataCleaning, clean_data

PERSON = 77700012
NICKNAME, CARD, NOTE, IN_IMPORT = "昵称甲乙丙丁", "名片戊己庚辛", "单位子丑寅卯", "名单天地玄黄"


def found(path: Path) -> list[tuple[str, str]]:
    """Which of the person's words stand in the database or its -wal, byte for byte."""
    files = [file for file in path.parent.iterdir() if file.name.startswith(path.name)]
    return [
        (file.name, words)
        for file in files
        for words in (NICKNAME, CARD, NOTE, IN_IMPORT)
        if words.encode() in file.read_bytes()
    ]


async def much_is_done(chat: Chat) -> None:
    """Names, a note and a list that waits, in answers and tables, written over and over."""
    chat.nicknames[PERSON] = NICKNAME
    await chat.say("我的会员", PERSON)
    await chat.say("帮助", PERSON, FREE_GROUP, sender={"user_id": PERSON, "nickname": NICKNAME, "card": CARD})
    await chat.services.answers.background_done()
    await chat.say(f"备注 {PERSON} {NOTE}", SUPERUSER)
    for words in (f"开通 {PERSON} 1年", f"转移 {PERSON} 77700014 换号", "撤销 2", f"续期 {PERSON} 1个月"):
        await chat.say(words, SUPERUSER)
    await chat.say("导入会员", SUPERUSER)
    await chat.say(f"QQ,时长,备注\n{PERSON},1年,{IN_IMPORT}", SUPERUSER)


async def deleted(chat: Chat) -> list[Any]:
    await chat.say("删除我的数据", PERSON)
    sent = await chat.say("删除我的数据 确认", PERSON)
    await chat.services.answers.background_done()
    return sent


async def test_after_a_deletion_and_a_quiet_moment_no_name_and_no_note_stands_in_the_files(
    chat: Chat,
) -> None:
    path = chat.application.database.path
    await much_is_done(chat)
    assert {words for _, words in found(path)} == {NICKNAME, CARD, NOTE, IN_IMPORT}
    sent = await deleted(chat)
    assert any(NOTE in one.text and "第 1 份导入里有他，已作废" in one.text for one in sent)
    await DataCleaning(chat.application).check()
    assert found(path) == []


async def test_while_somebody_reads_the_log_stays_and_is_emptied_later(chat: Chat) -> None:
    path, writer = chat.application.database.path, chat.application.database.writer
    cleaning = DataCleaning(chat.application)
    await much_is_done(chat)
    async with chat.application.database.read() as connection:
        await connection.execute_fetchall("SELECT 1 FROM people")
        await deleted(chat)
        await asyncio.wait_for(cleaning.check(), 2)
        assert found(path) and writer.keeps_deleted
    await cleaning.check()
    assert found(path) == [] and not writer.keeps_deleted


async def test_words_that_wait_to_be_given_go_a_minute_after_they_were_given(chat: Chat) -> None:
    path, cleaning = chat.application.database.path, DataCleaning(chat.application)
    await much_is_done(chat)
    async with chat.application.database.write() as connection:
        await connection.execute(
            """INSERT INTO outbox (at, message, command, asker, self_id, kind, chat, text, heard_unbound, is_notice,
                                   state) VALUES ('2026-03-18T00:00:00.000000+00:00', 'm', '备注', '90001', '10001',
                                                  'private', '90001', ?, 0, 0, 'unknown')""",
            (f"已记下 {PERSON}（备注“{NOTE}”）",),
        )
    await deleted(chat)
    await cleaning.check()
    assert {words for _, words in found(path)} == {NOTE}, "no answer is lost"
    async with chat.application.database.write() as connection:
        await connection.execute("UPDATE outbox SET state = 'listed', text = '' WHERE state = 'unknown'")
    chat.clock.advance(minutes=2)
    await cleaning.check()
    assert found(path) == []


async def test_imports_that_are_over_are_emptied_by_themselves(chat: Chat) -> None:
    path, cleaning = chat.application.database.path, DataCleaning(chat.application)
    await much_is_done(chat)
    chat.clock.advance(hours=23, minutes=58)
    await cleaning.check()
    assert (path.name, IN_IMPORT) in found(path)
    chat.clock.advance(minutes=5)
    await cleaning.check()
    assert IN_IMPORT not in {words for _, words in found(path)}
    assert "没有导入" in (answer := await chat.ask("确认导入 1", SUPERUSER)) or "作废" in answer


async def test_nothing_is_written_while_nothing_is_to_be_cleaned(chat: Chat) -> None:
    cleaning = DataCleaning(chat.application)
    await cleaning.check()
    before = chat.application.database.writer.number
    for _ in range(10):
        chat.clock.advance(minutes=2)
        await cleaning.check()
    assert chat.application.database.writer.number == before


async def test_a_failure_is_followed_by_the_next_try(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = []

    async def check(self: DataCleaning) -> None:
        tries.append(self)
        raise RuntimeError

    class Enough(Exception):
        """Ends the loop."""

    async def rest(seconds: float) -> None:
        if len(tries) == 3:
            raise Enough

    monkeypatch.setattr(DataCleaning, "check", check)
    with pytest.raises(Enough):
        await clean_data(chat.services, rest)
    assert len(tries) == 3
