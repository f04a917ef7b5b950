"""The copy of a speech that one person gets. Full texts and private sections take their text from here alone: it is
marked, and always the same for the same person and version (docs/tracing.md)."""

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
from jianggao.tracing.layout import layout_bits
from jianggao.tracing.plan import Strength, build_plan, faithful
from jianggao.tracing.watermark import MarkFailed, mark_with_map, marks_of

__all__ = ["NOTICE", "Copies", "Copy", "body_spans", "protected_spans"]
_KEPT = 64

logger = logging.getLogger(__name__)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Copy:
    """A person's copy: the text without the notice, and each section's part of it by ordinal. `plan` and `mark_key` say
    how it was marked, `text_sha256` knows it again. `reader` is the account, or a member group on one day."""

    reader: str
    speech: speech_store.SpeechRow
    text: str
    sections: dict[int, str]
    plan: int
    mark_key: str
    layout: tuple[int, ...]
    """What the layout of its .docx carries besides."""
    carriers: int
    """How many bits its text carries."""

    @property
    def marked_for(self) -> str | None:
        """For whom it was marked, where that is no account."""
        return self.reader if GroupDay.of(self.reader) else None

    @property
    def with_notice(self) -> str:
        """The text as it leaves, the notice at its head and its end."""
        return f"{NOTICE}\n\n{self.text.strip()}\n\n{NOTICE}\n"

    @property
    def file_name(self) -> str:
        """The title as a file name without suffix."""
        return file_name(self.speech.title)

    @property
    def text_sha256(self) -> str:
        """The digest of its lines, whatever form it leaves in."""
        return line_digest(self.text)

    def as_text(self) -> bytes:
        """A .txt for any editor: UTF-8 with BOM, CRLF."""
        return self.with_notice.replace("\n", "\r\n").encode("utf-8-sig")

    def as_document(self) -> bytes:
        """A .docx set as an official document. Takes some 20 ms: call it in a thread."""
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
        """The copy of `version` that `person` gets. Raises MarkFailed (then nothing may be sent), ValueError for a
        version that doesn't exist."""
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
        assert stored is not None
        return stored

    def _marked(
        self,
        person: str,
        speech: speech_store.SpeechRow,
        sections: Sequence[speech_store.SectionRow],
        text: str,
        stored: tracing_store.StoredPlan,
    ) -> Copy:
        chosen = marks_of(self.keys.marks, person, speech.version, stored.plan)
        usable = len(chosen)
        try:
            marked = mark_with_map(text, stored.plan, chosen)
        except MarkFailed:
            # A plan that an earlier release made, which knew less about typing errors: its other places still mark.
            kept = set(faithful(text, stored.plan.carriers))
            usable = len(kept)
            logger.warning("version %d is marked in %d of %d places", speech.version, usable, len(chosen))
            marked = mark_with_map(
                text,
                stored.plan,
                [bit if one in kept else 0 for one, bit in zip(stored.plan.carriers, chosen, strict=True)],
            )
        parts = {
            part.ordinal: marked.span(*span)
            for part, span in zip(sections, body_spans(speech, sections), strict=True)
        }
        layout = layout_bits(self.keys.marks, person, speech.version)
        return Copy(person, speech, marked.text, parts, stored.id, self.keys.marks_id, layout, usable)


def body_spans(speech: speech_store.SpeechRow, sections: Iterable[speech_store.SectionRow]) -> list[Span]:
    """Where the bodies of the sections stand in the whole text."""
    spans = []
    at = len(speech.front)
    for part in sections:
        start = at + len(part.lead)
        at = start + len(part.body)
        spans.append((start, at))
    return spans


def protected_spans(
    speech: speech_store.SpeechRow, sections: Sequence[speech_store.SectionRow]
) -> list[Span]:
    """What no mark may touch: the front, and every heading, also one that stands in a joined section."""
    spans = [(0, len(speech.front))]
    for part, (start, stop) in zip(sections, body_spans(speech, sections), strict=True):
        spans.append((start - len(part.lead), start))
        for heading in speech.headings:
            at = part.body.find(heading.mark + heading.text) if heading.mark + heading.text else -1
            if heading.section == part.ordinal and at >= 0:
                spans.append((start + at, min(stop, start + at + len(heading.mark + heading.text))))
    whole = len(speech.front) + sum(len(part.lead) + len(part.body) for part in sections)
    return [span for span in [*spans, (whole, whole + len(speech.tail))] if span[0] < span[1]]
