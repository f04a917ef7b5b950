"""What all who may not read a speech can learn of it stays within one budget, counted by the letters of the
text itself: previews, public headings and every place of a keyword, over versions, names and numbers."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from public_texts import (
    BESIDE,
    GROUP_SHARE,
    PREVIEW_SHARE,
    SAMPLES,
    Learnt,
    letters_behind_front,
    list_shaped,
    only,
    public_texts,
    sentence,
    shares,
    usual,
)

from jianggao.application import Application
from jianggao.library import speech_store
from jianggao.library.section_ids import Audience


async def test_every_sample_keeps_within_the_budget_and_shows_something(
    open_application: Callable[..., Any],
) -> None:
    application: Application = await open_application(LIBRARY_DIR=str(SAMPLES))
    await application.importer.run()
    to_all, to_groups = (
        await shares(application),
        await shares(application, (Audience.PREVIEW, Audience.MEMBER_GROUP)),
    )
    assert len(to_all) >= 25
    assert max(to_all.values()) <= PREVIEW_SHARE + BESIDE
    assert max(to_groups.values()) <= GROUP_SHARE
    assert sum(to_all.values()) / len(to_all) > 0.2
    assert sum(to_groups.values()) / len(to_groups) > 0.35


@pytest.mark.parametrize(("items", "length"), [(12, 18), (30, 30), (25, 60), (60, 100), (8, 300)])
async def test_a_list_of_headings_isn_t_public_as_a_whole(
    open_application: Callable[..., Any], library: Path, items: int, length: int
) -> None:
    only(library, "讲话.txt", list_shaped(random.Random(items), items, length))
    application: Application = await open_application()
    await application.importer.run()
    assert (await shares(application))[1] <= PREVIEW_SHARE + BESIDE
    assert (await shares(application, (Audience.PREVIEW, Audience.MEMBER_GROUP)))[1] <= GROUP_SHARE


@pytest.mark.parametrize("letters", [60, 140, 280])
async def test_a_short_speech_has_no_keywords(
    open_application: Callable[..., Any], library: Path, letters: int
) -> None:
    """Its keywords would tell most of its words."""
    prose = (
        "今年读书会换了地方，灯光亮堂，座位宽敞。老馆长把三十年的借阅卡片捐了出来，上面的字迹有的已经洇开。中学的语文老师带来一份书单，"
        "排在头一本的是县志，她说不知道脚下的河怎么改的道，就读不懂离家的人为什么回头。修表的师傅坐在末排，掏出放大镜看插图。"
        "孩子们最关心的是能不能把漫画带回家过暑假，值班的姑娘答应得爽快，只提一个条件，还书的时候要讲一个书里没有写完的故事。"
        "散会之前大家商量好，下个月在渡口的旧仓库再聚，谁来晚了谁烧水，谁弄丢了书签谁补种一棵石榴。"
        "供电所的工程师报名讲潮汐，花圃的嫁接能手报名讲月季，邮局的投递员想讲他见过的九百扇门。"
    )
    only(
        library, "发言.txt", "\n".join(["在读书会上的发言", "日期：2025-03-18", "同志们：", prose[:letters]])
    )
    application: Application = await open_application()
    await application.importer.run()
    assert letters / 2 < len(await letters_behind_front(application, 1)) < 300
    async with application.database.read() as connection:
        speech = await speech_store.speech(connection, 1)
    assert speech is not None and speech.keywords == ()


@pytest.mark.parametrize("share", ["0", "0.05", "0.15", "0.30"])
async def test_the_budget_follows_the_setting(
    open_application: Callable[..., Any], library: Path, share: str
) -> None:
    only(library, "讲话.txt", "\n".join(usual(random.Random(4), 8)))
    application: Application = await open_application(PREVIEW_SHARE=share)
    await application.importer.run()
    assert (await shares(application))[1] <= float(share) + BESIDE


async def test_a_withdrawn_text_still_counts(open_application: Callable[..., Any], library: Path) -> None:
    rng = random.Random(11)
    lines = usual(rng, 9)
    file = only(library, "讲话.txt", "\n".join(lines))
    application: Application = await open_application()
    await application.importer.run()
    letters = await letters_behind_front(application, 1)
    learnt = Learnt(letters)
    learnt.learn((await public_texts(application))[1])
    file.unlink()
    await application.importer.run()
    again = file.with_name("另一个名字.txt")
    again.write_text("\n".join([*lines[:-1], sentence(rng, 120)]), "utf-8")
    await application.importer.run()
    learnt.learn((await public_texts(application))[2])
    assert learnt.share <= PREVIEW_SHARE + BESIDE


@pytest.mark.parametrize("times", [4, 8, 12])
async def test_a_refrain_counts_wherever_it_stands(
    open_application: Callable[..., Any], library: Path, times: int
) -> None:
    rng = random.Random(12)
    lines, refrain = usual(rng, 0), sentence(rng, 150)
    for at in range(16):
        lines += [f"{at + 1}. {sentence(rng, 10)[:-1]}", refrain if at < times else sentence(rng, 150)]
    only(library, "讲话.txt", "\n".join(lines))
    application: Application = await open_application()
    await application.importer.run()
    assert (await shares(application))[1] <= PREVIEW_SHARE + BESIDE
    assert (await shares(application, (Audience.PREVIEW, Audience.MEMBER_GROUP)))[1] <= GROUP_SHARE


@pytest.mark.parametrize("share", ["0", "0.30"])
async def test_bodies_that_repeat_their_headings_count_twice(
    open_application: Callable[..., Any], library: Path, share: str
) -> None:
    rng = random.Random(13)
    lines = usual(rng, 0)
    for at in range(30):
        saying = sentence(rng, 36)
        lines += [f"（{'一二三四五六七八九十'[at % 10]}）{saying}", saying]
    only(library, "讲话.txt", "\n".join(lines))
    application: Application = await open_application(PREVIEW_SHARE=share)
    await application.importer.run()
    assert (await shares(application))[1] <= float(share) + BESIDE
    assert (await shares(application, (Audience.PREVIEW, Audience.MEMBER_GROUP)))[1] <= GROUP_SHARE
