"""What is answered to a command, and to its failures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from simulated_chat import FREE_GROUP, MEMBER, SUPERUSER, VISITOR, Chat

from jianggao.errors import NotFound, WrongForm, WrongUse


def test_a_wrong_form_is_answered_with_the_usage_and_an_example(plugins: None) -> None:
    from jianggao.chat.commands.command_registry import registry
    from jianggao.chat.commands.dispatch import refusal_text

    command = registry.words["下架"]
    text = "请写篇号。写法：下架 篇号，例如：下架 12"
    assert refusal_text(WrongForm("请写篇号。"), command) == text


@pytest.mark.parametrize("error", [WrongUse("第 3 篇已经下架了。"), NotFound("没有第 99 篇。")])
def test_other_refusals_say_what_they_say(plugins: None, error: WrongUse | NotFound) -> None:
    from jianggao.chat.commands.command_registry import registry
    from jianggao.chat.commands.dispatch import refusal_text

    assert refusal_text(error, registry.words["下架"]) == str(error)


@pytest.mark.parametrize(
    ("typed", "person", "text"),
    [
        ("开通", SUPERUSER, "请 @ 一个人或写 QQ 号。写法：开通 @某人 时长 [备注]，例如：开通 12345678 1年"),
        (
            "开通 20001",
            SUPERUSER,
            "还差时长（天、周、月、年）。写法：开通 @某人 时长 [备注]，例如：开通 12345678 1年",
        ),
        ("能看 20001", SUPERUSER, "还差篇号。写法：能看 @某人 篇号，例如：能看 12345678 12"),
        ("重审", SUPERUSER, "请写举报编号。写法：重审 编号 [原因]，例如：重审 3"),
        ("会员列表 x", SUPERUSER, "请写一个正整数。写法：会员列表 [页]，例如：会员列表 2"),
        ("到期清单 0", SUPERUSER, "请写一个正整数。写法：到期清单 [天数]，例如：到期清单 30"),
        ("绑定会员群", SUPERUSER, "请在要绑定的群里发这条命令。"),
    ],
)
async def test_wrong_forms_of_commands(chat: Chat, typed: str, person: int, text: str) -> None:
    assert await chat.ask(typed, person) == text


@pytest.mark.parametrize("typed", ["段落 甲", "提纲", "相近", "全文"])
async def test_everybodys_commands_say_their_form(chat: Chat, typed: str) -> None:
    from jianggao.chat.commands.command_registry import registry

    command = registry.words[typed.split()[0]]
    answer = await chat.ask(typed, VISITOR, FREE_GROUP)
    assert answer.endswith(f"写法：{command.usage}，例如：{command.example}")


async def test_an_error_that_nobody_expected_is_no_text_of_the_answer(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianggao.chat.commands.command_registry import registry

    async def fails(request: object) -> str:
        raise RuntimeError("a path of the machine")

    monkeypatch.setitem(registry.words, "订阅", replace(registry.words["订阅"], handler=fails))
    assert await chat.ask("订阅", MEMBER) == "出错了，已记录"


async def test_silence_is_an_answer_too(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    from jianggao.chat.commands.command_registry import registry

    async def silent(request: Any) -> None:
        return None

    monkeypatch.setitem(registry.words, "订阅", replace(registry.words["订阅"], handler=silent))
    event = chat.event("订阅", MEMBER)
    assert await chat.send(event) == []
    assert len(chat.services.requests) == 0
