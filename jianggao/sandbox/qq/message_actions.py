"""Implements the calls that send, look up and recall messages and forwards."""

from __future__ import annotations

from typing import Any

from jianggao.sandbox.qq.api import (
    Api,
    Params,
    WrongParams,
    action,
    group_of,
    is_for_group,
    message_of,
    need,
    private_chat_of,
)
from jianggao.sandbox.qq.world import Chat, ForwardNode, Message

Segment = dict[str, Any]
"""A OneBot message segment: `type` and `data`."""
_HISTORY_COUNT = 20
"""Messages in an answer of history where the call names no count, as NapCat does."""


# --- sending ------------------------------------------------------------------------------------------------


@action("send_group_msg")
def send_group_msg(api: Api, params: Params) -> Any:
    """Sends a message to a group and returns its id."""
    return _send(api, Chat("group", group_of(api, params)), params)


@action("send_private_msg")
def send_private_msg(api: Api, params: Params) -> Any:
    """Sends a message to a friend and returns its id."""
    return _send(api, private_chat_of(api, params), params)


@action("send_msg")
def send_msg(api: Api, params: Params) -> Any:
    """Sends a message to a group or a friend, as `message_type` or `group_id` says, and returns its id."""
    return send_group_msg(api, params) if is_for_group(params) else send_private_msg(api, params)


def _send(api: Api, chat: Chat, params: Params) -> dict[str, Any]:
    message = api.world.say(api.world.bot, chat, _read_segments(api, need(params, "message")))
    return {"message_id": api.message_id(message.number)}


@action("send_group_forward_msg")
def send_group_forward_msg(api: Api, params: Params) -> Any:
    """Sends a forward to a group and returns its ids."""
    return _send_forward(api, Chat("group", group_of(api, params)), params)


@action("send_private_forward_msg")
def send_private_forward_msg(api: Api, params: Params) -> Any:
    """Sends a forward to a friend and returns its ids."""
    return _send_forward(api, private_chat_of(api, params), params)


@action("send_forward_msg")
def send_forward_msg(api: Api, params: Params) -> Any:
    """Sends a forward to a group if `group_id` is given, else to a friend, and returns its ids."""
    if "group_id" in params:
        return send_group_forward_msg(api, params)
    return send_private_forward_msg(api, params)


def _send_forward(api: Api, chat: Chat, params: Params) -> dict[str, Any]:
    nodes = _read_nodes(api, params.get("messages", params.get("message")))
    message = api.world.send_forward(api.world.bot, chat, nodes)
    forward = message.parts[0]["data"]["id"]
    return {"message_id": api.message_id(message.number), "res_id": forward, "forward_id": forward}


@action("delete_msg")
def delete_msg(api: Api, params: Params) -> Any:
    """Recalls a message."""
    api.world.recall(message_of(api, params).number, by=api.world.bot)


# --- looking up ---------------------------------------------------------------------------------------------


@action("get_msg")
def get_msg(api: Api, params: Params) -> Any:
    """Returns a message by its id."""
    return message_fields(api, message_of(api, params))


@action("get_forward_msg")
def get_forward_msg(api: Api, params: Params) -> Any:
    """Returns the messages inside a forward."""
    number = str(params.get("id", params.get("message_id", "")))
    if number not in api.world.forwards:
        raise WrongParams("转发消息不存在")
    return {
        "messages": [
            {
                "type": "node",
                "sender": {"user_id": int(node.sender), "nickname": node.name},
                "time": int(node.at.timestamp()),
                "content": [{"type": "text", "data": {"text": node.text}}],
            }
            for node in api.world.forwards[number].nodes
        ]
    }


@action("get_group_msg_history")
def get_group_msg_history(api: Api, params: Params) -> Any:
    """Returns the last `count` messages of a group, oldest first."""
    return _history(api, Chat("group", group_of(api, params)), params)


@action("get_friend_msg_history")
def get_friend_msg_history(api: Api, params: Params) -> Any:
    """Returns the last `count` messages of a private chat, oldest first."""
    return _history(api, Chat("private", str(need(params, "user_id"))), params)


def _history(api: Api, chat: Chat, params: Params) -> dict[str, Any]:
    messages = api.world.history(chat)[-int(params.get("count", _HISTORY_COUNT)) :]
    return {"messages": [message_fields(api, message) for message in messages]}


# --- messages as the connection carries them ----------------------------------------------------------------


def message_fields(api: Api, message: Message) -> dict[str, Any]:
    """Returns a message with the fields that `get_msg`, history and events have in common."""
    in_group = message.chat.kind == "group"
    sender: dict[str, Any] = {
        "user_id": int(message.sender),
        "nickname": api.world.name_of(message.sender),
        "card": "",
        "sex": "unknown",
        "age": 0,
    }
    if in_group:
        role = api.world.role_of(message.sender, message.chat.number)
        sender |= {"role": role.value, "level": "1", "title": "", "area": ""}
    fields: dict[str, Any] = {
        "message_type": "group" if in_group else "private",
        "sub_type": "normal" if in_group else "friend",
        "message_id": api.message_id(message.number),
        "message_seq": message.number,
        "real_id": message.number,
        "user_id": int(message.sender),
        "time": int(message.at.timestamp()),
        "message": _segments_for_bot(api, message),
        "raw_message": message.text,
        "font": 14,
        "sender": sender,
    }
    return fields | ({"group_id": int(message.chat.number), "anonymous": None} if in_group else {})


def _segments_for_bot(api: Api, message: Message) -> list[Segment]:
    """Returns a message's segments; ids inside replies get the profile's form."""
    segments = []
    for part in message.parts:
        data = dict(part["data"])
        if part["type"] == "reply":
            data["id"] = str(api.message_id(int(data["id"])))
        segments.append({"type": part["type"], "data": data})
    return segments


def _read_segments(api: Api, message: Any) -> list[Segment]:
    """Returns the segments of a `message` parameter. Raises WrongParams for what the profile does not
    take."""
    if isinstance(message, str) and api.profile.takes_strings:
        return [{"type": "text", "data": {"text": message}}]
    if isinstance(message, dict):
        message = [message]
    if not isinstance(message, list) or not message:
        raise WrongParams("message must be an array of segments")
    segments = []
    for part in message:
        if not isinstance(part, dict) or "type" not in part or not isinstance(part.get("data"), dict):
            raise WrongParams("each segment needs type and data")
        data = dict(part["data"])
        if part["type"] == "reply":
            number = abs(int(data.get("id", 0)))
            # As on QQ: a quotation of a message that nobody has is dropped, and the rest is sent.
            if number not in api.world.messages:
                continue
            data["id"] = str(number)
        segments.append({"type": part["type"], "data": data})
    return segments


def _read_nodes(api: Api, nodes: Any) -> list[ForwardNode]:
    """Returns the nodes of a forward. Raises WrongParams if one lacks a field by the profile's name for
    it."""
    if not isinstance(nodes, list) or not nodes:
        raise WrongParams("messages must be an array of nodes")
    return [_read_node(api, node) for node in nodes]


def _read_node(api: Api, node: Any) -> ForwardNode:
    sender_field, name_field = api.profile.node_names
    data = node.get("data", {}) if isinstance(node, dict) else {}
    if node.get("type") != "node" or sender_field not in data or name_field not in data:
        raise WrongParams(f"a node needs {sender_field}, {name_field} and content")
    content = data.get("content")
    if isinstance(content, str):
        text = content
    elif isinstance(content, list):
        text = "".join(str(part.get("data", {}).get("text", "")) for part in content)
    else:
        raise WrongParams("a node needs content")
    return ForwardNode(str(data[sender_field]), str(data[name_field]), api.world.clock(), text)
