"""Describes in what real OneBot implementations differ, as far as a bot notices. The source is their
published code."""

from __future__ import annotations

from dataclasses import dataclass

OK = 0
"""Retcodes of OneBot V11, as NapCat uses them."""
BAD_REQUEST = 1400
NO_SUCH_CALL = 1404
FAILED = 1200


@dataclass(frozen=True, slots=True)
class Profile:
    """How one implementation behaves."""

    name: str
    about: str
    refuses_null: bool
    """Whether a parameter that is null is answered with retcode 1400; else it counts as absent."""
    temporary_sessions: bool
    """Whether it can write to a member of a group who is no friend."""
    strings_as_ids: bool = False
    """Whether message ids are strings in answers and events."""
    negative_ids: bool = False
    """Whether message ids are negative numbers."""
    node_names: tuple[str, str] = ("user_id", "nickname")
    """The field names of a forward's node for its sender's account and name; both must be there."""
    takes_strings: bool = True
    """Whether a message may be a string (which real ones parse for CQ codes); else it is refused."""
    missing: frozenset[str] = frozenset()
    """Calls that this implementation lacks. Without `get_file`, a bot must ask `get_private_file_url`."""


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
