"""While the database can't be written to, the bot answers what only reads and refuses what changes; nothing
is lost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable

import pytest
from disk_troubles import CANNOT_WRITE, SOON, Asked, QuestionAsker, held_by_another, small_disk
from implementation import Implementation
from installed_bot import TRACEBACK, InstalledBot
from kills import doctor_finds
from process import SUPERUSER, TOKEN
from process_figures import AVAILABLE
from stored import rows_of
from waiting import until

GROUP, MEMBER, VISITOR = 700001, 20001, 30001
READING = ("帮助", "检索 台账", "提纲 2", "金句", "订阅", "检索 渠")
HELD_FOR = 20.0
pytestmark = pytest.mark.skipif(not AVAILABLE, reason="limits are set and waiting is read as Linux does it")


@pytest.fixture
async def questions(bot: InstalledBot) -> AsyncIterator[Callable[[], object]]:
    """Starts the bot, binds the group, makes a member."""
    lines: list[Implementation] = []

    async def begin() -> QuestionAsker:
        await asyncio.to_thread(bot.start)
        qq = Implementation(bot.port, TOKEN)
        await qq.connect()
        lines.append(qq)
        await qq.ask("绑定会员群", person=SUPERUSER, group=GROUP)
        await qq.ask(f"开通 {MEMBER} 1年", person=SUPERUSER)
        return QuestionAsker(bot, qq, GROUP)

    yield begin
    for qq in lines:
        await qq.close()


async def wrong_beside_the_disk(bot: InstalledBot) -> list[str]:
    """What doctor finds, but that this disk is small."""
    return [wrong for wrong in await doctor_finds(bot) if not wrong.startswith("doctor: 磁盘: ")]


async def _ask_what_only_reads(questions: QuestionAsker) -> list[Asked]:
    """One after the other, and then all of them at once."""
    asked = [await questions.in_private(said, VISITOR) for said in READING]
    asked.append(await questions.in_private("我的会员", MEMBER))
    everyone = (questions.in_private(said, VISITOR + at) for at, said in enumerate(READING))
    return [*asked, await questions.in_group("检索 台账", VISITOR), *await asyncio.gather(*everyone)]


def _assert_answered(asked: list[Asked]) -> None:
    for question in asked:
        assert question.answer is not None, f"{question.said} was not answered"
        assert question.seconds < SOON, f"{question.said} was answered after {question.seconds:.1f} s"
        assert "出错了" not in question.answer.text and CANNOT_WRITE not in question.answer.text, (
            question.said
        )


def _assert_refused(asked: list[Asked], words: str) -> None:
    for question in asked:
        assert question.answer is not None, f"{question.said} was not answered"
        assert words in question.answer.text, f"{question.said}: {question.answer.text}"
        assert question.seconds < SOON, f"{question.said} was refused after {question.seconds:.1f} s"


def _notices_to_the_superuser(qq: Implementation, after: int) -> list[str]:
    """What superusers heard; in private nothing is answered to them in these tests."""
    return [sent.text for sent in qq.sent[after:] if sent.person == SUPERUSER]


async def _through_it(bot: InstalledBot, questions: QuestionAsker, words: str) -> None:
    """What is asked while the trouble lasts."""
    qq, before = questions.qq, len(questions.qq.sent)
    asked = await asyncio.gather(*(questions.in_group(f"开通 {at} 1年") for at in range(60_001, 60_007)))
    _assert_refused(list(asked), words)
    _assert_answered(await _ask_what_only_reads(questions))
    _assert_refused([await questions.in_group("解绑")], words)
    await until(lambda: bool(_notices_to_the_superuser(qq, before)), questions.patience)
    alerts = [text for text in _notices_to_the_superuser(qq, before) if "写不进去" in text]
    assert len(alerts) == 1, f"superusers heard of it {len(alerts)} times"
    assert rows_of(bot.database, "SELECT count(*) FROM ledger") == [(1,)]


async def _when_it_is_over(bot: InstalledBot, questions: QuestionAsker, before: int) -> None:
    assert await questions.until_it_works("开通 60101 1年", "已开通 60101")
    asked = await asyncio.gather(*(questions.in_group(f"开通 {at} 1年") for at in range(60_201, 60_207)))
    assert all(question.answer is not None and "已开通" in question.answer.text for question in asked)
    _assert_answered(await _ask_what_only_reads(questions))
    await until(lambda: len(_notices_to_the_superuser(questions.qq, before)) >= 2, questions.patience)
    assert len(_notices_to_the_superuser(questions.qq, before)) == 2, "that it is over was not said once"
    await questions.qq.close()
    bot.stop()
    members = [
        int(member) for (member,) in rows_of(bot.database, "SELECT member FROM ledger ORDER BY number")
    ]
    assert members[:2] == [MEMBER, 60_101] and sorted(members[2:]) == list(range(60_201, 60_207))
    assert await wrong_beside_the_disk(bot) == []
    assert TRACEBACK not in bot.log


@pytest.mark.parametrize("mounts", [True, False], ids=["disk", "limit on files"])
async def test_on_a_full_disk_what_reads_is_answered_and_nothing_is_lost(
    bot: InstalledBot, questions: Callable[[], object], mounts: bool
) -> None:
    with small_disk(bot.database.parent, mounts=mounts) as disk:
        asks: QuestionAsker = await questions()  # type: ignore[misc]
        before = len(asks.qq.sent)
        disk.fill(bot)
        await _through_it(bot, asks, disk.notice)
        disk.make_room(bot)
        await _when_it_is_over(bot, asks, before)


async def test_a_bot_killed_on_a_full_disk_starts_when_there_is_room_and_has_lost_nothing(
    bot: InstalledBot, questions: Callable[[], object]
) -> None:
    with small_disk(bot.database.parent) as disk:
        asks: QuestionAsker = await questions()  # type: ignore[misc]
        disk.fill(bot)
        await asks.in_group("开通 60001 1年")
        await asks.in_group("检索 台账", VISITOR)
        bot.kill()
        disk.make_room(bot)
        bot.start()
        await asks.qq.close()
        await asks.qq.connect()
        assert (await asks.in_group("开通 60002 1年")).answer is not None
        bot.kill()
        assert rows_of(bot.database, "SELECT member FROM ledger ORDER BY 1") == [(str(MEMBER),), ("60002",)]
        assert await wrong_beside_the_disk(bot) == []


async def test_while_another_process_writes_for_20_seconds_what_reads_is_answered(
    bot: InstalledBot, questions: Callable[[], object]
) -> None:
    asks: QuestionAsker = await questions()  # type: ignore[misc]
    before = len(asks.qq.sent)
    began = time.monotonic()
    with held_by_another(bot.database, HELD_FOR):
        await _through_it(bot, asks, CANNOT_WRITE)
        await asyncio.sleep(max(0.0, began + HELD_FOR - time.monotonic()))
    await _when_it_is_over(bot, asks, before)
