"""What goes on while the bot is killed: one scene for each kind of change that people entrust to it.

A scene furnishes what it needs, acts until the kill (everything that waits for an answer then waits for ever, and is
cancelled), goes on after the restart, and says what it finds wrong beyond what `Promises` watches.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from implementation import Sent
from kill_stage import KillStage, counted, hidden_sections, ledger, says
from stored import is_whole, rows_of

FORMS = ("文本", "文档", "转发")
_NUMBER = re.compile(r"记录号 (\d+)")
_SECTION = re.compile(r"(\d+\.\d+)\s")


class Scene:
    """One scene; `name` is what the reports call it."""

    name = ""
    answers = 0
    """How many it has, at least; there are as many commits."""

    async def furnish(self, stage: KillStage) -> None:
        """What must be there before it begins."""

    async def act(self, stage: KillStage) -> None:
        """What goes on. Ends when all is said and answered."""

    async def go_on(self, stage: KillStage) -> None:
        """After the restart, when all has been said once more."""

    def wrong(self, stage: KillStage) -> list[str]:
        """What isn't as it was promised, at the end."""
        return []


@dataclass
class Grants(Scene):
    """Memberships given, prolonged, suspended, resumed and undone, one after the other; and a row of grants at once."""

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
        told = next(one.text for one in stage.qq.sent if one.text.startswith(f"已续期 {member}，"))
        return int(_NUMBER.findall(told)[0])


@dataclass
class FullTexts(Scene):
    """A member has full texts sent, in all forms, several at once. None has left that isn't recorded; what is recorded
    and never left is noted as not sent."""

    name = "full texts"
    answers = 5
    member: int = 0
    asked: dict[int, str] = field(default_factory=dict)
    """The titles of the speeches that were asked for, by number."""
    received: set[int] = field(default_factory=set)

    async def furnish(self, stage: KillStage) -> None:
        self.member = await stage.member()
        self.asked = {}
        self.received = set()

    async def act(self, stage: KillStage) -> None:
        speeches = rows_of(
            stage.bot.database,
            """SELECT DISTINCT versions.speech, versions.title FROM versions
               JOIN speeches ON speeches.version = versions.id
               WHERE material_date >= '2024-06-01' AND withdrawn_at IS NULL ORDER BY 1""",
        )
        chosen = stage.chance.sample(speeches, min(5, len(speeches)))
        await asyncio.gather(*(self._ask(stage, *one) for one in chosen))

    async def _ask(self, stage: KillStage, speech: int, title: str) -> None:
        self.asked[speech] = title

        def is_answer(sent: Sent) -> bool:
            if sent.person != self.member or title not in sent.text:
                return False
            self.received.add(speech)
            return True

        await stage.command(
            f"全文 {speech} {stage.chance.choice(FORMS)}",
            is_answer,
            person=self.member,
            count=counted(
                """SELECT count(*) FROM deliveries JOIN versions ON versions.id = deliveries.version
                   WHERE account = ? AND section IS NULL AND versions.speech = ?""",
                str(self.member),
                speech,
            ),
            names=(str(self.member), str(speech)),
            is_taken_back=lambda connection: self._outcome(stage, speech) in ("refused", "unknown"),
        )

    def _outcome(self, stage: KillStage, speech: int) -> str:
        rows = rows_of(
            stage.bot.database,
            """SELECT outcome FROM deliveries JOIN versions ON versions.id = deliveries.version
               WHERE account = ? AND section IS NULL AND versions.speech = ?""",
            str(self.member),
            speech,
        )
        return str(rows[0][0]) if rows else "nothing"

    def wrong(self, stage: KillStage) -> list[str]:
        found = []
        for speech in self.asked:
            outcome = self._outcome(stage, speech)
            if speech in self.received and outcome not in ("delivered", "unknown"):
                found.append(f"全文 {speech} of {self.member} was received, its record says {outcome}")
            if speech not in self.received and outcome in ("delivered", "recorded"):
                found.append(f"全文 {speech} of {self.member} never left, its record says {outcome}")
        return found


@dataclass
class Sections(Scene):
    """A member reads sections in private, each of which is recorded before it leaves."""

    name = "sections"
    answers = 12

    async def act(self, stage: KillStage) -> None:
        member = await stage.member()
        chosen = stage.chance.sample(hidden_sections(stage), 12)
        await asyncio.gather(*(self._read(stage, member, *one) for one in chosen))

    async def _read(self, stage: KillStage, member: int, speech: int, ordinal: int, section: int) -> None:
        await stage.command(
            f"段落 {speech}.{ordinal}",
            lambda sent: sent.person == member and bool(re.match(rf"{speech}\.{ordinal}\s", sent.text)),
            person=member,
            count=counted(
                "SELECT count(*) FROM deliveries WHERE account = ? AND section = ?", str(member), section
            ),
            has_to_be_answered=False,
        )


@dataclass
class Reports(Scene):
    """People report in private, with texts, pictures and files; what was received is among the evidence, once."""

    name = "reports"
    answers = 12
    pieces: dict[int, list[tuple[str, bool]]] = field(default_factory=dict)
    """By reporter: each piece's content, and whether it was acknowledged."""
    filed: dict[int, bool] = field(default_factory=dict)

    async def furnish(self, stage: KillStage) -> None:
        self.pieces, self.filed = {}, {}

    async def act(self, stage: KillStage) -> None:
        await asyncio.gather(*(self._report(stage, next(stage.people)) for _ in range(3)))

    async def _report(self, stage: KillStage, reporter: int) -> None:
        self.pieces[reporter] = []
        await self._say(stage, reporter, f"举报 {reporter + 10_000_000}", "请发材料")
        for at in range(3):
            await self._send(stage, reporter, at)
        await self._finish(stage, reporter)

    async def _say(self, stage: KillStage, reporter: int, typed: str, start: str) -> None:
        await stage.command(typed, says(start, reporter), person=reporter, has_to_be_answered=False)

    async def _send(self, stage: KillStage, reporter: int, at: int) -> None:
        """One piece of evidence; the answer tells how many are there by now."""
        name = f"{reporter}-{at}"
        kind = ("image", "file", "text")[at % 3]
        data = {"text": f"材料 {name} 的原文"} if kind == "text" else {"file": name, "file_id": name}
        self.pieces[reporter].append((name, False))
        await stage.command(
            [{"type": kind, "data": data}],
            says(f"已收到 {at + 1} 件", reporter),
            person=reporter,
            has_to_be_answered=False,
        )
        self.pieces[reporter][at] = (name, True)

    async def _finish(self, stage: KillStage, reporter: int) -> None:
        await stage.command(
            "完成",
            lambda sent: says("已收到你的举报", reporter)(sent) or says("还没有材料", reporter)(sent),
            person=reporter,
            count=counted("SELECT count(*) FROM reports WHERE reporter = ?", str(reporter)),
            names=(str(reporter),),
        )
        self.filed[reporter] = True

    async def go_on(self, stage: KillStage) -> None:
        """Who hasn't finished goes on where he was: with a further piece, and 完成."""
        waiting = [reporter for reporter in self.pieces if not self.filed.get(reporter)]
        await asyncio.gather(*(self._resume(stage, reporter) for reporter in waiting))

    async def _resume(self, stage: KillStage, reporter: int) -> None:
        finished = [one for one in stage.promises.fresh if one.what == "完成"]
        if any(one.event["user_id"] == reporter for one in finished):
            return  # it was said before the kill, and has been said again
        before = len(stage.qq.sent)
        text = [{"type": "text", "data": {"text": f"材料 {reporter}-last 的原文"}}]
        await stage.qq.say(text, person=reporter)
        await stage.qq.wait_for(lambda sent: sent.person == reporter, after=before)
        await self._finish(stage, reporter)

    def wrong(self, stage: KillStage) -> list[str]:
        found = []
        for reporter, pieces in self.pieces.items():
            evidence = rows_of(
                stage.bot.database,
                """SELECT coalesce(text, CAST(content AS TEXT)) FROM report_evidence
                   JOIN reports ON reports.number = report_evidence.report WHERE reporter = ?""",
                str(reporter),
            )
            held = [str(text) for (text,) in evidence]
            for name, acknowledged in pieces:
                times = sum(f" {name} " in text or f" {name}\n" in text for text in held)
                if times > 1 or (acknowledged and times == 0):
                    found.append(f"piece {name}, acknowledged: {acknowledged}, stands {times} times")
        return found


@dataclass
class Verdicts(Scene):
    """The operator decides on reports: upheld with the year, upheld without, rejected, looked at again. Each reporter
    hears of it once."""

    name = "verdicts"
    answers = 5
    cases: dict[int, int] = field(default_factory=dict)
    """Reporters by the numbers of their reports."""
    notices: dict[tuple[int, str], int] = field(default_factory=dict)

    async def furnish(self, stage: KillStage) -> None:
        self.notices = {}
        reports = [self._filed(stage, next(stage.people)) for _ in range(4)]
        self.cases = dict(await asyncio.gather(*reports))

    async def _filed(self, stage: KillStage, reporter: int) -> tuple[int, int]:
        qq = stage.qq
        await qq.ask(f"举报 {reporter + 10_000_000}", person=reporter)
        await qq.ask(f"材料 {reporter} 的原文，{'外传' * 20}", person=reporter)
        told = (await qq.ask("完成", person=reporter)).text
        return int(re.findall(r"编号 (\d+)", told)[0]), reporter

    async def act(self, stage: KillStage) -> None:
        paid, plain, rejected, again = self.cases
        await asyncio.gather(
            self._decide(stage, paid, "通过举报", "uphold", " 仍奖励 截图能确认是本人", "查实了", "已通过"),
            self._decide(stage, plain, "通过举报", "uphold", " 不奖励", "查实了", "已通过"),
            self._decide(stage, rejected, "驳回举报", "reject", " 看不出是谁", "没有成立", "已驳回"),
            self._decided_twice(stage, again),
        )

    async def _decided_twice(self, stage: KillStage, case: int) -> None:
        await self._decide(stage, case, "通过举报", "uphold", " 仍奖励 截图能确认是本人", "查实了", "已通过")
        await self._decide(stage, case, "重审", "reopen", " 再看看", "需要重新核实", "已重开")

    async def _decide(
        self, stage: KillStage, case: int, word: str, kind: str, rest: str, notice: str, done: str
    ) -> None:
        reporter = self.cases[case]
        self.notices[(case, notice)] = 0

        def is_answer(sent: Sent) -> bool:
            if says(f"你的举报（编号 {case}）", reporter)(sent) and notice in sent.text:
                self.notices[(case, notice)] += 1
            return says(f"举报 {case} {done}")(sent)

        await stage.command(
            f"{word} {case}{rest}",
            is_answer,
            count=counted(
                "SELECT count(*) FROM report_decisions WHERE case_number = ? AND kind = ?", case, kind
            ),
            names=(word, str(case)),
        )

    async def go_on(self, stage: KillStage) -> None:
        """The notices come beside the answers: time for them, until all are there."""
        for _ in range(100):
            if all(self.notices.values()):
                return
            await asyncio.sleep(0.05)

    def wrong(self, stage: KillStage) -> list[str]:
        found = []
        for (case, notice), times in self.notices.items():
            reporter = self.cases[case]
            warned = any(
                ("没能告诉" in sent.text or "不确定" in sent.text or "没来得及" in sent.text)
                and str(reporter) in sent.text
                for sent in stage.qq.sent
                if "file" not in sent.params
            )
            if times > 1 or (times == 0 and not warned):
                found.append(f"the reporter of {case} heard {times} times that it {notice}")
        rewards = rows_of(
            stage.bot.database,
            "SELECT member, count(*) FROM ledger WHERE kind = 'reward' GROUP BY member HAVING count(*) > 1",
        )
        return found + [f"{member} was rewarded {times} times" for member, times in rewards]


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
        kind, word = stage.chance.choice((("free", "绑定免费群"), ("member", "绑定会员群")))
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


def _bound(connection: object, group: int, kind: str) -> int:
    sql = "SELECT count(*) FROM group_bindings WHERE group_id = ? AND kind = ?"
    return counted(sql, str(group), kind)(connection)  # type: ignore[arg-type]


@dataclass
class Cursors(Scene):
    """随机 in a group: every section once before any comes again, also over a kill."""

    name = "随机"
    answers = 8
    group: int = 0
    shown: list[str] = field(default_factory=list)

    async def furnish(self, stage: KillStage) -> None:
        self.group, self.shown = next(stage.groups), []
        await stage.qq.ask("绑定免费群", person=90001, group=self.group)

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
)
