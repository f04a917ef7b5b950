"""Digits of other scripts, and numbers longer than Python reads, in what people type and what peers send."""

from __future__ import annotations

import pytest
from simulated_chat import MEMBER, SUPERUSER, VISITOR, Chat

TYPED = ("፩", "፩፩", "፩2", "9" * 4_301)
"""What is typed is folded first: `①` is 1 there."""
ODD = ("፩", "፩፩", "①", "²", "9" * 4_301)


@pytest.mark.parametrize("odd", TYPED)
@pytest.mark.parametrize(
    "command",
    [
        "撤销",
        "操作记录",
        f"操作记录 {MEMBER}",
        "会员列表",
        "到期清单",
        "举报列表",
        "查看举报",
        "通过举报",
        "续期",
    ],
)
async def test_a_number_that_is_none_is_answered_with_the_right_form(
    chat: Chat, command: str, odd: str
) -> None:
    answer = await chat.ask(f"{command} {odd}", SUPERUSER)
    assert "例如" in answer and "出错了" not in answer


async def test_wide_digits_are_digits(chat: Chat) -> None:
    assert "已撤销" in await chat.ask("撤销 １", SUPERUSER)
    assert "没有" not in await chat.ask("操作记录 １", SUPERUSER)


@pytest.mark.parametrize("odd", [*ODD, "-1", "1.5", "", "9" * 100_000])
@pytest.mark.parametrize("field", ["size", "file_size"])
@pytest.mark.parametrize("kind", ["image", "file"])
async def test_a_command_beside_a_picture_of_an_odd_size_is_answered(
    chat: Chat, kind: str, field: str, odd: str
) -> None:
    picture = {"type": kind, "data": {"file": "a.jpg", field: odd}}
    assert "检索" in await chat.ask([{"type": "text", "data": {"text": "帮助"}}, picture], VISITOR)


def test_a_size_that_is_none_is_unknown(plugins: None) -> None:
    from jianggao.chat.connection.chatter import _Segment
    from jianggao.chat.receiving.messages import read_message

    sizes = ["12345678901", *ODD, ""]
    said = read_message(_Segment("file", {"file": "a", "size": size}) for size in sizes)
    assert [one.size for one in said.files] == [12_345_678_901, *[None] * (len(ODD) + 1)]


@pytest.mark.parametrize("odd", ["፩", "①", "9" * 4_301, "１２３４５"])
def test_a_mention_in_other_digits_is_nobody(plugins: None, odd: str) -> None:
    from jianggao.chat.connection.chatter import _Segment
    from jianggao.chat.receiving.messages import read_segments

    assert read_segments([_Segment("at", {"qq": odd})], "10000")[1] == ()
