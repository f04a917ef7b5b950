"""Words the answers about members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from jianggao.access.quotas import Allowance
from jianggao.access.trials import TrialText
from jianggao.access.verdicts import Locked, Verdict
from jianggao.library.speech_store import SpeechRow
from jianggao.membership.administration import MAX_NOTE, AccountChange, MembershipChange
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import EntitlementWindow, EntryKind, LedgerEntry, MemberState, Standing
from jianggao.membership.overviews import LedgerPage, LogLine, MemberLine, MemberReport
from jianggao.membership.renewals import A_YEAR
from jianggao.outbound.push_store import PushState
from jianggao.outbound.send_outcomes import SendOutcome
from jianggao.people.names import LONGEST_NAME, NO_NAMES, Names, label
from jianggao.settings import Settings
from jianggao.text.quoting import quoted

from ..refusal_texts import reason, with_trial
from ..shared_texts import ENTRY_KINDS, STANDINGS, TRIAL_STANDINGS, reached

MOST_RENEWALS = 100
"""Renewal commands that come with one 到期清单."""
MOST_FOUND = 10
"""People whom 会员查询 lists by their names."""

LOG_FORM = "操作记录按人或按页看：请 @ 一个人、写 QQ 号或页数；只知道名字，先发“会员查询 名字”。"

NO_TRIAL_TEXT = TrialText()


def own(report: MemberReport, allowance: Allowance, settings: Settings, *, offers_trial: bool = False) -> str:
    """Returns the answer to 我的会员; `offers_trial`: whether the person may be told of the trial."""
    # It may be asked in a group, where nobody needs to read the other account.
    lines = [_state(report, "另一个号")]
    if report.standing is Standing.ACTIVE:
        lines.append(f"今天还可看 {allowance.sections_left} 段、取全文 {allowance.full_texts_left} 篇。")
    else:
        text = settings.subscribe_text
        lines.append(with_trial(text, settings) if offers_trial else text)
    return "\n".join(lines)


def member(
    report: MemberReport,
    settings: Settings,
    names: Names = NO_NAMES,
    *,
    trial_text: int | None = None,
    noted: tuple[str, datetime] | None = None,
) -> str:
    """Returns the answer to 会员查询. `trial_text` is the speech that the person received for trial, `noted` by
    whom and when the note was written."""
    lines = [f"{label(report.member, names)}：{_state(report, _successor(report))}"]
    person = names.get(report.member)
    if person is not None and person.card and person.nickname:
        lines.append(
            f"昵称{quoted(person.nickname, LONGEST_NAME)}，群名片{quoted(person.card, LONGEST_NAME)}"
        )
    if noted is not None:
        lines.append(f"备注是 {noted[0]} 在 {noted[1].astimezone(settings.timezone):%Y-%m-%d} 写的。")
    if trial_text is not None:
        lines.append(f"试用取过第 {trial_text} 篇的全文。")
    if report.log:
        lines.append("记录：")
        # The person's own names stand above.
        others = {account: known for account, known in names.items() if account != report.member}
        lines += [_log_line(line, settings, others) for line in report.log]
    return "\n".join(lines)


def _state(report: MemberReport, successor: str) -> str:
    """Returns standing, last day and window; `successor` is what the account is called that a subscription
    was moved to."""
    if report.standing is Standing.NEVER and report.went:
        return f"会员已转移到{successor}（记录号 {report.went[-1].number}）。"
    text = (TRIAL_STANDINGS if report.is_trial else STANDINGS)[report.standing]
    if report.begins_on is not None and report.standing is not Standing.SUSPENDED:
        text = f"会员从 {report.begins_on.isoformat()} 起"
    if report.state.valid_until is not None:
        text += f"，有效期至 {report.state.valid_until.isoformat()}{_gap(report.gap)}"
    return text + "。" + _window(report.window)


def _gap(gap: tuple[date, date] | None) -> str:
    """Returns which days nothing covers before time that begins later; "" where there is no such gap."""
    return "" if gap is None else f"（{gap[0].isoformat()} 到 {gap[1].isoformat()} 不在内）"


def _successor(report: MemberReport) -> str:
    return f" {report.went[-1].new}" if report.went else ""


def _window(window: EntitlementWindow | None) -> str:
    if window is None:
        return ""
    return f"可看 {window.first.isoformat()} 至 {window.last.isoformat()} 的资料。"


def how_to_renew(who: str) -> str:
    """Returns what a superuser reads who says 续费 of somebody."""
    return f"续期请发{quoted(f'续期 {who}', LONGEST_NAME)}。"


def change(entered: MembershipChange, now: datetime, names: Names = NO_NAMES) -> str:
    """Returns the answer to a command that changed a membership: what was entered in the ledger, and the new
    day of expiry."""
    entry = entered.entry
    until = entered.after.valid_until
    who = label(entry.member, names)
    what = f"记录 {entry.target}（{entry.member}）" if entry.kind is EntryKind.UNDO else who
    text = f"已{ENTRY_KINDS[entry.kind]} {what}，记录号 {entry.number}"
    if until is not None:
        text += f"，有效期至 {until.isoformat()}{_gap(entered.after.gap(now))}"
    was = entered.before.valid_until
    if entry.kind in (EntryKind.GRANT, EntryKind.RENEW) and entered.before.running(now) and was != until:
        text += f"（原到 {was}，已顺延）"
    standing = entered.after.standing(now)
    if standing is not Standing.ACTIVE:
        text += f"，现在{STANDINGS[standing]}"
    return f"{text}。"


def undone(
    entered: MembershipChange,
    now: datetime,
    names: Names,
    outcomes: Mapping[str, SendOutcome | None],
) -> str:
    """Returns the answer to 撤销: how each account stands whose `有效期至` it changed, before and after, and whom
    a private message told."""
    text = change(entered, now, names)
    before, after = entered.before.valid_until, entered.after.valid_until
    if before is not None and before != after:
        text = text.removesuffix("。") + f"（原到 {before.isoformat()}）。"
    text += "".join(_other(other, now) for other in entered.others)
    return "\n".join([text, *reached(outcomes)])


def _other(other: AccountChange, now: datetime) -> str:
    before, after = other.before.valid_until, other.after.valid_until
    until = "" if after is None else f"，有效期至 {after.isoformat()}"
    was = f"（原到 {before.isoformat()}）" if before is not None and before != after else ""
    return f"{other.account} {STANDINGS[other.after.standing(now)]}{until}{was}。"


def undone_transfer_notices(entered: MembershipChange, now: datetime) -> tuple[tuple[str, str], ...]:
    """Returns what the accounts read that the undo of a transfer concerns. None reads of another one."""
    states = [
        (entered.entry.member, entered.after),
        *((other.account, other.after) for other in entered.others),
    ]
    return tuple((account, _undone_transfer(state, entered.entry.number, now)) for account, state in states)


def _undone_transfer(state: MemberState, number: int, now: datetime) -> str:
    until = "" if state.valid_until is None else f"，有效期至 {state.valid_until.isoformat()}"
    return (
        f"管理员更正了一次和你这个号有关的会员转移：这个号现在{STANDINGS[state.standing(now)]}{until}。"
        f"有疑问请联系管理员，报记录号 {number}。"
    )


def people_found(words: str, found: Sequence[MemberLine], total: int, names: Names) -> str:
    """Returns the answer to 会员查询 with words that several people have in their names or notes."""
    lines = [f"昵称、群名片或备注里有{quoted(words, LONGEST_NAME)}的有 {total} 人："]
    lines += [_member_line(line, names) for line in found]
    if total > len(found):
        lines.append(f"只列前 {len(found)} 人，请写得更全一些。")
    return "\n".join([*lines, "发“会员查询 QQ号”看一个人的记录。"])


def nobody_found(words: str) -> str:
    """Returns the answer to 会员查询 where nobody is called so."""
    return (
        f"没有谁的昵称、群名片、备注或操作记录的备注里有{quoted(words, LONGEST_NAME)}。"
        "只认得发过命令的人和写过备注的人；其他人请写 QQ 号。"
    )


def member_list(page: LedgerPage[MemberLine], names: Names = NO_NAMES) -> str:
    """Returns the answer to 会员列表."""
    if not page.total:
        return "还没有会员。发“开通 QQ号 时长”开通。"
    lines = [f"共 {page.total} 人，第 {page.number}/{page.pages} 页："]
    lines += [_member_line(line, names) for line in page.items]
    if page.number < page.pages:
        lines.append(f"发“会员列表 {page.number + 1}”看下一页。")
    return "\n".join(lines)


def expiring(
    found: Sequence[MemberLine],
    days: int,
    reminded: Mapping[tuple[str, date], PushState],
    names: Names = NO_NAMES,
) -> str:
    """Returns the answer to 到期清单. `reminded` is what became of the latest reminders, by account and last
    day."""
    if not found:
        return f"{days} 天内没有会员到期。"
    lines = [f"{days} 天内到期 {len(found)} 人："]
    lines += [_member_line(line, names) + _reminder_mark(line, reminded) for line in found]
    renewable = sum(map(_is_renewable, found))
    if renewable:
        most = f"（只列前 {MOST_RENEWALS} 人的）" if renewable > MOST_RENEWALS else ""
        lines.append(f"下一条是现成的续期命令{most}，收到钱后复制一行发给我就行。")
    return "\n".join(lines)


def renewals_to_copy(found: Sequence[MemberLine], usual: Mapping[str, Duration]) -> tuple[str, ...]:
    """Returns a renewal command for each in 到期清单 who isn't suspended, by the time that was given last."""
    renewable = [line.member for line in found if _is_renewable(line)]
    return tuple(f"续期 {member} {usual.get(member, A_YEAR)}" for member in renewable[:MOST_RENEWALS])


def _is_renewable(line: MemberLine) -> bool:
    """Returns whether a renewal makes sense: not of who is suspended, nor of who has paid for later time."""
    return line.standing is not Standing.SUSPENDED and line.gap is None


def _reminder_mark(line: MemberLine, reminded: Mapping[tuple[str, date], PushState]) -> str:
    if line.valid_until is None or line.standing is Standing.SUSPENDED:
        return ""
    state = reminded.get((line.member, line.valid_until))
    if state in (PushState.REFUSED, PushState.EXPIRED):
        return "，提醒没送到"
    return "，提醒不确定送没送到" if state is PushState.UNKNOWN else ""


def log(
    page: LedgerPage[LogLine], settings: Settings, names: Names = NO_NAMES, account: str | None = None
) -> str:
    """Returns the answer to 操作记录, of one account if there is one."""
    if not page.total:
        return "还没有操作记录。" if account is None else f"{account} 还没有操作记录。"
    lines = [f"共 {page.total} 条，第 {page.number}/{page.pages} 页："]
    return "\n".join([*lines, *(_log_line(line, settings, names) for line in page.items)])


def verdict(
    account: str,
    speech: SpeechRow,
    judged: Verdict,
    names: Names = NO_NAMES,
    trial: TrialText = NO_TRIAL_TEXT,
) -> str:
    """Returns the answer to 能看."""
    who = label(account, names)
    what = f"第 {speech.number} 篇《{speech.title}》（资料日期 {speech.material_date.isoformat()}）"
    if isinstance(judged, Locked):
        text = f"{who} 不能看{what}：{reason(judged.reason)}。"
        if trial.received is not None:
            text += f"试用时取过第 {trial.received} 篇的全文。"
        return text + (f"可以自己发“试用 {speech.number}”取这一篇。" if trial.may_have else "")
    return f"{who} 能看{what}。"


def _member_line(line: MemberLine, names: Names) -> str:
    until = "" if line.valid_until is None else f" 有效期至 {line.valid_until.isoformat()}"
    left = f"，还有 {line.days_left} 天" if line.days_left is not None and line.days_left >= 0 else ""
    standing = (TRIAL_STANDINGS if line.is_trial else STANDINGS)[line.standing]
    again = "" if line.gap is None else f"，{(line.gap[1] + timedelta(days=1)).isoformat()} 起又有"
    return f"{label(line.member, names)} {standing}{until}{left}{again}"


def _log_line(line: LogLine, settings: Settings, names: Names) -> str:
    entry = line.entry
    at = entry.at.astimezone(settings.timezone)
    text = f"{entry.number}. {at:%Y-%m-%d %H:%M} {entry.by} {_what(entry, names)}"
    if entry.note:
        text += f"（{quoted(entry.note, MAX_NOTE)}）"
    return text + (f"，已由第 {line.undone_by} 号撤销" if line.undone_by is not None else "")


def _what(entry: LedgerEntry, names: Names) -> str:
    if entry.kind is EntryKind.UNDO:
        return f"撤销 {entry.target}（{entry.member}）"
    text = f"{ENTRY_KINDS[entry.kind]} {label(entry.member, names)}"
    if entry.successor is not None:
        text += f" 到 {label(entry.successor, names)}"
    if entry.duration is not None:
        text += f" {'试用 ' if entry.is_trial else ''}{entry.duration}"
    return text + (f"，从 {entry.starts_on.isoformat()} 起" if entry.starts_on else "")
