"""Words the answers to 全文."""

from __future__ import annotations

from jianggao.access.verdicts import Locked
from jianggao.outbound.send_outcomes import RefusalReason, Refused, SendOutcome
from jianggao.settings import Settings

from ..refusal_texts import locked

FORM = "请写篇号，后面可以写要哪种形式；篇号是检索结果里编号的前一半。"
ALLOWANCE_SPENT = "今天的全文额度用完了，明天再来；段落照常可看。"


def refused(number: int, verdict: Locked, settings: Settings) -> str:
    """Returns why somebody can't have a full text, and what helps."""
    return f"第 {number} 篇的全文看不了。\n{locked(verdict.reason, settings)}"


def never_left(number: int) -> str:
    """Returns what is said, after a restart, of a text whose turn hadn't come when the bot ended."""
    return f"第 {number} 篇的全文刚才没来得及发，不算今天的额度。请再发一次：全文 {number}"


def not_sent(outcome: SendOutcome) -> str:
    """Returns what is said of a text that certainly or possibly wasn't delivered."""
    if isinstance(outcome, Refused):
        if outcome.reason is RefusalReason.NOT_ALLOWED:
            return "会员状态刚有变化，全文没有发出。"
        if outcome.reason is RefusalReason.ACCOUNT_LIMITED:
            return "全文没有发出去：机器人的账号暂时被 QQ 限制。请过些时候再试。"
        return "全文没有发出去。请过一会儿再发一次，或发“全文 编号 转发”换一种方式。"
    return "全文可能已经发出，请看看有没有收到；没有的话，过几分钟再发一次。"
