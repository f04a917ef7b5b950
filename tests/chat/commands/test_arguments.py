"""Accounts, numbers, pages and durations behind a command word."""

from __future__ import annotations

from datetime import date

import pytest
from simulated_chat import MEMBER, SUPERUSER, Chat

from jianggao.errors import WrongForm

TYPED = ("፩", "፩፩", "፩2", "9" * 4_301)
"""What is typed is folded first: `①` is 1 there."""


@pytest.mark.parametrize("odd", TYPED)
@pytest.mark.parametrize(
    "command",
    [
        "撤销",
        "操作记录",
        f"操作记录 {MEMBER}",
        "会员列表",
        "到期清单",
        "举报列表",
        "查看举报",
        "通过举报",
        "续期",
    ],
)
async def test_a_number_that_is_none_is_answered_with_the_right_form(
    chat: Chat, command: str, odd: str
) -> None:
    answer = await chat.ask(f"{command} {odd}", SUPERUSER)
    assert "例如" in answer and "出错了" not in answer


async def test_wide_digits_are_digits(chat: Chat) -> None:
    assert "已撤销" in await chat.ask("撤销 １", SUPERUSER)
    assert "没有" not in await chat.ask("操作记录 １", SUPERUSER)


@pytest.mark.parametrize(
    ("text", "speech", "section"),
    [
        ("12", 12, None),
        (" 12 ", 12, None),
        ("第12篇", 12, None),
        ("第 12 篇 第 3 段", 12, 3),
        ("12.3", 12, 3),
        ("12-3", 12, 3),
        ("12。3", 12, 3),
        ("１２．３", 12, 3),
    ],
)
def test_a_number_is_read_however_it_is_typed(
    plugins: None, text: str, speech: int, section: int | None
) -> None:
    from jianggao.chat import parse_number

    number = parse_number(text)
    assert number is not None and (number.speech, number.section) == (speech, section)


@pytest.mark.parametrize("text", ["", "十二", "12.3.4", "12 页", "1234567890", "12." + " " * 60 + "3"])
def test_what_is_no_number_is_none(plugins: None, text: str) -> None:
    from jianggao.chat import parse_number

    assert parse_number(text) is None


def test_an_account_is_named_by_mention_or_number(plugins: None) -> None:
    from jianggao.chat import parse_account

    assert parse_account("1年 续费", ("20001",)) == ("20001", "1年 续费")
    assert parse_account(" 20001  1年 续费 ", ()) == ("20001", "1年 续费")
    assert parse_account("20001", ()) == ("20001", "")


@pytest.mark.parametrize("text", ["", "1234", "020001", "张三 1年", "1年 20001", "123456789012"])
def test_without_an_account_the_form_is_wrong(plugins: None, text: str) -> None:
    from jianggao.chat import parse_account

    with pytest.raises(WrongForm, match="请 @ 一个人或写 QQ 号。"):
        parse_account(text, ())


def test_one_account_at_a_time(plugins: None) -> None:
    from jianggao.chat import parse_account

    with pytest.raises(WrongForm, match="一次只能办一个人。"):
        parse_account("1年", ("20001", "20002"))


@pytest.mark.parametrize(
    ("text", "mentions", "expected"),
    [
        ("", (), (None, "")),
        ("2", (), (None, "2")),
        ("20001", (), ("20001", "")),
        ("20001 2", (), ("20001", "2")),
        ("2", ("20001", "20002"), ("20001", "2")),
    ],
)
def test_an_account_that_may_be_left_out(
    plugins: None, text: str, mentions: tuple[str, ...], expected: tuple[str | None, str]
) -> None:
    from jianggao.chat import parse_optional_account

    assert parse_optional_account(text, mentions) == expected


def test_a_page_is_a_positive_whole_number_or_left_out(plugins: None) -> None:
    from jianggao.chat import parse_whole

    assert parse_whole("  ", 7) == 7 and parse_whole(" 3 ", 7) == 3
    for text in ("0", "-1", "1.5", "两", "100001"):
        with pytest.raises(WrongForm, match="正整数"):
            parse_whole(text, 7)


def test_a_duration_must_be_said_and_a_note_may_follow(plugins: None) -> None:
    from jianggao.chat import parse_duration_and_note

    duration, note = parse_duration_and_note("1年  老会员 介绍")
    assert str(duration) == "1年" and note == "老会员 介绍"
    with pytest.raises(WrongForm, match="还差时长"):
        parse_duration_and_note("")
    with pytest.raises(WrongForm, match="没看懂时长“很久”。时长请写成"):
        parse_duration_and_note("很久")


@pytest.mark.parametrize(
    ("argument", "mentions", "typed", "expected"),
    [
        ("20001 20002 换号", (), "转移 20001 20002 换号", ("20001", "20002", "换号")),
        ("20001  20002", (), "转移 20001  20002", ("20001", "20002", "")),
        ("换号 了", ("20001", "20002"), "转移 @20001 @20002 换号 了", ("20001", "20002", "换号 了")),
        ("20002 换号", ("20001",), "转移 @20001 20002 换号", ("20001", "20002", "换号")),
        ("20001 换号", ("20002",), "转移 20001 @20002 换号", ("20001", "20002", "换号")),
        ("20001 20001的", ("20002",), "转移 @20002 20001 20001的", ("20002", "20001", "20001的")),
        ("20001 x", ("20002",), "@10001 转移 ２０００１ @20002 x", ("20001", "20002", "x")),
        ("QQ20001 QQ20002 x", (), "转移 QQ20001 QQ20002 x", ("20001", "20002", "x")),
        ("20001,20002,x", (), "转移 20001，20002，x", ("20001", "20002", "x")),
        ("20001到20002 x", (), "转移 20001到20002 x", ("20001", "20002", "x")),
        ("20001 x", ("200012",), "转移 @200012 20001 x", ("200012", "20001", "x")),
    ],
)
def test_two_accounts_come_in_the_order_in_which_they_were_typed(
    argument: str, mentions: tuple[str, ...], typed: str, expected: tuple[str, str, str]
) -> None:
    from jianggao.chat import parse_two_accounts

    assert parse_two_accounts(argument, mentions, typed) == expected


@pytest.mark.parametrize(
    ("argument", "mentions"),
    [
        ("", ()),
        ("20001", ()),
        ("20001 x", ()),
        ("020001 20002", ()),
        ("x", ("20001",)),
        ("", ("20001",)),
        ("", ("1", "2", "3")),
    ],
)
def test_fewer_or_more_than_two_accounts_are_refused(argument: str, mentions: tuple[str, ...]) -> None:
    from jianggao.chat import parse_two_accounts

    with pytest.raises(WrongForm):
        parse_two_accounts(argument, mentions, argument)


def test_pages_are_named_in_several_ways() -> None:
    from jianggao.chat import parse_page

    for text in ("2", "第2页", "第 2 页", "2页", "２", "2 备注"):
        assert parse_page(text) == 2, text
    assert parse_page(" ") == 1
    for text in ("0", "第0页", "abc", "2x", "-1", "第二页"):
        with pytest.raises(WrongForm):
            parse_page(text)


def test_entries_are_named_in_several_ways() -> None:
    from jianggao.chat import parse_entry

    for text in (
        "5",
        "第5号",
        "#5",
        "＃5",
        "记录5",
        "记录号 5",
        "第 5 号",
        "5号",
        "第5条",
        "5号记录",
        "第5号记录",
    ):
        assert parse_entry(text) == (5, ""), text
        assert parse_entry(f"{text} 写错了 3 次") == (5, "写错了 3 次"), text
    for text in ("", "abc", "第号", "5号楼", "-5", "5.2", "9" * 16):
        assert parse_entry(text) is None, text


@pytest.mark.parametrize(
    ("text", "account", "duration", "note"),
    [
        ("20001,1年", "20001", "1年", ""),
        ("1年 20001 张三", "20001", "1年", "张三"),
        ("1 年 20001", "20001", "1年", ""),
        ("20001 1 年 6 个月 老客户", "20001", "1年6个月", "老客户"),
        ("20001 1年 6个月", "20001", "1年6个月", ""),
        ("20001 1年,老客户", "20001", "1年", "老客户"),
        ("20001 1年 198", "20001", "1年", "198"),
        ("20001 1年 2026年补", "20001", "1年", "2026年补"),
        ("20001 1年 单号23456789", "20001", "1年", "单号23456789"),
        ("QQ20001 1年。", "20001", "1年", ""),
        ("qq号: 20001 1年", "20001", "1年", ""),
        ("@20001 年卡", "20001", "1年", ""),
        ("20001 1年会员 张三", "20001", "1年", "张三"),
        ("包年 QQ20001 张三", "20001", "1年", "张三"),
        ("20001 1年 年卡", "20001", "1年", "年卡"),
        ("20001 1年 备注 张三", "20001", "1年", "张三"),
        ("20001 1年 备注:3月到期的", "20001", "1年", "3月到期的"),
        ("20001 1年 3月15日微信转账", "20001", "1年", "3月15日微信转账"),
    ],
)
def test_account_duration_and_note_are_read_however_they_are_parted(
    plugins: None, text: str, account: str, duration: str, note: str
) -> None:
    from jianggao.chat import parse_grant

    found = parse_grant(text, ())
    assert (found[0], str(found[1]), found[2]) == (account, duration, note)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("20001 1年 3月 到账", "写了两个时长"),
        ("20001 一年 半年", "写了两个时长"),
        ("20001 1", "没看懂时长“1”"),
        ("20001 30 年", "时长最多 20 年"),
        ("3 20001", "请 @ 一个人"),
        ("123456 20001 1年", "一次只能办一个人"),
        ("20001 1年 QQ:23456789", "一次只能办一个人"),
        ("20001 1年 @23456789", "一次只能办一个人"),
        ("20001 1年 备注 23456789 张三", "一条消息只办一个人"),
        ("20001 1年 张三\n备注 23456789 李四", "一条消息只办一个人"),
        ("20001 1年 月卡", "写了两个时长"),
        ("20001 1年 到2026-12-31", "像日期或另一段时长，没有办.*导入会员.*备注"),
        ("20001 1年 张三 自3月1日起", "像日期或另一段时长"),
        ("20001 1年 再送1个月", "像日期或另一段时长"),
        ("20001 1年 明天起 备注 张三", "像日期或另一段时长"),
        ("1年 20001 从2026-03-01", "像日期或另一段时长"),
        ("20001 到2027-03-01", "没看懂时长.*导入会员"),
        ("20001 永久", "没看懂时长.*没有永久的会员"),
    ],
)
def test_what_is_in_doubt_is_given_to_nobody(plugins: None, text: str, words: str) -> None:
    from jianggao.chat import parse_grant

    with pytest.raises(WrongForm, match=words):
        parse_grant(text, ())


def test_a_mentioned_account_and_a_number_are_two(plugins: None) -> None:
    from jianggao.chat import parse_account_and_reason

    with pytest.raises(WrongForm, match="一次只能办一个人"):
        parse_account_and_reason("23456789 倒卖", ("20001",))


@pytest.mark.parametrize(
    "text", ["2 3", "2,3", "2和3", "2-3", "2 到 5", "2 第3号", "2 3号也是", "2\n3", "4、5"]
)
def test_one_entry_at_a_time(plugins: None, text: str) -> None:
    from jianggao.chat import parse_entry

    with pytest.raises(WrongForm, match="一次只能撤销一条"):
        parse_entry(text)


@pytest.mark.parametrize("note", ["重复开通", "2026年重复", "198元退款", "退款198", "和张三说好了"])
def test_the_reason_of_an_undo_may_have_numbers(plugins: None, note: str) -> None:
    from jianggao.chat import parse_entry

    assert parse_entry(f"2 {note}") == parse_entry(f"第2号，{note}") == (2, note)


@pytest.mark.parametrize(
    ("note", "typed", "own"),
    [
        ("老客户,付款198", "开通 20001 1年 老客户，付款198", "老客户，付款198"),
        ("张三", "备注 20001：张三 ", "张三"),
        ("(1)", "备注 20001 ⑴", "⑴"),
        ("张三", "备注 张三 @20001", "张三"),
        ("", "备注 20001", ""),
    ],
)
def test_a_note_is_kept_as_it_was_typed(plugins: None, note: str, typed: str, own: str) -> None:
    from jianggao.chat import as_typed

    assert as_typed(note, typed) == own


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("", 7),
        ("30", 30),
        ("30天", 30),
        ("30天内", 30),
        ("一个月", 31),
        ("1周", 7),
        ("本月", 13),
        ("999999", 100_000),
    ],
)
def test_days_are_named_in_several_ways(plugins: None, text: str, days: int) -> None:
    from jianggao.chat import parse_days

    assert parse_days(text, date(2026, 3, 18), 7) == days


@pytest.mark.parametrize("text", ["0", "-1", "很久", "已过期", "0天"])
def test_other_days_are_refused(plugins: None, text: str) -> None:
    from jianggao.chat import parse_days

    with pytest.raises(WrongForm, match="正整数"):
        parse_days(text, date(2026, 3, 18), 7)
