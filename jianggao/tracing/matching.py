"""Files of a leak that are byte for byte what somebody received, and how many bits of them would have to be guessed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from jianggao.database import Database, Keys
from jianggao.tracing import store
from jianggao.tracing.attribution import Match
from jianggao.tracing.plan import MarkPlan
from jianggao.tracing.watermark import marks_of


@dataclass(frozen=True, slots=True)
class Matched:
    """What was found of the files of a look: `files` of them differ from each other, each one guess."""

    files: int
    known: int
    """How many of them left as copies, whoever has them."""
    matches: tuple[Match, ...]
    versions: frozenset[int]


async def matched(database: Database, keys: Keys, contents: Sequence[bytes]) -> Matched:
    """The files that one account alone received."""
    digests = list(dict.fromkeys(hashlib.sha256(content).hexdigest() for content in contents))
    known = 0
    matches: list[Match] = []
    versions: set[int] = set()
    for digest in digests:
        async with database.read() as connection:
            rows = await store.files_by_hash(connection, digest)
            copies = await store.copies_of(connection, {row.version for row in rows})
            plans = {
                one.id: one.plan for one in await store.plans_of(connection, {row.version for row in rows})
            }
        known += bool(rows)
        versions |= {row.version for row in rows}
        match = _match(keys, rows, copies, plans)
        if match is not None:
            matches.append(match)
    return Matched(len(digests), known, tuple(matches), frozenset(versions))


def _match(
    keys: Keys,
    rows: Sequence[store.DeliveredFile],
    copies: Sequence[store.CopyRow],
    plans: dict[int, MarkPlan],
) -> Match | None:
    """Whose alone the file of these records is; None for several people's, and for one that holds nothing but public
    words."""
    of_text = max((len(plans[row.plan].carriers) for row in rows if row.plan in plans), default=0)
    bits = min((of_text if row.keyed_bits is None else row.keyed_bits for row in rows), default=0)
    holders = {row.account for row in rows}
    if bits <= of_text:
        holders |= _twins(keys, holders, copies, plans)
    if len(holders) != 1 or (bits <= of_text and not _is_marked(keys, holders, copies, plans)):
        return None
    return Match(holders.pop(), bits, len({one.account for one in copies}))


def _marks(keys: Keys, one: store.CopyRow, plans: dict[int, MarkPlan]) -> tuple[int, ...]:
    return tuple(marks_of(keys.marks_key(one.mark_key), one.account, one.version, plans[one.plan]))


def _twins(
    keys: Keys, accounts: set[str], copies: Sequence[store.CopyRow], plans: dict[int, MarkPlan]
) -> set[str]:
    """Others whose marks chance to be the same: a file with nothing keyed but its text can be made of their copies
    too, in whatever form they got it. Short texts have few marks."""
    known = {
        (one.plan, one.version, _marks(keys, one, plans))
        for one in copies
        if one.account in accounts and one.plan in plans
    }
    return {
        one.account
        for one in copies
        if one.plan in plans and (one.plan, one.version, _marks(keys, one, plans)) in known
    }


def _is_marked(
    keys: Keys, accounts: set[str], copies: Sequence[store.CopyRow], plans: dict[int, MarkPlan]
) -> bool:
    """Whether the copy differs from the clean text, which stands in public: everybody can set that as our files are
    set."""
    return any(
        any(_marks(keys, one, plans)) for one in copies if one.account in accounts and one.plan in plans
    )
