"""Examines leaks (溯源): finds which speeches a leak is of and whom the delivered copies point to
(docs/tracing.md).

Suspects are all members to whom, by the delivery records, a marked copy of the text or of sections of it may
have gone, expired and suspended members too. Each examination is logged. One that could have named somebody
spends a share of the error that is stated for twelve months (`alpha_spending`); one of a leak that holds
nothing of the library, or too little, spends none.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

import aiosqlite

from jianggao.database import Database, Keys
from jianggao.text.normal_form import normal_form
from jianggao.tracing import store
from jianggao.tracing.accusations import Confidence, confidence_of
from jianggao.tracing.alpha_spending import OPERATORS, next_share
from jianggao.tracing.attribution import earlier_leads_factor
from jianggao.tracing.examination import (
    Examination,
    ExaminedText,
    LeakedFile,
    NamedMember,
    ShownToGroup,
)
from jianggao.tracing.group_days import GroupDay
from jianggao.tracing.judging import Judge, Judgement, LeakEvidence
from jianggao.tracing.leaked_texts import TextInLeak, texts_in
from jianggao.tracing.matching import FileMatches, match_files

_YEAR = timedelta(days=365)


class Examiner:
    """Examines leaks against the delivery records."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._database = database
        self._keys = keys
        self._judge = Judge(keys)
        self._turn = asyncio.Lock()
        """One examination at a time: two at once would spend the same share."""

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
        """Examines the texts and files of one leaker together, and logs the examination.

        `reporters` are the accounts that sent in the material of the case `report`: the examination spends a
        share of one of them. Without either, `by`, an operator, examines of his own accord. Raises KeyMissing
        if a retired key is needed and not there.
        """
        leaks = [text for text in [*texts, *(file.text for file in files)] if text.strip()]
        # In a thread: the normal form of a million rare characters, each of which is looked up anew, takes
        # seconds.
        whole = await asyncio.to_thread(normal_form, "\n".join(leaks))
        texts_found = await texts_in(self._database, whole)
        versions = [text.speech.version for text in texts_found]
        files_found = await match_files(self._database, self._keys, [file.content for file in files])
        async with self._turn:
            async with self._database.read() as connection:
                counting = await store.counting_examinations(connection)
                evidence = await _evidence(connection, leaks, files, texts_found, files_found)
            suspects = len({copy.account for copy in evidence.copies})
            sources = reporters or [OPERATORS if report is None else f"report {report}"]
            recent = [row for row in counting if row.at >= now - _YEAR]
            leak_sha256 = _digest(texts, files)
            before = _same_leak(recent, leak_sha256, suspects, sources)
            # A repeated examination is judged by the share that the first one spent, and by the leads of
            # before it.
            share = before.share if before else next_share([row.share for row in recent], sources)
            earlier = counting if before is None else counting[: counting.index(before)]
            lead_factors = _lead_factors(earlier, files_found.versions.union(versions))
            judgement = await asyncio.to_thread(self._judge.judge, evidence, share.weight, lead_factors)
            ordinal = max(1, len(recent) + (before is None))
            examination = _examination(evidence, judgement, ordinal, letters=len(whole))
            spent = share if judgement.counts and before is None else None
            entry = _entry(examination, by, report, leak_sha256, now, files_found.versions)
            async with self._database.write() as connection:
                await store.add_examination(connection, entry, spent, suspects=suspects)
        return examination


async def _evidence(
    connection: aiosqlite.Connection,
    leaks: Sequence[str],
    files: Sequence[LeakedFile],
    texts: Sequence[TextInLeak],
    matches: FileMatches,
) -> LeakEvidence:
    """Returns what was found in the leak, with all that the records say of it."""
    versions = [text.speech.version for text in texts]
    return LeakEvidence(
        leaks=leaks,
        texts=texts,
        copies=await store.copies_of(connection, versions),
        group_copies=await store.group_copies_of(connection, versions),
        plans={plan.id: plan for plan in await store.plans_of(connection, versions)},
        files=matches,
        keyed_bits=await store.greatest_keyed_bits(connection, versions),
        # A file whose text the worker process could not read within its limits isn't taken apart here either.
        contents=[file.content for file in files if file.text.strip()],
    )


def _entry(
    examination: Examination,
    by: str,
    report: int | None,
    leak_sha256: str,
    now: datetime,
    file_versions: frozenset[int],
) -> store.ExaminationEntry:
    """Returns what is logged of an examination."""
    versions = [text.version for text in examination.texts]
    return store.ExaminationEntry(
        at=now,
        by=by,
        report=report,
        leak_sha256=leak_sha256,
        versions=tuple(dict.fromkeys([*versions, *sorted(file_versions)])),
        confidence=examination.confidence.value,
        probability=None if examination.probability is None else f"{float(examination.probability):.3g}",
        named={named.account: named.accusation.confidence.value for named in examination.named},
    )


def _digest(texts: Sequence[str], files: Sequence[LeakedFile]) -> str:
    """Returns a digest that is the same for the same leak, in whatever order its pieces come. It is of the
    very characters, not of normal forms: forged copies of a text differ in their marks alone, and each is a
    guess."""
    pieces = [text.encode() for text in texts if text.strip()] + [file.content for file in files]
    digests = sorted(hashlib.sha256(piece).hexdigest() for piece in pieces)
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def _same_leak(
    recent: Sequence[store.ExaminationRow], leak_sha256: str, suspects: int, sources: Sequence[str]
) -> store.ExaminationRow | None:
    """Returns the examination of the same leak with the same suspects, if there was one. To repeat it finds
    what it found, so that is no guess, and costs nothing. With new suspects it is one."""
    return next(
        (
            row
            for row in recent
            if (row.leak_sha256, row.suspects) == (leak_sha256, suspects) and row.share.source in sources
        ),
        None,
    )


def _lead_factors(earlier: Sequence[store.ExaminationRow], versions: frozenset[int]) -> dict[str, int]:
    """Returns how many times as sure a strong lead must be of those whom earlier examinations of these texts
    named as leads. Of those who were named strongly there is nothing left to guess."""
    related = [row for row in earlier if row.versions & versions]
    leads = Counter(account for row in related for account in row.named)
    strongly = {
        account
        for row in related
        for account, confidence in row.named.items()
        if confidence == Confidence.STRONG.value
    }
    return {
        account: earlier_leads_factor(len(related), times)
        for account, times in leads.items()
        if account not in strongly
    }


def _examination(evidence: LeakEvidence, judgement: Judgement, ordinal: int, *, letters: int) -> Examination:
    """Returns what the examination found, in the form that is shown and logged."""
    texts = tuple(
        ExaminedText(
            number=text.speech.number,
            title=text.speech.title,
            version=text.speech.version,
            edition=text.edition,
            share=text.letters / max(1, letters),
            read=judgement.read_of.get(text.speech.version, 0),
        )
        for text in evidence.texts
    )
    named = tuple(
        NamedMember(accusation.suspect, accusation, _times_of(accusation.suspect, evidence.copies))
        for accusation in judgement.accusations
    )
    holders = {match.holder for match in evidence.files.matches}
    return Examination(
        texts=texts,
        suspects=len({copy.account for copy in evidence.copies}),
        ordinal=ordinal,
        confidence=confidence_of(judgement.accusations),
        named=named,
        by_hash=bool(named) and named[0].account in holders,
        known_files=evidence.files.known,
        letters=letters,
        shown_in=tuple(
            ShownToGroup(where, accusation)
            for accusation in judgement.of_groups
            if (where := GroupDay.of(accusation.suspect)) is not None
        ),
    )


def _times_of(account: str, copies: Sequence[store.CopyRow]) -> tuple[datetime, ...]:
    return tuple(sorted(at for copy in copies if copy.account == account for at in copy.times))
