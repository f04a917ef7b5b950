"""溯源: which speeches a leak is of, and whom the copies that were delivered point to (docs/tracing.md).

Suspects are all to whom the delivery records say that a marked copy of the text, or sections of it, went; expired and
suspended members too. Each look is logged. A look that could have named somebody spends a share of the error that is
stated for twelve months (`budget`); one at a leak with nothing of ours in it, or too little, spends nothing.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from jianggao.database import Database, Keys
from jianggao.text.normal_form import normal_form
from jianggao.tracing import store
from jianggao.tracing.attribution import (
    ALPHA_LEAD,
    TIMES,
    Accusation,
    Reading,
    Received,
    Rule,
    TraceVerdict,
    accuse,
    by_file,
    most_weight,
    much_surer,
    surest,
    verdict,
)
from jianggao.tracing.binomial import tail
from jianggao.tracing.budget import OPERATORS, Share, affordable, next_share
from jianggao.tracing.detection import read
from jianggao.tracing.group_days import GroupDay
from jianggao.tracing.layout_evidence import layout_id, layout_readings, with_layouts
from jianggao.tracing.leaked_texts import TextInLeak, selections, texts_in
from jianggao.tracing.matching import Matched, matched
from jianggao.tracing.plan import Strength
from jianggao.tracing.watermark import marks_of

_YEAR = timedelta(days=365)
_WHOLE = 0.9
"""With less of a text in the leak no file of it can be one that we made."""


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
    """Somebody whom the leak points to, by marks or by a file that only he has, and when copies went to him."""

    account: str
    accusation: Accusation
    times: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class ShownIn:
    """A member group and a day to whose copy the leak points: somebody who saw it there, whoever that is."""

    where: GroupDay
    accusation: Accusation


@dataclass(frozen=True, slots=True)
class Examination:
    """What a look found. Nobody below the limit is in `named`; the surest is first."""

    texts: tuple[TextFound, ...]
    suspects: int
    looks: int
    verdict: TraceVerdict
    named: tuple[Named, ...]
    by_hash: bool
    """Whether one of the files is byte for byte what the first of `named` alone got. What that is worth `verdict`
    says."""
    known_files: int
    """How many of the files left as copies, whether that names anybody or not: everybody can make all files of a short
    text."""
    letters: int
    shown_in: tuple[ShownIn, ...] = ()
    """Never persons: `named` and `verdict` have nothing to do with them."""

    @property
    def chance(self) -> Fraction | None:
        """The printed bound for the first of `named`."""
        return self.named[0].accusation.chance if self.named else None


@dataclass(frozen=True, slots=True)
class _Evidence:
    """All that is judged in one look."""

    leaks: Sequence[str]
    found: Sequence[TextInLeak]
    copies: Sequence[store.CopyRow]
    plans: dict[int, store.StoredPlan]
    files: Matched
    keyed_bits: Mapping[int, int]
    group_copies: Sequence[store.CopyRow]
    contents: Sequence[bytes]

    def could_match(self, weight: Fraction) -> bool:
        """Whether a file of the leak could be one of ours, of a text long enough that it would name somebody."""
        return any(
            self.files.files
            and one.letters >= _WHOLE * len(normal_form(one.clean))
            and self._names(one, weight)
            for one in self.found
        )

    def _names(self, one: TextInLeak, weight: Fraction) -> bool:
        version = one.speech.version
        of_text = [len(stored.plan.carriers) for stored in self.plans.values() if stored.version == version]
        bits = max([*of_text, self.keyed_bits.get(version, 0)], default=0)
        holders = len({copy.account for copy in self.copies if copy.version == version})
        chance = TIMES[Rule.FILE] * weight * self.files.files * holders * tail(bits, bits)
        return 0 < chance <= ALPHA_LEAD


@dataclass(frozen=True, slots=True)
class _Judged:
    """What came of it. `counts`: whether the look could have named somebody, so that it spends its share."""

    read_of: dict[int, int]
    accusations: list[Accusation]
    counts: bool
    of_groups: list[Accusation]


class Examiner:
    """Examines leaks against the delivery records."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._database = database
        self._keys = keys
        self._turn = asyncio.Lock()
        """One look after the other: none may spend the share that another one is about to spend."""

    async def examine(
        self,
        texts: Sequence[str],
        files: Sequence[LeakedFile] = (),
        *,
        by: str,
        report: int | None = None,
        reporters: Sequence[str] = (),
        now: datetime,
    ) -> Examination:
        """Look at the leaks of one seller together, and log the look. Raises KeyMissing where a retired key is needed
        and not there.

        `reporters` are those who sent in what is looked at, for the case `report`: the look spends a share of theirs.
        Without either, an operator looks of his own accord.
        """
        leaks = [text for text in [*texts, *(file.text for file in files)] if text.strip()]
        # In a thread: of rare characters, each of which is looked up anew, a million take seconds.
        whole = await asyncio.to_thread(normal_form, "\n".join(leaks))
        found = await texts_in(self._database, whole)
        versions = [one.speech.version for one in found]
        same_files = await matched(self._database, self._keys, [file.content for file in files])
        async with self._turn:
            async with self._database.read() as connection:
                looks = await store.looks_that_count(connection)
                copies = await store.copies_of(connection, versions)
                plans = {one.id: one for one in await store.plans_of(connection, versions)}
                keyed_bits = await store.most_keyed_bits(connection, versions)
                group_copies = await store.group_copies_of(connection, versions)
            suspects = len({one.account for one in copies})
            sources = reporters or [OPERATORS if report is None else f"report {report}"]
            recent = [one for one in looks if one.at >= now - _YEAR]
            leak_sha256 = _digest(texts, files)
            before = _same_leak(recent, leak_sha256, suspects, sources)
            share = before.share if before else next_share([one.share for one in recent], sources)
            earlier = looks if before is None else looks[: looks.index(before)]
            surer = _surer(earlier, same_files.versions.union(versions))
            # What the worker process could not read within its limits isn't taken apart here either.
            contents = [file.content for file in files if file.text.strip()]
            evidence = _Evidence(leaks, found, copies, plans, same_files, keyed_bits, group_copies, contents)
            judged = await asyncio.to_thread(self._judge, evidence, share.weight, surer)
            examination = _examination(evidence, judged, len(recent) + (before is None), letters=len(whole))
            spent = share if judged.counts and before is None else None
            await self._log(examination, by, report, leak_sha256, now, same_files.versions, spent, suspects)
        return examination

    # --- whose copies -------------------------------------------------------------------------------------------------

    def _judge(self, evidence: _Evidence, weight: Fraction, surer: Mapping[str, int]) -> _Judged:
        """How many places were read of each version, and who is accused. Copies of different strength or keys are
        judged apart, texts by themselves and with the layout of files, and people apart from what groups were shown:
        all of these that could name anybody share what the look may spend."""
        read_of: dict[int, int] = {}
        accusations: list[Accusation] = []
        layouts = layout_readings(
            evidence.contents, {one.speech.version: one.clean for one in evidence.found}
        )
        people = self._kinds(evidence, evidence.copies, layouts, read_of)
        kinds = [*people, *self._kinds(evidence, evidence.group_copies, [], read_of)]
        # Which are judged hangs on the leak, on who received which texts and on how many they are, never on anybody's
        # bits. So given the leak it is fixed before an innocent's bits are thrown: each of the n that are judged names
        # one with at most 1/n of the look's part, the others name nobody, and the sum holds.
        made = affordable([most_weight(readings, suspects) for readings, suspects in kinds], weight)
        each = weight * max(1, len(made))
        counts = evidence.could_match(weight) or any(number < len(people) for number in made)
        shown: list[Accusation] = []
        for number in made:
            readings, suspects = kinds[number]
            if number < len(people):
                accusations += accuse(readings, suspects, weight=each, surer=surer)
            else:
                shown += accuse(readings, suspects, weight=each)
        for match in evidence.files.matches:
            accused = by_file(match, files=evidence.files.files, weight=weight, surer=surer)
            if accused is not None:
                counts = True
                accusations.append(accused)
        return _Judged(read_of, surest(accusations), counts, surest(shown))

    def _kinds(
        self,
        evidence: _Evidence,
        all_copies: Sequence[store.CopyRow],
        layouts: Sequence[Reading],
        read_of: dict[int, int],
    ) -> list[tuple[list[Reading], dict[str, Received]]]:
        """What was read and who received it, for each strength and key that copies were made with, and each selection of
        the texts; once more with the layouts, where there are any."""
        plans, copies = evidence.plans, [one for one in all_copies if one.plan in evidence.plans]
        kinds = []
        for strength, mark_key in sorted(
            {(plans[one.plan].plan.strength.value, one.mark_key) for one in copies}
        ):
            readings = [*self._readings(evidence.leaks, evidence.found, plans, Strength(strength), read_of)]
            received: dict[str, dict[str, list[int]]] = {}
            for one in copies:
                plan = plans[one.plan].plan
                if plan.strength.value == strength and one.mark_key == mark_key:
                    mine = marks_of(self._keys.marks_key(mark_key), one.account, one.version, plan)
                    received.setdefault(one.account, {})[str(one.version)] = mine
            for versions in selections(evidence.found):
                of_texts = [one for one in readings if one.text_id in versions]
                those = _of_versions(received, versions)
                if not those:
                    continue
                kinds.append((of_texts, dict[str, Received](those)))
                with_layout = {layout_id(int(version)) for version in versions}
                of_layouts = [one for one in layouts if one.text_id in with_layout]
                if of_layouts:
                    both = with_layouts(those, self._keys.marks_key(mark_key))
                    kinds.append(([*of_texts, *of_layouts], dict[str, Received](both)))
        return kinds

    def _readings(
        self,
        leaks: Sequence[str],
        found: Sequence[TextInLeak],
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

    async def _log(
        self,
        found: Examination,
        by: str,
        report: int | None,
        leak_sha256: str,
        now: datetime,
        of_files: frozenset[int],
        spent: Share | None,
        suspects: int,
    ) -> None:
        async with self._database.write() as connection:
            look = await store.add_look(
                connection,
                at=now,
                by=by,
                report=report,
                leak_sha256=leak_sha256,
                versions=list(dict.fromkeys([*(one.version for one in found.texts), *sorted(of_files)])),
                verdict=found.verdict.value,
                account=found.named[0].account if found.named else None,
                chance=None if found.chance is None else f"{float(found.chance):.3g}",
            )
            if spent is not None:
                named = {one.account: one.accusation.verdict.value for one in found.named}
                await store.add_share(connection, look, spent, suspects=suspects, named=named)


def _of_versions(
    received: Mapping[str, Mapping[str, list[int]]], versions: frozenset[str]
) -> dict[str, dict[str, list[int]]]:
    """What was received of these versions, by those who received any."""
    those = {
        account: {version: mine for version, mine in texts.items() if version in versions}
        for account, texts in received.items()
    }
    return {account: texts for account, texts in those.items() if texts}


def _digest(texts: Sequence[str], files: Sequence[LeakedFile]) -> str:
    """Knows the same leak again, in whatever order its pieces come. Of their very characters: forged copies of a text
    differ in their marks alone, and each is a leak of its own."""
    pieces = [text.encode() for text in texts if text.strip()] + [file.content for file in files]
    return hashlib.sha256(
        "".join(sorted(hashlib.sha256(one).hexdigest() for one in pieces)).encode()
    ).hexdigest()


def _same_leak(
    recent: Sequence[store.LookRow], leak_sha256: str, suspects: int, sources: Sequence[str]
) -> store.LookRow | None:
    """The look at the same leak with the same suspects: looking again finds what it found, and is no guess."""
    return next(
        (
            one
            for one in recent
            if (one.leak_sha256, one.suspects) == (leak_sha256, suspects) and one.share.source in sources
        ),
        None,
    )


def _surer(looks: Sequence[store.LookRow], versions: frozenset[int]) -> dict[str, int]:
    """How much surer a strong lead must be of those whom earlier looks at these texts named as leads. Of those who
    were named strongly there is nothing left to guess."""
    related = [one for one in looks if one.versions & versions]
    named = Counter(account for one in related for account in one.named)
    strongly = {
        account
        for one in related
        for account, worth in one.named.items()
        if worth == TraceVerdict.STRONG.value
    }
    return {
        account: much_surer(len(related), times)
        for account, times in named.items()
        if account not in strongly
    }


def _examination(evidence: _Evidence, judged: _Judged, looks: int, *, letters: int) -> Examination:
    texts = tuple(
        TextFound(
            one.speech.number,
            one.speech.title,
            one.speech.version,
            one.edition,
            one.letters / max(1, letters),
            judged.read_of.get(one.speech.version, 0),
        )
        for one in evidence.found
    )
    times = _times(evidence.copies)
    named = tuple(Named(one.suspect, one, times(one.suspect)) for one in judged.accusations)
    holders = {match.holder for match in evidence.files.matches}
    return Examination(
        texts,
        len({one.account for one in evidence.copies}),
        max(1, looks),
        verdict(judged.accusations),
        named,
        bool(named) and named[0].account in holders,
        evidence.files.known,
        letters,
        tuple(
            ShownIn(where, one) for one in judged.of_groups if (where := GroupDay.of(one.suspect)) is not None
        ),
    )


def _times(copies: Sequence[store.CopyRow]) -> Callable[[str], tuple[datetime, ...]]:
    def of(account: str) -> tuple[datetime, ...]:
        return tuple(sorted(at for one in copies if one.account == account for at in one.times))

    return of
