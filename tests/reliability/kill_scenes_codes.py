"""Redeem codes while the bot is killed: they are ordered, redeemed, and wanted by two people at once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from implementation import Sent
from kill_scene import Scene
from kill_stage import KillStage, ledger, says
from process import SUPERUSER
from stored import rows_of

from jianggao.redeem_codes.code_form import find_codes

_STOPPED = "机器人在发卡密时停了"
_GIVEN = "卡密已发到私聊"


@dataclass
class RedeemCodes(Scene):
    """People redeem codes, each once; of two who want the same one of them gets it. Orders that are killed
    leave no code that counts, and say so."""

    name = "redeem codes"
    answers = 12
    contested: dict[str, tuple[int, int]] = field(default_factory=dict)

    async def furnish(self, stage: KillStage) -> None:
        self.contested = {}
        before = len(stage.qq.sent)
        await stage.qq.say("卡密 12 1年", person=SUPERUSER)
        await stage.qq.wait_for(lambda sent: _GIVEN in sent.text, after=before)
        message = next(sent for sent in stage.qq.sent[before:] if "file" not in sent.params)
        self._codes = list(find_codes(message.text))

    async def act(self, stage: KillStage) -> None:
        alone, shared = self._codes[:8], self._codes[8:]
        await asyncio.gather(
            *(self._redeem(stage, code) for code in alone),
            *(self._contest(stage, code) for code in shared),
            *(self._order(stage) for _ in range(2)),
        )

    async def _redeem(self, stage: KillStage, code: str) -> None:
        buyer = next(stage.people)
        await stage.command(
            f"兑换 {code}",
            says("兑换成功", buyer),
            person=buyer,
            count=ledger("redeem", buyer),
            names=(str(buyer), "兑换"),
        )

    async def _contest(self, stage: KillStage, code: str) -> None:
        first, second = self.contested[code] = next(stage.people), next(stage.people)
        await asyncio.gather(
            *(
                stage.command(
                    f"我的卡密 {code}",
                    lambda sent, buyer=buyer: sent.person == buyer,  # type: ignore[misc]
                    person=buyer,
                    has_to_be_answered=False,
                )
                for buyer in (first, second)
            )
        )

    async def _order(self, stage: KillStage) -> None:
        def is_answer(sent: Sent) -> bool:
            return sent.person == SUPERUSER and (_GIVEN in sent.text or sent.text.startswith(_STOPPED))

        await stage.command("卡密 2 1个月", is_answer, names=("卡密",), alike="卡密")

    def wrong(self, stage: KillStage) -> list[str]:
        found = []
        for first, second in self.contested.values():
            (redeemed,) = rows_of(
                stage.bot.database,
                "SELECT count(*) FROM ledger WHERE kind = 'redeem' AND member IN (?, ?)",
                str(first),
                str(second),
            )[0]
            if redeemed > 1:
                found.append(f"{first} and {second} both redeemed one code")
        return found + [text for sql, text in _NEVER if rows_of(stage.bot.database, sql)]


_NEVER = (
    ("SELECT 1 FROM code_batches WHERE state = 'pending'", "a batch is pending after the restart"),
    (
        "SELECT 1 FROM ledger WHERE kind = 'redeem' AND number NOT IN (SELECT entry FROM redeem_codes "
        "WHERE entry IS NOT NULL)",
        "an entry of the ledger has no used code",
    ),
    (
        "SELECT 1 FROM redeem_codes JOIN ledger ON number = entry WHERE member <> used_by",
        "a code is used by somebody whose entry it isn't",
    ),
)
"""What no stop may leave behind."""
