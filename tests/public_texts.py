"""Speeches made for measuring public text, and how much of a text somebody can learn from what is shown."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from pathlib import Path

from project_root import ROOT

from jianggao.application import Application
from jianggao.library import speech_store
from jianggao.library.section_ids import Audience
from jianggao.text.normal_form import normal_form

SAMPLES = ROOT / "data" / "speeches"
PREVIEW_SHARE, BESIDE, GROUP_SHARE = 0.30, 0.06, 0.5
WORDS = (
    "渠水绕过石榴湾后分成三股一股进田一股进塘还有一股留给下游的磨坊守闸的老人每天记两回水位风雨不误村里的账本挂在祠堂门口谁家出了"
    "几个工一眼能看见年轻人回来办合作社先把路灯修好再谈收成学堂的钟声比从前响得早药铺旁边添了晒场"
)


def sentence(rng: random.Random, length: int) -> str:
    return "".join(rng.choice(WORDS) for _ in range(length)) + "。"


def list_shaped(rng: random.Random, items: int, length: int) -> str:
    """A speech that is nearly all headings: each item a paragraph of one sentence."""
    lines = ["在水利工作会议上的讲话", "日期：2025-03-18", "同志们：", "下面我讲几条具体意见。"]
    lines += [f"{at + 1}.{sentence(rng, length)}" for at in range(items)]
    return "\n".join([*lines, "我就讲这些，谢谢大家。"]) + "\n"


def usual(rng: random.Random, paragraphs: int) -> list[str]:
    lines = ["在水利工作会议上的讲话", "日期：2025-03-18", "同志们："]
    for at in range(paragraphs):
        lines.append(f"{'一二三四五六七八九十'[at]}、{sentence(rng, 12)[:-1]}")
        lines += [sentence(rng, rng.randint(80, 200)) for _ in range(2)]
    return lines


class Learnt:
    """The letters of one text that somebody has learnt."""

    def __init__(self, letters: str) -> None:
        self.letters = letters
        self._mask = bytearray(len(letters))

    def learn(self, texts: Iterable[str]) -> None:
        """All places of whole texts: a preview, a heading's public part, a keyword."""
        for text in map(normal_form, texts):
            at = self.letters.find(text) if text else -1
            while at >= 0:
                self._mask[at : at + len(text)] = b"\1" * len(text)
                at = self.letters.find(text, at + 1)

    async def learn_all(
        self, application: Application, audiences: tuple[int, ...] = (Audience.PREVIEW,)
    ) -> dict[int, list[str]]:
        """All that is public now, of whatever speech (and what member groups see, if asked for); gives it by
        number."""
        everything = await public_texts(application, audiences=audiences)
        for texts in everything.values():
            self.learn(texts)
        return everything

    @property
    def share(self) -> float:
        return sum(self._mask) / max(1, len(self._mask))


async def public_texts(
    application: Application, *, audiences: tuple[int, ...] = (Audience.PREVIEW,)
) -> dict[int, list[str]]:
    """By number, all that is public now (and what member groups see, if asked for): whole pieces of text."""
    found: dict[int, list[str]] = {}
    async with application.database.read() as connection:
        for row in await connection.execute_fetchall(
            "SELECT speech, public_label, body, audience FROM sections WHERE listed = 1"
        ):
            pieces = found.setdefault(row["speech"], [])
            pieces += row["public_label"].split("\n")
            if row["audience"] in audiences:
                pieces.append(row["body"])
        for row in await connection.execute_fetchall(
            """SELECT s.number, s.keywords, v.headings FROM speeches s JOIN versions v ON v.id = s.version
               WHERE s.withdrawn_at IS NULL"""
        ):
            headings = [heading["public"].rstrip("…") for heading in json.loads(row["headings"])]
            found.setdefault(row["number"], []).extend([*json.loads(row["keywords"]), *headings])
    return found


async def letters_behind_front(application: Application, number: int) -> str:
    async with application.database.read() as connection:
        speech = await speech_store.speech(connection, number)
        assert speech is not None
        whole = await speech_store.version_text(connection, speech.version)
    return normal_form(whole[len(speech.front) :])


def only(library: Path, name: str, text: str) -> Path:
    for path in library.rglob("*.txt"):
        path.unlink()
    file = library / "水利" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")
    return file


async def shares(
    application: Application, audiences: tuple[int, ...] = (Audience.PREVIEW,)
) -> dict[int, float]:
    found = {}
    for number, texts in (await public_texts(application, audiences=audiences)).items():
        learnt = Learnt(await letters_behind_front(application, number))
        learnt.learn(texts)
        found[number] = learnt.share
    return found
