"""检索 and its pages, as typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulated_chat import FREE_GROUP, MEMBER, MEMBER_GROUP, SUPERUSER, VISITOR, Chat

SYNTAX = [
    '"',
    "*",
    "NEAR",
    "NEAR(",
    "[CQ:at,qq=all]",
    "%",
    "a OR b",
    "'; DROP TABLE sections; --",
    "{0}",
    "%s",
    "^台",
    "-台账",
]


async def test_pages_go_forth_and_back(chat: Chat) -> None:
    first = await chat.ask("检索 台账", MEMBER, MEMBER_GROUP)
    assert "第 1/8 页" in first
    assert "第 2/8 页" in await chat.ask("下一页", MEMBER, MEMBER_GROUP)
    assert await chat.ask("上一页", MEMBER, MEMBER_GROUP) == first
    assert "已经是第一页" in await chat.ask("上页", MEMBER, MEMBER_GROUP)
    for _ in range(7):
        last = await chat.ask("下页", MEMBER, MEMBER_GROUP)
    assert "第 8/8 页" in last and "下一页" not in last
    assert "已经是最后一页" in await chat.ask("下一页", MEMBER, MEMBER_GROUP)


async def test_pages_are_each_askers_and_each_places_own(chat: Chat) -> None:
    await chat.ask("检索 台账", VISITOR, FREE_GROUP)
    assert "先发“检索" in await chat.ask("下一页", VISITOR)
    assert "先发“检索" in await chat.ask("下一页", MEMBER, FREE_GROUP)


async def test_pages_are_forgotten_after_ten_minutes(chat: Chat) -> None:
    await chat.ask("检索 台账", VISITOR, FREE_GROUP)
    chat.clock.advance(minutes=11)
    assert "先发“检索" in await chat.ask("下一页", VISITOR, FREE_GROUP)


async def test_every_hit_starts_with_a_number_that_opens_it(chat: Chat) -> None:
    answer = await chat.ask("检索 台账", MEMBER)
    numbers = [line.split("《")[0] for line in answer.splitlines() if "《" in line]
    assert len(numbers) == 5
    for number in numbers:
        assert (await chat.ask(number, MEMBER)).startswith(number)


async def test_snippets_mark_the_words(chat: Chat) -> None:
    assert "【干渠】" in await chat.ask("干渠", MEMBER)


async def test_nothing_found_says_what_to_do(chat: Chat) -> None:
    answer = await chat.ask("检索 潜水艇驾照", VISITOR)
    assert answer.startswith("没有找到“潜水艇驾照”")


@pytest.mark.parametrize("typed", ["检索", "检索 ，。！", "检索 ……", "检索 　", "检索 ×"])
async def test_an_empty_query_gets_the_right_form(chat: Chat, typed: str) -> None:
    answer = await chat.ask(typed, VISITOR)
    assert "例如：检索" in answer or "×" in typed


@pytest.mark.parametrize("typed", SYNTAX)
async def test_syntax_is_text(chat: Chat, typed: str) -> None:
    answer = await chat.ask(f"检索 {typed}", VISITOR)
    assert "出错了" not in answer
    assert all(part["type"] in ("text", "reply") for one in chat.sent for part in one.params["message"])


async def test_a_very_long_query_gets_one_short_answer(chat: Chat) -> None:
    answer = await chat.ask("检索 " + "台账" * 5_000, VISITOR)
    assert len(answer) < 300 and "出错了" not in answer


@settings(max_examples=60)
@given(typed=st.text(min_size=1, max_size=40))
async def test_no_query_breaks_a_search(chat: Chat, typed: str) -> None:
    reader = await chat.application.reader(str(VISITOR), _private())
    from jianggao.errors import JianggaoError

    try:
        page = await reader.search(typed, 1)
    except JianggaoError as error:
        assert "检索" in str(error)
    else:
        assert page.total >= 0


def _private() -> object:
    from jianggao.access.verdicts import Place, PlaceKind

    return Place(PlaceKind.PRIVATE, str(VISITOR))


async def test_a_member_group_shows_the_rest_as_readable_in_private(chat: Chat) -> None:
    answer = await chat.ask("检索 台账", MEMBER, MEMBER_GROUP)
    assert "私聊可看" in answer and "🔒" not in answer


async def test_a_free_group_shows_previews_even_to_members_and_superusers(chat: Chat) -> None:
    def snippets(answer: str) -> list[str]:
        """Lines that aren't numbers, headings, counts or help."""
        return [
            line
            for line in answer.splitlines()
            if line.endswith("。") and "《" not in line and "发“" not in line
        ]

    shown = snippets(await chat.ask("检索 台账", VISITOR, FREE_GROUP))
    for person in (MEMBER, SUPERUSER):
        answer = await chat.ask("检索 台账", person, FREE_GROUP)
        assert "🔒" in answer
        assert snippets(answer)[: len(shown) - 1] == shown[:-1]


async def test_in_a_free_group_a_members_search_finds_no_more_than_a_visitors(chat: Chat) -> None:
    """What others read along must be a function of public text: locked words aren't found there, nor
    counted."""
    found = 0
    for words in ("407户人家等着看结果", "说不清的当场改", "签字", "112户人家", "渠老了", "监护仪的滴答"):
        visitor = await chat.ask(f"检索 {words}", VISITOR, FREE_GROUP)
        for person in (MEMBER, SUPERUSER):
            answer = await chat.ask(f"检索 {words}", person, FREE_GROUP)
            assert answer.splitlines()[0] == visitor.splitlines()[0]
        found += "没有找到" not in visitor
        assert "共 " in await chat.ask(f"检索 {words}", MEMBER)
    assert found < 6


async def test_an_answer_is_dropped_when_access_changed_while_it_waited(chat: Chat) -> None:
    """Suspended between the search and its turn in the queue: nothing of it leaves."""
    from jianggao.membership import administration
    from jianggao.membership.administration import Act

    delivery = chat.services.senders.of(chat.bot)

    async def suspend() -> None:
        async with chat.application.database.write() as connection:
            act = Act(str(SUPERUSER), "by-hand", chat.clock(), chat.application.settings.timezone, "转卖")
            await administration.suspend(connection, str(MEMBER), act)

    original = delivery._queue.submit

    async def submit(entry: object) -> object:
        await suspend()
        return await original(entry)  # type: ignore[arg-type]

    delivery._queue.submit = submit  # type: ignore[method-assign]
    assert await chat.say("检索 台账", MEMBER) == []


async def test_quotes_turn_pages_like_a_search(chat: Chat) -> None:
    first = await chat.ask("金句", MEMBER)
    assert "——《" in first
    if "下一页" in first:
        second = await chat.ask("下一页", MEMBER)
        assert second != first and await chat.ask("上一页", MEMBER) == first
    assert "没有“飞碟学”方面可以摘的句子" in await chat.ask("金句 飞碟学", MEMBER)


async def test_similar_sections_name_what_they_share(chat: Chat) -> None:
    answer = await chat.ask("相近 5.3", MEMBER)
    assert answer.startswith("和 5.3") and "都谈到：" in answer
    assert "例如：相近 12.3" in await chat.ask("相近", MEMBER)
    assert "还差段号" in await chat.ask("相近 5", MEMBER)
    assert "没有第 999 篇" in await chat.ask("相近 999.1", MEMBER)


async def test_what_leaves_as_a_quote_or_a_similar_section_is_recorded(chat: Chat) -> None:
    """Every non-preview text that leaves is a delivery, whatever command it leaves by."""
    await chat.ask("金句", MEMBER)
    await chat.ask("相近 5.3", MEMBER)
    async with chat.application.database.read() as connection:
        forms = await connection.execute_fetchall(
            "SELECT DISTINCT d.form FROM deliveries d JOIN sections s ON s.id = d.section WHERE s.audience > 0"
        )
        previews = await connection.execute_fetchall(
            "SELECT count(*) FROM deliveries d JOIN sections s ON s.id = d.section WHERE s.audience = 0"
        )
    assert "similar" in {row[0] for row in forms}
    assert next(iter(previews))[0] == 0


async def test_a_theme_without_speeches_is_said_so(chat: Chat) -> None:
    assert "水利攻坚" in await chat.ask("提纲 水利攻坚", MEMBER)
    assert await chat.ask("提纲 飞碟学", MEMBER) == "没有“飞碟学”方面的讲稿。"
    assert "例如：提纲 12" in await chat.ask("提纲", MEMBER)


async def test_a_guess_says_how_many_hits_it_would_have(chat: Chat) -> None:
    answer = await chat.ask("水利功坚", MEMBER)
    assert answer.startswith("没有找到“水利功坚”。\n也许想找：“水利攻坚”（")
    assert "“水利攻坚”的前几段：" in answer


async def test_the_valid_values_answer_a_wrong_filter(chat: Chat) -> None:
    assert "现有：医卫、水利" in await chat.ask("检索 台账 主题:渔业", VISITOR, FREE_GROUP)
    assert "现有的年份：2025" in await chat.ask("检索 台账 年份:1999", VISITOR, FREE_GROUP)
