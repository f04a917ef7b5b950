"""Stores plans of text versions and examinations of leaks, and finds the copies that were delivered.

An examination stands in the table `looks`, and the share of the stated error that it spent in
`look_shares`."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import aiosqlite

from jianggao.clock import from_text, to_text
from jianggao.tracing.alpha_spending import Share
from jianggao.tracing.mark_plan import MarkPlan, Strength


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A plan as copies of `version` were made by it."""

    id: int
    version: int
    plan: MarkPlan


@dataclass(frozen=True, slots=True)
class CopyRow:
    """The copies of one text that one account received, marked by one plan and key.

    `account` is that of a member, or of a member group on a day (`GroupDay.reader`)."""

    account: str
    version: int
    plan: int
    mark_key: str
    times: tuple[datetime, ...]


async def plan_of(connection: aiosqlite.Connection, version: int, strength: Strength) -> StoredPlan | None:
    """Returns the plan by which copies of a version are made now; None if there is none yet."""
    rows = await connection.execute_fetchall(
        "SELECT id, version, plan FROM plans WHERE version = ? AND strength = ?", (version, strength.value)
    )
    return next(
        (StoredPlan(row["id"], row["version"], MarkPlan.from_json(row["plan"])) for row in rows), None
    )


async def keep_plan(connection: aiosqlite.Connection, version: int, plan: MarkPlan, at: datetime) -> None:
    """Stores a plan, unless there is one of the same strength: copies left by that one."""
    await connection.execute(
        "INSERT OR IGNORE INTO plans (version, strength, plan, made_at) VALUES (?, ?, ?, ?)",
        (version, plan.strength.value, plan.to_json(), to_text(at)),
    )


async def plans_of(connection: aiosqlite.Connection, versions: Collection[int]) -> list[StoredPlan]:
    """Returns all plans of these versions, of either strength."""
    rows = await connection.execute_fetchall(
        "SELECT id, version, plan FROM plans WHERE version IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(sorted(versions)),),
    )
    return [StoredPlan(row["id"], row["version"], MarkPlan.from_json(row["plan"])) for row in rows]


async def copies_of(connection: aiosqlite.Connection, versions: Collection[int]) -> list[CopyRow]:
    """Returns every marked copy of these versions, or of sections of them, that may have reached a member:
    all but what QQ refused. Those of expired and suspended members too."""
    return await _copies(connection, versions, "account", "marked_for IS NULL")


async def group_copies_of(connection: aiosqlite.Connection, versions: Collection[int]) -> list[CopyRow]:
    """Returns, as `copies_of` does, what member groups were shown: the account is that of a `GroupDay`."""
    return await _copies(connection, versions, "marked_for", "marked_for IS NOT NULL")


async def _copies(
    connection: aiosqlite.Connection, versions: Collection[int], reader: str, condition: str
) -> list[CopyRow]:
    rows = await connection.execute_fetchall(
        f"""SELECT {reader} AS reader, version, plan, mark_key, at FROM deliveries
           WHERE version IN (SELECT value FROM json_each(?)) AND {condition}
           AND plan IS NOT NULL AND outcome <> 'refused' ORDER BY id""",
        (json.dumps(sorted(versions)),),
    )
    times: dict[tuple[str, int, int, str], list[datetime]] = defaultdict(list)
    for row in rows:
        times[row["reader"], row["version"], row["plan"], row["mark_key"]].append(from_text(row["at"]))
    return [CopyRow(*key, tuple(at)) for key, at in times.items()]


async def delivered_of(connection: aiosqlite.Connection, versions: Collection[int]) -> set[int]:
    """Returns those of the versions of which marked copies left."""
    rows = await connection.execute_fetchall(
        """SELECT DISTINCT version FROM deliveries
           WHERE version IN (SELECT value FROM json_each(?)) AND plan IS NOT NULL""",
        (json.dumps(list(versions)),),
    )
    return {row[0] for row in rows}


async def delivered_like(connection: aiosqlite.Connection, runs: Sequence[int], limit: int) -> list[int]:
    """Returns up to `limit` versions of which marked copies left, of listed, hidden and withdrawn speeches:
    those in which two or more of the sampled runs (`library/text_fingerprints.py`) stand, the ones with most
    runs first."""
    rows = await connection.execute_fetchall(
        """SELECT DISTINCT deliveries.version, shared FROM
             (SELECT speech, count(*) AS shared FROM text_runs WHERE run IN (SELECT value FROM json_each(?))
              GROUP BY speech HAVING shared >= 2)
           JOIN versions USING (speech) JOIN deliveries ON deliveries.version = versions.id
           WHERE deliveries.plan IS NOT NULL ORDER BY shared DESC, deliveries.version DESC LIMIT ?""",
        (json.dumps(list(runs)), limit),
    )
    return [row["version"] for row in rows]


async def versions_like(connection: aiosqlite.Connection, runs: Sequence[str], limit: int) -> list[int]:
    """Returns up to `limit` versions, earlier ones too, of speeches in a listed section of which one of the
    runs (in normal form) stands: those with most runs first."""
    found: Counter[int] = Counter()
    for run in runs:
        grams = " AND ".join(f'"{run[at : at + 2]}"' for at in range(0, len(run) - 1, 2))
        rows = await connection.execute_fetchall(
            """SELECT DISTINCT s.speech FROM section_grams CROSS JOIN indexed_sections s ON s.id = section_grams.rowid
               WHERE section_grams MATCH ? AND instr(s.label || s.body, ?)""",
            (grams, run),
        )
        found.update(row[0] for row in rows)
    likely = json.dumps([speech for speech, _ in found.most_common(limit)])
    rows = await connection.execute_fetchall(
        """SELECT versions.id FROM versions JOIN json_each(?) AS likely ON likely.value = speech
           ORDER BY likely.key, versions.id DESC LIMIT ?""",
        (likely, limit),
    )
    return [row[0] for row in rows]


async def edition_of(connection: aiosqlite.Connection, version: int) -> int:
    """Returns which of its speech's versions this is, from 1."""
    rows = await connection.execute_fetchall(
        "SELECT count(*) FROM versions WHERE speech = (SELECT speech FROM versions WHERE id = ?) AND id <= ?",
        (version, version),
    )
    return int(next(iter(rows))[0])


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it went to one account."""

    account: str
    version: int
    plan: int | None
    """The id of the plan; None for clean text."""
    keyed_bits: int | None
    """How many bits of text and layout depend on a key; None for a file whose text alone is marked."""


async def files_by_hash(connection: aiosqlite.Connection, sha256: str) -> list[SentFile]:
    """Returns to whom this file, byte for byte, may have gone."""
    rows = await connection.execute_fetchall(
        """SELECT DISTINCT account, version, plan, keyed_bits FROM deliveries
           WHERE sha256 = ? AND outcome <> 'refused'""",
        (sha256,),
    )
    return [SentFile(*row) for row in rows]


async def greatest_keyed_bits(connection: aiosqlite.Connection, versions: Collection[int]) -> dict[int, int]:
    """Returns by version the greatest number of keyed bits that a file of it had, as far as deliveries
    recorded it."""
    rows = await connection.execute_fetchall(
        """SELECT version, max(keyed_bits) FROM deliveries
           WHERE version IN (SELECT value FROM json_each(?)) AND keyed_bits IS NOT NULL GROUP BY version""",
        (json.dumps(sorted(versions)),),
    )
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True, slots=True)
class ExaminationRow:
    """An examination that spent a share."""

    at: datetime
    leak_sha256: str
    versions: frozenset[int]
    share: Share
    suspects: int
    named: dict[str, str]
    """The accounts that were named, each with the value of its confidence."""


async def counting_examinations(connection: aiosqlite.Connection) -> list[ExaminationRow]:
    """Returns all examinations that could have named somebody, and so spent a share; the oldest first."""
    rows = await connection.execute_fetchall(
        """SELECT at, leak_sha256, versions, source, line, number, suspects, named
           FROM look_shares JOIN looks ON looks.id = look_shares.look ORDER BY looks.id"""
    )
    return [
        ExaminationRow(
            from_text(row["at"]),
            row["leak_sha256"],
            frozenset(json.loads(row["versions"])),
            Share(row["source"], row["line"], row["number"]),
            row["suspects"],
            json.loads(row["named"]),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class ExaminationEntry:
    """What is logged of an examination."""

    at: datetime
    by: str
    report: int | None
    """The case whose evidence was examined."""
    leak_sha256: str
    versions: Sequence[int]
    """That stand in the leak, or that its files are of."""
    confidence: str
    probability: str | None
    named: Mapping[str, str]
    """The accounts that were named, the surest first, each with the value of its confidence."""


async def add_examination(
    connection: aiosqlite.Connection, entry: ExaminationEntry, spent: Share | None, *, suspects: int
) -> None:
    """Logs an examination (table `looks`), with the share that it spent, if it spent one."""
    cursor = await connection.execute(
        """INSERT INTO looks (at, by_account, report, leak_sha256, versions, verdict, account, chance)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            to_text(entry.at),
            entry.by,
            entry.report,
            entry.leak_sha256,
            json.dumps(list(entry.versions)),
            entry.confidence,
            next(iter(entry.named), None),
            entry.probability,
        ),
    )
    if spent is not None:
        await connection.execute(
            "INSERT INTO look_shares (look, source, line, number, suspects, named) VALUES (?, ?, ?, ?, ?, ?)",
            (
                cursor.lastrowid,
                spent.source,
                spent.line,
                spent.number,
                suspects,
                json.dumps(dict(entry.named)),
            ),
        )
    await cursor.close()
