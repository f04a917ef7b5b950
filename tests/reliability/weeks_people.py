"""Names who takes part in the long run: visitors, members, reporters and an operator, in groups of both
kinds."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hostile_calls import (
    FREE_GROUPS,
    MEMBER_GROUPS,
    Call,
    anywhere,
    burst,
    free_text,
    full_text,
    old,
    silent,
    text,
)
from hostile_dialogues import housekeeping, operator, piece, report, trace

Say = Callable[[random.Random, list[str]], Iterator[Call]]
FEWEST_GROUPS = 12
"""The groups that the hostile crowd's messages name must be among them."""
_MEMBERS_FROM, _VISITORS_FROM = 20_001, 40_001
_CHATTER = ("收到", "今天的材料谁写完了", "检索表在哪", "好的，辛苦了", "附件打不开", "明天几点开会", "哈哈")


@dataclass(frozen=True, slots=True)
class Town:
    """The groups and people of a long run; a tenth of them are members, a quarter of the groups member
    groups."""

    free_groups: tuple[int, ...]
    member_groups: tuple[int, ...]
    members: tuple[int, ...]
    visitors: tuple[int, ...]

    @classmethod
    def of(cls, groups: int, people: int) -> Town:
        """Returns a town with so many groups and people."""
        groups = max(groups, FEWEST_GROUPS)
        member_groups = range(MEMBER_GROUPS[0], MEMBER_GROUPS[0] + max(len(MEMBER_GROUPS), groups // 4))
        free = range(FREE_GROUPS[0], FREE_GROUPS[0] + len(FREE_GROUPS))
        further = range(710_001, 710_001 + groups - len(member_groups) - len(free))
        members = max(1, people // 10)
        return cls(
            (*free, *further),
            tuple(member_groups),
            tuple(range(_MEMBERS_FROM, _MEMBERS_FROM + members)),
            tuple(range(_VISITORS_FROM, _VISITORS_FROM + max(1, people - members))),
        )

    @property
    def groups(self) -> tuple[int, ...]:
        return (*self.free_groups, *self.member_groups)

    def words_of(self) -> dict[int, Say]:
        """Returns what each person says, by account."""
        return {**dict.fromkeys(self.visitors, self._visitor), **dict.fromkeys(self.members, self._member)}

    def chatter(self, rng: random.Random) -> tuple[int, int, str]:
        """Returns group, person and text of a message that is not for the bot."""
        return rng.choice(self.groups), rng.choice(self.visitors), rng.choice(_CHATTER)

    def _visitor(self, rng: random.Random, seen: list[str]) -> Iterator[Call]:
        lot = rng.random()
        if lot < 0.76:
            yield from anywhere(rng, self.groups)
        elif lot < 0.84:
            yield from free_text(rng)
        elif lot < 0.86:
            yield from burst(rng, self.free_groups)
        elif lot < 0.95:
            yield from silent(rng)
        elif lot < 0.97:
            yield from old(rng)
        else:
            yield from report(rng)

    def _member(self, rng: random.Random, seen: list[str]) -> Iterator[Call]:
        if rng.random() < 0.6:
            yield from self._visitor(rng, seen)
            return
        yield full_text(rng, (rng.choice(self.member_groups),))

    def operator(self, rng: random.Random, seen: list[str]) -> Iterator[Call]:
        """Yields what the operator says. Members are prolonged too, so that some lapse over the weeks and
        others don't."""
        lot = rng.random()
        if lot < 0.25:
            yield Call("operator", text(f"续期 {rng.choice(self.members)} 1周"))
        elif lot < 0.7:
            yield from operator(rng)
        elif lot < 0.8:
            yield from piece(rng)
        elif lot < 0.9:
            yield from trace(rng, seen)
        elif lot < 0.92:
            yield from housekeeping(rng)
        else:
            yield from anywhere(rng, self.groups)
