"""A database of an earlier release, whose public text was chosen by wider rules, is narrowed to the budget
once."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from public_texts import (
    BESIDE,
    GROUP_SHARE,
    PREVIEW_SHARE,
    list_shaped,
    only,
    public_texts,
    shares,
    usual,
)

from jianggao.application import Application
from jianggao.library import listing, speech_store
from jianggao.library.section_ids import Audience


async def widen(application: Application) -> None:
    """As an earlier release stored it: headings to 40 characters, every second section shown, all words
    keywords."""
    async with application.database.write() as connection:
        for number in await listing.listed_numbers(connection):
            speech = await speech_store.speech(connection, number)
            assert speech is not None
            headings = [
                {
                    **json.loads(
                        json.dumps({"level": heading.level, "mark": heading.mark, "text": heading.text})
                    ),
                    "public": (heading.mark + heading.text)[:39] + "…"
                    if len(heading.mark + heading.text) > 40
                    else heading.mark + heading.text,
                    "section": heading.section,
                }
                for heading in speech.headings
            ]
            wide = {old.public: new["public"] for old, new in zip(speech.headings, headings, strict=True)}
            rows = await speech_store.sections_of_version(connection, speech.version)
            await connection.executemany(
                "UPDATE sections SET public_label = ?, audience = ? WHERE id = ?",
                [
                    (
                        "\n".join(wide.get(line, line) for line in row.public_label.split("\n")),
                        row.ordinal % 2 * 2,
                        row.id,
                    )
                    for row in rows
                ],
            )
            await connection.execute(
                "UPDATE versions SET headings = ? WHERE id = ?", (json.dumps(headings), speech.version)
            )
            await connection.execute(
                "UPDATE speeches SET keywords = ? WHERE number = ?",
                (json.dumps(["水位", "磨坊", "村里", "账本", "合作社", "路灯", "学堂", "药铺"]), number),
            )
        await connection.execute("DELETE FROM facts WHERE name = 'public text version'")
        await connection.execute("DELETE FROM text_runs")


async def test_an_earlier_database_is_narrowed_and_nothing_becomes_more_public(
    open_application: Callable[..., Any], library: Path
) -> None:
    rng = random.Random(3)
    file = only(library, "讲话.txt", "\n".join(usual(rng, 9)))
    file.with_name("清单.txt").write_text(list_shaped(rng, 30, 50), "utf-8")
    application: Application = await open_application()
    await application.importer.run()
    await widen(application)
    before = await public_texts(application)
    assert max((await shares(application)).values()) > PREVIEW_SHARE + BESIDE
    await application.importer.run()
    assert max((await shares(application)).values()) <= PREVIEW_SHARE + BESIDE
    assert max((await shares(application, (Audience.PREVIEW, Audience.MEMBER_GROUP))).values()) <= GROUP_SHARE
    after = await public_texts(application)
    for number, texts in after.items():
        known = "\n".join(before[number])
        assert all(text.rstrip("…") in known for text in texts)
    assert min((await shares(application)).values()) > 0.03, "something is still shown"


async def test_narrowed_once_it_stays_and_a_new_version_adds_nothing(
    open_application: Callable[..., Any], library: Path
) -> None:
    rng = random.Random(4)
    lines = usual(rng, 9)
    file = only(library, "讲话.txt", "\n".join(lines))
    application: Application = await open_application()
    await application.importer.run()
    await widen(application)
    await application.importer.run()
    narrowed = await public_texts(application)
    await application.importer.run()
    assert await public_texts(application) == narrowed
    lines[-1] = "改过的最后一段，" + lines[-1]
    file.write_text("\n".join(lines), "utf-8")
    await application.importer.run()
    assert (await shares(application))[1] <= PREVIEW_SHARE + BESIDE


async def test_the_index_answers_by_the_narrowed_text(
    open_application: Callable[..., Any], library: Path
) -> None:
    rng = random.Random(5)
    only(library, "讲话.txt", "\n".join(usual(rng, 9)))
    application: Application = await open_application()
    await application.importer.run()
    await widen(application)
    was_public = {text for text in (await public_texts(application))[1] if len(text) > 40}
    await application.importer.run()
    is_public = "\n".join((await public_texts(application))[1])
    gone = [text for text in was_public if text not in is_public]
    assert gone
    visitor = application.local_reader(reads_all=False)
    for text in gone:
        assert (await visitor.search_unrecorded(f"“{text[30:42]}”", 5)).total == 0
