"""Runs a crowd against a live bot and keeps an exact account of which message got its answer.

How an answer is told from all others: in a group it quotes the message it answers. A forward quotes nothing,
so of the messages whose answer may be a forward only one a group is under way at a time. In private each
person waits for the answer before saying the next thing, or asks questions whose answers name what was asked.
What belongs to no message is counted as unasked, so that a missing answer can't hide behind somebody else's.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from hostile_calls import Call, Due
from hostile_files import malformed
from hostile_roles import PEOPLE
from implementation import Implementation, Sent

PATIENCE = 60.0
"""Seconds after which an answer counts as missing."""
_NOTICES = ("你的举报（编号", "续期 ")
"""What reporters are sent about a verdict, unasked, and the renewals to copy that follow 到期清单."""
_FAILED = "出错了"
_REFUSALS = ("发得有点快", "本群这一分钟的查询满了", "排队较多")
"""The notice, once a minute, to whoever is over the rates or would wait long; silence follows."""
_QUIET = 120.0
"""Seconds around a refusal in which silence is what the rules promise: its minute, and the time it was under
way."""
_FRAMES_EVERY = 0.05
_MOST_SEEN = 40


@dataclass
class Made:
    """A call that was made, and what became of it."""

    call: Call
    person: int
    at: float
    message_id: int
    waited: float = 0.0
    """Seconds of the latency in which the bot was ready to run and other programs held the machine's
    processors."""
    answer: Sent | None = None
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def latency(self) -> float:
        return (self.answer.at if self.answer is not None else time.monotonic()) - self.at

    @property
    def refused(self) -> bool:
        return self.call.answer.startswith(_REFUSALS)

    @property
    def failed(self) -> bool:
        return _FAILED in self.call.answer


@dataclass
class Crowd:
    """All people together, until `calls` messages have been said."""

    qq: Implementation
    calls: int
    seed: int
    waited: Callable[[], float] = lambda: 0.0
    """Seconds that the bot has waited for a processor so far."""
    leave_out: frozenset[str] = frozenset()
    think: float = 0.0
    """Seconds that a person lets pass between two messages, at most."""
    patience: float = PATIENCE
    tell: Callable[[Made], None] = lambda made: None
    """Gets each message whose answer is missing."""
    made: list[Made] = field(default_factory=list)
    unasked: list[Sent] = field(default_factory=list)
    twice: list[Made] = field(default_factory=list)
    notices: int = 0
    frames: int = 0
    lost_connections: int = 0
    seen: list[str] = field(default_factory=list)
    _quoted: dict[int, Made] = field(default_factory=dict)
    _private: defaultdict[int, list[Made]] = field(default_factory=lambda: defaultdict(list))
    _long: dict[int, Made] = field(default_factory=dict)
    _turns: defaultdict[int, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    _next_id: int = 10**10

    async def run(self) -> None:
        """Lets everybody speak at once, each waiting for their own answers only; frames that are no events
        come between."""
        self.qq.hear = self.heard
        frames = asyncio.create_task(self._send_frames())
        try:
            await asyncio.gather(*(self._live(person, say) for person, say in PEOPLE.items()))
        finally:
            frames.cancel()
            await asyncio.gather(frames, return_exceptions=True)

    async def _live(self, person: int, say: Callable[[random.Random, list[str]], Iterator[Call]]) -> None:
        rng = random.Random(f"{self.seed}:{person}")
        while len(self.made) < self.calls:
            under_way = []
            for call in say(rng, self.seen):
                if call.kind in self.leave_out:
                    continue
                if call.kind == "burst":
                    under_way.append(asyncio.create_task(self.make(call, person)))
                    continue
                await self.make(call, person)
            await asyncio.gather(*under_way)
            await asyncio.sleep(self.think * rng.random())

    async def make(self, call: Call, person: int) -> None:
        """Says it and waits for the answer where one is due."""
        async with AsyncExitStack() as turn:
            if call.group is not None and not call.brief and call.due is Due.ANSWER:
                await turn.enter_async_context(self._turns[call.group])
            made = self._noted(call, person)
            await self._say(made)
            if call.due is Due.SILENCE:
                return
            try:
                await asyncio.wait_for(made.arrived.wait(), self.patience)
            except asyncio.TimeoutError:
                self.tell(made)
            self._forget(made)

    def _noted(self, call: Call, person: int) -> Made:
        self._next_id += 1
        made = Made(call, person, time.monotonic(), self._next_id, self.waited())
        self.made.append(made)
        if call.group is not None:
            self._quoted[made.message_id] = made
            if not call.brief and call.due is Due.ANSWER:
                self._long[call.group] = made
        if call.due is Due.ANSWER:
            self._private[person].append(made)
        return made

    def _forget(self, made: Made) -> None:
        if made in self._private[made.person]:
            self._private[made.person].remove(made)
        if made.call.group is not None and self._long.get(made.call.group) is made:
            self._long.pop(made.call.group)

    async def _say(self, made: Made) -> None:
        fields = dict(made.call.fields)
        person = int(fields.pop("user_id", made.person))
        try:
            await self.qq.say(
                made.call.said, person=person, group=made.call.group, message_id=made.message_id, **fields
            )
        except Exception:
            await self._connect_again()

    async def _connect_again(self) -> None:
        """The bot closed the connection: what was under way is lost, and counted as missing."""
        async with self._turns[-1]:
            if not self.qq.connected:
                self.lost_connections += 1
                await self.qq.close()
                await self.qq.connect()

    async def _send_frames(self) -> None:
        rng = random.Random(f"{self.seed}:frames")
        while True:
            await asyncio.sleep(_FRAMES_EVERY)
            if not self.qq.connected:
                await self._connect_again()
            if "frames" in self.leave_out:
                continue
            try:
                await self.qq.send_frame(malformed(rng))
                self.frames += 1
            except Exception:
                await self._connect_again()

    def is_quiet(self, made: Made) -> bool:
        """Returns whether the rules promise silence: the person or the group was just asked to wait."""
        return any(
            other.refused
            and abs(other.at - made.at) < _QUIET
            and (
                other.person == made.person
                or (made.call.group is not None and other.call.group == made.call.group)
            )
            for other in self.made
        )

    # --- what comes back ------------------------------------------------------------------------------------

    def heard(self, sent: Sent) -> None:
        """Returns the message that this answers, if there is one."""
        self._remember(sent)
        if sent.group is not None:
            self._heard_in_group(sent.group, sent)
        else:
            self._heard_in_private(int(sent.params["user_id"]), sent)

    def _heard_in_group(self, group: int, sent: Sent) -> None:
        quoted = sent.quoted
        made = self._long.get(group) if quoted is None else self._quoted.get(quoted)
        if made is None or (quoted is None and "messages" not in sent.params):
            self.unasked.append(sent)
        elif made.answer is not None:
            self.twice.append(made)
        else:
            self._answered(made, sent)

    def _heard_in_private(self, person: int, sent: Sent) -> None:
        waiting = self._private[person]
        if sent.action != "upload_private_file" and sent.text.startswith(_NOTICES):
            self.notices += 1
            return
        asked_here = [made for made in waiting if made.call.group is None and made.answer is None]
        made = next((made for made in asked_here if made.call.is_answer(sent)), None)
        if made is None and asked_here and sent.text.startswith(_REFUSALS):
            made = asked_here[0]  # a refusal names nothing, and is told once for all of them
        if made is not None:
            self._answered(made, sent)
        elif not waiting:
            self.unasked.append(sent)

    def _answered(self, made: Made, sent: Sent) -> None:
        made.answer = sent
        made.waited = self.waited() - made.waited
        made.call.answer = "" if "file" in sent.params else sent.text
        made.arrived.set()
        if made.call.due is Due.SILENCE:
            self.unasked.append(sent)

    def _remember(self, sent: Sent) -> None:
        """Texts that the bot sent, for 溯源 to be asked about."""
        if "messages" in sent.params and len(sent.text) > 300:
            self.seen.append(sent.text[:3_000])
            del self.seen[:-_MOST_SEEN]
