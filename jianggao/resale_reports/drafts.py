"""Keeps the evidence of unfinished reports as files in a folder beside the database, until they are filed or
the conversation ends.

What strangers send must fill neither the memory nor the disk. All drafts and all filed evidence together stay
below EVIDENCE_MB, and of one person no more than `MAX_OF_A_PERSON`. Filed evidence lies in the database
itself, so that a kill or a backup never parts it from its report. Beside the files of a draft lies a note of
what they are, so that a draft outlives a restart; what no note names is deleted then. A note that can't be
read is set aside with the files that may be its own: for the operator, under names that end in `.unread`.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jianggao.errors import NotAllowed
from jianggao.resale_reports import draft_disk
from jianggao.resale_reports.draft_notes import DRAFT, LeftDraft, read_note
from jianggao.resale_reports.model import DraftFile

MEGABYTE = 1024 * 1024
MAX_OF_A_PERSON = 60 * MEGABYTE
"""Bytes of one person's drafts and filed evidence, without that of cases that were upheld."""
FOR_TEXTS = 0.05
"""Share of the limit by which texts may go beyond it."""
_NOTE = re.compile(r"[0-9]{8,}\.json")
_BEGUN_NOTE = re.compile(r"[0-9]{8,}\.json\.new")
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
        """Bytes of both together."""
        return self.filed + self.drafts.total()


class DraftFolder:
    """The folder of one running bot, which holds the database's lock."""

    def __init__(self, folder: Path, limit: int, filed: int) -> None:
        self.folder = folder
        self.notes = folder.with_name(folder.name + ".notes")
        """The folder of the notes, which say what the files are, and whose."""
        self._limit = limit
        self._usage = Usage(filed, Counter())
        self._names = itertools.count(1)
        self._note_names = itertools.count(1)
        self.left: list[LeftDraft] = []
        """Drafts of before the start, until they are reopened."""

    @classmethod
    def open(cls, database_file: Path, *, limit: int, filed: int, suffix: str = ".drafts") -> DraftFolder:
        """Makes the folder beside the database, for its owner alone, finds the drafts of before, and deletes
        what belongs to none. `limit` bytes may be taken in all, `filed` of them are taken already."""
        drafts = cls(database_file.with_name(database_file.stem + suffix), limit, filed)
        for folder in (drafts.folder, drafts.notes):
            folder.mkdir(mode=0o700, exist_ok=True)
            folder.chmod(0o700)
        drafts._find_left()
        return drafts

    def _find_left(self) -> None:
        """Reads the notes of the drafts of before; what belongs to none is deleted."""
        self.left = self.tidy()
        for left in self.left:
            self._usage.drafts[left.person] += left.size
        self._usage.filed += sum(
            file.stat().st_size
            for file in self.folder.iterdir()
            if file.name.endswith(draft_disk.UNREAD) and file.is_file()
        )
        self._names = itertools.count(draft_disk.last_number(self.folder) + 1)
        self._note_names = itertools.count(draft_disk.last_number(self.notes) + 1)

    def tidy(self) -> list[LeftDraft]:
        """Deletes the files that no note names: the bot starts, or has stopped while they came in. What a
        disk station or somebody has put there stays. Returns the drafts that the notes name.

        If a note can't be read nobody knows which files are its own: all that no others name are set aside
        with it.
        """
        if not self.folder.is_dir() or not self.notes.is_dir():  # deleted while the bot ran
            return []
        notes = [
            file for file in sorted(self.notes.iterdir()) if _NOTE.fullmatch(file.name) and not file.is_dir()
        ]
        noted = [
            left
            for note in notes
            if (left := read_note(note, self.folder, largest=MAX_OF_A_PERSON)) is not None
        ]
        named = {file.path for left in noted for file in left.files.values()}
        unread = set(notes) - {left.note for left in noted}
        for file in sorted(self.folder.iterdir()):
            if DRAFT.fullmatch(file.name) and not file.is_dir() and file not in named:
                (draft_disk.set_aside if unread else draft_disk.delete)(file)
        # After the files: a kill between the two must not leave them without a note.
        for note in sorted(unread):
            draft_disk.set_aside(note)
        for note in self.notes.iterdir():
            if _BEGUN_NOTE.fullmatch(note.name) and not note.is_dir():
                draft_disk.delete(note)
        return noted

    def set_aside(self, left: LeftDraft) -> None:
        """Keeps a draft of before the start, whose conversation can't be opened again, for the operator. It
        still takes room."""
        if left in self.left:
            self.left.remove(left)
        self.release(left.person, left.size, filed=False)
        self._usage.filed += left.size - left.held
        for file in left.files.values():
            draft_disk.set_aside(file.path)
        draft_disk.set_aside(left.note)

    def reopen(self, left: LeftDraft, waiting: int) -> DraftFiles:
        """Goes on with a draft of before the start; `waiting` as for `begin`."""
        self.left.remove(left)
        return DraftFiles(self, left.person, waiting, left)

    def begin(self, person: str, waiting: int) -> DraftFiles:
        """Returns the place for a new report's evidence; `waiting` bytes of the person's evidence are filed
        and not upheld."""
        return DraftFiles(self, person, waiting)

    @property
    def taken(self) -> int:
        """Bytes of drafts and filed evidence."""
        return self._usage.total

    def reserve(self, person: str, waiting: int, size: int, *, text: bool = False) -> None:
        """Counts `size` bytes more of the person. Texts may go beyond the limit by `FOR_TEXTS` of it, so that
        text is still taken where pictures and files no longer are. Raises EvidenceFull, and NotAllowed for
        too much of one person."""
        if self._usage.drafts[person] + waiting + size > MAX_OF_A_PERSON:
            raise NotAllowed(
                f"你还在核实和没有成立的材料一共最多 {MAX_OF_A_PERSON // MEGABYTE} MB，这条没有收下。请只发最要紧的。"
            )
        limit = self._limit * (1 + FOR_TEXTS) if text else self._limit
        if self._usage.total + size > limit:
            raise EvidenceFull(FULL_FOR_TEXTS if text else FULL)
        self._usage.drafts[person] += size

    def release(self, person: str, size: int, *, filed: bool) -> None:
        """Counts `size` bytes of the person's drafts no longer; `filed`: they lie in the database now."""
        self._usage.drafts[person] -= size
        self._usage.filed += size if filed else 0
        if not self._usage.drafts[person]:
            del self._usage.drafts[person]

    def next_note(self) -> Path:
        """Returns a path for the note of a draft."""
        return self.notes / f"{next(self._note_names):08}.json"

    def next_file(self) -> Path:
        """Returns a path for a file, numbered: no name that a peer sent ever becomes one."""
        return self.folder / f"{next(self._names):08}"


class DraftFiles:
    """The evidence of one unfinished report. `end` it, however the report ends."""

    def __init__(self, folder: DraftFolder, person: str, waiting: int, left: LeftDraft | None = None) -> None:
        self._folder = folder
        self._person = person
        self._waiting = waiting
        kept = () if left is None else left.files.values()
        self._files: dict[Path, DraftFile] = {file.path: file for file in kept}
        self._held = 0 if left is None else left.held
        self._note = None if left is None else left.note
        self._noting = asyncio.Lock()
        self._is_filing = False
        self._is_given_up = False
        self.ended = False

    @property
    def held(self) -> int:
        """Bytes of text that are counted."""
        return self._held

    async def put(self, content: bytes) -> DraftFile:
        """Writes a picture or file to the disk. Raises EvidenceFull, NotAllowed, and CannotWrite with the
        cause."""
        self._folder.reserve(self._person, self._waiting, len(content))
        path = self._folder.next_file()
        self._files[path] = DraftFile(path, len(content), "")
        try:
            digest = await asyncio.to_thread(draft_disk.on_disk, draft_disk.write, path, content)
        except BaseException:
            self._forget(path)
            raise
        kept = DraftFile(path, len(content), digest)
        # The conversation may have ended meanwhile, or before a file that was still coming in.
        if self.ended:
            self._forget(path)
        elif path in self._files:
            self._files[path] = kept
        return kept

    async def remember(self, state: Mapping[str, object]) -> None:
        """Writes down the state of the conversation, with its files: after a restart it goes on from there.
        Raises CannotWrite with the cause; what was written down before stands then."""
        async with self._noting:
            if self.ended:
                return
            self._note = self._note or self._folder.next_note()
            files = [[file.path.name, file.size, file.sha256] for file in self._files.values()]
            note = {"person": self._person, "held": self._held, "files": files, "state": state}
            content = json.dumps(note, ensure_ascii=False).encode("utf-8", "replace")
            await asyncio.to_thread(draft_disk.on_disk, draft_disk.replace, self._note, content)
            # The conversation may have ended while the note was written.
            if self.ended:
                draft_disk.delete(self._note)

    def hold(self, size: int) -> None:
        """Counts `size` bytes of text, which stay in memory. Raises EvidenceFull and NotAllowed."""
        if self.ended or not size:
            return
        self._folder.reserve(self._person, self._waiting, size, text=True)
        self._held += size

    def let_go(self, size: int) -> None:
        """Counts `size` bytes that were held no longer: their text was not taken."""
        if not self.ended and size:
            self._folder.release(self._person, size, filed=False)
            self._held -= size

    def missing(self) -> list[DraftFile]:
        """Returns those files that somebody has deleted from the disk while the bot ran. Reads the disk."""
        return [file for file in self._files.values() if file.sha256 and not file.path.is_file()]

    def drop(self, files: list[DraftFile]) -> None:
        """Deletes files that were not taken."""
        for file in files:
            self._forget(file.path)

    def end(self, *, filed: bool = False) -> None:
        """Deletes everything; `filed`: it lies in the database now. A second time does nothing; while it is
        being filed, it waits for how that ends."""
        self._is_given_up = True
        if self.ended or self._is_filing:
            return
        self.ended = True
        # The note first: files without a note are deleted at the next start.
        if self._note is not None:
            draft_disk.delete(self._note)
        for path in self._files:
            draft_disk.delete(path)
        size = sum(file.size for file in self._files.values())
        self._folder.release(self._person, size + self._held, filed=filed)
        self._files.clear()

    @contextmanager
    def filing(self) -> Iterator[None]:
        """Keeps everything within the block, which files it; behind the block it lies in the database and is
        deleted here. If the block fails it stays, unless it was given up meanwhile."""
        self._is_filing = True
        try:
            yield
        except BaseException:
            self._is_filing = False
            if self._is_given_up:
                self.end()
            raise
        self._is_filing = False
        self.end(filed=True)

    def _forget(self, path: Path) -> None:
        file = self._files.pop(path, None)
        draft_disk.delete(path)
        if file is not None:
            self._folder.release(self._person, file.size, filed=False)
