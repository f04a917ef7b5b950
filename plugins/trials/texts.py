"""Words the answers to 试用."""

from __future__ import annotations

from datetime import datetime, timedelta

from jianggao.access.trials import TrialObstacle, TrialRefusal
from jianggao.membership.administration import MembershipChange
from jianggao.membership.ledger import EntitlementWindow
from jianggao.outbound.send_outcomes import Delivered, RefusalReason, Refused, SendOutcome
from jianggao.settings import Settings
from jianggao.trial_setting import Trial

NOTE = "自助领取"
"""The note of the ledger's entry."""
OPERATOR = "你是管理员，全部资料都能看，不用试用。"
WHICH_TEXT = (
    "可以免费取一篇全文，每人一次：发“试用 篇号”，例如“试用 12”。\n"
    "先发“检索 关键词”挑一篇，篇号是结果里编号的前一半。"
)
FORM = "请写篇号，例如“试用 12”：是检索结果里编号的前一半。还没挑好的话，先发“检索 关键词”。"
ALLOWANCE_SPENT = "今天的全文额度用完了，明天再来；试用还在。"
CHANGED = "会员状态刚有变化，没有发出。发“我的会员”查看。"


def no_trials(settings: Settings) -> str:
    """Returns the answer where there are no trials."""
    return f"现在没有试用。\n{settings.subscribe_text}"


def ask_in_private(trial: Trial) -> str:
    """Returns the answer in a group."""
    asks = "试用 篇号" if trial.days is None else "试用"
    return f"私聊我发“{asks}”（先加我为好友）。"


def given(days: int, change: MembershipChange, window: EntitlementWindow | None, newest: int | None) -> str:
    """Returns what was given, and three commands to try; `newest` is a speech that may be read by now."""
    lines = [f"{days} 天试用开通了，有效期至 {change.after.valid_until}。"]
    if window is not None:
        lines[0] += f"可看 {window.first} 至 {window.last} 的资料。"
    tries = ["检索 乡村振兴", "随机", "提纲 乡村振兴" if newest is None else f"全文 {newest}"]
    return "\n".join([*lines, "可以先试试：", *tries])


def refused(refusal: TrialRefusal, settings: Settings) -> str:
    """Returns why somebody may not have a trial, and what helps."""
    what = refusal.obstacle
    if what is TrialObstacle.SUSPENDED:
        return "你的会员停用着，不能试用。有疑问请联系管理员。"
    if what is TrialObstacle.MEMBER:
        is_what = "正在试用" if refusal.is_trial else "已经是会员"
        return f"你{is_what}，有效期至 {refusal.valid_until}，不用再领。发“我的会员”查看。"
    if what is TrialObstacle.HAD_TRIAL:
        return f"你已经试用过了，每人一次。\n{settings.subscribe_text}"
    if what is TrialObstacle.WAS_MEMBER or refusal.allowed_at is None:
        return f"试用只给没当过会员的人。\n{settings.subscribe_text}"
    # Rounded up, so that who comes at the named minute isn't sent away again.
    at = refusal.allowed_at.astimezone(settings.timezone)
    minute = f"{_next_minute(at):%Y-%m-%d %H:%M}"
    return f"加好友满 {settings.trial_wait.days} 天才能试用，你从 {minute} 起可以领。到时再发一次。"


def never_left(number: int) -> str:
    """Returns what is said, after a restart, of a text whose turn hadn't come when the bot ended."""
    return f"第 {number} 篇的全文刚才没来得及发，试用还在。请再发一次：试用 {number}"


def sent(number: int, outcome: SendOutcome, settings: Settings) -> str:
    """Returns what became of the text that was had for trial."""
    if isinstance(outcome, Delivered):
        return f"第 {number} 篇的全文发给你了，试用每人一次。\n{settings.subscribe_text}"
    if isinstance(outcome, Refused) and not outcome.after_a_part:
        if outcome.reason is RefusalReason.ACCOUNT_LIMITED:
            return "全文没有发出去：机器人的账号暂时被 QQ 限制。试用还在，请过些时候再试。"
        return f"全文没有发出去，试用还在。请过一会儿再发一次：试用 {number}"
    return "全文可能已经发出，请看看有没有收到；没有的话，请联系管理员。"


def _next_minute(at: datetime) -> datetime:
    minute = at.replace(second=0, microsecond=0)
    return minute if minute == at else minute + timedelta(minutes=1)
