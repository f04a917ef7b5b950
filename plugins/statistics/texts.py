"""Words the answer to 统计."""

from __future__ import annotations

from datetime import date

from jianggao.access.business_figures import BusinessFigures
from jianggao.access.deliveries import DeliveryCounts
from jianggao.membership.statistics import EXPIRING_DAYS, MemberCounts


def statistics(figures: BusinessFigures, today: date) -> str:
    """Returns the answer to 统计. Groups are named of the present month alone: what was bound earlier isn't
    known."""
    ledger = figures.ledger
    now = today in ledger.month
    this = "本月" if now else "当月"
    month, before = ledger.in_month, ledger.month_before
    lines = [
        f"{ledger.month.year} 年 {ledger.month.month} 月{f'（截至 {today.day} 日）' if now else ''}",
        f"会员{'' if now else '（月底）'}：{_members(ledger.members)}",
        f"新订阅 {month.new} 人（上月 {before.new}），续订 {month.renewed} 人（上月 {before.renewed}）",
        f"兑换卡密 {month.redeemed} 次（上月 {before.redeemed}），"
        f"举报奖励 {month.rewards} 次（上月 {before.rewards}）",
        f"试用：{this} {month.trials} 人（上月 {before.trials}）；"
        f"全年 {ledger.trials_in_year} 人，其中后来订阅 {ledger.subscribed_later} 人",
        f"发出：{this}{_texts(figures.in_month)}"
        + ("" if figures.today is None else f"；今天{_texts(figures.today)}"),
    ]
    if now:
        lines.append(f"绑定：会员群 {figures.member_groups} 个，免费群 {figures.free_groups} 个")
    return "\n".join(lines)


def _members(counts: MemberCounts) -> str:
    trial = f"（其中试用 {counts.on_trial}）" if counts.on_trial else ""
    return (
        f"有效 {counts.active} 人{trial}，{EXPIRING_DAYS} 天内到期 {counts.expiring}，"
        f"停用 {counts.suspended}，已到期 {counts.expired}"
    )


def _texts(counts: DeliveryCounts) -> str:
    return f"全文 {counts.full_texts} 篇、段落 {counts.sections} 段"
