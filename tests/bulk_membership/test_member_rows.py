"""Rows become lines, or are refused with their numbers and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sent_tables import SHOP, changed, csv_of, order, workbook_of

from jianggao.bulk_membership.dry_run import LedgerMoment, judge
from jianggao.bulk_membership.member_rows import ReadLines, read_lines
from jianggao.errors import WrongUse
from jianggao.redeem_codes.code_form import new_code
from jianggao.spreadsheets.reading import read_table
from jianggao.spreadsheets.table import SentTable, SheetRow

TODAY = date(2026, 3, 18)


def lines(content: bytes) -> ReadLines:
    return read_lines(read_table(content), TODAY)


def refusals(content: bytes) -> list[tuple[int, str]]:
    return [(line.number, line.reason) for line in lines(content).refused]


def test_a_list_in_gbk_is_read() -> None:
    read = lines(csv_of("20001,2026/3/1,1年,张老师", "20002,,半年,", encoding="gbk"))
    first, second = read.lines
    assert (first.number, first.account, first.starts_on, str(first.duration)) == (
        2,
        "20001",
        date(2026, 3, 1),
        "1年",
    )
    assert (first.note, second.starts_on, str(second.duration)) == ("张老师", None, "6个月")
    assert read.used == ("QQ（QQ 号）", "开始（开始日期）", "时长", "备注")


def test_each_wrong_row_is_refused_by_its_number_and_the_rest_go_on() -> None:
    content = csv_of(
        ",,1年,",
        "abc,,1年,",
        "20003,,,",
        "20004,,-1年,",
        "20005,1900-01-01,1年,",
        "20006,2028-01-01,1年,",
        "20007,2026-03-01,1年," + "长" * 121,
        "20008,,1年," + "长" * 501,
        "20009,,1年,好",
    )
    assert refusals(content) == [
        (2, "没有写 QQ 号"),
        (3, "“abc”不是 QQ 号"),
        (4, "没有写时长"),
        (5, "没看懂时长“-1年”，请写成 30天、6个月、1年"),
        (6, "日期 1900-01-01 太早"),
        (7, "开始日期 2028-01-01 太晚"),
        (8, "备注超过 120 字"),
        (9, "“备注”一格超过 500 字"),
    ]
    assert [line.account for line in lines(content).lines] == ["20009"]


def test_a_last_day_stands_for_a_duration_and_must_agree_with_it() -> None:
    content = csv_of(
        "20001,2026-03-18,,2027-03-18",
        "20002,,,2026-12-31",
        "20003,2026-03-18,1年,2027-03-17",
        "20004,2026-03-18,1年,2028-03-18",
        "20005,2026-03-18,,2026-03-01",
        "20006,,,2026-03-01",
        "20007,2025-01-01,,2026-01-01",
        header="QQ,开始,时长,到期日",
    )
    read = lines(content)
    assert [line.account for line in read.lines] == ["20001", "20002", "20003", "20007"]
    assert [line.reason for line in read.refused] == [
        "从 2026-03-18 起 1年，和到期日 2028-03-18 对不上",
        "到期日 2026-03-01 早于开始日期 2026-03-18",
        "到期日 2026-03-01 已过，又没有开始日期",
    ]


def test_a_shops_export_is_read() -> None:
    read = lines(
        workbook_of(
            SHOP,
            order("2403", "QQ：20001"),
            order("2404", "QQ 20002", status="交易关闭"),
            order("2405", "QQ 20003", spec="季卡"),
            order("", "QQ 20004"),
            order("2407", ""),
            order("2408", "QQ 20005", quantity="2"),
            order("2.40318E+17", "QQ 20006"),
        )
    )
    first, second = read.lines
    assert (first.account, first.order, str(first.duration), first.starts_on) == (
        *("20001", "2403", "1年"),
        date(2026, 3, 17),
    )
    assert (second.account, str(second.duration)) == ("20003", "3个月")
    assert [(line.number, line.reason.partition("，")[0]) for line in read.refused] == [
        (3, "订单状态是“交易关闭”"),
        (5, "没有订单号"),
        (6, "没有写 QQ 号"),
        (7, "数量是“2”"),
        (8, "订单号“2.40318E+17”成了科学计数法"),
    ]
    assert read.unused == ("买家会员名", "实付金额")


def test_columns_that_contradict_one_another_are_refused() -> None:
    content = csv_of(
        "20001,20002,1年,1年", "20001,20001,1年,月卡", "20003,,1年,不限", header="QQ,账号,时长,规格"
    )
    assert refusals(content) == [
        (2, "这一行有两个不同的 QQ 号（20001、20002）"),
        (3, "几列写的时长不一样（“时长” 1年、“规格” 1个月）"),
    ]


def test_a_title_counts_only_where_no_other_column_has_a_duration() -> None:
    content = csv_of(
        "20001,讲稿会员 立享前3年资料 年卡,月卡",
        "20002,讲稿会员 立享前3年资料 年卡,默认",
        "20003,讲稿会员 立享前3年资料,默认",
        "20004,十年老店 讲稿会员,",
        "20005,讲稿资料 3年,",
        header="QQ,宝贝标题,规格",
    )
    read = lines(content)
    assert [(line.account, str(line.duration)) for line in read.lines] == [
        ("20001", "1个月"),
        ("20002", "1年"),
    ]
    assert [line.number for line in read.refused] == [4, 5, 6]


def test_money_that_went_back_and_any_bad_state_refuse_a_row() -> None:
    content = csv_of(
        "20001,年卡,交易成功,,0.00",
        "20002,年卡,交易成功,,199",
        "20003,年卡,交易成功,退款中,0",
        "20004,年卡,售后成功,,",
        header="QQ,规格,订单状态,退款状态,退款金额",
    )
    assert [line.account for line in lines(content).lines] == ["20001"]
    assert [reason for _, reason in refusals(content)] == [
        "“退款金额”是“199”",
        "“退款状态”是“退款中”",
        "订单状态是“售后成功”",
    ]


def test_a_row_with_a_redeem_code_is_refused_and_its_code_repeated_nowhere() -> None:
    code = new_code(Random(7).randbytes)
    book = workbook_of(
        ("QQ", "时长", "备注", "别的"), ("20001", "1年", code, ""), ("20002", "1年", "", code.lower())
    )
    read = read_lines(replace(read_table(book), left_out=(code,)), TODAY)
    assert not read.lines and [line.reason[:9] for line in read.refused] == ["这一行里有卡密，没"] * 2
    assert code not in repr(read) and code.lower() not in repr(read)


def test_a_missing_order_is_told_where_there_is_a_column_for_it() -> None:
    content = csv_of("20001,1年,无,", "20002,1年,A2,", ",1年,-,QQ20003", header="QQ,时长,订单号,买家留言")
    first, second = lines(content).lines
    assert (first.order, first.remark) == ("", "没有订单号，再导入认不出来") and second.remark == ""
    assert refusals(content) == [(4, "没有订单号")]


def test_a_formula_without_a_result_and_a_hidden_row_are_told() -> None:
    book = workbook_of(
        ("QQ", "时长", "备注"), ("20001", "=A1", ""), ("20002", "1年", ""), ("20003", "1年", "=A1")
    )
    hidden = changed(book, "xl/worksheets/sheet1.xml", b'<row r="3"', b'<row r="3" hidden="1"')
    (line,) = lines(hidden).lines
    assert (line.account, line.remark) == ("20002", "这一行在表格里是隐藏的（筛选掉的？）")
    assert [(number, "这一格是公式" in reason) for number, reason in refusals(hidden)] == [
        (2, True),
        (4, True),
    ]


def test_so_many_rows_stand_below_a_header_and_a_title() -> None:
    rows = [f"{20_000 + number},,1年," for number in range(5_000)]
    content = csv_of("QQ,开始,时长,备注", *rows, header="会员名单,,,")
    assert len(lines(content).lines) == 5_000
    with pytest.raises(WrongUse, match="超过 5000 行"):
        lines(csv_of(*rows, "19999,,1年,"))


def test_a_first_sheet_without_a_header_names_the_others() -> None:
    with pytest.raises(WrongUse, match=r"没有找到表头(?s:.*)没看：“名单”。名单在别的表上的"):
        read_lines(SentTable((SheetRow(1, ("说明",)),), ("名单",)), TODAY)


def test_the_header_again_and_blank_rows_are_no_rows() -> None:
    read = lines(csv_of("20001,,1年,", ",,,", "QQ,开始,时长,备注", "20002,,1年,"))
    assert [line.number for line in read.lines] == [2, 5] and not read.refused


def test_a_note_is_one_line() -> None:
    (line,) = lines(csv_of('20001,,1年,"第一行\n第二行\t三\u2028"')).lines
    assert line.note == "第一行 第二行 三"


def test_a_header_alone_is_refused() -> None:
    with pytest.raises(WrongUse, match="只有表头"):
        lines(csv_of())


def test_no_header_is_refused() -> None:
    with pytest.raises(WrongUse, match="没有找到表头"):
        lines(b"20001,1\xe5\xb9\xb4\n20002,1\xe5\xb9\xb4\n")


def test_the_bot_and_superusers_need_no_membership() -> None:
    read = read_lines(read_table(csv_of("90001,,1年,", "20001,,1年,")), TODAY, {"90001"})
    assert [line.account for line in read.lines] == ["20001"]
    assert [line.reason for line in read.refused] == ["90001 是机器人或管理员的号，用不着会员"]


def test_a_header_alone_on_the_first_sheet_names_the_others() -> None:
    with pytest.raises(WrongUse, match=r"只有表头(?s:.*)没看：“名单”"):
        read_lines(SentTable((SheetRow(1, ("QQ", "时长")),), ("名单",)), TODAY)


CELLS = st.text(max_size=30) | st.text("0123456789.-/:年月日天卡QqE+= ，：", max_size=20)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=9), min_size=1, max_size=4))
def test_whatever_stands_in_a_table_is_read_or_refused(cells: list[list[str]]) -> None:
    header = SheetRow(1, ("QQ", "开始", "时长", "到期", "备注", "订单号", "买家留言", "订单状态", "数量"))
    rows = [header, *(SheetRow(number, tuple(row)) for number, row in enumerate(cells, 2))]
    read = read_lines(SentTable(tuple(rows)), TODAY)
    moment = LedgerMoment({}, {}, datetime(2026, 3, 18, tzinfo=timezone.utc), timezone.utc)
    judge(read.lines, moment)
    assert len(read.lines) + len(read.refused) == len(cells)
    assert not any("\n" in line.reason for line in read.refused)


@pytest.mark.parametrize("kind", ["定金", "体验3天", "补差价", "2份", "按月", "永久", "单篇下载", "基础版"])
def test_a_title_never_overrides_a_kind_that_is_not_understood(kind: str) -> None:
    assert refusals(csv_of(f"20001,讲稿资料会员年卡,{kind}", header="QQ,宝贝标题,规格"))
    assert not lines(csv_of(f"20001,讲稿资料会员年卡,{kind}", header="QQ,宝贝标题,规格")).lines


def test_two_last_days_that_differ_give_nothing() -> None:
    for headings in ("有效期至,到期时间", "到期时间,续费后到期时间"):
        ((_, reason),) = refusals(csv_of("20001,2026-05-01,2027-05-01", header=f"QQ,{headings}"))
        assert reason.startswith("有两个不同的到期日")
    (line,) = lines(csv_of("20001,2026-05-01,2027-05-01", header="QQ,到期(旧),到期(新)")).lines
    assert line.until == date(2027, 5, 1)


def test_a_kind_is_no_total_so_who_has_renewed_keeps_the_last_day() -> None:
    content = csv_of(
        "20001,2024-03-01,年费会员,2027-03-01",
        "20002,2026-03-01,年费会员,2026-06-01",
        "20003,2026-03-01,终身会员,2027-03-01",
        header="QQ,入会时间,会员类型,到期时间",
    )
    assert [line.account for line in lines(content).lines] == ["20001", "20003"]
