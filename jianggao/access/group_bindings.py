"""Which groups are member groups and which free groups; all others get silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import aiosqlite

from jianggao.access.verdicts import PlaceKind
from jianggao.clock import from_text, to_text
from jianggao.errors import WrongUse

_KINDS = {"member": PlaceKind.MEMBER_GROUP, "free": PlaceKind.FREE_GROUP}
_NAMES = {kind: name for name, kind in _KINDS.items()}
KIND_WORDS = {PlaceKind.MEMBER_GROUP: "会员群", PlaceKind.FREE_GROUP: "免费群"}


@dataclass(frozen=True, slots=True)
class GroupBinding:
    """A bound group."""

    group: str
    kind: PlaceKind
    by: str
    at: datetime


async def bindings(connection: aiosqlite.Connection) -> dict[str, GroupBinding]:
    """All bound groups by id."""
    rows = await connection.execute_fetchall("SELECT * FROM group_bindings ORDER BY bound_at")
    return {
        row["group_id"]: GroupBinding(
            row["group_id"], _KINDS[row["kind"]], row["bound_by"], from_text(row["bound_at"])
        )
        for row in rows
    }


async def bind(connection: aiosqlite.Connection, group: str, kind: PlaceKind, by: str, at: datetime) -> None:
    """Bind a group. Raises WrongUse when it is bound: 解绑 comes first."""
    known = (await bindings(connection)).get(group)
    if known is not None:
        raise WrongUse(f"本群已经是{KIND_WORDS[known.kind]}。要改，请先发“解绑”。")
    await connection.execute(
        "INSERT INTO group_bindings (group_id, kind, bound_by, bound_at) VALUES (?, ?, ?, ?)",
        (group, _NAMES[kind], by, to_text(at)),
    )


async def unbind(connection: aiosqlite.Connection, group: str) -> GroupBinding:
    """Unbind a group; gives what it was. Raises WrongUse when it isn't bound."""
    known = (await bindings(connection)).get(group)
    if known is None:
        raise WrongUse("本群没有绑定，不用解绑。")
    await connection.execute("DELETE FROM group_bindings WHERE group_id = ?", (group,))
    return known
