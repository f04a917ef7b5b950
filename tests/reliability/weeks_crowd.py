"""Runs the crowd of the long run: it can be held still while the clock jumps, and goes on after kills and
broken connections."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

from hostile_calls import Call, Due
from hostile_people import Crowd, Made
from implementation import Sent
from process import SUPERUSER
from waiting import until
from weeks_people import Say, Town

_CHATTER_EVERY = 0.05
_DRAINED_WITHIN = 90.0
_OPERATOR_EVERY = 4.0


@dataclass
class WeeksCrowd(Crowd):
    """A crowd that speaks until `end` is called. `rate`: commands a second, of all people together."""

    town: Town = field(default_factory=lambda: Town.of(0, 20))
    rate: float = 6.0
    notices_to_superusers: list[str] = field(default_factory=list)
    """What superusers were sent without having asked."""
    cut_short: set[int] = field(default_factory=set)
    """Ids of messages that were under way when the bot was killed or the line broke."""
    after_a_cut: int = 0
    """Answers to such messages that came when nobody waited for them any more."""
    chatter: int = 0
    _under_way: dict[int, Made] = field(default_factory=dict)
    _speaking: asyncio.Event = field(default_factory=asyncio.Event)
    _lives: list[asyncio.Task[None]] = field(default_factory=list)
    _forgotten: Counter[int] = field(default_factory=Counter)
    """By chat: answers to messages that were cut short, which may still come."""

    def begin(self) -> None:
        """Starts everybody."""
        self.qq.hear = self.heard
        self._speaking.set()
        words: dict[int, Say] = self.town.words_of()
        lives = [self._speak(person, say, len(words) / self.rate) for person, say in words.items()]
        lives += [self._speak(SUPERUSER, self.town.operator, _OPERATOR_EVERY), self._chat()]
        self._lives = [asyncio.create_task(life) for life in lives]

    async def end(self) -> None:
        """Stops everybody and waits for the answers that are due."""
        await self.hold()
        for life in self._lives:
            life.cancel()
        await asyncio.gather(*self._lives, return_exceptions=True)

    async def hold(self) -> None:
        """Holds everybody still and waits for the answers that are due."""
        self._speaking.clear()
        await until(lambda: not self._under_way, _DRAINED_WITHIN)

    def interrupt(self) -> None:
        """Holds everybody still at once: messages under way may be answered or not."""
        self._speaking.clear()
        self.cut_short |= self._under_way.keys()

    def give_up(self) -> None:
        """Gives up the messages that were under way: nobody waits for them any longer."""
        for number, made in list(self._under_way.items()):
            if number in self.cut_short:
                self._forgotten[made.call.group or made.person] += 1
                made.arrived.set()

    def go_on(self) -> None:
        """Lets everybody speak again."""
        self._speaking.set()

    async def make(self, call: Call, person: int) -> None:
        await self._speaking.wait()
        await super().make(call, person)

    async def say_once(self, call: Call, person: int = SUPERUSER) -> Made:
        """Says a planned message, beside what the people say by themselves, and returns it with its
        answer."""
        await self.make(call, person)
        return next(made for made in reversed(self.made) if made.call is call)

    async def _say(self, made: Made) -> None:
        """Says a message, unless everybody was held still while it waited for its turn in a group."""
        await self._speaking.wait()
        made.at, made.waited = time.monotonic(), self.waited()
        if made.call.due is Due.ANSWER:
            self._under_way[made.message_id] = made
        await super()._say(made)

    def _forget(self, made: Made) -> None:
        self._under_way.pop(made.message_id, None)
        super()._forget(made)

    async def _speak(self, person: int, say: Say, every: float) -> None:
        rng = random.Random(f"{self.seed}:{person}")
        await asyncio.sleep(2 * every * rng.random())
        while True:
            for call in say(rng, self.seen):
                if call.kind == "burst":
                    asyncio.get_running_loop().create_task(self.make(call, person))
                    continue
                await self.make(call, person)
            await asyncio.sleep(2 * every * rng.random())

    async def _chat(self) -> None:
        """Says messages that are not for the bot, twenty times a second."""
        rng = random.Random(f"{self.seed}:chatter")
        while True:
            await self._speaking.wait()
            group, person, words = self.town.chatter(rng)
            with suppress(Exception):
                await self.qq.say(words, person=person, group=group)
                self.chatter += 1
            await asyncio.sleep(_CHATTER_EVERY)

    async def _connect_again(self) -> None:
        if self._speaking.is_set():
            await super()._connect_again()

    def _heard_in_group(self, group: int, sent: Sent) -> None:
        known = len(self.unasked)
        super()._heard_in_group(group, sent)
        self._belongs_to_a_cut(group, known)

    def _heard_in_private(self, person: int, sent: Sent) -> None:
        known = len(self.unasked)
        if person == SUPERUSER and not self._private[person]:
            self.notices_to_superusers.append("" if "file" in sent.params else sent.text)
            return
        super()._heard_in_private(person, sent)
        self._belongs_to_a_cut(person, known)

    def _belongs_to_a_cut(self, chat: int, known: int) -> None:
        """Takes an answer that nobody seems to have asked for: it may be to a message that was given up."""
        if len(self.unasked) > known and self._forgotten[chat] > 0:
            self._forgotten[chat] -= 1
            self.after_a_cut += 1
            self.unasked.pop()
