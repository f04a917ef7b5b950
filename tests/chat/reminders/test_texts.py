"""What members read of the end of their subscription, and superusers of reminders that weren't delivered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jianggao.access.usage_counts import YearOfUse
from jianggao.chat.reminders import texts
from jianggao.outbound.push_store import PushState
from jianggao.people.names import KnownPerson
from jianggao.reminders.due_reminders import DueReminder, ReminderKind
from jianggao.reminders.reminder_store import OrderedReminder

END = date(2027, 3, 18)
HOW = "找群主小周"


@pytest.mark.parametrize(
    ("kind", "left", "text"),
    [
        (ReminderKind.WEEK, 7, "你的会员还有 7 天到期（有效期至 2027-03-18）。\n续期办法：找群主小周"),
        (ReminderKind.WEEK, 3, "你的会员还有 3 天到期（有效期至 2027-03-18）。\n续期办法：找群主小周"),
        (ReminderKind.DAY, 1, "你的会员还有 1 天到期（有效期至 2027-03-18）。\n续期办法：找群主小周"),
        (ReminderKind.LAST_DAY, 0, "你的会员今天是最后一天（有效期至 2027-03-18）。\n续期办法：找群主小周"),
    ],
)
def test_before_the_end(kind: ReminderKind, left: int, text: str) -> None:
    assert texts.before_the_end(DueReminder("20001", kind, END, left), HOW, is_trial=False) == text


def test_later_time_is_named() -> None:
    due = DueReminder("20001", ReminderKind.WEEK, END, 7, date(2027, 4, 20))
    assert texts.before_the_end(due, HOW, is_trial=False).startswith(
        "你的会员还有 7 天到期（有效期至 2027-03-18），4 月 20 日起才又有，中间看不了。\n"
    )


def test_a_trial_is_called_so_and_invites() -> None:
    due = DueReminder("20001", ReminderKind.LAST_DAY, END, 0)
    assert texts.before_the_end(due, HOW, is_trial=True) == (
        "你的试用今天是最后一天（有效期至 2027-03-18）。\n想接着看，可以订阅：找群主小周"
    )
    ended = DueReminder("20001", ReminderKind.ENDED, END, -1)
    after = texts.after_the_end(ended, YearOfUse(2027, 3), date(2027, 3, 19), HOW, is_trial=True)
    assert after == "你的试用 3 月 18 日结束了。今年你查了 3 次。\n想接着看，可以订阅：找群主小周"


@pytest.mark.parametrize(
    ("used", "sentence"),
    [
        (YearOfUse(2027, 214, 37), "今年你查了 214 次，取了 37 篇。"),
        (YearOfUse(2027, 1, 0), "今年你查了 1 次。"),
        (YearOfUse(2027, 0, 2), "今年你取了 2 篇全文。"),
        (YearOfUse(2027), ""),
        (YearOfUse(2026, 5, 1), "去年以来你查了 5 次，取了 1 篇。"),
    ],
)
def test_after_the_end(used: YearOfUse, sentence: str) -> None:
    due = DueReminder("20001", ReminderKind.ENDED, END, -2)
    assert texts.after_the_end(due, used, date(2027, 3, 20), HOW, is_trial=False) == (
        f"你的会员 3 月 18 日到期了。{sentence}\n3 月 25 日（含当天）前续上，可看的年份照旧。\n续期办法：找群主小周"
    )


def test_what_was_not_delivered() -> None:
    states = PushState.REFUSED, PushState.UNKNOWN
    reminders = [OrderedReminder(f"2000{n}", END, ReminderKind.WEEK, state) for n, state in enumerate(states)]
    assert texts.not_delivered(reminders, END) == (
        "有 2 人的到期提醒没有送到，或不确定送没送到（多半没加机器人为好友），请另外转告：\n"
        "· 20000 有效期至 2027-03-18\n"
        "· 20001 有效期至 2027-03-18，不确定送没送到\n"
        "收到钱后发“续期 QQ号 1年”；没到期的，“到期清单 7”里有现成的续期命令。"
    )
    assert "20000 2027-03-18 已到期" in texts.not_delivered(reminders, END + timedelta(days=1))
    text = texts.not_delivered(reminders[:1], END, more=70)
    assert text.startswith("有 71 人的到期提醒没有送到（多半") and "还有 70 人，在后面的名单里。" in text
    assert texts.not_delivered(reminders[1:], END).startswith(
        "有 1 人的到期提醒不确定送没送到，请另外问一声："
    )
    names = {"20000": KnownPerson("20000", nickname="老周", note="甲单位")}
    assert "· 20000（“老周”，备注“甲单位”） 有效期至" in texts.not_delivered(reminders, END, names)
