"""Words the answers about members."""

from __future__ import annotations

from datetime import datetime

from jianggao.access.quotas import Allowance
from jianggao.access.trials import TrialText
from jianggao.access.verdicts import Locked, Verdict
from jianggao.library.speech_store import SpeechRow
from jianggao.membership.administration import MAX_NOTE, MembershipChange
from jianggao.membership.ledger import EntitlementWindow, EntryKind, LedgerEntry, Standing
from jianggao.membership.overviews import LedgerPage, LogLine, MemberLine, MemberReport
from jianggao.settings import Settings
from jianggao.text.quoting import quoted

from ..refusal_texts import reason, with_trial

_STANDINGS = {
    Standing.ACTIVE: "会员有效",
    Standing.EXPIRED: "会员已到期",
    Standing.SUSPENDED: "会员已停用",
    Standing.NEVER: "还不是会员",
}
_TRIALS = {**_STANDINGS, Standing.ACTIVE: "试用中", Standing.EXPIRED: "试用已到期"}
"""The same of somebody who was given time for trial alone."""
_KINDS = {
    EntryKind.GRANT: "开通",
    EntryKind.RENEW: "续期",
    EntryKind.SUSPEND: "停用",
    EntryKind.RESUME: "恢复",
    EntryKind.REDEEM: "兑换",
    EntryKind.REWARD: "奖励",
    EntryKind.TRANSFER: "转移",
    EntryKind.UNDO: "撤销",
}

NO_TRIAL_TEXT = TrialText()


def own(report: MemberReport, allowance: Allowance, settings: Settings, *, offers_trial: bool = False) -> str:
    """Returns the answer to 我的会员; `offers_trial`: whether the person may be told of the trial."""
    lines = [_state(report)]
    if report.standing is Standing.ACTIVE:
        lines.append(f"今天还可看 {allowance.sections_left} 段、取全文 {allowance.full_texts_left} 篇。")
    else:
        text = settings.subscribe_text
        lines.append(with_trial(text, settings) if offers_trial else text)
    return "\n".join(lines)


def member(report: MemberReport, settings: Settings) -> str:
    """Returns the answer to 会员查询."""
    lines = [f"{report.member}：{_state(report)}"]
    if report.log:
        lines.append("记录：")
        lines += [_log_line(line, settings) for line in report.log]
    return "\n".join(lines)


def _state(report: MemberReport) -> str:
    text = (_TRIALS if _only_tried(report) else _STANDINGS)[report.standing]
    if report.state.valid_until is not None:
        text += f"，有效期至 {report.state.valid_until.isoformat()}"
    return text + "。" + _window(report.window)


def _only_tried(report: MemberReport) -> bool:
    """Returns whether all time that the person has or had was for trial; what another account transferred is
    none."""
    counted = [line.entry for line in report.log if line.undone_by is None]
    given = [entry for entry in counted if entry.duration is not None or entry.successor is not None]
    return bool(given) and all(entry.is_trial for entry in given)


def _window(window: EntitlementWindow | None) -> str:
    if window is None:
        return ""
    return f"可看 {window.first.isoformat()} 至 {window.last.isoformat()} 的资料。"


def change(entered: MembershipChange, now: datetime) -> str:
    """Returns the answer to a command that changed a membership: what was entered in the ledger, and the new
    day of expiry."""
    entry = entered.entry
    until = entered.after.valid_until
    what = f"记录 {entry.target}（{entry.member}）" if entry.kind is EntryKind.UNDO else entry.member
    text = f"已{_KINDS[entry.kind]} {what}，记录号 {entry.number}"
    if until is not None:
        text += f"，有效期至 {until.isoformat()}"
    if entry.kind in (EntryKind.GRANT, EntryKind.RENEW) and entered.before.running(now):
        text += f"（原到 {entered.before.valid_until}，已顺延）"
    standing = entered.after.standing(now)
    if standing is not Standing.ACTIVE:
        text += f"，现在{_STANDINGS[standing]}"
    return text + "。"


def member_list(page: LedgerPage[MemberLine]) -> str:
    """Returns the answer to 会员列表."""
    if not page.total:
        return "还没有会员。发“开通 QQ号 时长”开通。"
    lines = [f"共 {page.total} 人，第 {page.number}/{page.pages} 页："]
    lines += [_member_line(line) for line in page.items]
    if page.number < page.pages:
        lines.append(f"发“会员列表 {page.number + 1}”看下一页。")
    return "\n".join(lines)


def expiring(found: list[MemberLine], days: int) -> str:
    """Returns the answer to 到期清单."""
    if not found:
        return f"{days} 天内没有会员到期。"
    return "\n".join([f"{days} 天内到期 {len(found)} 人：", *(_member_line(line) for line in found)])


def log(page: LedgerPage[LogLine], settings: Settings) -> str:
    """Returns the answer to 操作记录."""
    if not page.total:
        return "还没有操作记录。"
    lines = [f"共 {page.total} 条，第 {page.number}/{page.pages} 页："]
    return "\n".join([*lines, *(_log_line(line, settings) for line in page.items)])


def verdict(account: str, speech: SpeechRow, judged: Verdict, trial: TrialText = NO_TRIAL_TEXT) -> str:
    """Returns the answer to 能看."""
    what = f"第 {speech.number} 篇《{speech.title}》（资料日期 {speech.material_date.isoformat()}）"
    if isinstance(judged, Locked):
        text = f"{account} 不能看{what}：{reason(judged.reason)}。"
        if trial.received is not None:
            text += f"试用时取过第 {trial.received} 篇的全文。"
        return text + (f"可以自己发“试用 {speech.number}”取这一篇。" if trial.may_have else "")
    return f"{account} 能看{what}。"


def _member_line(line: MemberLine) -> str:
    until = "" if line.valid_until is None else f" 有效期至 {line.valid_until.isoformat()}"
    left = f"，还有 {line.days_left} 天" if line.days_left is not None and line.days_left >= 0 else ""
    return f"{line.member} {_STANDINGS[line.standing]}{until}{left}"


def _log_line(line: LogLine, settings: Settings) -> str:
    entry = line.entry
    at = entry.at.astimezone(settings.timezone)
    text = f"{entry.number}. {at:%Y-%m-%d %H:%M} {entry.by} {_what(entry)}"
    if entry.note:
        text += f"（{quoted(entry.note, MAX_NOTE)}）"
    return text + (f"，已由 {line.undone_by} 撤销" if line.undone_by is not None else "")


def _what(entry: LedgerEntry) -> str:
    if entry.kind is EntryKind.UNDO:
        return f"撤销 {entry.target}（{entry.member}）"
    text = f"{_KINDS[entry.kind]} {entry.member}"
    if entry.successor is not None:
        text += f" 到 {entry.successor}"
    if entry.duration is not None:
        text += f" {'试用 ' if entry.is_trial else ''}{entry.duration}"
    return text + (f"，从 {entry.starts_on.isoformat()} 起" if entry.starts_on else "")
