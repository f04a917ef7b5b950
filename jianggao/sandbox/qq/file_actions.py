"""Implements the calls that send, list, fetch and delete files."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from jianggao.sandbox.qq.api import Api, Params, WrongParams, action, group_of, need, private_chat_of
from jianggao.sandbox.qq.world import Chat

_BASE64 = "base64://"


@action("upload_private_file")
def upload_private_file(api: Api, params: Params) -> Any:
    """Sends a file to a friend and returns its id."""
    return _send_file(api, private_chat_of(api, params), params)


@action("upload_group_file")
def upload_group_file(api: Api, params: Params) -> Any:
    """Sends a file to a group and returns its id."""
    return _send_file(api, Chat("group", group_of(api, params)), params)


def _send_file(api: Api, chat: Chat, params: Params) -> dict[str, Any]:
    message = api.world.send_file(api.world.bot, chat, *_read_file(params))
    return {"file_id": message.parts[0]["data"]["file_id"]}


def _read_file(params: Params) -> tuple[str, bytes]:
    """Returns a file's name and content. Raises WrongParams if the content is not given as base64."""
    name, file = str(need(params, "name")), str(need(params, "file"))
    # Real implementations open paths and addresses too. Here a bot that gave one would read files of this
    # machine.
    if not file.startswith(_BASE64):
        raise WrongParams("only base64:// files are taken: no path or address of a peer is opened")
    try:
        return name, base64.b64decode(file.removeprefix(_BASE64), validate=True)
    except binascii.Error:
        raise WrongParams("the file is no base64") from None


@action("get_file", "get_private_file_url", "get_group_file_url")
def get_file(api: Api, params: Params) -> Any:
    """Returns a file's name, size in bytes and content. No profile gives an address: the content comes
    along."""
    number = str(params.get("file_id", params.get("file", "")))
    if number not in api.world.files:
        raise WrongParams("文件不存在")
    file = api.world.files[number]
    return {
        "file": file.name,
        "file_name": file.name,
        "file_size": str(len(file.content)),
        "base64": base64.b64encode(file.content).decode("ascii"),
    }


@action("get_group_root_files")
def get_group_root_files(api: Api, params: Params) -> Any:
    """Returns the files of a group; there are no folders."""
    chat = Chat("group", group_of(api, params))
    return {
        "files": [
            {
                "file_id": file.number,
                "file_name": file.name,
                "file_size": len(file.content),
                "uploader": int(file.sender),
            }
            for file in api.world.files.values()
            if file.chat == chat
        ],
        "folders": [],
    }


@action("delete_group_file")
def delete_group_file(api: Api, params: Params) -> Any:
    """Deletes a file. Raises KeyError if there is none of that id."""
    api.world.files.pop(str(need(params, "file_id")))
