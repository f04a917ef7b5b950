"""Implements the calls that list groups and their members, and those that need an admin."""

from __future__ import annotations

from typing import Any

from jianggao.sandbox.qq.api import Api, Params, WrongParams, action, group_as_admin, group_of, need
from jianggao.sandbox.qq.world import Role

_DEFAULT_BAN_SECONDS = 1800
_WHOLE_BAN_SECONDS = 86_400
"""A mute of everybody has no end on QQ; a day is longer than any scenario needs it."""


# --- listing ------------------------------------------------------------------------------------------------


@action("get_group_list")
def get_group_list(api: Api, params: Params) -> Any:
    """Returns the groups that the bot is in."""
    world = api.world
    return [_group_fields(api, group.number) for group in world.groups.values() if world.bot in group.roles]


@action("get_group_info", "get_group_detail_info")
def get_group_info(api: Api, params: Params) -> Any:
    """Returns a group's name and size."""
    return _group_fields(api, group_of(api, params))


@action("get_group_member_list")
def get_group_member_list(api: Api, params: Params) -> Any:
    """Returns the members of a group."""
    number = group_of(api, params)
    return [_member_fields(api, number, account) for account in api.world.groups[number].roles]


@action("get_group_member_info")
def get_group_member_info(api: Api, params: Params) -> Any:
    """Returns a member of a group."""
    number = group_of(api, params)
    return _member_fields(api, number, _member_of(api, number, params))


@action("get_group_honor_info")
def get_group_honor_info(api: Api, params: Params) -> Any:
    """Returns the group's number alone: the simulated groups have no honours."""
    return {"group_id": int(group_of(api, params))}


@action("get_group_shut_list")
def get_group_shut_list(api: Api, params: Params) -> Any:
    """Returns the members of a group who are muted now."""
    number = group_of(api, params)
    return [
        _member_fields(api, number, account)
        for account in api.world.groups[number].muted
        if api.world.is_muted(account, number)
    ]


# --- changing -----------------------------------------------------------------------------------------------


@action("set_group_kick")
def set_group_kick(api: Api, params: Params) -> Any:
    """Removes a member from a group."""
    number = group_as_admin(api, params)
    api.world.leave(str(need(params, "user_id")), number, by=api.world.bot)


@action("set_group_ban")
def set_group_ban(api: Api, params: Params) -> Any:
    """Mutes a member for `duration` seconds; 0 lifts the mute."""
    number = group_as_admin(api, params)
    seconds = int(params.get("duration", _DEFAULT_BAN_SECONDS))
    api.world.mute(str(need(params, "user_id")), number, seconds, by=api.world.bot)


@action("set_group_whole_ban")
def set_group_whole_ban(api: Api, params: Params) -> Any:
    """Mutes all ordinary members of a group, or lifts it."""
    number = group_as_admin(api, params)
    seconds = _WHOLE_BAN_SECONDS if params.get("enable", True) else 0
    for account, role in api.world.groups[number].roles.items():
        if role is Role.MEMBER:
            api.world.mute(account, number, seconds, by=api.world.bot)


@action("set_group_admin")
def set_group_admin(api: Api, params: Params) -> Any:
    """Makes a member an admin, or an ordinary member again."""
    number, account = group_as_admin(api, params), str(need(params, "user_id"))
    role = Role.ADMIN if params.get("enable", True) else Role.MEMBER
    api.world.groups[number].roles[account] = role


@action("set_group_name")
def set_group_name(api: Api, params: Params) -> Any:
    """Renames a group."""
    number = group_as_admin(api, params)
    api.world.groups[number].name = str(need(params, "group_name"))


@action("set_group_leave")
def set_group_leave(api: Api, params: Params) -> Any:
    """Takes the bot out of a group."""
    api.world.leave(api.world.bot, group_of(api, params))


@action("set_group_card", "set_group_special_title")
def set_member_detail(api: Api, params: Params) -> Any:
    """Accepts a member's card or title and forgets it: nothing in the simulation shows one."""
    _member_of(api, group_as_admin(api, params), params)


# --- groups and members as the connection carries them ------------------------------------------------------


def _group_fields(api: Api, number: str) -> dict[str, Any]:
    group = api.world.groups[number]
    return {
        "group_id": int(number),
        "group_name": group.name,
        "member_count": len(group.roles),
        "max_member_count": 500,
    }


def _member_fields(api: Api, number: str, account: str) -> dict[str, Any]:
    muted_until = api.world.groups[number].muted.get(account)
    return {
        "group_id": int(number),
        "user_id": int(account),
        "nickname": api.world.name_of(account),
        "card": "",
        "role": api.world.role_of(account, number).value,
        "level": "1",
        "title": "",
        "join_time": 0,
        "last_sent_time": 0,
        "shut_up_timestamp": 0 if muted_until is None else int(muted_until.timestamp()),
    }


def _member_of(api: Api, number: str, params: Params) -> str:
    """Returns the account that `user_id` names. Raises WrongParams unless it is a member of the group."""
    account = str(need(params, "user_id"))
    if account not in api.world.groups[number].roles:
        raise WrongParams(f"群({number})成员{account}不存在")  # as NapCat words it
    return account
