"""Declares the calls (OneBot "actions") that a bot can make: their registry, their parameters, their
errors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jianggao.sandbox.qq.profiles import Profile
from jianggao.sandbox.qq.world import Chat, Message, Role, World

Params = dict[str, Any]


class WrongParams(Exception):
    """A parameter is missing, null or of the wrong kind."""


@dataclass
class Api:
    """What a call acts on: the world, and the profile of the implementation that is imitated."""

    world: World
    profile: Profile

    def message_id(self, number: int) -> int | str:
        """Returns a message's id in the form that this implementation uses."""
        if self.profile.strings_as_ids:
            return str(number)
        return -number if self.profile.negative_ids else number


Action = Callable[[Api, Params], Any]
"""Carries out one call and returns the `data` of its answer. Raises WrongParams or QQRefusal."""

ACTIONS: dict[str, Action] = {}
"""Every call that some module registered with `action`, by its name in OneBot V11, go-cqhttp or NapCat."""


def action(*names: str) -> Callable[[Action], Action]:
    """Registers a function as the implementation of these calls."""

    def register(function: Action) -> Action:
        for name in names:
            ACTIONS[name] = function
        return function

    return register


def need(params: Params, name: str) -> Any:
    """Returns a parameter. Raises WrongParams if it is missing."""
    if name not in params:
        raise WrongParams(f"{name} is missing")
    return params[name]


def message_of(api: Api, params: Params) -> Message:
    """Returns the message that `message_id` names. Raises WrongParams if there is none."""
    # Some profiles give negative ids; the sign carries nothing.
    number = abs(int(need(params, "message_id")))
    if number not in api.world.messages:
        raise WrongParams("消息不存在")
    return api.world.messages[number]


def group_of(api: Api, params: Params) -> str:
    """Returns the number of the group that `group_id` names. Raises WrongParams if there is none."""
    number = str(need(params, "group_id"))
    if number not in api.world.groups:
        raise WrongParams(f"群 {number} 不存在")
    return number


def group_as_admin(api: Api, params: Params) -> str:
    """Returns the group that `group_id` names. Raises WrongParams unless the bot is its owner or an admin."""
    number = group_of(api, params)
    if api.world.groups[number].roles.get(api.world.bot) not in (Role.ADMIN, Role.OWNER):
        raise WrongParams("机器人不是管理员")
    return number


def private_chat_of(api: Api, params: Params) -> Chat:
    """Returns the chat that a private send goes to. Raises WrongParams without `user_id`.

    With a `group_id` beside it, implementations with temporary sessions post to the group: a member's text
    would become public. The bot must therefore never give one; the invariants check that.
    """
    account = str(need(params, "user_id"))
    if "group_id" in params and api.profile.temporary_sessions:
        return Chat("group", str(params["group_id"]))
    return Chat("private", account)


def chat_of_send(api: Api, name: str, params: Params) -> Chat | None:
    """Returns the chat that the send `name` goes to; None if its parameters don't say."""
    if "_group_" in name or ("_private_" not in name and is_for_group(params)):
        return Chat("group", str(params["group_id"])) if "group_id" in params else None
    return private_chat_of(api, params) if "user_id" in params else None


def is_for_group(params: Params) -> bool:
    """Returns whether a send that names no kind of chat (`send_msg`) goes to a group."""
    kind = params.get("message_type") or ("group" if "group_id" in params else "private")
    return bool(kind == "group")
