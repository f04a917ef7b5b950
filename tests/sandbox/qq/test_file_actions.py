"""Files are taken as base64 alone, and are listed, fetched and deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jianggao.sandbox import cast
from jianggao.sandbox.qq.world import World

GROUP = int(cast.FREE_GROUP)
Call = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    "file", ["/etc/passwd", "file:///etc/passwd", "http://example/x", "base64://%%%", "../x"]
)
def test_no_path_and_no_address_is_opened(call: Call, world: World, file: str) -> None:
    params = {"user_id": int(cast.VISITOR), "file": file, "name": "x.txt"}
    assert call("upload_private_file", params)["retcode"] == 1400
    assert world.files == {}


def test_a_file_is_sent_and_looked_up(call: Call) -> None:
    params = {"user_id": int(cast.VISITOR), "file": "base64://5L2g5aW9", "name": "你好.txt"}
    id = call("upload_private_file", params)["data"]["file_id"]
    file = call("get_file", {"file_id": id})["data"]
    assert (file["file_name"], file["file_size"], file["base64"]) == ("你好.txt", "6", "5L2g5aW9")
    assert call("get_file", {"file_id": id}, "llbot")["retcode"] == 1404
    assert call("get_private_file_url", {"file_id": id}, "llbot")["retcode"] == 0
    assert call("get_file", {"file_id": "f0"})["message"] == "文件不存在"


def test_a_groups_files_are_listed_until_they_are_deleted(call: Call) -> None:
    params = {"group_id": GROUP, "file": "base64://5L2g5aW9", "name": "名单.txt"}
    id = call("upload_group_file", params)["data"]["file_id"]
    files = call("get_group_root_files", {"group_id": GROUP})["data"]["files"]
    assert [(file["file_id"], file["file_name"], file["file_size"]) for file in files] == [
        (id, "名单.txt", 6)
    ]
    assert call("get_group_root_files", {"group_id": int(cast.MEMBER_GROUP)})["data"]["files"] == []
    assert call("delete_group_file", {"file_id": id})["retcode"] == 0
    assert call("get_group_root_files", {"group_id": GROUP})["data"]["files"] == []
