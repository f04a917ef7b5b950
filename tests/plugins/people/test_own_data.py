"""我的数据 and 删除我的数据: what a person reads, what goes, and what nobody can reach by it."""

from __future__ import annotations

from typing import Any

import pytest
from report_chat import report
from simulated_chat import MEMBER, MEMBER_GROUP, SUPERUSER, VISITOR, Chat

from jianggao.personal_data.tables import IMPERSONAL, PERSONAL

NEW = 20009


async def heard(chat: Chat, words: str, person: int) -> str:
    """The answer to the person; names that came with the message are stored by then."""
    sent = await chat.say(words, person)
    await chat.services.answers.background_done()
    (answer,) = (one.text for one in sent if one.person == person)
    return answer


async def rows(chat: Chat, sql: str) -> list[tuple[Any, ...]]:
    async with chat.application.database.read() as connection:
        return [tuple(row) for row in await connection.execute_fetchall(sql)]


@pytest.fixture
async def known(chat: Chat) -> Chat:
    """A bot on which MEMBER has done much."""
    chat.nicknames = {MEMBER: "周笔杆", VISITOR: "小林"}
    await chat.say("全文 8", MEMBER)
    await chat.say("随机", MEMBER)
    await chat.say("检索 老人", MEMBER, MEMBER_GROUP)
    await chat.say(f"备注 {MEMBER} 甲单位", SUPERUSER)
    await chat.say(f"换号 {NEW}", MEMBER)
    await report(chat, MEMBER, "30002")
    await report(chat, VISITOR)
    await chat.services.answers.background_done()
    return chat


async def test_a_person_reads_what_is_stored(known: Chat) -> None:
    answer = await heard(known, "我的数据", MEMBER)
    for words in (
        "昵称“周笔杆”",
        "管理员写的备注：有，内容只给管理员看",
        "会员记录（开通、续期、转移等）：1 条，2026-03-18",
        "发给你的全文的记录（哪篇、何时，没有正文）：1 次",
        "你提交的举报：1 件",
        "换号申请（刚转给管理员的，满一天才删）：1 条",
        "别人的举报和溯源里是否提到你，这里不列",
        "发“删除我的数据”",
    ):
        assert words in answer, words
    assert "30001" not in answer and "小林" not in answer, "nothing says that somebody reported him"
    assert "甲单位" not in answer, "an operator's note is the operators'"


async def test_who_is_reported_reads_the_same_as_if_nobody_had(chat: Chat) -> None:
    await report(chat, VISITOR, "30009")
    await chat.ask("查看举报 1", SUPERUSER)
    assert await chat.ask("我的数据", 30009) == await chat.ask("我的数据", 30010)


async def test_deleting_is_asked_for_twice_and_says_what_stays_and_why(known: Chat) -> None:
    assert "请先发“删除我的数据”" in await heard(known, "删除我的数据 确认", MEMBER)
    asked = await heard(known, "删除我的数据", MEMBER)
    assert "会删：昵称、群名片和备注" in asked and "换号申请" in asked
    assert "会员到哪天就是按它算的" in asked and "外传溯源" in asked
    assert await rows(known, f"SELECT nickname FROM people WHERE account = '{MEMBER}'") == [("周笔杆",)]
    known.clock.advance(minutes=11)
    assert "请先发" in await heard(known, "删除我的数据 确认", MEMBER)


async def test_what_can_go_is_gone_and_the_membership_goes_on(known: Chat) -> None:
    kept = {
        name: await rows(known, f"SELECT * FROM {name}")
        for name in ("ledger", "deliveries", "reports", "report_evidence", "looks")
    }
    await heard(known, "删除我的数据", MEMBER)
    answer = await heard(known, "删除我的数据 确认", MEMBER)
    assert "已删除：昵称、群名片和备注 1 条、换号申请 1 条" in answer and "会员照常用" in answer
    assert await rows(known, f"SELECT * FROM people WHERE account = '{MEMBER}'") == []
    assert await rows(known, "SELECT * FROM transfer_requests") == []
    assert await rows(known, "SELECT nickname FROM people WHERE account = '30001'") == [("小林",)]
    for name, before in kept.items():
        assert await rows(known, f"SELECT * FROM {name}") == before
    assert "会员有效" in await known.ask("我的会员", MEMBER)
    assert "请先发" in await heard(known, "删除我的数据 确认", MEMBER), "once asked for, once deleted"
    await heard(known, "删除我的数据", MEMBER)
    assert "会员照常用" in await heard(known, "删除我的数据 确认", MEMBER)


async def test_the_command_itself_stores_no_name_again(known: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the name could be stored behind the deletion, by what runs beside it."""
    begun = []

    async def store(seen: tuple[str, str, str]) -> None:
        begun.append(seen)

    monkeypatch.setattr(known.services.seen_names, "store", store)
    known.nicknames[MEMBER] = "周笔杆改了名"
    await heard(known, "删除我的数据", MEMBER)
    await heard(known, "删除我的数据 确认", MEMBER)
    assert await rows(known, f"SELECT * FROM people WHERE account = '{MEMBER}'") == [] == begun
    await heard(known, "帮助", MEMBER)
    assert begun, "any other command does"


async def test_no_answer_shows_the_operators_note_and_superusers_read_it_when_it_goes(chat: Chat) -> None:
    await chat.say(f"备注 {MEMBER} 疑似倒卖", SUPERUSER)
    for words in ("我的数据", "删除我的数据"):
        assert "疑似倒卖" not in await heard(chat, words, MEMBER)
    sent = await chat.say("删除我的数据 确认", MEMBER)
    await chat.services.answers.background_done()
    assert [one.person for one in sent if "疑似倒卖" in one.text] == [SUPERUSER]
    assert "备注“疑似倒卖”" in next(one.text for one in sent if one.person == SUPERUSER)


async def test_superusers_read_of_a_deleted_note_once_a_day(chat: Chat) -> None:
    async def deletes() -> list[str]:
        await chat.say(f"备注 {MEMBER} 盯着", SUPERUSER)
        await chat.say("删除我的数据", MEMBER)
        sent = await chat.say("删除我的数据 确认", MEMBER)
        await chat.services.answers.background_done()
        return [one.text for one in sent if one.person == SUPERUSER]

    assert [len(await deletes()), len(await deletes())] == [1, 0]
    chat.clock.advance(days=1, minutes=1)
    assert len(await deletes()) == 1


@pytest.mark.parametrize(
    "words",
    [
        "删除我的数据确认",
        "删除我的数据：确认",
        "删除我的数据 确定。",
        "确认删除我的数据",
        "删除我的资料 确认",
    ],
)
async def test_a_confirmation_is_understood_however_it_is_typed(known: Chat, words: str) -> None:
    assert "请先发“删除我的数据”" in await heard(known, words, MEMBER), "never without having been told"
    await heard(known, "删除我的数据", MEMBER)
    assert "已删除" in await heard(known, words, MEMBER)


@pytest.mark.parametrize(
    "words", ["删除我的数据 不确认", "删除我的数据 怎么确认", "删除我的数据吗", "我的数据 确认"]
)
async def test_what_is_no_confirmation_deletes_nothing(known: Chat, words: str) -> None:
    await heard(known, "删除我的数据", MEMBER)
    assert "已删除" not in await heard(known, words, MEMBER)


async def test_a_membership_that_does_not_go_on_is_not_said_to(known: Chat) -> None:
    await known.ask(f"停用 {MEMBER}", SUPERUSER)
    assert "会员照常用" not in await heard(known, "删除我的数据", MEMBER)
    assert "会员照常用" not in await heard(known, "删除我的数据 确认", MEMBER)


async def test_the_note_that_followed_a_transfer_is_named_with_its_account(chat: Chat) -> None:
    await chat.say(f"备注 {MEMBER} 盯着", SUPERUSER)
    await chat.say(f"转移 {MEMBER} {NEW} 换号", SUPERUSER)
    await chat.say("删除我的数据", MEMBER)
    sent = await chat.say("删除我的数据 确认", MEMBER)
    await chat.services.answers.background_done()
    assert f"“备注 {NEW} 文字”" in next(one.text for one in sent if one.person == SUPERUSER)


async def test_asking_what_is_stored_stores_no_name(chat: Chat) -> None:
    chat.nicknames[VISITOR] = "小林"
    for _ in range(2):
        assert "昵称和群名片：没有存" in await heard(chat, "我的数据", VISITOR)
    assert await rows(chat, f"SELECT * FROM people WHERE account = '{VISITOR}'") == []


async def test_a_stranger_reads_of_no_records_that_do_not_exist(chat: Chat) -> None:
    for words in ("删除我的数据", "删除我的数据 确认"):
        answer = await heard(chat, words, VISITOR)
        for absent in ("会员记录", "会员照常用", "发出记录", "举报还在"):
            assert absent not in answer, (words, answer)


async def test_nobody_deletes_what_is_anothers(known: Chat) -> None:
    before = await rows(known, f"SELECT * FROM people WHERE account = '{MEMBER}'")
    for words in (
        "删除我的数据",
        f"删除我的数据 {MEMBER}",
        f"删除我的数据 {MEMBER} 确认",
        "删除我的数据 确认",
    ):
        await heard(known, words, VISITOR)
    assert await rows(known, f"SELECT * FROM people WHERE account = '{MEMBER}'") == before != []


async def test_where_the_database_can_not_be_written_nothing_is_said_to_be_deleted(
    known: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    await heard(known, "删除我的数据", MEMBER)

    async def refused(*_: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr("jianggao.personal_data.personal_rows.delete", refused)
        assert "已删除" not in await heard(known, "删除我的数据 确认", MEMBER)
    assert await rows(known, f"SELECT nickname FROM people WHERE account = '{MEMBER}'") == [("周笔杆",)]


async def test_no_cell_of_a_table_that_names_nobody_has_an_account_in_it(known: Chat) -> None:
    """After people have done much: what the lists of tables say is looked for in what is really stored."""
    await known.ask("查看举报 1", SUPERUSER)
    await known.ask("查看举报 2", SUPERUSER)
    await known.say(f"转移 {MEMBER} {NEW} 换号", SUPERUSER)
    known_columns = {(table.name, column) for table in PERSONAL for column in table.columns}
    accounts = [str(account) for account in (MEMBER, NEW, VISITOR, SUPERUSER)]
    found = set()
    async with known.application.database.read() as connection:
        readable = {name for name in IMPERSONAL if not name.endswith("_grams")}  # those give nothing back
        for name in readable | {table.name for table in PERSONAL}:
            for row in await connection.execute_fetchall(f"SELECT * FROM {name}"):
                for column in row.keys():  # noqa: SIM118  # a Row iterates values
                    if isinstance(row[column], str) and any(account in row[column] for account in accounts):
                        found.add((name, column))
    assert found - known_columns == set()
    assert {"people", "ledger", "deliveries", "claims", "outbox", "reports"} <= {name for name, _ in found}
