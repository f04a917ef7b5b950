"""Says why a text is locked for somebody, and what the person can do about it: subscribe (`SUBSCRIBE_TEXT` in
the settings), renew, ask in private.

What is said where the day's allowance is spent stands in `shared_texts` and `full_text.texts`.
"""

from __future__ import annotations

from jianggao.access.verdicts import Help, LockReason
from jianggao.settings import Settings

_REASONS = {
    LockReason.NOT_A_MEMBER: "会员可看",
    LockReason.TRIED: "会员可看，已试用过",
    LockReason.NO_TRIAL: "会员可看，这个号现在没有会员",
    LockReason.EXPIRED: "会员已到期",
    LockReason.SUSPENDED: "会员已停用",
    LockReason.OLDER_THAN_WINDOW: "早于你的会员可看的三年",
    LockReason.NEWER_THAN_WINDOW: "在你的会员到期之后",
    LockReason.FREE_GROUP: "免费群只看节选",
    LockReason.UNBOUND: "本群没有开通",
}


def reason(why: LockReason) -> str:
    """Returns why a text is locked, in a few words."""
    return _REASONS[why]


def help_with(why: LockReason, settings: Settings) -> str:
    """Returns what the person can do against a lock; "" where nothing helps. Who never was a member reads of
    the trial too, where there is one."""
    helps = {
        Help.SUBSCRIBE: settings.subscribe_text,
        Help.RENEW: settings.subscribe_text,
        Help.ASK_OPERATOR: "有疑问请联系管理员。",
        Help.ASK_IN_PRIVATE: "私聊我可看全部。",
        Help.NOTHING: "",
    }[why.help]
    return with_trial(helps, settings) if why is LockReason.NOT_A_MEMBER else helps


def with_trial(text: str, settings: Settings) -> str:
    """Returns how to subscribe, and on a line behind it how to have a trial, where there is one."""
    if settings.trial is None:
        return text
    asks = "试用 篇号" if settings.trial.days is None else "试用"
    wait = f"（加好友满 {settings.trial_wait.days} 天）" if settings.trial_wait else ""
    blank = "" if settings.trial.days is None else " "
    return f"{text}\n可先免费试用{blank}{settings.trial}：私聊我发“{asks}”{wait}。"


def locked(why: LockReason, settings: Settings) -> str:
    """Returns 🔒 and the reason, and on a second line what helps."""
    return f"🔒 {reason(why)}\n{help_with(why, settings)}".strip()
