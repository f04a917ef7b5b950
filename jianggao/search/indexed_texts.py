"""Defines the texts that a search reads from the index.

They are sections, and speeches known by their public text as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass

from jianggao.library.section_ids import number_of


@dataclass(frozen=True, slots=True)
class IndexedSection:
    """A section as the asker sees it, in normal form."""

    id: int
    speech: int
    whole: bool
    """Whether the whole text was read, or its public part alone."""
    label: str
    """Its headings."""
    body: str
    label_cut: bytes
    """The lengths of the words of `label`."""
    body_cut: bytes
    """The lengths of the words of `body`."""
    vector: bytes = b""
    """What it means, as `word_vectors.text_vector` has it, without the lines under the title."""
    body_start: int = 0
    """Where its own text begins in `body`, behind the lines under the title."""

    @property
    def text(self) -> str:
        """All that the asker sees of it."""
        return self.label + self.body

    @property
    def identity(self) -> tuple[int, ...]:
        """A key that no other indexed text has."""
        return (self.speech, self.id)

    @property
    def date_key(self) -> int:
        """A number that is larger for newer texts, comparable with that of speeches."""
        return self.id


@dataclass(frozen=True, slots=True)
class IndexedSpeech:
    """A speech matched by its public text as a whole: title, public headings, keywords, topics.

    `key` is its `section_ids.speech_key`.
    """

    key: int
    title: str
    text: str
    """All that the asker sees of it, a line each."""
    topics: tuple[str, ...] = ()

    @property
    def speech(self) -> int:
        """The speech's number."""
        return number_of(self.key)

    @property
    def identity(self) -> tuple[int, ...]:
        """A key that no other indexed text has."""
        return (self.speech,)

    @property
    def date_key(self) -> int:
        """A number that is larger for newer texts, comparable with that of sections."""
        return self.key


@dataclass(frozen=True, slots=True)
class IndexedTitle:
    """A speech's title in normal form, and what it means (`word_vectors.text_vector`)."""

    text: str
    vector: bytes = b""


NO_TITLE = IndexedTitle("")


@dataclass(frozen=True, slots=True)
class QuotableRow:
    """A sentence worth quoting, with its place in a section's body."""

    section: int
    speech: int
    start: int
    stop: int
    sameness: str
    """A key that equal sayings share."""
    score: int
    text: str
    around: str
    """The text with some of what stands before and behind it."""


IndexedText = IndexedSection | IndexedSpeech
