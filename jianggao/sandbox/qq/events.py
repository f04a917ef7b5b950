"""Writes events of the world as OneBot V11 events with all their fields."""

from __future__ import annotations

from typing import Any

from jianggao.sandbox.qq.api import Api
from jianggao.sandbox.qq.message_actions import message_fields
from jianggao.sandbox.qq.world import Message, PendingRequest


def event_of(name: str, details: dict[str, Any], api: Api) -> dict[str, Any] | None:
    """Returns the OneBot event of an event of the world; None for what implementations do not report."""
    world = api.world
    common = {"time": int(world.clock().timestamp()), "self_id": int(world.bot)}
    if name == "message":
        message: Message = details["message"]
        # By default implementations do not report what the bot itself sent.
        if message.sender == world.bot:
            return None
        return {**common, "post_type": "message", **message_fields(api, message)}
    if name == "request":
        return {**common, **_request(details["request"])}
    notice = _notice(name, details, api)
    return None if notice is None else {**common, "post_type": "notice", **notice}


def lifecycle(api: Api) -> dict[str, Any]:
    """Returns the event that opens a connection."""
    return {
        "time": int(api.world.clock().timestamp()),
        "self_id": int(api.world.bot),
        "post_type": "meta_event",
        "meta_event_type": "lifecycle",
        "sub_type": "connect",
    }


def heartbeat(api: Api, interval: float) -> dict[str, Any]:
    """Returns the event that shows the connection to be alive; `interval` is in seconds."""
    return {
        **lifecycle(api),
        "meta_event_type": "heartbeat",
        "sub_type": "",
        "status": {"online": True, "good": True},
        "interval": int(interval * 1000),
    }


def _request(request: PendingRequest) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "post_type": "request",
        "request_type": "friend" if request.group is None else "group",
        "user_id": int(request.account),
        "comment": request.comment,
        "flag": request.flag,
    }
    return fields if request.group is None else {**fields, "sub_type": "add", "group_id": int(request.group)}


def _notice(name: str, details: dict[str, Any], api: Api) -> dict[str, Any] | None:
    if name == "friend_add":
        return {"notice_type": "friend_add", "user_id": int(details["account"])}
    if name == "recalled":
        message: Message = details["message"]
        fields = {
            "user_id": int(message.sender),
            "operator_id": int(details["by"]),
            "message_id": api.message_id(message.number),
        }
        if message.chat.kind == "private":
            return {"notice_type": "friend_recall", **fields}
        return {"notice_type": "group_recall", "group_id": int(message.chat.number), **fields}
    if name not in ("joined", "left", "muted"):
        return None
    fields = {
        "group_id": int(details["group"]),
        "user_id": int(details["account"]),
        "operator_id": int(details["by"]),
    }
    if name == "joined":
        return {"notice_type": "group_increase", "sub_type": "approve", **fields}
    if name == "left":
        kicked = details["by"] != details["account"]
        me = details["account"] == api.world.bot
        return {
            "notice_type": "group_decrease",
            "sub_type": "kick_me" if kicked and me else "kick" if kicked else "leave",
            **fields,
        }
    lifted = not details["seconds"]
    return {
        "notice_type": "group_ban",
        "sub_type": "lift_ban" if lifted else "ban",
        "duration": int(details["seconds"]),
        **fields,
    }
