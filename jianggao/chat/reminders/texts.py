"""Words the reminders to members, and the list of those that weren't delivered, for superusers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from jianggao.access.usage_counts import YearOfUse
from jianggao.outbound.push_store import PushState
from jianggao.people.names import NO_NAMES, Names, label
from jianggao.reminders.due_reminders import WEEK, DueReminder, ReminderKind
from jianggao.reminders.reminder_store import OrderedReminder

MOST_LISTED = 30
"""People in one list, which is one message, with their names; others follow in further ones."""


def before_the_end(due: DueReminder, subscribe_text: str, *, is_trial: bool) -> str:
    """Returns the reminder of a subscription that runs."""
    what = "试用" if is_trial else "会员"
    when = f"还有 {due.days_left} 天到期" if due.kind is not ReminderKind.LAST_DAY else "今天是最后一天"
    until = f"（有效期至 {due.valid_until.isoformat()}）"
    if due.again_on is not None:
        until += f"，{_day(due.again_on)}起才又有，中间看不了"
    return f"你的{what}{when}{until}。\n{_how_to_go_on(is_trial)}{subscribe_text}"


def after_the_end(
    due: DueReminder, used: YearOfUse, today: date, subscribe_text: str, *, is_trial: bool
) -> str:
    """Returns the reminder of a subscription that is over, with what was used in its last year."""
    ended = _day(due.valid_until)
    lines = [f"你的试用 {ended}结束了。" if is_trial else f"你的会员 {ended}到期了。"]
    lines[0] += _used(used, today)
    if not is_trial:
        lines.append(f"{_day(due.valid_until + timedelta(days=WEEK))}（含当天）前续上，可看的年份照旧。")
    return "\n".join([*lines, f"{_how_to_go_on(is_trial)}{subscribe_text}"])


def not_delivered(
    reminders: Sequence[OrderedReminder], today: date, names: Names = NO_NAMES, *, more: int = 0
) -> str:
    """Returns the list of people whom a reminder didn't reach, or perhaps not; `more` of them follow in
    further lists."""
    lines = [_head(reminders, len(reminders) + more)]
    for reminder in reminders:
        until = reminder.valid_until
        when = f"{until.isoformat()} 已到期" if until < today else f"有效期至 {until.isoformat()}"
        doubt = "，不确定送没送到" if reminder.state is PushState.UNKNOWN else ""
        lines.append(f"· {label(reminder.account, names)} {when}{doubt}")
    if more:
        lines.append(f"还有 {more} 人，在后面的名单里。")
    return "\n".join([*lines, "收到钱后发“续期 QQ号 1年”；没到期的，“到期清单 7”里有现成的续期命令。"])


def _head(reminders: Sequence[OrderedReminder], count: int) -> str:
    doubtful = sum(reminder.state is PushState.UNKNOWN for reminder in reminders)
    if doubtful == len(reminders):
        return f"有 {count} 人的到期提醒不确定送没送到，请另外问一声："
    perhaps = "，或不确定送没送到" if doubtful else ""
    return f"有 {count} 人的到期提醒没有送到{perhaps}（多半没加机器人为好友），请另外转告："


def _how_to_go_on(is_trial: bool) -> str:
    return "想接着看，可以订阅：" if is_trial else "续期办法："


def _day(day: date) -> str:
    return f"{day.month} 月 {day.day} 日"


def _used(used: YearOfUse, today: date) -> str:
    """Returns the sentence on what was used; an empty one where nothing was."""
    parts = [f"查了 {used.searches} 次"] if used.searches else []
    if used.full_texts:
        parts.append(f"取了 {used.full_texts} 篇" if parts else f"取了 {used.full_texts} 篇全文")
    year = "今年" if used.year == today.year else "去年以来"
    return f"{year}你{'，'.join(parts)}。" if parts else ""
