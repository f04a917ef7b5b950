"""导入会员 from the file to the ledger, 撤销 of what it did, and the exports: as an operator types them."""

from __future__ import annotations

import asyncio
import base64
import io
import re
from random import Random
from typing import Any

import pytest
from nonebot.adapters.onebot.v11 import ActionFailed
from openpyxl import load_workbook
from sent_tables import SHOP, csv_of, order, workbook_of
from simulated_chat import FREE_GROUP, MEMBER, MEMBER_GROUP, SUPERUSER, VISITOR, Chat, Sent
from tracing_chat import answering, file_message, holding

from jianggao.redeem_codes.code_form import new_code

TWO = csv_of("20011,2026-03-18,1年,老客户", "20012,,3个月,")


async def ledger(chat: Chat) -> list[tuple[Any, ...]]:
    async with chat.application.database.read() as connection:
        rows = await connection.execute_fetchall(
            "SELECT kind, member, starts_on, note FROM ledger WHERE member <> ? ORDER BY number",
            (str(MEMBER),),
        )
    return [tuple(row) for row in rows]


async def send_table(chat: Chat, content: bytes, name: str = "名单.csv") -> list[Sent]:
    """What is sent because of 导入会员 and a file."""
    chat.answer = answering(get_file=holding(content))
    assert "把表格发来" in await chat.ask("导入会员", SUPERUSER)
    return await chat.say(file_message(name), SUPERUSER)


def book(sent: Sent) -> list[tuple[Any, ...]]:
    content = base64.b64decode(sent.params["file"].removeprefix("base64://"))
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


async def test_a_table_is_shown_then_confirmed_once(chat: Chat) -> None:
    details, answer = await send_table(chat, TWO)
    assert answer.text.startswith("第 1 份：可导入 2 行（新开通 2），没有不能导入的。")
    assert "第 2 行 20011：新开通，从 2026-03-18 起，有效期至 2027-03-18" in answer.text
    assert "发“确认导入 1”" in answer.text
    assert details.params["name"] == "导入预演1.xlsx"
    assert [row[:3] for row in book(details)[1:]] == [(2, "20011", "新开通"), (3, "20012", "新开通")]
    assert await ledger(chat) == []
    told = await chat.ask("确认导入 1", SUPERUSER)
    assert told == (
        "已导入第 1 份：2 行（新开通 2），记录号 2–3。"
        "发“操作记录”查看，办错的发“撤销 记录号”，整份办错的发“撤销导入 1”。"
    )
    assert await ledger(chat) == [
        ("grant", "20011", "2026-03-18", "导入1 老客户"),
        ("grant", "20012", None, "导入1"),
    ]
    again = await chat.ask("确认导入 1", SUPERUSER)
    assert "已在 2026-03-18 12:00 确认导入过，这次什么也没做" in again
    assert len(await ledger(chat)) == 2
    assert "有效期至 2027-03-18" in await chat.ask("我的会员", 20011)


async def test_what_was_imported_is_told_in_words_and_undone(chat: Chat) -> None:
    await send_table(chat, TWO)
    await chat.ask("确认导入 1", SUPERUSER)
    log = await chat.ask("操作记录", SUPERUSER)
    assert "90001 开通 20011 1年，从 2026-03-18 起（“导入1 老客户”）" in log
    assert "已撤销 记录 2（20011）" in await chat.ask("撤销 2", SUPERUSER)
    assert "还不是会员" in await chat.ask("会员查询 20011", SUPERUSER)


async def test_an_import_is_taken_back_as_a_whole_once(chat: Chat) -> None:
    await send_table(chat, TWO)
    assert "还没有确认，没有什么要撤销" in await chat.ask("撤销导入 1", SUPERUSER)
    await chat.ask("确认导入 1", SUPERUSER)
    await chat.ask("撤销 3", SUPERUSER)
    told = await chat.ask("撤销导入 1", SUPERUSER)
    assert told == "已撤销第 1 份导入的 1 行，记录号 5。另有 1 行早已撤销。发“操作记录”查看。"
    assert "还不是会员" in await chat.ask("会员查询 20011", SUPERUSER)
    assert "撤销 2（20011）" in await chat.ask("操作记录", SUPERUSER)
    assert "2 行都已撤销过，这次什么也没做" in await chat.ask("撤销导入 1", SUPERUSER)


@pytest.mark.parametrize("typed", ["开通 20001 1年", "确认导入 1", "会员列表", "备份", "检索 水利"])
async def test_another_command_meanwhile_is_told_that_it_was_not_done(chat: Chat, typed: str) -> None:
    await chat.ask("导入会员", SUPERUSER)
    told = await chat.ask(typed, SUPERUSER)
    assert told == f"正在等表格：“{typed}”没有办。先发“取消”，再发“{typed}”。"
    pasted = await chat.say("备注\tQQ\t时长\n老客户\t20011\t1年", SUPERUSER)
    assert "可导入 1 行" in pasted[-1].text


async def test_a_redeem_code_in_a_table_is_kept_nowhere(chat: Chat) -> None:
    code = new_code(Random(7).randbytes)
    details, answer = await send_table(chat, csv_of(f"20011,,1年,{code}", f"20012,,{code},", "20013,,1年,好"))
    assert "第 2 行：这一行里有卡密，没有导入" in answer.text and "可导入 1 行" in answer.text
    await chat.ask("确认导入 1", SUPERUSER)
    async with chat.application.database.read() as connection:
        names = await connection.execute_fetchall(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%'"
        )
        stored = [
            tuple(row)
            for (name,) in names
            for row in await connection.execute_fetchall(f"SELECT * FROM {name}")
        ]
    assert "20013" in repr(stored) and code not in repr(stored)
    assert code not in repr(book(details))


async def test_the_same_message_again_imports_nothing_more(chat: Chat) -> None:
    await send_table(chat, TWO)
    event = chat.event("确认导入 1", SUPERUSER)
    assert len(await chat.send(event)) == 1
    assert await chat.send(dict(event)) == []
    chat.forget()
    assert await chat.send(dict(event)) == []
    assert len(await ledger(chat)) == 2


async def test_a_pasted_table_and_one_behind_the_command(chat: Chat) -> None:
    await chat.ask("导入会员", SUPERUSER)
    pasted = await chat.say("QQ\t时长\n20011\t1年\n20012\t很久", SUPERUSER)
    assert "第 1 份：可导入 1 行（新开通 1），1 行不能导入" in pasted[-1].text
    assert "第 3 行：没看懂时长“很久”" in pasted[-1].text
    direct = await chat.say("导入会员\nQQ,时长\n20013,半年", SUPERUSER)
    assert "第 2 行 20013：新开通，有效期至 2026-09-18" in direct[-1].text
    chat.answer = answering(get_file=holding(TWO))
    came = await chat.say([{"type": "text", "data": {"text": "导入会员"}}, *file_message("a.csv")], SUPERUSER)
    assert "第 3 份：可导入 2 行" in came[-1].text


async def test_what_is_no_table_leaves_the_conversation_open(chat: Chat) -> None:
    answers = await send_table(chat, b"\x89PNG\r\n\x1a\n" + bytes(200), "名单.xlsx")
    assert "这不是表格文件" in answers[-1].text
    assert "没有表格" in await chat.ask("完成", SUPERUSER)
    assert "没有找到表头" in await chat.ask("在吗", SUPERUSER)
    chat.answer = answering(get_file=holding(TWO))
    assert "第 1 份" in (await chat.say(file_message("a.csv"), SUPERUSER))[-1].text
    # The conversation has ended: what is said now is no table.
    assert "没有找到表头" not in (await chat.say("乡村振兴", SUPERUSER))[-1].text


async def test_a_running_subscription_is_extended_and_what_moved_meanwhile_is_shown_again(chat: Chat) -> None:
    answers = await send_table(chat, csv_of(f"{MEMBER},,1年,", "20012,,1年,"))
    assert f"{MEMBER}：已有会员到 2027-03-18，顺延，有效期至 2028-03-18" in answers[-1].text
    assert "新开通 1，续期 1" in answers[-1].text
    await chat.ask(f"续期 {MEMBER} 1个月", SUPERUSER)
    details, told = await chat.say("确认导入 1", SUPERUSER)
    assert told.text.startswith("第 1 份没有导入：预演之后情况变了，有 1 行不一样。")
    assert f"第 2 行 {MEMBER}：原来已有会员到 2027-03-18，顺延，有效期至 2028-03-18，现在" in told.text
    assert "有效期至 2028-04-18" in told.text and "发“确认导入 2”" in told.text
    assert len(book(details)) == 3
    assert await ledger(chat) == []
    assert "作废" in await chat.ask("确认导入 1", SUPERUSER)
    assert "已导入第 2 份：2 行" in await chat.ask("确认导入 2", SUPERUSER)


async def test_a_dry_run_is_dropped_and_ends_after_a_day(chat: Chat) -> None:
    await send_table(chat, TWO)
    assert "作废" in await chat.ask("放弃导入 1", SUPERUSER)
    assert "作废" in await chat.ask("确认导入 1", SUPERUSER)
    await send_table(chat, TWO)
    chat.clock.advance(hours=25)
    assert "已超过 24 小时" in await chat.ask("确认导入 2", SUPERUSER)
    assert await ledger(chat) == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("确认导入", "请写是第几份"),
        ("确认导入 abc", "请写是第几份"),
        ("确认导入 0", "请写是第几份"),
        ("确认导入 9", "没有第 9 份导入（现在没有等着确认的）"),
        ("撤销导入 9", "没有第 9 份导入"),
        ("撤销导入", "请写是第几份"),
        ("放弃导入 第9份", "没有第 9 份导入"),
        ("导出操作记录 去年", "请写四位数的年份"),
        ("导出操作记录 26", "请写四位数的年份"),
        ("导出操作记录 2019", "2019 年没有操作记录"),
    ],
)
async def test_an_unclear_command_says_what_is_missing(chat: Chat, typed: str, told: str) -> None:
    assert told in await chat.ask(typed, SUPERUSER)


async def test_an_order_is_granted_once_over_files_and_after_its_undoing(chat: Chat) -> None:
    rows = (
        SHOP,
        order("2403", "QQ：20011"),
        order("2404", "加群qq 20012 谢谢"),
        order("2405", "20013 或 20014"),
    )
    answers = await send_table(chat, workbook_of(*rows), "订单.xlsx")
    assert "可导入 2 行（新开通 2），1 行不能导入" in answers[-1].text
    assert "第 4 行：买家留言里不止一个号码（20013、20014）" in answers[-1].text
    assert "从 2026-03-17 起，有效期至 2027-03-17" in answers[-1].text
    await chat.ask("确认导入 1", SUPERUSER)
    assert ("grant", "20011", "2026-03-17", "导入1 订单2403") in await ledger(chat)
    await chat.ask("撤销 3", SUPERUSER)
    again = await send_table(chat, workbook_of(*rows, order("2406", "QQ20015")), "订单2.xlsx")
    assert "订单 2403 已由第 2 号记录办过" in again[-1].text
    assert "订单 2404 已由第 3 号记录办过，后来由第 4 号撤销；同一订单不再导入" in again[-1].text
    assert "可导入 1 行" in again[-1].text


async def test_two_files_with_one_order_grant_it_once(chat: Chat) -> None:
    for name in ("一.xlsx", "二.xlsx"):
        await send_table(chat, workbook_of(SHOP, order("2403", "QQ：20011"), (name,)), name)
    first, second = await asyncio.gather(chat.say("确认导入 1", SUPERUSER), chat.say("确认导入 2", SUPERUSER))
    assert len([row for row in await ledger(chat) if row[1] == "20011"]) == 1
    told = [sent.text for sent in (*first, *second)]
    assert any("订单 2403 已由第 2 号记录办过" in text for text in told)


async def test_the_same_file_again_is_warned_of(chat: Chat) -> None:
    await send_table(chat, TWO)
    await chat.ask("确认导入 1", SUPERUSER)
    again = await send_table(chat, TWO)
    assert "同样的文件已作为第 1 份导入过，再导入，没有订单号的 2 行就是再给一次。" in again[-1].text


async def test_the_same_orders_again_are_said_to_be_given_once(chat: Chat) -> None:
    content = workbook_of(SHOP, order("2403", "QQ：20011"))
    for number in (1, 2):
        again = await send_table(chat, content, "订单.xlsx")
        await chat.ask(f"确认导入 {number}", SUPERUSER)
    assert "同样的文件已作为第 1 份导入过，办过的订单不会再给。" in again[-1].text


async def test_nothing_to_import_is_not_stored(chat: Chat) -> None:
    details, answer = await send_table(chat, csv_of("abc,,1年,", "20011,,,"))
    assert answer.text.startswith("没有一行能导入，什么也没有存（共 2 行）。")
    assert [row[-1] for row in book(details)[1:]] == ["“abc”不是 QQ 号", "没有写时长"]


async def test_details_that_cannot_be_sent_are_told(chat: Chat) -> None:
    def refuse(action: str, data: dict[str, Any]) -> Any:
        if action == "upload_private_file":
            raise ActionFailed(status="failed", retcode=1404, message="no such call")
        return answering(get_file=holding(TWO))(action, data)

    await chat.ask("导入会员", SUPERUSER)
    chat.answer = refuse
    (answer,) = await chat.say(file_message("a.csv"), SUPERUSER)
    assert "逐行的明细表没有发出去：这个 QQ 实现不能发文件" in answer.text
    assert "没有发出去" in await chat.ask("导出会员", SUPERUSER)


# --- who may ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["导入会员", "确认导入 1", "放弃导入 1", "撤销导入 1", "导出会员", "导出操作记录 2026"]
)
@pytest.mark.parametrize("person", [MEMBER, VISITOR])
async def test_nobody_else_imports_or_exports(chat: Chat, typed: str, person: int) -> None:
    await send_table(chat, TWO)
    before = len(chat.sent)
    for group in (None, MEMBER_GROUP):
        await chat.say(typed, person, group)
    assert not [sent for sent in chat.sent[before:] if sent.action == "upload_private_file"]
    assert await ledger(chat) == []


@pytest.mark.parametrize("person", [MEMBER, VISITOR])
async def test_nobody_else_takes_an_import_back(chat: Chat, person: int) -> None:
    await send_table(chat, TWO)
    await chat.ask("确认导入 1", SUPERUSER)
    await chat.say("撤销导入 1", person)
    assert [row[0] for row in await ledger(chat)] == ["grant", "grant"]


@pytest.mark.parametrize("group", [MEMBER_GROUP, FREE_GROUP])
async def test_in_a_group_everything_goes_to_the_private_chat(chat: Chat, group: int) -> None:
    sent = await chat.say("导入会员", SUPERUSER, group)
    assert [(each.person, each.group) for each in sent] == [(SUPERUSER, None), (None, group)]
    assert "私聊" in sent[0].text and sent[1].text == "已私信"
    for typed in ("导出会员", "导出操作记录"):
        sent = await chat.say(typed, SUPERUSER, group)
        assert [(each.person, each.group) for each in sent] == [
            (SUPERUSER, None),
            (SUPERUSER, None),
            (None, group),
        ]
        assert sent[0].action == "upload_private_file" and sent[2].text == "已私信"


# --- exports ----------------------------------------------------------------------------------------------------------


async def test_members_are_exported_with_what_they_have(chat: Chat) -> None:
    await chat.ask('开通 20011 1个月 =HYPERLINK("http://x")', SUPERUSER)
    file, answer = await chat.say("导出会员", SUPERUSER)
    assert file.params["name"] == "会员名单2026-03-18.xlsx" and file.person == SUPERUSER
    assert answer.text.startswith("会员名单2026-03-18.xlsx（2 人）已发到私聊。")
    header, first, second = book(file)
    row = dict(zip(header, first, strict=True))
    assert row["QQ"] == "20011" and row["状态"] == "会员有效" and row["最近一次备注"].startswith("=HYPERLINK")
    assert f"{row['有效期至']:%Y-%m-%d}" == "2026-04-18" and row["累计天数"] == 32
    assert second[0] == str(MEMBER)


async def test_a_years_ledger_is_exported_in_words(chat: Chat) -> None:
    await send_table(chat, TWO)
    await chat.ask("确认导入 1", SUPERUSER)
    await chat.ask("撤销 3", SUPERUSER)
    file, answer = await chat.say("导出操作记录", SUPERUSER)
    assert answer.text.startswith("操作记录2026.xlsx（4 条）已发到私聊。")
    rows = book(file)
    assert rows[2][:5] == (2, "2026-03-18 12:00:00", "90001", "开通", "20011")
    assert rows[3][-1] == 4
    assert rows[4][3:5] == ("撤销第 3 号", "20012")
    chat.clock.advance(days=400)
    assert "2027 年没有操作记录" in await chat.ask("导出操作记录", SUPERUSER)
    assert re.search(r"4 条", (await chat.say("导出操作记录 2026年", SUPERUSER))[-1].text)
