"""Stores names and notes, one row an account."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import aiosqlite

from jianggao.clock import from_text, to_text
from jianggao.database.statements import fetch_rows
from jianggao.errors import WrongUse
from jianggao.people.names import LONGEST_NOTE, KnownPerson, clean_name, clean_words
from jianggao.text.folding import nfkc

MAX_PEOPLE = 50_000
"""Rows of people who are neither noted nor in the ledger, about: strangers must not fill the disk."""
_SPARE = 500
"""How many rows go beyond what must, so that not every new person has one looked for."""


async def names_of(connection: aiosqlite.Connection, accounts: Iterable[str]) -> dict[str, KnownPerson]:
    """Returns what is known of these accounts."""
    rows = await connection.execute_fetchall(
        """SELECT account, nickname, card, seen_at, note FROM people
           WHERE account IN (SELECT value FROM json_each(?))""",
        (json.dumps(sorted(set(accounts))),),
    )
    return {
        row["account"]: KnownPerson(
            account=row["account"],
            nickname=row["nickname"],
            card=row["card"],
            seen_on=date.fromisoformat(row["seen_at"]) if row["seen_at"] else None,
            note=row["note"],
        )
        for row in rows
    }


async def find_people(
    connection: aiosqlite.Connection, words: str, most: int
) -> tuple[list[KnownPerson], int]:
    """Returns up to `most` people whose nickname, card or note, or the note of a ledger entry on whom, has these
    words in it, whatever their case and width, and how many there are in all."""
    rows = await connection.execute_fetchall(
        """SELECT account, nickname, card, note FROM people
           UNION ALL SELECT member, note, '', '' FROM ledger WHERE note <> ''
           UNION ALL SELECT successor, note, '', '' FROM ledger WHERE note <> '' AND successor IS NOT NULL
           ORDER BY 1"""
    )
    # In a thread: of MAX_PEOPLE they take a tenth of a second.
    found = await asyncio.to_thread(_matching, [tuple(row) for row in rows], _comparable(words))
    known = await names_of(connection, found[:most])
    return [known.get(account, KnownPerson(account)) for account in found[:most]], len(found)


def _matching(rows: Sequence[tuple[str, ...]], wanted: str) -> list[str]:
    found = (
        account for account, *texts in rows if wanted and any(wanted in _comparable(text) for text in texts)
    )
    return list(dict.fromkeys(found))


def _comparable(words: str) -> str:
    return "".join(nfkc(words).lower().split())


async def note_origin(connection: aiosqlite.Connection, account: str) -> tuple[str, datetime] | None:
    """Returns who wrote the note on the account, and when; None where there is none."""
    rows = await fetch_rows(
        connection, "SELECT noted_by, noted_at FROM people WHERE account = ? AND note <> ''", (account,)
    )
    return (rows[0]["noted_by"], from_text(rows[0]["noted_at"])) if rows and rows[0]["noted_at"] else None


async def remember_names(
    connection: aiosqlite.Connection,
    seen: Sequence[tuple[str, str | None, str | None]],
    day: date,
    *,
    most: int = MAX_PEOPLE,
) -> None:
    """Stores accounts with nickname and card as they were seen on `day`. A name that is empty leaves the one
    of before: who has no card in one group has one in another.

    Beyond `most` rows those go whose names were seen the longest ago, without note and without an entry in the
    ledger.
    """
    before = await _count(connection)
    await connection.executemany(
        """
        INSERT INTO people (account, nickname, card, seen_at) VALUES (?, ?, ?, ?)
        ON CONFLICT (account) DO UPDATE SET
            nickname = CASE WHEN excluded.nickname = '' THEN nickname ELSE excluded.nickname END,
            card = CASE WHEN excluded.card = '' THEN card ELSE excluded.card END,
            seen_at = max(coalesce(seen_at, ''), excluded.seen_at)
        """,
        [
            (account, clean_name(nickname), clean_name(card), day.isoformat())
            for account, nickname, card in seen
        ],
    )
    count = await _count(connection)
    if count > before and count > most:
        await connection.execute(
            """
            DELETE FROM people WHERE account IN (
                SELECT account FROM people
                WHERE note = '' AND seen_at IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM ledger WHERE member = account)
                    AND NOT EXISTS (SELECT 1 FROM ledger WHERE successor = account)
                ORDER BY seen_at, account LIMIT ?
            )
            """,
            (count - most + min(_SPARE, most // 2),),
        )


async def set_note(connection: aiosqlite.Connection, account: str, note: str, by: str, at: datetime) -> str:
    """Stores an operator's note on an account; an empty one takes the note away. Returns the note as it was
    before. Raises WrongUse for one too long."""
    note = clean_words(note)
    if len(note) > LONGEST_NOTE:
        raise WrongUse(f"备注最多 {LONGEST_NOTE} 字，这条有 {len(note)} 字。请写短一些。")
    known = await names_of(connection, [account])
    before = known[account].note if account in known else ""
    if note:
        await connection.execute(
            """INSERT INTO people (account, note, noted_by, noted_at) VALUES (?, ?, ?, ?)
               ON CONFLICT (account) DO UPDATE SET note = excluded.note, noted_by = excluded.noted_by,
                   noted_at = excluded.noted_at""",
            (account, note, by, to_text(at)),
        )
    else:
        await connection.execute(
            "UPDATE people SET note = '', noted_by = NULL, noted_at = NULL WHERE account = ?", (account,)
        )
        await connection.execute("DELETE FROM people WHERE account = ? AND seen_at IS NULL", (account,))
    return before


async def copy_note(connection: aiosqlite.Connection, account: str, to: str) -> None:
    """Copies the note on an account to another one that has none: a person moved there."""
    await connection.execute(
        """INSERT INTO people (account, note, noted_by, noted_at)
           SELECT ?2, note, noted_by, noted_at FROM people WHERE account = ?1 AND note <> ''
           ON CONFLICT (account) DO UPDATE SET note = excluded.note, noted_by = excluded.noted_by,
               noted_at = excluded.noted_at WHERE note = ''""",
        (account, to),
    )


async def take_back_note(connection: aiosqlite.Connection, account: str, copied_to: str) -> None:
    """Takes away what `copy_note` brought to an account, as long as neither note was changed since."""
    await connection.execute(
        """UPDATE people SET note = '', noted_by = NULL, noted_at = NULL
           WHERE account = ?2 AND EXISTS (
               SELECT 1 FROM people AS origin WHERE origin.account = ?1 AND origin.note = people.note
                   AND origin.noted_by = people.noted_by AND origin.noted_at = people.noted_at)""",
        (account, copied_to),
    )
    await connection.execute(
        "DELETE FROM people WHERE account = ? AND seen_at IS NULL AND note = ''", (copied_to,)
    )


async def copies_of_note(connection: aiosqlite.Connection, account: str) -> list[str]:
    """Returns the other accounts that have the same note as this one, by `copy_note`."""
    rows = await connection.execute_fetchall(
        """SELECT account FROM people WHERE account <> ?1 AND note <> '' AND (note, noted_by, noted_at) IN
               (SELECT note, noted_by, noted_at FROM people WHERE account = ?1) ORDER BY account""",
        (account,),
    )
    return [str(row["account"]) for row in rows]


async def forget_copies(connection: aiosqlite.Connection, account: str) -> None:
    """Takes the note on an account away from the accounts that `copy_note` brought it to, or brought it from."""
    await connection.execute(
        """UPDATE people SET note = '', noted_by = NULL, noted_at = NULL
           WHERE account <> ?1 AND note <> '' AND (note, noted_by, noted_at) IN
               (SELECT note, noted_by, noted_at FROM people WHERE account = ?1)""",
        (account,),
    )
    await connection.execute("DELETE FROM people WHERE seen_at IS NULL AND note = ''")


async def _count(connection: aiosqlite.Connection) -> int:
    rows = await connection.execute_fetchall("SELECT count(*) FROM people")
    return int(next(iter(rows))[0])
