"""A look at what leaked: files are read, what fits is examined, and the answer is put into words."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from jianggao.chat import Request
from jianggao.sources.files import RefusedFile, SourceText
from jianggao.text.normal_form import normal_form
from jianggao.tracing.investigation import Examination, LeakedFile

from . import texts

MOST_CHARACTERS = 1_000_000
"""Of all that is looked at together: over a hundred speeches."""

LONGEST_READING = 60.0
"""Seconds in which files are begun in one look: an operator waits for it, and a file made for that takes ten."""


class FileTexts:
    """The texts of leaked files, each read once in however many looks: reading one takes a process of its own."""

    def __init__(self, request: Request) -> None:
        self._house = request.application
        self._read: dict[tuple[str, bytes], SourceText | RefusedFile] = {}

    async def of(self, files: Sequence[tuple[str, bytes]]) -> list[SourceText | RefusedFile]:
        """The texts of files by name and content, or why there is none; of those that time is left for in this look."""
        until = self._house.monotonic() + LONGEST_READING
        found: list[SourceText | RefusedFile] = []
        for name, content in files:
            if (name, content) not in self._read:
                if self._house.monotonic() >= until:
                    found.append(RefusedFile(name, texts.TOO_LATE))
                    continue
                self._read[name, content] = await self._house.people_files.read(content, name)
            found.append(self._read[name, content])
        return found


async def examine_leak(
    request: Request,
    leaked: Sequence[str],
    files: Sequence[tuple[str, bytes]],
    report: int | None = None,
    reporters: Sequence[str] = (),
    *,
    file_texts: FileTexts | None = None,
) -> tuple[Examination, str]:
    """Examine what leaked (texts, and files by name) and log the look; gives what was found, and how it reads.

    `report` and `reporters` say on which case and whose reports this is done; several looks at the same files share
    `file_texts`. A file that can't be read, or is stopped while it is read, is named with the reason; the others are
    looked at.
    """
    application = request.application
    read = await (file_texts or FileTexts(request)).of(files)
    texts_of_files = ["" if isinstance(one, RefusedFile) else one.text for one in read]
    fits = await asyncio.to_thread(_fitting, [*leaked, *texts_of_files])
    fits_of_files = fits[len(leaked) :]
    found = await application.examiner.examine(
        [text for text, fit in zip(leaked, fits, strict=False) if fit],
        [
            LeakedFile(content, text if fit else "")
            for (_, content), text, fit in zip(files, texts_of_files, fits_of_files, strict=True)
        ],
        by=request.account,
        report=report,
        reporters=reporters,
        now=request.now,
    )
    unread = [
        texts.unread(number, one.path, one.reason if isinstance(one, RefusedFile) else texts.TOO_MUCH)
        for number, (one, fit) in enumerate(zip(read, fits_of_files, strict=True), 1)
        if isinstance(one, RefusedFile) or not fit
    ]
    if not all(fits[: len(leaked)]):
        unread.append(texts.SOME_TEXT_LEFT_OUT)
    return found, "\n".join([texts.examination(found, application.settings.timezone), *unread])


def _fitting(pieces: Sequence[str]) -> list[bool]:
    """Which of the pieces are looked at: those that fit, in order, into what may be looked at. Letters count where they
    are more: a single character can stand for eighteen of them."""
    left = MOST_CHARACTERS
    fitting = []
    for piece in pieces:
        size = max(len(piece), len(normal_form(piece)))
        fitting.append(size <= left)
        left -= size if size <= left else 0
    return fitting
