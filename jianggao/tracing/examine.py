"""溯源: which speeches a leak is of, and whom the copies that were delivered point to (docs/tracing.md).

Suspects are all to whom the delivery records say that a marked copy of the text, or sections of it, went; expired and
suspended members too. Each look is logged, and the chances count all leaks examined in twelve months.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from jianggao.database import Database, Keys
from jianggao.library import store as library_store
from jianggao.library.normal_form import normal_form
from jianggao.tracing import store
from jianggao.tracing.accuse import Accusation, Reading, Verdict, accuse, verdict
from jianggao.tracing.mark import marks_of
from jianggao.tracing.plan import Plan, Strength
from jianggao.tracing.read import coverage, read

_YEAR = timedelta(days=365)
_RUN, _RUNS = 12, 24
"""Texts are looked for by so many runs of so many letters, spread over the leak."""
_FEWEST_LETTERS = 40
_MOST_TEXTS = 12
_MOSTLY = 0.5
"""With more of the leak found in texts that can be searched, texts taken out of the library aren't looked through."""
_LEAST_LETTERS_OF_A_TEXT = 120
"""Less of a text in the leak is a quotation, no copy."""
_NEARLY = 0.95
"""A version that has so much of what the likeliest has may be the one that leaked."""


@dataclass(frozen=True, slots=True)
class LeakedFile:
    """An untouched file: its bytes, and the text in it ("" where none could be read)."""

    content: bytes
    text: str


@dataclass(frozen=True, slots=True)
class TextFound:
    """A text version that stands in the leak: which share of the leak it is, and how many places were read in it."""

    number: int
    title: str
    version: int
    edition: int
    """Which of the speech's versions it is, from 1: what people can be told, other than `version`."""
    share: float
    read: int


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whom the leak points to: when copies went to him; by marks, or by a file that only he has."""

    account: str
    accusation: Accusation | None
    times: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Examination:
    """What a look found. Nobody below the limit is in `named`; the surest is first."""

    texts: tuple[TextFound, ...]
    suspects: int
    looks: int
    verdict: Verdict
    named: tuple[Named, ...]
    by_hash: bool
    """Whether the first of `named` is named by bytes that nobody else got."""
    letters: int

    @property
    def chance(self) -> Fraction | None:
        """The printed bound for the first of `named`; None for one named by a file."""
        return self.named[0].accusation.chance if self.named and self.named[0].accusation else None


@dataclass(frozen=True, slots=True)
class _Found:
    speech: library_store.SpeechRow
    edition: int
    clean: str
    letters: int


class Examiner:
    """Examines leaks against the delivery records."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._database = database
        self._keys = keys

    async def examine(
        self,
        texts: Sequence[str],
        files: Sequence[LeakedFile] = (),
        *,
        by: str,
        report: int | None = None,
        now: datetime,
    ) -> Examination:
        """Look at the leaks of one seller together, and log the look. Raises KeyMissing where a retired key is needed
        and not there."""
        leaks = [text for text in [*texts, *(file.text for file in files)] if text.strip()]
        whole = "\n".join(leaks)
        leak_sha256 = hashlib.sha256(normal_form(whole).encode()).hexdigest()
        found = await self._texts_in(whole)
        versions = [one.speech.version for one in found]
        async with self._database.read() as connection:
            looks = 1 + await store.looks_since(connection, now - _YEAR, leak_sha256)
            copies = await store.copies_of(connection, versions)
            plans = {one.id: one for one in await store.plans_of(connection, versions)}
        readings, accusations = await asyncio.to_thread(self._accuse, leaks, found, copies, plans, looks)
        hashed = await self._by_hash(files)
        examination = _examination(found, readings, copies, looks, accusations, hashed, whole)
        await self._log(examination, by, report, leak_sha256, now)
        return examination

    # --- which texts --------------------------------------------------------------------------------------------------

    async def _texts_in(self, leak: str) -> list[_Found]:
        """The versions that the leak is, or may be, of, the one with most of it first."""
        letters = normal_form(leak)
        if len(letters) < _FEWEST_LETTERS:
            return []
        async with self._database.read() as connection:
            candidates = await store.versions_like(connection, _runs_of(letters))
            delivered = await store.delivered_versions(connection)
        seen: dict[int, list[_Found]] = {}
        for group in (candidates, [version for version in delivered if version not in candidates]):
            if sum(_most(versions).letters for versions in seen.values()) > _MOSTLY * len(letters):
                break
            for version in group:
                one = await self._compared(leak, letters, version)
                if one.letters >= _LEAST_LETTERS_OF_A_TEXT:
                    seen.setdefault(one.speech.number, []).append(one)
        likely = [one for versions in seen.values() for one in _likely(versions, set(delivered))]
        return sorted(likely, key=lambda one: -one.letters)[:_MOST_TEXTS]

    async def _compared(self, leak: str, letters: str, version: int) -> _Found:
        async with self._database.read() as connection:
            speech = await library_store.speech_of_version(connection, version)
            clean = await library_store.version_text(connection, version)
            edition = await store.edition_of(connection, version)
        share = await asyncio.to_thread(coverage, leak, clean)
        return _Found(speech, edition, clean, round(share * len(letters)))

    # --- whose copies -------------------------------------------------------------------------------------------------

    def _accuse(
        self,
        leaks: Sequence[str],
        found: Sequence[_Found],
        copies: Sequence[store.CopyRow],
        plans: dict[int, store.StoredPlan],
        looks: int,
    ) -> tuple[dict[int, int], list[Accusation]]:
        """How many places were read of each version, and who is accused. Copies of different strength or keys are
        judged apart, each judgement being a look more."""
        kinds = sorted(
            {(plans[one.plan].plan.strength.value, one.mark_key) for one in copies if one.plan in plans}
        )
        accusations: list[Accusation] = []
        read_of: dict[int, int] = {}
        for strength, mark_key in kinds:
            readings = list(self._readings(leaks, found, plans, Strength(strength), read_of))
            suspects: dict[str, dict[str, list[int]]] = {}
            for one in copies:
                plan = plans[one.plan].plan
                if plan.strength.value == strength and one.mark_key == mark_key:
                    mine = marks_of(self._keys.marks_key(mark_key), one.account, one.version, plan)
                    suspects.setdefault(one.account, {})[str(one.version)] = mine
            accusations += accuse(readings, suspects, looks=looks * len(kinds))
        best: dict[str, Accusation] = {}
        for accused in sorted(accusations, key=lambda one: one.chance):
            best.setdefault(accused.suspect, accused)
        return read_of, list(best.values())

    def _readings(
        self,
        leaks: Sequence[str],
        found: Sequence[_Found],
        plans: dict[int, store.StoredPlan],
        strength: Strength,
        read_of: dict[int, int],
    ) -> Iterable[Reading]:
        for one in found:
            for stored in plans.values():
                if stored.version != one.speech.version or stored.plan.strength is not strength:
                    continue
                for leak in leaks:
                    values = read(leak, one.clean, stored.plan)
                    told = sum(value is not None for value in values)
                    read_of[stored.version] = max(read_of.get(stored.version, 0), told)
                    yield Reading.of(str(stored.version), stored.plan, values)

    async def _by_hash(self, files: Sequence[LeakedFile]) -> tuple[str, ...]:
        """The accounts that got exactly these bytes; one only where nobody else has the same copy.

        Of bytes alone: only our files have them. The same lines prove nothing, since the copy of a member whose marks
        are all 0 is the public text; what unedited lines tell, their marks tell with an exact chance.
        """
        holders: set[str] = set()
        for digest in dict.fromkeys(hashlib.sha256(file.content).hexdigest() for file in files):
            async with self._database.read() as connection:
                by_version = await store.accounts_by_hash(connection, digest)
                copies = await store.copies_of(connection, list(by_version))
                plans = {one.id: one.plan for one in await store.plans_of(connection, list(by_version))}
            for version, accounts in by_version.items():
                holders |= accounts | self._twins(
                    accounts, [one for one in copies if one.version == version], plans
                )
        return tuple(sorted(holders))

    def _twins(self, accounts: set[str], copies: Sequence[store.CopyRow], plans: dict[int, Plan]) -> set[str]:
        """Others whose marks chance to be the same: their copies are the same bytes. Short texts have few marks."""

        def marks(one: store.CopyRow) -> tuple[int, str, tuple[int, ...]]:
            key = self._keys.marks_key(one.mark_key)
            return one.plan, one.mark_key, tuple(marks_of(key, one.account, one.version, plans[one.plan]))

        known = {marks(one) for one in copies if one.account in accounts and one.plan in plans}
        return {one.account for one in copies if one.plan in plans and marks(one) in known}

    async def _log(
        self, found: Examination, by: str, report: int | None, leak_sha256: str, now: datetime
    ) -> None:
        async with self._database.write() as connection:
            await store.add_look(
                connection,
                at=now,
                by=by,
                report=report,
                leak_sha256=leak_sha256,
                versions=[one.version for one in found.texts],
                verdict=found.verdict.value,
                account=found.named[0].account if found.named else None,
                chance=None if found.chance is None else f"{float(found.chance):.3g}",
            )


def _most(versions: Sequence[_Found]) -> _Found:
    return max(versions, key=lambda one: one.letters)


def _likely(versions: Sequence[_Found], delivered: set[int]) -> list[_Found]:
    """Of a speech's versions all that left as copies and have nearly as much of the leak as any: a text that was only
    added to since, or mended elsewhere, has all of it too. Who got another version than the leaked one has bits that
    are coin throws there, as everybody's are, so the chances hold."""
    least = _NEARLY * _most(versions).letters
    near = [one for one in versions if one.letters >= least and one.speech.version in delivered]
    return near or [_most(versions)]


def _examination(
    found: Sequence[_Found],
    read_of: dict[int, int],
    copies: Sequence[store.CopyRow],
    looks: int,
    accusations: Sequence[Accusation],
    hashed: Sequence[str],
    whole: str,
) -> Examination:
    letters = len(normal_form(whole))
    texts = tuple(
        TextFound(
            one.speech.number,
            one.speech.title,
            one.speech.version,
            one.edition,
            one.letters / max(1, letters),
            read_of.get(one.speech.version, 0),
        )
        for one in found
    )
    times = _times(copies)
    named = [Named(one.suspect, one, times(one.suspect)) for one in accusations]
    by_hash = len(hashed) == 1
    if by_hash:
        accused = next((one.accusation for one in named if one.account == hashed[0]), None)
        named = [
            Named(hashed[0], accused, times(hashed[0])),
            *(one for one in named if one.account != hashed[0]),
        ]
    worth = Verdict.STRONG if by_hash else verdict(accusations)
    return Examination(
        texts, len({one.account for one in copies}), looks, worth, tuple(named), by_hash, letters
    )


def _times(copies: Sequence[store.CopyRow]) -> Callable[[str], tuple[datetime, ...]]:
    def of(account: str) -> tuple[datetime, ...]:
        return tuple(sorted(at for one in copies if one.account == account for at in one.times))

    return of


def _runs_of(letters: str) -> list[str]:
    """Runs spread over the leak, none twice."""
    step = max(1, (len(letters) - _RUN) // _RUNS)
    return list(dict.fromkeys(letters[at : at + _RUN] for at in range(0, len(letters) - _RUN + 1, step)))[
        : _RUNS + 1
    ]
