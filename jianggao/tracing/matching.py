"""Finds files of a leak that are byte for byte what one member received, and counts the bits that would have
to be guessed to make them (docs/tracing.md, Whom it points to)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from jianggao.database import Database, Keys
from jianggao.tracing import store
from jianggao.tracing.attribution import FileMatch
from jianggao.tracing.mark_plan import MarkPlan
from jianggao.tracing.watermark import marks_of


@dataclass(frozen=True, slots=True)
class FileMatches:
    """What was found of the files of an examination."""

    files: int
    """How many files there are, the same bytes counted once: each is a guess."""
    known: int
    """How many of them left as copies, whoever has them."""
    matches: tuple[FileMatch, ...]
    versions: frozenset[int]
    """That the known files are of."""


async def match_files(database: Database, keys: Keys, contents: Sequence[bytes]) -> FileMatches:
    """Returns which of the files one account alone received."""
    digests = list(dict.fromkeys(hashlib.sha256(content).hexdigest() for content in contents))
    known = 0
    matches: list[FileMatch] = []
    versions: set[int] = set()
    for digest in digests:
        async with database.read() as connection:
            rows = await store.files_by_hash(connection, digest)
            copies = await store.copies_of(connection, {row.version for row in rows})
            plans = {
                stored.id: stored.plan
                for stored in await store.plans_of(connection, {row.version for row in rows})
            }
        known += bool(rows)
        versions |= {row.version for row in rows}
        match = _match(keys, rows, copies, plans)
        if match is not None:
            matches.append(match)
    return FileMatches(len(digests), known, tuple(matches), frozenset(versions))


def _match(
    keys: Keys,
    rows: Sequence[store.SentFile],
    copies: Sequence[store.CopyRow],
    plans: dict[int, MarkPlan],
) -> FileMatch | None:
    """Returns whose alone the file of these records is; None if several members have it, or if it holds
    nothing but public words."""
    of_text = max((len(plans[row.plan].carriers) for row in rows if row.plan in plans), default=0)
    # A record that doesn't say how many bits of the file are keyed is of a time when only texts were.
    bits = min((of_text if row.keyed_bits is None else row.keyed_bits for row in rows), default=0)
    holders = {row.account for row in rows}
    # Where the layout is keyed too, a twin's file is another one.
    if bits <= of_text:
        holders |= _twins(keys, holders, copies, plans)
    if len(holders) != 1 or (bits <= of_text and not _is_marked(keys, holders, copies, plans)):
        return None
    return FileMatch(holders.pop(), bits, len({copy.account for copy in copies}))


def _marks(keys: Keys, copy: store.CopyRow, plans: dict[int, MarkPlan]) -> tuple[int, ...]:
    return tuple(marks_of(keys.marks_key(copy.mark_key), copy.account, copy.version, plans[copy.plan]))


def _twins(
    keys: Keys, accounts: set[str], copies: Sequence[store.CopyRow], plans: dict[int, MarkPlan]
) -> set[str]:
    """Returns the accounts whose marks chance to be the same as those of `accounts`, these included: a file
    with nothing keyed but its text can be made of their copies too, in whatever form they got it. Short texts
    have few marks."""
    known = {
        (copy.plan, copy.version, _marks(keys, copy, plans))
        for copy in copies
        if copy.account in accounts and copy.plan in plans
    }
    return {
        copy.account
        for copy in copies
        if copy.plan in plans and (copy.plan, copy.version, _marks(keys, copy, plans)) in known
    }


def _is_marked(
    keys: Keys, accounts: set[str], copies: Sequence[store.CopyRow], plans: dict[int, MarkPlan]
) -> bool:
    """Returns whether the copy differs from the clean text, which stands in public: everybody can lay that
    out as our files are laid out."""
    return any(
        any(_marks(keys, copy, plans)) for copy in copies if copy.account in accounts and copy.plan in plans
    )
