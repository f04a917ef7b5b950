"""Reads the notes that lie beside the files of unfinished reports: whose report it is, and what the person
wrote so far."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jianggao.resale_reports.model import DraftFile

logger = logging.getLogger(__name__)

DRAFT = re.compile(r"[0-9]{8,}")
"""The name of a draft's file: a number, never a name that somebody sent."""


@dataclass(frozen=True, slots=True)
class LeftDraft:
    """A draft that was open when the bot ended."""

    person: str
    """The account of whoever writes it."""
    state: Mapping[str, Any]
    """What its conversation wrote down (`DraftFiles.remember`)."""
    files: Mapping[str, DraftFile]
    """By name, those that are there."""
    note: Path
    held: int
    """Bytes of its texts."""

    @property
    def size(self) -> int:
        """Bytes of its files and texts."""
        return self.held + sum(file.size for file in self.files.values())


def read_note(note: Path, folder: Path, *, largest: int) -> LeftDraft | None:
    """Returns the draft that a note describes; None if it can't be read, or says what this program never
    writes. `largest` is the most bytes of text that it may claim."""
    try:
        content = json.loads(note.read_bytes())
        person, state, held = content["person"], content["state"], content["held"]
        if not (isinstance(person, str) and isinstance(state, dict) and _is_size(held, largest)):
            raise ValueError("another kind of note")
        # Sizes are those of the files on the disk: a note can't make room beyond EVIDENCE_MB.
        files = {
            name: DraftFile(folder / name, (folder / name).stat().st_size, sha256)
            for name, _, sha256 in content["files"]
            if DRAFT.fullmatch(name) and (folder / name).is_file() and isinstance(sha256, str) and sha256
        }
        return LeftDraft(person, state, files, note, held)
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        logger.warning("the note %s of a draft can't be read: %s", note.name, type(error).__name__)
        return None


def _is_size(value: object, largest: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= largest
