"""The SQL of tracing: plans of text versions, copies that were delivered by them, and looks for their owners with what
each spent of the stated error."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import aiosqlite

from jianggao.clock import from_text, to_text
from jianggao.tracing.budget import Share
from jianggao.tracing.plan import MarkPlan, Strength


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A plan as copies of `version` were made by it."""

    id: int
    version: int
    plan: MarkPlan


@dataclass(frozen=True, slots=True)
class CopyRow:
    """Copies of one text that one account got: by which plan and key they were marked, and when they left."""

    account: str
    version: int
    plan: int
    mark_key: str
    times: tuple[datetime, ...]


async def plan_of(connection: aiosqlite.Connection, version: int, strength: Strength) -> StoredPlan | None:
    """The plan by which copies of a version are made now; None if none was made yet."""
    rows = await connection.execute_fetchall(
        "SELECT id, version, plan FROM plans WHERE version = ? AND strength = ?", (version, strength.value)
    )
    return next(
        (StoredPlan(row["id"], row["version"], MarkPlan.from_json(row["plan"])) for row in rows), None
    )


async def keep_plan(connection: aiosqlite.Connection, version: int, plan: MarkPlan, at: datetime) -> None:
    """Store a plan; one that is there already stays."""
    await connection.execute(
        "INSERT OR IGNORE INTO plans (version, strength, plan, made_at) VALUES (?, ?, ?, ?)",
        (version, plan.strength.value, plan.to_json(), to_text(at)),
    )


async def plans_of(connection: aiosqlite.Connection, versions: Collection[int]) -> list[StoredPlan]:
    """All plans of these versions."""
    rows = await connection.execute_fetchall(
        "SELECT id, version, plan FROM plans WHERE version IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(sorted(versions)),),
    )
    return [StoredPlan(row["id"], row["version"], MarkPlan.from_json(row["plan"])) for row in rows]


async def copies_of(connection: aiosqlite.Connection, versions: Collection[int]) -> list[CopyRow]:
    """Every marked copy of these versions, or of sections of them, that may have reached somebody: those of expired
    and suspended members too."""
    return await _copies(connection, versions, "account", "marked_for IS NULL")


async def group_copies_of(connection: aiosqlite.Connection, versions: Collection[int]) -> list[CopyRow]:
    """As `copies_of`, of what member groups were shown: the account is that of a `GroupDay`."""
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
    """Those of the versions of which marked copies left."""
    rows = await connection.execute_fetchall(
        """SELECT DISTINCT version FROM deliveries
           WHERE version IN (SELECT value FROM json_each(?)) AND plan IS NOT NULL""",
        (json.dumps(list(versions)),),
    )
    return {row[0] for row in rows}


async def delivered_like(connection: aiosqlite.Connection, runs: Sequence[int], most: int) -> list[int]:
    """At most so many versions of which marked copies left, of speeches in one of whose versions two or more of the
    sampled runs (`library/text_runs.py`) stand: listed, hidden and withdrawn ones, those with most runs first."""
    rows = await connection.execute_fetchall(
        """SELECT DISTINCT deliveries.version, shared FROM
             (SELECT speech, count(*) AS shared FROM text_runs WHERE run IN (SELECT value FROM json_each(?))
              GROUP BY speech HAVING shared >= 2)
           JOIN versions USING (speech) JOIN deliveries ON deliveries.version = versions.id
           WHERE deliveries.plan IS NOT NULL ORDER BY shared DESC, deliveries.version DESC LIMIT ?""",
        (json.dumps(list(runs)), most),
    )
    return [row["version"] for row in rows]


async def versions_like(connection: aiosqlite.Connection, runs: Sequence[str], most: int) -> list[int]:
    """At most so many versions, the earlier ones too, of speeches in a listed section of which one of the runs (in
    normal form) stands: those with most runs first."""
    found: Counter[int] = Counter()
    for run in runs:
        grams = " AND ".join(f'"{run[at : at + 2]}"' for at in range(0, len(run) - 1, 2))
        rows = await connection.execute_fetchall(
            """SELECT DISTINCT s.speech FROM section_grams CROSS JOIN indexed_sections s ON s.id = section_grams.rowid
               WHERE section_grams MATCH ? AND instr(s.label || s.body, ?)""",
            (grams, run),
        )
        found.update(row[0] for row in rows)
    likely = json.dumps([speech for speech, _ in found.most_common(most)])
    rows = await connection.execute_fetchall(
        """SELECT versions.id FROM versions JOIN json_each(?) AS likely ON likely.value = speech
           ORDER BY likely.key, versions.id DESC LIMIT ?""",
        (likely, most),
    )
    return [row[0] for row in rows]


async def edition_of(connection: aiosqlite.Connection, version: int) -> int:
    """Which of its speech's versions this is, from 1."""
    rows = await connection.execute_fetchall(
        "SELECT count(*) FROM versions WHERE speech = (SELECT speech FROM versions WHERE id = ?) AND id <= ?",
        (version, version),
    )
    return int(next(iter(rows))[0])


@dataclass(frozen=True, slots=True)
class DeliveredFile:
    """A file as it went to one account. `plan` is None for clean text; `keyed_bits` counts the bits of text and layout
    that hang on a key, None for a file whose text alone is marked."""

    account: str
    version: int
    plan: int | None
    keyed_bits: int | None


async def files_by_hash(connection: aiosqlite.Connection, sha256: str) -> list[DeliveredFile]:
    """To whom exactly this file may have gone."""
    rows = await connection.execute_fetchall(
        """SELECT DISTINCT account, version, plan, keyed_bits FROM deliveries
           WHERE sha256 = ? AND outcome <> 'refused'""",
        (sha256,),
    )
    return [DeliveredFile(*row) for row in rows]


async def most_keyed_bits(connection: aiosqlite.Connection, versions: Collection[int]) -> dict[int, int]:
    """By version, how many bits of a file of it hang on a key at most, as far as that was recorded with deliveries."""
    rows = await connection.execute_fetchall(
        """SELECT version, max(keyed_bits) FROM deliveries
           WHERE version IN (SELECT value FROM json_each(?)) AND keyed_bits IS NOT NULL GROUP BY version""",
        (json.dumps(sorted(versions)),),
    )
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True, slots=True)
class LookRow:
    """A look that spent a share: at which leak, with how many suspects, and whom it named, as what."""

    at: datetime
    leak_sha256: str
    versions: frozenset[int]
    share: Share
    suspects: int
    named: dict[str, str]


async def looks_that_count(connection: aiosqlite.Connection) -> list[LookRow]:
    """All looks that could have named somebody, the oldest first."""
    rows = await connection.execute_fetchall(
        """SELECT at, leak_sha256, versions, source, line, number, suspects, named
           FROM look_shares JOIN looks ON looks.id = look_shares.look ORDER BY looks.id"""
    )
    return [
        LookRow(
            from_text(row["at"]),
            row["leak_sha256"],
            frozenset(json.loads(row["versions"])),
            Share(row["source"], row["line"], row["number"]),
            row["suspects"],
            json.loads(row["named"]),
        )
        for row in rows
    ]


async def add_look(
    connection: aiosqlite.Connection,
    *,
    at: datetime,
    by: str,
    report: int | None,
    leak_sha256: str,
    versions: Sequence[int],
    verdict: str,
    account: str | None,
    chance: str | None,
) -> int:
    """Log a look; gives its id."""
    cursor = await connection.execute(
        """INSERT INTO looks (at, by_account, report, leak_sha256, versions, verdict, account, chance)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        (to_text(at), by, report, leak_sha256, json.dumps(list(versions)), verdict, account, chance),
    )
    number = cursor.lastrowid
    await cursor.close()
    assert number is not None
    return number


async def add_share(
    connection: aiosqlite.Connection, look: int, share: Share, *, suspects: int, named: Mapping[str, str]
) -> None:
    """Write which share a look spent, and whom it named."""
    await connection.execute(
        "INSERT INTO look_shares (look, source, line, number, suspects, named) VALUES (?, ?, ?, ?, ?, ?)",
        (look, share.source, share.line, share.number, suspects, json.dumps(dict(named))),
    )
