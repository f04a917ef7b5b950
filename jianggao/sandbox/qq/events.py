"""What happens in the world, as OneBot V11 events with all their fields."""

from __future__ import annotations

from typing import Any

from jianggao.sandbox.qq.actions import Actions
from jianggao.sandbox.qq.world import Message, PendingRequest


def event_of(what: str, about: dict[str, Any], actions: Actions) -> dict[str, Any] | None:
    """The event of a happening; None for what implementations don't tell (the bot's own messages)."""
    world = actions.world
    common = {"time": int(world.clock().timestamp()), "self_id": int(world.bot)}
    if what == "message":
        message: Message = about["message"]
        if message.sender == world.bot:
            return None
        return {**common, "post_type": "message", **actions.message_fields(message)}
    if what == "request":
        return {**common, **_request(about["request"])}
    notice = _notice(what, about, actions)
    return None if notice is None else {**common, "post_type": "notice", **notice}


def lifecycle(actions: Actions) -> dict[str, Any]:
    """The first event on a connection."""
    return {
        "time": int(actions.world.clock().timestamp()),
        "self_id": int(actions.world.bot),
        "post_type": "meta_event",
        "meta_event_type": "lifecycle",
        "sub_type": "connect",
    }


def heartbeat(actions: Actions, interval: float) -> dict[str, Any]:
    """The event that says the line is alive."""
    return {
        **lifecycle(actions),
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


def _notice(what: str, about: dict[str, Any], actions: Actions) -> dict[str, Any] | None:
    if what == "friend_add":
        return {"notice_type": "friend_add", "user_id": int(about["account"])}
    if what == "recalled":
        message: Message = about["message"]
        fields = {
            "user_id": int(message.sender),
            "operator_id": int(about["by"]),
            "message_id": actions.message_id(message.number),
        }
        if message.chat.kind == "private":
            return {"notice_type": "friend_recall", **fields}
        return {"notice_type": "group_recall", "group_id": int(message.chat.number), **fields}
    if what not in ("joined", "left", "muted"):
        return None
    fields = {
        "group_id": int(about["group"]),
        "user_id": int(about["account"]),
        "operator_id": int(about["by"]),
    }
    if what == "joined":
        return {"notice_type": "group_increase", "sub_type": "approve", **fields}
    if what == "left":
        kicked = about["by"] != about["account"]
        me = about["account"] == actions.world.bot
        return {
            "notice_type": "group_decrease",
            "sub_type": "kick_me" if kicked and me else "kick" if kicked else "leave",
            **fields,
        }
    lifted = not about["seconds"]
    return {
        "notice_type": "group_ban",
        "sub_type": "lift_ban" if lifted else "ban",
        "duration": int(about["seconds"]),
        **fields,
    }
