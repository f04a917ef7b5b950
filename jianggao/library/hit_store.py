"""Reads from one snapshot what is shown with the hits of a search."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from jianggao.database.reading_threads import Snapshot
from jianggao.library.hidden_sections import not_hidden
from jianggao.library.speech_store import SECTION_COLUMNS, SectionRow, section_row


@dataclass(frozen=True, slots=True)
class SpeechTitle:
    """What of a speech stands at each of its hits."""

    number: int
    title: str
    material_date: date


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What is shown with hits."""

    rows: dict[int, SectionRow]
    """Sections by id, in the order asked for."""
    titles: dict[int, SpeechTitle]
    """By the number of the speech."""
    sources: dict[int, str]
    """The path of one source of each speech, by its number."""


def look_up(snapshot: Snapshot, ids: Sequence[int], numbers: Collection[int]) -> LookedUp:
    """Returns those of the sections of these ids and of the speeches of these numbers that are listed.

    To be run by `Database.run_in_snapshot`.
    """
    wanted = json.dumps(list(ids))
    speeches_wanted = json.dumps(sorted(set(numbers)))
    rows = snapshot.rows(
        f"""SELECT {SECTION_COLUMNS} FROM sections
            WHERE id IN (SELECT value FROM json_each(?)) AND listed = 1 AND {not_hidden("id")}""",
        (wanted,),
    )
    found = {row["id"]: section_row(row) for row in rows}
    titles = snapshot.rows(
        """SELECT s.number, v.title, v.material_date FROM speeches s JOIN versions v ON v.id = s.version
           WHERE s.number IN (SELECT value FROM json_each(?))
           AND s.withdrawn_at IS NULL AND s.taken_down_at IS NULL""",
        (speeches_wanted,),
    )
    sources = snapshot.rows(
        """SELECT speech, min(path) AS path FROM sources
           WHERE present = 1 AND speech IN (SELECT value FROM json_each(?)) GROUP BY speech""",
        (speeches_wanted,),
    )
    return LookedUp(
        {number: found[number] for number in dict.fromkeys(ids) if number in found},
        {row[0]: SpeechTitle(row[0], row[1], date.fromisoformat(row[2])) for row in titles},
        {row["speech"]: row["path"] for row in sources},
    )
