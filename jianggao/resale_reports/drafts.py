"""The evidence of unfinished reports: files in a folder beside the database, until they are filed or the dialogue ends.

What strangers send must fill neither the memory nor the disk. All drafts and all filed evidence together stay below
EVIDENCE_MB, and of one person no more than `MOST_OF_A_PERSON`. Filed evidence lies in the database itself, so that a kill
or a backup never parts it from its report; what lies here is nobody's any more after a restart, and is deleted then.
"""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import os
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from jianggao.errors import NotAllowed
from jianggao.resale_reports.model import DraftFile

MEGABYTE = 1024 * 1024
MOST_OF_A_PERSON = 60 * MEGABYTE
"""Of drafts and filed evidence, but that of cases that were upheld."""
FOR_TEXTS = 0.05
_DRAFT = re.compile(r"[0-9]{8,}")
FULL = "存放举报材料的地方满了，这条没有收下。请改用文字说明，或过些时候再发。"
FULL_FOR_TEXTS = "存放举报材料的地方满了，这条没有收下。请过些时候再发。"


class EvidenceFull(NotAllowed):
    """All evidence together would be more than EVIDENCE_MB."""


@dataclass(slots=True)
class Usage:
    """Bytes that are taken: by drafts, by person, and by all evidence that was ever filed."""

    filed: int
    drafts: Counter[str]

    @property
    def total(self) -> int:
        """Of both."""
        return self.filed + self.drafts.total()


class DraftFolder:
    """The folder of one running bot, which holds the database's lock."""

    def __init__(self, folder: Path, most: int, filed: int) -> None:
        self.folder = folder
        self._most = most
        self._usage = Usage(filed, Counter())
        self._names = itertools.count(1)

    @classmethod
    def open(cls, database_file: Path, *, most: int, filed: int) -> DraftFolder:
        """Make the folder beside the database, for its owner alone, and delete what a killed bot left in it. `most` bytes
        may be taken in all, `filed` of them are taken already."""
        folder = database_file.with_name(database_file.stem + ".drafts")
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        drafts = cls(folder, most, filed)
        drafts.clear()
        return drafts

    def clear(self) -> None:
        """Delete every draft: the bot starts, or has stopped. What a disk station or somebody has put there stays."""
        for file in self.folder.iterdir():
            if _DRAFT.fullmatch(file.name) and not file.is_dir():
                file.unlink(missing_ok=True)
        self._usage.drafts.clear()

    def begin(self, person: str, waiting: int) -> DraftFiles:
        """Where a new report's evidence goes; `waiting` bytes of the person's evidence are filed and not upheld."""
        return DraftFiles(self, person, waiting)

    @property
    def taken(self) -> int:
        """Bytes of drafts and filed evidence."""
        return self._usage.total

    def reserve(self, person: str, waiting: int, size: int, *, text: bool = False) -> None:
        """Count `size` bytes more of the person; texts may go beyond the limit by `FOR_TEXTS` of it, so that who only
        writes is still heard. Raises EvidenceFull, and NotAllowed for too much of one person."""
        if self._usage.drafts[person] + waiting + size > MOST_OF_A_PERSON:
            raise NotAllowed(
                f"你还在核实和没有成立的材料一共最多 {MOST_OF_A_PERSON // MEGABYTE} MB，这条没有收下。请只发最要紧的。"
            )
        most = self._most * (1 + FOR_TEXTS) if text else self._most
        if self._usage.total + size > most:
            raise EvidenceFull(FULL_FOR_TEXTS if text else FULL)
        self._usage.drafts[person] += size

    def release(self, person: str, size: int, *, filed: bool) -> None:
        """Count `size` bytes of the person's drafts no longer; `filed`: they lie in the database now."""
        self._usage.drafts[person] -= size
        self._usage.filed += size if filed else 0
        if not self._usage.drafts[person]:
            del self._usage.drafts[person]

    def next_file(self) -> Path:
        """A path of our own making: no name that a peer gave ever becomes one."""
        return self.folder / f"{next(self._names):08}"


class DraftFiles:
    """The evidence of one unfinished report. `end` it, however the report ends."""

    def __init__(self, folder: DraftFolder, person: str, waiting: int) -> None:
        self._folder = folder
        self._person = person
        self._waiting = waiting
        self._files: dict[Path, int] = {}
        self._held = 0
        self.ended = False

    async def put(self, content: bytes) -> DraftFile:
        """Write a picture or file to the disk. Raises EvidenceFull and NotAllowed."""
        self._folder.reserve(self._person, self._waiting, len(content))
        path = self._folder.next_file()
        self._files[path] = len(content)
        try:
            digest = await asyncio.to_thread(_write, path, content)
        except BaseException:
            self._forget(path)
            raise
        if self.ended:  # meanwhile, or before a file that was still coming in
            self._forget(path)
        return DraftFile(path, len(content), digest)

    def hold(self, size: int) -> None:
        """Count `size` bytes of text, which stay in memory. Raises EvidenceFull and NotAllowed."""
        if self.ended or not size:
            return
        self._folder.reserve(self._person, self._waiting, size, text=True)
        self._held += size

    def drop(self, files: list[DraftFile]) -> None:
        """Delete files that were not taken."""
        for file in files:
            self._forget(file.path)

    def end(self, *, filed: bool = False) -> None:
        """Delete everything; `filed`: it lies in the database now. A second time does nothing."""
        if self.ended:
            return
        self.ended = True
        for path in self._files:
            path.unlink(missing_ok=True)
        self._folder.release(self._person, sum(self._files.values()) + self._held, filed=filed)
        self._files.clear()

    def _forget(self, path: Path) -> None:
        size = self._files.pop(path, None)
        path.unlink(missing_ok=True)
        if size is not None:
            self._folder.release(self._person, size, filed=False)


def _write(path: Path, content: bytes) -> str:
    """Write a new file that its owner alone may read; gives its SHA-256."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    return hashlib.sha256(content).hexdigest()
