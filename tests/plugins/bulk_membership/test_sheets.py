"""The workbooks have a row for each thing, in words."""

from __future__ import annotations

from datetime import date, datetime, timezone
from types import ModuleType
from zoneinfo import ZoneInfo

import pytest

from jianggao.bulk_membership.dry_run import LedgerMoment, judge
from jianggao.bulk_membership.exports import ExportedMember
from jianggao.bulk_membership.imports import DryRun
from jianggao.bulk_membership.member_rows import ImportLine, ReadLines, RefusedLine
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import EntryKind, LedgerEntry, Standing
from jianggao.membership.overviews import LogLine
from jianggao.people.names import KnownPerson

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)


@pytest.fixture
def sheets(plugins: None) -> ModuleType:
    """The module; NoneBot has to have loaded the plugins before it is imported."""
    from plugins.bulk_membership import sheets

    return sheets


def entry(number: int, kind: EntryKind, **fields: object) -> LedgerEntry:
    values: dict[str, object] = {
        "duration": None,
        "note": "",
        "target": None,
        "message": str(number),
        **fields,
    }
    return LedgerEntry(number=number, kind=kind, member="20001", by="90001", at=NOW, **values)  # type: ignore[arg-type]


def test_a_dry_run_stands_in_the_order_of_the_table_with_refusals_between(sheets: ModuleType) -> None:
    lines = [
        ImportLine(n, f"2000{n}", None, Duration(years=1), None, "注", "7", sold="讲稿会员；年卡")
        for n in (2, 4)
    ]
    effects = judge(lines, LedgerMoment({}, {}, NOW, ZONE))
    read = ReadLines((), (RefusedLine(3, "没有写 QQ 号"),), (), (), ())
    sheet = sheets.dry_run(DryRun(1, effects, read))
    assert [len(row) for row in sheet.rows] == [len(sheet.header)] * 3
    assert sheet.rows[0] == [
        2,
        "20002",
        "新开通",
        None,
        "1年",
        None,
        date(2027, 3, 18),
        "7",
        "讲稿会员；年卡",
        "注",
        "",
    ]
    assert (sheet.rows[1][0], sheet.rows[1][2], sheet.rows[1][-1]) == (3, "不导入", "没有写 QQ 号")
    assert (sheet.rows[2][2], sheet.rows[2][-1]) == ("不导入", "和第 2 行是同一个订单")


def test_members_have_their_names_where_they_are_known(sheets: ModuleType) -> None:
    member = ExportedMember("20001", Standing.EXPIRED, date(2026, 1, 1), None, date(2025, 1, 1), None, 366)
    sheet = sheets.members([member], {"20001": KnownPerson("20001", "老周", note="甲单位")})
    (row,) = sheet.rows
    assert row[:5] == ["20001", "老周", "甲单位", "会员已到期", date(2026, 1, 1)] and len(row) == len(
        sheet.header
    )


def test_every_kind_of_entry_is_told_in_words(sheets: ModuleType) -> None:
    lines = [
        LogLine(entry(1, EntryKind.GRANT, duration=Duration(years=1), starts_on=date(2026, 1, 1)), 3),
        LogLine(entry(2, EntryKind.TRANSFER, successor="20002"), None),
        LogLine(entry(3, EntryKind.UNDO, target=1), None),
        LogLine(entry(4, EntryKind.REDEEM, duration=Duration(days=3), is_trial=True, note="=1+1"), None),
    ]
    sheet = sheets.ledger(lines, 2026, ZONE)
    assert [row[3] for row in sheet.rows] == ["开通", "转移", "撤销第 1 号", "兑换"]
    assert sheet.rows[0][1] == "2026-03-18 12:00:00" and sheet.rows[0][6:8] == ["1年", date(2026, 1, 1)]
    assert sheet.rows[1][5] == "20002" and sheet.rows[0][-1] == 3
    assert sheet.rows[3][8:10] == ["试用", "=1+1"]
    assert {len(row) for row in sheet.rows} == {len(sheet.header)}
    for kind in EntryKind:
        assert kind.value not in str(
            sheets.ledger([LogLine(entry(1, kind, target=1), None)], 2026, ZONE).rows
        )
