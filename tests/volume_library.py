"""Volumes of made-up speeches in a library, and which of them are listed."""

from __future__ import annotations

import os
import random
from pathlib import Path

from public_texts import sentence

from jianggao.application import Application
from jianggao.library import speech_store

NAMES = ("防汛", "抗旱", "护林", "修桥")


def body(name: str, seed: int, paragraphs: int = 8) -> list[str]:
    rng = random.Random(f"{name} {seed}")
    return [f"一、先说{name}", *(sentence(rng, 90) for _ in range(paragraphs))]


def speech(name: str, seed: int = 1, *, changed: str = "", paragraphs: int = 8) -> str:
    lines = [f"在{name}会上的讲话", "同志们：", *body(name, seed, paragraphs)]
    if changed:
        lines[-1] = changed
    return "\n".join([*lines, "我就讲这些，谢谢大家。"])


def write(file: Path, *speeches: str) -> None:
    file.parent.mkdir(exist_ok=True)
    before = file.stat().st_mtime_ns if file.exists() else 0
    file.write_text("\n\n".join(speeches) + "\n", "utf-8")
    state = file.stat()
    os.utime(file, ns=(state.st_atime_ns, max(state.st_mtime_ns, before) + 1_000_000_000))


async def numbers(application: Application) -> dict[str, int]:
    """The listed speeches' numbers by what stands between 在 and 会上 in their titles."""
    async with application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT number FROM speeches")
        speeches = await speech_store.speeches(connection, [row[0] for row in rows])
    listed = [speech for speech in speeches.values() if speech.listed]
    return {speech.title.removeprefix("在").split("会上")[0]: speech.number for speech in listed}
