"""Which texts of the library a leak is, or may be, of."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import combinations

from jianggao.database import Database
from jianggao.library import speech_store as library_store
from jianggao.library.text_runs import sampled_runs
from jianggao.text.normal_form import normal_form
from jianggao.tracing import store
from jianggao.tracing.detection import runs_of

_RUN, _RUNS = 12, 24
"""Texts are looked for by so many runs of so many letters, spread over the leak."""
_FEWEST_LETTERS = 40
_MOST_TEXTS = 12
_MOST_COMPARED = 60
"""Versions by each way: of a slogan that stands everywhere, those that share nothing else are left out first."""
_LEAST_LETTERS_OF_A_TEXT = 120
"""Less of a text in the leak is a quotation, no copy."""
_NEARLY = 0.95
"""A version that has so much of what the likeliest has may be the one that leaked."""


@dataclass(frozen=True, slots=True)
class TextInLeak:
    """A text version that a leak is, or may be, of; `letters` of the leak stand in it."""

    speech: library_store.SpeechRow
    edition: int
    clean: str
    letters: int
    rivals: frozenset[int] = frozenset()
    """The versions among the others that the same part of the leak may be of: editions, one text under two names, a
    collection for each lecture in it."""


async def texts_in(database: Database, letters: str) -> list[TextInLeak]:
    """The versions that a leak, given in normal form, is, or may be, of, the one with most of it first.

    Listed texts are found by short runs, so also when the leak is full of typing errors; hidden, withdrawn and earlier
    ones by the sampled runs of 24 letters that are kept of every text: comparing all that ever left would take longer
    with each speech.
    """
    if len(letters) < _FEWEST_LETTERS:
        return []
    runs, sampled = await asyncio.to_thread(lambda: (runs_of(letters), sampled_runs(letters)))
    async with database.read() as connection:
        candidates = dict.fromkeys(await store.versions_like(connection, _runs_of(letters), _MOST_COMPARED))
        candidates |= dict.fromkeys(await store.delivered_like(connection, sampled, _MOST_COMPARED))
        delivered = await store.delivered_of(connection, candidates.keys())
    seen: dict[int, list[TextInLeak]] = {}
    parts: dict[int, AbstractSet[str]] = {}
    for version in candidates:
        one, part = await _compared(database, runs, len(letters), version)
        if one.letters >= _LEAST_LETTERS_OF_A_TEXT:
            parts[version] = part
            seen.setdefault(one.speech.number, []).append(one)
    likely = [one for versions in seen.values() for one in _likely(versions, delivered)]
    likely = sorted(likely, key=lambda one: -one.letters)[:_MOST_TEXTS]
    return await asyncio.to_thread(_with_rivals, likely, parts)


def selections(found: Sequence[TextInLeak]) -> list[frozenset[str]]:
    """The sets of versions to judge by, by their ids. All together; and where several texts may be of the same part of
    the leak, for each text those that can have leaked beside it, and each that has rivals alone. Somebody's bits of the
    editions that did not leak are coin throws: counted with the others they would hide him.

    At most 2n + 1 of n texts, as each is a judgement that what the look may spend is divided by.
    """
    by_letters = sorted(found, key=lambda one: -one.letters)
    beside = [_beside(one, by_letters) for one in by_letters]
    alone = [frozenset({_id(one)}) for one in by_letters if one.rivals]
    return list(dict.fromkeys([frozenset(map(_id, found)), *beside, *alone]))


def _beside(first: TextInLeak, others: Iterable[TextInLeak]) -> frozenset[str]:
    """The text, and of the others those that are rivals of none before."""
    chosen = [first]
    for other in others:
        if other is not first and all(other.speech.version not in one.rivals for one in chosen):
            chosen.append(other)
    return frozenset(map(_id, chosen))


def _id(one: TextInLeak) -> str:
    return str(one.speech.version)


def _with_rivals(texts: Sequence[TextInLeak], parts: Mapping[int, AbstractSet[str]]) -> list[TextInLeak]:
    """The texts, each with those that may be of the same part of the leak: half of the smaller one's part is the same.

    By pairs: two lectures in one collection are rivals of it, and not of each other.
    """
    rivals: dict[int, set[int]] = {one.speech.version: set() for one in texts}
    for one, other in combinations(rivals, 2):
        if 2 * len(parts[one] & parts[other]) >= min(len(parts[one]), len(parts[other])):
            rivals[one].add(other)
            rivals[other].add(one)
    return [replace(one, rivals=frozenset(rivals[one.speech.version])) for one in texts]


async def _compared(
    database: Database, runs: AbstractSet[str], letters: int, version: int
) -> tuple[TextInLeak, AbstractSet[str]]:
    """A version beside a leak, and which of its runs it has."""
    async with database.read() as connection:
        speech = await library_store.speech_of_version(connection, version)
        clean = await library_store.version_text(connection, version)
        edition = await store.edition_of(connection, version)
    part = await asyncio.to_thread(lambda: runs & runs_of(normal_form(clean)))
    share = len(part) / len(runs) if runs else 0.0
    return TextInLeak(speech, edition, clean, round(share * letters)), part


def _most(versions: Sequence[TextInLeak]) -> TextInLeak:
    return max(versions, key=lambda one: one.letters)


def _likely(versions: Sequence[TextInLeak], delivered: set[int]) -> list[TextInLeak]:
    """Of a speech's versions all that left as copies and have nearly as much of the leak as any: a text that was only
    added to since, or mended elsewhere, has all of it too. Who got another version than the leaked one has bits that
    are coin throws there, as everybody's are, so the chances hold."""
    least = _NEARLY * _most(versions).letters
    near = [one for one in versions if one.letters >= least and one.speech.version in delivered]
    return near or [_most(versions)]


def _runs_of(letters: str) -> list[str]:
    """Runs spread over the leak, none twice."""
    step = max(1, (len(letters) - _RUN) // _RUNS)
    return list(dict.fromkeys(letters[at : at + _RUN] for at in range(0, len(letters) - _RUN + 1, step)))[
        : _RUNS + 1
    ]
