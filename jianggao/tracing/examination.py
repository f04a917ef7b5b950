"""Defines what an examination of a leak is given and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from jianggao.tracing.accusations import Accusation, Confidence
from jianggao.tracing.group_days import GroupDay


@dataclass(frozen=True, slots=True)
class LeakedFile:
    """An untouched file: its bytes, and the text in it ("" if none could be read)."""

    content: bytes
    text: str


@dataclass(frozen=True, slots=True)
class ExaminedText:
    """A text version that stands in the leak."""

    number: int
    """The number of the speech."""
    title: str
    version: int
    edition: int
    """Which of the speech's versions it is, from 1: what people are told, other than the id `version`."""
    share: float
    """Which share of the leak's letters it is, 0 to 1."""
    read: int
    """How many carriers of the text were read in the leak."""


@dataclass(frozen=True, slots=True)
class NamedMember:
    """A member whom the leak points to, by marks or by a file that only he has."""

    account: str
    accusation: Accusation
    times: tuple[datetime, ...]
    """When copies of the texts went to him, rising."""


@dataclass(frozen=True, slots=True)
class ShownToGroup:
    """A member group and a day to whose copy the leak points: somebody who saw it there, whoever that is."""

    where: GroupDay
    accusation: Accusation


@dataclass(frozen=True, slots=True)
class Examination:
    """What an examination found."""

    texts: tuple[ExaminedText, ...]
    suspects: int
    """How many members received one of the texts."""
    ordinal: int
    """Which of the last year's examinations that count this is, from 1."""
    confidence: Confidence
    named: tuple[NamedMember, ...]
    """The surest first; nobody whose chance is above the limit."""
    by_hash: bool
    """Whether one of the files is byte for byte what the first of `named` alone received. What that is worth
    `confidence` says: everybody who knows the words can make all files of a short text."""
    known_files: int
    """How many of the files left as copies, whether that names anybody or not."""
    letters: int
    """How many letters the leak has in normal form."""
    shown_in: tuple[ShownToGroup, ...] = ()
    """Groups, never persons: `named` and `confidence` are independent of it."""

    @property
    def probability(self) -> Fraction | None:
        """The bound that is printed for the first of `named`."""
        return self.named[0].accusation.probability if self.named else None
