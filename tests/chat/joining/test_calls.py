"""What implementations say of groups is read in all their forms; what is of no form is left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from nonebot.adapters.onebot.v11.exception import ActionFailed, ApiNotAvailable, NetworkError
from simulated_chat import SELF, Chat

from jianggao.joining.roster import GroupRole

NAPCAT = {
    "request_id": 1758000001,
    "invitor_uin": 20001,
    "group_id": 700001,
    "message": "答",
    "checked": False,
}
GO_CQHTTP = {"request_id": 5001, "requester_uin": 20002, "group_id": 700001, "checked": False, "actor": 0}
SNOWLUMA = {"request_id": 7, "flag": "slreq:1:7:700001:1:0", "requester_uin": "20003", "group_id": "700001"}


def answering(chat: Chat, data: Any) -> None:
    def answer(action: str, params: dict[str, Any]) -> Any:
        if isinstance(data, Exception):
            raise data
        return data

    chat.answer = answer


async def test_open_requests_are_read_as_each_implementation_lists_them(chat: Chat) -> None:
    from jianggao.chat.joining import calls

    answering(chat, {"join_requests": [NAPCAT, GO_CQHTTP, SNOWLUMA], "invited_requests": [NAPCAT]})
    found = await calls.open_requests(chat.bot)
    assert [(one.request.flag, one.request.account, one.request.group) for one in found] == [
        ("1758000001", "20001", "700001"),
        ("5001", "20002", "700001"),
        ("slreq:1:7:700001:1:0", "20003", "700001"),
    ]
    assert found[0].comment == "答" and "答" not in repr(found[0])


@pytest.mark.parametrize("checked", [False, None, 0, "false", "False", "0", ""])
async def test_what_nobody_has_answered_is_open_in_any_writing(chat: Chat, checked: Any) -> None:
    from jianggao.chat.joining import calls

    answering(chat, {"join_requests": [{**NAPCAT, "checked": checked}, {**GO_CQHTTP, "checked": "true"}]})
    assert [one.request.flag for one in await calls.open_requests(chat.bot)] == ["1758000001"]


@pytest.mark.parametrize(
    "entry",
    [
        None, "x", [], {}, {**GO_CQHTTP, "checked": True}, {**GO_CQHTTP, "request_id": None},
        {**GO_CQHTTP, "request_id": True},
        {**GO_CQHTTP, "request_id": "x" * 201}, {**GO_CQHTTP, "request_id": ""}, {**GO_CQHTTP, "group_id": "x"},
        {**GO_CQHTTP, "requester_uin": 0}, {**GO_CQHTTP, "requester_uin": True}, {**GO_CQHTTP, "group_id": -3},
    ],
)  # fmt: skip
async def test_an_entry_that_is_no_open_request_is_left_out(chat: Chat, entry: Any) -> None:
    from jianggao.chat.joining import calls

    answering(chat, {"join_requests": [entry, NAPCAT]})
    assert len(await calls.open_requests(chat.bot)) == 1


@pytest.mark.parametrize("data", [{"join_requests": None}, {}, [], "x"])
async def test_no_list_is_an_empty_one(chat: Chat, data: Any) -> None:
    from jianggao.chat.joining import calls

    answering(chat, data)
    assert await calls.open_requests(chat.bot) == []


async def test_a_list_and_a_comment_are_looked_at_so_far(chat: Chat) -> None:
    from jianggao.chat.joining import calls

    answering(chat, {"join_requests": [{**NAPCAT, "message": "长" * 5_000}] * 500})
    found = await calls.open_requests(chat.bot)
    assert len(found) == calls.MOST_REQUESTS and len(found[0].comment) == 1_000


FAILURES = [
    ActionFailed(status="failed", retcode=1404),
    ActionFailed(status="failed", retcode=100),
    NetworkError("x"),
    ApiNotAvailable(),
    RuntimeError("websocket is closed"),
]


@pytest.mark.parametrize("failure", FAILURES)
async def test_a_list_that_cannot_be_had_is_unknown(chat: Chat, failure: Exception) -> None:
    from jianggao.chat.joining import calls

    answering(chat, failure)
    lookups: list[Callable[[], Any]] = [
        lambda: calls.open_requests(chat.bot),
        lambda: calls.group_members(chat.bot, "700001"),
    ]
    for look_up in lookups:
        with pytest.raises(calls.LookupFailed):
            await look_up()


async def test_members_are_read_with_their_role_and_what_is_no_member_left_out(chat: Chat) -> None:
    from jianggao.chat.joining import calls

    own = {"user_id": "10001", "role": "admin", "nickname": "机", "card": " "}
    answering(chat, [own, {"user_id": 20001, "role": "king", "card": "名" * 99, "join_time": 5}, None, {}])
    bot, person = await calls.group_members(chat.bot, "700001")
    assert (bot.account, bot.role, bot.name, bot.joined_at) == ("10001", GroupRole.ADMIN, "机", None)
    assert (person.role, len(person.name)) == (GroupRole.UNKNOWN, 60) and person.joined_at is not None


@pytest.mark.parametrize("data", [[], None, {}, [{"user_id": 20001, "role": "member"}]])
async def test_a_list_without_the_account_itself_is_not_whole(chat: Chat, data: Any) -> None:
    from jianggao.chat.joining import calls

    answering(chat, data)
    with pytest.raises(calls.LookupFailed):
        await calls.group_members(chat.bot, "700001")


async def test_whether_somebody_is_in_a_group_is_yes_no_or_unknown(chat: Chat) -> None:
    from jianggao.chat.joining import calls

    answering(chat, {"user_id": 20001, "role": "member"})
    found = await calls.group_member(chat.bot, "700001", "20001")
    assert found is not None and found.role is GroupRole.MEMBER
    for words in (
        "群(700001)成员20001不存在",
        "Error: 群成员20001不存在",
        "member not found",
        "该用户不在群里。",
    ):
        answering(chat, ActionFailed(status="failed", retcode=200, message="", wording=words))
        assert await calls.group_member(chat.bot, "700001", "20001") is None


@pytest.mark.parametrize(
    "answer",
    [
        ActionFailed(status="failed", retcode=1404, message="群成员不存在"),
        ActionFailed(status="failed", retcode=200),
        ActionFailed(status="failed", retcode=1200, message="群成员列表取不到，群不存在"),
        ActionFailed(status="failed", retcode=1200, message="群(700001)成员20001不存在 Error: timeout"),
        ActionFailed(status="failed", retcode=1200, message="用户20001不存在"),
        NetworkError("x"),
        {"user_id": 20002, "role": "member"},
        {"user_id": 20001, "group_id": 700009, "role": "member"},
        {},
        None,
        "x",
    ],
)
async def test_what_says_nothing_of_the_person_is_no_answer(chat: Chat, answer: Any) -> None:
    from jianggao.chat.joining import calls

    answering(chat, answer)
    with pytest.raises(calls.LookupFailed):
        await calls.group_member(chat.bot, "700001", "20001")


async def test_who_is_listed_twice_counts_once_and_by_no_role_that_is_in_doubt(chat: Chat) -> None:
    from jianggao.chat.joining import calls

    entries = [(SELF, "admin"), (20001, "member"), (20001, "member"), (20002, "member"), (20002, "admin")]
    chat.answer = lambda action, data: [{"user_id": account, "role": role} for account, role in entries]
    found = await calls.group_members(chat.bot, "700001")
    assert [(member.account, member.role.value) for member in found] == [
        (str(SELF), "admin"),
        ("20001", "member"),
        ("20002", "unknown"),
    ]
