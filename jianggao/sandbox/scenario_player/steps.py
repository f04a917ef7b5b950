"""Defines the steps of scenarios and reads scenarios from YAML.

A step's docstring says what it does; its fields, by their aliases, are what is written in the YAML.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from jianggao.errors import WrongUse
from jianggao.sandbox.qq.faults import FAULT_KINDS
from jianggao.sandbox.qq.profiles import PROFILES


class ScenarioStep(BaseModel):
    """A step of a scenario. Fields that it does not have are refused."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, coerce_numbers_to_str=True)


class SayStep(ScenarioStep):
    """Somebody writes in a group, or without `in` to the bot in private."""

    speaker: str = Field(alias="as")
    place: str | None = Field(None, alias="in")
    text: str = ""
    """`{卡密 2}` in it is the second redeem code of the newest batch that the bot handed over."""
    at: Annotated[list[str], BeforeValidator(lambda value: [value] if isinstance(value, str) else value)] = []
    reply_to_bot: bool = False
    """Whether the bot's last message there is quoted."""
    repeat: int = Field(1, ge=1, le=1000)


class ExpectStep(ScenarioStep):
    """The bot writes in a group; one of its next messages there fits all that is given."""

    place: str | None = Field(None, alias="in")
    text: str | None = None
    """The message contains this."""
    pattern: str | None = None
    """The message matches this regular expression; ^ and $ match at each line."""
    without: str | None = None
    """The message does not contain this."""


class ExpectPrivateStep(ScenarioStep):
    """The bot writes to somebody in private, as for ExpectStep."""

    to: str
    text: str | None = None
    pattern: str | None = None
    without: str | None = None
    kind: Literal["message", "file", "forward"] | None = None
    """What the message must be; without it, anything."""


class ExpectNoneStep(ScenarioStep):
    """The bot writes nothing more in a group, or with `to` in private."""

    place: str | None = Field(None, alias="in")
    to: str | None = None


class FaultStep(ScenarioStep):
    """Something goes wrong at the next `count` sends: to anybody, or only `in` a group, or only `to` somebody
    in private.

    If the bot answers two people at once, a scenario must say whom the fault is for: who is answered first is
    not certain.
    """

    name: str
    count: int = 1
    value: float = 0.0
    place: str | None = Field(None, alias="in")
    to: str | None = None

    @model_validator(mode="after")
    def _one_chat(self) -> FaultStep:
        if self.place is not None and self.to is not None:
            raise ValueError("in（哪个群）和 to（和谁的私聊）只能写一个")
        return self


class LeakStep(ScenarioStep):
    """Somebody sends the bot, in private, a full text that another person received from it.

    As `text` it is pasted in messages of at most 3,000 characters; as `file` it is the untouched file.
    """

    of: str
    """The account that received it."""
    who: str = Field(alias="as")
    speech: str | None = None
    """The speech, by the number that was asked for or by words of the title; without it the newest full
    text."""
    how: Literal["text", "file"] = "text"
    part: Literal["whole", "third"] = "whole"
    cleaned: bool = False
    """Whether notices, blank lines and blanks at line ends are removed, and the rest normalised by NFKC."""
    edited: int = Field(0, ge=0, le=50)
    """How many of a hundred Chinese characters are replaced."""

    @model_validator(mode="after")
    def _untouched_file(self) -> LeakStep:
        if self.how == "file" and (self.part != "whole" or self.cleaned or self.edited):
            raise ValueError("how: file 发的是原样的文件，不能写 part、cleaned、edited")
        return self


class JoinStep(ScenarioStep):
    """Somebody joins a group, or with `leave` leaves it."""

    who: str = Field(alias="as")
    place: str = Field(alias="in")
    leave: bool = False


class AskToJoinStep(ScenarioStep):
    """Somebody asks to join a group, with `text` as the answer to its question."""

    who: str = Field(alias="as")
    place: str = Field(alias="in")
    text: str = ""


class ExpectJoinStep(ScenarioStep):
    """Somebody's newest request to join a group is answered so; `open`: by nobody."""

    who: str = Field(alias="as")
    place: str = Field(alias="in")
    answer: Literal["approved", "refused", "open"]
    text: str | None = None
    """The reason of a refusal contains this."""


class ExpectMemberStep(ScenarioStep):
    """Somebody is in a group, or with `member: false` isn't."""

    who: str = Field(alias="as")
    place: str = Field(alias="in")
    member: bool = True


class MuteStep(ScenarioStep):
    """The bot is muted in a group; 0 seconds lifts it."""

    place: str = Field(alias="in")
    seconds: int = 600


class BefriendStep(ScenarioStep):
    """Somebody becomes the bot's friend, or with `friend: false` is none any more."""

    who: str = Field(alias="as")
    friend: bool = True


class AdvanceStep(ScenarioStep):
    """Time passes: the clock is moved on."""

    days: float = 0
    hours: float = 0
    minutes: float = 0


class RestartStep(ScenarioStep):
    """The bot ends and starts again; with `kill` it is killed (SIGKILL)."""

    kill: bool = False


class DisconnectStep(ScenarioStep):
    """The connection to the bot breaks once and is taken up again."""


STEPS: dict[str, type[ScenarioStep]] = {
    "say": SayStep,
    "expect": ExpectStep,
    "expect_private": ExpectPrivateStep,
    "expect_none": ExpectNoneStep,
    "leak": LeakStep,
    "fault": FaultStep,
    "join": JoinStep,
    "ask_to_join": AskToJoinStep,
    "expect_join": ExpectJoinStep,
    "expect_member": ExpectMemberStep,
    "mute": MuteStep,
    "befriend": BefriendStep,
    "advance": AdvanceStep,
    "restart": RestartStep,
    "disconnect": DisconnectStep,
}


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario."""

    name: str
    steps: tuple[ScenarioStep, ...]
    """In the order in which they are done."""
    profile: str = "napcat"
    """The implementation that is imitated."""
    settings: dict[str, str] = field(default_factory=dict)
    """Settings of the bot."""


def read_scenario(text: str, name: str) -> Scenario:
    """Returns the scenario in a YAML text. Raises WrongUse, saying where `name` is wrong and how it is
    written."""
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise WrongUse(f"{name} 不是 YAML：{error}") from None
    if not isinstance(data, dict) or not isinstance(data.get("steps"), list) or not data["steps"]:
        raise WrongUse(f"{name} 里要有 steps: 一串步骤。")
    unknown = set(data) - {"name", "profile", "settings", "steps"}
    if unknown:
        raise WrongUse(
            f"{name} 里不认得 {'、'.join(map(str, sorted(unknown)))}。可以写 name、profile、settings、steps。"
        )
    profile = data.get("profile", "napcat")
    if profile not in PROFILES:
        raise WrongUse(f"{name}：没有“{profile}”这种实现。有：{'、'.join(PROFILES)}")
    steps = tuple(_read_step(step, number, name) for number, step in enumerate(data["steps"], 1))
    settings = {str(key): str(value) for key, value in (data.get("settings") or {}).items()}
    return Scenario(str(data.get("name", name)), steps, profile, settings)


def _read_step(step: Any, number: int, name: str) -> ScenarioStep:
    # `- disconnect` without fields is a string in YAML.
    if isinstance(step, str):
        step = {step: {}}
    if not isinstance(step, dict) or len(step) != 1 or next(iter(step)) not in STEPS:
        raise WrongUse(f"{name} 第 {number} 步不认得：{step}。可以写 {'、'.join(STEPS)}。")
    kind, fields = next(iter(step.items()))
    try:
        read = STEPS[kind](**(fields or {}))
    except (ValidationError, TypeError) as error:
        raise WrongUse(f"{name} 第 {number} 步（{kind}）写得不对：{error}") from None
    if isinstance(read, FaultStep) and read.name not in FAULT_KINDS:
        raise WrongUse(f"{name} 第 {number} 步：没有“{read.name}”这种故障。有：{'、'.join(FAULT_KINDS)}")
    return read


def read_scenario_file(path: Path) -> Scenario:
    """Returns the scenario in a YAML file (UTF-8, with or without a mark). Raises WrongUse."""
    try:
        return read_scenario(path.read_text("utf-8-sig"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUse(f"{path} 读不出来：{error}") from None


def describe_step(step: ScenarioStep) -> str:
    """Returns a step in one line, as it is written, without what has its default."""
    kind = next(name for name, model in STEPS.items() if type(step) is model)
    fields = step.model_dump(by_alias=True, exclude_defaults=True)
    return f"{kind} " + "，".join(f"{name}={value}" for name, value in fields.items())
