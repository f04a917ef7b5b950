"""Words what is said about joining groups and leaving them: to askers, newcomers and superusers."""

from __future__ import annotations

from collections.abc import Sequence

from jianggao.access.group_bindings import KIND_WORDS
from jianggao.access.verdicts import PlaceKind
from jianggao.joining.join_request_store import RequestState, StoredRequest
from jianggao.joining.join_requests import Grounds, JoinDecision
from jianggao.joining.removal_store import RemovalState, StoredRemoval
from jianggao.joining.removals import RemovalCandidate, Spared
from jianggao.people.names import NO_NAMES, Names, label
from jianggao.trial_setting import Trial

LONGEST_REASON = 60
"""Characters of a reason for turning somebody away; implementations and QQ cut longer ones."""
MOST_NAMED = 10
"""Newcomers who are named in one welcome."""
MOST_TOLD = 20
"""People in one notice; there can't be more than a few unless QQ itself is in trouble."""
_MEMBERS_ONLY = "会员群只加会员。"
_SPARED = {
    Spared.PROTECTED: "在不移出的名单里",
    Spared.ROLE: "是群主或管理员",
    Spared.NOT_ENDED: "续期了，或会员状态变了",
    Spared.NEVER: "没有会员记录",
    Spared.ABSENT: "已经不在群里",
}


def reason(decision: JoinDecision, subscribe_text: str, trial: Trial | None = None) -> str:
    """Returns what somebody reads who is turned away; empty for who is let in. `trial` is what the person may
    have, and is named whatever else there is to say."""
    if decision.approve:
        return ""
    how = " ".join(subscribe_text.split())
    text = {
        Grounds.EXPIRED: f"会员已于 {decision.valid_until} 到期，续期后再申请。{how}",
        Grounds.BEGINS_LATER: f"会员从 {decision.begins_on} 起，到那天再申请。",
        Grounds.SUSPENDED: "会员停用着，请联系管理员。",
        Grounds.CODE_REFUSED: decision.code_refusal,
    }.get(decision.grounds, _MEMBERS_ONLY + how)
    if trial is not None and decision.grounds is Grounds.NOT_A_MEMBER:
        # How to subscribe can be read in private; whoever is turned away doesn't know of the trial.
        offer = _offer(trial)
        short = f"{_MEMBERS_ONLY}{offer.rstrip('。')}；发“订阅”看怎么订阅。"
        text = next(one for one in (text + offer, how + offer, short) if len(one) <= LONGEST_REASON)
    return text if len(text) <= LONGEST_REASON else text[: LONGEST_REASON - 1] + "…"


def _offer(trial: Trial) -> str:
    asks, what = ("试用 篇号", "看一篇全文") if trial.days is None else ("试用", f"用 {trial.days} 天")
    return f"加我为好友发“{asks}”，可先免费{what}。"


def welcome(kind: PlaceKind, count: int, topic: str | None, number: int | None) -> str:
    """Returns what newcomers read behind their names: three commands to try, which work in this library."""
    more = f"等 {count} 人，" if count > MOST_NAMED else ""
    search = f"检索 {topic}" if topic else "帮助"
    tries = [search, "随机", "订阅"]
    if kind is PlaceKind.MEMBER_GROUP:
        # Each command alone on its line, so that it can be sent as it stands.
        tries = [search, f"提纲 {number}", f"全文 {number}", "（全文发到私聊，请先加我为好友。）"]
        if number is None:
            tries = [search, "随机", "我的会员"]
    return "\n".join([f"{more}欢迎进群。试试这三条：", *tries])


def requests_to_look_after(
    requests: Sequence[StoredRequest], names: Names = NO_NAMES, *, more: int = 0
) -> str:
    """Returns what superusers read of requests that somebody has to answer by hand; `more` of them follow in
    further notices."""
    lines = [_request(stored, names) for stored in requests]
    if more:
        lines.append(f"还有 {more} 个，接着发。")
    return "\n".join(["进群申请要请你在 QQ 的群通知里看一下：", *lines])


def _request(stored: StoredRequest, names: Names) -> str:
    who = f"{label(stored.request.account, names)} 申请进群 {stored.request.group}，"
    if stored.state is RequestState.MISSING:
        return who + "已批准，10 分钟了还没见他进群。还挂着的话，请手动同意。"
    if stored.approve and stored.state is not RequestState.FAILED:
        return who + "已批准，但机器人查不到他进群没有。还挂着的话，请手动同意。"
    if stored.approve:
        return who + f"{_GROUNDS[stored.grounds]}，但没批准成。请手动同意。"
    done = "不确定拒绝了没有" if stored.state is RequestState.UNKNOWN else "但没拒绝成"
    return who + f"{_GROUNDS[stored.grounds]}，{done}。请手动处理。"


_GROUNDS = {
    Grounds.SUPERUSER: "是管理员",
    Grounds.MEMBER: "是会员",
    Grounds.REDEEMED: "卡密已兑换",
    Grounds.FREE_GROUP: "免费群都批准",
    Grounds.NOT_A_MEMBER: "不是会员",
    Grounds.EXPIRED: "会员已到期",
    Grounds.BEGINS_LATER: "会员还没开始",
    Grounds.SUSPENDED: "会员停用着",
    Grounds.CODE_REFUSED: "卡密用不了",
}


def announcement(candidates: Sequence[RemovalCandidate], days: int, names: Names = NO_NAMES) -> str:
    """Returns what superusers read the day before people are removed."""
    lines = [
        f"{label(candidate.account, names)}（{KIND_WORDS[PlaceKind.MEMBER_GROUP]} {candidate.group}，"
        f"{candidate.valid_until.isoformat()} 到期）"
        for candidate in candidates
    ]
    how = "要留下谁，给他续期或设为群管理员；都不移出，把 REMOVE_EXPIRED 留空再重启。"
    return "\n".join([f"到期超过 {days} 天的会员，明天将移出 {len(lines)} 人：", *lines, how])


def removal_report(removals: Sequence[StoredRemoval], days: int, names: Names = NO_NAMES) -> str:
    """Returns what superusers read after people were to be removed, and of those who never will be. `days` is
    REMOVE_EXPIRED."""
    removed = [stored for stored in removals if stored.state is RemovalState.REMOVED]
    unreminded = [stored for stored in removals if stored.why is Spared.NOT_REMINDED]
    others = [stored for stored in removals if stored not in removed and stored not in unreminded]
    lines = (
        [f"已移出到期的会员 {len(removed)} 人：", *(_removal(stored, names) for stored in removed)]
        if removed
        else []
    )
    if others:
        lines += [
            "没有移出，或不确定：",
            *(f"{_removal(stored, names)}：{_why(stored)}" for stored in others),
        ]
    if unreminded:
        lines += _unreminded(unreminded, days, names)
    return "\n".join(lines)


def _unreminded(unreminded: Sequence[StoredRemoval], days: int, names: Names) -> list[str]:
    """Returns the lines about those who are never removed, whom the spreadsheet of 核对会员群 names all."""
    count = len(unreminded)
    lines = [
        f"到期超过 {days} 天，但到期提醒没送到（没加好友，或当时机器人没开），不会自动移出的 {count} 人："
    ]
    lines += [_removal(stored, names) for stored in unreminded[:MOST_TOLD]]
    if count > MOST_TOLD:
        lines.append(f"还有 {count - MOST_TOLD} 人，发“核对会员群”看全部。")
    return [*lines, "要移出请在 QQ 里手动移。"]


def _removal(stored: StoredRemoval, names: Names) -> str:
    return f"{label(stored.candidate.account, names)}（群 {stored.candidate.group}）"


def _why(stored: StoredRemoval) -> str:
    if stored.state is RemovalState.FAILED:
        return "QQ 没有照办，要移出请手动"
    if stored.why is not None:
        return _SPARED[stored.why]
    return "不确定移出了没有，请看一眼，机器人不会再试"


def no_admin(groups: Sequence[str]) -> str:
    """Returns what superusers read where the bot can't remove anybody."""
    named = "、".join(groups)
    return f"REMOVE_EXPIRED 开着，但机器人不是会员群 {named} 的管理员，移不了人。请设为管理员，或把 REMOVE_EXPIRED 留空。"
