"""Reads files for `check` ahead in several processes, in their order.

A file that ends its process (by its memory, or its processor time) is refused alone: what was in hand beside
it is read once more, each file by itself.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from jianggao.library.preparation_workers import DIED, processor_seconds, settle_worker
from jianggao.sources import worker_limits

Records = list[dict[str, Any]]
CheckFile = Callable[[Path, str, date], Records]
"""Returns the records of a file's texts, from its path, its name and the present day."""
Refuse = Callable[[str, str], dict[str, Any]]
"""Returns the record of a file that couldn't be read, from its name and the reason."""

_WORTH_PROCESSES = 40_000_000
"""Bytes of plain text from which on several processes are quicker: reading so much takes some eight seconds,
and starting a process two."""
_PLAIN = (".txt", ".md")
_TIMES_PLAIN = 6
"""How many times as long a byte takes of a packed file (.docx, .zip, .pdf) as one of plain text."""
FAILED = "读的时候出错（多半是内存不够），没有读。请把文字另存成 .txt，还读不了就拆成单篇"
"""The reason of a refusal: the worker had nothing to hand over."""
_AHEAD = 16
"""Files that are read before the first of them was printed."""


@dataclass(frozen=True, slots=True)
class FileToCheck:
    """A file, the name that its texts are told under, and its size in bytes."""

    path: Path
    name: str
    size: int


def checked_ahead(
    files: Sequence[FileToCheck], check_file: CheckFile, refuse: Refuse, today: date, workers: int
) -> Iterator[Records]:
    """Yields the records of each file; small amounts are read in this process, as with no workers."""
    if workers < 2 or sum(map(_cost, files)) < _WORTH_PROCESSES:
        for file in files:
            yield check_file(file.path, file.name, today)
        return
    waiting = deque(files)
    while waiting:
        yield from _until_one_dies(waiting, check_file, refuse, today, workers)
        # The next file's process died; that may have been another file's fault.
        if waiting:
            yield _alone(waiting.popleft(), check_file, refuse, today)


def _cost(file: FileToCheck) -> int:
    """Returns how many bytes of plain text would take as long."""
    return file.size if file.name.lower().endswith(_PLAIN) else file.size * _TIMES_PLAIN


def _until_one_dies(
    waiting: deque[FileToCheck], check_file: CheckFile, refuse: Refuse, today: date, workers: int
) -> Iterator[Records]:
    """Yields the records of the waiting files, each taken out when it is done; ends early where a process
    dies."""
    with _pool(workers) as pool:
        ahead: deque[Future[Records]] = deque()
        begun = 0
        try:
            while waiting:
                while len(ahead) < _AHEAD and begun < len(waiting):
                    ahead.append(pool.submit(_work, check_file, waiting[begun], today))
                    begun += 1
                records = _settled(ahead.popleft(), waiting[0], refuse)
                waiting.popleft()
                begun -= 1
                yield records
        except BrokenExecutor:
            return
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _settled(read: Future[Records], file: FileToCheck, refuse: Refuse) -> Records:
    """Returns the records that a worker made of a file; a refusal where it failed and lives on.

    Raises BrokenExecutor if the worker died.
    """
    try:
        return read.result()
    except BrokenExecutor:
        raise
    except Exception:  # such as no memory left to hand the records over
        return [refuse(file.name, FAILED)]


def _alone(file: FileToCheck, check_file: CheckFile, refuse: Refuse, today: date) -> Records:
    """Returns the records of a file that is read in a process of its own; the refusal if it ends that."""
    with _pool(1) as pool:
        try:
            return _settled(pool.submit(_work, check_file, file, today), file, refuse)
        except BrokenExecutor:
            return [refuse(file.name, DIED)]


def _pool(workers: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(
        workers, mp_context=context, initializer=partial(settle_worker, gives_way=False)
    )


def _work(check_file: CheckFile, file: FileToCheck, today: date) -> Records:
    """Reads a file in the worker, with so much processor time as an import gives it."""
    worker_limits.limit_processor_time(worker_limits.processor_time_used() + processor_seconds(file.size))
    return check_file(file.path, file.name, today)
