"""Stories told to the bot: read from YAML, played headless, with the chat printed and what went wrong."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from jianggao.sandbox import cast
from jianggao.sandbox.qq.world import Chat, Message, QQRefusal
from jianggao.sandbox.scenario_player import leaks
from jianggao.sandbox.scenario_player.steps import (
    AdvanceStep,
    BefriendStep,
    ExpectNoneStep,
    ExpectPrivateStep,
    ExpectStep,
    FaultStep,
    JoinStep,
    LeakStep,
    MuteStep,
    RestartStep,
    SayStep,
    Story,
    StoryStep,
    describe,
)
from jianggao.sandbox.simulation import Simulation

_WAITS = 15.0

Say = Callable[[str], None]


class Failed(Exception):
    """The story took another turn than it should."""


class Player:
    """Plays one story on a stage that is open."""

    def __init__(self, stage: Simulation, say: Say) -> None:
        self._stage = stage
        self._say = say
        self._seen: dict[Chat, int] = {}
        self._started = max(stage.world.messages, default=0)
        stage.listeners.append(self._happened)

    def leave(self) -> None:
        """Stop listening to the stage."""
        self._stage.listeners.remove(self._happened)

    def _happened(self, what: str, about: Any) -> None:
        if what == "message" and not self._stage.fencing:
            message: Message = about["message"]
            name = self._stage.world.name_of(message.sender)
            place = (
                "私聊"
                if message.chat.kind == "private"
                else self._stage.world.groups[message.chat.number].name
            )
            text = self._stage.world.text_of(message).replace("\n", "\n        ")
            self._say(f"    [{place}] {name}：{text[:600]}")
        elif what == "broken":
            self._say(f"    ✗ 违反了：{about.what}（{about.detail}）")

    async def play(self, story: Story) -> None:
        """Play it. Raises Failed at the first step that doesn't come true."""
        for at, step in enumerate(story.steps, 1):
            self._say(f"  {at}. {describe(step)}")
            try:
                await self._take(step)
            except (TimeoutError, ValueError, KeyError) as error:
                raise Failed(f"第 {at} 步：{error}") from None
        if self._stage.watch.broken:
            first = self._stage.watch.broken[0]
            raise Failed(f"违反了“{first.what}”：{first.detail}")

    async def _take(self, step: StoryStep) -> None:
        stage, world = self._stage, self._stage.world
        if isinstance(step, SayStep):
            await self._speak(step)
        elif isinstance(step, ExpectStep):
            await self._expect(self._chat(step.place, None), step)
        elif isinstance(step, ExpectPrivateStep):
            await self._expect(self._chat(None, step.to), step)
        elif isinstance(step, ExpectNoneStep):
            await self._expect_none(self._chat(step.place, step.to))
        elif isinstance(step, LeakStep):
            await self._leak(step)
        elif isinstance(step, FaultStep):
            stage.faults.add(step.name, step.count, step.value, self._meant_for(step))
        elif isinstance(step, JoinStep):
            account, group = self._account(step.who), self._account(step.place)
            (world.leave if step.leave else world.join)(account, group)
        elif isinstance(step, MuteStep):
            world.mute(world.bot, self._account(step.place), step.seconds, by=cast.SUPERUSER)
        elif isinstance(step, BefriendStep):
            world.befriend(self._account(step.who), friend=step.friend)
        elif isinstance(step, AdvanceStep):
            stage.advance(timedelta(days=step.days, hours=step.hours, minutes=step.minutes))
        elif isinstance(step, RestartStep):
            await stage.restart(kill=step.kill)
        else:
            await stage.line.drop()
            await stage.until(lambda: not stage.line.connected, "线路没有断")
            await stage.until(lambda: stage.line.connected, "线路没有再接上")

    def _meant_for(self, step: FaultStep) -> Chat | None:
        """The chat that a fault waits for; None for any. Raises ValueError for one that it would wait for in vain."""
        if step.place is None and step.to is None:
            return None
        chat, world = self._chat(step.place, step.to), self._stage.world
        if step.place is not None and chat.number not in world.groups:
            raise ValueError(f"故障等不到：“{step.place}”不是群（私聊写 to）")
        if step.place is None and (chat.number not in world.people or chat.number == world.bot):
            raise ValueError(f"故障等不到：机器人和“{step.to}”没有私聊（群写 in）")
        return chat

    async def _speak(self, step: SayStep) -> None:
        speaker = self._account(step.speaker)
        chat = self._chat(step.place, step.speaker)
        mentions = tuple(self._account(name) for name in step.at)
        reply = None
        if step.reply_to_bot:
            said = [one for one in self._stage.world.history(chat) if one.sender == self._stage.world.bot]
            reply = said[-1].number if said else None
        for _ in range(step.repeat):
            try:
                message = self._stage.say(speaker, chat, step.text, at=mentions, reply=reply)
            except QQRefusal as error:
                raise ValueError(f"{step.speaker} 在那里说不了话（{error}）") from None
            self._seen.setdefault(chat, message.number - 1)

    async def _leak(self, step: LeakStep) -> None:
        world, sender = self._stage.world, self._account(step.who)
        received = leaks.received(world, self._account(step.of), step.speech)
        chat = Chat("private", sender)
        self._seen.setdefault(chat, max(world.messages, default=0))
        if step.how == "file":
            world.send_file(sender, chat, *leaks.file_of(world, received))
        else:
            text = leaks.text_of(world, received)
            for piece in leaks.pasted(leaks.treated(text, step.part, step.edited, cleaned=step.cleaned)):
                self._stage.say(sender, chat, piece)
        await self._stage.quiet()

    async def _expect(self, chat: Chat, step: ExpectStep | ExpectPrivateStep) -> None:
        after = self._seen.get(chat, self._started)
        found: list[Message] = []

        def has_come() -> bool:
            found[:] = [one for one in self._from_bot(chat, after) if self._fits(one, step)][:1]
            return bool(found)

        try:
            await self._stage.until(has_come, "", _WAITS)
        except TimeoutError:
            said = [self._stage.world.text_of(one)[:200] for one in self._from_bot(chat, after)]
            raise ValueError(f"没有等到这样的回答；机器人说的是：{said or '什么也没说'}") from None
        self._seen[chat] = found[0].number

    def _from_bot(self, chat: Chat, after: int) -> list[Message]:
        bot = self._stage.world.bot
        return [
            one
            for one in self._stage.world.history(chat)
            if one.sender == bot and one.number > after and one.number not in self._stage.fence
        ]

    def _fits(self, message: Message, step: ExpectStep | ExpectPrivateStep) -> bool:
        text = self._stage.world.text_of(message)
        kinds = {part["type"] for part in message.parts}
        if isinstance(step, ExpectPrivateStep) and step.kind is not None:
            wanted = "text" if step.kind == "message" else step.kind
            if wanted not in kinds:
                return False
        if step.without is not None and step.without in text:
            return False
        if step.text is not None and step.text not in text:
            return False
        return step.pattern is None or re.search(step.pattern, text, re.MULTILINE) is not None

    async def _expect_none(self, chat: Chat) -> None:
        await self._stage.quiet()
        said = self._from_bot(chat, self._seen.get(chat, self._started))
        if said:
            raise ValueError(f"不该有回答，机器人却说了：{self._stage.world.text_of(said[0])[:200]}")

    def _chat(self, place: str | None, person: str | None) -> Chat:
        if place is not None:
            return Chat("group", self._account(place))
        if person is None:
            raise ValueError("要写 in（哪个群）或 to（和谁的私聊）")
        return Chat("private", self._account(person))

    def _account(self, name: str) -> str:
        return cast.account_of(name, self._stage.world)


HEADLESS = {
    "SEND_INTERVAL": "0",
    "GROUP_SEND_INTERVAL": "0",
    "GROUP_SENDS_PER_MINUTE": "1000",
    "ASKER_PER_MINUTE": "1000",
    "GROUP_PER_MINUTE": "1000",
}
"""Stories don't wait for a pace unless they are about it."""


async def play(story: Story, say: Say, *, data: Path | None = None) -> bool:
    """Play a story on a stage of its own; whether it came true. `data`: a folder with a database that has read the
    library already, which its bot begins with a copy of."""
    say(f"● {story.name}（{story.profile}）")
    with tempfile.TemporaryDirectory(prefix="jianggao-sandbox-") as folder:
        stage = Simulation(Path(folder), profile=story.profile, settings={**HEADLESS, **story.settings})
        if data is not None:
            shutil.copytree(data, stage.bot.database.parent)
        try:
            await stage.open()
            await Player(stage, say).play(story)
        except Failed as error:
            say(f"  ✗ {error}")
            return False
        finally:
            await stage.close()
    say("  ✓ 全部符合")
    return True


class Recorder:
    """Writes down what is done on a stage, as a story that can be played again."""

    def __init__(self, stage: Simulation) -> None:
        self._stage = stage
        self._steps: list[dict[str, Any]] = []

    def say(self, speaker: str, chat: Chat, text: str, at: tuple[str, ...]) -> None:
        """Someone wrote."""
        fields: dict[str, Any] = {"as": self._name(speaker)}
        if chat.kind == "group":
            fields["in"] = self._name(chat.number)
        fields |= {"text": text} | ({"at": [self._name(one) for one in at]} if at else {})
        self._steps.append({"say": fields})

    def answered(self, message: Message) -> None:
        """The bot wrote: its first line is expected next time."""
        lines = self._stage.world.text_of(message).splitlines()
        first = next((line for line in lines if line.strip()), "")[:40]
        if message.chat.kind == "group":
            self._steps.append({"expect": {"in": self._name(message.chat.number), "text": first}})
        else:
            self._steps.append({"expect_private": {"to": self._name(message.chat.number), "text": first}})

    def did(self, step: str, **fields: Any) -> None:
        """Something else was done."""
        self._steps.append({step: fields})

    def to_yaml(self) -> str:
        """The story so far."""
        story = {
            "name": "在页面里录下的故事",
            "profile": self._stage.actions.profile.name,
            "steps": self._steps or [{"advance": {"minutes": 0}}],
        }
        return str(yaml.safe_dump(story, allow_unicode=True, sort_keys=False, width=110))

    def _name(self, number: str) -> str:
        names = {account: name for name, account in cast.ALIASES.items()}
        return names.get(number, number)
