"""Records what is done on the page as a scenario in YAML that can be played again."""

from __future__ import annotations

from typing import Any

import yaml

from jianggao.sandbox import cast
from jianggao.sandbox.qq.world import Chat, Message
from jianggao.sandbox.simulation import Simulation

_EXPECTED_LENGTH = 40
"""Characters of an answer's first line that a recorded scenario expects: later ones hold dates and counts."""
_YAML_WIDTH = 110


class ScenarioRecorder:
    """Records the steps of one scenario, in order."""

    def __init__(self, simulation: Simulation) -> None:
        self._simulation = simulation
        self._steps: list[dict[str, Any]] = []

    def said(self, speaker: str, chat: Chat, text: str, at: tuple[str, ...]) -> None:
        """Records a message of somebody."""
        fields: dict[str, Any] = {"as": self._name(speaker)}
        if chat.kind == "group":
            fields["in"] = self._name(chat.number)
        fields |= {"text": text} | ({"at": [self._name(account) for account in at]} if at else {})
        self._steps.append({"say": fields})

    def answered(self, message: Message) -> None:
        """Records a message of the bot: the beginning of its first line is expected next time."""
        lines = self._simulation.world.text_of(message).splitlines()
        first = next((line for line in lines if line.strip()), "")[:_EXPECTED_LENGTH]
        if message.chat.kind == "group":
            self._steps.append({"expect": {"in": self._name(message.chat.number), "text": first}})
        else:
            self._steps.append({"expect_private": {"to": self._name(message.chat.number), "text": first}})

    def did(self, step: str, **fields: Any) -> None:
        """Records another step with its fields."""
        self._steps.append({step: fields})

    def to_yaml(self) -> str:
        """Returns the scenario so far. One without steps could not be read again: it gets one that does
        nothing."""
        scenario = {
            "name": "在页面里录下的故事",
            "profile": self._simulation.actions.profile.name,
            "steps": self._steps or [{"advance": {"minutes": 0}}],
        }
        return str(yaml.safe_dump(scenario, allow_unicode=True, sort_keys=False, width=_YAML_WIDTH))

    def _name(self, number: str) -> str:
        names = {account: name for name, account in cast.ALIASES.items()}
        return names.get(number, number)
