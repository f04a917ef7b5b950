"""Makes batches of redeem codes, hands them over, and revokes them.

A batch is stored as pending before any code of it leaves, and can be redeemed only from the moment at which
its codes are known to have been handed over (`code_store.activate`). What a stop left pending is revoked at
the next start: nobody knows who holds such codes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

import aiosqlite

from jianggao.errors import NotFound, WrongUse
from jianggao.membership.durations import Duration, add
from jianggao.redeem_codes import attempts, code_store
from jianggao.redeem_codes.code_form import characters_of, hash_of, new_code
from jianggao.redeem_codes.code_store import CodeBatch, CodeTerms, RevocationReason, StoredCode

MOST_A_DAY = 500
"""Codes that all superusers together make by chat in a day of TIMEZONE."""
MOST_AT_THE_TERMINAL = 10_000
"""Codes of a batch that is made at the terminal."""
HEARD_AGAIN_WITHIN = timedelta(minutes=1)
"""How far apart two accounts of the bot may hear of one message in a group."""
MOST_YEARS = 5
"""The longest time that a code gives."""
MOST_NOTE = 100
"""Characters of a batch's note, which each ledger entry repeats."""


@dataclass(frozen=True, slots=True)
class NewBatch:
    """A batch whose codes haven't been handed over yet. They are known only here."""

    number: int
    terms: CodeTerms
    codes: tuple[str, ...] = field(repr=False)
    """As they are shown."""

    @property
    def what(self) -> str:
        """Returns what it is in a few Chinese words: number, size and time."""
        return f"第 {self.number} 批 {len(self.codes)} 张 {self.terms}"

    @property
    def file_name(self) -> str:
        """Returns the name of the file that the codes are handed over in."""
        return f"卡密-第{self.number}批-{len(self.codes)}张-{self.terms}.txt"

    @property
    def file_content(self) -> bytes:
        """Returns the content of that file: a code a line and nothing else, as shops import it."""
        return "".join(f"{code}\n" for code in self.codes).encode()


@dataclass(frozen=True, slots=True)
class RevokedBatch:
    """A batch that was revoked: how many of its codes were unused, and how many stay used."""

    number: int
    revoked: int
    used: int


async def make_by_chat(
    connection: aiosqlite.Connection,
    count: int,
    terms: CodeTerms,
    by: str,
    at: datetime,
    zone: tzinfo,
    key: bytes,
    random_bytes: Callable[[int], bytes] = os.urandom,
) -> NewBatch:
    """Makes a pending batch for a superuser. Raises WrongUse for terms or numbers out of bounds."""
    today = at.astimezone(zone).date()
    if not 1 <= count <= MOST_A_DAY:
        raise WrongUse(f"一次能生成 1 到 {MOST_A_DAY} 张。更多的请在机器人的电脑上用 codes 命令生成。")
    made = await code_store.made_by_chat(connection, datetime.combine(today, time.min, zone))
    if made + count > MOST_A_DAY:
        left = MOST_A_DAY - made
        raise WrongUse(
            f"一天最多在聊天里生成 {MOST_A_DAY} 张，今天还能生成 {left} 张。"
            "急用请在机器人的电脑上用 codes 命令生成。"
        )
    return await _make(connection, count, terms, by, at, today, key, random_bytes)


async def make_at_the_terminal(
    connection: aiosqlite.Connection,
    count: int,
    terms: CodeTerms,
    at: datetime,
    zone: tzinfo,
    key: bytes,
    random_bytes: Callable[[int], bytes] = os.urandom,
) -> NewBatch:
    """Makes a pending batch for the operator at the machine. Raises WrongUse for terms or numbers out of
    bounds."""
    if not 1 <= count <= MOST_AT_THE_TERMINAL:
        raise WrongUse(f"一次能生成 1 到 {MOST_AT_THE_TERMINAL} 张。")
    return await _make(connection, count, terms, "", at, at.astimezone(zone).date(), key, random_bytes)


async def revoke_interrupted(connection: aiosqlite.Connection, at: datetime) -> list[CodeBatch]:
    """Revokes the batches that a stop left pending, and returns them as they were. Who made one must hear of
    it: its codes may be in a file."""
    left = await code_store.pending_batches(connection)
    for batch in left:
        await revoke_not_handed_over(connection, batch.number, at)
    return left


def broken_off(batch: CodeBatch) -> str:
    """Returns what operators read of a batch that was revoked since its making was broken off."""
    return (
        f"第 {batch.number} 批 {batch.size} 张 {batch.terms} 卡密生成到一半就停了，没有启用，已作废。"
        "已经写出来的文件里的卡密都用不了，请删掉那个文件，重新生成。"
    )


async def revoke_not_handed_over(connection: aiosqlite.Connection, number: int, at: datetime) -> None:
    """Revokes a pending batch of which it is unknown who has it, or known that nobody has."""
    await code_store.revoke_batch(connection, number, at, RevocationReason.NOT_HANDED_OVER)


async def revoke_ordered(connection: aiosqlite.Connection, number: int, at: datetime) -> RevokedBatch:
    """Revokes the unused codes of a batch: 作废卡密. Raises NotFound, and WrongUse if none is unused."""
    batch = await existing_batch(connection, number)
    if not batch.unused:
        raise WrongUse(f"第 {number} 批没有还没用的卡密，不用作废。发“卡密列表 {number}”查看。")
    revoked = await code_store.revoke_batch(connection, number, at, RevocationReason.ORDERED)
    return RevokedBatch(number, revoked, batch.used)


async def revoke_several(
    connection: aiosqlite.Connection, numbers: Sequence[int], at: datetime
) -> list[RevokedBatch]:
    """Revokes the unused codes of several batches, of which some may have none. Raises NotFound, and then none
    is revoked."""
    try:
        found = [await existing_batch(connection, number) for number in numbers]
    except NotFound as error:
        raise NotFound(f"{error}\n别的批次也没有作废，请改好再发。") from None
    return [
        RevokedBatch(
            batch.number,
            await code_store.revoke_batch(connection, batch.number, at, RevocationReason.ORDERED)
            if batch.unused
            else 0,
            batch.used,
        )
        for batch in found
    ]


async def revoke_each(
    connection: aiosqlite.Connection, codes: Sequence[str], at: datetime, key: bytes
) -> list[StoredCode | None]:
    """Revokes those of the codes that are unused, by order. Returns each as it was before; None for one that
    there isn't, which leaves the others revoked. Raises NotFound if there is none of them."""
    found = [await look_up(connection, code, key) for code in codes]
    if not any(found):
        raise NotFound("没有这个卡密，请核对有没有打错。")
    for code in found:
        if code is not None:
            await code_store.revoke_code(connection, code.hash, at, RevocationReason.ORDERED)
    return found


async def revoke_exposed(
    connection: aiosqlite.Connection, codes: Sequence[str], account: str | None, at: datetime, key: bytes
) -> dict[int, int]:
    """Revokes codes that an account typed where others read along. Returns how many were unused till then, by
    the numbers of their batches. A text without any unused code counts as a wrong try of the account, if that
    is known: whether its codes are spent or never were, nobody learns by what follows. One that was revoked
    so a moment ago counts as none: another account of the bot has heard the same message."""
    exposed: dict[int, int] = {}
    known = await code_store.find_codes_of(connection, (hash_of(code, key) for code in codes))
    is_heard_again = False
    for found in known:
        if await code_store.was_exposed_since(connection, found.hash, at - HEARD_AGAIN_WITHIN):
            is_heard_again = True
        if await code_store.revoke_code(connection, found.hash, at, RevocationReason.EXPOSED):
            exposed[found.batch] = exposed.get(found.batch, 0) + 1
    if is_heard_again and len(known) == len(codes):
        return exposed
    if not exposed and account is not None and not await attempts.locked_for(connection, account, at):
        await attempts.note_wrong(connection, account, at)
    return exposed


async def look_up(connection: aiosqlite.Connection, typed: str, key: bytes) -> StoredCode | None:
    """Returns the code that an operator typed; None if there is none."""
    return await code_store.find_code(connection, hash_of(characters_of(typed), key))


async def existing_batch(connection: aiosqlite.Connection, number: int) -> CodeBatch:
    """Returns the batch of this number. Raises NotFound, saying which there are."""
    batch = await code_store.find_batch(connection, number)
    if batch is None:
        last = await code_store.last_batch(connection)
        existing = f"现有 1–{last} 批" if last else "还没有生成过卡密"
        raise NotFound(f"没有第 {number} 批卡密（{existing}）。发“卡密列表”查看。")
    return batch


async def _make(
    connection: aiosqlite.Connection,
    count: int,
    terms: CodeTerms,
    by: str,
    at: datetime,
    today: date,
    key: bytes,
    random_bytes: Callable[[int], bytes],
) -> NewBatch:
    _require_in_bounds(terms, today)
    codes = tuple(new_code(random_bytes) for _ in range(count))
    hashes = [hash_of(characters_of(code), key) for code in codes]
    number = await code_store.add_batch(connection, by, at, terms, hashes)
    return NewBatch(number, terms, codes)


def _require_in_bounds(terms: CodeTerms, today: date) -> None:
    if add(today, terms.duration) > add(today, Duration(years=MOST_YEARS)):
        raise WrongUse(f"卡密的时长最多 {MOST_YEARS} 年，请写短一些。")
    if len(terms.note) > MOST_NOTE:
        raise WrongUse(f"卡密的备注最多 {MOST_NOTE} 字，这条有 {len(terms.note)} 字。请写短一些。")
    if terms.last_day is not None and terms.last_day < today:
        raise WrongUse(f"最后兑换日 {terms.last_day.isoformat()} 已经过了。请换一天。")
