"""Holds the texts of a file while an import stores them, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass, field

from jianggao.library.preparation import PreparedSource
from jianggao.library.scan import FoundFile


@dataclass(slots=True)
class FileTexts:
    """A file and those of its texts that wait to be stored."""

    file: FoundFile
    texts: list[PreparedSource]
    kept: set[str] = field(default_factory=set)
    """The paths of the texts that the file holds."""
    refused: set[str] = field(default_factory=set)
    """The texts of which nothing could be read."""
    passing: bool = False
    """Whether some of it must be read again though the file stays as it is."""

    def note(self, text: PreparedSource, stored: PreparedSource) -> None:
        """Records that this text was stored, as it is or as a refusal."""
        self.kept.add(text.path)
        self.passing |= stored.passing
        if stored.speech is None:
            self.refused.add(text.path)
