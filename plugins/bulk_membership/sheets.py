"""Lays out the workbooks that are sent: a dry run, the members, a year's ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo

from jianggao.bulk_membership.exports import ExportedMember
from jianggao.bulk_membership.imports import DryRun
from jianggao.membership.ledger import EntryKind, LedgerEntry
from jianggao.membership.overviews import LogLine
from jianggao.people.names import NO_NAMES, KnownPerson, Names
from jianggao.spreadsheets.writing import CellValue, Sheet

from ..shared_texts import ENTRY_KINDS, STANDINGS, TRIAL_STANDINGS
from . import texts

_DRY_RUN = (
    *(
        "行",
        "QQ",
        "结果",
        "原有效期至",
        "给的时长",
        "开始日期",
        "有效期至",
        "订单号",
        "商品和规格",
        "姓名、备注",
        "说明",
    ),
)
_MEMBERS = (
    *(
        "QQ",
        "称呼",
        "备注",
        "状态",
        "有效期至",
        "可看资料从",
        "可看资料到",
        "首次开通",
        "最近一次",
        "最近一次时长",
    ),
    *("最近一次备注", "累计天数"),
)
_LEDGER = (
    *("编号", "时间", "谁办的", "操作", "对象", "转移到", "时长", "起始日", "试用", "备注", "已由几号撤销"),
)


def dry_run(found: DryRun) -> Sheet:
    """Returns each line with its effect, or why there is none, in the order of the table."""
    rows: list[tuple[int, list[CellValue]]] = []
    for effect in found.effects:
        line = effect.line
        rows.append(
            (
                line.number,
                [
                    *(line.number, line.account, texts.effect_kind(effect.kind), effect.before),
                    *(str(effect.duration or line.duration or ""), line.starts_on, effect.valid_until),
                    *(line.order, line.sold, line.note, effect.reason or texts.remark(effect)),
                ],
            )
        )
    for refused in found.read.refused if found.read else ():
        blank: list[CellValue] = [None] * 7
        rows.append((refused.number, [refused.number, None, texts.REFUSED, *blank, refused.reason]))
    return Sheet("预演", _DRY_RUN, [row for _, row in sorted(rows, key=lambda pair: pair[0])])


def members(found: Iterable[ExportedMember], names: Names = NO_NAMES) -> Sheet:
    """Returns the members, with what is known of them."""
    rows: list[list[CellValue]] = []
    for member in found:
        gift, window = member.last_gift, member.window
        standings = TRIAL_STANDINGS if member.has_only_tried else STANDINGS
        known = names.get(member.account, KnownPerson(member.account))
        rows.append(
            [
                *(member.account, known.name, known.note, standings[member.standing]),
                member.valid_until,
                *((window.first, window.last) if window else (None, None)),
                member.first_day,
                *((_kind(gift), str(gift.duration or ""), gift.note) if gift else (None, None, None)),
                member.days,
            ]
        )
    return Sheet("会员", _MEMBERS, rows)


def ledger(lines: Iterable[LogLine], year: int, zone: tzinfo) -> Sheet:
    """Returns a year's entries in words."""
    rows: list[list[CellValue]] = []
    for line in lines:
        entry = line.entry
        rows.append(
            [
                *(entry.number, f"{entry.at.astimezone(zone):%Y-%m-%d %H:%M:%S}", entry.by, _what(entry)),
                *(entry.member, entry.successor, str(entry.duration or ""), entry.starts_on),
                *("试用" if entry.is_trial else None, entry.note, line.undone_by),
            ]
        )
    return Sheet(f"{year} 年操作记录", _LEDGER, rows)


def _what(entry: LedgerEntry) -> str:
    if entry.kind is EntryKind.UNDO:
        return f"撤销第 {entry.target} 号"
    return ENTRY_KINDS[entry.kind]


def _kind(entry: LedgerEntry) -> str:
    return f"{ENTRY_KINDS[entry.kind]}（试用）" if entry.is_trial else ENTRY_KINDS[entry.kind]
