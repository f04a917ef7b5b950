"""Finds what is wrong with one stored speech."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from jianggao.access.previews import BESIDE_PREVIEWS, MAX_GROUP_SHARE, MAX_PREVIEW_SHARE
from jianggao.library import index_entries, listing, speech_store
from jianggao.library.section_ids import Audience
from jianggao.text.normal_form import normal_form

PARTS_ARE_NOT_THE_TEXT = "的段落和小标题拼起来不是读入时的正文"
SECTIONS_ARE_NOT_COUNTED_ON = "的段号不连着"
MORE_IS_PUBLIC_THAN_WAS_NOTED = "公开了没有记过账的段落"
MORE_IS_PUBLIC_THAN_MAY_BE = "公开的段落超出了上限"


@dataclass(frozen=True, slots=True)
class StoredText:
    """What is stored about a speech: sections in reading order, the rows of the index by id."""

    number: int
    speech: speech_store.SpeechRow | None
    """The speech with its current version; None where it has no version."""
    sections: Sequence[sqlite3.Row]
    indexed: Sequence[sqlite3.Row]
    titles: Sequence[sqlite3.Row]
    shown: Sequence[sqlite3.Row]
    is_alone: bool
    """Whether no earlier version of it was ever shown: what was shown of other versions stays shown."""
    is_read_as_now: bool
    """Whether this release's parser read its files: its hash belongs to the normal form of that parser."""


def faults_of(text: StoredText) -> tuple[list[str], bool]:
    """Returns what is wrong with it, and whether the index has something else.

    Raises ValueError, TypeError, LookupError for what isn't readable.
    """
    speech = text.speech
    # A number whose text was taken away: nothing of it may be found any more.
    if speech is None:
        return [], bool(text.indexed or text.titles)
    entries = {row["id"]: index_entries.section_entry(row) for row in text.sections}
    faults = []
    if [row["ordinal"] for row in text.sections] != list(range(1, len(text.sections) + 1)):
        faults.append(SECTIONS_ARE_NOT_COUNTED_ON)
    if not _parts_are_the_text(text, speech, entries):
        faults.append(PARTS_ARE_NOT_THE_TEXT)
    faults += _public_faults(text, entries)
    return faults, _differs(text, speech, entries)


def _parts_are_the_text(
    text: StoredText, speech: speech_store.SpeechRow, entries: dict[int, index_entries.SectionEntry]
) -> bool:
    """Returns whether front, headings, bodies and tail are the text that was hashed when it was read."""
    if sum(len(row["body"]) for row in text.sections) != speech.characters:
        return False
    # Another release's normal form gives another hash of the same text.
    if not text.is_read_as_now:
        return True
    digest = hashlib.sha256(normal_form(speech.front).encode())
    for row in text.sections:
        digest.update((normal_form(row["lead"]) + entries[row["id"]].body).encode())
    digest.update(normal_form(speech.tail).encode())
    return digest.hexdigest() == speech.text_hash


def _public_faults(text: StoredText, entries: dict[int, index_entries.SectionEntry]) -> list[str]:
    """Returns what is wrong with the bodies that are public.

    Each must have been noted when it was chosen. If nothing else of the speech was ever shown, they stay
    within the largest shares that the settings allow. (What was shown before stays shown, also in a version
    that is shorter.)
    """
    noted: dict[int, set[str]] = {Audience.PREVIEW: set(), Audience.MEMBER_GROUP: set()}
    for row in text.shown:
        noted.setdefault(row["audience"], set()).add(row["normal"])
    shown: dict[int, set[str]] = {Audience.PREVIEW: set(), Audience.MEMBER_GROUP: set()}
    for row in text.sections:
        shown.setdefault(row["audience"], set()).add(entries[row["id"]].body)
    to_all, to_groups = shown[Audience.PREVIEW] - {""}, shown[Audience.MEMBER_GROUP] - {""}
    faults = []
    if (
        not to_all <= noted[Audience.PREVIEW]
        or not to_groups <= noted[Audience.PREVIEW] | noted[Audience.MEMBER_GROUP]
    ):
        faults.append(MORE_IS_PUBLIC_THAN_WAS_NOTED)
    if text.is_alone:
        letters = sum(len(normal_form(row["lead"])) + len(entries[row["id"]].body) for row in text.sections)
        most_to_all, most_to_groups = most_public(letters)
        count = sum(map(len, to_all))
        if count > most_to_all or count + sum(map(len, to_groups - to_all)) > most_to_groups:
            faults.append(MORE_IS_PUBLIC_THAN_MAY_BE)
    return faults


def most_public(letters: int) -> tuple[int, int]:
    """Returns how many letters of a speech everyone, and a member group, may ever see by the largest
    settings."""
    return int((MAX_PREVIEW_SHARE + BESIDE_PREVIEWS) * letters), int(MAX_GROUP_SHARE * letters)


def _differs(
    text: StoredText, speech: speech_store.SpeechRow, entries: dict[int, index_entries.SectionEntry]
) -> bool:
    """Returns whether the index has other rows than the speech makes."""
    stored = [index_entries.stored_speech_entry(row) for row in text.titles]
    indexed = [index_entries.stored_section_entry(row) for row in text.indexed]
    if not speech.listed:
        return bool(stored or indexed)
    return stored != [listing.index_entry(speech)] or indexed != [entries[at] for at in sorted(entries)]
