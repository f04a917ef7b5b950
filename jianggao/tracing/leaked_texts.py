"""Finds the texts of the library that a leak is, or may be, of (docs/tracing.md, How a leak is read)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import combinations

from jianggao.database import Database
from jianggao.library import speech_store as library_store
from jianggao.library.text_fingerprints import sampled_runs
from jianggao.text.normal_form import normal_form
from jianggao.tracing import store
from jianggao.tracing.detection import shingles

_RUN, _RUNS = 12, 24
"""A listed text is looked for by so many runs of so many letters, spread over the leak."""
_FEWEST_LETTERS = 40
"""A shorter leak, in normal form, is compared with nothing."""
_MAX_TEXTS = 12
_MAX_COMPARED = 60
"""Versions that are compared, of those found by short runs and of those found by sampled ones: a slogan
stands in hundreds of speeches, so the versions that share most with the leak come first."""
_FEWEST_LETTERS_OF_A_TEXT = 120
"""With fewer letters of a text the leak quotes it, and is no copy of it."""
_NEARLY = 0.95
"""A version with this share of what the likeliest one has in the leak may be the one that leaked."""


@dataclass(frozen=True, slots=True)
class TextInLeak:
    """A text version that a leak is, or may be, of."""

    speech: library_store.SpeechRow
    edition: int
    """Which of the speech's versions it is, from 1."""
    clean: str
    letters: int
    """How many letters of the leak stand in it."""
    rivals: frozenset[int] = frozenset()
    """The versions among the others that the same part of the leak may be of: editions, one text under two
    names, a collection for each lecture in it."""


async def texts_in(database: Database, letters: str) -> list[TextInLeak]:
    """Returns the versions that a leak, given in normal form, is, or may be, of, the one with most of it
    first.

    Listed texts are found by short runs, so also when the leak is full of typing errors; hidden, withdrawn
    and earlier ones by the sampled runs of 24 letters that are kept of every text: comparing all that ever
    left would take longer with each speech.
    """
    if len(letters) < _FEWEST_LETTERS:
        return []
    runs, sampled = await asyncio.to_thread(lambda: (shingles(letters), sampled_runs(letters)))
    async with database.read() as connection:
        candidates = dict.fromkeys(await store.versions_like(connection, _runs_of(letters), _MAX_COMPARED))
        candidates |= dict.fromkeys(await store.delivered_like(connection, sampled, _MAX_COMPARED))
        delivered = await store.delivered_of(connection, candidates.keys())
    of_speeches: dict[int, list[TextInLeak]] = {}
    parts: dict[int, AbstractSet[str]] = {}
    for version in candidates:
        text, part = await _compared(database, runs, len(letters), version)
        if text.letters >= _FEWEST_LETTERS_OF_A_TEXT:
            parts[version] = part
            of_speeches.setdefault(text.speech.number, []).append(text)
    likely = [text for versions in of_speeches.values() for text in _likely(versions, delivered)]
    likely = sorted(likely, key=lambda text: -text.letters)[:_MAX_TEXTS]
    return await asyncio.to_thread(_with_rivals, likely, parts)


def selections(texts: Sequence[TextInLeak]) -> list[frozenset[str]]:
    """Returns the sets of version ids to judge by: all together, and, if several texts may be of the same
    part of the leak (rivals), for each text those that can have leaked beside it, and each text that has
    rivals alone.

    A member's bits of the editions that did not leak are coin throws: counted with the others they would hide
    him. At most 2n + 1 sets of n texts, since what the examination may spend is divided by their number.
    """
    by_letters = sorted(texts, key=lambda text: -text.letters)
    beside = [_beside(text, by_letters) for text in by_letters]
    alone = [frozenset({_id(text)}) for text in by_letters if text.rivals]
    return list(dict.fromkeys([frozenset(map(_id, texts)), *beside, *alone]))


def _beside(first: TextInLeak, others: Iterable[TextInLeak]) -> frozenset[str]:
    """Returns the ids of `first` and of those of the others that are rivals of none before them."""
    chosen = [first]
    for other in others:
        if other is not first and all(other.speech.version not in text.rivals for text in chosen):
            chosen.append(other)
    return frozenset(map(_id, chosen))


def _id(text: TextInLeak) -> str:
    return str(text.speech.version)


def _with_rivals(texts: Sequence[TextInLeak], parts: Mapping[int, AbstractSet[str]]) -> list[TextInLeak]:
    """Returns the texts with their rivals: those of which half of the smaller one's part of the leak is the
    same.

    By pairs: two lectures in one collection are rivals of the collection, and not of each other.
    """
    rivals: dict[int, set[int]] = {text.speech.version: set() for text in texts}
    for first, second in combinations(rivals, 2):
        if 2 * len(parts[first] & parts[second]) >= min(len(parts[first]), len(parts[second])):
            rivals[first].add(second)
            rivals[second].add(first)
    return [replace(text, rivals=frozenset(rivals[text.speech.version])) for text in texts]


async def _compared(
    database: Database, runs: AbstractSet[str], letters: int, version: int
) -> tuple[TextInLeak, AbstractSet[str]]:
    """Returns a version beside a leak, and which of the leak's runs stand in it."""
    async with database.read() as connection:
        speech = await library_store.speech_of_version(connection, version)
        clean = await library_store.version_text(connection, version)
        edition = await store.edition_of(connection, version)
    part = await asyncio.to_thread(lambda: runs & shingles(normal_form(clean)))
    share = len(part) / len(runs) if runs else 0.0
    return TextInLeak(speech, edition, clean, round(share * letters)), part


def _likeliest(versions: Sequence[TextInLeak]) -> TextInLeak:
    return max(versions, key=lambda text: text.letters)


def _likely(versions: Sequence[TextInLeak], delivered: set[int]) -> list[TextInLeak]:
    """Returns those versions of a speech that left as copies and have nearly as much of the leak as any; if
    none left, the likeliest one. A version that was only added to since, or mended elsewhere, has all of the
    leak too.

    The bits of who received another version than the leaked one are coin throws there, as everybody's are, so
    the chances hold.
    """
    least = _NEARLY * _likeliest(versions).letters
    near = [text for text in versions if text.letters >= least and text.speech.version in delivered]
    return near or [_likeliest(versions)]


def _runs_of(letters: str) -> list[str]:
    """Returns runs spread over the leak, each once."""
    step = max(1, (len(letters) - _RUN) // _RUNS)
    return list(dict.fromkeys(letters[at : at + _RUN] for at in range(0, len(letters) - _RUN + 1, step)))[
        : _RUNS + 1
    ]
