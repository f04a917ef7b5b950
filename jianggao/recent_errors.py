"""Remembers the last errors of the bot, by time, kind and place, for superusers (最近错误) and /health.

The message of an exception is never kept, since it may hold what people wrote.
"""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType

from jianggao.clock import from_text, to_text
from jianggao.counters import Counters

ERRORS_NAME = "errors.jsonl"
"""The file in LOG_DIR that holds the errors, one JSON object a line; the one before it has `.1` behind its
name."""
ERRORS_IN_MEMORY = 200
"""How many errors are kept in memory; the file holds some thousands."""
_LONGEST_FIELD = 120
"""Characters of a kind or a place that are read back from a file."""
_BYTES_READ = 1_000_000
"""How many bytes of a file are read back, from its end."""
_OWN_FOLDERS = ("jianggao", "plugins")
"""Folders of this program: paths of places begin with one of them."""


@dataclass(frozen=True, slots=True)
class RecordedError:
    """An error that has happened, without its message."""

    at: datetime
    """When it happened."""
    kind: str
    """The name of the exception's class, or the level of a line of the log that came without an exception."""
    place: str
    """The module and line, as `place_of` returns it."""

    def to_line(self) -> str:
        """Return the error as a line of the file of errors: a JSON object and a line break."""
        fields = {"at": to_text(self.at), "kind": self.kind, "place": self.place}
        return json.dumps(fields, ensure_ascii=False) + "\n"

    @classmethod
    def from_line(cls, line: str) -> RecordedError:
        """Return the error that `to_line` wrote.

        Raises ValueError if the line is not one, such as half a line that a full disk or a kill left.
        """
        fields = json.loads(line)
        if not isinstance(fields, dict) or not all(
            isinstance(fields.get(name), str) for name in ("at", "kind", "place")
        ):
            raise ValueError("not a recorded error")
        return cls(from_text(fields["at"]), fields["kind"][:_LONGEST_FIELD], fields["place"][:_LONGEST_FIELD])


class RecentErrors:
    """The newest errors, including those of earlier runs, and how many of each kind this run had."""

    def __init__(self, limit: int = ERRORS_IN_MEMORY) -> None:
        """Keep the newest `limit` errors."""
        self._newest: deque[RecordedError] = deque(maxlen=limit)
        self.since_start = Counters()

    def add(self, error: RecordedError) -> None:
        """Remember and count an error that has just happened."""
        self._newest.append(error)
        self.since_start.add(error.kind)

    def read_back(self, folder: Path) -> None:
        """Put the errors of earlier runs, from the files in LOG_DIR, before those of this run; they are not
        counted."""
        of_this_run = list(self._newest)
        self._newest.clear()
        self._newest.extend([*read_errors(folder), *of_this_run])

    def newest_first(self) -> list[RecordedError]:
        """Return all errors that are kept."""
        return list(reversed(self._newest))


def read_errors(folder: Path) -> list[RecordedError]:
    """Return the errors in the files in LOG_DIR, oldest first.

    Damaged lines are left out; a file that is missing or can't be read counts as empty.
    """
    errors: list[RecordedError] = []
    for path in (folder / f"{ERRORS_NAME}.1", folder / ERRORS_NAME):
        for line in _last_lines(path):
            # A damaged file may hold anything: json raises RecursionError for a line of many brackets, and from_text
            # may raise OverflowError.
            with suppress(ValueError, OverflowError, RecursionError):
                errors.append(RecordedError.from_line(line))
    return errors


def count_by_kind(errors: Iterable[RecordedError]) -> dict[str, int]:
    """Return how many errors there are of each kind, the most frequent kind first."""
    return dict(Counter(error.kind for error in errors).most_common())


def place_of(trace: TracebackType | None) -> str:
    """Return where an exception was raised, as "module path:line"; "?" without a traceback.

    The innermost line of this program's own code counts, since a line of a library says little; where there
    is none, the innermost line of all.
    """
    own = last = ""
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        last = place_in(path, trace.tb_lineno)
        own = last if _own_part(path) is not None else own
        trace = trace.tb_next
    return own or last or "?"


def place_in(path: Path, line: int) -> str:
    """Return a line of a source file: by the path within this program, or by the file's name alone."""
    return f"{_own_part(path) or path.name}:{line}"


def _own_part(path: Path) -> str | None:
    """Return the path from this program's own folder on, or None for a file of somebody else's."""
    if "site-packages" in path.parts:
        # Installed, this program's package lies among those of others.
        installed = path.parts[path.parts.index("site-packages") + 1 :]
        return "/".join(installed) if installed[:1] == ("jianggao",) else None
    at = next((at for at, name in enumerate(path.parts) if name in _OWN_FOLDERS), -1)
    return None if at < 0 else "/".join(path.parts[at:])


def _last_lines(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - _BYTES_READ))
            return file.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return []
