"""Asks an implementation about groups: open requests to join, who is in a group, and in what role.

What an answer holds is untrusted: each entry that isn't of the right form is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any

from nonebot import logger
from nonebot.adapters.onebot.v11 import Bot
from nonebot.adapters.onebot.v11.exception import ActionFailed, ApiNotAvailable, NetworkError
from nonebot.exception import WebSocketClosed
from websockets.exceptions import WebSocketException

from jianggao.joining.join_requests import LONGEST_COMMENT, LONGEST_FLAG, JoinRequest
from jianggao.joining.roster import GroupMember, GroupRole

MOST_REQUESTS = 500
"""Entries of the list of requests that are looked at: some implementations keep answered ones in it."""
MOST_MEMBERS = 10_000
"""People of a group who are looked at; QQ's largest groups have 3,000."""
_LONGEST_NAME = 60
_LAST_SECOND = 253_000_000_000
_LARGEST_ID = 1 << 63
_ASKER_FIELDS = ("requester_uin", "user_id", "invitor_uin")
"""Where the list of open requests names the asker: go-cqhttp and LLBot, others, NapCat."""


_NOT_IN_GROUP = re.compile(
    r"(?:(?:成员|群员|member)[\W\d_]{0,40}(?:不存在|未找到|找不到|没找到|not.?found|(?:does )?n[o']t.?exists?)"
    r"|(?:未找到|找不到|没有找到|no such)[\W_]{0,3}(?:该|此|指定|这个)?(?:群成员|群员|成员|member)"
    r"|不在(?:这个|该|此|本)?群(?:里|中|内)?|not (?:in (?:the |this )?group|a (?:group )?member))[\W_]*\Z",
    re.IGNORECASE,
)
"""The end of what implementations say of somebody who isn't in a group. What goes on after it is the reason
for which they couldn't find out."""


class LookupFailed(Exception):
    """What was asked isn't known: the call failed, or isn't there."""

    def __init__(self, words: Sequence[str] = (), *, has_no_call: bool = False) -> None:
        """`words` are those of a refusal, which are neither stored nor logged; `has_no_call` says that the
        implementation hasn't the call at all."""
        super().__init__()
        self.words = tuple(words)
        self.has_no_call = has_no_call

    @property
    def is_refusal(self) -> bool:
        """Whether the implementation has the call and refused it: of others it may know more."""
        return bool(self.words) and not self.has_no_call


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request of the implementation's list, with what the asker wrote, which is neither stored nor
    logged."""

    request: JoinRequest
    comment: str

    def __repr__(self) -> str:
        """Returns a text without the comment, which may be a redeem code."""
        return f"<request of {self.request.account} to {self.request.group}>"


async def open_requests(bot: Bot) -> list[OpenRequest]:
    """Returns the requests that nobody has answered, as far as the implementation lists them. Raises
    LookupFailed."""
    answer = await _asked(bot, "get_group_system_msg", {})
    entries = answer.get("join_requests") if isinstance(answer, dict) else None
    return list(_open(str(bot.self_id), entries if isinstance(entries, list) else []))


async def group_members(bot: Bot, group: str) -> tuple[GroupMember, ...]:
    """Returns everybody in a group, this account included. Raises LookupFailed, also for a list that lacks
    this account: one that isn't whole says nothing about who is missing."""
    answer = await _asked(bot, "get_group_member_list", {"group_id": int(group), "no_cache": True})
    entries = answer if isinstance(answer, list) else []
    members: dict[str, GroupMember] = {}
    for found in map(_member, entries[:MOST_MEMBERS]):
        if found is not None:
            members[found.account] = _first_of(members.get(found.account), found)
    if len(entries) > MOST_MEMBERS or str(bot.self_id) not in members:
        raise LookupFailed
    return tuple(members.values())


def _first_of(before: GroupMember | None, found: GroupMember) -> GroupMember:
    """Returns how somebody counts who may be listed twice: once, and with no role if the roles differ."""
    if before is None:
        return found
    return before if before.role is found.role else replace(before, role=GroupRole.UNKNOWN)


async def group_member(bot: Bot, group: str, account: str) -> GroupMember | None:
    """Returns somebody in a group; None only if the implementation says in words that this person isn't in it.
    Raises LookupFailed for any other refusal, and for an answer that is about nobody or somebody else."""
    params = {"group_id": int(group), "user_id": int(account), "no_cache": True}
    try:
        answer = await _asked(bot, "get_group_member_info", params)
    except LookupFailed as error:
        if not error.has_no_call and any(_NOT_IN_GROUP.search(words) for words in error.words):
            return None
        raise
    found = _member(answer)
    if found is None or found.account != account or _id(answer.get("group_id", group)) != group:
        raise LookupFailed
    return found


async def _asked(bot: Bot, api: str, params: dict[str, Any]) -> Any:
    """Returns the data of an answer. Raises LookupFailed."""
    try:
        return await bot.call_api(api, **params)
    except ActionFailed as error:
        code = error.info.get("retcode")
        logger.info(f"{bot.self_id}: {api} was refused ({code})")
        words = [str(error.info.get(name, "")).strip() for name in ("message", "wording", "msg")]
        raise LookupFailed(words, has_no_call=str(code) in ("1404", "404")) from None
    except (
        ApiNotAvailable,
        NetworkError,
        WebSocketClosed,
        WebSocketException,
        OSError,
        RuntimeError,
    ) as error:
        logger.info(f"{bot.self_id}: {api} failed ({type(error).__name__})")
        raise LookupFailed from None


def _open(self_id: str, entries: Sequence[Any]) -> Iterator[OpenRequest]:
    """Yields the entries that nobody has answered and that name their request, group and asker."""
    for entry in entries[:MOST_REQUESTS]:
        if not isinstance(entry, dict) or _is_true(entry.get("checked")):
            continue
        flag = entry.get("flag", entry.get("request_id"))
        group, account = _id(entry.get("group_id")), _asker(entry)
        if (
            isinstance(flag, bool)
            or not isinstance(flag, (str, int))
            or not 0 < len(str(flag)) <= LONGEST_FLAG
        ):
            continue
        if group is None or account is None:
            continue
        comment = entry.get("message", entry.get("comment"))
        yield OpenRequest(
            JoinRequest(self_id, str(flag), group, account),
            comment[:LONGEST_COMMENT] if isinstance(comment, str) else "",
        )


def _is_true(value: Any) -> bool:
    """Returns whether a field says yes: some implementations write words."""
    return bool(value) and str(value).lower() not in ("false", "0", "no")


def _asker(entry: dict[str, Any]) -> str | None:
    accounts = (_id(entry.get(name)) for name in _ASKER_FIELDS)
    return next((account for account in accounts if account is not None), None)


def _member(entry: Any) -> GroupMember | None:
    account = _id(entry.get("user_id")) if isinstance(entry, dict) else None
    if account is None:
        return None
    names = (entry.get("card"), entry.get("nickname"))
    name = next((name for name in names if isinstance(name, str) and name.strip()), "")
    role = entry.get("role")
    known = [role_ for role_ in GroupRole if role_.value == role]
    return GroupMember(
        account,
        known[0] if known else GroupRole.UNKNOWN,
        name[:_LONGEST_NAME],
        moment(entry.get("join_time")),
    )


def moment(seconds: Any) -> datetime | None:
    """Returns a moment given in Unix time; None for what is none, or 0."""
    if isinstance(seconds, int) and 0 < seconds < _LAST_SECOND:
        return datetime.fromtimestamp(seconds, timezone.utc)
    return None


def _id(value: Any) -> str | None:
    """Returns an account or group as text; None for what names none."""
    text = str(value) if isinstance(value, (int, str)) and not isinstance(value, bool) else ""
    is_number = text.isascii() and text.isdigit() and len(text) < 20
    return str(int(text)) if is_number and 0 < int(text) < _LARGEST_ID else None
