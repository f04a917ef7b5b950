"""Groups, requests to join them, and who is in them, around one simulated account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nonebot.adapters.onebot.v11.exception import ActionFailed, NetworkError
from simulated_chat import MEMBER, MEMBER_GROUP, SELF, SUPERUSER, Chat

ROLES = {SELF: "admin", SUPERUSER: "owner"}


def asks(account: int, flag: str | int, group: int = MEMBER_GROUP, **fields: Any) -> dict[str, Any]:
    """Returns the event of a request to join."""
    return {
        "time": 1,
        "self_id": SELF,
        "post_type": "request",
        "request_type": "group",
        "sub_type": "add",
        "group_id": group,
        "user_id": account,
        "comment": "",
        "flag": flag,
        **fields,
    }


@dataclass
class Groups:
    """What QQ says of groups. Each call is noted in `calls`."""

    chat: Chat
    present: dict[int, str] = field(default_factory=lambda: {**ROLES, MEMBER: "member"})
    """Who is in the member group, with the role."""
    open_requests: list[dict[str, Any]] = field(default_factory=list)
    refused: dict[str, int] = field(default_factory=dict)
    """Calls that are answered as failed, with the code."""
    silent: set[str] = field(default_factory=set)
    """Calls that aren't answered."""
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chat.answer = self._answer

    def _answer(self, action: str, data: dict[str, Any]) -> Any:
        if action.startswith(("send_", "upload_")):
            return None
        self.calls.append((action, dict(data)))
        if action == "set_group_kick" and action not in self.refused:
            self.present.pop(data["user_id"], None)
        if action in self.silent:
            raise NetworkError("no answer")
        if action in self.refused:
            raise ActionFailed(status="failed", retcode=self.refused[action], message="办不了")
        if action == "get_group_member_list":
            return [self._member(account) for account in self.present]
        if action == "get_group_member_info":
            if data["user_id"] not in self.present:
                raise ActionFailed(status="failed", retcode=200, message="群成员不存在")
            return self._member(data["user_id"])
        return {"join_requests": self.open_requests} if action == "get_group_system_msg" else {}

    def _member(self, account: int) -> dict[str, Any]:
        role = self.present[account]
        return {
            "group_id": MEMBER_GROUP,
            "user_id": account,
            "role": role,
            "card": f"名{account}",
            "join_time": 1,
        }

    def made(self, action: str) -> list[dict[str, Any]]:
        """Returns the parameters of the calls of this name."""
        return [data for name, data in self.calls if name == action]

    @property
    def answers(self) -> list[tuple[str, bool, str]]:
        """Returns the answers to requests: flag, approval, reason."""
        made = self.made("set_group_add_request")
        return [(data["flag"], data["approve"], data.get("reason", "")) for data in made]

    async def hear(self, event: dict[str, Any], times: int = 1) -> None:
        """Lets the bot get an event, and waits until it has dealt with it."""
        for _ in range(times):
            await self.chat.send(event)
        await joining().all_done()

    async def came(self, account: int, group: int = MEMBER_GROUP, *, kind: str = "increase") -> None:
        """Somebody comes into a group, or leaves it (`decrease`)."""
        event = {
            "time": int(self.chat.clock.now.timestamp()),
            "self_id": SELF,
            "post_type": "notice",
            "notice_type": f"group_{kind}",
            "sub_type": "approve" if kind == "increase" else "leave",
            "group_id": group,
            "user_id": account,
        }
        await self.hear(event)

    def told(self) -> list[str]:
        """Returns what the superuser was told so far, and forgets it."""
        texts = [sent.text for sent in self.chat.sent if sent.person == SUPERUSER]
        self.chat.sent.clear()
        return texts


def joining() -> Any:
    """The running bot's part for joining groups."""
    from jianggao.chat.running_bot import get_running_bot

    return get_running_bot().joining


async def remind(chat: Chat, accounts: Sequence[int], until: date) -> None:
    """Stores that these got the reminder after the end of their subscription."""
    async with chat.application.database.write() as connection:
        await connection.executemany(
            "INSERT INTO reminders (account, valid_until, kind, at, outcome) VALUES (?, ?, 'ended', '', 'delivered')",
            [(str(account), until.isoformat()) for account in accounts],
        )
