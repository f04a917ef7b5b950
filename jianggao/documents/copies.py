"""Makes the marked copy of a speech that one person gets (docs/tracing.md).

Full texts and private sections take their text from here alone. A copy is always the same for the same person
and version: two requests can't be compared to find the marks.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jianggao.clock import Clock
from jianggao.database import Database, Keys
from jianggao.documents.blocks import blocks
from jianggao.documents.names import file_name
from jianggao.documents.official import official_document
from jianggao.library import speech_store
from jianggao.tracing import store as tracing_store
from jianggao.tracing.digest import NOTICE, line_digest
from jianggao.tracing.group_days import GroupDay
from jianggao.tracing.layout_watermark import layout_bits
from jianggao.tracing.mark_plan import Strength, build_plan, faithful
from jianggao.tracing.watermark import MarkFailed, mark_with_map, marks_of

__all__ = ["NOTICE", "Copies", "Copy", "body_spans", "protected_spans"]
_KEPT = 64
"""Copies that are kept in memory: who reads section by section needs the same one again and again."""

logger = logging.getLogger(__name__)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Copy:
    """A person's copy of a speech."""

    reader: str
    """For whom it is marked: an account, or a `GroupDay`, which is a member group on one day."""
    speech: speech_store.SpeechRow
    text: str
    """The whole text, without the notice."""
    sections: dict[int, str]
    """Each section's part of the text, by ordinal."""
    plan: int
    """The id of the plan that says which places are marked."""
    mark_key: str
    """The id of the key that decides the marks."""
    layout: tuple[int, ...]
    """The bits that the layout of its .docx carries besides."""
    carriers: int
    """How many bits its text carries."""

    @property
    def marked_for(self) -> str | None:
        """The `reader`, where that is no account."""
        return self.reader if GroupDay.of(self.reader) else None

    @property
    def with_notice(self) -> str:
        """The text as it leaves, with the notice at its head and its end."""
        return f"{NOTICE}\n\n{self.text.strip()}\n\n{NOTICE}\n"

    @property
    def file_name(self) -> str:
        """The title as a file name without suffix."""
        return file_name(self.speech.title)

    @property
    def text_sha256(self) -> str:
        """The digest of its lines, by which it is known again in whatever form it leaves."""
        return line_digest(self.text)

    def as_text(self) -> bytes:
        """Returns a .txt for any editor: UTF-8 with BOM, lines ended by CRLF."""
        return self.with_notice.replace("\n", "\r\n").encode("utf-8-sig")

    def as_document(self) -> bytes:
        """Returns a .docx set as an official document. Takes some 20 ms: call it in a thread."""
        speech = self.speech
        parts = blocks(
            self.text, speech.title, speech.headings, occasion=speech.occasion, salutation=speech.salutation
        )
        return official_document(parts, title=speech.title, notice=NOTICE, layout=self.layout)


@dataclass(slots=True)
class Copies:
    """Makes people's copies with the marks key in force, by plans that are stored before a copy leaves."""

    database: Database
    keys: Keys
    strength: Strength
    clock: Clock
    _made: OrderedDict[tuple[str, int, str], Copy] = field(default_factory=OrderedDict)

    async def of(self, person: str, version: int) -> Copy:
        """Returns the copy of `version` for `person` (see `Copy.reader`).

        Raises MarkFailed if no copy can be made that says the same as the text: then nothing may be sent.
        Raises ValueError if there is no such version, CannotWrite if its plan can't be stored.
        """
        key = (person, version, self.keys.marks_id)
        made = self._made.get(key)
        if made is None:
            made = await self._make(person, version)
            self._made[key] = made
            while len(self._made) > _KEPT:
                self._made.popitem(last=False)
        self._made.move_to_end(key)
        return made

    async def _make(self, person: str, version: int) -> Copy:
        async with self.database.read() as connection:
            speech = await speech_store.speech_of_version(connection, version)
            sections = await speech_store.sections_of_version(connection, version)
            stored = await tracing_store.plan_of(connection, version, self.strength)
        text = "".join([speech.front, *(part.lead + part.body for part in sections), speech.tail])
        if stored is None:
            stored = await self._plan(speech, sections, text)
        return await asyncio.to_thread(self._marked, person, speech, sections, text, stored)

    async def _plan(
        self, speech: speech_store.SpeechRow, sections: Sequence[speech_store.SectionRow], text: str
    ) -> tracing_store.StoredPlan:
        plan = await asyncio.to_thread(
            build_plan, text, self.strength, protected=protected_spans(speech, sections)
        )
        async with self.database.write() as connection:
            await tracing_store.keep_plan(connection, speech.version, plan, self.clock())
            stored = await tracing_store.plan_of(connection, speech.version, self.strength)
        assert stored is not None  # it may be another one than `plan`: the first that was stored stays
        return stored

    def _marked(
        self,
        person: str,
        speech: speech_store.SpeechRow,
        sections: Sequence[speech_store.SectionRow],
        text: str,
        stored: tracing_store.StoredPlan,
    ) -> Copy:
        """Returns the copy with the marks of `person`. Raises MarkFailed if its words wouldn't be those of
        the text."""
        chosen = marks_of(self.keys.marks, person, speech.version, stored.plan)
        usable = len(chosen)
        try:
            marked = mark_with_map(text, stored.plan, chosen)
        except MarkFailed:
            # A plan that an earlier release made, which knew less about typing errors: its other places still
            # mark.
            kept = set(faithful(text, stored.plan.carriers))
            usable = len(kept)
            logger.warning("version %d is marked in %d of %d places", speech.version, usable, len(chosen))
            marked = mark_with_map(
                text,
                stored.plan,
                [
                    bit if carrier in kept else 0
                    for carrier, bit in zip(stored.plan.carriers, chosen, strict=True)
                ],
            )
        parts = {
            part.ordinal: marked.span(*span)
            for part, span in zip(sections, body_spans(speech, sections), strict=True)
        }
        layout = layout_bits(self.keys.marks, person, speech.version)
        return Copy(person, speech, marked.text, parts, stored.id, self.keys.marks_id, layout, usable)


def body_spans(speech: speech_store.SpeechRow, sections: Iterable[speech_store.SectionRow]) -> list[Span]:
    """Returns where the bodies of the sections stand in the whole text, as (start, stop)."""
    spans = []
    at = len(speech.front)
    for part in sections:
        start = at + len(part.lead)
        at = start + len(part.body)
        spans.append((start, at))
    return spans


def _place_of(heading: speech_store.OutlineHeading, body: str) -> tuple[int, int]:
    """Returns where a heading stands in a body, and how long it is there; the length is 0 if it doesn't.

    Its mark and text can have a blank or a line end between them: 一 看清路.
    """
    for between in ("", " ", "\n"):
        written = heading.mark + between + heading.text
        if heading.text and (at := body.find(written)) >= 0:
            return at, len(written)
    return 0, 0


def protected_spans(
    speech: speech_store.SpeechRow, sections: Sequence[speech_store.SectionRow]
) -> list[Span]:
    """Returns what no mark may touch, as (start, stop): the front, the tail and every heading.

    Headings are public text, the same for everybody. One may stand within a body: short sections are joined
    to one.
    """
    spans = [(0, len(speech.front))]
    for part, (start, stop) in zip(sections, body_spans(speech, sections), strict=True):
        spans.append((start - len(part.lead), start))
        for heading in speech.headings:
            if heading.section == part.ordinal:
                at, length = _place_of(heading, part.body)
                if length:
                    spans.append((start + at, min(stop, start + at + length)))
    whole = len(speech.front) + sum(len(part.lead) + len(part.body) for part in sections)
    return [span for span in [*spans, (whole, whole + len(speech.tail))] if span[0] < span[1]]
