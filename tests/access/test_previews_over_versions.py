"""What all visitors together ever saw of a speech stays within its share, whatever happens to file, key or
share."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jianggao.application import Application
from jianggao.library.section_ids import Audience
from jianggao.text.normal_form import normal_form

SHARE = 0.30
VERSIONS = 10
WORDS = "渠水绕过石榴湾后分成三股一股进田一股进塘还有一股留给下游的磨坊守闸的老人每天记两回水位风雨不误"


def speech(rng: random.Random, paragraphs: int) -> str:
    """A speech whose every paragraph is another one each time."""
    lines = ["在水利工作会议上的讲话", "日期：2025-03-18", "同志们："]
    for at in range(paragraphs):
        lines.append(f"{'一二三四五六七八九十'[at]}、第{at}件事")
        lines += ["".join(rng.choice(WORDS) for _ in range(rng.randint(80, 200))) + "。" for _ in range(2)]
    return "\n".join(lines) + "\n"


async def previews(application: Application) -> tuple[set[str], int]:
    """The texts that visitors see now, in normal form, and the characters of the whole speech."""
    async with application.database.read() as connection:
        rows = list(
            await connection.execute_fetchall(
                "SELECT body, audience FROM sections WHERE speech = 1 AND listed = 1"
            )
        )
    texts = [(normal_form(row["body"]), row["audience"]) for row in rows]
    return {text for text, audience in texts if audience == Audience.PREVIEW}, sum(
        len(text) for text, _ in texts
    )


@pytest.mark.parametrize("seed", range(5))
async def test_ten_versions_show_no_more_than_one(
    open_application: Callable[..., Any], library: Path, seed: int
) -> None:
    rng = random.Random(seed)
    for path in library.rglob("*.txt"):
        path.unlink()
    file = library / "水利" / "讲话.txt"
    application: Application = await open_application()
    ever: set[str] = set()
    longest = 0
    for version in range(VERSIONS):
        if rng.random() < 0.3:  # goes away, and comes back as something else
            file.unlink(missing_ok=True)
            await application.importer.run()
        file.write_text(speech(rng, rng.randint(5, 9)), "utf-8")
        await application.importer.run()
        shown, characters = await previews(application)
        longest = max(longest, characters)
        ever |= shown
        if version == 0:
            assert shown
        assert sum(map(len, ever)) <= SHARE * longest, f"version {version}"


async def test_a_larger_share_later_counts_what_was_shown_before(
    open_application: Callable[..., Any], library: Path, tmp_path: Path
) -> None:
    rng = random.Random(1)
    for path in library.rglob("*.txt"):
        path.unlink()
    file = library / "水利" / "讲话.txt"
    file.write_text(speech(rng, 9), "utf-8")
    application: Application = await open_application(PREVIEW_SHARE="0.15")
    await application.importer.run()
    ever, longest = await previews(application)
    await application.close()
    for _ in range(4):
        application = await open_application(PREVIEW_SHARE="0.30")
        file.write_text(speech(rng, 9), "utf-8")
        await application.importer.run()
        shown, characters = await previews(application)
        ever |= shown
        longest = max(longest, characters)
        assert sum(map(len, ever)) <= SHARE * longest
        await application.close()


async def test_what_was_shown_stays_shown_while_it_stands(
    open_application: Callable[..., Any], library: Path
) -> None:
    rng = random.Random(3)
    for path in library.rglob("*.txt"):
        path.unlink()
    file = library / "水利" / "讲话.txt"
    text = speech(rng, 9)
    file.write_text(text, "utf-8")
    application: Application = await open_application()
    await application.importer.run()
    before, _ = await previews(application)
    for at in range(3):
        text += f"十、补充第{at}点\n" + "".join(rng.choice(WORDS) for _ in range(300)) + "。\n"
        file.write_text(text, "utf-8")
        await application.importer.run()
        now, _ = await previews(application)
        assert before <= now
        before = now
