"""The answers say what happened, then what to do, and stay short however long a table is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone
from types import ModuleType
from zoneinfo import ZoneInfo

import pytest

from jianggao.bulk_membership.dry_run import EffectKind, LedgerMoment, LineEffect, judge
from jianggao.bulk_membership.imports import ChangedEffect, DoneImport, DryRun, Overtaken
from jianggao.bulk_membership.member_rows import ImportLine, ReadLines, RefusedLine, read_lines
from jianggao.membership.durations import Duration
from jianggao.outbound.send_outcomes import Delivered, RefusalReason, Refused, Unknown
from jianggao.outbound.splitting import SINGLE
from jianggao.spreadsheets.table import SentTable, SheetRow

NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)


@pytest.fixture
def texts(plugins: None) -> ModuleType:
    """The module; NoneBot has to have loaded the plugins before it is imported."""
    from plugins.bulk_membership import texts

    return texts


def line(number: int) -> ImportLine:
    return ImportLine(number, str(20_000 + number), None, Duration(years=1), None, "", "")


def effects(count: int) -> tuple[LineEffect, ...]:
    moment = LedgerMoment({}, {}, NOW, ZoneInfo("Asia/Shanghai"))
    return judge([line(number) for number in range(2, 2 + count)], moment)


def read(refused: int = 0, unused: int = 0) -> ReadLines:
    return ReadLines(
        (),
        tuple(RefusedLine(number, "没有写 QQ 号") for number in range(100, 100 + refused)),
        ("QQ（QQ 号）", "时长"),
        tuple(f"列\u202e{number}" for number in range(unused)),
        ("二月",) if unused else (),
    )


def test_a_long_table_is_told_in_one_message(texts: ModuleType) -> None:
    told = texts.dry_run(DryRun(3, effects(4_000), read(900, 50)))
    assert told.startswith("第 3 份：可导入 4000 行（新开通 4000），900 行不能导入。")
    assert "……还有 3990 行，见明细表。" in told and "……还有 890 行，见明细表。" in told
    assert told.endswith("发“确认导入 3”全部办理，不办发“放弃导入 3”。24 小时内有效。")
    assert "等 50 个" in told and "没读：“二月”" in told and "\u202e" not in told
    assert len(told) <= 2 * SINGLE


def test_an_import_of_a_single_line(texts: ModuleType) -> None:
    assert texts.confirmed(DoneImport(3, effects(1), 12, 12)).startswith(
        "已导入第 3 份：1 行（新开通 1），记录号 12。"
    )


def test_an_overtaken_import_names_what_changed(texts: ModuleType) -> None:
    was, now = effects(1)[0], LineEffect(line(2), EffectKind.REFUSED, reason="订单 7 已由第 1 号记录办过")
    told = texts.confirmed(Overtaken(3, (ChangedEffect(was, now),), DryRun(None, (now,))))
    assert "原来新开通，有效期至 2027-03-18，现在不能导入（订单 7 已由第 1 号记录办过）" in told
    assert "现在没有一行能导入了" in told
    anew = DryRun(4, (*effects(1), now))
    assert "已重新预演为第 4 份：可导入 1 行（新开通 1），1 行不能导入。" in texts.confirmed(
        Overtaken(3, (), anew)
    )


def test_what_is_odd_about_a_line_stands_behind_it(texts: ModuleType) -> None:
    odd = replace(effects(1)[0], is_suspended=True, is_over=True)
    told = texts.dry_run(DryRun(3, (odd,), read()))
    assert "有效期至 2027-03-18（停用着，恢复后才能看，已过期）" in told


@pytest.mark.parametrize(
    ("named", "first_day", "before", "told"),
    [
        (None, "2026-06-02", "2026-06-01", "已有会员到 2026-06-01，顺延，有效期至 2027-03-18"),
        (
            "2026-03-01",
            "2026-06-02",
            "2026-06-01",
            "已有会员到 2026-06-01，不从 2026-03-01 起，顺延，有效期至",
        ),
        ("2026-03-01", "2026-03-01", "2026-06-01", "已有会员到 2026-06-01，从 2026-03-01 起，有效期至"),
        (
            None,
            "2026-03-18",
            "2027-03-18",
            "已有会员到 2027-03-18，这次加的是 2026-03-18 到 2026-04-18，有效期至",
        ),
        (None, None, "2027-03-18", "那段时间已经过去，不加时间，有效期至 2027-03-18"),
    ],
)
def test_what_really_comes_out_is_said(
    texts: ModuleType, named: str | None, first_day: str | None, before: str, told: str
) -> None:
    day = date.fromisoformat
    effect = effects(1)[0]
    effect = replace(
        effect,
        line=replace(effect.line, starts_on=day(named) if named else None),
        kind=EffectKind.EXTENDED,
        before=day(before),
        first_day=day(first_day) if first_day else None,
        first_until=date(2026, 4, 18),
    )
    assert told in texts.dry_run(DryRun(3, (effect,), read()))


def test_words_of_a_table_cannot_word_the_answer(texts: ModuleType) -> None:
    evil = "1”。\n已导入第 9 份：1 行\u202e"
    rows = (SheetRow(1, ("QQ", "时长", evil)), SheetRow(2, (evil, evil, evil)))
    told = texts.dry_run(DryRun(None, (), read_lines(SentTable(rows), date(2026, 3, 18))))
    assert "\n已导入" not in told and "\u202e" not in told


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (Delivered(), "已发到私聊"),
        (Refused(RefusalReason.NOT_A_FRIEND), "没有发出去：请先加我为好友。"),
        (Refused(RefusalReason.OTHER), "没有发出去：请过一会儿再试。"),
        (Unknown(), "不确定发到了没有"),
    ],
)
def test_what_became_of_a_file_is_told(
    texts: ModuleType, outcome: Delivered | Refused | Unknown, told: str
) -> None:
    assert told in texts.file_sent("名单", outcome)
    assert bool(texts.details_not_sent(outcome)) is not isinstance(outcome, Delivered)


def test_the_examples_can_be_read(texts: ModuleType) -> None:
    example = texts.SEND_IT.partition("例如：\n")[2].splitlines()[:2]
    rows = tuple(SheetRow(number, tuple(row.split(","))) for number, row in enumerate(example, 1))
    assert len(read_lines(SentTable(rows), date(2026, 3, 18)).lines) == 1
