"""The calls that a bot makes, as an implementation answers them: each reads or changes the world."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Any

from jianggao.sandbox.qq.profiles import BAD_REQUEST, FAILED, NO_SUCH_CALL, OK, Profile
from jianggao.sandbox.qq.world import LIMITED, MUTED, Chat, Message, Node, QQRefusal, Role, World

Params = dict[str, Any]
Answer = dict[str, Any]
VERSION = "1.0"

_REGISTRY: dict[str, Callable[[Actions, Params], Any]] = {}


def _answers(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def register(method: Callable[..., Any]) -> Callable[..., Any]:
        for name in names:
            _REGISTRY[name] = method
        return method

    return register


class WrongParams(Exception):
    """A parameter is missing, null or of the wrong kind."""


def answer_of(retcode: int, data: Any = None, why: str = "") -> Answer:
    """An answer's envelope."""
    status = "ok" if retcode == OK else "failed"
    return {"status": status, "retcode": retcode, "data": data, "message": why, "wording": why}


class Actions:
    """Answers calls on a world in the manner of a profile."""

    def __init__(self, world: World, profile: Profile) -> None:
        self.world = world
        self.profile = profile

    @staticmethod
    def known() -> list[str]:
        """The names of all calls."""
        return sorted(_REGISTRY)

    def call(self, action: str, params: Params) -> Answer:
        """The answer to a call; the world is changed when it has come."""
        method = _REGISTRY.get(action)
        if method is None or action in self.profile.missing:
            return answer_of(NO_SUCH_CALL, why=f"不支持的Api {action}")
        if self.profile.refuses_null and any(value is None for value in params.values()):
            names = "、".join(name for name, value in params.items() if value is None)
            return answer_of(BAD_REQUEST, why=f"{names} must not be null")
        given = {name: value for name, value in params.items() if value is not None}
        try:
            return answer_of(OK, method(self, given))
        except WrongParams as error:
            return answer_of(BAD_REQUEST, why=str(error))
        except QQRefusal as error:
            return refusal(error.result)
        except (KeyError, ValueError, TypeError) as error:
            return answer_of(FAILED, why=f"{action}: {error}")

    # --- what parameters mean -----------------------------------------------------------------------------------

    def message_id(self, number: int) -> int | str:
        """A message's id as this implementation gives it."""
        if self.profile.strings_as_ids:
            return str(number)
        return -number if self.profile.negative_ids else number

    def _message(self, params: Params) -> Message:
        number = abs(int(_need(params, "message_id")))
        if number not in self.world.messages:
            raise WrongParams("消息不存在")
        return self.world.messages[number]

    def _group(self, params: Params) -> str:
        number = str(_need(params, "group_id"))
        if number not in self.world.groups:
            raise WrongParams(f"群 {number} 不存在")
        return number

    def chat_of(self, action: str, params: Params) -> Chat | None:
        """The chat that a send goes to; None where it doesn't say."""
        kind = params.get("message_type") or ("group" if "group_id" in params else "private")
        if "_group_" in action or ("_private_" not in action and kind == "group"):
            return Chat("group", str(params["group_id"])) if "group_id" in params else None
        return self._private(params) if "user_id" in params else None

    def _private(self, params: Params) -> Chat:
        """Where a private send goes. With a group's number some implementations post to the group (so never give one)."""
        account = str(_need(params, "user_id"))
        if "group_id" in params and self.profile.temporary_sessions:
            return Chat("group", str(params["group_id"]))
        return Chat("private", account)

    def _parts(self, message: Any) -> list[dict[str, Any]]:
        if isinstance(message, str) and self.profile.takes_strings:
            return [{"type": "text", "data": {"text": message}}]
        if isinstance(message, dict):
            message = [message]
        if not isinstance(message, list) or not message:
            raise WrongParams("message must be an array of segments")
        parts = []
        for part in message:
            if not isinstance(part, dict) or "type" not in part or not isinstance(part.get("data"), dict):
                raise WrongParams("each segment needs type and data")
            data = dict(part["data"])
            if part["type"] == "reply":
                number = abs(int(data.get("id", 0)))
                if number not in self.world.messages:
                    continue
                data["id"] = str(number)
            parts.append({"type": part["type"], "data": data})
        return parts

    def _nodes(self, nodes: Any) -> list[Node]:
        if not isinstance(nodes, list) or not nodes:
            raise WrongParams("messages must be an array of nodes")
        sender_name, name_name = self.profile.node_names
        read = []
        for node in nodes:
            data = node.get("data", {}) if isinstance(node, dict) else {}
            if node.get("type") != "node" or sender_name not in data or name_name not in data:
                raise WrongParams(f"a node needs {sender_name}, {name_name} and content")
            content = data.get("content")
            if isinstance(content, str):
                text = content
            elif isinstance(content, list):
                text = "".join(str(part.get("data", {}).get("text", "")) for part in content)
            else:
                raise WrongParams("a node needs content")
            read.append(Node(str(data[sender_name]), str(data[name_name]), self.world.clock(), text))
        return read

    def _file(self, params: Params) -> tuple[str, bytes]:
        name, file = str(_need(params, "name")), str(_need(params, "file"))
        if not file.startswith("base64://"):
            raise WrongParams("only base64:// files are taken: no path or address of a peer is opened")
        try:
            return name, base64.b64decode(file.removeprefix("base64://"), validate=True)
        except binascii.Error:
            raise WrongParams("the file is no base64") from None

    # --- messages -----------------------------------------------------------------------------------------------

    @_answers("send_group_msg")
    def send_group_msg(self, params: Params) -> Any:
        return self._sent(Chat("group", self._group(params)), params)

    @_answers("send_private_msg")
    def send_private_msg(self, params: Params) -> Any:
        return self._sent(self._private(params), params)

    @_answers("send_msg")
    def send_msg(self, params: Params) -> Any:
        kind = params.get("message_type") or ("group" if "group_id" in params else "private")
        return self.send_group_msg(params) if kind == "group" else self.send_private_msg(params)

    def _sent(self, chat: Chat, params: Params) -> Any:
        message = self.world.say(self.world.bot, chat, self._parts(_need(params, "message")))
        return {"message_id": self.message_id(message.number)}

    @_answers("send_group_forward_msg")
    def send_group_forward_msg(self, params: Params) -> Any:
        return self._forwarded(Chat("group", self._group(params)), params)

    @_answers("send_private_forward_msg")
    def send_private_forward_msg(self, params: Params) -> Any:
        return self._forwarded(self._private(params), params)

    @_answers("send_forward_msg")
    def send_forward_msg(self, params: Params) -> Any:
        if "group_id" in params:
            return self.send_group_forward_msg(params)
        return self.send_private_forward_msg(params)

    def _forwarded(self, chat: Chat, params: Params) -> Any:
        nodes = self._nodes(params.get("messages", params.get("message")))
        message = self.world.send_forward(self.world.bot, chat, nodes)
        forward = message.parts[0]["data"]["id"]
        return {"message_id": self.message_id(message.number), "res_id": forward, "forward_id": forward}

    @_answers("get_msg")
    def get_msg(self, params: Params) -> Any:
        return self.message_fields(self._message(params))

    @_answers("get_forward_msg")
    def get_forward_msg(self, params: Params) -> Any:
        number = str(params.get("id", params.get("message_id", "")))
        if number not in self.world.forwards:
            raise WrongParams("转发消息不存在")
        return {
            "messages": [
                {
                    "type": "node",
                    "sender": {"user_id": int(node.sender), "nickname": node.name},
                    "time": int(node.at.timestamp()),
                    "content": [{"type": "text", "data": {"text": node.text}}],
                }
                for node in self.world.forwards[number].nodes
            ]
        }

    @_answers("delete_msg")
    def delete_msg(self, params: Params) -> Any:
        self.world.recall(self._message(params).number, by=self.world.bot)

    @_answers("get_group_msg_history")
    def get_group_msg_history(self, params: Params) -> Any:
        return self._history(Chat("group", self._group(params)), params)

    @_answers("get_friend_msg_history")
    def get_friend_msg_history(self, params: Params) -> Any:
        return self._history(Chat("private", str(_need(params, "user_id"))), params)

    def _history(self, chat: Chat, params: Params) -> Any:
        messages = self.world.history(chat)[-int(params.get("count", 20)) :]
        return {"messages": [self.message_fields(message) for message in messages]}

    def message_fields(self, message: Message) -> dict[str, Any]:
        """A message as get_msg, history and events carry it."""
        group = message.chat.kind == "group"
        role = self._role(message.chat.number, message.sender) if group else "member"
        sender: dict[str, Any] = {
            "user_id": int(message.sender),
            "nickname": self.world.name_of(message.sender),
            "card": "",
            "sex": "unknown",
            "age": 0,
        }
        fields: dict[str, Any] = {
            "message_type": "group" if group else "private",
            "sub_type": "normal" if group else "friend",
            "message_id": self.message_id(message.number),
            "message_seq": message.number,
            "real_id": message.number,
            "user_id": int(message.sender),
            "time": int(message.at.timestamp()),
            "message": self._outgoing(message),
            "raw_message": message.text,
            "font": 14,
            "sender": sender | ({"role": role, "level": "1", "title": "", "area": ""} if group else {}),
        }
        return fields | ({"group_id": int(message.chat.number), "anonymous": None} if group else {})

    def _outgoing(self, message: Message) -> list[dict[str, Any]]:
        parts = []
        for part in message.parts:
            data = dict(part["data"])
            if part["type"] == "reply":
                data["id"] = str(self.message_id(int(data["id"])))
            parts.append({"type": part["type"], "data": data})
        return parts

    # --- files --------------------------------------------------------------------------------------------------

    @_answers("upload_private_file")
    def upload_private_file(self, params: Params) -> Any:
        message = self.world.send_file(self.world.bot, self._private(params), *self._file(params))
        return {"file_id": message.parts[0]["data"]["file_id"]}

    @_answers("upload_group_file")
    def upload_group_file(self, params: Params) -> Any:
        chat = Chat("group", self._group(params))
        message = self.world.send_file(self.world.bot, chat, *self._file(params))
        return {"file_id": message.parts[0]["data"]["file_id"]}

    @_answers("get_file", "get_private_file_url", "get_group_file_url")
    def get_file(self, params: Params) -> Any:
        number = str(params.get("file_id", params.get("file", "")))
        if number not in self.world.files:
            raise WrongParams("文件不存在")
        file = self.world.files[number]
        return {
            "file": file.name,
            "file_name": file.name,
            "file_size": str(len(file.content)),
            "base64": base64.b64encode(file.content).decode("ascii"),
        }

    @_answers("get_group_root_files")
    def get_group_root_files(self, params: Params) -> Any:
        chat = Chat("group", self._group(params))
        files = [file for file in self.world.files.values() if file.chat == chat]
        return {
            "files": [
                {
                    "file_id": f.number,
                    "file_name": f.name,
                    "file_size": len(f.content),
                    "uploader": int(f.sender),
                }
                for f in files
            ],
            "folders": [],
        }

    @_answers("delete_group_file")
    def delete_group_file(self, params: Params) -> Any:
        self.world.files.pop(str(_need(params, "file_id")))

    # --- groups and members ---------------------------------------------------------------------------------------

    @_answers("get_group_list")
    def get_group_list(self, params: Params) -> Any:
        own = [group for group in self.world.groups.values() if self.world.bot in group.roles]
        return [self._group_fields(group.number) for group in own]

    @_answers("get_group_info", "get_group_detail_info")
    def get_group_info(self, params: Params) -> Any:
        return self._group_fields(self._group(params))

    def _group_fields(self, number: str) -> dict[str, Any]:
        group = self.world.groups[number]
        return {
            "group_id": int(number),
            "group_name": group.name,
            "member_count": len(group.roles),
            "max_member_count": 500,
        }

    @_answers("get_group_member_list")
    def get_group_member_list(self, params: Params) -> Any:
        number = self._group(params)
        return [self._member_fields(number, account) for account in self.world.groups[number].roles]

    @_answers("get_group_member_info")
    def get_group_member_info(self, params: Params) -> Any:
        number, account = self._group(params), str(_need(params, "user_id"))
        if account not in self.world.groups[number].roles:
            raise WrongParams(f"群 {number} 里没有 {account}")
        return self._member_fields(number, account)

    def _member_fields(self, number: str, account: str) -> dict[str, Any]:
        muted = self.world.groups[number].muted.get(account)
        return {
            "group_id": int(number),
            "user_id": int(account),
            "nickname": self.world.name_of(account),
            "card": "",
            "role": self._role(number, account),
            "level": "1",
            "title": "",
            "join_time": 0,
            "last_sent_time": 0,
            "shut_up_timestamp": 0 if muted is None else int(muted.timestamp()),
        }

    def _role(self, number: str, account: str) -> str:
        group = self.world.groups.get(number)
        role = group.roles.get(account, Role.MEMBER) if group is not None else Role.MEMBER
        return role.value

    @_answers("get_group_honor_info")
    def get_group_honor_info(self, params: Params) -> Any:
        return {"group_id": int(self._group(params))}

    @_answers("get_group_shut_list")
    def get_group_shut_list(self, params: Params) -> Any:
        number = self._group(params)
        return [
            self._member_fields(number, account)
            for account in self.world.groups[number].muted
            if self.world.is_muted(account, number)
        ]

    @_answers("set_group_kick")
    def set_group_kick(self, params: Params) -> Any:
        number = self._require_admin(params)
        self.world.leave(str(_need(params, "user_id")), number, by=self.world.bot)

    @_answers("set_group_ban")
    def set_group_ban(self, params: Params) -> Any:
        number = self._require_admin(params)
        seconds = int(params.get("duration", 1800))
        self.world.mute(str(_need(params, "user_id")), number, seconds, by=self.world.bot)

    @_answers("set_group_whole_ban")
    def set_group_whole_ban(self, params: Params) -> Any:
        number = self._require_admin(params)
        seconds = 86_400 if params.get("enable", True) else 0
        for account, role in self.world.groups[number].roles.items():
            if role is Role.MEMBER:
                self.world.mute(account, number, seconds, by=self.world.bot)

    @_answers("set_group_admin")
    def set_group_admin(self, params: Params) -> Any:
        number, account = self._require_admin(params), str(_need(params, "user_id"))
        role = Role.ADMIN if params.get("enable", True) else Role.MEMBER
        self.world.groups[number].roles[account] = role

    @_answers("set_group_name")
    def set_group_name(self, params: Params) -> Any:
        number = self._require_admin(params)
        self.world.groups[number].name = str(_need(params, "group_name"))

    @_answers("set_group_leave")
    def set_group_leave(self, params: Params) -> Any:
        self.world.leave(self.world.bot, self._group(params))

    @_answers("set_group_card", "set_group_special_title")
    def set_member_detail(self, params: Params) -> Any:
        number, account = self._require_admin(params), str(_need(params, "user_id"))
        if account not in self.world.groups[number].roles:
            raise WrongParams(f"群 {number} 里没有 {account}")

    def _require_admin(self, params: Params) -> str:
        number = self._group(params)
        if self.world.groups[number].roles.get(self.world.bot) not in (Role.ADMIN, Role.OWNER):
            raise WrongParams("机器人不是管理员")
        return number

    # --- people, requests, status -----------------------------------------------------------------------------------

    @_answers("get_login_info")
    def get_login_info(self, params: Params) -> Any:
        return {"user_id": int(self.world.bot), "nickname": self.world.name_of(self.world.bot)}

    @_answers("get_stranger_info")
    def get_stranger_info(self, params: Params) -> Any:
        account = str(_need(params, "user_id"))
        return {"user_id": int(account), "nickname": self.world.name_of(account), "sex": "unknown", "age": 0}

    @_answers("get_friend_list")
    def get_friend_list(self, params: Params) -> Any:
        return [
            {"user_id": int(account), "nickname": self.world.name_of(account), "remark": ""}
            for account in sorted(self.world.friends)
        ]

    @_answers("delete_friend")
    def delete_friend(self, params: Params) -> Any:
        self.world.befriend(str(_need(params, "user_id")), friend=False)

    @_answers("set_friend_add_request", "set_group_add_request")
    def answer_request(self, params: Params) -> Any:
        flag = str(_need(params, "flag"))
        if flag not in self.world.requests:
            raise WrongParams("请求不存在或已处理")
        self.world.answer_request(flag, approve=bool(params.get("approve", True)), by=self.world.bot)

    @_answers("get_group_system_msg")
    def get_group_system_msg(self, params: Params) -> Any:
        waiting = [one for one in self.world.requests.values() if one.group is not None]
        return {
            "join_requests": [
                {
                    "request_id": one.flag,
                    "requester_uin": int(one.account),
                    "group_id": int(one.group or 0),
                    "message": one.comment,
                    "checked": False,
                }
                for one in waiting
            ],
            "invited_requests": [],
        }

    @_answers(
        "send_like", "mark_msg_as_read", "mark_group_msg_as_read", "mark_private_msg_as_read", "friend_poke"
    )
    def do_nothing(self, params: Params) -> Any:
        return None

    @_answers("group_poke", "set_msg_emoji_like", "clean_cache", "set_input_status")
    def do_nothing_either(self, params: Params) -> Any:
        return None

    @_answers("get_status")
    def get_status(self, params: Params) -> Any:
        return {"online": True, "good": True}

    @_answers("get_version_info")
    def get_version_info(self, params: Params) -> Any:
        return {
            "app_name": f"sandbox.{self.profile.name}",
            "app_version": VERSION,
            "protocol_version": "v11",
        }

    @_answers("can_send_image", "can_send_record")
    def can_send(self, params: Params) -> Any:
        return {"yes": True}


def refusal(result: int) -> Answer:
    """How a refused send is answered, as NapCat words it."""
    why = {LIMITED: "账号受限", MUTED: "被禁言"}.get(result, "发送失败")
    return answer_of(FAILED, why=f'EventChecker Failed: {{"result": {result}, "errMsg": "{why}"}}')


def _need(params: Params, name: str) -> Any:
    if name not in params:
        raise WrongParams(f"{name} is missing")
    return params[name]
