"""Implements the calls about the bot's account: friends, requests, status, and those without an effect
here."""

from __future__ import annotations

from typing import Any

from jianggao.sandbox.qq.api import Api, Params, WrongParams, action, need

VERSION = "1.0"
"""The version that `get_version_info` names."""


@action("get_login_info")
def get_login_info(api: Api, params: Params) -> Any:
    """Returns the bot's own account and name."""
    return {"user_id": int(api.world.bot), "nickname": api.world.name_of(api.world.bot)}


@action("get_stranger_info")
def get_stranger_info(api: Api, params: Params) -> Any:
    """Returns what is public of an account. Unknown accounts have their number as name."""
    account = str(need(params, "user_id"))
    return {"user_id": int(account), "nickname": api.world.name_of(account), "sex": "unknown", "age": 0}


@action("get_friend_list")
def get_friend_list(api: Api, params: Params) -> Any:
    """Returns the bot's friends, by account."""
    return [
        {"user_id": int(account), "nickname": api.world.name_of(account), "remark": ""}
        for account in sorted(api.world.friends)
    ]


@action("delete_friend")
def delete_friend(api: Api, params: Params) -> Any:
    """Ends a friendship."""
    api.world.befriend(str(need(params, "user_id")), friend=False)


@action("set_friend_add_request", "set_group_add_request")
def answer_request(api: Api, params: Params) -> Any:
    """Grants or refuses a request of either kind. Raises WrongParams if it is not open."""
    flag = str(need(params, "flag"))
    if flag not in api.world.requests:
        raise WrongParams("请求不存在或已处理")
    approve, reason = bool(params.get("approve", True)), str(params.get("reason", ""))
    api.world.answer_request(flag, approve=approve, by=api.world.bot, reason=reason)


@action("get_group_system_msg")
def get_group_system_msg(api: Api, params: Params) -> Any:
    """Returns the open requests to join groups."""
    return {
        "join_requests": [
            {
                "request_id": request.flag,
                "requester_uin": int(request.account),
                "group_id": int(request.group),
                "message": request.comment,
                "checked": False,
            }
            for request in api.world.requests.values()
            if request.group is not None
        ],
        "invited_requests": [],
    }


@action("get_status")
def get_status(api: Api, params: Params) -> Any:
    """Returns that the account is online."""
    return {"online": True, "good": True}


@action("get_version_info")
def get_version_info(api: Api, params: Params) -> Any:
    """Returns which implementation this is."""
    return {
        "app_name": f"sandbox.{api.profile.name}",
        "app_version": VERSION,
        "protocol_version": "v11",
    }


@action("can_send_image", "can_send_record")
def can_send(api: Api, params: Params) -> Any:
    """Returns yes."""
    return {"yes": True}


@action(
    "send_like",
    "mark_msg_as_read",
    "mark_group_msg_as_read",
    "mark_private_msg_as_read",
    "friend_poke",
    "group_poke",
    "set_msg_emoji_like",
    "clean_cache",
    "set_input_status",
)
def do_nothing(api: Api, params: Params) -> Any:
    """Succeeds without an effect: nothing in the simulation depends on these calls."""
