"""段落, 随机, 提纲."""

from __future__ import annotations

import asyncio
import re
from collections import Counter

import pytest
from simulated_chat import FREE_GROUP, MEMBER, MEMBER_GROUP, SUPERUSER, VISITOR, Chat


async def sections_of(chat: Chat, speech: int) -> list[int]:
    outline = await chat.ask(f"提纲 {speech}", SUPERUSER)
    return [int(found) for found in re.findall(rf"(?<![\d.]){speech}\.(\d+)", outline)]


async def test_the_outline_names_every_section_once(chat: Chat) -> None:
    for speech in (1, 4, 8):
        found = await sections_of(chat, speech)
        assert found == list(range(1, len(found) + 1))
        last = await chat.ask(f"段落 {speech}.{len(found) + 1}", SUPERUSER)
        assert "没有第" in last


async def test_the_outline_locks_what_the_asker_may_not_read(chat: Chat) -> None:
    assert "🔒" in await chat.ask("提纲 1", VISITOR)
    assert "🔒" not in await chat.ask("提纲 1", MEMBER)


async def test_a_visitor_sees_previews_and_for_the_rest_why_not(chat: Chat) -> None:
    outline = await chat.ask("提纲 1", VISITOR)
    for number, lock in re.findall(r"(1\.\d+)( 🔒)?", outline):
        answer = await chat.ask(f"段落 {number}", VISITOR)
        assert ("🔒" in answer) == bool(lock)
        assert ("订阅" in answer) == bool(lock)


async def test_a_section_has_number_heading_body_title_and_date(chat: Chat) -> None:
    answer = await chat.ask("段落 8.3", MEMBER)
    lines = answer.splitlines()
    assert lines[0] == "8.3　一是渠老了"
    assert lines[1].startswith("全县×公里干渠")
    assert lines[-1] == "——《在全县水利冬修动员会上的讲话》2024-11-05"


async def test_in_a_member_group_what_is_not_shown_goes_to_the_private_chat(chat: Chat) -> None:
    groups, private = [], []
    for ordinal in await sections_of(chat, 1):
        sent = await chat.say(f"段落 1.{ordinal}", MEMBER, MEMBER_GROUP)
        in_group = [one.text for one in sent if one.group == MEMBER_GROUP]
        assert len(in_group) == 1
        if in_group == ["已私信"]:
            assert [one.person for one in sent] == [MEMBER, None]
            private.append(sent[0].text)
        else:
            groups.append(in_group[0])
    assert groups and private
    total = sum(map(len, groups + private))
    assert sum(map(len, groups)) < 0.6 * total


async def test_a_visitor_in_a_member_group_gets_previews_only(chat: Chat) -> None:
    for ordinal in await sections_of(chat, 1):
        sent = await chat.say(f"段落 1.{ordinal}", VISITOR, MEMBER_GROUP)
        assert [one.group for one in sent] == [MEMBER_GROUP]


async def test_not_a_friend_is_told_how(chat: Chat) -> None:
    from nonebot.adapters.onebot.v11 import ActionFailed

    def refuse(action: str, data: dict[str, object]) -> None:
        if action == "send_private_msg":
            raise ActionFailed(status="failed", retcode=1200, message="EventChecker Failed: result 16")

    chat.answer = refuse
    answers = []
    for ordinal in await sections_of_offline(chat):
        answers += [one.text for one in await chat.say(f"段落 1.{ordinal}", MEMBER, MEMBER_GROUP)]
    assert any("加我为好友" in one for one in answers)
    assert "已私信" not in answers


async def sections_of_offline(chat: Chat) -> range:
    async with chat.application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT max(ordinal) FROM sections WHERE speech = 1")
    return range(1, next(iter(rows))[0] + 1)


async def test_random_gives_every_section_once_before_any_again(chat: Chat) -> None:
    def number(answer: str) -> str:
        return answer.split("　")[0].split("\n")[0]

    first = [number(await chat.ask("随机", VISITOR, FREE_GROUP)) for _ in range(60)]
    cycle = first.index(first[0], 1)
    assert len(set(first[:cycle])) == cycle
    assert first[cycle : 2 * cycle] == first[:cycle][: len(first[cycle : 2 * cycle])]
    async with chat.application.database.read() as connection:
        rows = await connection.execute_fetchall(
            "SELECT count(*) FROM sections WHERE listed = 1 AND audience = 0"
        )
    assert cycle == next(iter(rows))[0]


@pytest.mark.parametrize("typed", ["随机 水利", "随机水利", "来一段 水利"])
async def test_random_on_a_topic_keeps_to_it(chat: Chat, typed: str) -> None:
    for _ in range(10):
        assert "水利" in await chat.ask(typed, VISITOR)


async def cursors(chat: Chat) -> list[tuple[str, str]]:
    async with chat.application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT place, topic FROM random_cursors ORDER BY topic")
    return [tuple(row) for row in rows]


@pytest.mark.parametrize("typed", ["随机", "随机 水利", "随机 推进会"])
async def test_who_draws_at_the_same_time_gets_different_sections(chat: Chat, typed: str) -> None:
    people = [VISITOR + 1_000 + at for at in range(5)]
    before = len(chat.sent)
    await asyncio.gather(*(chat.say(f"/{typed}", person, FREE_GROUP) for person in people))
    given = [one.text.split("\n")[0] for one in chat.sent[before:]]
    assert len(given) == 5
    # A cycle may end in between, of a topic with three sections.
    counts = Counter(given)
    assert max(counts.values()) - min(counts.values()) <= 1 and len(counts) >= 3


async def test_words_typed_after_random_are_stored_nowhere(chat: Chat) -> None:
    typed = [*"我们要把的和是在有这大为年来", "一件", "大家"]
    for at, word in enumerate(typed):
        await chat.ask(f"随机 {word}{'，。！'[at % 3]}", VISITOR)
    for spelling in ("水利", "水 利", "水利。", "随机水利"):
        await chat.ask(f"随机 {spelling}", VISITOR)
    stored = await cursors(chat)
    assert stored == [(f"private:{VISITOR}", "typed words"), (f"private:{VISITOR}", "水利")]


async def test_random_on_a_word_gives_each_section_once_also_between_other_words(chat: Chat) -> None:
    async def drawn(typed: str) -> str:
        chat.clock.advance(seconds=20)
        return (await chat.ask(typed, VISITOR)).split("\n")[0]

    first = []
    while not first or first[-1] not in first[:-1]:
        first.append(await drawn("随机 推进会"))
        await drawn("随机 攻坚")
    assert first[-1] == first[0]
    assert len(first) > 3


async def test_random_on_a_word_goes_on_after_it_was_forgotten(chat: Chat) -> None:
    """Not from the beginning: who asks once a day would get the same section each day."""
    days = []
    for _ in range(4):
        days.append((await chat.ask("随机 推进会", VISITOR)).split("\n")[0])
        chat.clock.advance(days=1)
    assert len(set(days)) == 4


async def test_random_on_an_unknown_topic_says_so(chat: Chat) -> None:
    assert "没有“潜水艇”方面的段落" in await chat.ask("随机 潜水艇", MEMBER)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("段落", "例如：段落 12.3"),
        ("段落 abc", "例如：段落 12.3"),
        ("段落 1", "还差段号"),
        ("段落 99.1", "现有 1–8 篇"),
        ("段落 1.99", "现有 1.1–1."),
        ("段落 0.0", "没有第 0 篇"),
        ("段落 999999999.1", "现有 1–8 篇"),
        ("提纲", "例如：提纲 12"),
        ("提纲 99", "现有 1–8 篇"),
        ("全文", "例如：全文 12"),
        ("全文 99", "现有 1–8 篇"),
        ("全文 1 传真", "例如：全文 12"),
    ],
)
async def test_wrong_numbers_get_the_right_form(chat: Chat, typed: str, told: str) -> None:
    assert told in await chat.ask(typed, MEMBER)


async def test_the_days_allowance_of_sections_ends(open_chat: object) -> None:
    chat: Chat = await open_chat(SECTIONS_PER_DAY="2")  # type: ignore[operator]
    await chat.ask(f"开通 {MEMBER} 1年", SUPERUSER)
    locked = re.findall(r"(1\.\d+) 🔒", await chat.ask("提纲 1", VISITOR))
    answers = [await chat.ask(f"段落 {number}", MEMBER) for number in locked[:3]]
    assert ["额度用完" in one for one in answers] == [False, False, True]
    assert "额度用完" not in await chat.ask(f"段落 {locked[0]}", MEMBER), "read today, counted once"
    pages = [await chat.ask("检索 第1篇: 项", MEMBER), *[await chat.ask("下一页", MEMBER) for _ in range(2)]]
    assert any("额度用完" in page for page in pages)
    chat.clock.advance(days=1)
    assert "额度用完" not in await chat.ask(f"段落 {locked[2]}", MEMBER)
