"""What goes on while the bot is killed: one scene for each kind of change that people entrust to it."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field

from implementation import Sent
from kill_scene import Scene
from kill_scenes_codes import RedeemCodes
from kill_scenes_reports import Reports, Verdicts
from kill_scenes_texts import FullTexts, Sections
from kill_stage import KillStage, counted, ledger, says
from process import SUPERUSER
from stored import is_whole, rows_of

_NUMBER = re.compile(r"记录号 (\d+)")
_SECTION = re.compile(r"(\d+\.\d+)\s")


@dataclass
class Grants(Scene):
    """Memberships given, prolonged, suspended, resumed and undone, one after the other; and a row of grants
    at once."""

    name = "grants, renewals, undo"
    answers = 20

    async def act(self, stage: KillStage) -> None:
        chains = [self._chain(stage) for _ in range(3)]
        await asyncio.gather(*chains, *(self._grant(stage) for _ in range(8)))

    async def _grant(self, stage: KillStage) -> None:
        await stage.member()

    async def _chain(self, stage: KillStage) -> None:
        member = await stage.member()
        for word, kind in (("续期", "renew"), ("停用", "suspend"), ("恢复", "resume")):
            typed = f"{word} {member} 1月" if kind == "renew" else f"{word} {member}"
            effect = await stage.command(
                typed,
                says(f"已{word} {member}，"),
                count=ledger(kind, member),
                names=(str(member),),
            )
            assert effect.answers
        number = self._number_of(stage, member)
        await stage.command(
            f"撤销 {number}",
            says(f"已撤销 记录 {number}（{member}）"),
            count=ledger("undo", member),
            names=(str(number),),
        )

    def _number_of(self, stage: KillStage, member: int) -> int:
        answer = next(
            message.text for message in stage.qq.sent if message.text.startswith(f"已续期 {member}，")
        )
        return int(_NUMBER.findall(answer)[0])


@dataclass
class Backups(Scene):
    """Backups are made. What bears a backup's name is a whole one, whatever was killed."""

    name = "backups"
    answers = 6
    acknowledged: int = 0

    async def act(self, stage: KillStage) -> None:
        for _ in range(3):
            await stage.command("备份", says("已备份"), has_to_be_answered=False, alike="备份")
            self.acknowledged += 1
            await stage.member()

    def wrong(self, stage: KillStage) -> list[str]:
        backups = [
            path
            for path in stage.bot.folder.rglob("*.db")
            if path != stage.bot.database and "before-restore" not in path.name
        ]
        broken = [path for path in backups if not is_whole(path)]
        found = [f"the backup {path} is damaged" for path in broken]
        if len(backups) - len(broken) < self.acknowledged:
            found.append(f"{self.acknowledged} backups were acknowledged, {len(backups)} are there")
        return found


@dataclass
class Bindings(Scene):
    """Groups are bound and unbound."""

    name = "bindings"
    answers = 10

    async def act(self, stage: KillStage) -> None:
        await asyncio.gather(*(self._bind(stage, unbinds=at % 2 == 0) for at in range(8)))

    async def _bind(self, stage: KillStage, *, unbinds: bool) -> None:
        group = next(stage.groups)
        kind, word = stage.rng.choice((("free", "绑定免费群"), ("member", "绑定会员群")))
        unbound: list[bool] = []
        await stage.command(
            word,
            lambda sent: sent.group == group and sent.text.startswith("已绑定"),
            group=group,
            count=lambda connection: 1 if unbound else _bound(connection, group, kind),
            names=(str(group),),
        )
        if unbinds:
            unbound.append(True)
            await stage.command(
                "解绑",
                lambda sent: sent.group == group and sent.text.startswith("已解绑"),
                group=group,
                count=lambda connection: 1 - _bound(connection, group, kind),
                names=(str(group),),
            )


def _bound(connection: sqlite3.Connection, group: int, kind: str) -> int:
    sql = "SELECT count(*) FROM group_bindings WHERE group_id = ? AND kind = ?"
    return counted(sql, str(group), kind)(connection)


@dataclass
class Cursors(Scene):
    """随机 in a group: every section once before any comes again, also over a kill."""

    name = "随机"
    answers = 8
    group: int = 0
    shown: list[str] = field(default_factory=list)

    async def furnish(self, stage: KillStage) -> None:
        self.group, self.shown = next(stage.groups), []
        await stage.qq.ask("绑定免费群", person=SUPERUSER, group=self.group)

    async def act(self, stage: KillStage) -> None:
        await asyncio.gather(*(self._draw(stage) for _ in range(10)))

    async def _draw(self, stage: KillStage) -> None:
        visitor = next(stage.people)
        event = {"id": 0}

        def is_answer(sent: Sent) -> bool:
            if sent.group != self.group or sent.quoted != event["id"]:
                return False
            self.shown += _SECTION.findall(sent.text)[:1]
            return True

        message = stage.qq.message("随机", person=visitor, group=self.group)
        event["id"] = message["message_id"]
        await stage.say_event("随机", message, is_answer, has_to_be_answered=False)

    def wrong(self, stage: KillStage) -> list[str]:
        public = rows_of(
            stage.bot.database, "SELECT count(*) FROM sections WHERE listed = 1 AND audience = 0"
        )
        again = len(self.shown) - len(set(self.shown))
        return [f"随机 showed {again} sections again"] if again and len(self.shown) <= public[0][0] else []


SCENES: tuple[Callable[[], Scene], ...] = (
    Grants,
    FullTexts,
    Sections,
    Reports,
    Verdicts,
    Backups,
    Bindings,
    Cursors,
    RedeemCodes,
)
