"""Reads the texts and files of a leak, examines what fits into the limits, and puts the result into words.

An operator's 溯源 and the tracing of a resale report both come through here, so both read files within the
same limits and answer in the same words.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Protocol

from jianggao.membership.account_history import NO_HISTORIES, Histories, HistoriesOf
from jianggao.sources.files import RefusedFile, SourceText
from jianggao.text.normal_form import normal_form
from jianggao.tracing import examination_wording
from jianggao.tracing.examination import Examination, LeakedFile
from jianggao.tracing.examiner import Examiner

MAX_CHARACTERS = 1_000_000
"""Characters of all texts and files of one examination together: over a hundred speeches."""

READING_SECONDS = 60.0
"""No file is begun later than this after the first one of an examination: an operator waits for the answer,
and reading a file that was built to take long is stopped only after ten seconds."""


class FileReader(Protocol):
    """Reads files that anybody may have made, in a process that can be stopped."""

    async def read(self, content: bytes, name: str) -> SourceText | RefusedFile:
        """Returns the file's text, or why there is none."""


@dataclass(frozen=True, slots=True)
class InquiryResult:
    """An examination, and the answer that an operator reads."""

    examination: Examination
    answer: str


class LeakInquiry:
    """The examinations that one operator asks for at one moment. Each file is read once, however many of them
    it is part of: reading a file starts a process."""

    def __init__(
        self,
        examiner: Examiner,
        reader: FileReader,
        *,
        by: str,
        now: datetime,
        zone: tzinfo,
        monotonic: Callable[[], float],
        histories_of: HistoriesOf | None = None,
    ) -> None:
        """`histories_of` finds the names and transfers for the answer. Without it the answer has numbers
        alone: an answer that is stored for good must not keep names, which people may have deleted."""
        self._examiner = examiner
        self._reader = reader
        self._by = by
        self._now = now
        self._zone = zone
        self._monotonic = monotonic
        self._histories_of = histories_of
        self._read: dict[tuple[str, bytes], SourceText | RefusedFile] = {}

    async def examine(
        self,
        pasted: Sequence[str],
        files: Sequence[tuple[str, bytes]],
        *,
        report: int | None = None,
        reporters: Sequence[str] = (),
    ) -> InquiryResult:
        """Examines pasted texts and files (name and bytes) together and logs the examination.

        `report` and `reporters` are the number of the case and the accounts that sent the material, where it
        came with resale reports. A file that can't be read, or for which no time or room is left, is named in
        the answer with the reason; the others are examined. Raises KeyMissing if a retired key is needed and
        not there.
        """
        read = await self._texts_of(files)
        file_texts = ["" if isinstance(source, RefusedFile) else source.text for source in read]
        # In a thread: the normal form of a million rare characters takes seconds.
        fits = await asyncio.to_thread(_which_fit, [*pasted, *file_texts])
        pasted_fits, files_fit = fits[: len(pasted)], fits[len(pasted) :]
        examination = await self._examiner.examine(
            [text for text, fit in zip(pasted, pasted_fits, strict=True) if fit],
            [
                LeakedFile(content, text if fit else "")
                for (_, content), text, fit in zip(files, file_texts, files_fit, strict=True)
            ],
            by=self._by,
            report=report,
            reporters=reporters,
            now=self._now,
        )
        known = await self._known(examination)
        lines = [
            examination_wording.examination(examination, self._zone, known),
            *_unread_files(read, files_fit),
        ]
        if not all(pasted_fits):
            lines.append(examination_wording.SOME_TEXT_LEFT_OUT)
        return InquiryResult(examination, "\n".join(lines))

    async def _known(self, examination: Examination) -> Histories:
        if self._histories_of is None:
            return NO_HISTORIES
        return await self._histories_of([member.account for member in examination.named])

    async def _texts_of(self, files: Sequence[tuple[str, bytes]]) -> list[SourceText | RefusedFile]:
        """Returns the texts of the files, in order, or why there is none."""
        deadline = self._monotonic() + READING_SECONDS
        sources: list[SourceText | RefusedFile] = []
        for name, content in files:
            if (name, content) not in self._read:
                if self._monotonic() >= deadline:
                    # Not remembered: a later examination of the same inquiry has time of its own.
                    sources.append(RefusedFile(name, examination_wording.TOO_LATE))
                    continue
                self._read[name, content] = await self._reader.read(content, name)
            sources.append(self._read[name, content])
        return sources


def _unread_files(read: Sequence[SourceText | RefusedFile], fits: Sequence[bool]) -> list[str]:
    """Returns a line for each file that wasn't examined, with the reason."""
    return [
        examination_wording.unread(
            number,
            source.path,
            source.reason if isinstance(source, RefusedFile) else examination_wording.TOO_MUCH,
        )
        for number, (source, fit) in enumerate(zip(read, fits, strict=True), 1)
        if isinstance(source, RefusedFile) or not fit
    ]


def _which_fit(pieces: Sequence[str]) -> list[bool]:
    """Returns whether each piece is examined: in order, those that fit into what `MAX_CHARACTERS` leaves.

    A piece counts with its characters or with the letters of its normal form, whichever are more: the single
    character ﷺ becomes eighteen letters, so a short file of them would be a long examination.
    """
    left = MAX_CHARACTERS
    fits = []
    for piece in pieces:
        size = max(len(piece), len(normal_form(piece)))
        fits.append(size <= left)
        left -= size if size <= left else 0
    return fits
