"""The SQL of tracing: plans of text versions, copies that were delivered by them, and looks for their owners."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import aiosqlite

from jianggao.clock import from_text, to_text
from jianggao.tracing.plan import Plan, Strength


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A plan as copies of `version` were made by it."""

    id: int
    version: int
    plan: Plan


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
    return next((StoredPlan(row["id"], row["version"], Plan.from_json(row["plan"])) for row in rows), None)


async def keep_plan(connection: aiosqlite.Connection, version: int, plan: Plan, at: datetime) -> None:
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
    return [StoredPlan(row["id"], row["version"], Plan.from_json(row["plan"])) for row in rows]


async def copies_of(connection: aiosqlite.Connection, versions: Collection[int]) -> list[CopyRow]:
    """Every marked copy of these versions, or of sections of them, that may have reached somebody: those of expired
    and suspended members too."""
    rows = await connection.execute_fetchall(
        """SELECT account, version, plan, mark_key, at FROM deliveries
           WHERE version IN (SELECT value FROM json_each(?)) AND plan IS NOT NULL AND outcome <> 'refused' ORDER BY id""",
        (json.dumps(sorted(versions)),),
    )
    times: dict[tuple[str, int, int, str], list[datetime]] = defaultdict(list)
    for row in rows:
        times[row["account"], row["version"], row["plan"], row["mark_key"]].append(from_text(row["at"]))
    return [CopyRow(*key, tuple(at)) for key, at in times.items()]


async def delivered_versions(connection: aiosqlite.Connection) -> list[int]:
    """The versions of which marked copies left, the newest first."""
    rows = await connection.execute_fetchall(
        "SELECT DISTINCT version FROM deliveries WHERE plan IS NOT NULL ORDER BY version DESC"
    )
    return [row[0] for row in rows]


async def versions_like(connection: aiosqlite.Connection, runs: Sequence[str]) -> list[int]:
    """All versions, the earlier ones too, of speeches in a listed section of which one of the runs (in normal form)
    stands."""
    found: dict[int, None] = {}
    for run in runs:
        grams = " AND ".join(f'"{run[at : at + 2]}"' for at in range(0, len(run) - 1, 2))
        rows = await connection.execute_fetchall(
            """SELECT DISTINCT s.speech FROM section_grams CROSS JOIN indexed_sections s ON s.id = section_grams.rowid
               WHERE section_grams MATCH ? AND instr(s.label || s.body, ?)""",
            (grams, run),
        )
        found |= dict.fromkeys(row[0] for row in rows)
    rows = await connection.execute_fetchall(
        "SELECT id FROM versions WHERE speech IN (SELECT value FROM json_each(?)) ORDER BY id DESC",
        (json.dumps(list(found)),),
    )
    return [row[0] for row in rows]


async def edition_of(connection: aiosqlite.Connection, version: int) -> int:
    """Which of its speech's versions this is, from 1."""
    rows = await connection.execute_fetchall(
        "SELECT count(*) FROM versions WHERE speech = (SELECT speech FROM versions WHERE id = ?) AND id <= ?",
        (version, version),
    )
    return int(next(iter(rows))[0])


async def accounts_by_hash(connection: aiosqlite.Connection, sha256: str) -> dict[int, set[str]]:
    """Who got exactly this file, by version."""
    rows = await connection.execute_fetchall(
        "SELECT version, account FROM deliveries WHERE sha256 = ? AND outcome <> 'refused'", (sha256,)
    )
    found: dict[int, set[str]] = {}
    for row in rows:
        found.setdefault(row["version"], set()).add(row["account"])
    return found


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
) -> None:
    """Log a look."""
    await connection.execute(
        """INSERT INTO looks (at, by_account, report, leak_sha256, versions, verdict, account, chance)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        (to_text(at), by, report, leak_sha256, json.dumps(list(versions)), verdict, account, chance),
    )


async def looks_since(connection: aiosqlite.Connection, since: datetime, leak_sha256: str) -> int:
    """How many different leaks have been examined since then, not counting this one."""
    rows = await connection.execute_fetchall(
        "SELECT count(DISTINCT leak_sha256) FROM looks WHERE at >= ? AND leak_sha256 <> ?",
        (to_text(since), leak_sha256),
    )
    return int(next(iter(rows))[0])
