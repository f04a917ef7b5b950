"""How real implementations differ where a bot can notice. Sources: their code, as told in the design notes."""

from __future__ import annotations

from dataclasses import dataclass

OK = 0
BAD_REQUEST = 1400
NO_SUCH_CALL = 1404
FAILED = 1200


@dataclass(frozen=True, slots=True)
class Profile:
    """One implementation's ways."""

    name: str
    about: str
    refuses_null: bool
    """A parameter that is null gets retcode 1400; else it counts as absent."""
    temporary_sessions: bool
    """Can write to a group's member who is no friend."""
    strings_as_ids: bool = False
    """Message ids are strings in answers and events."""
    negative_ids: bool = False
    node_names: tuple[str, str] = ("user_id", "nickname")
    """What a forward's node calls its sender and name; both must be there."""
    takes_strings: bool = True
    """A message that is a string counts (and is parsed for CQ codes); else it is refused."""
    missing: frozenset[str] = frozenset()
    """Calls that this implementation hasn't: a received file is then looked up by get_private_file_url."""


PROFILES = {
    profile.name: profile
    for profile in (
        Profile(
            "strict",
            "一点不让：空参数、字符串消息、错类型都拒绝",
            refuses_null=True,
            temporary_sessions=False,
            takes_strings=False,
        ),
        Profile(
            "napcat",
            "NapCat：空参数返回 1400；私聊带群号会发到群里",
            refuses_null=True,
            temporary_sessions=True,
        ),
        Profile(
            "llbot",
            "LLBot：没有临时会话；消息号是负数",
            refuses_null=False,
            temporary_sessions=False,
            negative_ids=True,
            node_names=("uin", "name"),
            missing=frozenset({"get_file"}),
        ),
        Profile(
            "snowluma",
            "SnowLuma：没有临时会话；消息号是字符串",
            refuses_null=True,
            temporary_sessions=False,
            strings_as_ids=True,
            missing=frozenset({"get_file", "get_group_system_msg"}),
        ),
    )
}
