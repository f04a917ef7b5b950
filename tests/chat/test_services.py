"""What the chat remembers is of one bot, and gone with it."""

from __future__ import annotations

from simulated_chat import MEMBER, SUPERUSER, VISITOR, Chat

from jianggao.application import Application


def test_a_plugin_has_one_object_of_each_kind(chat: Chat) -> None:
    def words(application: Application) -> list[str]:
        return [str(application.settings.timezone)]

    def numbers(application: Application) -> dict[str, int]:
        return {}

    services = chat.services
    first = list(services.plugin_state(words))
    services.plugin_state(words).append("once")
    assert services.plugin_state(words) == [*first, "once"]
    assert services.plugin_state(numbers) == {}
    chat.forget()
    assert chat.services.plugin_state(words) == first


async def test_the_next_bot_knows_no_pages_of_the_one_before(chat: Chat) -> None:
    await chat.ask("检索 渠水", MEMBER)
    assert "没有可以翻页" not in await chat.ask("下一页", MEMBER)
    chat.forget()
    assert await chat.ask("下一页", MEMBER) == await chat.ask("下一页", VISITOR)


async def test_the_next_bot_holds_no_conversation_of_the_one_before(chat: Chat) -> None:
    await chat.ask("溯源", SUPERUSER)
    assert len(chat.services.conversations) == 1
    chat.forget()
    assert len(chat.services.conversations) == 0


async def test_its_end_forgets_conversations_without_ending_them(chat: Chat) -> None:
    """What was gathered is there for the next start."""
    await chat.ask("溯源", SUPERUSER)
    folder = chat.application.collected.notes
    assert len(list(folder.iterdir())) == 1
    await chat.services.close()
    assert len(chat.services.conversations) == 0 and len(list(folder.iterdir())) == 1
