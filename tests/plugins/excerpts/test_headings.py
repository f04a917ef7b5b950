"""What of a heading isn't public is text of its section: shown in private alone, recorded, and counted."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from delivery_records import deliveries_of
from nonebot.adapters.onebot.v11 import ActionFailed
from simulated_chat import FREE_GROUP, MEMBER, MEMBER_GROUP, SUPERUSER, VISITOR, Chat

from jianggao.library import speech_store
from jianggao.library.section_ids import Audience
from jianggao.text.normal_form import normal_form

SIGNS = "渠水绕过石榴湾后分成三股一股进田一股进塘还有一股留给下游的磨坊守闸的老人每天记两回水位风雨不误"
ITEMS = 24


@pytest.fixture
async def listed(open_chat: Callable[..., Any], library: Path) -> Chat:
    """A bot whose only speech is a list: each item is a heading that is its whole paragraph."""
    rng = random.Random(5)
    for path in library.rglob("*.txt"):
        path.unlink()
    items = [
        f"{at}.{''.join(rng.choice(SIGNS) for _ in range(rng.randint(60, 110)))}。"
        for at in range(1, ITEMS + 1)
    ]
    items[-1] = f"二、{items[-1][3:43]}"
    items += [
        f"{'一二三四'[at]}是{''.join(rng.choice(SIGNS) for _ in range(60))}。"
        f"{''.join(rng.choice(SIGNS) for _ in range(160))}。"
        for at in range(4)
    ]
    head = ["在水利冬修调度会上的讲话", "日期：2025-11-18", "同志们：", "今天只讲具体的事，一件一件来。"]
    (library / "水利").mkdir(exist_ok=True)
    (library / "水利" / "讲话.txt").write_text("\n".join([*head, *items]), "utf-8")
    chat: Chat = await open_chat(SECTIONS_PER_DAY="3")
    for group, kind in ((MEMBER_GROUP, "会员群"), (FREE_GROUP, "免费群")):
        await chat.say(f"绑定{kind}", SUPERUSER, group)
    await chat.say(f"开通 {MEMBER} 1年", SUPERUSER)
    return chat


async def headings(chat: Chat) -> tuple[list[str], list[str]]:
    """The headings of the speech whole, and their public parts."""
    async with chat.application.database.read() as connection:
        speech = await speech_store.speech(connection, 1)
    assert speech is not None
    whole = [one.mark + one.text for one in speech.headings]
    assert sum(one.mark + one.text != one.public for one in speech.headings) > ITEMS / 2
    return whole, [one.public for one in speech.headings]


async def recorded(chat: Chat) -> int:
    async with chat.application.database.read() as connection:
        found = await deliveries_of(connection, str(MEMBER))
    return len({one.section for one in found})


def told(text: str, of: list[str]) -> float:
    """The share of the letters of these texts that stands in an answer."""
    answer = normal_form(text)
    letters = [normal_form(one) for one in of]
    return sum(len(one) for one in letters if one in answer) / sum(map(len, letters))


@pytest.mark.parametrize("group", [MEMBER_GROUP, FREE_GROUP])
@pytest.mark.parametrize("question", ["提纲 1", "提纲 水利"])
async def test_a_group_sees_the_public_part_of_headings(listed: Chat, group: int, question: str) -> None:
    whole, public = await headings(listed)
    longer = [one for one in whole if one not in public]
    for asker in (MEMBER, SUPERUSER):
        sent = await listed.say(f"/{question}", asker, group)
        assert sent and all(one.group == group for one in sent)
        assert all(told(one.text, longer) == 0 for one in sent)
    assert await recorded(listed) == 0


async def test_the_outline_of_a_theme_shows_public_parts_in_private_too(listed: Chat) -> None:
    whole, public = await headings(listed)
    longer = [one for one in whole if one not in public]
    answer = await listed.ask("提纲 水利", MEMBER)
    assert "讲话" in answer and told(answer, longer) == 0 and await recorded(listed) == 0


async def test_whole_headings_are_recorded_and_count_in_the_days_allowance(listed: Chat) -> None:
    whole, public = await headings(listed)
    longer = [one for one in whole if one not in public]
    answer = await listed.ask("提纲 1", MEMBER)
    assert 0 < told(answer, longer) < 1, "the allowance covers three sections"
    assert "额度用完" in answer
    assert await recorded(listed) == 3
    assert "今天还可看 0 段" in await listed.ask("我的会员", MEMBER)
    assert told(await listed.ask("提纲 1", MEMBER), longer) == told(answer, longer), (
        "and those stay free today"
    )


@pytest.mark.parametrize(("retcode_message", "expected"), [("result 16", "refused"), ("timeout", "unknown")])
async def test_whole_headings_that_qq_refused_do_not_count(
    listed: Chat, retcode_message: str, expected: str
) -> None:
    def answer(action: str, data: dict[str, Any]) -> None:
        raise ActionFailed(status="failed", retcode=1200, message=retcode_message, wording=retcode_message)

    listed.answer = answer
    await listed.say("提纲 1", MEMBER)
    async with listed.application.database.read() as connection:
        found = await deliveries_of(connection, str(MEMBER))
    assert [one.outcome.value for one in found] == [expected] * 3
    listed.answer = lambda action, data: None
    left = 3 if expected == "refused" else 0
    assert f"今天还可看 {left} 段" in await listed.ask("我的会员", MEMBER)


async def test_a_visitor_reads_public_parts_alone(listed: Chat) -> None:
    whole, public = await headings(listed)
    longer = [one for one in whole if one not in public]
    assert told(await listed.ask("提纲 1", VISITOR), longer) == 0


async def test_hits_in_a_member_group_have_public_headings(listed: Chat) -> None:
    async with listed.application.database.read() as connection:
        speech = await speech_store.speech(connection, 1)
        assert speech is not None
        rows = await speech_store.sections_of_version(connection, speech.version)
    longer = [row for row in rows if len(row.label) > 55 and row.label not in row.public_label.split("\n")]
    assert longer
    for row in longer:
        question = f"/检索 “{row.body[30:42]}”"
        shown = "".join([sent.text for sent in await listed.say(question, MEMBER, MEMBER_GROUP)])
        assert f"1.{row.ordinal}《" in shown, "the section is found by its body"
        assert normal_form(row.label[42:54]) not in normal_form(shown)
    private = "".join([sent.text for sent in await listed.say(question.removeprefix("/"), MEMBER)])
    assert normal_form(row.label[42:54]) in normal_form(private) or row.audience == Audience.PREVIEW


async def test_a_section_s_whole_heading_leaves_with_the_section_in_private(listed: Chat) -> None:
    whole, public = await headings(listed)
    longer = [one for one in whole if one not in public]
    async with listed.application.database.read() as connection:
        speech = await speech_store.speech(connection, 1)
        assert speech is not None
        rows = await speech_store.sections_of_version(connection, speech.version)
    row = next(row for row in rows if row.label in longer)
    in_group = await listed.say(f"/段落 1.{row.ordinal}", MEMBER, MEMBER_GROUP)
    assert all(told(one.text, [row.label]) == 0 for one in in_group if one.group is not None)
    answer = await listed.ask(f"段落 1.{row.ordinal}", MEMBER)
    assert told(answer, [row.label]) == 1
    assert await recorded(listed) >= 1
