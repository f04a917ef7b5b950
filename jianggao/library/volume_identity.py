"""Decides which speeches the parts of a volume are, so that each keeps its number when the file changes.

A part is the speech with the same words; else the speech of the same file that shares most of its words, where
what several of them say counts least (`part_likeness`); else what its path was. One that left the file may come
back, edited or as an earlier version: speeches that are present come first. A file that was one speech and
is split now, or the other way round, is matched alike.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

import aiosqlite

from jianggao.library import source_store, speech_store, version_store
from jianggao.library.part_likeness import NewText, PresentText, likenesses
from jianggao.library.preparation import PreparedSource
from jianggao.library.text_fingerprints import sampled_runs
from jianggao.text.normal_form import normal_form


@dataclass(frozen=True, slots=True)
class FileClaims:
    """Which speeches the texts of a file are, decided before the first of them is stored."""

    numbers: Mapping[str, int | None] = field(default_factory=dict)
    """By path, for parts of volumes whose words are new: the speech, None for a new one."""
    leaving: frozenset[str] = frozenset()
    """Paths that the file no longer holds."""


class ClaimedSpeeches:
    """Which speeches the texts of the files are that are being stored."""

    def __init__(self) -> None:
        self._by_file: dict[str, FileClaims] = {}

    def of_file(self, file: str) -> FileClaims:
        """Returns what was decided for a file; nothing for one without volumes."""
        return self._by_file.get(file, FileClaims())

    def forget(self, file: str) -> None:
        """Forgets a file whose texts are stored."""
        self._by_file.pop(file, None)

    def forget_all(self) -> None:
        """Forgets what an import that broke off had decided."""
        self._by_file.clear()

    async def are_due(
        self, connection: aiosqlite.Connection, file: str, texts: Sequence[PreparedSource]
    ) -> bool:
        """Returns whether `decide` has something to do for the texts of this file: it may take its time."""
        if file not in self._by_file and not await _changed_volumes(connection, file, texts):
            self._by_file[file] = FileClaims()
        return file not in self._by_file

    async def decide(
        self,
        connection: aiosqlite.Connection,
        file: str,
        texts: Sequence[PreparedSource],
        gone_files: Collection[str],
        rereading: Collection[str] = (),
    ) -> None:
        """Decides which speeches the texts of a file are, before the first of them is stored.

        `gone_files` are files that are no longer there: one of them may be this file under its old name.
        `rereading` are the texts of unchanged files that are still to be read again.
        """
        if await self.are_due(connection, file, texts):
            self._by_file[file] = await _claims_of(connection, file, texts, _Elsewhere(gone_files, rereading))


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """What is known of other files: which are gone, and which texts, of this file too, are to be read again
    though they haven't changed."""

    gone_files: Collection[str]
    rereading: Collection[str]


@dataclass(slots=True)
class _Matching:
    """The parts of one volume without a speech so far, and the speeches without a part."""

    texts: list[PreparedSource]
    free: dict[int, PresentText]
    """The speeches that a part may be, by number, in the order of their paths."""
    rows: Mapping[str, source_store.SourceRow]
    claims: dict[str, int | None] = field(default_factory=dict)

    def claim(self, text: PreparedSource, number: int) -> None:
        """Settles that the text is this speech."""
        self.claims[text.path] = number
        self.texts.remove(text)
        self.free.pop(number, None)  # one that left the file is none of these


@dataclass(frozen=True, slots=True)
class _ChangedVolume:
    """A volume with its speeches now, and its sources as they are stored."""

    file: str
    path: str
    parts: list[PreparedSource]
    rows: dict[str, source_store.SourceRow]


async def _claims_of(
    connection: aiosqlite.Connection,
    file: str,
    texts: Sequence[PreparedSource],
    elsewhere: _Elsewhere,
) -> FileClaims:
    """Returns which speeches the texts of a file are that are parts of volumes, or were."""
    here = {text.path for text in texts}
    numbers: dict[str, int | None] = {}
    leaving: set[str] = set()
    for volume in await _changed_volumes(connection, file, texts):
        leaving |= volume.rows.keys() - here
        numbers |= await _claims_of_volume(connection, volume, elsewhere)
    return FileClaims(numbers, frozenset(leaving))


async def _changed_volumes(
    connection: aiosqlite.Connection, file: str, texts: Sequence[PreparedSource]
) -> list[_ChangedVolume]:
    """Returns the volumes of a file; texts that are alone and were so before are none: their paths decide."""
    stored = await source_store.sources_of_file(connection, file)
    volumes: dict[str, list[PreparedSource]] = defaultdict(list)
    for text in texts:
        volumes[text.volume or text.path].append(text)
    rows: dict[str, dict[str, source_store.SourceRow]] = defaultdict(dict)
    for row in stored:
        for holder in _holders(row.path):
            if holder in volumes:
                rows[holder][row.path] = row
    held: dict[str, set[str]] = defaultdict(set)
    for row in await source_store.sources_that_left(connection, file):
        for holder in _holders(row.path):
            held[holder].add(row.path)
    changed = []
    for path, parts in volumes.items():
        is_alone = len(parts) == 1 and parts[0].path == path
        # A file that can't be read today says nothing of its parts; nor has a text any that was always alone.
        if is_alone and (parts[0].speech is None or rows[path].keys() | held[path] <= {path}):
            continue
        changed.append(_ChangedVolume(file, path, parts, rows[path]))
    return changed


def _holders(path: str) -> tuple[str, ...]:
    """Returns the path of a text and those of the files that it may be a part of."""
    return (path, *map(str, PurePosixPath(path).parents))


async def _claims_of_volume(
    connection: aiosqlite.Connection,
    volume: _ChangedVolume,
    elsewhere: _Elsewhere,
) -> dict[str, int | None]:
    by_words: dict[str, int] = {}
    for part in volume.parts:
        if part.speech is not None:
            same = await version_store.speech_with_hash(connection, part.speech.text_hash)
            if same is not None:
                by_words[part.path] = same
    rows = volume.rows
    if not rows:
        rows = await _under_old_name(connection, by_words.values(), elsewhere.gone_files)
    free = await _free_speeches(connection, rows, set(by_words.values()), elsewhere)
    waiting = [part for part in volume.parts if part.speech is not None and part.path not in by_words]
    matching = _Matching(waiting, free, rows)
    left = await _left_speeches(connection, volume, by_words.values()) if waiting else {}
    await _match_by_older_words(connection, matching, left)
    await _match_by_likeness(matching, volume.parts, left)
    _match_by_path(matching, volume.path)
    return {**dict.fromkeys((text.path for text in matching.texts), None), **matching.claims}


async def _under_old_name(
    connection: aiosqlite.Connection, numbers: Iterable[int], gone_files: Collection[str]
) -> dict[str, source_store.SourceRow]:
    """Returns the texts of the files that are gone and held one of these speeches: the volume's old name."""
    found: dict[str, source_store.SourceRow] = {}
    files: set[str] = set()
    for number in set(numbers):
        sources = await source_store.sources_of_speech(connection, number)
        files |= {source.file for source in sources if source.file in gone_files}
    for file in sorted(files):
        found |= {row.path: row for row in await source_store.sources_of_file(connection, file)}
    return found


async def _free_speeches(
    connection: aiosqlite.Connection,
    rows: Mapping[str, source_store.SourceRow],
    taken: Collection[int],
    elsewhere: _Elsewhere,
) -> dict[int, PresentText]:
    """Returns the speeches that the file alone holds and none of its texts has the words of."""
    free: dict[int, PresentText] = {}
    for _, row in sorted(rows.items()):
        number = row.speech
        if number is None or number in taken or number in free:
            continue
        sources = await source_store.sources_of_speech(connection, number)
        # A copy of the speech in another file stays what it is, whatever becomes of this one; a copy of this
        # file that will be read again alike becomes what this one does.
        is_reread = any(source.path in rows and source.path in elsewhere.rereading for source in sources)
        if all(
            source.path in rows
            or source.file in elsewhere.gone_files
            or (is_reread and source.path in elsewhere.rereading)
            for source in sources
        ):
            free[number] = await _stored_text(connection, number, (source.path for source in sources))
    return free


async def _left_speeches(
    connection: aiosqlite.Connection, volume: _ChangedVolume, taken: Collection[int]
) -> dict[int, PresentText]:
    """Returns the withdrawn speeches that left this volume, and that nothing else holds.

    One that was taken down is among them: it comes back under its own number, and stays down.
    """
    left: dict[int, PresentText] = {}
    for row in await source_store.sources_that_left(connection, volume.file):
        number = row.speech
        if number is None or number in taken or number in left or volume.path not in _holders(row.path):
            continue
        if not await source_store.sources_of_speech(connection, number):
            left[number] = await _stored_text(connection, number, [row.path])
    return left


async def _stored_text(connection: aiosqlite.Connection, number: int, paths: Iterable[str]) -> PresentText:
    """Returns the current version; the words of earlier ones may be other parts' by now."""
    speech = await speech_store.speech(connection, number)
    if speech is None:
        return PresentText("", None, frozenset(), frozenset(paths))
    text = (await speech_store.version_text(connection, speech.version))[len(speech.front) :]
    runs = await asyncio.to_thread(lambda: frozenset(sampled_runs(normal_form(text))))
    return PresentText(speech.title, speech.material_date, runs, frozenset(paths))


async def _match_by_older_words(
    connection: aiosqlite.Connection, matching: _Matching, left: dict[int, PresentText]
) -> None:
    """Claims for the parts that are, word by word, an earlier version of a speech that left the file."""
    for text in list(matching.texts) if left else ():
        assert text.speech is not None
        earlier = await version_store.speeches_with_version(connection, text.speech.text_hash)
        # An edit that is taken back is still the speech that is present.
        if any(number in matching.free for number in earlier):
            continue
        number = next((number for number in earlier if number in left), None)
        if number is not None:
            del left[number]
            matching.claim(text, number)


async def _match_by_likeness(
    matching: _Matching, parts: Iterable[PreparedSource], left: Mapping[int, PresentText]
) -> None:
    """Claims for each speech the part that is most like it, of all `parts` of the volume; `left` are those
    that left it."""
    waiting = [(text, text.speech) for text in matching.texts if text.speech is not None]
    texts = [NewText(speech.title, speech.date, speech.runs, text.path) for text, speech in waiting]
    all_runs = [part.speech.runs for part in parts if part.speech is not None]
    present = await asyncio.to_thread(likenesses, texts, dict(matching.free), all_runs)
    back = await asyncio.to_thread(likenesses, texts, left, all_runs) if left else []
    # A volume that was kept whole for a while is split again: the speech that is the whole is a piece of each
    # part, and goes to the one that none of those that left is.
    firm = [likeness for likeness in present if likeness.is_most]
    returning = [likeness for likeness in back if likeness.is_most]
    loose = [likeness for likeness in present if not likeness.is_most]
    for likeness in (*firm, *returning, *loose):
        text, _ = waiting[likeness.at]
        is_free = likeness.number in matching.free or likeness.number in left
        if is_free and text.path not in matching.claims and likeness.number not in matching.claims.values():
            matching.claim(text, likeness.number)


def _match_by_path(matching: _Matching, volume: str) -> None:
    """Claims what the path of a part was; for a file that was one speech or becomes one, the first part."""
    for text in list(matching.texts):
        row = matching.rows.get(text.path)
        if row is not None and row.speech in matching.free:
            matching.claim(text, row.speech)
    whole = matching.rows.get(volume)
    for text in list(matching.texts)[:1]:
        if whole is not None and whole.speech in matching.free:
            matching.claim(text, whole.speech)
        elif text.path == volume and matching.free:
            matching.claim(text, next(iter(matching.free)))
