"""The last errors of the running bot, by time, kind and place: what an operator is told of them. Never their words, which
may hold what people wrote."""

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
KEPT = 200
"""Errors in memory; the file holds some thousands."""
_LONGEST_FIELD = 120
_MOST_READ = 1_000_000
"""Bytes of a file that are read back, from its end."""
_OWN_FOLDERS = ("jianggao", "plugins")


@dataclass(frozen=True, slots=True)
class SeenError:
    """One error: when, its exception (or the level of a line without one), and the module and line."""

    at: datetime
    kind: str
    place: str

    def to_line(self) -> str:
        """For the file of errors: a JSON object on a line of its own."""
        told = {"at": to_text(self.at), "kind": self.kind, "place": self.place}
        return json.dumps(told, ensure_ascii=False) + "\n"

    @classmethod
    def from_line(cls, line: str) -> SeenError:
        """The inverse of `to_line`. Raises ValueError for a line that is none, as a full disk or a kill leaves."""
        told = json.loads(line)
        if not isinstance(told, dict) or not all(
            isinstance(told.get(name), str) for name in ("at", "kind", "place")
        ):
            raise ValueError("no error")
        return cls(from_text(told["at"]), told["kind"][:_LONGEST_FIELD], told["place"][:_LONGEST_FIELD])


class RecentErrors:
    """The newest errors, those before the start too, and how many of each kind there were since it."""

    def __init__(self, most: int = KEPT) -> None:
        self._seen: deque[SeenError] = deque(maxlen=most)
        self.since_start = Counters()

    def add(self, error: SeenError) -> None:
        """It has just happened."""
        self._seen.append(error)
        self.since_start.add(error.kind)

    def read_back(self, folder: Path) -> None:
        """Put those of earlier runs before what is known."""
        known = list(self._seen)
        self._seen.clear()
        self._seen.extend([*read_errors(folder), *known])

    def newest_first(self) -> list[SeenError]:
        """All that is kept."""
        return list(reversed(self._seen))


def read_errors(folder: Path) -> list[SeenError]:
    """The errors that the files in LOG_DIR hold, oldest first; none where there is no such file or it can't be read."""
    found: list[SeenError] = []
    for path in (folder / f"{ERRORS_NAME}.1", folder / ERRORS_NAME):
        for line in _last_lines(path):
            with suppress(ValueError, OverflowError, RecursionError):
                found.append(SeenError.from_line(line))
    return found


def counted(errors: Iterable[SeenError]) -> dict[str, int]:
    """How many there are of each kind, the most frequent first."""
    return dict(Counter(error.kind for error in errors).most_common())


def place_of(trace: TracebackType | None) -> str:
    """Where an exception came from: the innermost line of our own code, else the innermost one."""
    own = last = ""
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        last = place_in(path, trace.tb_lineno)
        own = last if _own_part(path) is not None else own
        trace = trace.tb_next
    return own or last or "?"


def place_in(path: Path, line: int) -> str:
    """A line of a source file, by its path within our own code or by its name."""
    return f"{_own_part(path) or path.name}:{line}"


def _own_part(path: Path) -> str | None:
    folder = next((at for at, name in enumerate(path.parts) if name in _OWN_FOLDERS), None)
    return None if folder is None or "site-packages" in path.parts else "/".join(path.parts[folder:])


def _last_lines(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - _MOST_READ))
            return file.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return []
