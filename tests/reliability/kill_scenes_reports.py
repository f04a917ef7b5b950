"""Resale reports while the bot is killed: how they are made, and how they are decided."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field

from implementation import Sent
from kill_scene import Scene
from kill_stage import KillStage, counted, says
from stored import rows_of


@dataclass
class Reports(Scene):
    """People report in private, with texts, pictures and files; what was received is among the evidence,
    once."""

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
        finished = [effect for effect in stage.promises.fresh if effect.what == "完成"]
        if any(effect.event["user_id"] == reporter for effect in finished):
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
    """The operator decides on reports: upheld with the year, upheld without, rejected, looked at again. Each
    reporter hears of it once."""

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
        answer = (await qq.ask("完成", person=reporter)).text
        return int(re.findall(r"编号 (\d+)", answer)[0]), reporter

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
