"""Each call gets an answer with the retcode that implementations give, whatever its parameters are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jianggao.sandbox import cast
from jianggao.sandbox.qq.actions import Actions, make_answer, make_refusal
from jianggao.sandbox.qq.profiles import PROFILES
from jianggao.sandbox.qq.world import LIMITED, MUTED, RATE, World

GROUP = int(cast.FREE_GROUP)
TEXT = [{"type": "text", "data": {"text": "渠水有声"}}]
Call = Callable[..., dict[str, Any]]


def test_about_forty_five_calls_are_answered(call: Call) -> None:
    assert len(Actions.known()) >= 45
    for name in Actions.known():
        assert call(name, {})["retcode"] in (0, 1400, 1200), name
    assert call("make_coffee", {})["retcode"] == 1404


def test_a_call_that_an_implementation_lacks_is_unknown_there(call: Call, world: World) -> None:
    for name, profile in PROFILES.items():
        for lacking in profile.missing:
            assert lacking in Actions.known()
            assert call(lacking, {}, name)["retcode"] == 1404


@pytest.mark.parametrize(
    ("profile", "retcode"), [("napcat", 1400), ("strict", 1400), ("snowluma", 1400), ("llbot", 0)]
)
def test_null_parameters(call: Call, profile: str, retcode: int) -> None:
    params = {"group_id": GROUP, "message": TEXT, "auto_escape": None}
    answer = call("send_group_msg", params, profile)
    assert answer["retcode"] == retcode
    assert (answer["message"] == "auto_escape must not be null") == (retcode == 1400)


@pytest.mark.parametrize(
    ("name", "params", "retcode"),
    [
        ("send_group_msg", {}, 1400),
        ("send_group_msg", {"group_id": 1, "message": TEXT}, 1400),
        ("get_msg", {"message_id": "abc"}, 1200),
        ("get_msg", {"message_id": 99}, 1400),
        ("delete_group_file", {"file_id": "f1"}, 1200),
        ("set_group_ban", {"group_id": GROUP, "user_id": 1, "duration": "soon"}, 1200),
    ],
)
def test_wrong_parameters_are_answered_and_change_nothing(
    call: Call, world: World, name: str, params: dict[str, Any], retcode: int
) -> None:
    answer = call(name, params)
    assert (answer["status"], answer["retcode"], answer["data"]) == ("failed", retcode, None)
    assert answer["message"]
    assert world.messages == {} and world.groups[cast.FREE_GROUP].muted == {}


def test_answers_have_every_field_of_an_answer() -> None:
    fields = {"status", "retcode", "data", "message", "wording"}
    good = make_answer(0, {"user_id": 1})
    assert set(good) == fields and good["status"] == "ok" and good["data"] == {"user_id": 1}
    bad = make_answer(1400, reason="x is missing")
    assert set(bad) == fields and bad["status"] == "failed" and bad["message"] == bad["wording"]


@pytest.mark.parametrize(("result", "text"), [(LIMITED, "账号受限"), (MUTED, "被禁言"), (RATE, "发送失败")])
def test_a_refusal_names_the_result_as_napcat_does(result: int, text: str) -> None:
    answer = make_refusal(result)
    assert answer["retcode"] == 1200
    assert answer["message"] == f'EventChecker Failed: {{"result": {result}, "errMsg": "{text}"}}'
