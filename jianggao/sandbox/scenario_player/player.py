"""Plays scenarios: does each step in a simulation, prints the chat, and says at which step the bot did
otherwise."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from jianggao.sandbox import cast
from jianggao.sandbox.qq.world import Chat, Message, QQRefusal
from jianggao.sandbox.scenario_player import leaks
from jianggao.sandbox.scenario_player.handed_codes import with_codes
from jianggao.sandbox.scenario_player.steps import (
    AdvanceStep,
    AskToJoinStep,
    BefriendStep,
    DisconnectStep,
    ExpectJoinStep,
    ExpectMemberStep,
    ExpectNoneStep,
    ExpectPrivateStep,
    ExpectStep,
    FaultStep,
    JoinStep,
    LeakStep,
    MuteStep,
    RestartStep,
    SayStep,
    Scenario,
    ScenarioStep,
    describe_step,
)
from jianggao.sandbox.simulation import Simulation

_ANSWER_TIMEOUT = 15.0
"""Seconds that an expected answer is waited for."""
_MESSAGE_PRINTED = 600
_MESSAGE_IN_ERROR = 200
"""Characters of a message that are printed."""
HEADLESS_PACE = {
    "SEND_INTERVAL": "0",
    "GROUP_SEND_INTERVAL": "0",
    "GROUP_SENDS_PER_MINUTE": "1000",
    "ASKER_PER_MINUTE": "1000",
    "GROUP_PER_MINUTE": "1000",
    "QUIET_HOURS": "00:00-24:00",
    "PUSH_INTERVAL": "0-0",
}
"""Settings of the bot in a scenario: no waiting and no reminders, unless the scenario is about them and sets
its own pace or QUIET_HOURS. What it expects doesn't depend on the hour at which it is played."""

PrintLine = Callable[[str], None]


class ScenarioFailed(Exception):
    """The bot did otherwise than a scenario expects, or a step could not be done."""


async def play_scenario(scenario: Scenario, print_line: PrintLine, *, data: Path | None = None) -> bool:
    """Plays a scenario in a simulation of its own and returns whether everything was as expected.

    `data` is a folder with a database that has read the library already: its bot starts with a copy of it,
    which saves the import. Raises CannotStart or TimeoutError if the bot does not start.
    """
    print_line(f"● {scenario.name}（{scenario.profile}）")
    with tempfile.TemporaryDirectory(prefix="jianggao-sandbox-") as folder:
        settings = {**HEADLESS_PACE, **scenario.settings}
        simulation = Simulation(Path(folder), profile=scenario.profile, settings=settings)
        if data is not None:
            shutil.copytree(data, simulation.bot.database.parent)
        try:
            await simulation.open()
            await ScenarioPlayer(simulation, print_line).play(scenario)
        except ScenarioFailed as error:
            print_line(f"  ✗ {error}")
            return False
        finally:
            await simulation.close()
    print_line("  ✓ 全部符合")
    return True


class ScenarioPlayer:
    """Plays scenarios in a simulation that is open."""

    def __init__(self, simulation: Simulation, print_line: PrintLine) -> None:
        self._simulation = simulation
        self._print = print_line
        self._started = max(simulation.world.messages, default=0)
        """The newest message before the scenario began: what the bot wrote earlier answers no step."""
        self._seen: dict[Chat, int] = {}
        """The newest message in each chat that a step has been about: the next step reads only later ones."""
        self._handlers: dict[type[ScenarioStep], Callable[[Any], Any]] = {
            SayStep: self._say,
            ExpectStep: self._expect_in_group,
            ExpectPrivateStep: self._expect_in_private,
            ExpectNoneStep: self._expect_none,
            LeakStep: self._leak,
            FaultStep: self._add_fault,
            JoinStep: self._join,
            AskToJoinStep: self._ask_to_join,
            ExpectJoinStep: self._expect_join,
            ExpectMemberStep: self._expect_member,
            MuteStep: self._mute,
            BefriendStep: self._befriend,
            AdvanceStep: self._advance,
            RestartStep: self._restart,
            DisconnectStep: self._disconnect,
        }
        simulation.listeners.append(self._on_event)

    def detach(self) -> None:
        """Stops listening to the simulation, which goes on."""
        self._simulation.listeners.remove(self._on_event)

    def _on_event(self, name: str, details: Any) -> None:
        world = self._simulation.world
        if name == "message" and not self._simulation.is_settling:
            message: Message = details["message"]
            chat = message.chat
            place = "私聊" if chat.kind == "private" else world.groups[chat.number].name
            text = world.text_of(message).replace("\n", "\n        ")
            self._print(f"    [{place}] {world.name_of(message.sender)}：{text[:_MESSAGE_PRINTED]}")
        elif name == "violation":
            self._print(f"    ✗ 违反了：{details.what}（{details.detail}）")

    async def play(self, scenario: Scenario) -> None:
        """Plays a scenario. Raises ScenarioFailed at the first step that is not as expected, or for a
        violation."""
        for number, step in enumerate(scenario.steps, 1):
            self._print(f"  {number}. {describe_step(step)}")
            try:
                await self._handlers[type(step)](step)
            except (TimeoutError, ValueError, KeyError) as error:
                raise ScenarioFailed(f"第 {number} 步：{error}") from None
        if self._simulation.monitor.violations:
            first = self._simulation.monitor.violations[0]
            raise ScenarioFailed(f"违反了“{first.what}”：{first.detail}")

    # --- what is done ---------------------------------------------------------------------------------------

    async def _say(self, step: SayStep) -> None:
        speaker = self._account(step.speaker)
        chat = self._chat(step.place, step.speaker)
        mentions = tuple(self._account(name) for name in step.at)
        quoted = None
        if step.reply_to_bot:
            own = [message for message in self._simulation.world.history(chat) if message.sender == cast.BOT]
            quoted = own[-1].number if own else None
        text = with_codes(self._simulation.world, step.text)
        for _ in range(step.repeat):
            try:
                message = self._simulation.say(speaker, chat, text, at=mentions, reply=quoted)
            except QQRefusal as error:
                raise ValueError(f"{step.speaker} 在那里说不了话（{error}）") from None
            self._seen.setdefault(chat, message.number - 1)

    async def _leak(self, step: LeakStep) -> None:
        world, sender = self._simulation.world, self._account(step.who)
        received = leaks.received_full_text(world, self._account(step.of), step.speech)
        chat = Chat("private", sender)
        self._seen.setdefault(chat, max(world.messages, default=0))
        if step.how == "file":
            world.send_file(sender, chat, *leaks.file_of(world, received))
        else:
            text = leaks.text_of(world, received)
            altered = leaks.altered(text, step.part, step.edited, cleaned=step.cleaned)
            for piece in leaks.split_into_messages(altered):
                self._simulation.say(sender, chat, piece)
        # Whoever sends a long text in many messages goes on only when the bot has taken the last of them.
        await self._simulation.settle()

    async def _add_fault(self, step: FaultStep) -> None:
        self._simulation.faults.add(step.name, step.count, step.value, self._chat_of_fault(step))

    def _chat_of_fault(self, step: FaultStep) -> Chat | None:
        """Returns the chat that a fault is meant for; None for any. Raises ValueError if it could never
        happen there."""
        if step.place is None and step.to is None:
            return None
        chat, world = self._chat(step.place, step.to), self._simulation.world
        if step.place is not None and chat.number not in world.groups:
            raise ValueError(f"故障等不到：“{step.place}”不是群（私聊写 to）")
        if step.place is None and (chat.number not in world.people or chat.number == world.bot):
            raise ValueError(f"故障等不到：机器人和“{step.to}”没有私聊（群写 in）")
        return chat

    async def _join(self, step: JoinStep) -> None:
        account, group = self._account(step.who), self._account(step.place)
        world = self._simulation.world
        (world.leave if step.leave else world.join)(account, group)

    async def _ask_to_join(self, step: AskToJoinStep) -> None:
        world = self._simulation.world
        world.ask_to_join(self._account(step.who), self._account(step.place), with_codes(world, step.text))

    async def _mute(self, step: MuteStep) -> None:
        world = self._simulation.world
        world.mute(world.bot, self._account(step.place), step.seconds, by=cast.SUPERUSER)

    async def _befriend(self, step: BefriendStep) -> None:
        self._simulation.world.befriend(self._account(step.who), friend=step.friend)

    async def _advance(self, step: AdvanceStep) -> None:
        self._simulation.advance(timedelta(days=step.days, hours=step.hours, minutes=step.minutes))

    async def _restart(self, step: RestartStep) -> None:
        await self._simulation.restart(kill=step.kill)

    async def _disconnect(self, step: DisconnectStep) -> None:
        simulation = self._simulation
        await simulation.connection.drop()
        await simulation.wait_until(lambda: not simulation.connection.connected, "线路没有断")
        await simulation.wait_until(lambda: simulation.connection.connected, "线路没有再接上")

    # --- what is expected -----------------------------------------------------------------------------------

    async def _expect_in_group(self, step: ExpectStep) -> None:
        await self._expect(self._chat(step.place, None), step)

    async def _expect_in_private(self, step: ExpectPrivateStep) -> None:
        await self._expect(self._chat(None, step.to), step)

    async def _expect(self, chat: Chat, step: ExpectStep | ExpectPrivateStep) -> None:
        """Waits for a fitting message; the next step looks only at what came after it. Raises ValueError if
        none comes."""
        after = self._seen.get(chat, self._started)

        def fitting() -> Message | None:
            messages = self._messages_of_bot(chat, after)
            return next((message for message in messages if self._fits(message, step)), None)

        try:
            await self._simulation.wait_until(lambda: fitting() is not None, "", _ANSWER_TIMEOUT)
        except TimeoutError:
            texts = [
                self._simulation.world.text_of(message)[:_MESSAGE_IN_ERROR]
                for message in self._messages_of_bot(chat, after)
            ]
            raise ValueError(f"没有等到这样的回答；机器人说的是：{texts or '什么也没说'}") from None
        message = fitting()
        assert message is not None
        self._seen[chat] = message.number

    async def _expect_none(self, step: ExpectNoneStep) -> None:
        chat = self._chat(step.place, step.to)
        # Nothing can only be expected once the bot has dealt with all that was said.
        await self._simulation.settle()
        messages = self._messages_of_bot(chat, self._seen.get(chat, self._started))
        if messages:
            text = self._simulation.world.text_of(messages[0])[:_MESSAGE_IN_ERROR]
            raise ValueError(f"不该有回答，机器人却说了：{text}")

    async def _expect_join(self, step: ExpectJoinStep) -> None:
        account, group, world = self._account(step.who), self._account(step.place), self._simulation.world

        def answer() -> tuple[str, str]:
            """The answer to the newest request, and its reason."""
            if any((open_.account, open_.group) == (account, group) for open_ in world.requests.values()):
                return "open", ""
            for answered in reversed(world.answered_requests):
                if (answered.request.account, answered.request.group) == (account, group):
                    return "approved" if answered.approved else "refused", answered.reason
            return "nothing", ""

        if step.answer == "open":
            await self._simulation.settle()
        try:
            await self._simulation.wait_until(lambda: answer()[0] == step.answer, "", _ANSWER_TIMEOUT)
        except TimeoutError:
            raise ValueError(f"进群申请的结果是 {answer()[0]}，不是 {step.answer}") from None
        if step.text is not None and step.text not in answer()[1]:
            raise ValueError(f"拒绝的理由是：{answer()[1]}")

    async def _expect_member(self, step: ExpectMemberStep) -> None:
        account, group = self._account(step.who), self._simulation.world.groups[self._account(step.place)]
        if not step.member:
            await self._simulation.settle()
        try:
            await self._simulation.wait_until(
                lambda: (account in group.roles) == step.member, "", _ANSWER_TIMEOUT
            )
        except TimeoutError:
            raise ValueError(f"{step.who}{'不在' if step.member else '还在'}群里") from None

    def _messages_of_bot(self, chat: Chat, after: int) -> list[Message]:
        """Returns the bot's messages in a chat later than number `after`, without those that answered
        `settle`."""
        return [
            message
            for message in self._simulation.world.history(chat)
            if message.sender == self._simulation.world.bot
            and message.number > after
            and message.number not in self._simulation.settling_answers
        ]

    def _fits(self, message: Message, step: ExpectStep | ExpectPrivateStep) -> bool:
        text = self._simulation.world.text_of(message)
        if isinstance(step, ExpectPrivateStep) and step.kind is not None:
            part_type = "text" if step.kind == "message" else step.kind
            if part_type not in {part["type"] for part in message.parts}:
                return False
        if step.without is not None and step.without in text:
            return False
        if step.text is not None and step.text not in text:
            return False
        return step.pattern is None or re.search(step.pattern, text, re.MULTILINE) is not None

    # --- whom a step names ----------------------------------------------------------------------------------

    def _chat(self, place: str | None, person: str | None) -> Chat:
        if place is not None:
            return Chat("group", self._account(place))
        if person is None:
            raise ValueError("要写 in（哪个群）或 to（和谁的私聊）")
        return Chat("private", self._account(person))

    def _account(self, name: str) -> str:
        return cast.account_of(name, self._simulation.world)
