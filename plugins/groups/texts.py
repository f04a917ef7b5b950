"""Words what 核对会员群 found, as a message and as a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

from jianggao.chat.joining.group_rosters import RosterReport
from jianggao.joining.roster import GroupRoster, RosterLine
from jianggao.outbound.send_outcomes import Delivered, Refused, SendOutcome
from jianggao.people.names import NO_NAMES, KnownPerson, Names, clean_name, label
from jianggao.spreadsheets.writing import CellValue, Sheet

MOST_LISTED = 20
"""People of a list in the message; the spreadsheet has all."""
_UNREMINDED = "没提醒到，不会自动移出"
_HEADER = ("QQ 号", "群名片", "备注", "状态", "有效期至", "进群日期")


def roster(report: RosterReport, sent: SendOutcome | None, names: Names = NO_NAMES) -> str:
    """Returns the answer to 核对会员群; `sent` is what became of the spreadsheet, None if there is none."""
    listed = _Listing(names, report.unreminded, has_table=isinstance(sent, Delivered))
    parts = [_group(found, listed) for found in report.groups]
    parts += [
        f"会员群 {group}：取不到完整的成员列表，没有核对，也不下任何结论。请过一会儿再发“核对会员群”。"
        for group in report.unknown
    ]
    if report.absent is None:
        parts.append("有的群没取到，所以不说哪些会员没进群。")
    else:
        parts.append(_people("会员没进这个群的" if report.is_part else "会员没进群的", report.absent, listed))
    if sent is not None:
        parts.append(_spreadsheet(sent))
    return "\n".join(parts)


@dataclass(frozen=True, slots=True)
class _Listing:
    """What all lists of a message are worded by."""

    names: Names
    unreminded: frozenset[str]
    has_table: bool
    """Whether the spreadsheet with everybody has arrived."""


def _group(found: GroupRoster, listed: _Listing) -> str:
    lines = [f"会员群 {found.group}，{found.size} 人，其中会员 {len(found.members)} 人。"]
    lines += [_people("到期的", found.ended, listed)]
    lines += [_people("停用的", found.suspended, listed)] if found.suspended else []
    lines += [_people("从来不是会员的", found.never, listed)]
    return "\n".join(lines)


def _people(what: str, lines: Sequence[RosterLine], listed: _Listing) -> str:
    if not lines:
        return f"{what}：没有。"
    shown = [_line(line, listed) for line in lines[:MOST_LISTED]]
    if len(lines) > MOST_LISTED:
        where = "见表格" if listed.has_table else "没有列出"
        shown.append(f"还有 {len(lines) - MOST_LISTED} 人，{where}。")
    return "\n".join([f"{what} {len(lines)} 人：", *shown])


def _line(line: RosterLine, listed: _Listing) -> str:
    known = listed.names.get(line.account, KnownPerson(line.account))
    # The name that stands in the group now is newer than the one that was seen with a command.
    person = replace(known, card=clean_name(line.name) or known.card)
    who = label(line.account, {line.account: person})
    stays = f"，{_UNREMINDED}" if line.account in listed.unreminded else ""
    return who if line.valid_until is None else f"{who} 有效期至 {line.valid_until}{stays}"


def _spreadsheet(sent: SendOutcome) -> str:
    if isinstance(sent, Delivered):
        return "全部名单在刚发的表格里。"
    if isinstance(sent, Refused):
        return "表格没有发出去，请过一会儿再试。"
    return "不确定表格发到没有；没收到就再发一次“核对会员群”。"


def _standing(standing: str, line: RosterLine, report: RosterReport) -> str:
    return f"{standing}，{_UNREMINDED}" if line.account in report.unreminded else standing


def roster_sheets(report: RosterReport, zone: tzinfo, names: Names = NO_NAMES) -> list[Sheet]:
    """Returns the whole lists: a sheet for each group, and one of the members who are in none."""
    sheets = [
        Sheet(f"会员群 {found.group}", _HEADER, _rows(found, report, zone, names)) for found in report.groups
    ]
    if report.absent is not None:
        rows = [
            (line.account, known.name, known.note, line.valid_until)
            for line in report.absent
            for known in [names.get(line.account, KnownPerson(line.account))]
        ]
        sheets.append(
            Sheet(
                "没进这个群的会员" if report.is_part else "没进群的会员",
                ("QQ 号", "称呼", "备注", "有效期至"),
                rows,
            )
        )
    return sheets


def _rows(found: GroupRoster, report: RosterReport, zone: tzinfo, names: Names) -> list[Sequence[CellValue]]:
    lists = (
        ("到期", found.ended),
        ("停用", found.suspended),
        ("从来不是会员", found.never),
        ("会员", found.members),
    )
    return [
        (
            line.account,
            line.name,
            names.get(line.account, KnownPerson(line.account)).note,
            _standing(standing, line, report),
            line.valid_until,
            line.joined_at.astimezone(zone).date() if line.joined_at else None,
        )
        for standing, lines in lists
        for line in lines
    ]
