"""A seller who gets reports on himself filed that contradict his own copy, and somebody who was first with
nothing."""

from __future__ import annotations

import base64
import io
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from simulated_chat import MEMBER, SUPERUSER, VISITOR, Chat
from traced_texts import LIBRARY

from jianggao.library import speech_store
from jianggao.tracing.store import plans_of
from jianggao.tracing.watermark import mark, marks_of

SAMPLE = "乡村振兴/2024-09-05 在全县和美乡村建设现场推进会上的讲话.txt"
SPEECH = 9
FRIEND, HONEST = VISITOR, 30002


def saved_again(content: bytes) -> bytes:
    buffer = io.BytesIO()
    Document(io.BytesIO(content)).save(buffer)
    return buffer.getvalue()


def contrary(content: bytes) -> bytes:
    """The copy with every bit of its layout turned over."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            xml = old.read(name)
            if name == "word/document.xml":
                text = xml.decode()
                text = re.sub(
                    r'spacing w:val="-([67])"', lambda m: f'spacing w:val="-{13 - int(m[1])}"', text
                )
                text = re.sub(r'w:right="([0-3])"', lambda m: f'w:right="{3 - int(m[1])}"', text)
                text = re.sub(r"_Hlk(\d+)", lambda m: f"_Hlk{int(m[1]) ^ ((1 << 24) - 1)}", text)
                xml = text.encode()
            new.writestr(name, xml)
    return buffer.getvalue()


@pytest.fixture
async def sold(chat: Chat, library: Path) -> Chat:
    """A speech that MEMBER and others have received; he is no new member."""
    shutil.copy(LIBRARY / SAMPLE, library)
    await chat.application.importer.run()
    for account in (MEMBER, *range(21_001, 21_013)):
        if account != MEMBER:
            await chat.say(f"开通 {account} 1年", SUPERUSER)
        await chat.say(f"全文 {SPEECH}", account)
    chat.clock.advance(days=30)
    chat.sent.clear()
    return chat


async def copy_of(chat: Chat, account: int) -> Any:
    async with chat.application.database.read() as connection:
        speech = await speech_store.speech(connection, SPEECH)
    assert speech is not None
    return await chat.application.copies.of(str(account), speech.version)


async def contrary_text(chat: Chat, account: int) -> str:
    """With every mark of the account's copy turned over."""
    copy = await copy_of(chat, account)
    async with chat.application.database.read() as connection:
        clean = await speech_store.version_text(connection, copy.speech.version)
        (plan,) = [one.plan for one in await plans_of(connection, [copy.speech.version])]
    key = chat.application.keys.marks_key(copy.mark_key)
    return mark(clean, plan, [1 - bit for bit in marks_of(key, str(account), copy.speech.version, plan)])


async def report(chat: Chat, person: int, *pieces: str | bytes) -> None:
    await chat.ask(f"举报 {MEMBER}", person)
    for piece in pieces:
        if isinstance(piece, str):
            await chat.ask(piece, person)
            continue
        content = base64.b64encode(piece).decode()
        chat.answer = lambda action, data, content=content: (
            {"base64": content} if action.startswith("get_") else None
        )
        await chat.ask([{"type": "file", "data": {"file": "讲话.docx", "file_id": "f1"}}], person)
        chat.answer = lambda action, data: None
    assert "已收到你的举报" in await chat.ask("完成", person)


async def test_an_honest_report_names_the_seller_alone(sold: Chat) -> None:
    document = (await copy_of(sold, MEMBER)).as_document()
    await report(sold, HONEST, saved_again(document))
    assert f"强线索：QQ {MEMBER}" in await sold.ask("查看举报 1", SUPERUSER)


async def test_a_contrary_report_before_it_does_not_hide_him(sold: Chat) -> None:
    copy = await copy_of(sold, MEMBER)
    document = copy.as_document()
    await report(sold, FRIEND, await contrary_text(sold, MEMBER), contrary(document))
    await report(sold, HONEST, saved_again(document))
    answer = await sold.ask("查看举报 1", SUPERUSER)
    assert "只看编号 1 的材料：无法判定" in answer
    assert "只看编号 2 的材料" in answer
    assert f"强线索：QQ {MEMBER}" in answer
    assert "3. （编号 2）文件 “讲话.docx”" in answer
    async with sold.application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT source, line, number FROM look_shares ORDER BY look")
    assert len(set(map(tuple, rows))) == len(list(rows)) == 3  # no share is spent twice


async def test_who_was_first_with_nothing_is_not_paid_unnoticed(sold: Chat) -> None:
    await report(sold, FRIEND, "见图，他在卖")
    document = (await copy_of(sold, MEMBER)).as_document()
    await report(sold, HONEST, saved_again(document))
    answer = await sold.ask("查看举报 1", SUPERUSER)
    assert f"强线索：QQ {MEMBER}" in answer
    assert f"最先举报的 {FRIEND} 发的材料单独认不出人" in answer


async def test_who_was_first_with_the_copy_is_not_doubted(sold: Chat) -> None:
    document = (await copy_of(sold, MEMBER)).as_document()
    await report(sold, FRIEND, saved_again(document))
    await report(sold, HONEST, "见图，他在卖")
    answer = await sold.ask("查看举报 1", SUPERUSER)
    assert f"强线索：QQ {MEMBER}" in answer and "单独认不出人" not in answer


async def test_who_was_first_with_nothing_gets_no_year_by_rule(sold: Chat) -> None:
    await report(sold, FRIEND, "见图，他在卖")
    document = (await copy_of(sold, MEMBER)).as_document()
    await report(sold, HONEST, saved_again(document))
    await sold.ask("查看举报 1", SUPERUSER)
    answer = await sold.ask("通过举报 1", SUPERUSER)
    assert "没有通过，什么也没改" in answer and "后来并入的材料" in answer
    assert "还不是会员" in await sold.ask("我的会员", FRIEND)


async def test_after_a_contrary_first_report_the_first_gets_no_year_by_rule(sold: Chat) -> None:
    document = (await copy_of(sold, MEMBER)).as_document()
    await report(sold, FRIEND, await contrary_text(sold, MEMBER), contrary(document))
    await report(sold, HONEST, saved_again(document))
    assert f"强线索：QQ {MEMBER}" in await sold.ask("查看举报 1", SUPERUSER)
    assert "后来并入的材料" in await sold.ask("通过举报 1", SUPERUSER)
    assert "还不是会员" in await sold.ask("我的会员", FRIEND)


async def test_a_file_is_read_once_in_all_looks_at_a_case(sold: Chat) -> None:
    document = (await copy_of(sold, MEMBER)).as_document()
    await report(sold, FRIEND, await contrary_text(sold, MEMBER), contrary(document))
    await report(sold, HONEST, saved_again(document))
    names: list[str] = []
    read = sold.application.people_files.read

    class Counting:
        async def read(self, content: bytes, name: str) -> Any:
            names.append(name)
            return await read(content, name)

    object.__setattr__(sold.application, "people_files", Counting())
    assert "只看编号 2 的材料" in await sold.ask("查看举报 1", SUPERUSER)
    assert names == ["讲话.docx"] * 2  # of the same name, with other bytes
