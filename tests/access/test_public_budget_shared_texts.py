"""What is shown of a text under one name counts for all other names, versions and speeches that have its
words."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fixed_keys import begin_with_keys
from public_texts import (
    BESIDE,
    GROUP_SHARE,
    PREVIEW_SHARE,
    Learnt,
    letters_behind_front,
    only,
    public_texts,
    sentence,
    shares,
    usual,
)

from jianggao.application import Application
from jianggao.library.section_ids import Audience
from jianggao.text.normal_form import normal_form


async def test_six_names_of_one_text_show_no_more_than_one(
    open_application: Callable[..., Any], library: Path
) -> None:
    """Each time the file gets another name and one line is changed: a new number, the same words."""
    rng = random.Random(8)
    lines = usual(rng, 9)
    file = only(library, "讲话.txt", "\n".join(lines))
    application: Application = await open_application()
    await application.importer.run()
    first = await letters_behind_front(application, 1)
    learnt, in_groups = Learnt(first), Learnt(first)
    for turn in range(7):
        await learnt.learn_all(application)
        await in_groups.learn_all(application, (Audience.PREVIEW, Audience.MEMBER_GROUP))
        assert learnt.share <= PREVIEW_SHARE + BESIDE, f"after {turn} new names"
        assert in_groups.share <= GROUP_SHARE, f"after {turn} new names"
        file.unlink()
        lines[-1 - turn] = sentence(rng, 90)
        file = file.with_name(f"讲话{turn}.txt")
        file.write_text("\n".join(lines), "utf-8")
        report = await application.importer.run()
        assert report.added, "it has a number of its own"
    assert learnt.share > 0.2


async def test_two_files_that_differ_by_a_line_share_one_budget(
    open_application: Callable[..., Any], library: Path
) -> None:
    rng = random.Random(9)
    lines = usual(rng, 9)
    file = only(library, "讲话.txt", "\n".join(lines))
    (file.parent / "又一份.md").write_text("\n".join([*lines, sentence(rng, 60)]), "utf-8")
    application: Application = await open_application()
    await application.importer.run()
    learnt = Learnt(await letters_behind_front(application, 1))
    await learnt.learn_all(application)
    assert learnt.share <= PREVIEW_SHARE + BESIDE
    assert set(await shares(application)) == {1, 2}


async def test_half_of_a_text_in_another_speech_counts_for_both(
    open_application: Callable[..., Any], library: Path
) -> None:
    """The second speech has the half of the first that was not shown; what it shows of it counts for the
    first too."""
    rng = random.Random(10)
    lines = usual(rng, 10)
    file = only(library, "讲话.txt", "\n".join(lines))
    application: Application = await open_application()
    await application.importer.run()
    learnt = Learnt(await letters_behind_front(application, 1))
    for part in range(4):
        kept = lines[:3] + lines[3 + 6 * part : 15 + 6 * part] + usual(rng, 3)[3:]
        (file.parent / f"摘编{part}.txt").write_text("\n".join(kept), "utf-8")
        await application.importer.run()
    await learnt.learn_all(application)
    assert learnt.share <= PREVIEW_SHARE + BESIDE


async def test_what_was_locked_stays_locked_under_another_name(
    open_application: Callable[..., Any], library: Path
) -> None:
    """The second speech is made of what the first doesn't show: a share of that, too, would be shown of the
    first."""
    rng = random.Random(12)
    file = only(library, "讲话.txt", "\n".join(usual(rng, 9)))
    application: Application = await open_application()
    await application.importer.run()
    learnt = Learnt(await letters_behind_front(application, 1))
    async with application.database.read() as connection:
        rows = await connection.execute_fetchall(
            "SELECT body FROM sections WHERE listed = 1 AND audience > ? ORDER BY ordinal",
            (Audience.PREVIEW,),
        )
    lines = ["在另一次会议上的讲话", "日期：2025-06-18", "同志们："]
    for at, row in enumerate(rows):
        lines += [f"{'一二三四五六七八九十'[at % 10]}、{sentence(rng, 9)[:-1]}", row["body"].strip()]
    file.with_name("另一次.txt").write_text("\n".join(lines), "utf-8")
    await application.importer.run()
    assert set(await learnt.learn_all(application)) == {1, 2}
    assert learnt.share <= PREVIEW_SHARE + BESIDE


async def test_a_speech_with_some_of_another_s_words_still_shows_its_own(
    open_application: Callable[..., Any], library: Path
) -> None:
    """What the other one shows doesn't stand in it, and costs it nothing."""
    rng = random.Random(14)
    lines = usual(rng, 8)
    file = only(library, "讲话.txt", "\n".join(lines))
    application: Application = await open_application()
    await application.importer.run()
    async with application.database.read() as connection:
        rows = await connection.execute_fetchall(
            "SELECT body FROM sections WHERE listed = 1 AND audience > ? LIMIT 1", (Audience.MEMBER_GROUP,)
        )
    file.with_name("另一次.txt").write_text("\n".join([*usual(rng, 9), next(iter(rows))["body"]]), "utf-8")
    await application.importer.run()
    assert (await shares(application))[2] > 0.2


async def test_thirty_lectures_and_then_all_of_them_in_one_file(
    open_application: Callable[..., Any], library: Path
) -> None:
    rng = random.Random(5)
    whole = usual(rng, 0)
    only(library, "讲话.txt", "\n".join(whole))
    for at in range(30):
        lecture = [line.replace("同志们", "同学们") for line in usual(rng, 5)]
        (library / "水利" / f"第{at}讲.txt").write_text("\n".join(lecture), "utf-8")
        whole += lecture[3:]
    application: Application = await open_application()
    await application.importer.run()
    (library / "水利" / "合集.txt").write_text("\n".join(whole), "utf-8")
    await application.importer.run()
    numbers = list(await public_texts(application))
    together = await letters_behind_front(application, max(numbers))
    for audiences, most in (
        ((Audience.PREVIEW,), PREVIEW_SHARE + BESIDE),
        ((Audience.PREVIEW, Audience.MEMBER_GROUP), GROUP_SHARE),
    ):
        learnt = Learnt(together)
        await learnt.learn_all(application, audiences)
        assert learnt.share <= most


async def test_a_standard_paragraph_in_forty_speeches_costs_none_its_previews(
    open_application: Callable[..., Any], library: Path
) -> None:
    """Only sections with its words are shown no further."""
    rng = random.Random(21)
    standard = "".join(sentence(rng, 40) for _ in range(12))
    only(library, "讲话.txt", "\n".join(usual(rng, 10)))
    for at in range(40):
        lines = usual(rng, 10)
        (library / "水利" / f"第{at}次.txt").write_text(
            "\n".join([*lines[:5], standard, *lines[5:]]), "utf-8"
        )
    application: Application = await open_application()
    await application.importer.run()
    shown = await public_texts(application)
    bodies = {number: [text for text in texts if len(text) > 60] for number, texts in shown.items()}
    assert len(bodies) == 41 and all(bodies.values())
    assert max((await shares(application)).values()) <= PREVIEW_SHARE + BESIDE


@pytest.mark.parametrize("seed", range(3))
async def test_a_lecture_in_several_thick_collections_is_shown_no_further_by_the_later_ones(
    open_application: Callable[..., Any], library: Path, tmp_path: Path, seed: int
) -> None:
    """A fortieth of each is the same: too little to make them versions of one another, too much not to
    count."""
    rng = random.Random(seed)
    begin_with_keys(tmp_path / "data" / "bot.db", {"previews": bytes([seed + 1] * 32)})
    lecture = usual(rng, 4)[3:]
    only(library, "讲话.txt", "\n".join(usual(rng, 3)))
    application: Application = await open_application()
    shown: list[tuple[float, float]] = []
    for part in range(5):
        lines = [f"水利讲座第{part}集", "日期：2025-03-18", "同志们："]
        for number in range(26):
            lines += [f"第{number + 1}讲", *(lecture if number == 7 + part else usual(rng, 6)[3:])]
        (library / "水利" / f"讲座{part}.txt").write_text("\n".join(lines), "utf-8")
        await application.importer.run()
        shown.append(
            (
                await told_of(application, lecture, Audience.PREVIEW),
                await told_of(application, lecture, Audience.MEMBER_GROUP),
            )
        )
    section = max(map(len, lecture)) / sum(map(len, lecture))  # what may be left of the first one's budget
    assert shown[-1][0] <= shown[0][0] + section
    assert shown[-1][1] <= shown[0][1] + section


async def told_of(application: Application, lines: list[str], audience: int) -> float:
    """Which share of the lines everyone (or with Audience.MEMBER_GROUP, a member group) can have read
    anywhere."""
    learnt = Learnt(normal_form("".join(lines)))
    for texts in (await public_texts(application, audiences=tuple(range(audience + 1)))).values():
        learnt.learn(text for text in texts if len(normal_form(text)) >= 8)
    return learnt.share


@pytest.mark.parametrize("length", [20, 40, 60])
async def test_short_items_that_others_have_too_stay_within_the_budget_among_very_many_relatives(
    open_application: Callable[..., Any], library: Path, length: int
) -> None:
    """The first speech is no longer among those that are counted letter by letter when its parts come again:
    a long standard paragraph makes others nearer. Its items are shorter than a run of letters, or may lack a
    kept one."""
    rng = random.Random(77)
    parts = []
    for _ in range(6):
        items = [sentence(rng, length) for _ in range(480 // (length + 1))]
        numbered = [
            f"（{'一二三四五六七八九十'[at % 10]}）{sentence(rng, 6)[:-1]}" for at in range(len(items))
        ]
        parts.append([line for pair in zip(numbered, items, strict=True) for line in pair])
    only(library, "讲话.txt", "\n".join([*usual(rng, 0), *(line for part in parts for line in part)]))
    application: Application = await open_application()
    await application.importer.run()
    letters = await letters_behind_front(application, 1)
    learnt, in_groups = Learnt(letters), Learnt(letters)
    standard = [f"三、{sentence(rng, 8)[:-1]}", "".join(sentence(rng, 59) for _ in range(45))]
    for at in range(26):
        (library / "水利" / f"别的{at}.txt").write_text("\n".join([*usual(rng, 2), *standard]), "utf-8")
    await application.importer.run()
    for at, part in enumerate(parts):
        (library / "水利" / f"部分{at}.txt").write_text(
            "\n".join([*usual(rng, 0), *part, *standard]), "utf-8"
        )
        await application.importer.run()
    await learnt.learn_all(application)
    await in_groups.learn_all(application, (Audience.PREVIEW, Audience.MEMBER_GROUP))
    assert learnt.share <= PREVIEW_SHARE + BESIDE
    assert in_groups.share <= GROUP_SHARE
