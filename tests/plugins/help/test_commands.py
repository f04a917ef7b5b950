"""帮助 lists what the asker can use here."""

from __future__ import annotations

import pytest
from simulated_chat import FREE_GROUP, MEMBER, SUPERUSER, VISITOR, Chat
from tracing_chat import file_message


async def test_each_command_stands_on_a_line_with_its_usage(chat: Chat) -> None:
    from jianggao.chat.commands.command_registry import Scope, registry

    lines = (await chat.ask("帮助", VISITOR)).splitlines()
    settings = chat.application.settings
    for_all = [
        one for one in registry.commands if one.scope is not Scope.SUPERUSER and one.is_offered(settings)
    ]
    assert "试用" not in {command.name for command in for_all}, "there are no trials"
    assert lines[:-1] == [f"{command.usage} —— {command.summary}" for command in for_all]
    assert lines[-1] == "直接发关键词就是检索，发编号就是看段落。"


async def test_superusers_commands_are_for_them_and_in_private_alone(chat: Chat) -> None:
    assert "下架" in await chat.ask("帮助", SUPERUSER)
    for person, group in ((SUPERUSER, FREE_GROUP), (MEMBER, None), (VISITOR, FREE_GROUP)):
        assert "下架" not in await chat.ask("帮助", person, group)


async def test_in_a_group_it_says_how_the_bot_is_addressed(chat: Chat) -> None:
    assert (await chat.ask("帮助", VISITOR, FREE_GROUP)).endswith("私聊直接发关键词就行。")


async def test_one_command_with_its_example_and_other_words(chat: Chat) -> None:
    answer = await chat.ask("帮助 检索", VISITOR)
    assert answer.splitlines()[0] == "检索 词…" and "例如：检索 乡村振兴 人才" in answer
    assert answer.endswith("也可以写：搜索、搜、查")
    assert await chat.ask("帮助 搜", VISITOR) == await chat.ask("帮助 /检索", VISITOR) == answer


@pytest.mark.parametrize("word", ["没有的", "下架"])
async def test_a_command_that_the_asker_cannot_use_does_not_exist(chat: Chat, word: str) -> None:
    assert await chat.ask(f"帮助 {word}", VISITOR) == f"没有“{word}”这个命令。发“帮助”看全部。"


async def test_a_table_without_a_command_is_told_which_one_takes_it(chat: Chat) -> None:
    (sent,) = await chat.say(file_message("名单.XLSX"), SUPERUSER)
    assert sent.text == "收到一个表格，没有办什么。要按它批量开通，先发“导入会员”，再把表格发来。"
    for name, person in (("讲稿.docx", SUPERUSER), ("名单.xlsx", VISITOR)):
        assert "导入会员”，再" not in (await chat.say(file_message(name), person))[-1].text
