"""Holds what several plugins say: how a section is shown, why a list shows less than it could, whom a private
message has reached, and what entries of the ledger and standings are called."""

from __future__ import annotations

from collections.abc import Mapping

from jianggao.membership.ledger import EntryKind, Standing
from jianggao.outbound.send_outcomes import Delivered, SendOutcome, Unknown, is_tried_again
from jianggao.reading.views import SectionView

PRIVATE_ONLY = "私聊可看"
ALLOWANCE_SPENT = "今天的段落额度用完了，明天再来；标题和提纲照常可看。"


STANDINGS = {
    Standing.ACTIVE: "会员有效",
    Standing.EXPIRED: "会员已到期",
    Standing.SUSPENDED: "会员已停用",
    Standing.NEVER: "还不是会员",
}
"""What somebody is, as a sentence without its 。"""
TRIAL_STANDINGS = {**STANDINGS, Standing.ACTIVE: "试用中", Standing.EXPIRED: "试用已到期"}
"""The same of somebody to whom time was given for trial alone."""
ENTRY_KINDS = {
    EntryKind.GRANT: "开通",
    EntryKind.RENEW: "续期",
    EntryKind.SUSPEND: "停用",
    EntryKind.RESUME: "恢复",
    EntryKind.REDEEM: "兑换",
    EntryKind.REWARD: "奖励",
    EntryKind.TRANSFER: "转移",
    EntryKind.UNDO: "撤销",
}
"""What each kind of entry of the ledger is called."""


def no_subscription_for(account: str, done: str) -> str:
    """Returns why an account of the bot or of a superuser isn't given a membership; `done` is what wasn't done."""
    return f"{account} 是机器人或管理员的号，用不着会员，没有{done}。请核对 QQ 号。"


def not_recorded(cause: str) -> str:
    """Returns why text is missing that must be recorded before it leaves; `cause` in a few words."""
    return f"数据库暂时写不进去（{cause}），会员段落要等恢复后才能看；标题和公开的段落照常可看。"


def what_is_missing(unwritable: str, allowance_spent: bool) -> list[str]:
    """Returns the line that says why a list shows less than the asker may read; none where nothing is
    missing."""
    if unwritable:
        return [not_recorded(unwritable)]
    return [ALLOWANCE_SPENT] if allowance_spent else []


def which_section(speech: int, command: str) -> str:
    """Returns what to answer to a speech's number behind a command that needs a section's."""
    return f"还差段号，例如：{command} {speech}.1。发“提纲 {speech}”看有哪些段。"


def section_text(view: SectionView) -> str:
    """Returns a section as it is shown: number, heading, the lines under the title, body, where it is from."""
    head = f"{view.number}　{view.heading}" if view.heading else view.number
    # The lines under the title stand before the first section as they do in the speech.
    under_title = f"{view.occasion}\n\n" if view.occasion else ""
    return f"{head}\n{under_title}{view.body}\n——《{view.title}》{view.material_date.isoformat()}"


def reached(outcomes: Mapping[str, SendOutcome | None], whom: str = "") -> list[str]:
    """Returns lines that say which people know of a change, and whom the operator has to inform; `whom` stands
    before their accounts. An outcome of None isn't known yet."""
    known = [account for account, outcome in outcomes.items() if isinstance(outcome, Delivered)]
    unsure = [account for account, outcome in outcomes.items() if isinstance(outcome, Unknown)]
    coming = [account for account, outcome in outcomes.items() if outcome is None or is_tried_again(outcome)]
    refused = [account for account in outcomes if account not in (*known, *unsure, *coming)]
    lines = [f"已私信告诉{whom or ' '}{'、'.join(known)}。"] if known else []
    if coming:
        lines.append(f"正在私信告诉{whom or ' '}{'、'.join(coming)}，没发到的会另外告诉你。")
    if refused:
        lines.append(f"没能告诉{whom or ' '}{'、'.join(refused)}（私信发不出去），请另外转告。")
    if unsure:
        lines.append(f"给{whom or ' '}{'、'.join(unsure)} 的私信不确定送到没有，请留意。")
    return lines
