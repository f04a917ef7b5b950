"""Compares the folder with what was read: says which files have to be read, which are gone, and what could
not be looked into.

A folder that can't be read says nothing of the files in it: these are not gone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from jianggao.database import Database
from jianggao.library import source_store
from jianggao.library.import_report import ImportReport
from jianggao.library.scan import FoundFile, Scanned, is_folder, is_in_scope, is_within, scan

GONE_SHARE = 0.20
GONE_COUNT = 5
"""How many of the known files, and what share of them. If more than both are missing, nothing is withdrawn
until someone confirms: a drive that isn't mounted, or a folder that was renamed, looks like this, while a
thinned-out folder misses a few at a time."""

_PARTS = (40, 400)
"""Files of the first parts of an import. Each part starts its own workers, which takes seconds."""
Progress = Callable[[int, int], None]
"""Called with (files done, files to do)."""


async def known_and_found(
    database: Database, root: Path
) -> tuple[Mapping[str, source_store.KnownFile], Scanned | None]:
    """Returns the files that were read before, by path, and what lies in the folder; None if there is no
    folder."""
    async with database.read() as connection:
        known = await source_store.known_files(connection)
    if not await asyncio.to_thread(is_folder, root):
        return known, None
    stored_names = {known_file.file.location: path for path, known_file in known.items()}
    return known, await asyncio.to_thread(scan, root, stored_names)


def are_too_many(gone: int, known: int) -> bool:
    """Returns whether so many of the known files are gone that somebody must confirm it first."""
    return gone > GONE_COUNT and gone > GONE_SHARE * known


def files_to_read(
    found: Scanned,
    known: Mapping[str, source_store.KnownFile],
    scope: str | None,
    parser: str,
    report: ImportReport,
) -> list[FoundFile]:
    """Returns the files in the scope that are new or changed, or that this version of the parser hasn't read;
    counts them in the report."""
    in_scope = [file for file in found.files if scope is None or is_in_scope(file, scope)]
    # Another version of the parser reads every file again, though none has changed.
    files = [file for file in in_scope if known.get(file.path) != source_store.KnownFile(file, parser)]
    report.unchanged_files = len(in_scope) - len(files)
    report.reread = sum(source_store.is_read_by_another(known.get(file.path), file, parser) for file in files)
    return files


def parts_of(files: Sequence[FoundFile]) -> Iterator[Sequence[FoundFile]]:
    """Yields the files in parts, at least one, the first of them small ones: behind each part notices are
    learned, so that of a vendor's four hundred files only forty are read twice."""
    start = 0
    for size in _PARTS:
        if start + size < len(files):
            yield files[start : start + size]
            start += size
    yield files[start:]


def shifted(progress: Progress | None, before: int, total: int) -> Progress | None:
    """Returns what tells of the progress in one part as that in all, `before` files being done already."""
    if progress is None:
        return None

    def in_all(done: int, _: int) -> None:
        progress(before + done, total)

    return in_all


def gone_files(found: Scanned, known: Mapping[str, source_store.KnownFile]) -> list[str]:
    """Returns the paths of files that were read and aren't there any more.

    A file in a folder that can't be read isn't gone.
    """
    present = {file.path for file in found.files}
    return [
        path for path in sorted(known) if path not in present and not found.hides(known[path].file.location)
    ]


def report_unreadable(
    found: Scanned, known: Mapping[str, source_store.KnownFile], scope: str | None, report: ImportReport
) -> None:
    """Reports what couldn't be read in the scope, with how many known files in it stay as they are."""
    for entry in found.unreadable:
        location = entry.location
        if scope is not None and not is_within(location, scope) and not is_within(scope, location):
            continue
        kept = sum(is_within(file.file.location, location) for file in known.values())
        stays = f"；里面的 {kept} 个文件照旧" if entry.is_folder and kept else ""
        report.refused.append(f"{entry.path}：{entry.reason}{stays}")
    report.unread += [path for path in found.other_kinds if scope is None or is_within(path, scope)]
