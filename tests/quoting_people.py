"""Texts that show names of people and operators' notes, each with somebody's words in the place of a name and of a
note."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from datetime import date, datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

from jianggao.access.verdicts import Locked, LockReason
from jianggao.joining.roster import GroupRoster, RosterLine
from jianggao.membership.account_history import AccountHistory
from jianggao.membership.administration import MembershipChange
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import EntryKind, LedgerEntry, MemberState, Standing
from jianggao.membership.overviews import LedgerPage, MemberLine
from jianggao.people.names import KnownPerson, Names, label
from jianggao.personal_data.personal_rows import StoredAbout
from jianggao.resale_reports.case_decisions import Upheld
from jianggao.resale_reports.model import Case, Report

AT = datetime(2026, 3, 18, 4, tzinfo=timezone.utc)
ZONE = ZoneInfo("Asia/Shanghai")


def names(words: str) -> Names:
    return {"20001": KnownPerson("20001", f"x{words}", f"x{words}", date(2026, 3, 18), f"x{words}")}


def labelled(words: str) -> str:
    return label("20001", names(words))


def texts_of(plugin: str) -> Any:
    return importlib.import_module(f"plugins.{plugin}.texts")


def a_change() -> MembershipChange:
    entry = LedgerEntry(3, EntryKind.GRANT, "20001", "90001", AT, Duration(years=1), "", None, "m")
    return MembershipChange(entry, MemberState(), MemberState(), "20002", MemberState(), MemberState())


LINE = MemberLine("20001", Standing.ACTIVE, date(2027, 3, 18), 365)
SPEECH: Any = type("Row", (), {"number": 1, "title": "题目", "material_date": date(2026, 1, 1)})


def change(words: str) -> str:
    shown: str = texts_of("members").change(a_change(), AT, names(words))
    return shown


def undone(words: str) -> str:
    shown: str = texts_of("members").undone(a_change(), AT, names(words), {})
    return shown


def people_found(words: str) -> str:
    shown: str = texts_of("members").people_found(f"x{words}", [LINE], 2, names(words))
    return shown


def nobody_found(words: str) -> str:
    shown: str = texts_of("members").nobody_found(f"x{words}")
    return shown


def how_to_renew(words: str) -> str:
    shown: str = texts_of("members").how_to_renew(f"x{words}")
    return shown


def note_gone(words: str) -> str:
    shown: str = texts_of("people").note_gone("20001", f"x{words}")
    return shown


def not_a_note(words: str) -> str:
    shown: str = texts_of("people").not_a_note("20001", f"x{words}")
    return shown


def member_list(words: str) -> str:
    shown: str = texts_of("members").member_list(LedgerPage((LINE,), 1, 1, 1), names(words))
    return shown


def expiring(words: str) -> str:
    shown: str = texts_of("members").expiring([LINE], 400, {}, names(words))
    return shown


def verdict(words: str) -> str:
    locked = Locked(LockReason.NOT_A_MEMBER)
    shown: str = texts_of("members").verdict("20001", SPEECH, locked, names(words))
    return shown


def upheld(words: str) -> str:
    report = Report(1, 1, "20001", "20001", "", AT)
    known = {"20001": AccountHistory("20001", names(words)["20001"])}
    shown: str = texts_of("resale_reports").upheld(
        Upheld(Case((report,), (), (), None), "20001", a_change()), {}, ZONE, known
    )
    return shown


def transferred(words: str) -> str:
    shown: str = texts_of("people").transferred(a_change(), names(words), AT, {})
    return shown


def request_notice(words: str) -> str:
    shown: str = texts_of("people").request_notice("20001", "20002", names(words))
    return shown


def noted(words: str) -> str:
    shown: str = texts_of("people").noted("20001", names(words), f"x{words}")
    return shown


def own_data(words: str) -> str:
    shown: str = texts_of("people").own_data(StoredAbout(names(words)["20001"], ()), ZONE)
    return shown


def roster(words: str) -> str:
    from jianggao.chat.joining.group_rosters import RosterReport

    line = RosterLine("20001", None, f"x{words}")
    report = RosterReport((GroupRoster("700001", 1, (), (), (), (line,)),), (), ())
    shown: str = texts_of("groups").roster(report, None, names(words))
    return shown


SHOWING: dict[str, Callable[[str], str]] = {
    "plugins.groups.texts.roster": roster,
    "plugins.members.texts.change": change,
    "plugins.members.texts.expiring": expiring,
    "plugins.members.texts.how_to_renew": how_to_renew,
    "plugins.members.texts.member_list": member_list,
    "plugins.members.texts.nobody_found": nobody_found,
    "plugins.members.texts.people_found": people_found,
    "plugins.members.texts.undone": undone,
    "plugins.members.texts.verdict": verdict,
    "plugins.people.texts.note_gone": note_gone,
    "plugins.people.texts.not_a_note": not_a_note,
    "plugins.people.texts.noted": noted,
    "plugins.people.texts.own_data": own_data,
    "plugins.people.texts.request_notice": request_notice,
    "plugins.people.texts.transferred": transferred,
    "plugins.resale_reports.texts.upheld": upheld,
}
SILENT = {
    "before_deletion",
    "cancelled",
    "deleted",
    "imports_dropped",
    "moved_away",
    "moved_here",
    "step",
}
"""Texts of the plugin `people` that show numbers and words of our own alone."""
