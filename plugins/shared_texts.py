"""Words what several plugins say: why something is locked, what would help, how a section is shown."""

from __future__ import annotations

from jianggao.access.verdicts import Help, LockReason
from jianggao.reading.views import SectionView
from jianggao.settings import Settings

PRIVATE_ONLY = "私聊可看"
ALLOWANCE_SPENT = "今天的段落额度用完了，明天再来；标题和提纲照常可看。"


def not_recorded(cause: str) -> str:
    """Returns why text is missing that must be recorded before it leaves; `cause` in a few words."""
    return f"数据库暂时写不进去（{cause}），会员段落要等恢复后才能看；标题和公开的段落照常可看。"


def what_is_missing(unwritable: str, allowance_spent: bool) -> list[str]:
    """Returns the line that says why a list shows less than the asker may read; none where nothing is
    missing."""
    if unwritable:
        return [not_recorded(unwritable)]
    return [ALLOWANCE_SPENT] if allowance_spent else []


_REASONS = {
    LockReason.NOT_A_MEMBER: "会员可看",
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
    """Returns what the person can do against a lock; "" where nothing helps."""
    return {
        Help.SUBSCRIBE: settings.subscribe_text,
        Help.RENEW: settings.subscribe_text,
        Help.ASK_OPERATOR: "有疑问请联系管理员。",
        Help.ASK_IN_PRIVATE: "私聊我可看全部。",
        Help.NOTHING: "",
    }[why.help]


def locked(why: LockReason, settings: Settings) -> str:
    """Returns 🔒 and the reason, and on a second line what helps."""
    return f"🔒 {reason(why)}\n{help_with(why, settings)}".strip()


def which_section(speech: int) -> str:
    """Returns what to answer to a speech's number where a section's is needed."""
    return f"还差段号，例如：段落 {speech}.1。发“提纲 {speech}”看有哪些段。"


def section_text(view: SectionView) -> str:
    """Returns a section as it is shown: number, heading, body, where it is from."""
    head = f"{view.number}　{view.heading}" if view.heading else view.number
    return f"{head}\n{view.body}\n——《{view.title}》{view.material_date.isoformat()}"
